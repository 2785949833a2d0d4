//! Answers: signed over exactly the bytes that are sent, spoilt where a fault says so.

use std::fmt::Write as _;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use serde_json::json;

use super::work::{Reply, WechatError};
use crate::clock::{Seconds, http_date};
use crate::fault::Spoilt;
use crate::keys::{PlatformKey, WechatAccount};
use crate::sign::{CryptoError, random_hex};
use crate::world::{Lost, World};

/// How far back a stale timestamp lies.
const STALE_S: i64 = 600;
/// A serial that no merchant knows.
const UNKNOWN_SERIAL: &str = "PUB_KEY_ID_0199999999992026060100000000000099";

/// Who signs, and what is to be wrong with it.
pub(super) struct Signing<'a> {
    /// The caller's account; the first of all where the caller isn't known.
    pub(super) account: Option<&'a WechatAccount>,
    /// The serial that the request named.
    pub(super) asked: Option<&'a str>,
    pub(super) spoilt: Option<Spoilt>,
    /// How far the platform's clock is off.
    pub(super) skew_s: Seconds,
}

/// An answer before it is put on the wire.
pub(super) struct Answer {
    pub(super) status: u16,
    /// The error's code, or `OK`.
    pub(super) code: String,
    headers: Vec<(&'static str, String)>,
    content_type: &'static str,
    body: Vec<u8>,
}

const JSON: &str = "application/json; charset=utf-8";

/// Makes the answer out of what the call came to.
pub(super) fn finish(
    world: &World,
    outcome: Result<Reply, WechatError>,
    lost: Option<Lost>,
    signing: &Signing<'_>,
) -> Result<Answer, CryptoError> {
    let (status, code, content_type, body) = match outcome {
        _ if lost == Some(Lost::Timeout) => (504, "TIMEOUT".to_owned(), "text/plain", Vec::new()),
        Ok(Reply::Json(value)) => (200, "OK".to_owned(), JSON, value.to_string().into_bytes()),
        Ok(Reply::Empty) => (204, "OK".to_owned(), "", Vec::new()),
        Ok(Reply::File(bytes)) => {
            let headers = Vec::new();
            return Ok(Answer {
                status: 200,
                code: "OK".to_owned(),
                headers,
                content_type: "application/octet-stream",
                body: bytes,
            });
        }
        Err(refusal) => error(&refusal),
    };
    let body = if lost == Some(Lost::Garbled) {
        body[..body.len() / 2].to_vec()
    } else {
        body
    };
    let date = http_date(world.now() + signing.skew_s);
    let mut headers = vec![("Request-ID", random_hex::<12>()?), ("Date", date)];
    let account = signing.account.or(world.keys.wechat.first());
    if let Some(account) = account.filter(|_| status < 300) {
        let now = world.now();
        let key = platform_key(world, account, signing.asked);
        headers.extend(signature_headers(account, key, now, &body, signing.spoilt)?);
    }
    Ok(Answer {
        status,
        code,
        headers,
        content_type,
        body,
    })
}

fn error(refusal: &WechatError) -> (u16, String, &'static str, Vec<u8>) {
    let code = refusal.code.clone().into_owned();
    match refusal.status {
        502 => {
            let page = "<html><body><h1>502 Bad Gateway</h1></body></html>";
            (502, code, "text/html", page.into())
        }
        504 => (504, code, "text/plain", Vec::new()),
        status => {
            let body = json!({ "code": code, "message": refusal.message }).to_string();
            (status, code, JSON, body.into_bytes())
        }
    }
}

/// The key that the request asked for, or the one that was set, or the account's first.
pub(super) fn platform_key<'a>(
    world: &World,
    account: &'a WechatAccount,
    asked: Option<&str>,
) -> &'a PlatformKey {
    let set = world.state().settings.wechat_key.clone();
    let find = |serial: &str| account.platform.iter().find(|key| key.serial == serial);
    (asked.and_then(find))
        .or_else(|| set.as_deref().and_then(find))
        .unwrap_or(&account.platform[0])
}

/// The platform's headers for `body`.
pub(super) fn signature_headers(
    account: &WechatAccount,
    key: &PlatformKey,
    now: Seconds,
    body: &[u8],
    spoilt: Option<Spoilt>,
) -> Result<[(&'static str, String); 5], CryptoError> {
    let next = account.platform.get(1);
    let key = next
        .filter(|_| spoilt == Some(Spoilt::NextKey))
        .unwrap_or(key);
    let at = if spoilt == Some(Spoilt::Stale) {
        now - STALE_S
    } else {
        now
    };
    let nonce = random_hex::<16>()?;
    let mut message = signed_message(&at.to_string(), &nonce, &String::from_utf8_lossy(body));
    if spoilt == Some(Spoilt::OtherBytes) {
        message.push('?');
    }
    let mut signature = key.signer.sign(&message)?;
    if spoilt == Some(Spoilt::Probe) {
        signature.insert_str(0, "WECHATPAY/SIGNTEST/");
    }
    let serial = if spoilt == Some(Spoilt::UnknownSerial) {
        UNKNOWN_SERIAL
    } else {
        &key.serial
    };
    Ok([
        ("Wechatpay-Signature", signature),
        (
            "Wechatpay-Signature-Type",
            "WECHATPAY2-SHA256-RSA2048".to_owned(),
        ),
        ("Wechatpay-Serial", serial.to_owned()),
        ("Wechatpay-Timestamp", at.to_string()),
        ("Wechatpay-Nonce", nonce),
    ])
}

/// What the platform signs in answers and notices.
pub(super) fn signed_message(timestamp: &str, nonce: &str, body: &str) -> String {
    format!("{timestamp}\n{nonce}\n{body}\n")
}

impl Answer {
    /// As text, for the log.
    pub(super) fn shown(&self) -> String {
        let mut text = format!("{}\n", self.status);
        for (name, value) in &self.headers {
            let _ = writeln!(text, "{name}: {value}");
        }
        format!("{text}\n{}", String::from_utf8_lossy(&self.body))
    }

    /// Puts it on the wire; cut off in the middle of its body where asked for.
    pub(super) fn into_response(self, is_cut_off: bool) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = HttpResponse::build(status);
        for header in self.headers {
            response.insert_header(header);
        }
        if self.status == 204 {
            return response.finish();
        }
        response.content_type(self.content_type);
        if is_cut_off {
            return crate::cut::response(response, &Bytes::from(self.body));
        }
        response.body(self.body)
    }
}
