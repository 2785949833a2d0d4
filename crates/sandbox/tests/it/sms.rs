//! Aliyun SMS: signed sends, limits, faults and the inbox.

use sandbox::Options;
use serde_json::{Value, json};

use crate::merchant::{Merchant, hex_hmac, hex_sha256};

/// Sends a code as the product would; gives the provider's code.
async fn send(merchant: &Merchant, nonce: &str, phone: &str, secret: &str) -> (u16, String) {
    let account = &merchant.config.sms;
    let url = reqwest::Url::parse_with_params(
        &merchant.sandbox.addresses().sms,
        [
            ("OutId", "o1"),
            ("PhoneNumbers", phone),
            ("SignName", &account.sign_name),
            ("TemplateCode", &account.template_code),
            ("TemplateParam", r#"{"code":"042917"}"#),
        ],
    )
    .unwrap();
    let date = chrono::DateTime::from_timestamp(merchant.now().await, 0).unwrap();
    let date = date.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let host = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
    let headers = [
        ("host", host.as_str()),
        ("x-acs-action", "SendSms"),
        ("x-acs-content-sha256", &hex_sha256("")),
        ("x-acs-date", &date),
        ("x-acs-signature-nonce", nonce),
        ("x-acs-version", "2017-05-25"),
    ];
    let names = headers.map(|(name, _)| name).join(";");
    let lines = headers
        .map(|(name, value)| format!("{name}:{value}\n"))
        .concat();
    let canonical = format!(
        "POST\n/\n{}\n{lines}\n{names}\n{}",
        url.query().unwrap(),
        hex_sha256("")
    );
    let signature = hex_hmac(
        secret,
        &format!("ACS3-HMAC-SHA256\n{}", hex_sha256(&canonical)),
    );
    let id = &account.access_key_id;
    let authorization =
        format!("ACS3-HMAC-SHA256 Credential={id},SignedHeaders={names},Signature={signature}");
    let mut request = merchant
        .http
        .post(url)
        .header("Authorization", authorization);
    for (name, value) in &headers[1..] {
        request = request.header(*name, *value);
    }
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap();
    (status, body["Code"].as_str().unwrap().to_owned())
}

fn ok() -> (u16, String) {
    (200, "OK".into())
}

#[actix_web::test]
async fn a_message_lands_in_the_inbox() {
    let merchant = Merchant::new();
    let secret = merchant.config.sms.access_key_secret.clone();
    assert_eq!(send(&merchant, "1", "13800138000", &secret).await, ok());
    assert_eq!(send(&merchant, "2", "13800138001", &secret).await, ok());
    let inbox: Value =
        serde_json::from_str(&merchant.page("/inbox.json?phone=13800138000").await).unwrap();
    let messages = inbox["messages"].as_array().unwrap();
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0]["parameters"]["code"], "042917");
    assert_eq!(
        messages[0]["text"],
        "【毕业照采集】您的验证码为042917，5分钟内有效，请勿告诉他人。"
    );
    let page = merchant.page("/inbox").await;
    let (newer, older) = (
        page.find("13800138001").unwrap(),
        page.find("13800138000").unwrap(),
    );
    assert!(newer < older, "newest first");
    assert!(
        merchant.page("/").await.contains("13800138001"),
        "the newest is on the overview"
    );
}

#[actix_web::test]
async fn limits_hold_until_time_passes_or_they_are_lifted() {
    let merchant = Merchant::new();
    let secret = merchant.config.sms.access_key_secret.clone();
    let limited = (200, "isv.BUSINESS_LIMIT_CONTROL".to_owned());
    assert_eq!(send(&merchant, "1", "13800138000", &secret).await, ok());
    assert_eq!(send(&merchant, "2", "13800138000", &secret).await, limited);
    merchant.ctl("clock", json!({ "advance_s": 60 })).await;
    assert_eq!(send(&merchant, "3", "13800138000", &secret).await, ok());
    assert_eq!(send(&merchant, "4", "13800138000", &secret).await, limited);
    merchant.ctl("sms_limits", json!({ "lifted": true })).await;
    assert_eq!(send(&merchant, "5", "13800138000", &secret).await, ok());

    let unlimited = Merchant::with(Options {
        is_sms_unlimited: true,
        ..Options::default()
    });
    for nonce in ["1", "2"] {
        assert_eq!(send(&unlimited, nonce, "13800138000", &secret).await, ok());
    }
}

#[actix_web::test]
async fn bad_calls_and_faults_send_nothing() {
    let merchant = Merchant::new();
    let secret = merchant.config.sms.access_key_secret.clone();
    let phone = "13800138000";
    let mismatch = (400, "SignatureDoesNotMatch".to_owned());
    assert_eq!(send(&merchant, "1", phone, "other secret").await, mismatch);
    let illegal = (200, "isv.MOBILE_NUMBER_ILLEGAL".to_owned());
    assert_eq!(send(&merchant, "2", "12800138000", &secret).await, illegal);
    assert_eq!(
        send(&merchant, "2", phone, &secret).await,
        (400, "SignatureNonceUsed".into())
    );
    merchant.fault("sms_fail").await;
    let failed = (200, "isv.AMOUNT_NOT_ENOUGH".to_owned());
    assert_eq!(send(&merchant, "3", phone, &secret).await, failed);
    merchant.fault("sms_fail:isp.SYSTEM_ERROR").await;
    assert_eq!(
        send(&merchant, "4", phone, &secret).await,
        (200, "isp.SYSTEM_ERROR".into())
    );
    assert_eq!(merchant.page("/inbox.json").await, r#"{"messages":[]}"#);
}
