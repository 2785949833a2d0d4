//! What every use case needs: the database, the time, the keys, the outside.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::agreement::PlatformOperator;
use domain::integrator::SecretKind;
use domain::payment::Provider;
use domain::phone::Countries;
use domain::refund::RefundLimits;
use domain::{DataKeyId, LogAggregator, StoredText, TaskId};
use ipnet::IpNet;
use providers::Random;
use providers::blob::BlobStore;
use providers::captcha::CaptchaVerifier;
use providers::capture_code::CaptureCodeReader;
use providers::keys::{KeyId, Place};
use providers::sms::SmsSender;
use providers::webhook::WebhookSender;
use store::{Store, StoreError};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::Failure;
use crate::clock::Clock;
use crate::merchant::Merchants;
use crate::photo::{PhotoEngine, Queue, UploadSlots};
use crate::rate::{Callers, RateLimiter};
use crate::session::{Revocations, Tokens};
use crate::vault::{KeyRequest, Purpose, Scope, Sealer, TaskIndex, Vault};

/// What every use case needs.
pub struct Context {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Sealing and blind indexes.
    pub vault: Vault,
    /// Access tokens.
    pub tokens: Tokens,
    /// Sessions that ended lately.
    pub revocations: Revocations,
    /// Photos and packages.
    pub blobs: BlobStore,
    /// Finds faces.
    pub engine: Arc<PhotoEngine>,
    /// Who may have a photo examined now.
    pub photo_queue: Arc<Queue>,
    /// Who may send a photo now.
    pub uploads: Arc<UploadSlots>,
    /// Text messages.
    pub sms: Arc<dyn SmsSender>,
    /// The proof that a browser worked for what it asks; none asks for no proof.
    pub captcha: Option<Arc<dyn CaptchaVerifier>>,
    /// Reads image-capture codes; without it no task can take them.
    pub capture_codes: Option<Arc<dyn CaptureCodeReader>>,
    /// Sends webhooks.
    pub webhooks: WebhookSender,
    /// The payment accounts.
    pub merchants: Merchants,
    /// How often each caller came lately.
    pub callers: Callers,
    /// How often each merchant account is called.
    pub merchant_calls: RateLimiter<(Provider, String)>,
    /// Groups errors of the log that repeat.
    pub log_aggregator: Arc<LogAggregator>,
    /// Groups warnings of the log that repeat.
    pub warning_aggregator: Arc<LogAggregator>,
    /// Wakes the lanes of this process, which otherwise look for work each second.
    pub job_added: Notify,
    /// What an operator can choose.
    pub settings: Settings,
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// What an operator can choose.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The countries whose phones are served.
    pub countries: Countries,
    /// The networks that whole campuses share: more is allowed to them.
    pub campus_networks: Vec<IpNet>,
    /// Tests only: so many times as often everything may happen that [`domain::limit`] counts by rates.
    pub rate_factor: u32,
    /// The folder for files that are being uploaded; they have no names there.
    pub upload_folder: PathBuf,
    /// So many messages a day in China to all phones together.
    pub messages_a_day: u32,
    /// Who runs the platform, as people are told.
    pub operator: PlatformOperator,
    /// The origin under which people and providers reach us, without a slash at the end.
    pub public_origin: String,
    /// How secrets of integrators begin.
    pub secret_kind: SecretKind,
    /// Outside production: the page that turns a QR code's content into the sandbox's cashier.
    pub sandbox_cashier: Option<String>,
    /// How much money goes back without a second look.
    pub refunds: RefundLimits,
    /// The secret part of the address to which receipts of messages come; none takes no receipts.
    pub sms_receipt_path: Option<String>,
    /// How often students are reminded.
    pub reminders: ReminderSettings,
    /// The progress of so many students at most is counted at each look; that of more is kept for a while.
    pub live_progress_students: u64,
    /// Whether the old number can be told that an account gets another one; without it no report of a lost phone is approved.
    pub can_tell_of_recovery: bool,
}

/// How often students are reminded, and at what price.
#[derive(Debug, Clone, Copy)]
pub struct ReminderSettings {
    /// For how long nobody is reminded again.
    pub interval: TimeDelta,
    /// What a message costs, in thousandths of a yuan.
    pub price_milli_yuan: u32,
}

impl Context {
    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A new id, such as `context.new_id(PhotoId::new)`.
    pub fn new_id<T>(&self, new: impl FnOnce(DateTime<Utc>, [u8; 10]) -> T) -> T {
        new(self.now(), self.random_bytes())
    }

    /// So many random bytes.
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }

    /// What seals for a scope and purpose. Call it before a transaction begins: it may write.
    pub async fn sealer(&self, scope: Scope, purpose: Purpose) -> Result<Sealer, Failure> {
        let request = self.key_request(scope, purpose);
        self.vault.sealer(&self.store, request).await
    }

    /// What finds the numbers of a task. Call it before a transaction begins: it may write.
    pub async fn task_index(&self, task: TaskId) -> Result<TaskIndex, Failure> {
        let request = self.key_request(Scope::Task(task), Purpose::Index);
        self.vault.task_index(&self.store, task, request).await
    }

    fn key_request(&self, scope: Scope, purpose: Purpose) -> KeyRequest {
        KeyRequest {
            scope,
            purpose,
            new_id: self.new_id(DataKeyId::new),
            now: self.now(),
        }
    }

    /// Whose data a key seals.
    pub(crate) async fn scope_of(&self, key: KeyId) -> Result<Scope, Failure> {
        self.vault.scope_of(&self.store, key, self.now()).await
    }

    /// Opens what was sealed for a column of a row.
    pub async fn open(
        &self,
        table: &str,
        column: &str,
        row: Uuid,
        sealed: impl AsRef<[u8]>,
    ) -> Result<Vec<u8>, Failure> {
        let place = Place {
            table,
            column,
            row: row.as_bytes(),
        };
        self.vault
            .open(&self.store, &place, sealed.as_ref(), self.now())
            .await
    }

    /// Opens a text that may be sealed.
    pub(crate) async fn open_stored(
        &self,
        table: &str,
        column: &str,
        row: Uuid,
        text: Option<StoredText>,
    ) -> Result<Option<String>, Failure> {
        match text {
            Some(StoredText::Sealed(sealed)) => {
                let text = self.open_text(table, column, row, sealed);
                text.await.map(Some)
            }
            Some(StoredText::Plain(text)) => Ok(Some(text)),
            None => Ok(None),
        }
    }

    /// Opens a sealed text.
    pub async fn open_text(
        &self,
        table: &str,
        column: &str,
        row: Uuid,
        sealed: impl AsRef<[u8]>,
    ) -> Result<String, Failure> {
        let plain = self.open(table, column, row, sealed).await?;
        let text = String::from_utf8(plain);
        Ok(text.map_err(|_| StoreError::Corrupt {
            what: format!("{table}.{column}: not a text"),
        })?)
    }
}
