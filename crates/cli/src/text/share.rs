//! How a team's work is distributed.

use commands::api::{DistributionMoved, DistributionView, PileRow, ShareRow};

use super::Readable;
use super::layout::{or_dash, pairs, table, time};

impl Readable for DistributionView {
    fn text(&self) -> String {
        let changed = self.changed_by.as_ref().zip(self.changed_at).map(|(by, at)| format!("{} by {by}", time(at)));
        let undo = self.undo_until.map(|until| format!("{} units until {}", self.undo_units, time(until)));
        let head = pairs(&[
            ("New units", if self.by_hand { "wait for the team's leader" } else { "are distributed on arrival" }.to_owned()),
            ("Last change", or_dash(changed.as_deref())),
            ("Can be undone", or_dash(undo.as_deref())),
        ]);
        let mut rows: Vec<Vec<String>> = self.clerks.iter().map(row).collect();
        rows.push(["-", "nobody", "", ""].map(str::to_owned).into_iter().chain(pile(&self.unassigned)).collect());
        let headings = ["Member", "Name", "Quota", "Absent until", "Units", "Waiting", "Opened", "Held", "Number follows", "Oldest"];
        [head, table(&headings, &rows, "No clerks.")].join("\n\n")
    }
}

fn row(share: &ShareRow) -> Vec<String> {
    let absent = match share.absent_until {
        Some(until) => time(until),
        None if share.lapsed => "not here lately".to_owned(),
        None => "-".to_owned(),
    };
    let own = [share.member.clone(), share.name.clone(), share.weight.to_string(), absent];
    own.into_iter().chain(pile(&share.pile)).collect()
}

fn pile(pile: &PileRow) -> [String; 6] {
    let PileRow { units, waiting, opened, held, awaits_number, oldest } = *pile;
    let counts = [units, waiting, opened, held, awaits_number].map(|count| count.to_string());
    let [units, waiting, opened, held, awaits_number] = counts;
    [units, waiting, opened, held, awaits_number, oldest.map_or_else(|| "-".to_owned(), time)]
}

impl Readable for DistributionMoved {
    fn text(&self) -> String {
        format!("Units that changed hands: {}.\n\n{}", self.units, self.distribution.text())
    }
}
