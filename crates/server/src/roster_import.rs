//! Imports of rosters, for staff and integrators: `/tasks/{id}/roster-imports`, `/roster-imports`.

mod view;

use actix_web::http::header::CONTENT_LENGTH;
use actix_web::web::{Data, Json, Path, Payload, Query};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, get, patch, post};
use domain::access::perm;
use domain::roster::{HeadingChoice, RosterColumn, RosterVerdict};
use domain::{EducationLevel, ProblemCode, Refusal, RosterImportId, RosterImportRowId};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use service::idempotency::KeyedOutcome;
use service::roster::{self, Choices, FILE_MAX, ImportView, StartOptions};
use service::{Context, Failure};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::idempotency::{self, IdempotencyKey, IdempotencyKeyHeader};
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::TaskPath;
use crate::permitted::Permitted;
use crate::photo::Binary;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::sheet::{self, SheetQuery};
use crate::text::Text;
use view::{RosterColumnView, RosterImportView};

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_roster_import)
        .service(list_roster_imports)
        .service(get_roster_import)
        .service(get_roster_import_preview)
        .service(update_roster_import)
        .service(list_roster_import_rows)
        .service(get_roster_import_report)
        .service(start_roster_import)
        .service(cancel_roster_import)
        .service(undo_roster_import);
}

/// An import in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ImportPath {
    /// The import.
    #[param(value_type = schema::RosterImportId, inline)]
    roster_import_id: String,
}

pages! {
    /// A page of imports.
    RosterImportList of RosterImportView;
    /// A page of rows of an import.
    RosterImportRows of RosterImportRowView;
}

/// Send a roster file
///
/// CSV in UTF-8, GB18030 or UTF-16, XLSX or DBF, told by its content. It is looked through in the background and changes nothing
/// until `start_roster_import`. At most 150 MB and 1,100,000 rows.
#[utoipa::path(tag = "roster", operation_id = "create_roster_import", params(TaskPath, IdempotencyKeyHeader), security(("session" = []), ("integrator" = ["roster:write"])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file."),
    responses((status = 201, body = RosterImportView, description = "Taken; it is being looked through."),
        (status = 413, body = crate::problem::Problem, content_type = "application/problem+json", description = "The file is too large."),
        (status = 408, body = crate::problem::Problem, content_type = "application/problem+json", description = "The file did not arrive in time."),
        answers::StaffSession, answers::Missing, answers::Keyed))]
#[post("/tasks/{task_id}/roster-imports")]
async fn create_roster_import(
    context: Data<Context>,
    staff: Permitted<perm::ManageRosters>,
    path: Path<TaskPath>,
    key: IdempotencyKey,
    payload: Payload,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let announced = request.headers().get(CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > FILE_MAX) {
        let refusal = Refusal::from(ProblemCode::RosterFileTooLarge);
        return Err(refusal.with("max_mb", FILE_MAX / 1_000_000).into());
    }
    // A body that breaks off or is too slow ends with its connection.
    let pieces = payload.map(|piece| piece.map_err(|_| Failure::from(ProblemCode::RequestTimeout)));
    let (keyed, task) = (key.request(), &path.task_id);
    let sent = roster::create(&context, staff.actor(), &keyed, task, pieces);
    Ok(answer(
        HttpResponse::Created(),
        Box::pin(sent).await?,
        &request,
    ))
}

/// What came of a request about an import.
fn answer(
    builder: HttpResponseBuilder,
    done: KeyedOutcome<ImportView>,
    request: &HttpRequest,
) -> HttpResponse {
    let mut answer = idempotency::mark(builder, done.is_replayed);
    answer.json(RosterImportView::new(done.value, lang_of(request)))
}

/// List the roster imports of a task
#[utoipa::path(tag = "roster", operation_id = "list_roster_imports", params(TaskPath, PageQuery), security(("session" = []), ("integrator" = ["roster:read"])),
    responses((status = 200, body = RosterImportList, description = "A page, newest first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/tasks/{task_id}/roster-imports")]
async fn list_roster_imports(
    context: Data<Context>,
    staff: Permitted<perm::ReadRosters>,
    path: Path<TaskPath>,
    page: Paged<RosterImportId>,
    request: HttpRequest,
) -> Result<Json<RosterImportList>, Fault> {
    let lang = lang_of(&request);
    let found = roster::list_imports(&context, staff.actor(), &path.task_id, &page.0).await?;
    Ok(Json(RosterImportList::new(found, |view| {
        RosterImportView::new(view, lang)
    })))
}

/// Read a roster import, also to follow its progress
#[utoipa::path(tag = "roster", operation_id = "get_roster_import", params(ImportPath), security(("session" = []), ("integrator" = ["roster:read"])),
    responses((status = 200, body = RosterImportView, description = "The import."), answers::StaffReader, answers::Missing))]
#[get("/roster-imports/{roster_import_id}")]
async fn get_roster_import(
    context: Data<Context>,
    staff: Permitted<perm::ReadRosters>,
    path: Path<ImportPath>,
    request: HttpRequest,
) -> Result<Json<RosterImportView>, Fault> {
    let view = roster::get(&context, staff.actor(), &path.roster_import_id).await?;
    Ok(Json(RosterImportView::new(view, lang_of(&request))))
}

/// A row of a preview.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewRow {
    /// The row of the file.
    #[schema(minimum = 1, examples(3))]
    number: u64,
    /// Its cells; document numbers are masked.
    #[schema(examples("张三"))]
    cells: Vec<String>,
}

/// The beginning of a roster file.
#[derive(Debug, Serialize, ToSchema)]
struct RosterPreview {
    /// The columns as they are read.
    columns: Vec<RosterColumnView>,
    /// At most twenty rows below the headings.
    #[schema(max_items = 20)]
    rows: Vec<PreviewRow>,
}

/// Read the first rows of a roster file
///
/// That somebody looked at them is noted in the audit log.
#[utoipa::path(tag = "roster", operation_id = "get_roster_import_preview", params(ImportPath), security(("session" = []), ("integrator" = ["roster:read"])),
    responses((status = 200, body = RosterPreview, description = "At most twenty rows."),
        answers::StaffReader, answers::Missing, answers::State))]
#[get("/roster-imports/{roster_import_id}/preview")]
async fn get_roster_import_preview(
    context: Data<Context>,
    staff: Permitted<perm::ReadRosters>,
    path: Path<ImportPath>,
) -> Result<Json<RosterPreview>, Fault> {
    let preview = roster::preview(&context, staff.actor(), &path.roster_import_id);
    let preview = Box::pin(preview).await?;
    let row = |row: roster::PreviewRow| PreviewRow {
        number: row.number,
        cells: row.cells,
    };
    Ok(Json(RosterPreview {
        columns: preview.columns.iter().map(RosterColumnView::from).collect(),
        rows: preview.rows.into_iter().map(row).collect(),
    }))
}

/// What a column of a roster file holds.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RosterColumnChoice {
    /// Its heading, as in the file.
    #[schema(max_length = 2000, value_type = String, examples("身份证件号码"))]
    heading: Text<2000>,
    /// What it holds; null where it is not read.
    #[serde(default)]
    #[schema(value_type = Option<schema::RosterColumn>)]
    column: Option<RosterColumn>,
}

/// How a roster file is read; what is null is found out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RosterImportChoices {
    /// `utf-8`, `gb18030`, `utf-16le` or `utf-16be`.
    #[serde(default)]
    #[schema(max_length = 20, value_type = Option<String>, examples("gb18030"))]
    encoding: Option<Text<20>>,
    /// `comma`, `tab` or `semicolon`.
    #[serde(default)]
    #[schema(max_length = 20, value_type = Option<String>, examples("comma"))]
    delimiter: Option<Text<20>>,
    /// What the columns hold, one of each heading of the file, in their order.
    #[serde(default)]
    #[schema(max_items = 200)]
    columns: Option<Vec<RosterColumnChoice>>,
    /// The level of rows that name none.
    #[serde(default)]
    #[schema(value_type = Option<schema::EducationLevel>)]
    default_level: Option<EducationLevel>,
}

/// Choose how a roster file is read, and have it looked through again
#[utoipa::path(tag = "roster", operation_id = "update_roster_import", params(ImportPath, IdempotencyKeyHeader), request_body = RosterImportChoices,
    security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 200, body = RosterImportView, description = "It is being looked through again."),
        answers::StaffSession, answers::Missing, answers::Keyed, answers::Body, answers::State))]
#[patch("/roster-imports/{roster_import_id}")]
async fn update_roster_import(
    context: Data<Context>,
    staff: Permitted<perm::ManageRosters>,
    path: Path<ImportPath>,
    key: IdempotencyKey,
    body: Body<RosterImportChoices>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let body = body.into_inner();
    let choice = |choice: RosterColumnChoice| HeadingChoice {
        heading: choice.heading.to_string(),
        column: choice.column,
    };
    let choices = Choices {
        encoding: body.encoding.map(|text| text.to_string()),
        delimiter: body.delimiter.map(|text| text.to_string()),
        columns: body
            .columns
            .map(|columns| columns.into_iter().map(choice).collect()),
        default_level: body.default_level,
    };
    let (keyed, id) = (key.request(), &path.roster_import_id);
    let done = roster::change(&context, staff.actor(), &keyed, id, choices).await?;
    Ok(answer(HttpResponse::Ok(), done, &request))
}

/// Which rows are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RowQuery {
    /// Rows with this verdict.
    #[param(value_type = Option<schema::RosterVerdict>, inline)]
    verdict: Option<RosterVerdict>,
}

/// A row of an import about which something is to be said.
#[derive(Debug, Serialize, ToSchema)]
struct RosterImportRowView {
    /// The row of the file; null for a listed student whom no row names.
    #[schema(required = true, minimum = 1, examples(17))]
    row_number: Option<u64>,
    /// What came of it.
    #[schema(value_type = schema::RosterVerdict)]
    verdict: String,
    /// The same, in the caller's language.
    #[schema(examples("证件号丢失末位数字"))]
    label: String,
    /// The column that it is about.
    #[schema(required = true, value_type = Option<schema::RosterColumn>)]
    column: Option<String>,
    /// The student of the list, where the row leads to one.
    #[schema(required = true, value_type = Option<schema::RosterEntryId>)]
    entry_id: Option<String>,
}

/// List the rows of an import about which something is to be said
///
/// In the order of the file, those who are new or stay as they are left out.
#[utoipa::path(tag = "roster", operation_id = "list_roster_import_rows", params(ImportPath, RowQuery, PageQuery),
    security(("session" = []), ("integrator" = ["roster:read"])),
    responses((status = 200, body = RosterImportRows, description = "A page."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/roster-imports/{roster_import_id}/rows")]
async fn list_roster_import_rows(
    context: Data<Context>,
    staff: Permitted<perm::ReadRosters>,
    path: Path<ImportPath>,
    query: Query<RowQuery>,
    page: Paged<RosterImportRowId>,
    request: HttpRequest,
) -> Result<Json<RosterImportRows>, Fault> {
    let (lang, id) = (lang_of(&request), &path.roster_import_id);
    let rows = roster::rows(&context, staff.actor(), id, query.verdict, &page.0).await?;
    Ok(Json(RosterImportRows::new(rows, |row| {
        RosterImportRowView {
            row_number: row.row_number,
            verdict: row.verdict.as_str().to_owned(),
            label: row.verdict.label().get(lang).to_owned(),
            column: row.column.map(|column| column.as_str().to_owned()),
            entry_id: row.entry_id.map(|id| id.to_string()),
        }
    })))
}

/// Download the rows of an import about which something is to be said
///
/// As a table with the number of the row, the finding, the column and what to do; it names nobody. At most 200,000 rows.
#[utoipa::path(tag = "roster", operation_id = "get_roster_import_report", params(ImportPath, SheetQuery),
    security(("session" = []), ("integrator" = ["roster:read"])),
    responses((status = 200, content_type = "application/octet-stream", body = inline(Binary),
            description = "The file: `text/csv` or a workbook."),
        answers::StaffReader, answers::Missing, answers::Query))]
#[get("/roster-imports/{roster_import_id}/report")]
async fn get_roster_import_report(
    context: Data<Context>,
    staff: Permitted<perm::ReadRosters>,
    path: Path<ImportPath>,
    query: Query<SheetQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let (id, style) = (&path.roster_import_id, query.style(&request));
    let file = roster::report(&context, staff.actor(), id, style).await?;
    Ok(sheet::send(file))
}

/// What is said when an import is started.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StartRosterImport {
    /// What was corrected by hand is overwritten.
    #[serde(default)]
    #[schema(examples(false))]
    overwrite_corrections: bool,
    /// So many changed document numbers and levels are right.
    #[serde(default)]
    #[schema(examples(false))]
    confirm_identity_changes: bool,
}

/// Take the rows of a roster file that was looked through
#[utoipa::path(tag = "roster", operation_id = "start_roster_import", params(ImportPath, IdempotencyKeyHeader), request_body = StartRosterImport,
    security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 200, body = RosterImportView, description = "Its rows are being taken."),
        answers::StaffSession, answers::Missing, answers::Keyed, answers::Body, answers::State))]
#[post("/roster-imports/{roster_import_id}/start")]
async fn start_roster_import(
    context: Data<Context>,
    staff: Permitted<perm::ManageRosters>,
    path: Path<ImportPath>,
    key: IdempotencyKey,
    body: Body<StartRosterImport>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let options = StartOptions {
        overwrite_corrections: body.overwrite_corrections,
        confirm_identity_changes: body.confirm_identity_changes,
    };
    let (keyed, id) = (key.request(), &path.roster_import_id);
    let done = roster::start(&context, staff.actor(), &keyed, id, options).await?;
    Ok(answer(HttpResponse::Ok(), done, &request))
}

/// End a roster import; what it took before stays
#[utoipa::path(tag = "roster", operation_id = "cancel_roster_import", params(ImportPath, IdempotencyKeyHeader), security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 200, body = RosterImportView, description = "It is over."),
        answers::StaffSession, answers::Missing, answers::Keyed, answers::State))]
#[post("/roster-imports/{roster_import_id}/cancel")]
async fn cancel_roster_import(
    context: Data<Context>,
    staff: Permitted<perm::ManageRosters>,
    path: Path<ImportPath>,
    key: IdempotencyKey,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let (keyed, id) = (key.request(), &path.roster_import_id);
    let done = roster::cancel(&context, staff.actor(), &keyed, id).await?;
    Ok(answer(HttpResponse::Ok(), done, &request))
}

/// Take back what a roster import did
///
/// Possible until somebody whom it added has submitted a photo.
#[utoipa::path(tag = "roster", operation_id = "undo_roster_import", params(ImportPath, IdempotencyKeyHeader), security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 200, body = RosterImportView, description = "It is being taken back."),
        answers::StaffSession, answers::Missing, answers::Keyed, answers::State))]
#[post("/roster-imports/{roster_import_id}/undo")]
async fn undo_roster_import(
    context: Data<Context>,
    staff: Permitted<perm::ManageRosters>,
    path: Path<ImportPath>,
    key: IdempotencyKey,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let (keyed, id) = (key.request(), &path.roster_import_id);
    let done = roster::undo(&context, staff.actor(), &keyed, id).await?;
    Ok(answer(HttpResponse::Ok(), done, &request))
}
