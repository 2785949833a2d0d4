//! Licences of all that we depend on, against the list in `deny.toml`.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::run::root;

/// One sentence for every crate whose licence is not on the list.
pub(crate) fn faults(metadata: &Value) -> Result<Vec<String>> {
    let deny: toml::Table = fs::read_to_string(root().join("deny.toml"))?.parse()?;
    let allowed: Vec<&str> = deny["licenses"]["allow"]
        .as_array()
        .context("deny.toml lists no licences")?
        .iter()
        .filter_map(toml::Value::as_str)
        .collect();
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata lists no packages")?;
    Ok(packages
        .iter()
        .filter_map(|package| fault_of(package, &allowed))
        .collect())
}

fn fault_of(package: &Value, allowed: &[&str]) -> Option<String> {
    let licence = package["license"].as_str().unwrap_or("none named");
    let name = package["name"].as_str().unwrap_or_default();
    let fault = format!("{name}: its licence is not on the list: {licence}");
    (!is_allowed(licence, allowed)).then_some(fault)
}

/// Whether an SPDX expression can be met with the allowed licences alone. `AND` is taken to bind less than `OR`, which may
/// refuse an expression without parentheses that could be met, and never accepts one that could not.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let expression = expression.replace(['(', ')'], "").replace('/', " OR ");
    expression.split(" AND ").all(|clause| {
        clause
            .split(" OR ")
            .any(|licence| allowed.contains(&licence.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const ALLOWED: [&str; 3] = ["MIT", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"];

    #[rstest]
    #[case::one("MIT")]
    #[case::choice("MIT OR GPL-3.0")]
    #[case::choice_with_a_slash("MIT/Apache-2.0")]
    #[case::choice_in_a_conjunction("(MIT OR GPL-2.0) AND Unicode-3.0")]
    #[case::exception("Apache-2.0 WITH LLVM-exception")]
    fn an_expression_is_met_by_allowed_licences(#[case] met: &str) {
        assert!(is_allowed(met, &ALLOWED), "{met}");
    }

    #[rstest]
    #[case::one("GPL-3.0")]
    #[case::conjunction("MIT AND GPL-3.0")]
    #[case::conjunction_in_a_choice("(MIT AND GPL-3.0) OR GPL-2.0")]
    #[case::without_its_exception("Apache-2.0")]
    #[case::no_expression("none named")]
    #[case::empty("")]
    fn an_expression_is_not_met_by_other_licences(#[case] unmet: &str) {
        assert!(!is_allowed(unmet, &ALLOWED), "{unmet}");
    }
}
