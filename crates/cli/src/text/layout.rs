//! Columns, dates, and text of others made harmless.

/// Names and values, one pair per line, values aligned.
pub fn pairs(lines: &[(&str, String)]) -> String {
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    lines.iter().map(|(name, value)| format!("{name:width$}  {}", harmless(value))).collect::<Vec<_>>().join("\n")
}

/// A table with headings; `nothing` if it has no rows.
pub fn table(headings: &[&str], rows: &[Vec<String>], nothing: &str) -> String {
    if rows.is_empty() {
        return nothing.to_owned();
    }
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| harmless(cell)).collect()).collect();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = headings.iter().enumerate().map(|(column, heading)| width(column).max(heading.chars().count())).collect();
    let line = |cells: &[&str]| {
        let padded: Vec<String> = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        padded.join("  ").trim_end().to_owned()
    };
    let mut lines = vec![line(headings)];
    lines.extend(rows.iter().map(|row| line(&row.iter().map(String::as_str).collect::<Vec<_>>())));
    lines.join("\n")
}

/// Names come from other people: no control codes and no switches of direction reach the terminal.
pub fn harmless(text: &str) -> String {
    let hostile = |c: char| c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if hostile(c) { '\u{fffd}' } else { c }).collect()
}

/// Unix seconds as UTC to the minute, ISO 8601.
pub fn time(seconds: u64) -> String {
    let (year, month, day) = civil(seconds / 86_400);
    let minutes = seconds % 86_400 / 60;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}Z", minutes / 60, minutes % 60)
}

/// Year, month and day of a day counted from 1970-01-01, in eras of 400 years that begin on 1 March, so that the leap day is a year's last.
fn civil(day: u64) -> (u64, u64, u64) {
    let day = day + 719_468;
    let (era, of_era) = (day / 146_097, day % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

/// The midnight (UTC) with which a day begins, written YYYY-MM-DD; none if there is no such day in this century.
pub fn midnight(day: &str) -> Option<u64> {
    let is_day = day.len() == 10 && day.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    // From 2000-01-01 to the end of 2099.
    let mut days = (10_957..47_482).filter(|_| is_day);
    days.find(|at| time(at * 86_400).starts_with(day)).map(|at| at * 86_400)
}

/// A text, or a dash.
pub fn or_dash(text: Option<&str>) -> String {
    text.filter(|text| !text.is_empty()).unwrap_or("-").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight() {
        assert_eq!(midnight("2026-12-01").map(time).as_deref(), Some("2026-12-01T00:00Z"));
        assert_eq!(midnight("2028-02-29").map(time).as_deref(), Some("2028-02-29T00:00Z"));
        for none in ["2026-02-29", "2026-13-01", "2026-1-01", "01.12.2026", "2026", "", "1999-12-31"] {
            assert_eq!(midnight(none), None, "{none}");
        }
    }

    #[test]
    fn dates_hold_at_the_edges() {
        assert_eq!(time(0), "1970-01-01T00:00Z");
        assert_eq!(time(951_782_399), "2000-02-28T23:59Z");
        assert_eq!(time(951_782_400), "2000-02-29T00:00Z");
        assert_eq!(time(951_868_800), "2000-03-01T00:00Z");
        assert_eq!(time(1_767_225_599), "2025-12-31T23:59Z");
        assert_eq!(time(4_107_542_400), "2100-03-01T00:00Z");
    }

    #[test]
    fn columns_align_and_names_cannot_steer_the_terminal() {
        let rows = [vec!["Öz".to_owned(), "1".to_owned()], vec!["\u{1b}[2J\u{202e}x".to_owned(), String::new()]];
        assert_eq!(table(&["Name", "No"], &rows, "none"), "Name    No\nÖz      1\n\u{fffd}[2J\u{fffd}x");
        assert_eq!(table(&["Name"], &[], "none"), "none");
    }
}
