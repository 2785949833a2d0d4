//! Receipts of text messages: unsigned, so they are kept for statistics and grant nothing.

use domain::audit::AuditExemption;
use domain::login::MessageState;
use providers::keys::is_same;
use providers::sms::{ALIYUN_RECEIPT_ACK, TENCENT_RECEIPT_ACK, aliyun_receipts, tencent_receipts};

use crate::{Context, Failure};

/// Takes the receipts that a service sent to its secret address; gives what acknowledges them. `None` where the
/// address is not ours or the receipts cannot be read or kept: the service sends them again.
pub async fn take_receipts(
    context: &Context,
    service: &str,
    secret: &str,
    body: &[u8],
) -> Option<&'static str> {
    let ours = context.settings.sms_receipt_path.as_ref()?;
    if !is_same(ours.as_bytes(), secret.as_bytes()) {
        return None;
    }
    let (read, answer) = match service {
        "aliyun" => (aliyun_receipts(body), ALIYUN_RECEIPT_ACK),
        "tencent" => (tencent_receipts(body), TENCENT_RECEIPT_ACK),
        _ => return None,
    };
    let receipts = read.ok()?;
    for receipt in receipts {
        let kept = keep(
            context,
            &receipt.biz_id,
            receipt.is_delivered,
            &receipt.code,
        )
        .await;
        if let Err(error) = kept {
            context.report("A receipt was not kept", &error);
            return None;
        }
    }
    Some(answer)
}

async fn keep(
    context: &Context,
    biz_id: &str,
    is_delivered: bool,
    code: &str,
) -> Result<(), Failure> {
    let state = if is_delivered {
        MessageState::Delivered
    } else {
        MessageState::Failed
    };
    metrics::counter!("sms_receipts_total", "state" => state.as_str()).increment(1);
    let tx = context.store.begin().await?;
    store::login::note_receipt(&tx, biz_id, state, code).await?;
    Ok(store::commit(tx, AuditExemption::Attempt).await?)
}
