//! What is shown of the rosters of tasks, without reading them: an index answers.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::roster::RosterEntryState;
use domain::{EducationLevel, TaskId};
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoSimpleExpr, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, QueryTrait, Select,
};
use uuid::Uuid;

use crate::StoreError;
use crate::entity::{roster_entry, task};

/// What is shown of a roster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RosterFigures {
    /// The levels of those who are listed, in the order to show them.
    pub levels: Vec<EducationLevel>,
    /// When it last changed; `None` where it is empty.
    pub updated_at: Option<DateTime<Utc>>,
}

/// The figures of the rosters of tasks, whoever's.
pub async fn rosters(
    on: &impl ConnectionTrait,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, RosterFigures>, StoreError> {
    if tasks.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = task::Entity::find()
        .select_only()
        .column(task::Column::Id)
        .filter(task::Column::Id.is_in(tasks.iter().map(|task| task.0)));
    with_figures(QueryTrait::query(&mut query));
    let mut figures = HashMap::new();
    for found in on.query_all(&query.into_query()).await? {
        let id: Uuid = found.try_get("", "id")?;
        figures.insert(TaskId(id), read_figures(&found)?);
    }
    Ok(figures)
}

/// Adds the figures of the roster of each task of a query.
pub(super) fn with_figures(select: &mut SelectStatement) {
    use roster_entry::Column;
    let latest = roster_entry::Entity::find().order_by_desc(Column::UpdatedAt);
    let latest = first_id(latest, Column::UpdatedAt, of_task());
    select.expr_as(latest, "roster_updated_at");
    for level in EducationLevel::ALL {
        let listed = roster_entry::Entity::find()
            .filter(Column::Level.eq(level.as_str()))
            .filter(Column::State.eq(RosterEntryState::Listed.as_str()));
        let listed = Expr::exists(first_id(listed, Column::Id, of_task()));
        select.expr_as(listed, format!("roster_{}", level.as_str()));
    }
}

/// Reads what [`with_figures`] added.
pub(super) fn read_figures(found: &QueryResult) -> Result<RosterFigures, StoreError> {
    let mut levels = Vec::new();
    for level in EducationLevel::ALL {
        if found.try_get::<bool>("roster_", level.as_str())? {
            levels.push(*level);
        }
    }
    Ok(RosterFigures {
        levels,
        updated_at: found.try_get("roster_", "updated_at")?,
    })
}

fn of_task() -> Expr {
    Expr::col((roster_entry::Entity, roster_entry::Column::SchoolId))
        .equals((task::Entity, task::Column::SchoolId))
        .and(
            Expr::col((roster_entry::Entity, roster_entry::Column::TaskId))
                .equals((task::Entity, task::Column::Id)),
        )
}

/// One column of the first row of a query that belongs to a row of the query around it.
pub(super) fn first_id<E: EntityTrait>(
    query: Select<E>,
    column: E::Column,
    belongs: Expr,
) -> SelectStatement {
    query
        .select_only()
        .expr(column.into_simple_expr())
        .filter(belongs)
        .limit(1)
        .into_query()
}
