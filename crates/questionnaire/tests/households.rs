//! The households the office tests with: what is asked, which answers count, which characteristics follow.

use questionnaire::{Answer, Answers, Applicability, Asking, DraftForm, FinalAnswers, MemberState, Position, Question, Warning};

/// `J`, `N`, `K` answer; `-` stands where the question must not come.
struct Person {
    who: &'static str,
    asking: Asking,
    answers: &'static str,
    characteristics: &'static str,
    warnings: &'static [Warning],
}

const PEOPLE: [Person; 9] = [
    Person {
        who: "A, woman of 34, German, parents came in 1972",
        asking: Asking::ToPerson,
        answers: "J N - N J J J J",
        characteristics: "J N N J",
        warnings: &[],
    },
    Person {
        who: "A, partner, declines every question",
        asking: Asking::ToPerson,
        // The office's list leaves the second place empty here; the question is always asked, and declined too.
        answers: "K K - - K - K -",
        characteristics: "K K K K",
        warnings: &[],
    },
    Person {
        who: "A, child of 5, no statement on the father",
        asking: Asking::ToParent,
        answers: "J N - N N - K -",
        characteristics: "J N N K",
        warnings: &[],
    },
    Person {
        who: "B, mother, descendant of resettlers, came in 1994",
        asking: Asking::ToPerson,
        answers: "J J J J J J J J",
        characteristics: "J J J J",
        warnings: &[],
    },
    Person { who: "B, infant of 3 weeks", asking: Asking::ToParent, answers: "J N - N J J N -", characteristics: "J N N J", warnings: &[] },
    Person {
        who: "C, man of 63, moved from Rostock to Hamburg in 1984",
        asking: Asking::ToPerson,
        answers: "J N - N N - N -",
        characteristics: "J N N N",
        warnings: &[],
    },
    Person {
        who: "D, stateless father, his parents never in Germany",
        asking: Asking::ToPerson,
        answers: "N J J - J N J N",
        characteristics: "N J N N",
        warnings: &[],
    },
    Person {
        who: "E, born here to two resettlers, answers the resettler question with yes",
        asking: Asking::ToPerson,
        answers: "J N - J J J J J",
        characteristics: "J N J J",
        warnings: &[Warning::ResettlerBornInside],
    },
    Person {
        who: "a man who came in 1946 and says he is a resettler",
        asking: Asking::ToPerson,
        answers: "J J N J J N J N",
        characteristics: "J N J N",
        warnings: &[Warning::ResettlerCameBefore1950],
    },
];

fn letter(answer: Answer) -> char {
    match answer {
        Answer::Yes => 'J',
        Answer::No => 'N',
        Answer::Declined => 'K',
    }
}

fn answer(letter: char) -> Answer {
    Answer::ALL.into_iter().find(|&known| self::letter(known) == letter).expect("J, N or K")
}

fn row(person: &Person) -> Vec<(Question, char)> {
    Question::ALL.into_iter().zip(person.answers.split(' ').map(|mark| mark.chars().next().expect("a mark"))).collect()
}

fn fill_in(person: &Person) -> DraftForm {
    let mut form = DraftForm::new(person.asking);
    for (question, mark) in row(person) {
        assert_eq!(form.answers().asked(question), mark != '-', "{}: {question:?}", person.who);
        if mark != '-' {
            assert!(form.current() == Position::Question(question), "{}: {question:?} must be on the screen", person.who);
            form.answer(question, Some(answer(mark))).expect("it is asked");
        }
    }
    form
}

fn finalize(form: &mut DraftForm) -> FinalAnswers {
    form.check().expect("complete");
    form.finalize().expect("checked")
}

#[test]
fn every_person_is_asked_what_applies_and_gets_the_four_characteristics() {
    for person in &PEOPLE {
        let mut form = fill_in(person);
        assert!(form.current() == Position::Review, "{}", person.who);
        let export = finalize(&mut form);
        let found = export.characteristics();
        let found = [found.m1, found.m2, found.m3, found.m4].map(|value| letter(value).to_string()).join(" ");
        assert_eq!(found, person.characteristics, "{}", person.who);
    }
}

#[test]
fn a_warning_is_shown_and_does_not_block() {
    for person in &PEOPLE {
        let mut form = fill_in(person);
        assert!(form.answers().warnings() == person.warnings, "{}", person.who);
        assert!(finalize(&mut form).warnings() == person.warnings, "{}", person.who);
    }
}

#[test]
fn a_follow_up_that_was_not_asked_says_why() {
    let export = finalize(&mut fill_in(&PEOPLE[2]));
    assert!(export.applicability(Question::ImmigratedAfter1949) == Applicability::DoesNotApply);
    assert!(export.applicability(Question::FatherImmigratedAfter1949) == Applicability::NotPressed);
    assert!(export.applicability(Question::Resettler) == Applicability::Asked);
    assert!(export.answer(Question::ImmigratedAfter1949) == Answer::No);
    assert!(export.answer(Question::FatherImmigratedAfter1949) == Answer::Declined);
}

#[test]
fn a_refusal_is_exported_like_declining_every_question() {
    let mut refused = DraftForm::new(Asking::ToPerson);
    refused.refuse();
    assert_eq!(refused.state(), MemberState::Complete);
    let declined = finalize(&mut fill_in(&PEOPLE[1]));
    assert!(finalize(&mut refused) == declined);
    assert_eq!(*finalize(&mut refused).encode(), *declined.encode());
}

/// G was asked two years ago: no form, and the benefit unit is complete all the same (§ 4 Abs. 3 MighEV).
#[test]
fn somebody_asked_before_counts_as_complete_without_a_form() {
    let collected = MemberState::Open.mark_already_collected().expect("nothing was asked");
    assert!(collected.counts_as_complete());
    assert_eq!(collected.unmark_already_collected(), Ok(MemberState::Open));
    assert!(collected.hand_over().is_err());
    assert!(MemberState::Started.mark_already_collected().is_err());
}

#[test]
fn only_a_checked_form_is_handed_over_and_a_started_one_is_not_complete() {
    for state in [MemberState::Open, MemberState::Started, MemberState::Complete, MemberState::HandedOver] {
        assert!(state.hand_over().is_err(), "{state:?}");
    }
    for (state, complete) in [(MemberState::Open, false), (MemberState::Started, false), (MemberState::Complete, true), (MemberState::Checked, true)]
    {
        assert_eq!(state.counts_as_complete(), complete, "{state:?}");
    }
    assert_eq!(MemberState::Checked.hand_over(), Ok(MemberState::HandedOver));
}

#[test]
fn no_debug_output_tells_an_answer() {
    let answers = |mark| Answers::from_given([Some(mark); 8]);
    let told = |mark| {
        let export = answers(mark).finalize().expect("complete");
        let form = DraftForm::from_paper(Asking::ToPerson, answers(mark));
        format!("{mark:?} {:?} {export:?} {form:?} {:?} {:?}", answers(mark), export.characteristics(), form.current())
    };
    assert_eq!(told(Answer::Yes), told(Answer::No));
    assert_eq!(told(Answer::Yes), told(Answer::Declined));
}
