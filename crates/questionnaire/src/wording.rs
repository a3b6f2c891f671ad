//! The words of the form, kept apart from the code because other people sign them off.
//!
//! One file per form version and language (`wording/v1/de.toml`). German is the original; translations are fill-in
//! aids in the same shape. A missing or an unknown key fails the parsing, and with it the tests.

mod customer_side;
mod languages;
mod versions;

use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::asking::Asking;
use crate::final_answers::FormVersion;
use crate::question::Question;
use crate::warning::Warning;

pub use customer_side::{CheckTexts, CustomerTexts, PaperTexts, PrivacySection, PrivacyTexts};
pub use versions::VersionNote;

/// All texts of one form version in one language. Serialises to the shape of its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Language, version, who signed it off.
    pub about: About,
    /// What is said before the first question.
    pub introduction: Forms<Introduction>,
    /// What stands on the answer buttons and in place of an answer.
    pub answers: AnswerTexts,
    /// Refusing as a whole and taking it back.
    pub refusal: Forms<RefusalText>,
    /// Several members at once.
    pub unit: UnitTexts,
    /// The eight questions.
    pub questions: QuestionTexts,
    /// The contradictions.
    pub warnings: WarningTexts,
    /// The turned device.
    pub customer: CustomerTexts,
    /// The information before the first question, at length.
    pub privacy: PrivacyTexts,
    /// The form on paper.
    pub paper: PaperTexts,
}

/// Where a wording comes from and who stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// BCP 47 tag, for `lang`.
    pub language: String,
    /// The language's name for itself.
    pub language_name: String,
    /// `ltr` or `rtl`: declared, never guessed from the text.
    pub direction: String,
    /// The form version these texts belong to.
    pub form_version: u16,
    /// Whether this is the binding wording. Only the German one is.
    pub original: bool,
    /// The state of the sign-off, to be shown to administrators.
    pub status: String,
    /// Who reviewed the wording; empty means nobody has yet.
    pub reviewed_by: String,
    /// When (ISO 8601 date); empty means not yet.
    pub reviewed_on: String,
    /// What has to stand under every text of a translation ("Unverbindliche Ausfüllhilfe"); empty in the original.
    pub notice: String,
}

/// A text written out in the three ways of asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forms<T> {
    /// To the person.
    pub person: T,
    /// To a parent about a child.
    pub parent: T,
    /// To a young person from 15.
    pub young: T,
}

/// The screen before the first question. It can be read aloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Introduction {
    /// Heading.
    pub title: String,
    /// One point each, in this order.
    pub sentences: Vec<String>,
    /// The button that leads to the first question.
    pub begin: String,
}

/// Labels of the answers, and what stands where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerTexts {
    /// [`Answer::Yes`].
    pub yes: String,
    /// [`Answer::No`].
    pub no: String,
    /// [`Answer::Declined`].
    pub declined: String,
    /// No answer yet.
    pub open: String,
    /// A follow-up after no.
    pub does_not_apply: String,
    /// A follow-up after "keine Angabe".
    pub not_pressed: String,
}

/// Refusing as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalText {
    /// The button that refuses for this person.
    pub refuse: String,
    /// What a refused form says.
    pub refused: String,
    /// The button that takes the refusal back.
    pub undo: String,
}

/// What concerns several members of a benefit unit at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitTexts {
    /// The button with which one adult refuses for themself and the children under 15 they decide for.
    pub refuse_with_children: String,
}

/// One question in one way of asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionText {
    /// The question.
    pub question: String,
    /// Help below it, always visible.
    pub help: String,
    /// A short name for the review.
    pub label: String,
}

/// The texts of the eight questions, by key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionTexts {
    /// [`Question::GermanNationality`].
    pub german_nationality: Forms<QuestionText>,
    /// [`Question::BornOutside`].
    pub born_outside: Forms<QuestionText>,
    /// [`Question::ImmigratedAfter1949`].
    pub immigrated_after_1949: Forms<QuestionText>,
    /// [`Question::Resettler`].
    pub resettler: Forms<QuestionText>,
    /// [`Question::MotherBornOutside`].
    pub mother_born_outside: Forms<QuestionText>,
    /// [`Question::MotherImmigratedAfter1949`].
    pub mother_immigrated_after_1949: Forms<QuestionText>,
    /// [`Question::FatherBornOutside`].
    pub father_born_outside: Forms<QuestionText>,
    /// [`Question::FatherImmigratedAfter1949`].
    pub father_immigrated_after_1949: Forms<QuestionText>,
}

/// The texts of the warnings, by code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarningTexts {
    /// Heading of a warning.
    pub title: String,
    /// [`Warning::ResettlerBornInside`].
    pub resettler_born_inside: String,
    /// [`Warning::ResettlerCameBefore1950`].
    pub resettler_came_before_1950: String,
}

/// Why a wording file was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum WordingError {
    /// Not TOML, or a key is missing, unknown or of the wrong type.
    #[error("the wording file does not have the expected shape")]
    Shape(#[from] toml::de::Error),
    /// Written for a form version this program does not know.
    #[error("the wording belongs to the unknown form version {0}")]
    UnknownFormVersion(u16),
    /// The direction is neither `ltr` nor `rtl`.
    #[error("the wording declares no text direction")]
    Direction,
}

impl Wording {
    /// Reads a wording file.
    ///
    /// # Errors
    /// [`WordingError`].
    pub fn parse(text: &str) -> Result<Self, WordingError> {
        let wording: Self = toml::from_str(text)?;
        let version = wording.about.form_version;
        FormVersion::known(version).ok_or(WordingError::UnknownFormVersion(version))?;
        match wording.about.direction.as_str() {
            "ltr" | "rtl" => Ok(wording),
            _ => Err(WordingError::Direction),
        }
    }

    /// Whether somebody signed this wording off.
    pub fn is_reviewed(&self) -> bool {
        !self.about.reviewed_by.is_empty()
    }

    /// The texts of one question.
    pub fn question(&self, question: Question, asking: Asking) -> &QuestionText {
        let texts = &self.questions;
        let forms = match question {
            Question::GermanNationality => &texts.german_nationality,
            Question::BornOutside => &texts.born_outside,
            Question::ImmigratedAfter1949 => &texts.immigrated_after_1949,
            Question::Resettler => &texts.resettler,
            Question::MotherBornOutside => &texts.mother_born_outside,
            Question::MotherImmigratedAfter1949 => &texts.mother_immigrated_after_1949,
            Question::FatherBornOutside => &texts.father_born_outside,
            Question::FatherImmigratedAfter1949 => &texts.father_immigrated_after_1949,
        };
        forms.of(asking)
    }

    /// The label of an answer; `None` is the label of an open question.
    pub fn answer(&self, answer: Option<Answer>) -> &str {
        match answer {
            Some(Answer::Yes) => &self.answers.yes,
            Some(Answer::No) => &self.answers.no,
            Some(Answer::Declined) => &self.answers.declined,
            None => &self.answers.open,
        }
    }

    /// The sentence of a warning.
    pub fn warning(&self, warning: Warning) -> &str {
        match warning {
            Warning::ResettlerBornInside => &self.warnings.resettler_born_inside,
            Warning::ResettlerCameBefore1950 => &self.warnings.resettler_came_before_1950,
        }
    }
}

impl<T> Forms<T> {
    /// The text for this way of asking.
    pub fn of(&self, asking: Asking) -> &T {
        match asking {
            Asking::ToPerson => &self.person,
            Asking::ToParent => &self.parent,
            Asking::ToYoungPerson => &self.young,
        }
    }
}
