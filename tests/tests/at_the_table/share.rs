//! A team's leader distributes: by whom a form is entered changes, and nothing is lost or silently entered twice by it.

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;

use super::Table;
use super::later::{NUMBER, confirm, deliver, hand_over, open, queue, typed};

const SECOND: &str = "123A456790";

/// A colleague of the first clerk, with the team's key.
fn colleague(table: &mut Table) -> Desk {
    let desk = Desk::open(&table.office.place("colleague")).expect("an app");
    let team = table.office.team.clone();
    let mut colleague = table.office.enrol(desk, "clerk", &[&team]).expect("a clerk");
    table.office.clerk.call("contact", Value::Null).expect("the key is passed on");
    colleague.call("contact", Value::Null).expect("and taken");
    colleague
}

/// Hands over the forms of one benefit unit.
fn family(table: &mut Table) {
    let unit = table.unit.clone();
    for number in [NUMBER, SECOND] {
        let args = json!({ "unit": unit, "label": number, "number": typed(number), "asking": "to_person", "already_collected": false });
        let view = table.desk.call("member_add", args).expect("a member");
        let newest = view["members"].as_array().and_then(|members| members.last()).expect("the new one")["member"].clone();
        table.desk.call("form_refuse", json!({ "unit": unit, "member": newest })).expect("declined");
    }
    table.desk.call("unit_finalise", json!({ "unit": unit, "left_out": [] })).expect("sealed");
    deliver(&mut table.desk);
}

fn member(desk: &mut Desk) -> String {
    desk.call("office", Value::Null).expect("the office")["own"].as_str().expect("an id").to_owned()
}

struct Leader {
    desk: Desk,
    team: String,
}

impl Leader {
    fn of(table: &mut Table) -> Self {
        let desk = Desk::open(&table.office.place("leader")).expect("an app");
        let team = table.office.team.clone();
        Self { desk: table.office.enrol(desk, "team_leader", &[&team]).expect("a leader"), team }
    }

    fn view(&mut self) -> Value {
        self.desk.call("distribution", json!({ "team": self.team })).expect("the view")
    }

    fn set(&mut self, member: &str, absent_until: Option<u64>) -> anyhow::Result<Value> {
        let clerk = json!({ "member": member, "weight": 100, "absent_until": absent_until });
        self.desk.call("distribution_set", json!({ "team": self.team, "by_hand": null, "clerks": [clerk] }))
    }

    fn move_units(&mut self, from: &str, to: &str) -> Value {
        self.desk.call("distribution_move", json!({ "team": self.team, "from": from, "to": to, "units": 9 })).expect("moved")
    }
}

fn tomorrow() -> u64 {
    let now = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    now + 24 * 3600
}

/// Her colleague gets a form that she had open, and is warned; she herself learns that it is a colleague's now.
#[test]
fn what_an_absent_clerk_had_open_is_entered_by_a_colleague_who_is_warned() {
    let mut table = Table::new();
    let mut colleague = colleague(&mut table);
    let mut leader = Leader::of(&mut table);
    family(&mut table);
    let clerk = &mut table.office.clerk;
    let (first, second) = if queue(clerk).is_empty() { (&mut colleague, clerk) } else { (clerk, &mut colleague) };
    let [opened, untouched]: [String; 2] = queue(first).try_into().expect("a unit's forms go to one clerk");
    open(first, &opened);
    let (absent, other) = (member(first), member(second));

    let view = leader.set(&absent, Some(tomorrow())).expect("absent");
    let row = |view: &Value, member: &str| {
        view["clerks"].as_array().expect("clerks").iter().find(|row| row["member"] == member).expect("the clerk").clone()
    };
    assert_eq!((&row(&view, &absent)["pile"]["units"], &row(&view, &other)["pile"]["units"]), (&json!(0), &json!(1)));
    assert_eq!(row(&view, &other)["pile"]["waiting"], 2, "opened by nobody who has it now");
    let text = view.to_string();
    assert!(![NUMBER, SECOND, opened.as_str(), untouched.as_str()].iter().any(|secret| text.contains(secret)), "counts only");
    assert!(queue(first).is_empty());
    for (command, args) in [("record_open", json!({ "record": untouched })), ("record_confirm", json!({ "record": opened, "at_once": false }))] {
        assert_eq!(first.code_of(command, args).expect("refused"), "elsewhere", "{command}");
    }
    assert_eq!(open(second, &opened)["opened_before"], true, "möglicherweise schon erfasst");
    assert_eq!(open(second, &untouched)["opened_before"], false);
    confirm(second, &opened);
    assert_eq!(queue(second), [untouched.as_str()]);

    leader.set(&absent, None).expect("back");
    assert!(queue(first).is_empty(), "what went to a colleague stays there");
    assert_eq!(leader.move_units(&other, &absent)["units"], 1);
    assert_eq!(open(first, &untouched)["opened_before"], true);
    confirm(first, &untouched);
    assert_eq!(leader.view()["clerks"].as_array().expect("clerks").iter().filter(|row| row["pile"]["units"] != 0).count(), 0);
}

#[test]
fn a_move_is_taken_back_until_somebody_begins_with_it() {
    let mut table = Table::new();
    let mut colleague = colleague(&mut table);
    let mut leader = Leader::of(&mut table);
    let record = hand_over(&mut table, "A", NUMBER);
    let clerk = &mut table.office.clerk;
    let (first, second) = if queue(clerk).is_empty() { (&mut colleague, clerk) } else { (clerk, &mut colleague) };
    let (from, to) = (member(first), member(second));
    let team = leader.team.clone();
    let undo = json!({ "team": team });
    assert_eq!(leader.desk.code_of("distribution_undo", undo.clone()).expect("nothing"), "undo_too_late");
    let moved = leader.move_units(&from, &to);
    assert_eq!((&moved["units"], &moved["distribution"]["undo_units"]), (&json!(1), &json!(1)));
    assert_eq!(leader.desk.call("distribution_undo", undo.clone()).expect("undone")["units"], 1);
    assert_eq!(queue(first), [record.as_str()]);

    leader.move_units(&from, &to);
    open(second, &record);
    assert_eq!(leader.desk.code_of("distribution_undo", undo).expect("begun"), "undo_too_late");
    assert_eq!(queue(second), [record.as_str()]);
    leader.set(&from, Some(tomorrow())).expect("absent");
    let back = json!({ "team": team, "from": to, "to": from, "units": 1 });
    assert_eq!(leader.desk.code_of("distribution_move", back).expect("nobody"), "nobody_there");
    assert_eq!(leader.set(&from, Some(1)).expect_err("past").to_string(), "distribution_set: absence_invalid {}");
    assert_eq!(first.code_of("distribution", json!({ "team": team })).expect("a clerk"), "not_your_role");
}
