//! Schemas of the values that many operations share: ids and enumerations.
//!
//! A field of a wire type stays a `String` and names its schema: `#[schema(value_type = schema::TaskId)]`. Prefixes and
//! words come from the code that reads and writes them, so the API document cannot list others.

use serde_json::{Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

/// The characters of an id behind its prefix, as an example.
const EXAMPLE_ID: &str = "01k9b3m0v8f7wq2d5e6h4t1xyz";

fn text(description: &str, example: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .description(Some(description.trim()))
        .examples([example])
}

fn pattern(description: &str, pattern: &str, example: &str) -> RefOr<Schema> {
    text(description, example).pattern(Some(pattern)).into()
}

fn id(description: &str, prefix: &str) -> RefOr<Schema> {
    // 26 characters of Crockford's base 32 hold 130 bits, of which an id has 128: the first is at most 7.
    let form = format!("^{prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$");
    pattern(description, &form, &format!("{prefix}_{EXAMPLE_ID}"))
}

fn enumeration(description: &str, words: impl IntoIterator<Item = String>) -> RefOr<Schema> {
    let words: Vec<_> = words.into_iter().collect();
    let example = words.first().cloned().unwrap_or_default();
    let schema = text(description, &example).enum_values(Some(words));
    schema.into()
}

fn object(description: &str, example: Value) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::Object))
        .description(Some(description.trim()))
        .examples([example])
        .into()
}

/// The word by which a serialised variant is sent.
pub(crate) fn word(variant: impl serde::Serialize) -> String {
    let json = serde_json::to_value(variant).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

macro_rules! schemas {
    ($($(#[doc = $text:literal])+ $name:ident = |$description:ident| $schema:expr;)+) => {$(
        $(#[doc = $text])+
        pub(crate) enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let $description = concat!($($text),+);
                $schema
            }
        }

        impl ToSchema for $name {}
    )+};
}

/// Schemas of ids, by the type in `domain` that reads them.
macro_rules! ids {
    ($($(#[doc = $text:literal])+ $name:ident;)+) => {
        schemas! { $($(#[doc = $text])+ $name = |text| id(text, domain::$name::PREFIX);)+ }
    };
}

/// Schemas of enumerations whose type has `ALL` and `as_str`.
macro_rules! enumerations {
    ($($(#[doc = $text:literal])+ $name:ident = $words:ty;)+) => {
        schemas! { $($(#[doc = $text])+ $name = |text| {
            enumeration(text, <$words>::ALL.iter().map(|word| word.as_str().to_owned()))
        };)+ }
    };
}

/// Schemas of enumerations that are written here.
macro_rules! words {
    ($($(#[doc = $text:literal])+ $name:ident = [$($word:literal),+];)+) => {
        schemas! { $($(#[doc = $text])+ $name = |text| enumeration(text, [$($word.to_owned()),+]);)+ }
    };
}

ids! {
    /// An account.
    AccountId;
    /// A payment attempt.
    AttemptId;
    /// An entry of the audit log.
    AuditEventId;
    /// A code that was sent to a phone.
    ChallengeId;
    /// A package of photos.
    DeliveryId;
    /// A photo in a package.
    DeliveryPhotoId;
    /// An enrolment.
    EnrolmentId;
    /// Something that happened.
    EventId;
    /// A photo whose right decision is known.
    KnownPhotoId;
    /// A school's account at a payment provider.
    MerchantAccountId;
    /// A case about money.
    MoneyCaseId;
    /// A change of phone.
    PhoneChangeId;
    /// A photo.
    PhotoId;
    /// A decision of a reviewer.
    PhotoReviewId;
    /// The comparison of a day's bill.
    ReconciliationId;
    /// A student of a roster.
    RosterEntryId;
    /// An import of a roster.
    RosterImportId;
    /// A question about the roster.
    RosterTicketId;
    /// An integrator.
    IntegratorId;
    /// A credential of an integrator.
    IntegratorCredentialId;
    /// A school.
    SchoolId;
    /// A role of a member of staff.
    StaffRoleId;
    /// A session.
    SessionId;
    /// A task.
    TaskId;
    /// A template of tasks.
    TaskTemplateId;
    /// The client's own id of an upload: `upl_` and 26 characters of Crockford's base 32 in lower case, which hold a UUID.
    UploadId;
    /// A try to send an event to an endpoint.
    WebhookAttemptId;
    /// An event on its way to an endpoint.
    WebhookDeliveryId;
    /// An endpoint of webhooks.
    WebhookEndpointId;
}

enumerations! {
    /// A document that people agree to.
    AgreementDocument = domain::agreement::Document;
    /// What was done.
    AuditAction = domain::audit::AuditAction;
    /// The kind of thing that something was done to.
    AuditObject = domain::audit::AuditObject;
    /// Who keeps a template of tasks.
    TemplateOwner = domain::task_template::TemplateOwner;
    /// Where a payment attempt is.
    AttemptState = domain::payment::AttemptState;
    /// What about money a person must look at.
    CaseKind = domain::money_case::CaseKind;
    /// Whether a case about money waits.
    CaseState = domain::money_case::CaseState;
    /// Which way money went.
    EntryKind = domain::reconciliation::EntryKind;
    /// Something that happened to an order.
    OrderMoment = domain::OrderMoment;
    /// Where an order is, whatever is on its way.
    OrderState = domain::order::OrderState;
    /// Where the comparison of a day is.
    RunState = domain::reconciliation::RunState;
    /// Why a try to send a webhook has no answer.
    AttemptFault = domain::webhook::AttemptFault;
    /// Whether a task takes photos now.
    Availability = domain::task::Availability;
    /// The family of a browser.
    BrowserFamily = domain::BrowserFamily;
    /// How an integrator proves itself.
    ProofKind = domain::integrator::ProofKind;
    /// Where a credential is in its life.
    CredentialState = domain::integrator::CredentialState;
    /// Whether somebody who was invited has set up their second factor.
    InvitationState = domain::staff::InvitationState;
    /// Why an order was closed.
    ClosedReason = domain::order::ClosedReason;
    /// What to do with a payment: draw `qr`, go to `redirect`, or hand `jsapi` to WeChat.
    CredentialKind = domain::payment::CredentialKind;
    /// How the characters of a table are written.
    DeliveryCharset = domain::delivery::DeliveryCharset;
    /// Why a package could not be made.
    DeliveryFailure = domain::delivery::DeliveryFailure;
    /// By what a photo's file is named.
    DeliveryFileName = domain::delivery::FileNameKey;
    /// What a package holds.
    DeliveryKind = domain::delivery::DeliveryKind;
    /// Into which folders photos go.
    DeliverySplit = domain::delivery::DeliverySplit;
    /// Where a package is.
    DeliveryState = domain::delivery::DeliveryState;
    /// The form of a table.
    DeliveryTable = domain::delivery::DeliveryTable;
    /// What stands under a photo on sheets to print.
    PrintCaption = domain::delivery::PrintCaption;
    /// How far the prints of a package are.
    PrintStage = domain::delivery::PrintStage;
    /// What somebody says of the prints of a package.
    PrintStep = domain::delivery::PrintStep;
    /// The kind of a document.
    DocumentType = domain::DocumentType;
    /// A level of education.
    EducationLevel = domain::EducationLevel;
    /// Why an endpoint of webhooks is disabled.
    EndpointDisabledReason = domain::webhook::EndpointDisabledReason;
    /// Whether an endpoint of webhooks is told of events.
    EndpointState = domain::webhook::EndpointState;
    /// What happened.
    EventKind = domain::event::EventKind;
    /// What a task asks for beside document and level.
    ExtraProof = domain::task::ExtraProof;
    /// What a line of a fee is for.
    FeeCode = domain::task::FeeCode;
    /// What was found on a photo.
    FindingCode = photo::Reason;
    /// How students of a task prove who they are.
    IdentityMode = domain::task::IdentityMode;
    /// What a student does next.
    NextStep = domain::enrolment::NextStep;
    /// The state of an order.
    OrderStatus = domain::order::OrderStatus;
    /// Something that staff may do.
    Permission = domain::access::Permission;
    /// Who pays.
    Payer = domain::task::Payer;
    /// A way to pay at a provider.
    PaymentProduct = domain::payment::Product;
    /// Where a photo comes from.
    PhotoSource = domain::task::PhotoSource;
    /// The state of a photo.
    PhotoState = domain::photo_state::PhotoState;
    /// What happened, for programs.
    ProblemCode = domain::ProblemCode;
    /// A payment provider.
    Provider = domain::payment::Provider;
    /// The family of an operating system.
    SystemFamily = domain::SystemFamily;
    /// Whose results about delivered photos a file holds.
    ResultSource = domain::photo_result::ResultSource;
    /// What becomes of a row of such a file.
    ResultVerdict = domain::photo_result::ResultVerdict;
    /// What becomes of a row of the Ministry's list of schools.
    SchoolVerdict = domain::school_list::SchoolVerdict;
    /// Why a reviewer rejects a photo.
    RejectReason = domain::review::RejectReason;
    /// What a reviewer decides.
    ReviewOutcome = domain::review::ReviewOutcome;
    /// Where a report of a lost phone is.
    LostPhoneStage = domain::lost_phone::LostPhoneStage;
    /// Which reviews a photo needs.
    ReviewOrder = domain::review::ReviewOrder;
    /// Who reviews.
    ReviewStage = domain::review::ReviewStage;
    /// A role of staff.
    Role = domain::role::Role;
    /// How far a student is.
    StudentProgress = domain::progress::StudentProgress;
    /// How a table is written.
    SheetFormat = domain::sheet::SheetFormat;
    /// What an integrator may do.
    Scope = domain::Scope;
    /// Whether a school takes part.
    SchoolState = domain::school::SchoolState;
    /// How far a session of staff is.
    SecondFactorState = domain::staff::SecondFactorState;
    /// What a column of a roster holds.
    RosterColumn = domain::roster::RosterColumn;
    /// Whether a student is on the list.
    RosterEntryState = domain::roster::RosterEntryState;
    /// Why a roster file cannot be read.
    RosterFileError = domain::roster::RosterFileError;
    /// Where an import of a roster is.
    RosterImportState = domain::roster::RosterImportState;
    /// What comes of a row of a roster file.
    RosterVerdict = domain::roster::RosterVerdict;
    /// Why money goes back.
    RefundReason = domain::refund::RefundReason;
    /// The state of a refund.
    RefundState = domain::refund::RefundState;
    /// What came of verifying a signature.
    SignatureVerdict = domain::webhook::SignatureVerdict;
    /// Where a delivery of a webhook is.
    WebhookDeliveryState = domain::webhook::WebhookDeliveryState;
    /// Where a task is in its life.
    TaskState = domain::task::TaskState;
}

words! {
    /// What Alipay is told: `success` ends the notices, anything else has them sent again.
    AlipayAnswer = ["success", "fail"];
    /// What tells WeChat Pay that a notice was not taken.
    NoticeFailure = ["FAIL"];
    /// Who did something: the person, the bureau's staff, an operator at the command line, a connected system of the school,
    /// the platform itself, or somebody who was not logged in.
    Actor = ["self", "staff", "operator", "integrator", "system", "visitor"];
    /// The outcome of the photo checks.
    PhotoOutcome = ["pass", "warn", "fail"];
    /// Which picture of a photo.
    PhotoVariant = ["framed", "original", "thumb"];
    /// The state of a question about the roster.
    RosterTicketState = ["open", "answered", "closed"];
    /// How bad a finding is.
    Severity = ["fail", "warn"];
    /// A service that sends text messages.
    SmsService = ["aliyun", "tencent"];
}

schemas! {
    /// A notice of Alipay, signed in its field `sign`.
    AlipayNotice = |text| object(text, json!({
        "out_trade_no": "10001260420T7K3M9QXT01", "trade_status": "TRADE_SUCCESS", "total_amount": "30.00",
        "sign_type": "RSA2", "sign": "kPbQIjX1",
    }));
    /// Where the next page of a list begins; it is good for that list with that filter.
    Cursor = |description| text(description, "AdB7_nM5nmaNAZqFbQAbcZebFi44hLPy").pattern(Some("^[A-Za-z0-9_-]{1,512}$")).max_length(Some(domain::page::CURSOR_MAX)).into();
    /// The data, by kind; photos by their address.
    ExportData = |text| object(text, json!({"account": {"phone": "13800138000"}, "photos": []}));
    /// What is said of an event. `school_id` is its school, or null; `sequence` counts the events of one thing from 1.
    EventData = |text| object(text, json!({
        "order_no": "10001-260420-7K3M9QXT", "amount_fen": 1990, "settlement": "online", "channel": "wechat_pay", "late": false,
        "school_id": "sch_01k9b3m0v8f7wq2d5e6h4t1xyz", "sequence": 3,
    }));
    /// 1 to 255 visible ASCII characters; the same key gives the same answer.
    IdempotencyKey = |text| pattern(text, "^[!-~]{1,255}$", "0198c5f0-b7f2-7c1d-8a4e-5b6c7d8e9f00");
    /// A public JSON Web Key (RFC 7517).
    JsonWebKey = |text| object(text, json!({
        "kty": "OKP", "crv": "Ed25519", "kid": "2026", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    }));
    /// An address or a network, such as `203.0.113.0/24`.
    Network = |description| text(description, "203.0.113.0/24").max_length(Some(50)).into();
    /// The photo rules, for the check in the browser.
    PhotoRules = |text| object(text, serde_json::to_value(photo::Rules::default()).unwrap_or_default());
    /// The answer that the service of text messages expects.
    ReceiptAnswer = |text| object(text, json!({"code": 0, "msg": "接收成功"}));
    /// Receipts of text messages, in the form of the service that sends them.
    Receipts = |text| ArrayBuilder::new()
        .description(Some(text.trim()))
        .items(ObjectBuilder::new().schema_type(SchemaType::Type(Type::Object)))
        .examples([json!([{"biz_id": "134523^4351232", "success": true, "err_code": "DELIVERED"}])])
        .into();
    /// A notice of WeChat Pay, signed in the headers `Wechatpay-*`.
    WechatNotice = |text| object(text, json!({
        "id": "EV-2018022511223320873", "create_time": "2026-04-20T16:05:00+08:00", "event_type": "TRANSACTION.SUCCESS",
        "resource_type": "encrypt-resource", "summary": "支付成功",
        "resource": {"algorithm": "AEAD_AES_256_GCM", "ciphertext": "b2theQ==", "nonce": "fdasflkja484", "associated_data": "transaction"},
    }));
    /// The version of an agreement: the day of its text.
    AgreementVersion = |text| pattern(text, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", domain::agreement::Document::ServiceAgreement.current().version);
    /// The numbers of a case, by which it is found at the provider; nothing about a person.
    CaseFacts = |text| object(text, json!({"out_trade_no": "10001260420T7K3M9QXT01"}));
    /// A day in China.
    Day = |text| pattern(text, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "2026-06-08");
    /// A month in China.
    Month = |text| pattern(text, "^[0-9]{4}-[0-9]{2}$", "2026-06");
    /// Our number of a refund.
    OutRefundNo = |description| text(description, "R260420T7K3M9QXT01").max_length(Some(64)).into();
    /// A name by which a school is found.
    SchoolName = |description| text(description, "北大").max_length(Some(60)).into();
    /// The id of any thing: its prefix and 26 characters.
    AnyId = |text| pattern(text, "^[a-z]{2,10}_[0-7][0-9a-hjkmnp-tv-z]{25}$", "photo_01k9b3m0v8f7wq2d5e6h4t1xyz");
    /// The name of a college or a class, as it stands on the roster.
    StudentGroup = |description| text(description, "法学院").max_length(Some(100)).into();
    /// A language of the product.
    Language = |text| enumeration(text, domain::Lang::ALL.map(|lang| lang.tag().to_owned()));
    /// What a student must know about the money of an order.
    NewsCode = |text| enumeration(text, domain::payment::News::WORDS.map(str::to_owned));
    /// An order's number: the school's code, the day in China, and eight random characters.
    OrderNo = |text| pattern(text, "^[0-9]{5}-[0-9]{6}-[0-9A-HJKMNP-TV-Z]{8}$", "10001-260420-7K3M9QXT");
    /// The reference of a report of a lost phone.
    LostPhoneReference = |text| pattern(text, "^LP-[0-9A-HJKMNP-TV-Z]{8}$", "LP-7K3M9QXT");
    /// The six digits of a text message, or text with six digits in one run, such as the whole message.
    SmsCode = |description| text(description, "482915").max_length(Some(domain::sms_code::LONGEST_TEXT)).into();
    /// What a finding's numbers count.
    Unit = |text| enumeration(text, photo::Unit::ALL.iter().map(word));
}
