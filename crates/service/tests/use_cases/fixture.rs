//! What every use case needs, put together without a server.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ProblemCode;
use domain::access::{Actor, Operator};
use domain::agreement::PlatformOperator;
use domain::integrator::SecretKind;
use domain::limit::MOST_CALLERS;
use domain::phone::{Countries, Country};
use domain::progress::LIVE_PROGRESS_STUDENTS;
use domain::refund::RefundLimits;
use photo::{Engine, ModelError, ModelFiles};
use providers::SystemRandom;
use providers::blob::BlobStore;
use providers::keys::{KeyFile, KeyProvider};
use providers::sms::{SmsContent, SmsMessage, SmsOutcome, SmsSender};
use providers::webhook::{SystemLookup, WebhookReach, WebhookSender, WebhookTimeouts};
use secrecy::ExposeSecret;
use service::clock::Clock;
use service::merchant::{KeyFault, Merchants};
use service::photo::{PhotoEngine, UploadSlots};
use service::rate::{Callers, RateLimiter};
use service::session::{Revocations, Tokens};
use service::vault::Vault;
use service::{Context, Failure, ReminderSettings, Settings};
use store::{Store, StoreSettings};
use tempfile::TempDir;

/// A clock that stands still until it is moved.
#[derive(Debug)]
struct TestClock(Mutex<DateTime<Utc>>);

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Phones whose messages tests read.
#[derive(Debug, Default)]
struct TestPhones(Mutex<Vec<SmsMessage>>);

#[async_trait]
impl SmsSender for TestPhones {
    async fn send(&self, message: &SmsMessage) -> SmsOutcome {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sent.push(message.clone());
        SmsOutcome::Sent {
            biz_id: message.out_id.clone(),
        }
    }
}

/// A product of one test, which ends with it.
pub(crate) struct Fixture {
    /// What its use cases take.
    pub(crate) context: Context,
    clock: Arc<TestClock>,
    phones: Arc<TestPhones>,
    _folder: TempDir,
}

impl Fixture {
    /// An empty product on 2026-05-01 at eight in China.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let start = DateTime::parse_from_rfc3339("2026-05-01T08:00:00+08:00").unwrap();
        let clock = Arc::new(TestClock(Mutex::new(start.to_utc())));
        let phones = Arc::new(TestPhones::default());
        let url = format!("sqlite://{}/data.sqlite?mode=rwc", folder.path().display());
        let settings = StoreSettings {
            max_connections: 2,
            ..StoreSettings::default()
        };
        let store = Store::connect_with(&url, &settings).await.unwrap();
        migrations::up(store.writer()).await.unwrap();
        let key_file = folder.path().join("keys.toml");
        let keys = KeyFile::create_for_development(&key_file, &SystemRandom).unwrap();
        let keys: Arc<dyn KeyProvider> = Arc::new(keys);
        let context = Context {
            store,
            clock: clock.clone(),
            random: Arc::new(SystemRandom),
            tokens: Tokens::new(keys.token_keys()).unwrap(),
            vault: Vault::new(keys, Arc::new(SystemRandom)),
            revocations: Revocations::default(),
            blobs: BlobStore::folder(&folder.path().join("photos")).unwrap(),
            engine: Arc::new(PhotoEngine::new(engine)),
            photo_queue: Arc::default(),
            uploads: Arc::new(UploadSlots::new(2)),
            sms: phones.clone(),
            captcha: None,
            capture_codes: None,
            webhooks: webhooks(),
            // No use case here reaches a payment provider.
            merchants: Merchants::new(Vec::new(), Box::new(|_| Err(KeyFault("/mchid")))),
            callers: Callers::default(),
            merchant_calls: RateLimiter::new(MOST_CALLERS),
            log_aggregator: Arc::default(),
            warning_aggregator: Arc::default(),
            job_added: tokio::sync::Notify::new(),
            settings: settings_of(&folder),
        };
        service::keys::adopt(&context).await.unwrap();
        Self {
            context,
            clock,
            phones,
            _folder: folder,
        }
    }

    /// Moves the clock.
    pub(crate) fn advance(&self, by: TimeDelta) {
        let mut now = self.clock.0.lock().unwrap();
        *now += by;
    }

    /// The code that was sent last.
    pub(crate) fn last_code(&self) -> String {
        let sent = self.phones.0.lock().unwrap();
        match sent.last().map(|message| &message.content) {
            Some(SmsContent::Code(code)) => code.expose_secret().to_owned(),
            other => panic!("no code was sent last: {other:?}"),
        }
    }

    /// How many messages were sent.
    pub(crate) fn sent_messages(&self) -> usize {
        self.phones.0.lock().unwrap().len()
    }
}

/// A named person at the command line, who may do what operators may.
pub(crate) fn operator() -> Actor {
    Actor::CommandLine(Operator::new("li.hua").unwrap())
}

/// The problem for which something was refused.
pub(crate) fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> ProblemCode {
    match outcome {
        Err(Failure::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

/// No networks: the use cases tested here check no photo, and where one would, it fails for that.
fn engine() -> Result<Engine, ModelError> {
    Engine::load(&ModelFiles {
        short_range: &[],
        mesh: &[],
        segmentation: &[],
        full_range: None,
        iris: None,
    })
}

fn webhooks() -> WebhookSender {
    let timeouts = WebhookTimeouts::default();
    WebhookSender::new(WebhookReach::Internet, Arc::new(SystemLookup), timeouts).unwrap()
}

fn settings_of(folder: &TempDir) -> Settings {
    Settings {
        countries: Countries::new(vec![Country::new(86).unwrap()]).unwrap(),
        campus_networks: Vec::new(),
        rate_factor: 1,
        upload_folder: folder.path().to_path_buf(),
        messages_a_day: 1_000,
        operator: PlatformOperator::sample(),
        public_origin: "https://photo.example".to_owned(),
        secret_kind: SecretKind::Test,
        sandbox_cashier: None,
        refunds: RefundLimits::default(),
        sms_receipt_path: None,
        reminders: ReminderSettings {
            interval: TimeDelta::from_std(Duration::from_hours(24)).unwrap(),
            price_milli_yuan: 45,
        },
        live_progress_students: LIVE_PROGRESS_STUDENTS,
        can_tell_of_recovery: true,
    }
}
