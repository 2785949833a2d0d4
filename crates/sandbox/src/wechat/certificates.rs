//! The platform's certificates, sealed for the merchant, for those that do not use public keys.

use serde_json::{Value, json};

use super::work::{Reply, WechatError, Work};
use crate::sign::{CryptoError, random_hex, seal};

/// What is sealed says so in the clear, too.
const ASSOCIATED_DATA: &str = "certificate";

/// All certificates of the caller's account.
pub(super) fn list(work: &Work<'_>) -> Result<Reply, WechatError> {
    let sealed: Result<Vec<Value>, CryptoError> = (work.account.platform.iter())
        .filter_map(|key| Some((&key.serial, key.certificate.as_deref()?)))
        .map(|(serial, certificate)| {
            let nonce = random_hex::<6>()?;
            let api_v3_key = &work.account.config.api_v3_key;
            let ciphertext = seal(api_v3_key, &nonce, ASSOCIATED_DATA, certificate)?;
            Ok(json!({
                "serial_no": serial,
                "effective_time": "2026-01-01T00:00:00+08:00",
                "expire_time": "2066-01-01T00:00:00+08:00",
                "encrypt_certificate": {
                    "algorithm": "AEAD_AES_256_GCM",
                    "nonce": nonce,
                    "associated_data": ASSOCIATED_DATA,
                    "ciphertext": ciphertext,
                },
            }))
        })
        .collect();
    let data = sealed.map_err(|_| WechatError::new(500, "SYSTEM_ERROR", "系统异常，请稍后重试"))?;
    if data.is_empty() {
        let message = "无可用的平台证书，请使用微信支付公钥";
        return Err(WechatError::new(404, "RESOURCE_NOT_EXISTS", message));
    }
    Ok(Reply::Json(json!({ "data": data })))
}
