//! What customers get from the office: the languages it approved, and who it is (Art. 13 GDPR). Part of the signed directory, so that every app says the same.

use office::directory::DirectoryEdit;
use protocol::directory::{OfficeInformation, Role};
use questionnaire::Wording;

use crate::App;
use crate::api::{CommandError, CustomersSet, ErrorCode, Information, LanguageOffer, Nothing, OfficeView};
use crate::desk::Desk;

/// Longest text of the information, in characters; the directory's own limit.
const MAX_TEXT: usize = 400;

impl App {
    /// Switches languages on and off and writes the information.
    pub(crate) async fn customers_set(&self, args: CustomersSet) -> Result<OfficeView, CommandError> {
        self.desk().demand_role(Role::Admin)?;
        let known = |tag: &String| Wording::in_language(tag).is_some_and(|wording| !wording.about.original);
        if !args.languages.iter().all(known) {
            return Err(CommandError::new(ErrorCode::LanguageUnknown));
        }
        let information = args.information.map(checked).transpose()?;
        self.publish(|desk| {
            desk.demand_role(Role::Admin)?;
            let directory = desk.directory()?;
            let mut settings = directory.get().settings.clone();
            settings.languages.clone_from(&args.languages);
            settings.languages.sort_unstable();
            settings.languages.dedup();
            settings.information.clone_from(&information);
            Ok(Some(DirectoryEdit::next_version(directory, self.now()).with_settings(settings)))
        })
        .await?;
        self.office(Nothing {}).await
    }
}

impl Desk {
    /// All translations there are, and which are on.
    pub fn language_offers(&self) -> Vec<LanguageOffer> {
        let on = |tag: &String| self.settings().is_some_and(|settings| settings.languages.contains(tag));
        let offer = |about: &questionnaire::About| LanguageOffer {
            language: about.language.clone(),
            name: about.language_name.clone(),
            reviewed_by: about.reviewed_by.clone(),
            reviewed_on: about.reviewed_on.clone(),
            on: on(&about.language),
        };
        Wording::all().iter().skip(1).map(|wording| offer(&wording.about)).collect()
    }

    /// What the office wrote about itself.
    pub fn information(&self) -> Option<Information> {
        let OfficeInformation { controller, officer, authority, return_to } = self.settings()?.information.clone()?;
        Some(Information { controller, officer, authority, return_to })
    }
}

/// Complete and of printable length: who is responsible is said whole or not at all.
fn checked(information: Information) -> Result<OfficeInformation, CommandError> {
    let text = |text: String| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match text.chars().count() {
            0 => Err(CommandError::new(ErrorCode::TextMissing)),
            length if length > MAX_TEXT => Err(CommandError::new(ErrorCode::TextTooLong).with("maximum", MAX_TEXT)),
            _ => Ok(text),
        }
    };
    let Information { controller, officer, authority, return_to } = information;
    Ok(OfficeInformation { controller: text(controller)?, officer: text(officer)?, authority: text(authority)?, return_to: text(return_to)? })
}
