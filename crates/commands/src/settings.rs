//! The settings an office starts with. What is assumed about numbers and deadlines stands here and in the signed directory, in no code path.

use protocol::directory::{OfficeInformation, ReceiptPolicy, Settings};
use questionnaire::Wording;

/// Settings until an administrator changes them. One copy suffices at first, with a warning that stays visible: a second medium has to be set up first.
#[must_use]
pub fn assumed(demo: bool) -> Settings {
    Settings {
        receipt_policy: ReceiptPolicy { min_copies: 1, require_accepted: false },
        customer_number_pattern: "999A999999".to_owned(),
        unit_number_patterns: vec!["99999BG9999999".to_owned(), "99999//9999999".to_owned()],
        team_rules: Vec::new(),
        deadlines_days: vec![3, 9, 14, 21],
        languages: if demo { all_languages() } else { Vec::new() },
        minimum_client: "0.1.0".to_owned(),
        demo,
        information: demo.then(demo_information),
        entry_mask: None,
    }
}

/// The demo shows every translation; a real office switches on what it has approved.
fn all_languages() -> Vec<String> {
    Wording::all().iter().skip(1).map(|wording| wording.about.language.clone()).collect()
}

fn demo_information() -> OfficeInformation {
    OfficeInformation {
        controller: "Jobcenter Musterstadt (Demo), Musterweg 1, 12345 Musterstadt".to_owned(),
        officer: "Datenschutzbeauftragte des Jobcenters Musterstadt (Demo), Musterweg 1, 12345 Musterstadt".to_owned(),
        authority: "Die Bundesbeauftragte für den Datenschutz und die Informationsfreiheit, Graurheindorfer Straße 153, 53117 Bonn".to_owned(),
        return_to: "Ihre Integrationsfachkraft im Jobcenter Musterstadt (Demo)".to_owned(),
    }
}
