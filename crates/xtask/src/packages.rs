//! The Debian packages the project needs, installed when they are missing.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::invocation::{Invocation, is_on_path};

/// Compiler and linker: enough for the endpoint, the command line and the demo office.
const HEADLESS: &[&str] = &["build-essential", "pkg-config"];

/// What the window is built with and what it draws the customer's languages with.
const WINDOW: &[&str] = &["libwebkit2gtk-4.1-dev", "librsvg2-dev", "libxdo-dev", "fonts-noto-core", "fonts-dejavu-core"];

/// What only the tests need: a display without a screen, browsers to drive, what a screen reader is told, faults to inject, a second decoder.
const TESTS: &[&str] = &[
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "dbus-x11",
    "at-spi2-core",
    "python3-gi",
    "gir1.2-atspi-2.0",
    "chromium",
    "strace",
    "libfaketime",
    "python3-venv",
    "git",
];

/// What a command is about to do, and therefore needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Build and run everything that has no window.
    Headless,
    /// Build and run the window as well.
    Window,
    /// Run every check.
    Tests,
}

impl Purpose {
    fn packages(self) -> Vec<&'static str> {
        match self {
            Self::Headless => HEADLESS.to_vec(),
            Self::Window => [HEADLESS, WINDOW].concat(),
            Self::Tests => [HEADLESS, WINDOW, TESTS].concat(),
        }
    }
}

/// Installs what is missing for this purpose with `apt-get`, through `sudo` when we are not root.
///
/// On a system without Debian's package tools it only says what would be needed: the build may work all the same.
///
/// # Errors
/// When packages are missing and cannot be installed; the message is the command a person can run.
pub fn install_missing(root: &Path, purpose: Purpose) -> Result<()> {
    let wanted = purpose.packages();
    let query = Invocation::new(root, "dpkg-query").args(["--show", "--showformat=${db:Status-Status} ${Package}\\n"]).args(wanted.iter().copied());
    let Some(listing) = query.output_of_any_outcome() else {
        println!("Not a Debian system (no dpkg-query), so nothing is installed. Needed, by their names in Debian 12:");
        println!("  {}", wanted.join(" "));
        return Ok(());
    };
    let missing = missing(&wanted, &listing);
    if missing.is_empty() {
        println!("All {} system packages are installed.", wanted.len());
        return Ok(());
    }
    println!("Installing {} missing system packages: {}", missing.len(), missing.join(" "));
    install(root, &missing)
}

/// The wanted packages which the listing of `dpkg-query` ("status name" per line) does not call installed.
fn missing<'a>(wanted: &[&'a str], listing: &str) -> Vec<&'a str> {
    let installed: BTreeSet<&str> = listing.lines().filter_map(|line| line.strip_prefix("installed ")).collect();
    wanted.iter().copied().filter(|name| !installed.contains(name)).collect()
}

fn install(root: &Path, missing: &[&str]) -> Result<()> {
    let by_hand = format!("apt-get install --no-install-recommends {}", missing.join(" "));
    let apt_get = |verb: &str, rest: &[&str]| -> Result<()> {
        // A lock held by unattended upgrades is waited for; a question is never asked.
        let options = ["-q", "-o", "DPkg::Lock::Timeout=300"];
        let call = Invocation::new(root, "env").args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        as_root(root, call.args(options).args([verb]).args(rest.iter().copied()))?.run()
    };
    let installed = apt_get("update", &[]).and_then(|()| {
        let options = ["--yes", "--no-install-recommends"];
        apt_get("install", &[&options, missing].concat())
    });
    installed.with_context(|| format!("system packages are missing. As root, run:\n  {by_hand}\nIt was not done here"))
}

/// The call with the rights of root: as it is, or through `sudo`, which may ask for a password only at a terminal.
fn as_root(root: &Path, call: Invocation) -> Result<Invocation> {
    let user = Invocation::new(root, "id").args(["-u"]).output()?;
    if user.trim() == "0" {
        return Ok(call);
    }
    if !is_on_path("sudo") {
        bail!("packages can be installed only as root, and there is no sudo on this machine");
    }
    let silent: &[&str] = if std::io::stdin().is_terminal() { &[] } else { &["-n"] };
    Ok(call.wrapped_in("sudo", silent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removed_and_unknown_packages_count_as_missing() {
        let listing = "installed xvfb\nconfig-files xauth\nnot-installed strace\n";
        assert_eq!(missing(&["xvfb", "xauth", "strace", "git"], listing), ["xauth", "strace", "git"]);
    }

    #[test]
    fn without_a_window_neither_webkit_nor_a_browser_is_asked_for() {
        let headless = Purpose::Headless.packages();
        assert!(headless.iter().all(|name| !name.contains("webkit") && *name != "chromium"));
    }
}
