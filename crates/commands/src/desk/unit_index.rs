//! The unlocked user's units, opened once in a sitting: lists and counts read them from memory instead of decrypting each of them every time.
//!
//! It follows what is written, change by change, and is never written from. Dropped, and wiped, when the sitting ends.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use protocol::from_cbor;
use vault::{ItemChange, ItemKind};
use zeroize::Zeroize;

use crate::api::CommandError;
use crate::stored::{MAX_ITEM_BYTES, UnitItem};

/// Units by id.
pub type Units = BTreeMap<[u8; 16], UnitItem>;

/// See the module. Empty until somebody asks.
#[derive(Default)]
pub struct UnitIndex(OnceCell<Units>);

impl UnitIndex {
    /// The units; `load` reads them from the store the first time.
    pub fn get_or_load(&self, load: impl FnOnce() -> Result<Units, CommandError>) -> Result<&Units, CommandError> {
        if let Some(units) = self.0.get() {
            return Ok(units);
        }
        let units = load()?;
        Ok(self.0.get_or_init(|| units))
    }

    /// Does to the copy what was done to the store. What cannot be followed empties it: the next look reads the store again.
    pub fn follow(&mut self, changes: &[ItemChange]) {
        let Some(units) = self.0.get_mut() else { return };
        for change in changes {
            match change {
                ItemChange::Put(ItemKind::Unit, id, bytes) => match from_cbor(bytes, MAX_ITEM_BYTES) {
                    Ok(unit) => forget(units.insert(id.0, unit)),
                    Err(_) => return *self = Self::default(),
                },
                ItemChange::Put(..) => {}
                ItemChange::Delete(id) => forget(units.remove(&id.0)),
            }
        }
    }
}

impl Drop for UnitIndex {
    fn drop(&mut self) {
        for unit in self.0.take().into_iter().flat_map(Units::into_values) {
            forget(Some(unit));
        }
    }
}

/// Labels and numbers of people do not stay behind in freed memory.
fn forget(unit: Option<UnitItem>) {
    let Some(mut unit) = unit else { return };
    unit.number.zeroize();
    unit.label.zeroize();
    for member in &mut unit.members {
        member.number.zeroize();
        member.label.zeroize();
    }
}
