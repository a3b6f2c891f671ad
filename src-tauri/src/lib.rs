//! The window: an adapter between Tauri and [`commands`]. It opens the app's data, passes commands in and events out, and holds no rule.
//!
//! Exit codes: 0 closed, 1 the system refused something, 2 not understood, 3 another instance of the app uses the same data.

mod arguments;
mod context;
mod desk;
mod environment;
mod faults;
mod ipc;
mod navigation;
mod sleep;
mod window;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use arguments::{Arguments, Request};
use tauri::{Manager, RunEvent};

/// Another instance of the app uses the same data.
const EXIT_BUSY: i32 = 3;
/// Arguments or environment are not what this program accepts.
const EXIT_REFUSED: u8 = 2;

/// Runs the window with the arguments behind the program's name, until it is closed.
pub fn start(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    faults::report_place_only();
    if let Err(error) = vault::harden_process() {
        return refuse(1, &format!("the system refused to protect this program's memory: {}", error.kind()));
    }
    if let Some(variable) = environment::opens_the_window_to_others() {
        return refuse(EXIT_REFUSED, &format!("not started, because {variable} is set and would open the window to other programs"));
    }
    match arguments::parse(args) {
        Ok(Request::Help) => refuse(0, arguments::HELP),
        Ok(Request::Open(arguments)) => open(arguments),
        Err(error) => refuse(EXIT_REFUSED, &format!("{error}\n\n{}", arguments::HELP)),
    }
}

/// Where a mobile system enters: without arguments, and hardened by the system's own sandbox.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn start_mobile() {
    start([]);
}

fn open(arguments: Arguments) -> ExitCode {
    let built = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![ipc::run, window::strip])
        .setup(move |app| {
            let data_dir = arguments.data_dir.map_or_else(|| app.path().app_local_data_dir(), Ok)?;
            // The data is opened while the window is made: both take long, and the page asks for nothing before both are done.
            let handle = app.handle().clone();
            let opening = std::thread::spawn(move || desk::Desk::open(data_dir, &handle));
            window::open(app.handle())?;
            let desk = opening.join().map_err(|_| "a fault while the data was opened")?;
            if desk.is_taken() {
                say("another window of Bogen has this data open already");
                std::process::exit(EXIT_BUSY);
            }
            app.manage(desk);
            sleep::watch(app.handle());
            Ok(())
        })
        .build(context::built());
    let Ok(app) = built else {
        return refuse(1, "the window could not be opened");
    };
    app.run(|handle, event| {
        if let RunEvent::Exit = event {
            handle.state::<desk::Desk>().lock();
        }
    });
    ExitCode::SUCCESS
}

fn refuse(code: u8, sentence: &str) -> ExitCode {
    say(sentence);
    ExitCode::from(code)
}

/// To whoever started the program at a terminal; never an answer, never a number.
fn say(sentence: &str) {
    // Nobody may be listening; that is no reason to stop.
    let _ = writeln!(std::io::stderr(), "bogen-desktop: {sentence}");
}
