//! The MIG list: whom to mark in the benefits system (§ 4 Abs. 3 MighEV), after the handover and not before.

use crate::App;
use crate::api::{CommandError, ErrorCode, MigEntry, MigList, MigRef, MigState, Nothing};
use crate::desk::Desk;
use crate::ids::parse_id;

impl App {
    /// All entries of the unlocked user.
    pub(crate) async fn mig_list(&self, _: Nothing) -> Result<MigList, CommandError> {
        self.desk().mig_entries()
    }

    /// Ticks an entry off; it is removed from the device at the next lock.
    pub(crate) async fn mig_tick(&self, args: MigRef) -> Result<MigList, CommandError> {
        self.set_tick(&args.entry, true)
    }

    /// Takes a tick back.
    pub(crate) async fn mig_untick(&self, args: MigRef) -> Result<MigList, CommandError> {
        self.set_tick(&args.entry, false)
    }

    fn set_tick(&self, entry: &str, ticked: bool) -> Result<MigList, CommandError> {
        let id = parse_id(entry)?;
        let mut desk = self.desk();
        let mut item = desk.unlocked()?.mig_items()?.into_iter().find(|(other, _)| *other == id).ok_or(ErrorCode::NotFound)?.1;
        if item.is_on_its_way(&desk.sealed_here()?) {
            return Err(CommandError::new(ErrorCode::NotFound));
        }
        if item.customer_number.is_none() {
            return Err(CommandError::new(ErrorCode::NumberFollows));
        }
        item.ticked = ticked;
        desk.save_mig(&id, &item)?;
        let list = desk.mig_entries();
        drop(desk);
        self.changed();
        list
    }
}

impl Desk {
    /// Entries, due ones first, oldest first.
    pub(crate) fn mig_entries(&self) -> Result<MigList, CommandError> {
        let sealed = self.sealed_here()?;
        let mut entries = Vec::new();
        for (id, item) in self.unlocked()?.mig_items()? {
            let state = match (item.is_on_its_way(&sealed), &item.customer_number, item.ticked) {
                (true, _, _) => MigState::Sealed,
                (false, None, _) => MigState::AwaitsNumber,
                (false, Some(_), false) => MigState::Due,
                (false, Some(_), true) => MigState::Ticked,
            };
            entries.push(MigEntry {
                entry: hex::encode(id),
                customer_number: item.customer_number,
                unit_number: item.unit_number,
                label: item.label,
                state,
                since: item.since.0,
            });
        }
        let rank = |state| match state {
            MigState::Due | MigState::AwaitsNumber => 0,
            MigState::Sealed => 1,
            MigState::Ticked => 2,
        };
        entries.sort_by(|a, b| rank(a.state).cmp(&rank(b.state)).then(a.since.cmp(&b.since)).then(a.entry.cmp(&b.entry)));
        Ok(MigList { entries })
    }
}
