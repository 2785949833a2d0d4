//! The API document and the client made from it: both are committed, and a step of the tests fails where they are stale.
//!
//! The client's models are written by openapi-to-rust, its operations by [`operations`]: the ones of openapi-to-rust bring
//! an HTTP stack of their own, which the browser would have to download.

mod operations;
mod plain;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use openapi_to_rust::{CodeGenerator, ConfigFile, SchemaAnalyzer};
use serde_json::Value;
use tempfile::TempDir;

use crate::models;
use crate::run::{cargo, command, files_below, output, root, run};

const DOCUMENT: &str = "openapi/openapi.json";
const CONFIG: &str = "openapi/client.toml";
/// Holds `generated.rs` and the folder `generated`.
const CLIENT: &str = "crates/client/src";
/// The module that holds what is generated.
const MODULE: &str = "//! Made from the API document by `cargo xtask openapi`; not to be edited.

mod operations;
mod types;

pub use operations::*;
pub use types::*;
";

/// Writes the document as the server states it, and the client.
pub(crate) fn write() -> Result<()> {
    let fresh = fresh()?;
    for file in stale(&fresh, &root())? {
        let target = root().join(&file);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(fresh.path().join(&file), target)?;
        println!("Wrote {file}.");
    }
    Ok(())
}

/// Fails where the document or the client is not what the server's routes give now.
pub(crate) fn check() -> Result<()> {
    let stale = stale(&fresh()?, &root())?;
    if !stale.is_empty() {
        bail!("stale: {}; run `cargo xtask openapi`", stale.join(", "));
    }
    Ok(())
}

/// All generated files, in a folder laid out like the repository.
fn fresh() -> Result<TempDir> {
    models::models(None)?;
    let document = output(cargo().args(["run", "--quiet", "--bin", "gradphoto", "--", "openapi"]))?;
    lay_out(&document)
}

/// The document and the client made from it.
fn lay_out(document: &str) -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    fs::create_dir_all(folder.path().join("openapi"))?;
    fs::write(folder.path().join(DOCUMENT), document)?;
    fs::copy(root().join(CONFIG), folder.path().join(CONFIG))?;
    generate(folder.path())?;
    Ok(folder)
}

/// The fresh files that `root` lacks or holds otherwise, by their path.
fn stale(fresh: &TempDir, root: &Path) -> Result<Vec<String>> {
    let mut stale = Vec::new();
    for file in files_below(fresh.path())? {
        let path = file.strip_prefix(fresh.path())?;
        if fs::read(root.join(path)).ok() != Some(fs::read(&file)?) {
            stale.push(path.display().to_string());
        }
    }
    Ok(stale)
}

/// Writes the client of a folder's document into that folder, formatted.
fn generate(folder: &Path) -> Result<()> {
    let config = ConfigFile::load(&folder.join(CONFIG))?.into_generator_config();
    let document = fs::read_to_string(folder.join(DOCUMENT))?;
    let document: Value =
        serde_json::from_str(&document).context("the server printed no JSON document")?;
    let document = plain::plain(document);
    let operations = operations::source(&document)?;
    let mut analysis = SchemaAnalyzer::new(document)?.analyze()?;
    let models = CodeGenerator::new(config).generate_all(&mut analysis)?;
    let client = folder.join(CLIENT);
    fs::create_dir_all(client.join("generated"))?;
    for file in models.files {
        let path = client.join("generated").join(&file.path);
        fs::write(path, comparable(&file.content))?;
    }
    fs::write(client.join("generated/operations.rs"), operations)?;
    let module = client.join("generated.rs");
    fs::write(&module, MODULE)?;
    run(command("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(root())
        .arg(module))
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
                    "state": {"type": "string", "enum": ["checked", "approved"]},
                    "submitted_at": {"type": "string", "format": "date-time"}}},
                "Problem": {"type": "object", "required": ["code", "status"], "properties": {
                    "code": {"type": "string"}, "status": {"type": "integer", "format": "int32"}}}}}
        })
    }

    #[test]
    fn the_client_has_the_operation_and_comparable_models() {
        let folder = lay_out(&sample().to_string()).unwrap();
        let folder = folder.path().join(CLIENT);
        let types = fs::read_to_string(folder.join("generated/types.rs")).unwrap();
        let operations = fs::read_to_string(folder.join("generated/operations.rs")).unwrap();
        assert!(
            operations.contains("pub fn get_photo(id: &str) -> Call<PhotoView>"),
            "{operations}"
        );
        let models = types.matches("#[derive(Debug, Clone").count();
        assert_eq!(
            models,
            types.matches("#[derive(Debug, Clone, PartialEq").count()
        );
        assert_eq!(
            models, 2,
            "PhotoView and Problem; enumerations are texts: {types}"
        );
    }

    #[test]
    fn what_differs_or_is_missing_is_stale() {
        let (fresh, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (name, text) in [("same", "1"), ("other", "2"), ("missing", "3")] {
            fs::write(fresh.path().join(name), text).unwrap();
        }
        fs::write(root.path().join("same"), "1").unwrap();
        fs::write(root.path().join("other"), "0").unwrap();
        assert_eq!(stale(&fresh, root.path()).unwrap(), ["missing", "other"]);
    }
}
