//! Errands over the real socket, with the app's answers replaced.

use std::os::unix::fs::{FileTypeExt, PermissionsExt};

use tempfile::TempDir;
use tokio::net::UnixStream;

use super::*;

async fn sync_done(errand: Errand) -> Result<Value, CommandError> {
    match errand {
        Errand::Sync => Ok(json!({ "end": "done" })),
        Errand::Status => Err(CommandError::new(ErrorCode::Internal).with("what", "test")),
    }
}

fn hold(data_dir: &Path) -> tokio::task::JoinHandle<()> {
    let listener = Listener::bind(data_dir).expect("listens");
    tokio::spawn(serve_with(listener, sync_done))
}

async fn raw(data_dir: &Path, bytes: &[u8]) -> String {
    let mut connection = UnixStream::connect(data_dir.join("handover.sock")).await.expect("connects");
    connection.write_all(bytes).await.expect("writes");
    let mut reply = String::new();
    // A refused over-long line may end in a reset instead of an end.
    let _ = connection.read_to_string(&mut reply).await;
    reply
}

#[tokio::test]
async fn an_errand_is_carried_out_by_the_holder() {
    let folder = TempDir::new().expect("folder");
    let holder = hold(folder.path());
    let reply = request(folder.path(), "sync").await.expect("somebody listens");
    assert_eq!(reply.expect("done"), json!({ "end": "done" }));
    let refused = request(folder.path(), "status").await.expect("somebody listens").expect_err("an error crosses");
    assert_eq!((refused.code, refused.params["what"].as_str()), (ErrorCode::Internal, "test"));
    holder.abort();
}

#[tokio::test]
async fn nobody_listening_is_no_error() {
    let folder = TempDir::new().expect("folder");
    assert!(request(folder.path(), "sync").await.is_none());
}

#[tokio::test]
async fn the_socket_of_a_dead_holder_is_replaced_and_another_file_is_not() {
    let folder = TempDir::new().expect("folder");
    drop(Listener::bind(folder.path()).expect("first holder"));
    assert!(request(folder.path(), "sync").await.is_none(), "a stale socket is nobody");
    let holder = hold(folder.path());
    assert!(request(folder.path(), "sync").await.is_some());
    holder.abort();

    let other = TempDir::new().expect("folder");
    std::fs::write(other.path().join("handover.sock"), "keep me").expect("writes");
    assert!(Listener::bind(other.path()).is_err());
    assert_eq!(std::fs::read_to_string(other.path().join("handover.sock")).expect("reads"), "keep me");
}

#[tokio::test]
async fn only_this_account_reaches_the_socket() {
    let folder = TempDir::new().expect("folder");
    let holder = hold(folder.path());
    let found = std::fs::symlink_metadata(folder.path().join("handover.sock")).expect("is there");
    assert!(found.file_type().is_socket());
    assert_eq!(found.permissions().mode() & 0o777, 0o600);
    holder.abort();
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_deep_data_directory_works_too() {
    let folder = TempDir::new().expect("folder");
    let deep = folder.path().join("d".repeat(120)).join("e".repeat(120));
    std::fs::create_dir_all(&deep).expect("makes");
    let holder = hold(&deep);
    assert!(request(&deep, "sync").await.is_some());
    assert!(deep.join("handover.sock").exists(), "the socket lies in the data directory");
    holder.abort();
}

#[tokio::test]
async fn everything_but_the_two_errands_is_refused() {
    let folder = TempDir::new().expect("folder");
    let holder = hold(folder.path());
    let bad = "{\"error\":{\"code\":\"bad_arguments\",\"params\":{}}}\n";
    for line in [
        &b"{\"command\":\"unlock\"}\n"[..],
        b"{\"command\":\"unit_list\",\"args\":{}}\n",
        b"{\"command\":\"sync\",\"args\":{}}\n",
        b"{\"command\":\"sync\",\"command\":\"status\"}\n",
        b"\xff\xfe\n",
        b"\n",
    ] {
        assert_eq!(raw(folder.path(), line).await, bad);
    }
    let mut long = vec![b' '; 2000];
    long.extend_from_slice(b"{\"command\":\"sync\"}\n");
    assert_eq!(raw(folder.path(), &long).await, "", "over-long lines are not answered");
    assert!(request(folder.path(), "sync").await.is_some(), "and the holder goes on");
    holder.abort();
}

#[tokio::test]
async fn silent_peers_do_not_keep_others_out() {
    let folder = TempDir::new().expect("folder");
    let holder = hold(folder.path());
    let mut silent = Vec::new();
    for _ in 0..CONVERSATIONS {
        silent.push(UnixStream::connect(folder.path().join("handover.sock")).await.expect("connects"));
    }
    assert!(request(folder.path(), "sync").await.is_some());
    holder.abort();
}
