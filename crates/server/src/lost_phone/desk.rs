//! Reports of a lost phone, for staff: `/lost-phone-reports`.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, get, post};
use chrono::{DateTime, Utc};
use domain::access::perm;
use domain::lost_phone::{LostPhoneEnd, LostPhoneStage, LostPhoneState};
use domain::{Lang, LostPhoneReportId};
use serde::{Deserialize, Serialize};
use service::Context;
use service::lost_phone::{
    ListedLostPhoneReport, LostPhoneDossier, LostPhoneProof, NamedLostPhoneApproval,
};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::permitted::{FreshStaff, Staff};
use crate::problem::{Fault, lang_of};
use crate::schema;

/// Mounts the operations of this file.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_lost_phone_reports)
        .service(get_lost_phone_report)
        .service(approve_lost_phone_report)
        .service(close_lost_phone_report);
}

/// A report in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct LostPhonePath {
    /// The report's reference.
    #[param(value_type = schema::LostPhoneReference, inline)]
    lost_phone_reference: String,
}

/// A report of a lost phone in a list: nothing that a person wrote.
#[derive(Debug, Serialize, ToSchema)]
struct ListedLostPhoneView {
    /// The report's reference.
    #[schema(value_type = schema::LostPhoneReference)]
    reference: String,
    /// Where it is.
    #[schema(value_type = schema::LostPhoneStage)]
    state: String,
    /// Where it is, in the caller's language.
    #[schema(examples("待处理"))]
    state_label: String,
    /// When it was written.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// When the new number takes effect, where two people have approved it.
    #[schema(required = true, examples("2026-04-22T08:00:00Z"))]
    effective_at: Option<DateTime<Utc>>,
}

impl ListedLostPhoneView {
    fn new(listed: &ListedLostPhoneReport, lang: Lang) -> Self {
        Self {
            reference: listed.reference.to_string(),
            state: listed.stage.as_str().to_owned(),
            state_label: listed.stage.label().get(lang).to_owned(),
            created_at: listed.created_at,
            effective_at: listed.effective_at,
        }
    }
}

pages! {
    /// A page of reports of a lost phone.
    LostPhoneReportList of ListedLostPhoneView;
}

/// Which reports are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct LostPhoneQuery {
    /// Those that are there.
    #[param(value_type = Option<schema::LostPhoneStage>, inline)]
    state: Option<LostPhoneStage>,
}

/// List the reports of a lost phone
///
/// Operators see all of them, officers those about accounts of their schools which an operator has approved.
#[utoipa::path(tag = "staff", operation_id = "list_lost_phone_reports", params(LostPhoneQuery, PageQuery), security(("session" = [])),
    responses((status = 200, body = LostPhoneReportList, description = "A page, newest first."),
        answers::StaffReader, answers::Page))]
#[get("/lost-phone-reports")]
async fn list_lost_phone_reports(
    context: Data<Context>,
    staff: Staff<perm::HandleLostPhones>,
    query: Query<LostPhoneQuery>,
    page: Paged<LostPhoneReportId>,
    request: HttpRequest,
) -> Result<Json<LostPhoneReportList>, Fault> {
    let lang = lang_of(&request);
    let found = service::lost_phone::page(&context, staff.actor(), query.state, &page.0).await?;
    Ok(Json(LostPhoneReportList::new(found, |listed| {
        ListedLostPhoneView::new(&listed, lang)
    })))
}

/// A verification of the account of the lost number, compared with the report.
#[derive(Debug, Serialize, ToSchema)]
struct LostPhoneProofView {
    /// The school.
    #[schema(examples("北京大学"))]
    school_name: String,
    /// The task.
    #[schema(examples("2026届毕业生图像采集"))]
    task_name: String,
    /// Whether the student on the roster has the name of the report.
    #[schema(examples(true))]
    is_name_same: bool,
    /// Whether the student on the roster has the document of the report.
    #[schema(examples(true))]
    is_number_same: bool,
}

impl From<LostPhoneProof> for LostPhoneProofView {
    fn from(proof: LostPhoneProof) -> Self {
        Self {
            school_name: proof.school_name,
            task_name: proof.task_name,
            is_name_same: proof.is_name_same,
            is_number_same: proof.is_number_same,
        }
    }
}

/// Somebody's approval of a report.
#[derive(Debug, Serialize, ToSchema)]
struct LostPhoneApprovalView {
    /// How colleagues call them.
    #[schema(examples("王老师"))]
    name: String,
    /// When.
    #[schema(examples("2026-04-21T08:00:00Z"))]
    at: DateTime<Utc>,
}

impl From<NamedLostPhoneApproval> for LostPhoneApprovalView {
    fn from(approval: NamedLostPhoneApproval) -> Self {
        Self {
            name: approval.name,
            at: approval.at,
        }
    }
}

/// A report of a lost phone with what speaks for it.
#[derive(Debug, Serialize, ToSchema)]
struct LostPhoneDossierView {
    /// Where it is.
    report: ListedLostPhoneView,
    /// The writer's name.
    #[schema(examples("李华"))]
    name: String,
    /// The school as typed.
    #[schema(examples("北京大学"))]
    school: String,
    /// The kind of document.
    #[schema(value_type = schema::DocumentType)]
    document_type: String,
    /// The document's number.
    #[schema(examples("E12345678"))]
    document_number: String,
    /// The phone that was lost.
    #[schema(examples("+8613800138000"))]
    old_phone: String,
    /// The phone at which the writer can be called, and which the account gets.
    #[schema(examples("+8613900139000"))]
    new_phone: String,
    /// What else was written.
    #[schema(required = true, examples("方便接电话的时间：下午"))]
    note: Option<String>,
    /// What the account of the lost number has verified as, in schools within the reader's reach; none where there is no such
    /// account.
    #[schema(max_items = 20)]
    proofs: Vec<LostPhoneProofView>,
    /// Who approved it, the first one first.
    #[schema(max_items = 2)]
    approvals: Vec<LostPhoneApprovalView>,
    /// Whether the reader's approval is the one that it needs.
    #[schema(examples(true))]
    can_approve: bool,
    /// Whether it can still be refused or cancelled.
    #[schema(examples(true))]
    can_close: bool,
    /// When it ended.
    #[schema(required = true, examples("2026-04-21T09:00:00Z"))]
    ended_at: Option<DateTime<Utc>>,
    /// Who closed it; null where nobody did, or the account's owner, or time.
    #[schema(required = true, examples("王老师"))]
    closed_by: Option<String>,
    /// How it was closed.
    #[schema(required = true, examples("本人已到校核实，旧号码恢复使用"))]
    outcome: Option<String>,
}

impl LostPhoneDossierView {
    fn new(dossier: LostPhoneDossier, lang: Lang) -> Self {
        let report = dossier.report;
        let (ended_at, outcome) = match &report.state {
            LostPhoneState::Closed { at, outcome, .. } => {
                let end = LostPhoneEnd::parse(outcome);
                let outcome = end.map_or(outcome.as_str(), |end| end.label().get(lang));
                (Some(*at), Some(outcome.to_owned()))
            }
            LostPhoneState::Changed { at } => (Some(*at), None),
            LostPhoneState::Open
            | LostPhoneState::Confirmed { .. }
            | LostPhoneState::Approved { .. } => (None, None),
        };
        Self {
            report: ListedLostPhoneView::new(&dossier.listed, lang),
            can_close: report.state.is_pending(),
            name: report.name,
            school: report.school,
            document_type: report.document_type.as_str().to_owned(),
            document_number: report.document_number,
            old_phone: report.old_phone,
            new_phone: report.new_phone,
            note: report.note,
            proofs: dossier.proofs.into_iter().map(Into::into).collect(),
            approvals: dossier.approvals.into_iter().map(Into::into).collect(),
            can_approve: dossier.can_approve,
            ended_at,
            closed_by: dossier.closed_by,
            outcome,
        }
    }
}

/// Read a report of a lost phone with what speaks for it
///
/// The audit log keeps who read it.
#[utoipa::path(tag = "staff", operation_id = "get_lost_phone_report", params(LostPhonePath), security(("session" = [])),
    responses((status = 200, body = LostPhoneDossierView, description = "The report."), answers::StaffReader, answers::Missing))]
#[get("/lost-phone-reports/{lost_phone_reference}")]
async fn get_lost_phone_report(
    context: Data<Context>,
    staff: Staff<perm::HandleLostPhones>,
    path: Path<LostPhonePath>,
    request: HttpRequest,
) -> Result<Json<LostPhoneDossierView>, Fault> {
    let reference = &path.lost_phone_reference;
    let found = service::lost_phone::dossier(&context, staff.actor(), reference);
    let found = Box::pin(found).await?;
    Ok(Json(LostPhoneDossierView::new(found, lang_of(&request))))
}

/// Approve a report of a lost phone
///
/// Two different people approve: an operator first, then another operator; where there is only one, an officer of the account's
/// school. After the second approval the old number is told by text message at once, and 24 hours later the account has the new
/// number, unless its owner refuses it or staff close the report.
#[utoipa::path(tag = "staff", operation_id = "approve_lost_phone_report", params(LostPhonePath), security(("session" = [])),
    responses((status = 200, body = LostPhoneDossierView, description = "Approved."),
        answers::StaffSession, answers::Missing, answers::State))]
#[post("/lost-phone-reports/{lost_phone_reference}/approve")]
async fn approve_lost_phone_report(
    context: Data<Context>,
    staff: FreshStaff<perm::HandleLostPhones>,
    path: Path<LostPhonePath>,
    request: HttpRequest,
) -> Result<Json<LostPhoneDossierView>, Fault> {
    let reference = &path.lost_phone_reference;
    let approved = service::lost_phone::approve(&context, staff.actor(), reference);
    let approved = Box::pin(approved).await?;
    Ok(Json(LostPhoneDossierView::new(approved, lang_of(&request))))
}

/// How a report was resolved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LostPhoneOutcome {
    /// How, in at most 200 characters and without personal data.
    #[schema(
        min_length = 1,
        max_length = 200,
        examples("与本人通话核实，并非本人申请")
    )]
    outcome: String,
}

/// Refuse a report of a lost phone, or cancel one that was approved
///
/// A number that has not taken effect does not change any more.
#[utoipa::path(tag = "staff", operation_id = "close_lost_phone_report", params(LostPhonePath), request_body = LostPhoneOutcome,
    security(("session" = [])),
    responses((status = 200, body = LostPhoneDossierView, description = "Closed."),
        answers::StaffSession, answers::Missing, answers::Body, answers::State))]
#[post("/lost-phone-reports/{lost_phone_reference}/close")]
async fn close_lost_phone_report(
    context: Data<Context>,
    staff: Staff<perm::HandleLostPhones>,
    path: Path<LostPhonePath>,
    body: Body<LostPhoneOutcome>,
    request: HttpRequest,
) -> Result<Json<LostPhoneDossierView>, Fault> {
    let (actor, reference) = (staff.actor(), &path.lost_phone_reference);
    let closed = service::lost_phone::close_as_staff(&context, actor, reference, &body.outcome);
    let closed = Box::pin(closed).await?;
    Ok(Json(LostPhoneDossierView::new(closed, lang_of(&request))))
}
