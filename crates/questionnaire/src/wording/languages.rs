//! The languages that are built in. German counts; the others are fill-in aids, each as far reviewed as its file says.

use std::sync::LazyLock;

use super::Wording;

/// In the order in which they are offered.
const FILES: [&str; 11] = [
    include_str!("../../wording/v1/de.toml"),
    include_str!("../../wording/v1/de-leicht.toml"),
    include_str!("../../wording/v1/en.toml"),
    include_str!("../../wording/v1/uk.toml"),
    include_str!("../../wording/v1/ru.toml"),
    include_str!("../../wording/v1/ar.toml"),
    include_str!("../../wording/v1/tr.toml"),
    include_str!("../../wording/v1/fa.toml"),
    include_str!("../../wording/v1/ro.toml"),
    include_str!("../../wording/v1/bg.toml"),
    include_str!("../../wording/v1/pl.toml"),
];

static WORDINGS: LazyLock<Vec<Wording>> =
    LazyLock::new(|| FILES.iter().map(|file| Wording::parse(file).expect("invariant: the built-in wordings parse, as the tests prove")).collect());

impl Wording {
    /// The German wording of the current form version: the one that counts.
    pub fn german() -> &'static Self {
        &WORDINGS[0]
    }

    /// All languages that are built in, German first.
    pub fn all() -> &'static [Self] {
        &WORDINGS
    }

    /// The wording in the language with this BCP 47 tag.
    pub fn in_language(tag: &str) -> Option<&'static Self> {
        WORDINGS.iter().find(|wording| wording.about.language == tag)
    }
}
