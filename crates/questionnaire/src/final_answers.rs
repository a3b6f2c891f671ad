//! The answers as they leave the device: complete, effective, without any trace of how they came about.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::answer::Answer;
use crate::answers::{Answers, Incomplete};
use crate::characteristics::Characteristics;
use crate::encoding::{self, DecodeError};
use crate::question::Question;
use crate::redact::redacted_debug;
use crate::warning::Warning;

/// The number of the set of questions an answer belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormVersion(u16);

impl FormVersion {
    /// The eight questions of [`Question`].
    pub const V1: Self = Self(1);
    /// The version new forms are made in.
    pub const CURRENT: Self = Self::V1;

    /// The version as a number.
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The version with this number, if this program knows its questions.
    pub fn known(number: u16) -> Option<Self> {
        (number == Self::V1.0).then_some(Self::V1)
    }
}

/// Whether a question was put, and if not, why.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Applicability {
    /// The question was asked (or, in a refused form, would have been).
    Asked,
    /// A follow-up after no: it does not apply and counts as no.
    DoesNotApply,
    /// A follow-up after "keine Angabe": who declines is not pressed; it counts as "keine Angabe".
    NotPressed,
}

/// The eight answers of a finished form.
///
/// A refused form and a form of eight times "keine Angabe" are equal, and all encodings have the same length.
#[derive(Clone, PartialEq, Eq)]
pub struct FinalAnswers {
    version: FormVersion,
    /// Invariant: not refused, and for every question what was given is what counts.
    answers: Answers,
}

redacted_debug!(Applicability, FinalAnswers);

impl Answers {
    /// Makes the export of these answers: what counts for each question, stale follow-ups and the memory behind a
    /// refusal left out.
    ///
    /// # Errors
    /// [`Incomplete`] with the questions still open.
    pub fn finalize(&self) -> Result<FinalAnswers, Incomplete> {
        let open = self.open_questions();
        if !open.is_empty() {
            return Err(Incomplete { open });
        }
        let answers = Self::from_given(Question::ALL.map(|question| self.effective(question)));
        Ok(FinalAnswers { version: FormVersion::CURRENT, answers })
    }
}

impl FinalAnswers {
    /// The version of the form that was answered.
    pub fn form_version(&self) -> FormVersion {
        self.version
    }

    /// The answer to record for this question.
    pub fn answer(&self, question: Question) -> Answer {
        self.answers.given(question).expect("invariant: final answers are complete")
    }

    /// Whether this question was asked, or why not. Follows from the answers alone.
    pub fn applicability(&self, question: Question) -> Applicability {
        match question.follow_up_of().map(|first| self.answer(first)) {
            None | Some(Answer::Yes) => Applicability::Asked,
            Some(Answer::No) => Applicability::DoesNotApply,
            Some(Answer::Declined) => Applicability::NotPressed,
        }
    }

    /// All questions with their answers, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = (Question, Answer)> + '_ {
        Question::ALL.into_iter().map(|question| (question, self.answer(question)))
    }

    /// The four characteristics that follow (§ 4 Abs. 1 MighEV).
    pub fn characteristics(&self) -> Characteristics {
        Characteristics::of(self)
    }

    /// The contradictions among the answers; the clerk sees them too.
    pub fn warnings(&self) -> Vec<Warning> {
        self.answers.warnings()
    }

    /// Deterministic CBOR (RFC 8949 § 4.2): `[1, form version, [eight answers, 1 yes, 2 no, 3 declined]]`.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        encoding::write(|out| {
            out.array(3)?.u8(FORMAT)?.u16(self.version.0)?;
            encoding::write_answers(out, Question::ALL.map(|question| self.answers.given(question)))
        })
    }

    /// Reads what [`FinalAnswers::encode`] wrote, and nothing else.
    ///
    /// # Errors
    /// [`DecodeError`]; `Inconsistent` if a follow-up is answered otherwise than its first question allows.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let decoded = encoding::read(bytes, |input| {
            encoding::expect_array(input, 3)?;
            encoding::expect_format(input, FORMAT)?;
            let version = encoding::read_version(input)?;
            let answers = Answers::from_given(encoding::read_answers(input)?);
            let counts = |question| answers.given(question).is_some() && answers.effective(question) == answers.given(question);
            if !Question::ALL.into_iter().all(counts) {
                return Err(DecodeError::Inconsistent);
            }
            Ok(Self { version, answers })
        })?;
        encoding::expect_canonical(bytes, &decoded.encode())?;
        Ok(decoded)
    }
}

/// The version of the encoding, apart from the version of the form.
const FORMAT: u8 = 1;
