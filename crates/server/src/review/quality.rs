//! How well reviewers agree: `/review-quality`.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, get};
use chrono::{DateTime, Utc};
use domain::Lang;
use domain::access::perm;
use domain::review::RejectReason;
use domain::review_quality::{Concordance, Share};
use serde::Serialize;
use service::Context;
use service::review::{QualityState, ReviewerQuality};
use utoipa::ToSchema;

use crate::answers;
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
    /// The same for each reason.
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
            reasons: reasons
                .map(|(reason, agreement)| ReasonAgreementView::new(*reason, agreement, lang))
                .collect(),
        }
    }
}

/// How well the reviewers agree.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReviewQualityView {
    /// Since when.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    since: DateTime<Utc>,
    /// Whether at most one person reviews: then there are no second looks.
    #[schema(examples(false))]
    is_alone: bool,
    /// The reviewers, who decided most first.
    #[schema(max_items = 1000)]
    reviewers: Vec<ReviewerQualityView>,
}

impl ReviewQualityView {
    fn new(state: &QualityState, lang: Lang) -> Self {
        let reviewers = state.reviewers.iter();
        Self {
            since: state.since,
            is_alone: state.is_alone,
            reviewers: reviewers
                .map(|one| ReviewerQualityView::new(one, lang))
                .collect(),
        }
    }
}

/// See how well reviewers agree
///
/// Of the last 30 days: how fast each decides, and how often others decided alike about the photos of the share that several
/// look at without knowing of each other.
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
