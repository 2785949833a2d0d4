//! Both databases opened, used and closed.

use rstest::rstest;
use std::path::Path;

use sea_orm::{ActiveModelTrait, ActiveValue, ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use std::time::Duration;

use sea_orm::ConnectOptions;

use super::{Database, Store};
use crate::StoreError;
use crate::entity::{school, school_alias};

const SCHOOL: Uuid = Uuid::from_u128(1);

#[rstest]
#[case::relative("sqlite://data/gradphoto.db?mode=rwc", Some("data/gradphoto.db"))]
#[case::space("sqlite:///srv/a%20b.db", Some("/srv/a b.db"))]
#[case::without_slashes("sqlite:a.db", Some("a.db"))]
#[case::memory("sqlite::memory:", None)]
#[case::no_name("sqlite://", None)]
#[case::postgres("postgres://u@h/d", None)]
fn the_file_of_a_database_is_found_in_its_address(
    #[case] url: &str,
    #[case] expected: Option<&str>,
) {
    assert_eq!(
        Store::sqlite_file(url).as_deref(),
        expected.map(Path::new),
        "{url}"
    );
}

#[tokio::test]
async fn writers_that_read_first_wait_for_each_other() {
    let (_folder, store) = store_with_a_school().await;
    let writers: Vec<_> = (0..4)
        .map(|_| tokio::spawn(raise_ten_times(store.clone())))
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(school_of(&store).await.code, "40");
}

#[tokio::test]
async fn who_reads_cannot_write_nor_need_they_wait() {
    let (_folder, store) = store_with_a_school().await;
    let tx = store.begin().await.unwrap();
    assert_eq!(school_of(&store).await.code, "0");
    let delete = school::Entity::delete_by_id(SCHOOL).exec(store.reader());
    let error = StoreError::from(delete.await.unwrap_err());
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    drop(tx);
    assert_eq!(school_of(&store).await.id, SCHOOL);
}

#[tokio::test]
async fn a_full_disk_is_over_when_there_is_room_again() {
    let (_folder, store) = store_with_a_school().await;
    let allow_pages = async |count: u32| {
        let pragma = format!("PRAGMA max_page_count = {count}");
        store.writer().execute_unprepared(&pragma).await.unwrap();
    };
    allow_pages(1).await;
    let tx = store.begin().await.unwrap();
    let error = crate::insert(&tx, large_school(2)).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    drop(tx);
    allow_pages(100_000).await;
    drop(store.begin().await.unwrap());
    let tx = store.begin().await.unwrap();
    crate::insert(&tx, large_school(3)).await.unwrap();
    tx.commit().await.unwrap();
    let kept = school::Entity::find_by_id(Uuid::from_u128(3));
    assert!(kept.one(store.reader()).await.unwrap().is_some());
}

#[tokio::test]
async fn a_closed_database_is_complete_in_its_own_file() {
    let (folder, store) = store_with_a_school().await;
    let reading = store.clone();
    assert_eq!(school_of(&reading).await.id, SCHOOL);
    store.close().await.unwrap();
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["test.db"]);
    let moved = folder.path().join("moved.db");
    std::fs::copy(folder.path().join("test.db"), &moved).unwrap();
    let copy = Store::connect(&format!("sqlite://{}", moved.display()), 1)
        .await
        .unwrap();
    assert_eq!(school_of(&copy).await.id, SCHOOL);
}

/// A school whose name needs more than a page.
fn large_school(id: u128) -> school::Model {
    school::Model {
        id: Uuid::from_u128(id),
        name: "school".repeat(10_000),
        name_folded: id.to_string(),
        ..school()
    }
}

fn school() -> school::Model {
    school::Model {
        id: SCHOOL,
        code: "0".to_owned(),
        name: "school".to_owned(),
        name_folded: "school".to_owned(),
        state: "active".to_owned(),
        created_at: chrono::DateTime::UNIX_EPOCH,
        contact: String::new(),
        version: 1,
        is_test: false,
        clock_offset_s: 0,
    }
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing() {
    let (_folder, store) = store_with_a_school().await;
    let tx = store.begin().await.unwrap();
    school::Entity::delete_by_id(SCHOOL)
        .exec(&tx)
        .await
        .unwrap();
    drop(tx);
    assert_eq!(school_of(&store).await.id, SCHOOL);
}

#[tokio::test]
async fn a_write_lock_that_stays_taken_is_busy() {
    let (folder, store) = store_with_a_school().await;
    let _writer = store.begin().await.unwrap();
    let mut hasty = ConnectOptions::new(address(&folder));
    hasty.map_sqlx_sqlite_opts(|options| options.busy_timeout(Duration::ZERO));
    let pool = Database::connect(hasty).await.unwrap();
    let hasty = Store::counting(pool.clone(), pool, 1);
    let error = hasty.begin().await.unwrap_err();
    assert!(matches!(error, StoreError::Busy(_)), "{error:?}");
}

#[tokio::test]
async fn a_taken_unique_key_is_a_conflict() {
    let (_folder, store) = store_with_a_school().await;
    let again = school_of(&store).await.into_active_model().reset_all();
    let error = StoreError::from(again.insert(store.writer()).await.unwrap_err());
    assert!(matches!(error, StoreError::Conflict { .. }), "{error:?}");
}

#[tokio::test]
async fn a_foreign_key_must_exist() {
    let (_folder, store) = store_with_a_school().await;
    let orphan = school_alias::ActiveModel {
        id: ActiveValue::Set(Uuid::from_u128(2)),
        school_id: ActiveValue::Set(Uuid::from_u128(3)),
        alias: ActiveValue::Set("alias".to_owned()),
        alias_folded: ActiveValue::Set("alias".to_owned()),
    };
    let error = StoreError::from(orphan.insert(store.writer()).await.unwrap_err());
    assert!(matches!(error, StoreError::Database(_)), "{error:?}");
}

#[tokio::test]
async fn what_was_committed_is_synced_to_disk() {
    let (_folder, store) = store_with_a_school().await;
    let pragma = async |name: &str| {
        let sql = format!("PRAGMA {name}");
        let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
        store
            .writer()
            .query_one_raw(statement)
            .await
            .unwrap()
            .unwrap()
    };
    assert_eq!(
        pragma("journal_mode")
            .await
            .try_get_by_index::<String>(0)
            .unwrap(),
        "wal"
    );
    assert_eq!(
        pragma("synchronous")
            .await
            .try_get_by_index::<i32>(0)
            .unwrap(),
        2
    );
}

#[tokio::test]
async fn an_address_without_a_database_is_refused() {
    let refused = Store::connect("mysql://localhost/gradphoto", 1)
        .await
        .unwrap_err();
    assert!(matches!(refused, StoreError::Address));
    let missing = Store::connect("sqlite:///nowhere/at/all/test.db", 1)
        .await
        .unwrap_err();
    assert!(matches!(missing, StoreError::Unavailable(_)), "{missing:?}");
}

async fn raise_ten_times(store: Store) {
    for _ in 0..10 {
        let tx = store.begin().await.unwrap();
        let row = school::Entity::find_by_id(SCHOOL)
            .one(&tx)
            .await
            .unwrap()
            .unwrap();
        let next = row.code.parse::<u32>().unwrap() + 1;
        let mut row = row.into_active_model();
        row.code = ActiveValue::Set(next.to_string());
        row.update(&tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn store_with_a_school() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::connect(&address(&folder), 4).await.unwrap();
    store.ping().await.unwrap();
    migrations::up(store.writer()).await.unwrap();
    let school = school().into_active_model().reset_all();
    school.insert(store.writer()).await.unwrap();
    (folder, store)
}

fn address(folder: &tempfile::TempDir) -> String {
    format!("sqlite://{}", folder.path().join("test.db").display())
}

async fn school_of(store: &Store) -> school::Model {
    school::Entity::find_by_id(SCHOOL)
        .one(store.reader())
        .await
        .unwrap()
        .unwrap()
}
