//! Students who are listed without a file: `/tasks/{id}/roster-entries:bulk`.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, put};
use domain::Lang;
use domain::access::perm;
use domain::roster::{Corrections, RowFinding};
use serde::{Deserialize, Serialize};
use service::Context;
use service::roster::{self, SentOutcome, SentStudent, SentStudents};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::idempotency::{self, IdempotencyKey, IdempotencyKeyHeader};
use crate::json_body::LargeBody;
use crate::path::TaskPath;
use crate::permitted::Permitted;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(put_roster_entries);
}

/// A student as they are to be listed; what is left out says nothing, and erases nothing of who is listed already.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SentRosterStudent {
    /// The name.
    #[serde(default)]
    #[schema(max_length = 100, value_type = String, examples("李华"))]
    name: Option<Text<100>>,
    /// The kind of document by its word, code or name; told by the number where it is left out.
    #[serde(default)]
    #[schema(max_length = 64, value_type = Option<String>, examples("cn_id"))]
    document_type: Option<Text<64>>,
    /// The document number.
    #[serde(default)]
    #[schema(max_length = 64, value_type = String, examples("11010519491231002X"))]
    document_number: Option<Text<64>>,
    /// Further numbers by which the student is found.
    #[serde(default)]
    #[schema(max_items = 5, max_length = 64, value_type = Vec<String>, examples("E12345678"))]
    other_numbers: Vec<Text<64>>,
    /// The level by its word, code or name.
    #[serde(default)]
    #[schema(max_length = 64, value_type = String, examples("ba"))]
    level: Option<Text<64>>,
    /// The student number.
    #[serde(default)]
    #[schema(max_length = 64, value_type = Option<String>, examples("2200012345"))]
    student_no: Option<Text<64>>,
    /// The college.
    #[serde(default)]
    #[schema(max_length = 100, value_type = Option<String>, examples("法学院"))]
    college: Option<Text<100>>,
    /// The major.
    #[serde(default)]
    #[schema(max_length = 100, value_type = Option<String>, examples("法学"))]
    major: Option<Text<100>>,
    /// The class.
    #[serde(default)]
    #[schema(max_length = 100, value_type = Option<String>, examples("法学 2201"))]
    class_name: Option<Text<100>>,
    /// The expected day of graduation.
    #[serde(default)]
    #[schema(max_length = 20, value_type = Option<String>, examples("2026-06-30"))]
    expected_graduation: Option<Text<20>>,
}

impl From<SentRosterStudent> for SentStudent {
    fn from(sent: SentRosterStudent) -> Self {
        Self {
            name: text(sent.name.as_ref()),
            document_type: text(sent.document_type.as_ref()),
            document_number: text(sent.document_number.as_ref()),
            other_numbers: sent
                .other_numbers
                .iter()
                .map(|number| text(Some(number)))
                .collect(),
            level: text(sent.level.as_ref()),
            student_no: text(sent.student_no.as_ref()),
            college: text(sent.college.as_ref()),
            major: text(sent.major.as_ref()),
            class_name: text(sent.class_name.as_ref()),
            expected_graduation: text(sent.expected_graduation.as_ref()),
        }
    }
}

fn text<const MAX: usize>(text: Option<&Text<MAX>>) -> String {
    text.map(|text| text.to_string()).unwrap_or_default()
}

/// Students to be listed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SentRosterStudents {
    /// 1 to 1,000 students.
    #[schema(min_items = 1, max_items = 1000)]
    students: Vec<SentRosterStudent>,
    /// What was corrected by hand is overwritten.
    #[serde(default)]
    #[schema(examples(false))]
    overwrite_corrections: bool,
}

/// Something that is said of a student who was sent.
#[derive(Debug, Serialize, ToSchema)]
struct SentRosterFinding {
    /// What.
    #[schema(value_type = schema::RosterVerdict)]
    verdict: String,
    /// The same, in the caller's language.
    #[schema(examples("证件号丢失末位数字"))]
    label: String,
    /// What happened and what to do.
    #[schema(examples("请把该列设为文本格式，从原始数据重新填写。"))]
    sentence: String,
    /// The field that it is about; null where it is about the whole student.
    #[schema(required = true, value_type = Option<schema::RosterColumn>)]
    column: Option<String>,
}

impl SentRosterFinding {
    fn new(finding: RowFinding, lang: Lang) -> Self {
        let verdict = finding.verdict;
        Self {
            verdict: verdict.as_str().to_owned(),
            label: verdict.label().get(lang).to_owned(),
            sentence: verdict.sentence().get(lang).to_owned(),
            column: finding.column.map(|column| column.as_str().to_owned()),
        }
    }
}

/// What came of a student who was sent.
#[derive(Debug, Serialize, ToSchema)]
struct SentRosterOutcome {
    /// Whether the student is listed now as they were sent, corrections by hand left aside.
    #[schema(examples(true))]
    is_taken: bool,
    /// The student of the list; null where they were refused.
    #[schema(required = true, value_type = Option<schema::RosterEntryId>)]
    roster_entry_id: Option<String>,
    /// What is to be said; at least one thing.
    #[schema(max_items = 50)]
    findings: Vec<SentRosterFinding>,
}

/// What came of the students, in the order in which they were sent.
#[derive(Debug, Serialize, ToSchema)]
struct SentRosterOutcomes {
    /// One for each student.
    #[schema(max_items = 1000)]
    items: Vec<SentRosterOutcome>,
}

/// List students, or change those who are listed
///
/// By the rules of imports: a student is found by document number and level, else by student number; what is wrong with one
/// is said and keeps no other from being taken. Sent again, nothing changes. The body has at most 2 MB.
#[utoipa::path(tag = "roster", operation_id = "put_roster_entries", params(TaskPath, IdempotencyKeyHeader), request_body = SentRosterStudents,
    security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 200, body = SentRosterOutcomes, description = "What came of each student."),
        answers::StaffSession, answers::Missing, answers::Keyed, answers::Body))]
#[put("/tasks/{task_id}/roster-entries:bulk")]
async fn put_roster_entries(
    context: Data<Context>,
    staff: Permitted<perm::ManageRosters>,
    path: Path<TaskPath>,
    key: IdempotencyKey,
    body: LargeBody<SentRosterStudents>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let (lang, body) = (lang_of(&request), body.into_inner());
    let corrections = if body.overwrite_corrections {
        Corrections::Overwrite
    } else {
        Corrections::Keep
    };
    let students: Vec<SentStudent> = body.students.into_iter().map(Into::into).collect();
    let sent = SentStudents {
        students: &students,
        corrections,
    };
    let (keyed, task) = (key.request(), &path.task_id);
    let put = roster::put_students(&context, staff.actor(), &keyed, task, sent).await?;
    let view = |outcome: SentOutcome| SentRosterOutcome {
        is_taken: outcome.is_taken,
        roster_entry_id: outcome.entry_id.map(|id| id.to_string()),
        findings: outcome
            .findings
            .into_iter()
            .map(|finding| SentRosterFinding::new(finding, lang))
            .collect(),
    };
    let mut answer = idempotency::mark(HttpResponse::Ok(), put.is_replayed);
    Ok(answer.json(SentRosterOutcomes {
        items: put.value.into_iter().map(view).collect(),
    }))
}
