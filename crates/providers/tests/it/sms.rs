//! Text messages: signature vectors, and calls to doubles of Alibaba Cloud and Tencent Cloud.

use crate::{
    double::{Reply, always, nobody},
    vectors::{NOW_S, at, entropy, list, own, published, secret, text},
};
use data_encoding::HEXLOWER;
use providers::breaker::BreakerSettings;
use providers::sms::{
    AccessKey, Aliyun, AliyunSettings, FailOver, LogSms, ProviderFault, SmsContent, SmsMessage,
    SmsOutcome, SmsSender, SmsTemplates, SmsWindow, Tencent, TencentSettings,
};
use rstest::rstest;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

fn map(case: &Value) -> BTreeMap<&str, &str> {
    let object = case.as_object().unwrap();
    object
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect()
}

fn assert_vectors(vectors: &Value) {
    for case in list(vectors, "cases") {
        match text(case, "algorithm") {
            "ACS3-HMAC-SHA256" => assert_signature(case),
            "TC3-HMAC-SHA256" => assert_tc3(case),
            "rfc3986" => assert_encoding(case),
            other => panic!("nobody takes {other}"),
        }
    }
}

fn assert_tc3(case: &Value) {
    let key = AccessKey {
        id: text(case, "secret_id").to_owned(),
        secret: secret(case, "secret_key"),
    };
    let (service, host, body) = (
        text(case, "service"),
        text(case, "host"),
        text(case, "payload"),
    );
    let timestamp = case["timestamp"].as_i64().unwrap();
    let made = key.sign_tc3(service, host, body, at(timestamp));
    let expected = format!(
        "TC3-HMAC-SHA256 Credential={}/{}/{service}/tc3_request, SignedHeaders=content-type;host, \
         Signature={}",
        key.id,
        text(case, "date"),
        text(case, "signature")
    );
    assert_eq!(made, expected);
    assert_ne!(
        key.sign_tc3(service, host, body, at(timestamp + 1)),
        expected
    );
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
        templates: SmsTemplates {
            code: "SMS_1".to_owned(),
            phone_changed: "SMS_2".to_owned(),
            staff_invited: None,
            photo_approved: None,
            photo_rejected: None,
            ticket_answered: None,
            reminder: None,
            webhook_failing: None,
            phone_recovery: None,
        },
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

#[rstest]
#[case(
    200,
    "isv.BUSINESS_LIMIT_CONTROL",
    SmsOutcome::Throttled(SmsWindow::Minute)
)]
#[case(200, "isv.MOBILE_NUMBER_ILLEGAL", SmsOutcome::BadNumber)]
#[case(400, "SignatureDoesNotMatch", SmsOutcome::ProviderDown(ProviderFault::Configuration("SignatureDoesNotMatch".to_owned())))]
#[tokio::test]
async fn other_answers_are_read_whatever_their_status(
    #[case] status: u16,
    #[case] code: &str,
    #[case] expected: SmsOutcome,
) {
    let (origin, _requests) = always(Reply::new(status, format!(r#"{{"Code":"{code}"}}"#)));
    assert_eq!(aliyun(&origin).send(&message()).await, expected);
}

#[tokio::test]
async fn no_answer_says_whether_a_message_was_sent() {
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

fn tencent(origin: &str) -> Tencent {
    let settings = TencentSettings {
        access_key: key(),
        sdk_app_id: "1400000000".to_owned(),
        region: "ap-guangzhou".to_owned(),
        sign_name: "毕业照采集".to_owned(),
        templates: SmsTemplates {
            code: "1110".to_owned(),
            phone_changed: "1111".to_owned(),
            staff_invited: None,
            photo_approved: None,
            photo_rejected: None,
            ticket_answered: None,
            reminder: None,
            webhook_failing: None,
            phone_recovery: None,
        },
        endpoint: origin.parse().unwrap(),
    };
    Tencent::new(settings, entropy()).unwrap()
}

const TAKEN: &str = r#"{"Response":{"SendStatusSet":[{"SerialNo":"2028:1","PhoneNumber":"+8613800138000","Code":"Ok","Message":"send success"}],"RequestId":"1"}}"#;

#[tokio::test]
async fn tencent_is_asked_as_it_is_signed() {
    let (origin, requests) = always(Reply::new(200, TAKEN));
    let sent = tencent(&origin).send(&message()).await;
    let biz_id = "2028:1".to_owned();
    assert_eq!(sent, SmsOutcome::Sent { biz_id });
    let request = requests.recv().unwrap();
    let expected = json!({
        "PhoneNumberSet": ["+8613800138000"], "SmsSdkAppId": "1400000000",
        "SignName": "毕业照采集", "TemplateId": "1110", "TemplateParamSet": ["042917", "5"],
        "SessionContext": "otp-1",
    });
    let body: Value = serde_json::from_str(&request.body).unwrap();
    assert_eq!(
        (request.method.as_str(), request.target.as_str(), body),
        ("POST", "/", expected)
    );
    let host = origin.strip_prefix("http://").unwrap();
    assert_eq!(request.header("Host"), host);
    let signed = key().sign_tc3("sms", host, &request.body, at(NOW_S));
    assert_eq!(request.header("Authorization"), signed);
    for (name, value) in [
        ("Content-Type", "application/json; charset=utf-8"),
        ("X-TC-Action", "SendSms"),
        ("X-TC-Version", "2021-01-11"),
        ("X-TC-Region", "ap-guangzhou"),
        ("X-TC-Timestamp", "1781000000"),
    ] {
        assert_eq!(request.header(name), value);
    }
}

#[tokio::test]
async fn tencent_says_no_with_the_status_of_success() {
    let error = r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":"…"},"RequestId":"1"}}"#;
    let (origin, _requests) = always(Reply::new(200, error));
    let fault = ProviderFault::Configuration("AuthFailure.SignatureExpire".to_owned());
    let outcome = tencent(&origin).send(&message()).await;
    assert_eq!(outcome, SmsOutcome::ProviderDown(fault));
    let limit = TAKEN.replace("\"Ok\"", "\"LimitExceeded.PhoneNumberOneHourLimit\"");
    let (origin, _requests) = always(Reply::new(200, limit));
    let outcome = tencent(&origin).send(&message()).await;
    assert_eq!(outcome, SmsOutcome::Throttled(SmsWindow::Hour));
    let outcome = tencent(&nobody()).send(&message()).await;
    assert!(matches!(outcome, SmsOutcome::Unknown(_)), "{outcome:?}");
}

fn fail_over(first: &str, second: &str) -> FailOver {
    let senders: Vec<Arc<dyn SmsSender>> = vec![Arc::new(aliyun(first)), Arc::new(tencent(second))];
    FailOver::new(senders, BreakerSettings::default(), &entropy())
}

#[tokio::test]
async fn a_provider_without_answers_is_passed_over_where_there_is_another() {
    let (second, requests) = always(Reply::new(200, TAKEN));
    let both = fail_over(&nobody(), &second);
    for _ in 0..5 {
        let outcome = both.send(&message()).await;
        assert!(matches!(outcome, SmsOutcome::Unknown(_)), "{outcome:?}");
    }
    assert!(requests.try_recv().is_err(), "it might have been sent");
    let biz_id = "2028:1".to_owned();
    assert_eq!(both.send(&message()).await, SmsOutcome::Sent { biz_id });
}

#[rstest]
#[case("isv.AMOUNT_NOT_ENOUGH", true)]
#[case("SignatureDoesNotMatch", true)]
#[case("OK", false)]
#[case("isv.BUSINESS_LIMIT_CONTROL", false)]
#[case("isv.MOBILE_NUMBER_ILLEGAL", false)]
#[case("isp.SYSTEM_ERROR", false)]
#[tokio::test]
async fn the_next_provider_is_asked_only_where_the_first_certainly_sent_nothing(
    #[case] code: &str,
    #[case] goes_on: bool,
) {
    let (first, _requests) = always(Reply::new(200, format!(r#"{{"Code":"{code}"}}"#)));
    let (second, requests) = always(Reply::new(200, TAKEN));
    let both = fail_over(&first, &second);
    let biz_id = "2028:1".to_owned();
    let is_second = both.send(&message()).await == SmsOutcome::Sent { biz_id };
    assert_eq!(is_second, goes_on, "{code}");
    assert_eq!(requests.try_recv().is_ok(), goes_on, "{code}");
}

#[tokio::test]
async fn without_a_provider_nothing_is_sent() {
    let nobody = FailOver::new(Vec::new(), BreakerSettings::default(), &entropy());
    let outcome = nobody.send(&message()).await;
    assert!(
        matches!(outcome, SmsOutcome::ProviderDown(_)),
        "{outcome:?}"
    );
}
