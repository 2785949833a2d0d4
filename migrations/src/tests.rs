//! Every step forward on a database with data, all the way back, and forward again.

use sea_orm_migration::MigratorTrait;
use sea_orm_migration::sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement,
};

use super::{
    Migrator, STEPS, down_all, fill, fill_with_samples, for_backend, is_postgres, pending, up,
};

/// What no program may do to the samples, with the statement that tries.
const REFUSED: [(&str, &str); 12] = [
    (
        "a second active data key for one purpose",
        "INSERT INTO data_keys (id, scope, purpose, kek_id, wrapped, state, created_at)
         SELECT x'01980000000070008000000000000fff', scope, purpose, kek_id, wrapped, state, created_at
         FROM data_keys",
    ),
    (
        "the same role for every school twice",
        "INSERT INTO staff_roles (id, account_id, role, school_id, created_at)
         SELECT x'01980000000070008000000000000fff', account_id, role, school_id, created_at
         FROM staff_roles",
    ),
    (
        "a second live enrolment of one entry",
        "INSERT INTO enrolments (id, school_id, task_id, entry_id, account_id, state, created_at)
         SELECT x'01980000000070008000000000000fff', school_id, task_id, entry_id, account_id, state, created_at
         FROM enrolments",
    ),
    ("a state that is not in the list", "UPDATE photos SET state = 'lost'"),
    ("more money back than was due", "UPDATE orders SET refunded_fen = due_fen + 1"),
    ("an order that is due and free", "UPDATE orders SET payer_kind = 'free'"),
    ("a student's order with nothing due", "UPDATE orders SET due_fen = 0, refunded_fen = 0"),
    ("a payment of nothing", "UPDATE payment_attempts SET amount_fen = 0"),
    ("money used by an attempt that failed", "UPDATE payment_attempts SET state = 'closed'"),
    (
        "the same erasure twice",
        "INSERT INTO erasures (id, kind, object_id, at)
         SELECT x'01980000000070008000000000000fff', kind, object_id, at FROM erasures",
    ),
    ("a code for an unknown purpose", "UPDATE sms_challenges SET purpose = 'fun'"),
    ("an order without its enrolment", "DELETE FROM enrolments"),
];

#[tokio::test]
async fn every_step_goes_forward_and_back_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let connection = sqlite(&folder).await;
    walk(&connection).await;
}

#[tokio::test]
async fn every_step_goes_forward_and_back_on_postgres() {
    let Some(url) = std::env::var_os("TEST_DATABASE_URL") else {
        return;
    };
    let url = url.into_string().unwrap();
    let outside = Database::connect(&url).await.unwrap();
    let schema = format!("migrations_{}", std::process::id());
    outside
        .execute_unprepared(&format!("CREATE SCHEMA {schema}"))
        .await
        .unwrap();
    let mut options = ConnectOptions::new(url);
    options.set_schema_search_path(&schema);
    let connection = Database::connect(options).await.unwrap();
    walk(&connection).await;
    outside
        .execute_unprepared(&format!("DROP SCHEMA {schema} CASCADE"))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_step_that_fails_leaves_the_database_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let connection = sqlite(&folder).await;
    connection
        .execute_unprepared("CREATE TABLE photos (id integer)")
        .await
        .unwrap();
    up(&connection).await.unwrap_err();
    assert_eq!(tables(&connection).await, ["photos"]);
}

async fn walk(connection: &DatabaseConnection) {
    assert_eq!(pending(connection).await.unwrap().len(), STEPS.len());
    for step in STEPS {
        Migrator::up(connection, Some(1)).await.unwrap();
        fill(connection, step).await.unwrap();
    }
    assert!(pending(connection).await.unwrap().is_empty());
    let made = tables(connection).await;
    assert!(made.len() > STEPS.len());

    down_all(connection).await.unwrap();
    assert_eq!(tables(connection).await, ["seaql_migrations"]);

    up(connection).await.unwrap();
    up(connection).await.unwrap();
    assert_eq!(tables(connection).await, made);
    fill_with_samples(connection).await.unwrap();
    for table in made {
        assert!(rows(connection, &table).await > 0, "{table} has no sample");
    }
    for (rule, sql) in REFUSED {
        let sql = for_backend(connection, sql);
        assert!(
            connection.execute_unprepared(&sql).await.is_err(),
            "allowed: {rule}"
        );
    }
}

async fn sqlite(folder: &tempfile::TempDir) -> DatabaseConnection {
    let file = folder.path().join("test.db");
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    options.map_sqlx_sqlite_opts(|options| options.foreign_keys(true));
    Database::connect(options).await.unwrap()
}

async fn tables(connection: &DatabaseConnection) -> Vec<String> {
    let sql = if is_postgres(connection) {
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1"
    };
    let found = connection
        .query_all_raw(statement(connection, sql))
        .await
        .unwrap();
    found
        .iter()
        .map(|row| row.try_get("", "name").unwrap())
        .collect()
}

async fn rows(connection: &DatabaseConnection, table: &str) -> i64 {
    let sql = format!("SELECT count(*) AS rows FROM {table}");
    let row = connection
        .query_one_raw(statement(connection, &sql))
        .await
        .unwrap()
        .unwrap();
    row.try_get("", "rows").unwrap()
}

fn statement(connection: &DatabaseConnection, sql: &str) -> Statement {
    Statement::from_string(connection.get_database_backend(), sql)
}
