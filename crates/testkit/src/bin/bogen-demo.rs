//! The demo: the main job on a demo office, step by step on the terminal (`--headless`), or in the window.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::process::ExitCode;

use anyhow::Result;
use testkit::story;

fn main() -> ExitCode {
    match demo(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The demo stopped: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn demo(arguments: &[String]) -> Result<()> {
    let folder = tempfile::tempdir()?;
    if arguments.iter().any(|argument| argument == "--headless") {
        story::run(folder.path(), &mut |line| println!("{line}"))?;
        println!("Done. Everything lay in a temporary folder and is deleted now.");
        return Ok(());
    }
    window::show(folder.path())
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
