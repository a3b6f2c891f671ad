//! What an entry mask must be, so that nobody loses an answer by it.

use protocol::directory::{EntryMask, MaskField, MaskSource};

use crate::directory::{MaskFlaw, check_entry_mask};

fn field(source: MaskSource) -> MaskField {
    let text = |text: &str| text.to_owned();
    MaskField { source, label: format!("Feld {source:?}"), yes: text("J"), no: text("N"), declined: text("X"), does_not_apply: None }
}

fn mask(sources: &[MaskSource]) -> EntryMask {
    EntryMask { version: 1, name: "Fachverfahren".to_owned(), fields: sources.iter().copied().map(field).collect(), asks_mig: true }
}

fn flaw(change: impl FnOnce(&mut EntryMask)) -> MaskFlaw {
    let mut mask = mask(&MaskSource::QUESTIONS);
    assert_eq!(check_entry_mask(&mask), Ok(()));
    change(&mut mask);
    check_entry_mask(&mask).unwrap_err()
}

#[test]
fn all_four_or_all_eight_in_any_order() {
    let mut reversed = MaskSource::QUESTIONS;
    reversed.reverse();
    for sources in [&MaskSource::CHARACTERISTICS[..], &MaskSource::QUESTIONS, &reversed] {
        assert_eq!(check_entry_mask(&mask(sources)), Ok(()));
    }
    assert_eq!(check_entry_mask(&mask(&[])), Err(MaskFlaw::Missing(MaskSource::Characteristic1)));
    assert_eq!(check_entry_mask(&mask(&MaskSource::CHARACTERISTICS[..3])), Err(MaskFlaw::Missing(MaskSource::Characteristic4)));
    assert_eq!(flaw(|mask| drop(mask.fields.remove(5))), MaskFlaw::Missing(MaskSource::MotherImmigratedAfter1949));
    assert_eq!(flaw(|mask| mask.fields.push(field(MaskSource::Resettler))), MaskFlaw::Twice(MaskSource::Resettler));
    assert_eq!(flaw(|mask| mask.fields.push(field(MaskSource::Characteristic2))), MaskFlaw::Mixed);
}

/// "Geburtsort" of the mother and of the father: a value would go into the wrong field.
#[test]
fn no_two_fields_have_the_same_label() {
    let again = flaw(|mask| mask.fields[7].label = mask.fields[5].label.to_uppercase());
    assert_eq!(again, MaskFlaw::SameLabel(MaskSource::QUESTIONS[7]));
}

#[test]
fn yes_no_and_declined_are_put_in_differently() {
    let same = MaskFlaw::SameCode(MaskSource::BornOutside);
    assert_eq!(flaw(|mask| mask.fields[1].declined = "N".to_owned()), same, "a refusal must not become a no");
    assert_eq!(flaw(|mask| mask.fields[1].no = "J".to_owned()), same);
    let follow_up = |code: &str| {
        let mut mask = mask(&MaskSource::QUESTIONS);
        mask.fields[2].does_not_apply = Some(code.to_owned());
        check_entry_mask(&mask)
    };
    assert_eq!(follow_up("N"), Ok(()), "what does not apply may be put in as a no");
    assert_eq!(follow_up("-"), Ok(()));
    assert_eq!(follow_up("J"), Err(MaskFlaw::SameCode(MaskSource::ImmigratedAfter1949)));
    assert_eq!(flaw(|mask| mask.fields[1].does_not_apply = Some("-".to_owned())), MaskFlaw::Code(MaskSource::BornOutside), "it always applies");
}

#[test]
fn texts_are_there_short_and_plain() {
    let (label, code) = (MaskFlaw::Label(MaskSource::GermanNationality), MaskFlaw::Code(MaskSource::GermanNationality));
    for text in ["", " ", "a\nb", "Ja\u{202e}", &"x".repeat(121)] {
        assert_eq!(flaw(|mask| mask.fields[0].label = text.to_owned()), label);
        assert_eq!(flaw(|mask| mask.fields[0].yes = text.to_owned()), code);
    }
    assert_eq!(flaw(|mask| mask.fields[0].no = "x".repeat(41)), code);
    assert_eq!(flaw(|mask| mask.name = String::new()), MaskFlaw::Name);
    assert_eq!(flaw(|mask| mask.version = 2), MaskFlaw::Version);
}
