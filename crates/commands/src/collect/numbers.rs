//! Numbers as people type them: twice by hand, normalised by the patterns of the office.

use office::numbers::{NumberError, NumberRules};
use protocol::directory::Settings;

use crate::api::{CommandError, ErrorCode, TypedNumber};
use crate::settings;

/// The patterns of an office, or those assumed until a directory says otherwise.
pub struct TypedNumbers {
    rules: NumberRules,
    settings: Settings,
}

impl TypedNumbers {
    /// From the office's settings.
    pub fn of(known: Option<&Settings>) -> Result<Self, CommandError> {
        let settings = known.cloned().unwrap_or_else(|| settings::assumed(false));
        let rules = NumberRules::from_settings(&settings).map_err(|_| CommandError::new(ErrorCode::DirectoryInvalid))?;
        Ok(Self { rules, settings })
    }

    /// A customer number typed twice; none if both fields are empty.
    pub fn customer(&self, typed: &TypedNumber) -> Result<Option<String>, CommandError> {
        typed_twice(typed, |text| self.customer_once(text))
    }

    /// A benefit-unit number typed twice; none if both fields are empty.
    pub fn unit(&self, typed: &TypedNumber) -> Result<Option<String>, CommandError> {
        typed_twice(typed, |text| self.unit_once(text))
    }

    /// A customer number from a list, typed by nobody.
    pub fn customer_once(&self, text: &str) -> Result<String, CommandError> {
        self.rules.customer(text).map_err(|error| invalid(error, "customer", &self.settings.customer_number_pattern))
    }

    /// A benefit-unit number from a list, typed by nobody.
    pub fn unit_once(&self, text: &str) -> Result<String, CommandError> {
        let expected = self.settings.unit_number_patterns.first().map_or("", String::as_str);
        self.rules.unit(text).map_err(|error| invalid(error, "unit", expected))
    }
}

/// The code with the pattern and what is wrong with the text: never the text itself.
fn invalid(error: NumberError, kind: &str, expected: &str) -> CommandError {
    let base = CommandError::new(ErrorCode::NumberInvalid).with("kind", kind).with("expected", expected);
    match error {
        NumberError::TooShort => base.with("reason", "too_short"),
        NumberError::TooLong => base.with("reason", "too_long"),
        NumberError::UnexpectedCharacter { position } => base.with("reason", "unexpected_character").with("position", position + 1),
    }
}

fn typed_twice(typed: &TypedNumber, normalise: impl Fn(&str) -> Result<String, CommandError>) -> Result<Option<String>, CommandError> {
    let (first, again) = (typed.first.trim(), typed.again.trim());
    if first.is_empty() && again.is_empty() {
        return Ok(None);
    }
    let number = normalise(first)?;
    // Compared as normalised: "12345//0123456" and "12345bg 0123456" are the same number.
    if normalise(again).is_ok_and(|second| second == number) { Ok(Some(number)) } else { Err(CommandError::new(ErrorCode::NumbersDiffer)) }
}
