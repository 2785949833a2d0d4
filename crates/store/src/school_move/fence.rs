//! Triggers that refuse what would change a school on its way to another installation.
//!
//! What they raise is read in `error.rs`. They are in the database and not in the program, so that no route, job or command is forgotten. They are made when the
//! first school is moved; an installation that moves none has none.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};

use super::moved_table::{FENCED_BESIDES, tables};
use crate::{Store, StoreError};

/// How each trigger's name begins.
const NAME: &str = "school_fence_";
/// Refuses a row where `{moves}` finds a move.
const POSTGRES_FUNCTION: &str =
    "CREATE OR REPLACE FUNCTION school_fence_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE place text;
BEGIN
    SELECT address INTO place {moves};
    IF FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'GP001', MESSAGE = place;
    END IF;
    RETURN NEW;
END $$";

/// Whether an account has something in a school that is on its way: its phone goes into the file, and by the phone its owner
/// finds everything again.
const OF_ACCOUNT: &str = "FROM school_moves WHERE school_moves.state = 'moving' AND (\
    EXISTS (SELECT 1 FROM enrolments WHERE enrolments.account_id = NEW.id AND enrolments.school_id = school_moves.school_id) \
    OR EXISTS (SELECT 1 FROM staff_roles WHERE staff_roles.account_id = NEW.id AND staff_roles.school_id = school_moves.school_id)\
) LIMIT 1";

/// Refuses that the phone of such an account changes. Once the school has moved it may change.
fn account_fence(backend: DbBackend) -> (String, String) {
    let name = format!("{NAME}accounts_update");
    let statement = if backend == DbBackend::Postgres {
        format!(
            "CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE ON accounts \
             FOR EACH ROW WHEN (OLD.phone_index IS DISTINCT FROM NEW.phone_index) \
             EXECUTE FUNCTION school_fence_account()"
        )
    } else {
        format!(
            "CREATE TRIGGER IF NOT EXISTS {name} BEFORE UPDATE ON accounts \
             WHEN NEW.phone_index IS NOT OLD.phone_index AND EXISTS (SELECT 1 {OF_ACCOUNT}) \
             BEGIN SELECT RAISE(ABORT, (SELECT address {OF_ACCOUNT})); END"
        )
    };
    (name, statement)
}

/// The move of the school that a row names in a column.
fn of_row(column: &str) -> String {
    format!(
        "FROM school_moves WHERE school_moves.school_id = NEW.{column} AND school_moves.state <> 'arrived'"
    )
}

/// The functions that the triggers of `PostgreSQL` call: a row names its school in one of two columns, or is an account.
fn postgres_functions() -> [String; 3] {
    let function = |name: &str, moves: &str| {
        let named = POSTGRES_FUNCTION.replace("{name}", name);
        named.replace("{moves}", moves)
    };
    [
        function("id", &of_row("id")),
        function("school_id", &of_row("school_id")),
        function("account", OF_ACCOUNT),
    ]
}

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
        let moving = of_row(column);
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
    let mut missing: Vec<_> = fences()
        .flat_map(|fence| fence.statements(backend))
        .collect();
    missing.push(account_fence(backend));
    missing.retain(|(name, _)| !there.contains(name));
    if backend == DbBackend::Postgres && !missing.is_empty() {
        for function in postgres_functions() {
            on.execute_unprepared(&function).await?;
        }
    }
    for (_, statement) in missing {
        on.execute_unprepared(&statement).await?;
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

/// Whether a school is on its way. While there are no triggers none is, and the table of moves may not be there yet.
pub async fn is_any_on_its_way(store: &Store) -> Result<bool, StoreError> {
    if existing(store).await?.is_empty() {
        return Ok(false);
    }
    Ok(!super::on_their_way(store.reader()).await?.is_empty())
}

/// Takes the triggers away: before the schema changes, while no school is on its way.
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
