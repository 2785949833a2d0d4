//! One word has one meaning: no two crates of the product export types of the same name.

use std::collections::{BTreeMap, BTreeSet};

use super::source::Target;

/// The crates of the product that others of ours use. The client repeats the server's types, since it is generated from its
/// API document.
const CRATES: [&str; 5] = ["domain", "photo", "providers", "service", "store"];

/// One sentence for every name that stands for types of several crates, other than those that are `left`.
pub(crate) fn faults(targets: &[Target], left: &[&str]) -> Vec<String> {
    let mut defined: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let ours = |target: &&Target| CRATES.contains(&target.package.as_str());
    for target in targets.iter().filter(ours) {
        for file in &target.files {
            for name in file.syntax.items.iter().filter_map(exported) {
                defined.entry(name).or_default().insert(&file.path);
            }
        }
    }
    let crate_of = |path: &&str| path.split("/src/").next().map(str::to_owned);
    let is_repeated = |files: &BTreeSet<&str>| {
        let crates: BTreeSet<_> = files.iter().filter_map(crate_of).collect();
        crates.len() > 1
    };
    defined
        .into_iter()
        .filter(|(name, files)| is_repeated(files) && !left.contains(&name.as_str()))
        .map(|(name, files)| {
            let files: Vec<&str> = files.into_iter().collect();
            format!("`{name}` is a type of several crates: {}", files.join(", "))
        })
        .collect()
}

/// The name of a type that other crates may see.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enumeration is another library's and grows with the language"
)]
fn exported(item: &syn::Item) -> Option<String> {
    let (visibility, name) = match item {
        syn::Item::Struct(item) => (&item.vis, &item.ident),
        syn::Item::Enum(item) => (&item.vis, &item.ident),
        syn::Item::Trait(item) => (&item.vis, &item.ident),
        syn::Item::Type(item) => (&item.vis, &item.ident),
        _ => return None,
    };
    matches!(visibility, syn::Visibility::Public(_)).then(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::source::tests::target;

    fn named(package: &str, path: &str, text: &str) -> Target {
        let mut target = target(&[(path, text)]);
        target.package = package.to_owned();
        target
    }

    #[test]
    fn a_name_of_two_crates_is_a_fault() {
        let domain = named("domain", "crates/domain/src/lib.rs", "pub struct Refusal;");
        let other = named(
            "providers",
            "crates/providers/src/lib.rs",
            "pub enum Refusal {}",
        );
        let found = faults(&[domain, other], &[]);
        assert_eq!(
            found,
            [
                "`Refusal` is a type of several crates: crates/domain/src/lib.rs, crates/providers/src/lib.rs"
            ]
        );
    }

    #[test]
    fn what_nobody_else_sees_and_what_is_no_part_of_the_product_may_have_any_name() {
        let domain = named("domain", "crates/domain/src/lib.rs", "pub struct Refusal;");
        let hidden = named(
            "store",
            "crates/store/src/lib.rs",
            "pub(crate) struct Refusal;",
        );
        let pretended = named(
            "sandbox",
            "crates/sandbox/src/lib.rs",
            "pub struct Refusal;",
        );
        assert!(faults(&[domain, hidden, pretended], &[]).is_empty());
    }
}
