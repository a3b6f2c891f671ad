//! The program itself: what it prints, how it ends, and that a kill loses nothing that was acknowledged.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use protocol::api::{DeliverOutcome, DeliverReply, DeliverRequest, DirectoryReply, Reply};
use protocol::limits::MAX_RESPONSE_BYTES;
use protocol::{from_cbor, to_cbor};
use tokio::sync::Mutex;

use crate::rig::{ADMIN, Client, DEVICE, Form, device, form, found, member};

fn program(arguments: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bogen-endpoint"));
    command.args(arguments).arg("--data").arg(data).stdout(Stdio::piped()).stderr(Stdio::piped()).env("RUST_LOG", "info");
    command
}

fn run(arguments: &[&str], data: &Path) -> Output {
    program(arguments, data).output().unwrap()
}

/// A server process; killed when dropped.
struct Process {
    child: Child,
    line: serde_json::Value,
}

impl Process {
    fn start(data: &Path) -> Self {
        let mut child = program(&["serve", "--plain-http", "--listen", "127.0.0.1:0"], data).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, line: serde_json::from_str(&line).unwrap() }
    }

    fn url(&self) -> String {
        self.line["url"].as_str().unwrap().to_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Gone already, if the test killed it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_says_what_it_is_and_ends_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let initialised: serde_json::Value = serde_json::from_slice(&run(&["init"], &data).stdout).unwrap();
    let identity: serde_json::Value = serde_json::from_slice(&run(&["identity"], &data).stdout).unwrap();
    assert_eq!(initialised, identity);
    assert!(identity["founding_code"].as_str().unwrap().starts_with("bogen-f1-"));
    let mut process = Process::start(&data);
    assert_eq!(process.line["receipt_key"], identity["receipt_key"]);
    assert_eq!(process.line["founding_code"], identity["founding_code"]);
    assert_ne!(process.line["port"], 0);
    assert_eq!(run(&["serve"], &data).status.code(), Some(4), "another process works with it");
    let terminated = Command::new("kill").args(["-TERM", &process.child.id().to_string()]).status().unwrap();
    assert!(terminated.success());
    assert_eq!(process.child.wait().unwrap().code(), Some(0));
}

#[test]
fn exit_codes_say_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    assert_eq!(run(&["serve"], &data).status.code(), Some(3), "not initialised");
    assert_eq!(run(&["serve", "--wrong"], &data).status.code(), Some(2));
    assert_eq!(run(&["init"], &data).status.code(), Some(0));
    assert_eq!(run(&["init"], &data).status.code(), Some(3), "there already");
    assert_eq!(run(&["serve", "--plain-http", "--listen", "0.0.0.0:0"], &data).status.code(), Some(5), "plain HTTP beyond loopback");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert_eq!(run(&["serve", "--listen", &address], &data).status.code(), Some(6));
    std::fs::write(data.join("endpoint.toml"), "listne = 1").unwrap();
    assert_eq!(run(&["serve"], &data).status.code(), Some(5));
    std::fs::remove_file(data.join("endpoint.toml")).unwrap();
    std::fs::write(data.join("mailbox.sqlite"), vec![7; 8192]).unwrap();
    assert_eq!(run(&["serve", "--listen", "127.0.0.1:0"], &data).status.code(), Some(7), "no database");
}

#[test]
fn the_log_names_records_and_no_contents() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    run(&["init"], &data);
    let mut child = program(&["serve", "--plain-http", "--listen", "127.0.0.1:0"], &data).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    let form = form();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let client = Client::new(line["url"].as_str().unwrap().to_owned(), None);
        let mut office = found(&client, line["founding_code"].as_str().unwrap()).await;
        let _: DirectoryReply = client.post(&member(ADMIN), "/v1/directory", &office.everybody()).await.unwrap();
        let request = DeliverRequest { envelopes: vec![form.bytes().into()] };
        let _: DeliverReply = client.post(&device(DEVICE), "/v1/records", &request).await.unwrap();
    });
    child.kill().unwrap();
    child.wait().unwrap();
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(log.contains(&form.record().to_string()) && log.contains("device:21212121"), "who and which record");
    for secret in [line["founding_code"].as_str().unwrap(), &hex::encode(form.header.customer_tag.0), &hex::encode(form.header.unit_tag.0), "Clara"] {
        assert!(!log.contains(secret));
    }
}

/// Delivers one batch after another until the connection breaks; what was acknowledged, is remembered.
async fn load(client: Arc<Client>, acknowledged: Arc<Mutex<Vec<(Form, DeliverOutcome)>>>, count: Arc<AtomicUsize>) {
    loop {
        let forms: Vec<Form> = (0..8).map(|_| form()).collect();
        let body = to_cbor(&DeliverRequest { envelopes: forms.iter().map(|form| form.bytes().into()).collect() });
        let Ok(answer) = client.signed(&device(DEVICE), "POST", "/v1/records", body).await else { return };
        assert_eq!(answer.problem, None);
        let reply: Reply = from_cbor(&answer.body, MAX_RESPONSE_BYTES).unwrap();
        let reply: DeliverReply = from_cbor(&reply.body, MAX_RESPONSE_BYTES).unwrap();
        count.fetch_add(forms.len(), Ordering::SeqCst);
        acknowledged.lock().await.extend(forms.into_iter().zip(reply.outcomes));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_under_load_loses_nothing_that_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    run(&["init"], &data);
    let mut process = Process::start(&data);
    let client = Client::new(process.url(), None);
    let mut office = found(&client, process.line["founding_code"].as_str().unwrap()).await;
    let _: DirectoryReply = client.post(&member(ADMIN), "/v1/directory", &office.everybody()).await.unwrap();
    let acknowledged = Arc::default();
    for round in 1..=4 {
        let count = Arc::new(AtomicUsize::new(0));
        let loaded = Arc::new(Client::new(process.url(), None));
        let loads: Vec<_> = (0..4).map(|_| tokio::spawn(load(Arc::clone(&loaded), Arc::clone(&acknowledged), Arc::clone(&count)))).collect();
        // In the middle of the load, not at a time: after some batches of this round were acknowledged.
        while count.load(Ordering::SeqCst) < 30 * round {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        process.child.kill().unwrap();
        process.child.wait().unwrap();
        for load in loads {
            load.await.unwrap();
        }
        process = Process::start(&data);
    }
    let mut client = client;
    client.base = process.url();
    let acknowledged = acknowledged.lock().await;
    for batch in acknowledged.chunks(100) {
        let request = DeliverRequest { envelopes: batch.iter().map(|(form, _)| form.bytes().into()).collect() };
        let reply: DeliverReply = client.post(&device(DEVICE), "/v1/records", &request).await.unwrap();
        let before: Vec<&DeliverOutcome> = batch.iter().map(|(_, outcome)| outcome).collect();
        assert_eq!(reply.outcomes.iter().collect::<Vec<_>>(), before, "every acknowledged record, with the receipt it got then");
    }
}
