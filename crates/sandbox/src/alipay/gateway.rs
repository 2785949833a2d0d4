//! The gateway's envelope: common parameters, RSA2 over them, and signed raw answers.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use serde_json::{Value, json};

use crate::clock::parse_naive_beijing;
use crate::keys::Keys;
use crate::sign::{CryptoError, Verifier};
use crate::world::World;

/// The parameters that every call carries, verified.
pub(super) struct Common {
    pub(super) method: String,
    pub(super) biz_content: String,
    pub(super) notify_url: Option<String>,
}

/// The gateway refuses the call before it looks at the business; such answers come unsigned.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct GatewayError {
    code: &'static str,
    pub(super) sub_code: &'static str,
    message: String,
}

impl GatewayError {
    /// 40002: a parameter is there and wrong.
    pub(super) fn invalid(sub_code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code: "40002",
            sub_code,
            message: message.into(),
        }
    }

    /// A wrong value in `biz_content`.
    pub(super) fn parameter(message: impl Into<String>) -> Self {
        Self::invalid("isv.invalid-parameter", message)
    }

    fn missing(name: &str) -> Self {
        let message = format!("缺少参数 {name}");
        Self {
            code: "40001",
            sub_code: "isv.missing-parameter",
            message,
        }
    }
}

/// Checks the common parameters and the signature over all of them.
pub(super) fn check(
    world: &World,
    pairs: impl Iterator<Item = (String, String)>,
) -> Result<Common, GatewayError> {
    let mut parameters = BTreeMap::new();
    for (name, value) in pairs {
        if let Some(twice) = parameters.insert(name, value) {
            return Err(GatewayError::parameter(format!("参数重复：{twice}")));
        }
    }
    let get = |name: &str| {
        parameters
            .get(name)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| GatewayError::missing(name))
    };
    if *get("app_id")? != world.keys.merchant.alipay.app_id {
        return Err(GatewayError::invalid(
            "isv.invalid-app-id",
            "无效的 AppID 参数",
        ));
    }
    for (name, expected, sub_code) in [
        ("charset", "utf-8", "isv.invalid-charset"),
        ("sign_type", "RSA2", "isv.invalid-signature-type"),
        ("version", "1.0", "isv.invalid-parameter"),
        ("format", "JSON", "isv.invalid-format"),
    ] {
        if !get(name)?.eq_ignore_ascii_case(expected) {
            return Err(GatewayError::invalid(
                sub_code,
                format!("{name} 须为 {expected}"),
            ));
        }
    }
    if parse_naive_beijing(get("timestamp")?).is_none() {
        return Err(GatewayError::invalid(
            "isv.invalid-timestamp",
            "非法的时间戳参数",
        ));
    }
    if !is_signed(&world.keys.alipay_app, &parameters) {
        return Err(GatewayError::invalid("isv.invalid-signature", "无效签名"));
    }
    Ok(Common {
        method: get("method")?.clone(),
        biz_content: get("biz_content")?.clone(),
        notify_url: parameters
            .get("notify_url")
            .filter(|url| !url.is_empty())
            .cloned(),
    })
}

/// Whether the app signed these parameters: all that have a value, `sign_type` among them, sorted.
pub(super) fn is_signed(app: &Verifier, parameters: &BTreeMap<String, String>) -> bool {
    let signed: BTreeMap<&str, &str> = (parameters.iter())
        .filter(|(name, value)| *name != "sign" && !value.is_empty())
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    parameters
        .get("sign")
        .is_some_and(|sign| app.is_signed(&joined(&signed), sign))
}

/// `k=v&k=v`, the values as they are.
pub(super) fn joined(sorted: &BTreeMap<&str, &str>) -> String {
    let pairs: Vec<String> = sorted
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("&")
}

/// A signed answer; slashes come escaped, as the real gateway writes them, and are signed that way.
pub(super) fn signed_answer(
    keys: &Keys,
    method: &str,
    inner: &Value,
    is_badly_signed: bool,
) -> Result<HttpResponse, CryptoError> {
    let raw = inner.to_string().replace('/', r"\/");
    let signed = if is_badly_signed {
        format!("{raw} ")
    } else {
        raw.clone()
    };
    let sign = keys.alipay_signer.sign(&signed)?;
    let wrapper = format!("{}_response", method.replace('.', "_"));
    Ok(answer(format!(r#"{{"{wrapper}":{raw},"sign":"{sign}"}}"#)))
}

/// An answer that the gateway doesn't sign.
pub(super) fn error_answer(error: &GatewayError) -> HttpResponse {
    let message = if error.code == "40001" {
        "Missing Required Arguments"
    } else {
        "Invalid Arguments"
    };
    let inner = json!({
        "code": error.code, "msg": message, "sub_code": error.sub_code, "sub_msg": error.message,
    });
    answer(json!({ "error_response": inner }).to_string())
}

fn answer(body: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json;charset=utf-8")
        .body(body)
}
