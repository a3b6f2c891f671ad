//! WebKitWebDriver: one process per window, which starts the program and ends with it.

use std::ffi::OsStr;
use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::process::Child;

use crate::window::within;

/// A running driver. Dropping it ends the driver and everything it started, also when a test fails.
pub struct Driver {
    process: Child,
    /// Its process group: the driver, the program, the web view's processes.
    pub group: u32,
    /// Where it listens.
    pub url: String,
}

impl Driver {
    /// Starts it with an empty home folder, so that whatever the web view writes can be found there.
    pub async fn start(home: &Path, extra_env: &[(&str, &str)]) -> Self {
        let port = free_port();
        let output = File::create(home.join("output.txt")).expect("the home folder is writable");
        let process = tokio::process::Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("HOME", home)
            .envs(["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"].map(|name| (name, home.join(name))))
            .envs([("TAURI_WEBVIEW_AUTOMATION", "true"), ("TAURI_AUTOMATION", "true")])
            .envs(extra_env.iter().copied())
            .stdin(Stdio::null())
            .stdout(output.try_clone().expect("a second handle"))
            .stderr(output)
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .expect("WebKitWebDriver is installed (Debian: webkit2gtk-driver)");
        let group = process.id().expect("it runs");
        let mut driver = Self { process, group, url: format!("http://127.0.0.1:{port}") };
        within("WebKitWebDriver listens", driver.listening(port)).await;
        driver
    }

    async fn listening(&mut self, port: u16) {
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
            assert!(self.process.try_wait().expect("it is our child").is_none(), "WebKitWebDriver ended at once");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = format!("-{}", self.group);
        // The group may have ended by itself; nothing depends on how this ends.
        let _ = Command::new("kill").args([OsStr::new("-KILL"), OsStr::new("--"), OsStr::new(&group)]).stderr(Stdio::null()).status();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("it is bound").port()
}
