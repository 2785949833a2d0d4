//! Schools, found by name, alias or code; they belong to nobody, and everybody may look for one.

use std::collections::HashSet;

use chrono::TimeDelta;
use domain::access::Reach;
use domain::page::{Page, PageRequest};
use domain::school::{School, SchoolAlias, SchoolState};
use domain::task::TaskState;
use domain::{SchoolAliasId, SchoolId};
use sea_orm::sea_query::ExprTrait;
use sea_orm::sea_query::{LikeExpr, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};

use crate::entity::school::{Column, Entity, Model};
use crate::entity::{school_alias, task};
use crate::keyset;
use crate::reach::within;
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
        contact: row.contact,
        created_at: row.created_at,
        version: row.version,
        is_test: row.is_test,
        clock_offset: TimeDelta::try_seconds(row.clock_offset_s)
            .ok_or_else(|| StoreError::corrupt("schools.clock_offset_s"))?,
    })
}

fn row(school: &School) -> Model {
    Model {
        id: school.id.0,
        code: school.code.clone(),
        name: school.name.clone(),
        name_folded: school.name_folded.clone(),
        state: school.state.as_str().to_owned(),
        created_at: school.created_at,
        contact: school.contact.clone(),
        version: school.version,
        is_test: school.is_test,
        clock_offset_s: school.clock_offset.num_seconds(),
    }
}

/// Adds a school.
///
/// # Errors
/// [`StoreError::Conflict`] where another school has its name.
pub async fn insert(tx: &Tx, school: &School) -> Result<(), StoreError> {
    crate::row::insert(tx, row(school)).await
}

/// Replaces a school, whose lock the caller holds.
///
/// # Errors
/// [`StoreError::Conflict`] where another school has its name.
pub async fn save(tx: &Tx, school: &School) -> Result<(), StoreError> {
    crate::row::save(tx, row(school)).await
}

/// A school within reach, whether or not it takes part.
pub async fn within_reach(
    on: &impl ConnectionTrait,
    id: SchoolId,
    reach: &Reach,
) -> Result<Option<School>, StoreError> {
    let found = Entity::find_by_id(id.0).filter(within(Column::Id, reach));
    found.one(on).await?.map(read).transpose()
}

/// As [`within_reach`], locked until `tx` ends.
pub async fn lock(tx: &Tx, id: SchoolId, reach: &Reach) -> Result<Option<School>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(within(Column::Id, reach))
        .lock_exclusive();
    found.one(tx).await?.map(read).transpose()
}

/// The schools within reach, the newest first, whether or not they take part. `folded` limits them to those whose name holds
/// it, or whose code or other name it is.
pub async fn list(
    on: &impl ConnectionTrait,
    reach: &Reach,
    folded: Option<&str>,
    page: &PageRequest<SchoolId>,
) -> Result<Page<School>, StoreError> {
    let mut query = Entity::find().filter(within(Column::Id, reach));
    if let Some(folded) = folded {
        let by_alias = aliases().filter(school_alias::Column::AliasFolded.eq(folded));
        let holds = LikeExpr::new(format!("%{}", beginning_text(folded))).escape(ESCAPE);
        query = query.filter(
            Column::NameFolded
                .like(holds)
                .or(Column::Code.eq(folded))
                .or(Column::Id.in_subquery(by_alias.into_query())),
        );
    }
    read_page(on, query, page).await
}

/// The other names of a school.
pub async fn aliases_of(
    on: &impl ConnectionTrait,
    school: SchoolId,
) -> Result<Vec<SchoolAlias>, StoreError> {
    let found = school_alias::Entity::find().filter(school_alias::Column::SchoolId.eq(school.0));
    let read = |row: school_alias::Model| SchoolAlias {
        id: SchoolAliasId(row.id),
        school_id: SchoolId(row.school_id),
        alias: row.alias,
        alias_folded: row.alias_folded,
    };
    Ok(found.all(on).await?.into_iter().map(read).collect())
}

/// Takes all other names of a school away; the caller holds its lock.
pub async fn delete_aliases(tx: &Tx, school: SchoolId) -> Result<(), StoreError> {
    school_alias::Entity::delete_many()
        .filter(school_alias::Column::SchoolId.eq(school.0))
        .exec(tx)
        .await?;
    Ok(())
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

/// What students can come upon: schools that take part and are none for trying the API.
fn open_to_students() -> Condition {
    real().add(Column::State.eq(ACTIVE))
}

/// Schools that are none for trying the API.
fn real() -> Condition {
    Condition::all().add(Column::IsTest.eq(false))
}

/// A page of the schools within reach that count, the newest first: those for trying the API are left out.
pub async fn list_real(
    on: &impl ConnectionTrait,
    reach: &Reach,
    page: &PageRequest<SchoolId>,
) -> Result<Page<School>, StoreError> {
    let query = Entity::find()
        .filter(within(Column::Id, reach))
        .filter(real());
    read_page(on, query, page).await
}

async fn read_page(
    on: &impl ConnectionTrait,
    query: Select<Entity>,
    page: &PageRequest<SchoolId>,
) -> Result<Page<School>, StoreError> {
    let rows = keyset::newest_first(query, Column::Id, page)
        .all(on)
        .await?;
    let schools = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(page.page(schools, |school: &School| school.id))
}

/// A school that takes part, and in which students can take part.
pub async fn get(on: &impl ConnectionTrait, id: SchoolId) -> Result<Option<School>, StoreError> {
    let found = Entity::find_by_id(id.0).filter(open_to_students()).one(on);
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

/// Codes and folded names that schools have.
#[derive(Debug, Clone, Default)]
pub struct KnownSchools {
    /// The codes.
    pub codes: HashSet<String>,
    /// The names.
    pub names: HashSet<String>,
}

/// Which of these codes and folded names schools have, whether or not they take part; so many as a file has at most.
pub async fn known(
    on: &impl ConnectionTrait,
    codes: &[&str],
    names: &[String],
) -> Result<KnownSchools, StoreError> {
    let (codes, names) = (codes.iter().copied(), names.iter().map(String::as_str));
    let found = Entity::find()
        .select_only()
        .column(Column::Code)
        .column(Column::NameFolded)
        .filter(
            Column::Code
                .is_in(codes)
                .or(Column::NameFolded.is_in(names)),
        )
        .into_tuple::<(String, String)>()
        .all(on)
        .await?;
    let (codes, names) = found.into_iter().unzip();
    Ok(KnownSchools { codes, names })
}

/// The schools that a folded name, alias or code means, by name.
pub async fn called(on: &impl ConnectionTrait, folded: &str) -> Result<Vec<School>, StoreError> {
    let active = meant_by(folded).filter(open_to_students());
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
        .filter(open_to_students())
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
    LikeExpr::new(beginning_text(text)).escape(ESCAPE)
}

fn beginning_text(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        if matches!(character, '%' | '_' | ESCAPE) {
            pattern.push(ESCAPE);
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

/// Not the backslash, which the two databases write differently in a literal.
const ESCAPE: char = '!';

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::beginning_text;

    #[rstest]
    #[case::letters("北京", "北京%")]
    #[case::empty("", "%")]
    #[case::any_text("100%", "100!%%")]
    #[case::any_character("a_b", "a!_b%")]
    #[case::escape("a!", "a!!%")]
    fn signs_of_a_pattern_stand_for_themselves(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(beginning_text(text), expected);
    }
}
