//! The Ministry's list of schools, from a file: `/staff/schools/list`.

use actix_web::web::{Data, Json, Payload, Query};
use actix_web::{HttpRequest, post};
use domain::Lang;
use domain::access::perm;
use domain::school_list::SchoolVerdict;
use serde::{Deserialize, Serialize};
use service::Context;
use service::school::{SCHOOL_FILE_MAX, SchoolFile, SchoolListReport, SchoolRow};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::permitted::Staff;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::sent_file;

/// Mounts the operation of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(take_school_list);
}

/// Whether the schools are made.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SchoolListQuery {
    /// How many schools are made, as the answer without it says; without it nothing is changed.
    #[param(minimum = 0, maximum = 3200, example = 2812)]
    schools: Option<u64>,
}

/// How many rows came to one thing.
#[derive(Debug, Serialize, ToSchema)]
struct SchoolListCount {
    /// What.
    #[schema(value_type = schema::SchoolVerdict)]
    verdict: String,
    /// In words.
    #[schema(max_length = 80, examples("新建"))]
    label: String,
    /// How many rows.
    #[schema(minimum = 1, examples(2812))]
    rows: u64,
}

/// A row that somebody should look at.
#[derive(Debug, Serialize, ToSchema)]
struct SchoolListRow {
    /// The row of the file.
    #[schema(minimum = 1, examples(3))]
    row_number: u64,
    /// The name as the file has it.
    #[schema(max_length = 2000, examples("示例大学"))]
    name: String,
    /// The code as the file has it.
    #[schema(max_length = 2000, examples("411101000"))]
    code: String,
    /// What becomes of it.
    #[schema(value_type = schema::SchoolVerdict)]
    verdict: String,
    /// In words.
    #[schema(max_length = 80, examples("学校代码或标识码格式错误"))]
    label: String,
}

/// What the Ministry's list comes to.
#[derive(Debug, Serialize, ToSchema)]
struct SchoolListView {
    /// Whether the schools were made.
    #[schema(examples(false))]
    is_applied: bool,
    /// How many schools are made: what `schools` must say.
    #[schema(minimum = 0, examples(2812))]
    schools: u64,
    /// How many rows came to what.
    #[schema(max_items = 10)]
    counts: Vec<SchoolListCount>,
    /// The first 200 rows that somebody should look at.
    #[schema(max_items = 200)]
    rows: Vec<SchoolListRow>,
}

impl SchoolListView {
    fn new(report: SchoolListReport, lang: Lang) -> Self {
        let count = |(verdict, rows): (&SchoolVerdict, &u64)| SchoolListCount {
            verdict: verdict.as_str().to_owned(),
            label: verdict.label().get(lang).to_owned(),
            rows: *rows,
        };
        let row = |row: SchoolRow| SchoolListRow {
            row_number: row.number,
            name: row.name,
            code: row.code,
            verdict: row.verdict.as_str().to_owned(),
            label: row.verdict.label().get(lang).to_owned(),
        };
        let schools = report.counts.get(&SchoolVerdict::Created);
        Self {
            is_applied: report.is_applied,
            schools: schools.copied().unwrap_or_default(),
            counts: report.counts.iter().map(count).collect(),
            rows: report.rows.into_iter().map(row).collect(),
        }
    }
}

/// Send the Ministry's list of schools
///
/// CSV in UTF-8, GB18030 or UTF-16, XLSX or DBF with a column 学校名称 and one 学校标识码 (ten digits) or 学校代码 (five); other
/// columns are not read. Without `schools` nothing is changed: the answer says what each row means. With it, a school is made
/// for every code that no school has; schools that are there stay as they are, so sending a file again changes nothing.
#[utoipa::path(tag = "schools", operation_id = "take_school_list", params(SchoolListQuery), security(("session" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file, at most 2 MB and 3,200 rows."),
    responses((status = 200, body = SchoolListView, description = "What the rows mean, or what became of them."),
        (status = 408, body = crate::problem::Problem, content_type = "application/problem+json", description = "The file did not arrive in time."),
        (status = 413, body = crate::problem::Problem, content_type = "application/problem+json", description = "The file is too large."),
        (status = 422, body = crate::problem::Problem, content_type = "application/problem+json", description = "The file or the query cannot be read."),
        answers::StaffSession, answers::State))]
#[post("/staff/schools/list")]
async fn take_school_list(
    context: Data<Context>,
    staff: Staff<perm::ManageSchools>,
    query: Query<SchoolListQuery>,
    payload: Payload,
    request: HttpRequest,
) -> Result<Json<SchoolListView>, Fault> {
    let file = SchoolFile {
        content: sent_file::read(payload, &request, SCHOOL_FILE_MAX).await?,
        schools: query.schools,
    };
    let taken = service::school::take_list(&context, staff.actor(), file);
    let report = Box::pin(taken).await?;
    Ok(Json(SchoolListView::new(report, lang_of(&request))))
}
