//! Webhooks: endpoints that are told of events, when a delivery is tried again, and when an endpoint is given up.
//!
//! Source: docs/sources.md#standard-webhooks.

mod address;

pub use address::is_public_address;

use chrono::{DateTime, TimeDelta, Utc};

use crate::access::Reach;
use crate::event::EventKind;
use crate::word::words;
use crate::{
    AccountId, EventId, IntegratorId, SchoolId, WebhookAttemptId, WebhookDeliveryId,
    WebhookEndpointId,
};

/// The longest address of an endpoint, in bytes.
pub const URL_MAX: usize = 500;
/// The longest description of an endpoint, in characters.
pub const DESCRIPTION_MAX: usize = 100;
/// How many endpoints a school can have, and the bureau.
pub const ENDPOINTS_MAX: u64 = 20;
/// For how long the old secret of an endpoint also signs after a new one was made.
pub const ROTATION: TimeDelta = TimeDelta::hours(24);
/// How many deliveries to one endpoint are under way at once.
pub const PER_ENDPOINT: usize = 2;
/// How many endpoints are sent to at once.
pub const ENDPOINTS_AT_ONCE: usize = 25;
/// How many deliveries to one endpoint are taken up together: what came of them is kept together too.
pub const TAKEN_TOGETHER: u64 = 20;
/// For how long a worker has the deliveries that it took up: longer than the time in which it begins to send them and a
/// try together.
pub const DELIVERY_LEASE: TimeDelta = TimeDelta::seconds(45);
/// How much of an answer is kept in the log, in bytes.
pub const ANSWER_KEPT: usize = 1024;
/// An endpoint that has taken nothing for so long is told of as failing.
pub const FAILING_AFTER: TimeDelta = TimeDelta::hours(1);
/// An endpoint that has taken nothing for so long is disabled.
pub const DISABLED_AFTER: TimeDelta = TimeDelta::days(5);
/// The longest wait that a receiver can ask for.
pub const LONGEST_WAIT: TimeDelta = TimeDelta::hours(24);
/// How old a timestamp may be when its signature is verified, and how far ahead.
pub const TOLERANCE: TimeDelta = TimeDelta::minutes(5);

/// The waits after the first try and each later one.
const WAITS: [TimeDelta; 9] = [
    TimeDelta::seconds(5),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
    TimeDelta::hours(5),
    TimeDelta::hours(10),
    TimeDelta::hours(14),
    TimeDelta::hours(20),
    TimeDelta::hours(24),
];

words! {
    /// Whether an endpoint is told of events.
    EndpointState {
        /// It is.
        Active = "active", "启用", "active";
        /// It is not.
        Disabled = "disabled", "停用", "disabled";
    }
}

words! {
    /// Why an endpoint is disabled.
    EndpointDisabledReason {
        /// A person disabled it.
        Person = "person", "人工停用", "disabled by a person";
        /// It answered that it is gone (410).
        Gone = "gone", "接收方返回 410", "the receiver answered 410";
        /// It took nothing for five days.
        Failing = "failing", "连续五天推送失败", "took nothing for five days";
    }
}

words! {
    /// Where a delivery is.
    WebhookDeliveryState {
        /// It waits for its first or next try.
        Waiting = "waiting", "待推送", "waiting";
        /// The receiver took it.
        Delivered = "delivered", "已送达", "delivered";
        /// Every try failed, or the endpoint was disabled meanwhile.
        Failed = "failed", "推送失败", "failed";
    }
}

words! {
    /// Why a try has no answer.
    AttemptFault {
        /// The name has no address.
        Unresolved = "unresolved", "域名无法解析", "the name has no address";
        /// The address is not on the internet.
        Forbidden = "forbidden_address", "地址不在公网", "the address is not on the internet";
        /// No connection could be made.
        Unreachable = "unreachable", "无法连接", "no connection";
        /// TLS failed, or the certificate is not good.
        Tls = "tls", "证书或加密连接错误", "TLS failed";
        /// No answer came in time.
        TimedOut = "timed_out", "超时未响应", "no answer in time";
        /// The connection broke off, or what came is no HTTP.
        Broken = "broken", "连接中断", "the connection broke off";
    }
}

words! {
    /// What came of verifying a signature.
    SignatureVerdict {
        /// It is good.
        Valid = "valid", "签名正确", "the signature is good";
        /// It has not the form of a signature.
        Malformed = "malformed", "签名格式错误", "not the form of a signature";
        /// It was made with another secret, or over something else.
        Wrong = "wrong", "签名不匹配", "made with another secret or over something else";
        /// It is good, but its timestamp is too far from now.
        Stale = "stale", "时间戳超出允许范围", "the timestamp is too far from now";
    }
}

/// An address that is told of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookEndpoint {
    /// The key.
    pub id: WebhookEndpointId,
    /// The school whose events it is told of; `None` for those of every school.
    pub school_id: Option<SchoolId>,
    /// The address.
    pub url: String,
    /// The types of events that it is told of; every type where there are none.
    pub kinds: Vec<EventKind>,
    /// What people call it.
    pub description: String,
    /// Whether it is told of events.
    pub state: EndpointState,
    /// Why it is disabled, where it is.
    pub disabled_reason: Option<EndpointDisabledReason>,
    /// Since when it has taken nothing; `None` where its latest try was good or there was none.
    pub failing_since: Option<DateTime<Utc>>,
    /// When that was told of.
    pub failing_told_at: Option<DateTime<Utc>>,
    /// Who made it, where it was a person.
    pub created_by: Option<AccountId>,
    /// The integrator that made it and manages it, where it was one.
    pub integrator_id: Option<IntegratorId>,
    /// Counts the changes.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which endpoints somebody manages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointReach {
    /// Those of these schools; those of every school only where every school is within reach.
    pub schools: Reach,
    /// Of them those of this integrator alone; `None` for all.
    pub integrator: Option<IntegratorId>,
}

impl EndpointReach {
    /// Every endpoint.
    pub const ALL: Self = Self {
        schools: Reach::AllSchools,
        integrator: None,
    };
}

/// What a failed try means for an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndpointNews {
    /// Nothing that must be told.
    Nothing,
    /// It is failing, and that was not told yet.
    Failing,
    /// It is disabled from now on.
    Disabled,
}

impl WebhookEndpoint {
    /// Whether it is told of an event of this school and type. Pings are sent to their own endpoint alone.
    pub fn wants(&self, school: Option<SchoolId>, kind: EventKind) -> bool {
        let is_its_school = self.school_id.is_none() || self.school_id == school;
        let is_wanted = self.kinds.is_empty() || self.kinds.contains(&kind);
        self.state == EndpointState::Active
            && is_its_school
            && is_wanted
            && kind != EventKind::WebhookPing
    }

    /// Notes that it took something.
    pub fn succeeded(&mut self) {
        self.failing_since = None;
        self.failing_told_at = None;
    }

    /// Notes a failed try, and says what must be told of it.
    pub fn failed(&mut self, answer: AttemptAnswer, now: DateTime<Utc>) -> EndpointNews {
        if self.state == EndpointState::Disabled {
            return EndpointNews::Nothing;
        }
        let since = *self.failing_since.get_or_insert(now);
        let reason = match answer {
            AttemptAnswer::Status(410) => Some(EndpointDisabledReason::Gone),
            AttemptAnswer::Status(_) | AttemptAnswer::None(_) => {
                (now - since >= DISABLED_AFTER).then_some(EndpointDisabledReason::Failing)
            }
        };
        if let Some(reason) = reason {
            self.disable(reason);
            return EndpointNews::Disabled;
        }
        if self.failing_told_at.is_none() && now - since >= FAILING_AFTER {
            self.failing_told_at = Some(now);
            return EndpointNews::Failing;
        }
        EndpointNews::Nothing
    }

    /// Disables it.
    pub fn disable(&mut self, reason: EndpointDisabledReason) {
        self.state = EndpointState::Disabled;
        self.disabled_reason = Some(reason);
    }

    /// Has it told of events again.
    pub fn enable(&mut self) {
        self.state = EndpointState::Active;
        self.disabled_reason = None;
        self.succeeded();
    }
}

/// What a receiver answered to a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptAnswer {
    /// It answered with this status.
    Status(u16),
    /// It gave no answer.
    None(AttemptFault),
}

impl AttemptAnswer {
    /// Whether the receiver took what it was sent. A redirect is a failure.
    pub const fn is_taken(self) -> bool {
        matches!(self, Self::Status(200..=299))
    }
}

/// An event on its way to an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookDelivery {
    /// The key.
    pub id: WebhookDeliveryId,
    /// To whom.
    pub endpoint_id: WebhookEndpointId,
    /// What.
    pub event_id: EventId,
    /// Its type.
    pub kind: EventKind,
    /// The event's school.
    pub school_id: Option<SchoolId>,
    /// Where it is.
    pub state: WebhookDeliveryState,
    /// How many tries it had since it was last asked for.
    pub tries: i32,
    /// Not before this time.
    pub next_at: DateTime<Utc>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl WebhookDelivery {
    /// Notes a try. `retry_after` is what the receiver asked for, `chance` spreads the next try.
    pub fn tried(
        &mut self,
        answer: AttemptAnswer,
        retry_after: Option<TimeDelta>,
        chance: u16,
        now: DateTime<Utc>,
    ) {
        self.tries += 1;
        self.updated_at = now;
        if answer.is_taken() {
            self.state = WebhookDeliveryState::Delivered;
            return;
        }
        let asked = retry_after.filter(|_| may_ask_to_wait(answer));
        match wait(self.tries, asked, chance) {
            Some(wait) => self.next_at = now + wait,
            None => self.state = WebhookDeliveryState::Failed,
        }
    }
}

/// The answers whose `Retry-After` counts.
const fn may_ask_to_wait(answer: AttemptAnswer) -> bool {
    matches!(answer, AttemptAnswer::Status(429 | 502 | 503 | 504))
}

/// How long after this many tries the next one comes: the schedule, spread by a fifth to either side, and no earlier than
/// the receiver asked for, up to a day. `None` after the last try.
fn wait(tries: i32, asked: Option<TimeDelta>, chance: u16) -> Option<TimeDelta> {
    let index = usize::try_from(tries - 1).ok()?;
    let base = WAITS.get(index)?;
    let spread = 800 + i32::from(chance) % 401;
    let wait = *base * spread / 1000;
    let asked = asked.unwrap_or_default().min(LONGEST_WAIT);
    Some(wait.max(asked))
}

/// A try, as the log keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookAttempt {
    /// The key.
    pub id: WebhookAttemptId,
    /// When it began.
    pub at: DateTime<Utc>,
    /// How long it took.
    pub duration_ms: i32,
    /// What the receiver answered.
    pub answer: AttemptAnswer,
    /// How its answer begins.
    pub body: String,
}

#[cfg(test)]
mod tests;
