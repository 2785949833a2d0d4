//! Generated types from OpenAPI specification
//!
//! This file contains all the generated types for the API.
//! Do not edit manually - regenerate using the appropriate script.
#![allow(clippy::large_enum_variant)]
#![allow(clippy::format_in_format_args)]
#![allow(clippy::let_unit_value)]
#![allow(unreachable_patterns)]
use serde::{Deserialize, Serialize};
/// A multipart file part: its content, with the filename and
/// content type to send it under. Each defaults to none, and a
/// content type declared by the document's `encoding` applies when
/// this one is unset.
///
/// It converts from its content, so `MultipartFile::from(content)`
/// or `content.into()` sends a part without either. In a JSON
/// document it's the content alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MultipartFile {
    pub content: bytes::Bytes,
    pub file_name: Option<String>,
    pub content_type: Option<String>,
}
impl MultipartFile {
    /// A part with this content, and no filename or content type.
    pub fn new(content: impl Into<bytes::Bytes>) -> Self {
        Self {
            content: content.into(),
            file_name: None,
            content_type: None,
        }
    }
    /// Send the part under this filename.
    #[must_use]
    pub fn with_file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }
    /// Send the part with this `Content-Type`.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}
impl From<bytes::Bytes> for MultipartFile {
    fn from(content: bytes::Bytes) -> Self {
        Self::new(content)
    }
}
impl From<Vec<u8>> for MultipartFile {
    fn from(content: Vec<u8>) -> Self {
        Self::new(content)
    }
}
impl From<&'static [u8]> for MultipartFile {
    fn from(content: &'static [u8]) -> Self {
        Self::new(content)
    }
}
impl From<String> for MultipartFile {
    fn from(content: String) -> Self {
        Self::new(content)
    }
}
impl From<&'static str> for MultipartFile {
    fn from(content: &'static str) -> Self {
        Self::new(content)
    }
}
impl Serialize for MultipartFile {
    fn serialize<S: serde::Serializer>(&self, ser: S) -> Result<S::Ok, S::Error> {
        let content =
            std::str::from_utf8(self.content.as_ref()).map_err(serde::ser::Error::custom)?;
        ser.serialize_str(content)
    }
}
impl<'de> Deserialize<'de> for MultipartFile {
    fn deserialize<D: serde::Deserializer<'de>>(de: D) -> Result<Self, D::Error> {
        String::deserialize(de).map(Self::new)
    }
}
/// Serde normally maps both a missing `Option<T>` field and an
/// explicit JSON null to `None`. Wrapping the decoded value in
/// `Some` retains the field-presence bit for `Option<Option<T>>`.
mod tri_state_serde {
    use serde::{Deserialize, Deserializer};
    pub fn deserialize<'de, D, T>(de: D) -> Result<Option<T>, D::Error>
    where
        D: Deserializer<'de>,
        T: Deserialize<'de>,
    {
        T::deserialize(de).map(Some)
    }
}
///A page of endpoints, the newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct WebhookEndpoints {
    ///In the order that the operation describes.
    pub items: Vec<WebhookEndpointView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///An endpoint and its new secret, which is shown this once.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct WebhookEndpointSecret {
    pub endpoint: WebhookEndpointView,
    ///The secret with which messages are signed (Standard Webhooks). It cannot be read again.
    pub secret: String,
}
///An address that is told of events.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct WebhookEndpointView {
    ///When it was made.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///What people call it.
    pub description: String,
    ///Why it is not, where it is not.
    pub disabled_reason: Option<String>,
    ///The types of events that it is told of; every type where there are none.
    pub event_types: Vec<String>,
    ///Since when it has taken nothing; null where the latest try was good.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub failing_since: Option<chrono::DateTime<chrono::Utc>>,
    ///The endpoint.
    pub id: String,
    ///The integrator that made it and manages it; null where people did.
    pub integrator_id: Option<String>,
    ///The school whose events it is told of; null for those of every school.
    pub school_id: Option<String>,
    ///Whether it is told of events.
    pub state: String,
    ///The address.
    pub url: String,
    ///Counts the changes; send it with the next one.
    pub version: i32,
}
///A page of deliveries, the newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct WebhookDeliveries {
    ///In the order that the operation describes.
    pub items: Vec<WebhookDeliveryView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///An event on its way to an endpoint.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct WebhookDeliveryView {
    ///When it was made.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///The event, which the receiver has as `webhook-id`.
    pub event_id: String,
    ///Its type.
    pub event_type: String,
    ///The delivery.
    pub id: String,
    ///When it is tried next; null where it is not.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub next_at: Option<chrono::DateTime<chrono::Utc>>,
    ///Where it is.
    pub state: String,
    ///How many tries it had since it was last asked for.
    pub tries: i32,
    ///When it last changed.
    #[serde(deserialize_with = "crate::moment::read")]
    pub updated_at: chrono::DateTime<chrono::Utc>,
}
///A page of tries, the newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct WebhookAttempts {
    ///In the order that the operation describes.
    pub items: Vec<WebhookAttemptView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A try to send an event.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct WebhookAttemptView {
    ///How the answer begins, at most 1 kB.
    pub answer: String,
    ///When it began.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: chrono::DateTime<chrono::Utc>,
    ///How long it took, in milliseconds.
    pub duration_ms: i32,
    ///Why none came.
    pub fault: Option<String>,
    ///The try.
    pub id: String,
    ///The status of the answer; null where none came.
    pub status: Option<i32>,
}
///A page of templates, the newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskTemplates {
    ///In the order that the operation describes.
    pub items: Vec<TaskTemplateView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///Settings that are kept to make tasks from.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskTemplateView {
    ///When it was kept.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///The template.
    pub id: String,
    ///Its name.
    pub name: String,
    ///`school` where the school keeps it for itself, `bureau` where every school is offered it.
    pub owner: String,
    ///Changes with every change; send it back with a change.
    pub version: i32,
}
///A page of decisions, the newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskReviewList {
    ///In the order that the operation describes.
    pub items: Vec<TaskReviewView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A decision of a reviewer about a photo of a task. It does not say who made it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskReviewView {
    ///When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub decided_at: chrono::DateTime<chrono::Utc>,
    ///Whether what the automatic check found was hidden from the reviewer until the decision.
    pub findings_hidden: bool,
    ///The decision.
    pub id: String,
    ///What was decided.
    pub outcome: String,
    ///The photo.
    pub photo_id: String,
    ///Why.
    pub reasons: Vec<String>,
    ///For which stage it was made.
    pub stage: String,
}
///A page of the refunds of a task, the newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskRefundList {
    ///In the order that the operation describes.
    pub items: Vec<TaskRefundView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///Money on its way back to a student of a task. It names nobody: its order does.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskRefundView {
    ///What goes back, in fen.
    pub amount_fen: i64,
    ///When it was asked for.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///The order.
    pub order_no: String,
    ///Why.
    pub reason: String,
    ///Its number.
    pub refund_no: String,
    ///Where it is.
    pub state: String,
    ///The state, in the caller's language.
    pub state_label: String,
    ///When the money was back.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub succeeded_at: Option<chrono::DateTime<chrono::Utc>>,
}
///Where the deletion of a task's data is.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskPurgeView {
    ///When the certificate was issued; null until everything is deleted.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub certified_at: Option<chrono::DateTime<chrono::Utc>>,
    ///What was deleted so far.
    pub deleted: Vec<PurgedPart>,
    ///When it begins; null once it has begun.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub due_at: Option<chrono::DateTime<chrono::Utc>>,
    ///What stops it now, in words; null where nothing does.
    pub hold: Option<String>,
    ///When the keys were destroyed: nobody could read the data from then on.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub keys_destroyed_at: Option<chrono::DateTime<chrono::Utc>>,
}
///How much of a part of a task was deleted.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PurgedPart {
    ///How much of it.
    pub count: i64,
    ///What it is called.
    pub label: String,
    ///The part, a word for programs.
    pub part: String,
}
///How far the students of a task are.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskProgressView {
    ///By class, the largest first.
    pub classes: Vec<ProgressGroupView>,
    ///By college, the largest first.
    pub colleges: Vec<ProgressGroupView>,
    /**When it was counted. Of at most 5,000 students (the server may set another number) it is counted at each call, of more
    once a minute.*/
    #[serde(deserialize_with = "crate::moment::read")]
    pub counted_at: chrono::DateTime<chrono::Utc>,
    ///The latest 60 days, oldest first; days on which nothing happened are left out.
    pub days: Vec<ProgressDayView>,
    ///By major, the largest first.
    pub majors: Vec<ProgressGroupView>,
    pub total: ProgressCountsView,
}
///What happened on a day.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ProgressDayView {
    ///How many photos were accepted, and are still.
    pub approved: i64,
    ///The day in China.
    pub day: chrono::NaiveDate,
    ///How many orders were paid.
    pub paid: i64,
    ///How many photos were sent.
    pub photo_sent: i64,
    ///How many photos were not accepted.
    pub rejected: i64,
    ///How many verified.
    pub verified: i64,
}
///What students would see, step by step: an invented student's answers of the operations that their pages call.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskPreviewView {
    pub account: Me,
    pub submitted: EnrolmentView,
    pub task: TaskView,
    pub verified: EnrolmentView,
    pub ways: PaymentWays,
}
///Who can take the money, as seen from this browser.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PaymentWays {
    ///Those that can be paid, but from another browser.
    pub elsewhere: Vec<String>,
    ///`wechat_pay` and `alipay`, as far as they can be paid in this browser.
    pub here: Vec<String>,
}
///A page of the photos of a task.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskPhotoList {
    ///In the order that the operation describes.
    pub items: Vec<TaskPhotoView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A photo of a task.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskPhotoView {
    ///The length of the picture.
    pub bytes: i64,
    ///The photo.
    pub id: String,
    ///When its state last changed; the list is in the order of these times.
    #[serde(deserialize_with = "crate::moment::read")]
    pub modified_at: chrono::DateTime<chrono::Utc>,
    ///The first, second, … of its student.
    pub number: i32,
    pub review: Option<ReviewView>,
    ///SHA-256 of the picture, in hexadecimal digits; null once it was deleted.
    pub sha256: Option<String>,
    ///`approved` may be taken over; `handed_over` was.
    pub state: String,
    ///The state, in the caller's language.
    pub state_label: String,
    pub student: PhotoStudentView,
    ///When it came.
    #[serde(deserialize_with = "crate::moment::read")]
    pub submitted_at: chrono::DateTime<chrono::Utc>,
    ///The task.
    pub task_id: String,
    ///Counts its changes; it is the `ETag` of the photo, in quotes.
    pub version: i32,
}
///The student of a photo, as the roster lists them.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PhotoStudentView {
    ///The class.
    pub class_name: Option<String>,
    ///The college.
    pub college: Option<String>,
    ///The level.
    pub level: String,
    ///The major.
    pub major: Option<String>,
    ///The name.
    pub name: String,
    ///The student of the roster.
    pub roster_entry_id: String,
    ///The student number.
    pub student_no: Option<String>,
}
///A page of the orders of a task, the newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskOrderList {
    ///In the order that the operation describes.
    pub items: Vec<TaskOrderView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///What a task is to be.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskChange {
    pub settings: TaskInput,
    ///The version that was read.
    pub version: i32,
}
///Photos of a reviewer.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TakenPhotos {
    ///Those that wait longest first; empty where none is free.
    pub items: Vec<PhotoToReviewView>,
}
///A page of refunds, the newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StaffRefundList {
    ///In the order that the operation describes.
    pub items: Vec<StaffRefundView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///What somebody may do.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StaffPermissions {
    ///By all their roles together, as far as they are the caller's to manage.
    pub permissions: Vec<PermissionView>,
}
///A page of orders, the newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StaffOrderList {
    ///In the order that the operation describes.
    pub items: Vec<StaffOrderView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///An order with all that is known of its money.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StaffOrderDetailsView {
    ///The tries to pay, oldest first.
    pub attempts: Vec<AttemptView>,
    ///What a person must look at, or has looked at, oldest first.
    pub cases: Vec<MoneyCaseView>,
    ///What is charged.
    pub lines: Vec<OrderLineView>,
    pub order: StaffOrderView,
    ///The refunds, oldest first.
    pub refunds: Vec<StaffRefundView>,
    ///What happened, oldest first.
    pub timeline: Vec<OrderMomentView>,
}
///An order in a list of staff. It names nobody: the roster entry does.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StaffOrderView {
    ///Whether a person must look at its payments.
    pub needs_review: bool,
    pub order: TaskOrderView,
    ///Who took the money that settled it.
    pub provider: Option<String>,
    ///The school.
    pub school_id: String,
    ///Its name.
    pub school_name: String,
    ///The task.
    pub task_id: String,
    ///Its name.
    pub task_name: String,
}
///An order of a task. It names nobody: the roster entry does.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskOrderView {
    ///Why it was closed.
    pub closed_reason: Option<String>,
    ///When it was made.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///What is due, in fen; 0 where nobody or the school pays.
    pub due_fen: i64,
    ///Until when it can be paid.
    #[serde(deserialize_with = "crate::moment::read")]
    pub due_until: chrono::DateTime<chrono::Utc>,
    ///The student's verification.
    pub enrolment_id: String,
    ///The list price, in fen.
    pub list_fen: i64,
    ///The number that people read.
    pub order_no: String,
    ///When it was settled.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub paid_at: Option<chrono::DateTime<chrono::Utc>>,
    ///`student`, `school` or `free`.
    pub payer: String,
    ///The photo that counts, or else the latest.
    pub photo_id: Option<String>,
    ///What went back, in fen.
    pub refunded_fen: i64,
    ///The student of the roster.
    pub roster_entry_id: String,
    ///`unpaid`, `paying`, `paid`, `partially_refunded`, `refunded` or `closed`.
    pub status: String,
    ///The status, in the caller's language.
    pub status_label: String,
}
///Something that happened to an order.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct OrderMomentView {
    ///How much, in fen.
    pub amount_fen: Option<i64>,
    ///When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: chrono::DateTime<chrono::Utc>,
    ///What, in the caller's language.
    pub label: String,
    ///What.
    pub moment: String,
    ///Our number of the payment or refund.
    pub number: Option<String>,
}
///What a line of an order charges.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct OrderLineView {
    ///How much, in fen.
    pub amount_fen: i64,
    ///What for.
    pub code: String,
    ///What for, in the caller's language.
    pub label: String,
}
///A try to pay an order.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct AttemptView {
    ///What is asked for, in fen.
    pub amount_fen: i64,
    ///When it was begun.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///What went wrong last, in the provider's words.
    pub last_error: Option<String>,
    ///The configured merchant account.
    pub merchant_account: String,
    ///Our number of it at the provider.
    pub out_trade_no: String,
    ///When the provider took the money.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub paid_at: Option<chrono::DateTime<chrono::Utc>>,
    ///The way to pay.
    pub product: String,
    ///The provider.
    pub provider: String,
    ///The provider's number, once it has one.
    pub provider_number: Option<String>,
    ///What came, in fen.
    pub received_fen: i64,
    ///Where it is.
    pub state: String,
    ///The state, in the caller's language.
    pub state_label: String,
}
///What waits for the caller.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StaffNoticesView {
    ///Open tasks that close within seven days, the next first.
    pub deadlines: Vec<DeadlineView>,
    ///Endpoints of webhooks that take nothing, or were disabled for it in the last seven days.
    pub failing_webhooks: i64,
    ///Imports of rosters that were finished in the last 24 hours.
    pub finished_imports: i64,
    ///Open tasks with students that the caller sees the progress of, the next to close first; `deadlines` are among them.
    pub open_tasks: Vec<DeadlineView>,
    ///Questions about rosters.
    pub open_tickets: i64,
    ///Imports of rosters that wait for a decision.
    pub waiting_imports: i64,
}
///A task that closes soon.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DeadlineView {
    ///When it closes.
    #[serde(deserialize_with = "crate::moment::read")]
    pub closes_at: chrono::DateTime<chrono::Utc>,
    ///Its name.
    pub name: String,
    ///Its school.
    pub school_id: String,
    ///The task.
    pub task_id: String,
}
///The member of staff who asks.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StaffMeView {
    ///The account.
    pub account_id: String,
    ///Until when what concerns sensitive data needs no new code; null before the second factor was confirmed.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub fresh_until: Option<chrono::DateTime<chrono::Utc>>,
    ///After so many seconds without a request the session ends.
    pub idle_timeout_s: i64,
    ///How colleagues call them.
    pub name: String,
    ///What the roles allow together.
    pub permissions: Vec<PermissionView>,
    ///Whether this installation can verify image-capture codes; without it no task can take them.
    pub reads_capture_codes: bool,
    ///How many recovery codes were not used.
    pub recovery_codes_left: i64,
    ///The roles.
    pub roles: Vec<StaffRoleView>,
    ///`not_enrolled`: set up an authenticator; `required`: confirm a code of it; `confirmed`: the session is complete.
    pub second_factor: String,
}
///A role that somebody holds.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StaffRoleView {
    ///The classes to which it is limited. With neither colleges nor classes it holds for the whole school.
    pub classes: Vec<String>,
    ///The colleges to which it is limited.
    pub colleges: Vec<String>,
    ///The role of this person in this school.
    pub id: String,
    ///The role.
    pub role: String,
    ///The school for which it holds; null for every school.
    pub school_id: Option<String>,
    ///The school's name.
    pub school_name: Option<String>,
}
///Something that somebody may do, and where.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PermissionView {
    ///Whether for every school.
    pub all_schools: bool,
    ///And some students of these, by the limits of the roles.
    pub partial_school_ids: Vec<String>,
    ///What.
    pub permission: String,
    ///Where not for every school: these.
    pub school_ids: Vec<String>,
}
///A page of staff, the newest roles first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StaffList {
    ///In the order that the operation describes.
    pub items: Vec<StaffView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///Somebody who holds a role.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StaffView {
    ///The account.
    pub account_id: String,
    ///The classes to which it is limited. With neither colleges nor classes it holds for the whole school.
    pub classes: Vec<String>,
    ///The colleges to which it is limited.
    pub colleges: Vec<String>,
    ///When the role was given.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///The role of this person in this school.
    pub id: String,
    ///How colleagues call them.
    pub name: String,
    ///The phone, masked.
    pub phone: String,
    ///The role.
    pub role: String,
    ///The school for which it holds; null for every school.
    pub school_id: Option<String>,
    ///`invited`, `accepted` or `expired`.
    pub state: String,
    ///Changes with every change; send it back with a change.
    pub version: i32,
}
///Students to be listed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SentRosterStudents {
    ///What was corrected by hand is overwritten.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overwrite_corrections: Option<bool>,
    ///1 to 1,000 students.
    ///Constraint: minItems=1
    pub students: Vec<SentRosterStudent>,
}
impl SentRosterStudents {
    /// Construct this request with every required wire field.
    pub fn new(students: Vec<SentRosterStudent>) -> Self {
        Self {
            students,
            overwrite_corrections: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(students: Vec<SentRosterStudent>) -> SentRosterStudentsBuilder {
        SentRosterStudentsBuilder::new(students)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct SentRosterStudentsBuilder {
    value: SentRosterStudents,
}
impl SentRosterStudentsBuilder {
    /// Start a builder with every required wire field.
    pub fn new(students: Vec<SentRosterStudent>) -> Self {
        Self {
            value: SentRosterStudents::new(students),
        }
    }
    #[doc = concat!("Set the optional `", "overwrite_corrections", "` request field.")]
    #[must_use]
    pub fn overwrite_corrections(mut self, overwrite_corrections: bool) -> Self {
        self.value.overwrite_corrections = Some(overwrite_corrections);
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> SentRosterStudents {
        self.value
    }
}
///A student as they are to be listed; what is left out says nothing, and erases nothing of who is listed already.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, Default)]
pub struct SentRosterStudent {
    ///The class.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub class_name: Option<Option<String>>,
    ///The college.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub college: Option<Option<String>>,
    ///The document number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_number: Option<String>,
    ///The kind of document by its word, code or name; told by the number where it is left out.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub document_type: Option<Option<String>>,
    ///The expected day of graduation.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub expected_graduation: Option<Option<String>>,
    ///The level by its word, code or name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    ///The major.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub major: Option<Option<String>>,
    ///The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    ///Further numbers by which the student is found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_numbers: Option<Vec<String>>,
    ///The student number.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub student_no: Option<Option<String>>,
}
///What came of the students, in the order in which they were sent.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SentRosterOutcomes {
    ///One for each student.
    pub items: Vec<SentRosterOutcome>,
}
///What came of a student who was sent.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SentRosterOutcome {
    ///What is to be said; at least one thing.
    pub findings: Vec<SentRosterFinding>,
    ///Whether the student is listed now as they were sent, corrections by hand left aside.
    pub is_taken: bool,
    ///The student of the list; null where they were refused.
    pub roster_entry_id: Option<String>,
}
///Something that is said of a student who was sent.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SentRosterFinding {
    ///The field that it is about; null where it is about the whole student.
    pub column: Option<String>,
    ///The same, in the caller's language.
    pub label: String,
    ///What happened and what to do.
    pub sentence: String,
    ///What.
    pub verdict: String,
}
///A page of questions.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SchoolTicketList {
    ///In the order that the operation describes.
    pub items: Vec<SchoolTicketView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A question with the students who may be meant.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SchoolTicketDetail {
    ///Students of the roster with the same number, of any level, or the same name.
    pub nearest: Vec<RosterEntryView>,
    pub ticket: SchoolTicketView,
}
///A student's question about the roster.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SchoolTicketView {
    ///What the school answered.
    pub answer: Option<String>,
    ///When it was asked.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///Its number, masked.
    pub document_number: String,
    ///The kind of document.
    pub document_type: String,
    ///The question.
    pub id: String,
    ///The level that the student claims.
    pub level: Option<String>,
    ///The name that the student claims.
    pub name: Option<String>,
    ///What the student wrote.
    pub note: Option<String>,
    ///`open`, `answered` or `closed`.
    pub state: String,
    ///The state, in the caller's language.
    pub state_label: String,
    ///The task.
    pub task_id: String,
    ///The task's name.
    pub task_name: String,
    ///When it last changed.
    #[serde(deserialize_with = "crate::moment::read")]
    pub updated_at: chrono::DateTime<chrono::Utc>,
}
///What a school owes for a month.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SchoolStatementView {
    pub charged: StatementSum,
    ///What the school owes for the month, in fen.
    pub due_fen: i64,
    pub free: StatementSum,
    ///The month in China.
    pub month: String,
    ///The school's code.
    pub school_code: String,
    ///The school's name.
    pub school_name: String,
    pub voided: StatementSum,
}
///Orders of one kind on a statement, together.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StatementSum {
    ///What the school owes for them, in fen; negative where it owes less.
    pub amount_fen: i64,
    ///So many orders.
    pub orders: i64,
}
///A page of schools with what waits in each.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SchoolOverviewList {
    ///In the order that the operation describes.
    pub items: Vec<SchoolOverviewView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A school with what waits in it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SchoolOverviewView {
    ///Its name.
    pub name: String,
    ///When the next of its open tasks closes.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub next_deadline: Option<chrono::DateTime<chrono::Utc>>,
    ///Since when the oldest of them waits.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub oldest_photo: Option<chrono::DateTime<chrono::Utc>>,
    ///Questions about its rosters.
    pub open_tickets: i64,
    ///The school.
    pub school_id: String,
    ///Photos that wait for a review.
    pub waiting_photos: i64,
}
///What the Ministry's list comes to.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SchoolListView {
    ///How many rows came to what.
    pub counts: Vec<SchoolListCount>,
    ///Whether the schools were made.
    pub is_applied: bool,
    ///The first 200 rows that somebody should look at.
    pub rows: Vec<SchoolListRow>,
    ///How many schools are made: what `schools` must say.
    pub schools: i64,
}
///A row that somebody should look at.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SchoolListRow {
    ///The code as the file has it.
    pub code: String,
    ///In words.
    pub label: String,
    ///The name as the file has it.
    pub name: String,
    ///The row of the file.
    pub row_number: i64,
    ///What becomes of it.
    pub verdict: String,
}
///How many rows came to one thing.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SchoolListCount {
    ///In words.
    pub label: String,
    ///How many rows.
    pub rows: i64,
    ///What.
    pub verdict: String,
}
///A page of my questions, newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterTickets {
    ///In the order that the operation describes.
    pub items: Vec<RosterTicketView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A question to the school.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterTicketView {
    ///The school's answer.
    pub answer: Option<String>,
    ///When it was asked.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///The number, masked.
    pub document_number: String,
    ///The ticket.
    pub id: String,
    ///`open`, `answered` or `closed`.
    pub state: String,
    ///The task's name.
    pub task_name: String,
}
///The beginning of a roster file.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterPreview {
    ///The columns as they are read.
    pub columns: Vec<RosterColumnView>,
    ///At most twenty rows below the headings.
    pub rows: Vec<PreviewRow>,
}
///A row of a preview.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PreviewRow {
    ///Its cells; document numbers are masked.
    pub cells: Vec<String>,
    ///The row of the file.
    pub number: i64,
}
///A page of rows of an import.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterImportRows {
    ///In the order that the operation describes.
    pub items: Vec<RosterImportRowView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A row of an import about which something is to be said.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterImportRowView {
    ///The column that it is about.
    pub column: Option<String>,
    ///The student of the list, where the row leads to one.
    pub entry_id: Option<String>,
    ///The same, in the caller's language.
    pub label: String,
    ///The row of the file; null for a listed student whom no row names.
    pub row_number: Option<i64>,
    ///What came of it.
    pub verdict: String,
}
///A page of imports.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterImportList {
    ///In the order that the operation describes.
    pub items: Vec<RosterImportView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///An import of a roster.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterImportView {
    ///The columns as they are read.
    pub columns: Vec<RosterColumnView>,
    ///How many rows got each verdict; a row can have several.
    pub counts: Vec<VerdictCount>,
    ///When it was sent.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///The delimiter of a text: `comma`, `tab` or `semicolon`.
    pub delimiter: Option<String>,
    ///The encoding that is read: `utf-8`, `gb18030`, `utf-16le` or `utf-16be`.
    pub encoding: Option<String>,
    pub fault: Option<RosterFault>,
    ///The file's length.
    pub file_bytes: i64,
    ///`csv`, `xlsx` or `dbf`; null until it is known.
    pub format: Option<String>,
    ///The row with the headings.
    pub heading_row: Option<i64>,
    ///The import.
    pub id: String,
    ///Of how many listed students document number or level change.
    pub identity_changes: i64,
    ///How many students undoing left as they are, because somebody changed them or verified as them since.
    pub kept: i64,
    ///Whether so many change that starting needs `confirm_identity_changes`.
    pub needs_confirmation: bool,
    ///How many rows there are below the headings.
    pub rows: Option<i64>,
    ///How many of them were looked at, in this state.
    pub rows_done: i64,
    ///Rows a second, while it is worked on.
    pub rows_per_second: Option<i64>,
    ///How long the work will go on.
    pub seconds_left: Option<i64>,
    ///Where it is: `checking` → `checked` or `stopped`; `importing` → `imported`; `cancelled`; `undoing` → `undone`.
    pub state: String,
    ///The state, in the caller's language.
    pub state_label: String,
    ///Its task.
    pub task_id: String,
    ///When it last moved.
    #[serde(deserialize_with = "crate::moment::read")]
    pub updated_at: chrono::DateTime<chrono::Utc>,
}
///How many rows got a verdict.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct VerdictCount {
    ///How many rows.
    pub count: i64,
    ///Whether such rows are taken.
    pub is_taken: bool,
    ///The verdict, in the caller's language.
    pub label: String,
    ///What happened and what to do.
    pub sentence: String,
    ///The verdict.
    pub verdict: String,
}
///Why a roster file cannot be read.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterFault {
    ///The column, from 1.
    pub column: Option<i64>,
    ///Why.
    pub error: String,
    ///Why, in the caller's language.
    pub label: String,
    ///The columns or fields that it is about.
    pub names: Vec<String>,
    ///The row or line, from 1.
    pub row: Option<i64>,
    ///What to do.
    pub sentence: String,
}
///A column of a roster file.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterColumnView {
    ///What it holds; null where it is not read.
    pub column: Option<String>,
    ///Its heading, as in the file.
    pub heading: String,
}
///How a roster file is read; what is null is found out.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, Default)]
pub struct RosterImportChoices {
    ///What the columns hold, one of each heading of the file, in their order.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub columns: Option<Option<Vec<RosterColumnChoice>>>,
    ///The level of rows that name none.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub default_level: Option<Option<String>>,
    ///`comma`, `tab` or `semicolon`.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub delimiter: Option<Option<String>>,
    ///`utf-8`, `gb18030`, `utf-16le` or `utf-16be`.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub encoding: Option<Option<String>>,
}
///What a column of a roster file holds.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterColumnChoice {
    ///What it holds; null where it is not read.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub column: Option<Option<String>>,
    ///Its heading, as in the file.
    pub heading: String,
}
///A page of a roster.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterEntryList {
    ///In the order that the operation describes.
    pub items: Vec<RosterEntryView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A student of a roster.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterEntryView {
    ///The class.
    pub class_name: Option<String>,
    ///The college.
    pub college: Option<String>,
    ///What was corrected by hand, which imports leave alone.
    pub corrected: Vec<String>,
    ///The expected day of graduation.
    pub expected_graduation: Option<String>,
    ///The student.
    pub id: String,
    ///Whether an account has verified as this student.
    pub is_verified: bool,
    ///The level.
    pub level: String,
    ///The major.
    pub major: Option<String>,
    ///The name.
    pub name: String,
    ///The document numbers, masked.
    pub numbers: Vec<RosterNumberView>,
    ///`listed` or `withdrawn`.
    pub state: String,
    ///The state, in the caller's language.
    pub state_label: String,
    ///The student number.
    pub student_no: Option<String>,
    ///The task.
    pub task_id: String,
    ///When it last changed.
    #[serde(deserialize_with = "crate::moment::read")]
    pub updated_at: chrono::DateTime<chrono::Utc>,
    ///Counts the changes; send it with the next one.
    pub version: i32,
}
///How well the reviewers agree.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReviewQualityView {
    ///Where people reviewed in the last 14 days, the bureau first: the shares of each place count its own reviewers.
    pub places: Vec<ReviewPlaceView>,
    ///The reviewers, who decided most first.
    pub reviewers: Vec<ReviewerQualityView>,
    ///Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub since: chrono::DateTime<chrono::Utc>,
}
///The figures of a reviewer.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReviewerQualityView {
    pub agreement: Option<ShareView>,
    pub catch_rate: Option<ShareView>,
    ///Decisions of the period.
    pub decided: i64,
    ///Cohen's kappa of approving and rejecting, in thousandths; null where chance explains everything.
    pub kappa_permille: Option<i32>,
    ///Their name; null of somebody who left.
    pub name: Option<String>,
    pub pass_rate: Option<ShareView>,
    ///Decisions an hour of work, without pauses of more than two minutes.
    pub per_hour: i64,
    ///Kappa for each reason.
    pub reasons: Vec<ReasonAgreementView>,
}
///A share with its interval of 95 % (Wilson), in thousandths.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ShareView {
    ///The upper end.
    pub high_permille: i32,
    ///The lower end.
    pub low_permille: i32,
    ///Of how many comparisons.
    pub of: i64,
    ///The share.
    pub permille: i32,
}
///How a reviewer and others use one reason.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReasonAgreementView {
    ///The reviewer alone.
    pub alone: i64,
    ///Both gave it.
    pub both: i64,
    ///Cohen's kappa in thousandths; null where chance explains everything.
    pub kappa_permille: Option<i32>,
    ///What it is called.
    pub label: String,
    ///The others alone.
    pub others: i64,
    ///The reason.
    pub reason: String,
}
///A place where people review.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReviewPlaceView {
    ///Whether at most one does: then there are neither second looks nor known items there, whatever tasks say.
    pub is_alone: bool,
    ///How many people reviewed there.
    pub reviewers: i64,
    ///The name of the school; null of the bureau.
    pub school: Option<String>,
    ///For which stage.
    pub stage: String,
}
///Whole document numbers.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RevealedNumbers {
    ///All numbers by which the student is found.
    pub numbers: Vec<RosterNumberView>,
}
///A number by which a student is found.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterNumberView {
    ///The number, masked unless it was revealed.
    pub document_number: String,
    ///The kind of document.
    pub document_type: String,
}
///What came of asking.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RefundAsked {
    ///Whether the order was voided.
    pub is_voided: bool,
    pub refund: Option<StaffRefundView>,
}
///A refund, as staff see it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StaffRefundView {
    ///How much goes back, in fen.
    pub amount_fen: i64,
    ///When they agreed.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub approved_at: Option<chrono::DateTime<chrono::Utc>>,
    ///How colleagues call the second person.
    pub approved_by: Option<String>,
    ///What went wrong last, in the provider's words.
    pub last_error: Option<String>,
    ///Why, in words; empty for what the rules asked for.
    pub note: String,
    ///The order.
    pub order_no: String,
    ///Our number of it.
    pub out_refund_no: String,
    ///Whose account the money leaves.
    pub provider: String,
    ///Why.
    pub reason: String,
    ///Why, in the caller's language.
    pub reason_label: String,
    ///When it was asked for.
    #[serde(deserialize_with = "crate::moment::read")]
    pub requested_at: chrono::DateTime<chrono::Utc>,
    ///How colleagues call who asked for it; null where no person did.
    pub requested_by: Option<String>,
    ///The account of who asked for it, where that is staff. They cannot approve it.
    pub requested_by_id: Option<String>,
    ///Where it is.
    pub state: String,
    ///The state, in the caller's language.
    pub state_label: String,
    ///When the money was back.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub succeeded_at: Option<chrono::DateTime<chrono::Utc>>,
    ///Whether a second person must agree first.
    pub waits_for_approval: bool,
}
///A page of photos to be looked at.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RecalledPhotoList {
    ///In the order that the operation describes.
    pub items: Vec<RecalledPhotoView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A photo that the school has although its approval is in doubt.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RecalledPhotoView {
    ///The photo.
    pub photo_id: String,
    ///When the approval came into doubt.
    #[serde(deserialize_with = "crate::moment::read")]
    pub recalled_at: chrono::DateTime<chrono::Utc>,
    ///Who approved it; null of somebody who left.
    pub reviewer: Option<String>,
    ///Its student on the roster.
    pub roster_entry_id: String,
    ///For which stage it was approved.
    pub stage: String,
    ///The name.
    pub student: String,
    ///The student number.
    pub student_no: Option<String>,
    ///Its task.
    pub task_id: String,
}
///How the queue stands for a reviewer.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct QueueView {
    pub escalated: QueueLengthView,
    ///For which stage the caller reviews.
    pub stage: String,
    pub waiting: QueueLengthView,
}
///A part of the queue.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct QueueLengthView {
    ///Whether there are more than were counted.
    pub has_more: bool,
    ///Since when the first of them waits; null where none does.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub oldest: Option<chrono::DateTime<chrono::Utc>>,
    ///How many photos, those that other reviewers have now among them; more than 1,000 are not counted.
    pub photos: i64,
}
///The students of a college, a major or a class.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ProgressGroupView {
    pub counts: ProgressCountsView,
    ///Whether these are the groups together that are too small to be shown.
    pub is_rest: bool,
    ///Its name as it stands on the roster; null for students of whom it names none, and for the rest.
    pub name: Option<String>,
}
///How many students are how far.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ProgressCountsView {
    ///Their photo was accepted.
    pub approved: i64,
    ///Nobody has verified as them.
    pub not_verified: i64,
    ///Their photo waits for its review.
    pub paid: i64,
    ///Their photo is to be paid.
    pub photo_sent: i64,
    ///Their photo was not accepted.
    pub rejected: i64,
    ///Verified, without a photo that counts.
    pub verified: i64,
}
///A problem, in the caller's language.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Problem {
    ///What happened, for programs; stable.
    pub code: String,
    ///What happened, why, and what to do now.
    pub detail: String,
    ///What is wrong with which field.
    pub errors: Vec<FieldProblem>,
    ///What was found on a photo that is refused for it, worst first; only then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub findings: Option<Vec<FindingView>>,
    ///The path that was called.
    pub instance: String,
    ///Names this request in our logs.
    pub request_id: String,
    ///After so many seconds it may be tried again.
    pub retry_after_s: Option<i64>,
    ///The HTTP status.
    pub status: i32,
    ///What happened, in a few words.
    pub title: String,
    ///An address that names the kind of problem.
    pub r#type: String,
}
///What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct FieldProblem {
    ///What, for programs; stable.
    pub code: String,
    ///What, for people.
    pub detail: String,
    ///A JSON pointer into the request's body.
    pub pointer: String,
}
///A page of prints.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PrintList {
    ///In the order that the operation describes.
    pub items: Vec<PrintView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A print, and whose it is.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PrintView {
    ///The class.
    pub class_name: Option<String>,
    ///The college.
    pub college: Option<String>,
    ///The print.
    pub id: String,
    ///The student's name.
    pub name: String,
    ///When the student signed for it; null until then.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub signed_at: Option<chrono::DateTime<chrono::Utc>>,
    ///The student number.
    pub student_no: Option<String>,
}
///A photo to be reviewed. It says nothing about who is on it: reviewers judge the picture.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PhotoToReviewView {
    ///When a reviewer last turned it or moved its frame; null where none did.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub adjusted_at: Option<chrono::DateTime<chrono::Utc>>,
    ///Whether `outcome` and `findings` are hidden until the decision: others decide about this photo too.
    pub are_findings_hidden: bool,
    ///What was found, worst first; empty where it is hidden.
    pub findings: Vec<FindingView>,
    pub frame: Frame,
    ///Whether another reviewer passed it on.
    pub is_escalated: bool,
    ///Until when nobody else gets it.
    #[serde(deserialize_with = "crate::moment::read")]
    pub leased_until: chrono::DateTime<chrono::Utc>,
    ///What its student wrote to the reviewer.
    pub note: Option<String>,
    ///The first, second, … photo of its student.
    pub number: i32,
    ///`pass`, `warn` or `fail`; `fail` where its student said why the check is wrong.
    pub outcome: String,
    ///The photo.
    pub photo_id: String,
    pub previous: Option<EarlierPhotoView>,
    ///What other students of the school sent that is the same file or nearly the same picture, the earliest first.
    pub same_pictures: Vec<OthersPhotoView>,
    ///Since when it waits for this stage.
    #[serde(deserialize_with = "crate::moment::read")]
    pub since: chrono::DateTime<chrono::Utc>,
    ///For which stage.
    pub stage: String,
    ///When it came.
    #[serde(deserialize_with = "crate::moment::read")]
    pub submitted_at: chrono::DateTime<chrono::Utc>,
    ///Its task.
    pub task_id: String,
    ///What a decision names, so that it is about what was looked at.
    pub version: i32,
}
///A photo of another student that shows the same.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct OthersPhotoView {
    ///Whether it is the same file; otherwise the framed photos are nearly the same.
    pub is_same_file: bool,
    ///The photo; its picture can be seen as long as the reviewer has theirs.
    pub photo_id: String,
    ///Where it is.
    pub state: String,
    ///The same, in the caller's language.
    pub state_label: String,
    ///When it came.
    #[serde(deserialize_with = "crate::moment::read")]
    pub submitted_at: chrono::DateTime<chrono::Utc>,
}
///What a file of results comes to.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PhotoResultsView {
    pub comparison: ComparisonView,
    ///How many rows came to what.
    pub counts: Vec<ResultCount>,
    ///Whether photos were sent back.
    pub is_applied: bool,
    ///How many photos go back: what `refusals` must say.
    pub refusals: i64,
    ///The first 500 rows that somebody should look at.
    pub rows: Vec<ResultRowView>,
}
///A row that somebody should look at.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ResultRowView {
    ///In words.
    pub label: String,
    ///Why the photo goes back.
    pub reasons: Vec<String>,
    ///The student; null where nobody was found.
    pub roster_entry_id: Option<String>,
    ///The row of the file.
    pub row_number: i64,
    ///What becomes of it.
    pub verdict: String,
}
///How many rows came to one thing.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ResultCount {
    ///In words.
    pub label: String,
    ///How many rows.
    pub rows: i64,
    ///What.
    pub verdict: String,
}
///How many students are where: on the roster, accepted here, in the file.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ComparisonView {
    ///On the roster, accepted here, and in the file.
    pub everywhere: i64,
    ///In the file and not accepted here.
    pub not_accepted: i64,
    ///Accepted here and not in the file.
    pub not_in_file: i64,
    ///Rows of the file that nobody on the roster fits.
    pub not_listed: i64,
    ///On the roster and nowhere else.
    pub only_listed: i64,
}
///The changes of number that are under way.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PhoneRecoveryList {
    ///The newest first; usually none.
    pub items: Vec<PhoneRecoveryView>,
}
///A change of number that is under way.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PhoneRecoveryView {
    ///When the account gets it.
    #[serde(deserialize_with = "crate::moment::read")]
    pub effective_at: chrono::DateTime<chrono::Utc>,
    ///The new number, masked.
    pub new_phone: String,
    ///The reference of the report that asked for it.
    pub reference: String,
}
///A change of phone in progress: a code is on its way to either number.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PhoneChange {
    ///Names the change when the codes are typed.
    pub id: String,
    pub new: SmsChallenge,
    pub old: SmsChallenge,
}
///A code is on its way.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SmsChallenge {
    ///Names the code when it is typed.
    pub challenge_id: String,
    ///For so many seconds the code works.
    pub expires_in_s: i64,
    ///After so many seconds another code may be asked for.
    pub resend_after_s: i64,
}
///A payment that waits to be made.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PaymentView {
    ///How much, in fen.
    pub amount_fen: i64,
    ///What to do with it: draw `qr`, go to `redirect`, or hand `jsapi` to `WeChat`.
    pub credential: String,
    ///Until when it can be paid so.
    #[serde(deserialize_with = "crate::moment::read")]
    pub expires_at: chrono::DateTime<chrono::Utc>,
    pub jsapi: Option<JsapiView>,
    ///Which attempt it is; null in the repeated answer to a request from before answers named it.
    pub payment_id: Option<String>,
    ///`native`, `h5`, `jsapi`, `precreate`, `page` or `wap`.
    pub product: String,
    ///`wechat_pay` or `alipay`.
    pub provider: String,
    ///What the QR code says; the provider's own scheme.
    pub qr_content: Option<String>,
    ///The address to go to.
    pub redirect_url: Option<String>,
    ///Outside production: the sandbox's cashier for this code.
    pub sandbox_cashier_url: Option<String>,
}
///What `WeChat`'s own payment window wants; the names are its own.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct JsapiView {
    ///The application.
    #[serde(rename = "appId")]
    pub app_id: String,
    ///A random text.
    #[serde(rename = "nonceStr")]
    pub nonce_str: String,
    ///`prepay_id=…`
    pub package: String,
    ///The signature.
    #[serde(rename = "paySign")]
    pub pay_sign: String,
    ///`RSA`
    #[serde(rename = "signType")]
    pub sign_type: String,
    ///Unix seconds, as a text.
    #[serde(rename = "timeStamp")]
    pub time_stamp: String,
}
///Whether an order is paid.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PaymentStatus {
    ///When the provider was last asked; null where it never was.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub asked_at: Option<chrono::DateTime<chrono::Utc>>,
    ///Whether money came that goes back, because the order was settled already.
    pub has_surplus: bool,
    ///Whether a person at the bureau looks at the payment.
    pub needs_review: bool,
    ///What the student must know about the money.
    pub news: Vec<NewsView>,
    /**The attempt that can be paid now, as `payment_id` of the answer that began it; a code of any other is no longer
    to be shown. Null where there is none.*/
    pub open_payment_id: Option<String>,
    ///As in the order.
    pub status: String,
    ///The status, in the caller's language.
    pub status_label: String,
}
///A page of my orders, newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Orders {
    ///In the order that the operation describes.
    pub items: Vec<OrderView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///Where the caller is logged in.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct OpenSessions {
    ///The last used first; at most 20.
    pub items: Vec<OpenSession>,
}
///A session that has not ended.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct OpenSession {
    ///When the person logged in.
    #[serde(deserialize_with = "crate::moment::read")]
    pub began_at: chrono::DateTime<chrono::Utc>,
    /**The browser's family: `wechat`, `alipay`, `dingtalk`, `qq`, `uc`, `quark`, `xiaomi`, `huawei`, `samsung`, `edge`,
    `opera`, `firefox`, `chrome`, `safari` or `other`.*/
    pub browser: String,
    ///Its id.
    pub id: String,
    ///Whether it is the one of this request.
    pub is_current: bool,
    ///When it was last refreshed, which happens every ten minutes of use.
    #[serde(deserialize_with = "crate::moment::read")]
    pub last_used_at: chrono::DateTime<chrono::Utc>,
    ///The operating system's family: `harmony`, `android`, `iphone`, `ipad`, `windows`, `mac`, `linux` or `other`.
    pub system: String,
}
///Receipts of text messages, in the form of the service that sends them.
pub type NotifySmsRequest = Vec<NotifySmsRequestItem>;
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, Default)]
pub struct NotifySmsRequestItem {}
///What is decided.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewReviews {
    ///What the student is told besides, or for `escalated` what colleagues are told.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub note: Option<Option<String>>,
    ///`approved`, `rejected`, or `escalated` for somebody with more experience.
    pub outcome: String,
    ///About which photos: several can be approved at once, one rejected or passed on.
    ///Constraint: minItems=1
    pub photos: Vec<ReviewedPhoto>,
    ///Why; 1 to 6 for a rejection, none otherwise. The student sees them in this order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<String>>,
}
impl NewReviews {
    /// Construct this request with every required wire field.
    pub fn new(outcome: String, photos: Vec<ReviewedPhoto>) -> Self {
        Self {
            outcome,
            photos,
            note: None,
            reasons: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(outcome: String, photos: Vec<ReviewedPhoto>) -> NewReviewsBuilder {
        NewReviewsBuilder::new(outcome, photos)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewReviewsBuilder {
    value: NewReviews,
}
impl NewReviewsBuilder {
    /// Start a builder with every required wire field.
    pub fn new(outcome: String, photos: Vec<ReviewedPhoto>) -> Self {
        Self {
            value: NewReviews::new(outcome, photos),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "note", "` request field to a value."
    )]
    #[must_use]
    pub fn note(mut self, note: String) -> Self {
        self.value.note = Some(Some(note));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "note", "` request field to JSON null."
    )]
    #[must_use]
    pub fn note_null(mut self) -> Self {
        self.value.note = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "note", "` request field.")]
    #[must_use]
    pub fn note_absent(mut self) -> Self {
        self.value.note = None;
        self
    }
    #[doc = concat!("Set the optional `", "reasons", "` request field.")]
    #[must_use]
    pub fn reasons(mut self, reasons: Vec<String>) -> Self {
        self.value.reasons = Some(reasons);
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewReviews {
        self.value
    }
}
///A photo about which is decided.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReviewedPhoto {
    ///The photo.
    pub photo_id: String,
    ///The version that was looked at.
    pub version: i32,
}
///How a person wants to pay.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewPayment {
    ///`native`, `h5`, `jsapi`, `precreate`, `page` or `wap`; left out, the server chooses what works in this browser.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub product: Option<Option<String>>,
    ///`wechat_pay` or `alipay`.
    pub provider: String,
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub wechat: Option<Option<WechatCode>>,
}
impl NewPayment {
    /// Construct this request with every required wire field.
    pub fn new(provider: String) -> Self {
        Self {
            provider,
            product: None,
            wechat: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(provider: String) -> NewPaymentBuilder {
        NewPaymentBuilder::new(provider)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewPaymentBuilder {
    value: NewPayment,
}
impl NewPaymentBuilder {
    /// Start a builder with every required wire field.
    pub fn new(provider: String) -> Self {
        Self {
            value: NewPayment::new(provider),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "product", "` request field to a value."
    )]
    #[must_use]
    pub fn product(mut self, product: String) -> Self {
        self.value.product = Some(Some(product));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "product", "` request field to JSON null."
    )]
    #[must_use]
    pub fn product_null(mut self) -> Self {
        self.value.product = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "product", "` request field.")]
    #[must_use]
    pub fn product_absent(mut self) -> Self {
        self.value.product = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "wechat", "` request field to a value."
    )]
    #[must_use]
    pub fn wechat(mut self, wechat: WechatCode) -> Self {
        self.value.wechat = Some(Some(wechat));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "wechat", "` request field to JSON null."
    )]
    #[must_use]
    pub fn wechat_null(mut self) -> Self {
        self.value.wechat = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "wechat", "` request field.")]
    #[must_use]
    pub fn wechat_absent(mut self) -> Self {
        self.value.wechat = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewPayment {
        self.value
    }
}
///What `WeChat` sent the browser back with.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct WechatCode {
    ///The parameter `code`.
    pub code: String,
    ///The parameter `state`.
    pub state: String,
}
///A credential that is to be made.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, Default)]
pub struct NewIntegratorCredential {
    ///For how many days it is good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub public_key: Option<Option<JsonWebKey>>,
}
///How a photo is framed anew.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewFraming {
    pub frame: Frame,
    ///By how many quarters the picture is turned clockwise before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quarters: Option<i32>,
    ///The version that was looked at.
    pub version: i32,
}
impl NewFraming {
    /// Construct this request with every required wire field.
    pub fn new(frame: Frame, version: i32) -> Self {
        Self {
            frame,
            version,
            quarters: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(frame: Frame, version: i32) -> NewFramingBuilder {
        NewFramingBuilder::new(frame, version)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewFramingBuilder {
    value: NewFraming,
}
impl NewFramingBuilder {
    /// Start a builder with every required wire field.
    pub fn new(frame: Frame, version: i32) -> Self {
        Self {
            value: NewFraming::new(frame, version),
        }
    }
    #[doc = concat!("Set the optional `", "quarters", "` request field.")]
    #[must_use]
    pub fn quarters(mut self, quarters: i32) -> Self {
        self.value.quarters = Some(quarters);
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewFraming {
        self.value
    }
}
///The crop rectangle, in pixels of the upright original.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Frame {
    ///Height; 4/3 of the width.
    pub height: i32,
    ///Width.
    pub width: i32,
    ///Left edge.
    pub x: i32,
    ///Upper edge.
    pub y: i32,
}
///A page of cases about money, the oldest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct MoneyCaseList {
    ///In the order that the operation describes.
    pub items: Vec<MoneyCaseView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A case about money.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct MoneyCaseView {
    ///What a person can do about it, in the caller's language.
    pub advice: String,
    ///The money in question, in fen.
    pub amount_fen: Option<i64>,
    pub facts: CaseFacts,
    ///The case.
    pub id: String,
    ///Whether a message opened it that proves nothing: look it up at the provider first.
    pub is_unverified: bool,
    ///What is the matter.
    pub kind: String,
    ///What is the matter, in the caller's language.
    pub kind_label: String,
    ///The configured merchant account.
    pub merchant_account: String,
    ///When it was first met.
    #[serde(deserialize_with = "crate::moment::read")]
    pub opened_at: chrono::DateTime<chrono::Utc>,
    ///The order, where one of ours is concerned.
    pub order_no: Option<String>,
    ///The provider.
    pub provider: String,
    ///How it was resolved.
    pub resolution: Option<String>,
    ///When it ended; null while it is open.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub resolved_at: Option<chrono::DateTime<chrono::Utc>>,
    ///How colleagues call who resolved it; null where it settled itself.
    pub resolved_by: Option<String>,
    ///How often it was met.
    pub seen_count: i32,
    ///Whether it waits for somebody.
    pub state: String,
}
///The numbers of a case, by which it is found at the provider; nothing about a person.
pub type CaseFacts = serde_json::Value;
///A page of students who still have something to do.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct MissingStudentList {
    ///In the order that the operation describes.
    pub items: Vec<MissingStudentView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A student who still has something to do.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct MissingStudentView {
    ///The class.
    pub class_name: Option<String>,
    ///The college.
    pub college: Option<String>,
    ///The level.
    pub level: String,
    ///The major.
    pub major: Option<String>,
    ///The name.
    pub name: String,
    ///How far they are.
    pub progress: String,
    ///The same, in the caller's language.
    pub progress_label: String,
    ///When they were reminded last.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub reminded_at: Option<chrono::DateTime<chrono::Utc>>,
    ///The student of the roster.
    pub roster_entry_id: String,
    ///The student number.
    pub student_no: Option<String>,
}
///The accounts that a school has or had.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct MerchantAccounts {
    ///The oldest first.
    pub items: Vec<MerchantAccountView>,
}
///A school's account at a provider. Its keys are never shown.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct MerchantAccountView {
    ///How bills, cases and the log name it; the random part of the address to which the provider sends notices.
    pub account: String,
    ///The application at the provider.
    pub application: String,
    ///When it was given to the school.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///What the provider takes of a payment, in hundredths of a percent; null where fees are not compared with the bill's.
    pub fee_basis_points: Option<i32>,
    ///The account.
    pub id: String,
    ///Its number at the provider: the merchant number, or the seller's at Alipay.
    pub merchant_no: String,
    ///`wechat_pay` or `alipay`.
    pub provider: String,
    ///Since when it takes no new payments; null while it does.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub retired_at: Option<chrono::DateTime<chrono::Utc>>,
    ///When its keys were last replaced, or it was retired.
    #[serde(deserialize_with = "crate::moment::read")]
    pub updated_at: chrono::DateTime<chrono::Utc>,
}
///The caller's account.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Me {
    ///For prints.
    pub address: Option<String>,
    ///The consents that hold now.
    pub consents: Vec<ConsentView>,
    ///When the account was made.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///For messages.
    pub email: Option<String>,
    /**Whether the account gets another number soon, since somebody reported its phone as lost; `list_phone_recoveries` says
    which, and when.*/
    pub has_phone_recovery: bool,
    ///The account.
    pub id: String,
    ///`zh-CN` or `en`.
    pub language: String,
    ///The phone, masked: `138****8000`.
    pub phone: String,
    ///Changes with every change; send it back with a change.
    pub version: i32,
}
///A consent that holds.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ConsentView {
    ///`service_agreement` or `face_photo`.
    pub document: String,
    ///When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub granted_at: chrono::DateTime<chrono::Utc>,
    ///Whether this is the current version.
    pub is_current: bool,
    ///The version that was agreed to.
    pub version: String,
}
///A page of tasks, the newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ManagedTasks {
    ///In the order that the operation describes.
    pub items: Vec<ManagedTaskRow>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A task in a list.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ManagedTaskRow {
    ///Until when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub closes_at: chrono::DateTime<chrono::Utc>,
    ///The task.
    pub id: String,
    ///The name.
    pub name: String,
    ///From when photos are taken.
    #[serde(deserialize_with = "crate::moment::read")]
    pub opens_at: chrono::DateTime<chrono::Utc>,
    ///`draft`, `open`, `closed`, `handed_over` or `purged`.
    pub state: String,
}
///A task, as staff see it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ManagedTask {
    ///When it was made.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///The task.
    pub id: String,
    ///Whose it is.
    pub school_id: String,
    pub settings: TaskInput,
    ///`draft`, `open`, `closed`, `handed_over` or `purged`.
    pub state: String,
    ///Changes with every change; send it back with a change.
    pub version: i32,
}
///What of a task staff write.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskInput {
    pub audience: BothLanguages,
    ///Whether photos must be taken with the camera on the photo page.
    pub camera_only: bool,
    ///A reviewer who catches fewer known faults in a hundred than this has their approvals reviewed again; without it never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catch_limit: Option<i32>,
    ///Until when, not including this moment.
    #[serde(deserialize_with = "crate::moment::read")]
    pub closes_at: chrono::DateTime<chrono::Utc>,
    ///Whom students can ask.
    pub contact: String,
    ///What is asked for besides; an empty list verifies by number and level alone.
    pub extra_proofs: Vec<String>,
    ///What is charged: each kind at most once; empty for nothing.
    pub fees: Vec<TaskFee>,
    ///How students are recognised.
    pub identity: String,
    ///How many photos a student may submit in all.
    pub max_photos: i32,
    ///The name.
    pub name: String,
    ///From when photos are taken.
    #[serde(deserialize_with = "crate::moment::read")]
    pub opens_at: chrono::DateTime<chrono::Utc>,
    ///Whether browsers send the file as it was chosen or taken.
    pub originals: bool,
    ///Who pays.
    pub payer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<serde_json::Value>,
    ///Days after the task's end after which photos, names and numbers are deleted; without it a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purge_days: Option<i32>,
    ///Days in which a rejected photo can be replaced.
    pub resubmit_days: i32,
    ///Which reviews a photo needs; without it that of the bureau alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
    ///Of how many photos in a hundred a second reviewer decides without knowing of the first; without it 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_share: Option<i32>,
    ///Beside how many photos in a hundred a photo is put whose right decision is known; without it none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seeded_share: Option<i32>,
}
impl TaskInput {
    /// Construct this request with every required wire field.
    pub fn new(
        audience: BothLanguages,
        camera_only: bool,
        closes_at: chrono::DateTime<chrono::Utc>,
        contact: String,
        extra_proofs: Vec<String>,
        fees: Vec<TaskFee>,
        identity: String,
        max_photos: i32,
        name: String,
        opens_at: chrono::DateTime<chrono::Utc>,
        originals: bool,
        payer: String,
        resubmit_days: i32,
    ) -> Self {
        Self {
            audience,
            camera_only,
            closes_at,
            contact,
            extra_proofs,
            fees,
            identity,
            max_photos,
            name,
            opens_at,
            originals,
            payer,
            resubmit_days,
            catch_limit: None,
            photo: None,
            purge_days: None,
            review: None,
            second_share: None,
            seeded_share: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(
        audience: BothLanguages,
        camera_only: bool,
        closes_at: chrono::DateTime<chrono::Utc>,
        contact: String,
        extra_proofs: Vec<String>,
        fees: Vec<TaskFee>,
        identity: String,
        max_photos: i32,
        name: String,
        opens_at: chrono::DateTime<chrono::Utc>,
        originals: bool,
        payer: String,
        resubmit_days: i32,
    ) -> TaskInputBuilder {
        TaskInputBuilder::new(
            audience,
            camera_only,
            closes_at,
            contact,
            extra_proofs,
            fees,
            identity,
            max_photos,
            name,
            opens_at,
            originals,
            payer,
            resubmit_days,
        )
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct TaskInputBuilder {
    value: TaskInput,
}
impl TaskInputBuilder {
    /// Start a builder with every required wire field.
    pub fn new(
        audience: BothLanguages,
        camera_only: bool,
        closes_at: chrono::DateTime<chrono::Utc>,
        contact: String,
        extra_proofs: Vec<String>,
        fees: Vec<TaskFee>,
        identity: String,
        max_photos: i32,
        name: String,
        opens_at: chrono::DateTime<chrono::Utc>,
        originals: bool,
        payer: String,
        resubmit_days: i32,
    ) -> Self {
        Self {
            value: TaskInput::new(
                audience,
                camera_only,
                closes_at,
                contact,
                extra_proofs,
                fees,
                identity,
                max_photos,
                name,
                opens_at,
                originals,
                payer,
                resubmit_days,
            ),
        }
    }
    #[doc = concat!("Set the optional `", "catch_limit", "` request field.")]
    #[must_use]
    pub fn catch_limit(mut self, catch_limit: i32) -> Self {
        self.value.catch_limit = Some(catch_limit);
        self
    }
    #[doc = concat!("Set the optional `", "photo", "` request field.")]
    #[must_use]
    pub fn photo(mut self, photo: serde_json::Value) -> Self {
        self.value.photo = Some(photo);
        self
    }
    #[doc = concat!("Set the optional `", "purge_days", "` request field.")]
    #[must_use]
    pub fn purge_days(mut self, purge_days: i32) -> Self {
        self.value.purge_days = Some(purge_days);
        self
    }
    #[doc = concat!("Set the optional `", "review", "` request field.")]
    #[must_use]
    pub fn review(mut self, review: String) -> Self {
        self.value.review = Some(review);
        self
    }
    #[doc = concat!("Set the optional `", "second_share", "` request field.")]
    #[must_use]
    pub fn second_share(mut self, second_share: i32) -> Self {
        self.value.second_share = Some(second_share);
        self
    }
    #[doc = concat!("Set the optional `", "seeded_share", "` request field.")]
    #[must_use]
    pub fn seeded_share(mut self, seeded_share: i32) -> Self {
        self.value.seeded_share = Some(seeded_share);
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> TaskInput {
        self.value
    }
}
///One line of a fee.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskFee {
    ///How much, in fen.
    pub amount_fen: i64,
    ///What it is for.
    pub code: String,
}
///A text in both languages.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct BothLanguages {
    ///English.
    pub en: String,
    ///Simplified Chinese.
    pub zh: String,
}
///A page of schools, the newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ManagedSchools {
    ///In the order that the operation describes.
    pub items: Vec<ManagedSchoolRow>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A school in a list.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ManagedSchoolRow {
    ///The Ministry's 5-digit code.
    pub code: String,
    ///When it was made.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///The school.
    pub id: String,
    ///Whether it is there for trying the API.
    pub is_test: bool,
    ///Its name on this platform.
    pub name: String,
    ///`active` or `suspended`.
    pub state: String,
}
///A credential that was made.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct MadeCredentialView {
    pub credential: CredentialView,
    ///The secret, which is shown this once; null for a public key.
    pub secret: Option<String>,
}
///A page of reports of a lost phone.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct LostPhoneReportList {
    ///In the order that the operation describes.
    pub items: Vec<ListedLostPhoneView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A report of a lost phone with what speaks for it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct LostPhoneDossierView {
    ///Who approved it, the first one first.
    pub approvals: Vec<LostPhoneApprovalView>,
    ///Whether the reader's approval is the one that it needs.
    pub can_approve: bool,
    ///Whether it can still be refused or cancelled.
    pub can_close: bool,
    ///Who closed it; null where nobody did, or the account's owner, or time.
    pub closed_by: Option<String>,
    ///The document's number.
    pub document_number: String,
    ///The kind of document.
    pub document_type: String,
    ///When it ended.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub ended_at: Option<chrono::DateTime<chrono::Utc>>,
    ///The writer's name.
    pub name: String,
    ///The phone at which the writer can be called, and which the account gets.
    pub new_phone: String,
    ///What else was written.
    pub note: Option<String>,
    ///The phone that was lost.
    pub old_phone: String,
    ///How it was closed.
    pub outcome: Option<String>,
    /**What the account of the lost number has verified as, in schools within the reader's reach; none where there is no such
    account.*/
    pub proofs: Vec<LostPhoneProofView>,
    pub report: ListedLostPhoneView,
    ///The school as typed.
    pub school: String,
}
///A verification of the account of the lost number, compared with the report.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct LostPhoneProofView {
    ///Whether the student on the roster has the name of the report.
    pub is_name_same: bool,
    ///Whether the student on the roster has the document of the report.
    pub is_number_same: bool,
    ///The school.
    pub school_name: String,
    ///The task.
    pub task_name: String,
}
///Somebody's approval of a report.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct LostPhoneApprovalView {
    ///When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: chrono::DateTime<chrono::Utc>,
    ///How colleagues call them.
    pub name: String,
}
///A report of a lost phone in a list: nothing that a person wrote.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ListedLostPhoneView {
    ///When it was written.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///When the new number takes effect, where two people have approved it.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub effective_at: Option<chrono::DateTime<chrono::Utc>>,
    ///The report's reference.
    pub reference: String,
    ///Where it is.
    pub state: String,
    ///Where it is, in the caller's language.
    pub state_label: String,
}
///What the login page needs to know.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct LoginSettings {
    ///Calling codes of the countries whose numbers are served, such as `+86`.
    pub countries: Vec<String>,
    pub operator: OperatorView,
}
///Who runs the platform.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct OperatorView {
    ///Telephone, e-mail or both.
    pub contact: String,
    ///The full name, in the caller's language.
    pub name: String,
}
///A page of the library, the newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct KnownPhotoList {
    ///In the order that the operation describes.
    pub items: Vec<KnownPhotoView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A photo of the library.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct KnownPhotoView {
    ///When it was added.
    #[serde(deserialize_with = "crate::moment::read")]
    pub added_at: chrono::DateTime<chrono::Utc>,
    ///What the automatic check found, as reviewers see it.
    pub findings: Vec<FindingView>,
    ///The photo.
    pub id: String,
    ///How it was made, or who agreed to its use.
    pub origin: String,
    ///The right decision: `approved` or `rejected`.
    pub outcome: String,
    ///The right reasons; none where it is right to approve.
    pub reasons: Vec<String>,
}
///The keys that verify access tokens.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Jwks {
    ///JSON Web Keys (RFC 7517), the one in use first.
    pub keys: Vec<JsonWebKey>,
}
///A public JSON Web Key (RFC 7517).
pub type JsonWebKey = serde_json::Value;
///A page of integrators, the newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct IntegratorList {
    ///In the order that the operation describes.
    pub items: Vec<IntegratorView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///An integrator.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct IntegratorView {
    ///When it was made.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///Its credentials, the newest first.
    pub credentials: Vec<CredentialView>,
    ///Its id, which is its `client_id`.
    pub id: String,
    ///How people call it.
    pub name: String,
    ///From which networks it is accepted; from any where there is none.
    pub networks: Vec<String>,
    ///When it was shut off; null while it is not.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub revoked_at: Option<chrono::DateTime<chrono::Utc>>,
    ///The school whose officers manage it; null for one that operators manage.
    pub school_id: Option<String>,
    ///In which schools.
    pub school_ids: Vec<String>,
    ///What it may do.
    pub scopes: Vec<String>,
    ///Changes with every change; send it back with a change.
    pub version: i32,
}
///A secret or a public key of an integrator.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct CredentialView {
    ///When it was made.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///Until when it is good.
    #[serde(deserialize_with = "crate::moment::read")]
    pub expires_at: chrono::DateTime<chrono::Utc>,
    ///The credential.
    pub id: String,
    ///`secret` or `public_key`.
    pub kind: String,
    ///How the secret begins, or the `kid` of the key.
    pub label: String,
    ///When it last brought a token; null where it never did.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub last_used_at: Option<chrono::DateTime<chrono::Utc>>,
    ///`active`, `expired` or `revoked`.
    pub state: String,
}
///What an integrator is to be.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct IntegratorChangeInput {
    pub integrator: NewIntegrator,
    ///The version that was read.
    pub version: i32,
}
///An integrator that is to be made.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewIntegrator {
    ///How people call it.
    pub name: String,
    ///From which networks it is accepted; from any where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub networks: Option<Vec<String>>,
    ///In which schools, for one of the platform; one of a school has that school.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub school_ids: Option<Vec<String>>,
    ///What it may do; at least one.
    ///Constraint: minItems=1
    pub scopes: Vec<String>,
}
impl NewIntegrator {
    /// Construct this request with every required wire field.
    pub fn new(name: String, scopes: Vec<String>) -> Self {
        Self {
            name,
            scopes,
            networks: None,
            school_ids: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(name: String, scopes: Vec<String>) -> NewIntegratorBuilder {
        NewIntegratorBuilder::new(name, scopes)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewIntegratorBuilder {
    value: NewIntegrator,
}
impl NewIntegratorBuilder {
    /// Start a builder with every required wire field.
    pub fn new(name: String, scopes: Vec<String>) -> Self {
        Self {
            value: NewIntegrator::new(name, scopes),
        }
    }
    #[doc = concat!("Set the optional `", "networks", "` request field.")]
    #[must_use]
    pub fn networks(mut self, networks: Vec<String>) -> Self {
        self.value.networks = Some(networks);
        self
    }
    #[doc = concat!("Set the optional `", "school_ids", "` request field.")]
    #[must_use]
    pub fn school_ids(mut self, school_ids: Vec<String>) -> Self {
        self.value.school_ids = Some(school_ids);
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewIntegrator {
        self.value
    }
}
///Students who were found.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct FoundStudents {
    ///The latest first; one account may have verified in several tasks.
    pub items: Vec<FoundStudentView>,
}
///A student who was found.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct FoundStudentView {
    ///The document number, masked.
    pub document_number: Option<String>,
    ///The verification.
    pub enrolment_id: String,
    ///The name.
    pub name: String,
    ///The order that counts, or else the latest.
    pub order_no: Option<String>,
    ///The state of the photo that counts, or else of the latest.
    pub photo_state: Option<String>,
    ///The student of the roster.
    pub roster_entry_id: String,
    ///The school's name.
    pub school_name: String,
    ///The task.
    pub task_id: String,
    ///The task's name.
    pub task_name: String,
    ///When the account verified.
    #[serde(deserialize_with = "crate::moment::read")]
    pub verified_at: chrono::DateTime<chrono::Utc>,
}
///The schools that a name, alias or code means.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct FoundSchools {
    ///Usually one; a code can mean several.
    pub schools: Vec<SchoolTasks>,
}
///A school with its tasks.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SchoolTasks {
    pub school: SchoolView,
    ///Its tasks: those that are open first, then those to come, then those that ended.
    pub tasks: Vec<TaskView>,
}
///Events in the order in which they are read. `next` is never null: send it to read on, also after an empty page.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Events {
    ///In the order that the operation describes.
    pub items: Vec<EventView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///Something that happened.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct EventView {
    pub data: EventData,
    ///The event; a webhook has it as `webhook-id`.
    pub id: String,
    ///When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub timestamp: chrono::DateTime<chrono::Utc>,
    ///What happened.
    pub r#type: String,
}
///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
pub type EventData = serde_json::Value;
///A page of my verifications, newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Enrolments {
    ///In the order that the operation describes.
    pub items: Vec<EnrolmentView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A verified student.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct EnrolmentView {
    ///The class.
    pub class_name: Option<String>,
    ///The college or department.
    pub college: Option<String>,
    ///When it was verified.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///The document number, masked.
    pub document_number: String,
    ///The enrolment.
    pub id: String,
    ///The level.
    pub level: String,
    ///The major.
    pub major: Option<String>,
    ///The name on the roster.
    pub name: String,
    ///What comes next: `photo`, `confirm`, `wait` or `done`.
    pub next_step: String,
    pub order: Option<OrderView>,
    pub photo: Option<PhotoView>,
    ///How many photos can still be submitted.
    pub photos_left: i32,
    ///The student number.
    pub student_no: Option<String>,
    /**Whether the task takes a photo of this student now, chances apart: its window, or the days to replace one that was
    not accepted.*/
    pub takes_photo: bool,
    pub task: TaskView,
}
///What a student may know of a task.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskView {
    ///Who must take part, in the caller's language.
    pub audience: String,
    ///`upcoming`, `open` or `closed`.
    pub availability: String,
    ///Whether photos must be taken with the camera on the photo page.
    pub camera_only: bool,
    ///Until when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub closes_at: chrono::DateTime<chrono::Utc>,
    ///Whom to ask.
    pub contact: String,
    ///What a student owes, in fen; 0 where the school pays.
    pub due_fen: i64,
    ///What is asked for beside document and level: `name`, `student_no`.
    pub extra_proofs: Vec<String>,
    ///What is charged.
    pub fees: Vec<FeeLineView>,
    ///The task.
    pub id: String,
    ///`roster` or `capture_code`.
    pub identity: String,
    ///The levels that the roster has, in the order to show them.
    pub levels: Vec<String>,
    ///How many photos a student may submit in all.
    pub max_photos: i32,
    ///Its name.
    pub name: String,
    ///From when photos are taken.
    #[serde(deserialize_with = "crate::moment::read")]
    pub opens_at: chrono::DateTime<chrono::Utc>,
    ///Whether the file is to be sent as it was chosen or taken, not made smaller before.
    pub originals: bool,
    ///`student`, `school` or `free`.
    pub payer: String,
    pub photo_rules: serde_json::Value,
    ///Days in which a rejected photo can be replaced.
    pub resubmit_days: i32,
    ///When the roster last changed; null where it is empty.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub roster_updated_at: Option<chrono::DateTime<chrono::Utc>>,
    pub school: SchoolView,
}
///A school.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SchoolView {
    ///The Ministry's 5-digit code.
    pub code: String,
    ///The school.
    pub id: String,
    ///Its name on this platform.
    pub name: String,
}
///A photo, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PhotoView {
    ///When a reviewer last turned it or moved its frame; null where none did.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub adjusted_at: Option<chrono::DateTime<chrono::Utc>>,
    ///What was found, worst first.
    pub findings: Vec<FindingView>,
    ///The photo.
    pub id: String,
    ///What its student wrote to the reviewer.
    pub note: Option<String>,
    ///The first, second, … of its student.
    pub number: i32,
    ///The order of this photo's student.
    pub order_no: Option<String>,
    ///`pass`, `warn` or `fail`; `fail` where its student said why the check is wrong, for a person to decide.
    pub outcome: String,
    pub review: Option<ReviewView>,
    ///`camera` where it was taken on the photo page, else `file`.
    pub source: String,
    ///`checked`, `pending_review`, `approved`, `rejected`, `withdrawn`, `replaced`, `handed_over` or `refused`.
    pub state: String,
    ///When it came into its state.
    #[serde(deserialize_with = "crate::moment::read")]
    pub state_at: chrono::DateTime<chrono::Utc>,
    ///The state, in the caller's language.
    pub state_label: String,
    ///When it came.
    #[serde(deserialize_with = "crate::moment::read")]
    pub submitted_at: chrono::DateTime<chrono::Utc>,
}
///Something that was found on a photo.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct FindingView {
    ///What, such as `too_small_px`; stable.
    pub code: String,
    ///The most that is allowed.
    pub max: Option<i64>,
    ///What was measured; null where there is no number.
    pub measured: Option<i64>,
    ///The least that is allowed.
    pub min: Option<i64>,
    ///`fail` or `warn`; on a photo that was taken, `fail` is what its student contests in the note.
    pub severity: String,
    ///The unit of the numbers.
    pub unit: String,
}
///An order, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct OrderView {
    ///For prints.
    pub address: Option<String>,
    ///Why it was closed.
    pub closed_reason: Option<String>,
    ///When it was made.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///The document number, masked.
    pub document_number: String,
    ///What is due, in fen; 0 where nobody or the school pays.
    pub due_fen: i64,
    ///Until when it can be paid.
    #[serde(deserialize_with = "crate::moment::read")]
    pub due_until: chrono::DateTime<chrono::Utc>,
    ///For messages.
    pub email: Option<String>,
    ///The enrolment.
    pub enrolment_id: String,
    ///The level.
    pub level: String,
    ///What is charged.
    pub lines: Vec<FeeLineView>,
    ///The list price, in fen.
    pub list_fen: i64,
    ///Whether a person at the bureau looks at its payment.
    pub needs_review: bool,
    ///What the student must know about the money.
    pub news: Vec<NewsView>,
    ///The number that people read: `10001-260420-7K3M9QXT`.
    pub order_no: String,
    ///When it was settled.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub paid_at: Option<chrono::DateTime<chrono::Utc>>,
    ///Which provider was paid: `wechat_pay` or `alipay`.
    pub paid_with: Option<String>,
    ///`student`, `school` or `free`.
    pub payer: String,
    ///The phone for messages, masked.
    pub phone: String,
    ///The photo that counts, or else the latest.
    pub photo_id: Option<String>,
    ///The photo's state.
    pub photo_state: Option<String>,
    ///What went back, in fen.
    pub refunded_fen: i64,
    ///Money that went or goes back, oldest first.
    pub refunds: Vec<RefundView>,
    ///The school's name.
    pub school_name: String,
    ///`unpaid`, `paying`, `paid`, `partially_refunded`, `refunded` or `closed`.
    pub status: String,
    ///The status, in the caller's language.
    pub status_label: String,
    ///The student's name.
    pub student_name: String,
    ///The task's name.
    pub task_name: String,
    ///Changes with every change; send it back with a change.
    pub version: i32,
}
///Money that went or goes back.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RefundView {
    ///How much, in fen.
    pub amount_fen: i64,
    ///Why, in the caller's language.
    pub reason_label: String,
    ///When it was asked for.
    #[serde(deserialize_with = "crate::moment::read")]
    pub requested_at: chrono::DateTime<chrono::Utc>,
    ///`requested`, `submitted`, `succeeded`, `abnormal`, `closed` or `rejected`.
    pub state: String,
    ///The state, in the caller's language.
    pub state_label: String,
    ///When it was back.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub succeeded_at: Option<chrono::DateTime<chrono::Utc>>,
}
///Something that the student must know about the money of an order.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewsView {
    ///The money in question, in fen.
    pub amount_fen: Option<i64>,
    ///`confirming`, `checking`, `surplus_returning`, `surplus_returned`, `reviewing`, `reopened` or `not_charged`.
    pub code: String,
    ///What to show, in the caller's language.
    pub text: String,
}
///One line of a fee.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct FeeLineView {
    ///How much, in fen.
    pub amount_fen: i64,
    ///`collection`, `prints` or `postage`.
    pub code: String,
    ///What it is for, in the caller's language.
    pub label: String,
}
///An earlier photo of the same student that was not accepted.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct EarlierPhotoView {
    ///The photo.
    pub photo_id: String,
    pub review: ReviewView,
}
///A reviewer's decision.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReviewView {
    ///When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub decided_at: chrono::DateTime<chrono::Utc>,
    ///The reviewer's words.
    pub note: Option<String>,
    ///Reason codes.
    pub reasons: Vec<String>,
    ///Whose decision it is, in the caller's language; null where that is not known.
    pub stage_label: Option<String>,
}
///The profiles.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DeliveryProfiles {
    ///In the order to offer them.
    pub items: Vec<DeliveryProfileView>,
}
///What packages of one purpose look like.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DeliveryProfileView {
    ///What it is for, in the caller's language.
    pub about: String,
    ///The charset of its table.
    pub charset: String,
    ///The headings of its table.
    pub columns: Vec<String>,
    ///By what photos are named.
    pub file_name: String,
    ///The height of photos in pixels.
    pub height_px: i32,
    ///Its name for programs.
    pub id: String,
    ///The most kilobytes of a photo; null where that is not limited.
    pub max_kb: Option<i32>,
    ///The fewest kilobytes of a photo; null where that is not limited.
    pub min_kb: Option<i32>,
    ///Its name, in the caller's language.
    pub name: String,
    ///The form of its table.
    pub table: String,
    ///The width of photos in pixels.
    pub width_px: i32,
}
///A page of packages.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DeliveryList {
    ///In the order that the operation describes.
    pub items: Vec<DeliveryView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A package of photos.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DeliveryView {
    ///When the school said that it has it.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub acknowledged_at: Option<chrono::DateTime<chrono::Utc>>,
    ///Photos in the package.
    pub added: i64,
    ///What stands under photos on sheets to print.
    pub caption: String,
    ///How the characters of tables are written.
    pub charset: String,
    ///When it was asked for.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    /**Photos of the package whose row of `manifest.dbf` lacks characters, with `??` in their place, or was cut; `errors.csv`
    lists them.*/
    pub dbf_losses: i64,
    ///Why it could not be made.
    pub failure: Option<String>,
    ///The same, in the caller's language.
    pub failure_label: Option<String>,
    ///The file's length; null until it is made.
    pub file_bytes: Option<i64>,
    ///How many files it comes as; 0 until it is made.
    pub file_count: i64,
    ///The package that must be applied before it; null for a full one.
    pub follows: Option<String>,
    ///Photos of the package that are handed over.
    pub handed_over: i64,
    ///Whether its table comes as a DBF file besides.
    pub has_dbf: bool,
    ///Whether its file can be downloaded.
    pub has_file: bool,
    ///The package.
    pub id: String,
    ///Photos that the receiver has from earlier packages.
    pub kept: i64,
    ///What it holds.
    pub kind: String,
    ///The same, in the caller's language.
    pub kind_label: String,
    ///Photos that the profile does not take; `errors.csv` lists them.
    pub left_out: i64,
    ///The most kilobytes of a photo; null where that is not limited.
    pub max_kb: Option<i32>,
    ///The fewest kilobytes of a photo; null where that is not limited.
    pub min_kb: Option<i32>,
    ///The most megabytes of a file of the package; null where it is one file.
    pub part_mb: Option<i32>,
    ///How many photos were looked at.
    pub photos_done: i64,
    ///Of how many.
    pub photos_total: i64,
    pub prints: Option<DeliveryPrintsView>,
    ///The profile.
    pub profile: String,
    ///The profile's name, in the caller's language.
    pub profile_name: String,
    ///When it was made.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub ready_at: Option<chrono::DateTime<chrono::Utc>>,
    ///Files of earlier packages that count no more; `removed.csv` lists them.
    pub removed: i64,
    ///SHA-256 of the file; null until it is made.
    pub sha256: Option<String>,
    ///Into which folders the photos go.
    pub split: String,
    ///Where it is: `building` → `ready` → `acknowledged`; `failed`; `cancelled`.
    pub state: String,
    ///The state, in the caller's language.
    pub state_label: String,
    ///Its task.
    pub task_id: String,
}
///How far the prints of a package are.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DeliveryPrintsView {
    ///When they were printed.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub printed_at: Option<chrono::DateTime<chrono::Utc>>,
    ///When the school had them.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub received_at: Option<chrono::DateTime<chrono::Utc>>,
    ///How many students signed for theirs.
    pub signed: i64,
    ///`ordered` → `printed` → `received`.
    pub stage: String,
    ///The same, in the caller's language.
    pub stage_label: String,
}
///A link to a package.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DeliveryLinkView {
    ///Until when it can be used.
    #[serde(deserialize_with = "crate::moment::read")]
    pub expires_at: chrono::DateTime<chrono::Utc>,
    ///Under which name the file is saved.
    pub file_name: String,
    ///The files of the package, in their order: one, or as many as it has parts. The address above is that of the first.
    pub files: Vec<DeliveryFileView>,
    ///The address, on this server.
    pub url: String,
}
///A file of a package.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DeliveryFileView {
    ///Its length.
    pub bytes: i64,
    ///Under which name it is saved.
    pub name: String,
    ///Its SHA-256.
    pub sha256: String,
    ///Its address, on this server.
    pub url: String,
}
///The keys that sign packages.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DeliveryKeys {
    ///The active one first.
    pub items: Vec<DeliveryKey>,
}
///A key that signs packages.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DeliveryKey {
    ///Its id, as `package.json` names it.
    pub id: String,
    ///Whether new packages are signed with it.
    pub is_active: bool,
    /**The Ed25519 key as PEM. `openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig`
    verifies a package.*/
    pub public_key: String,
}
///Decisions of a reviewer.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Decisions {
    ///The decisions; of the latest ones, the latest first.
    pub items: Vec<DecisionView>,
}
///A reviewer's own decision.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DecisionView {
    ///When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub decided_at: chrono::DateTime<chrono::Utc>,
    ///Whether what the automatic check found was hidden until the decision.
    pub findings_hidden: bool,
    ///The decision.
    pub id: String,
    ///Whether it was undone.
    pub is_undone: bool,
    ///What was decided.
    pub outcome: String,
    ///The same, in the caller's language.
    pub outcome_label: String,
    ///The photo.
    pub photo_id: String,
    ///Why.
    pub reasons: Vec<String>,
    ///Until when it can be undone; null where it cannot any more.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub undo_until: Option<chrono::DateTime<chrono::Utc>>,
}
///What came of a day.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DayView {
    ///A report for each merchant account.
    pub accounts: Vec<DayReportView>,
    ///The day in China.
    pub day: String,
}
///What came of a merchant account's day.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DayReportView {
    ///How far the bill is, in the caller's language.
    pub bill: String,
    ///What did not agree; at most 200, the export has all.
    pub differences: Vec<DifferenceView>,
    ///Of how many payments it took another share than is agreed.
    pub fee_differences: i64,
    ///What the provider took, in fen.
    pub fee_fen: i64,
    ///The configured merchant account.
    pub merchant_account: String,
    ///The movements of the account beside our ledger, in the caller's language; null where the provider lists none.
    pub movements: Option<String>,
    ///Their sum, in fen.
    pub paid_fen: i64,
    ///How many payments the bill lists.
    pub payments: i64,
    ///The provider.
    pub provider: String,
    ///Their sum, in fen.
    pub refunded_fen: i64,
    ///How many refunds the bill lists.
    pub refunds: i64,
    ///Which rows of the bill cannot be read, in the caller's language.
    pub unread: Option<String>,
}
///A row that is not the same on both sides.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DifferenceView {
    ///What the bill says, in fen.
    pub billed_fen: Option<i64>,
    ///What our books say, in fen.
    pub booked_fen: Option<i64>,
    ///Which way the money went.
    pub entry: String,
    ///Whether it was put right by itself.
    pub is_healed: bool,
    ///What is the matter.
    pub kind: String,
    ///What is the matter, in the caller's language.
    pub kind_label: String,
    ///Our number.
    pub number: String,
    ///What came of it, or what to do, in the caller's language.
    pub outcome: String,
}
///A page of compared days, the latest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ComparedDays {
    ///In the order that the operation describes.
    pub items: Vec<ComparedDayView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///A merchant account's day.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ComparedDayView {
    ///The day in China.
    pub day: chrono::NaiveDate,
    ///How many rows did not agree.
    pub differences: i32,
    ///When it was done.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub finished_at: Option<chrono::DateTime<chrono::Utc>>,
    ///The comparison.
    pub id: String,
    ///The configured merchant account.
    pub merchant_account: String,
    ///When it is tried next; null when it is done.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub next_try_at: Option<chrono::DateTime<chrono::Utc>>,
    ///Their sum, in fen.
    pub paid_fen: i64,
    ///How many payments the bill lists.
    pub payments: i32,
    ///The provider.
    pub provider: String,
    ///Their sum, in fen.
    pub refunded_fen: i64,
    ///How many refunds the bill lists.
    pub refunds: i32,
    ///Where it is.
    pub state: String,
}
///A page of the audit log, newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct AuditEvents {
    ///In the order that the operation describes.
    pub items: Vec<AuditEventView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct AuditEventView {
    ///What was done.
    pub action: String,
    ///What kind of actor did it.
    pub actor: String,
    ///The actor's account, where there is one.
    pub actor_id: Option<String>,
    ///How colleagues call them: staff, or a person at the command line.
    pub actor_name: Option<String>,
    ///When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: chrono::DateTime<chrono::Utc>,
    ///The entry.
    pub id: String,
    ///To what kind of thing.
    pub object: String,
    ///To which.
    pub object_id: Option<String>,
    ///Why, where a reason was asked for.
    pub reason: Option<String>,
    ///The request in which it was done.
    pub request_id: Option<String>,
    ///Its school, where it has one.
    pub school_id: Option<String>,
    ///Whose data it touched, where they are a person's.
    pub subject_id: Option<String>,
}
///The current agreements.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Agreements {
    ///One of each document.
    pub agreements: Vec<AgreementView>,
}
///A text that people agree to, in the caller's language.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct AgreementView {
    ///`service_agreement` or `face_photo`.
    pub document: String,
    ///The whole text.
    pub paragraphs: Vec<String>,
    ///What it comes to, in a sentence or two.
    pub summary: String,
    ///Its title.
    pub title: String,
    ///Its version.
    pub version: String,
}
///A page of the access log, newest first.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct AccessLog {
    ///In the order that the operation describes.
    pub items: Vec<AccessView>,
    ///Send it as `after` for the next page; null on the last.
    pub next: Option<String>,
}
///Somebody looked at or changed something of the caller's.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct AccessView {
    ///What, such as `photo.viewed`.
    pub action: String,
    ///`self`, `staff`, `operator`, `integrator`, `system`, or `visitor` for somebody who was not logged in.
    pub actor: String,
    ///When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: chrono::DateTime<chrono::Utc>,
    ///Why, where a reason was asked for.
    pub reason: Option<String>,
}
///An application at Alipay with its keys.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct AlipayAccountInput {
    ///Alipay's public key, PEM; not the application's own.
    pub alipay_public_key: String,
    ///The application's number.
    pub app_id: String,
    ///The application's private key, PEM.
    pub app_private_key: String,
    /**What the provider takes of a payment, in hundredths of a percent, such as 60 for 0.6 %. Without it the rate that was known
    stays; where none is, fees are not compared with the bill's.*/
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub fee_basis_points: Option<Option<i32>>,
    ///The seller's number.
    pub seller_id: String,
}
impl AlipayAccountInput {
    /// Construct this request with every required wire field.
    pub fn new(
        alipay_public_key: String,
        app_id: String,
        app_private_key: String,
        seller_id: String,
    ) -> Self {
        Self {
            alipay_public_key,
            app_id,
            app_private_key,
            seller_id,
            fee_basis_points: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(
        alipay_public_key: String,
        app_id: String,
        app_private_key: String,
        seller_id: String,
    ) -> AlipayAccountInputBuilder {
        AlipayAccountInputBuilder::new(alipay_public_key, app_id, app_private_key, seller_id)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct AlipayAccountInputBuilder {
    value: AlipayAccountInput,
}
impl AlipayAccountInputBuilder {
    /// Start a builder with every required wire field.
    pub fn new(
        alipay_public_key: String,
        app_id: String,
        app_private_key: String,
        seller_id: String,
    ) -> Self {
        Self {
            value: AlipayAccountInput::new(alipay_public_key, app_id, app_private_key, seller_id),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "fee_basis_points", "` request field to a value."
    )]
    #[must_use]
    pub fn fee_basis_points(mut self, fee_basis_points: i32) -> Self {
        self.value.fee_basis_points = Some(Some(fee_basis_points));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "fee_basis_points",
        "` request field to JSON null."
    )]
    #[must_use]
    pub fn fee_basis_points_null(mut self) -> Self {
        self.value.fee_basis_points = Some(None);
        self
    }
    #[doc = concat!(
        "Omit the optional nullable `", "fee_basis_points", "` request field."
    )]
    #[must_use]
    pub fn fee_basis_points_absent(mut self) -> Self {
        self.value.fee_basis_points = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> AlipayAccountInput {
        self.value
    }
}
/**Work for a browser, in ALTCHA's protocol: find the number whose SHA-256 behind the salt is the challenge. The token to
send is this object with `number` in place of `maxnumber`, as JSON in base 64.*/
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct CaptchaChallenge {
    ///Always `SHA-256`.
    pub algorithm: String,
    ///The hash of salt and number, hexadecimal.
    pub challenge: String,
    ///The largest number that it can be.
    pub maxnumber: i32,
    ///What stands before the number; it says when the challenge ends.
    pub salt: String,
    ///Proves that the challenge is the server's, hexadecimal.
    pub signature: String,
}
///An image-capture code: its text or a picture of it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, Default)]
pub struct CaptureCodeInput {
    ///Its text, where there is no picture.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub code: Option<Option<String>>,
    ///A picture of it in Base64, where there is no text: JPEG or PNG, at most 1.4 MB and 25 megapixels.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub image: Option<Option<String>>,
}
///How a case was resolved.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct CaseResolved {
    ///How, in words: 1 to 200 characters.
    pub note: String,
}
///What a client sends for a token.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct CreateTokenRequest {
    /**With `private_key_jwt`: the signed assertion. Its `iss` and `sub` are the client's id, its `aud` is the issuer alone, its
    `jti` works once, and it is good for ten minutes at most.*/
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub client_assertion: Option<Option<String>>,
    ///With `private_key_jwt`: `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub client_assertion_type: Option<Option<String>>,
    ///The client's id, where an assertion is sent; it may be left out.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub client_id: Option<Option<String>>,
    ///`client_credentials`.
    pub grant_type: String,
    ///The scopes that are wanted, with spaces between; all that the client has where it is missing.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub scope: Option<Option<String>>,
}
impl CreateTokenRequest {
    /// Construct this request with every required wire field.
    pub fn new(grant_type: String) -> Self {
        Self {
            grant_type,
            client_assertion: None,
            client_assertion_type: None,
            client_id: None,
            scope: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(grant_type: String) -> CreateTokenRequestBuilder {
        CreateTokenRequestBuilder::new(grant_type)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct CreateTokenRequestBuilder {
    value: CreateTokenRequest,
}
impl CreateTokenRequestBuilder {
    /// Start a builder with every required wire field.
    pub fn new(grant_type: String) -> Self {
        Self {
            value: CreateTokenRequest::new(grant_type),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "client_assertion", "` request field to a value."
    )]
    #[must_use]
    pub fn client_assertion(mut self, client_assertion: String) -> Self {
        self.value.client_assertion = Some(Some(client_assertion));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "client_assertion",
        "` request field to JSON null."
    )]
    #[must_use]
    pub fn client_assertion_null(mut self) -> Self {
        self.value.client_assertion = Some(None);
        self
    }
    #[doc = concat!(
        "Omit the optional nullable `", "client_assertion", "` request field."
    )]
    #[must_use]
    pub fn client_assertion_absent(mut self) -> Self {
        self.value.client_assertion = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "client_assertion_type",
        "` request field to a value."
    )]
    #[must_use]
    pub fn client_assertion_type(mut self, client_assertion_type: String) -> Self {
        self.value.client_assertion_type = Some(Some(client_assertion_type));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "client_assertion_type",
        "` request field to JSON null."
    )]
    #[must_use]
    pub fn client_assertion_type_null(mut self) -> Self {
        self.value.client_assertion_type = Some(None);
        self
    }
    #[doc = concat!(
        "Omit the optional nullable `", "client_assertion_type", "` request field."
    )]
    #[must_use]
    pub fn client_assertion_type_absent(mut self) -> Self {
        self.value.client_assertion_type = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "client_id", "` request field to a value."
    )]
    #[must_use]
    pub fn client_id(mut self, client_id: String) -> Self {
        self.value.client_id = Some(Some(client_id));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "client_id", "` request field to JSON null."
    )]
    #[must_use]
    pub fn client_id_null(mut self) -> Self {
        self.value.client_id = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "client_id", "` request field.")]
    #[must_use]
    pub fn client_id_absent(mut self) -> Self {
        self.value.client_id = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "scope", "` request field to a value."
    )]
    #[must_use]
    pub fn scope(mut self, scope: String) -> Self {
        self.value.scope = Some(Some(scope));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "scope", "` request field to JSON null."
    )]
    #[must_use]
    pub fn scope_null(mut self) -> Self {
        self.value.scope = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "scope", "` request field.")]
    #[must_use]
    pub fn scope_absent(mut self) -> Self {
        self.value.scope = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> CreateTokenRequest {
        self.value
    }
}
///How a day is exported.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DayExport {
    ///`csv` or `xlsx`.
    pub format: String,
}
///How far the delivery of a task is.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DeliveryFiguresView {
    ///Those whose photo is handed over.
    pub handed_over: i64,
    ///Students on the roster.
    pub listed: i64,
    ///Of them, those without an accepted photo.
    pub missing: i64,
    ///Those with an accepted photo that is not handed over.
    pub undelivered: i64,
}
///Why a binding is released, and whether the account may come back.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct EnrolmentRelease {
    ///Whether the account may verify as the same student again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub may_return: Option<bool>,
    ///Why, at most 200 characters; the account's owner reads it.
    pub reason: String,
}
impl EnrolmentRelease {
    /// Construct this request with every required wire field.
    pub fn new(reason: String) -> Self {
        Self {
            reason,
            may_return: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(reason: String) -> EnrolmentReleaseBuilder {
        EnrolmentReleaseBuilder::new(reason)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct EnrolmentReleaseBuilder {
    value: EnrolmentRelease,
}
impl EnrolmentReleaseBuilder {
    /// Start a builder with every required wire field.
    pub fn new(reason: String) -> Self {
        Self {
            value: EnrolmentRelease::new(reason),
        }
    }
    #[doc = concat!("Set the optional `", "may_return", "` request field.")]
    #[must_use]
    pub fn may_return(mut self, may_return: bool) -> Self {
        self.value.may_return = Some(may_return);
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> EnrolmentRelease {
        self.value
    }
}
///What a release left.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct EnrolmentReleased {
    ///The state of a photo that was decided already and is kept; null where none was.
    pub kept_photo_state: Option<String>,
}
///Which account holds a student of a roster.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct EntryBindingView {
    ///When it verified.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub bound_at: Option<chrono::DateTime<chrono::Utc>>,
    ///The verification; null where nobody has verified as the student, and then all else is null.
    pub enrolment_id: Option<String>,
    ///The order that counts, or else the latest.
    pub order_no: Option<String>,
    ///The account's phone, masked.
    pub phone: Option<String>,
    ///The state of the photo that counts.
    pub photo_state: Option<String>,
}
///The code that came to the account's phone.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ErasureCode {
    ///The six digits, or text that holds them.
    pub code: String,
}
///Everything that is stored about the caller.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Export {
    pub data: serde_json::Value,
    ///When it was drawn up.
    #[serde(deserialize_with = "crate::moment::read")]
    pub made_at: chrono::DateTime<chrono::Utc>,
}
///A photo whose right decision is known.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct KnownPhotoInput {
    ///The file in Base64: JPEG or PNG, at most 1.4 MB. It is framed as the product would by itself.
    pub image: String,
    ///How it was made, or who agreed to its use; no name.
    pub origin: String,
    ///The right decision: `approved` or `rejected`.
    pub outcome: String,
    ///The right reasons: 1 to 6 where it is right to reject, none otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<String>>,
}
impl KnownPhotoInput {
    /// Construct this request with every required wire field.
    pub fn new(image: String, origin: String, outcome: String) -> Self {
        Self {
            image,
            origin,
            outcome,
            reasons: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(image: String, origin: String, outcome: String) -> KnownPhotoInputBuilder {
        KnownPhotoInputBuilder::new(image, origin, outcome)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct KnownPhotoInputBuilder {
    value: KnownPhotoInput,
}
impl KnownPhotoInputBuilder {
    /// Start a builder with every required wire field.
    pub fn new(image: String, origin: String, outcome: String) -> Self {
        Self {
            value: KnownPhotoInput::new(image, origin, outcome),
        }
    }
    #[doc = concat!("Set the optional `", "reasons", "` request field.")]
    #[must_use]
    pub fn reasons(mut self, reasons: Vec<String>) -> Self {
        self.value.reasons = Some(reasons);
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> KnownPhotoInput {
        self.value
    }
}
///How a report was resolved.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct LostPhoneOutcome {
    ///How, in at most 200 characters and without personal data.
    pub outcome: String,
}
///The report is stored.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct LostPhoneReportView {
    ///In so many working days an operator calls back.
    pub answer_working_days: i32,
    ///The number of the report, for questions about it.
    pub reference: String,
}
///A school, as staff see it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ManagedSchoolView {
    ///Other names by which students find it; its initials in pinyin find it besides.
    pub aliases: Vec<String>,
    ///The Ministry's 5-digit code.
    pub code: String,
    ///Whom the bureau reaches there.
    pub contact: String,
    ///When it was made.
    #[serde(deserialize_with = "crate::moment::read")]
    pub created_at: chrono::DateTime<chrono::Utc>,
    ///The school.
    pub id: String,
    ///Whether it is there for trying the API.
    pub is_test: bool,
    ///Its name on this platform.
    pub name: String,
    ///`active` or `suspended`.
    pub state: String,
    ///Changes with every change; send it back with a change.
    pub version: i32,
}
///The data that a person can change.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct MeChange {
    ///Empty for none.
    pub address: String,
    ///Empty for none.
    pub email: String,
    ///`zh-CN` or `en`.
    pub language: String,
    ///The version that was read.
    pub version: i32,
}
///Which students are exported, and how.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct MissingExport {
    ///The class, as it stands on the roster.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub class_name: Option<Option<String>>,
    ///The college, as it stands on the roster.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub college: Option<Option<String>>,
    ///`csv` or `xlsx`.
    pub format: String,
    ///How far they are; left out for everybody who still has something to do.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub progress: Option<Option<String>>,
}
impl MissingExport {
    /// Construct this request with every required wire field.
    pub fn new(format: String) -> Self {
        Self {
            format,
            class_name: None,
            college: None,
            progress: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(format: String) -> MissingExportBuilder {
        MissingExportBuilder::new(format)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct MissingExportBuilder {
    value: MissingExport,
}
impl MissingExportBuilder {
    /// Start a builder with every required wire field.
    pub fn new(format: String) -> Self {
        Self {
            value: MissingExport::new(format),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "class_name", "` request field to a value."
    )]
    #[must_use]
    pub fn class_name(mut self, class_name: String) -> Self {
        self.value.class_name = Some(Some(class_name));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "class_name", "` request field to JSON null."
    )]
    #[must_use]
    pub fn class_name_null(mut self) -> Self {
        self.value.class_name = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "class_name", "` request field.")]
    #[must_use]
    pub fn class_name_absent(mut self) -> Self {
        self.value.class_name = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "college", "` request field to a value."
    )]
    #[must_use]
    pub fn college(mut self, college: String) -> Self {
        self.value.college = Some(Some(college));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "college", "` request field to JSON null."
    )]
    #[must_use]
    pub fn college_null(mut self) -> Self {
        self.value.college = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "college", "` request field.")]
    #[must_use]
    pub fn college_absent(mut self) -> Self {
        self.value.college = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "progress", "` request field to a value."
    )]
    #[must_use]
    pub fn progress(mut self, progress: String) -> Self {
        self.value.progress = Some(Some(progress));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "progress", "` request field to JSON null."
    )]
    #[must_use]
    pub fn progress_null(mut self) -> Self {
        self.value.progress = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "progress", "` request field.")]
    #[must_use]
    pub fn progress_absent(mut self) -> Self {
        self.value.progress = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> MissingExport {
        self.value
    }
}
///Agreement to a document.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewConsent {
    ///`service_agreement` or `face_photo`.
    pub document: String,
    ///The version that the person read.
    pub version: String,
}
///A package that is asked for. What is null is the profile's.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewDelivery {
    ///What stands under photos on sheets to print; name and student number where null.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub caption: Option<Option<String>>,
    ///How the characters of tables are written.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub charset: Option<Option<String>>,
    ///Whether the table comes as a DBF file in GBK besides; it does not where null.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub has_dbf: Option<Option<bool>>,
    ///`full`, or `incremental` for what changed since the package before with the same settings.
    pub kind: String,
    ///The most kilobytes of a photo.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub max_kb: Option<Option<i32>>,
    ///The fewest kilobytes (1,024 bytes) of a photo.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub min_kb: Option<Option<i32>>,
    ///The most megabytes of a file: a larger package comes as several archives, each with its own tables. One file where null.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub part_mb: Option<Option<i32>>,
    ///The profile, as `list_delivery_profiles` names it.
    pub profile: String,
    ///Into which folders the photos go; one where null.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub split: Option<Option<String>>,
}
impl NewDelivery {
    /// Construct this request with every required wire field.
    pub fn new(kind: String, profile: String) -> Self {
        Self {
            kind,
            profile,
            caption: None,
            charset: None,
            has_dbf: None,
            max_kb: None,
            min_kb: None,
            part_mb: None,
            split: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(kind: String, profile: String) -> NewDeliveryBuilder {
        NewDeliveryBuilder::new(kind, profile)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewDeliveryBuilder {
    value: NewDelivery,
}
impl NewDeliveryBuilder {
    /// Start a builder with every required wire field.
    pub fn new(kind: String, profile: String) -> Self {
        Self {
            value: NewDelivery::new(kind, profile),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "caption", "` request field to a value."
    )]
    #[must_use]
    pub fn caption(mut self, caption: String) -> Self {
        self.value.caption = Some(Some(caption));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "caption", "` request field to JSON null."
    )]
    #[must_use]
    pub fn caption_null(mut self) -> Self {
        self.value.caption = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "caption", "` request field.")]
    #[must_use]
    pub fn caption_absent(mut self) -> Self {
        self.value.caption = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "charset", "` request field to a value."
    )]
    #[must_use]
    pub fn charset(mut self, charset: String) -> Self {
        self.value.charset = Some(Some(charset));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "charset", "` request field to JSON null."
    )]
    #[must_use]
    pub fn charset_null(mut self) -> Self {
        self.value.charset = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "charset", "` request field.")]
    #[must_use]
    pub fn charset_absent(mut self) -> Self {
        self.value.charset = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "has_dbf", "` request field to a value."
    )]
    #[must_use]
    pub fn has_dbf(mut self, has_dbf: bool) -> Self {
        self.value.has_dbf = Some(Some(has_dbf));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "has_dbf", "` request field to JSON null."
    )]
    #[must_use]
    pub fn has_dbf_null(mut self) -> Self {
        self.value.has_dbf = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "has_dbf", "` request field.")]
    #[must_use]
    pub fn has_dbf_absent(mut self) -> Self {
        self.value.has_dbf = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "max_kb", "` request field to a value."
    )]
    #[must_use]
    pub fn max_kb(mut self, max_kb: i32) -> Self {
        self.value.max_kb = Some(Some(max_kb));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "max_kb", "` request field to JSON null."
    )]
    #[must_use]
    pub fn max_kb_null(mut self) -> Self {
        self.value.max_kb = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "max_kb", "` request field.")]
    #[must_use]
    pub fn max_kb_absent(mut self) -> Self {
        self.value.max_kb = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "min_kb", "` request field to a value."
    )]
    #[must_use]
    pub fn min_kb(mut self, min_kb: i32) -> Self {
        self.value.min_kb = Some(Some(min_kb));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "min_kb", "` request field to JSON null."
    )]
    #[must_use]
    pub fn min_kb_null(mut self) -> Self {
        self.value.min_kb = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "min_kb", "` request field.")]
    #[must_use]
    pub fn min_kb_absent(mut self) -> Self {
        self.value.min_kb = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "part_mb", "` request field to a value."
    )]
    #[must_use]
    pub fn part_mb(mut self, part_mb: i32) -> Self {
        self.value.part_mb = Some(Some(part_mb));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "part_mb", "` request field to JSON null."
    )]
    #[must_use]
    pub fn part_mb_null(mut self) -> Self {
        self.value.part_mb = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "part_mb", "` request field.")]
    #[must_use]
    pub fn part_mb_absent(mut self) -> Self {
        self.value.part_mb = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "split", "` request field to a value."
    )]
    #[must_use]
    pub fn split(mut self, split: String) -> Self {
        self.value.split = Some(Some(split));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "split", "` request field to JSON null."
    )]
    #[must_use]
    pub fn split_null(mut self) -> Self {
        self.value.split = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "split", "` request field.")]
    #[must_use]
    pub fn split_absent(mut self) -> Self {
        self.value.split = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewDelivery {
        self.value
    }
}
///Who a student says they are.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewEnrolment {
    ///The token of a captcha, where one is asked for: a solved challenge as JSON in base 64.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub captcha_token: Option<Option<String>>,
    ///The number, as typed.
    pub document_number: String,
    ///`cn_id`, `hkmotw_residence`, `hkmo_permit`, `tw_permit`, `foreign_pr`, `passport`, `military` or `other`.
    pub document_type: String,
    ///`phd`, `msc`, `pgc`, `ba2`, `ba` or `ja`.
    pub level: String,
    ///The name, where the task asks for it.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub name: Option<Option<String>>,
    ///The student number, where the task asks for it.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub student_no: Option<Option<String>>,
    ///The task.
    pub task_id: String,
}
impl NewEnrolment {
    /// Construct this request with every required wire field.
    pub fn new(
        document_number: String,
        document_type: String,
        level: String,
        task_id: String,
    ) -> Self {
        Self {
            document_number,
            document_type,
            level,
            task_id,
            captcha_token: None,
            name: None,
            student_no: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(
        document_number: String,
        document_type: String,
        level: String,
        task_id: String,
    ) -> NewEnrolmentBuilder {
        NewEnrolmentBuilder::new(document_number, document_type, level, task_id)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewEnrolmentBuilder {
    value: NewEnrolment,
}
impl NewEnrolmentBuilder {
    /// Start a builder with every required wire field.
    pub fn new(
        document_number: String,
        document_type: String,
        level: String,
        task_id: String,
    ) -> Self {
        Self {
            value: NewEnrolment::new(document_number, document_type, level, task_id),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "captcha_token", "` request field to a value."
    )]
    #[must_use]
    pub fn captcha_token(mut self, captcha_token: String) -> Self {
        self.value.captcha_token = Some(Some(captcha_token));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "captcha_token", "` request field to JSON null."
    )]
    #[must_use]
    pub fn captcha_token_null(mut self) -> Self {
        self.value.captcha_token = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "captcha_token", "` request field.")]
    #[must_use]
    pub fn captcha_token_absent(mut self) -> Self {
        self.value.captcha_token = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "name", "` request field to a value."
    )]
    #[must_use]
    pub fn name(mut self, name: String) -> Self {
        self.value.name = Some(Some(name));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "name", "` request field to JSON null."
    )]
    #[must_use]
    pub fn name_null(mut self) -> Self {
        self.value.name = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "name", "` request field.")]
    #[must_use]
    pub fn name_absent(mut self) -> Self {
        self.value.name = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "student_no", "` request field to a value."
    )]
    #[must_use]
    pub fn student_no(mut self, student_no: String) -> Self {
        self.value.student_no = Some(Some(student_no));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "student_no", "` request field to JSON null."
    )]
    #[must_use]
    pub fn student_no_null(mut self) -> Self {
        self.value.student_no = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "student_no", "` request field.")]
    #[must_use]
    pub fn student_no_absent(mut self) -> Self {
        self.value.student_no = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewEnrolment {
        self.value
    }
}
///The wish to erase the account.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, Default)]
pub struct NewErasure {
    ///The token of a captcha, where one is asked for.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub captcha_token: Option<Option<String>>,
}
///Somebody who can receive no more codes.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewLostPhoneReport {
    ///A solved challenge as JSON in base 64; needed wherever the server has a captcha.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub captcha_token: Option<Option<String>>,
    ///The document's number, as typed.
    pub document_number: String,
    ///The kind of document that the school has on file.
    pub document_type: String,
    ///Their name.
    pub name: String,
    ///The phone at which they can be called back, as typed.
    pub new_phone: String,
    ///What else they say, at most 500 characters; empty for nothing.
    pub note: String,
    ///The phone that was lost, as typed; `+86` where no country is named.
    pub old_phone: String,
    ///Their school, as they call it.
    pub school: String,
}
impl NewLostPhoneReport {
    /// Construct this request with every required wire field.
    pub fn new(
        document_number: String,
        document_type: String,
        name: String,
        new_phone: String,
        note: String,
        old_phone: String,
        school: String,
    ) -> Self {
        Self {
            document_number,
            document_type,
            name,
            new_phone,
            note,
            old_phone,
            school,
            captcha_token: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(
        document_number: String,
        document_type: String,
        name: String,
        new_phone: String,
        note: String,
        old_phone: String,
        school: String,
    ) -> NewLostPhoneReportBuilder {
        NewLostPhoneReportBuilder::new(
            document_number,
            document_type,
            name,
            new_phone,
            note,
            old_phone,
            school,
        )
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewLostPhoneReportBuilder {
    value: NewLostPhoneReport,
}
impl NewLostPhoneReportBuilder {
    /// Start a builder with every required wire field.
    pub fn new(
        document_number: String,
        document_type: String,
        name: String,
        new_phone: String,
        note: String,
        old_phone: String,
        school: String,
    ) -> Self {
        Self {
            value: NewLostPhoneReport::new(
                document_number,
                document_type,
                name,
                new_phone,
                note,
                old_phone,
                school,
            ),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "captcha_token", "` request field to a value."
    )]
    #[must_use]
    pub fn captcha_token(mut self, captcha_token: String) -> Self {
        self.value.captcha_token = Some(Some(captcha_token));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "captcha_token", "` request field to JSON null."
    )]
    #[must_use]
    pub fn captcha_token_null(mut self) -> Self {
        self.value.captcha_token = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "captcha_token", "` request field.")]
    #[must_use]
    pub fn captcha_token_absent(mut self) -> Self {
        self.value.captcha_token = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewLostPhoneReport {
        self.value
    }
}
///A change of phone.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewPhoneChange {
    ///The token of a captcha, where one is asked for: a solved challenge as JSON in base 64.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub captcha_token: Option<Option<String>>,
    ///The number to change to.
    pub new_phone: String,
    ///The account's number, typed in full.
    pub old_phone: String,
}
impl NewPhoneChange {
    /// Construct this request with every required wire field.
    pub fn new(new_phone: String, old_phone: String) -> Self {
        Self {
            new_phone,
            old_phone,
            captcha_token: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(new_phone: String, old_phone: String) -> NewPhoneChangeBuilder {
        NewPhoneChangeBuilder::new(new_phone, old_phone)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewPhoneChangeBuilder {
    value: NewPhoneChange,
}
impl NewPhoneChangeBuilder {
    /// Start a builder with every required wire field.
    pub fn new(new_phone: String, old_phone: String) -> Self {
        Self {
            value: NewPhoneChange::new(new_phone, old_phone),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "captcha_token", "` request field to a value."
    )]
    #[must_use]
    pub fn captcha_token(mut self, captcha_token: String) -> Self {
        self.value.captcha_token = Some(Some(captcha_token));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "captcha_token", "` request field to JSON null."
    )]
    #[must_use]
    pub fn captcha_token_null(mut self) -> Self {
        self.value.captcha_token = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "captcha_token", "` request field.")]
    #[must_use]
    pub fn captcha_token_absent(mut self) -> Self {
        self.value.captcha_token = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewPhoneChange {
        self.value
    }
}
///A photo on its way in.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewPhoto {
    ///The crop rectangle as JSON: `{"x":…,"y":…,"width":…,"height":…}` in pixels of the upright original.
    pub frame: String,
    ///JPEG or PNG, at most 10 MB and 40 megapixels.
    pub image: MultipartFile,
    /**A note to the reviewer, at most 200 characters. With at least 5, which say why the automatic check is wrong, a
    photo that fails it is taken for a person to decide, unless the file or the frame itself is at fault
    (`file_type`, `too_small_px`, `aspect`, `file_limit`).*/
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub note: Option<Option<String>>,
    ///`camera` where it was taken on the photo page, else `file`, which is what nothing means.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub source: Option<Option<String>>,
    ///The client's own id of this upload; sending it again makes no second photo.
    pub upload_id: String,
}
impl NewPhoto {
    /// Construct this request with every required wire field.
    pub fn new(frame: String, image: MultipartFile, upload_id: String) -> Self {
        Self {
            frame,
            image,
            upload_id,
            note: None,
            source: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(frame: String, image: MultipartFile, upload_id: String) -> NewPhotoBuilder {
        NewPhotoBuilder::new(frame, image, upload_id)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewPhotoBuilder {
    value: NewPhoto,
}
impl NewPhotoBuilder {
    /// Start a builder with every required wire field.
    pub fn new(frame: String, image: MultipartFile, upload_id: String) -> Self {
        Self {
            value: NewPhoto::new(frame, image, upload_id),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "note", "` request field to a value."
    )]
    #[must_use]
    pub fn note(mut self, note: String) -> Self {
        self.value.note = Some(Some(note));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "note", "` request field to JSON null."
    )]
    #[must_use]
    pub fn note_null(mut self) -> Self {
        self.value.note = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "note", "` request field.")]
    #[must_use]
    pub fn note_absent(mut self) -> Self {
        self.value.note = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "source", "` request field to a value."
    )]
    #[must_use]
    pub fn source(mut self, source: String) -> Self {
        self.value.source = Some(Some(source));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "source", "` request field to JSON null."
    )]
    #[must_use]
    pub fn source_null(mut self) -> Self {
        self.value.source = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "source", "` request field.")]
    #[must_use]
    pub fn source_absent(mut self) -> Self {
        self.value.source = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewPhoto {
        self.value
    }
}
///A refund that is asked for.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewRefund {
    ///How much, in fen; left out, all that is left.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub amount_fen: Option<Option<i64>>,
    ///Why, in words: 1 to 80 characters.
    pub note: String,
    ///Our number of the payment; left out, the one that settled the order.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub out_trade_no: Option<Option<String>>,
    ///Why; those that the rules use by themselves are refused.
    pub reason: String,
}
impl NewRefund {
    /// Construct this request with every required wire field.
    pub fn new(note: String, reason: String) -> Self {
        Self {
            note,
            reason,
            amount_fen: None,
            out_trade_no: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(note: String, reason: String) -> NewRefundBuilder {
        NewRefundBuilder::new(note, reason)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewRefundBuilder {
    value: NewRefund,
}
impl NewRefundBuilder {
    /// Start a builder with every required wire field.
    pub fn new(note: String, reason: String) -> Self {
        Self {
            value: NewRefund::new(note, reason),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "amount_fen", "` request field to a value."
    )]
    #[must_use]
    pub fn amount_fen(mut self, amount_fen: i64) -> Self {
        self.value.amount_fen = Some(Some(amount_fen));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "amount_fen", "` request field to JSON null."
    )]
    #[must_use]
    pub fn amount_fen_null(mut self) -> Self {
        self.value.amount_fen = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "amount_fen", "` request field.")]
    #[must_use]
    pub fn amount_fen_absent(mut self) -> Self {
        self.value.amount_fen = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "out_trade_no", "` request field to a value."
    )]
    #[must_use]
    pub fn out_trade_no(mut self, out_trade_no: String) -> Self {
        self.value.out_trade_no = Some(Some(out_trade_no));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "out_trade_no", "` request field to JSON null."
    )]
    #[must_use]
    pub fn out_trade_no_null(mut self) -> Self {
        self.value.out_trade_no = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "out_trade_no", "` request field.")]
    #[must_use]
    pub fn out_trade_no_absent(mut self) -> Self {
        self.value.out_trade_no = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewRefund {
        self.value
    }
}
///Which missing students are reminded.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewReminders {
    ///The class, as it stands on the roster.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub class_name: Option<Option<String>>,
    ///The college, as it stands on the roster.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub college: Option<Option<String>>,
    ///How far they are; left out for everybody who still has something to do.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub progress: Option<Option<String>>,
    ///How many the preview told; more are not sent.
    pub recipients: i64,
}
impl NewReminders {
    /// Construct this request with every required wire field.
    pub fn new(recipients: i64) -> Self {
        Self {
            recipients,
            class_name: None,
            college: None,
            progress: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(recipients: i64) -> NewRemindersBuilder {
        NewRemindersBuilder::new(recipients)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewRemindersBuilder {
    value: NewReminders,
}
impl NewRemindersBuilder {
    /// Start a builder with every required wire field.
    pub fn new(recipients: i64) -> Self {
        Self {
            value: NewReminders::new(recipients),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "class_name", "` request field to a value."
    )]
    #[must_use]
    pub fn class_name(mut self, class_name: String) -> Self {
        self.value.class_name = Some(Some(class_name));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "class_name", "` request field to JSON null."
    )]
    #[must_use]
    pub fn class_name_null(mut self) -> Self {
        self.value.class_name = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "class_name", "` request field.")]
    #[must_use]
    pub fn class_name_absent(mut self) -> Self {
        self.value.class_name = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "college", "` request field to a value."
    )]
    #[must_use]
    pub fn college(mut self, college: String) -> Self {
        self.value.college = Some(Some(college));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "college", "` request field to JSON null."
    )]
    #[must_use]
    pub fn college_null(mut self) -> Self {
        self.value.college = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "college", "` request field.")]
    #[must_use]
    pub fn college_absent(mut self) -> Self {
        self.value.college = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "progress", "` request field to a value."
    )]
    #[must_use]
    pub fn progress(mut self, progress: String) -> Self {
        self.value.progress = Some(Some(progress));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "progress", "` request field to JSON null."
    )]
    #[must_use]
    pub fn progress_null(mut self) -> Self {
        self.value.progress = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "progress", "` request field.")]
    #[must_use]
    pub fn progress_absent(mut self) -> Self {
        self.value.progress = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewReminders {
        self.value
    }
}
///A student who is to be listed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewRosterEntry {
    ///The class.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub class_name: Option<Option<String>>,
    ///The college.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub college: Option<Option<String>>,
    ///The number of the document.
    pub document_number: String,
    ///The kind of document.
    pub document_type: String,
    ///The expected day of graduation.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub expected_graduation: Option<Option<chrono::NaiveDate>>,
    ///The level.
    pub level: String,
    ///The major.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub major: Option<Option<String>>,
    ///The name.
    pub name: String,
    ///The student number.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub student_no: Option<Option<String>>,
}
impl NewRosterEntry {
    /// Construct this request with every required wire field.
    pub fn new(
        document_number: String,
        document_type: String,
        level: String,
        name: String,
    ) -> Self {
        Self {
            document_number,
            document_type,
            level,
            name,
            class_name: None,
            college: None,
            expected_graduation: None,
            major: None,
            student_no: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(
        document_number: String,
        document_type: String,
        level: String,
        name: String,
    ) -> NewRosterEntryBuilder {
        NewRosterEntryBuilder::new(document_number, document_type, level, name)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewRosterEntryBuilder {
    value: NewRosterEntry,
}
impl NewRosterEntryBuilder {
    /// Start a builder with every required wire field.
    pub fn new(
        document_number: String,
        document_type: String,
        level: String,
        name: String,
    ) -> Self {
        Self {
            value: NewRosterEntry::new(document_number, document_type, level, name),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "class_name", "` request field to a value."
    )]
    #[must_use]
    pub fn class_name(mut self, class_name: String) -> Self {
        self.value.class_name = Some(Some(class_name));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "class_name", "` request field to JSON null."
    )]
    #[must_use]
    pub fn class_name_null(mut self) -> Self {
        self.value.class_name = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "class_name", "` request field.")]
    #[must_use]
    pub fn class_name_absent(mut self) -> Self {
        self.value.class_name = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "college", "` request field to a value."
    )]
    #[must_use]
    pub fn college(mut self, college: String) -> Self {
        self.value.college = Some(Some(college));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "college", "` request field to JSON null."
    )]
    #[must_use]
    pub fn college_null(mut self) -> Self {
        self.value.college = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "college", "` request field.")]
    #[must_use]
    pub fn college_absent(mut self) -> Self {
        self.value.college = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "expected_graduation",
        "` request field to a value."
    )]
    #[must_use]
    pub fn expected_graduation(mut self, expected_graduation: chrono::NaiveDate) -> Self {
        self.value.expected_graduation = Some(Some(expected_graduation));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "expected_graduation",
        "` request field to JSON null."
    )]
    #[must_use]
    pub fn expected_graduation_null(mut self) -> Self {
        self.value.expected_graduation = Some(None);
        self
    }
    #[doc = concat!(
        "Omit the optional nullable `", "expected_graduation", "` request field."
    )]
    #[must_use]
    pub fn expected_graduation_absent(mut self) -> Self {
        self.value.expected_graduation = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "major", "` request field to a value."
    )]
    #[must_use]
    pub fn major(mut self, major: String) -> Self {
        self.value.major = Some(Some(major));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "major", "` request field to JSON null."
    )]
    #[must_use]
    pub fn major_null(mut self) -> Self {
        self.value.major = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "major", "` request field.")]
    #[must_use]
    pub fn major_absent(mut self) -> Self {
        self.value.major = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "student_no", "` request field to a value."
    )]
    #[must_use]
    pub fn student_no(mut self, student_no: String) -> Self {
        self.value.student_no = Some(Some(student_no));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "student_no", "` request field to JSON null."
    )]
    #[must_use]
    pub fn student_no_null(mut self) -> Self {
        self.value.student_no = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "student_no", "` request field.")]
    #[must_use]
    pub fn student_no_absent(mut self) -> Self {
        self.value.student_no = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewRosterEntry {
        self.value
    }
}
///A question to the school about the roster.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewRosterTicket {
    ///The number, as typed.
    pub document_number: String,
    ///As for a verification.
    pub document_type: String,
    ///The level.
    pub level: String,
    ///The student's name.
    pub name: String,
    ///What else the school should know, at most 500 characters; empty for nothing.
    pub note: String,
    ///The task.
    pub task_id: String,
}
///A school that is to be made.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewSchool {
    ///Other names by which students find it; at most 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aliases: Option<Vec<String>>,
    ///The Ministry's 5-digit code; several units of one school may share it.
    pub code: String,
    ///Whom the bureau reaches there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    ///The name; no other school has it.
    pub name: String,
}
impl NewSchool {
    /// Construct this request with every required wire field.
    pub fn new(code: String, name: String) -> Self {
        Self {
            code,
            name,
            aliases: None,
            contact: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(code: String, name: String) -> NewSchoolBuilder {
        NewSchoolBuilder::new(code, name)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewSchoolBuilder {
    value: NewSchool,
}
impl NewSchoolBuilder {
    /// Start a builder with every required wire field.
    pub fn new(code: String, name: String) -> Self {
        Self {
            value: NewSchool::new(code, name),
        }
    }
    #[doc = concat!("Set the optional `", "aliases", "` request field.")]
    #[must_use]
    pub fn aliases(mut self, aliases: Vec<String>) -> Self {
        self.value.aliases = Some(aliases);
        self
    }
    #[doc = concat!("Set the optional `", "contact", "` request field.")]
    #[must_use]
    pub fn contact(mut self, contact: String) -> Self {
        self.value.contact = Some(contact);
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewSchool {
        self.value
    }
}
///A code, as it was received.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewSession {
    ///The version of the service agreement that the person ticked.
    pub agreement_version: String,
    ///After several wrong codes: a solved challenge as JSON in base 64.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub captcha_token: Option<Option<String>>,
    ///From the answer to the asking for a code.
    pub challenge_id: String,
    ///The six digits; the message that they came in is read as well.
    pub code: String,
}
impl NewSession {
    /// Construct this request with every required wire field.
    pub fn new(agreement_version: String, challenge_id: String, code: String) -> Self {
        Self {
            agreement_version,
            challenge_id,
            code,
            captcha_token: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(
        agreement_version: String,
        challenge_id: String,
        code: String,
    ) -> NewSessionBuilder {
        NewSessionBuilder::new(agreement_version, challenge_id, code)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewSessionBuilder {
    value: NewSession,
}
impl NewSessionBuilder {
    /// Start a builder with every required wire field.
    pub fn new(agreement_version: String, challenge_id: String, code: String) -> Self {
        Self {
            value: NewSession::new(agreement_version, challenge_id, code),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "captcha_token", "` request field to a value."
    )]
    #[must_use]
    pub fn captcha_token(mut self, captcha_token: String) -> Self {
        self.value.captcha_token = Some(Some(captcha_token));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "captcha_token", "` request field to JSON null."
    )]
    #[must_use]
    pub fn captcha_token_null(mut self) -> Self {
        self.value.captcha_token = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "captcha_token", "` request field.")]
    #[must_use]
    pub fn captcha_token_absent(mut self) -> Self {
        self.value.captcha_token = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewSession {
        self.value
    }
}
///A phone that wants a code.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewSmsChallenge {
    ///The version of the service agreement that the person ticked.
    pub agreement_version: String,
    ///From the second code in an hour on, and from a busy network: a solved challenge as JSON in base 64.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub captcha_token: Option<Option<String>>,
    ///The phone number, as typed; `+86` where no country is named.
    pub phone: String,
}
impl NewSmsChallenge {
    /// Construct this request with every required wire field.
    pub fn new(agreement_version: String, phone: String) -> Self {
        Self {
            agreement_version,
            phone,
            captcha_token: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(agreement_version: String, phone: String) -> NewSmsChallengeBuilder {
        NewSmsChallengeBuilder::new(agreement_version, phone)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewSmsChallengeBuilder {
    value: NewSmsChallenge,
}
impl NewSmsChallengeBuilder {
    /// Start a builder with every required wire field.
    pub fn new(agreement_version: String, phone: String) -> Self {
        Self {
            value: NewSmsChallenge::new(agreement_version, phone),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "captcha_token", "` request field to a value."
    )]
    #[must_use]
    pub fn captcha_token(mut self, captcha_token: String) -> Self {
        self.value.captcha_token = Some(Some(captcha_token));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "captcha_token", "` request field to JSON null."
    )]
    #[must_use]
    pub fn captcha_token_null(mut self) -> Self {
        self.value.captcha_token = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "captcha_token", "` request field.")]
    #[must_use]
    pub fn captcha_token_absent(mut self) -> Self {
        self.value.captcha_token = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewSmsChallenge {
        self.value
    }
}
///Somebody who is to get a role.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewStaffRole {
    ///The classes to which a role of a school is limited; at most 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classes: Option<Vec<String>>,
    ///The colleges to which a role of a school is limited, by their names on the roster; at most 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colleges: Option<Vec<String>>,
    ///How colleagues call them. The name of somebody who is known already stays.
    pub name: String,
    ///The phone number, as typed; `+86` where no country is named.
    pub phone: String,
    ///For a school `officer` or `school_reviewer`; for the platform `operator`, `bureau_reviewer` or `finance`.
    pub role: String,
}
impl NewStaffRole {
    /// Construct this request with every required wire field.
    pub fn new(name: String, phone: String, role: String) -> Self {
        Self {
            name,
            phone,
            role,
            classes: None,
            colleges: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(name: String, phone: String, role: String) -> NewStaffRoleBuilder {
        NewStaffRoleBuilder::new(name, phone, role)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewStaffRoleBuilder {
    value: NewStaffRole,
}
impl NewStaffRoleBuilder {
    /// Start a builder with every required wire field.
    pub fn new(name: String, phone: String, role: String) -> Self {
        Self {
            value: NewStaffRole::new(name, phone, role),
        }
    }
    #[doc = concat!("Set the optional `", "classes", "` request field.")]
    #[must_use]
    pub fn classes(mut self, classes: Vec<String>) -> Self {
        self.value.classes = Some(classes);
        self
    }
    #[doc = concat!("Set the optional `", "colleges", "` request field.")]
    #[must_use]
    pub fn colleges(mut self, colleges: Vec<String>) -> Self {
        self.value.colleges = Some(colleges);
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewStaffRole {
        self.value
    }
}
///A template that is to be kept.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewTaskTemplate {
    ///Its name.
    pub name: String,
    ///`school`, or `bureau` to offer it to every school, which only operators may.
    pub owner: String,
}
///An event that is wanted.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewTestEvent {
    ///Its type.
    pub r#type: String,
}
///A test school that is to be made.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewTestSchool {
    ///A 5-digit code; it need not be the Ministry's.
    pub code: String,
    ///The name; no other school has it.
    pub name: String,
}
///An endpoint that is to be told of events.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NewWebhookEndpoint {
    ///What people call it.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub description: Option<Option<String>>,
    ///The types of events that it is told of; every type where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_types: Option<Vec<String>>,
    ///The school whose events it is told of; operators may leave it out for those of every school.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub school_id: Option<Option<String>>,
    ///An https address on the internet, at port 443 or 8443.
    pub url: String,
}
impl NewWebhookEndpoint {
    /// Construct this request with every required wire field.
    pub fn new(url: String) -> Self {
        Self {
            url,
            description: None,
            event_types: None,
            school_id: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(url: String) -> NewWebhookEndpointBuilder {
        NewWebhookEndpointBuilder::new(url)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NewWebhookEndpointBuilder {
    value: NewWebhookEndpoint,
}
impl NewWebhookEndpointBuilder {
    /// Start a builder with every required wire field.
    pub fn new(url: String) -> Self {
        Self {
            value: NewWebhookEndpoint::new(url),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "description", "` request field to a value."
    )]
    #[must_use]
    pub fn description(mut self, description: String) -> Self {
        self.value.description = Some(Some(description));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "description", "` request field to JSON null."
    )]
    #[must_use]
    pub fn description_null(mut self) -> Self {
        self.value.description = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "description", "` request field.")]
    #[must_use]
    pub fn description_absent(mut self) -> Self {
        self.value.description = None;
        self
    }
    #[doc = concat!("Set the optional `", "event_types", "` request field.")]
    #[must_use]
    pub fn event_types(mut self, event_types: Vec<String>) -> Self {
        self.value.event_types = Some(event_types);
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "school_id", "` request field to a value."
    )]
    #[must_use]
    pub fn school_id(mut self, school_id: String) -> Self {
        self.value.school_id = Some(Some(school_id));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "school_id", "` request field to JSON null."
    )]
    #[must_use]
    pub fn school_id_null(mut self) -> Self {
        self.value.school_id = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "school_id", "` request field.")]
    #[must_use]
    pub fn school_id_absent(mut self) -> Self {
        self.value.school_id = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> NewWebhookEndpoint {
        self.value
    }
}
///Why a notice was not taken, in the form that the providers expect. Source: docs/sources.md#wechat-notices.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct NoticeRefusal {
    ///Always `FAIL`.
    pub code: String,
    ///What happened, in a few words.
    pub message: String,
    ///What happened, for programs; stable.
    pub problem: String,
}
///A notice of Alipay, signed in its field `sign`.
pub type NotifyAlipayRequest = serde_json::Value;
///The answer that the service of text messages expects.
pub type NotifySmsResponse = serde_json::Value;
///A notice of WeChat Pay, signed in the headers `Wechatpay-*`.
pub type NotifyWechatPaymentRequest = serde_json::Value;
///A notice of WeChat Pay, signed in the headers `Wechatpay-*`.
pub type NotifyWechatRefundRequest = serde_json::Value;
///What a client needs to know of the authorization server.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct OAuthMetadata {
    ///What a token is given for.
    pub grant_types_supported: Vec<String>,
    ///The issuer of tokens, and the only audience of assertions.
    pub issuer: String,
    ///Where the keys are that verify tokens.
    pub jwks_uri: String,
    ///Empty: nobody is sent to a page of ours.
    pub response_types_supported: Vec<String>,
    ///Where tokens are revoked.
    pub revocation_endpoint: String,
    ///How a client proves itself to revoke a token.
    pub revocation_endpoint_auth_methods_supported: Vec<String>,
    ///How an assertion for that may be signed.
    pub revocation_endpoint_auth_signing_alg_values_supported: Vec<String>,
    ///What a token can allow.
    pub scopes_supported: Vec<String>,
    ///Where this API is described.
    pub service_documentation: String,
    ///Where tokens are given.
    pub token_endpoint: String,
    ///How a client proves itself.
    pub token_endpoint_auth_methods_supported: Vec<String>,
    ///How an assertion may be signed.
    pub token_endpoint_auth_signing_alg_values_supported: Vec<String>,
}
///An error as RFC 6749, 5.2 wants it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct OAuthProblem {
    ///The word of the standard.
    pub error: String,
    ///What is wrong, for developers.
    pub error_description: String,
}
///The contact data of an order.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct OrderContact {
    ///Empty for none.
    pub address: String,
    ///Empty for none.
    pub email: String,
    ///The version that was read.
    pub version: i32,
}
///The codes that came to both numbers.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PhoneChangeCodes {
    ///The six digits sent to the new number.
    pub new_code: String,
    ///The six digits sent to the old number.
    pub old_code: String,
}
///Why a photo is sent back.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PhotoRefusal {
    ///What the student is told besides.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub note: Option<Option<String>>,
    ///The reasons, 1 to 6; the student reads them.
    ///Constraint: minItems=1
    pub reasons: Vec<String>,
}
impl PhotoRefusal {
    /// Construct this request with every required wire field.
    pub fn new(reasons: Vec<String>) -> Self {
        Self {
            reasons,
            note: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(reasons: Vec<String>) -> PhotoRefusalBuilder {
        PhotoRefusalBuilder::new(reasons)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct PhotoRefusalBuilder {
    value: PhotoRefusal,
}
impl PhotoRefusalBuilder {
    /// Start a builder with every required wire field.
    pub fn new(reasons: Vec<String>) -> Self {
        Self {
            value: PhotoRefusal::new(reasons),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "note", "` request field to a value."
    )]
    #[must_use]
    pub fn note(mut self, note: String) -> Self {
        self.value.note = Some(Some(note));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "note", "` request field to JSON null."
    )]
    #[must_use]
    pub fn note_null(mut self) -> Self {
        self.value.note = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "note", "` request field.")]
    #[must_use]
    pub fn note_absent(mut self) -> Self {
        self.value.note = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> PhotoRefusal {
        self.value
    }
}
///Which photos a reviewer wants.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PhotosWanted {
    ///How many at most. Those that the reviewer has already are among them.
    pub count: i64,
    ///`true` for those on which the automatic check found nothing, `false` for the others; without it, all.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub is_clean: Option<Option<bool>>,
    ///Those that other reviewers passed on, instead of the ordinary queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_escalated: Option<bool>,
    ///Of this task alone; without it, of every task within reach.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub task_id: Option<Option<String>>,
}
impl PhotosWanted {
    /// Construct this request with every required wire field.
    pub fn new(count: i64) -> Self {
        Self {
            count,
            is_clean: None,
            is_escalated: None,
            task_id: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(count: i64) -> PhotosWantedBuilder {
        PhotosWantedBuilder::new(count)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct PhotosWantedBuilder {
    value: PhotosWanted,
}
impl PhotosWantedBuilder {
    /// Start a builder with every required wire field.
    pub fn new(count: i64) -> Self {
        Self {
            value: PhotosWanted::new(count),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "is_clean", "` request field to a value."
    )]
    #[must_use]
    pub fn is_clean(mut self, is_clean: bool) -> Self {
        self.value.is_clean = Some(Some(is_clean));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "is_clean", "` request field to JSON null."
    )]
    #[must_use]
    pub fn is_clean_null(mut self) -> Self {
        self.value.is_clean = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "is_clean", "` request field.")]
    #[must_use]
    pub fn is_clean_absent(mut self) -> Self {
        self.value.is_clean = None;
        self
    }
    #[doc = concat!("Set the optional `", "is_escalated", "` request field.")]
    #[must_use]
    pub fn is_escalated(mut self, is_escalated: bool) -> Self {
        self.value.is_escalated = Some(is_escalated);
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "task_id", "` request field to a value."
    )]
    #[must_use]
    pub fn task_id(mut self, task_id: String) -> Self {
        self.value.task_id = Some(Some(task_id));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "task_id", "` request field to JSON null."
    )]
    #[must_use]
    pub fn task_id_null(mut self) -> Self {
        self.value.task_id = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "task_id", "` request field.")]
    #[must_use]
    pub fn task_id_absent(mut self) -> Self {
        self.value.task_id = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> PhotosWanted {
        self.value
    }
}
///What happened to the prints of a package.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PrintMove {
    ///`printed`, then `received`: the school has them.
    pub step: String,
}
///Prints for which students signed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PrintSignatures {
    ///Whether their students signed; false takes it back.
    pub is_signed: bool,
    ///The prints, of `list_prints`.
    ///Constraint: minItems=1
    pub print_ids: Vec<String>,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveDeliveryReadyRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveEndpointDisabledRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveEndpointFailingRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveEnrolmentCreatedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveEnrolmentReleasedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveOrderClosedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveOrderCreatedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveOrderPaidRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveOrderReopenedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceivePaymentConflictRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceivePaymentSurplusRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceivePhotoApprovedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceivePhotoHandedOverRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceivePhotoPendingReviewRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceivePhotoRefusedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceivePhotoRejectedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceivePhotoReplacedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceivePhotoSubmittedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceivePhotoWithdrawnRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveRefundFailedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveRefundSucceededRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveRosterImportFinishedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveRosterTicketCreatedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveTaskClosedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveTaskOpenedRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReceiveWebhookPingRequest {
    ///What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    pub data: serde_json::Value,
    pub timestamp: String,
    pub r#type: String,
}
///Codes that stand in for the device.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RecoveryCodes {
    ///Ten codes, each of which works once. They cannot be shown again.
    pub recovery_codes: Vec<String>,
}
///Why a refund is declined.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RefundDecline {
    ///Why, in words: 1 to 80 characters.
    pub note: String,
}
///What reminding would do.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReminderPreviewView {
    ///What it costs at the price that is set, in fen.
    pub cost_fen: i64,
    ///For so many hours nobody is reminded again.
    pub interval_hours: i64,
    ///How many are left out since they were reminded lately.
    pub recently_reminded: i64,
    ///How many messages are sent.
    pub recipients: i64,
    ///The text that is sent, as it is to be filed with the provider.
    pub text: String,
    ///How many cannot be reached: nobody has verified as them, so no phone is known.
    pub unreachable: i64,
}
///How much is sent again.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct ReplayedWebhooks {
    ///So many deliveries.
    pub count: i64,
}
///What a client sends to end a token. It proves itself as for a new one.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RevokeTokenRequest {
    ///The access token.
    pub token: String,
    ///Not needed: there are access tokens only.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub token_type_hint: Option<Option<String>>,
}
impl RevokeTokenRequest {
    /// Construct this request with every required wire field.
    pub fn new(token: String) -> Self {
        Self {
            token,
            token_type_hint: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(token: String) -> RevokeTokenRequestBuilder {
        RevokeTokenRequestBuilder::new(token)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct RevokeTokenRequestBuilder {
    value: RevokeTokenRequest,
}
impl RevokeTokenRequestBuilder {
    /// Start a builder with every required wire field.
    pub fn new(token: String) -> Self {
        Self {
            value: RevokeTokenRequest::new(token),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "token_type_hint", "` request field to a value."
    )]
    #[must_use]
    pub fn token_type_hint(mut self, token_type_hint: String) -> Self {
        self.value.token_type_hint = Some(Some(token_type_hint));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "token_type_hint", "` request field to JSON null."
    )]
    #[must_use]
    pub fn token_type_hint_null(mut self) -> Self {
        self.value.token_type_hint = Some(None);
        self
    }
    #[doc = concat!(
        "Omit the optional nullable `", "token_type_hint", "` request field."
    )]
    #[must_use]
    pub fn token_type_hint_absent(mut self) -> Self {
        self.value.token_type_hint = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> RevokeTokenRequest {
        self.value
    }
}
///What is corrected; what is left out stays.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RosterEntryChanges {
    ///The class.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub class_name: Option<Option<String>>,
    ///The college.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub college: Option<Option<String>>,
    ///The number, which takes the place of all earlier ones.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub document_number: Option<Option<String>>,
    ///The kind of document, together with its number.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub document_type: Option<Option<String>>,
    ///The expected day of graduation.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub expected_graduation: Option<Option<chrono::NaiveDate>>,
    ///The level.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub level: Option<Option<String>>,
    ///The major.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub major: Option<Option<String>>,
    ///The name.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub name: Option<Option<String>>,
    ///The student number.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub student_no: Option<Option<String>>,
    ///The version that was read.
    pub version: i32,
}
impl RosterEntryChanges {
    /// Construct this request with every required wire field.
    pub fn new(version: i32) -> Self {
        Self {
            version,
            class_name: None,
            college: None,
            document_number: None,
            document_type: None,
            expected_graduation: None,
            level: None,
            major: None,
            name: None,
            student_no: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(version: i32) -> RosterEntryChangesBuilder {
        RosterEntryChangesBuilder::new(version)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct RosterEntryChangesBuilder {
    value: RosterEntryChanges,
}
impl RosterEntryChangesBuilder {
    /// Start a builder with every required wire field.
    pub fn new(version: i32) -> Self {
        Self {
            value: RosterEntryChanges::new(version),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "class_name", "` request field to a value."
    )]
    #[must_use]
    pub fn class_name(mut self, class_name: String) -> Self {
        self.value.class_name = Some(Some(class_name));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "class_name", "` request field to JSON null."
    )]
    #[must_use]
    pub fn class_name_null(mut self) -> Self {
        self.value.class_name = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "class_name", "` request field.")]
    #[must_use]
    pub fn class_name_absent(mut self) -> Self {
        self.value.class_name = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "college", "` request field to a value."
    )]
    #[must_use]
    pub fn college(mut self, college: String) -> Self {
        self.value.college = Some(Some(college));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "college", "` request field to JSON null."
    )]
    #[must_use]
    pub fn college_null(mut self) -> Self {
        self.value.college = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "college", "` request field.")]
    #[must_use]
    pub fn college_absent(mut self) -> Self {
        self.value.college = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "document_number", "` request field to a value."
    )]
    #[must_use]
    pub fn document_number(mut self, document_number: String) -> Self {
        self.value.document_number = Some(Some(document_number));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "document_number", "` request field to JSON null."
    )]
    #[must_use]
    pub fn document_number_null(mut self) -> Self {
        self.value.document_number = Some(None);
        self
    }
    #[doc = concat!(
        "Omit the optional nullable `", "document_number", "` request field."
    )]
    #[must_use]
    pub fn document_number_absent(mut self) -> Self {
        self.value.document_number = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "document_type", "` request field to a value."
    )]
    #[must_use]
    pub fn document_type(mut self, document_type: String) -> Self {
        self.value.document_type = Some(Some(document_type));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "document_type", "` request field to JSON null."
    )]
    #[must_use]
    pub fn document_type_null(mut self) -> Self {
        self.value.document_type = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "document_type", "` request field.")]
    #[must_use]
    pub fn document_type_absent(mut self) -> Self {
        self.value.document_type = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "expected_graduation",
        "` request field to a value."
    )]
    #[must_use]
    pub fn expected_graduation(mut self, expected_graduation: chrono::NaiveDate) -> Self {
        self.value.expected_graduation = Some(Some(expected_graduation));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "expected_graduation",
        "` request field to JSON null."
    )]
    #[must_use]
    pub fn expected_graduation_null(mut self) -> Self {
        self.value.expected_graduation = Some(None);
        self
    }
    #[doc = concat!(
        "Omit the optional nullable `", "expected_graduation", "` request field."
    )]
    #[must_use]
    pub fn expected_graduation_absent(mut self) -> Self {
        self.value.expected_graduation = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "level", "` request field to a value."
    )]
    #[must_use]
    pub fn level(mut self, level: String) -> Self {
        self.value.level = Some(Some(level));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "level", "` request field to JSON null."
    )]
    #[must_use]
    pub fn level_null(mut self) -> Self {
        self.value.level = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "level", "` request field.")]
    #[must_use]
    pub fn level_absent(mut self) -> Self {
        self.value.level = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "major", "` request field to a value."
    )]
    #[must_use]
    pub fn major(mut self, major: String) -> Self {
        self.value.major = Some(Some(major));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "major", "` request field to JSON null."
    )]
    #[must_use]
    pub fn major_null(mut self) -> Self {
        self.value.major = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "major", "` request field.")]
    #[must_use]
    pub fn major_absent(mut self) -> Self {
        self.value.major = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "name", "` request field to a value."
    )]
    #[must_use]
    pub fn name(mut self, name: String) -> Self {
        self.value.name = Some(Some(name));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "name", "` request field to JSON null."
    )]
    #[must_use]
    pub fn name_null(mut self) -> Self {
        self.value.name = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "name", "` request field.")]
    #[must_use]
    pub fn name_absent(mut self) -> Self {
        self.value.name = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "student_no", "` request field to a value."
    )]
    #[must_use]
    pub fn student_no(mut self, student_no: String) -> Self {
        self.value.student_no = Some(Some(student_no));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "student_no", "` request field to JSON null."
    )]
    #[must_use]
    pub fn student_no_null(mut self) -> Self {
        self.value.student_no = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "student_no", "` request field.")]
    #[must_use]
    pub fn student_no_absent(mut self) -> Self {
        self.value.student_no = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> RosterEntryChanges {
        self.value
    }
}
///What a school is to be.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SchoolChange {
    ///Other names by which students find it; at most 20.
    pub aliases: Vec<String>,
    ///The Ministry's 5-digit code.
    pub code: String,
    ///Whom the bureau reaches there.
    pub contact: String,
    ///The name; no other school has it.
    pub name: String,
    ///The version that was read.
    pub version: i32,
}
///A second factor: one of both.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, Default)]
pub struct SecondFactorProof {
    ///The six digits that the authenticator app shows; each code works once.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub code: Option<Option<String>>,
    ///A recovery code, where the device is not at hand.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub recovery_code: Option<Option<String>>,
}
///A session has begun; its tokens are in cookies.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SessionView {
    ///The account.
    pub account_id: String,
    ///Whether the account was made now.
    pub is_new: bool,
}
///A message as a receiver got it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SignedMessage {
    ///The body, byte by byte as it came.
    pub body: String,
    ///The header `webhook-id`.
    pub webhook_id: String,
    ///The header `webhook-signature`.
    pub webhook_signature: String,
    ///The header `webhook-timestamp`.
    pub webhook_timestamp: i32,
}
///New limits of a role.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StaffRoleChange {
    ///The classes to which it is limited from now on.
    pub classes: Vec<String>,
    ///The colleges to which it is limited from now on.
    pub colleges: Vec<String>,
    ///The version that was read.
    pub version: i32,
}
///What is said when an import is started.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, Default)]
pub struct StartRosterImport {
    ///So many changed document numbers and levels are right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirm_identity_changes: Option<bool>,
    ///What was corrected by hand is overwritten.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overwrite_corrections: Option<bool>,
}
///How a statement is exported.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StatementExport {
    ///`csv` or `xlsx`.
    pub format: String,
    ///The month in China.
    pub month: String,
}
///What is known of a student.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, Default)]
pub struct StudentLookup {
    ///The number of an order.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub order_no: Option<Option<String>>,
    ///The phone; or else the order.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub phone: Option<Option<String>>,
}
///Names that begin so.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Suggestions {
    ///At most eight.
    pub names: Vec<String>,
}
///What a copy has of its own.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskCopyInput {
    ///Until when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub closes_at: chrono::DateTime<chrono::Utc>,
    ///The name.
    pub name: String,
    ///From when photos are taken.
    #[serde(deserialize_with = "crate::moment::read")]
    pub opens_at: chrono::DateTime<chrono::Utc>,
}
///A task that is made from a template.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskFromTemplate {
    ///Until when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub closes_at: chrono::DateTime<chrono::Utc>,
    ///The name.
    pub name: String,
    ///From when photos are taken.
    #[serde(deserialize_with = "crate::moment::read")]
    pub opens_at: chrono::DateTime<chrono::Utc>,
    ///The template.
    pub template_id: String,
}
///What was seen before a task is handed over, as `get_delivery_figures` tells it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskHandOver {
    ///Students without an accepted photo.
    pub missing: i64,
    ///Accepted photos that the school has not acknowledged.
    pub undelivered: i64,
}
///What a template is to be called.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TaskTemplateChange {
    ///Its name.
    pub name: String,
    ///The version that was read.
    pub version: i32,
}
///How far the clock of a test school is moved.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TestClockMove {
    ///So many seconds forward; negative for back.
    pub advance_s: i32,
}
///The clock of a test school.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TestClockView {
    ///Its time now.
    #[serde(deserialize_with = "crate::moment::read")]
    pub now: chrono::DateTime<chrono::Utc>,
}
///An event that was triggered.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TestEventView {
    ///The event; webhooks have it as `webhook-id`.
    pub event_id: String,
}
///An answer.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TicketAnswer {
    ///What the student reads, at most 500 characters.
    pub answer: String,
}
///Which student of the roster is corrected.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TicketCorrection {
    ///What the student reads; left out for the usual words.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub answer: Option<Option<String>>,
    ///The student.
    pub roster_entry_id: String,
    ///The version that was read.
    pub version: i32,
}
impl TicketCorrection {
    /// Construct this request with every required wire field.
    pub fn new(roster_entry_id: String, version: i32) -> Self {
        Self {
            roster_entry_id,
            version,
            answer: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(roster_entry_id: String, version: i32) -> TicketCorrectionBuilder {
        TicketCorrectionBuilder::new(roster_entry_id, version)
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct TicketCorrectionBuilder {
    value: TicketCorrection,
}
impl TicketCorrectionBuilder {
    /// Start a builder with every required wire field.
    pub fn new(roster_entry_id: String, version: i32) -> Self {
        Self {
            value: TicketCorrection::new(roster_entry_id, version),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "answer", "` request field to a value."
    )]
    #[must_use]
    pub fn answer(mut self, answer: String) -> Self {
        self.value.answer = Some(Some(answer));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "answer", "` request field to JSON null."
    )]
    #[must_use]
    pub fn answer_null(mut self) -> Self {
        self.value.answer = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "answer", "` request field.")]
    #[must_use]
    pub fn answer_absent(mut self) -> Self {
        self.value.answer = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> TicketCorrection {
        self.value
    }
}
///What staff add about a student whom they list; what is left out says nothing.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, Default)]
pub struct TicketStudent {
    ///What the student reads; left out for the usual words.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub answer: Option<Option<String>>,
    ///The class.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub class_name: Option<Option<String>>,
    ///The college.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub college: Option<Option<String>>,
    ///The major.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub major: Option<Option<String>>,
    ///The student number.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub student_no: Option<Option<String>>,
}
///An access token.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TokenView {
    ///Send it as `Authorization: Bearer …`.
    pub access_token: String,
    ///For so many seconds it is good.
    pub expires_in: i64,
    ///What it allows.
    pub scope: String,
    ///`Bearer`.
    pub token_type: String,
}
///A code of the device.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TotpCode {
    ///The six digits that the authenticator app shows.
    pub code: String,
}
///A device that is to be set up.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct TotpDeviceView {
    ///The secret in base 32, to be typed into an authenticator app.
    pub secret: String,
    ///The same as an address, to be drawn as a QR code.
    pub uri: String,
}
///What came of verifying a signature.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct VerifiedSignature {
    ///What came of it.
    pub verdict: String,
}
///What an endpoint is from now on.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct WebhookEndpointChanges {
    ///What people call it.
    pub description: String,
    ///The types of events that it is told of; every type where there are none.
    pub event_types: Vec<String>,
    ///An https address on the internet, at port 443 or 8443.
    pub url: String,
    ///The version that was read.
    pub version: i32,
}
///From when on failures are sent again.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct WebhookReplay {
    ///Deliveries that were made since then.
    #[serde(deserialize_with = "crate::moment::read")]
    pub since: chrono::DateTime<chrono::Utc>,
}
///Where `WeChat` says who pays.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct WechatAuthorisation {
    ///Send the browser there; it comes back to the order's page with `code` and `state`.
    pub url: String,
}
///An account at `WeChat` Pay with its keys.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct WechatPayAccountInput {
    ///The `APIv3` key, 32 characters.
    pub api_v3_key: String,
    ///The application's secret, for paying inside `WeChat`; without it students pay by QR code and in browsers.
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub app_secret: Option<Option<String>>,
    ///The application that is bound to it.
    pub appid: String,
    /**What the provider takes of a payment, in hundredths of a percent, such as 60 for 0.6 %. Without it the rate that was known
    stays; where none is, fees are not compared with the bill's.*/
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "tri_state_serde::deserialize"
    )]
    pub fee_basis_points: Option<Option<i32>>,
    ///The merchant number.
    pub mchid: String,
    ///The private key of that certificate, PEM.
    pub merchant_private_key: String,
    ///The serial of the merchant's API certificate, 40 hexadecimal digits.
    pub merchant_serial: String,
    ///`WeChat` Pay's public key, PEM.
    pub public_key: String,
    ///The name of `WeChat` Pay's public key.
    pub public_key_id: String,
}
impl WechatPayAccountInput {
    /// Construct this request with every required wire field.
    pub fn new(
        api_v3_key: String,
        appid: String,
        mchid: String,
        merchant_private_key: String,
        merchant_serial: String,
        public_key: String,
        public_key_id: String,
    ) -> Self {
        Self {
            api_v3_key,
            appid,
            mchid,
            merchant_private_key,
            merchant_serial,
            public_key,
            public_key_id,
            app_secret: None,
            fee_basis_points: None,
        }
    }
    /// Start a dependency-free builder with every required wire field.
    pub fn builder(
        api_v3_key: String,
        appid: String,
        mchid: String,
        merchant_private_key: String,
        merchant_serial: String,
        public_key: String,
        public_key_id: String,
    ) -> WechatPayAccountInputBuilder {
        WechatPayAccountInputBuilder::new(
            api_v3_key,
            appid,
            mchid,
            merchant_private_key,
            merchant_serial,
            public_key,
            public_key_id,
        )
    }
}
/// Dependency-free builder for [`#struct_name`].
#[derive(Debug, Clone)]
#[must_use]
pub struct WechatPayAccountInputBuilder {
    value: WechatPayAccountInput,
}
impl WechatPayAccountInputBuilder {
    /// Start a builder with every required wire field.
    pub fn new(
        api_v3_key: String,
        appid: String,
        mchid: String,
        merchant_private_key: String,
        merchant_serial: String,
        public_key: String,
        public_key_id: String,
    ) -> Self {
        Self {
            value: WechatPayAccountInput::new(
                api_v3_key,
                appid,
                mchid,
                merchant_private_key,
                merchant_serial,
                public_key,
                public_key_id,
            ),
        }
    }
    #[doc = concat!(
        "Set the optional nullable `", "app_secret", "` request field to a value."
    )]
    #[must_use]
    pub fn app_secret(mut self, app_secret: String) -> Self {
        self.value.app_secret = Some(Some(app_secret));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "app_secret", "` request field to JSON null."
    )]
    #[must_use]
    pub fn app_secret_null(mut self) -> Self {
        self.value.app_secret = Some(None);
        self
    }
    #[doc = concat!("Omit the optional nullable `", "app_secret", "` request field.")]
    #[must_use]
    pub fn app_secret_absent(mut self) -> Self {
        self.value.app_secret = None;
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "fee_basis_points", "` request field to a value."
    )]
    #[must_use]
    pub fn fee_basis_points(mut self, fee_basis_points: i32) -> Self {
        self.value.fee_basis_points = Some(Some(fee_basis_points));
        self
    }
    #[doc = concat!(
        "Set the optional nullable `", "fee_basis_points",
        "` request field to JSON null."
    )]
    #[must_use]
    pub fn fee_basis_points_null(mut self) -> Self {
        self.value.fee_basis_points = Some(None);
        self
    }
    #[doc = concat!(
        "Omit the optional nullable `", "fee_basis_points", "` request field."
    )]
    #[must_use]
    pub fn fee_basis_points_absent(mut self) -> Self {
        self.value.fee_basis_points = None;
        self
    }
    /// Finish building the request model.
    pub fn build(self) -> WechatPayAccountInput {
        self.value
    }
}
