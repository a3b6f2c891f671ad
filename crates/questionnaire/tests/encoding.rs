//! The two encodings: frozen bytes, strictness, one size for everything.

use proptest::prelude::any;
use proptest::proptest;
use questionnaire::{Answer, Answers, Asking, DecodeError, DraftForm, FinalAnswers, MAX_ENCODED_LEN, Position, Question};

/// Household A's woman: J N (N) N J J J J, form version 1.
const FINAL_V1: &str = "830101880102020201010101";
/// The same on a draft at the review, checked; to the person, at the table, not refused. The third answer is open.
const DRAFT_V1: &str = "8801010000f488010200020101010108f5";
/// To a young person, from paper, refused behind a first yes with the second question on the screen, unchecked.
const DRAFT_REFUSED_V1: &str = "8801010201f588010000000000000001f4";

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<_> = hex.chars().filter_map(|digit| digit.to_digit(16)).collect();
    digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
}

fn given(numbers: [u8; 8]) -> Answers {
    Answers::from_given(numbers.map(Answer::from_wire))
}

#[test]
fn final_answers_keep_their_frozen_bytes() {
    let export = given([1, 2, 0, 2, 1, 1, 1, 1]).finalize().expect("complete");
    assert_eq!(*export.encode(), bytes(FINAL_V1));
    assert!(FinalAnswers::decode(&bytes(FINAL_V1)) == Ok(export));
}

#[test]
fn drafts_keep_their_frozen_bytes() {
    let mut form = DraftForm::new(Asking::ToPerson);
    for (question, answer) in Question::ALL.into_iter().zip([1, 2, 0, 2, 1, 1, 1, 1]) {
        if let Some(answer) = Answer::from_wire(answer) {
            form.answer(question, Some(answer)).expect("it is asked");
        }
    }
    form.check().expect("complete");
    assert_eq!(*form.encode(), bytes(DRAFT_V1));
    assert!(DraftForm::decode(&bytes(DRAFT_V1)) == Ok(form));

    let mut refused = DraftForm::from_paper(Asking::ToYoungPerson, given([1, 0, 0, 0, 0, 0, 0, 0]));
    refused.refuse();
    assert_eq!(*refused.encode(), bytes(DRAFT_REFUSED_V1));
    assert!(DraftForm::decode(&bytes(DRAFT_REFUSED_V1)) == Ok(refused));
}

/// Whether somebody answered or refused must not show in a stored or sent size.
#[test]
fn every_form_has_the_same_size() {
    for number in 0..4_u32.pow(8) {
        let answers = given(std::array::from_fn(|place| (number / 4_u32.pow(place as u32) % 4) as u8));
        if let Ok(export) = answers.finalize() {
            assert_eq!(export.encode().len(), bytes(FINAL_V1).len());
            assert!(FinalAnswers::decode(&export.encode()) == Ok(export));
        }
        let mut form = DraftForm::from_paper(Asking::ToParent, answers);
        assert_eq!(form.encode().len(), bytes(DRAFT_V1).len());
        assert!(DraftForm::decode(&form.encode()).as_ref() == Ok(&form));
        form.refuse();
        assert_eq!(form.encode().len(), bytes(DRAFT_V1).len());
        assert!(DraftForm::decode(&form.encode()) == Ok(form));
    }
}

fn patched(hex: &str, place: usize, value: u8) -> Vec<u8> {
    let mut bytes = bytes(hex);
    bytes[place] = value;
    bytes
}

#[test]
fn answers_that_no_form_can_have_are_rejected() {
    let inconsistent = Err(DecodeError::Inconsistent);
    assert!(FinalAnswers::decode(&patched(FINAL_V1, 6, 1)) == inconsistent, "a follow-up with yes after a first no");
    assert!(FinalAnswers::decode(&patched(FINAL_V1, 6, 3)) == inconsistent, "a follow-up declined after a first no");
    assert!(FinalAnswers::decode(&patched(FINAL_V1, 4, 3)) == inconsistent, "a follow-up answered after a first declined");
    assert!(FinalAnswers::decode(&patched(FINAL_V1, 4, 0)) == inconsistent, "an open question");
    assert!(FinalAnswers::decode(&patched(FINAL_V1, 11, 0)) == inconsistent, "an open follow-up");
    assert!(FinalAnswers::decode(&patched(FINAL_V1, 4, 4)) == Err(DecodeError::Malformed), "a fourth answer");
}

#[test]
fn drafts_that_cannot_be_are_rejected() {
    let inconsistent = Err(DecodeError::Inconsistent);
    assert!(DraftForm::decode(&patched(DRAFT_V1, 15, 2)) == inconsistent, "standing at a question that is not asked");
    assert!(DraftForm::decode(&patched(DRAFT_V1, 7, 0)) == inconsistent, "checked with an open question");
    assert!(DraftForm::decode(&patched(DRAFT_V1, 15, 9)) == Err(DecodeError::Malformed), "a tenth position");
    assert!(DraftForm::decode(&patched(DRAFT_V1, 3, 3)) == Err(DecodeError::Malformed), "a fourth way of asking");
    assert!(DraftForm::decode(&patched(DRAFT_V1, 4, 2)) == Err(DecodeError::Malformed), "a third origin");
}

#[test]
fn unknown_versions_are_named() {
    assert!(FinalAnswers::decode(&patched(FINAL_V1, 1, 2)) == Err(DecodeError::UnknownFormat(2)));
    assert!(FinalAnswers::decode(&patched(FINAL_V1, 2, 2)) == Err(DecodeError::UnknownFormVersion(2)));
    assert!(DraftForm::decode(&patched(DRAFT_V1, 1, 0)) == Err(DecodeError::UnknownFormat(0)));
    assert!(DraftForm::decode(&patched(DRAFT_V1, 2, 0)) == Err(DecodeError::UnknownFormVersion(0)));
}

#[test]
fn a_second_spelling_of_the_same_form_is_rejected() {
    let longer_integer = "83180101880102020201010101";
    let longer_array = "98030101880102020201010101";
    let trailing = "83010188010202020101010100";
    for spelling in [longer_integer, longer_array, trailing] {
        assert!(FinalAnswers::decode(&bytes(spelling)) == Err(DecodeError::NotCanonical), "{spelling}");
    }
    let indefinite = "9f0101880102020201010101ff";
    let indefinite_answers = "8301019f0102020201010101ff";
    for spelling in [indefinite, indefinite_answers, "", "83"] {
        assert!(FinalAnswers::decode(&bytes(spelling)) == Err(DecodeError::Malformed), "{spelling}");
    }
    let mut trailing = bytes(DRAFT_V1);
    trailing.push(0);
    assert!(DraftForm::decode(&trailing) == Err(DecodeError::NotCanonical));
}

#[test]
fn an_input_beyond_the_limit_is_not_read() {
    for (len, error) in [(MAX_ENCODED_LEN, DecodeError::NotCanonical), (MAX_ENCODED_LEN + 1, DecodeError::TooLong)] {
        let mut input = bytes(FINAL_V1);
        input.resize(len, 0);
        assert!(FinalAnswers::decode(&input) == Err(error));
        let mut input = bytes(DRAFT_V1);
        input.resize(len, 0);
        assert!(DraftForm::decode(&input) == Err(error));
    }
}

/// What is accepted after any one byte was replaced is a form again, spelt in its one way.
#[test]
fn no_single_changed_byte_panics_or_is_read_loosely() {
    for place in 0..bytes(FINAL_V1).len() {
        for value in 0..=u8::MAX {
            let changed = patched(FINAL_V1, place, value);
            if let Ok(export) = FinalAnswers::decode(&changed) {
                assert_eq!(*export.encode(), changed);
                assert!(export.iter().count() == Question::COUNT);
            }
        }
    }
    for place in 0..bytes(DRAFT_V1).len() {
        for value in 0..=u8::MAX {
            let changed = patched(DRAFT_V1, place, value);
            if let Ok(form) = DraftForm::decode(&changed) {
                assert_eq!(*form.encode(), changed);
                assert!(form.current() == Position::Review || !form.answers().asked_questions().is_empty());
            }
        }
    }
}

proptest! {
    #[test]
    fn no_input_panics(input in proptest::collection::vec(any::<u8>(), 0..64)) {
        let _ = FinalAnswers::decode(&input);
        let _ = DraftForm::decode(&input);
    }
}
