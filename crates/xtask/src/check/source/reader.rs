//! Reads one file into its modules.

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::attribute::{attributes_of, is_for_tests};
use super::model::{Import, Module, PathUse, Target};

/// A module that a file declares with `mod name;` and that is a file of its own.
pub(super) struct Declared {
    /// Its name.
    pub(super) name: String,
    /// The modules around it that are written inside the same file.
    pub(super) inside: Vec<String>,
    /// Its place in the target's list.
    pub(super) module: usize,
}

/// Enters what the file of `module` says, and returns the modules whose files are still to be read.
pub(super) fn read_module(target: &mut Target, module: usize) -> Vec<Declared> {
    let syntax = target.files[target.modules[module].file].syntax.clone();
    let mut reader = Reader {
        target,
        module,
        inside: Vec::new(),
        declared: Vec::new(),
    };
    reader.visit_file(&syntax);
    reader.declared
}

struct Reader<'a> {
    target: &'a mut Target,
    module: usize,
    inside: Vec<String>,
    declared: Vec<Declared>,
}

impl Reader<'_> {
    fn here(&mut self) -> &mut Module {
        &mut self.target.modules[self.module]
    }

    fn enter_use(&mut self, segments: Vec<String>, line: usize) {
        self.here().uses.push(PathUse { segments, line });
    }

    fn define(&mut self, name: &syn::Ident) {
        self.here().items.insert(name.to_string());
    }

    fn read_mod(&mut self, item: &syn::ItemMod) {
        let name = item.ident.to_string();
        let child = self.target.modules.len();
        let (parent, file) = (self.module, self.here().file);
        self.target.modules.push(Module {
            parent: Some(parent),
            file,
            ..Module::default()
        });
        self.here().children.insert(name.clone(), child);
        let Some((_, items)) = &item.content else {
            self.declared.push(Declared {
                name,
                inside: self.inside.clone(),
                module: child,
            });
            return;
        };
        self.module = child;
        self.inside.push(name);
        for item in items {
            self.visit_item(item);
        }
        self.inside.pop();
        self.module = parent;
    }

    fn read_use(&mut self, tree: &syn::UseTree, before: &[String], is_public: bool) {
        let import = |segments: Vec<String>, line| Import {
            used: PathUse { segments, line },
            is_public,
        };
        let with = |name: &syn::Ident| {
            let mut segments = before.to_vec();
            if name != "self" || before.is_empty() {
                segments.push(name.to_string());
            }
            segments
        };
        let line = tree.span().start().line;
        match tree {
            syn::UseTree::Path(path) => self.read_use(&path.tree, &with(&path.ident), is_public),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.read_use(tree, before, is_public);
                }
            }
            syn::UseTree::Glob(_) => self.here().globs.push(import(before.to_vec(), line)),
            syn::UseTree::Name(name) => {
                let segments = with(&name.ident);
                let known_as = segments.last().cloned().unwrap_or_default();
                self.enter_import(known_as, import(segments, line));
            }
            syn::UseTree::Rename(renamed) => {
                let segments = with(&renamed.ident);
                self.enter_import(renamed.rename.to_string(), import(segments, line));
            }
        }
    }

    fn enter_import(&mut self, name: String, import: Import) {
        self.here().imports.entry(name).or_default().push(import);
    }

    /// Enters the paths among the tokens of a macro or an attribute, which no parser of ours understands.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.read_tokens(group.stream()),
                TokenTree::Ident(first) if at == 0 || !starts_no_path(&tokens[at - 1]) => {
                    let mut segments = vec![first.to_string()];
                    let line = first.span().start().line;
                    while let Some(next) = segment_after(&tokens, at) {
                        segments.push(next);
                        at += 3;
                    }
                    self.enter_use(segments, line);
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            at += 1;
        }
    }
}

/// Whether a word after this token is a field, a method or a lifetime.
fn starts_no_path(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if ['.', '\''].contains(&mark.as_char()))
}

/// The word that `::` joins to the token at the given place.
fn segment_after(tokens: &[TokenTree], at: usize) -> Option<String> {
    let is_colon =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':');
    match tokens.get(at + 1..at + 4)? {
        [first, second, TokenTree::Ident(word)] if is_colon(first) && is_colon(second) => {
            Some(word.to_string())
        }
        _ => None,
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the enumeration is another library's and grows with the language"
    )]
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if attributes_of(item).is_some_and(is_for_tests) {
            return;
        }
        match item {
            syn::Item::Mod(item) => return self.read_mod(item),
            syn::Item::Use(item) => {
                let is_public = !matches!(item.vis, syn::Visibility::Inherited);
                return self.read_use(&item.tree, &[], is_public);
            }
            syn::Item::Const(item) => self.define(&item.ident),
            syn::Item::Enum(item) => self.define(&item.ident),
            syn::Item::Fn(item) => self.define(&item.sig.ident),
            syn::Item::Macro(item) => {
                if let Some(name) = &item.ident {
                    self.define(name);
                }
            }
            syn::Item::Static(item) => self.define(&item.ident),
            syn::Item::Struct(item) => self.define(&item.ident),
            syn::Item::Trait(item) => self.define(&item.ident),
            syn::Item::Type(item) => self.define(&item.ident),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments = path.segments.iter();
        let segments = segments.map(|segment| segment.ident.to_string()).collect();
        if path.leading_colon.is_none() {
            self.enter_use(segments, path.span().start().line);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.read_tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        self.visit_path(attribute.path());
        if let syn::Meta::List(list) = &attribute.meta {
            self.read_tokens(list.tokens.clone());
            for path in paths_in_text(&list.tokens) {
                self.visit_path(&path);
            }
        }
    }
}

/// Paths that an attribute names in quotes, as in `#[serde(with = "crate::time::text")]`.
fn paths_in_text(tokens: &TokenStream) -> Vec<syn::Path> {
    let literals = tokens.clone().into_iter().filter_map(|token| {
        let TokenTree::Literal(literal) = token else {
            return None;
        };
        syn::parse_str::<syn::LitStr>(&literal.to_string()).ok()
    });
    let paths = literals.filter_map(|text| text.parse::<syn::Path>().ok());
    paths.filter(|path| path.segments.len() > 1).collect()
}
