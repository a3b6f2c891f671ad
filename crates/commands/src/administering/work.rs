//! How the work of the benefits department is arranged: which team gets which units, and after how many days somebody is told that forms wait.

use std::collections::HashSet;

use office::directory::DirectoryEdit;
use protocol::TeamId;
use protocol::directory::{Role, TeamRule};

use crate::App;
use crate::api::{CommandError, ErrorCode, Nothing, OfficeView, RuleRow, WorkSet};
use crate::desk::Desk;

/// Steps of the ladder: the team, its leader, the administration, and the last.
const STEPS: usize = 4;
/// Nothing waits for a year.
const MOST_DAYS: u16 = 365;

impl App {
    /// Sets rules and deadlines, for forms that are finalised from then on; what was sealed stays with its team.
    pub(crate) async fn work_set(&self, args: WorkSet) -> Result<OfficeView, CommandError> {
        self.desk().demand_role(Role::Admin)?;
        check_deadlines(&args.deadlines)?;
        self.publish(|desk| {
            desk.demand_role(Role::Admin)?;
            let directory = desk.directory()?;
            let mut settings = directory.get().settings.clone();
            settings.team_rules = desk.ordered_rules(&args.rules)?;
            settings.deadlines_days.clone_from(&args.deadlines);
            Ok((settings != directory.get().settings).then(|| DirectoryEdit::next_version(directory, self.now()).with_settings(settings)))
        })
        .await?;
        self.office(Nothing {}).await
    }
}

impl Desk {
    /// The longest beginning first: a directory's first rule that fits decides. What begins like none goes to the team of the empty beginning, and without
    /// one it could not be sealed at all.
    fn ordered_rules(&self, rows: &[RuleRow]) -> Result<Vec<TeamRule>, CommandError> {
        let directory = self.directory()?;
        let (patterns, mut seen) = (directory.number_rules(), HashSet::new());
        let mut rules = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let invalid = |reason| CommandError::new(ErrorCode::RuleInvalid).with("reason", reason).with("position", at + 1);
            let prefix = patterns.unit_prefix(&row.prefix).map_err(|_| invalid("prefix"))?;
            let team = TeamId::parse(&row.team).filter(|team| directory.team(team).is_some()).ok_or(ErrorCode::NotFound)?;
            if !seen.insert(prefix.clone()) {
                return Err(invalid("twice"));
            }
            rules.push(TeamRule { prefix, team });
        }
        if !seen.contains("") {
            return Err(CommandError::new(ErrorCode::RuleInvalid).with("reason", "no_default"));
        }
        rules.sort_by(|a, b| b.prefix.len().cmp(&a.prefix.len()).then(a.prefix.cmp(&b.prefix)));
        Ok(rules)
    }
}

fn check_deadlines(days: &[u16]) -> Result<(), CommandError> {
    let mut least = 1;
    for (at, day) in days.iter().enumerate() {
        if at >= STEPS || !(least..=MOST_DAYS).contains(day) {
            return Err(CommandError::new(ErrorCode::DeadlinesInvalid).with("position", at + 1));
        }
        least = day + 1;
    }
    if days.len() == STEPS { Ok(()) } else { Err(CommandError::new(ErrorCode::DeadlinesInvalid).with("position", days.len() + 1)) }
}
