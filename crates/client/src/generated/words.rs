//! Every enumeration of the API document.

use crate::word::words;

words! {
/// Who did something: the person, the bureau's staff, an operator at the command line, a connected system of the school, the platform itself, or somebody who was not logged in.
Actor {
    Self_ = "self";
    Staff = "staff";
    Operator = "operator";
    Integrator = "integrator";
    System = "system";
    Visitor = "visitor";
}
/// A document that people agree to.
AgreementDocument {
    ServiceAgreement = "service_agreement";
    FacePhoto = "face_photo";
}
/// Why a try to send a webhook has no answer.
AttemptFault {
    Unresolved = "unresolved";
    ForbiddenAddress = "forbidden_address";
    Unreachable = "unreachable";
    Tls = "tls";
    TimedOut = "timed_out";
    Broken = "broken";
}
/// Where a payment attempt is.
AttemptState {
    New = "new";
    Pending = "pending";
    Closed = "closed";
    Rejected = "rejected";
    Succeeded = "succeeded";
}
/// What was done.
AuditAction {
    AccountRegistered = "account.registered";
    AccountPhoneChanged = "account.phone_changed";
    AccountChanged = "account.changed";
    AccountErased = "account.erased";
    DataExported = "data.exported";
    SessionBegan = "session.began";
    SessionEnded = "session.ended";
    SessionOthersEnded = "session.others_ended";
    SessionAllEnded = "session.all_ended";
    SessionReuseDetected = "session.reuse_detected";
    LoginCodeWrong = "login.code_wrong";
    LoginPhoneLocked = "login.phone_locked";
    StaffDeviceEnrolled = "staff.device_enrolled";
    StaffSecondFactorConfirmed = "staff.second_factor_confirmed";
    StaffSecondFactorWrong = "staff.second_factor_wrong";
    StaffRecoveryCodeUsed = "staff.recovery_code_used";
    StaffRecoveryCodesMade = "staff.recovery_codes_made";
    StaffDeviceReset = "staff.device_reset";
    StaffRoleGranted = "staff.role_granted";
    StaffRoleChanged = "staff.role_changed";
    StaffRoleRevoked = "staff.role_revoked";
    IntegratorCreated = "integrator.created";
    IntegratorChanged = "integrator.changed";
    IntegratorRevoked = "integrator.revoked";
    IntegratorCredentialAdded = "integrator.credential_added";
    IntegratorCredentialRevoked = "integrator.credential_revoked";
    SchoolCreated = "school.created";
    SchoolChanged = "school.changed";
    SchoolSuspended = "school.suspended";
    TestEventTriggered = "test_event.triggered";
    TestClockMoved = "test_clock.moved";
    SchoolResumed = "school.resumed";
    SchoolMoveBegan = "school.move_began";
    SchoolMoveCancelled = "school.move_cancelled";
    SchoolMoved = "school.moved";
    SchoolArrived = "school.arrived";
    TaskCreated = "task.created";
    TaskChanged = "task.changed";
    TaskOpened = "task.opened";
    TaskClosed = "task.closed";
    TaskHandedOver = "task.handed_over";
    TaskPurged = "task.purged";
    MerchantAccountAdded = "merchant_account.added";
    MerchantAccountKeysReplaced = "merchant_account.keys_replaced";
    MerchantAccountRetired = "merchant_account.retired";
    TaskTemplateSaved = "task_template.saved";
    TaskTemplateRenamed = "task_template.renamed";
    TaskTemplateDeleted = "task_template.deleted";
    StaffInvited = "staff.invited";
    LostPhoneReported = "lost_phone.reported";
    LostPhoneViewed = "lost_phone.viewed";
    LostPhoneApproved = "lost_phone.approved";
    LostPhoneRefused = "lost_phone.refused";
    LostPhoneApplied = "lost_phone.applied";
    LostPhoneClosed = "lost_phone.closed";
    ConsentGranted = "consent.granted";
    ConsentWithdrawn = "consent.withdrawn";
    EnrolmentCreated = "enrolment.created";
    EnrolmentRefused = "enrolment.refused";
    EnrolmentLookedUp = "enrolment.looked_up";
    EnrolmentReleased = "enrolment.released";
    TaskKeysDestroyed = "task.keys_destroyed";
    RosterTicketCreated = "roster_ticket.created";
    RosterTicketAnswered = "roster_ticket.answered";
    ProgressMissingExported = "progress.missing_exported";
    ProgressReminded = "progress.reminded";
    RosterImportFileSent = "roster_import.file_sent";
    RosterImportFileViewed = "roster_import.file_viewed";
    RosterImportChanged = "roster_import.changed";
    RosterImportStarted = "roster_import.started";
    RosterImportCancelled = "roster_import.cancelled";
    RosterImportUndone = "roster_import.undone";
    RosterEntryAdded = "roster_entry.added";
    RosterEntryChanged = "roster_entry.changed";
    RosterEntryWithdrawn = "roster_entry.withdrawn";
    RosterEntryRestored = "roster_entry.restored";
    RosterEntryNumberRevealed = "roster_entry.number_revealed";
    RosterEntryPut = "roster_entry.put";
    PhotoSubmitted = "photo.submitted";
    PhotoReplaced = "photo.replaced";
    PhotoViewed = "photo.viewed";
    PhotoFetched = "photo.fetched";
    PhotoWithdrawn = "photo.withdrawn";
    PhotoErased = "photo.erased";
    PhotoReviewed = "photo.reviewed";
    PhotoReviewUndone = "photo.review_undone";
    PhotoReframed = "photo.reframed";
    PhotoEscalated = "photo.escalated";
    PhotoApproved = "photo.approved";
    PhotoRejected = "photo.rejected";
    PhotoRefused = "photo.refused";
    PhotoHandedOver = "photo.handed_over";
    PhotoReturned = "photo.returned";
    PhotoListedForRecall = "photo.listed_for_recall";
    KnownPhotoAdded = "known_photo.added";
    KnownPhotoRemoved = "known_photo.removed";
    DeliveryCreated = "delivery.created";
    DeliveryCancelled = "delivery.cancelled";
    DeliveryLinked = "delivery.linked";
    DeliveryDownloaded = "delivery.downloaded";
    DeliveryAcknowledged = "delivery.acknowledged";
    PrintsPrinted = "prints.printed";
    PrintsReceived = "prints.received";
    PrintsSigned = "prints.signed";
    OrderContactChanged = "order.contact_changed";
    OrderPaid = "order.paid";
    OrderClosed = "order.closed";
    OrderVoided = "order.voided";
    RefundRequested = "refund.requested";
    RefundApproved = "refund.approved";
    RefundDeclined = "refund.declined";
    MoneyCaseResolved = "money_case.resolved";
    ReconciliationRequested = "reconciliation.requested";
    ReconciliationExported = "reconciliation.exported";
    StatementExported = "statement.exported";
    WebhookEndpointCreated = "webhook_endpoint.created";
    WebhookEndpointChanged = "webhook_endpoint.changed";
    WebhookEndpointDeleted = "webhook_endpoint.deleted";
    WebhookEndpointSecretMade = "webhook_endpoint.secret_made";
    WebhookEndpointSent = "webhook_endpoint.sent";
    JobRetried = "job.retried";
    JobCancelled = "job.cancelled";
}
/// The kind of thing that something was done to.
AuditObject {
    Account = "account";
    Session = "session";
    SmsChallenge = "sms_challenge";
    PhoneChange = "phone_change";
    StaffRole = "staff_role";
    LostPhoneReport = "lost_phone_report";
    Consent = "consent";
    Integrator = "integrator";
    School = "school";
    Task = "task";
    MerchantAccount = "merchant_account";
    TaskTemplate = "task_template";
    Enrolment = "enrolment";
    RosterTicket = "roster_ticket";
    RosterEntry = "roster_entry";
    RosterImport = "roster_import";
    Photo = "photo";
    KnownPhoto = "known_photo";
    Delivery = "delivery";
    Order = "order";
    Refund = "refund";
    MoneyCase = "money_case";
    Reconciliation = "reconciliation";
    Job = "job";
    WebhookEndpoint = "webhook_endpoint";
}
/// Whether a task takes photos now.
Availability {
    Open = "open";
    Upcoming = "upcoming";
    Closed = "closed";
}
/// The family of a browser.
BrowserFamily {
    Wechat = "wechat";
    Alipay = "alipay";
    Dingtalk = "dingtalk";
    Qq = "qq";
    Uc = "uc";
    Quark = "quark";
    Xiaomi = "xiaomi";
    Huawei = "huawei";
    Samsung = "samsung";
    Edge = "edge";
    Opera = "opera";
    Firefox = "firefox";
    Chrome = "chrome";
    Safari = "safari";
    Other = "other";
}
/// What about money a person must look at.
CaseKind {
    UnknownPayment = "unknown_payment";
    WrongAmount = "wrong_amount";
    SecondTransaction = "second_transaction";
    TransactionElsewhere = "transaction_elsewhere";
    SurplusHeld = "surplus_held";
    RefundFailed = "refund_failed";
    RefundOverdue = "refund_overdue";
    ConsoleRefund = "console_refund";
    BillMissing = "bill_missing";
    BillInvalid = "bill_invalid";
    BillRowsUnread = "bill_rows_unread";
    ProviderOnlyPayment = "provider_only_payment";
    LocalOnlyPayment = "local_only_payment";
    ProviderOnlyRefund = "provider_only_refund";
    LocalOnlyRefund = "local_only_refund";
    AmountDifference = "amount_difference";
    StatusDifference = "status_difference";
    DuplicateRow = "duplicate_row";
    FlowDifference = "flow_difference";
    FlowMissing = "flow_missing";
    ForeignRow = "foreign_row";
    AccountRefused = "account_refused";
}
/// Whether a case about money waits.
CaseState {
    Open = "open";
    Resolved = "resolved";
}
/// Why an order was closed.
ClosedReason {
    Timeout = "timeout";
    User = "user";
    Staff = "staff";
    PriceChange = "price_change";
    TaskEnded = "task_ended";
}
/// What to do with a payment: draw `qr`, go to `redirect`, or hand `jsapi` to WeChat.
CredentialKind {
    Qr = "qr";
    Redirect = "redirect";
    Jsapi = "jsapi";
}
/// Where a credential is in its life.
CredentialState {
    Active = "active";
    Expired = "expired";
    Revoked = "revoked";
}
/// How the characters of a table are written.
DeliveryCharset {
    Utf8 = "utf-8";
    Gb18030 = "gb18030";
}
/// Why a package could not be made.
DeliveryFailure {
    Empty = "empty";
    KeysDestroyed = "keys_destroyed";
}
/// By what a photo's file is named.
DeliveryFileName {
    StudentNo = "student_no";
    IdentityCard = "identity_card";
    Document = "document";
}
/// What a package holds.
DeliveryKind {
    Full = "full";
    Incremental = "incremental";
}
/// Into which folders photos go.
DeliverySplit {
    None = "none";
    College = "college";
    Class = "class";
}
/// Where a package is.
DeliveryState {
    Building = "building";
    Ready = "ready";
    Failed = "failed";
    Acknowledged = "acknowledged";
    Cancelled = "cancelled";
}
/// The form of a table.
DeliveryTable {
    Csv = "csv";
    Tab = "tab";
    Xlsx = "xlsx";
}
/// The kind of a document.
DocumentType {
    CnId = "cn_id";
    HkmotwResidence = "hkmotw_residence";
    HkmoPermit = "hkmo_permit";
    TwPermit = "tw_permit";
    ForeignPr = "foreign_pr";
    Passport = "passport";
    Military = "military";
    Other = "other";
}
/// A level of education.
EducationLevel {
    Phd = "phd";
    Msc = "msc";
    Pgc = "pgc";
    Ba2 = "ba2";
    Ba = "ba";
    Ja = "ja";
}
/// Why an endpoint of webhooks is disabled.
EndpointDisabledReason {
    Person = "person";
    Gone = "gone";
    Failing = "failing";
}
/// Whether an endpoint of webhooks is told of events.
EndpointState {
    Active = "active";
    Disabled = "disabled";
}
/// Which way money went.
EntryKind {
    Payment = "payment";
    Refund = "refund";
}
/// What happened.
EventKind {
    EnrolmentCreated = "enrolment.created";
    EnrolmentReleased = "enrolment.released";
    PhotoSubmitted = "photo.submitted";
    PhotoReplaced = "photo.replaced";
    PhotoWithdrawn = "photo.withdrawn";
    PhotoPendingReview = "photo.pending_review";
    PhotoApproved = "photo.approved";
    PhotoRejected = "photo.rejected";
    PhotoRefused = "photo.refused";
    PhotoHandedOver = "photo.handed_over";
    DeliveryReady = "delivery.ready";
    OrderCreated = "order.created";
    OrderPaid = "order.paid";
    OrderClosed = "order.closed";
    OrderReopened = "order.reopened";
    PaymentSurplus = "payment.surplus";
    PaymentConflict = "payment.conflict";
    RefundSucceeded = "refund.succeeded";
    RefundFailed = "refund.failed";
    RosterImportFinished = "roster_import.finished";
    RosterTicketCreated = "roster_ticket.created";
    TaskOpened = "task.opened";
    TaskClosed = "task.closed";
    EndpointFailing = "endpoint.failing";
    EndpointDisabled = "endpoint.disabled";
    WebhookPing = "webhook.ping";
}
/// What a task asks for beside document and level.
ExtraProof {
    Name = "name";
    StudentNo = "student_no";
}
/// What a line of a fee is for.
FeeCode {
    Collection = "collection";
    Prints = "prints";
    Postage = "postage";
}
/// What was found on a photo.
FindingCode {
    FileType = "file_type";
    TooSmallPx = "too_small_px";
    Aspect = "aspect";
    FileLimit = "file_limit";
    Border = "border";
    NoFace = "no_face";
    ManyFaces = "many_faces";
    FaceCovered = "face_covered";
    HeadTop = "head_top";
    EyeLine = "eye_line";
    FaceWidth = "face_width";
    NotCentered = "not_centered";
    Tilt = "tilt";
    BgColor = "bg_color";
    BgUneven = "bg_uneven";
    BgShadow = "bg_shadow";
    BgObject = "bg_object";
    HandOrObject = "hand_or_object";
    Highlight = "highlight";
    HalfShadow = "half_shadow";
    DarkBright = "dark_bright";
    RedEye = "red_eye";
    Blur = "blur";
    LowQuality = "low_quality";
    ColourProfile = "colour_profile";
    ResultSize = "result_size";
    ColourCast = "colour_cast";
    EyesClosed = "eyes_closed";
    MouthOpen = "mouth_open";
    NotFrontal = "not_frontal";
    Hair = "hair";
    GlassesGlare = "glasses_glare";
    TintedLens = "tinted_lens";
    Headwear = "headwear";
    Retouched = "retouched";
}
/// How students of a task prove who they are.
IdentityMode {
    Roster = "roster";
    CaptureCode = "capture_code";
}
/// Whether somebody who was invited has set up their second factor.
InvitationState {
    Invited = "invited";
    Accepted = "accepted";
    Expired = "expired";
}
/// A language of the product.
Language {
    ZhCN = "zh-CN";
    En = "en";
}
/// Where a report of a lost phone is.
LostPhoneStage {
    Open = "open";
    Confirmed = "confirmed";
    Approved = "approved";
    Changed = "changed";
    Closed = "closed";
}
/// What a student must know about the money of an order.
NewsCode {
    Confirming = "confirming";
    Checking = "checking";
    SurplusReturning = "surplus_returning";
    SurplusReturned = "surplus_returned";
    Reviewing = "reviewing";
    Reopened = "reopened";
    NotCharged = "not_charged";
}
/// What a student does next.
NextStep {
    Photo = "photo";
    Confirm = "confirm";
    Wait = "wait";
    Done = "done";
}
/// What tells WeChat Pay that a notice was not taken.
NoticeFailure {
    FAIL = "FAIL";
}
/// Something that happened to an order.
OrderMoment {
    Created = "created";
    PaymentBegun = "payment_begun";
    PaymentReceived = "payment_received";
    Settled = "settled";
    Closed = "closed";
    RefundRequested = "refund_requested";
    RefundApproved = "refund_approved";
    RefundSubmitted = "refund_submitted";
    RefundSucceeded = "refund_succeeded";
    CaseOpened = "case_opened";
    CaseResolved = "case_resolved";
}
/// The state of an order.
OrderStatus {
    Unpaid = "unpaid";
    Paying = "paying";
    Paid = "paid";
    PartiallyRefunded = "partially_refunded";
    Refunded = "refunded";
    Closed = "closed";
}
/// Who pays.
Payer {
    Student = "student";
    School = "school";
    Free = "free";
}
/// A way to pay at a provider.
PaymentProduct {
    Native = "native";
    H5 = "h5";
    Jsapi = "jsapi";
    Precreate = "precreate";
    Page = "page";
    Wap = "wap";
}
/// Something that staff may do.
Permission {
    OwnDataUse = "own_data.use";
    PhotosReview = "photos.review";
    KnownPhotosManage = "known_photos.manage";
    PhotosRead = "photos.read";
    PhotosTakeOver = "photos.take_over";
    TasksRead = "tasks.read";
    TasksManage = "tasks.manage";
    RostersRead = "rosters.read";
    RostersManage = "rosters.manage";
    ProgressRead = "progress.read";
    EnrolmentsLookUp = "enrolments.look_up";
    EnrolmentsRelease = "enrolments.release";
    OrdersRead = "orders.read";
    RefundsRequest = "refunds.request";
    RefundsDecide = "refunds.decide";
    MoneyCasesResolve = "money_cases.resolve";
    StatementsRead = "statements.read";
    IdNumbersReveal = "id_numbers.reveal";
    DataExport = "data.export";
    SchoolsManage = "schools.manage";
    StaffManage = "staff.manage";
    IntegratorsManage = "integrators.manage";
    LostPhonesHandle = "lost_phones.handle";
    JobsManage = "jobs.manage";
    KeysDestroy = "keys.destroy";
    AuditRead = "audit.read";
    EventsRead = "events.read";
    WebhooksManage = "webhooks.manage";
    BackgroundRun = "background.run";
}
/// The outcome of the photo checks.
PhotoOutcome {
    Pass = "pass";
    Warn = "warn";
    Fail = "fail";
}
/// Where a photo comes from.
PhotoSource {
    Camera = "camera";
    File = "file";
}
/// The state of a photo.
PhotoState {
    Checked = "checked";
    PendingReview = "pending_review";
    Approved = "approved";
    Rejected = "rejected";
    Withdrawn = "withdrawn";
    Replaced = "replaced";
    HandedOver = "handed_over";
    Refused = "refused";
}
/// What stands under a photo on sheets to print.
PrintCaption {
    NameAndNumber = "name_and_number";
    Name = "name";
    Number = "number";
    ClassAndName = "class_and_name";
    Nothing = "nothing";
}
/// How far the prints of a package are.
PrintStage {
    Ordered = "ordered";
    Printed = "printed";
    Received = "received";
}
/// What somebody says of the prints of a package.
PrintStep {
    Printed = "printed";
    Received = "received";
}
/// What happened, for programs.
ProblemCode {
    LoginAgreementRequired = "login.agreement_required";
    LoginPhoneInvalid = "login.phone_invalid";
    LoginCountryNotServed = "login.country_not_served";
    LoginCaptchaRequired = "login.captcha_required";
    LoginNetworkBusy = "login.network_busy";
    LoginNetworkFull = "login.network_full";
    LoginMessagesUsedUp = "login.messages_used_up";
    LoginTooManySends = "login.too_many_sends";
    LoginSmsUnavailable = "login.sms_unavailable";
    LoginCodeWrong = "login.code_wrong";
    LoginCodeExpired = "login.code_expired";
    LoginCodeBurnt = "login.code_burnt";
    SessionRequired = "session.required";
    SessionUnknown = "session.unknown";
    AccountInactive = "account.inactive";
    SessionOriginRefused = "session.origin_refused";
    SessionRoleRequired = "session.role_required";
    SchoolNotOpen = "school.not_open";
    SchoolMoving = "school.moving";
    SchoolMoved = "school.moved";
    TaskNotYetOpen = "task.not_yet_open";
    TaskClosed = "task.closed";
    IdDocumentLength = "id_document.length";
    IdDocumentCharacter = "id_document.character";
    IdDocumentCheckCharacter = "id_document.check_character";
    IdDocumentDate = "id_document.date";
    IdDocumentFormat = "id_document.format";
    IdDocumentKind = "id_document.kind";
    EnrolmentLevelRequired = "enrolment.level_required";
    EnrolmentNameRequired = "enrolment.name_required";
    EnrolmentStudentNoRequired = "enrolment.student_no_required";
    EnrolmentNotFound = "enrolment.not_found";
    EnrolmentCaptchaRequired = "enrolment.captcha_required";
    EnrolmentTooManyTries = "enrolment.too_many_tries";
    EnrolmentUnknown = "enrolment.unknown";
    EnrolmentOrderPaid = "enrolment.order_paid";
    RosterTicketNoteLength = "roster_ticket.note_length";
    ConsentFacePhotoRequired = "consent.face_photo_required";
    ConsentVersionOutdated = "consent.version_outdated";
    PhotoUnknown = "photo.unknown";
    PhotoErased = "photo.erased";
    ErasureOrderUnsettled = "erasure.order_unsettled";
    PhotoFileEmpty = "photo.file_empty";
    PhotoFileTooLarge = "photo.file_too_large";
    PhotoFileType = "photo.file_type";
    PhotoFileUnknown = "photo.file_unknown";
    PhotoFileHeic = "photo.file_heic";
    PhotoFileAvif = "photo.file_avif";
    PhotoFileDamaged = "photo.file_damaged";
    PhotoTooManyPixels = "photo.too_many_pixels";
    PhotoSideTooLong = "photo.side_too_long";
    PhotoProgressive = "photo.progressive";
    PhotoCostlyPng = "photo.costly_png";
    PhotoTooSmallPx = "photo.too_small_px";
    PhotoColourMode = "photo.colour_mode";
    PhotoFrameInvalid = "photo.frame_invalid";
    PhotoStandardNotMet = "photo.standard_not_met";
    PhotoLimitReached = "photo.limit_reached";
    PhotoState = "photo.state";
    PhotoCameraRequired = "photo.camera_required";
    PhotoBeingChecked = "photo.being_checked";
    PhotoTooManyChecks = "photo.too_many_checks";
    PhotoNoteLength = "photo.note_length";
    PhotoUploadReused = "photo.upload_reused";
    OrderUnknown = "order.unknown";
    OrderAlreadyPaid = "order.already_paid";
    OrderClosed = "order.closed";
    OrderNothingDue = "order.nothing_due";
    OrderPhotoMissing = "order.photo_missing";
    PaymentChannelUnavailable = "payment.channel_unavailable";
    PaymentProviderUnavailable = "payment.provider_unavailable";
    PaymentOutcomeUnknown = "payment.outcome_unknown";
    PaymentProductUnavailable = "payment.product_unavailable";
    PaymentTooManyAttempts = "payment.too_many_attempts";
    PaymentWechatLoginRequired = "payment.wechat_login_required";
    TaskUnknown = "task.unknown";
    RosterImportUnknown = "roster_import.unknown";
    RosterImportState = "roster_import.state";
    RosterImportChoice = "roster_import.choice";
    RosterImportIdentityChanges = "roster_import.identity_changes";
    RosterImportUsed = "roster_import.used";
    RosterEntryUnknown = "roster_entry.unknown";
    RosterEntryNumberTaken = "roster_entry.number_taken";
    RosterImportFileTooLarge = "roster_import.file_too_large";
    JobUnknown = "job.unknown";
    JobState = "job.state";
    NoticeSignatureInvalid = "notice.signature_invalid";
    ContactEmailInvalid = "contact.email_invalid";
    ContactAddressLength = "contact.address_length";
    PhoneChangeOldPhoneWrong = "phone_change.old_phone_wrong";
    PhoneChangeSamePhone = "phone_change.same_phone";
    PhoneChangePhoneTaken = "phone_change.phone_taken";
    PhoneChangeEnded = "phone_change.ended";
    RequestFieldsInvalid = "request.fields_invalid";
    RequestMalformed = "request.malformed";
    RequestMediaType = "request.media_type";
    RequestTooLarge = "request.too_large";
    RequestRangeOutside = "request.range_outside";
    RequestAddressTooLong = "request.address_too_long";
    RequestTimeout = "request.timeout";
    RequestNotFound = "request.not_found";
    RequestMethodNotAllowed = "request.method_not_allowed";
    RequestIdempotencyKeyRequired = "request.idempotency_key_required";
    RequestIdempotencyKeyReused = "request.idempotency_key_reused";
    RequestInProgress = "request.in_progress";
    RequestTooMany = "request.too_many";
    RequestNetworkBusy = "request.network_busy";
    ServerUnavailable = "server.unavailable";
    ServerError = "server.error";
    EnrolmentCaptureCodeRequired = "enrolment.capture_code_required";
    CaptureCodeGiven = "capture_code.given";
    CaptureCodePictureUnreadable = "capture_code.picture_unreadable";
    CaptureCodeMalformed = "capture_code.malformed";
    CaptureCodeForged = "capture_code.forged";
    CaptureCodeExpired = "capture_code.expired";
    CaptureCodeOtherSchool = "capture_code.other_school";
    CaptureCodeOtherYear = "capture_code.other_year";
    CaptureCodeUsed = "capture_code.used";
    CaptureCodeStudentWithdrawn = "capture_code.student_withdrawn";
    CaptureCodeNotUsedHere = "capture_code.not_used_here";
    CaptureCodeUnavailable = "capture_code.unavailable";
    LoginCodeUnreadable = "login.code_unreadable";
    IdDocumentFirstGeneration = "id_document.first_generation";
    LostPhoneSchoolRequired = "lost_phone.school_required";
    LostPhoneUnknown = "lost_phone.unknown";
    LostPhoneClosed = "lost_phone.closed";
    LostPhoneOutcomeLength = "lost_phone.outcome_length";
    LostPhoneSamePerson = "lost_phone.same_person";
    LostPhoneOperatorNeeded = "lost_phone.operator_needed";
    LostPhoneApprovedAlready = "lost_phone.approved_already";
    LostPhoneNoAccount = "lost_phone.no_account";
    LostPhoneNumberUsed = "lost_phone.number_used";
    LostPhoneNoNotice = "lost_phone.no_notice";
    LostPhoneOfStaff = "lost_phone.of_staff";
    EnrolmentReleaseReason = "enrolment.release_reason";
    ConsentDocumentUnknown = "consent.document_unknown";
    PhotoFrameUnreadable = "photo.frame_unreadable";
    PhotoUploadIdInvalid = "photo.upload_id_invalid";
    PhotoSourceUnknown = "photo.source_unknown";
    ReviewOutcomeUnknown = "review.outcome_unknown";
    ReviewReasonUnknown = "review.reason_unknown";
    ReviewReasons = "review.reasons";
    ReviewNote = "review.note";
    ReviewNoteLength = "review.note_length";
    ReviewPhotos = "review.photos";
    ReviewCount = "review.count";
    ReviewTaken = "review.taken";
    ReviewNotTogether = "review.not_together";
    ReviewUnknown = "review.unknown";
    ReviewUndoOver = "review.undo_over";
    KnownPhotoUnknown = "known_photo.unknown";
    KnownPhotoExists = "known_photo.exists";
    KnownPhotoOrigin = "known_photo.origin";
    KnownPhotoOutcome = "known_photo.outcome";
    PhotoVariantUnknown = "photo.variant_unknown";
    PaymentChannelUnknown = "payment.channel_unknown";
    AccountLanguageUnknown = "account.language_unknown";
    RequestFieldMissing = "request.field_missing";
    RequestFieldUnknown = "request.field_unknown";
    RequestFieldRepeated = "request.field_repeated";
    RequestFieldUnreadable = "request.field_unreadable";
    RequestPageSize = "request.page_size";
    RequestPageStart = "request.page_start";
    TaskNotPurged = "task.not_purged";
    PhotoResultFileUnreadable = "photo_result.file_unreadable";
    PhotoResultColumnsMissing = "photo_result.columns_missing";
    PhotoResultTooManyRefusals = "photo_result.too_many_refusals";
    PhotoResultSourceUnknown = "photo_result.source_unknown";
    DeliveryUnknown = "delivery.unknown";
    DeliveryProfileUnknown = "delivery.profile_unknown";
    DeliveryBytesInvalid = "delivery.bytes_invalid";
    DeliveryPartInvalid = "delivery.part_invalid";
    DeliveryPartUnknown = "delivery.part_unknown";
    DeliveryPrintsInvalid = "delivery.prints_invalid";
    DeliveryState = "delivery.state";
    DeliveryBuilding = "delivery.building";
    DeliveryNoBase = "delivery.no_base";
    DeliveryEmpty = "delivery.empty";
    DeliveryFileGone = "delivery.file_gone";
    DeliveryLinkExpired = "delivery.link_expired";
    StaffSecondFactorRequired = "staff.second_factor_required";
    StaffFreshCodeRequired = "staff.fresh_code_required";
    StaffSessionIdle = "staff.session_idle";
    StaffCodeWrong = "staff.code_wrong";
    StaffTooManyTries = "staff.too_many_tries";
    StaffRecoveryCodeWrong = "staff.recovery_code_wrong";
    StaffDevicePresent = "staff.device_present";
    StaffDeviceMissing = "staff.device_missing";
    StaffUnknown = "staff.unknown";
    StaffRolePresent = "staff.role_present";
    RequestVersionConflict = "request.version_conflict";
    StaffLastOperator = "staff.last_operator";
    StaffOwnDevice = "staff.own_device";
    SchoolListFileUnreadable = "school_list.file_unreadable";
    SchoolListColumnsMissing = "school_list.columns_missing";
    RequestFileTooLarge = "request.file_too_large";
    RosterEntryBatchSize = "roster_entry.batch_size";
    RosterTicketUnknown = "roster_ticket.unknown";
    RosterTicketState = "roster_ticket.state";
    RosterTicketAnswerLength = "roster_ticket.answer_length";
    RosterTicketCannotAdd = "roster_ticket.cannot_add";
    ReminderNobody = "reminder.nobody";
    ReminderMore = "reminder.more";
    StaffRolesElsewhere = "staff.roles_elsewhere";
    StaffNameLength = "staff.name_length";
    StaffRoleUnknown = "staff.role_unknown";
    StaffLimitsInvalid = "staff.limits_invalid";
    SchoolUnknown = "school.unknown";
    SchoolCodeInvalid = "school.code_invalid";
    SchoolNameInvalid = "school.name_invalid";
    SchoolNameTaken = "school.name_taken";
    SchoolNotTest = "school.not_test";
    SchoolClockOffset = "school.clock_offset";
    SchoolAliasesInvalid = "school.aliases_invalid";
    SchoolContactLength = "school.contact_length";
    SchoolSuspended = "school.suspended";
    TaskState = "task.state";
    TaskNotReady = "task.not_ready";
    TaskTemplateUnknown = "task_template.unknown";
    TaskNameLength = "task.name_length";
    TaskWindowInvalid = "task.window_invalid";
    TaskWindowOver = "task.window_over";
    TaskFeesInvalid = "task.fees_invalid";
    TaskFeeMissing = "task.fee_missing";
    TaskPaymentUnavailable = "task.payment_unavailable";
    TaskIdentityUnavailable = "task.identity_unavailable";
    TaskAudienceMissing = "task.audience_missing";
    TaskContactMissing = "task.contact_missing";
    TaskTextLength = "task.text_length";
    TaskNumberRange = "task.number_range";
    TaskFixedAfterOpening = "task.fixed_after_opening";
    TaskOnlyMoreAfterOpening = "task.only_more_after_opening";
    AuditFilterInvalid = "audit.filter_invalid";
    StaffInvitationExpired = "staff.invitation_expired";
    IntegratorTokenInvalid = "integrator.token_invalid";
    IntegratorScopeMissing = "integrator.scope_missing";
    IntegratorAddressRefused = "integrator.address_refused";
    IntegratorTooManyTries = "integrator.too_many_tries";
    IntegratorUnknown = "integrator.unknown";
    IntegratorRevoked = "integrator.revoked";
    IntegratorNameLength = "integrator.name_length";
    IntegratorScopesInvalid = "integrator.scopes_invalid";
    IntegratorNetworksInvalid = "integrator.networks_invalid";
    IntegratorSchoolsInvalid = "integrator.schools_invalid";
    IntegratorPublicKeyInvalid = "integrator.public_key_invalid";
    IntegratorExpiryInvalid = "integrator.expiry_invalid";
    IntegratorCredentialsFull = "integrator.credentials_full";
    IntegratorCredentialUnknown = "integrator.credential_unknown";
    RequestIfMatchRequired = "request.if_match_required";
    RequestIfMatchStale = "request.if_match_stale";
    WebhookUnknown = "webhook.unknown";
    WebhookUrlInvalid = "webhook.url_invalid";
    WebhookDescriptionLength = "webhook.description_length";
    WebhookSchoolRequired = "webhook.school_required";
    WebhookTooMany = "webhook.too_many";
    WebhookDisabled = "webhook.disabled";
    RefundAmount = "refund.amount";
    RefundOver = "refund.over";
    RefundTooMany = "refund.too_many";
    RefundNothingPaid = "refund.nothing_paid";
    RefundUnknown = "refund.unknown";
    RefundState = "refund.state";
    RefundSecondPerson = "refund.second_person";
    RefundReason = "refund.reason";
    RefundRepeated = "refund.repeated";
    MerchantAccountUnknown = "merchant_account.unknown";
    MerchantAccountNumberTaken = "merchant_account.number_taken";
    MerchantAccountKeysInvalid = "merchant_account.keys_invalid";
    MoneyCaseUnknown = "money_case.unknown";
    MoneyCaseResolution = "money_case.resolution";
    ReconciliationUnknown = "reconciliation.unknown";
    ReconciliationDayInvalid = "reconciliation.day_invalid";
}
/// How an integrator proves itself.
ProofKind {
    Secret = "secret";
    PublicKey = "public_key";
}
/// A payment provider.
Provider {
    WechatPay = "wechat_pay";
    Alipay = "alipay";
}
/// Why money goes back.
RefundReason {
    DuplicatePayment = "duplicate_payment";
    LatePayment = "late_payment";
    Withdrawn = "withdrawn";
    Service = "service";
    Price = "price";
    PostageReturned = "postage_returned";
    WrongAmount = "wrong_amount";
    Other = "other";
}
/// The state of a refund.
RefundState {
    Requested = "requested";
    Submitted = "submitted";
    Succeeded = "succeeded";
    Abnormal = "abnormal";
    Closed = "closed";
    Rejected = "rejected";
}
/// Why a reviewer rejects a photo.
RejectReason {
    Hair = "hair";
    BgUneven = "bg_uneven";
    BgShadow = "bg_shadow";
    BgObject = "bg_object";
    BgColor = "bg_color";
    Shoulders = "shoulders";
    NotFrontal = "not_frontal";
    Tilt = "tilt";
    EyesClosed = "eyes_closed";
    MouthOpen = "mouth_open";
    FaceCovered = "face_covered";
    HandOrObject = "hand_or_object";
    GlassesGlare = "glasses_glare";
    TintedLens = "tinted_lens";
    Jewellery = "jewellery";
    Headwear = "headwear";
    Makeup = "makeup";
    ClothesColor = "clothes_color";
    ClothesImproper = "clothes_improper";
    Highlight = "highlight";
    HalfShadow = "half_shadow";
    DarkBright = "dark_bright";
    RedEye = "red_eye";
    Blur = "blur";
    Distorted = "distorted";
    LowQuality = "low_quality";
    Retouched = "retouched";
    Rephotographed = "rephotographed";
    SelfieLife = "selfie_life";
    TextWatermark = "text_watermark";
    Border = "border";
    HeadTop = "head_top";
    FaceWidth = "face_width";
    NotCentered = "not_centered";
    Outdated = "outdated";
    NotSelf = "not_self";
}
/// What becomes of a row of such a file.
ResultVerdict {
    Refused = "refused";
    Passed = "passed";
    Exists = "exists";
    NoPhoto = "no_photo";
    UnknownKey = "unknown_key";
    NoKey = "no_key";
    Duplicate = "duplicate";
    Ambiguous = "ambiguous";
    Unclear = "unclear";
}
/// Which reviews a photo needs.
ReviewOrder {
    Bureau = "bureau";
    School = "school";
    SchoolThenBureau = "school_then_bureau";
    BureauThenSchool = "bureau_then_school";
}
/// What a reviewer decides.
ReviewOutcome {
    Approved = "approved";
    Rejected = "rejected";
    Escalated = "escalated";
}
/// Who reviews.
ReviewStage {
    School = "school";
    Bureau = "bureau";
}
/// A role of staff.
Role {
    Operator = "operator";
    BureauReviewer = "bureau_reviewer";
    Finance = "finance";
    Officer = "officer";
    SchoolReviewer = "school_reviewer";
}
/// What a column of a roster holds.
RosterColumn {
    Name = "name";
    DocumentType = "document_type";
    DocumentNumber = "document_number";
    OtherNumber = "other_number";
    Level = "level";
    StudentNo = "student_no";
    College = "college";
    Major = "major";
    ClassName = "class_name";
    ExpectedGraduation = "expected_graduation";
}
/// Whether a student is on the list.
RosterEntryState {
    Listed = "listed";
    Withdrawn = "withdrawn";
}
/// Why a roster file cannot be read.
RosterFileError {
    OldWorkbook = "old_workbook";
    ProtectedWorkbook = "protected_workbook";
    Html = "html";
    Xml = "xml";
    Archive = "archive";
    OtherFormat = "other_format";
    Empty = "empty";
    Damaged = "damaged";
    Unpacked = "unpacked";
    TooManyTexts = "too_many_texts";
    Memo = "memo";
    UnclosedQuote = "unclosed_quote";
    Encoding = "encoding";
    TooManyBytes = "too_many_bytes";
    TooManyRows = "too_many_rows";
    RowTooLong = "row_too_long";
    TooManyColumns = "too_many_columns";
    CellTooLong = "cell_too_long";
    NoHeading = "no_heading";
    ColumnTwice = "column_twice";
    ColumnMissing = "column_missing";
    FileGone = "file_gone";
}
/// Where an import of a roster is.
RosterImportState {
    Checking = "checking";
    Checked = "checked";
    Stopped = "stopped";
    Importing = "importing";
    Imported = "imported";
    Cancelled = "cancelled";
    Undoing = "undoing";
    Undone = "undone";
}
/// The state of a question about the roster.
RosterTicketState {
    Open = "open";
    Answered = "answered";
    Closed = "closed";
}
/// What comes of a row of a roster file.
RosterVerdict {
    Created = "created";
    Updated = "updated";
    Unchanged = "unchanged";
    KeptCorrection = "kept_correction";
    NameMissingGlyph = "name_missing_glyph";
    LeadingZerosLost = "leading_zeros_lost";
    DuplicateInFile = "duplicate_in_file";
    ConflictInFile = "conflict_in_file";
    IdLostDigits = "id_lost_digits";
    BadIdChecksum = "bad_id_checksum";
    BadIdFormat = "bad_id_format";
    BadDate = "bad_date";
    UnknownLevel = "unknown_level";
    ReplacedCharacter = "replaced_character";
    CutCharacter = "cut_character";
    BadCell = "bad_cell";
    NameMissing = "name_missing";
    NumberMissing = "number_missing";
    MissingInFile = "missing_in_file";
}
/// Where the comparison of a day is.
RunState {
    Waiting = "waiting";
    Done = "done";
}
/// Whether a school takes part.
SchoolState {
    Active = "active";
    Suspended = "suspended";
}
/// What becomes of a row of the Ministry's list of schools.
SchoolVerdict {
    Created = "created";
    Known = "known";
    NameTaken = "name_taken";
    Duplicate = "duplicate";
    BadCode = "bad_code";
    BadName = "bad_name";
}
/// What an integrator may do.
Scope {
    TasksRead = "tasks:read";
    RosterRead = "roster:read";
    RosterWrite = "roster:write";
    ProgressRead = "progress:read";
    PhotosRead = "photos:read";
    PhotosDeliver = "photos:deliver";
    OrdersRead = "orders:read";
    StatementsRead = "statements:read";
    EventsRead = "events:read";
    WebhooksManage = "webhooks:manage";
}
/// How far a session of staff is.
SecondFactorState {
    NotEnrolled = "not_enrolled";
    Required = "required";
    Confirmed = "confirmed";
}
/// How bad a finding is.
Severity {
    Fail = "fail";
    Warn = "warn";
}
/// How a table is written.
SheetFormat {
    Csv = "csv";
    Xlsx = "xlsx";
}
/// What came of verifying a signature.
SignatureVerdict {
    Valid = "valid";
    Malformed = "malformed";
    Wrong = "wrong";
    Stale = "stale";
}
/// How far a student is.
StudentProgress {
    NotVerified = "not_verified";
    Verified = "verified";
    PhotoSent = "photo_sent";
    Paid = "paid";
    Approved = "approved";
    Rejected = "rejected";
}
/// The family of an operating system.
SystemFamily {
    Harmony = "harmony";
    Android = "android";
    Iphone = "iphone";
    Ipad = "ipad";
    Windows = "windows";
    Mac = "mac";
    Linux = "linux";
    Other = "other";
}
/// Where a task is in its life.
TaskState {
    Draft = "draft";
    Open = "open";
    Closed = "closed";
    HandedOver = "handed_over";
    Purged = "purged";
}
/// Who keeps a template of tasks.
TemplateOwner {
    School = "school";
    Bureau = "bureau";
}
/// What a finding's numbers count.
Unit {
    Uncounted = "uncounted";
    Bytes = "bytes";
    Pixels = "pixels";
    PxWide = "px_wide";
    PxHigh = "px_high";
    PxThick = "px_thick";
    PermilleWidthToHeight = "permille_width_to_height";
    PxFromTop = "px_from_top";
    PxAcross = "px_across";
    PxRight = "px_right";
    Faces = "faces";
    TenthDegrees = "tenth_degrees";
    TenthDegreesRight = "tenth_degrees_right";
    TenthDegreesUp = "tenth_degrees_up";
    Degrees = "degrees";
    Permille = "permille";
    PermilleBlack = "permille_black";
    Tenths = "tenths";
    HundredthBits = "hundredth_bits";
    TenthDeltaE = "tenth_delta_e";
    Quality = "quality";
}
/// Where a delivery of a webhook is.
WebhookDeliveryState {
    Waiting = "waiting";
    Delivered = "delivered";
    Failed = "failed";
}
}
