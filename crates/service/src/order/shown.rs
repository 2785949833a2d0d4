//! An order as its owner sees it.

use chrono::{DateTime, Utc};
use domain::contact::Contact;
use domain::order::{ClosedReason, OrderNo, OrderStatus};
use domain::payment::{News, Provider};
use domain::photo_state::PhotoState;
use domain::refund::{RefundReason, RefundState};
use domain::task::{FeeLine, Payer};
use domain::{EducationLevel, EnrolmentId, Fen, Phone, PhotoId};

/// An order, as its owner sees it.
#[derive(Debug, Clone)]
pub struct OrderDetails {
    /// The number that people read.
    pub order_no: OrderNo,
    /// What it looks like from outside.
    pub status: OrderStatus,
    /// Why it was closed.
    pub closed_reason: Option<ClosedReason>,
    /// Whose.
    pub enrolment_id: EnrolmentId,
    /// The school's name.
    pub school_name: String,
    /// The task's name.
    pub task_name: String,
    /// The name on the roster.
    pub student_name: String,
    /// The document number, masked.
    pub document_number: String,
    /// The level.
    pub level: EducationLevel,
    /// What is charged.
    pub lines: Vec<FeeLine>,
    /// The list price.
    pub list: Fen,
    /// What is due.
    pub due: Fen,
    /// What went back.
    pub refunded: Fen,
    /// Who settles it.
    pub payer: Payer,
    /// The phone for messages.
    pub phone: Phone,
    /// How else the student wants to be reached.
    pub contact: Contact,
    /// The photo that counts, or else the latest, and its state.
    pub photo: Option<(PhotoId, PhotoState)>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when it can be paid.
    pub due_until: DateTime<Utc>,
    /// When it was settled.
    pub paid_at: Option<DateTime<Utc>>,
    /// Which provider was paid.
    pub paid_with: Option<Provider>,
    /// Whether a person looks at its payment.
    pub needs_review: bool,
    /// Changes with every change.
    pub version: i32,
    /// What the student must know about the money.
    pub news: Vec<News>,
    /// Money that went or goes back, oldest first.
    pub refunds: Vec<OrderRefund>,
}

/// Money that went or goes back.
#[derive(Debug, Clone, Copy)]
pub struct OrderRefund {
    /// How much.
    pub amount: Fen,
    /// Where it is.
    pub state: RefundState,
    /// Why.
    pub reason: RefundReason,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// When it was back.
    pub succeeded_at: Option<DateTime<Utc>>,
}
