//! Answers that do not go together. A warning asks to look again; it never blocks, because nobody verifies answers.

use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::question::Question;
use crate::redact::redacted_debug;

/// A contradiction among the answers that count. `Debug` does not tell which, because each tells two answers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Warning {
    /// Born inside today's borders, and German as a resettler: resettlers were admitted from outside
    /// (§ 1 Abs. 2 Nr. 3, § 4 BVFG), and who was born to them here is German by birth.
    #[serde(rename = "resettler_born_inside")]
    ResettlerBornInside,
    /// Came before 1950, and German as a resettler: resettlers are those who came after the expulsions had ended
    /// (§ 1 Abs. 2 Nr. 3 BVFG); § 6 Satz 3 MighEV joins the two in the same way.
    #[serde(rename = "resettler_came_before_1950")]
    ResettlerCameBefore1950,
}

redacted_debug!(Warning);

impl Warning {
    /// All warnings, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::ResettlerBornInside, Self::ResettlerCameBefore1950];

    /// The stable code across the command boundary; the sentence stands in the wording files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ResettlerBornInside => "resettler_born_inside",
            Self::ResettlerCameBefore1950 => "resettler_came_before_1950",
        }
    }

    /// The two questions whose answers do not go together, in the order of the form.
    pub const fn questions(self) -> [Question; 2] {
        match self {
            Self::ResettlerBornInside => [Question::BornOutside, Question::Resettler],
            Self::ResettlerCameBefore1950 => [Question::ImmigratedAfter1949, Question::Resettler],
        }
    }

    pub(crate) fn applies(self, answer: impl Fn(Question) -> Option<Answer>) -> bool {
        let outside = answer(Question::BornOutside);
        let resettler = answer(Question::Resettler) == Some(Answer::Yes);
        match self {
            Self::ResettlerBornInside => resettler && outside == Some(Answer::No),
            Self::ResettlerCameBefore1950 => {
                let immigrated = answer(Question::ImmigratedAfter1949);
                resettler && outside == Some(Answer::Yes) && immigrated == Some(Answer::No)
            }
        }
    }
}
