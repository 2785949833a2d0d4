//! How long what is kept: one table, which the worker enforces, and what is kept without a limit and why.
//!
//! What a person demands to be erased, by withdrawing a consent or ending the account, is erased at once and does not
//! wait for this table. Sources of the periods: docs/sources.md#retention.

use chrono::{DateTime, TimeDelta, Utc};

use crate::word::words;

words! {
    /// What is deleted when its time is over; the order is the one in which it is deleted.
    Record {
        /// Text messages that were sent, by the keyed hash of the phone.
        Messages = "sms_messages", "短信发送记录", "text messages sent";
        /// Changes of phone, finished or not.
        PhoneChanges = "phone_changes", "更换手机号记录", "changes of phone";
        /// Codes that were sent, with the sealed phone.
        Challenges = "sms_challenges", "验证码", "codes sent";
        /// Tries to be found on a roster.
        VerificationAttempts = "verification_attempts", "身份核验记录", "tries to verify";
        /// Examinations of files that became no photo.
        PhotoChecks = "photo_checks", "照片检测记录", "examinations of files";
        /// Sessions that ended or ran out.
        Sessions = "sessions", "登录会话", "sessions";
        /// Answers kept so that a repeated request has its effect once.
        Answers = "idempotency_keys", "重复请求记录", "answers to repeat";
        /// Questions to a school, with the student's words.
        Tickets = "roster_tickets", "名单咨询", "questions to the school";
        /// Reports of a lost phone, with the person's words.
        LostPhoneReports = "lost_phone_reports", "手机号挂失登记", "reports of a lost phone";
        /// Notices from payment providers.
        Notices = "notify_inbox", "支付通知原文", "payment notices";
        /// Calls to payment providers.
        ProviderCalls = "provider_calls", "支付接口调用记录", "calls to payment providers";
        /// What happened, as it is told to other systems.
        Events = "events", "事件", "events";
        /// Events on their way to other systems, with every try.
        WebhookDeliveries = "webhook_deliveries", "事件推送记录", "webhook deliveries";
        /// Work that was done.
        Jobs = "jobs", "后台任务", "finished work";
        /// Who did what to whose data.
        Audit = "audit_events", "审计日志", "the audit log";
        /// Consents that were withdrawn.
        Consents = "consents", "已撤回的同意", "withdrawn consents";
        /// What was erased on demand.
        Erasures = "erasures", "删除台账", "the ledger of erasures";
        /// All files of a photo that does not count any more.
        PhotoFiles = "photos (files)", "不再使用的照片文件", "files of photos out of use";
        /// The file as it came, of a photo whose result was accepted.
        PhotoOriginals = "photos (original)", "已通过照片的原图", "originals of accepted photos";
    }
}

/// From when on the time is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// It was made, or it happened.
    Made,
    /// It last changed its state.
    Changed,
    /// Its own end.
    Ended,
    /// It was withdrawn.
    Withdrawn,
}

/// How long one kind of record is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What.
    pub record: Record,
    /// So many days.
    pub days: i64,
    /// Counted from then on.
    pub since: Since,
    /// Why so long and no longer.
    pub why: &'static str,
}

impl Rule {
    /// What is older than this goes.
    pub fn cutoff(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - TimeDelta::days(self.days)
    }
}

const fn rule(record: Record, days: i64, since: Since, why: &'static str) -> Rule {
    Rule {
        record,
        days,
        since,
        why,
    }
}

/// Half a year: how long logs of a network service are kept at least. Source: docs/sources.md#retention.
pub const LOGS_DAYS: i64 = 180;
/// Three years: records of handling personal data, and claims. Source: docs/sources.md#retention.
pub const CLAIMS_DAYS: i64 = 3 * 365 + 1;

/// The table.
pub const RULES: &[Rule] = &[
    rule(
        Record::Messages,
        30,
        Since::Made,
        "a message that did not come is complained about within a month; deleted with its code",
    ),
    rule(
        Record::PhoneChanges,
        30,
        Since::Made,
        "the audit log keeps that the phone changed; deleted with its codes",
    ),
    rule(
        Record::Challenges,
        30,
        Since::Made,
        "limits look back a day; complaints come within a month",
    ),
    rule(
        Record::VerificationAttempts,
        LOGS_DAYS,
        Since::Made,
        "a log of who searched the rosters: half a year",
    ),
    rule(
        Record::PhotoChecks,
        7,
        Since::Made,
        "the limit looks back an hour",
    ),
    rule(
        Record::Sessions,
        60,
        Since::Made,
        "a session lasts 30 days at most; a stolen token is looked into within the 30 days after",
    ),
    rule(
        Record::Answers,
        0,
        Since::Ended,
        "each says itself until when it is good",
    ),
    rule(
        Record::Tickets,
        365,
        Since::Changed,
        "a collection and what follows it are over within a year",
    ),
    rule(
        Record::LostPhoneReports,
        LOGS_DAYS,
        Since::Changed,
        "a takeover of an account is complained about within half a year",
    ),
    rule(
        Record::Notices,
        365,
        Since::Made,
        "providers refund for a year at most, and disputes quote the notice",
    ),
    rule(
        Record::ProviderCalls,
        LOGS_DAYS,
        Since::Made,
        "a log: half a year",
    ),
    rule(
        Record::Events,
        730,
        Since::Made,
        "no order or photo moves any more after two years, so that numbering never begins anew",
    ),
    rule(
        Record::WebhookDeliveries,
        30,
        Since::Changed,
        "who runs a receiver looks into its failures within a month; the event itself is kept",
    ),
    rule(
        Record::Jobs,
        30,
        Since::Ended,
        "what was done is looked into within a month",
    ),
    rule(
        Record::Audit,
        CLAIMS_DAYS,
        Since::Made,
        "records of handling personal data: three years; logs: half a year at least",
    ),
    rule(
        Record::Consents,
        CLAIMS_DAYS,
        Since::Withdrawn,
        "proof that there was consent, for as long as somebody can sue",
    ),
    rule(
        Record::Erasures,
        CLAIMS_DAYS,
        Since::Made,
        "longer than any backup is kept, so that each restore can repeat it",
    ),
    rule(
        Record::PhotoFiles,
        30,
        Since::Changed,
        "a decision is disputed within a month; nobody needs a replaced or rejected photo longer",
    ),
    rule(
        Record::PhotoOriginals,
        LOGS_DAYS,
        Since::Changed,
        "the result is what is handed over; the original serves to cut it anew until the diploma is registered",
    ),
];

/// What this table sets no time for, and why.
pub const STANDING: &[(&str, &str)] = &[
    ("schools", "no personal data"),
    ("school_aliases", "no personal data"),
    (
        "school_moves",
        "no personal data: where a school went or came from, so that its links are answered",
    ),
    (
        "former_signing_keys",
        "no personal data; what they signed is checked for years",
    ),
    ("tasks", "no personal data"),
    ("task_templates", "no personal data"),
    (
        "merchant_accounts",
        "no personal data; what an account took is asked of it for years",
    ),
    (
        "task_progress",
        "no personal data: sums by college, major and class, until the task is purged",
    ),
    (
        "task_purges",
        "no personal data: the proof that those of a task were deleted",
    ),
    (
        "data_keys",
        "what they seal could not be read without them; those of a task until they are destroyed",
    ),
    ("index_keys", "no personal data"),
    ("readiness_probes", "no personal data"),
    ("audit_chains", "no personal data"),
    ("event_positions", "no personal data"),
    ("webhook_endpoints", "no personal data"),
    (
        "webhook_secrets",
        "no personal data; an old one goes with the next that is made",
    ),
    ("webhook_attempts", "each goes with its delivery"),
    (
        "spent_captchas",
        "no personal data; each goes when its challenge ends, after five minutes",
    ),
    (
        "code_failures",
        "keyed hashes alone; each goes when nothing counts it any more, after an hour",
    ),
    (
        "known_browsers",
        "keyed hashes alone; each goes 180 days after its last login, or with its account",
    ),
    (
        "accounts",
        "until their owner ends them; then a row without personal data stays, to which the orders belong",
    ),
    (
        "review_queue",
        "no personal data; a row goes when its photo needs no more reviews",
    ),
    (
        "photo_reviews",
        "who decided what about a photo, for as long as the photo's row; what was written is sealed under the task's key",
    ),
    (
        "known_photos",
        "made artificially or with consent, as each says; the files go when it is taken out, the row stays for the figures",
    ),
    (
        "seeded_items",
        "no personal data of students; which reviewer caught what, until the task is purged",
    ),
    (
        "photo_recalls",
        "no personal data; which approvals were in doubt, until the task is purged",
    ),
    (
        "picture_bands",
        "the difference hash of a framed photo, for as long as its files are there",
    ),
    (
        "integrators",
        "no personal data; who made and changed it is in the audit log",
    ),
    (
        "integrator_credentials",
        "hashes and public keys alone, so that the page can say when each was last used",
    ),
    (
        "spent_token_ids",
        "no personal data; each goes when its token has run out, after ten minutes",
    ),
    ("staff_roles", "for as long as somebody holds the role"),
    (
        "staff_members",
        "the name and the device of a person with roles: until the account ends",
    ),
    (
        "staff_recovery_codes",
        "keyed hashes alone; replaced by the next ones, and gone with the account",
    ),
    (
        "staff_sessions",
        "ids and times alone; each goes when its person confirms a second factor a day later",
    ),
    (
        "roster_entries",
        "the school's own list: until the school has its task purged",
    ),
    (
        "roster_ids",
        "the school's own list: until the school has its task purged",
    ),
    (
        "roster_imports",
        "no personal data; the file itself goes when its rows were taken",
    ),
    (
        "roster_import_rows",
        "what an import changed, sealed under the task's key, so that it can be undone: until the task is purged",
    ),
    (
        "deliveries",
        "no personal data; the package itself goes after 30 days",
    ),
    (
        "delivery_photos",
        "which photo went to the school, with the file's name sealed under the task's key: until the task is purged",
    ),
    (
        "student_reminders",
        "no personal data: when a student of the list was reminded, until the school has its task purged",
    ),
    (
        "enrolments",
        "photos and orders belong to them; no personal data but the link, which ends with the account",
    ),
    (
        "photos",
        "the count of submissions and the decision, until the task is purged; the files go sooner",
    ),
    (
        "orders",
        "accounting records, 30 years; their contact data go with the account",
    ),
    ("order_lines", "accounting records, 30 years"),
    (
        "payment_attempts",
        "accounting records, 30 years; the payer goes with the account",
    ),
    ("refunds", "accounting records, 30 years"),
    ("ledger", "accounting records, 30 years"),
    ("money_cases", "accounting records, 30 years"),
    ("reconciliations", "accounting records, 30 years"),
    ("bill_rows", "accounting records, 30 years"),
];

/// How many rows one transaction deletes: a writer never waits long for it.
pub const BATCH: u64 = 500;
/// How many batches one rule gets in a round.
pub const BATCHES: usize = 20;
/// When the next round begins.
pub const ROUND_EVERY: TimeDelta = TimeDelta::hours(1);
/// When it begins where a rule was not finished.
pub const ROUND_AFTER_MUCH: TimeDelta = TimeDelta::minutes(1);

words! {
    /// What was erased because somebody demanded it.
    ErasureKind {
        /// An account with everything that names a person.
        Account = "account", "账号", "account";
        /// A consent that was withdrawn.
        Consent = "consent", "同意", "consent";
        /// The files of a photo.
        Photo = "photo", "照片", "photo";
        /// The keys of a task, and with them everything that they sealed.
        TaskKeys = "task_keys", "任务密钥", "keys of a task";
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::limit::reach;
    use crate::{limit, session};

    fn period(record: Record) -> TimeDelta {
        let rule = RULES.iter().find(|rule| rule.record == record).unwrap();
        TimeDelta::days(rule.days)
    }

    #[test]
    fn every_record_has_one_rule_in_the_order_of_deletion() {
        let ruled: Vec<_> = RULES.iter().map(|rule| rule.record).collect();
        assert_eq!(ruled, Record::ALL);
    }

    #[rstest]
    #[case::of_a_phone(limit::SENDS_PER_PHONE)]
    #[case::of_an_address(limit::SENDS_PER_ADDRESS)]
    #[case::of_a_browser(limit::SENDS_PER_BROWSER)]
    fn no_challenge_is_deleted_while_a_limit_counts_it(#[case] windows: &[limit::Window]) {
        assert!(period(Record::Challenges) > reach(windows));
    }

    #[rstest]
    #[case::of_a_phone(limit::REPORTS_PER_PHONE)]
    #[case::of_a_browser(limit::REPORTS_PER_BROWSER)]
    #[case::of_an_address(limit::REPORTS_PER_ADDRESS)]
    fn no_report_is_deleted_while_a_limit_counts_it(#[case] windows: &[limit::Window]) {
        assert!(period(Record::LostPhoneReports) > reach(windows));
    }

    #[test]
    fn nothing_is_deleted_while_a_limit_or_a_session_counts_on_it() {
        assert!(period(Record::PhotoChecks) > reach(limit::CHECKS_PER_ACCOUNT));
        assert!(period(Record::VerificationAttempts) > reach(limit::FAILURES_PER_ACCOUNT));
        assert!(
            period(Record::Sessions) > session::STUDENT_SESSION_LIFETIME + session::ACCESS_LIFETIME
        );
    }

    #[test]
    fn the_operations_page_names_every_record_and_its_days() {
        let page = include_str!("../../../docs/operations.md");
        for rule in RULES {
            let row = format!("| `{}` | {} |", rule.record, rule.days);
            assert!(page.contains(&row), "docs/operations.md lacks {row}");
        }
    }
}
