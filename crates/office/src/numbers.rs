//! Customer numbers and benefit-unit numbers: the patterns that the directory sets, and the one form of what people type.

use protocol::directory::Settings;

/// Characters of a pattern, at most.
const MAX_PATTERN: usize = 40;

/// What is wrong with a number as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// It ends too early.
    #[error("too short")]
    TooShort,
    /// There is more behind a complete number.
    #[error("too long")]
    TooLong,
    /// A character that cannot stand here.
    #[error("unexpected character at position {position}")]
    UnexpectedCharacter {
        /// Counts characters of the text as typed, from 0.
        position: usize,
    },
}

/// Patterns that no number rules can be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// A pattern is empty, too long, has lower-case letters or other characters than visible ASCII, or asks for no digit and no letter.
    #[error("not a pattern")]
    Malformed,
    /// There is no pattern for benefit-unit numbers.
    #[error("no pattern for benefit-unit numbers")]
    NoUnitPattern,
    /// The digits and letters of a further pattern are not those of the first, so it cannot be brought into the first's form.
    #[error("patterns of benefit-unit numbers do not fit each other")]
    Incompatible,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Digit,
    Letter,
    Literal(char),
}

impl Slot {
    fn takes(self, character: char) -> bool {
        match self {
            Self::Digit => character.is_ascii_digit(),
            Self::Letter => character.is_ascii_uppercase(),
            Self::Literal(literal) => literal == character,
        }
    }

    fn is_free(self) -> bool {
        !matches!(self, Self::Literal(_))
    }
}

/// A pattern: `9` stands for a digit, `A` for a letter A to Z, every other character for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberPattern {
    slots: Vec<Slot>,
}

impl NumberPattern {
    /// From its text, e.g. `999A999999`.
    ///
    /// # Errors
    /// [`PatternError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let permitted = |character: char| character.is_ascii_graphic() && !character.is_ascii_lowercase();
        let slots: Vec<Slot> = text
            .chars()
            .map(|character| if permitted(character) { Some(slot(character)) } else { None })
            .collect::<Option<_>>()
            .ok_or(PatternError::Malformed)?;
        if slots.len() > MAX_PATTERN || !slots.iter().any(|slot| slot.is_free()) {
            return Err(PatternError::Malformed);
        }
        Ok(Self { slots })
    }

    /// The one form of a number: upper case, without spaces.
    ///
    /// # Errors
    /// [`NumberError`] says what is wrong, and where.
    pub fn normalise(&self, text: &str) -> Result<String, NumberError> {
        self.free_characters(text).map(|free| self.fill(&free)).map_err(|(_, error)| error)
    }

    /// The characters at the places of `9` and `A`; or how many characters were right, and what is wrong with the next.
    fn free_characters(&self, text: &str) -> Result<Vec<char>, (usize, NumberError)> {
        let mut typed = text.chars().enumerate().filter(|(_, character)| !character.is_whitespace());
        let mut free = Vec::with_capacity(self.slots.len());
        for (right, slot) in self.slots.iter().enumerate() {
            let (position, character) = typed.next().ok_or((right, NumberError::TooShort))?;
            let character = character.to_ascii_uppercase();
            if !slot.takes(character) {
                return Err((right, NumberError::UnexpectedCharacter { position }));
            }
            if slot.is_free() {
                free.push(character);
            }
        }
        if typed.next().is_some() { Err((self.slots.len(), NumberError::TooLong)) } else { Ok(free) }
    }

    fn fill(&self, free: &[char]) -> String {
        let mut free = free.iter();
        let character = |slot: &Slot| match slot {
            Slot::Literal(literal) => *literal,
            _ => *free.next().expect("invariant: the characters come from a pattern with as many free places"),
        };
        self.slots.iter().map(character).collect()
    }

    fn free_slots(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(|slot| slot.is_free())
    }
}

fn slot(character: char) -> Slot {
    match character {
        '9' => Slot::Digit,
        'A' => Slot::Letter,
        literal => Slot::Literal(literal),
    }
}

/// The patterns of one office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberRules {
    customer: NumberPattern,
    unit: Vec<NumberPattern>,
}

impl NumberRules {
    /// From the directory's settings.
    ///
    /// # Errors
    /// [`PatternError`]; a verified directory has none.
    pub fn from_settings(settings: &Settings) -> Result<Self, PatternError> {
        let customer = NumberPattern::parse(&settings.customer_number_pattern)?;
        let unit = settings.unit_number_patterns.iter().map(|pattern| NumberPattern::parse(pattern)).collect::<Result<Vec<_>, _>>()?;
        let first = unit.first().ok_or(PatternError::NoUnitPattern)?;
        if unit.iter().any(|pattern| !pattern.free_slots().eq(first.free_slots())) {
            return Err(PatternError::Incompatible);
        }
        Ok(Self { customer, unit })
    }

    /// A customer number in its one form.
    ///
    /// # Errors
    /// [`NumberError`].
    pub fn customer(&self, text: &str) -> Result<String, NumberError> {
        self.customer.normalise(text)
    }

    /// A benefit-unit number in the form of the first pattern: `12345//0123456` becomes `12345BG0123456`.
    ///
    /// # Errors
    /// [`NumberError`] against the pattern that the text follows longest.
    pub fn unit(&self, text: &str) -> Result<String, NumberError> {
        let mut furthest: Option<(usize, NumberError)> = None;
        for pattern in &self.unit {
            match pattern.free_characters(text) {
                Ok(free) => return Ok(self.unit[0].fill(&free)),
                Err(failed) if furthest.is_none_or(|(right, _)| failed.0 > right) => furthest = Some(failed),
                Err(_) => {}
            }
        }
        Err(furthest.expect("invariant: there is at least one pattern").1)
    }

    /// How benefit-unit numbers begin, in the form of the first pattern: what a rule about them compares.
    ///
    /// # Errors
    /// [`NumberError`], if no number can begin so.
    pub fn unit_prefix(&self, text: &str) -> Result<String, NumberError> {
        let mut prefix = String::new();
        let mut slots = self.unit[0].slots.iter();
        for (position, character) in text.chars().enumerate().filter(|(_, character)| !character.is_whitespace()) {
            let character = character.to_ascii_uppercase();
            match slots.next() {
                None => return Err(NumberError::TooLong),
                Some(slot) if slot.takes(character) => prefix.push(character),
                Some(_) => return Err(NumberError::UnexpectedCharacter { position }),
            }
        }
        Ok(prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> NumberRules {
        let pattern = |text| NumberPattern::parse(text).unwrap();
        NumberRules { customer: pattern("999A999999"), unit: vec![pattern("99999BG9999999"), pattern("99999//9999999")] }
    }

    #[test]
    fn however_a_number_is_typed_it_has_one_form() {
        for typed in ["123A456789", "123a456789", " 123 A 456 789 ", "123A\u{a0}456789"] {
            assert_eq!(rules().customer(typed).unwrap(), "123A456789");
        }
        for typed in ["12345BG0123456", "12345bg0123456", "12345//0123456", "12345 // 0123456"] {
            assert_eq!(rules().unit(typed).unwrap(), "12345BG0123456");
        }
    }

    #[test]
    fn a_rule_names_how_numbers_begin() {
        for (typed, prefix) in [("", ""), (" 123", "123"), ("12345bg0", "12345BG0"), ("12345BG0123456", "12345BG0123456")] {
            assert_eq!(rules().unit_prefix(typed).unwrap(), prefix);
        }
        assert_eq!(rules().unit_prefix("123B"), Err(NumberError::UnexpectedCharacter { position: 3 }));
        assert_eq!(rules().unit_prefix("12345BG01234567"), Err(NumberError::TooLong));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place_in_the_text_as_typed() {
        assert_eq!(rules().customer(""), Err(NumberError::TooShort));
        assert_eq!(rules().customer("123A45678"), Err(NumberError::TooShort));
        assert_eq!(rules().customer("123A4567890"), Err(NumberError::TooLong));
        assert_eq!(rules().customer("12 3 4456789"), Err(NumberError::UnexpectedCharacter { position: 5 }));
        assert_eq!(rules().customer("123Ä456789"), Err(NumberError::UnexpectedCharacter { position: 3 }));
        assert_eq!(rules().customer("١٢٣A456789"), Err(NumberError::UnexpectedCharacter { position: 0 }), "other digits are not ours");
        assert_eq!(rules().unit("12345//O123456"), Err(NumberError::UnexpectedCharacter { position: 7 }), "against the pattern that fits longest");
        assert_eq!(rules().unit("12345BG012345"), Err(NumberError::TooShort));
        assert_eq!(rules().unit("12345//01234567"), Err(NumberError::TooLong));
    }

    #[test]
    fn patterns_that_cannot_work_are_refused() {
        for text in ["", "999a", "BG", "99 99", "99Ä", &"9".repeat(41)] {
            assert_eq!(NumberPattern::parse(text), Err(PatternError::Malformed), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_one_form_is_its_own_one_form(typed in "[0-9 ]{0,7}[a-zA-Z/]{0,3}[0-9 ]{0,9}") {
            if let Ok(number) = rules().unit(&typed) {
                proptest::prop_assert_eq!(rules().unit(&number), Ok(number));
            }
        }
    }
}
