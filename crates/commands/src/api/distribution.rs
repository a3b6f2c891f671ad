//! Verteilen: how a team's work lies with its clerks. Counts, ages and states; never a form, a customer, an author.

use serde::{Deserialize, Serialize};

#[cfg(test)]
use ts_rs::TS;

dto! {
    /// What lies with one clerk, or with nobody.
    PileRow {
        /// Benefit units; they are distributed as a whole.
        units: u32,
        waiting: u32,
        opened: u32,
        held: u32,
        awaits_number: u32,
        /// When the oldest form was handed over.
        #[cfg_attr(test, ts(type = "number | null"))]
        oldest: Option<u64>,
    }
    /// One clerk's part.
    ShareRow {
        member: String,
        name: String,
        /// Share of new units against those of colleagues, 0 to 100; 0: none.
        weight: u8,
        /// Gets nothing until then; none: is there.
        #[cfg_attr(test, ts(type = "number | null"))]
        absent_until: Option<u64>,
        /// Was not at the endpoint for so long that her work went to others.
        lapsed: bool,
        pile: PileRow,
    }
    /// How a team's work is distributed.
    DistributionView {
        team: String,
        /// New units wait until the leader moves them.
        by_hand: bool,
        clerks: Vec<ShareRow>,
        unassigned: PileRow,
        /// Units of the last move that can be put back, and until when; 0 and none otherwise.
        undo_units: u32,
        #[cfg_attr(test, ts(type = "number | null"))]
        undo_until: Option<u64>,
        /// Who changed something last.
        changed_by: Option<String>,
        #[cfg_attr(test, ts(type = "number | null"))]
        changed_at: Option<u64>,
    }
    /// One clerk's part, as it shall be.
    ShareSet {
        member: String,
        weight: u8,
        #[cfg_attr(test, ts(type = "number | null"))]
        absent_until: Option<u64>,
    }
    /// Sets how a team's work is distributed; who is not named stays as they are, and without `by_hand` that stays too.
    DistributionSet { team: String, by_hand: Option<bool>, clerks: Vec<ShareSet> }
    /// Moves so many units, the oldest first: from one clerk or (none) from what nobody has, to one clerk or (none) to the others by their quotas.
    DistributionMove { team: String, from: Option<String>, to: Option<String>, units: u32 }
    /// What a move, or taking one back, came to.
    DistributionMoved { units: u32, distribution: DistributionView }
}
