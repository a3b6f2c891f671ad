//! The answers while a form is being filled in: relevance, refusal, completeness.

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::answer::Answer;
use crate::question::Question;
use crate::redact::redacted_debug;
use crate::warning::Warning;

/// What one person has answered so far.
///
/// Everything given is kept while editing, so that undoing a change brings back what it hid: the follow-up of a
/// question no longer answered with yes, and all answers behind a refusal. What counts is [`Answers::effective`].
#[derive(Clone, PartialEq, Eq, Default, Zeroize, ZeroizeOnDrop)]
pub struct Answers {
    given: [Option<Answer>; Question::COUNT],
    refused: bool,
}

/// Some questions that have to be asked are not answered yet. Nothing prints which: an open follow-up tells the
/// answer to its first question.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("the form has open questions")]
pub struct Incomplete {
    /// The open questions, in the order of the form.
    pub open: Vec<Question>,
}

/// The question is not asked in the present state of the form: the first question was not answered with yes, or
/// the person refused as a whole.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the question is not asked in this state of the form")]
pub struct NotAsked {
    /// The question that was to be answered or shown.
    pub question: Question,
}

/// How far a form is. For the one who fills it in only: the number of questions asked depends on the answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Questions asked and answered.
    pub answered: usize,
    /// Questions asked as things stand, answered or not.
    pub asked: usize,
}

redacted_debug!(Answers, Incomplete, NotAsked, Progress);

impl Answers {
    /// A form nobody has answered yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers as they stand on a sheet, in the order of [`Question::ALL`]; `None` is an empty line.
    pub fn from_given(given: [Option<Answer>; Question::COUNT]) -> Self {
        Self { given, refused: false }
    }

    /// What was entered for this question, whether it counts at present or not.
    pub fn given(&self, question: Question) -> Option<Answer> {
        self.given[question.index()]
    }

    /// Enters or, with `None`, clears an answer. It may be one that does not count at present; asking only what has
    /// to be asked is the business of [`crate::DraftForm`].
    pub fn set(&mut self, question: Question, answer: Option<Answer>) {
        self.given[question.index()] = answer;
    }

    /// Whether this question is put to the person as things stand: always for a first question, after yes for its
    /// follow-up. Who refused as a whole is asked nothing.
    pub fn asked(&self, question: Question) -> bool {
        !self.refused && self.asked_unless_refused(question)
    }

    /// [`Answers::asked`] as it was before a refusal, and will be after its undoing.
    pub(crate) fn asked_unless_refused(&self, question: Question) -> bool {
        question.follow_up_of().is_none_or(|first| self.given(first) == Some(Answer::Yes))
    }

    /// The answer that counts; `None` while it is open.
    ///
    /// A follow-up after no does not apply and counts as no. After "keine Angabe" it counts as "keine Angabe"
    /// without being asked: who declines is not pressed. After a refusal everything is "keine Angabe".
    pub fn effective(&self, question: Question) -> Option<Answer> {
        if self.refused {
            return Some(Answer::Declined);
        }
        match question.follow_up_of() {
            None => self.given(question),
            Some(first) => match self.given(first)? {
                Answer::Yes => self.given(question),
                Answer::No => Some(Answer::No),
                Answer::Declined => Some(Answer::Declined),
            },
        }
    }

    /// The questions asked as things stand, in the order of the form.
    pub fn asked_questions(&self) -> Vec<Question> {
        Question::ALL.into_iter().filter(|&question| self.asked(question)).collect()
    }

    /// The questions asked and not answered, in the order of the form.
    pub fn open_questions(&self) -> Vec<Question> {
        Question::ALL.into_iter().filter(|&question| self.is_open(question)).collect()
    }

    /// The first open question behind `after` in the order of the form, or of the whole form for `None`.
    /// Does not start again at the top.
    pub fn next_open(&self, after: Option<Question>) -> Option<Question> {
        Question::ALL.into_iter().find(|&question| Some(question) > after && self.is_open(question))
    }

    /// Whether every question asked is answered.
    pub fn is_complete(&self) -> bool {
        self.next_open(None).is_none()
    }

    /// Whether nothing was entered and nothing refused.
    pub fn is_untouched(&self) -> bool {
        !self.refused && self.given.iter().all(Option::is_none)
    }

    /// How many of the questions asked are answered.
    pub fn progress(&self) -> Progress {
        let asked = self.asked_questions().len();
        Progress { answered: asked - self.open_questions().len(), asked }
    }

    /// Whether the person refused as a whole.
    pub fn is_refused(&self) -> bool {
        self.refused
    }

    /// "Ich möchte nicht antworten": every characteristic becomes "keine Angabe". Former answers are kept, hidden,
    /// for [`Answers::undo_refusal`]; they are not exported.
    pub fn refuse_all(&mut self) {
        self.refused = true;
    }

    /// Takes a refusal back: the former answers count again. Without a refusal nothing happens.
    pub fn undo_refusal(&mut self) {
        self.refused = false;
    }

    /// The contradictions among the answers that count. They are to be shown and never block.
    pub fn warnings(&self) -> Vec<Warning> {
        Warning::ALL.into_iter().filter(|warning| warning.applies(|question| self.effective(question))).collect()
    }

    fn is_open(&self, question: Question) -> bool {
        self.asked(question) && self.given(question).is_none()
    }
}
