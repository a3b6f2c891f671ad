//! A parent at the table who says "take my own answers": the two questions of their child's form that are about themself.

use crate::answer::Answer;
use crate::asking::Asking;
use crate::draft::DraftForm;
use crate::question::Question;
use crate::redact::redacted_debug;

/// Which parent of the child somebody says to be. Never derived from anything: a partner is not a father.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parent {
    /// Parent 1.
    Mother,
    /// Parent 2.
    Father,
}

impl Parent {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Mother, Self::Father];

    /// The child's two questions about this parent.
    pub const fn questions(self) -> [Question; 2] {
        match self {
            Self::Mother => [Question::MotherBornOutside, Question::MotherImmigratedAfter1949],
            Self::Father => [Question::FatherBornOutside, Question::FatherImmigratedAfter1949],
        }
    }

    /// Whom this question of a child is about; none for a question about the child.
    pub fn of(question: Question) -> Option<Self> {
        Self::ALL.into_iter().find(|parent| parent.questions().contains(&question))
    }
}

/// What a parent's own form says to the two questions. `Debug` prints nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OwnAnswers {
    born_outside: Answer,
    /// None where it is not asked.
    immigrated_after_1949: Option<Answer>,
}

redacted_debug!(OwnAnswers);

/// Why a child's form cannot take a parent's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("only a parent's answers for a child under 15 can be taken over, and only while the form takes answers")]
pub struct CannotTake;

impl OwnAnswers {
    /// From the form of an adult who answered for themself, as far as it says something to both questions. A refusal says "keine Angabe".
    pub fn of(form: &DraftForm) -> Option<Self> {
        if form.asking() != Asking::ToPerson {
            return None;
        }
        let answers = form.answers();
        let born_outside = answers.effective(Question::BornOutside)?;
        answers.effective(Question::ImmigratedAfter1949)?;
        let asked = born_outside == Answer::Yes;
        Some(Self { born_outside, immigrated_after_1949: if asked { answers.effective(Question::ImmigratedAfter1949) } else { None } })
    }
}

impl DraftForm {
    /// Takes over what a parent answered about themself, and moves on. The answers can be changed like any other.
    ///
    /// # Errors
    /// [`CannotTake`], and nothing changed, for a form that is not asked to a parent, and for a refused one.
    pub fn take_from_parent(&mut self, parent: Parent, own: OwnAnswers) -> Result<(), CannotTake> {
        if self.asking() != Asking::ToParent || self.answers().is_refused() {
            return Err(CannotTake);
        }
        let [born, came] = parent.questions();
        self.answer(born, Some(own.born_outside)).map_err(|_| CannotTake)?;
        if let Some(answer) = own.immigrated_after_1949 {
            self.answer(came, Some(answer)).map_err(|_| CannotTake)?;
        }
        Ok(())
    }
}
