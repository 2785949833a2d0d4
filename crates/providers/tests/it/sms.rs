//! Text messages: signature vectors, and calls to a double of Alibaba Cloud.

use crate::{
    double::{Reply, always, nobody},
    vectors::{entropy, list, own, published, secret, text},
};
use data_encoding::HEXLOWER;
use providers::sms::{
    AccessKey, Aliyun, AliyunSettings, LogSms, ProviderFault, SmsContent, SmsMessage, SmsOutcome,
    SmsSender,
};
use serde_json::Value;
use std::collections::BTreeMap;

fn map(case: &Value) -> BTreeMap<&str, &str> {
    let object = case.as_object().unwrap();
    object
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect()
}

/// The cases that are about this provider; TC3 is another provider's.
fn assert_vectors(vectors: &Value) {
    let mut seen = 0;
    for case in list(vectors, "cases") {
        match text(case, "algorithm") {
            "ACS3-HMAC-SHA256" => assert_signature(case),
            "rfc3986" => assert_encoding(case),
            _ => continue,
        }
        seen += 1;
    }
    assert_eq!(seen, 2);
}

fn assert_signature(case: &Value) {
    let key = AccessKey {
        id: text(case, "access_key_id").to_owned(),
        secret: secret(case, "access_key_secret"),
    };
    let (query, headers) = (map(&case["query"]), map(&case["headers"]));
    let signed = key.sign(&query, &headers);
    assert_eq!(signed.authorization, text(case, "authorization"));
    assert_eq!(
        signed.query,
        text(case, "canonical_request").lines().nth(2).unwrap()
    );
    let mut tampered = query.clone();
    tampered.insert("PhoneNumbers", "13800138001");
    assert_ne!(
        key.sign(&tampered, &headers).authorization,
        text(case, "authorization")
    );
}

fn assert_encoding(case: &Value) {
    let key = AccessKey {
        id: String::new(),
        secret: String::new().into(),
    };
    for pair in list(case, "pairs") {
        let (plain, encoded) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
        let signed = key.sign(&BTreeMap::from([("v", plain)]), &BTreeMap::new());
        assert_eq!(signed.query, format!("v={encoded}"));
    }
}

#[test]
fn vec_own_signatures() {
    assert_vectors(&own("sms_signatures.json"));
}

#[test]
fn vec_published_signatures() {
    if let Some(vectors) = published("sms_signatures.json") {
        assert_vectors(&vectors);
    }
}

fn key() -> AccessKey {
    AccessKey {
        id: "LTAI".to_owned(),
        secret: "secret".into(),
    }
}

fn aliyun(origin: &str) -> Aliyun {
    let settings = AliyunSettings {
        access_key: key(),
        sign_name: "毕业照采集".to_owned(),
        code_template: "SMS_1".to_owned(),
        phone_changed_template: "SMS_2".to_owned(),
        endpoint: origin.parse().unwrap(),
    };
    Aliyun::new(settings, entropy()).unwrap()
}

fn message() -> SmsMessage {
    SmsMessage {
        phone: "+8613800138000".to_owned(),
        content: SmsContent::Code("042917".into()),
        out_id: "otp-1".to_owned(),
    }
}

#[tokio::test]
async fn a_message_is_signed_as_it_is_sent() {
    let reply = r#"{"RequestId":"1","BizId":"9006","Code":"OK","Message":"OK"}"#;
    let (origin, requests) = always(Reply::new(200, reply));
    let sent = aliyun(&origin).send(&message()).await;
    assert_eq!(
        sent,
        SmsOutcome::Sent {
            biz_id: "9006".to_owned()
        }
    );

    let request = requests.recv().unwrap();
    let (path, query) = request.target.split_once('?').unwrap();
    assert_eq!(
        (request.method.as_str(), path, request.body.as_str()),
        ("POST", "/", "")
    );
    let pairs: BTreeMap<String, String> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    let expected = BTreeMap::from([
        ("PhoneNumbers", "13800138000"),
        ("SignName", "毕业照采集"),
        ("TemplateCode", "SMS_1"),
        ("TemplateParam", r#"{"code":"042917"}"#),
        ("OutId", "otp-1"),
    ]);
    let pairs: BTreeMap<_, _> = pairs
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    assert_eq!(pairs, expected);
    let names = ["host", "x-acs-action", "x-acs-content-sha256", "x-acs-date"];
    let names = names
        .into_iter()
        .chain(["x-acs-signature-nonce", "x-acs-version"]);
    let headers: BTreeMap<_, _> = names.map(|name| (name, request.header(name))).collect();
    assert_eq!(headers["x-acs-date"], "2026-06-09T10:13:20Z");
    assert_eq!(
        HEXLOWER
            .decode(headers["x-acs-signature-nonce"].as_bytes())
            .unwrap()
            .len(),
        16
    );
    let signed = key().sign(&pairs, &headers);
    assert_eq!(signed.query, query);
    assert_eq!(signed.authorization, request.header("Authorization"));
}

#[tokio::test]
async fn other_answers_are_read_whatever_their_status() {
    for (status, code, expected) in [
        (200, "isv.BUSINESS_LIMIT_CONTROL", SmsOutcome::Throttled),
        (200, "isv.MOBILE_NUMBER_ILLEGAL", SmsOutcome::BadNumber),
        (
            400,
            "SignatureDoesNotMatch",
            SmsOutcome::ProviderDown(ProviderFault::Configuration(
                "SignatureDoesNotMatch".to_owned(),
            )),
        ),
    ] {
        let (origin, _requests) = always(Reply::new(status, format!(r#"{{"Code":"{code}"}}"#)));
        assert_eq!(aliyun(&origin).send(&message()).await, expected);
    }
    let (origin, _requests) = always(Reply::new(502, "<html>"));
    for origin in [origin, nobody()] {
        let outcome = aliyun(&origin).send(&message()).await;
        let SmsOutcome::Unknown(seen) = outcome else {
            panic!("{outcome:?}")
        };
        assert!(
            !seen.contains("13800138000") && !seen.contains("042917"),
            "{seen}"
        );
    }
}

#[tokio::test]
async fn a_message_prints_neither_phone_nor_code() {
    let printed = format!("{:?}", message());
    assert!(printed.contains("otp-1") && !printed.contains("138") && !printed.contains("042917"));
    let sent = LogSms.send(&message()).await;
    assert_eq!(
        sent,
        SmsOutcome::Sent {
            biz_id: "log-otp-1".to_owned()
        }
    );
}
