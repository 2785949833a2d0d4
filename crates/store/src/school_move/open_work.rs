//! What must be over before a school can be moved, counted.

use domain::SchoolId;
use domain::job::JobKind;
use domain::school_move::OpenWork;
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Json;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Query};
use serde_json::json;

use crate::StoreError;

fn column(name: &str) -> Expr {
    Expr::col(Alias::new(name))
}

fn among(words: &[&'static str]) -> Expr {
    column("state").is_in(words.iter().copied())
}

/// Where open work of a kind is, and what it is; `None` for what is a job.
fn place(what: OpenWork) -> Option<(&'static str, Expr)> {
    Some(match what {
        OpenWork::Reminders => return None,
        OpenWork::Payments => ("payment_attempts", among(&["new", "pending"])),
        OpenWork::Refunds => ("refunds", among(&["requested", "submitted", "abnormal"])),
        OpenWork::MoneyCases => ("money_cases", among(&["open"])),
        OpenWork::RosterImports => (
            "roster_imports",
            among(&["checking", "checked", "importing", "undoing"]),
        ),
        OpenWork::Deliveries => ("deliveries", among(&["building"])),
        OpenWork::Reviews => ("photo_reviews", among(&["undoable"])),
        OpenWork::TaskPurges => ("task_purges", column("done_at").is_null()),
        OpenWork::Integrators => ("integrators", column("revoked_at").is_null()),
        OpenWork::WebhookEndpoints => ("webhook_endpoints", among(&["active"])),
        OpenWork::LostPhones => ("lost_phone_reports", among(&["open"])),
    })
}

/// How much of a kind a school has.
pub async fn count_open(
    on: &impl ConnectionTrait,
    school: SchoolId,
    what: OpenWork,
) -> Result<i64, StoreError> {
    match place(what) {
        Some((table, is_open)) => count(on, table, school, is_open).await,
        None => count_reminders(on, school).await,
    }
}

/// How many jobs that remind students of a school are not over; there are never many of all schools.
async fn count_reminders(on: &impl ConnectionTrait, school: SchoolId) -> Result<i64, StoreError> {
    let tasks = super::tasks_of(on, school).await?;
    let payloads = crate::job::open_payloads(on, JobKind::Reminders).await?;
    let is_of_school = |payload: &&Json| tasks.iter().any(|task| payload["task_id"] == json!(task));
    let count = payloads.iter().filter(is_of_school).count();
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

/// How many entries of the audit log of a school are in no chain yet.
pub async fn count_unsealed(
    on: &impl ConnectionTrait,
    school: SchoolId,
) -> Result<i64, StoreError> {
    count(
        on,
        "audit_events",
        school,
        column("chain_sequence").is_null(),
    )
    .await
}

async fn count(
    on: &impl ConnectionTrait,
    table: &str,
    school: SchoolId,
    which: Expr,
) -> Result<i64, StoreError> {
    let mut query = Query::select();
    query
        .expr_as(Func::count(Expr::val(1)), Alias::new("found"))
        .from(Alias::new(table))
        .and_where(column("school_id").eq(school.0))
        .and_where(which);
    let row = on.query_one(&query).await?;
    let row = row.ok_or_else(|| StoreError::corrupt("a count"))?;
    Ok(row.try_get("", "found")?)
}

/// The merchant accounts with which a school's students paid and that are not the school's own: provider and name.
pub async fn common_merchants(
    on: &impl ConnectionTrait,
    school: SchoolId,
) -> Result<Vec<(String, String)>, StoreError> {
    let mut own = Query::select();
    own.column(Alias::new("name"))
        .from(Alias::new("merchant_accounts"))
        .and_where(column("school_id").eq(school.0));
    let mut query = Query::select();
    query
        .distinct()
        .columns(["provider", "merchant_account"].map(Alias::new))
        .from(Alias::new("payment_attempts"))
        .and_where(column("school_id").eq(school.0))
        .and_where(among(&["succeeded"]))
        .and_where(column("merchant_account").not_in_subquery(own));
    let rows = on.query_all(&query).await?;
    let account = |row: &sea_orm::QueryResult| {
        Ok((
            row.try_get("", "provider")?,
            row.try_get("", "merchant_account")?,
        ))
    };
    rows.iter().map(account).collect()
}
