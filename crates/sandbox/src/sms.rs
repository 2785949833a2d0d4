//! Aliyun SMS: `SendSms` with an ACS3-HMAC-SHA256 signature; messages land in the inbox page.

mod acs3;

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::clock::Seconds;
use crate::fault::{Fault, Site};
use crate::sign::random_hex;
use crate::trade::Provider;
use crate::world::{State, World, out_of_order};

/// Messages for one number and the time in which so many may be sent, with the provider's words.
/// Source: Aliyun's default limits for one signature and number.
const LIMITS: [(usize, i64, &str); 3] = [
    (1, 60, "触发分钟级流控Permits:1"),
    (5, 3600, "触发小时级流控Permits:5"),
    (10, 86_400, "触发天级流控Permits:10"),
];

/// The text behind the login template; `${code}` is filled in.
const LOGIN_TEXT: &str = "您的验证码为${code}，5分钟内有效，请勿告诉他人。";

/// The text behind the template that tells of a changed phone; it has no variables.
const PHONE_CHANGED_TEXT: &str = "您账号的手机号已更换。如非本人操作，请立即联系学校。";

/// The routes of the SMS port.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.route("/", web::post().to(send));
}

/// A message as its receiver sees it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Message {
    /// Unix seconds on the test clock.
    pub(crate) at: Seconds,
    /// Eleven digits.
    pub(crate) phone: String,
    /// With the signature in front: `【…】…`.
    pub(crate) text: String,
    /// The template's parameters, such as `code`.
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) out_id: String,
}

/// The provider's code, its words, and the HTTP status.
#[derive(Debug, PartialEq, Eq)]
struct Refusal {
    status: u16,
    code: String,
    message: String,
}

impl Refusal {
    /// A request that isn't ours: 4xx.
    fn request(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message: message.into(),
        }
    }

    /// A business refusal: HTTP 200 with another code than OK.
    fn business(code: &str, message: impl Into<String>) -> Self {
        Self::request(200, code, message)
    }
}

async fn send(world: Data<World>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let now = world.now();
    let parsed =
        acs3::check(&world, &request, &body, now).and_then(|query| message(&world, &query, now));
    let phone = parsed
        .as_ref()
        .map_or_else(|_| String::new(), |message| message.phone.clone());
    let site = Site {
        provider: Provider::Sms,
        operation: "send",
        subject: &phone,
    };
    if world.fails_before(site).await {
        world.record(site, 500, "fault http_500");
        return HttpResponse::InternalServerError().finish();
    }
    let failure = world
        .state()
        .faults
        .take(site, |fault| matches!(fault, Fault::SmsFail { .. }));
    let outcome = parsed.and_then(|message| match failure {
        Some(Fault::SmsFail { code }) => Err(Refusal::business(&code, "短信发送失败")),
        Some(_) | None => keep(&mut world.state(), message, now),
    });
    if world.fails_after(site).await {
        world.record(site, 504, "fault timeout_after_effect");
        return HttpResponse::GatewayTimeout().finish();
    }
    let (status, code, words) = match &outcome {
        Ok(()) => (200, "OK", "OK"),
        Err(refusal) => (
            refusal.status,
            refusal.code.as_str(),
            refusal.message.as_str(),
        ),
    };
    world.record(site, status, code);
    answer(status, code, words, outcome.is_ok())
}

fn answer(status: u16, code: &str, message: &str, is_sent: bool) -> HttpResponse {
    let ids = random_hex::<16>().and_then(|request| Ok((request, random_hex::<10>()?)));
    let (request_id, biz_id) = match ids {
        Ok(ids) => ids,
        Err(error) => return out_of_order(error),
    };
    let mut body = json!({ "RequestId": request_id, "Code": code, "Message": message });
    if is_sent {
        body["BizId"] = json!(biz_id);
    }
    HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST)).json(body)
}

/// The message that these parameters ask for.
fn message(
    world: &World,
    query: &BTreeMap<String, String>,
    now: Seconds,
) -> Result<Message, Refusal> {
    let merchant = &world.keys.merchant.sms;
    let get = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let phone = get("PhoneNumbers");
    let is_mobile = phone.len() == 11
        && phone.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(phone.as_bytes(), [b'1', b'3'..=b'9', ..]);
    if !is_mobile {
        return Err(Refusal::business("isv.MOBILE_NUMBER_ILLEGAL", "非法手机号"));
    }
    if get("SignName") != merchant.sign_name {
        return Err(Refusal::business(
            "isv.SMS_SIGNATURE_ILLEGAL",
            "短信签名不合法",
        ));
    }
    let parameters = template_parameters(get("TemplateParam"))?;
    let text = match get("TemplateCode") {
        template if template == merchant.template_code => login_text(&parameters)?,
        template if template == merchant.template_phone_changed => PHONE_CHANGED_TEXT.to_owned(),
        _ => {
            return Err(Refusal::business(
                "isv.SMS_TEMPLATE_ILLEGAL",
                "短信模板不合法",
            ));
        }
    };
    Ok(Message {
        at: now,
        phone: phone.to_owned(),
        text: format!("【{}】{text}", merchant.sign_name),
        out_id: get("OutId").to_owned(),
        parameters,
    })
}

/// The login text with its code.
fn login_text(parameters: &BTreeMap<String, String>) -> Result<String, Refusal> {
    let code = parameters
        .get("code")
        .filter(|code| (4..=6).contains(&code.len()));
    let code = code.ok_or_else(|| {
        Refusal::business(
            "isv.TEMPLATE_MISSING_PARAMETERS",
            "模板缺少变量 code，须为 4–6 位",
        )
    })?;
    Ok(LOGIN_TEXT.replace("${code}", code))
}

/// `{"code":"042917"}`: an object of strings.
fn template_parameters(json: &str) -> Result<BTreeMap<String, String>, Refusal> {
    let illegal = || Refusal::business("isv.INVALID_JSON_PARAM", "JSON 参数不合法，只接受字符串值");
    let object: Map<String, Value> = serde_json::from_str(json).map_err(|_| illegal())?;
    (object.into_iter())
        .map(|(name, value)| Some((name, value.as_str()?.to_owned())))
        .collect::<Option<_>>()
        .ok_or_else(illegal)
}

/// Puts the message into the inbox, within the limits of its number.
fn keep(state: &mut State, message: Message, now: Seconds) -> Result<(), Refusal> {
    if !state.is_sms_unlimited {
        for (permits, span_s, words) in LIMITS {
            let recent = (state.messages.iter())
                .filter(|other| other.phone == message.phone && other.at > now - span_s)
                .count();
            if recent >= permits {
                return Err(Refusal::business("isv.BUSINESS_LIMIT_CONTROL", words));
            }
        }
    }
    state.messages.push(message);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_gets_one_a_minute_five_an_hour_and_ten_a_day() {
        let mut state = State::default();
        let mut sent_at = |at: Seconds| {
            let message = Message {
                at,
                phone: "13800138000".into(),
                text: String::new(),
                parameters: BTreeMap::new(),
                out_id: String::new(),
            };
            keep(&mut state, message, at).map_err(|refusal| refusal.message)
        };
        let minute = LIMITS[0].2.to_owned();
        assert_eq!(
            [sent_at(0), sent_at(59), sent_at(60)],
            [Ok(()), Err(minute), Ok(())]
        );
        for at in [120, 180, 240] {
            assert_eq!(sent_at(at), Ok(()));
        }
        assert_eq!(sent_at(300), Err(LIMITS[1].2.to_owned()));
        for at in [3600, 3660, 3720, 3780, 3840] {
            assert_eq!(sent_at(at), Ok(()), "{at}");
        }
        assert_eq!(sent_at(80_000), Err(LIMITS[2].2.to_owned()));
        assert_eq!(sent_at(86_400), Ok(()), "the day rolls");
    }

    #[test]
    fn a_template_takes_only_strings() {
        assert_eq!(
            template_parameters(r#"{"code":"042917"}"#).unwrap()["code"],
            "042917"
        );
        for wrong in [r#"{"code":42917}"#, "[]", "", r#"{"code":null}"#] {
            assert!(template_parameters(wrong).is_err(), "{wrong}");
        }
    }
}
