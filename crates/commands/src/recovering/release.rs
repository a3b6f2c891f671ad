//! A colleague is not there, and somebody waits for what lies on their device: two shares of the root release it to a deputy, who is unlocked there.

use vault::{ItemKind, LedgerKind, UserId};

use crate::App;
use crate::api::{CommandError, ErrorCode, Released, TakeOver};
use crate::app::off_the_desk;

/// What a deputy goes on with: units with their drafts, the MIG list with the numbers that follow, and reminders of paper. Never keys.
const KINDS: [ItemKind; 5] = [ItemKind::Unit, ItemKind::Form, ItemKind::KeptForm, ItemKind::CollectionFlag, ItemKind::Paper];

impl App {
    /// Moves a colleague's drafts and MIG list to the unlocked deputy. The colleague does not have them any more; the ledger says so.
    pub(crate) async fn take_over(&self, args: TakeOver) -> Result<Released, CommandError> {
        self.desk().demand_collector()?;
        let from = UserId::parse(&args.from).ok_or(ErrorCode::NotFound)?;
        let name = self.name_of(from)?;
        let (opener, sitting) = {
            let desk = self.desk();
            desk.demand_collector()?;
            if desk.unlocked()?.user() == from {
                return Err(CommandError::new(ErrorCode::NotFound));
            }
            (desk.opener(&args.shares)?, desk.sitting)
        };
        let mut opened = off_the_desk(move || opener.open(from)).await??;
        let (moved, damaged) = {
            let mut desk = self.desk();
            desk.demand_sitting(sitting)?;
            let deputy = desk.unlocked()?.state()?.member;
            let entry = opened.entry(LedgerKind::Released(deputy), self.now());
            let moved = desk.unlocked()?.session().take_over(&mut opened.session, &KINDS, &[entry])?;
            // What is kept in memory of the units is of before.
            desk.forget_units()?;
            moved
        };
        self.changed();
        let count = |kind: ItemKind| KINDS.iter().position(|other| *other == kind).map_or(0, |at| moved[at] as u32);
        Ok(Released {
            name,
            units: count(ItemKind::Unit),
            marks: count(ItemKind::CollectionFlag),
            papers: count(ItemKind::Paper),
            damaged: damaged as u32,
        })
    }
}
