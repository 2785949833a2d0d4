//! The notice of a payment: a signed form.

use std::collections::BTreeMap;

use super::gateway::joined;
use crate::clock::naive_beijing;
use crate::notify::{Notice, Outgoing};
use crate::sign::CryptoError;
use crate::trade::{Phase, Trade, yuan};
use crate::world::World;

/// The POST for `notice`, signed now; only 200 with the body `success` counts as taken.
pub(crate) fn compose(
    world: &World,
    notice: &Notice,
    trade: &Trade,
    is_badly_signed: bool,
) -> Result<Outgoing, CryptoError> {
    let mut form = fields(world, notice, trade);
    form.insert("sign", world.keys.alipay_signer.sign(&signed_text(&form))?);
    if is_badly_signed {
        form.insert("gmt_create", naive_beijing(0));
    }
    Ok(Outgoing {
        request: world.courier.post(&notice.url).form(&form),
        is_taken: |status, body| status == 200 && body == "success",
    })
}

/// What Alipay signs: everything but `sign` and `sign_type`; empty values stay in.
pub(super) fn signed_text(form: &BTreeMap<&str, String>) -> String {
    let signed = (form.iter())
        .filter(|(name, _)| !["sign", "sign_type"].contains(*name))
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    joined(&signed)
}

fn fields(world: &World, notice: &Notice, trade: &Trade) -> BTreeMap<&'static str, String> {
    let merchant = &world.keys.merchant.alipay;
    let total = yuan(trade.amount_fen);
    let mut form = BTreeMap::from([
        ("app_id", merchant.app_id.clone()),
        ("auth_app_id", merchant.app_id.clone()),
        ("body", String::new()),
        ("charset", "utf-8".to_owned()),
        (
            "fund_bill_list",
            format!(r#"[{{"amount":"{total}","fundChannel":"ALIPAYACCOUNT"}}]"#),
        ),
        (
            "gmt_create",
            naive_beijing(trade.scanned_at.unwrap_or(trade.created_at)),
        ),
        ("invoice_amount", total.clone()),
        (
            "notify_id",
            format!("{}00222{:017}", &trade.transaction_id[..8], notice.number),
        ),
        ("notify_time", naive_beijing(world.now())),
        ("notify_type", "trade_status_sync".to_owned()),
        ("out_trade_no", trade.out_trade_no.clone()),
        ("point_amount", "0.00".to_owned()),
        ("receipt_amount", total.clone()),
        ("seller_id", merchant.seller_id.clone()),
        ("sign_type", "RSA2".to_owned()),
        ("subject", trade.description.clone()),
        ("total_amount", total),
        ("trade_no", trade.transaction_id.clone()),
        ("trade_status", "TRADE_SUCCESS".to_owned()),
        ("version", "1.0".to_owned()),
    ]);
    if let Phase::Paid(payment) = &trade.phase {
        form.insert("buyer_id", payment.payer.clone());
        form.insert(
            "buyer_pay_amount",
            yuan(trade.amount_fen - payment.coupon_fen),
        );
        form.insert("gmt_payment", naive_beijing(payment.at));
    }
    form
}
