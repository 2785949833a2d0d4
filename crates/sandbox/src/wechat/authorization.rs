//! Who calls: the `Authorization` header of `WECHATPAY2-SHA256-RSA2048`, over the bytes as they came.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;

use super::work::WechatError;
use crate::clock::Seconds;
use crate::keys::WechatAccount;
use crate::request_text::header;
use crate::world::World;

/// How far a request's time may be off.
const FRESH_S: u64 = 300;
/// Longest nonce.
const NONCE_LENGTH: usize = 32;
/// The header's five fields; they come in any order.
const FIELDS: [&str; 5] = ["mchid", "nonce_str", "signature", "timestamp", "serial_no"];

/// The merchant number that a request claims; empty where it claims none.
pub(super) fn mchid(headers: &HeaderMap) -> String {
    let claim = header(headers, "authorization").and_then(Claim::parse);
    claim.map_or_else(String::new, |claim| claim.mchid.to_owned())
}

/// Lets a merchant's request pass and tells whose it is.
pub(super) fn check<'a>(
    world: &'a World,
    request: &HttpRequest,
    body: &[u8],
    now: Seconds,
) -> Result<&'a WechatAccount, WechatError> {
    let claim = header(request.headers(), "authorization")
        .and_then(Claim::parse)
        .ok_or_else(|| sign_error("Authorization 不合法"))?;
    let account = (world.keys.wechat(claim.mchid))
        .filter(|account| account.config.merchant_serial == claim.serial)
        .ok_or_else(|| sign_error("商户号或证书序列号不正确"))?;
    let uri = request
        .uri()
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let body = str::from_utf8(body).map_err(|_| sign_error("请求体不是 UTF-8"))?;
    if now.abs_diff(claim.timestamp) > FRESH_S {
        return Err(sign_error("timestamp 与当前时间相差超过 5 分钟"));
    }
    let message = signed_message(request.method().as_str(), uri, &claim, body);
    if !account.merchant.is_signed(&message, claim.signature) {
        return Err(sign_error("签名错误"));
    }
    let nonce = format!("{} {}", claim.mchid, claim.nonce);
    if !world.state().use_nonce(nonce, now) {
        return Err(sign_error("nonce_str 重复"));
    }
    let asked = header(request.headers(), "wechatpay-serial");
    if asked.is_some_and(|asked| account.platform.iter().all(|key| key.serial != asked)) {
        return Err(WechatError::parameter(
            "Wechatpay-Serial 不是该商户的平台公钥",
        ));
    }
    Ok(account)
}

/// What the merchant signs.
pub(super) fn signed_message(method: &str, uri: &str, claim: &Claim<'_>, body: &str) -> String {
    format!(
        "{method}\n{uri}\n{}\n{}\n{body}\n",
        claim.timestamp, claim.nonce
    )
}

/// The five fields of the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim<'a> {
    mchid: &'a str,
    nonce: &'a str,
    pub(super) signature: &'a str,
    timestamp: Seconds,
    serial: &'a str,
}

impl<'a> Claim<'a> {
    /// Reads the header: each field once, in any order, and no other.
    pub(super) fn parse(header: &'a str) -> Option<Self> {
        let rest = header.strip_prefix("WECHATPAY2-SHA256-RSA2048 ")?;
        let mut fields = BTreeMap::new();
        for field in rest.split(',') {
            let (name, value) = field.trim().split_once('=')?;
            let value = value.strip_prefix('"')?.strip_suffix('"')?;
            if !FIELDS.contains(&name) || fields.insert(name, value).is_some() {
                return None;
            }
        }
        Some(Self {
            mchid: fields.get("mchid")?,
            nonce: fields
                .get("nonce_str")
                .filter(|nonce| nonce.len() <= NONCE_LENGTH)?,
            signature: fields.get("signature")?,
            timestamp: fields.get("timestamp")?.parse().ok()?,
            serial: fields.get("serial_no")?,
        })
    }
}

fn sign_error(message: &str) -> WechatError {
    WechatError::new(401, "SIGN_ERROR", message)
}
