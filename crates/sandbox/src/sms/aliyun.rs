//! Aliyun SMS: `SendSms` and `QuerySendDetails`, RPC style.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use serde_json::{Map, Value, json};

use super::acs3;
use super::aliyun_error::AliyunError;
use super::call::{
    Call, LOGIN_TEXT, Limit, PHONE_CHANGED_TEXT, PHONE_RECOVERY_TEXT, PHOTO_APPROVED_TEXT,
    PHOTO_REJECTED_TEXT, REMINDER_TEXT, Reply, STAFF_INVITED_TEXT, TICKET_ANSWERED_TEXT,
    WEBHOOK_FAILING_TEXT, Work, is_mobile,
};
use crate::clock::{Seconds, naive_beijing};
use crate::message::{Message, Service};
use crate::world::{State, World};

/// Verifies a call and reads what it asks for.
pub(super) fn read(
    world: &World,
    request: &HttpRequest,
    body: &[u8],
    now: Seconds,
    id: &str,
) -> Call {
    let header = (request.headers().get("x-acs-action")).and_then(|value| value.to_str().ok());
    let is_query = header == Some("QuerySendDetails");
    let mut call = Call {
        service: Service::Aliyun,
        operation: if is_query { "send_query" } else { "send" },
        phone: String::new(),
        refusal: None,
        is_verified: false,
        work: None,
    };
    let work = acs3::check(world, request, body, now).and_then(|query| {
        call.is_verified = true;
        let phone = if is_query {
            "PhoneNumber"
        } else {
            "PhoneNumbers"
        };
        call.phone = query.get(phone).cloned().unwrap_or_default();
        if is_query {
            return check_query(&query).map(|()| Work::Query);
        }
        message(world, &query, now, id).map(Work::Send)
    });
    match work {
        Ok(work) => call.work = Some(work),
        Err(refusal) => call.refusal = Some(refusal.reply(id)),
    }
    call
}

fn check_query(query: &BTreeMap<String, String>) -> Result<(), AliyunError> {
    let missing = ["PhoneNumber", "SendDate", "PageSize", "CurrentPage"]
        .into_iter()
        .find(|name| query.get(*name).is_none_or(String::is_empty));
    match missing {
        Some(name) => Err(AliyunError::request(
            400,
            "MissingParameter",
            format!("缺少 {name}"),
        )),
        None => Ok(()),
    }
}

/// The message that these parameters ask for.
fn message(
    world: &World,
    query: &BTreeMap<String, String>,
    now: Seconds,
    id: &str,
) -> Result<Message, AliyunError> {
    let merchant = &world.keys.merchant.sms;
    let get = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let phone = get("PhoneNumbers");
    if !is_mobile(phone) {
        return Err(AliyunError::business(
            "isv.MOBILE_NUMBER_ILLEGAL",
            "非法手机号",
        ));
    }
    if get("SignName") != merchant.sign_name {
        let message = "短信签名不合法";
        return Err(AliyunError::business("isv.SMS_SIGNATURE_ILLEGAL", message));
    }
    let parameters = template_parameters(get("TemplateParam"))?;
    let text = match get("TemplateCode") {
        template if template == merchant.template_code => login_text(&parameters)?,
        template if template == merchant.template_phone_changed => PHONE_CHANGED_TEXT.to_owned(),
        template if template == merchant.template_staff_invited => {
            let address = parameters.get("address").map_or("", String::as_str);
            STAFF_INVITED_TEXT.replace("${address}", address)
        }
        template if template == merchant.template_photo_approved => PHOTO_APPROVED_TEXT.to_owned(),
        template if template == merchant.template_photo_rejected => PHOTO_REJECTED_TEXT.to_owned(),
        template if template == merchant.template_ticket_answered => {
            TICKET_ANSWERED_TEXT.to_owned()
        }
        template if template == merchant.template_reminder => REMINDER_TEXT.to_owned(),
        template if template == merchant.template_webhook_failing => {
            WEBHOOK_FAILING_TEXT.to_owned()
        }
        template if template == merchant.template_phone_recovery => PHONE_RECOVERY_TEXT.to_owned(),
        _ => {
            let message = "短信模板不合法";
            return Err(AliyunError::business("isv.SMS_TEMPLATE_ILLEGAL", message));
        }
    };
    Ok(Message {
        number: 0,
        service: Service::Aliyun,
        at: now,
        phone: phone.to_owned(),
        text: format!("【{}】{text}", merchant.sign_name),
        template: get("TemplateCode").to_owned(),
        out_id: get("OutId").to_owned(),
        parameters,
        id: id.to_owned(),
        failure: None,
    })
}

/// The login text with its code.
fn login_text(parameters: &BTreeMap<String, String>) -> Result<String, AliyunError> {
    let code = (parameters.get("code")).filter(|code| (4..=6).contains(&code.len()));
    let code = code.ok_or_else(|| {
        let message = "模板缺少变量 code，须为 4–6 位";
        AliyunError::business("isv.TEMPLATE_MISSING_PARAMETERS", message)
    })?;
    Ok(LOGIN_TEXT.replace("${code}", code))
}

/// `{"code":"042917"}`: an object of strings.
fn template_parameters(json: &str) -> Result<BTreeMap<String, String>, AliyunError> {
    let illegal =
        || AliyunError::business("isv.INVALID_JSON_PARAM", "JSON 参数不合法，只接受字符串值");
    let object: Map<String, Value> = serde_json::from_str(json).map_err(|_| illegal())?;
    (object.into_iter())
        .map(|(name, value)| Some((name, value.as_str()?.to_owned())))
        .collect::<Option<_>>()
        .ok_or_else(illegal)
}

/// The answer to a send: the service's number of the message, or code and words.
pub(super) fn say(_: &str, request_id: &str, outcome: Result<&str, (&str, &str)>) -> Reply {
    match outcome {
        Ok(id) => Reply {
            status: 200,
            code: "OK".to_owned(),
            body: json!({
                "RequestId": request_id, "Code": "OK", "Message": "OK", "BizId": id,
            }),
        },
        Err((code, message)) => AliyunError::business(code, message).reply(request_id),
    }
}

/// The answer where a limit was reached.
pub(super) fn limited(limit: Limit, request_id: &str) -> Reply {
    let words = match limit {
        Limit::Minute => "触发分钟级流控Permits:1",
        Limit::Hour => "触发小时级流控Permits:5",
        Limit::Day => "触发天级流控Permits:10",
    };
    say("", request_id, Err(("isv.BUSINESS_LIMIT_CONTROL", words)))
}

/// What became of the messages to a number.
pub(super) fn details(state: &State, phone: &str, now: Seconds, request_id: &str) -> Reply {
    let is_wanted =
        |message: &&Message| message.service == Service::Aliyun && message.phone == phone;
    let shown: Vec<Value> = (state.messages.iter().rev().filter(is_wanted))
        .map(|message| {
            let is_known = message.reported_at() <= now;
            let status = match (&message.failure, is_known) {
                (_, false) => 1,
                (Some(_), true) => 2,
                (None, true) => 3,
            };
            json!({
                "PhoneNum": message.phone,
                "Content": message.text,
                "TemplateCode": message.template,
                "OutId": message.out_id,
                "SendDate": naive_beijing(message.at),
                "ReceiveDate": if status == 3 { naive_beijing(message.reported_at()) } else { String::new() },
                "SendStatus": status,
                "ErrCode": message.failure.as_deref().filter(|_| is_known).unwrap_or("DELIVERED"),
            })
        })
        .collect();
    Reply {
        status: 200,
        code: "OK".to_owned(),
        body: json!({
            "RequestId": request_id, "Code": "OK", "Message": "OK",
            "TotalCount": shown.len().to_string(),
            "SmsSendDetailDTOs": { "SmsSendDetailDTO": shown },
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::number(r#"{"code":42917}"#)]
    #[case::list("[]")]
    #[case::empty("")]
    #[case::null(r#"{"code":null}"#)]
    fn a_template_takes_only_strings(#[case] wrong: &str) {
        assert!(template_parameters(wrong).is_err(), "{wrong}");
    }

    #[test]
    fn the_parameters_of_a_template_are_read() {
        let good = template_parameters(r#"{"code":"042917"}"#).unwrap();
        assert_eq!(good["code"], "042917");
    }
}
