//! Shortens what joins a program and its script: wasm-bindgen names each import by what it does and a hash, twice, and indents
//! the script for readers. That is nine kilobytes of the first load after compression.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// The section of a program that names its imports. Source: WebAssembly Core Specification, section 5.5.
const IMPORTS: u8 = 2;
/// What the names begin with that wasm-bindgen gives to imports.
const PREFIXES: [&str; 2] = ["__wbg_", "__wbindgen_cast_"];
/// How many hexadecimal digits such a name ends with; no other name of the script ends so.
const HASH_LENGTH: usize = 16;
/// The length of the header of a program: a mark and a version.
const HEADER: usize = 8;

/// Renames the imports of `name_bg.wasm` and in `name.js`, and takes comments and indentation out of the script.
pub(crate) fn shorten(name: &str, work: &Path) -> Result<()> {
    let (program, script) = (
        work.join(format!("{name}_bg.wasm")),
        work.join(format!("{name}.js")),
    );
    let (renamed, names) = renamed(&fs::read(&program)?).context("reading a program's imports")?;
    let text = fs::read_to_string(&script)?;
    fs::write(program, renamed)?;
    Ok(fs::write(script, shortened(&text, &names)?)?)
}

/// The script with the short names, without lines that only a reader needs.
fn shortened(script: &str, names: &[String]) -> Result<String> {
    let mut script = script.to_owned();
    for (number, name) in names.iter().enumerate() {
        ensure!(script.contains(name), "the script does not have {name}");
        script = script.replace(name, &short(number));
    }
    // A text in backquotes may have several lines, whose spaces count.
    let is_plain = script
        .lines()
        .all(|line| line.matches('`').count() % 2 == 0);
    ensure!(is_plain, "the script has a text of several lines");
    let lines = script.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    Ok(lines.flat_map(|line| [line, "\n"]).collect())
}

/// The short name of an import.
fn short(number: usize) -> String {
    format!("i{number}")
}

/// The program with short names for the imports of wasm-bindgen, and the long names in their order; `None` where it cannot be
/// read.
fn renamed(program: &[u8]) -> Option<(Vec<u8>, Vec<String>)> {
    let mut rest = Bytes(program);
    let mut renamed = rest.take(HEADER)?.to_vec();
    let mut names = Vec::new();
    while !rest.0.is_empty() {
        let kind = rest.byte()?;
        let length = rest.number()?;
        let section = rest.take(length)?;
        let section = if kind == IMPORTS {
            imports(section, &mut names)?
        } else {
            section.to_vec()
        };
        renamed.push(kind);
        put_number(&mut renamed, section.len());
        renamed.extend(section);
    }
    Some((renamed, names))
}

/// The section of imports with short names; the long ones are added to `names`.
fn imports(section: &[u8], names: &mut Vec<String>) -> Option<Vec<u8>> {
    let mut rest = Bytes(section);
    let mut renamed = Vec::new();
    let count = rest.number()?;
    put_number(&mut renamed, count);
    for _ in 0..count {
        put_name(&mut renamed, rest.name()?);
        let name = rest.name()?;
        if is_of_bindgen(name) {
            put_name(&mut renamed, &short(names.len()));
            names.push(name.to_owned());
        } else {
            put_name(&mut renamed, name);
        }
        renamed.extend(rest.described()?);
    }
    rest.0.is_empty().then_some(renamed)
}

fn is_of_bindgen(name: &str) -> bool {
    let hash = name.rsplit('_').next().unwrap_or_default();
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        && hash.len() == HASH_LENGTH
        && hash.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// What is left of a program.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|byte| byte[0])
    }

    /// A number in LEB128.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0_u64;
        for place in 0..5 {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                return usize::try_from(number).ok();
            }
        }
        None
    }

    fn name(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// What an import is, as it is written.
    fn described(&mut self) -> Option<&'a [u8]> {
        let from = self.0;
        match self.byte()? {
            // A function, by its type.
            0 => drop(self.number()?),
            // A table, by the type of its elements and its limits.
            1 => {
                self.byte()?;
                self.limits()?;
            }
            // A memory, by its limits.
            2 => self.limits()?,
            // A global, by its type and whether it changes.
            3 => drop(self.take(2)?),
            // A tag, by its attribute and its type.
            4 => {
                self.byte()?;
                self.number()?;
            }
            _ => return None,
        }
        from.get(..from.len() - self.0.len())
    }

    fn limits(&mut self) -> Option<()> {
        let has_end = self.byte()? & 1 == 1;
        self.number()?;
        if has_end {
            self.number()?;
        }
        Some(())
    }
}

fn put_name(to: &mut Vec<u8>, name: &str) {
    put_number(to, name.len());
    to.extend(name.as_bytes());
}

/// Writes a number in LEB128.
fn put_number(to: &mut Vec<u8>, mut number: usize) {
    loop {
        let [low, ..] = (number & 0x7f).to_le_bytes();
        number >>= 7;
        if number == 0 {
            return to.push(low);
        }
        to.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program with these imports of a module `m`, and a section behind them.
    fn program(imports: &[(&str, &[u8])]) -> Vec<u8> {
        let mut section = Vec::new();
        put_number(&mut section, imports.len());
        for (name, described) in imports {
            put_name(&mut section, "m");
            put_name(&mut section, name);
            section.extend(*described);
        }
        let mut program = b"\0asm\x01\0\0\0".to_vec();
        program.push(IMPORTS);
        put_number(&mut program, section.len());
        program.extend(section);
        program.extend([10, 2, 7, 7]);
        program
    }

    const LONG: &str = "__wbg_addEventListener_0123456789abcdef";
    const CAST: &str = "__wbindgen_cast_0000000000000001";

    #[test]
    fn imports_of_bindgen_get_short_names_and_others_stay() {
        let described: [&[u8]; 5] = [
            &[0, 3],
            &[1, 0x70, 1, 1, 2],
            &[2, 0, 0x90, 1],
            &[3, 0x7f, 1],
            &[0, 200, 1],
        ];
        let named = |names: [&'static str; 5]| {
            let imports: Vec<_> = names.into_iter().zip(described).collect();
            program(&imports)
        };
        let long = named([LONG, "table", "memory", "stack_0123", CAST]);
        let (changed, kept) = renamed(&long).unwrap();
        assert_eq!(
            changed,
            named(["i0", "table", "memory", "stack_0123", "i1"])
        );
        assert_eq!(kept, [LONG, CAST]);
        assert_eq!(renamed(&long[..20]), None);
        assert_eq!(renamed(&program(&[(LONG, &[9])])), None);
    }

    #[test]
    fn a_script_loses_what_only_readers_need() {
        let names = [LONG.to_owned()];
        let script =
            format!("/* a */\nconst imports = {{\n\n    // Listens.\n    {LONG}: f(`a`),\n}};\n");
        assert_eq!(
            shortened(&script, &names).unwrap(),
            "/* a */\nconst imports = {\ni0: f(`a`),\n};\n"
        );
        assert!(shortened("const imports = {};", &names).is_err());
        assert!(shortened("f(`a\n   b`);", &[]).is_err());
    }
}
