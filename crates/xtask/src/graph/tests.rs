use serde_json::{Value, json};

use super::metadata::Graph;
use super::offences;

/// A workspace in which every named edge is of the given kind; what begins with "ext-" or "tauri" is a package of others.
fn workspace(edges: &[(&str, &str, Option<&str>)]) -> Value {
    let mut names: Vec<&str> = edges.iter().flat_map(|(from, to, _)| [*from, *to]).collect();
    names.sort_unstable();
    names.dedup();
    let ours = |name: &&&str| !name.starts_with("ext-") && !name.starts_with("tauri");
    let dependencies = |name: &str| -> Vec<Value> {
        let own = edges.iter().filter(|(from, _, _)| *from == name);
        own.map(|(_, to, kind)| json!({"pkg": format!("id:{to}"), "dep_kinds": [{"kind": kind}]})).collect()
    };
    json!({
        "packages": names.iter().map(|name| json!({"id": format!("id:{name}"), "name": name})).collect::<Vec<_>>(),
        "workspace_members": names.iter().filter(ours).map(|name| format!("id:{name}")).collect::<Vec<_>>(),
        "resolve": {"nodes": names.iter().map(|name|
            json!({"id": format!("id:{name}"), "deps": dependencies(name)})).collect::<Vec<_>>()},
    })
}

fn found(edges: &[(&str, &str, Option<&str>)]) -> Vec<String> {
    offences(&Graph::from_metadata(&workspace(edges)).expect("the synthetic metadata has the documented shape"))
}

#[test]
fn the_drawn_arrows_are_permitted() {
    let edges = [
        ("commands", "sealing", None),
        ("vault", "receipts", None),
        ("sync", "office", None),
        ("endpoint", "clock", None),
        ("clock", "protocol", None),
        ("bogen-desktop", "commands", None),
        ("bogen-desktop", "tauri", None),
        ("bogen-desktop", "tauri-build", Some("build")),
        ("testkit", "endpoint", None),
    ];
    assert_eq!(found(&edges), Vec::<String>::new());
}

#[test]
fn an_arrow_that_turns_round_is_named() {
    let offences = found(&[("protocol", "sealing", None)]);
    assert_eq!(offences.len(), 1);
    assert!(offences[0].starts_with("protocol → sealing:"), "{offences:?}");
}

#[test]
fn the_endpoint_cannot_reach_sealing_through_a_permitted_neighbour() {
    let offences = found(&[("endpoint", "office", None), ("office", "ext-glue", None), ("ext-glue", "sealing", None)]);
    assert_eq!(offences, ["endpoint → office → ext-glue → sealing: the endpoint must not be able to open what it stores"]);
}

#[test]
fn every_forbidden_pair_is_found_when_direct() {
    for (from, to) in [
        ("endpoint", "questionnaire"),
        ("endpoint", "vault"),
        ("endpoint", "sealing"),
        ("sync", "questionnaire"),
        ("sync", "vault"),
        ("sync", "sealing"),
        ("vault", "questionnaire"),
        ("cli", "testkit"),
        ("bogen-desktop", "testkit"),
        ("questionnaire", "testkit"),
        ("commands", "tauri"),
        ("testkit", "tauri-build"),
    ] {
        let offences = found(&[(from, to, None)]);
        let expected = format!("{from} → {to}: ");
        assert!(offences.iter().any(|one| one.starts_with(&expected)), "{from} → {to}: {offences:?}");
    }
}

#[test]
fn a_build_dependency_counts_and_a_development_dependency_does_not() {
    assert_eq!(found(&[("vault", "questionnaire", Some("dev"))]), Vec::<String>::new());
    assert!(!found(&[("vault", "questionnaire", Some("build"))]).is_empty());
}

#[test]
fn a_crate_without_a_row_is_an_offence() {
    let offences = found(&[("newcomer", "ext-anything", None)]);
    assert!(offences[0].starts_with("newcomer: "), "{offences:?}");
}

#[test]
fn metadata_of_another_shape_is_an_error_and_not_a_pass() {
    assert!(Graph::from_metadata(&json!({"packages": []})).is_err());
}
