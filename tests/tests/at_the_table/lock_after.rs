//! After how many minutes the app locks is kept with the device, for everybody, and within bounds.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;

use super::Table;

#[test]
fn the_minutes_are_kept_and_bounded() {
    let mut table = Table::new();
    let set = |minutes: u32, turned: u32| json!({ "minutes": minutes, "turned_minutes": turned });
    let shown = |desk: &mut Desk| desk.call("status", Value::Null).expect("status")["lock_after"].clone();
    assert_eq!(shown(&mut table.desk), set(10, 30));
    for (minutes, turned) in [(0, 30), (10, 0), (61, 30), (10, 61)] {
        assert_eq!(table.desk.code_of("lock_after_set", set(minutes, turned)).expect("refused"), "bad_arguments");
    }
    assert_eq!(table.desk.call("lock_after_set", set(1, 60)).expect("set")["lock_after"], set(1, 60));
    assert_eq!(table.desk.lock_patience(), Some(Duration::from_secs(60)));
    let member = table.add("Mutter", "to_person");
    let turning = json!({ "unit": table.unit, "member": member, "code": "4711" });
    table.desk.call("turn", turning).expect("turned");
    assert_eq!(table.desk.lock_patience(), Some(Duration::from_secs(3600)));
    table.desk.call("lock", Value::Null).expect("locked");
    assert_eq!(table.desk.lock_patience(), None, "it is locked already");
    assert_eq!(table.desk.code_of("lock_after_set", set(5, 5)).expect("refused"), "locked");
    let Table { office: _office, desk, folder, .. } = table;
    drop(desk);
    assert_eq!(shown(&mut Desk::open(&folder.path().join("device")).expect("the app opens")), set(1, 60));
}
