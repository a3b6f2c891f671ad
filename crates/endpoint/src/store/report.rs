//! What became of a team's forms, by finished weeks, and only as coarse as [`ReportCount`] tells it: a small count never leaves this module.
//!
//! Weeks begin on Monday at 00:00 UTC, whoever asks: with boundaries that the asker could move, two answers would cut out the hour between them. Only finished
//! weeks are told, and what waits as it was at their end, so nobody can watch a count pass from one step of ten to the next.

use std::collections::HashMap;

use protocol::api::{ReportAge, ReportCount, ReportWeek, TeamReport};
use protocol::log::{Leaf, Receipt};
use protocol::{TeamId, UnixTime, from_cbor};
use rusqlite::{Row, params};

use super::Store;
use super::fault::StoreFault;
use super::number::{from_sql, to_sql};

/// Seconds.
const DAY: u64 = 24 * 3600;
const WEEK: u64 = 7 * DAY;
/// From a Monday to the Thursday that the clock begins with (1970-01-01).
const THURSDAY: u64 = 3 * DAY;

/// Every form of the team; the log says when one was destroyed.
const FORMS: &str = "SELECT unit.id, unit_members, stored_at, held_on_arrival, replaced OR discarded, leaf.receipt, \
     EXISTS (SELECT 1 FROM record AS later WHERE later.supersedes = record.record AND later.team = record.team AND later.stored_at < ?2), asked_at \
     FROM unit JOIN record ON record.unit = unit.id LEFT JOIN leaf ON leaf.position = record.destroyed_position \
     WHERE unit.team = ?1 AND record.follows IS NULL AND stored_at < ?2";

/// What a report looks at of one form.
#[derive(Clone, Copy, Debug)]
struct Form {
    unit: i64,
    unit_members: u64,
    stored_at: UnixTime,
    held: bool,
    /// Destroyed, when, and whether it was entered before.
    end: Option<(UnixTime, bool)>,
    superseded: bool,
    /// When its author was first asked something about it.
    asked_at: Option<UnixTime>,
}

impl Store {
    /// The report on the team's last finished weeks, up to `weeks` of them.
    pub(crate) async fn report(&self, team: TeamId, weeks: u16, deadlines: Vec<u16>, now: UnixTime) -> Result<TeamReport, StoreFault> {
        self.readers
            .read(move |sql| {
                let until = monday(now);
                let mut figures = Figures::new(until, weeks, deadlines);
                let mut select = sql.prepare_cached(FORMS)?;
                let mut rows = select.query(params![team.0, to_sql(until.0)])?;
                while let Some(row) = rows.next()? {
                    figures.add(&form(row)?);
                }
                Ok(figures.told())
            })
            .await
    }
}

fn form(row: &Row<'_>) -> Result<Form, StoreFault> {
    let unentered: bool = row.get(4)?;
    let receipt: Option<Vec<u8>> = row.get(5)?;
    let end = receipt.map(|bytes| destroyed_at(&bytes)).transpose()?.map(|at| (at, !unentered));
    Ok(Form {
        unit: row.get(0)?,
        unit_members: from_sql(row.get(1)?)?,
        stored_at: UnixTime(from_sql(row.get(2)?)?),
        held: row.get(3)?,
        end,
        superseded: row.get(6)?,
        asked_at: row.get::<_, Option<i64>>(7)?.map(from_sql).transpose()?.map(UnixTime),
    })
}

fn destroyed_at(receipt: &[u8]) -> Result<UnixTime, StoreFault> {
    let receipt: Receipt = from_cbor(receipt, 64 * 1024).map_err(|_| StoreFault::Damaged("a receipt"))?;
    let leaf: Leaf = from_cbor(&receipt.leaf, 4 * 1024).map_err(|_| StoreFault::Damaged("a leaf"))?;
    Ok(leaf.at)
}

/// The Monday, 00:00 UTC, of the week of `at`.
fn monday(at: UnixTime) -> UnixTime {
    UnixTime(at.0.saturating_sub((at.0 + THURSDAY) % WEEK))
}

/// The counts while they are exact.
struct Figures {
    until: UnixTime,
    /// The oldest first; in the order of [`ReportWeek`].
    weeks: Vec<[u64; 5]>,
    /// From so many days on, how many.
    waiting: Vec<(u16, u64)>,
    /// Members of each unit, and forms that count.
    units: HashMap<i64, (u64, u64)>,
}

impl Figures {
    fn new(until: UnixTime, weeks: u16, deadlines: Vec<u16>) -> Self {
        let ages = std::iter::once(0).chain(deadlines);
        Self { until, weeks: vec![[0; 5]; usize::from(weeks)], waiting: ages.map(|days| (days, 0)).collect(), units: HashMap::new() }
    }

    /// The week's counts; none if it is not in the report.
    fn week(&mut self, at: UnixTime) -> Option<&mut [u64; 5]> {
        let ago = self.until.0.checked_sub(at.0 + 1)? / WEEK;
        let place = self.weeks.len().checked_sub(usize::try_from(ago).ok()? + 1)?;
        self.weeks.get_mut(place)
    }

    /// Counts one form as it was at `until`: what came later is not known yet.
    fn add(&mut self, form: &Form) {
        let end = form.end.filter(|(at, _)| *at < self.until);
        if let Some([handed_over, held, ..]) = self.week(form.stored_at) {
            *handed_over += 1;
            *held += u64::from(form.held);
        }
        match end {
            Some((at, entered)) => {
                if let Some([_, _, with, without, _]) = self.week(at) {
                    *(if entered { with } else { without }) += 1;
                }
            }
            None => self.add_waiting(form.stored_at),
        }
        if let Some([.., asked]) = form.asked_at.and_then(|at| self.week(at)) {
            *asked += 1;
        }
        let (members, forms) = self.units.entry(form.unit).or_default();
        *members = (*members).max(form.unit_members);
        // A replaced form's successor counts for the same person.
        *forms += u64::from(!form.superseded && end.is_none_or(|(_, entered)| entered));
    }

    fn add_waiting(&mut self, stored_at: UnixTime) {
        let age = self.until.since(stored_at);
        if let Some((_, forms)) = self.waiting.iter_mut().rev().find(|(days, _)| age >= u64::from(*days) * DAY) {
            *forms += 1;
        }
    }

    fn told(&self) -> TeamReport {
        let weeks = self.weeks.len() as u64;
        let week = |(place, counts): (u64, &[u64; 5])| {
            let [handed_over, held, entered, without_entry, asked] = counts.map(ReportCount::of);
            let begins = UnixTime(self.until.0.saturating_sub((weeks - place) * WEEK));
            ReportWeek { begins, handed_over, held, entered, without_entry, asked: Some(asked) }
        };
        let age = |(from_days, forms): &(u16, u64)| ReportAge { from_days: *from_days, forms: ReportCount::of(*forms) };
        let complete = self.units.values().filter(|(members, forms)| forms >= members).count() as u64;
        TeamReport {
            until: self.until,
            weeks: (0..).zip(&self.weeks).map(week).collect(),
            waiting: self.waiting.iter().map(age).collect(),
            complete: ReportCount::of(complete),
            incomplete: ReportCount::of(self.units.len() as u64 - complete),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A Monday.
    const UNTIL: UnixTime = UnixTime(1_789_948_800);

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(monday(UnixTime(4 * DAY)), UnixTime(4 * DAY), "1970-01-05 was a Monday");
        assert_eq!(monday(UnixTime(11 * DAY - 1)), UnixTime(4 * DAY));
        assert_eq!(monday(UNTIL), UNTIL);
        assert_eq!(monday(UnixTime(UNTIL.0 + WEEK - 1)), UNTIL);
    }

    fn some_form() -> impl Strategy<Value = Form> {
        let end = prop::option::of((0..60 * DAY, any::<bool>()));
        let asked = prop::option::of(0..60 * DAY);
        (0_i64..40, 1_u64..5, 0..80 * DAY, any::<bool>(), end, any::<bool>(), asked).prop_map(
            |(unit, unit_members, ago, held, end, superseded, asked)| {
                let stored_at = UnixTime(UNTIL.0 - 1 - ago);
                let end = end.map(|(after, entered)| (stored_at.plus(after), entered));
                let asked_at = asked.map(|after| stored_at.plus(after));
                Form { unit, unit_members, stored_at, held, end, superseded, asked_at }
            },
        )
    }

    fn report(forms: &[Form], weeks: u16) -> TeamReport {
        let mut figures = Figures::new(UNTIL, weeks, vec![3, 7, 14, 21]);
        forms.iter().for_each(|form| figures.add(form));
        figures.told()
    }

    fn cells(report: &TeamReport) -> Vec<ReportCount> {
        let weeks =
            report.weeks.iter().flat_map(|week| [week.handed_over, week.held, week.entered, week.without_entry].into_iter().chain(week.asked));
        weeks.chain(report.waiting.iter().map(|age| age.forms)).chain([report.complete, report.incomplete]).collect()
    }

    /// The number that stands there, for whoever calculates with it.
    fn number(count: ReportCount) -> Option<u64> {
        match count {
            ReportCount::Zero => Some(0),
            ReportCount::FewerThanTen => None,
            ReportCount::Tens(tens) => Some(tens),
        }
    }

    proptest! {
        /// All numbers that are told, of reports of any lengths, are multiples of ten: whatever sums and differences are made of them, none is a count from 1 to 9.
        #[test]
        fn no_count_from_1_to_9_comes_out_of_any_sums_and_differences(
            forms in prop::collection::vec(some_form(), 0..400),
            (weeks, more) in (1_u16..12, 1_u16..12),
            signs in prop::collection::vec(-1_i64..=1, 110),
        ) {
            let (short, long) = (report(&forms, weeks), report(&forms, weeks + more));
            prop_assert!(long.weeks.ends_with(&short.weeks), "a week is told the same, however many are asked for");
            prop_assert_eq!((&short.waiting, short.complete, short.incomplete), (&long.waiting, long.complete, long.incomplete));
            let told: Vec<u64> = cells(&short).into_iter().chain(cells(&long)).filter_map(number).collect();
            let made: i64 = told.iter().zip(signs.iter().cycle()).map(|(told, sign)| i64::try_from(*told).unwrap() * sign).sum();
            prop_assert!(!(1..=9).contains(&made.abs()), "{}", made);
            for one in &told {
                prop_assert!(told.iter().all(|other| !(1..=9).contains(&one.abs_diff(*other))));
            }
        }

        /// One form more where there are few already shows nowhere that there are few.
        #[test]
        fn one_more_of_a_few_is_not_seen(few in 1_usize..9, form in some_form()) {
            let form = Form { unit: 1, unit_members: 100, ..form };
            let (before, after) = (vec![form; few], vec![form; few + 1]);
            prop_assert_eq!(report(&before, 12), report(&after, 12));
        }

        /// Every form is in its week, waits or has ended, and is told of only as it was at the end of the last week.
        #[test]
        fn tens_of_one_form_are_counted_where_it_belongs(form in some_form(), tens in 1_u64..4) {
            let forms: Vec<Form> = (0..tens * 10).map(|unit| Form { unit: i64::try_from(unit).unwrap(), unit_members: 1, ..form }).collect();
            let told = report(&forms, 20);
            let all = |pick: fn(&ReportWeek) -> ReportCount| told.weeks.iter().filter_map(|week| number(pick(week))).sum::<u64>();
            let end = form.end.filter(|(at, _)| *at < UNTIL);
            prop_assert_eq!(all(|week| week.handed_over), tens * 10);
            prop_assert_eq!(all(|week| week.held), if form.held { tens * 10 } else { 0 });
            prop_assert_eq!(all(|week| week.entered), if end.is_some_and(|(_, entered)| entered) { tens * 10 } else { 0 });
            prop_assert_eq!(all(|week| week.without_entry), if end.is_some_and(|(_, entered)| !entered) { tens * 10 } else { 0 });
            prop_assert_eq!(told.waiting.iter().filter_map(|age| number(age.forms)).sum::<u64>(), if end.is_none() { tens * 10 } else { 0 });
            for week in &told.weeks {
                let inside = (week.begins..week.begins.plus(WEEK)).contains(&form.stored_at);
                prop_assert_eq!(week.handed_over != ReportCount::Zero, inside);
            }
        }
    }

    #[test]
    fn a_unit_is_complete_when_each_member_has_a_form_that_counts() {
        let plain = Form { unit: 0, unit_members: 2, stored_at: UnixTime(UNTIL.0 - DAY), held: false, end: None, superseded: false, asked_at: None };
        let discarded = Form { end: Some((UnixTime(UNTIL.0 - 1), false)), ..plain };
        let discarded_later = Form { end: Some((UNTIL, false)), ..plain };
        let superseded = Form { superseded: true, ..plain };
        let complete = |forms: [Form; 2]| {
            let units = (0..10).flat_map(|unit| forms.map(|form| Form { unit, ..form }));
            let report = report(&units.collect::<Vec<_>>(), 1);
            (report.complete, report.incomplete)
        };
        let (all, none) = ((ReportCount::Tens(10), ReportCount::Zero), (ReportCount::Zero, ReportCount::Tens(10)));
        assert_eq!(complete([plain, plain]), all);
        assert_eq!(complete([plain, discarded]), none);
        assert_eq!(complete([plain, discarded_later]), all, "as it was at the end of the week");
        assert_eq!(complete([plain, superseded]), none, "the same person twice");
    }
}
