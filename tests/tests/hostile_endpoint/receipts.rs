//! Without a receipt that verifies nothing is destroyed on a device; what is withheld stays.

use serde_json::{Value, json};
use testkit::audit::demand_whole;
use testkit::backlog;
use testkit::caller::Caller;

use crate::Hostile;

/// The endpoint stores, and does not answer. The forms stay, are counted as not handed over, and are delivered once when it answers again.
#[test]
fn receipts_withheld_destroy_nothing_and_double_nothing() {
    let mut hostile = Hostile::new();
    backlog::seal(&mut hostile.desk, 1, 1, 3).expect("sealed");
    for _ in 0..2 {
        hostile.wire.lose_often("POST /v1/records HTTP", 20);
        let report = hostile.desk.call("sync", Value::Null).expect("a report");
        assert_eq!((&report["end"], &report["destroyed"]), (&json!("unreachable"), &json!(0)), "{report}");
        assert_eq!(hostile.desk.call("status", Value::Null).expect("the state")["counts"]["sealed"], 3);
    }
    hostile.wire.lose_often("POST /v1/nothing", 1);
    let report = hostile.desk.call("sync", Value::Null).expect("a report");
    assert_eq!((&report["delivered"], &report["destroyed"]), (&json!(3), &json!(3)), "{report}");
    let audit = demand_whole(&hostile.office.mailbox, &mut [&mut hostile.desk, &mut hostile.office.clerk]).expect("fits");
    assert_eq!((audit.stored, audit.waiting), (3, 3), "each once");
}

/// Any bit of what it attests: the record, its bytes, the place in the log, the signature.
#[test]
fn a_receipt_that_was_touched_destroys_nothing() {
    let mut hostile = Hostile::new();
    let sealed = backlog::seal(&mut hostile.desk, 1, 1, 1).expect("sealed");
    let record = protocol::RecordId::parse(&sealed[0]).expect("an id").0;
    let office = hostile.directory().office.0;
    for bytes in [record, office] {
        let mut other = bytes;
        other[0] ^= 1;
        hostile.wire.alter("POST /v1/records HTTP", &bytes, &other);
        let report = hostile.desk.call("sync", Value::Null).expect("a report");
        assert!(hostile.wire.end_altering() > 0);
        assert_eq!(report["destroyed"], 0, "{report}");
        assert_ne!(report["end"], "done", "{report}");
        assert_eq!(hostile.desk.call("status", Value::Null).expect("the state")["counts"]["sealed"], 1);
    }
}
