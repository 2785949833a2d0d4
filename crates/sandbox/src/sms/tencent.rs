//! Tencent SMS: `SendSms` and `PullSmsSendStatusByPhoneNumber`; every error comes with HTTP 200.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{
    Call, LOGIN_TEXT, Limit, PHONE_CHANGED_TEXT, PHONE_RECOVERY_TEXT, PHOTO_APPROVED_TEXT,
    PHOTO_REJECTED_TEXT, REMINDER_TEXT, Reply, STAFF_INVITED_TEXT, TICKET_ANSWERED_TEXT,
    WEBHOOK_FAILING_TEXT, Work, by_country, is_mobile,
};
use super::tc3::Signed;
use crate::clock::Seconds;
use crate::keys::TencentMerchant;
use crate::message::{Message, Service};
use crate::world::{State, World};

/// How far a request's time may be off.
const FRESH_S: u64 = 300;
/// The one version there is.
const VERSION: &str = "2021-01-11";

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct SendSms {
    phone_number_set: Vec<String>,
    sms_sdk_app_id: String,
    sign_name: String,
    template_id: String,
    #[serde(default)]
    template_param_set: Vec<String>,
    #[serde(default)]
    session_context: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct PullStatus {
    phone_number: String,
    sms_sdk_app_id: String,
    #[serde(rename = "BeginTime")]
    _begin_time: i64,
    #[serde(rename = "EndTime")]
    _end_time: Option<i64>,
    #[serde(rename = "Offset")]
    _offset: u32,
    #[serde(rename = "Limit")]
    _limit: u32,
}

type TencentError = (&'static str, &'static str);

/// Verifies a call and reads what it asks for.
pub(super) fn read(
    world: &World,
    request: &HttpRequest,
    body: &[u8],
    now: Seconds,
    id: &str,
) -> Call {
    let header = |name: &str| {
        (request.headers().get(name))
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let is_query = header("x-tc-action") == "PullSmsSendStatusByPhoneNumber";
    let mut call = Call {
        service: Service::Tencent,
        operation: if is_query { "send_query" } else { "send" },
        phone: String::new(),
        refusal: None,
        is_verified: false,
        work: None,
    };
    let work = check(world, &header, body, now).and_then(|body| {
        call.is_verified = true;
        if is_query {
            let asked: PullStatus = serde_json::from_str(body).map_err(|_| SHAPE)?;
            call.phone = String::from(national(&asked.phone_number));
            let account = &world.keys.merchant.tencent;
            return if asked.sms_sdk_app_id == account.sdk_app_id {
                Ok(Work::Query)
            } else {
                Err(APP)
            };
        }
        let order: SendSms = serde_json::from_str(body).map_err(|_| SHAPE)?;
        let phone = order.phone_number_set.first().map_or("", String::as_str);
        call.phone = String::from(national(phone));
        message(world, &order, now, id).map(Work::Send)
    });
    match work {
        Ok(work) => call.work = Some(work),
        // A wrong template or number is an error of that number, all others are errors of the call.
        Err((code, words)) if code.starts_with("FailedOperation") || code == NUMBER.0 => {
            call.refusal = Some(say(&call.phone, id, Err((code, words))));
        }
        Err((code, words)) => call.refusal = Some(error(id, code, words)),
    }
    call
}

const SHAPE: TencentError = ("InvalidParameter", "参数不合法");
const APP: TencentError = (
    "UnauthorizedOperation.SmsSdkAppIdVerifyFail",
    "SmsSdkAppId 校验失败",
);
const NUMBER: TencentError = (
    "InvalidParameterValue.IncorrectPhoneNumber",
    "手机号格式错误",
);

fn check<'a>(
    world: &World,
    header: &dyn Fn(&str) -> &'a str,
    body: &'a [u8],
    now: Seconds,
) -> Result<&'a str, TencentError> {
    if !["SendSms", "PullSmsSendStatusByPhoneNumber"].contains(&header("x-tc-action"))
        || header("x-tc-version") != VERSION
    {
        return Err(("InvalidAction", "接口或版本不存在"));
    }
    if header("x-tc-region").is_empty() {
        return Err(("MissingParameter", "缺少 X-TC-Region"));
    }
    let timestamp: Option<Seconds> = header("x-tc-timestamp").parse().ok();
    let timestamp = timestamp.filter(|at| now.abs_diff(*at) <= FRESH_S);
    let timestamp = timestamp.ok_or(("AuthFailure.SignatureExpire", "签名过期"))?;
    let failure = ("AuthFailure.SignatureFailure", "签名错误");
    let body = str::from_utf8(body).map_err(|_| failure)?;
    let signed = Signed {
        service: "sms",
        host: header("host"),
        content_type: header("content-type"),
        timestamp,
        body,
    };
    let account = &world.keys.merchant.tencent;
    let authorization = header("authorization");
    if !signed.is_signed(authorization, &account.secret_id, &account.secret_key) {
        return Err(failure);
    }
    Ok(body)
}

/// The number of an inbox as Tencent writes it.
fn international(phone: &str) -> String {
    let (code, national) = by_country(phone);
    format!("+{code}{national}")
}

/// The number as the inbox has it: without the `+`, and without the code of China.
fn national(phone: &str) -> &str {
    let bare = phone.strip_prefix("+86");
    bare.unwrap_or_else(|| phone.trim_start_matches('+'))
}

fn message(
    world: &World,
    order: &SendSms,
    now: Seconds,
    id: &str,
) -> Result<Message, TencentError> {
    let account = &world.keys.merchant.tencent;
    let [phone] = order.phone_number_set.as_slice() else {
        return Err(("InvalidParameterValue", "沙箱一次只发一个号码"));
    };
    if order.sms_sdk_app_id != account.sdk_app_id {
        return Err(APP);
    }
    if !is_mobile(national(phone)) {
        return Err(NUMBER);
    }
    if order.sign_name != account.sign_name {
        return Err((
            "FailedOperation.SignatureIncorrectOrUnapproved",
            "签名未审批或不正确",
        ));
    }
    let parameters: BTreeMap<String, String> = ["code", "minutes"]
        .into_iter()
        .zip(&order.template_param_set)
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect();
    let text = if order.template_id == account.template_code {
        let code = (parameters.get("code")).filter(|code| (4..=6).contains(&code.len()));
        let wrong = (
            "InvalidParameterValue.TemplateParameterFormatError",
            "验证码模板参数须为 4–6 位",
        );
        LOGIN_TEXT.replace("${code}", code.ok_or(wrong)?)
    } else if order.template_id == account.template_staff_invited {
        let address = order.template_param_set.first().map_or("", String::as_str);
        STAFF_INVITED_TEXT.replace("${address}", address)
    } else if let Some(text) = fixed_text(&order.template_id, account) {
        text.to_owned()
    } else {
        return Err((
            "FailedOperation.TemplateIncorrectOrUnapproved",
            "模板未审批或不正确",
        ));
    };
    Ok(Message {
        number: 0,
        service: Service::Tencent,
        at: now,
        phone: national(phone).to_owned(),
        text: format!("【{}】{text}", account.sign_name),
        template: order.template_id.clone(),
        parameters,
        out_id: order.session_context.clone(),
        id: id.to_owned(),
        failure: None,
    })
}

/// The text behind a template without variables.
fn fixed_text(template: &str, account: &TencentMerchant) -> Option<&'static str> {
    let texts = [
        (&account.template_phone_changed, PHONE_CHANGED_TEXT),
        (&account.template_photo_approved, PHOTO_APPROVED_TEXT),
        (&account.template_photo_rejected, PHOTO_REJECTED_TEXT),
        (&account.template_ticket_answered, TICKET_ANSWERED_TEXT),
        (&account.template_reminder, REMINDER_TEXT),
        (&account.template_webhook_failing, WEBHOOK_FAILING_TEXT),
        (&account.template_phone_recovery, PHONE_RECOVERY_TEXT),
    ];
    let found = texts.into_iter().find(|(filed, _)| *filed == template);
    found.map(|(_, text)| text)
}

fn error(request_id: &str, code: &str, message: &str) -> Reply {
    Reply {
        status: 200,
        code: code.to_owned(),
        body: json!({ "Response": {
            "Error": { "Code": code, "Message": message }, "RequestId": request_id,
        } }),
    }
}

/// The answer to a send: the service's number of the message, or code and words for that phone.
pub(super) fn say(phone: &str, request_id: &str, outcome: Result<&str, (&str, &str)>) -> Reply {
    let (serial, code, message) = match outcome {
        Ok(id) => (id, "Ok", "send success"),
        Err((code, message)) => ("", code, message),
    };
    Reply {
        status: 200,
        code: code.to_owned(),
        body: json!({ "Response": {
            "SendStatusSet": [{
                "SerialNo": serial, "PhoneNumber": international(phone), "Fee": 1,
                "SessionContext": "", "Code": code, "Message": message, "IsoCode": "CN",
            }],
            "RequestId": request_id,
        } }),
    }
}

/// The answer where a limit was reached.
pub(super) fn limited(limit: Limit, phone: &str, request_id: &str) -> Reply {
    let code = match limit {
        Limit::Minute => "LimitExceeded.PhoneNumberThirtySecondLimit",
        Limit::Hour => "LimitExceeded.PhoneNumberOneHourLimit",
        Limit::Day => "LimitExceeded.PhoneNumberDailyLimit",
    };
    say(phone, request_id, Err((code, "发送次数超过上限")))
}

/// What became of the messages to a number, as far as it is known.
pub(super) fn details(state: &State, phone: &str, now: Seconds, request_id: &str) -> Reply {
    let is_wanted = |message: &&Message| {
        message.service == Service::Tencent
            && message.phone == phone
            && message.reported_at() <= now
    };
    let shown: Vec<Value> = (state.messages.iter().rev().filter(is_wanted))
        .map(|message| {
            json!({
                "UserReceiveTime": message.reported_at(),
                "CountryCode": by_country(&message.phone).0,
                "SubscriberNumber": message.phone,
                "PhoneNumber": international(&message.phone),
                "SerialNo": message.id,
                "ReportStatus": if message.failure.is_some() { "FAIL" } else { "SUCCESS" },
                "Description": message.failure.as_deref().unwrap_or("DELIVRD"),
                "SessionContext": message.out_id,
            })
        })
        .collect();
    Reply {
        status: 200,
        code: "Ok".to_owned(),
        body: json!({ "Response": {
            "PullSmsSendStatusSet": shown, "RequestId": request_id,
        } }),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::china("+8613800138000", "13800138000")]
    #[case::hong_kong("+85261234567", "85261234567")]
    fn a_number_is_the_same_on_either_side(#[case] written: &str, #[case] inbox: &str) {
        assert_eq!(national(written), inbox);
        assert_eq!(international(inbox), written);
    }

    #[test]
    fn a_number_without_its_code_stays() {
        assert_eq!(national("13800138000"), "13800138000");
    }
}
