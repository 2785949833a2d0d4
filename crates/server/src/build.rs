//! Putting the product together from its configuration.

mod merchant;
mod outbound;
mod sms;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use domain::agreement::PlatformOperator;
use domain::integrator::SecretKind;
use domain::limit::MOST_CALLERS;
use domain::phone::{Countries, Country};
use ipnet::IpNet;
use providers::blob::{BlobStore, S3Settings};
use providers::captcha::{CaptchaVerifier, ProofOfWork};
use providers::capture_code::{CaptureCodeReader, SignedCodes};
use providers::keys::{KeyFile, KeyProvider, OtpSubject};
use providers::webhook::{SystemLookup, WebhookReach, WebhookSender, WebhookTimeouts};
use providers::{Entropy, Http, Random, SystemRandom};
use service::clock::{Clock, SharedTestClock, SystemClock};
use service::photo::{PhotoEngine, UploadSlots};
use service::rate::{Callers, RateLimiter};
use service::session::{Revocations, Tokens};
use service::vault::Vault;
use service::{Context, Settings};
use store::{Store, StoreSettings};

use crate::config::{Config, StorageFile};
use crate::{models, private_files};
use outbound::Outbound;

/// For whom the product is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// A server: nobody waits for long.
    Server,
    /// A command, whose statements may take longer.
    Command,
}

/// Opens database, keys and storage, brings the schema up to date, and makes the clients.
pub(crate) async fn context(config: &Config, used_by: Use) -> Result<Context> {
    private_files::prepare(config)?;
    let (url, limits) = (config.database_url(), store_settings(config, used_by));
    let store = Store::connect_with(&url, &limits).await;
    let store = store.context("opening the database")?;
    let schema = bring_up_to_date(&store).await;
    schema.context("bringing the schema up to date")?;
    let clock = clock(config);
    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    let outbound = Outbound {
        entropy: entropy(&clock, &random),
        http: Http::new(config.file.timeouts.calls())?,
    };
    let has_data = !store::data_key::all(store.reader()).await?.is_empty();
    let keys: Arc<dyn KeyProvider> = Arc::new(keys(config, has_data, random.as_ref())?);
    let log_aggregator = Arc::default();
    let context = Context {
        captcha: captcha(config, keys.as_ref(), &outbound.entropy),
        capture_codes: capture_codes(config)?,
        tokens: Tokens::new(keys.token_keys()).context("the key file has no token key")?,
        vault: Vault::new(keys, Arc::clone(&random)),
        revocations: Revocations::default(),
        blobs: blobs(config, &outbound.entropy)?,
        engine: Arc::new(PhotoEngine::new(models::engine)),
        photo_queue: Arc::default(),
        uploads: Arc::new(UploadSlots::new(config.file.http.max_uploads)),
        sms: sms::sender(&config.file, &outbound, &log_aggregator)?,
        webhooks: webhooks(config)?,
        merchants: merchant::merchants(&config.file, &outbound)?,
        callers: Callers::default(),
        merchant_calls: RateLimiter::new(MOST_CALLERS),
        log_aggregator,
        warning_aggregator: Arc::default(),
        job_added: tokio::sync::Notify::new(),
        settings: settings(config)?,
        store,
        clock,
        random,
    };
    if config.is_production() {
        let has_sample = service::sample::is_loaded(&context).await?;
        ensure!(
            !has_sample,
            "the database has sample data, whose students anybody can be: begin with an empty database"
        );
    }
    service::keys::adopt(&context).await?;
    let opened = service::keys::verify(&context).await;
    opened.with_context(|| {
        let path = config.key_file();
        format!(
            "the key file {} does not open what is stored: put back the one that belongs to this database",
            path.display()
        )
    })?;
    Ok(context)
}

/// Brings the schema up to date. What keeps schools unchanged that are moved would refuse what a step does to their rows, and is
/// taken away meanwhile; a school that is on its way must not change in that time, so that no schema changes then.
async fn bring_up_to_date(store: &Store) -> Result<()> {
    let pending = migrations::pending(store.writer()).await;
    if !pending.as_ref().is_ok_and(Vec::is_empty) {
        ensure!(
            !store::school_move::is_any_on_its_way(store).await?,
            "a school is on its way to another installation, and the schema must not change meanwhile: confirm or cancel the export \
             with the version that ran before"
        );
        store::school_move::lower(store).await?;
        migrations::up(store.writer()).await?;
    }
    Ok(store::school_move::raise_where_needed(store).await?)
}

/// Sends webhooks; outside production also to this computer.
fn webhooks(config: &Config) -> Result<WebhookSender> {
    let reach = if config.is_production() {
        WebhookReach::Internet
    } else {
        WebhookReach::InternetAndLoopback
    };
    let timeouts = WebhookTimeouts::default();
    Ok(WebhookSender::new(reach, Arc::new(SystemLookup), timeouts)?)
}

fn store_settings(config: &Config, used_by: Use) -> StoreSettings {
    let times = &config.file.timeouts;
    let statement_ms = match used_by {
        Use::Server => times.statement_ms,
        Use::Command => times.command_statement_ms,
    };
    StoreSettings {
        max_connections: config.basics.database_connections,
        statement_timeout: Duration::from_millis(statement_ms),
        lock_timeout: Duration::from_millis(times.lock_ms),
    }
}

/// The computer's clock; outside production, the one that tests and the sandbox share.
pub(crate) fn clock(config: &Config) -> Arc<dyn Clock> {
    match &config.basics.test_clock {
        Some(file) => Arc::new(SharedTestClock::new(file.clone())),
        None => Arc::new(SystemClock),
    }
}

/// Time and chance for what reaches outside.
pub(crate) fn entropy(clock: &Arc<dyn Clock>, random: &Arc<dyn Random>) -> Entropy {
    let clock = Arc::clone(clock);
    Entropy {
        now: Arc::new(move || clock.now()),
        random: Arc::clone(random),
    }
}

/// The key file; development makes one where it is missing, but never beside data that another one sealed.
fn keys(config: &Config, has_data: bool, random: &dyn Random) -> Result<KeyFile> {
    let path = config.key_file();
    let is_missing = !path.exists();
    ensure!(
        !(is_missing && has_data),
        "the key file {} is missing, but the database has data that it sealed: put it back; a new one could not read them",
        path.display()
    );
    let may_make = !config.is_production() && is_missing;
    let keys = if may_make {
        KeyFile::create_for_development(&path, random)
    } else {
        KeyFile::load(&path)
    };
    keys.with_context(|| format!("reading the key file {}", path.display()))
}

/// The folder of the photos; none where they lie in a bucket.
pub(crate) fn photo_folder(config: &Config) -> Option<PathBuf> {
    let is_folder = config.file.storage.is_none();
    is_folder.then(|| config.basics.data.join("photos"))
}

/// Where photos lie; the clock tells when a store that fails is tried again.
pub(crate) fn blobs(config: &Config, clock: &Entropy) -> Result<BlobStore> {
    let storage = match &config.file.storage {
        Some(StorageFile {
            bucket,
            region,
            endpoint,
            access_key_id,
            secret_access_key,
            allow_private_storage: _,
        }) => {
            let settings = S3Settings {
                bucket: bucket.clone(),
                region: region.clone(),
                endpoint: endpoint.clone(),
                access_key_id: access_key_id.clone(),
                secret_access_key: secret_access_key.clone(),
                timeouts: config.file.timeouts.storage(),
                breaker: config.file.timeouts.breaker(),
            };
            BlobStore::s3(&settings, clock)
        }
        None => BlobStore::folder(&config.basics.data.join("photos")),
    };
    storage.context("opening the photo storage")
}

/// The captcha; its challenges are signed with a key that all copies derive from the same key file.
fn captcha(
    config: &Config,
    keys: &dyn KeyProvider,
    entropy: &Entropy,
) -> Option<Arc<dyn CaptchaVerifier>> {
    let file = config.file.captcha.as_ref()?;
    let subject = OtpSubject {
        purpose: "captcha",
        phone: "",
        challenge: &[],
    };
    let key = keys.otp_hash(&subject, "");
    Some(Arc::new(ProofOfWork::new(
        &key,
        file.max_number,
        entropy.clone(),
    )))
}

/// Reads image-capture codes; none where no key is configured.
fn capture_codes(config: &Config) -> Result<Option<Arc<dyn CaptureCodeReader>>> {
    let Some(file) = &config.file.capture_code else {
        return Ok(None);
    };
    let codes = SignedCodes::new(&file.public_key).context("[capture_code] public_key")?;
    Ok(Some(Arc::new(codes)))
}

fn settings(config: &Config) -> Result<Settings> {
    let codes: Option<Vec<_>> = config
        .file
        .countries
        .iter()
        .map(|code| Country::new(*code))
        .collect();
    let countries = codes
        .and_then(Countries::new)
        .context("countries names an impossible calling code")?;
    Ok(Settings {
        countries,
        campus_networks: campus_networks(&config.file.campus_networks)?,
        rate_factor: config.basics.rate_factor,
        upload_folder: config.basics.data.clone(),
        messages_a_day: config.file.messages_a_day,
        operator: config
            .file
            .operator
            .clone()
            .map_or_else(PlatformOperator::sample, PlatformOperator::from),
        public_origin: config.file.public_origin.clone(),
        secret_kind: if config.is_production() {
            SecretKind::Live
        } else {
            SecretKind::Test
        },
        sandbox_cashier: config
            .file
            .sandbox
            .as_ref()
            .map(|file| file.cashier.clone()),
        refunds: config.file.refunds.into(),
        sms_receipt_path: config.file.sms_receipt_path.clone(),
        reminders: config.file.reminders.into(),
        live_progress_students: config.file.live_progress_students,
        can_tell_of_recovery: sms::can_tell_of_recovery(&config.file),
    })
}

fn campus_networks(written: &[String]) -> Result<Vec<IpNet>> {
    let read = |text: &String| {
        let network = text.parse();
        network.with_context(|| format!("campus_networks: {text:?} is no network like 10.8.0.0/16"))
    };
    written.iter().map(read).collect()
}

/// Checks what can be checked without listening; tells what was checked.
pub(crate) async fn check(config: &Config) -> Result<Vec<String>> {
    let context = context(config, Use::Command).await?;
    context
        .store
        .ping()
        .await
        .context("the database does not answer")?;
    context
        .blobs
        .probe(config.file.timeouts.storage().for_bytes(0))
        .await
        .context("the photo storage does not give back what was put")?;
    let has = |is: bool| if is { "configured" } else { "not configured" };
    ensure!(
        Path::new(&config.basics.data).is_dir(),
        "the data folder is missing"
    );
    Ok(vec![
        format!(
            "database: {}",
            if context.store.is_postgres() {
                "PostgreSQL"
            } else {
                "SQLite"
            }
        ),
        "schema: up to date".to_owned(),
        format!(
            "photos: {}",
            if config.file.storage.is_some() {
                "S3"
            } else {
                "folder"
            }
        ),
        format!("operator: {}", has(config.file.operator.is_some())),
        format!("captcha: {}", has(config.file.captcha.is_some())),
        format!(
            "image-capture codes: {}",
            has(config.file.capture_code.is_some())
        ),
        format!("SMS: {}", has(config.file.sms.is_some())),
        format!("SMS fail-over: {}", has(config.file.sms_tencent.is_some())),
        format!(
            "schools with their own merchant accounts: {}",
            config.file.school_merchants.len()
        ),
        format!("WeChat Pay: {}", has(config.file.wechat_pay.is_some())),
        format!("Alipay: {}", has(config.file.alipay.is_some())),
    ])
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::campus_networks;

    #[rstest]
    #[case::none(&[])]
    #[case::two(&["10.8.0.0/16", "2001:da8::/32"])]
    fn networks_of_a_campus_are_read(#[case] written: &[&str]) {
        let written: Vec<String> = written.iter().map(|&text| text.to_owned()).collect();
        let read = campus_networks(&written).unwrap();
        assert!(read.iter().map(ToString::to_string).eq(written));
    }

    #[rstest]
    #[case::address("10.8.0.1")]
    #[case::too_many_bits("10.8.0.0/33")]
    #[case::empty("")]
    fn what_is_no_network_is_named(#[case] text: &str) {
        let written = ["10.8.0.0/16".to_owned(), text.to_owned()];
        let error = campus_networks(&written).unwrap_err().to_string();
        assert!(error.contains(&format!("{text:?}")), "{error}");
    }
}
