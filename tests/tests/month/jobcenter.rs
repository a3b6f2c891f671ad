//! An office whose time is in our hands: the endpoint runs in this process with the same clock as every app.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clock::{Clock, MockClock, SystemClock};
use commands::KdfCost;
use endpoint::config::Config;
use endpoint::{RunningEndpoint, ServeOptions};
use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::seat::PASSPHRASE;
use tokio::runtime::Runtime;

/// A day, in seconds.
pub const DAY: u64 = 24 * 3600;

/// The office.
pub struct Jobcenter {
    pub clock: Arc<MockClock>,
    pub admin: Desk,
    /// As they were shown for paper.
    pub root_shares: Value,
    runtime: Runtime,
    endpoint: RunningEndpoint,
    folder: PathBuf,
}

impl Jobcenter {
    /// Founds it below `folder`, today.
    pub fn found(folder: &Path) -> Self {
        let clock = Arc::new(MockClock::at(SystemClock.now()));
        let runtime = Runtime::new().expect("a runtime");
        let data = folder.join("endpoint");
        endpoint::init(&data, &["127.0.0.1".to_owned()]).expect("an endpoint");
        let config = Config { listen: ([127, 0, 0, 1], 0).into(), ..Config::default() };
        let options = ServeOptions { data_dir: data, config, clock: Arc::clone(&clock) as Arc<dyn Clock> };
        let endpoint = runtime.block_on(endpoint::serve(options)).expect("serves");
        let mut admin = open(&folder.join("Ada"), &clock);
        let code = endpoint.founding_code.as_ref().expect("not founded yet").to_string();
        let args = json!({
            "url": format!("https://{}", endpoint.addr), "code": code, "office_name": "Jobcenter Monat", "admin_name": "Ada", "passphrase": PASSPHRASE,
            "demo": true,
        });
        let root_shares = admin.call("found_office", args).expect("founded")["root_shares"].clone();
        admin.call("contact", Value::Null).expect("a contact");
        Self { clock, admin, root_shares, runtime, endpoint, folder: folder.to_owned() }
    }

    /// Somebody joins on a device of their own.
    pub fn join(&mut self, name: &str, roles: &[&str], teams: &[&str]) -> Desk {
        let mut desk = open(&self.place(name), &self.clock);
        self.join_at(&mut desk, name, roles, teams);
        desk
    }

    /// Somebody joins on this device, whoever works with it already.
    pub fn join_at(&mut self, desk: &mut Desk, name: &str, roles: &[&str], teams: &[&str]) {
        let invited = self.admin.call("invite", json!({ "name": name, "roles": roles, "teams": teams })).expect("a ticket");
        desk.call("enrol", json!({ "ticket": invited["ticket"], "name": name, "passphrase": PASSPHRASE })).expect("redeemed");
        let view = self.admin.call("office", Value::Null).expect("the office");
        self.admin.call("approve", json!({ "member": view["waiting"][0]["member"] })).expect("approved");
        desk.call("contact", Value::Null).expect("a contact");
    }

    /// Id of somebody.
    pub fn member(&mut self, name: &str) -> Value {
        let view = self.admin.call("office", Value::Null).expect("the office");
        view["staff"].as_array().expect("staff").iter().find(|row| row["name"] == name).expect("in the directory")["member"].clone()
    }

    /// A team as an administrator sees it.
    pub fn team(&mut self, team: &str) -> Value {
        let view = self.admin.call("office", Value::Null).expect("the office");
        view["teams"].as_array().expect("teams").iter().find(|row| row["team"] == team).expect("there").clone()
    }

    /// Where somebody's vault lies.
    pub fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The endpoint's folder.
    pub fn data(&self) -> PathBuf {
        self.folder.join("endpoint")
    }

    /// A copy of the endpoint's database, as a backup has it.
    pub fn back_up(&self, name: &str) -> PathBuf {
        let folder = self.folder.join(name);
        std::fs::create_dir(&folder).expect("a folder");
        let sql = rusqlite::Connection::open(self.data().join("mailbox.sqlite")).expect("the database");
        sql.execute("VACUUM INTO ?1", [folder.join("mailbox.sqlite").to_str().expect("a path")]).expect("a copy");
        folder
    }

    /// A day goes by.
    pub fn next_day(&self) {
        self.clock.advance(DAY);
    }

    /// Stops the endpoint.
    pub fn close(self) -> Desk {
        let Self { runtime, endpoint, admin, .. } = self;
        runtime.block_on(endpoint.shutdown());
        admin
    }
}

fn open(place: &Path, clock: &Arc<MockClock>) -> Desk {
    let cost = KdfCost::new(64 * 1024, 1, 1).expect("a cost");
    Desk::open_with(place, Arc::clone(clock) as Arc<dyn Clock>, Some(cost)).expect("an app")
}
