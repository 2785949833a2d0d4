//! When students were reminded of what is left to do.

use chrono::{DateTime, Utc};
use domain::progress::StudentProgress;
use domain::{AccountId, RosterEntryId};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Func, OnConflict};
use sea_orm::{
    ActiveModelTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryResult,
};
use uuid::Uuid;

use crate::entity::student_reminder::{Column, Entity, Model};
use crate::entity::{enrolment, roster_entry};
use crate::overview::{StudentFilter, missing_query};
use crate::roster::RosterKey;
use crate::{StoreError, Tx};

/// To how many missing students a reminder goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReminderCounts {
    /// To these.
    pub recipients: u64,
    /// Not to these: they were reminded lately.
    pub recently: u64,
    /// Not to these: nobody has verified as them.
    pub unreachable: u64,
}

fn holder() -> Expr {
    Expr::col((enrolment::Entity, enrolment::Column::AccountId))
}

/// Whether a student was not reminded after a moment.
fn is_due(since: DateTime<Utc>) -> Condition {
    let reminded = || Expr::col((Entity, Column::RemindedAt));
    Condition::any()
        .add(reminded().is_null())
        .add(reminded().lte(since))
}

/// To how many missing students a reminder would go who were not reminded after a moment.
pub async fn counts(
    on: &impl ConnectionTrait,
    filter: &StudentFilter,
    progress: Option<StudentProgress>,
    since: DateTime<Utc>,
) -> Result<ReminderCounts, StoreError> {
    let mut query = missing_query(filter, progress);
    let sum = |condition: Condition| Func::sum(CaseStatement::new().case(condition, 1).finally(0));
    let known = Condition::all().add(holder().is_not_null());
    query
        .expr_as(sum(known.clone().add(is_due(since))), "recipients")
        .expr_as(sum(known), "reachable")
        .expr_as(
            Func::count(Expr::col((roster_entry::Entity, roster_entry::Column::Id))),
            "students",
        );
    let Some(found) = on.query_one(&query).await? else {
        return Ok(ReminderCounts::default());
    };
    let number = |name: &str| -> Result<u64, StoreError> {
        let number: Option<i64> = found.try_get("", name)?;
        Ok(number
            .and_then(|number| u64::try_from(number).ok())
            .unwrap_or_default())
    };
    let (recipients, reachable) = (number("recipients")?, number("reachable")?);
    Ok(ReminderCounts {
        recipients,
        recently: reachable.saturating_sub(recipients),
        unreachable: number("students")?.saturating_sub(reachable),
    })
}

/// A student to be reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipient {
    /// The student of the roster.
    pub entry_id: RosterEntryId,
    /// Who verified as them.
    pub account_id: AccountId,
}

/// The next missing students to be reminded: so far as is given, and not reminded after a moment.
pub async fn next(
    tx: &Tx,
    filter: &StudentFilter,
    progress: Option<StudentProgress>,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Recipient>, StoreError> {
    let mut query = missing_query(filter, progress);
    query
        .expr_as(
            Expr::col((roster_entry::Entity, roster_entry::Column::Id)),
            "entry",
        )
        .expr_as(holder(), "holder")
        .and_where(holder().is_not_null())
        .cond_where(is_due(since))
        .order_by(
            (roster_entry::Entity, roster_entry::Column::Id),
            sea_orm::Order::Asc,
        )
        .limit(limit);
    let recipient = |found: &QueryResult| {
        let (entry, holder): (Uuid, Uuid) =
            (found.try_get("", "entry")?, found.try_get("", "holder")?);
        Ok(Recipient {
            entry_id: RosterEntryId(entry),
            account_id: AccountId(holder),
        })
    };
    let found = tx.query_all(&query).await?;
    found.iter().map(recipient).collect()
}

/// Notes that students are reminded now.
pub async fn mark(
    tx: &Tx,
    roster: RosterKey,
    students: &[Recipient],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows = students.iter().map(|student| {
        let row = Model {
            entry_id: student.entry_id.0,
            school_id: roster.school_id.0,
            task_id: roster.task_id.0,
            times: 1,
            reminded_at: now,
        };
        row.into_active_model().reset_all()
    });
    let again = OnConflict::column(Column::EntryId)
        .update_column(Column::RemindedAt)
        .value(Column::Times, Expr::col((Entity, Column::Times)).add(1))
        .to_owned();
    Entity::insert_many(rows)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
