//! The one place that prints. A thread of its own, so that no command waits for a slow terminal, and lines never mix.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use commands::{Event, Host};
use serde_json::Value;

/// What becomes of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Events {
    /// A progress line on stderr, rewritten in place on a terminal.
    Progress,
    /// Not shown.
    Hidden,
    /// JSON lines on stdout.
    JsonLines,
}

enum Job {
    Out(String),
    Err(String),
    Event(Event),
    End,
}

/// Takes lines and prints them in order.
pub struct Printer {
    jobs: Sender<Job>,
    thread: JoinHandle<io::Result<()>>,
}

/// The app's host: passes events to the printer.
struct Announcer(Sender<Job>);

impl Host for Announcer {
    fn emit(&self, event: Event) {
        // A printer that ended (closed pipe) is no reason to stop a delivery.
        let _ = self.0.send(Job::Event(event));
    }
}

impl Printer {
    /// Begins to print.
    pub fn start(events: Events) -> Self {
        let (jobs, received) = channel();
        let thread = std::thread::spawn(move || print_all(&received, events));
        Self { jobs, thread }
    }

    /// A host whose events this printer shows.
    pub fn host(&self) -> Arc<dyn Host> {
        Arc::new(Announcer(self.jobs.clone()))
    }

    /// Prints a text on stdout. False: nobody reads any more.
    pub fn out(&self, text: String) -> bool {
        self.jobs.send(Job::Out(text)).is_ok()
    }

    /// Prints a JSON line on stdout. False: nobody reads any more.
    pub fn json(&self, value: &Value) -> bool {
        self.out(value.to_string())
    }

    /// Prints a text on stderr.
    pub fn err(&self, text: String) {
        let _ = self.jobs.send(Job::Err(text));
    }

    /// Prints what is left and ends.
    ///
    /// # Errors
    /// Stdout could not be written: somebody may have missed something.
    pub fn finish(self) -> io::Result<()> {
        let _ = self.jobs.send(Job::End);
        self.thread.join().unwrap_or_else(|_| Err(io::Error::other("the printer stopped")))
    }
}

fn print_all(received: &Receiver<Job>, events: Events) -> io::Result<()> {
    let in_place = io::stderr().is_terminal();
    // Whether a progress line stands unfinished on the terminal.
    let mut pending = false;
    for job in received {
        if pending && !matches!(job, Job::Event(Event::SyncProgress { .. })) {
            to_stderr("\n");
            pending = false;
        }
        match job {
            Job::Out(text) => to_stdout(&text)?,
            Job::Err(text) => to_stderr(&format!("{text}\n")),
            Job::Event(event) if events == Events::JsonLines => to_stdout(&json_event(&event))?,
            Job::Event(Event::SyncProgress { done, total }) if events == Events::Progress => {
                to_stderr(&progress(done, total, in_place));
                pending = in_place;
            }
            Job::Event(_) => {}
            Job::End => break,
        }
    }
    Ok(())
}

fn progress(done: u32, total: u32, in_place: bool) -> String {
    if in_place { format!("\rdelivering {done} of {total} ") } else { format!("delivering {done} of {total}\n") }
}

fn json_event(event: &Event) -> String {
    serde_json::to_string(event).expect("invariant: events are plain data")
}

fn to_stdout(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

/// A closed stderr is no reason to stop.
fn to_stderr(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes());
    let _ = err.flush();
}

/// Replaces the panic message: the place only, never the text, which could carry an answer.
pub fn hide_panic_texts() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
        to_stderr(&format!("bogen: a fault of the app itself, at {place}. What was saved before is safe.\n"));
    }));
}
