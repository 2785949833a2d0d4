//! Imports of rosters, and the rows of them that a report lists.

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::page::{Page, PageRequest};
use domain::roster::{
    RosterColumn, RosterImport, RosterImportSettings, RosterImportState, RosterVerdict,
};
use domain::{
    AccountId, RosterEntryId, RosterImportId, RosterImportRowId, SchoolId, Sealed, TaskId,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::roster_import::{Column, Entity, Model};
use crate::entity::roster_import_row as row_of;
use crate::json::{from_json, to_json};
use crate::word::{optional_word, word};
use crate::{StoreError, Tx};

pub(crate) fn read(row: Model) -> Result<RosterImport, StoreError> {
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    Ok(RosterImport {
        id: RosterImportId(row.id),
        school_id: SchoolId(row.school_id),
        task_id: TaskId(row.task_id),
        state: word("roster_imports.state", &row.state)?,
        file_key: row.file_key,
        file_bytes: count(row.file_bytes),
        settings: from_json("roster_imports.settings", row.settings)?,
        outcome: from_json("roster_imports.outcome", row.outcome)?,
        rows_done: count(row.rows_done),
        account_id: row.account_id.map(AccountId),
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

fn row(import: &RosterImport) -> Result<Model, StoreError> {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    Ok(Model {
        id: import.id.0,
        school_id: import.school_id.0,
        task_id: import.task_id.0,
        state: import.state.as_str().to_owned(),
        file_key: import.file_key.clone(),
        file_bytes: count(import.file_bytes),
        settings: to_json("roster_imports.settings", &import.settings)?,
        outcome: to_json("roster_imports.outcome", &import.outcome)?,
        rows_done: count(import.rows_done),
        account_id: import.account_id.map(|id| id.0),
        created_at: import.created_at,
        updated_at: import.updated_at,
    })
}

/// Adds an import.
pub async fn insert(tx: &Tx, import: &RosterImport) -> Result<(), StoreError> {
    crate::row::insert(tx, row(import)?).await
}

/// Replaces an import, whose lock the caller holds.
pub async fn save(tx: &Tx, import: &RosterImport) -> Result<(), StoreError> {
    crate::row::save(tx, row(import)?).await
}

/// An import of a school within reach.
pub async fn get(
    on: &impl ConnectionTrait,
    reach: &Reach,
    id: RosterImportId,
) -> Result<Option<RosterImport>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(crate::reach::within(Column::SchoolId, reach))
        .one(on);
    found.await?.map(read).transpose()
}

/// As [`get`], locked until `tx` ends.
pub async fn lock(
    tx: &Tx,
    reach: &Reach,
    id: RosterImportId,
) -> Result<Option<RosterImport>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(crate::reach::within(Column::SchoolId, reach))
        .lock_exclusive()
        .one(tx);
    found.await?.map(read).transpose()
}

/// A page of the imports of a task, newest first.
pub async fn of_task(
    on: &impl ConnectionTrait,
    school: SchoolId,
    task: TaskId,
    page: &PageRequest<RosterImportId>,
) -> Result<Page<RosterImport>, StoreError> {
    let query = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::TaskId.eq(task.0));
    let rows = crate::keyset::newest_first(query, Column::Id, page)
        .all(on)
        .await?;
    let found: Vec<RosterImport> = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(page.page(found, |import| import.id))
}

/// Imports that nobody decided about since a moment, with their files; the oldest 50.
pub async fn undecided(
    on: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<Vec<RosterImport>, StoreError> {
    let states = [RosterImportState::Checked, RosterImportState::Stopped];
    let rows = Entity::find()
        .filter(Column::State.is_in(states.map(RosterImportState::as_str)))
        .filter(Column::UpdatedAt.lt(before))
        .filter(crate::school_move::stays(Column::SchoolId))
        .order_by_asc(Column::Id)
        .limit(50)
        .all(on);
    rows.await?.into_iter().map(read).collect()
}

/// What a school chose for its latest imports, newest first.
pub async fn latest_settings(
    on: &impl ConnectionTrait,
    school: SchoolId,
    limit: u64,
) -> Result<Vec<RosterImportSettings>, StoreError> {
    let rows = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(on)
        .await?;
    let settings = rows.into_iter().map(|row| row.settings);
    settings
        .map(|json| from_json("roster_imports.settings", json))
        .collect()
}

/// A row of an import that a report lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterImportRow {
    /// Its id.
    pub id: RosterImportRowId,
    /// The row of the file; 0 for a student whom no row names.
    pub row_number: u64,
    /// What came of it.
    pub verdict: RosterVerdict,
    /// The column that it is about.
    pub column: Option<RosterColumn>,
    /// The student of the list.
    pub entry_id: Option<RosterEntryId>,
    /// How the student was listed before.
    pub before: Option<Sealed>,
    /// The student's version after the change.
    pub version_after: Option<i32>,
}

fn read_row(row: row_of::Model) -> Result<RosterImportRow, StoreError> {
    Ok(RosterImportRow {
        id: RosterImportRowId(row.id),
        row_number: u64::try_from(row.row_number).unwrap_or_default(),
        verdict: word("roster_import_rows.verdict", &row.verdict)?,
        column: optional_word("roster_import_rows.column_name", row.column_name.as_deref())?,
        entry_id: row.entry_id.map(RosterEntryId),
        before: row.before_sealed.map(Into::into),
        version_after: row.version_after,
    })
}

/// Adds rows of an import.
pub async fn insert_rows(
    tx: &Tx,
    import: &RosterImport,
    rows: Vec<RosterImportRow>,
) -> Result<(), StoreError> {
    let model = |row: RosterImportRow| row_of::Model {
        id: row.id.0,
        school_id: import.school_id.0,
        import_id: import.id.0,
        row_number: i64::try_from(row.row_number).unwrap_or(i64::MAX),
        verdict: row.verdict.as_str().to_owned(),
        column_name: row.column.map(|column| column.as_str().to_owned()),
        entry_id: row.entry_id.map(|id| id.0),
        before_sealed: row.before.map(Into::into),
        version_after: row.version_after,
    };
    crate::many::insert(tx, rows.into_iter().map(model).collect()).await
}

/// Forgets the rows of an import with one verdict.
pub async fn delete_rows_of(
    tx: &Tx,
    import: RosterImportId,
    verdict: RosterVerdict,
) -> Result<(), StoreError> {
    row_of::Entity::delete_many()
        .filter(row_of::Column::ImportId.eq(import.0))
        .filter(row_of::Column::Verdict.eq(verdict.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets all rows of an import.
pub async fn delete_rows(tx: &Tx, import: RosterImportId) -> Result<(), StoreError> {
    row_of::Entity::delete_many()
        .filter(row_of::Column::ImportId.eq(import.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// A page of an import's rows, in the order of the file; of one verdict where one is given.
pub async fn rows(
    on: &impl ConnectionTrait,
    import: &RosterImport,
    verdict: Option<RosterVerdict>,
    after: Option<RosterImportRowId>,
    limit: u64,
) -> Result<Vec<RosterImportRow>, StoreError> {
    let mut query = row_of::Entity::find()
        .filter(row_of::Column::ImportId.eq(import.id.0))
        .filter(row_of::Column::SchoolId.eq(import.school_id.0));
    if let Some(verdict) = verdict {
        query = query.filter(row_of::Column::Verdict.eq(verdict.as_str()));
    }
    if let Some(after) = after {
        query = query.filter(row_of::Column::Id.gt(after.0));
    }
    let rows = query.order_by_asc(row_of::Column::Id).limit(limit).all(on);
    rows.await?.into_iter().map(read_row).collect()
}
