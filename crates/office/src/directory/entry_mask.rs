//! Whether an entry mask can be followed without losing an answer.

use std::collections::BTreeSet;

use protocol::directory::{EntryMask, MaskField, MaskSource};

use crate::text::is_name;

/// The mask format that is understood.
const VERSION: u8 = 1;
/// Longest label, in characters.
pub const MAX_MASK_LABEL: usize = 120;
/// Longest target code, in characters.
pub const MAX_MASK_CODE: usize = 40;

/// Why an entry mask cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MaskFlaw {
    /// A version that nobody here knows.
    #[error("unknown version")]
    Version,
    /// Its name is blank, too long or has characters that deceive.
    #[error("the name cannot stand")]
    Name,
    /// A source is there twice.
    #[error("{0:?} is there twice")]
    Twice(MaskSource),
    /// Neither all four characteristics nor all eight questions; names the first that is missing.
    #[error("{0:?} is missing")]
    Missing(MaskSource),
    /// Characteristics and questions in one mask: whoever types would put in the same thing twice.
    #[error("characteristics and questions are mixed")]
    Mixed,
    /// The label of this source is blank, too long or not plain.
    #[error("the label of {0:?} cannot stand")]
    Label(MaskSource),
    /// A target code of this source is blank, too long or not plain; or it names one for "does not apply" that can never be.
    #[error("a code of {0:?} cannot stand")]
    Code(MaskSource),
    /// Another field before has the same label: whoever types would take one for the other.
    #[error("the label of {0:?} is there twice")]
    SameLabel(MaskSource),
    /// Two values of this source would be put in alike, though they differ.
    #[error("two codes of {0:?} are the same")]
    SameCode(MaskSource),
}

/// Checks a mask alone.
pub fn check(mask: &EntryMask) -> Result<(), MaskFlaw> {
    if mask.version != VERSION {
        return Err(MaskFlaw::Version);
    }
    if !is_name(&mask.name) {
        return Err(MaskFlaw::Name);
    }
    check_complete(&mask.fields)?;
    mask.fields.iter().try_for_each(check_field)?;
    let mut labels = BTreeSet::new();
    let again = mask.fields.iter().find(|field| !labels.insert(field.label.trim().to_lowercase()));
    again.map_or(Ok(()), |field| Err(MaskFlaw::SameLabel(field.source)))
}

fn check_complete(fields: &[MaskField]) -> Result<(), MaskFlaw> {
    let mut seen = BTreeSet::new();
    for field in fields {
        if !seen.insert(field.source) {
            return Err(MaskFlaw::Twice(field.source));
        }
    }
    let (characteristics, questions) = (&MaskSource::CHARACTERISTICS[..], &MaskSource::QUESTIONS[..]);
    let any = |all: &[MaskSource]| all.iter().any(|source| seen.contains(source));
    if any(characteristics) && any(questions) {
        return Err(MaskFlaw::Mixed);
    }
    let wanted = if any(questions) { questions } else { characteristics };
    wanted.iter().find(|source| !seen.contains(source)).map_or(Ok(()), |missing| Err(MaskFlaw::Missing(*missing)))
}

fn check_field(field: &MaskField) -> Result<(), MaskFlaw> {
    if !is_plain(&field.label, MAX_MASK_LABEL) {
        return Err(MaskFlaw::Label(field.source));
    }
    let three = [&field.yes, &field.no, &field.declined];
    let may_not_apply = field.does_not_apply.is_none() || field.source.is_follow_up();
    if !may_not_apply || !three.into_iter().chain(&field.does_not_apply).all(|code| is_plain(code, MAX_MASK_CODE)) {
        return Err(MaskFlaw::Code(field.source));
    }
    // "Does not apply" may well be put in as "Nein"; yes, no and declined are three different things.
    let distinct: BTreeSet<_> = three.into_iter().collect();
    let yes_again = field.does_not_apply.as_ref().is_some_and(|code| *code == field.yes);
    if distinct.len() < three.len() || yes_again { Err(MaskFlaw::SameCode(field.source)) } else { Ok(()) }
}

fn is_plain(text: &str, most: usize) -> bool {
    is_name(text) && text.chars().count() <= most
}
