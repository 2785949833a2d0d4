//! Identifiers: UUIDv7 inside, a typed prefix and 26 base-32 characters outside (the `TypeID` form).

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// Crockford's alphabet in lower case: no `i`, `l`, `o`, `u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 128 bits in groups of five.
const LENGTH: usize = 26;

/// A text that is not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id that begins with {prefix}_")]
pub struct IdError {
    prefix: &'static str,
}

/// The letters of an id, in place: ids are written more often than anything else.
fn encode(uuid: Uuid) -> [u8; LENGTH] {
    let value = uuid.as_u128();
    std::array::from_fn(|place| {
        let group = LENGTH - 1 - place;
        ALPHABET[(value >> (group * 5)) as usize & 31]
    })
}

fn write_id(f: &mut fmt::Formatter<'_>, prefix: &str, uuid: Uuid) -> fmt::Result {
    f.write_str(prefix)?;
    f.write_str("_")?;
    f.write_str(std::str::from_utf8(&encode(uuid)).map_err(|_| fmt::Error)?)
}

fn decode(text: &str) -> Option<Uuid> {
    if text.len() != LENGTH || text.as_bytes().first()? > &b'7' {
        return None;
    }
    let mut value = 0_u128;
    for byte in text.bytes() {
        let digit = ALPHABET.iter().position(|&letter| letter == byte)?;
        value = (value << 5) | digit as u128;
    }
    Some(Uuid::from_u128(value))
}

/// A UUIDv7 of a moment and ten random bytes.
fn uuid_v7(now: DateTime<Utc>, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// An id of one kind, for code that works with ids of every kind.
pub trait TypedId: Copy {
    /// The id that a UUID stands for.
    fn of_uuid(uuid: Uuid) -> Self;
    /// The UUID, as the database holds it.
    fn uuid(self) -> Uuid;
}

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident = $prefix:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl $name {
            /// What stands before the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// A new id of a moment and ten random bytes; ids sort by moment.
            pub fn new(now: DateTime<Utc>, random: [u8; 10]) -> Self {
                Self(uuid_v7(now, random))
            }
        }

        impl TypedId for $name {
            fn of_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
            fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_id(f, Self::PREFIX, self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(decode)
                    .map(Self)
                    .ok_or(IdError { prefix: $prefix })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

ids! {
    /// An account: a person who logs in.
    AccountId = "acc";
    /// A payment attempt.
    AttemptId = "pay";
    /// An entry of the audit log.
    AuditEventId = "audit";
    /// A row of a provider's bill.
    BillRowId = "bill";
    /// A code that was sent to a phone.
    ChallengeId = "sms";
    /// A consent that was given.
    ConsentId = "consent";
    /// A wrapped key.
    DataKeyId = "key";
    /// A package of photos for a school.
    DeliveryId = "del";
    /// What a package says of a file.
    DeliveryPhotoId = "file";
    /// An account bound to a roster entry.
    EnrolmentId = "enr";
    /// Something that was erased because somebody asked for it.
    ErasureId = "era";
    /// Something that happened.
    EventId = "evt";
    /// A request that must have its effect once.
    IdempotencyId = "idem";
    /// A system that calls the API in its own name.
    IntegratorId = "int";
    /// A secret or a public key by which an integrator proves itself.
    IntegratorCredentialId = "cred";
    /// Work to do.
    JobId = "job";
    /// A photo whose right decision is known.
    KnownPhotoId = "known";
    /// A line of the ledger.
    LedgerId = "led";
    /// A report that a phone was lost.
    LostPhoneReportId = "lost";
    /// Money that a person must look at.
    MoneyCaseId = "case";
    /// A stored provider notice.
    NoticeId = "notice";
    /// An order; people see its number instead.
    OrderId = "ord";
    /// A line of an order.
    OrderLineId = "line";
    /// A change of phone in progress.
    PhoneChangeId = "chg";
    /// An examination of a file that may become a photo.
    PhotoCheckId = "check";
    /// A submission of a photo.
    PhotoId = "photo";
    /// A decision of a reviewer.
    PhotoReviewId = "rev";
    /// A call to a payment provider.
    ProviderCallId = "call";
    /// A provider's bill of a day compared with ours.
    ReconciliationId = "recon";
    /// Money on its way back.
    RefundId = "ref";
    /// A request to the server; no table has it.
    RequestId = "req";
    /// A student as the school listed them.
    RosterEntryId = "roster";
    /// A code that stands in for a device once.
    RecoveryCodeId = "rec";
    /// One form of a number by which a student is found on a roster.
    RosterNumberId = "number";
    /// A student's question about the roster.
    RosterTicketId = "ticket";
    /// An import of a roster.
    RosterImportId = "import";
    /// A row of an import that a report lists.
    RosterImportRowId = "row";
    /// Another name of a school.
    SchoolAliasId = "alias";
    /// A school's own account at a payment provider.
    MerchantAccountId = "merch";
    /// A school, as a unit of the platform.
    SchoolId = "sch";
    /// A session, one refresh token of a family.
    SessionId = "ses";
    /// A role of an account beyond being a student.
    StaffRoleId = "role";
    /// A collection task of a school.
    TaskId = "task";
    /// Settings that tasks are made from.
    TaskTemplateId = "tmpl";
    /// The client's own id of an upload.
    UploadId = "upl";
    /// A try to be verified.
    VerificationId = "try";
    /// A try to send an event to an endpoint.
    WebhookAttemptId = "whatt";
    /// An event on its way to an endpoint.
    WebhookDeliveryId = "msg";
    /// An address that is told of events.
    WebhookEndpointId = "ep";
    /// A secret with which an endpoint's messages are signed.
    WebhookSecretId = "whkey";
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_sort_by_their_moment() {
        let early = PhotoId::new(
            DateTime::from_timestamp(1_700_000_000, 0).unwrap(),
            [255; 10],
        );
        let late = PhotoId::new(DateTime::from_timestamp(1_700_000_001, 0).unwrap(), [0; 10]);
        assert!(early < late);
        assert!(early.to_string() < late.to_string());
        assert_eq!(early.0.get_version_num(), 7);
    }

    #[rstest]
    #[case::empty("")]
    #[case::the_prefix_alone("task_")]
    #[case::another_prefix("sch_00000000000000000000000001")]
    #[case::a_letter_out_of_the_alphabet("task_0000000000000000000000000l")]
    #[case::too_large("task_80000000000000000000000000")]
    #[case::too_short("task_0000000000000000000000001")]
    #[case::a_capital_prefix("TASK_00000000000000000000000001")]
    fn another_text_is_no_id(#[case] bad: &str) {
        assert!(bad.parse::<TaskId>().is_err(), "{bad}");
    }

    #[test]
    fn an_id_is_its_prefix_and_its_number() {
        let id = TaskId(Uuid::from_u128(1));
        assert_eq!(id.to_string(), "task_00000000000000000000000001");
    }

    proptest! {
        #[test]
        fn an_id_reads_as_it_was_written(value: u128) {
            let id = OrderId(Uuid::from_u128(value));
            prop_assert_eq!(id.to_string().parse::<OrderId>(), Ok(id));
        }
    }
}
