//! No table is forgotten when a school is moved, and none comes before what it refers to.

use std::collections::BTreeSet;

use domain::audit::AuditExemption;
use domain::{SchoolId, TaskId};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use uuid::Uuid;

use super::moved_table::NAMING_ACCOUNTS;
use super::{
    LEFT_BEHIND, MovedRow, MovedTable, Moving, clear_some, cleared_tables, insert_rows, page,
    tables,
};
use crate::Store;

/// A lease does not go along.
const LEASE: (&str, &str) = ("review_queue", "leased_by");

async fn rows(store: &Store, sql: &str) -> Vec<QueryResult> {
    let statement = Statement::from_string(DbBackend::Sqlite, sql);
    store.reader().query_all_raw(statement).await.unwrap()
}

fn text(row: &QueryResult, column: &str) -> String {
    row.try_get("", column).unwrap()
}

#[tokio::test]
async fn every_table_goes_with_a_school_or_says_why_not() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    let store = Store::connect(&url, 1).await.unwrap();
    migrations::up(store.writer()).await.unwrap();
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'seaql_migrations'";
    let there = rows(&store, sql).await;
    let there: BTreeSet<_> = there.iter().map(|row| text(row, "name")).collect();
    let moved = tables();
    let moved: Vec<_> = moved.iter().map(|table| table.name).collect();
    let left = LEFT_BEHIND.iter().map(|(name, _)| *name);
    let named: Vec<String> = moved
        .iter()
        .copied()
        .chain(left)
        .map(str::to_owned)
        .collect();
    let known: BTreeSet<String> = named.iter().cloned().collect();
    assert_eq!(named.len(), known.len(), "a table is named twice");
    assert_eq!(known, there);

    let mut before: Vec<&str> = Vec::new();
    for table in tables() {
        table.kinds().unwrap();
        before.push(table.name);
        let sql = format!(
            "SELECT \"from\" AS source, \"table\" AS target FROM pragma_foreign_key_list('{}')",
            table.name
        );
        for key in rows(&store, &sql).await {
            let (column, target) = (text(&key, "source"), text(&key, "target"));
            assert!(
                before.contains(&target.as_str()),
                "{} before {target}",
                table.name
            );
            let place = (table.name, column.as_str());
            let goes_along = NAMING_ACCOUNTS.contains(&place)
                || ["consents", "staff_members"].contains(&table.name);
            assert!(
                target != "accounts" || goes_along || place == LEASE,
                "the accounts of {place:?} do not go along"
            );
        }
    }
}

/// The school of the samples.
fn sample() -> Moving {
    let id = |last: u128| Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + last);
    Moving {
        school: SchoolId(id(1)),
        tasks: vec![TaskId(id(3)), TaskId(id(2))],
    }
}

/// Every row of a school, table by table, read page by page.
async fn all(store: &Store, table: &MovedTable) -> Vec<MovedRow> {
    let (mut rows, moving) = (Vec::<MovedRow>::new(), sample());
    loop {
        let after = rows.last().cloned();
        let (more, is_last) = page(store.reader(), table, &moving, after.as_ref())
            .await
            .unwrap();
        rows.extend(more);
        if is_last {
            return rows;
        }
    }
}

async fn migrated(folder: &tempfile::TempDir, name: &str) -> Store {
    let url = format!("sqlite://{}", folder.path().join(name).display());
    let store = Store::connect(&url, 1).await.unwrap();
    migrations::up(store.writer()).await.unwrap();
    store
}

#[tokio::test]
async fn the_rows_of_every_table_come_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let from = migrated(&folder, "from.db").await;
    migrations::fill_with_samples(from.writer()).await.unwrap();
    let run = async |sql: &str| from.writer().execute_unprepared(sql).await.unwrap();
    // More than a page.
    run("INSERT INTO school_aliases (id, school_id, alias, alias_folded) \
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 450) \
         SELECT randomblob(16), x'01980000000070008000000000000001', 'alias ' || i, 'alias ' || i FROM n")
    .await;
    let to = migrated(&folder, "to.db").await;
    let mut filled = 0;
    for table in tables() {
        let rows = all(&from, &table).await;
        filled += usize::from(!rows.is_empty());
        let tx = to.begin().await.unwrap();
        for some in rows.chunks(100) {
            insert_rows(&tx, &table, some.to_vec()).await.unwrap();
        }
        crate::commit(tx, AuditExemption::Housekeeping)
            .await
            .unwrap();
        if table.name == "school_aliases" {
            assert!(rows.len() > 450, "{}", rows.len());
        }
    }
    // Whose accounts they are is known when all are there.
    for table in tables() {
        let (came, were) = (all(&to, &table).await, all(&from, &table).await);
        assert_eq!(came, were, "{}", table.name);
    }
    assert!(filled > 25, "{filled} tables have samples of the school");
}

#[tokio::test]
async fn what_keeps_schools_unchanged_is_made_once_and_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    let store = Store::connect(&url, 1).await.unwrap();
    migrations::up(store.writer()).await.unwrap();
    migrations::fill_with_samples(store.writer()).await.unwrap();
    let change = "UPDATE tasks SET name = 'other'";
    let run = async |sql: &str| store.writer().execute_unprepared(sql).await.map(drop);
    for _ in 0..2 {
        super::raise(&store).await.unwrap();
    }
    // The sample school has arrived, which keeps nothing unchanged.
    run(change).await.unwrap();
    run("UPDATE school_moves SET state = 'moving'")
        .await
        .unwrap();
    let refused = run(change).await.map_err(crate::StoreError::from);
    let to = "https://old.example.cn";
    let is_moving = |error: &crate::StoreError| matches!(error, crate::StoreError::SchoolMoving { address } if address == to);
    assert!(refused.as_ref().is_err_and(is_moving), "{refused:?}");
    run("UPDATE audit_events SET chain_sequence = chain_sequence")
        .await
        .unwrap();
    run("DELETE FROM picture_bands").await.unwrap();
    // By the phone of the file its people are found again.
    let phone =
        "UPDATE accounts SET phone_index = x'01' WHERE id IN (SELECT account_id FROM enrolments)";
    let refused = run(phone).await.map_err(crate::StoreError::from);
    assert!(refused.as_ref().is_err_and(is_moving), "{refused:?}");
    run("UPDATE accounts SET last_login_at = created_at")
        .await
        .unwrap();
    assert!(super::is_any_on_its_way(&store).await.unwrap());
    run("UPDATE school_moves SET state = 'moved'")
        .await
        .unwrap();
    assert!(!super::is_any_on_its_way(&store).await.unwrap());
    run(phone).await.unwrap();
    super::lower(&store).await.unwrap();
    run(change).await.unwrap();
    super::raise_where_needed(&store).await.unwrap();
    run(change).await.unwrap_err();
}

#[tokio::test]
async fn a_school_that_moved_is_deleted_batch_by_batch() {
    let folder = tempfile::tempdir().unwrap();
    let store = migrated(&folder, "test.db").await;
    migrations::fill_with_samples(store.writer()).await.unwrap();
    let run = async |sql: &str| store.writer().execute_unprepared(sql).await.unwrap();
    // More than a batch, each package based on the one before.
    let id = |number: &str| format!("CAST(printf('package %08d', {number}) AS blob)");
    let (own, before) = (id("i"), id("i - 1"));
    run(&format!(
        "INSERT INTO deliveries (id, school_id, task_id, kind, state, profile, settings, base_id, counts, photos_done, \
             photos_total, object_key, object_bytes, object_sha256, created_at, updated_at) \
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) \
         SELECT {own}, school_id, id, iif(i = 1, 'full', 'incremental'), 'cancelled', 'student-record', '{{}}', \
             iif(i = 1, NULL, {before}), '{{}}', 0, 0, '', 0, x'', created_at, created_at \
         FROM n, (SELECT * FROM tasks WHERE school_id = x'01980000000070008000000000000001' LIMIT 1)"
    ))
    .await;
    let (moving, mut batches) = (sample(), 0);
    for table in cleared_tables() {
        loop {
            let tx = store.begin().await.unwrap();
            let is_more = clear_some(&tx, &table, &moving).await.unwrap();
            let kept = AuditExemption::Housekeeping;
            crate::commit(tx, kept).await.unwrap();
            batches += usize::from(is_more);
            if !is_more {
                break;
            }
        }
        if table.cleared(&moving).is_some() {
            assert!(all(&store, &table).await.is_empty(), "{}", table.name);
        }
    }
    assert_eq!(batches, 2, "batches of packages that were full");
}

#[tokio::test]
async fn what_a_deleted_row_is_named_by_is_found_by_an_index() {
    let folder = tempfile::tempdir().unwrap();
    let store = migrated(&folder, "test.db").await;
    let cleared = cleared_tables();
    let is_cleared = |table: &str| cleared.iter().any(|one| one.name == table);
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table'";
    for child in rows(&store, sql).await {
        let child = text(&child, "name");
        let sql = format!(
            "SELECT \"from\" AS source, \"table\" AS target, (\
                SELECT count(*) FROM pragma_index_list('{child}') AS i, pragma_index_info(i.name) AS c \
                WHERE c.seqno = 0 AND c.name = k.\"from\"\
             ) AS indexes FROM pragma_foreign_key_list('{child}') AS k"
        );
        for key in rows(&store, &sql).await {
            let target = text(&key, "target");
            // A school has few tasks, and accounts stay.
            let is_few = ["tasks", "schools", "accounts"].contains(&target.as_str());
            let indexes: i64 = key.try_get("", "indexes").unwrap();
            let source = text(&key, "source");
            assert!(
                is_few || !is_cleared(&target) || indexes > 0,
                "{child}.{source} of {target}"
            );
        }
    }
}
