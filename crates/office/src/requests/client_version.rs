//! The version of a client, as it stands in `bogen-client` and as the directory's `minimum_client`.

use std::fmt;

/// `major.minor.patch`; ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientVersion {
    /// Incompatible change.
    pub major: u16,
    /// Addition.
    pub minor: u16,
    /// Correction.
    pub patch: u16,
}

impl ClientVersion {
    /// From `major.minor.patch` in its one form: no signs, no leading zeros, nothing behind.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('.').map(|number| number.parse::<u16>().ok());
        let version = Self { major: numbers.next()??, minor: numbers.next()??, patch: numbers.next()?? };
        (version.to_string() == text).then_some(version)
    }
}

impl fmt::Display for ClientVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_by_number_and_have_one_form() {
        assert!(ClientVersion::parse("0.10.0") > ClientVersion::parse("0.9.12"));
        for text in ["", "1", "1.2", "1.2.3.4", "01.2.3", "+1.2.3", "1.2.3-rc", "1.2.65536", " 1.2.3"] {
            assert_eq!(ClientVersion::parse(text), None, "{text}");
        }
    }
}
