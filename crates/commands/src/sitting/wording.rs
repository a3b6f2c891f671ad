//! The wording of the questionnaire.

use questionnaire::Wording;

use crate::App;
use crate::api::{CommandError, ErrorCode, Nothing, WordingReply};

impl App {
    /// The German wording, as its versioned file has it.
    pub(crate) async fn wording(&self, _: Nothing) -> Result<WordingReply, CommandError> {
        let german = serde_json::to_value(Wording::german()).map_err(|_| CommandError::new(ErrorCode::Internal))?;
        Ok(WordingReply { german })
    }
}
