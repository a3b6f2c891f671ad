//! The demo: the main job on a demo office, step by step on the terminal (`--headless`), or in the window.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::process::ExitCode;

use anyhow::Result;
use testkit::story;

fn main() -> ExitCode {
    let outcome = demo(&std::env::args().skip(1).collect::<Vec<_>>());
    signals::give_way();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The demo stopped: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn demo(arguments: &[String]) -> Result<()> {
    let folder = tempfile::tempdir()?;
    signals::end_everything_on_a_signal(folder.path())?;
    if arguments.iter().any(|argument| argument == "--headless") {
        story::run(folder.path(), &mut |line| println!("{line}"))?;
        println!("Done. Everything lay in a temporary folder and is deleted now.");
        return Ok(());
    }
    window::show(folder.path())
}

/// Whoever ends the demo by a signal ends its endpoint and its apps too.
mod signals {
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use anyhow::Result;
    use tokio::signal::unix::{SignalKind, signal};

    /// Set once a signal came.
    static ENDING: AtomicBool = AtomicBool::new(false);

    /// The rest of the program fails when its children are killed. Then the thread below has the last word.
    pub fn give_way() {
        while ENDING.load(Ordering::SeqCst) {
            std::thread::park();
        }
    }

    /// From now on a signal to end kills what this process started, deletes the folder and ends.
    pub fn end_everything_on_a_signal(folder: &Path) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (mut end, mut interrupt, mut hangup) = {
            let _entered = runtime.enter();
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?, signal(SignalKind::hangup())?)
        };
        let folder = folder.to_path_buf();
        std::thread::spawn(move || {
            let code = runtime.block_on(async {
                tokio::select! {
                    _ = end.recv() => 143,
                    _ = interrupt.recv() => 130,
                    _ = hangup.recv() => 129,
                }
            });
            ENDING.store(true, Ordering::SeqCst);
            end_children();
            // The rest of the program may write to it or delete it at the same time. What cannot be deleted within a second lies in the system's folder for
            // temporary files.
            for _ in 0..100 {
                // Whether that worked, the next look tells.
                let _ = std::fs::remove_dir_all(&folder);
                if !folder.exists() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(10));
            }
            std::process::exit(code);
        });
        Ok(())
    }

    /// By `ps` and `kill`, as a person would: this happens once, and needs no library.
    fn end_children() {
        let me = std::process::id().to_string();
        let Ok(listing) = Command::new("ps").args(["-o", "pid=", "--ppid", &me]).output() else { return };
        let listing = String::from_utf8_lossy(&listing.stdout);
        for child in listing.split_whitespace() {
            // One that ended meanwhile, such as `ps` itself, is no failure.
            let _ = Command::new("kill").args(["-KILL", child]).stderr(Stdio::null()).status();
        }
    }
}

/// The demo office with its window.
mod window {
    use std::path::Path;
    use std::process::Command;

    use anyhow::Result;
    use testkit::office::Office;
    use testkit::programs::path_of;
    use testkit::seat::PASSPHRASE;

    /// Founds the demo office and opens the window as the counsellor.
    pub fn show(folder: &Path) -> Result<()> {
        println!("Founding the demo office …");
        let office = Office::found(folder)?;
        let Office { mailbox, counsellor, .. } = office;
        let data = counsellor.data().to_path_buf();
        drop(counsellor);
        println!("The demo office runs at {}.", mailbox.url());
        println!("The window opens as Ina Integration, counsellor. Passphrase: {PASSPHRASE}");
        Command::new(path_of("bogen-desktop")?).arg("--data").arg(data).status()?;
        println!("The window was closed; the demo office is deleted.");
        Ok(())
    }
}
