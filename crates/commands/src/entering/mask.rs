//! A form as the benefits system asks for it: the office's fields, in its order, with what to put in.

use protocol::directory::{EntryMask, MaskField, MaskSource};
use questionnaire::{Answer, Applicability, FinalAnswers, Question};

use crate::api::{EntryRow, Value};
use crate::desk::Desk;
use crate::entering::mask_file::default_mask;

impl Desk {
    /// The mask that counts, and whether the office set it.
    pub fn entry_mask(&self) -> (EntryMask, bool) {
        match self.settings().and_then(|settings| settings.entry_mask.clone()) {
            Some(mask) => (mask, true),
            None => (default_mask(), false),
        }
    }
}

/// The rows of a form under this mask.
pub fn rows(mask: &EntryMask, answers: &FinalAnswers) -> Vec<EntryRow> {
    mask.fields.iter().map(|field| row(field, answers)).collect()
}

fn row(field: &MaskField, answers: &FinalAnswers) -> EntryRow {
    let (answer, applies) = of(field.source, answers);
    let code = match (answer, applies) {
        (_, false) => field.does_not_apply.as_ref().unwrap_or(&field.no),
        (Answer::Yes, _) => &field.yes,
        (Answer::No, _) => &field.no,
        (Answer::Declined, _) => &field.declined,
    };
    EntryRow { source: field.source.into(), label: field.label.clone(), value: value(answer), applies, code: code.clone() }
}

/// The value of a source, and whether it applies; what does not, counts as "Nein".
fn of(source: MaskSource, answers: &FinalAnswers) -> (Answer, bool) {
    let four = answers.characteristics();
    let question = |question| (answers.answer(question), applies(answers, question));
    match source {
        MaskSource::Characteristic1 => (four.m1, true),
        MaskSource::Characteristic2 => (four.m2, true),
        MaskSource::Characteristic3 => (four.m3, true),
        MaskSource::Characteristic4 => (four.m4, true),
        MaskSource::GermanNationality => question(Question::GermanNationality),
        MaskSource::BornOutside => question(Question::BornOutside),
        MaskSource::ImmigratedAfter1949 => question(Question::ImmigratedAfter1949),
        MaskSource::Resettler => question(Question::Resettler),
        MaskSource::MotherBornOutside => question(Question::MotherBornOutside),
        MaskSource::MotherImmigratedAfter1949 => question(Question::MotherImmigratedAfter1949),
        MaskSource::FatherBornOutside => question(Question::FatherBornOutside),
        MaskSource::FatherImmigratedAfter1949 => question(Question::FatherImmigratedAfter1949),
    }
}

pub fn applies(answers: &FinalAnswers, question: Question) -> bool {
    !matches!(answers.applicability(question), Applicability::DoesNotApply)
}

pub fn value(answer: Answer) -> Value {
    match answer {
        Answer::Yes => Value::Yes,
        Answer::No => Value::No,
        Answer::Declined => Value::Declined,
    }
}
