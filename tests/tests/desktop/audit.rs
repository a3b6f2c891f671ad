//! The accessibility audit: axe-core with all its rules, none switched off.

use std::fmt::Write;

use serde_json::Value;

use whole_system::window::Window;

/// Runs axe and keeps what a person needs to find the fault: rule, help and places.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const place = (node) => node.target.join(' ') + ' — ' + node.failureSummary;
    axe.run(document)
        .then((found) => done(found.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(place) }))))
        .catch((error) => done(String(error)));
";

/// Fails with all violations of the view that is shown.
pub async fn expect_no_violations(window: &Window) {
    window.script(&format!("{}\narguments[arguments.length - 1]()", axe()), vec![]).await;
    let found = window.script(RUN, vec![]).await;
    let Value::Array(violations) = &found else { panic!("axe did not finish: {found}") };
    assert!(violations.is_empty(), "{}", sentences(violations));
}

fn axe() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(path).expect("axe-core is installed: run the tests with `cargo xtask test`")
}

fn sentences(violations: &[Value]) -> String {
    let mut text = String::from("accessibility violations:");
    for violation in violations {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n{} ({}): {:#}", violation["id"], violation["help"], violation["nodes"]);
    }
    text
}
