//! Acting on what a verified notice states.

use domain::payment::{MerchantAccount, NoticeResult, NoticeStatement};
use domain::refund::{RefundEvidence, ReportedState};
use providers::payment::RefundNumbers;

use crate::payment::{self, Proof, Source};
use crate::refund::{self, RefundProof};
use crate::{Context, Failure, merchant};

/// Acts on a statement that was made to `account`, and tells what that came to; `source` is how a payment reached us.
pub(super) async fn act(
    context: &Context,
    account: MerchantAccount<'_>,
    statement: &NoticeStatement,
    source: Source<'_>,
) -> Result<NoticeResult, Failure> {
    match statement {
        NoticeStatement::Nothing => Ok(NoticeResult::Noted),
        NoticeStatement::Refund(evidence) => act_on_refund(context, account, evidence).await,
        NoticeStatement::Paid {
            out_trade_no,
            evidence,
            is_refunded,
            out_refund_no,
        } => {
            let proof = Proof {
                provider: account.provider,
                account: account.name,
                out_trade_no,
                evidence,
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
    context: &Context,
    account: MerchantAccount<'_>,
    evidence: &RefundEvidence,
) -> Result<NoticeResult, Failure> {
    if evidence.state == ReportedState::Closed {
        // It frees the money for another refund: only the answer to a question may do that.
        let named = NamedRefund {
            out_trade_no: &evidence.out_trade_no,
            out_refund_no: Some(&evidence.out_refund_no),
        };
        return look_at_refunds(context, account, named).await;
    }
    let proof = RefundProof {
        provider: account.provider,
        account: account.name,
        evidence,
    };
    Ok(refund::apply_refund(context, &proof).await?.result())
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
