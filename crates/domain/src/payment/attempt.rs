//! One try to pay an order with a provider.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AttemptState, Disposition, MerchantAccount, Product, Provider};
use crate::{AttemptId, Fen, OrderId, SchoolId, Sealed};

/// What a provider is asked with beside number, amount and time; kept, so that a repetition asks with the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateParams {
    /// What the payer reads.
    pub description: String,
    /// Where the notice goes; empty in rows from before it was kept.
    #[serde(default)]
    pub notify_url: String,
    /// Where the browser goes after paying or giving up.
    #[serde(default)]
    pub return_url: String,
}

/// The way to the cashier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credential {
    /// The text to draw as a QR code.
    QrCode(String),
    /// The address to send the browser to, with its `Referer`.
    Redirect(String),
    /// The number of a payment inside the app, which is signed when the app is to show it.
    Prepay(String),
}

/// One try to pay an order with a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The key.
    pub id: AttemptId,
    /// The school.
    pub school_id: SchoolId,
    /// The order.
    pub order_id: OrderId,
    /// Who takes the money.
    pub provider: Provider,
    /// How it is paid.
    pub product: Product,
    /// The configured merchant account.
    pub merchant_account: String,
    /// Our number for it at the provider.
    pub out_trade_no: String,
    /// What is asked for.
    pub amount: Fen,
    /// Where it is.
    pub state: AttemptState,
    /// What became of its money, once it came.
    pub disposition: Option<Disposition>,
    /// The provider's number of the transaction.
    pub provider_txn_id: Option<String>,
    /// Who pays or paid, as the provider names them.
    pub payer: Option<Sealed>,
    /// When the provider took the money.
    pub paid_at: Option<DateTime<Utc>>,
    /// What the provider was asked with.
    pub create_params: CreateParams,
    /// What the browser needs to pay.
    pub credential: Option<Credential>,
    /// When the credential ends.
    pub credential_expires_at: Option<DateTime<Utc>>,
    /// When the attempt ends at the provider.
    pub expires_at: DateTime<Utc>,
    /// When another attempt took its place.
    pub superseded_at: Option<DateTime<Utc>>,
    /// When to ask the provider next; `None` means no more.
    pub next_poll_at: Option<DateTime<Utc>>,
    /// How often the provider was asked.
    pub polls: i32,
    /// When it was last asked.
    pub last_polled_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What really came, once money came; `None` also in rows from before this was kept.
    pub paid: Option<Fen>,
}

impl Attempt {
    /// The account that takes its money.
    pub fn merchant(&self) -> MerchantAccount<'_> {
        MerchantAccount {
            provider: self.provider,
            name: &self.merchant_account,
        }
    }

    /// What came. Attempts from before the amount was kept have what was asked for.
    pub fn received(&self) -> Fen {
        self.paid.unwrap_or(match self.disposition {
            Some(Disposition::Applied | Disposition::Surplus) => self.amount,
            Some(Disposition::Conflict) | None => Fen::ZERO,
        })
    }

    /// Whether another attempt may take its place without being one too many: it waits, and nothing replaced it yet.
    pub fn is_current(&self) -> bool {
        self.state.is_waiting() && self.superseded_at.is_none()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    fn attempt() -> Attempt {
        Attempt {
            id: AttemptId(Uuid::nil()),
            school_id: SchoolId(Uuid::nil()),
            order_id: OrderId(Uuid::nil()),
            provider: Provider::WechatPay,
            product: Product::Native,
            merchant_account: "main".to_owned(),
            out_trade_no: "GP1".to_owned(),
            amount: Fen(2000),
            state: AttemptState::Pending,
            disposition: None,
            provider_txn_id: None,
            payer: None,
            paid_at: None,
            create_params: CreateParams {
                description: String::new(),
                notify_url: String::new(),
                return_url: String::new(),
            },
            credential: None,
            credential_expires_at: None,
            expires_at: DateTime::UNIX_EPOCH,
            superseded_at: None,
            next_poll_at: None,
            polls: 0,
            last_polled_at: None,
            last_error: None,
            created_at: DateTime::UNIX_EPOCH,
            paid: None,
        }
    }

    #[rstest]
    #[case::what_was_kept(Some(1999), Some(Disposition::Conflict), 1999)]
    #[case::nothing_kept_of_money_that_fitted(None, Some(Disposition::Applied), 2000)]
    #[case::nothing_kept_of_a_surplus(None, Some(Disposition::Surplus), 2000)]
    #[case::nothing_kept_of_a_conflict(None, Some(Disposition::Conflict), 0)]
    #[case::no_money(None, None, 0)]
    fn what_came_is_what_was_kept_or_asked_for(
        #[case] paid: Option<i64>,
        #[case] disposition: Option<Disposition>,
        #[case] fen: i64,
    ) {
        let attempt = Attempt {
            paid: paid.map(Fen),
            disposition,
            ..attempt()
        };
        assert_eq!(attempt.received(), Fen(fen));
    }

    #[rstest]
    #[case::new(AttemptState::New, None, true)]
    #[case::pending(AttemptState::Pending, None, true)]
    #[case::replaced(AttemptState::Pending, Some(DateTime::UNIX_EPOCH), false)]
    #[case::closed(AttemptState::Closed, None, false)]
    #[case::rejected(AttemptState::Rejected, None, false)]
    #[case::succeeded(AttemptState::Succeeded, None, false)]
    fn the_current_attempt_waits_and_was_not_replaced(
        #[case] state: AttemptState,
        #[case] superseded_at: Option<DateTime<Utc>>,
        #[case] is_current: bool,
    ) {
        let attempt = Attempt {
            state,
            superseded_at,
            ..attempt()
        };
        assert_eq!(attempt.is_current(), is_current);
    }
}
