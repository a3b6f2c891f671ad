//! The form of one person: questions, answers, relevance, warnings, the four characteristics, its life cycle. Pure.
//!
//! The law behind it is the Migrationshintergrund-Erhebungsverordnung (MighEV) with § 53 Abs. 7 SGB II and
//! § 281 Abs. 4 SGB III:
//!
//! - § 2 MighEV says of whom the form is filled in; it knows no age limit, so none stands in this crate.
//! - § 4 Abs. 1 MighEV names four characteristics, collected once. Eight questions lead to them ([`Question`]), and
//!   three-valued logic turns the answers into the four ([`Characteristics`]).
//! - § 4 Abs. 2 MighEV blocks the answers for the Jobcenter. Here that means: nothing that tells an answer has a
//!   `Debug` that prints it, and encoded forms have one size whatever was answered or refused.
//! - § 6 MighEV leaves the conclusion from the four characteristics to the statistics of the Bundesagentur für
//!   Arbeit. It is deliberately absent: no type and no function of this crate draws it.
//! - § 36 SGB I lets a young person decide alone from 15 ([`Asking::ToYoungPerson`]).
//!
//! The way of a form: [`DraftForm`] (open, started, complete, checked) → [`DraftForm::finalize`] → [`FinalAnswers`],
//! the only thing that leaves the device, and that only sealed. No clock, no randomness, no I/O.

mod answer;
mod answers;
mod asking;
mod characteristics;
mod draft;
mod draft_encoding;
mod encoding;
mod final_answers;
mod member;
mod parent;
mod question;
mod redact;
mod warning;
mod wording;

pub use answer::Answer;
pub use answers::{Answers, Incomplete, NotAsked, Progress};
pub use asking::{Asking, Origin};
pub use characteristics::Characteristics;
pub use draft::{AskingFixed, DraftForm, FinalizeError, Position};
pub use encoding::{DecodeError, MAX_ENCODED_LEN};
pub use final_answers::{Applicability, FinalAnswers, FormVersion};
pub use member::{MemberState, TransitionError};
pub use parent::{CannotTake, OwnAnswers, Parent};
pub use question::Question;
pub use warning::Warning;
pub use wording::{
    About, AnswerTexts, CheckTexts, CustomerTexts, Forms, Introduction, PaperTexts, PrivacySection, PrivacyTexts, QuestionText, QuestionTexts,
    RefusalText, UnitTexts, VersionNote, WarningTexts, Wording, WordingError,
};
