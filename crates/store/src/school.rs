//! Schools, found by name, alias or code; they belong to nobody, and everybody may look for one.

use domain::SchoolId;
use domain::school::{School, SchoolAlias, SchoolState};
use domain::task::TaskState;
use sea_orm::sea_query::ExprTrait;
use sea_orm::sea_query::{LikeExpr, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};

use crate::entity::school::{Column, Entity, Model};
use crate::entity::{school_alias, task};
use crate::word::word;
use crate::{StoreError, Tx};

const ACTIVE: &str = SchoolState::Active.as_str();

pub(crate) fn read(row: Model) -> Result<School, StoreError> {
    Ok(School {
        id: SchoolId(row.id),
        code: row.code,
        name: row.name,
        name_folded: row.name_folded,
        state: word("schools.state", &row.state)?,
        created_at: row.created_at,
    })
}

/// Adds a school.
///
/// # Errors
/// [`StoreError::Conflict`] where another school has its name.
pub async fn insert(tx: &Tx, school: &School) -> Result<(), StoreError> {
    let row = Model {
        id: school.id.0,
        code: school.code.clone(),
        name: school.name.clone(),
        name_folded: school.name_folded.clone(),
        state: school.state.as_str().to_owned(),
        created_at: school.created_at,
    };
    crate::row::insert(tx, row).await
}

/// Adds another name of a school.
///
/// # Errors
/// [`StoreError::Conflict`] where the school has that name already.
pub async fn insert_alias(tx: &Tx, alias: &SchoolAlias) -> Result<(), StoreError> {
    let row = school_alias::Model {
        id: alias.id.0,
        school_id: alias.school_id.0,
        alias: alias.alias.clone(),
        alias_folded: alias.alias_folded.clone(),
    };
    crate::row::insert(tx, row).await
}

/// A school that takes part.
pub async fn get(on: &impl ConnectionTrait, id: SchoolId) -> Result<Option<School>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(Column::State.eq(ACTIVE))
        .one(on);
    found.await?.map(read).transpose()
}

/// The schools of these ids, whether or not they take part.
pub async fn of_ids(
    on: &impl ConnectionTrait,
    ids: &[SchoolId],
) -> Result<Vec<School>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0)));
    found.all(on).await?.into_iter().map(read).collect()
}

/// The schools that a folded name, alias or code means, by name.
pub async fn called(on: &impl ConnectionTrait, folded: &str) -> Result<Vec<School>, StoreError> {
    let active = meant_by(folded).filter(Column::State.eq(ACTIVE));
    active.all(on).await?.into_iter().map(read).collect()
}

/// The same, and those that take part no more.
pub async fn ever_called(
    on: &impl ConnectionTrait,
    folded: &str,
) -> Result<Vec<School>, StoreError> {
    let found = meant_by(folded).all(on).await?;
    found.into_iter().map(read).collect()
}

fn meant_by(folded: &str) -> Select<Entity> {
    let by_alias = aliases().filter(school_alias::Column::AliasFolded.eq(folded));
    Entity::find()
        .filter(
            Column::NameFolded
                .eq(folded)
                .or(Column::Code.eq(folded))
                .or(Column::Id.in_subquery(by_alias.into_query())),
        )
        .order_by_asc(Column::Name)
}

/// The names of schools with a published task of which a folded name or alias begins so, in order.
pub async fn names_that_begin(
    on: &impl ConnectionTrait,
    folded: &str,
    limit: u64,
) -> Result<Vec<String>, StoreError> {
    let pattern = beginning(folded);
    let by_alias = aliases().filter(school_alias::Column::AliasFolded.like(pattern.clone()));
    let found = Entity::find()
        .select_only()
        .column(Column::Name)
        .filter(Column::State.eq(ACTIVE))
        .filter(Column::Id.in_subquery(with_published_task()))
        .filter(
            Column::NameFolded
                .like(pattern)
                .or(Column::Id.in_subquery(by_alias.into_query())),
        )
        .order_by_asc(Column::Name)
        .limit(limit)
        .into_tuple()
        .all(on);
    Ok(found.await?)
}

fn aliases() -> Select<school_alias::Entity> {
    school_alias::Entity::find()
        .select_only()
        .column(school_alias::Column::SchoolId)
}

fn with_published_task() -> SelectStatement {
    task::Entity::find()
        .select_only()
        .column(task::Column::SchoolId)
        .filter(task::Column::State.is_in(TaskState::PUBLISHED.map(TaskState::as_str)))
        .into_query()
}

/// A pattern for texts that begin so, whatever characters they have.
fn beginning(text: &str) -> LikeExpr {
    let mut pattern = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        if matches!(character, '%' | '_' | ESCAPE) {
            pattern.push(ESCAPE);
        }
        pattern.push(character);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape(ESCAPE)
}

/// Not the backslash, which the two databases write differently in a literal.
const ESCAPE: char = '!';
