//! The settings an office starts with. What is assumed about numbers and deadlines stands here and in the signed directory, in no code path.

use protocol::directory::{ReceiptPolicy, Settings};

/// Settings until an administrator changes them. One copy suffices at first, with a warning that stays visible: a second medium has to be set up first.
#[must_use]
pub fn assumed(demo: bool) -> Settings {
    Settings {
        receipt_policy: ReceiptPolicy { min_copies: 1, require_accepted: false },
        customer_number_pattern: "999A999999".to_owned(),
        unit_number_patterns: vec!["99999BG9999999".to_owned(), "99999//9999999".to_owned()],
        team_rules: Vec::new(),
        deadlines_days: vec![3, 9, 14, 21],
        languages: Vec::new(),
        minimum_client: "0.1.0".to_owned(),
        demo,
    }
}
