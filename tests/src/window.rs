//! The window under test, and what a person can do with it. Every step ends: with success, or after [`PATIENCE`] with a sentence.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::driver::Driver;

/// How long a step may take: far more than it needs, since a slow machine is no failure.
const PATIENCE: Duration = Duration::from_secs(60);

/// A window of the program. Its home folder, with all that the web view left behind, lives as long as this does.
pub struct Window {
    client: Client,
    driver: Driver,
    home: TempDir,
}

/// Opens the program on this data folder.
///
/// Fails when there is no display: then the tests were not started with `cargo xtask test`.
pub async fn open_window(data_dir: &Path, extra_env: &[(&str, &str)]) -> Window {
    assert!(std::env::var_os("DISPLAY").is_some(), "there is no display for the window: run the tests with `cargo xtask test`");
    let home = tempfile::tempdir().expect("a folder");
    let driver = Driver::start(home.path(), extra_env).await;
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let options = json!({ "binary": program("bogen-desktop"), "args": ["--data", data_dir] });
    builder.capabilities([("webkitgtk:browserOptions".to_owned(), options)].into_iter().collect());
    let client = within("the window opens", builder.connect(&driver.url)).await.expect("a session");
    Window { client, driver, home }
}

/// An empty folder for this account only, as the vault demands it.
pub fn private_folder() -> TempDir {
    tempfile::Builder::new().permissions(Permissions::from_mode(0o700)).tempdir().expect("a folder")
}

impl Window {
    /// Waits until an element of this CSS selector is there and visible.
    pub async fn wait_for(&self, selector: &str) -> Element {
        let found = async {
            loop {
                let element = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await.expect("the element appears");
                // An element that was replaced meanwhile is looked for again.
                if element.is_displayed().await.unwrap_or(false) {
                    return element;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        within(&format!("`{selector}` is shown"), found).await
    }

    /// Waits for the element and clicks it.
    pub async fn click(&self, selector: &str) {
        let element = self.wait_for(selector).await;
        within(&format!("`{selector}` is clicked"), element.click()).await.expect("it can be clicked");
    }

    /// Waits for a button with these words and clicks it.
    pub async fn click_words(&self, words: &str) {
        let place = format!("//button[normalize-space()='{words}']");
        let element = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&place)).await.expect("the button appears");
        within(&format!("`{words}` is clicked"), element.click()).await.expect("it can be clicked");
    }

    /// Waits for the field, empties it and types the text.
    pub async fn fill(&self, selector: &str, text: &str) {
        let element = self.wait_for(selector).await;
        let typing = async {
            element.clear().await?;
            element.send_keys(text).await
        };
        within(&format!("`{selector}` is filled"), typing).await.expect("it can be typed into");
    }

    /// The visible text of an element.
    pub async fn text(&self, selector: &str) -> String {
        let element = self.wait_for(selector).await;
        within(&format!("`{selector}` is read"), element.text()).await.expect("it has a text")
    }

    /// Whether an element is there now.
    pub async fn is_there(&self, selector: &str) -> bool {
        within("the page answers", self.client.find(Locator::Css(selector))).await.is_ok()
    }

    /// Presses a key, wherever the focus is.
    pub async fn press(&self, key: &str) {
        let element = within("something has the focus", self.client.active_element()).await.expect("the page has an active element");
        within("a key is pressed", element.send_keys(key)).await.expect("it can be pressed");
    }

    /// Waits until no element of this selector shows this text any more; with an empty text, until there is none at all.
    pub async fn wait_until_gone(&self, selector: &str, text: &str) {
        let gone = async {
            loop {
                match self.client.find(Locator::Css(selector)).await {
                    Err(_) => return,
                    Ok(element) if !text.is_empty() && element.text().await.ok().as_deref() != Some(text) => return,
                    Ok(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            }
        };
        within(&format!("`{selector}` goes away"), gone).await;
    }

    /// Loads the page anew, as if somebody had found a way to.
    pub async fn reload(&self) {
        within("the page is loaded anew", self.client.refresh()).await.expect("it can be loaded");
    }

    /// The process group of the driver, which the program and its web view belong to.
    #[must_use]
    pub fn process_group(&self) -> u32 {
        self.driver.group
    }

    /// Goes to another place of the app.
    pub async fn open(&self, hash: &str) {
        self.script("location.hash = arguments[0]; arguments[1]()", vec![json!(hash)]).await;
    }

    /// Runs a script whose last argument is called with the result.
    pub async fn script(&self, script: &str, args: Vec<Value>) -> Value {
        within("a script ends", self.client.execute_async(script, args)).await.expect("the script runs")
    }

    /// Runs a command of the app as the page would; its reply, or its error.
    pub async fn run(&self, command: &str, args: Value) -> Value {
        let run = "window.__TAURI_INTERNALS__.invoke('run', { command: arguments[0] }).then(arguments[1], arguments[1])";
        self.script(run, vec![json!({ "command": command, "args": args })]).await
    }

    /// Keeps a text beside the screenshots, for whoever wants to know what a test saw.
    pub fn keep(&self, name: &str, text: &str) {
        let folder = target_folder().join("screens");
        std::fs::create_dir_all(&folder).expect("target is writable");
        std::fs::write(folder.join(name), text).expect("target is writable");
    }

    /// Saves what is to be seen to `target/screens/<name>.png`.
    pub async fn screenshot(&self, name: &str) {
        // WebKit paints later than it lays out: two frames, and a moment for the compositor.
        self.script("requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0], 100)))", vec![]).await;
        let picture = within("a screenshot is taken", self.client.screenshot()).await.expect("a picture");
        let folder = target_folder().join("screens");
        std::fs::create_dir_all(&folder).expect("target is writable");
        std::fs::write(folder.join(format!("{name}.png")), picture).expect("target is writable");
    }

    /// Closes the window as its user would and returns its home folder, with all that was written there.
    pub async fn close(self) -> TempDir {
        within("the window closes", self.client.close()).await.expect("the session ends");
        self.home
    }
}

/// Waits for a step, and says which one when it does not end.
pub async fn within<T>(step: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future).await.unwrap_or_else(|_| panic!("{step}: not within {} seconds", PATIENCE.as_secs()))
}

/// A program of the project, built together with this one.
pub fn program(name: &str) -> PathBuf {
    testkit::programs::path_of(name).expect("it is built: run the tests with `cargo xtask test`")
}

/// Cargo's target folder, two above every program in it.
fn target_folder() -> PathBuf {
    program("bogen-desktop").ancestors().nth(2).expect("it lies two folders deep").to_owned()
}
