//! Triggers that refuse what would change a school on its way to another installation.
//!
//! What they raise is read in `error.rs`. They are in the database and not in the program, so that no route, job or command is forgotten. They are made when the
//! first school is moved; an installation that moves none has none.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};

use super::moved_table::{FENCED_BESIDES, tables};
use crate::{Store, StoreError};

/// How each trigger's name begins.
const NAME: &str = "school_fence_";
/// Two functions, since a table's row names its school in one of two columns.
const POSTGRES_FUNCTION: &str = "CREATE OR REPLACE FUNCTION school_fence_{column}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE place text;
BEGIN
    SELECT address INTO place FROM school_moves WHERE school_id = NEW.{column} AND state <> 'arrived';
    IF FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'GP001', MESSAGE = place;
    END IF;
    RETURN NEW;
END $$";

/// The statements of a table, and of which kind they are.
struct Fence {
    table: &'static str,
    column: &'static str,
    /// Whether rows may still be changed, such as an event that gets its position.
    is_open_to_changes: bool,
}

fn fences() -> impl Iterator<Item = Fence> {
    let moved = tables().into_iter().filter_map(|table| {
        let column = table.school_column()?;
        Some(Fence {
            table: table.name,
            column,
            is_open_to_changes: matches!(table.name, "events" | "audit_events"),
        })
    });
    let besides = FENCED_BESIDES.iter().map(|table| Fence {
        table,
        column: "school_id",
        is_open_to_changes: false,
    });
    moved.chain(besides)
}

impl Fence {
    /// Its triggers, by name.
    fn statements(&self, backend: DbBackend) -> Vec<(String, String)> {
        let deeds: &[&str] = if self.is_open_to_changes {
            &["INSERT"]
        } else {
            &["INSERT", "UPDATE"]
        };
        let Self { table, column, .. } = self;
        if backend == DbBackend::Postgres {
            let (name, deeds) = (format!("{NAME}{table}"), deeds.join(" OR "));
            let statement = format!(
                "CREATE OR REPLACE TRIGGER {name} BEFORE {deeds} ON {table} \
                 FOR EACH ROW EXECUTE FUNCTION school_fence_{column}()"
            );
            return vec![(name, statement)];
        }
        let moving = format!(
            "FROM school_moves WHERE school_moves.school_id = NEW.{column} AND school_moves.state <> 'arrived'"
        );
        let statement = |deed: &&str| {
            let name = format!("{NAME}{table}_{}", deed.to_lowercase());
            let statement = format!(
                "CREATE TRIGGER IF NOT EXISTS {name} BEFORE {deed} ON {table} \
                 WHEN EXISTS (SELECT 1 {moving}) \
                 BEGIN SELECT RAISE(ABORT, (SELECT address {moving})); END"
            );
            (name, statement)
        };
        deeds.iter().map(statement).collect()
    }
}

/// Makes the triggers that are missing, each in a transaction of its own: on `PostgreSQL` each waits for those who write the
/// table.
pub async fn raise(store: &Store) -> Result<(), StoreError> {
    let on = store.writer();
    let backend = on.get_database_backend();
    let there: Vec<String> = existing(store)
        .await?
        .into_iter()
        .map(|one| one.0)
        .collect();
    let mut has_functions = !there.is_empty();
    for fence in fences() {
        for (name, statement) in fence.statements(backend) {
            if there.contains(&name) {
                continue;
            }
            if backend == DbBackend::Postgres && !has_functions {
                for column in ["id", "school_id"] {
                    let function = POSTGRES_FUNCTION.replace("{column}", column);
                    on.execute_unprepared(&function).await?;
                }
                has_functions = true;
            }
            on.execute_unprepared(&statement).await?;
        }
    }
    Ok(())
}

/// Makes the triggers that are missing where a school is on its way or gone: after the schema changed, or was about to.
pub async fn raise_where_needed(store: &Store) -> Result<(), StoreError> {
    let sql = "SELECT 1 AS one FROM school_moves WHERE state <> 'arrived' LIMIT 1";
    let on = store.writer();
    let statement = Statement::from_string(on.get_database_backend(), sql);
    if on.query_one_raw(statement).await?.is_some() {
        raise(store).await?;
    }
    Ok(())
}

/// Takes the triggers away: before the schema changes.
pub async fn lower(store: &Store) -> Result<(), StoreError> {
    let on = store.writer();
    for (name, table) in existing(store).await? {
        let sql = if store.is_postgres() {
            format!("DROP TRIGGER IF EXISTS {name} ON {table}")
        } else {
            format!("DROP TRIGGER IF EXISTS {name}")
        };
        on.execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// The triggers that are there, each with its table.
async fn existing(store: &Store) -> Result<Vec<(String, String)>, StoreError> {
    let on = store.writer();
    let sql = if store.is_postgres() {
        "SELECT t.tgname::text AS name, c.relname::text AS place FROM pg_trigger t \
         JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE n.nspname = current_schema() AND t.tgname LIKE 'school_fence_%'"
    } else {
        "SELECT name, tbl_name AS place FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'school_fence_%'"
    };
    let statement = Statement::from_string(on.get_database_backend(), sql);
    let found = on.query_all_raw(statement).await?;
    let trigger = |row: &QueryResult| Ok((row.try_get("", "name")?, row.try_get("", "place")?));
    found.iter().map(trigger).collect()
}

/// Whether every transaction has ended that began before this moment, on `PostgreSQL`; `SQLite` has one writer at a time. Ask
/// with the number that an earlier call returned, until it says so.
pub async fn is_quiet(store: &Store, since: Option<i64>) -> Result<(bool, i64), StoreError> {
    if !store.is_postgres() {
        return Ok((true, 0));
    }
    let sql = "SELECT pg_snapshot_xmin(s)::text::bigint AS oldest, pg_snapshot_xmax(s)::text::bigint AS next \
               FROM pg_current_snapshot() AS s";
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let row = store.writer().query_one_raw(statement).await?;
    let row = row.ok_or_else(|| StoreError::corrupt("the database names no transactions"))?;
    let (oldest, next): (i64, i64) = (row.try_get("", "oldest")?, row.try_get("", "next")?);
    let since = since.unwrap_or(next);
    Ok((oldest >= since, since))
}
