//! What a school owes, month by month: `/schools/{school_id}/statement`.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::NaiveDate;
use domain::access::perm;
use domain::sheet::SheetFormat;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use service::Context;
use service::sheet::SheetStyle;
use service::statement::EntryKind;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::path::SchoolPath;
use crate::permitted::{FreshStaff, Permitted};
use crate::photo::Binary;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::sheet;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_school_statement)
        .service(export_statement);
}

/// Which month is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct MonthQuery {
    /// The month in China.
    #[param(value_type = String, pattern = "^[0-9]{4}-[0-9]{2}$", example = "2026-06")]
    month: Month,
}

/// The first day of a month, read from such as `2026-06`.
#[derive(Debug, Clone, Copy)]
struct Month(NaiveDate);

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d");
        let is_exact = |day: &NaiveDate| day.format("%Y-%m").to_string() == text;
        let first = first.ok().filter(is_exact);
        first.map(Self).ok_or_else(|| D::Error::custom("no month"))
    }
}

/// Orders of one kind on a statement, together.
#[derive(Debug, Serialize, ToSchema)]
struct StatementSum {
    /// So many orders.
    #[schema(minimum = 0, examples(120))]
    orders: usize,
    /// What the school owes for them, in fen; negative where it owes less.
    #[schema(examples(360_000))]
    amount_fen: i64,
}

/// What a school owes for a month.
#[derive(Debug, Serialize, ToSchema)]
struct SchoolStatementView {
    /// The school's code.
    #[schema(examples("10001"))]
    school_code: String,
    /// The school's name.
    #[schema(examples("北京大学"))]
    school_name: String,
    /// The month in China.
    #[schema(examples("2026-06"))]
    month: String,
    /// Orders that the school pays for.
    charged: StatementSum,
    /// Orders that it pays for no more.
    voided: StatementSum,
    /// Orders that cost nobody anything.
    free: StatementSum,
    /// What the school owes for the month, in fen.
    #[schema(examples(357_000))]
    due_fen: i64,
}

/// Read what a school owes for a month
///
/// The orders that its students pay themselves are not on it; `list_task_orders` has every order.
#[utoipa::path(tag = "orders", operation_id = "get_school_statement", params(SchoolPath, MonthQuery),
    security(("session" = []), ("integrator" = ["statements:read"])),
    responses((status = 200, body = SchoolStatementView, description = "The sums of the month."),
        answers::StaffReader, answers::Missing, answers::Query))]
#[get("/schools/{school_id}/statement")]
async fn get_school_statement(
    context: Data<Context>,
    caller: Permitted<perm::ReadStatements>,
    path: Path<SchoolPath>,
    query: Query<MonthQuery>,
) -> Result<Json<SchoolStatementView>, Fault> {
    let (school, Month(month)) = (&path.school_id, query.month);
    let found = service::statement::get(&context, caller.actor(), school, month).await?;
    let sum = |kind| {
        let (orders, amount) = found.sum(kind);
        StatementSum {
            orders,
            amount_fen: amount.0,
        }
    };
    Ok(Json(SchoolStatementView {
        month: month.format("%Y-%m").to_string(),
        charged: sum(EntryKind::Charged),
        voided: sum(EntryKind::Voided),
        free: sum(EntryKind::Free),
        due_fen: found.due().0,
        school_code: found.school_code,
        school_name: found.school_name,
    }))
}

/// How a statement is exported.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StatementExport {
    /// The month in China.
    #[schema(value_type = schema::Month)]
    month: Month,
    /// `csv` or `xlsx`.
    #[schema(value_type = schema::SheetFormat)]
    format: SheetFormat,
}

/// Export every order of a school's month
///
/// Needs a fresh second factor, and is noted in the audit log.
#[utoipa::path(tag = "money", operation_id = "export_statement", params(SchoolPath), request_body = StatementExport,
    security(("session" = [])),
    responses((status = 200, content_type = "application/octet-stream", body = inline(Binary),
            description = "The file: `text/csv` or a workbook."),
        answers::StaffSession, answers::Missing, answers::Body))]
#[post("/schools/{school_id}/statement/export")]
async fn export_statement(
    context: Data<Context>,
    staff: FreshStaff<perm::ReadStatements>,
    path: Path<SchoolPath>,
    body: Body<StatementExport>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let style = SheetStyle {
        format: body.format,
        lang: lang_of(&request),
    };
    let (school, Month(month)) = (&path.school_id, body.month);
    let exported = service::statement::export(&context, staff.actor(), school, month, style);
    Ok(sheet::send(exported.await?))
}
