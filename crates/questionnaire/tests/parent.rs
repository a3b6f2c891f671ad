//! "Take my own answers": what a parent may hand on to their child's form, and what never gets there.

use questionnaire::{Answer, Asking, CannotTake, DraftForm, OwnAnswers, Parent, Position, Question};

fn adult(answers: &[(Question, Answer)]) -> DraftForm {
    let mut form = DraftForm::new(Asking::ToPerson);
    for (question, answer) in answers {
        form.answer(*question, Some(*answer)).expect("the question is asked");
    }
    form
}

#[test]
fn both_answers_arrive_at_the_parent_named_and_nowhere_else() {
    for (parent, other) in [(Parent::Mother, Parent::Father), (Parent::Father, Parent::Mother)] {
        let form =
            adult(&[(Question::GermanNationality, Answer::Yes), (Question::BornOutside, Answer::Yes), (Question::ImmigratedAfter1949, Answer::No)]);
        let mut child = DraftForm::new(Asking::ToParent);
        child.take_from_parent(parent, OwnAnswers::of(&form).expect("both are known")).expect("a child's form");
        assert_eq!(parent.questions().map(|question| child.answers().given(question)), [Some(Answer::Yes), Some(Answer::No)]);
        assert_eq!(other.questions().map(|question| child.answers().given(question)), [None, None]);
        assert_eq!(child.answers().given(Question::GermanNationality), None, "the parent's nationality is not the child's");
        assert_eq!(child.answers().given(Question::BornOutside), None);
        assert_eq!(child.answers().given(Question::Resettler), None);
    }
}

#[test]
fn the_form_moves_on_behind_what_was_taken() {
    let form = adult(&[(Question::BornOutside, Answer::No)]);
    let mut child = DraftForm::new(Asking::ToParent);
    for question in [Question::GermanNationality, Question::BornOutside] {
        child.answer(question, Some(Answer::No)).expect("asked");
    }
    child.take_from_parent(Parent::Mother, OwnAnswers::of(&form).expect("known")).expect("a child's form");
    assert_eq!(child.current(), Position::Question(Question::FatherBornOutside));
}

#[test]
fn a_refusal_hands_on_no_statement_and_an_open_form_nothing() {
    let mut refusing = DraftForm::new(Asking::ToPerson);
    refusing.refuse();
    let mut child = DraftForm::new(Asking::ToParent);
    child.take_from_parent(Parent::Father, OwnAnswers::of(&refusing).expect("a refusal says something")).expect("a child's form");
    assert_eq!(child.answers().effective(Question::FatherBornOutside), Some(Answer::Declined));
    assert_eq!(child.answers().effective(Question::FatherImmigratedAfter1949), Some(Answer::Declined));

    assert!(OwnAnswers::of(&DraftForm::new(Asking::ToPerson)).is_none());
    let half = adult(&[(Question::BornOutside, Answer::Yes)]);
    assert!(OwnAnswers::of(&half).is_none(), "the second question is open");
}

/// § 36 SGB I: from 15 the young person decides alone. And what a child's form says about the child is nobody's own answer.
#[test]
fn never_for_a_young_person_and_never_from_a_childs_form() {
    let own = OwnAnswers::of(&adult(&[(Question::BornOutside, Answer::No)])).expect("known");
    for asking in [Asking::ToYoungPerson, Asking::ToPerson] {
        let mut form = DraftForm::new(asking);
        assert_eq!(form.take_from_parent(Parent::Mother, own), Err(CannotTake));
        assert!(form.answers().is_untouched());
    }
    for asking in [Asking::ToParent, Asking::ToYoungPerson] {
        let mut form = DraftForm::new(asking);
        form.answer(Question::BornOutside, Some(Answer::No)).expect("asked");
        assert!(OwnAnswers::of(&form).is_none());
    }
    let mut refused = DraftForm::new(Asking::ToParent);
    refused.refuse();
    assert_eq!(refused.take_from_parent(Parent::Mother, own), Err(CannotTake));
}

#[test]
fn what_was_taken_can_be_changed_and_takes_the_check_away() {
    let own = OwnAnswers::of(&adult(&[(Question::BornOutside, Answer::No)])).expect("known");
    let mut child = DraftForm::new(Asking::ToParent);
    for question in [Question::GermanNationality, Question::BornOutside, Question::MotherBornOutside, Question::FatherBornOutside] {
        child.answer(question, Some(Answer::Declined)).expect("asked");
    }
    child.check().expect("complete");
    child.take_from_parent(Parent::Mother, own).expect("a child's form");
    assert!(!child.is_checked(), "what changed has to be looked at again");
    child.answer(Question::MotherBornOutside, Some(Answer::Declined)).expect("changeable");
    assert_eq!(child.answers().given(Question::MotherBornOutside), Some(Answer::Declined));
}
