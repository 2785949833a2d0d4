//! Writes the API client: `codegen FOLDER` reads the API document in a folder laid out like the repository and writes the
//! client's sources into that folder, not yet formatted.
//!
//! The client's models are written by openapi-to-rust, its operations by [`operations`]: the ones of openapi-to-rust bring
//! an HTTP stack of their own, which the browser would have to download.

mod operations;
mod pages;
mod plain;
mod words;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use openapi_to_rust::{CodeGenerator, ConfigFile, SchemaAnalyzer};
use serde_json::Value;

const DOCUMENT: &str = "openapi/openapi.json";
const CONFIG: &str = "openapi/client.toml";
/// Holds `generated.rs` and the folder `generated`.
const CLIENT: &str = "crates/client/src";
/// The module that holds what is generated.
const MODULE: &str = "//! Made from the API document by `cargo xtask openapi`; not to be edited.

mod operations;
#[cfg(not(target_arch = \"wasm32\"))]
mod pages;
mod types;
mod words;

pub use operations::*;
pub use types::*;
pub use words::*;
";

fn main() -> Result<()> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    generate(&folder.context("the folder with the API document is missing: codegen FOLDER")?)
}

/// Writes the client of a folder's document into that folder.
fn generate(folder: &Path) -> Result<()> {
    let config = ConfigFile::load(&folder.join(CONFIG))?.into_generator_config();
    let document = fs::read_to_string(folder.join(DOCUMENT))?;
    let document: Value =
        serde_json::from_str(&document).context("the server printed no JSON document")?;
    let words = words::source(&document)?;
    let document = plain::plain(document);
    let (operations, pages) = (operations::source(&document)?, pages::source(&document)?);
    let mut analysis = SchemaAnalyzer::new(document)?.analyze()?;
    let models = CodeGenerator::new(config).generate_all(&mut analysis)?;
    let client = folder.join(CLIENT);
    fs::create_dir_all(client.join("generated"))?;
    for file in models.files {
        let path = client.join("generated").join(&file.path);
        fs::write(path, with_moments(&comparable(&file.content)))?;
    }
    fs::write(client.join("generated/operations.rs"), operations)?;
    fs::write(client.join("generated/pages.rs"), pages)?;
    fs::write(client.join("generated/words.rs"), words)?;
    Ok(fs::write(client.join("generated.rs"), MODULE)?)
}

/// Lets every model be compared, since what Yew's components are given must be.
fn comparable(source: &str) -> String {
    source
        .lines()
        .map(|line| match line.strip_prefix("#[derive(Debug, Clone, ") {
            Some(rest) if !rest.contains("PartialEq") => {
                format!("#[derive(Debug, Clone, PartialEq, {rest}\n")
            }
            _ => format!("{line}\n"),
        })
        .collect()
}

/// Lets moments be read by the client's own reader, which a browser downloads in place of that of `chrono`.
fn with_moments(source: &str) -> String {
    let with_reader = |line: &str| match line
        .trim()
        .strip_prefix("pub ")
        .and_then(|field| field.split_once(": "))
    {
        Some((_, "chrono::DateTime<chrono::Utc>,")) => {
            format!("#[serde(deserialize_with = \"crate::moment::read\")]\n{line}\n")
        }
        Some((_, "Option<chrono::DateTime<chrono::Utc>>,")) => {
            format!(
                "#[serde(default, deserialize_with = \"crate::moment::read_option\")]\n{line}\n"
            )
        }
        _ => format!("{line}\n"),
    };
    source.lines().map(with_reader).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Value {
        let problem = serde_json::json!({"description": "It did not work.", "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}});
        serde_json::json!({
            "openapi": "3.1.0",
            "info": {"title": "Sample", "version": "1.0.0"},
            "paths": {"/photos/{id}": {"get": {
                "operationId": "get_photo",
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "responses": {
                    "200": {"description": "The photo.", "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/PhotoView"}}}},
                    "404": problem,
                }}}},
            "components": {"schemas": {
                "PhotoView": {"type": "object", "required": ["id", "state"], "properties": {
                    "id": {"type": "string"},
                    "state": {"$ref": "#/components/schemas/State"},
                    "submitted_at": {"type": "string", "format": "date-time"}}},
                "PhotoList": {"type": "object", "required": ["items", "next"], "properties": {
                    "items": {"type": "array", "items": {"$ref": "#/components/schemas/PhotoView"}},
                    "next": {"type": ["string", "null"]}}},
                "State": {"type": "string", "enum": ["checked", "approved"]},
                "Problem": {"type": "object", "required": ["code", "status"], "properties": {
                    "code": {"type": "string"}, "status": {"type": "integer", "format": "int32"}}}}}
        })
    }

    #[test]
    fn the_client_has_the_operation_and_comparable_models() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("openapi")).unwrap();
        fs::write(root.path().join(DOCUMENT), sample().to_string()).unwrap();
        let config = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .join(CONFIG);
        fs::copy(config, root.path().join(CONFIG)).unwrap();
        generate(root.path()).unwrap();
        let folder = root.path().join(CLIENT);
        let types = fs::read_to_string(folder.join("generated/types.rs")).unwrap();
        let operations = fs::read_to_string(folder.join("generated/operations.rs")).unwrap();
        assert!(
            operations.contains("pub fn get_photo(id: &str) -> Call<PhotoView>"),
            "{operations}"
        );
        let pages = fs::read_to_string(folder.join("generated/pages.rs")).unwrap();
        assert!(
            pages.contains("impl Page for PhotoList {\n    type Item = PhotoView;"),
            "{pages}"
        );
        let models = types.matches("#[derive(Debug, Clone").count();
        assert_eq!(
            models,
            types.matches("#[derive(Debug, Clone, PartialEq").count()
        );
        assert_eq!(
            models, 3,
            "PhotoView, PhotoList and Problem keep words as texts: {types}"
        );
        assert!(
            types.contains("crate::moment::read_option\")]\n    pub submitted_at"),
            "{types}"
        );
        let words = fs::read_to_string(folder.join("generated/words.rs")).unwrap();
        assert!(words.contains("Approved = \"approved\";"), "{words}");
    }
}
