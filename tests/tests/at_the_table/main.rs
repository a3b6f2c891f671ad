//! What a counsellor and a family rely on at the table, with the real vault below: who sees what, who decides for whom.

mod accepted;
mod by_itself;
mod canary;
mod change;
mod copy;
mod customers;
mod family;
mod grace;
mod held;
mod later;
mod leaving;
mod ledger;
mod list;
mod lock_after;
mod mask;
mod newborn;
mod paper;
mod pin;
mod problem;
mod reconcile;
mod recovery;
mod share;
mod shared;
mod tasks;
mod turned;

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::small_office::SmallOffice;

/// A counsellor at a table, offline after her enrolment.
struct Table {
    office: SmallOffice,
    desk: Desk,
    unit: String,
    folder: tempfile::TempDir,
}

impl Table {
    /// With an empty benefit unit.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut office = SmallOffice::found(folder.path()).expect("an office");
        let mut desk = office.counsellor("device").expect("a counsellor");
        let typed = |number: &str| json!({ "first": number, "again": number });
        let view = desk.call("unit_create", json!({ "number": typed("12345BG0000001"), "label": "" })).expect("a unit");
        let unit = view["unit"].as_str().expect("an id").to_owned();
        Self { office, desk, unit, folder }
    }

    fn add(&mut self, label: &str, asking: &str) -> String {
        let none = json!({ "first": "", "again": "" });
        let args = json!({ "unit": self.unit, "label": label, "number": none, "asking": asking, "already_collected": false });
        let view = self.desk.call("member_add", args).expect("a member");
        let newest = view["members"].as_array().and_then(|members| members.last()).expect("the new one");
        let member = newest["member"].as_str().expect("an id").to_owned();
        let whose = self.whose(&member);
        self.desk.call("unit_informed", whose).expect("informed");
        member
    }

    fn whose(&self, member: &str) -> Value {
        json!({ "unit": self.unit, "member": member })
    }

    fn answer(&mut self, member: &str, question: &str, answer: &str) -> Value {
        let args = json!({ "unit": self.unit, "member": member, "question": question, "answer": answer });
        self.desk.call("form_answer", args).expect("the question is asked")
    }

    fn form(&mut self, member: &str) -> Value {
        let args = self.whose(member);
        self.desk.call("form_open", args).expect("a form")
    }

    fn given(&mut self, member: &str, question: &str) -> Value {
        let form = self.form(member);
        let states = form["questions"].as_array().expect("eight").clone();
        states.into_iter().find(|state| state["question"] == question).expect("one of the eight")["answer"].clone()
    }
}
