//! The crate graph states the architecture: its arrows point one way, and this check fails when one turns round.
//!
//! Counted are normal and build dependencies on every platform, with the features of the whole workspace; development
//! dependencies are free, since nothing of them is shipped.

mod metadata;
mod rules;

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::invocation::Invocation;
use metadata::Graph;
use rules::{ALLOWED, FORBIDDEN, Forbidden};

/// Checks the dependencies of the workspace at `root`.
///
/// # Errors
/// Names every dependency that the architecture does not permit.
pub fn check(root: &Path) -> Result<()> {
    let json = Invocation::cargo(root).args(["metadata", "--locked", "--format-version", "1"]).output()?;
    let metadata = serde_json::from_str(&json).context("`cargo metadata` printed no JSON")?;
    let graph = Graph::from_metadata(&metadata)?;
    let offences = offences(&graph);
    if offences.is_empty() {
        println!("{} crates, every arrow points the way docs/architecture.md says.", graph.members().count());
        return Ok(());
    }
    bail!("the crate graph is not what docs/architecture.md says:\n  {}", offences.join("\n  "))
}

/// Everything in the graph that the rules do not permit, one sentence each.
fn offences(graph: &Graph) -> Vec<String> {
    let direct = graph.members().flat_map(|member| direct_offences(graph, member));
    let transitive = FORBIDDEN.iter().flat_map(|rule| transitive_offences(graph, rule));
    direct.chain(transitive).collect()
}

/// Workspace crates that `member` names although its row in the table does not.
fn direct_offences(graph: &Graph, member: &str) -> Vec<String> {
    let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == member) else {
        return vec![format!("{member}: this crate has no row in crates/xtask/src/graph/rules.rs")];
    };
    graph
        .dependencies(member)
        .filter(|dependency| graph.is_member(dependency) && !allowed.contains(dependency))
        .map(|dependency| format!("{member} → {dependency}: not in the table of permitted dependencies"))
        .collect()
}

/// Ways, of any length, from a crate the rule is about to a crate it must not reach.
fn transitive_offences(graph: &Graph, rule: &Forbidden) -> Vec<String> {
    let concerned = graph.members().filter(|member| rule.from.concerns(member));
    concerned
        .flat_map(|member| rule.to.iter().filter_map(move |target| graph.shortest_way(member, target)))
        .map(|way| format!("{}: {}", way.join(" → "), rule.reason))
        .collect()
}

#[cfg(test)]
mod tests;
