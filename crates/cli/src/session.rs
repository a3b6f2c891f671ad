//! `bogen session`: commands from stdin, one JSON object per line, in one process that keeps the user unlocked.

use std::path::Path;
use std::sync::Arc;

use commands::api::Nothing;
use commands::{App, Command, CommandError, ErrorCode};
use serde_json::{Value, json};
use tokio::sync::mpsc::{Receiver, channel};
use zeroize::Zeroizing;

use crate::exit::Exit;
use crate::input::{self, Input};
use crate::printer::Printer;

/// A line of stdin; None if it was too long.
type Line = Option<Zeroizing<Vec<u8>>>;

/// Answers every line until stdin ends or nobody reads the replies. Carries out errands of other processes meanwhile.
///
/// `_input` is handed in so that nobody else reads stdin any more.
pub async fn run(app: App, folder: &Path, _input: Input, printer: &Printer) -> Exit {
    let app = Arc::new(app);
    let errands = match commands::serve(Arc::clone(&app), folder) {
        Ok(errands) => Some(tokio::spawn(errands)),
        Err(error) => {
            printer.err(format!("bogen: cannot listen for handovers ({}); other commands will wait for the end of this session.", error.kind()));
            None
        }
    };
    let mut lines = read_lines();
    let mut heard = printer.json(&json!({ "event": "ready" }));
    while heard {
        let Some(line) = next_line(&app, &mut lines).await else { break };
        if line.as_ref().is_some_and(|line| line.trim_ascii().is_empty()) {
            continue;
        }
        heard = printer.json(&answer(&app, line).await);
    }
    if let Some(errands) = errands {
        errands.abort();
    }
    Exit::Done
}

/// The next line; locks the app while none comes for too long.
async fn next_line(app: &App, lines: &mut Receiver<Line>) -> Option<Line> {
    if let Some(patience) = app.lock_patience() {
        match tokio::time::timeout(patience, lines.recv()).await {
            Ok(line) => return line,
            // Locked even if a disk failed then.
            Err(_) => drop(app.run(Command::Lock(Nothing {})).await),
        }
    }
    lines.recv().await
}

async fn answer(app: &App, line: Line) -> Value {
    // The parser's message may quote the line, and the line may hold anything: it is not passed on.
    let command = line.and_then(|line| serde_json::from_slice::<Command>(&line).ok());
    let result = match command {
        Some(command) => app.run(command).await,
        None => Err(CommandError::new(ErrorCode::BadArguments)),
    };
    match result {
        Ok(reply) => json!({ "ok": reply }),
        Err(error) => json!({ "error": error }),
    }
}

/// Reads stdin in a thread of its own: reading blocks, and must not hold up errands.
fn read_lines() -> Receiver<Line> {
    let (send, lines) = channel(1);
    std::thread::spawn(move || {
        while let Ok(Some(line)) = input::session_line() {
            if send.blocking_send(line).is_err() {
                return;
            }
        }
    });
    lines
}
