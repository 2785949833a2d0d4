//! Receipts: what became of a message, pushed to the merchant without a signature, as both services do.

use reqwest::RequestBuilder;
use serde_json::{Value, json};

use super::call::by_country;
use crate::clock::naive_beijing;
use crate::message::{Message, Service};
use crate::outgoing::Outgoing;

/// The POST that tells of one message.
pub(crate) fn compose(message: &Message, request: RequestBuilder) -> Outgoing {
    let (body, is_taken): (Value, fn(u16, &str) -> bool) = match message.service {
        Service::Aliyun => (aliyun(message), |status, body| {
            status == 200 && is_zero(body, "code")
        }),
        Service::Tencent => (tencent(message), |status, body| {
            status == 200 && is_zero(body, "result")
        }),
    };
    let text = body.to_string();
    Outgoing {
        request: (request.header("Content-Type", "application/json")).body(text.clone()),
        text,
        is_taken,
    }
}

fn is_zero(body: &str, name: &str) -> bool {
    serde_json::from_str(body).is_ok_and(|body: Value| body[name] == json!(0))
}

fn aliyun(message: &Message) -> Value {
    json!([{
        "phone_number": message.phone,
        "send_time": naive_beijing(message.at),
        "report_time": naive_beijing(message.reported_at()),
        "success": message.failure.is_none(),
        "err_code": message.failure.as_deref().unwrap_or("DELIVERED"),
        "err_msg": if message.failure.is_some() { "未送达" } else { "用户接收成功" },
        "sms_size": "1",
        "biz_id": message.id,
        "out_id": message.out_id,
    }])
}

fn tencent(message: &Message) -> Value {
    let is_failed = message.failure.is_some();
    let (code, number) = by_country(&message.phone);
    json!([{
        "user_receive_time": naive_beijing(message.reported_at()),
        "nationcode": code,
        "mobile": number,
        "report_status": if is_failed { "FAIL" } else { "SUCCESS" },
        "errmsg": message.failure.as_deref().unwrap_or("DELIVRD"),
        "description": if is_failed { "未送达" } else { "用户短信送达成功" },
        "sid": message.id,
    }])
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::is_zero;

    #[rstest]
    #[case::zero(r#"{"code":0}"#, true)]
    #[case::another(r#"{"code":1}"#, false)]
    #[case::text(r#"{"code":"0"}"#, false)]
    #[case::another_name(r#"{"result":0}"#, false)]
    #[case::list("[0]", false)]
    #[case::page("<html>", false)]
    #[case::empty("", false)]
    fn a_receipt_was_taken_where_its_code_is_nought(#[case] body: &str, #[case] expected: bool) {
        assert_eq!(is_zero(body, "code"), expected);
    }
}
