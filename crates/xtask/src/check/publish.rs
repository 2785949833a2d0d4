//! The SDK is for others: its package has what a registry wants, and needs nothing that is only in this workspace.

use serde_json::Value;

/// The package of the SDK.
const SDK: &str = "gradphoto-client";
/// What a registry and its readers want of a package.
const WANTED: [&str; 5] = [
    "description",
    "license",
    "readme",
    "documentation",
    "rust_version",
];
/// Of these there must be one at least.
const LISTS: [&str; 2] = ["keywords", "categories"];

/// One sentence for everything that keeps the SDK from being published.
pub(crate) fn faults(metadata: &Value) -> Vec<String> {
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    let Some(package) = packages.find(|package| package["name"] == SDK) else {
        return vec![format!("there is no package {SDK}")];
    };
    let lacks = |field: &&&str| package[**field].as_str().is_none_or(str::is_empty);
    let lacking = WANTED.iter().filter(lacks);
    let is_empty = |field: &&&str| package[**field].as_array().is_none_or(Vec::is_empty);
    let lacking = lacking.chain(LISTS.iter().filter(is_empty));
    let mut faults: Vec<_> = lacking
        .map(|field| format!("{SDK}: its manifest needs `{field}`"))
        .collect();
    // `publish = false` is an empty list; no limit is null.
    if package["publish"].as_array().is_some_and(Vec::is_empty) {
        faults.push(format!("{SDK}: its manifest forbids to publish it"));
    }
    let needed = package["dependencies"].as_array().into_iter().flatten();
    let local = needed.filter(|needed| needed["kind"] != "dev" && needed["path"].is_string());
    faults.extend(local.map(|needed| {
        let name = needed["name"].as_str().unwrap_or_default();
        format!("{SDK}: it needs {name}, which is only in this workspace")
    }));
    faults
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn faults_with(field: &str, value: Value) -> Vec<String> {
        let mut package = json!({
            "name": SDK, "description": "d", "license": "MIT", "readme": "README.md", "documentation": "https://docs.rs/x",
            "rust_version": "1.95", "keywords": ["api"], "categories": ["api-bindings"], "publish": null,
            "dependencies": [{ "name": "serde", "kind": null, "path": null }],
        });
        package[field] = value;
        faults(&json!({ "packages": [package] }))
    }

    #[test]
    fn a_package_as_a_registry_takes_it_has_no_fault() {
        assert_eq!(faults_with("name", json!(SDK)), [""; 0]);
    }

    #[rstest]
    #[case("readme", Value::Null)]
    #[case("description", json!(""))]
    #[case("keywords", json!([]))]
    #[case("publish", json!([]))]
    #[case("dependencies", json!([{ "name": "domain", "kind": null, "path": "/crates/domain" }]))]
    #[case("name", json!("other"))]
    fn what_a_registry_would_refuse_is_named(#[case] field: &str, #[case] value: Value) {
        assert_eq!(faults_with(field, value).len(), 1, "{field}");
    }
}
