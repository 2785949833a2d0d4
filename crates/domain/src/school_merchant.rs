//! The accounts at payment providers that schools take their students' money with.

use chrono::{DateTime, TimeDelta, Utc};

use crate::payment::Provider;
use crate::reconciliation::FeeRate;
use crate::{MerchantAccountId, SchoolId, Sealed};

/// For how long the bills of an account are compared after it was retired: money goes back for a year after a payment.
/// Source: docs/sources.md#refunds.
pub const BILLS_AFTER_RETIREMENT: TimeDelta = TimeDelta::days(370);

/// A school's own account at a provider. Its name and its merchant number never change, so that what it took is always asked
/// of the account that took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolMerchant {
    /// Its id.
    pub id: MerchantAccountId,
    /// Whose it is.
    pub school_id: SchoolId,
    /// At which provider.
    pub provider: Provider,
    /// The random part of its notice address; payments, refunds, bills and cases name the account by it.
    pub name: String,
    /// Its number at the provider: the merchant number, or the seller's at Alipay.
    pub merchant_no: String,
    /// The application at the provider.
    pub application: String,
    /// What the provider takes of a payment, where that is known.
    pub fee_rate: Option<FeeRate>,
    /// Its keys.
    pub keys: Sealed,
    /// Since when it takes no new payments.
    pub retired_at: Option<DateTime<Utc>>,
    /// Counts the changes of its keys.
    pub version: i32,
    /// When it was given to the school.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// What giving keys to a school means for the accounts that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MerchantChange {
    /// An account that nobody had.
    Add,
    /// The keys of an account that the school has or had are replaced, and it takes payments again.
    ReplaceKeys,
}

impl SchoolMerchant {
    /// Whether the bills of the account are still compared.
    pub fn has_bills(&self, now: DateTime<Utc>) -> bool {
        self.retired_at
            .is_none_or(|since| now < since + BILLS_AFTER_RETIREMENT)
    }
}

/// What giving an account to a school means, where `known` is the account with this merchant number; `None` where the number is
/// another school's, or belongs to another application: the money that it took would be asked of the wrong one.
pub fn merchant_change(
    known: Option<&SchoolMerchant>,
    school: SchoolId,
    application: &str,
) -> Option<MerchantChange> {
    match known {
        None => Some(MerchantChange::Add),
        Some(known) if known.school_id == school && known.application == application => {
            Some(MerchantChange::ReplaceKeys)
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    const OURS: SchoolId = SchoolId(Uuid::from_u128(1));
    const THEIRS: SchoolId = SchoolId(Uuid::from_u128(2));

    fn account(retired_at: Option<DateTime<Utc>>) -> SchoolMerchant {
        SchoolMerchant {
            id: MerchantAccountId(Uuid::nil()),
            school_id: OURS,
            provider: Provider::WechatPay,
            name: "k3v9q2m8x7c4d5e6".to_owned(),
            merchant_no: "1900000002".to_owned(),
            application: "wx1".to_owned(),
            fee_rate: None,
            keys: Vec::new().into(),
            retired_at,
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    #[rstest]
    #[case::a_new_one(None, OURS, "wx1", Some(MerchantChange::Add))]
    #[case::the_same_again(Some(account(None)), OURS, "wx1", Some(MerchantChange::ReplaceKeys))]
    #[case::a_retired_one_again(
        Some(account(Some(DateTime::UNIX_EPOCH))),
        OURS,
        "wx1",
        Some(MerchantChange::ReplaceKeys)
    )]
    #[case::another_application(Some(account(None)), OURS, "wx2", None)]
    #[case::of_another_school(Some(account(None)), THEIRS, "wx1", None)]
    #[case::a_retired_one_of_another_school(
        Some(account(Some(DateTime::UNIX_EPOCH))),
        THEIRS,
        "wx1",
        None
    )]
    fn an_account_stays_with_its_school_and_its_application(
        #[case] known: Option<SchoolMerchant>,
        #[case] school: SchoolId,
        #[case] application: &str,
        #[case] expected: Option<MerchantChange>,
    ) {
        let change = merchant_change(known.as_ref(), school, application);
        assert_eq!(change, expected, "{school} {application}");
    }

    #[rstest]
    #[case::as_it_is_retired(TimeDelta::zero(), true)]
    #[case::in_the_last_second(BILLS_AFTER_RETIREMENT - TimeDelta::seconds(1), true)]
    #[case::afterwards(BILLS_AFTER_RETIREMENT, false)]
    fn bills_of_a_retired_account_are_compared_while_money_can_go_back(
        #[case] later: TimeDelta,
        #[case] expected: bool,
    ) {
        let retired = account(Some(DateTime::UNIX_EPOCH));
        let now = DateTime::UNIX_EPOCH + later;
        assert_eq!(retired.has_bills(now), expected, "{now}");
        assert!(account(None).has_bills(now));
    }
}
