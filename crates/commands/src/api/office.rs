//! Verteilen, Verwalten: the office as its directory says.

use serde::{Deserialize, Serialize};

#[cfg(test)]
use ts_rs::TS;

use super::{Information, RoleCode, RootShare};

dto! {
    /// A member of staff.
    StaffRow {
        member: String,
        name: String,
        roles: Vec<RoleCode>,
        teams: Vec<String>,
        active: bool,
        /// The root certified them, so they can sign directories: approve and change.
        signs: bool,
        /// The root's certificate for them is in force, even if their access is taken: only the root ends it.
        certified: bool,
    }
    /// A team.
    TeamRow {
        team: String,
        name: String,
        /// The key new forms are sealed to; none until the team's first clerk has made one.
        key_epoch: Option<u32>,
        /// Active clerks.
        clerks: u32,
        /// Its keys, the newest first.
        keys: Vec<KeyRow>,
        /// Another key is asked for: the clerk who comes first makes it.
        next_key_wanted: bool,
    }
    /// A key of a team.
    KeyRow {
        epoch: u32,
        state: KeyState,
        /// Since when forms are, or were, sealed to it; none for a key of the first version.
        #[cfg_attr(test, ts(type = "number | null"))]
        since: Option<u64>,
        /// Envelopes at the endpoint that lie under it although it is closed: the clerks' apps seal them anew. To administrators only; 0 to everybody else.
        #[cfg_attr(test, ts(type = "number"))]
        records: u64,
        /// The administrator who wants it destroyed although not every device was heard; it takes another one.
        wanted_gone_by: Option<String>,
    }
    /// Somebody who redeemed a ticket and waits.
    WaitingRow { member: String, name: String, roles: Vec<RoleCode>, invited_as: String }
    /// An open invitation.
    InvitationRow {
        name: String,
        roles: Vec<RoleCode>,
        #[cfg_attr(test, ts(type = "number"))]
        expires_at: u64,
    }
    /// The office as its directory says.
    OfficeView {
        name: String,
        #[cfg_attr(test, ts(type = "number"))]
        number: u64,
        staff: Vec<StaffRow>,
        teams: Vec<TeamRow>,
        waiting: Vec<WaitingRow>,
        invitations: Vec<InvitationRow>,
        /// The unlocked member, as one of the staff.
        own: String,
        /// Where forms go, by the beginning of the unit's number; the longest that fits counts.
        rules: Vec<RuleRow>,
        /// Days from the handover to the entry, step by step.
        deadlines: Vec<u16>,
        /// Whether a device keeps its copy until a clerk opened the form.
        waits_for_acceptance: bool,
        /// Every translation there is.
        languages: Vec<LanguageOffer>,
        /// What the customer information names; none until it was written.
        information: Option<Information>,
    }
    /// Forms of units whose number begins so go to this team; the empty beginning stands for all others, and for persons without a unit.
    RuleRow { prefix: String, team: String }
    /// Whether a device keeps its copy until a clerk opened the form and found it readable, or destroys it when the endpoint stored it.
    PolicySet { accepted: bool }
    /// Sets all rules and deadlines anew.
    WorkSet { rules: Vec<RuleRow>, deadlines: Vec<u16> }
    /// A translation, and whether the office has switched it on.
    LanguageOffer {
        language: String,
        name: String,
        /// Who reviewed it, and when (ISO 8601); both empty: nobody yet.
        reviewed_by: String,
        reviewed_on: String,
        on: bool,
    }
    /// Sets the languages that are on, by their tags, and the information; none: it is taken away.
    CustomersSet { languages: Vec<String>, information: Option<Information> }
    /// Creates a team.
    TeamCreate { name: String }
    /// Invites somebody.
    Invite { name: String, roles: Vec<RoleCode>, teams: Vec<String> }
    /// The one-time ticket, to hand over on a way other than the endpoint.
    Invited {
        ticket: String,
        #[cfg_attr(test, ts(type = "number"))]
        expires_at: u64,
    }
    /// Approves a waiting newcomer.
    Approve { member: String }
    /// Gives a member of staff these roles and teams instead of the ones they have.
    StaffChange {
        member: String,
        roles: Vec<RoleCode>,
        teams: Vec<String>,
        /// What they had when somebody decided this: refused if a colleague changed it since. None: whatever they have.
        #[serde(default)]
        was: Option<StaffTasks>,
    }
    /// What somebody does, and for which teams.
    StaffTasks { roles: Vec<RoleCode>, teams: Vec<String> }
    /// Takes somebody's access away, for good.
    Revocation {
        member: String,
        /// Also if nobody else can open what is sealed to their team's key.
        #[serde(default)]
        even_so: bool,
    }
    /// Names a team.
    TeamRef { team: String }
    /// Destroys a closed key; `without_devices`: also if not every device has said that it holds nothing sealed to it (two administrators have to say so).
    KeyDestroy { team: String, epoch: u32, without_devices: bool }
    /// Process counts of a team. Never an answer, never a person.
    TeamCountsView {
        waiting: u32,
        assigned: u32,
        opened: u32,
        held: u32,
        awaits_number: u32,
        /// Of these, those with a question to the author that is not answered yet.
        asked: u32,
        destroyed: u32,
        #[cfg_attr(test, ts(type = "number | null"))]
        oldest: Option<u64>,
        /// Records that are not destroyed and have waited as long as each deadline, or longer.
        overdue: Vec<u32>,
        /// The deadlines of the office in days from the handover to the entry: when the team, its leader, and the administration are told, and the last.
        deadlines: Vec<u16>,
    }
    /// Asks for the report on a team's last finished weeks, from 1 to 53.
    ReportArgs { team: String, weeks: u16 }
    /// A finished week. Each count is a multiple of ten, rounded down; none is one from 1 to 9.
    ReportWeek {
        /// Its Monday, ISO 8601.
        begins: String,
        /// ISO 8601 number of the week, and the year that it counts to.
        week: u8,
        year: u16,
        handed_over: Option<u32>,
        /// Of these, those that a clerk had to decide about.
        held: Option<u32>,
        entered: Option<u32>,
        /// Destroyed without entry: replaced or discarded.
        without_entry: Option<u32>,
        /// Forms about which a clerk asked their author something for the first time.
        asked: Option<u32>,
    }
    /// Forms that wait since so many days or more, and fewer than in the next row; the count as in a week.
    ReportAge { from_days: u16, forms: Option<u32> }
    /// What became of a team's forms by weeks. Never an answer, a person, or a count from 1 to 9.
    ReportView {
        team: String,
        name: String,
        /// The last day in it, ISO 8601: a Sunday.
        until: String,
        weeks: Vec<ReportWeek>,
        /// As of that day's end.
        waiting: Vec<ReportAge>,
        complete: Option<u32>,
        incomplete: Option<u32>,
        /// All of it as a file for a spreadsheet.
        csv: String,
        /// A name for that file.
        file: String,
    }
}

code! {
    /// What a key of a team is good for.
    KeyState {
        /// New forms are sealed to it.
        Open,
        /// What lies under it can still be opened.
        Closed,
        /// Nobody has it any more.
        Destroyed,
    }
}

secret_dto! {
    /// Two holders of shares make the unlocked member an administrator who signs: two of the three shares of the root key, and whose right to sign, role
    /// and devices are taken in the same step (an administrator who is lost).
    Certify { shares: Vec<RootShare>, instead_of: Option<String> }
}
