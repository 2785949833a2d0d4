//! Tencent SMS: signed sends and queries, and the receipts of both services.

use serde_json::{Value, json};

use crate::merchant::{Merchant, hex_sha256, hmac};
use crate::shop::Shop;

/// A signed call; gives what is under `Response`.
async fn call(merchant: &Merchant, action: &str, body: &Value, secret: &str) -> Value {
    let account = &merchant.config.tencent;
    let url = &merchant.sandbox.addresses().tencent;
    let (now, body) = (merchant.now().await, body.to_string());
    let date = chrono::DateTime::from_timestamp(now, 0)
        .unwrap()
        .format("%Y-%m-%d")
        .to_string();
    let host = url.trim_start_matches("http://");
    let kind = "application/json; charset=utf-8";
    let canonical = format!(
        "POST\n/\n\ncontent-type:{kind}\nhost:{host}\n\ncontent-type;host\n{}",
        hex_sha256(&body)
    );
    let scope = format!("{date}/sms/tc3_request");
    let text = format!(
        "TC3-HMAC-SHA256\n{now}\n{scope}\n{}",
        hex_sha256(&canonical)
    );
    let key = hmac(
        &hmac(&hmac(format!("TC3{secret}").as_bytes(), &date), "sms"),
        "tc3_request",
    );
    let signature = data_encoding::HEXLOWER.encode(&hmac(&key, &text));
    let answer = merchant.http.post(url)
        .header("Authorization", format!(
            "TC3-HMAC-SHA256 Credential={}/{scope}, SignedHeaders=content-type;host, Signature={signature}",
            account.secret_id
        ))
        .header("Content-Type", kind)
        .header("X-TC-Action", action)
        .header("X-TC-Version", "2021-01-11")
        .header("X-TC-Region", "ap-guangzhou")
        .header("X-TC-Timestamp", now.to_string())
        .body(body)
        .send().await.unwrap();
    assert_eq!(answer.status(), 200, "errors come with 200, too");
    answer.json::<Value>().await.unwrap()["Response"].clone()
}

async fn send(merchant: &Merchant, phone: &str, code: &str) -> Value {
    let account = &merchant.config.tencent;
    let body = json!({
        "PhoneNumberSet": [phone], "SmsSdkAppId": account.sdk_app_id,
        "SignName": account.sign_name, "TemplateId": account.template_code,
        "TemplateParamSet": [code, "5"], "SessionContext": "o1",
    });
    call(merchant, "SendSms", &body, &account.secret_key).await
}

/// The code of the one number.
fn code(response: &Value) -> &str {
    response["SendStatusSet"][0]["Code"].as_str().unwrap()
}

#[actix_web::test]
async fn a_message_lands_and_its_receipt_follows() {
    let (merchant, shop) = (
        Merchant::new(),
        Shop::open(200, r#"{"result":0,"errmsg":"OK"}"#),
    );
    merchant
        .ctl("settings", json!({ "tencent_receipts": shop.notify_url }))
        .await;
    let sent = send(&merchant, "+8613800138000", "042917").await;
    assert_eq!(code(&sent), "Ok", "{sent}");
    let inbox: Value = serde_json::from_str(&merchant.page("/inbox.json").await).unwrap();
    assert_eq!(inbox["messages"][0]["parameters"]["code"], "042917");
    assert_eq!(inbox["messages"][0]["phone"], "13800138000");
    merchant.ctl("clock", json!({ "advance_s": 5 })).await;
    let receipt: Value = serde_json::from_str(&shop.notices()[0].body).unwrap();
    assert_eq!(receipt[0]["report_status"], "SUCCESS");
    assert_eq!(receipt[0]["sid"], sent["SendStatusSet"][0]["SerialNo"]);
    assert_eq!(
        code(&send(&merchant, "+8613800138000", "042918").await),
        "LimitExceeded.PhoneNumberThirtySecondLimit"
    );
    let asked = json!({
        "PhoneNumber": "+8613800138000", "SmsSdkAppId": merchant.config.tencent.sdk_app_id,
        "BeginTime": 0, "Offset": 0, "Limit": 10,
    });
    let secret = &merchant.config.tencent.secret_key;
    let found = call(&merchant, "PullSmsSendStatusByPhoneNumber", &asked, secret).await;
    assert_eq!(found["PullSmsSendStatusSet"][0]["ReportStatus"], "SUCCESS");

    merchant.fault("sms_receipt_failed").await;
    send(&merchant, "+8613800138001", "042917").await;
    merchant.ctl("clock", json!({ "advance_s": 5 })).await;
    let receipt: Value = serde_json::from_str(&shop.notices()[0].body).unwrap();
    assert_eq!(receipt[0]["report_status"], "FAIL");
    merchant.fault("sms_receipt_missing").await;
    send(&merchant, "+8613800138002", "042917").await;
    merchant.ctl("clock", json!({ "advance_s": 1000 })).await;
    assert_eq!(shop.notices().len(), 0);
}

#[actix_web::test]
async fn bad_calls_are_refused_in_tencents_words() {
    let merchant = Merchant::new();
    let refused = call(&merchant, "SendSms", &json!({}), "wrong").await;
    assert_eq!(refused["Error"]["Code"], "AuthFailure.SignatureFailure");
    let phone = send(&merchant, "+8612800138000", "042917").await;
    assert_eq!(code(&phone), "InvalidParameterValue.IncorrectPhoneNumber");
    let long = send(&merchant, "+8613800138000", "0429170").await;
    assert_eq!(
        long["Error"]["Code"],
        "InvalidParameterValue.TemplateParameterFormatError"
    );
    merchant
        .fault("sms_fail:FailedOperation.InsufficientBalanceInSmsPackage")
        .await;
    let poor = send(&merchant, "+8613800138000", "042917").await;
    assert_eq!(
        code(&poor),
        "FailedOperation.InsufficientBalanceInSmsPackage"
    );
    assert_eq!(merchant.page("/inbox.json").await, r#"{"messages":[]}"#);
}
