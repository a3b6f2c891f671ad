//! The wording of the questionnaire, in German and in the languages that the office switched on for its customers. Needs nobody's passphrase: a paper form is
//! printed at the reception desk too.

use questionnaire::{FormVersion, Wording};

use crate::App;
use crate::api::{CommandError, ErrorCode, LanguageRef, LanguageRow, Nothing, VersionRow, WordingIn, WordingReply};
use crate::desk::Desk;

impl App {
    /// The German wording, as its versioned file has it, and what the office adds.
    pub(crate) async fn wording(&self, _: Nothing) -> Result<WordingReply, CommandError> {
        let desk = self.desk();
        let versions = FormVersion::notes().iter().map(|note| VersionRow { version: note.number, changes: note.changes.clone() }).collect();
        let languages = desk.languages().map(row).collect();
        Ok(WordingReply { german: json(Wording::german())?, versions, languages, information: desk.information() })
    }

    /// The wording in one language.
    pub(crate) async fn wording_in(&self, args: LanguageRef) -> Result<WordingIn, CommandError> {
        let desk = self.desk();
        let german = Some(Wording::german()).filter(|wording| wording.about.language == args.language);
        let wording =
            german.or_else(|| desk.languages().find(|wording| wording.about.language == args.language)).ok_or(ErrorCode::LanguageUnknown)?;
        Ok(WordingIn { wording: json(wording)? })
    }
}

impl Desk {
    /// Translations that are switched on, in the order in which they are offered. A tag that this version has no words for is passed over.
    fn languages(&self) -> impl Iterator<Item = &'static Wording> + '_ {
        let on = |wording: &&Wording| self.settings().is_some_and(|settings| settings.languages.contains(&wording.about.language));
        Wording::all().iter().filter(|wording| !wording.about.original).filter(on)
    }
}

fn row(wording: &Wording) -> LanguageRow {
    let about = &wording.about;
    LanguageRow {
        language: about.language.clone(),
        name: about.language_name.clone(),
        direction: about.direction.clone(),
        reviewed_by: about.reviewed_by.clone(),
        reviewed_on: about.reviewed_on.clone(),
    }
}

fn json(wording: &Wording) -> Result<serde_json::Value, CommandError> {
    serde_json::to_value(wording).map_err(|_| CommandError::new(ErrorCode::Internal))
}
