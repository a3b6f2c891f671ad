//! A month in an office: 3 counsellors on 2 devices, 2 teams with a leader each, 5 clerks, more than 200 forms of mixed households; with an absence, a rule that changes,
//! questions, wrong numbers, changes of mind, duplicates, a revoked device, a change of a team's key and the destruction of the old one. At the end every form is
//! entered exactly once or visibly waiting, every copy that was destroyed is in a ledger, and backups of before open nothing.

mod book;
mod jobcenter;

use std::collections::BTreeSet;
use std::path::Path;

use book::{Book, Fate, right};
use clock::{Clock, SystemClock};
use jobcenter::{DAY, Jobcenter};
use protocol::envelope::Envelope;
use serde_json::{Value, json};
use testkit::audit::demand_fits;
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::evidence::Mailbox;
use whole_system::search::{opens, seeds_on_device};

const NORTH: &str = "12345";
const SOUTH: &str = "54321";

struct Month {
    office: Jobcenter,
    book: Book,
    /// Kim and Lea share it.
    inside: Desk,
    /// Mia's, on outreach visits.
    outside: Desk,
    clerks: Vec<(&'static str, Desk)>,
    leader: Desk,
    second_admin: Desk,
    north: String,
    south: String,
    absent: Option<&'static str>,
    undone: u32,
    forwarded: u32,
}

fn contact(desk: &mut Desk) {
    desk.call("contact", Value::Null).expect("a contact");
}

fn seal(desk: &mut Desk, backlog: &str) {
    let report = desk.call("import", json!({ "text": backlog })).expect("taken over");
    assert_eq!(report["issues"], json!([]), "{report}");
    let page = desk.call("unit_list", json!({ "search": "", "state": null, "oldest_first": false, "offset": 0, "limit": 200 })).expect("units");
    for row in page["rows"].as_array().expect("rows") {
        let view = desk.call("unit_open", json!({ "unit": row["unit"] })).expect("a unit");
        for member in view["members"].as_array().expect("members") {
            desk.call("form_check", json!({ "unit": row["unit"], "member": member["member"] })).expect("checked");
        }
        desk.call("unit_finalise", json!({ "unit": row["unit"], "left_out": [] })).expect("sealed");
    }
}

fn deliver(desk: &mut Desk) -> Value {
    let report = desk.call("sync", Value::Null).expect("a report");
    assert!((report["end"] == "done" || report["end"] == "nothing") && report["left"] == 0, "{report}");
    report
}

fn rows(clerk: &mut Desk) -> Vec<Value> {
    clerk.call("queue", Value::Null).expect("a queue")["rows"].as_array().expect("rows").clone()
}

impl Month {
    fn begin(folder: &Path) -> Self {
        let mut office = Jobcenter::found(folder);
        let view = office.admin.call("team_create", json!({ "name": "Nord" })).expect("a team");
        let north = view["teams"][0]["team"].as_str().expect("an id").to_owned();
        let view = office.admin.call("team_create", json!({ "name": "Süd" })).expect("another");
        let south = view["teams"].as_array().expect("teams").iter().find(|row| row["name"] == "Süd").expect("there")["team"]
            .as_str()
            .expect("an id")
            .to_owned();
        let rules = json!([{ "prefix": SOUTH, "team": south }, { "prefix": "", "team": north }]);
        office.admin.call("work_set", json!({ "rules": rules, "deadlines": [3, 9, 14, 21] })).expect("rules");
        let staff: [(&'static str, &str); 5] = [("Nia", &north), ("Noa", &north), ("Nuri", &north), ("Sam", &south), ("Sol", &south)];
        let mut clerks: Vec<(&'static str, Desk)> = staff.iter().map(|(name, team)| (*name, office.join(name, &["clerk"], &[team]))).collect();
        for _ in 0..3 {
            clerks.iter_mut().for_each(|(_, clerk)| contact(clerk));
            contact(&mut office.admin);
        }
        let leader = office.join("Lena", &["team_leader"], &[&north]);
        office.join("Luis", &["team_leader"], &[&south]);
        let mut second_admin = office.join("Ben", &["admin"], &[]);
        let shares = json!([office.root_shares[0], office.root_shares[1]]);
        second_admin.call("certify", json!({ "shares": shares, "instead_of": null })).expect("two shares");
        let mut inside = office.join("Kim", &["counsellor"], &[]);
        office.join_at(&mut inside, "Lea", &["counsellor"], &[]);
        let outside = office.join("Mia", &["case_manager"], &[]);
        Self { office, book: Book::default(), inside, outside, clerks, leader, second_admin, north, south, absent: None, undone: 0, forwarded: 0 }
    }

    /// The device inside, with Kim or Lea before it.
    fn inside(&mut self, name: &str) -> &mut Desk {
        self.inside.sit_down(name).expect("unlocked");
        &mut self.inside
    }

    /// A day at the table and on the way: households of two to six, of both teams.
    fn ask(&mut self, day: usize) {
        for (at, members) in [2 + day % 5, 4, 2 + (day + 3) % 4].into_iter().enumerate() {
            if at == 2 && day > 13 {
                // Mia is gone.
                continue;
            }
            let prefix = if (day + at).is_multiple_of(3) { SOUTH } else { NORTH };
            let backlog = self.book.unit(prefix, members);
            if at == 2 {
                seal(&mut self.outside, &backlog);
            } else {
                seal(self.inside(["Kim", "Lea"][at]), &backlog);
            }
        }
    }

    /// Who took a form back, does so the day after: at the table, before anybody entered it.
    fn take_back(&mut self, known: &mut BTreeSet<String>) {
        let due: Vec<String> = self.book.customers.iter().filter(|(_, who)| who.fate == Fate::Withdrawn).map(|(number, _)| number.clone()).collect();
        for number in due {
            if known.contains(&number) {
                continue;
            }
            let begin = json!({ "number": { "first": number, "again": number }, "label": "", "asking": "to_person", "withdraw": true });
            let whose = match self.inside("Kim").call("change_begin", begin) {
                Ok(whose) => whose,
                // It lies sealed on another device still.
                Err(refused) if refused.to_string().contains(" nothing_to_change ") => continue,
                Err(other) => panic!("{other}"),
            };
            known.insert(number);
            self.inside("Kim").call("unit_finalise", json!({ "unit": whose["unit"], "left_out": [] })).expect("sealed");
        }
    }

    /// Questions that wait for whoever sits there.
    fn answer(desk: &mut Desk, book: &mut Book) {
        let waiting = desk.call("notes", Value::Null).expect("what waits")["rows"].as_array().expect("rows").clone();
        for row in waiting {
            let reply = match row["kind"].as_str().expect("a kind") {
                "number_unknown" => {
                    let number = right(row["number"].as_str().expect("the one in the form"));
                    json!({ "record": row["record"], "note": row["note"], "reply": "number", "number": { "first": number, "again": number } })
                }
                "contradictory" => json!({ "record": row["record"], "note": row["note"], "reply": "withdraw", "number": null }),
                _ => json!({ "record": row["record"], "note": row["note"], "reply": "read", "number": null }),
            };
            assert_ne!(book.of(row["number"].as_str().expect("a number")).fate, Fate::Plain);
            desk.call("note_answer", reply).expect("answered");
        }
    }

    fn answer_all(&mut self) {
        for name in ["Kim", "Lea"] {
            self.inside.sit_down(name).expect("unlocked");
            Self::answer(&mut self.inside, &mut self.book);
        }
    }

    /// Each clerk who is there goes through her queue.
    fn enter(&mut self) {
        for (name, clerk) in &mut self.clerks {
            if self.absent == Some(*name) {
                continue;
            }
            for row in rows(clerk) {
                if row["due"].is_null()
                    && row["question"] != "asked"
                    && (row["state"] == "assigned" || row["state"] == "opened" || row["state"] == "held")
                {
                    enter_one(clerk, &row, &mut self.book, &mut self.undone, &mut self.forwarded);
                }
            }
        }
    }

    fn demand_rows(&mut self) -> Vec<Value> {
        self.clerks.iter_mut().filter(|(name, _)| self.absent != Some(*name)).flat_map(|(_, clerk)| rows(clerk)).collect()
    }
}

fn enter_one(clerk: &mut Desk, row: &Value, book: &mut Book, undone: &mut u32, forwarded: &mut u32) {
    let record = json!({ "record": row["record"] });
    let view = match clerk.call("record_open", record.clone()) {
        Ok(view) => view,
        Err(refused) if refused.to_string().contains(": other_team ") => {
            let went = clerk.call("record_forward", record).expect("forwarded");
            *forwarded += u32::try_from(went["forms"].as_u64().expect("a count")).expect("few");
            return;
        }
        // Replaced or forwarded with the one before it.
        Err(refused) if [" superseded ", " elsewhere ", " already_entered "].iter().any(|code| refused.to_string().contains(code)) => return,
        Err(other) => panic!("{other}"),
    };
    let number = view["customer_number"].as_str().expect("a number").to_owned();
    if view["hold"] == "known_customer" || view["question"] == "withdrawn" {
        clerk.call("record_discard", record).expect("destroyed without entry");
        book.of(&number).discarded += 1;
        return;
    }
    let fate = book.of(&number).fate;
    let reason = match fate {
        Fate::WrongNumber if view["number_corrected"] != true => Some("number_unknown"),
        Fate::Contradictory => Some("contradictory"),
        _ => None,
    };
    if let Some(reason) = reason {
        clerk.call("record_problem", json!({ "record": row["record"], "reason": reason })).expect("asked");
        return;
    }
    if fate == Fate::Withdrawn && view["replaces"].is_null() {
        // Read, and left for the next day: what replaces it comes.
        return;
    }
    book.demand_said(&view);
    let in_grace = number.ends_with('3');
    clerk.call("record_confirm", json!({ "record": row["record"], "at_once": !in_grace })).expect("confirmed");
    if number.ends_with("13") {
        clerk.call("record_undo", record.clone()).expect("taken back");
        clerk.call("record_open", record).expect("once more");
        clerk.call("record_confirm", json!({ "record": row["record"], "at_once": true })).expect("confirmed");
        *undone += 1;
    }
    book.of(&number).entered += 1;
}

/// What lies in a backup under the first key of a team.
fn under_first_key(backup: &Path, team: &str) -> Vec<Vec<u8>> {
    let of_team = |bytes: &Vec<u8>| {
        let key = Envelope::decode(bytes).and_then(|envelope| envelope.key()).expect("an envelope");
        key.0.to_string() == team && key.1 == 1
    };
    Mailbox::read(backup).expect("the backup is whole").envelopes.into_iter().filter(of_team).collect()
}

fn copied(from: &Path, to: &Path) {
    std::fs::create_dir(to).expect("a folder");
    std::fs::set_permissions(to, std::fs::metadata(from).expect("there").permissions()).expect("private");
    for entry in std::fs::read_dir(from).expect("there") {
        let entry = entry.expect("an entry");
        if entry.file_type().expect("a type").is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
        }
    }
}

#[test]
fn a_month_loses_and_doubles_nothing_and_its_backups_open_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut month = Month::begin(folder.path());
    let (mut taken_back, mut backup, mut known) = (BTreeSet::new(), None, None);
    for day in 0..20_usize {
        month.office.next_day();
        month.ask(day);
        match day {
            2 => seal(month.inside("Lea"), &Book::again("123A000001", "12345BG9000001")),
            4 => set_absent(&mut month, Some("Noa")),
            8 => set_absent(&mut month, None),
            6 => {
                // A part of the north is the south's from today on; what was sealed for the north is forwarded.
                let moved = ["12345BG000005", "12345BG000006", "12345BG000007", SOUTH].map(|prefix| json!({ "prefix": prefix, "team": month.south }));
                let rules = [&moved[..], &[json!({ "prefix": "", "team": month.north })]].concat();
                month.office.admin.call("work_set", json!({ "rules": rules, "deadlines": [3, 9, 14, 21] })).expect("rules");
            }
            9 => {
                drop(deliver(&mut month.inside));
                backup = Some(month.office.back_up("backup"));
                let copy = month.office.place("Nia then");
                copied(&month.office.place("Nia"), &copy);
                known = Some(copy);
                month.office.admin.call("team_key_renew", json!({ "team": month.north })).expect("asked for");
            }
            13 => {
                let mia = month.office.member("Mia");
                month.office.admin.call("revoke", json!({ "member": mia })).expect("revoked");
            }
            _ => {}
        }
        if day > 13 {
            // What lies sealed on Mia's laptop comes still.
            if day == 16 {
                assert!(deliver(&mut month.outside)["held"].as_u64() > Some(0), "for a clerk to decide");
            }
        } else if day % 3 == 2 {
            deliver(&mut month.outside);
        }
        if day % 2 == 0 || day == 9 {
            month.take_back(&mut taken_back);
            drop(deliver(&mut month.inside));
        }
        for _ in 0..2 {
            month.clerks.iter_mut().for_each(|(_, clerk)| contact(clerk));
            contact(&mut month.office.admin);
        }
        month.enter();
        month.answer_all();
        if day < 13 {
            Month::answer(&mut month.outside, &mut month.book);
        }
        if day == 12 {
            destroy_first_key(&mut month);
        }
    }
    settle(&mut month, &mut taken_back);
    account(&mut month);
    nothing_opens(month, &backup.expect("taken"), &known.expect("taken"));
}

fn set_absent(month: &mut Month, who: Option<&'static str>) {
    let member = month.office.member("Noa");
    let until = who.map(|_| month.office.clock.now().0 + 9 * DAY);
    let clerk = json!({ "member": member, "weight": 100, "absent_until": until });
    month.leader.call("distribution_set", json!({ "team": month.north, "by_hand": null, "clerks": [clerk] })).expect("set");
    month.absent = who;
}

/// Everything is delivered and looked at until nothing moves any more.
fn settle(month: &mut Month, taken_back: &mut BTreeSet<String>) {
    month.take_back(taken_back);
    drop(deliver(&mut month.inside));
    for _ in 0..4 {
        month.office.next_day();
        month.clerks.iter_mut().for_each(|(_, clerk)| contact(clerk));
        month.enter();
        month.answer_all();
        // What is in its grace is destroyed by the endpoint, which looks every two seconds of real time.
        std::thread::sleep(std::time::Duration::from_secs(3));
    }
}

fn destroy_first_key(month: &mut Month) {
    std::thread::sleep(std::time::Duration::from_secs(3));
    month.clerks.iter_mut().for_each(|(_, clerk)| contact(clerk));
    let args = json!({ "team": month.north, "epoch": 1, "without_devices": true });
    // Mia's laptop may hold something under it: two administrators have to want it, and she delivers first.
    deliver(&mut month.outside);
    month.clerks.iter_mut().for_each(|(_, clerk)| contact(clerk));
    month.office.admin.call("team_key_destroy", args.clone()).expect("wanted");
    contact(&mut month.second_admin);
    month.second_admin.call("team_key_destroy", args).expect("destroyed");
    contact(&mut month.office.admin);
    let north = month.north.clone();
    assert_eq!(month.office.team(&north)["keys"][1]["state"], "destroyed");
    month.clerks.iter_mut().for_each(|(_, clerk)| contact(clerk));
}

/// Every form is entered exactly once, or destroyed unread or on somebody's word, or waits where somebody sees it.
fn account(month: &mut Month) {
    let waiting = month.demand_rows();
    let asked: Vec<&Value> = waiting.iter().filter(|row| row["question"] == "asked").collect();
    assert_eq!(asked.len(), waiting.len(), "what waits, waits for an answer of somebody who is gone: {waiting:?}");
    let mut open = 0;
    for (number, customer) in &month.book.customers {
        match (customer.fate, customer.entered) {
            (Fate::Contradictory, 0) if customer.discarded == 1 => {}
            (Fate::Contradictory | Fate::WrongNumber, 0) => open += 1,
            (Fate::Plain | Fate::WrongNumber | Fate::Withdrawn, 1) => {}
            other => panic!("{other:?}, discarded {} times, of number {}", customer.discarded, &number[6..]),
        }
    }
    assert_eq!(open, asked.len(), "each form that is not entered stands in a queue");
    assert!(
        month.book.customers.len() >= 200 && month.undone > 0 && month.forwarded > 0,
        "{} {} {}",
        month.book.customers.len(),
        month.undone,
        month.forwarded
    );
    let count = |fate| month.book.customers.values().filter(|customer| customer.fate == fate).count();
    assert!(count(Fate::WrongNumber) > 3 && count(Fate::Contradictory) > 2 && count(Fate::Withdrawn) > 3);
    assert_eq!(month.book.of("123A000001").discarded, 1, "asked twice, entered once");
    let file = endpoint::audit_file(&month.office.data(), &SystemClock).expect("the log");
    let mut devices: Vec<&mut dyn Caller> = vec![&mut month.outside, &mut month.inside];
    devices.extend(month.clerks.iter_mut().map(|(_, clerk)| clerk as &mut dyn Caller));
    let audit = demand_fits(file, &mut devices).expect("every copy that was destroyed is in a ledger");
    assert_eq!((audit.ledgers, audit.waiting), (7, waiting.len()));
    assert_eq!(audit.stored, audit.destroyed + audit.waiting);
}

/// A backup from before the key was destroyed opened with a clerk's own key, and opens with nobody's any more.
fn nothing_opens(month: Month, backup: &Path, then: &Path) {
    // Who made the key: nobody knows more of it.
    let (north, place) = (month.north.clone(), month.office.place("Nia"));
    let envelopes = under_first_key(backup, &north);
    assert!(!envelopes.is_empty(), "something waited under the old key");
    assert!(opens(&envelopes, &seeds_on_device(then)), "with a clerk's own key, as her device was then");
    let Month { office, inside, outside, clerks, leader, second_admin, .. } = month;
    drop((inside, outside, clerks, leader, second_admin));
    drop(office.close());
    assert!(!opens(&envelopes, &seeds_on_device(&place)), "with what is left on her device");
}
