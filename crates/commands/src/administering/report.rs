//! The report on a team's finished weeks. Small counts are left out at the endpoint already; here it only gets dates, names and a file.

use protocol::api::{self, Done, ReportCount, TeamReport};
use protocol::limits::MAX_REPORT_WEEKS;
use protocol::{TeamId, UnixTime};
use reqwest::Method;

use super::report_csv;
use crate::App;
use crate::api::{CommandError, ErrorCode, ReportAge, ReportArgs, ReportView, ReportWeek};
use crate::desk::Who;

/// Seconds.
const DAY: u64 = 24 * 3600;

impl App {
    /// What became of a team's forms in its last finished weeks.
    pub(crate) async fn team_report(&self, args: ReportArgs) -> Result<ReportView, CommandError> {
        let team = TeamId::parse(&args.team).ok_or(ErrorCode::NotFound)?;
        if !(1..=MAX_REPORT_WEEKS).contains(&args.weeks) {
            return Err(ErrorCode::BadArguments.into());
        }
        let path = format!("/v1/teams/{team}/report?weeks={}", args.weeks);
        let report: TeamReport = self.exchange::<Done, _>(Who::Member, Method::GET, &path, None).await?;
        let name = self.desk().team_name(team);
        Ok(view(team, name, &report))
    }
}

/// For people: names and dates instead of ids and seconds.
fn view(team: TeamId, name: String, report: &TeamReport) -> ReportView {
    let until = date(UnixTime(report.until.0.saturating_sub(DAY)));
    let mut view = ReportView {
        file: format!("Bogen-Bericht-{until}.csv"),
        team: team.to_string(),
        name,
        until,
        weeks: report.weeks.iter().map(week).collect(),
        waiting: report.waiting.iter().map(|age| ReportAge { from_days: age.from_days, forms: told(age.forms) }).collect(),
        complete: told(report.complete),
        incomplete: told(report.incomplete),
        csv: String::new(),
    };
    view.csv = report_csv::of(&view);
    view
}

fn week(week: &api::ReportWeek) -> ReportWeek {
    let (number, year) = iso_week(week.begins);
    ReportWeek {
        begins: date(week.begins),
        week: number,
        year,
        handed_over: told(week.handed_over),
        held: told(week.held),
        entered: told(week.entered),
        without_entry: told(week.without_entry),
        asked: told(week.asked.unwrap_or(ReportCount::Zero)),
    }
}

/// None stands for a count from 1 to 9. What is no multiple of ten comes from no endpoint of ours, and is rounded all the same.
fn told(count: ReportCount) -> Option<u32> {
    match count {
        ReportCount::Zero => Some(0),
        ReportCount::FewerThanTen | ReportCount::Tens(0..=9) => None,
        ReportCount::Tens(tens) => Some(u32::try_from(tens - tens % 10).unwrap_or(u32::MAX)),
    }
}

/// The day in UTC, ISO 8601: "2026-11-23".
fn date(at: UnixTime) -> String {
    let (year, month, day) = civil(at);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month and day in UTC, by H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
fn civil(at: UnixTime) -> (u64, u64, u64) {
    let days = at.0 / DAY + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let (day, month) = (day_of_year - (153 * shifted + 2) / 5 + 1, if shifted < 10 { shifted + 3 } else { shifted - 9 });
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

/// Number and year of the week that begins on this Monday: a week counts to the year of its Thursday (ISO 8601).
fn iso_week(monday: UnixTime) -> (u8, u16) {
    let thursday = monday.plus(3 * DAY);
    let (year, ..) = civil(thursday);
    let mut number = 1;
    while number < 53 && civil(UnixTime(thursday.0.saturating_sub(number * 7 * DAY))).0 == year {
        number += 1;
    }
    (u8::try_from(number).unwrap_or(u8::MAX), u16::try_from(year).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_numbered_as_the_calendar_does() {
        let monday = |day: u64| UnixTime(day * DAY);
        // 2020-12-28, 2021-01-04, 2024-12-30, 2026-03-02, 2026-12-28.
        let expected = [(18_624, 53, 2020), (18_631, 1, 2021), (20_087, 1, 2025), (20_514, 10, 2026), (20_815, 53, 2026)];
        for (day, week, year) in expected {
            assert_eq!(iso_week(monday(day)), (week, year), "{}", date(monday(day)));
        }
        assert_eq!([date(monday(18_624)), date(monday(20_514))], ["2020-12-28", "2026-03-02"]);
    }

    #[test]
    fn a_small_count_is_none_whatever_an_endpoint_says() {
        let counts = [ReportCount::Zero, ReportCount::FewerThanTen, ReportCount::Tens(7), ReportCount::Tens(40), ReportCount::Tens(43)];
        assert_eq!(counts.map(told), [Some(0), None, None, Some(40), Some(40)]);
    }
}
