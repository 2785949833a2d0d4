//! The entities agree with the schema: every table is read on both databases, and its columns are compared.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IdenStatic, Iterable, Statement,
};

use crate::Store;

mod text_columns;

macro_rules! agree {
    ($store:expr, $($table:ident),+ $(,)?) => {
        $(agrees::<super::$table::Entity>($store).await;)+
        assert_eq!(tables($store).await, [$(stringify!($table)),+].len(), "a table has no entity");
    };
}

#[tokio::test]
async fn the_entities_agree_with_the_schema_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    all_agree(&Store::connect(&url, 2).await.unwrap()).await;
}

#[tokio::test]
async fn the_entities_agree_with_the_schema_on_postgres() {
    let Some(url) = std::env::var_os("TEST_DATABASE_URL") else {
        return;
    };
    let url = url.into_string().unwrap();
    let outside = Store::connect(&url, 1).await.unwrap();
    let schema = format!("entities_{}", std::process::id());
    let run = async |sql: String| outside.writer().execute_unprepared(&sql).await.unwrap();
    run(format!("CREATE SCHEMA {schema}")).await;
    let inside = Store::connect(&format!("{url}?options[search_path]={schema}"), 2)
        .await
        .unwrap();
    all_agree(&inside).await;
    run(format!("DROP SCHEMA {schema} CASCADE")).await;
}

async fn all_agree(store: &Store) {
    migrations::up(store.writer()).await.unwrap();
    migrations::fill_with_samples(store.writer()).await.unwrap();
    // In braces, so that they stay several to a line.
    agree! {
        store,
        school, school_alias, task, task_progress, task_purge, task_template, merchant_account, delivery, delivery_photo, data_key, index_key, account,
        staff_role, photo_review, picture_band, review_queue, staff_member, staff_recovery_code, staff_session,
        consent, session, sms_challenge, sms_message, spent_captcha, code_failure,
        known_browser, phone_change, roster_entry, roster_id, roster_import, roster_import_row, student_reminder,
        enrolment, verification_attempt, roster_ticket, photo, photo_check, order,
        order_line, payment_attempt, refund, ledger, notify_inbox, provider_call,
        job, event, event_position, idempotency_key, audit_chain, audit_event,
        money_case, reconciliation, bill_row, erasure, readiness_probe, lost_phone_report,
        integrator, integrator_credential, spent_token_id, webhook_endpoint, webhook_secret, webhook_delivery,
        webhook_attempt, known_photo, seeded_item, photo_recall, school_move, former_signing_key,
    }
}

/// Reads the table's samples, and compares which columns there are and which may be null.
async fn agrees<E: EntityTrait>(store: &Store) {
    let table = E::default().table_name();
    let rows = E::find().all(store.reader()).await;
    let rows = rows.unwrap_or_else(|error| panic!("{table}: {error}"));
    assert!(!rows.is_empty(), "{table} has no sample");

    let mut declared: Vec<(String, bool)> = E::Column::iter()
        .map(|column| (column.as_str().to_owned(), column.def().is_null()))
        .collect();
    declared.sort();
    assert_eq!(declared, columns(store, table).await, "{table}");
}

async fn columns(store: &Store, table: &str) -> Vec<(String, bool)> {
    let sql = if store.is_postgres() {
        format!(
            "SELECT column_name::text AS name, is_nullable = 'YES' AS nullable \
             FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY 1"
        )
    } else {
        format!(
            "SELECT name, \"notnull\" = 0 AS nullable FROM pragma_table_info('{table}') ORDER BY 1"
        )
    };
    let rows = query(store, sql).await;
    let mut found: Vec<(String, bool)> = rows
        .iter()
        .map(|row| {
            (
                row.try_get("", "name").unwrap(),
                row.try_get("", "nullable").unwrap(),
            )
        })
        .collect();
    found.sort();
    found
}

async fn tables(store: &Store) -> usize {
    let sql = if store.is_postgres() {
        "SELECT tablename FROM pg_tables \
         WHERE schemaname = current_schema() AND tablename <> 'seaql_migrations'"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'seaql_migrations'"
    };
    query(store, sql.to_owned()).await.len()
}

async fn query(store: &Store, sql: String) -> Vec<sea_orm::QueryResult> {
    let backend = if store.is_postgres() {
        DbBackend::Postgres
    } else {
        DbBackend::Sqlite
    };
    store
        .reader()
        .query_all_raw(Statement::from_string(backend, sql))
        .await
        .unwrap()
}
