//! Names that colleagues read: what characters they may have.

/// Characters of a name, at most.
pub const MAX_NAME_CHARS: usize = 200;

/// Whether a text may stand as a name: not blank, at most [`MAX_NAME_CHARS`] characters, no control characters, and none that turn the direction of
/// reading or break lines: with those, one name can look like another.
#[must_use]
pub fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= MAX_NAME_CHARS && !text.chars().any(deceives)
}

fn deceives(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_pass_and_deceptions_do_not() {
        for name in ["Jörg Müller-Lüdenscheidt", "Nguyễn Thị Ánh", "محمد", "Ö"] {
            assert!(is_name(name), "{name}");
        }
        for text in ["", "  ", "a\nb", "a\u{0}b", "Admin\u{202e}", "a\u{200b}b", &"ä".repeat(201)] {
            assert!(!is_name(text));
        }
        assert!(is_name(&"ä".repeat(200)));
    }
}
