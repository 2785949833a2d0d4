//! Who may depend on whom: DESIGN's arrows, read from `cargo metadata`.

use std::collections::BTreeSet;

use serde_json::Value;

/// For every crate of ours, which others of ours it may name.
const OURS: [(&str, &[&str]); 19] = [
    ("photo", &[]),
    ("domain", &["photo"]),
    ("store", &["domain"]),
    ("providers", &["domain"]),
    (
        "service",
        &["domain", "photo", "providers", "store", "table"],
    ),
    // The server puts the parts together, so it names them all; its handlers call `service` alone.
    (
        "server",
        &[
            "gradphoto-client",
            "domain",
            "migrations",
            "photo",
            "providers",
            "service",
            "store",
            "table",
        ],
    ),
    ("table", &[]),
    ("migrations", &[]),
    ("gradphoto-client", &[]),
    ("sandbox", &[]),
    ("model", &["domain"]),
    ("ui", &["gradphoto-client", "domain", "model", "photo"]),
    (
        "student",
        &["checker", "gradphoto-client", "domain", "photo", "ui"],
    ),
    (
        "console",
        &["gradphoto-client", "domain", "model", "photo", "ui"],
    ),
    ("checker", &["domain", "photo"]),
    ("ratios", &["photo"]),
    ("bundle", &[]),
    ("codegen", &[]),
    ("xtask", &[]),
];

/// Crates of others that only some of ours may name outside their tests.
const THEIRS: [(&str, &[&str]); 7] = [
    ("sea-orm", &["store"]),
    ("sea-orm-migration", &["migrations"]),
    ("actix-web", &["sandbox", "server"]),
    ("reqwest", &["gradphoto-client", "providers", "sandbox"]),
    ("object_store", &["providers"]),
    ("utoipa", &["server"]),
    (
        "anyhow",
        &["bundle", "codegen", "sandbox", "server", "xtask"],
    ),
];

/// What would let the rules ask instead of decide.
const NOT_IN_RULES: [&str; 6] = [
    "async-trait",
    "futures-util",
    "getrandom",
    "rand",
    "tokio",
    "tracing",
];
const RULES: [&str; 2] = ["domain", "photo"];

/// One sentence for every dependency that goes the wrong way.
pub(crate) fn faults(metadata: &Value) -> Vec<String> {
    let members: BTreeSet<&str> = array(&metadata["workspace_members"])
        .filter_map(Value::as_str)
        .collect();
    let is_ours = |package: &&Value| {
        package["id"]
            .as_str()
            .is_some_and(|id| members.contains(id))
    };
    array(&metadata["packages"])
        .filter(is_ours)
        .flat_map(faults_of)
        .collect()
}

fn faults_of(package: &Value) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or_default();
    let Some((_, allowed)) = OURS.iter().find(|(ours, _)| *ours == name) else {
        return vec![format!(
            "{name}: a new crate needs its place in the list of directions"
        )];
    };
    let dependencies =
        array(&package["dependencies"]).filter(|dependency| dependency["kind"] != "dev");
    dependencies
        .filter_map(|dependency| dependency["name"].as_str())
        .filter(|dependency| !may_name(name, allowed, dependency))
        .map(|dependency| format!("{name} may not depend on {dependency}"))
        .collect()
}

fn may_name(name: &str, allowed: &[&str], dependency: &str) -> bool {
    if OURS.iter().any(|(ours, _)| *ours == dependency) {
        return allowed.contains(&dependency);
    }
    if let Some((_, users)) = THEIRS.iter().find(|(theirs, _)| *theirs == dependency) {
        return users.contains(&name);
    }
    !(RULES.contains(&name) && NOT_IN_RULES.contains(&dependency))
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn workspace(name: &str, dependency: &str, kind: Option<&str>) -> Value {
        json!({"workspace_members": [name], "packages": [
            {"id": name, "name": name, "dependencies": [{"name": dependency, "kind": kind}]},
            {"id": "other", "name": "other", "dependencies": [{"name": "sea-orm", "kind": null}]},
        ]})
    }

    #[rstest]
    #[case("server", "service")]
    #[case("domain", "photo")]
    #[case("store", "sea-orm")]
    #[case("photo", "image")]
    fn directions_of_the_design_pass(#[case] name: &str, #[case] dependency: &str) {
        assert!(
            faults(&workspace(name, dependency, None)).is_empty(),
            "{name} → {dependency}"
        );
    }

    #[rstest]
    #[case("domain", "store")]
    #[case("service", "sea-orm")]
    #[case("service", "actix-web")]
    #[case("server", "reqwest")]
    #[case("photo", "tokio")]
    #[case("sandbox", "domain")]
    fn wrong_directions_are_named(#[case] name: &str, #[case] dependency: &str) {
        let faults = faults(&workspace(name, dependency, None));
        assert_eq!(faults, [format!("{name} may not depend on {dependency}")]);
    }

    #[test]
    fn tests_may_use_more() {
        assert!(faults(&workspace("server", "sandbox", Some("dev"))).is_empty());
    }

    #[test]
    fn a_new_crate_needs_a_place() {
        assert_eq!(faults(&workspace("extra", "serde", None)).len(), 1);
    }
}
