//! How long until something is to be read: from the start of the process to the first letters on the screen, alternately with a bare Tauri window.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::screen::Screen;
use super::spread::Spread;
use super::{Figure, Target};
use crate::programs::path_of;
use crate::small_office::SmallOffice;

/// Measured runs of each; one more of each comes before and is not counted.
const ROUNDS: u32 = 11;

/// Longer than any start takes: then something is wrong.
const PATIENCE: Duration = Duration::from_secs(60);

/// Looks this often: the figures are as fine as this.
const INTERVAL: Duration = Duration::from_millis(2);

/// The first picture of the app, locked, with a user enrolled: what somebody sees in the morning.
///
/// # Errors
/// If a window does not open.
pub fn first_paint(folder: &Path) -> Result<Vec<Figure>> {
    let place = folder.join("first-paint");
    let mut office = SmallOffice::found(&place)?;
    drop(office.counsellor("device")?);
    let shown = place.join("screen");
    std::fs::create_dir(&shown)?;
    let screen = Screen::start(&shown)?;
    let app = Program { path: path_of("bogen-desktop")?, home: home(&place, "app")?, data: Some(place.join("device")) };
    let bare = Program { path: bare_window()?, home: home(&place, "bare")?, data: None };
    let (mut of_app, mut of_bare) = (Spread::default(), Spread::default());
    for round in 0..=ROUNDS {
        let (one, other) = (app.first_content(&screen)?, bare.first_content(&screen)?);
        // The first start fills caches of fonts and libraries.
        if round > 0 {
            of_app.add(one);
            of_bare.add(other);
        }
    }
    Ok(vec![Figure {
        what: "First picture of the window, median of 11",
        value: of_app.median(),
        unit: "ms",
        target: Target::AtMost(1.3 * of_bare.median()),
        limit: Some(of_bare.median()),
        range: Some((of_app.range(), Some(of_bare.range()))),
    }])
}

fn home(place: &Path, name: &str) -> Result<PathBuf> {
    let home = place.join("home").join(name);
    std::fs::create_dir_all(&home)?;
    Ok(home)
}

/// Cargo keeps examples in a folder of their own.
fn bare_window() -> Result<PathBuf> {
    let path = path_of("bogen-desktop")?.with_file_name("examples").join("bare_window");
    ensure!(path.exists(), "the bare window is not built: run this as `cargo xtask bench`");
    Ok(path)
}

struct Program {
    path: PathBuf,
    home: PathBuf,
    data: Option<PathBuf>,
}

impl Program {
    /// Starts it, waits for content on the screen, ends it, and waits until the screen is blank again.
    fn first_content(&self, screen: &Screen) -> Result<Duration> {
        ensure!(screen.is_blank()?, "the screen is blank before a start");
        let start = Instant::now();
        let running = Running::start(self, screen)?;
        while !screen.has_content()? {
            ensure!(start.elapsed() < PATIENCE, "{} shows nothing", self.path.display());
            std::thread::sleep(INTERVAL);
        }
        let taken = start.elapsed();
        drop(running);
        while !screen.is_blank()? {
            ensure!(start.elapsed() < PATIENCE * 2, "{} stays on the screen", self.path.display());
            std::thread::sleep(INTERVAL);
        }
        Ok(taken)
    }
}

/// A program with all its processes. Dropping it ends them.
struct Running(Child);

impl Running {
    fn start(program: &Program, screen: &Screen) -> Result<Self> {
        let mut command = Command::new(&program.path);
        if let Some(data) = &program.data {
            command.args([OsStr::new("--data"), data.as_os_str()]);
        }
        let child = command
            .env("DISPLAY", screen.display())
            .env_remove("WAYLAND_DISPLAY")
            .env("HOME", &program.home)
            .envs(["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"].map(|name| (name, program.home.join(name))))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn();
        child.map(Self).with_context(|| format!("{} starts", program.path.display()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        // The group may have ended by itself; nothing depends on how this ends.
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}
