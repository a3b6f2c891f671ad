//! Three-valued logic and relevance against tables and a model written independently of the code.

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::proptest;
use questionnaire::{Answer, Answers, Question, Warning};

/// A, B, A ∧ B, A ∨ B, copied by hand from Kleene's strong tables.
const TRUTH: [&str; 9] = ["JJJJ", "JNNJ", "JKKJ", "NJNJ", "NNNN", "NKNK", "KJKJ", "KNNK", "KKKK"];

fn answer(letter: u8) -> Answer {
    match letter {
        b'J' => Answer::Yes,
        b'N' => Answer::No,
        _ => Answer::Declined,
    }
}

/// All 4^8 forms, open questions and stale follow-ups included.
fn all_forms() -> impl Iterator<Item = [Option<Answer>; 8]> {
    (0..4_u32.pow(8)).map(|number| std::array::from_fn(|place| Answer::from_wire((number / 4_u32.pow(place as u32) % 4) as u8)))
}

/// The rule of the office in one line per case, with 0 open, 1 yes, 2 no, 3 declined.
fn model(given: [Option<Answer>; 8]) -> [u8; 8] {
    let raw = given.map(|answer| answer.map_or(0, Answer::wire));
    let follow = |first: usize, second: usize| if raw[first] == 1 { raw[second] } else { raw[first] };
    [raw[0], raw[1], follow(1, 2), follow(0, 3), raw[4], follow(4, 5), raw[6], follow(6, 7)]
}

#[test]
fn the_connectives_follow_the_truth_table() {
    for line in TRUTH {
        let [a, b, both, either] = std::array::from_fn(|place| answer(line.as_bytes()[place]));
        assert!(a.and(b) == both, "{line}");
        assert!(a.or(b) == either, "{line}");
    }
}

#[test]
fn what_counts_agrees_with_the_model_for_every_form() {
    for given in all_forms() {
        let answers = Answers::from_given(given);
        let expected = model(given);
        let counts = Question::ALL.map(|question| answers.effective(question).map_or(0, Answer::wire));
        assert_eq!(counts, expected);
        assert_eq!(answers.is_complete(), !expected.contains(&0));
        match answers.finalize() {
            Ok(export) => assert_eq!(Question::ALL.map(|question| export.answer(question).wire()), expected),
            Err(incomplete) => assert!(!incomplete.open.is_empty() && incomplete.open == answers.open_questions()),
        }
    }
}

/// "The same parent" matters, and a characteristic is declined only if the answers leave it undecided: it is
/// declined exactly when some way of filling in the declined answers says yes and another says no.
#[test]
fn characteristics_agree_with_every_way_of_filling_in_what_was_declined() {
    let mut seen = 0;
    for given in all_forms().filter(|given| !given.contains(&None)) {
        seen += 1;
        let export = Answers::from_given(given).finalize().expect("complete");
        let c = export.characteristics();
        let outcomes = possible_outcomes(Question::ALL.map(|question| export.answer(question)));
        for (found, (can_be_yes, can_be_no)) in [c.m1, c.m2, c.m3, c.m4].into_iter().zip(outcomes) {
            let expected = match (can_be_yes, can_be_no) {
                (true, false) => Answer::Yes,
                (false, true) => Answer::No,
                _ => Answer::Declined,
            };
            assert!(found == expected);
        }
    }
    assert_eq!(seen, 6561);
}

fn possible_outcomes(answers: [Answer; 8]) -> [(bool, bool); 4] {
    let mut outcomes = [(false, false); 4];
    for filling in 0..256_u32 {
        let truth: [bool; 8] = std::array::from_fn(|place| filling >> place & 1 == 1);
        let fits = answers.iter().zip(truth).all(|(answer, value)| *answer == Answer::Declined || (*answer == Answer::Yes) == value);
        if fits {
            let [german, outside, came, resettler, mother, mother_came, father, father_came] = truth;
            let values = [german, outside && came, resettler, mother && mother_came || father && father_came];
            for (outcome, value) in outcomes.iter_mut().zip(values) {
                *outcome = (outcome.0 || value, outcome.1 || !value);
            }
        }
    }
    outcomes
}

/// Somebody who declined, or has not answered yet, contradicts nobody.
#[test]
fn a_warning_needs_two_answers_that_were_given() {
    for given in all_forms() {
        let [german, outside, came, resettler, ..] = model(given);
        let born_inside = german == 1 && resettler == 1 && outside == 2;
        let before_1950 = german == 1 && resettler == 1 && outside == 1 && came == 2;
        let warnings = Answers::from_given(given).warnings();
        assert_eq!(warnings.contains(&Warning::ResettlerBornInside), born_inside);
        assert_eq!(warnings.contains(&Warning::ResettlerCameBefore1950), before_1950);
    }
}

#[test]
fn a_stale_follow_up_never_reaches_the_export() {
    for given in all_forms() {
        let mut cleaned = given;
        for question in Question::ALL {
            let stale = question.follow_up_of().is_some_and(|first| given[first.wire() as usize] != Some(Answer::Yes));
            if stale {
                cleaned[question.wire() as usize] = None;
            }
        }
        let (kept, without) = (Answers::from_given(given).finalize(), Answers::from_given(cleaned).finalize());
        assert!(kept == without);
    }
}

fn any_given() -> impl Strategy<Value = [u8; 8]> {
    proptest::array::uniform8(0..4_u8)
}

proptest! {
    #[test]
    fn changing_an_answer_and_changing_it_back_restores_the_export(given in any_given(), place in 0..8_u8, other in 0..4_u8) {
        let mut answers = Answers::from_given(given.map(Answer::from_wire));
        let before = answers.clone();
        let question = Question::from_wire(place).expect("one of eight");
        answers.set(question, Answer::from_wire(other));
        answers.set(question, before.given(question));
        assert!(answers.finalize() == before.finalize());
    }

    #[test]
    fn undoing_a_refusal_brings_the_former_answers_back(given in any_given(), times in 1..3_usize) {
        let mut answers = Answers::from_given(given.map(Answer::from_wire));
        let before = answers.clone();
        for _ in 0..times {
            answers.refuse_all();
        }
        assert!(answers.is_complete() && answers.asked_questions().is_empty() && answers.warnings().is_empty());
        let export = answers.finalize().expect("a refused form is complete");
        assert!(export.iter().all(|(_, answer)| answer == Answer::Declined));
        answers.undo_refusal();
        assert!(answers == before);
    }

    #[test]
    fn the_next_open_question_is_asked_unanswered_and_the_first_such(given in any_given(), after in prop_oneof![Just(None), any::<u8>().prop_map(|n| Some(n % 8))]) {
        let answers = Answers::from_given(given.map(Answer::from_wire));
        let after = after.and_then(Question::from_wire);
        let behind: Vec<_> = answers.open_questions().into_iter().filter(|&question| after.is_none_or(|after| question > after)).collect();
        assert_eq!(answers.next_open(after), behind.first().copied());
        let progress = answers.progress();
        assert_eq!(progress.asked, Question::ALL.into_iter().filter(|&question| answers.asked(question)).count());
        assert_eq!(progress.asked - progress.answered, answers.open_questions().len());
    }
}
