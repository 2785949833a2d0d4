//! Sealed values of tasks, page by page, whoever's they are: those from before tasks had keys of their own are sealed
//! under a key of their school and are sealed anew.

use domain::{Sealed, TaskId};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query};
use uuid::Uuid;

use crate::{StoreError, Tx};

/// So many values make a page.
pub const PAGE: usize = 200;

/// A column with sealed values of tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskColumn {
    /// Document numbers of rosters.
    RosterNumber,
    /// Names on rosters.
    RosterName,
    /// Student numbers of rosters.
    RosterStudentNo,
    /// Document numbers of students' questions.
    TicketNumber,
    /// Names in students' questions.
    TicketName,
    /// What students asked.
    TicketNote,
    /// What schools answered.
    TicketAnswer,
    /// What students wrote to the reviewer of a photo.
    PhotoNote,
    /// What reviewers wrote to students.
    PhotoReviewNote,
    /// What reviewers wrote with a decision.
    DecisionNote,
}

impl TaskColumn {
    /// Each.
    pub const ALL: [Self; 10] = [
        Self::RosterNumber,
        Self::RosterName,
        Self::RosterStudentNo,
        Self::TicketNumber,
        Self::TicketName,
        Self::TicketNote,
        Self::TicketAnswer,
        Self::PhotoNote,
        Self::PhotoReviewNote,
        Self::DecisionNote,
    ];

    /// The table and the column that the values are sealed for.
    pub const fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::RosterNumber => ("roster_ids", "number_sealed"),
            Self::RosterName => ("roster_entries", "name_sealed"),
            Self::RosterStudentNo => ("roster_entries", "student_no_sealed"),
            Self::TicketNumber => ("roster_tickets", "number_sealed"),
            Self::TicketName => ("roster_tickets", "name_sealed"),
            Self::TicketNote => ("roster_tickets", "note_sealed"),
            Self::TicketAnswer => ("roster_tickets", "answer_sealed"),
            Self::PhotoNote => ("photos", "note_sealed"),
            Self::PhotoReviewNote => ("photos", "review_note_sealed"),
            Self::DecisionNote => ("photo_reviews", "note_sealed"),
        }
    }
}

/// A sealed value.
#[derive(Debug, Clone)]
pub struct TaskValue {
    /// Its row.
    pub row: Uuid,
    /// Its task.
    pub task: TaskId,
    /// The value.
    pub sealed: Sealed,
}

/// The values of the rows after one, in the order of the rows' ids; at most [`PAGE`].
pub async fn page(
    on: &impl ConnectionTrait,
    what: TaskColumn,
    after: Uuid,
) -> Result<Vec<TaskValue>, StoreError> {
    let (table, column) = what.place();
    let mut query = Query::select();
    query
        .columns(["id", "task_id", column].map(Alias::new))
        .from(Alias::new(table))
        .and_where(Expr::col(Alias::new("id")).gt(after))
        .and_where(Expr::col(Alias::new(column)).is_not_null())
        .order_by(Alias::new("id"), Order::Asc)
        .limit(PAGE as u64);
    let rows = on.query_all(&query).await?;
    let value = |row: &sea_orm::QueryResult| {
        Ok(TaskValue {
            row: row.try_get("", "id")?,
            task: TaskId(row.try_get("", "task_id")?),
            sealed: row.try_get::<Vec<u8>>("", column)?.into(),
        })
    };
    rows.iter().map(value).collect()
}

/// Replaces a value, unless it changed since it was read.
pub async fn replace(
    tx: &Tx,
    what: TaskColumn,
    value: &TaskValue,
    sealed: Sealed,
) -> Result<(), StoreError> {
    let (table, column) = what.place();
    let mut query = Query::update();
    query
        .table(Alias::new(table))
        .value(Alias::new(column), sealed.into_bytes())
        .and_where(Expr::col(Alias::new("id")).eq(value.row))
        .and_where(Expr::col(Alias::new(column)).eq(value.sealed.as_bytes().to_vec()));
    tx.execute(&query).await?;
    Ok(())
}
