//! What changed from one version of the form to the next, in the words that the counsellors read.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::final_answers::FormVersion;

/// One version of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionNote {
    /// [`FormVersion::number`].
    pub number: u16,
    /// What is new against the version before, one sentence each, in German; none in the first.
    pub changes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Vec<VersionNote>,
}

static NOTES: LazyLock<Vec<VersionNote>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../wording/versions.toml")).expect("invariant: the built-in notes parse, as the tests prove");
    file.version
});

impl FormVersion {
    /// What changed with each version, oldest first. The last one is [`FormVersion::CURRENT`].
    pub fn notes() -> &'static [VersionNote] {
        &NOTES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_says_what_is_new_and_the_last_is_the_current_one() {
        let notes = FormVersion::notes();
        for (before, note) in notes.iter().enumerate() {
            assert_eq!(usize::from(note.number), before + 1, "no version is left out");
            assert!(FormVersion::known(note.number).is_some(), "version {} can still be finished", note.number);
            assert_eq!(note.changes.is_empty(), before == 0, "version {}", note.number);
            assert!(note.changes.iter().all(|change| !change.trim().is_empty()));
        }
        assert_eq!(notes.last().map(|note| note.number), Some(FormVersion::CURRENT.number()));
    }
}
