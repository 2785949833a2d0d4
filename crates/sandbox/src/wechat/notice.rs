//! Notices of payments and refunds: sealed with the merchant's key, signed with the platform's.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::answer::{platform_key, signature_headers};
use super::refund::told;
use super::transaction::transaction;
use crate::clock::{date_beijing, rfc3339_beijing};
use crate::keys::WechatAccount;
use crate::notice::{Matter, Notice};
use crate::outgoing::{Outgoing, Twist};
use crate::sign::{CryptoError, random_hex, seal};
use crate::trade::Trade;
use crate::world::World;

/// The POST for `notice`, signed now; 200 and 204 count as taken. Nothing where there is no such account
/// or refund any more.
pub(crate) fn compose(
    world: &World,
    notice: &Notice,
    trade: &Trade,
    twist: Twist,
) -> Result<Option<Outgoing>, CryptoError> {
    let Some(account) = world.keys.wechat(&trade.key.merchant) else {
        return Ok(None);
    };
    let now = world.now() + twist.skew_s;
    let Some((original_type, event_type, summary, mut plaintext)) =
        content(account, notice, trade, now)
    else {
        return Ok(None);
    };
    if twist.is_other_app {
        plaintext["mchid"] = json!("1999999999");
        plaintext["appid"] = json!("wx9999999999999999");
    }
    let api_v3_key = &account.config.api_v3_key;
    let nonce = random_hex::<6>()?;
    let ciphertext = seal(api_v3_key, &nonce, original_type, &plaintext.to_string())?;
    let body = json!({
        "id": format!("EV-{}{:010}", date_beijing(notice.created_at), notice.number),
        "create_time": rfc3339_beijing(notice.created_at),
        "resource_type": "encrypt-resource",
        "event_type": event_type,
        "summary": summary,
        "resource": {
            "original_type": original_type,
            "algorithm": "AEAD_AES_256_GCM",
            "ciphertext": ciphertext,
            "associated_data": original_type,
            "nonce": nonce,
        },
    })
    .to_string();
    let mut request = (world.courier.post(&notice.url)).header("Content-Type", "application/json");
    let mut text = format!("POST {}\n", notice.url);
    let key = platform_key(world, account, None);
    for (name, value) in signature_headers(account, key, now, body.as_bytes(), twist.spoilt)? {
        let _ = writeln!(text, "{name}: {value}");
        request = request.header(name, value);
    }
    Ok(Some(Outgoing {
        request: request.body(body.clone()),
        text: format!("{text}\n{body}\n\n{plaintext}"),
        is_taken,
    }))
}

fn is_taken(status: u16, _: &str) -> bool {
    matches!(status, 200 | 204)
}

/// What is sealed: its type, the event, words for people, and the thing itself.
fn content(
    account: &WechatAccount,
    notice: &Notice,
    trade: &Trade,
    now: i64,
) -> Option<(&'static str, String, &'static str, Value)> {
    if let Matter::Refund(_, number) = &notice.matter {
        let refund = trade.refund(number)?;
        let event = format!("REFUND.{}", refund.status.wechat());
        return Some(("refund", event, "退款结果", told(trade, refund)));
    }
    let mut shown = transaction(trade, &account.config, now);
    // The notice tells of the payment, whatever came later.
    shown["trade_state"] = json!("SUCCESS");
    shown["trade_state_desc"] = json!("支付成功");
    let event = "TRANSACTION.SUCCESS".to_owned();
    Some(("transaction", event, "支付成功", shown))
}

/// The POST in the old protocol, as the merchant console causes it; the word SUCCESS counts as taken.
pub(crate) fn xml(world: &World, notice: &Notice, trade: &Trade) -> Outgoing {
    let refund = trade.refund(notice.matter.refund());
    let body = format!(
        "<xml><return_code><![CDATA[SUCCESS]]></return_code>\
         <appid><![CDATA[{}]]></appid><mch_id><![CDATA[{}]]></mch_id>\
         <nonce_str><![CDATA[{:032}]]></nonce_str><req_info><![CDATA[{}]]></req_info></xml>",
        (world.keys.wechat(&trade.key.merchant))
            .map_or("", |account| account.config.appid.as_str()),
        trade.key.merchant,
        notice.number,
        // Sealed with a key that the merchant of today doesn't have.
        data_encoding::BASE64.encode(refund.map_or("", |refund| refund.id.as_str()).as_bytes()),
    );
    Outgoing {
        request: (world.courier.post(&notice.url))
            .header("Content-Type", "text/xml")
            .body(body.clone()),
        text: format!("POST {}\nContent-Type: text/xml\n\n{body}", notice.url),
        is_taken: |status, body| status == 200 && body.contains("SUCCESS"),
    }
}
