//! Values that belong together are a struct with named fields: no function takes a tuple.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::source::{SourceFile, Target, attributes_of, is_for_tests};

/// One sentence for every parameter that is a tuple, or a reference to one.
pub(crate) fn faults(target: &Target) -> Vec<String> {
    target.files.iter().flat_map(faults_of).collect()
}

fn faults_of(file: &SourceFile) -> Vec<String> {
    let mut finder = Finder {
        path: &file.path,
        faults: Vec::new(),
    };
    finder.visit_file(&file.syntax);
    finder.faults
}

struct Finder<'a> {
    path: &'a str,
    faults: Vec<String>,
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !attributes_of(item).is_some_and(is_for_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        for input in &signature.inputs {
            if let syn::FnArg::Typed(parameter) = input
                && is_tuple(&parameter.ty)
            {
                let line = parameter.span().start().line;
                let name = &signature.ident;
                self.faults.push(format!(
                    "{}:{line}: a parameter of `{name}` is a tuple; give its parts names in a struct",
                    self.path
                ));
            }
        }
    }
}

/// Whether a type is a tuple of values, or a reference to one.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enumeration is another library's and grows with the language"
)]
fn is_tuple(kind: &syn::Type) -> bool {
    match kind {
        syn::Type::Tuple(tuple) => !tuple.elems.is_empty(),
        syn::Type::Reference(reference) => is_tuple(&reference.elem),
        syn::Type::Paren(inner) => is_tuple(&inner.elem),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::source::parse;

    fn found(text: &str) -> usize {
        faults_of(&parse("a.rs", text).unwrap()).len()
    }

    #[test]
    fn tuples_are_found_in_functions_methods_and_traits() {
        assert_eq!(found("fn a(b: (u8, u8), (c, d): &(u8, u8)) {}"), 2);
        assert_eq!(found("impl A { fn a(&self, b: (u8, u8)) {} }"), 1);
        assert_eq!(found("trait A { fn a(b: (u8, u8)); }"), 1);
    }

    #[test]
    fn other_parameters_pass() {
        assert_eq!(
            found("fn a(b: u8, c: (), d: &[(u8, u8)]) -> (u8, u8) { (b, b) }"),
            0
        );
        assert_eq!(found("#[cfg(test)] mod tests { fn a(b: (u8, u8)) {} }"), 0);
    }
}
