//! The demo office ends as a whole: nothing of it runs on, and nothing of it lies about, when somebody ends the demo in the middle.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use testkit::programs::path_of;

const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn a_signal_to_the_demo_ends_its_endpoint_and_deletes_its_data() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut demo = Command::new(path_of("bogen-demo").expect("it is built"))
        .arg("--headless")
        .env("TMPDIR", folder.path())
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut endpoint = None;
    wait_until("the endpoint serves", || {
        endpoint = children(demo.id()).into_iter().find(|child| serves(*child));
        endpoint.is_some()
    });
    let endpoint = endpoint.expect("it was found");

    let asked = Command::new("kill").args(["-TERM", &demo.id().to_string()]).status().expect("kill runs");
    assert!(asked.success());
    assert_eq!(demo.wait().expect("it ends").code(), Some(143), "it says that it was ended");
    wait_until("the endpoint has ended", || !serves(endpoint));
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0, "nothing lies about");
}

fn children(of: u32) -> Vec<u32> {
    let listing = Command::new("ps").args(["-o", "pid=", "--ppid", &of.to_string()]).output().expect("ps runs");
    String::from_utf8_lossy(&listing.stdout).split_whitespace().filter_map(|pid| pid.parse().ok()).collect()
}

/// Whether the process is an endpoint at work; one that has ended and nobody has buried yet has no command line.
fn serves(pid: u32) -> bool {
    let line = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("cmdline")).unwrap_or_default();
    line.contains("bogen-endpoint") && line.contains("serve")
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "{what}: not within {} seconds", PATIENCE.as_secs());
        std::thread::sleep(Duration::from_millis(20));
    }
}
