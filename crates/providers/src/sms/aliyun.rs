//! Alibaba Cloud's short message service, `SendSms`.
//!
//! Source: docs/sources.md#aliyun-sms

use super::{
    ProviderFault, SmsContent, SmsMessage, SmsOutcome, SmsSender, SmsTemplates, SmsWindow,
    acs3::{AccessKey, sha256_hex},
    host,
};
use crate::{
    ClientError, Entropy, Http,
    http::{CallKind, body, client},
};
use async_trait::async_trait;
use reqwest::{Url, header::AUTHORIZATION};
use secrecy::ExposeSecret;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The production endpoint.
pub const ENDPOINT: &str = "https://dysmsapi.aliyuncs.com";

/// An account at Alibaba Cloud.
#[derive(Debug, Clone)]
pub struct AliyunSettings {
    /// An access key that may call `SendSms` and nothing else.
    pub access_key: AccessKey,
    /// The signature filed with the provider, such as `毕业照采集`.
    pub sign_name: String,
    /// What may be sent.
    pub templates: SmsTemplates,
    /// [`ENDPOINT`] or a sandbox's origin.
    pub endpoint: Url,
}

/// Sends through Alibaba Cloud.
#[derive(Debug)]
pub struct Aliyun {
    settings: AliyunSettings,
    http: Http,
    entropy: Entropy,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Reply {
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    biz_id: String,
}

impl Aliyun {
    /// A sender for this account.
    pub fn new(settings: AliyunSettings, entropy: Entropy) -> Result<Self, ClientError> {
        Ok(Self {
            settings,
            http: client()?,
            entropy,
        })
    }

    /// The same through another HTTP client, such as one with other timeouts.
    #[must_use]
    pub fn with_http(mut self, http: Http) -> Self {
        self.http = http;
        self
    }

    async fn deliver(&self, message: &SmsMessage, template: &str) -> Result<Reply, String> {
        let settings = &self.settings;
        let variables = match &message.content {
            SmsContent::Code(code) => serde_json::json!({ "code": code.expose_secret() }),
            SmsContent::StaffInvited { address } => serde_json::json!({ "address": address }),
            SmsContent::PhoneChanged
            | SmsContent::PhotoApproved
            | SmsContent::PhotoRejected
            | SmsContent::TicketAnswered
            | SmsContent::Reminder
            | SmsContent::WebhookFailing
            | SmsContent::PhoneRecovery => {
                serde_json::json!({})
            }
        };
        let variables = variables.to_string();
        let query = BTreeMap::from([
            ("PhoneNumbers", national(&message.phone)),
            ("SignName", settings.sign_name.as_str()),
            ("TemplateCode", template),
            ("TemplateParam", variables.as_str()),
            ("OutId", message.out_id.as_str()),
        ]);
        let (host, nonce) = (host(&settings.endpoint), self.entropy.nonce());
        let date = self.entropy.now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let empty = sha256_hex("");
        let headers = BTreeMap::from([
            ("host", host.as_str()),
            ("x-acs-action", "SendSms"),
            ("x-acs-content-sha256", empty.as_str()),
            ("x-acs-date", date.as_str()),
            ("x-acs-signature-nonce", nonce.as_str()),
            ("x-acs-version", "2017-05-25"),
        ]);
        let signed = settings.access_key.sign(&query, &headers);
        let mut address = settings.endpoint.clone();
        address.set_path("/");
        address.set_query(Some(&signed.query));
        let mut request = self
            .http
            .post(address)
            .header(AUTHORIZATION, signed.authorization);
        for (name, value) in headers.into_iter().filter(|(name, _)| *name != "host") {
            request = request.header(name, value);
        }
        let response = self
            .http
            .send(request, CallKind::Ordinary)
            .await
            .map_err(|error| error.to_string())?;
        let answer = body(response).await.map_err(|error| error.to_string())?;
        serde_json::from_slice(&answer).map_err(|error| error.to_string())
    }
}

/// Numbers of the mainland go without their country code, all others without the plus sign.
fn national(phone: &str) -> &str {
    phone
        .strip_prefix("+86")
        .or_else(|| phone.strip_prefix('+'))
        .unwrap_or(phone)
}

/// What a reply means, whatever its HTTP status: the platform also says no with a 200.
fn outcome(reply: Reply) -> SmsOutcome {
    match reply.code.as_str() {
        "OK" => SmsOutcome::Sent {
            biz_id: reply.biz_id,
        },
        "isv.BUSINESS_LIMIT_CONTROL" => SmsOutcome::Throttled(window(&reply.message)),
        "isv.MOBILE_NUMBER_ILLEGAL" => SmsOutcome::BadNumber,
        "isv.AMOUNT_NOT_ENOUGH"
        | "isv.OUT_OF_SERVICE"
        | "isv.DAY_LIMIT_CONTROL"
        | "isv.MONTH_LIMIT_CONTROL" => SmsOutcome::ProviderDown(ProviderFault::Money(reply.code)),
        "isv.SMS_SIGNATURE_ILLEGAL"
        | "isv.SMS_TEMPLATE_ILLEGAL"
        | "isv.SIGN_STATE_ILLEGAL"
        | "isv.SMS_SIGNATURE_SCENE_ILLEGAL"
        | "isv.BLACK_KEY_CONTROL_LIMIT"
        | "isp.RAM_PERMISSION_DENY"
        | "SignatureDoesNotMatch" => {
            SmsOutcome::ProviderDown(ProviderFault::Configuration(reply.code))
        }
        _ => SmsOutcome::Unknown(reply.code),
    }
}

/// The limit is named in the message alone: `触发小时级流控Permits:5`.
fn window(message: &str) -> SmsWindow {
    if message.contains("天级") {
        SmsWindow::Day
    } else if message.contains("小时级") {
        SmsWindow::Hour
    } else {
        SmsWindow::Minute
    }
}

#[async_trait]
impl SmsSender for Aliyun {
    async fn send(&self, message: &SmsMessage) -> SmsOutcome {
        let Some(template) = self.settings.templates.of(&message.content) else {
            return SmsOutcome::NoTemplate;
        };
        self.deliver(message, template)
            .await
            .map_or_else(SmsOutcome::Unknown, outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn read(code: &str) -> SmsOutcome {
        outcome(Reply {
            code: code.to_owned(),
            message: "触发小时级流控Permits:5".to_owned(),
            biz_id: "9006".to_owned(),
        })
    }

    fn down(fault: fn(String) -> ProviderFault, code: &str) -> SmsOutcome {
        SmsOutcome::ProviderDown(fault(code.to_owned()))
    }

    #[rstest]
    #[case("OK", SmsOutcome::Sent { biz_id: "9006".to_owned() })]
    #[case("isv.BUSINESS_LIMIT_CONTROL", SmsOutcome::Throttled(SmsWindow::Hour))]
    #[case("isv.MOBILE_NUMBER_ILLEGAL", SmsOutcome::BadNumber)]
    #[case(
        "isv.AMOUNT_NOT_ENOUGH",
        down(ProviderFault::Money, "isv.AMOUNT_NOT_ENOUGH")
    )]
    #[case("isv.OUT_OF_SERVICE", down(ProviderFault::Money, "isv.OUT_OF_SERVICE"))]
    #[case(
        "isv.DAY_LIMIT_CONTROL",
        down(ProviderFault::Money, "isv.DAY_LIMIT_CONTROL")
    )]
    #[case(
        "isv.SMS_TEMPLATE_ILLEGAL",
        down(ProviderFault::Configuration, "isv.SMS_TEMPLATE_ILLEGAL")
    )]
    #[case(
        "SignatureDoesNotMatch",
        down(ProviderFault::Configuration, "SignatureDoesNotMatch")
    )]
    #[case::fault_of_the_provider("isp.SYSTEM_ERROR", SmsOutcome::Unknown("isp.SYSTEM_ERROR".to_owned()))]
    #[case::new("isv.SOMETHING_NEW", SmsOutcome::Unknown("isv.SOMETHING_NEW".to_owned()))]
    #[case::small_letters("ok", SmsOutcome::Unknown("ok".to_owned()))]
    fn every_listed_code_has_its_meaning_and_others_are_unknown(
        #[case] code: &str,
        #[case] expected: SmsOutcome,
    ) {
        assert_eq!(read(code), expected);
    }

    #[rstest]
    #[case::minute("触发分钟级流控Permits:1", SmsWindow::Minute)]
    #[case::day("触发天级流控Permits:10", SmsWindow::Day)]
    #[case::not_said("", SmsWindow::Minute)]
    fn how_long_a_limit_lasts_stands_in_its_message(
        #[case] message: &str,
        #[case] expected: SmsWindow,
    ) {
        assert_eq!(window(message), expected);
    }

    #[test]
    fn only_mainland_numbers_lose_their_country_code() {
        assert_eq!(national("+8613800138000"), "13800138000");
        assert_eq!(national("+85261234567"), "85261234567");
    }
}
