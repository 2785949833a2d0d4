//! What a verified notice said, in a form that is kept: a notice that was stored can be acted on later without its
//! provider, whose signature would be too old by then.

use chrono::{DateTime, Utc};
use domain::Fen;
use domain::payment::{MerchantAccount, NoticeResult};
use providers::payment::{
    Notice, NoticeContent, Payer, Payment, Refund, RefundNumbers, RefundState, TradeState,
};
use serde::{Deserialize, Serialize};

use crate::payment::{self, Proof, Source};
use crate::refund::{self, RefundProof};
use crate::{Context, Failure, merchant};

/// What the inbox keeps of a notice, sealed.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    /// What it said.
    pub(super) said: Said,
    /// The content as it came.
    pub(super) plaintext: String,
}

/// What a notice said.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "said", rename_all = "snake_case")]
pub(super) enum Said {
    /// Money came; perhaps some of it went back already.
    Paid {
        out_trade_no: String,
        transaction_id: String,
        amount: Fen,
        currency: String,
        paid_at: DateTime<Utc>,
        payer: Option<String>,
        /// Whether some of it went back.
        is_refunded: bool,
        /// Our number of the refund that was made, where it is told.
        out_refund_no: Option<String>,
    },
    /// How a refund stands.
    Refund {
        out_trade_no: String,
        out_refund_no: String,
        refund_id: Option<String>,
        amount: Option<Fen>,
        state: Standing,
    },
    /// Nothing to act on.
    Nothing,
}

/// How a refund stands.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(super) enum Standing {
    Processing,
    Succeeded { at: Option<DateTime<Utc>> },
    Closed,
    Abnormal,
    Other { word: String },
}

impl Said {
    /// What a notice says.
    pub(super) fn of(notice: &Notice) -> Self {
        match &notice.content {
            NoticeContent::Trade(trade) => Self::of_trade(&trade.out_trade_no, &trade.state, None),
            NoticeContent::TradeRefunded {
                trade,
                out_refund_no,
            } => Self::of_trade(&trade.out_trade_no, &trade.state, Some(out_refund_no)),
            NoticeContent::Refund(refund) => Self::Refund {
                out_trade_no: refund.out_trade_no.clone(),
                out_refund_no: refund.out_refund_no.clone(),
                refund_id: refund.refund_id.clone(),
                amount: refund.amount,
                state: Standing::of(&refund.state),
            },
            NoticeContent::Other => Self::Nothing,
        }
    }

    fn of_trade(out_trade_no: &str, state: &TradeState, refund: Option<&Option<String>>) -> Self {
        let (payment, is_refunded) = match state {
            TradeState::Paid(payment) => (payment, refund.is_some()),
            TradeState::Refunded(payment) => (payment, true),
            // An attempt that is not paid is ended by its polls.
            TradeState::NotPaid | TradeState::Closed | TradeState::Other(_) => {
                return Self::Nothing;
            }
        };
        Self::Paid {
            out_trade_no: out_trade_no.to_owned(),
            transaction_id: payment.transaction_id.clone(),
            amount: payment.amount,
            currency: payment.currency.clone(),
            paid_at: payment.paid_at,
            payer: payment.payer.as_ref().map(|payer| payer.0.clone()),
            is_refunded,
            out_refund_no: refund.cloned().flatten(),
        }
    }

    /// Whether it tells of a payment and nothing more, which is acted on where it is stored.
    pub(super) fn is_payment_alone(&self) -> bool {
        match self {
            Self::Paid { is_refunded, .. } => !is_refunded,
            Self::Refund { .. } | Self::Nothing => false,
        }
    }

    /// Acts on it, and tells what that came to; `source` is how a payment reached us.
    pub(super) async fn act(
        &self,
        context: &Context,
        account: MerchantAccount<'_>,
        source: Source<'_>,
    ) -> Result<NoticeResult, Failure> {
        match self {
            Self::Nothing => Ok(NoticeResult::Noted),
            Self::Refund { .. } => self.act_on_refund(context, account).await,
            Self::Paid {
                out_trade_no,
                transaction_id,
                amount,
                currency,
                paid_at,
                payer,
                is_refunded,
                out_refund_no,
            } => {
                let payment = Payment {
                    transaction_id: transaction_id.clone(),
                    amount: *amount,
                    currency: currency.clone(),
                    paid_at: *paid_at,
                    payer: payer.clone().map(Payer),
                };
                let proof = Proof {
                    provider: account.provider,
                    account: account.name,
                    out_trade_no,
                    payment: &payment,
                    source,
                };
                let applied = payment::apply_success(context, &proof).await?;
                if *is_refunded {
                    let named = NamedRefund {
                        out_trade_no,
                        out_refund_no: out_refund_no.as_deref(),
                    };
                    look_at_refunds(context, account, named).await?;
                }
                Ok(applied.result())
            }
        }
    }

    async fn act_on_refund(
        &self,
        context: &Context,
        account: MerchantAccount<'_>,
    ) -> Result<NoticeResult, Failure> {
        let Self::Refund {
            out_trade_no,
            out_refund_no,
            refund_id,
            amount,
            state,
        } = self
        else {
            return Ok(NoticeResult::Noted);
        };
        if matches!(state, Standing::Closed) {
            // It frees the money for another refund: only the answer to a question may do that.
            let named = NamedRefund {
                out_trade_no,
                out_refund_no: Some(out_refund_no),
            };
            return look_at_refunds(context, account, named).await;
        }
        let refund = Refund {
            out_trade_no: out_trade_no.clone(),
            out_refund_no: out_refund_no.clone(),
            refund_id: refund_id.clone(),
            amount: *amount,
            state: state.clone().into(),
        };
        let proof = RefundProof {
            provider: account.provider,
            account: account.name,
            refund: &refund,
        };
        Ok(refund::apply_refund(context, &proof).await?.result())
    }
}

/// A refund as a notice names it.
struct NamedRefund<'a> {
    /// Our number of the attempt.
    out_trade_no: &'a str,
    /// Our number of the refund, where the notice has it.
    out_refund_no: Option<&'a str>,
}

/// A notice that does not tell for certain how a refund stands: the one that it names is asked about, or else all of
/// ours. Tells what that came to.
async fn look_at_refunds(
    context: &Context,
    account: MerchantAccount<'_>,
    named: NamedRefund<'_>,
) -> Result<NoticeResult, Failure> {
    let (provider, name, out_trade_no) = (account.provider, account.name, named.out_trade_no);
    let merchant = merchant::by_account(context, account).await?;
    if let (Some(merchant), Some(out_refund_no)) = (merchant, named.out_refund_no) {
        let numbers = RefundNumbers {
            out_trade_no,
            out_refund_no,
        };
        if let Some(applied) = refund::learn(context, &merchant, numbers).await? {
            return Ok(applied.result());
        }
    }
    let on = context.store.reader();
    match store::payment::by_number(on, provider, name, out_trade_no).await? {
        Some(attempt) => refund::wake(context, &attempt)
            .await
            .map(|()| NoticeResult::Noted),
        None => Ok(NoticeResult::Noted),
    }
}

impl Standing {
    fn of(state: &RefundState) -> Self {
        match state {
            RefundState::Processing => Self::Processing,
            RefundState::Succeeded { at } => Self::Succeeded { at: *at },
            RefundState::Closed => Self::Closed,
            RefundState::Abnormal => Self::Abnormal,
            RefundState::Other(word) => Self::Other { word: word.clone() },
        }
    }
}

impl From<Standing> for RefundState {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Processing => Self::Processing,
            Standing::Succeeded { at } => Self::Succeeded { at },
            Standing::Closed => Self::Closed,
            Standing::Abnormal => Self::Abnormal,
            Standing::Other { word } => Self::Other(word),
        }
    }
}
