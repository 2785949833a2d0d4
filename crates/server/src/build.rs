//! Putting the product together from its configuration.

mod merchant;
mod sms;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use domain::phone::{Countries, Country};
use ipnet::IpNet;
use providers::blob::{BlobStore, S3Settings};
use providers::captcha::{CaptchaVerifier, SandboxCaptcha};
use providers::keys::{KeyFile, KeyProvider};
use providers::{Entropy, Random, SystemRandom};
use service::clock::{Clock, SharedTestClock, SystemClock};
use service::photo::UploadSlots;
use service::session::{Revocations, Tokens};
use service::vault::Vault;
use service::{Context, Settings};
use store::Store;

use crate::config::{Config, StorageFile};
use crate::models;

/// Opens database, keys and storage, brings the schema up to date, and makes the clients.
pub(crate) async fn context(config: &Config) -> Result<Context> {
    std::fs::create_dir_all(&config.basics.data).context("making the data folder")?;
    let store = Store::connect(&config.database_url(), config.basics.database_connections)
        .await
        .context("opening the database")?;
    migrations::up(store.writer())
        .await
        .context("bringing the schema up to date")?;
    let clock: Arc<dyn Clock> = match &config.basics.test_clock {
        Some(file) => Arc::new(SharedTestClock::new(file.clone())),
        None => Arc::new(SystemClock),
    };
    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    let entropy = entropy(&clock, &random);
    let has_data = !store::data_key::all(store.reader()).await?.is_empty();
    let keys: Arc<dyn KeyProvider> = Arc::new(keys(config, has_data, random.as_ref())?);
    let log_aggregator = Arc::default();
    let context = Context {
        tokens: Tokens::new(keys.token_keys()).context("the key file has no token key")?,
        vault: Vault::new(keys, Arc::clone(&random)),
        revocations: Revocations::default(),
        blobs: blobs(config)?,
        engine: Arc::new(models::engine().context("loading the photo engine")?),
        photo_queue: Arc::default(),
        uploads: Arc::new(UploadSlots::new(config.file.http.max_uploads)),
        sms: sms::sender(&config.file, &entropy, &log_aggregator)?,
        captcha: captcha(config)?,
        merchants: merchant::merchants(&config.file, &entropy)?,
        log_aggregator,
        warning_aggregator: Arc::default(),
        settings: settings(config)?,
        store,
        clock,
        random,
    };
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

fn entropy(clock: &Arc<dyn Clock>, random: &Arc<dyn Random>) -> Entropy {
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
        KeyFile::create(&path, random)
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

/// Where photos lie.
pub(crate) fn blobs(config: &Config) -> Result<BlobStore> {
    let storage = match &config.file.storage {
        Some(StorageFile {
            bucket,
            region,
            endpoint,
            access_key_id,
            secret_access_key,
        }) => BlobStore::s3(&S3Settings {
            bucket: bucket.clone(),
            region: region.clone(),
            endpoint: endpoint.clone(),
            access_key_id: access_key_id.clone(),
            secret_access_key: secret_access_key.clone(),
        }),
        None => BlobStore::folder(&config.basics.data.join("photos")),
    };
    storage.context("opening the photo storage")
}

fn captcha(config: &Config) -> Result<Option<Arc<dyn CaptchaVerifier>>> {
    let Some(file) = &config.file.captcha else {
        return Ok(None);
    };
    Ok(Some(Arc::new(SandboxCaptcha::new(&file.url)?)))
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
    let captcha_url = config
        .file
        .captcha
        .as_ref()
        .map(|file| format!("{}/captcha/token", file.url.trim_end_matches('/')));
    Ok(Settings {
        countries,
        campus_networks: campus_networks(&config.file.campus_networks)?,
        upload_folder: config.basics.data.clone(),
        captcha_url,
        public_origin: config.file.public_origin.clone(),
        sandbox_cashier: config
            .file
            .sandbox
            .as_ref()
            .map(|file| file.cashier.clone()),
        refunds: config.file.refunds.into(),
        sms_receipt_path: config.file.sms_receipt_path.clone(),
    })
}

fn campus_networks(written: &[String]) -> Result<Vec<IpNet>> {
    let read = |text: &String| {
        let network = text.parse();
        network.with_context(|| format!("campus_networks: {text:?} is no network like 10.8.0.0/16"))
    };
    written.iter().map(read).collect()
}

/// Where the browser may fetch captcha tokens.
pub(crate) fn captcha_origin(config: &Config) -> Option<&str> {
    config
        .file
        .captcha
        .as_ref()
        .map(|file| file.url.trim_end_matches('/'))
}

/// Checks what can be checked without listening; tells what was checked.
pub(crate) async fn check(config: &Config) -> Result<Vec<String>> {
    let context = context(config).await?;
    context
        .store
        .ping()
        .await
        .context("the database does not answer")?;
    context
        .blobs
        .probe()
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
