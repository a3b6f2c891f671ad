//! The list of a user's units.

use crate::App;
use crate::api::{CommandError, UnitListArgs, UnitPage};
use crate::collect::view;
use crate::stored::UnitItem;

/// Rows on one page, at the most.
const MAX_PAGE: u32 = 200;

impl App {
    /// A page of units, newest change first or, on demand, those whose answers lie here longest.
    pub(crate) async fn unit_list(&self, args: UnitListArgs) -> Result<UnitPage, CommandError> {
        let desk = self.desk();
        let index = desk.unlocked()?.index()?;
        let all = index.len() as u32;
        let wanted = args.search.trim().to_uppercase();
        let fits = |unit: &UnitItem| args.state.is_none_or(|state| unit.state() == state) && matches(unit, &wanted);
        let mut units: Vec<_> = index.iter().filter(|(_, unit)| fits(unit)).collect();
        units.sort_by(|(id_a, a), (id_b, b)| {
            let order = if args.oldest_first { a.since().cmp(&b.since()) } else { b.changed_at.cmp(&a.changed_at) };
            order.then(id_a.cmp(id_b))
        });
        let matching = units.len() as u32;
        let rows = units.iter().skip(args.offset as usize).take(args.limit.min(MAX_PAGE) as usize).map(|(id, unit)| view::row(id, unit)).collect();
        Ok(UnitPage { rows, matching, all })
    }
}

fn matches(unit: &UnitItem, wanted: &str) -> bool {
    let has = |text: &str| text.to_uppercase().contains(wanted);
    wanted.is_empty()
        || has(&unit.label)
        || unit.number.as_deref().is_some_and(has)
        || unit.members.iter().any(|member| has(&member.label) || member.number.as_deref().is_some_and(has))
}
