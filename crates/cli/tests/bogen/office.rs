//! Whole commands in a founded office, with a real endpoint.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use crate::device::Device;
use crate::program::{Session, bogen, error_code, run, stderr, stdout};
use clock::SystemClock;
use endpoint::config::Config;
use endpoint::{RunningEndpoint, ServeOptions};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub const PASSPHRASE: &str = "drei kleine graue Schafe";

/// An office with one administrator, on one device.
pub struct Office {
    runtime: Runtime,
    endpoint: RunningEndpoint,
    founded: String,
    data: TempDir,
}

impl Office {
    pub fn found() -> Self {
        let runtime = Runtime::new().expect("runtime");
        let data = TempDir::new().expect("folder");
        let dir = data.path().join("endpoint");
        endpoint::init(&dir, &["127.0.0.1".to_owned()]).expect("makes an endpoint");
        let config = Config { listen: ([127, 0, 0, 1], 0).into(), ..Config::default() };
        let options = ServeOptions { data_dir: dir, config, clock: Arc::new(SystemClock) };
        let endpoint = runtime.block_on(endpoint::serve(options)).expect("serves");
        let code = endpoint.founding_code.as_ref().expect("not founded yet").to_string();
        let url = format!("https://{}", endpoint.addr);
        let input = format!("{PASSPHRASE}\n{code}\n");
        let arguments = ["found", &url, "--office", "Jobcenter Musterstadt", "--admin", "Erika Muster", "--demo", "--passphrase-stdin"];
        let output = run(bogen(&data.path().join("vault")).args(arguments), &input);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        Self { runtime, endpoint, founded: stdout(&output), data }
    }

    fn vault(&self) -> PathBuf {
        self.data.path().join("vault")
    }

    /// The folder of another device.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.data.path().join(name)
    }

    /// Runs a command as the administrator, with JSON replies.
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        run(self.command().args(arguments), &format!("{PASSPHRASE}\n{input}"))
    }

    fn command(&self) -> Command {
        let mut command = bogen(&self.vault());
        command.args(["--json", "--passphrase-stdin"]);
        command
    }

    pub fn reply(&self, arguments: &[&str], input: &str) -> Value {
        let output = self.run(arguments, input);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
        serde_json::from_str(&stdout(&output)).expect("JSON")
    }

    fn stop_endpoint(self) -> (TempDir, PathBuf) {
        self.runtime.block_on(self.endpoint.shutdown());
        let vault = self.data.path().join("vault");
        (self.data, vault)
    }
}

fn status(vault: &Path) -> Value {
    let output = run(bogen(vault).args(["status", "--json"]), "");
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

#[test]
fn founding_shows_the_root_on_paper_and_keeps_nothing_of_it() {
    let office = Office::found();
    assert!(office.founded.contains("Share 3:"), "three shares");
    let status = status(&office.vault());
    assert_eq!((&status["office"], &status["demo"]), (&json!("Jobcenter Musterstadt"), &json!(true)));
    let text = stdout(&run(bogen(&office.vault()).arg("status"), ""));
    assert!(text.contains("demo: invented people only"), "{text}");
    for share in office.founded.lines().filter(|line| line.len() > 60 && !line.contains(' ')) {
        for file in std::fs::read_dir(office.vault()).expect("folder") {
            let bytes = std::fs::read(file.expect("file").path()).unwrap_or_default();
            assert!(!bytes.windows(40).any(|window| window == &share.as_bytes()[..40]));
        }
    }
}

#[test]
fn a_wrong_passphrase_is_exit_code_4_and_is_not_repeated() {
    let office = Office::found();
    let output = run(office.command().args(["unit", "list"]), "falsch geraten\n");
    assert_eq!((output.status.code(), error_code(&output).as_str()), (Some(4), "wrong_passphrase"));
    assert!(!stderr(&output).contains("geraten"));
}

#[test]
fn an_import_is_all_or_nothing_and_names_unit_and_member() {
    let office = Office::found();
    let counsellor = Device::join(&office, "Ina Integration", &["--role", "counsellor"]);
    let good = r#"{"unit":"12345BG0000001","members":[{"customer_number":"123A456789","label":"Kind 1","answers":{"german_nationality":"yes","born_outside":"no"}},{"customer_number":null,"answers":"declined"}]}"#;
    let bad = r#"{"unit":"12345BG0000002","members":[{"customer_number":"123A456781","answers":"declined"},{"customer_number":"12","answers":{"born_outside":"perhaps"}}]}"#;

    let refused = counsellor.run(&["import"], &format!("{good}\n{bad}\n"));
    assert_eq!(refused.status.code(), Some(1));
    let report: Value = serde_json::from_str(&stdout(&refused)).expect("JSON");
    assert_eq!((&report["units"], &report["issues"][0]["unit"], &report["issues"][0]["member"]), (&json!(0), &json!(2), &json!(2)));
    let text = run(bogen(&counsellor.vault).args(["import", "--passphrase-stdin"]), &format!("{PASSPHRASE}\n[{good},{bad}]"));
    assert!(stdout(&text).contains("unit 2, member 2: customer number invalid"), "{}", stdout(&text));
    assert!(!stdout(&text).contains("123A456781"), "no number is repeated");
    assert_eq!(counsellor.reply(&["unit", "list"], "")["all"], 0, "nothing was taken over");

    let unreadable = counsellor.run(&["import"], &format!("{good}\n{{\"unit\":\n"));
    assert_eq!((unreadable.status.code(), error_code(&unreadable).as_str()), (Some(1), "import_unreadable"));

    assert_eq!(counsellor.reply(&["import"], good)["members"], 2);
    let list = counsellor.reply(&["unit", "list", "--search"], "0000001\n");
    assert_eq!((&list["matching"], &list["rows"][0]["unchecked_import"]), (&json!(1), &json!(true)));
}

#[test]
fn a_form_is_answered_and_changed_by_single_commands() {
    let office = Office::found();
    let counsellor = Device::join(&office, "Ina Integration", &["--role", "counsellor"]);
    let unit = counsellor.reply(&["unit", "create"], "12345BG0000003\n\n");
    let unit = unit["unit"].as_str().expect("an id").to_owned();
    let view = counsellor.reply(&["member", "add", &unit, "--asking", "to-parent"], "123A456789\nKind 1\n");
    let member = view["members"][0]["member"].as_str().expect("an id").to_owned();

    let uninformed = counsellor.run(&["form", "answer", &unit, &member, "born_outside"], "no\n");
    assert_eq!((uninformed.status.code(), error_code(&uninformed).as_str()), (Some(1), "not_informed"));
    assert_eq!(counsellor.reply(&["form", "show", &unit, &member], "")["state"], "open", "nothing was saved");
    let form = counsellor.reply(&["form", "answer", &unit, &member, "born_outside", "--informed"], "no\n");
    assert_eq!(form["questions"][1]["answer"], "no");
    let form = counsellor.reply(&["form", "answer", &unit, &member, "german_nationality"], "yes\n");
    assert_eq!(form["questions"][0]["answer"], "yes", "begun, it goes on without");
    let wrong = counsellor.run(&["form", "answer", &unit, &member, "born_outside"], "vielleicht\n");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(!stderr(&wrong).contains("vielleicht"));

    let view = counsellor.reply(&["member", "change", &unit, &member, "--label"], "Kind 2\n");
    let card = &view["members"][0];
    assert_eq!((&card["label"], &card["number"], &card["asking"]), (&json!("Kind 2"), &json!("123A456789"), &json!("to_parent")), "the rest stays");
    let form = counsellor.reply(&["form", "show", &unit, &member], "");
    assert_eq!(form["questions"][1]["answer"], "no", "the answers too");

    let refused = counsellor.run(&["finalise", &unit], "");
    assert_eq!((refused.status.code(), error_code(&refused).as_str()), (Some(1), "not_checked"));
    assert_eq!(counsellor.run(&["unit", "discard", &unit, "--reason", "duplicate"], "").status.code(), Some(0));
    assert_eq!(counsellor.run(&["ledger", "verify"], "").status.code(), Some(0));
}

#[test]
fn a_delivery_handed_over_by_a_script_is_done_by_the_session() {
    let office = Office::found();
    let mut session = Session::start(&office.vault());
    let output = run(bogen(&office.vault()).args(["sync", "--json", "--wait", "0"]), "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let report: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(report["end"], "nothing");
    assert_eq!(session.ask(r#"{"command":"sync","args":{}}"#)["ok"]["end"], "nothing");
}

#[test]
fn a_state_handed_over_names_nobody() {
    let office = Office::found();
    let vault = office.vault();
    let alone = status(&vault);
    assert_eq!(alone["users"][0]["name"], "Erika Muster");
    let mut session = Session::start(&vault);
    let unlock = json!({ "command": "unlock", "args": { "user": alone["users"][0]["user"], "passphrase": PASSPHRASE } });
    assert!(session.ask(&unlock.to_string())["ok"]["session"].is_object());
    let output = run(bogen(&vault).args(["status", "--json", "--wait", "0"]), "");
    assert!(!stdout(&output).contains("Erika"), "{}", stdout(&output));
    let handed_over: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!((&handed_over["users"], &handed_over["session"]), (&json!([]), &json!(null)));
    assert_eq!((&handed_over["office"], &handed_over["counts"]["sealed"]), (&json!("Jobcenter Musterstadt"), &json!(0)), "the rest is told");
    let text = stdout(&run(bogen(&vault).args(["status", "--wait", "0"]), ""));
    assert!(text.lines().any(|line| line.starts_with("Users") && line.contains("not told")), "{text}");
}

#[test]
fn a_passphrase_is_changed_by_a_script() {
    const OTHER: &str = "vier ganz andere Schafe";
    let office = Office::found();
    let short = office.run(&["passphrase"], "kurz\n");
    assert_eq!((short.status.code(), error_code(&short).as_str()), (Some(1), "passphrase_too_short"));
    let missing = office.run(&["passphrase"], "");
    assert_eq!((missing.status.code(), error_code(&missing).as_str()), (Some(2), "bad_arguments"));
    office.reply(&["unit", "list"], "");

    office.reply(&["passphrase"], &format!("{OTHER}\n"));
    let old = office.run(&["unit", "list"], "");
    assert_eq!((old.status.code(), error_code(&old).as_str()), (Some(4), "wrong_passphrase"));
    let new = run(bogen(&office.vault()).args(["unit", "list", "--passphrase-stdin"]), &format!("{OTHER}\n"));
    assert_eq!(new.status.code(), Some(0), "{}", stderr(&new));
}

#[test]
fn an_endpoint_that_is_gone_is_exit_code_5() {
    let (_data, vault) = Office::found().stop_endpoint();
    let output = run(bogen(&vault).args(["contact", "--json", "--passphrase-stdin"]), &format!("{PASSPHRASE}\n"));
    assert_eq!((output.status.code(), error_code(&output).as_str()), (Some(5), "unreachable"));
    let text = run(bogen(&vault).args(["contact", "--passphrase-stdin"]), &format!("{PASSPHRASE}\n"));
    assert!(stderr(&text).contains("Nothing was lost"), "{}", stderr(&text));
}

/// Two sheets and nothing else: the passphrase in force is what nobody knows any more.
#[test]
fn two_shares_set_another_passphrase() {
    let office = Office::found();
    let shares: Vec<&str> = office.founded.split_whitespace().filter(|word| word.starts_with("bogen-r1-")).take(2).collect();
    assert_eq!(shares.len(), 2, "{}", office.founded);
    let two = format!("{}\n{}\n", shares[0], shares[1]);
    let new = "vier kleine graue Schafe";
    let recover = |task: &[&str], input: &str| run(bogen(&office.vault()).args([&["--json", "recover"], task].concat()), input);

    let drill = recover(&["drill"], &two);
    assert_eq!(drill.status.code(), Some(0), "{}", stderr(&drill));
    let report: Value = serde_json::from_str(&stdout(&drill)).expect("JSON");
    assert_eq!(report["rows"], json!([{ "name": "Erika Muster", "state": "opens" }]));
    let one_twice = recover(&["drill"], &format!("{0}\n{0}\n", shares[0]));
    assert_eq!(error_code(&one_twice), "root_shares");
    assert!(!stderr(&one_twice).contains(shares[0]) && !stdout(&one_twice).contains(shares[0]));

    let changed = recover(&["passphrase", "--user", "Erika Muster", "--passphrase-stdin"], &format!("{new}\n{two}"));
    assert_eq!(changed.status.code(), Some(0), "{}", stderr(&changed));
    let unlock = |passphrase: &str| run(office.command().args(["office", "show"]), &format!("{passphrase}\n"));
    assert_eq!(unlock(new).status.code(), Some(0));
    assert_eq!(error_code(&unlock(PASSPHRASE)), "wrong_passphrase");
}
