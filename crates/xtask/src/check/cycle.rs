//! No two modules of a crate may need each other, by way of others or not.
//!
//! A module is a file. It needs another where it names something that the other defines. What counts:
//!
//! - `mod child;` needs nothing, and neither does passing a name of a child on (`pub use child::Name;`).
//! - A name that was passed on counts for the file that defines it. So a child may use its sibling's `Name` by way of the
//!   parent, but nothing that the parent itself defines, if the parent uses anything of the child.
//! - Methods are not looked at, since only the compiler knows whose they are; the types that they belong to are.
//! - What only tests compile is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{PathUse, Target};

/// Which files each file needs, and the first place that says so.
type Needs = BTreeMap<usize, BTreeMap<usize, PathUse>>;

/// One sentence for every circle of modules in the target, with the uses that close it.
pub(crate) fn faults(target: &Target) -> Vec<String> {
    let needs = needs(target);
    let circles = circles(&needs);
    circles
        .iter()
        .map(|circle| describe(target, &needs, circle))
        .collect()
}

fn needs(target: &Target) -> Needs {
    let mut needs = Needs::new();
    for (module, here) in target.modules.iter().enumerate() {
        let mut need = |used: &PathUse, is_passed_on: bool| {
            for definer in target.definers(module, &used.segments) {
                let file = target.modules[definer].file;
                let is_free = is_passed_on && target.is_inside(definer, module);
                if file != here.file && !is_free {
                    let of_file = needs.entry(here.file).or_default();
                    of_file.entry(file).or_insert_with(|| used.clone());
                }
            }
        };
        for used in &here.uses {
            need(used, false);
        }
        for import in here.imports.values().flatten().chain(&here.globs) {
            need(&import.used, import.is_public);
        }
    }
    needs
}

/// The sets of files that all need each other.
fn circles(needs: &Needs) -> Vec<BTreeSet<usize>> {
    let mut circles: Vec<BTreeSet<usize>> = Vec::new();
    let reached: BTreeMap<usize, BTreeSet<usize>> = needs
        .keys()
        .map(|file| (*file, reached_from(needs, *file)))
        .collect();
    for (file, there) in &reached {
        if !there.contains(file) || circles.iter().any(|circle| circle.contains(file)) {
            continue;
        }
        let leads_back = |other: &&usize| {
            reached
                .get(*other)
                .is_some_and(|there| there.contains(file))
        };
        circles.push(there.iter().filter(leads_back).copied().collect());
    }
    circles
}

/// All files that a file needs, by way of others or not.
fn reached_from(needs: &Needs, start: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![start];
    while let Some(file) = waiting.pop() {
        for next in needs.get(&file).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(*next) {
                waiting.push(*next);
            }
        }
    }
    reached
}

/// The files of a circle in an order in which few uses point backwards: again and again the file that most others in
/// the rest need, less those that it needs, comes last.
fn layers(needs: &Needs, circle: &BTreeSet<usize>) -> Vec<usize> {
    let mut rest = circle.clone();
    let mut order = Vec::new();
    while !rest.is_empty() {
        let weight = |file: usize| {
            let has = |from: usize, to: usize| {
                needs
                    .get(&from)
                    .is_some_and(|there| there.contains_key(&to))
            };
            let needed_by = rest.iter().filter(|other| has(**other, file)).count();
            let needing = rest.iter().filter(|other| has(file, **other)).count();
            (
                needing == 0,
                needed_by.saturating_sub(needing),
                rest.len() - needing,
            )
        };
        let Some(last) = rest.iter().copied().max_by_key(|file| weight(*file)) else {
            break;
        };
        rest.remove(&last);
        order.push(last);
    }
    order.reverse();
    order
}

fn describe(target: &Target, needs: &Needs, circle: &BTreeSet<usize>) -> String {
    let path = |file: usize| target.files[file].path.as_str();
    let order = layers(needs, circle);
    let place = |file: usize| order.iter().position(|other| *other == file);
    let mut closing = Vec::new();
    for from in &order {
        for (to, used) in needs.get(from).into_iter().flatten() {
            if circle.contains(to) && place(*to) < place(*from) {
                let name = used.segments.join("::");
                closing.push(format!(
                    "{}:{} uses {name} of {}",
                    path(*from),
                    used.line,
                    path(*to)
                ));
            }
        }
    }
    let files: Vec<&str> = circle.iter().map(|file| path(*file)).collect();
    format!(
        "{}: {} modules need each other: {}\n  closed by:\n    {}",
        target.package,
        files.len(),
        files.join(", "),
        closing.join("\n    ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::source::tests::target;

    #[test]
    fn a_type_at_the_bottom_closes_no_circle() {
        let files = [
            ("lib.rs", "mod order; mod refund; mod amount;"),
            ("amount.rs", "pub(crate) struct Amount;"),
            (
                "order.rs",
                "use crate::amount::Amount; fn pay(_: Amount) {}",
            ),
            (
                "refund.rs",
                "use crate::{amount, order}; fn back(_: amount::Amount) { order::pay() }",
            ),
        ];
        assert!(faults(&target(&files)).is_empty());
    }

    #[test]
    fn paths_in_the_middle_of_code_count() {
        let files = [
            ("lib.rs", "mod order; mod refund;"),
            ("order.rs", "fn pay() { crate::refund::back() }"),
            ("refund.rs", "fn back() { vec![super::order::pay()]; }"),
        ];
        let found = faults(&target(&files));
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("2 modules need each other: order.rs, refund.rs"));
        assert!(found[0].contains(":1 uses "), "{}", found[0]);
    }

    #[test]
    fn a_child_may_not_need_its_parent_where_that_needs_the_child() {
        let files = [
            ("lib.rs", "mod order;"),
            ("order.rs", "mod line; struct Order(line::Line);"),
            (
                "order/line.rs",
                "pub(super) struct Line; fn of(_: &super::Order) {}",
            ),
        ];
        assert_eq!(faults(&target(&files)).len(), 1);
    }

    #[test]
    fn names_that_are_passed_on_count_for_the_file_that_defines_them() {
        let files = [
            ("lib.rs", "mod order;"),
            (
                "order.rs",
                "mod line; mod sum; pub use line::Line; pub use sum::sum;",
            ),
            ("order/line.rs", "pub struct Line;"),
            ("order/sum.rs", "use super::Line; pub fn sum(_: &[Line]) {}"),
        ];
        assert!(faults(&target(&files)).is_empty());
    }

    #[test]
    fn modules_of_tests_do_not_count() {
        let files = [
            ("lib.rs", "mod order; mod refund;"),
            (
                "order.rs",
                "fn pay() {} #[cfg(test)] mod tests { use crate::refund::back; }",
            ),
            ("refund.rs", "use crate::order::pay; fn back() { pay() }"),
        ];
        assert!(faults(&target(&files)).is_empty());
    }

    #[test]
    fn modules_inside_a_file_are_part_of_it() {
        let files = [
            ("lib.rs", "mod order; mod refund;"),
            (
                "order.rs",
                "mod line { pub fn of() { crate::refund::back() } } fn pay() {}",
            ),
            ("refund.rs", "pub fn back() { crate::order::pay() }"),
        ];
        assert_eq!(faults(&target(&files)).len(), 1);
    }
}
