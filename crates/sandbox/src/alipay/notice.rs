//! Notices of payments, refunds and ends: a signed form.

use std::collections::BTreeMap;

use super::gateway::joined;
use super::trade::status;
use crate::clock::naive_beijing;
use crate::fault::Spoilt;
use crate::keys::AlipayAccount;
use crate::money::yuan;
use crate::notice::{Matter, Notice};
use crate::outgoing::{Outgoing, Twist};
use crate::sign::{CryptoError, percent_encode_bytes};
use crate::trade::{Phase, Trade};
use crate::world::World;

/// The POST for `notice`, signed now; only 200 with the body `success` counts as taken. Nothing where
/// there is no such application any more.
pub(crate) fn compose(
    world: &World,
    notice: &Notice,
    trade: &Trade,
    twist: Twist,
) -> Result<Option<Outgoing>, CryptoError> {
    let Some(account) = world.keys.alipay(&trade.key.merchant) else {
        return Ok(None);
    };
    let now = world.now() + twist.skew_s;
    let mut form = fields(account, notice, trade, now);
    if twist.is_other_app {
        form.insert("app_id", "2021999999999999".to_owned());
    }
    if twist.is_gbk {
        form.insert("charset", "GBK".to_owned());
    }
    let encode = |text: &str| {
        if twist.is_gbk {
            crate::archive::gbk(text)
        } else {
            text.as_bytes().to_vec()
        }
    };
    let sign = account.signer.sign_bytes(&encode(&signed_text(&form)))?;
    form.insert("sign", sign);
    if twist.spoilt == Some(Spoilt::OtherBytes) {
        form.insert("gmt_create", naive_beijing(0));
    }
    let pairs: Vec<String> = form
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let body: Vec<String> = form
        .iter()
        .map(|(name, value)| format!("{name}={}", percent_encode_bytes(&encode(value))))
        .collect();
    Ok(Some(Outgoing {
        request: (world.courier.post(&notice.url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(body.join("&")),
        text: format!("POST {}\n\n{}", notice.url, pairs.join("\n")),
        is_taken: |status, body| status == 200 && body == "success",
    }))
}

/// What Alipay signs: everything but `sign` and `sign_type`; empty values stay in.
pub(super) fn signed_text(form: &BTreeMap<&str, String>) -> String {
    let signed = (form.iter())
        .filter(|(name, _)| !["sign", "sign_type"].contains(*name))
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    joined(&signed)
}

fn fields(
    account: &AlipayAccount,
    notice: &Notice,
    trade: &Trade,
    now: i64,
) -> BTreeMap<&'static str, String> {
    let merchant = &account.config;
    let total = yuan(trade.amount_fen);
    let funds = format!(r#"[{{"amount":"{total}","fundChannel":"ALIPAYACCOUNT"}}]"#);
    let created = trade.scanned_at.unwrap_or(trade.created_at);
    let id = format!("{}00222{:017}", &trade.transaction_id[..8], notice.number);
    // The notice of the payment says so, whatever came later.
    let status = match &notice.matter {
        Matter::Payment(_) => "TRADE_SUCCESS",
        Matter::Refund(_, _)
        | Matter::ConsoleRefund(_, _)
        | Matter::Closed(_)
        | Matter::Finished(_)
        | Matter::Receipt(_) => status(trade, now),
    };
    let mut form = BTreeMap::from([
        ("app_id", merchant.app_id.clone()),
        ("auth_app_id", merchant.app_id.clone()),
        ("body", String::new()),
        ("charset", "utf-8".to_owned()),
        ("gmt_create", naive_beijing(created)),
        ("notify_id", id),
        ("notify_time", naive_beijing(now)),
        ("notify_type", "trade_status_sync".to_owned()),
        ("out_trade_no", trade.key.number.clone()),
        ("seller_id", merchant.seller_id.clone()),
        ("sign_type", "RSA2".to_owned()),
        ("subject", trade.description.clone()),
        ("total_amount", total.clone()),
        ("trade_no", trade.transaction_id.clone()),
        ("trade_status", status.to_owned()),
        ("version", "1.0".to_owned()),
    ]);
    if let Phase::Paid(payment) = &trade.phase {
        form.insert("buyer_id", payment.payer.clone());
        let paid = yuan(trade.amount_fen - payment.coupon_fen);
        form.insert("buyer_pay_amount", paid);
        form.insert("fund_bill_list", funds);
        form.insert("gmt_payment", naive_beijing(payment.at));
        form.insert("invoice_amount", total.clone());
        form.insert("point_amount", "0.00".to_owned());
        form.insert("receipt_amount", total);
    }
    let refund = trade.refund(notice.matter.refund());
    if let Some((refund, at)) = refund.and_then(|refund| Some((refund, refund.succeeded_at?))) {
        form.insert("out_biz_no", refund.number.clone());
        form.insert("refund_fee", yuan(trade.refunded_fen()));
        form.insert("gmt_refund", format!("{}.000", naive_beijing(at)));
    }
    if matches!(notice.matter, Matter::Closed(_)) || status == "TRADE_FINISHED" {
        form.insert("gmt_close", naive_beijing(notice.created_at));
    }
    form
}
