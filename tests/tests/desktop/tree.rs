//! The accessibility tree as the real window exposes it over AT-SPI, read the way a screen reader reads it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::Duration;

use serde_json::Value;
use tokio::process::Command;
use whole_system::window::{Window, within};

/// Debian's own Python: the one that has the bindings to AT-SPI (python3-gi, gir1.2-atspi-2.0).
const PYTHON: &str = "/usr/bin/python3";
const READER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/desktop/tree.py");

/// How often the tree is read before something counts as missing: WebKit tells of changes a little later than it paints them.
const READINGS: u32 = 40;

/// Roles that a person can do something with: each needs a name to be spoken.
const OPERABLE: &[&str] = &["push button", "toggle button", "link", "entry", "password text", "check box", "radio button", "combo box"];

/// One node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub role: String,
    /// What it is called.
    pub name: String,
    /// What is said about it afterwards.
    pub description: String,
    /// Such as "pressed" or "checked".
    pub states: BTreeSet<String>,
}

impl Node {
    /// Whether it is in this state.
    pub fn is(&self, state: &str) -> bool {
        self.states.contains(state)
    }
}

/// All nodes in reading order.
pub struct Tree(Vec<Node>);

impl Tree {
    /// Reads it now.
    pub async fn read(window: &Window) -> Self {
        let call = Command::new(PYTHON).arg(READER).arg(window.process_group().to_string()).output();
        let output = within("the accessibility tree is read", call).await.expect("Debian's Python runs");
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "AT-SPI needs python3-gi and gir1.2-atspi-2.0: {complaint}");
        let nodes: Vec<Value> = serde_json::from_slice(&output.stdout).expect("a list of nodes");
        let text = |node: &Value, field: &str| node[field].as_str().unwrap_or_default().trim().to_owned();
        let states = |node: &Value| node["states"].as_array().into_iter().flatten().filter_map(|state| state.as_str().map(str::to_owned)).collect();
        let read =
            |node: &Value| Node { role: text(node, "role"), name: text(node, "name"), description: text(node, "description"), states: states(node) };
        Self(nodes.iter().map(read).collect())
    }

    /// Reads it until all of these, role and name, are there in this order; a name that ends in `…` is a beginning. The nodes, one for each.
    pub async fn expect(window: &Window, station: &str, wanted: &[(&str, &str)]) -> Vec<Node> {
        let mut tree = Self::read(window).await;
        for _ in 1..READINGS {
            if tree.missing(wanted).is_none() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            tree = Self::read(window).await;
        }
        window.keep(&format!("{station}.tree.txt"), &tree.text());
        if let Some((role, name)) = tree.missing(wanted) {
            panic!("{station}: no {role} called \"{name}\" at its place; told is\n{}", tree.text());
        }
        tree.expect_operable_named(station);
        tree.in_order(wanted).into_iter().flatten().cloned().collect()
    }

    /// What can be operated and has no name.
    pub fn nameless(&self) -> Vec<&Node> {
        self.0.iter().filter(|node| OPERABLE.contains(&node.role.as_str()) && node.is("focusable") && node.name.is_empty()).collect()
    }

    fn expect_operable_named(&self, station: &str) {
        let nameless = self.nameless();
        assert!(nameless.is_empty(), "{station}: a screen reader cannot say what these are: {nameless:?}");
    }

    fn missing<'w>(&self, wanted: &[(&'w str, &'w str)]) -> Option<(&'w str, &'w str)> {
        self.in_order(wanted).iter().position(Option::is_none).map(|at| wanted[at])
    }

    /// The first node for each, looked for behind the one before.
    fn in_order(&self, wanted: &[(&str, &str)]) -> Vec<Option<&Node>> {
        let mut rest = self.0.iter();
        wanted.iter().map(|(role, name)| rest.find(|node| node.role == *role && is_called(node, name))).collect()
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for Node { role, name, description, states } in &self.0 {
            let states: Vec<&str> = states.iter().map(String::as_str).collect();
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{role} {name:?} {description:?} {}", states.join(" "));
        }
        text
    }
}

fn is_called(node: &Node, name: &str) -> bool {
    name.strip_suffix('…').map_or(node.name == name, |start| node.name.starts_with(start))
}
