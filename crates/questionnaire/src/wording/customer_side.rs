//! Words for the customer's eyes alone: the turned device, the privacy page, the form on paper.

use serde::{Deserialize, Serialize};

use super::Forms;

/// The turned device: what stands around the questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerTexts {
    /// Above the choice of languages.
    pub language: String,
    /// To the question before.
    pub back: String,
    /// Opens the help of a question where there is no room for it.
    pub help: String,
    /// Closes what lies above the question.
    pub close: String,
    /// To the privacy page.
    pub more_privacy: String,
    /// Changes one answer on the check.
    pub change: String,
    /// Ends the check.
    pub done: String,
    /// Heading once all is answered.
    pub hand_back_title: String,
    /// Asks for the device.
    pub hand_back: String,
    /// When the app could not do what was asked; what happened is for the staff, in German.
    pub failed: String,
    /// Under a language that nobody has reviewed yet.
    pub not_reviewed: String,
    /// Under a language that somebody has reviewed: `{reviewer}` and `{date}` come from `[about]`.
    pub reviewed: String,
    /// The check of one person's answers.
    pub check: Forms<CheckTexts>,
}

/// The check on the turned device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckTexts {
    /// Heading.
    pub title: String,
    /// What to do.
    pub text: String,
}

/// The information of Art. 13 GDPR. `{controller}`, `{officer}` and `{authority}` come from the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrivacyTexts {
    /// Heading.
    pub title: String,
    /// Questions and answers, in this order.
    pub sections: Vec<PrivacySection>,
}

/// One question of the privacy page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrivacySection {
    /// The question.
    pub heading: String,
    /// Its answer.
    pub text: String,
}

/// The form on paper. `{return_to}` comes from the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperTexts {
    /// Field.
    pub customer_number: String,
    /// Field.
    pub unit_number: String,
    /// Before a follow-up.
    pub only_if_yes: String,
    /// Which of two languages counts.
    pub german_counts: String,
    /// Where the sheet goes.
    pub return_to: String,
    /// The sheet carries a number and no name.
    pub no_name: String,
    /// What becomes of the sheet.
    pub destroyed: String,
    /// Heading.
    pub title: Forms<String>,
    /// How to fill it in.
    pub instruction: Forms<String>,
    /// The box that declines everything.
    pub refuse_all: Forms<String>,
}
