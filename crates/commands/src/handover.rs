//! One vault has one holder. While an app holds it, what needs nobody's passphrase is handed over to that app instead of waiting for the lock.
//!
//! The holder listens on a local socket inside the vault's folder; `bogen sync` and `bogen status` ask there. One JSON line each way:
//! `{"command":"sync"}`, then `{"ok":…}` or `{"error":{"code":…,"params":…}}`. Nothing else is accepted, so whoever reaches the socket can start a
//! delivery of sealed envelopes and read the state of the app and process counts, no more: names of staff, and who is unlocked, are left out. On Unix the
//! folder's mode (0700) and the socket's (0600) admit the same account only; a process of that account could read the vault's files anyway, so peer
//! credentials would add nothing.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::api::Nothing;
use crate::platform::{self, Connection, Listener};
use crate::{App, Command, CommandError, ErrorCode};

/// Bytes of a request line, its end included.
const REQUEST_LIMIT: u64 = 1024;
/// Bytes of a reply line: a delivery report names refused records one by one.
const REPLY_LIMIT: u64 = 4 * 1024 * 1024;
/// Time for a peer to say what it wants, or to take the reply.
const TALK_TIME: Duration = Duration::from_secs(2);
/// Time for the holder to carry an errand out; a large delivery over a slow line takes minutes.
const ERRAND_TIME: Duration = Duration::from_secs(15 * 60);
/// Conversations at the same time; more wait in the socket's backlog.
const CONVERSATIONS: usize = 4;
/// Pause after a failed accept (out of descriptors), so that the loop does not spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What may be handed over: commands that need nobody's passphrase.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Errand {
    Sync,
    Status,
}

impl Errand {
    fn command(self) -> Command {
        match self {
            Self::Sync => Command::Sync(Nothing {}),
            Self::Status => Command::Status(Nothing {}),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    command: Errand,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    Ok(Value),
    Error(CommandError),
}

/// Listens in the vault's folder at once, and replaces the socket of a holder that ended. The future carries out errands until dropped. Only the holder
/// of the vault may call this, inside a tokio runtime.
///
/// # Errors
/// The system's error if it cannot listen. The app works without: others then wait for the vault.
pub fn serve(app: Arc<App>, data_dir: &Path) -> io::Result<impl Future<Output = ()> + Send + use<>> {
    let listener = Listener::bind(data_dir)?;
    let answer = move |errand: Errand| {
        let app = Arc::clone(&app);
        async move { app.run(errand.command()).await.map(without_names) }
    };
    Ok(serve_with(listener, answer))
}

/// The reply to another process. Only a status has these entries.
fn without_names(mut reply: Value) -> Value {
    if let Some(entries) = reply.as_object_mut() {
        entries.entry("users").and_modify(|users| *users = json!([]));
        entries.entry("session").and_modify(|session| *session = Value::Null);
        // It names whoever unlocked last.
        entries.entry("pin").and_modify(|pin| *pin = Value::Null);
    }
    reply
}

/// Asks the holder of the vault in `data_dir` to run `sync` or `status`; it refuses other commands as `bad_arguments`.
///
/// None: nobody listens, or the holder ended before it replied. Repeating the request does no harm.
pub async fn request(data_dir: &Path, command: &str) -> Option<Result<Value, CommandError>> {
    let connection = timeout(TALK_TIME, platform::connect(data_dir)).await.ok()?.ok()?;
    let reply = timeout(ERRAND_TIME, ask(connection, command)).await.ok()?.ok()?;
    Some(match reply {
        Reply::Ok(value) => Ok(value),
        Reply::Error(error) => Err(error),
    })
}

async fn ask(mut connection: Connection, command: &str) -> io::Result<Reply> {
    connection.write_all(&line_of(&json!({ "command": command }))?).await?;
    let line = read_line(&mut connection, REPLY_LIMIT).await?;
    serde_json::from_slice(&line).map_err(io::Error::other)
}

async fn serve_with<A, F>(mut listener: Listener, answer: A)
where
    A: Fn(Errand) -> F + Clone + Send + 'static,
    F: Future<Output = Result<Value, CommandError>> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(CONVERSATIONS));
    // Dropped with this future, and the conversations with it.
    let mut running = JoinSet::new();
    loop {
        let place = Arc::clone(&places).acquire_owned().await.expect("invariant: nobody closes the semaphore");
        while running.try_join_next().is_some() {}
        let Ok(connection) = listener.accept().await else {
            sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let answer = answer.clone();
        running.spawn(async move {
            // A peer that went away is told nothing; its errand was carried out all the same.
            let _ = converse(connection, answer).await;
            drop(place);
        });
    }
}

async fn converse<A, F>(mut connection: Connection, answer: A) -> io::Result<()>
where
    A: Fn(Errand) -> F,
    F: Future<Output = Result<Value, CommandError>>,
{
    let line = timeout(TALK_TIME, read_line(&mut connection, REQUEST_LIMIT)).await??;
    let result = match serde_json::from_slice::<Request>(&line) {
        Ok(request) => answer(request.command).await,
        Err(_) => Err(CommandError::new(ErrorCode::BadArguments)),
    };
    let reply = result.map_or_else(Reply::Error, Reply::Ok);
    timeout(TALK_TIME, connection.write_all(&line_of(&reply)?)).await?
}

fn line_of<T: Serialize>(message: &T) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    Ok(line)
}

/// One line of at most `limit` bytes. A longer line, or an end before the line's, is an error.
async fn read_line(source: impl AsyncRead + Unpin, limit: u64) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    BufReader::new(source.take(limit)).read_until(b'\n', &mut line).await?;
    if line.last() == Some(&b'\n') { Ok(line) } else { Err(io::Error::from(io::ErrorKind::InvalidData)) }
}

#[cfg(all(test, unix))]
mod tests;
