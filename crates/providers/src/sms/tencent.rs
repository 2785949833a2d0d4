//! Tencent Cloud's short message service, `SendSms`.
//!
//! Source: docs/sources.md#tencent-sms

use super::{
    AccessKey, ProviderFault, SmsContent, SmsMessage, SmsOutcome, SmsSender, SmsTemplates,
    SmsWindow, host, tc3::CONTENT_TYPE,
};
use crate::{
    ClientError, Entropy, Http,
    http::{CallKind, body, client},
};
use async_trait::async_trait;
use domain::login::CODE_LIFETIME;
use reqwest::{
    Url,
    header::{AUTHORIZATION, CONTENT_TYPE as CONTENT_TYPE_HEADER},
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

/// The production endpoint.
pub const TENCENT_ENDPOINT: &str = "https://sms.tencentcloudapi.com";

/// An account at Tencent Cloud.
#[derive(Debug, Clone)]
pub struct TencentSettings {
    /// An access key that may call `SendSms` and nothing else.
    pub access_key: AccessKey,
    /// The application at the service, `1400…`.
    pub sdk_app_id: String,
    /// Such as `ap-guangzhou`.
    pub region: String,
    /// The signature filed with the provider.
    pub sign_name: String,
    /// What may be sent.
    pub templates: SmsTemplates,
    /// [`TENCENT_ENDPOINT`] or a sandbox's origin.
    pub endpoint: Url,
}

/// Sends through Tencent Cloud.
#[derive(Debug)]
pub struct Tencent {
    settings: TencentSettings,
    http: Http,
    entropy: Entropy,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request<'a> {
    phone_number_set: [&'a str; 1],
    sms_sdk_app_id: &'a str,
    sign_name: &'a str,
    template_id: &'a str,
    template_param_set: Vec<String>,
    session_context: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    response: Reply,
}

/// Either an error of the whole call, or a status for each number; both with the HTTP status 200.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Reply {
    error: Option<Failure>,
    #[serde(default)]
    send_status_set: Vec<Status>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Failure {
    code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Status {
    #[serde(default)]
    serial_no: String,
    code: String,
}

impl Tencent {
    /// A sender for this account.
    pub fn new(settings: TencentSettings, entropy: Entropy) -> Result<Self, ClientError> {
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
            SmsContent::Code(code) => {
                let minutes = CODE_LIFETIME.num_minutes().to_string();
                vec![code.expose_secret().to_owned(), minutes]
            }
            SmsContent::StaffInvited { address } => vec![address.clone()],
            SmsContent::PhoneChanged
            | SmsContent::PhotoApproved
            | SmsContent::PhotoRejected
            | SmsContent::TicketAnswered
            | SmsContent::Reminder
            | SmsContent::WebhookFailing
            | SmsContent::PhoneRecovery => Vec::new(),
        };
        let request = serde_json::to_string(&Request {
            phone_number_set: [&message.phone],
            sms_sdk_app_id: &settings.sdk_app_id,
            sign_name: &settings.sign_name,
            template_id: template,
            template_param_set: variables,
            session_context: &message.out_id,
        })
        .map_err(|error| error.to_string())?;
        let (now, host) = (self.entropy.now(), host(&settings.endpoint));
        let key = &settings.access_key;
        let request = self
            .http
            .post(settings.endpoint.clone())
            .header(AUTHORIZATION, key.sign_tc3("sms", &host, &request, now))
            .header(CONTENT_TYPE_HEADER, CONTENT_TYPE)
            .header("X-TC-Action", "SendSms")
            .header("X-TC-Version", "2021-01-11")
            .header("X-TC-Region", &settings.region)
            .header("X-TC-Timestamp", now.timestamp())
            .body(request);
        let response = self
            .http
            .send(request, CallKind::Ordinary)
            .await
            .map_err(|error| error.to_string())?;
        let answer = body(response).await.map_err(|error| error.to_string())?;
        serde_json::from_slice::<Answer>(&answer)
            .map(|answer| answer.response)
            .map_err(|error| error.to_string())
    }
}

fn outcome(reply: Reply) -> SmsOutcome {
    match (reply.error, reply.send_status_set.into_iter().next()) {
        (None, Some(Status { serial_no, code })) if code == "Ok" => {
            SmsOutcome::Sent { biz_id: serial_no }
        }
        (Some(Failure { code }), _) | (None, Some(Status { code, .. })) => failed(code),
        (None, None) => SmsOutcome::Unknown("no status for the number".to_owned()),
    }
}

/// What a code means. A code that is not listed may stand for a message that was sent.
fn failed(code: String) -> SmsOutcome {
    match code.as_str() {
        "LimitExceeded.PhoneNumberThirtySecondLimit" => SmsOutcome::Throttled(SmsWindow::Minute),
        "LimitExceeded.PhoneNumberOneHourLimit" => SmsOutcome::Throttled(SmsWindow::Hour),
        "LimitExceeded.PhoneNumberDailyLimit" => SmsOutcome::Throttled(SmsWindow::Day),
        "FailedOperation.PhoneNumberInBlacklist" | "InvalidParameterValue.IncorrectPhoneNumber" => {
            SmsOutcome::BadNumber
        }
        "FailedOperation.InsufficientBalanceInSmsPackage" => {
            SmsOutcome::ProviderDown(ProviderFault::Money(code))
        }
        "FailedOperation.SignatureIncorrectOrUnapproved"
        | "FailedOperation.TemplateIncorrectOrUnapproved"
        | "InvalidParameterValue.TemplateParameterFormatError" => {
            SmsOutcome::ProviderDown(ProviderFault::Configuration(code))
        }
        // Also the clock: AuthFailure.SignatureExpire is more than five minutes.
        _ if code.starts_with("AuthFailure.") => {
            SmsOutcome::ProviderDown(ProviderFault::Configuration(code))
        }
        _ => SmsOutcome::Unknown(code),
    }
}

#[async_trait]
impl SmsSender for Tencent {
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

    #[rstest]
    #[case(
        "LimitExceeded.PhoneNumberThirtySecondLimit",
        SmsOutcome::Throttled(SmsWindow::Minute)
    )]
    #[case(
        "LimitExceeded.PhoneNumberOneHourLimit",
        SmsOutcome::Throttled(SmsWindow::Hour)
    )]
    #[case(
        "LimitExceeded.PhoneNumberDailyLimit",
        SmsOutcome::Throttled(SmsWindow::Day)
    )]
    #[case("FailedOperation.PhoneNumberInBlacklist", SmsOutcome::BadNumber)]
    fn every_code_about_a_number_has_its_meaning(#[case] code: &str, #[case] expected: SmsOutcome) {
        assert_eq!(failed(code.to_owned()), expected);
    }

    #[rstest]
    #[case(
        "FailedOperation.InsufficientBalanceInSmsPackage",
        ProviderFault::Money
    )]
    #[case("AuthFailure.SignatureExpire", ProviderFault::Configuration)]
    #[case("AuthFailure.SecretIdNotFound", ProviderFault::Configuration)]
    #[case(
        "FailedOperation.TemplateIncorrectOrUnapproved",
        ProviderFault::Configuration
    )]
    #[case(
        "InvalidParameterValue.TemplateParameterFormatError",
        ProviderFault::Configuration
    )]
    fn every_code_about_the_account_has_its_meaning(
        #[case] code: &str,
        #[case] fault: fn(String) -> ProviderFault,
    ) {
        let down = SmsOutcome::ProviderDown(fault(code.to_owned()));
        assert_eq!(failed(code.to_owned()), down);
    }

    #[rstest]
    #[case::fault_of_the_provider("InternalError.Timeout")]
    #[case::new("Something.New")]
    #[case::small_letters("ok")]
    fn codes_that_are_not_listed_are_unknown(#[case] code: &str) {
        let unknown = SmsOutcome::Unknown(code.to_owned());
        assert_eq!(failed(code.to_owned()), unknown);
    }

    #[test]
    fn an_answer_without_a_status_is_unknown() {
        let reply = |text: &str| serde_json::from_str::<Answer>(text).map(|a| outcome(a.response));
        let seen = reply(r#"{"Response":{"SendStatusSet":[],"RequestId":"1"}}"#).unwrap();
        assert!(matches!(seen, SmsOutcome::Unknown(_)), "{seen:?}");
        assert!(reply(r#"{"Other":{}}"#).is_err());
    }
}
