//! Founding, the office's directory, tickets, counts.

use commands::api::{Founded, Invited, KeyState, OfficeView, ReportView, ReportWeek, RoleCode, TeamCountsView};

use super::layout::{or_dash, pairs, table, time};
use super::{Readable, words};

impl Readable for Founded {
    fn text(&self) -> String {
        let shares: String = self.root_shares.iter().enumerate().map(|(at, share)| format!("\n\nShare {}:\n{share}", at + 1)).collect();
        format!(
            "The office is founded. Its root key, in shares for paper: any two bring it back. The next `bogen contact` or `bogen lock`\n\
             destroys them here; until then the same command with the same code and passphrase shows them again.\n\
             Give each to another person; then clear this terminal.{shares}\n\nFingerprint of the root: {}",
            self.fingerprint
        )
    }
}

impl Readable for OfficeView {
    fn text(&self) -> String {
        let head = pairs(&[("Office", self.name.clone()), ("Directory", format!("number {}", self.number))]);
        let staff: Vec<_> = self.staff.iter().map(|one| staff_row(one, &self.teams)).collect();
        let teams: Vec<_> = self.teams.iter().map(team_row).collect();
        let waiting: Vec<_> =
            self.waiting.iter().map(|one| vec![one.member.clone(), one.name.clone(), roles(&one.roles), one.invited_as.clone()]).collect();
        let name = |id: &String| self.teams.iter().find(|team| team.team == *id).map_or_else(|| id.clone(), |team| team.name.clone());
        let rules: Vec<_> = self.rules.iter().map(|rule| vec![or_dash(Some(&rule.prefix)), name(&rule.team)]).collect();
        let invitations: Vec<_> = self.invitations.iter().map(|one| vec![one.name.clone(), roles(&one.roles), time(one.expires_at)]).collect();
        [
            head,
            table(&["Member", "Name", "Roles", "Teams", "Active", "Signs"], &staff, "No staff."),
            table(&["Team", "Name", "Key epoch", "Clerks"], &teams, "No teams."),
            table(&["Units", "Go to"], &rules, "No rules."),
            table(&["Waits", "Name", "Roles", "Invited as"], &waiting, "Nobody waits for approval."),
            table(&["Invited", "Roles", "Until"], &invitations, "No open invitations."),
        ]
        .join("\n\n")
    }
}

fn staff_row(one: &commands::api::StaffRow, teams: &[commands::api::TeamRow]) -> Vec<String> {
    let name = |id: &String| teams.iter().find(|team| team.team == *id).map_or_else(|| id.clone(), |team| team.name.clone());
    let of: Vec<_> = one.teams.iter().map(name).collect();
    let yes_or_no = |yes| if yes { "yes" } else { "no" }.to_owned();
    vec![one.member.clone(), one.name.clone(), roles(&one.roles), or_dash(Some(&of.join(", "))), yes_or_no(one.active), yes_or_no(one.signs)]
}

fn team_row(team: &commands::api::TeamRow) -> Vec<String> {
    vec![team.team.clone(), team.name.clone(), key_words(team), team.clerks.to_string()]
}

/// The open key, and what becomes of the closed ones.
fn key_words(team: &commands::api::TeamRow) -> String {
    let open = team.key_epoch.map_or_else(|| "none yet".to_owned(), |epoch| epoch.to_string());
    let next = if team.next_key_wanted { ", another one is asked for" } else { "" };
    let closed = team.keys.iter().filter(|key| key.state == KeyState::Closed).map(|key| {
        let wanted = key.wanted_gone_by.as_ref().map(|by| format!(", to be destroyed, says {by}")).unwrap_or_default();
        format!("; {} closed, {} under it{wanted}", key.epoch, key.records)
    });
    format!("{open}{next}{}", closed.collect::<String>())
}

fn roles(roles: &[RoleCode]) -> String {
    roles.iter().map(words).collect::<Vec<_>>().join(", ")
}

impl Readable for Invited {
    fn text(&self) -> String {
        format!("Ticket, for one use until {}. Hand it over on a way other than the endpoint:\n{}", time(self.expires_at), self.ticket)
    }
}

impl Readable for TeamCountsView {
    fn text(&self) -> String {
        let overdue = self.deadlines.iter().zip(&self.overdue).map(|(days, count)| format!("{days} days: {count}")).collect::<Vec<_>>().join(", ");
        pairs(&[
            ("Waiting", self.waiting.to_string()),
            ("Assigned", self.assigned.to_string()),
            ("Opened", self.opened.to_string()),
            ("Held", self.held.to_string()),
            ("Number follows", self.awaits_number.to_string()),
            ("Asked, not answered", self.asked.to_string()),
            ("Destroyed", self.destroyed.to_string()),
            ("Oldest", self.oldest.map_or_else(|| "-".to_owned(), time)),
            ("Waiting for", or_dash(Some(&overdue))),
        ])
    }
}

impl Readable for ReportView {
    fn text(&self) -> String {
        let head = pairs(&[("Team", self.name.clone()), ("Until", self.until.clone()), ("Counts", "rounded down to tens; <10 is 1 to 9".to_owned())]);
        let weeks: Vec<_> = self.weeks.iter().map(week_row).collect();
        let ages = self.waiting.iter().enumerate().map(|(place, age)| {
            let below = self.waiting.get(place + 1).map_or_else(|| "more".to_owned(), |next| next.from_days.saturating_sub(1).to_string());
            vec![format!("{} to {below} days", age.from_days), told(age.forms)]
        });
        let units = vec![vec!["complete".to_owned(), told(self.complete)], vec!["incomplete".to_owned(), told(self.incomplete)]];
        [
            head,
            table(&["Week", "From", "Handed over", "Of these held", "Entered", "Without entry", "Asked about"], &weeks, "No weeks."),
            table(&["Waiting for", "Forms"], &ages.collect::<Vec<_>>(), "Nothing waits."),
            table(&["Benefit units", "Count"], &units, "No units."),
        ]
        .join("\n\n")
    }
}

fn week_row(week: &ReportWeek) -> Vec<String> {
    let counts = [week.handed_over, week.held, week.entered, week.without_entry, week.asked].map(told);
    [format!("{}-W{:02}", week.year, week.week), week.begins.clone()].into_iter().chain(counts).collect()
}

fn told(count: Option<u32>) -> String {
    count.map_or_else(|| "<10".to_owned(), |count| count.to_string())
}
