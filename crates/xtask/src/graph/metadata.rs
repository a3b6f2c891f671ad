//! The dependency graph as `cargo metadata` tells it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use anyhow::{Context, Result};
use serde_json::Value;

/// Packages by name, and the names of what each is built with.
///
/// Two versions of one package count as one: the rules are about names.
pub struct Graph {
    members: BTreeSet<String>,
    edges: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Reads the output of `cargo metadata --format-version 1`.
    ///
    /// # Errors
    /// When the JSON has not the documented shape.
    pub fn from_metadata(metadata: &Value) -> Result<Self> {
        let names = package_names(metadata)?;
        let name_of = |id: &Value| -> Result<String> {
            let id = id.as_str().context("a package id is not a string")?;
            Ok((*names.get(id).with_context(|| format!("unknown package id {id}"))?).to_owned())
        };
        let members = list(metadata, "/workspace_members")?.iter().map(name_of).collect::<Result<_>>()?;
        let mut edges = BTreeMap::<String, BTreeSet<String>>::new();
        for node in list(metadata, "/resolve/nodes")? {
            let dependencies = edges.entry(name_of(&node["id"])?).or_default();
            for dependency in list(node, "/deps")?.iter().filter(|one| is_built_in(one)) {
                dependencies.insert(name_of(&dependency["pkg"])?);
            }
        }
        Ok(Self { members, edges })
    }

    /// The workspace's own packages.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(String::as_str)
    }

    /// Whether this is one of the workspace's own packages.
    pub fn is_member(&self, package: &str) -> bool {
        self.members.contains(package)
    }

    /// What a package names as normal or build dependency.
    pub fn dependencies(&self, package: &str) -> impl Iterator<Item = &str> {
        self.edges.get(package).into_iter().flatten().map(String::as_str)
    }

    /// The packages on a shortest way from one package to another, both included.
    pub fn shortest_way<'a>(&'a self, from: &'a str, to: &str) -> Option<Vec<&'a str>> {
        let mut came_from = BTreeMap::<&str, &str>::new();
        let mut waiting = VecDeque::from([from]);
        while let Some(package) = waiting.pop_front() {
            for dependency in self.dependencies(package) {
                if dependency == from || came_from.contains_key(dependency) {
                    continue;
                }
                came_from.insert(dependency, package);
                if dependency == to {
                    return Some(way_back(&came_from, dependency));
                }
                waiting.push_back(dependency);
            }
        }
        None
    }
}

fn way_back<'a>(came_from: &BTreeMap<&'a str, &'a str>, end: &'a str) -> Vec<&'a str> {
    let mut way: Vec<&str> = std::iter::successors(Some(end), |package| came_from.get(package).copied()).collect();
    way.reverse();
    way
}

fn package_names(metadata: &Value) -> Result<BTreeMap<&str, &str>> {
    let pairs = list(metadata, "/packages")?.iter().map(|package| Some((package["id"].as_str()?, package["name"].as_str()?)));
    pairs.collect::<Option<_>>().context("a package without id or name")
}

/// Whether at least one kind of this dependency is not "dev".
fn is_built_in(dependency: &Value) -> bool {
    let kinds = dependency["dep_kinds"].as_array();
    kinds.is_none_or(|kinds| kinds.iter().any(|kind| kind["kind"] != "dev"))
}

fn list<'a>(value: &'a Value, pointer: &str) -> Result<&'a Vec<Value>> {
    let found = value.pointer(pointer).and_then(Value::as_array);
    found.with_context(|| format!("no list at {pointer} in the output of `cargo metadata`"))
}
