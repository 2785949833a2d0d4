//! Files of results about delivered photos, of the school or of the Ministry's platform: `/tasks/{task_id}/photo-results`.

use actix_web::web::{Data, Json, Path, Payload, Query};
use actix_web::{HttpRequest, post};
use domain::access::perm;
use domain::photo_result::{ResultSource, ResultVerdict, ThreeWayComparison};
use domain::{FieldError, Lang, ProblemCode, Refusal};
use serde::{Deserialize, Serialize};
use service::Context;
use service::photo_result::{RESULT_FILE_MAX, ResultFile, ResultReport, ResultRow};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::path::TaskPath;
use crate::permitted::Permitted;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::sent_file;

/// Mounts the operation of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_photo_results);
}

/// Whose results, and whether they are applied.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ResultQuery {
    /// Whose results the file holds.
    #[param(value_type = schema::ResultSource, inline)]
    source: String,
    /// How many photos go back, as the answer without it says; without it nothing is changed.
    #[param(minimum = 0, maximum = 1000, example = 3)]
    refusals: Option<u64>,
}

/// How many rows came to one thing.
#[derive(Debug, Serialize, ToSchema)]
struct ResultCount {
    /// What.
    #[schema(value_type = schema::ResultVerdict)]
    verdict: String,
    /// In words.
    #[schema(max_length = 80, examples("退回，学生可重新提交"))]
    label: String,
    /// How many rows.
    #[schema(minimum = 1, examples(3))]
    rows: u64,
}

/// A row that somebody should look at.
#[derive(Debug, Serialize, ToSchema)]
struct ResultRowView {
    /// The row of the file.
    #[schema(minimum = 1, examples(3))]
    row_number: u64,
    /// What becomes of it.
    #[schema(value_type = schema::ResultVerdict)]
    verdict: String,
    /// In words.
    #[schema(max_length = 80, examples("退回，学生可重新提交"))]
    label: String,
    /// The student; null where nobody was found.
    #[schema(required = true, value_type = Option<schema::RosterEntryId>)]
    roster_entry_id: Option<String>,
    /// Why the photo goes back.
    #[schema(value_type = Vec<schema::RejectReason>, max_items = 6)]
    reasons: Vec<String>,
}

impl ResultRowView {
    fn new(row: &ResultRow, lang: Lang) -> Self {
        Self {
            row_number: row.number,
            verdict: row.verdict.as_str().to_owned(),
            label: row.verdict.label().get(lang).to_owned(),
            roster_entry_id: row.entry_id.map(|id| id.to_string()),
            reasons: row.reasons.iter().map(ToString::to_string).collect(),
        }
    }
}

/// How many students are where: on the roster, accepted here, in the file.
#[derive(Debug, Serialize, ToSchema)]
struct ComparisonView {
    /// On the roster, accepted here, and in the file.
    #[schema(minimum = 0, examples(410))]
    everywhere: u64,
    /// Accepted here and not in the file.
    #[schema(minimum = 0, examples(2))]
    not_in_file: u64,
    /// In the file and not accepted here.
    #[schema(minimum = 0, examples(1))]
    not_accepted: u64,
    /// On the roster and nowhere else.
    #[schema(minimum = 0, examples(17))]
    only_listed: u64,
    /// Rows of the file that nobody on the roster fits.
    #[schema(minimum = 0, examples(0))]
    not_listed: u64,
}

impl From<ThreeWayComparison> for ComparisonView {
    fn from(comparison: ThreeWayComparison) -> Self {
        Self {
            everywhere: comparison.everywhere,
            not_in_file: comparison.not_in_file,
            not_accepted: comparison.not_accepted,
            only_listed: comparison.only_listed,
            not_listed: comparison.not_listed,
        }
    }
}

/// What a file of results comes to.
#[derive(Debug, Serialize, ToSchema)]
struct PhotoResultsView {
    /// Whether photos were sent back.
    #[schema(examples(false))]
    is_applied: bool,
    /// How many photos go back: what `refusals` must say.
    #[schema(minimum = 0, examples(3))]
    refusals: u64,
    /// How many rows came to what.
    #[schema(max_items = 20)]
    counts: Vec<ResultCount>,
    /// The first 500 rows that somebody should look at.
    #[schema(max_items = 500)]
    rows: Vec<ResultRowView>,
    /// The roster, our photos and the file side by side.
    comparison: ComparisonView,
}

impl PhotoResultsView {
    fn new(report: &ResultReport, lang: Lang) -> Self {
        let count = |(verdict, rows): (&ResultVerdict, &u64)| ResultCount {
            verdict: verdict.as_str().to_owned(),
            label: verdict.label().get(lang).to_owned(),
            rows: *rows,
        };
        let refusals = report.counts.get(&ResultVerdict::Refused);
        Self {
            is_applied: report.is_applied,
            refusals: refusals.copied().unwrap_or_default(),
            counts: report.counts.iter().map(count).collect(),
            rows: (report.rows.iter())
                .map(|row| ResultRowView::new(row, lang))
                .collect(),
            comparison: report.comparison.into(),
        }
    }
}

/// Send what the school or the Ministry's platform says of delivered photos
///
/// CSV in UTF-8, GB18030 or UTF-16, XLSX or DBF with a column of student or document numbers and one with the result or the
/// reasons. Without `refusals` nothing is changed: the answer says what each row means and how roster, photos and file compare.
/// With it, the photos go back: their students are told why, and can send others without paying. Sending a file again changes
/// nothing: those photos are not accepted any more.
#[utoipa::path(tag = "photos", operation_id = "create_photo_results", params(TaskPath, ResultQuery),
    security(("session" = []), ("integrator" = ["photos:deliver"])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file, at most 20 MB."),
    responses((status = 200, body = PhotoResultsView, description = "What the rows mean, or what became of them."),
        (status = 408, body = crate::problem::Problem, content_type = "application/problem+json", description = "The file did not arrive in time."),
        (status = 413, body = crate::problem::Problem, content_type = "application/problem+json", description = "The file is too large."),
        (status = 422, body = crate::problem::Problem, content_type = "application/problem+json", description = "The file or the query cannot be read."),
        answers::StaffSession, answers::Missing, answers::State))]
#[post("/tasks/{task_id}/photo-results")]
async fn create_photo_results(
    context: Data<Context>,
    caller: Permitted<perm::TakeOverPhotos>,
    path: Path<TaskPath>,
    query: Query<ResultQuery>,
    payload: Payload,
    request: HttpRequest,
) -> Result<Json<PhotoResultsView>, Fault> {
    let source = ResultSource::parse(&query.source).ok_or_else(|| {
        Refusal::field(FieldError::new("/source", ProblemCode::PhotoResultSource))
    })?;
    let file = ResultFile {
        source,
        content: sent_file::read(payload, &request, RESULT_FILE_MAX).await?,
        refusals: query.refusals,
    };
    let taken = service::photo_result::take(&context, caller.actor(), &path.task_id, file);
    let report = Box::pin(taken).await?;
    Ok(Json(PhotoResultsView::new(&report, lang_of(&request))))
}
