//! Each dependency on other people's code states why it is there.

use super::at;

/// Third-party lines of `[workspace.dependencies]` with neither a comment of their own nor one above their group.
///
/// A group is what stands between two empty lines.
pub fn dependencies_without_reason(path: &str, text: &str) -> Vec<String> {
    let mut offences = Vec::new();
    let mut in_table = false;
    let mut group_has_reason = false;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            group_has_reason = false;
        } else if let Some(comment) = line.strip_prefix('#') {
            group_has_reason |= is_reason(comment);
        } else if line.starts_with('[') {
            in_table = line.starts_with("[workspace.dependencies]");
            group_has_reason = false;
        } else if in_table && !group_has_reason && !is_ours(line) && !has_own_reason(line) {
            let name = line.split(['=', ' ']).next().unwrap_or(line);
            offences.push(at(path, index, &format!("`{name}`: say in a comment why it is needed")));
        }
    }
    offences
}

/// Whether the line names a crate of this repository.
fn is_ours(line: &str) -> bool {
    line.contains("path = \"crates/")
}

/// Whether a comment follows the value. Versions and feature names contain no `#`.
fn has_own_reason(line: &str) -> bool {
    line.split_once('#').is_some_and(|(_, comment)| is_reason(comment))
}

fn is_reason(comment: &str) -> bool {
    comment.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unexplained(table: &str) -> usize {
        dependencies_without_reason("Cargo.toml", &format!("[workspace.dependencies]\n{table}")).len()
    }

    #[test]
    fn a_comment_at_the_line_or_above_the_group_is_a_reason() {
        assert_eq!(unexplained("url = \"2\" # addresses of endpoints\n"), 0);
        assert_eq!(unexplained("# Encoding.\nhex = \"0.4\"\nserde = \"1\"\n"), 0);
    }

    #[test]
    fn a_heading_ends_with_its_group() {
        assert_eq!(unexplained("# Encoding.\nhex = \"0.4\"\n\nserde = \"1\"\ntoml = \"0.9\"\n"), 2);
        assert_eq!(unexplained("#\nhex = \"0.4\" #\n"), 1);
    }

    #[test]
    fn our_own_crates_and_other_tables_need_none() {
        assert_eq!(unexplained("vault = { path = \"crates/vault\" }\n"), 0);
        assert_eq!(unexplained("\n[workspace.package]\nedition = \"2024\"\n"), 0);
    }
}
