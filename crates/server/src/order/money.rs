//! What a student is told about the money of an order.

use chrono::{DateTime, Utc};
use domain::Lang;
use domain::payment::News;
use serde::Serialize;
use service::overview::OrderRefund;
use utoipa::ToSchema;

use crate::schema;

/// Something that the student must know about the money of an order.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NewsView {
    /// `confirming`, `checking`, `surplus_returning`, `surplus_returned`, `reviewing`, `reopened` or `not_charged`.
    #[schema(value_type = schema::NewsCode)]
    code: String,
    /// The money in question, in fen.
    #[schema(required = true, minimum = 0, examples(3000))]
    amount_fen: Option<i64>,
    /// What to show, in the caller's language.
    #[schema(examples("多付的 30.00 元已原路退回。"))]
    text: String,
}

impl NewsView {
    /// In the caller's language.
    pub(super) fn all(news: &[News], lang: Lang) -> Vec<Self> {
        let view = |news: &News| Self {
            code: news.as_str().to_owned(),
            amount_fen: news.amount().map(|amount| amount.0),
            text: news.told(lang),
        };
        news.iter().map(view).collect()
    }
}

/// Money that went or goes back.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RefundView {
    /// How much, in fen.
    #[schema(minimum = 0, examples(3000))]
    amount_fen: i64,
    /// `requested`, `submitted`, `succeeded`, `abnormal`, `closed` or `rejected`.
    #[schema(value_type = schema::RefundState)]
    state: String,
    /// The state, in the caller's language.
    #[schema(examples("已退款"))]
    state_label: String,
    /// Why, in the caller's language.
    #[schema(examples("重复支付"))]
    reason_label: String,
    /// When it was asked for.
    #[schema(examples("2026-04-20T08:10:00Z"))]
    requested_at: DateTime<Utc>,
    /// When it was back.
    #[schema(required = true, examples("2026-04-20T08:11:00Z"))]
    succeeded_at: Option<DateTime<Utc>>,
}

impl RefundView {
    /// In the caller's language.
    pub(super) fn all(refunds: &[OrderRefund], lang: Lang) -> Vec<Self> {
        let view = |refund: &OrderRefund| Self {
            amount_fen: refund.amount.0,
            state: refund.state.as_str().to_owned(),
            state_label: refund.state.label().get(lang).to_owned(),
            reason_label: refund.reason.label().get(lang).to_owned(),
            requested_at: refund.requested_at,
            succeeded_at: refund.succeeded_at,
        };
        refunds.iter().map(view).collect()
    }
}
