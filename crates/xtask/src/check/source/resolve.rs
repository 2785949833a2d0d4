//! Where the name at the end of a path is defined.

use super::model::{Import, Target};

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    /// A type, function, constant or macro of this module.
    Item(usize),
    /// The module itself.
    Module(usize),
}

/// The `use` lines that were followed so far, as module and name, so that a circle of them ends.
type Followed = Vec<(usize, String)>;

impl Target {
    /// The modules that define what a path means where it is used. Names that a module only passes on with `use` lead to
    /// the module that defines them. Empty for a name of another crate, a local variable, or a module by itself.
    pub(crate) fn definers(&self, module: usize, segments: &[String]) -> Vec<usize> {
        let mut found = self.resolve(module, segments, &mut Followed::new());
        found.sort_unstable();
        found.dedup();
        let items = found.into_iter().filter_map(|found| match found {
            Found::Item(definer) => Some(definer),
            Found::Module(_) => None,
        });
        items.collect()
    }

    /// Whether `module` lies inside `outer`, at any depth.
    pub(crate) fn is_inside(&self, module: usize, outer: usize) -> bool {
        let parents = std::iter::successors(self.modules[module].parent, |parent| {
            self.modules[*parent].parent
        });
        parents.into_iter().any(|parent| parent == outer)
    }

    fn resolve(&self, module: usize, segments: &[String], followed: &mut Followed) -> Vec<Found> {
        let Some((first, rest)) = segments.split_first() else {
            return Vec::new();
        };
        let starts = match first.as_str() {
            "crate" => vec![Found::Module(0)],
            "self" => vec![Found::Module(module)],
            _ => self.lookup(module, first, followed),
        };
        self.walk_all(starts, rest, followed)
    }

    fn walk_all(&self, starts: Vec<Found>, rest: &[String], followed: &mut Followed) -> Vec<Found> {
        let Some((next, rest)) = rest.split_first() else {
            return starts;
        };
        let is_module = |found: &Found| matches!(found, Found::Module(_));
        let has_module = starts.iter().any(is_module);
        let mut found = Vec::new();
        for start in starts {
            match start {
                // `order::find`, where `order` is a module and a function: the module is meant.
                Found::Item(_) if has_module => {}
                Found::Item(_) => found.push(start),
                Found::Module(module) => {
                    let there = self.lookup(module, next, followed);
                    found.extend(self.walk_all(there, rest, followed));
                }
            }
        }
        found
    }

    fn lookup(&self, module: usize, name: &str, followed: &mut Followed) -> Vec<Found> {
        let here = &self.modules[module];
        if name == "super" {
            return here.parent.map(Found::Module).into_iter().collect();
        }
        let child = here.children.get(name).map(|child| Found::Module(*child));
        let item = here.items.contains(name).then_some(Found::Item(module));
        let mut found: Vec<Found> = child.into_iter().chain(item).collect();
        let step = (module, name.to_owned());
        if followed.contains(&step) {
            return found;
        }
        followed.push(step);
        for import in here.imports.get(name).into_iter().flatten() {
            found.extend(self.resolve(module, &import.used.segments, followed));
        }
        if found.is_empty() {
            for glob in &here.globs {
                found.extend(self.lookup_in_glob(module, glob, name, followed));
            }
        }
        followed.pop();
        found
    }

    fn lookup_in_glob(
        &self,
        module: usize,
        glob: &Import,
        name: &str,
        followed: &mut Followed,
    ) -> Vec<Found> {
        let mut found = Vec::new();
        for start in self.resolve(module, &glob.used.segments, followed) {
            if let Found::Module(opened) = start {
                found.extend(self.lookup(opened, name, followed));
            }
        }
        found
    }
}
