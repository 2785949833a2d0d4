//! Faults of disk, database, object store and key file, on both databases: longer than in a full run of the tests, and
//! with a table of what came of each.

use std::env;
use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::run::run as run_command;
use crate::test::tests;
use crate::{postgres, setup};

/// How many times as long each fault lasts.
const ROUNDS: &str = "5";
/// The columns: what a row of the tests calls it, and the heading.
const COLUMNS: [(&str, &str); 8] = [
    ("fault", "fault"),
    ("database", "database"),
    ("writes", "writes"),
    ("uploads", "uploads"),
    ("reads", "reads of photos"),
    ("readiness", "/readyz"),
    ("lost", "lost"),
    ("recovery_ms", "works again after ms"),
];

/// Runs them on `SQLite`, and on the database of `TEST_DATABASE_URL` or a cluster of its own.
pub(crate) fn run() -> Result<()> {
    setup::postgres_programs()?;
    let folder = tempfile::tempdir()?;
    let table = folder.path().join("table");
    let faults = || -> Result<_> {
        let mut tests = tests()?;
        tests
            .env("GRADPHOTO_FAULT_ROUNDS", ROUNDS)
            .env("GRADPHOTO_FAULTS_TABLE", &table);
        tests.arg("faults::");
        Ok(tests)
    };
    let on_sqlite = run_command(faults()?.env_remove("TEST_DATABASE_URL"));
    let on_postgres = if env::var_os("TEST_DATABASE_URL").is_some() {
        run_command(&mut faults()?)
    } else {
        let postgres = postgres::start(postgres::Durability::Synced)?;
        run_command(faults()?.env("TEST_DATABASE_URL", &postgres.url))
    };
    let rows = fs::read_to_string(&table).context("no test told what it saw")?;
    println!("\n{}", formatted(&rows)?);
    on_sqlite.and(on_postgres)
}

/// The rows as a table of Markdown.
fn formatted(rows: &str) -> Result<String> {
    let mut lines = vec![COLUMNS.map(|(_, heading)| heading.to_owned())];
    lines.push(COLUMNS.map(|_| "---".to_owned()));
    let mut told = Vec::new();
    for row in rows.lines() {
        let row: Value = serde_json::from_str(row)?;
        told.push(COLUMNS.map(|(name, _)| match &row[name] {
            Value::String(text) if !text.is_empty() => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::String(_)
            | Value::Null
            | Value::Bool(_)
            | Value::Array(_)
            | Value::Object(_) => "–".to_owned(),
        }));
    }
    told.sort();
    lines.extend(told);
    let lines = lines
        .iter()
        .map(|cells| format!("| {} |", cells.join(" | ")));
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::formatted;

    #[test]
    fn rows_become_a_table() {
        let rows = "{\"fault\":\"kill -9\",\"lost\":0}\n{\"fault\":\"EIO\",\"reads\":\"200 ×3\"}\n";
        let table = formatted(rows).unwrap();
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines.len(), 4);
        assert!(lines[0].starts_with("| fault | database |"));
        assert_eq!(lines[2], "| EIO | – | – | – | 200 ×3 | – | – | – |");
        assert_eq!(lines[3], "| kill -9 | – | – | – | – | – | 0 | – |");
    }
}
