//! A list of customers with the mark from the benefits system, held against what is known: what was lost is found by it.

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::clear_text;

use super::Table;
use super::later::{NUMBER, confirm, deliver, hand_over, open, seal};

const WAITING: &str = "123A456798";
const HERE: &str = "987Z654321";
const LOST: &str = "555B555555";

#[test]
fn each_number_is_entered_waiting_here_or_known_to_nobody() {
    let mut table = Table::new();
    let entered = hand_over(&mut table, "A", NUMBER);
    open(&mut table.office.clerk, &entered);
    confirm(&mut table.office.clerk, &entered);
    hand_over(&mut table, "B", WAITING);
    seal(&mut table, "C", HERE);
    let text = format!("\u{feff}Kundennummer;Name\r\n{NUMBER};x\r\n\"{WAITING}\";y\n{HERE}\n{LOST}\n{LOST}\n\nnichts\n");
    let found = table.desk.call("reconcile", json!({ "text": text })).expect("compared");
    let expected = json!({ "asked": 4, "entered": 1, "waiting": [WAITING], "here": [HERE], "unknown": [LOST], "unreadable": [8] });
    assert_eq!(found, expected);
    let kept = clear_text::search(&table.folder.path().join("device"), &[LOST.to_owned()]).expect("searched");
    assert!(kept.is_empty(), "read in memory, and kept nowhere");
    let there = clear_text::search(table.office.mailbox.data(), &[LOST.to_owned(), WAITING.to_owned()]).expect("searched");
    assert!(there.is_empty(), "the endpoint sees tags");

    deliver(&mut table.desk);
    let again = table.desk.call("reconcile", json!({ "text": HERE })).expect("compared");
    assert_eq!((&again["waiting"], &again["here"]), (&json!([HERE]), &json!([])));
    assert_eq!(table.office.admin.code_of("reconcile", json!({ "text": NUMBER })).expect("who may look nobody up"), "not_your_role");
    assert_eq!(table.desk.call("reconcile", json!({ "text": "" })).expect("nothing to ask")["asked"], 0);
    let long: String = (0..1001).map(|at| format!("{:03}A{:06}\n", at % 1000, at)).collect();
    let refused = table.desk.call("reconcile", json!({ "text": long })).expect_err("too long").to_string();
    assert!(refused.contains("text_too_long") && !refused.contains("000A"), "{refused}");
    assert_eq!(table.desk.call("ledger", json!({ "offset": 0, "limit": 9 })).expect("a ledger")["chain_ok"], Value::Bool(true));
}
