//! How well reviewers agree: `/review-quality`.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, get};
use chrono::{DateTime, Utc};
use domain::access::perm;
use domain::review::RejectReason;
use domain::review_quality::{Concordance, Share};
use domain::{Lang, PhotoReviewId};
use serde::Serialize;
use service::Context;
use service::review::{QualityState, RecalledPhoto, ReviewPlace, ReviewerQuality};
use utoipa::ToSchema;

use crate::answers;
use crate::page::{PageQuery, Paged, pages};
use crate::permitted::Staff;
use crate::problem::{Fault, lang_of};
use crate::schema;

/// A share with its interval of 95 % (Wilson), in thousandths.
#[derive(Debug, Serialize, ToSchema)]
struct ShareView {
    /// Of how many comparisons.
    #[schema(minimum = 1, examples(80))]
    of: u64,
    /// The share.
    #[schema(maximum = 1000, examples(950))]
    permille: u16,
    /// The lower end.
    #[schema(maximum = 1000, examples(878))]
    low_permille: u16,
    /// The upper end.
    #[schema(maximum = 1000, examples(980))]
    high_permille: u16,
}

impl From<Share> for ShareView {
    fn from(share: Share) -> Self {
        Self {
            of: share.of,
            permille: share.permille,
            low_permille: share.low_permille,
            high_permille: share.high_permille,
        }
    }
}

/// How a reviewer and others use one reason.
#[derive(Debug, Serialize, ToSchema)]
struct ReasonAgreementView {
    /// The reason.
    #[schema(value_type = schema::RejectReason)]
    reason: String,
    /// What it is called.
    #[schema(max_length = 60, examples("模糊"))]
    label: String,
    /// Both gave it.
    #[schema(minimum = 0, examples(3))]
    both: u64,
    /// The reviewer alone.
    #[schema(minimum = 0, examples(1))]
    alone: u64,
    /// The others alone.
    #[schema(minimum = 0, examples(2))]
    others: u64,
    /// Cohen's kappa in thousandths; null where chance explains everything.
    #[schema(required = true, minimum = -1000, maximum = 1000, examples(640))]
    kappa_permille: Option<i16>,
}

impl ReasonAgreementView {
    fn new(reason: RejectReason, agreement: &Concordance, lang: Lang) -> Self {
        Self {
            reason: reason.as_str().to_owned(),
            label: reason.label().get(lang).to_owned(),
            both: agreement.both,
            alone: agreement.first,
            others: agreement.second,
            kappa_permille: agreement.kappa_permille(),
        }
    }
}

/// The figures of a reviewer.
#[derive(Debug, Serialize, ToSchema)]
struct ReviewerQualityView {
    /// Their name; null of somebody who left.
    #[schema(required = true, max_length = 60, examples("王老师"))]
    name: Option<String>,
    /// Decisions of the period.
    #[schema(minimum = 0, examples(1840))]
    decided: u64,
    /// Decisions an hour of work, without pauses of more than two minutes.
    #[schema(minimum = 0, examples(420))]
    per_hour: u64,
    /// The share of second looks about which others decided alike; null without any.
    #[schema(required = true)]
    agreement: Option<ShareView>,
    /// Cohen's kappa of approving and rejecting, in thousandths; null where chance explains everything.
    #[schema(required = true, minimum = -1000, maximum = 1000, examples(810))]
    kappa_permille: Option<i16>,
    /// The share of known faults that they caught; null without any.
    #[schema(required = true)]
    catch_rate: Option<ShareView>,
    /// The share of known good photos that they approved; null without any.
    #[schema(required = true)]
    pass_rate: Option<ShareView>,
    /// Kappa for each reason.
    #[schema(max_items = 40)]
    reasons: Vec<ReasonAgreementView>,
}

impl ReviewerQualityView {
    fn new(one: &ReviewerQuality, lang: Lang) -> Self {
        let reasons = one.figures.reasons.iter();
        Self {
            name: one.name.clone(),
            decided: one.figures.decided,
            per_hour: one.figures.per_hour,
            agreement: one.figures.agreement().map(ShareView::from),
            kappa_permille: one.figures.outcomes.kappa_permille(),
            catch_rate: one.known.catch_rate().map(ShareView::from),
            pass_rate: one.known.pass_rate().map(ShareView::from),
            reasons: reasons
                .map(|(reason, agreement)| ReasonAgreementView::new(*reason, agreement, lang))
                .collect(),
        }
    }
}

/// A place where people review.
#[derive(Debug, Serialize, ToSchema)]
struct ReviewPlaceView {
    /// For which stage.
    #[schema(value_type = schema::ReviewStage)]
    stage: String,
    /// The name of the school; null of the bureau.
    #[schema(required = true, max_length = 60, examples("北京大学"))]
    school: Option<String>,
    /// How many people reviewed there.
    #[schema(minimum = 1, examples(3))]
    reviewers: u64,
    /// Whether at most one does: then there are neither second looks nor known items there, whatever tasks say.
    #[schema(examples(false))]
    is_alone: bool,
}

impl From<&ReviewPlace> for ReviewPlaceView {
    fn from(place: &ReviewPlace) -> Self {
        Self {
            stage: place.stage.as_str().to_owned(),
            school: place.school.clone(),
            reviewers: place.reviewers,
            is_alone: place.is_alone(),
        }
    }
}

/// How well the reviewers agree.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReviewQualityView {
    /// Since when.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    since: DateTime<Utc>,
    /// Where people reviewed in the last 14 days, the bureau first: the shares of each place count its own reviewers.
    #[schema(max_items = 1000)]
    places: Vec<ReviewPlaceView>,
    /// The reviewers, who decided most first.
    #[schema(max_items = 1000)]
    reviewers: Vec<ReviewerQualityView>,
}

impl ReviewQualityView {
    fn new(state: &QualityState, lang: Lang) -> Self {
        let reviewers = state.reviewers.iter();
        Self {
            since: state.since,
            places: state.places.iter().map(Into::into).collect(),
            reviewers: reviewers
                .map(|one| ReviewerQualityView::new(one, lang))
                .collect(),
        }
    }
}

/// See how well reviewers agree
///
/// Of the last 30 days: how fast each decides, and how often others decided alike about the photos of the share that several
/// look at without knowing of each other, and how many of the known faults each caught.
#[utoipa::path(tag = "reviews", operation_id = "get_review_quality", security(("session" = [])),
    responses((status = 200, body = ReviewQualityView, description = "The figures."), answers::StaffReader))]
#[get("/review-quality")]
pub(super) async fn get_review_quality(
    context: Data<Context>,
    staff: Staff<perm::ManageStaff>,
    request: HttpRequest,
) -> Result<Json<ReviewQualityView>, Fault> {
    let state = service::review::quality(&context, staff.actor()).await?;
    Ok(Json(ReviewQualityView::new(&state, lang_of(&request))))
}

/// A photo that the school has although its approval is in doubt.
#[derive(Debug, Serialize, ToSchema)]
struct RecalledPhotoView {
    /// The photo.
    #[schema(value_type = schema::PhotoId)]
    photo_id: String,
    /// Its task.
    #[schema(value_type = schema::TaskId)]
    task_id: String,
    /// Its student on the roster.
    #[schema(value_type = schema::RosterEntryId)]
    roster_entry_id: String,
    /// The name.
    #[schema(max_length = 60, examples("李华"))]
    student: String,
    /// The student number.
    #[schema(required = true, max_length = 60, examples("2200012345"))]
    student_no: Option<String>,
    /// For which stage it was approved.
    #[schema(value_type = schema::ReviewStage)]
    stage: String,
    /// Who approved it; null of somebody who left.
    #[schema(required = true, max_length = 60, examples("王老师"))]
    reviewer: Option<String>,
    /// When the approval came into doubt.
    #[schema(examples("2026-04-22T02:00:00Z"))]
    recalled_at: DateTime<Utc>,
}

impl From<RecalledPhoto> for RecalledPhotoView {
    fn from(one: RecalledPhoto) -> Self {
        Self {
            photo_id: one.recall.photo_id.to_string(),
            task_id: one.recall.task_id.to_string(),
            roster_entry_id: one.student.entry_id.to_string(),
            student: one.student.name,
            student_no: one.student.student_no,
            stage: one.recall.stage.as_str().to_owned(),
            reviewer: one.reviewer,
            recalled_at: one.recall.recalled_at,
        }
    }
}

pages! {
    /// A page of photos to be looked at.
    RecalledPhotoList of RecalledPhotoView;
}

/// List photos that schools have although their approval is in doubt
///
/// Their reviewer missed more known faults than the task allows, and approved them since the last fault that was caught. Photos
/// that were not delivered are back in review; these can be refused with `refuse_photo`.
#[utoipa::path(tag = "reviews", operation_id = "list_photo_recalls", params(PageQuery), security(("session" = [])),
    responses((status = 200, body = RecalledPhotoList, description = "A page, the latest approvals first."),
        answers::StaffReader, answers::Page))]
#[get("/review-quality/recalls")]
pub(super) async fn list_photo_recalls(
    context: Data<Context>,
    staff: Staff<perm::ManageStaff>,
    page: Paged<PhotoReviewId>,
) -> Result<Json<RecalledPhotoList>, Fault> {
    let list = service::review::recalls(&context, staff.actor(), &page.0);
    let list = Box::pin(list).await?;
    Ok(Json(RecalledPhotoList::new(list, Into::into)))
}
