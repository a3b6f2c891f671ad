//! First start, unlocking, the state of the app, wording.

use serde::{Deserialize, Serialize};

#[cfg(test)]
use ts_rs::TS;

use super::{MemberRef, Passphrase, RootShare};

code! {
    /// Which part of the way a member of staff works on.
    RoleCode {
        /// Integration specialist.
        Counsellor,
        /// Case manager.
        CaseManager,
        /// Team leader of the benefits department.
        TeamLeader,
        /// Clerk of the benefits department.
        Clerk,
        /// Administrator.
        Admin,
    }
    /// How far this device and its user are on the way into an office.
    EnrolmentState {
        /// No office yet: found one or redeem a ticket.
        None,
        /// The ticket was redeemed; an administrator has to approve.
        Waiting,
        /// Member of the office.
        Active,
        /// Revoked: what is sealed here can still be delivered, nothing else.
        Revoked,
    }
}

secret_dto! {
    /// Founds an office with the code that the endpoint printed.
    FoundOffice { url: String, code: String, office_name: String, admin_name: String, passphrase: Passphrase, demo: bool }
    /// Redeems a ticket.
    Enrol { ticket: String, name: String, passphrase: Passphrase }
    /// Unlocks a user's data.
    Unlock { user: String, passphrase: Passphrase }
    /// Hands the screen to the customer for one person's form. The code leads back; it is chosen at the first time in a sitting.
    Turn { unit: String, member: String, code: Option<Passphrase> }
    /// Takes the screen back.
    TurnBack { code: Passphrase }
    /// Sets the PIN of this working day, 4 to 8 digits; none: it is forgotten.
    PinSet { pin: Option<Passphrase> }
    /// Unlocks again within the working day.
    UnlockPin { user: String, pin: Passphrase }
    /// Changes the passphrase of the unlocked user.
    ChangePassphrase { old: Passphrase, new: Passphrase }
    /// Sets another passphrase of a user who forgot theirs, with two of the three shares of the root key.
    RecoverPassphrase { user: String, shares: Vec<RootShare>, new: Passphrase }
    /// Tries whether two shares of the root key would open every user's part on this device.
    RecoveryDrill { shares: Vec<RootShare> }
    /// Releases what a colleague has on this device to the unlocked deputy, with two shares of the root key.
    TakeOver { from: String, shares: Vec<RootShare> }
}

code! {
    /// What two shares of the root key would do for a user.
    DrillState {
        /// They open the part.
        Opens,
        /// The user has left nothing for them yet: it is left when they unlock the next time.
        Nothing,
        /// What was left does not open, or opens nothing.
        Fails,
    }
}

dto! {
    /// No arguments.
    Nothing {}

    /// What the drill found for each user of this device.
    DrillReport { rows: Vec<DrillRow> }
    /// One of them.
    DrillRow { name: String, state: DrillState }
    /// What a deputy took over, and from whom: units with their drafts, entries of the MIG list, reminders of paper. What is damaged stayed.
    Released { name: String, units: u32, marks: u32, papers: u32, damaged: u32 }

    /// Somebody with a key file on this device.
    UserSummary { user: String, name: String }
    /// Who is at the screen.
    SessionInfo {
        user: String,
        name: String,
        roles: Vec<RoleCode>,
        /// Took forms before, and finishes what belongs to them: MIG marks, numbers that follow, questions.
        collected_before: bool,
        enrolment: EnrolmentState,
    }
    /// Counts for the one quiet place that shows the state of safety. Process counts only.
    SafetyCounts {
        /// Units with drafts of the unlocked user; 0 while locked.
        drafts: u32,
        /// Forms sealed on this device, not handed over.
        sealed: u32,
        /// Forms handed over whose local copy waits for its destruction.
        delivered: u32,
        /// MIG marks to set, of the unlocked user; 0 while locked.
        mig_due: u32,
        /// Forms handed over whose customer number follows, of the unlocked user; 0 while locked.
        numbers_due: u32,
        /// Paper forms typed in and not shredded yet, of the unlocked user; 0 while locked.
        papers_due: u32,
        /// Forms destroyed here so far.
        destroyed: u32,
    }
    /// State of the app as a whole.
    Status {
        version: String,
        /// The office's name, once known.
        office: Option<String>,
        /// A demo office: must be shown all the time.
        demo: bool,
        enrolment: EnrolmentState,
        users: Vec<UserSummary>,
        /// None while locked.
        session: Option<SessionInfo>,
        counts: SafetyCounts,
        /// Whether what is delivered stays here until a clerk opened it: the office decided so.
        waits_for_clerks: bool,
        /// Whose form the customer has before them; until the code is given, every other command is refused.
        turned: Option<MemberRef>,
        /// Whether the code for turning was chosen in this sitting.
        turn_code: bool,
        /// Who may unlock with a PIN, and until when; none: the passphrase is needed.
        pin: Option<PinInfo>,
        /// After how many minutes without use the app locks.
        lock_after: LockAfter,
        /// Codes of standing warnings: `one_copy`, `log_fault`, `team_key_missing`, `fewer_than_two_clerks`, `clock_wrong`, `old_drafts`, `notes_waiting`,
        /// `no_recovery`, `canary_failed`, `canary_silent`.
        warnings: Vec<String>,
        /// Unix seconds of the last contact with the endpoint.
        #[cfg_attr(test, ts(type = "number | null"))]
        last_contact: Option<u64>,
        /// Unix seconds when the endpoint's log last contradicted itself; none if it never did.
        #[cfg_attr(test, ts(type = "number | null"))]
        log_fault_at: Option<u64>,
        /// Unix seconds when that was cleared up; none while it is not.
        #[cfg_attr(test, ts(type = "number | null"))]
        log_fault_cleared_at: Option<u64>,
        /// Unix seconds since when the administration asks this device to deliver; none if it does not, or nothing is left to deliver or to seal.
        #[cfg_attr(test, ts(type = "number | null"))]
        sync_requested: Option<u64>,
    }
    /// A PIN of this working day.
    PinInfo {
        user: String,
        /// Unix seconds; after that the passphrase is needed.
        #[cfg_attr(test, ts(type = "number"))]
        until: u64,
    }
    /// Minutes without use until the app locks: on the staff's side, and while the customer has the screen. 1 to 60 each.
    LockAfter { minutes: u32, turned_minutes: u32 }
    /// The root key on paper: any two of the three bring it back. The app forgets them with its next contact or lock; until then the same code shows them again.
    Founded { root_shares: Vec<String>, fingerprint: String }
    /// The wording of the questionnaire, as its versioned file has it.
    WordingReply {
        /// The file as JSON; its shape is the questionnaire's.
        #[cfg_attr(test, ts(type = "unknown"))]
        german: serde_json::Value,
        /// What changed with each version of the form, oldest first; the last is the current one.
        versions: Vec<VersionRow>,
        /// What the office switched on for the customer's side, beside German.
        languages: Vec<LanguageRow>,
        /// What the privacy page and the paper form name; none until an administrator wrote it.
        information: Option<Information>,
    }
    /// A version of the form, and what is new in it.
    VersionRow { version: u16, changes: Vec<String> }
    /// A language of the customer's side.
    LanguageRow {
        /// BCP 47 tag.
        language: String,
        /// Its name for itself.
        name: String,
        /// `ltr` or `rtl`.
        direction: String,
        /// Who reviewed the translation, and when (ISO 8601); both empty: nobody yet.
        reviewed_by: String,
        reviewed_on: String,
    }
    /// What the information of Art. 13 GDPR has to name, as the office wrote it.
    Information { controller: String, officer: String, authority: String, return_to: String }
    /// Names a language by its BCP 47 tag.
    LanguageRef { language: String }
    /// The wording in one language.
    WordingIn {
        #[cfg_attr(test, ts(type = "unknown"))]
        wording: serde_json::Value,
    }
}
