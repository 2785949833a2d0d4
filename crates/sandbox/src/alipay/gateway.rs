//! The gateway's envelope: common parameters, RSA2 over them, and signed raw answers.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use serde_json::{Value, json};

use crate::clock::parse_naive_beijing;
use crate::sign::{CryptoError, Verifier};
use crate::world::World;

use super::work::{Common, Work};

/// Decoded form fields, in the order in which they came.
pub(super) type Pairs = Vec<(String, String)>;

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
pub(super) fn check(world: &World, pairs: Pairs) -> Result<Common, GatewayError> {
    let mut parameters = BTreeMap::new();
    for (name, value) in pairs {
        if let Some(twice) = parameters.insert(name, value) {
            return Err(GatewayError::parameter(format!("参数重复：{twice}")));
        }
    }
    let given = |name: &str| parameters.get(name).filter(|value| !value.is_empty());
    let get = |name: &str| given(name).ok_or_else(|| GatewayError::missing(name));
    let account = (world.keys.alipay(get("app_id")?))
        .ok_or_else(|| GatewayError::invalid("isv.invalid-app-id", "无效的 AppID 参数"))?;
    for (name, expected, sub_code) in [
        ("charset", "utf-8", "isv.invalid-charset"),
        ("sign_type", "RSA2", "isv.invalid-signature-type"),
        ("version", "1.0", "isv.invalid-parameter"),
        ("format", "JSON", "isv.invalid-format"),
    ] {
        if !get(name)?.eq_ignore_ascii_case(expected) {
            let message = format!("{name} 须为 {expected}");
            return Err(GatewayError::invalid(sub_code, message));
        }
    }
    if parse_naive_beijing(get("timestamp")?).is_none() {
        let message = "非法的时间戳参数";
        return Err(GatewayError::invalid("isv.invalid-timestamp", message));
    }
    if !is_signed(&account.app, &parameters) {
        return Err(GatewayError::invalid(UNSIGNED, "无效签名"));
    }
    let certificates = given("app_cert_sn").zip(given("alipay_root_cert_sn"));
    let is_known = |(app, root): &(&String, &String)| {
        (account.serials.as_ref()).is_some_and(|known| known.app == **app && known.root == **root)
    };
    if certificates.as_ref().is_some_and(|named| !is_known(named)) {
        let message = "应用公钥证书或根证书序列号不正确";
        return Err(GatewayError::invalid("isv.app-cert-error", message));
    }
    Ok(Common {
        app_id: account.config.app_id.clone(),
        method: get("method")?.clone(),
        biz_content: get("biz_content")?.clone(),
        notify_url: given("notify_url").cloned(),
        return_url: given("return_url").cloned(),
        has_certificates: certificates.is_some(),
    })
}

/// The code of a signature that doesn't verify.
const UNSIGNED: &str = "isv.invalid-signature";

/// Whether the call failed at its signature.
pub(super) fn is_unverified(error: &GatewayError) -> bool {
    error.sub_code == UNSIGNED
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

/// What is to be odd about an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Oddity {
    pub(super) is_badly_signed: bool,
    pub(super) is_garbled: bool,
    pub(super) is_gbk: bool,
}

/// A signed answer, as text and as it goes over the wire; slashes come escaped, as the real gateway writes them, and are
/// signed that way. What is signed is what is sent: in GBK other bytes than in UTF-8.
pub(super) fn signed_answer(
    work: &Work<'_>,
    inner: &Value,
    oddity: Oddity,
) -> Result<(String, Vec<u8>), CryptoError> {
    let mut raw = inner.to_string().replace('/', r"\/");
    if oddity.is_garbled {
        // Valid JSON and a good signature around something that no call answers.
        raw = String::from(r#"{"garbled":true}"#);
    }
    let encode = |text: &str| {
        if oddity.is_gbk {
            crate::archive::gbk(text)
        } else {
            text.as_bytes().to_vec()
        }
    };
    let mut signed = encode(&raw);
    if oddity.is_badly_signed {
        signed.push(b' ');
    }
    let sign = work.account.signer.sign_bytes(&signed)?;
    let serials = work.account.serials.as_ref();
    let serial = serials.filter(|_| work.common.has_certificates);
    let serial = serial.map(|serials| format!(r#""alipay_cert_sn":"{}","#, serials.alipay));
    let wrapper = format!("{}_response", work.common.method.replace('.', "_"));
    let serial = serial.unwrap_or_default();
    let text = format!(r#"{{"{wrapper}":{raw},{serial}"sign":"{sign}"}}"#);
    let bytes = encode(&text);
    Ok((text, bytes))
}

/// An answer that the gateway doesn't sign.
pub(super) fn error_answer(error: &GatewayError) -> String {
    let message = if error.code == "40001" {
        "Missing Required Arguments"
    } else {
        "Invalid Arguments"
    };
    let inner = json!({
        "code": error.code, "msg": message, "sub_code": error.sub_code, "sub_msg": error.message,
    });
    json!({ "error_response": inner }).to_string()
}

/// 200 with this text.
pub(super) fn json(body: impl MessageBody + 'static) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json;charset=utf-8")
        .body(body)
}
