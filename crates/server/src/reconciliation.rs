//! The bills of providers beside our books, day by day: `/staff/reconciliations`.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::perm;
use domain::page::SortedPlace;
use domain::sheet::SheetFormat;
use domain::{Fen, Lang, ReconciliationId};
use serde::{Deserialize, Serialize};
use service::Context;
use service::reconciliation::{
    self, BillLine, ComparedDay, DaySearch, Report, bill_state_text, flow_missing_text, flow_text,
    outcome_text, unread_text,
};
use service::sheet::SheetStyle;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::permitted::{FreshStaff, Staff};
use crate::photo::Binary;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::sheet;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_reconciliations)
        .service(get_reconciliation)
        .service(compare_day_again)
        .service(export_reconciliation);
}

/// A day in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct DayPath {
    /// The day in China.
    #[param(value_type = schema::Day, inline)]
    day: String,
}

/// A merchant account's day.
#[derive(Debug, Serialize, ToSchema)]
struct ComparedDayView {
    /// The comparison.
    #[schema(value_type = schema::ReconciliationId)]
    id: String,
    /// The day in China.
    #[schema(examples("2026-06-08"))]
    day: NaiveDate,
    /// The provider.
    #[schema(value_type = schema::Provider)]
    provider: String,
    /// The configured merchant account.
    #[schema(examples("main"))]
    merchant_account: String,
    /// Where it is.
    #[schema(value_type = schema::RunState)]
    state: String,
    /// How many payments the bill lists.
    #[schema(minimum = 0, examples(120))]
    payments: i32,
    /// Their sum, in fen.
    #[schema(examples(360_000))]
    paid_fen: i64,
    /// How many refunds the bill lists.
    #[schema(minimum = 0, examples(2))]
    refunds: i32,
    /// Their sum, in fen.
    #[schema(examples(6_000))]
    refunded_fen: i64,
    /// How many rows did not agree.
    #[schema(minimum = 0, examples(0))]
    differences: i32,
    /// When it is tried next; null when it is done.
    #[schema(required = true, examples("2026-06-09T04:30:00Z"))]
    next_try_at: Option<DateTime<Utc>>,
    /// When it was done.
    #[schema(required = true, examples("2026-06-09T02:30:00Z"))]
    finished_at: Option<DateTime<Utc>>,
}

impl From<ComparedDay> for ComparedDayView {
    fn from(day: ComparedDay) -> Self {
        Self {
            id: day.id.to_string(),
            day: day.day,
            provider: day.provider.as_str().to_owned(),
            merchant_account: day.account,
            state: day.state.as_str().to_owned(),
            payments: day.payments,
            paid_fen: day.paid.0,
            refunds: day.refunds,
            refunded_fen: day.refunded.0,
            differences: day.differences,
            next_try_at: day.next_try_at,
            finished_at: day.finished_at,
        }
    }
}

pages! {
    /// A page of compared days, the latest first.
    ComparedDays of ComparedDayView;
}

/// Which days are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DayQuery {
    /// Only days of the month of this day.
    #[param(example = "2026-06-01")]
    month: Option<NaiveDate>,
    /// Only days on which something did not agree.
    #[serde(default)]
    #[param(required = false, default = false, example = true)]
    with_differences: bool,
}

/// List the days whose bills were compared with our books
#[utoipa::path(tag = "money", operation_id = "list_reconciliations", params(DayQuery, PageQuery), security(("session" = [])),
    responses((status = 200, body = ComparedDays, description = "A page, the latest day first."), answers::StaffReader, answers::Page))]
#[get("/staff/reconciliations")]
async fn list_reconciliations(
    context: Data<Context>,
    staff: Staff<perm::ReadStatements>,
    query: Query<DayQuery>,
    page: Paged<SortedPlace<NaiveDate, ReconciliationId>>,
) -> Result<Json<ComparedDays>, Fault> {
    let search = DaySearch {
        month: query.month,
        with_differences: query.with_differences,
    };
    let found = reconciliation::days(&context, staff.actor(), search, &page.0).await?;
    Ok(Json(ComparedDays::new(found, Into::into)))
}

/// A row that is not the same on both sides.
#[derive(Debug, Serialize, ToSchema)]
struct DifferenceView {
    /// What is the matter.
    #[schema(value_type = schema::CaseKind)]
    kind: String,
    /// What is the matter, in the caller's language.
    #[schema(examples("金额与账单不一致"))]
    kind_label: String,
    /// Which way the money went.
    #[schema(value_type = schema::EntryKind)]
    entry: String,
    /// Our number.
    #[schema(examples("10001260420T7K3M9QXT01"))]
    number: String,
    /// What the bill says, in fen.
    #[schema(required = true, examples(3000))]
    billed_fen: Option<i64>,
    /// What our books say, in fen.
    #[schema(required = true, examples(2900))]
    booked_fen: Option<i64>,
    /// Whether it was put right by itself.
    #[schema(examples(false))]
    is_healed: bool,
    /// What came of it, or what to do, in the caller's language.
    #[schema(examples("已按支付平台结果更正"))]
    outcome: String,
}

/// What came of a merchant account's day.
#[derive(Debug, Serialize, ToSchema)]
struct DayReportView {
    /// The provider.
    #[schema(value_type = schema::Provider)]
    provider: String,
    /// The configured merchant account.
    #[schema(examples("main"))]
    merchant_account: String,
    /// How far the bill is, in the caller's language.
    #[schema(examples("已核对"))]
    bill: String,
    /// How many payments the bill lists.
    #[schema(minimum = 0, examples(120))]
    payments: usize,
    /// Their sum, in fen.
    #[schema(examples(360_000))]
    paid_fen: i64,
    /// How many refunds the bill lists.
    #[schema(minimum = 0, examples(2))]
    refunds: usize,
    /// Their sum, in fen.
    #[schema(examples(6_000))]
    refunded_fen: i64,
    /// What the provider took, in fen.
    #[schema(examples(1_368))]
    fee_fen: i64,
    /// Of how many payments it took another share than is agreed.
    #[schema(minimum = 0, examples(0))]
    fee_differences: usize,
    /// The movements of the account beside our ledger, in the caller's language; null where the provider lists none.
    #[schema(required = true, examples("一致"))]
    movements: Option<String>,
    /// Which rows of the bill cannot be read, in the caller's language.
    #[schema(required = true, examples("2 行无法读取"))]
    unread: Option<String>,
    /// What did not agree; at most 200, the export has all.
    #[schema(max_items = 200)]
    differences: Vec<DifferenceView>,
}

/// The most differences that an answer lists.
const DIFFERENCES_MAX: usize = 200;

impl DayReportView {
    fn new(report: &Report, lang: Lang) -> Self {
        let fen = |amount: Option<Fen>| amount.map(|amount| amount.0);
        let differences = report.differences.iter().take(DIFFERENCES_MAX);
        let difference =
            |(found, is_healed): &(domain::reconciliation::Difference, bool)| DifferenceView {
                kind: found.kind.as_str().to_owned(),
                kind_label: found.kind.label().get(lang).to_owned(),
                entry: found.entry.as_str().to_owned(),
                number: found.number.clone(),
                billed_fen: fen(found.billed),
                booked_fen: fen(found.booked),
                is_healed: *is_healed,
                outcome: outcome_text(found.kind, *is_healed, lang).to_owned(),
            };
        let missing = report.flow_missing.as_deref();
        let missing = missing.map(|seen| flow_missing_text(seen, lang));
        let movements = report.flow.map(|flow| flow_text(flow, lang).to_owned());
        let unread = report.unread.as_ref();
        let (provider, account) = (report.provider, &report.account);
        Self {
            provider: provider.as_str().to_owned(),
            merchant_account: account.clone(),
            bill: bill_state_text(&report.bill, lang),
            payments: report.paid.0,
            paid_fen: report.paid.1.0,
            refunds: report.refunded.0,
            refunded_fen: report.refunded.1.0,
            fee_fen: report.fee.in_fen().0,
            fee_differences: report.fee_differences.len(),
            movements: movements.or(missing),
            unread: unread.map(|unread| unread_text(unread, lang)),
            differences: differences.map(difference).collect(),
        }
    }
}

/// What came of a day.
#[derive(Debug, Serialize, ToSchema)]
struct DayView {
    /// The day in China.
    #[schema(value_type = schema::Day)]
    day: String,
    /// A report for each merchant account.
    #[schema(max_items = 100)]
    accounts: Vec<DayReportView>,
}

/// Read what came of a day
#[utoipa::path(tag = "money", operation_id = "get_reconciliation", params(DayPath), security(("session" = [])),
    responses((status = 200, body = DayView, description = "The day."), answers::StaffReader, answers::Missing))]
#[get("/staff/reconciliations/{day}")]
async fn get_reconciliation(
    context: Data<Context>,
    staff: Staff<perm::ReadStatements>,
    path: Path<DayPath>,
    request: HttpRequest,
) -> Result<Json<DayView>, Fault> {
    let reports = reconciliation::day(&context, staff.actor(), &path.day).await?;
    let lang = lang_of(&request);
    let account = |(report, _): &(Report, Vec<BillLine>)| DayReportView::new(report, lang);
    Ok(Json(DayView {
        day: path.day.clone(),
        accounts: reports.iter().map(account).collect(),
    }))
}

/// Have a day compared again
///
/// For every account, in the background: of the last 90 days, before today.
#[utoipa::path(tag = "money", operation_id = "compare_day_again", params(DayPath), security(("session" = [])),
    responses((status = 202, description = "It is compared in the background."), answers::StaffSession, answers::Query))]
#[post("/staff/reconciliations/{day}/compare")]
async fn compare_day_again(
    context: Data<Context>,
    staff: Staff<perm::ReadStatements>,
    path: Path<DayPath>,
) -> Result<HttpResponse, Fault> {
    reconciliation::compare_again(&context, staff.actor(), &path.day).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// How a day is exported.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DayExport {
    /// `csv` or `xlsx`.
    #[schema(value_type = schema::SheetFormat)]
    format: SheetFormat,
}

/// Export a day with the rows of its bills
///
/// Needs a fresh second factor, and is noted in the audit log.
#[utoipa::path(tag = "money", operation_id = "export_reconciliation", params(DayPath), request_body = DayExport,
    security(("session" = [])),
    responses((status = 200, content_type = "application/octet-stream", body = inline(Binary),
            description = "The file: `text/csv` or a workbook."),
        answers::StaffSession, answers::Missing, answers::Body))]
#[post("/staff/reconciliations/{day}/export")]
async fn export_reconciliation(
    context: Data<Context>,
    staff: FreshStaff<perm::ReadStatements>,
    path: Path<DayPath>,
    body: Body<DayExport>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let style = SheetStyle {
        format: body.format,
        lang: lang_of(&request),
    };
    let file = reconciliation::export_day(&context, staff.actor(), &path.day, style).await?;
    Ok(sheet::send(file))
}
