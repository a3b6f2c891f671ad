//! A form on its way from the first question to the check.

use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::answers::{Answers, Incomplete, NotAsked};
use crate::asking::{Asking, Origin};
use crate::final_answers::{FinalAnswers, FormVersion};
use crate::member::MemberState;
use crate::question::Question;
use crate::redact::redacted_debug;

/// What is on the screen. `Debug` prints nothing: a follow-up on the screen tells the answer before it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// This question.
    Question(Question),
    /// All answers on one screen ("Prüfen").
    Review,
}

/// The form of one person while it is being filled in. Stored by the vault as the bytes of [`DraftForm::encode`].
///
/// Its state ([`DraftForm::state`]) goes open → started → complete → checked. Only [`DraftForm::check`] leads to
/// checked, and every change of what counts leads away from it.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftForm {
    pub(crate) version: FormVersion,
    pub(crate) asking: Asking,
    pub(crate) origin: Origin,
    pub(crate) answers: Answers,
    /// Kept during a refusal, so that undoing it leads back to the same question. Invariant: never a question that
    /// would not be asked.
    pub(crate) position: Position,
    /// Invariant: set only while the answers are complete.
    pub(crate) checked: bool,
}

/// The way of asking cannot change between others and a young person once something is answered: what parents
/// said is not the young person's answer, nor for parents to see (§ 36 SGB I, § 35 SGB I).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a young person is asked anew; start the form again")]
pub struct AskingFixed;

/// Why a form cannot be finalised.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FinalizeError {
    /// Questions are open.
    #[error(transparent)]
    Incomplete(#[from] Incomplete),
    /// Nobody has checked the form since the last change.
    #[error("the form is not checked")]
    NotChecked,
}

redacted_debug!(Position, DraftForm);

impl DraftForm {
    /// An empty form, to be filled in at the table, standing at the first question.
    pub fn new(asking: Asking) -> Self {
        Self::with(asking, Origin::Table, Answers::new())
    }

    /// A form copied from paper. It stands at its first open question and is unchecked however complete it is.
    pub fn from_paper(asking: Asking, answers: Answers) -> Self {
        Self::with(asking, Origin::PaperImport, answers)
    }

    fn with(asking: Asking, origin: Origin, answers: Answers) -> Self {
        let version = FormVersion::CURRENT;
        let mut form = Self { version, asking, origin, answers, position: Position::Review, checked: false };
        form.move_on(None);
        form
    }

    /// The version of the questions.
    pub fn form_version(&self) -> FormVersion {
        self.version
    }

    /// How the questions are put.
    pub fn asking(&self) -> Asking {
        self.asking
    }

    /// Where the answers come from.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The answers so far.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Whether the form was copied from paper and nobody has checked it since ("ungeprüft").
    pub fn is_unchecked_import(&self) -> bool {
        self.origin == Origin::PaperImport && !self.checked
    }

    /// Where the form stands: one of `Open`, `Started`, `Complete`, `Checked`.
    pub fn state(&self) -> MemberState {
        if self.checked {
            MemberState::Checked
        } else if self.answers.is_complete() {
            MemberState::Complete
        } else if self.answers.is_untouched() {
            MemberState::Open
        } else {
            MemberState::Started
        }
    }

    /// Puts the questions another way.
    ///
    /// # Errors
    /// [`AskingFixed`] once the form is touched: what a parent said about a child is not what the person says, nor the other way round; [`DraftForm::start_again`] is the way.
    pub fn set_asking(&mut self, asking: Asking) -> Result<(), AskingFixed> {
        if asking == self.asking {
            return Ok(());
        }
        if !self.answers.is_untouched() {
            return Err(AskingFixed);
        }
        self.asking = asking;
        self.checked = false;
        Ok(())
    }

    /// Throws all answers away and begins at the first question, at the table.
    pub fn start_again(&mut self, asking: Asking) {
        *self = Self::new(asking);
    }

    /// Enters an answer, or clears it with `None`, and moves on.
    ///
    /// After an answer the form stands at the next open question behind `question` in the order of the form; if
    /// there is none behind it, at the first open question of the form; if none is open, at the review. Questions
    /// already answered are skipped. After clearing, the form stands at `question` itself.
    /// A check is lost unless the answer is the one that was there.
    ///
    /// # Errors
    /// [`NotAsked`], and nothing changed, if the question is not asked at present; after a refusal none is.
    pub fn answer(&mut self, question: Question, answer: Option<Answer>) -> Result<(), NotAsked> {
        self.expect_asked(question)?;
        if self.answers.given(question) != answer {
            self.answers.set(question, answer);
            self.checked = false;
        }
        match answer {
            Some(_) => self.move_on(Some(question)),
            None => self.position = Position::Question(question),
        }
        Ok(())
    }

    /// The person refuses as a whole. The form is complete at once and stands at the review; what was answered
    /// before is kept, hidden and not exported, until the refusal is undone or the form is finalised.
    pub fn refuse(&mut self) {
        if !self.answers.is_refused() {
            self.answers.refuse_all();
            self.checked = false;
        }
    }

    /// Takes a refusal back: answers and position are as they were before it. Without a refusal nothing happens.
    pub fn undo_refusal(&mut self) {
        if self.answers.is_refused() {
            self.answers.undo_refusal();
            self.checked = false;
        }
    }

    /// What to show, also when a form is taken up again later. A refused form stands at the review.
    pub fn current(&self) -> Position {
        if self.answers.is_refused() { Position::Review } else { self.position }
    }

    /// Shows this question, answered or not.
    ///
    /// # Errors
    /// [`NotAsked`], and nothing changed, if the question is not asked at present.
    pub fn go_to(&mut self, question: Question) -> Result<(), NotAsked> {
        self.expect_asked(question)?;
        self.position = Position::Question(question);
        Ok(())
    }

    /// Shows the review, with whatever is still open.
    pub fn go_to_review(&mut self) {
        self.position = Position::Review;
    }

    /// Shows the question asked before the present one, from the review the last one. At the first question, and
    /// after a refusal, nothing changes.
    pub fn back(&mut self) {
        let here = self.current();
        let before = |question: &Question| match here {
            Position::Question(current) => *question < current,
            Position::Review => true,
        };
        if let Some(question) = self.answers.asked_questions().into_iter().rfind(before) {
            self.position = Position::Question(question);
        }
    }

    /// Marks the form as looked through on the review screen. Warnings do not stand in the way.
    ///
    /// # Errors
    /// [`Incomplete`] with the questions still open.
    pub fn check(&mut self) -> Result<(), Incomplete> {
        self.answers.finalize()?;
        self.checked = true;
        Ok(())
    }

    /// Whether the form was checked and not changed since.
    pub fn is_checked(&self) -> bool {
        self.checked
    }

    /// The answers to seal. The form itself is left as it is; shredding it is the vault's business.
    ///
    /// # Errors
    /// [`FinalizeError`] if questions are open or the form is not checked.
    pub fn finalize(&self) -> Result<FinalAnswers, FinalizeError> {
        let answers = self.answers.finalize()?;
        if self.checked { Ok(answers) } else { Err(FinalizeError::NotChecked) }
    }

    fn expect_asked(&self, question: Question) -> Result<(), NotAsked> {
        if self.answers.asked(question) { Ok(()) } else { Err(NotAsked { question }) }
    }

    fn move_on(&mut self, from: Option<Question>) {
        let next = self.answers.next_open(from).or_else(|| self.answers.next_open(None));
        self.position = next.map_or(Position::Review, Position::Question);
    }
}
