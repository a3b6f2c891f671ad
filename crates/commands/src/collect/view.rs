//! How units and forms are shown. A refusal shows as a finished form like any other, everywhere but in the form itself.

use questionnaire::{DraftForm, MemberState, Parent, Position, Question};

use crate::api::{self, FormView, MemberCard, QuestionState, Takeable, UnitRow, UnitView};
use crate::stored::{MemberItem, UnitItem};

/// The card state of a stored state.
fn card_state(state: MemberState) -> api::MemberState {
    match state {
        MemberState::Open | MemberState::HandedOver => api::MemberState::Open,
        MemberState::Started => api::MemberState::Started,
        MemberState::Complete => api::MemberState::Complete,
        MemberState::Checked => api::MemberState::Checked,
        MemberState::AlreadyCollected => api::MemberState::AlreadyCollected,
    }
}

fn card(member: &MemberItem) -> MemberCard {
    MemberCard {
        member: hex::encode(member.id),
        label: member.label.clone(),
        number: member.number.clone(),
        asking: member.asking(),
        state: card_state(member.state()),
        unchecked_import: member.unchecked_import,
    }
}

/// A row of the list.
pub fn row(id: &[u8; 16], unit: &UnitItem) -> UnitRow {
    UnitRow {
        unit: hex::encode(id),
        number: unit.number.clone(),
        label: unit.label.clone(),
        state: unit.state(),
        done: unit.done(),
        total: unit.total(),
        since: unit.since().0,
        unchecked_import: unit.members.iter().any(|member| member.unchecked_import),
        replaces: unit.replaces.is_some(),
    }
}

/// A unit with its cards.
pub fn unit(id: &[u8; 16], unit: &UnitItem, informed: bool, team: Option<String>) -> UnitView {
    UnitView {
        unit: hex::encode(id),
        number: unit.number.clone(),
        label: unit.label.clone(),
        state: unit.state(),
        members: unit.members.iter().map(card).collect(),
        handed_over: u32::from(unit.handed_over),
        done: unit.done(),
        total: unit.total(),
        informed,
        team,
        replaces: unit.replaces.is_some(),
    }
}

/// A form at its present place.
pub fn form(unit_id: &[u8; 16], unit: &UnitItem, member: &MemberItem, draft: &DraftForm, takeable: Vec<Takeable>) -> FormView {
    let answers = draft.answers();
    let current = match draft.current() {
        Position::Question(question) => Some(question),
        Position::Review => None,
    };
    let questions = Question::ALL
        .into_iter()
        .map(|question| {
            if Parent::of(question).is_some_and(|parent| member.taken_as(parent).is_some()) {
                return QuestionState { question, asked: true, answer: None, taken: true };
            }
            let asked = answers.asked(question);
            QuestionState { question, asked, answer: if asked { answers.given(question) } else { None }, taken: false }
        })
        .collect::<Vec<_>>();
    // What was taken is changed at the first of its two questions: whether the second was put, nobody is told.
    let leads_back = |state: &&QuestionState| {
        let follow_up = Parent::of(state.question).is_some_and(|parent| parent.questions()[1] == state.question);
        state.asked && (state.answer.is_some() || state.taken && !follow_up)
    };
    let last = questions.iter().take_while(|state| Some(state.question) != current).filter(leads_back).last();
    let asked_members: Vec<&MemberItem> = unit.members.iter().filter(|member| member.state() != MemberState::AlreadyCollected).collect();
    let place = asked_members.iter().position(|other| other.id == member.id).map_or(0, |at| at as u32 + 1);
    let next = unit.members.iter().find(|other| other.id != member.id && !other.is_done());
    FormView {
        unit: hex::encode(unit_id),
        member: hex::encode(member.id),
        label: member.label.clone(),
        form_version: draft.form_version().number(),
        asking: draft.asking(),
        current,
        last: last.map(|state| state.question),
        warnings: answers.warnings(),
        refused: answers.is_refused(),
        state: card_state(draft.state()),
        place,
        of: asked_members.len() as u32,
        next_member: next.map(|other| hex::encode(other.id)),
        questions,
        takeable,
    }
}
