//! The TOML file: accounts and secrets, each setting documented here.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use chrono::TimeDelta;
use domain::Fen;
use domain::agreement::PlatformOperator;
use domain::limit::{MESSAGES_A_DAY, NOTICES_A_SECOND};
use domain::progress::LIVE_PROGRESS_STUDENTS;
use domain::refund::RefundLimits;
use providers::capture_code::SignedCodes;
use secrecy::SecretString;
use serde::Deserialize;
use service::ReminderSettings;

use super::http::HttpFile;
use super::telemetry::TelemetryFile;
use super::timeouts::TimeoutsFile;

/// The whole file; every section can be left out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConfigFile {
    /// The origin under which people and providers reach us; default `http://127.0.0.1:8080`.
    pub public_origin: String,
    /// Who runs the platform: stands in the agreement and on the help page. Without it an invented name does; production
    /// must name it.
    pub operator: Option<OperatorFile>,
    /// Whether a proxy in front sets `X-Forwarded-For`; default false, but production must say it.
    pub trust_proxy: Option<bool>,
    /// Calling codes of the countries whose phones are served; default `[86]`.
    pub countries: Vec<u16>,
    /// The networks that whole campuses share, such as `203.0.113.0/24`: an address among them may ask for codes and try
    /// numbers twenty times as often; default none.
    pub campus_networks: Vec<String>,
    /// Text messages; without it codes are printed to the log.
    pub sms: Option<SmsFile>,
    /// The captcha that guards codes and verification; without it nothing is asked for.
    pub captcha: Option<CaptchaFile>,
    /// Image-capture codes; without it no task can take them.
    pub capture_code: Option<CaptureCodeFile>,
    /// So many messages a day in China to all phones together; default 20000.
    pub messages_a_day: u32,
    /// A second service for text messages, used where the first is out of order.
    pub sms_tencent: Option<TencentSmsFile>,
    /// The secret last part of the address to which services send receipts; without it none are taken.
    pub sms_receipt_path: Option<String>,
    /// How often students are reminded of what is left to do.
    pub reminders: RemindersFile,
    /// The progress of so many students at most is counted at each look, that of more once a minute; default 5000.
    pub live_progress_students: u64,
    /// The merchant account at `WeChat` Pay.
    pub wechat_pay: Option<WechatPayFile>,
    /// The application at Alipay.
    pub alipay: Option<AlipayFile>,
    /// Schools that take their students' money on accounts of their own.
    pub school_merchants: Vec<SchoolMerchantFile>,
    /// How much money goes back without a second look.
    pub refunds: RefundFile,
    /// So many notices a second each payment account takes, twice as many at once; what comes faster is sent again by
    /// the provider. Default 1000.
    pub notices_a_second: NonZeroU32,
    /// How long clients may take, and how many may be connected.
    pub http: HttpFile,
    /// How long the server waits for what it calls.
    pub timeouts: TimeoutsFile,
    /// A collector for figures and traces; without it nothing is sent.
    pub telemetry: Option<TelemetryFile>,
    /// An S3-compatible store; without it photos lie in the data folder.
    pub storage: Option<StorageFile>,
    /// Outside production: where the sandbox's pages are.
    pub sandbox: Option<SandboxFile>,
}

impl Default for ConfigFile {
    fn default() -> Self {
        Self {
            public_origin: "http://127.0.0.1:8080".to_owned(),
            operator: None,
            trust_proxy: None,
            countries: vec![86],
            campus_networks: vec![],
            sms: None,
            captcha: None,
            capture_code: None,
            messages_a_day: MESSAGES_A_DAY,
            sms_tencent: None,
            sms_receipt_path: None,
            reminders: RemindersFile::default(),
            live_progress_students: LIVE_PROGRESS_STUDENTS,
            wechat_pay: None,
            alipay: None,
            school_merchants: Vec::new(),
            refunds: RefundFile::default(),
            notices_a_second: NonZeroU32::new(NOTICES_A_SECOND).unwrap_or(NonZeroU32::MIN),
            http: HttpFile::default(),
            timeouts: TimeoutsFile::default(),
            telemetry: None,
            storage: None,
            sandbox: None,
        }
    }
}

/// How often students are reminded of what is left to do, and at what price.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RemindersFile {
    /// For so many hours nobody is reminded again; default 72.
    pub interval_hours: NonZeroU32,
    /// What a message costs, in thousandths of a yuan, for the cost that staff are shown; default 45.
    pub price_milli_yuan: u32,
}

impl Default for RemindersFile {
    fn default() -> Self {
        Self {
            interval_hours: NonZeroU32::new(72).unwrap_or(NonZeroU32::MIN),
            price_milli_yuan: 45,
        }
    }
}

impl From<RemindersFile> for ReminderSettings {
    fn from(file: RemindersFile) -> Self {
        Self {
            interval: TimeDelta::hours(file.interval_hours.get().into()),
            price_milli_yuan: file.price_milli_yuan,
        }
    }
}

/// Who runs the platform.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorFile {
    /// The full name.
    pub name: String,
    /// The full name in English; default the same as `name`.
    pub name_en: Option<String>,
    /// Telephone, e-mail or both, in one line; people can tap on either.
    pub contact: String,
}

impl From<OperatorFile> for PlatformOperator {
    fn from(file: OperatorFile) -> Self {
        Self {
            name_en: file.name_en.unwrap_or_else(|| file.name.clone()),
            name_zh: file.name,
            contact: file.contact,
        }
    }
}

/// Alibaba Cloud's short message service.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsFile {
    /// The public half of the access key.
    pub access_key_id: String,
    /// The secret half of the access key.
    pub access_key_secret: SecretString,
    /// The signature filed with the provider.
    pub sign_name: String,
    /// The template of a code, with the variable `code`.
    pub template_code: String,
    /// The template that tells of a changed phone, without variables.
    pub template_phone_changed: String,
    /// The template that invites staff, with the variable `address`; without one nobody is told of an invitation.
    #[serde(default)]
    pub template_staff_invited: Option<String>,
    /// The template that tells of an accepted photo, without variables; without one students read it in the app alone.
    #[serde(default)]
    pub template_photo_approved: Option<String>,
    /// The template that tells of a photo that was not accepted, without variables; as above.
    #[serde(default)]
    pub template_photo_rejected: Option<String>,
    /// The template that tells of an answered question about the roster, without variables; as above.
    #[serde(default)]
    pub template_ticket_answered: Option<String>,
    /// The template that reminds of what is left to do, without variables; without one nobody is reminded.
    #[serde(default)]
    pub template_reminder: Option<String>,
    /// The template that tells staff of a webhook endpoint that keeps failing, without variables; without one the console alone shows it.
    #[serde(default)]
    pub template_webhook_failing: Option<String>,
    /// The template that tells the old number that its account gets another one in a day, without variables; without one no
    /// report of a lost phone gets its second approval.
    #[serde(default)]
    pub template_phone_recovery: Option<String>,
    /// The service's address; default the real one.
    pub endpoint: Option<String>,
}

/// Tencent Cloud's short message service.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TencentSmsFile {
    /// The public half of the access key.
    pub secret_id: String,
    /// The secret half of the access key.
    pub secret_key: SecretString,
    /// The application at the service, `1400…`.
    pub sdk_app_id: String,
    /// The region; default `ap-guangzhou`.
    #[serde(default = "tencent_region")]
    pub region: String,
    /// The signature filed with the provider.
    pub sign_name: String,
    /// The template of a code, with two variables: the code and its minutes.
    pub template_code: String,
    /// The template that tells of a changed phone, without variables.
    pub template_phone_changed: String,
    /// The template that invites staff, with the address to log in at as its only variable; without one nobody is told of an invitation.
    #[serde(default)]
    pub template_staff_invited: Option<String>,
    /// The template that tells of an accepted photo, without variables; without one students read it in the app alone.
    #[serde(default)]
    pub template_photo_approved: Option<String>,
    /// The template that tells of a photo that was not accepted, without variables; as above.
    #[serde(default)]
    pub template_photo_rejected: Option<String>,
    /// The template that tells of an answered question about the roster, without variables; as above.
    #[serde(default)]
    pub template_ticket_answered: Option<String>,
    /// The template that reminds of what is left to do, without variables; without one nobody is reminded.
    #[serde(default)]
    pub template_reminder: Option<String>,
    /// The template that tells staff of a webhook endpoint that keeps failing, without variables; without one the console alone shows it.
    #[serde(default)]
    pub template_webhook_failing: Option<String>,
    /// The template that tells the old number that its account gets another one in a day, without variables; without one no
    /// report of a lost phone gets its second approval.
    #[serde(default)]
    pub template_phone_recovery: Option<String>,
    /// The service's address; default the real one.
    pub endpoint: Option<String>,
}

/// A school's own merchant accounts; what is left out goes to the common one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchoolMerchantFile {
    /// The school, by its five-digit code.
    pub school_code: String,
    /// Its merchant account at `WeChat` Pay.
    pub wechat_pay: Option<WechatPayFile>,
    /// Its application at Alipay.
    pub alipay: Option<AlipayFile>,
}

/// How much money goes back without a second look.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RefundFile {
    /// A person's refund above this many fen needs a second person; default 10000.
    pub alone_fen: i64,
    /// So many payments that came twice or late go back by themselves a day; default 50.
    pub automatic_count: usize,
    /// And no more than so many fen of them a day; default 200000.
    pub automatic_fen: i64,
}

impl Default for RefundFile {
    fn default() -> Self {
        let limits = RefundLimits::default();
        Self {
            alone_fen: limits.alone.0,
            automatic_count: limits.automatic_count,
            automatic_fen: limits.automatic_sum.0,
        }
    }
}

impl From<RefundFile> for RefundLimits {
    fn from(file: RefundFile) -> Self {
        Self {
            alone: Fen(file.alone_fen),
            automatic_count: file.automatic_count,
            automatic_sum: Fen(file.automatic_fen),
        }
    }
}

/// An official account of `WeChat`, which tells who pays inside the app.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficialAccountFile {
    /// Its secret; its application is the merchant account's.
    pub app_secret: SecretString,
    /// Where browsers are sent; default the real one.
    pub authorise_origin: Option<String>,
    /// Where codes are exchanged; default the real one.
    pub api_origin: Option<String>,
}

/// The captcha: browsers work for what they ask, by themselves and without another service.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CaptchaFile {
    /// A browser tries half as many numbers on average; default 100000, a second or two on a phone.
    pub max_number: u32,
}

impl Default for CaptchaFile {
    fn default() -> Self {
        Self {
            max_number: 100_000,
        }
    }
}

/// Who issues image-capture codes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptureCodeFile {
    /// The public key of whoever signs codes: Ed25519, its 32 bytes in Base64.
    pub public_key: String,
}

/// The sandbox's pages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SandboxFile {
    /// The page that turns a QR code's content into a cashier.
    pub cashier: String,
}

/// A merchant account at `WeChat` Pay.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WechatPayFile {
    /// The random part of the notice address; default `main`, which production refuses.
    #[serde(default = "main_account")]
    pub account: String,
    /// The merchant number.
    pub mchid: String,
    /// The application bound to it.
    pub appid: String,
    /// The serial of the merchant's API certificate, 40 hexadecimal digits.
    pub merchant_serial: String,
    /// The private key of that certificate, PEM.
    pub merchant_private_key: SecretString,
    /// Exactly 32 characters.
    pub api_v3_key: SecretString,
    /// Serial to public key, PEM.
    pub key_ring: BTreeMap<String, String>,
    /// What the provider takes of a payment, in hundredths of a percent, such as 60 for 0.6 %; without it fees are not
    /// compared with the bill's.
    pub fee_basis_points: Option<u16>,
    /// The official account, for paying inside the app.
    pub official_account: Option<OfficialAccountFile>,
    /// The service's address; default the real one.
    pub endpoint: Option<String>,
}

/// An application at Alipay.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlipayFile {
    /// The random part of the notice address; default `main`, which production refuses.
    #[serde(default = "main_account")]
    pub account: String,
    /// The application's number.
    pub app_id: String,
    /// The seller's number, `2088…`.
    pub seller_id: String,
    /// The application's private key, PEM.
    pub app_private_key: SecretString,
    /// Alipay's public key, PEM; not the application's own. Left out with certificates.
    #[serde(default)]
    pub alipay_public_key: String,
    /// What the provider takes of a payment, in hundredths of a percent, such as 60 for 0.6 %; without it fees are not
    /// compared with the bill's.
    pub fee_basis_points: Option<u16>,
    /// Certificates instead of a key.
    pub certificates: Option<AlipayCertificatesFile>,
    /// The gateway's address; default the real one.
    pub endpoint: Option<String>,
}

/// Certificates by which Alipay and the application know each other, PEM.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlipayCertificatesFile {
    /// The application's.
    pub application: String,
    /// Alipay's: one, or two while it changes.
    pub alipay: Vec<String>,
    /// The file of root certificates.
    pub root: String,
}

/// An S3-compatible store.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StorageFile {
    /// The bucket.
    pub bucket: String,
    /// The region.
    pub region: String,
    /// The store's address, where it is not Amazon's.
    pub endpoint: Option<String>,
    /// The public half of the access key.
    pub access_key_id: String,
    /// The secret half of the access key.
    pub secret_access_key: SecretString,
    /// In production: photos may go to an address on a network of your own, or by http; default false.
    #[serde(default)]
    pub allow_private_storage: bool,
}

fn tencent_region() -> String {
    "ap-guangzhou".to_owned()
}

fn main_account() -> String {
    "main".to_owned()
}

impl ConfigFile {
    /// Whether a proxy in front sets `X-Forwarded-For`.
    pub(crate) fn trusts_proxy(&self) -> bool {
        self.trust_proxy.unwrap_or_default()
    }

    /// What is wrong whatever the environment, a sentence each.
    pub(super) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let origin = &self.public_origin;
        if !(origin.starts_with("http://") || origin.starts_with("https://"))
            || origin.ends_with('/')
        {
            faults.push(format!(
                "public_origin is {origin:?}; it must begin with http(s):// and end without a slash"
            ));
        }
        if self.countries.is_empty() {
            faults.push("countries is empty; nobody could log in".to_owned());
        }
        if self.captcha.is_some_and(|file| file.max_number == 0) {
            faults.push("[captcha] max_number is 0; it must be 1 or more".to_owned());
        }
        let key = self.capture_code.as_ref().map(|file| &file.public_key);
        if key.is_some_and(|key| SignedCodes::new(key).is_err()) {
            faults.push(
                "[capture_code] public_key is no Ed25519 key: give its 32 bytes in Base64"
                    .to_owned(),
            );
        }
        let operator = self.operator.as_ref();
        if operator
            .is_some_and(|file| file.name.trim().is_empty() || file.contact.trim().is_empty())
        {
            faults.push("[operator] needs a name and a contact".to_owned());
        }
        faults.extend(self.merchant_faults());
        faults.extend(self.http.faults());
        faults.extend(self.timeouts.faults());
        faults.extend(self.telemetry.iter().flat_map(TelemetryFile::faults));
        faults
    }

    /// A notice finds its account by name alone.
    fn merchant_faults(&self) -> Vec<String> {
        let schools = || self.school_merchants.iter();
        let wechat = self.wechat_pay.iter();
        let wechat = wechat.chain(schools().filter_map(|one| one.wechat_pay.as_ref()));
        let alipay = self.alipay.iter();
        let alipay = alipay.chain(schools().filter_map(|one| one.alipay.as_ref()));
        let names = [
            (
                "wechat_pay",
                wechat.map(|file| &file.account).collect::<Vec<_>>(),
            ),
            ("alipay", alipay.map(|file| &file.account).collect()),
        ];
        let mut faults = Vec::new();
        for (section, mut names) in names {
            names.sort_unstable();
            for pair in names.windows(2).filter(|pair| pair[0] == pair[1]) {
                faults.push(format!("two [{section}] accounts are called {:?}", pair[0]));
            }
        }
        faults
    }
}
