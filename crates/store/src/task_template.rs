//! Templates of tasks: those of a school, and those of the bureau, which every school may use.

use domain::page::{Page, PageRequest};
use domain::task_template::TaskTemplate;
use domain::{SchoolId, TaskTemplateId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::task_template::{Column, Entity, Model};
use crate::keyset;
use crate::{StoreError, Tx};

fn read(row: Model) -> Result<TaskTemplate, StoreError> {
    let settings = serde_json::from_value(row.settings).map_err(|_| StoreError::Corrupt {
        what: format!("task_templates.settings of {}", TaskTemplateId(row.id)),
    })?;
    Ok(TaskTemplate {
        id: TaskTemplateId(row.id),
        school_id: row.school_id.map(SchoolId),
        name: row.name,
        settings,
        created_at: row.created_at,
        version: row.version,
    })
}

fn row(template: &TaskTemplate) -> Model {
    Model {
        id: template.id.0,
        school_id: template.school_id.map(|school| school.0),
        name: template.name.clone(),
        settings: serde_json::json!(template.settings),
        created_at: template.created_at,
        version: template.version,
    }
}

/// Adds a template.
pub async fn insert(tx: &Tx, template: &TaskTemplate) -> Result<(), StoreError> {
    crate::row::insert(tx, row(template)).await
}

/// Replaces a template, whose lock the caller holds.
pub async fn save(tx: &Tx, template: &TaskTemplate) -> Result<(), StoreError> {
    crate::row::save(tx, row(template)).await
}

/// The templates from which a school may make a task.
fn offered_to(school: SchoolId) -> Condition {
    Condition::any()
        .add(Column::SchoolId.eq(school.0))
        .add(Column::SchoolId.is_null())
}

/// The templates from which a school may make a task, the newest first: its own and those of the bureau.
pub async fn list(
    on: &impl ConnectionTrait,
    school: SchoolId,
    page: &PageRequest<TaskTemplateId>,
) -> Result<Page<TaskTemplate>, StoreError> {
    let query = Entity::find().filter(offered_to(school));
    let rows = keyset::newest_first(query, Column::Id, page)
        .all(on)
        .await?;
    let templates = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(page.page(templates, |template: &TaskTemplate| template.id))
}

/// A template from which a school may make a task.
pub async fn get(
    on: &impl ConnectionTrait,
    school: SchoolId,
    id: TaskTemplateId,
) -> Result<Option<TaskTemplate>, StoreError> {
    let found = Entity::find_by_id(id.0).filter(offered_to(school)).one(on);
    found.await?.map(read).transpose()
}

/// A template, whosever it is, locked until `tx` ends; the caller asks whether the actor may change it.
pub async fn lock(tx: &Tx, id: TaskTemplateId) -> Result<Option<TaskTemplate>, StoreError> {
    let found = Entity::find_by_id(id.0).lock_exclusive().one(tx);
    found.await?.map(read).transpose()
}

/// Deletes a template; whether it was there.
pub async fn delete(tx: &Tx, id: TaskTemplateId) -> Result<bool, StoreError> {
    let deleted = Entity::delete_by_id(id.0).exec(tx).await?;
    Ok(deleted.rows_affected > 0)
}
