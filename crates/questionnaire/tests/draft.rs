//! The form on its way: where it stands, what undoes a check, who may be asked how.

use questionnaire::{Answer, Answers, Asking, AskingFixed, DraftForm, FinalizeError, MemberState, Origin, Position, Question};

const ALL_NO: [(Question, Answer); 5] = [
    (Question::GermanNationality, Answer::Yes),
    (Question::BornOutside, Answer::No),
    (Question::Resettler, Answer::No),
    (Question::MotherBornOutside, Answer::No),
    (Question::FatherBornOutside, Answer::No),
];

fn complete() -> DraftForm {
    let mut form = DraftForm::new(Asking::ToPerson);
    for (question, answer) in ALL_NO {
        form.answer(question, Some(answer)).expect("it is asked");
    }
    form
}

fn checked() -> DraftForm {
    let mut form = complete();
    form.check().expect("complete");
    form
}

fn stands_at(form: &DraftForm, question: Question) -> bool {
    form.current() == Position::Question(question)
}

#[test]
fn a_form_goes_from_open_to_checked() {
    let mut form = DraftForm::new(Asking::ToPerson);
    assert_eq!(form.state(), MemberState::Open);
    form.answer(Question::GermanNationality, Some(Answer::Yes)).expect("it is asked");
    assert_eq!(form.state(), MemberState::Started);
    assert_eq!(form.check().expect_err("incomplete").open.len(), 4);
    assert!(matches!(form.finalize(), Err(FinalizeError::Incomplete(_))));
    let mut form = complete();
    assert_eq!(form.state(), MemberState::Complete);
    assert!(form.finalize() == Err(FinalizeError::NotChecked));
    form.check().expect("complete");
    assert_eq!(form.state(), MemberState::Checked);
    assert!(form.finalize().is_ok());
}

#[test]
fn answering_moves_on_and_skips_what_is_answered() {
    let mut form = DraftForm::new(Asking::ToPerson);
    assert!(stands_at(&form, Question::GermanNationality));
    form.go_to(Question::MotherBornOutside).expect("always asked");
    form.answer(Question::MotherBornOutside, Some(Answer::No)).expect("it is asked");
    assert!(stands_at(&form, Question::FatherBornOutside));
    form.answer(Question::FatherBornOutside, Some(Answer::No)).expect("it is asked");
    assert!(stands_at(&form, Question::GermanNationality), "nothing open behind: back to the first open one");
    form.answer(Question::GermanNationality, Some(Answer::No)).expect("it is asked");
    form.answer(Question::BornOutside, Some(Answer::No)).expect("it is asked");
    assert!(form.current() == Position::Review);
}

#[test]
fn a_change_on_the_review_leads_to_the_follow_up_it_opens() {
    let mut form = checked();
    form.answer(Question::BornOutside, Some(Answer::Yes)).expect("it is asked");
    assert!(stands_at(&form, Question::ImmigratedAfter1949));
    assert_eq!(form.state(), MemberState::Started);
    form.answer(Question::BornOutside, Some(Answer::No)).expect("it is asked");
    assert!(form.current() == Position::Review);
    assert_eq!(form.state(), MemberState::Complete, "changed back, but to be checked again");
}

#[test]
fn every_change_undoes_the_check_and_the_same_answer_does_not() {
    let mut form = checked();
    form.answer(Question::Resettler, Some(Answer::No)).expect("it is asked");
    assert!(form.is_checked());
    form.answer(Question::Resettler, Some(Answer::Declined)).expect("it is asked");
    assert!(!form.is_checked());
    let changes: [fn(&mut DraftForm); 2] = [|form| form.refuse(), |form| form.answer(Question::Resettler, None).expect("it is asked")];
    for change in changes {
        let mut form = checked();
        change(&mut form);
        assert!(!form.is_checked());
        assert!(form.finalize().is_err());
    }
    let mut refused = complete();
    refused.refuse();
    refused.check().expect("a refused form is complete");
    refused.undo_refusal();
    assert!(!refused.is_checked());
}

#[test]
fn an_answer_that_is_cleared_stays_on_the_screen() {
    let mut form = complete();
    form.answer(Question::BornOutside, None).expect("it is asked");
    assert!(stands_at(&form, Question::BornOutside));
    assert!(form.answers().next_open(None) == Some(Question::BornOutside));
}

#[test]
fn a_question_that_is_not_asked_takes_no_answer() {
    let mut form = complete();
    let before = form.clone();
    assert!(form.answer(Question::ImmigratedAfter1949, Some(Answer::Yes)).is_err());
    assert!(form.go_to(Question::MotherImmigratedAfter1949).is_err());
    assert!(form == before);
    form.refuse();
    assert!(form.answer(Question::GermanNationality, Some(Answer::Yes)).is_err());
    form.undo_refusal();
    assert!(form == before);
}

#[test]
fn undoing_a_refusal_leads_back_to_the_same_question() {
    let mut form = DraftForm::new(Asking::ToPerson);
    form.answer(Question::GermanNationality, Some(Answer::Yes)).expect("it is asked");
    let before = form.clone();
    form.refuse();
    assert!(form.current() == Position::Review);
    assert_eq!(form.state(), MemberState::Complete);
    form.back();
    let mut reopened = DraftForm::decode(&form.encode()).expect("just encoded");
    reopened.undo_refusal();
    assert!(reopened == before);
}

#[test]
fn back_goes_through_the_questions_that_were_asked() {
    let mut form = complete();
    let mut way = Vec::new();
    for _ in 0..6 {
        form.back();
        match form.current() {
            Position::Question(question) => way.push(question),
            Position::Review => panic!("back never leads to the review"),
        }
    }
    let mut expected: Vec<_> = ALL_NO.iter().map(|(question, _)| *question).rev().collect();
    expected.push(Question::GermanNationality);
    assert_eq!(way, expected);
    form.go_to_review();
    assert!(form.current() == Position::Review);
}

#[test]
fn a_form_copied_from_paper_is_unchecked_until_it_was_checked() {
    let mut form = DraftForm::from_paper(Asking::ToPerson, complete().answers().clone());
    assert_eq!(form.origin(), Origin::PaperImport);
    assert_eq!(form.state(), MemberState::Complete);
    assert!(form.is_unchecked_import() && form.current() == Position::Review);
    form.check().expect("complete");
    assert!(!form.is_unchecked_import());
    assert!(!complete().is_unchecked_import());
    let gap = Answers::from_given([Some(Answer::Yes), None, None, None, None, None, None, None]);
    assert!(stands_at(&DraftForm::from_paper(Asking::ToPerson, gap), Question::BornOutside));
}

/// § 36 SGB I: what parents said for a child does not become the answer of a young person who decides alone, nor of an adult.
#[test]
fn a_young_person_is_asked_anew() {
    let mut form = DraftForm::new(Asking::ToParent);
    form.set_asking(Asking::ToYoungPerson).expect("nothing answered");
    form.set_asking(Asking::ToParent).expect("nothing answered");
    form.answer(Question::GermanNationality, Some(Answer::Yes)).expect("it is asked");
    assert_eq!(form.set_asking(Asking::ToYoungPerson), Err(AskingFixed));
    assert_eq!(form.set_asking(Asking::ToPerson), Err(AskingFixed), "each adult answers for themself");
    form.start_again(Asking::ToYoungPerson);
    assert!(form == DraftForm::new(Asking::ToYoungPerson));
    form.refuse();
    assert_eq!(form.set_asking(Asking::ToParent), Err(AskingFixed));
}
