//! Creating, showing and discarding a unit.

use questionnaire::Asking;
use vault::{DiscardReason, ItemChange, ItemId, LedgerKind};

use crate::App;
use crate::api::{CommandError, ErrorCode, MemberRef, Nothing, UnitCreate, UnitDiscard, UnitRef, UnitView};
use crate::collect::numbers::TypedNumbers;
use crate::collect::view;
use crate::desk::Desk;
use crate::ids::{new_id, parse_id};
use crate::stored::UnitItem;

/// Longest label, in characters.
pub const MAX_LABEL: usize = 60;

/// Refuses a label that is too long.
pub fn checked_label(label: &str) -> Result<String, CommandError> {
    let label = label.trim();
    let fits = label.chars().count() <= MAX_LABEL && !label.chars().any(char::is_control);
    if fits { Ok(label.to_owned()) } else { Err(CommandError::new(ErrorCode::TextTooLong).with("maximum", MAX_LABEL)) }
}

impl App {
    /// Creates a unit; a number that is in the list already is refused and the unit named.
    pub(crate) async fn unit_create(&self, args: UnitCreate) -> Result<UnitView, CommandError> {
        let mut desk = self.desk();
        desk.demand_collector()?;
        let number = TypedNumbers::of(desk.settings())?.unit(&args.number)?;
        let label = checked_label(&args.label)?;
        let unlocked = desk.unlocked()?;
        if number.is_some()
            && let Some((id, _)) = unlocked.units()?.into_iter().find(|(_, unit)| unit.number == number)
        {
            return Err(CommandError::new(ErrorCode::NumberTwice).with("unit", hex::encode(id)));
        }
        let id = new_id();
        desk.save_unit(&id, UnitItem::new(number, label, self.now()), &[])?;
        desk.unit_view(&id)
    }

    /// Shows a unit.
    pub(crate) async fn unit_open(&self, args: UnitRef) -> Result<UnitView, CommandError> {
        self.desk().unit_view(&parse_id(&args.unit)?)
    }

    /// Remembers, until the app locks, whose information was shown: everybody's at the table, but a young person's only for themself.
    pub(crate) async fn unit_informed(&self, args: MemberRef) -> Result<Nothing, CommandError> {
        let (id, member) = (parse_id(&args.unit)?, parse_id(&args.member)?);
        let mut desk = self.desk();
        let unit = desk.unlocked()?.unit(&id)?;
        let asking = unit.member(&member).ok_or(ErrorCode::NotFound)?.asking();
        desk.unlocked_mut()?.informed.insert(if asking == Asking::ToYoungPerson { member } else { id });
        Ok(Nothing {})
    }

    /// Destroys a unit and its drafts; each form leaves a line in the ledger, with the reason and without the person.
    pub(crate) async fn unit_discard(&self, args: UnitDiscard) -> Result<Nothing, CommandError> {
        let id = parse_id(&args.unit)?;
        let reason = DiscardReason::from_code(&args.reason).ok_or(ErrorCode::BadArguments)?;
        let mut desk = self.desk();
        let unit = desk.unlocked()?.unit(&id)?;
        let members: Vec<_> = unit.members.iter().map(|member| (member.id, member.record)).collect();
        desk.shred_drafts(&[ItemChange::Delete(ItemId(id))], &members, LedgerKind::Discarded(reason), self.now())?;
        drop(desk);
        self.changed();
        Ok(Nothing {})
    }
}

impl Desk {
    /// A unit as shown now.
    pub(crate) fn unit_view(&self, id: &[u8; 16]) -> Result<UnitView, CommandError> {
        let unlocked = self.unlocked()?;
        let unit = unlocked.unit(id)?;
        let team = match &unit.replaces {
            Some(earlier) => self.directory().ok().and_then(|directory| directory.team(&earlier.team)),
            None => self.team_for(unit.number.as_deref()),
        };
        let team = team.map(|team| team.name.clone());
        Ok(view::unit(id, &unit, unlocked.informed.contains(id), team))
    }
}
