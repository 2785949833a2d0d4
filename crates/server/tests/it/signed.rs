//! Notices of `WeChat` Pay, sealed and signed as it does, with the keys that the sandbox has.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use data_encoding::BASE64;
use providers::rsa::SigningKey;
use serde_json::{Value, json};

/// The keys that the sandbox signs with too.
pub(crate) const KEYS: &str = include_str!("../../../sandbox/keys/keys.json");
/// What the content is sealed with beside the key.
const SEAL_NONCE: &str = "0123456789ab";

/// A notice as it goes over the wire.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    /// The headers that carry its signature, by their names.
    pub(crate) headers: [(&'static str, String); 4],
    /// The body, exactly as it was signed.
    pub(crate) body: String,
}

/// A notice that tells a merchant of one transaction.
pub(crate) fn notice(merchant: &Value, id: &str, transaction: &Value, now: i64) -> Signed {
    seal(merchant, (id, "TRANSACTION.SUCCESS"), transaction, now)
}

/// A notice of a kind, with an id and what it says.
pub(crate) fn seal(
    merchant: &Value,
    (id, kind): (&str, &str),
    content: &Value,
    now: i64,
) -> Signed {
    let secret = merchant["api_v3_key"].as_str().unwrap().as_bytes();
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, secret).unwrap());
    let nonce = Nonce::try_assume_unique_for_key(SEAL_NONCE.as_bytes()).unwrap();
    let mut sealed = content.to_string().into_bytes();
    key.seal_in_place_append_tag(nonce, Aad::from("transaction"), &mut sealed)
        .unwrap();
    let body = json!({
        "id": id, "create_time": "2026-06-09T18:15:21+08:00", "resource_type": "encrypt-resource",
        "event_type": kind, "summary": "支付成功",
        "resource": { "original_type": "transaction", "algorithm": "AEAD_AES_256_GCM", "nonce": SEAL_NONCE,
            "associated_data": "transaction", "ciphertext": BASE64.encode(&sealed) },
    });
    let body = body.to_string();
    let platform = &merchant["platform_keys"][0];
    let text = |name: &str| platform[name].as_str().unwrap().to_owned();
    let signer = SigningKey::parse(&text("private_key").into()).unwrap();
    let signature = signer.sign(format!("{now}\nnonce\n{body}\n").as_bytes());
    Signed {
        headers: [
            ("Wechatpay-Serial", text("serial")),
            ("Wechatpay-Timestamp", now.to_string()),
            ("Wechatpay-Nonce", "nonce".to_owned()),
            ("Wechatpay-Signature", signature.unwrap()),
        ],
        body,
    }
}

/// What such a notice says of a payment of ¥20.00.
pub(crate) fn paid(merchant: &Value, number: &str, transaction_id: &str) -> Value {
    json!({
        "appid": merchant["appid"], "mchid": merchant["mchid"], "out_trade_no": number,
        "transaction_id": transaction_id, "trade_state": "SUCCESS", "trade_type": "NATIVE",
        "success_time": "2026-06-09T18:15:20+08:00", "payer": { "openid": "o1" },
        "amount": { "total": 2000, "payer_total": 2000, "currency": "CNY", "payer_currency": "CNY" },
    })
}
