//! The four characteristics of § 4 Abs. 1 MighEV.

use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::final_answers::FinalAnswers;
use crate::question::Question;
use crate::redact::redacted_debug;

/// What is to be recorded of a person: the numbers 1 to 4 of § 4 Abs. 1 MighEV, each yes, no or "keine Angabe".
///
/// Nothing is concluded from the four here; § 6 MighEV reserves that to the statistics of the Bundesagentur.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Characteristics {
    /// Nr. 1: holds German nationality.
    pub m1: Answer,
    /// Nr. 2: born outside today's borders and immigrated after 1949.
    pub m2: Answer,
    /// Nr. 3: acquired German nationality as resettler, or as spouse or descendant of one.
    pub m3: Answer,
    /// Nr. 4: at least one parent was born outside today's borders and that same parent immigrated after 1949.
    pub m4: Answer,
}

redacted_debug!(Characteristics);

impl Characteristics {
    /// The characteristics that follow from the eight answers by three-valued logic.
    pub fn of(answers: &FinalAnswers) -> Self {
        let came_from_outside = |born: Question, immigrated: Question| answers.answer(born).and(answers.answer(immigrated));
        let mother = came_from_outside(Question::MotherBornOutside, Question::MotherImmigratedAfter1949);
        let father = came_from_outside(Question::FatherBornOutside, Question::FatherImmigratedAfter1949);
        Self {
            m1: answers.answer(Question::GermanNationality),
            m2: came_from_outside(Question::BornOutside, Question::ImmigratedAfter1949),
            m3: answers.answer(Question::Resettler),
            m4: mother.or(father),
        }
    }
}
