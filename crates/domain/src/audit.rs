//! The audit log: what is noted of who did what to whose data, and how its entries are chained.
//!
//! Entries are only added. Each school has a chain, and so has what belongs to no school; an entry's hash covers its
//! contents and the hash before it, so that an entry that is changed, removed or moved breaks the chain at its place.

mod action;

pub use action::{AuditAction, AuditObject};

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::access::ActorKind;
use crate::word::words;
use crate::{
    AccountId, AuditEventId, ChallengeId, ConsentId, DeliveryId, EnrolmentId, IntegratorId, JobId,
    KnownPhotoId, LostPhoneReportId, MerchantAccountId, MoneyCaseId, OrderId, PhoneChangeId,
    PhotoId, ReconciliationId, RefundId, RosterEntryId, RosterImportId, RosterTicketId, SchoolId,
    SessionId, StaffRoleId, TaskId, TaskTemplateId, WebhookEndpointId,
};

words! {
    /// Why a transaction may commit although it notes nothing in the audit log.
    AuditExemption {
        /// It changes nothing that belongs to a person or a school: counters, locks, keys, probes.
        Housekeeping = "housekeeping", "内部维护", "housekeeping";
        /// It stores a try, or a message, before anything comes of it; what comes of it is noted.
        Attempt = "attempt", "尝试", "an attempt";
        /// It records what a provider said or what is owed to one; ledger and events keep that.
        ProviderRecord = "provider_record", "支付渠道记录", "a provider's record";
        /// Rules of the product act on their own, such as closing an order that ended; events keep that.
        Rule = "rule", "系统规则", "a rule of the product";
        /// It deletes what is too old.
        Retention = "retention", "保存期限", "retention";
        /// It repeats or completes what was noted when it was first done.
        Repetition = "repetition", "重复执行", "a repetition";
        /// The session is refreshed without any change of what it may do.
        SessionRefresh = "session_refresh", "会话续期", "session refresh";
        /// Sample data, outside production.
        SampleData = "sample_data", "示例数据", "sample data";
    }
}

/// One entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its id.
    pub id: AuditEventId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What kind of actor did it.
    pub actor: ActorKind,
    /// The actor's account, where there is one.
    pub actor_id: Option<AccountId>,
    /// Whose data it touched; the owner reads it in their access log.
    pub subject_account_id: Option<AccountId>,
    /// The school it belongs to; its chain.
    pub school_id: Option<SchoolId>,
    /// What was done.
    pub action: AuditAction,
    /// To what kind of thing.
    pub object: AuditObject,
    /// To which.
    pub object_id: Option<Uuid>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// The request in which it was done.
    pub request_id: Option<String>,
    /// What else is kept: an object without personal data.
    pub facts: Value,
}

/// An entry as it is stored. Its words may be those of another version, so they are kept as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// Its id.
    pub id: AuditEventId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// A word of [`ActorKind`].
    pub actor: String,
    /// The actor's account, where there is one.
    pub actor_id: Option<AccountId>,
    /// Whose data it touched.
    pub subject_account_id: Option<AccountId>,
    /// The school it belongs to; its chain.
    pub school_id: Option<SchoolId>,
    /// A word of [`AuditAction`].
    pub action: String,
    /// A word of [`AuditObject`].
    pub object: String,
    /// To which.
    pub object_id: Option<Uuid>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// The request in which it was done.
    pub request_id: Option<String>,
    /// What else is kept.
    pub facts: Value,
}

impl From<AuditEntry> for AuditRecord {
    fn from(entry: AuditEntry) -> Self {
        Self {
            id: entry.id,
            at: entry.at,
            actor: entry.actor.as_str().to_owned(),
            actor_id: entry.actor_id,
            subject_account_id: entry.subject_account_id,
            school_id: entry.school_id,
            action: entry.action.as_str().to_owned(),
            object: entry.object.as_str().to_owned(),
            object_id: entry.object_id,
            reason: entry.reason,
            request_id: entry.request_id,
            facts: entry.facts,
        }
    }
}

/// A chain of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChainId(pub Uuid);

impl ChainId {
    /// The chain of a school, or of what belongs to no school.
    pub fn of(school: Option<SchoolId>) -> Self {
        Self(school.map_or(Uuid::nil(), |school| school.0))
    }
}

impl fmt::Display for ChainId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_nil() {
            f.write_str("platform")
        } else {
            SchoolId(self.0).fmt(f)
        }
    }
}

/// A place in a chain: an entry, by its number, and the hash up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainPlace {
    /// The number of the entry, from 1; 0 is the place before the first.
    pub sequence: i64,
    /// The hash of the entry, which covers those before it.
    pub hash: [u8; 32],
}

impl ChainPlace {
    /// The place before the first entry.
    pub const BEGINNING: Self = Self {
        sequence: 0,
        hash: [0; 32],
    };
}

/// What an entry's hash covers. The order of the fields and their forms are fixed: changing them breaks every chain.
#[derive(Serialize)]
struct Canonical<'a> {
    chain: Uuid,
    sequence: i64,
    previous: String,
    id: Uuid,
    at: String,
    actor: &'a str,
    actor_id: Option<Uuid>,
    subject_account_id: Option<Uuid>,
    action: &'a str,
    object: &'a str,
    object_id: Option<Uuid>,
    reason: Option<&'a str>,
    request_id: Option<&'a str>,
    facts: String,
}

impl AuditRecord {
    /// The bytes of which the entry's SHA-256 is taken where it follows this place in its chain.
    pub fn canonical(&self, previous: &ChainPlace) -> Vec<u8> {
        let digits = previous.hash.iter().map(|byte| format!("{byte:02x}"));
        let canonical = Canonical {
            chain: ChainId::of(self.school_id).0,
            sequence: previous.sequence + 1,
            previous: digits.collect(),
            id: self.id.0,
            at: self.at.to_rfc3339_opts(SecondsFormat::Micros, true),
            actor: &self.actor,
            actor_id: self.actor_id.map(|id| id.0),
            subject_account_id: self.subject_account_id.map(|id| id.0),
            action: &self.action,
            object: &self.object,
            object_id: self.object_id,
            reason: self.reason.as_deref(),
            request_id: self.request_id.as_deref(),
            facts: sorted(&self.facts),
        };
        serde_json::to_vec(&canonical).unwrap_or_default()
    }
}

impl AuditObject {
    /// The id of such a thing as people read it.
    pub fn show_id(self, id: Uuid) -> String {
        match self {
            Self::Account => AccountId(id).to_string(),
            Self::Session => SessionId(id).to_string(),
            Self::Challenge => ChallengeId(id).to_string(),
            Self::PhoneChange => PhoneChangeId(id).to_string(),
            Self::StaffRole => StaffRoleId(id).to_string(),
            Self::LostPhoneReport => LostPhoneReportId(id).to_string(),
            Self::Consent => ConsentId(id).to_string(),
            Self::Integrator => IntegratorId(id).to_string(),
            Self::School => SchoolId(id).to_string(),
            Self::Task => TaskId(id).to_string(),
            Self::MerchantAccount => MerchantAccountId(id).to_string(),
            Self::TaskTemplate => TaskTemplateId(id).to_string(),
            Self::Enrolment => EnrolmentId(id).to_string(),
            Self::Ticket => RosterTicketId(id).to_string(),
            Self::Photo => PhotoId(id).to_string(),
            Self::KnownPhoto => KnownPhotoId(id).to_string(),
            Self::Delivery => DeliveryId(id).to_string(),
            Self::Order => OrderId(id).to_string(),
            Self::Refund => RefundId(id).to_string(),
            Self::MoneyCase => MoneyCaseId(id).to_string(),
            Self::Reconciliation => ReconciliationId(id).to_string(),
            Self::Job => JobId(id).to_string(),
            Self::RosterEntry => RosterEntryId(id).to_string(),
            Self::RosterImport => RosterImportId(id).to_string(),
            Self::WebhookEndpoint => WebhookEndpointId(id).to_string(),
        }
    }
}

/// Which entries of the log are wanted: those that fit all that is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Of this school.
    pub school: Option<SchoolId>,
    /// What was done.
    pub action: Option<AuditAction>,
    /// Who did it.
    pub actor: Option<AccountId>,
    /// Whose data it touched.
    pub subject: Option<AccountId>,
    /// To which thing, whatever its kind.
    pub object: Option<Uuid>,
    /// Not before this moment.
    pub since: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
}

/// JSON with the names of every object in alphabetical order: databases keep them in orders of their own.
fn sorted(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort();
            let fields = names.into_iter().map(|name| {
                let value = fields.get(name).map_or_else(String::new, sorted);
                format!("{}:{value}", Value::from(name.as_str()))
            });
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(sorted).collect();
            format!("[{}]", items.join(","))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests;
