//! The notice of a payment: sealed with the merchant's key, signed with the platform's.

use serde_json::json;

use super::{signature_headers, transaction};
use crate::clock::{date_beijing, rfc3339_beijing};
use crate::notify::{Notice, Outgoing};
use crate::sign::{CryptoError, random_hex, seal};
use crate::trade::Trade;
use crate::world::World;

/// What is sealed into a payment's notice says so in the clear, too.
const ASSOCIATED_DATA: &str = "transaction";

/// The POST for `notice`, signed now; 200 and 204 count as taken.
pub(crate) fn compose(
    world: &World,
    notice: &Notice,
    trade: &Trade,
    is_badly_signed: bool,
) -> Result<Outgoing, CryptoError> {
    let merchant = &world.keys.merchant.wechat;
    let now = world.now();
    let plaintext = transaction(trade, merchant, now).to_string();
    let nonce = random_hex::<6>()?;
    let ciphertext = seal(&merchant.api_v3_key, &nonce, ASSOCIATED_DATA, &plaintext)?;
    let body = json!({
        "id": format!("EV-{}{:010}", date_beijing(notice.created_at), notice.number),
        "create_time": rfc3339_beijing(notice.created_at),
        "resource_type": "encrypt-resource",
        "event_type": "TRANSACTION.SUCCESS",
        "summary": "支付成功",
        "resource": {
            "original_type": "transaction",
            "algorithm": "AEAD_AES_256_GCM",
            "ciphertext": ciphertext,
            "associated_data": ASSOCIATED_DATA,
            "nonce": nonce,
        },
    })
    .to_string();
    let mut request = world
        .courier
        .post(&notice.url)
        .header("Content-Type", "application/json");
    for (name, value) in signature_headers(&world.keys, now, &body, is_badly_signed)? {
        request = request.header(name, value);
    }
    Ok(Outgoing {
        request: request.body(body),
        is_taken: |status, _| matches!(status, 200 | 204),
    })
}
