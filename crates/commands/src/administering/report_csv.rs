//! The report as a file for a spreadsheet: semicolons, as a German one expects, UTF-8 with a mark at its beginning, lines ending as RFC 4180 says.

use crate::api::{ReportAge, ReportView, ReportWeek};

/// What stands for a count from 1 to 9.
const FEW: &str = "<10";

/// The whole report.
pub(super) fn of(report: &ReportView) -> String {
    let mut out = String::from('\u{feff}');
    let mut line = |cells: &[&str]| {
        out.push_str(&cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(";"));
        out.push_str("\r\n");
    };
    line(&["Datenqualität", &report.name]);
    line(&["Stand", &report.until]);
    line(&["Alle Zahlen sind auf Zehner abgerundet; <10 heißt 1 bis 9."]);
    line(&[]);
    line(&["Jahr", "Woche", "Beginn", "Übergeben", "davon in Klärung", "Erfasst", "Ohne Erfassung vernichtet", "Rückfragen"]);
    for week in &report.weeks {
        let ReportWeek { begins, week: number, year, .. } = week;
        let counts = [week.handed_over, week.held, week.entered, week.without_entry, week.asked].map(count);
        let [handed_over, held, entered, without, asked] = counts.each_ref().map(String::as_str);
        line(&[&year.to_string(), &number.to_string(), begins, handed_over, held, entered, without, asked]);
    }
    line(&[]);
    line(&["Wartet seit mindestens (Tage)", "und weniger als (Tage)", "Bögen"]);
    for (place, ReportAge { from_days, forms }) in report.waiting.iter().enumerate() {
        let below = report.waiting.get(place + 1).map_or_else(String::new, |next| next.from_days.to_string());
        line(&[&from_days.to_string(), &below, &count(*forms)]);
    }
    line(&[]);
    line(&["Bedarfsgemeinschaften", "Anzahl"]);
    line(&["vollständig", &count(report.complete)]);
    line(&["unvollständig", &count(report.incomplete)]);
    out
}

fn count(told: Option<u32>) -> String {
    told.map_or_else(|| FEW.to_owned(), |count| count.to_string())
}

/// One cell. A team's name could begin a formula in a spreadsheet (OWASP, "CSV Injection"): an apostrophe makes it a text.
fn cell(text: &str) -> String {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) || text.starts_with(['\t', '\r', '\n']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([';', '"', '\r', '\n', '\'']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(name: &str) -> ReportView {
        let week = |week, handed_over, entered| ReportWeek {
            begins: "2026-03-02".to_owned(),
            week,
            year: 2026,
            handed_over,
            held: Some(0),
            entered,
            without_entry: None,
            asked: Some(0),
        };
        ReportView {
            team: String::new(),
            name: name.to_owned(),
            until: "2026-03-08".to_owned(),
            weeks: vec![week(10, Some(40), None)],
            waiting: vec![ReportAge { from_days: 0, forms: Some(20) }, ReportAge { from_days: 3, forms: None }],
            complete: Some(120),
            incomplete: None,
            csv: String::new(),
            file: String::new(),
        }
    }

    #[test]
    fn a_german_spreadsheet_reads_it_and_small_counts_are_not_in_it() {
        let text = of(&report("Leistung Nord"));
        let text = text.strip_prefix('\u{feff}').expect("a mark that says UTF-8");
        assert!(!text.contains('\u{feff}') && !text.replace("\r\n", "").contains('\n'));
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines[0], "Datenqualität;Leistung Nord");
        assert_eq!(lines[5], "2026;10;2026-03-02;40;0;<10;<10;0");
        assert_eq!(lines[8..10], ["0;3;20", "3;;<10"]);
        assert_eq!(lines[12..14], ["vollständig;120", "unvollständig;<10"]);
    }

    #[test]
    fn no_name_of_a_team_becomes_a_formula_or_another_cell() {
        let first = |name: &str| of(&report(name)).trim_start_matches('\u{feff}').split("\r\nStand").next().unwrap_or_default().to_owned();
        for formula in ["=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1"] {
            let cell = first(formula).strip_prefix("Datenqualität;").unwrap().to_owned();
            assert!(cell.starts_with("\"'") && cell.ends_with('"'), "{cell}");
        }
        assert_eq!(first("Nord; \"Süd\""), "Datenqualität;\"Nord; \"\"Süd\"\"\"");
        assert_eq!(first("Team 5"), "Datenqualität;Team 5");
    }
}
