//! What the office switches on for its customers reaches every device by the signed directory, and nothing else does.

use serde_json::{Value, json};
use testkit::caller::Caller;

use super::Table;

fn information(controller: &str) -> Value {
    json!({ "controller": controller, "officer": "Beauftragte, Weg 1", "authority": "Aufsicht, Weg 2", "return_to": "Zimmer 3" })
}

#[test]
fn a_language_and_the_information_arrive_with_the_next_contact() {
    let mut table = Table::new();
    let set = json!({ "languages": ["ar"], "information": information("  Jobcenter Klein,\nWeg 4 ") });
    let office = table.office.admin.call("customers_set", set).expect("published");
    let on: Vec<&str> = office["languages"]
        .as_array()
        .expect("offers")
        .iter()
        .filter(|row| row["on"] == true)
        .map(|row| row["language"].as_str().expect("a tag"))
        .collect();
    assert_eq!(on, ["ar"]);

    let before = table.desk.call("wording", Value::Null).expect("the wording");
    assert_eq!(before["languages"].as_array().expect("a list").len(), 10, "the device has not heard of it yet");
    table.desk.call("contact", Value::Null).expect("the newest directory");
    let after = table.desk.call("wording", Value::Null).expect("the wording");
    assert_eq!(after["languages"].as_array().expect("a list").len(), 1);
    assert_eq!(after["information"]["controller"], "Jobcenter Klein, Weg 4");
    assert_eq!(table.desk.code_of("wording_in", json!({ "language": "tr" })).expect("switched off"), "language_unknown");
    table.desk.call("wording_in", json!({ "language": "de" })).expect("German is always there");
}

/// Art. 13 GDPR: who is responsible is said whole or not at all.
#[test]
fn half_an_information_and_an_unknown_language_are_refused_and_change_nothing() {
    let mut table = Table::new();
    let number = table.office.admin.call("office", Value::Null).expect("the office")["number"].clone();
    let mut code = |languages: Value, information: Value| {
        table.office.admin.code_of("customers_set", json!({ "languages": languages, "information": information })).expect("refused")
    };
    assert_eq!(code(json!([]), information(" ")), "text_missing");
    assert_eq!(code(json!([]), information(&"x".repeat(401))), "text_too_long");
    assert_eq!(code(json!(["xx"]), Value::Null), "language_unknown");
    assert_eq!(code(json!(["de"]), Value::Null), "language_unknown", "German is not switched on or off");
    assert_eq!(table.office.admin.call("office", Value::Null).expect("the office")["number"], number);
    let counsellors = table.desk.code_of("customers_set", json!({ "languages": [], "information": null })).expect("refused");
    assert_eq!(counsellors, "not_your_role");
}
