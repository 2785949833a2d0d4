//! `gradphoto backup` and `gradphoto restore`. docs/operations.md tells when to use which.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail, ensure};
use clap::{Args, Subcommand};
use providers::keys::KeyFile;
use providers::{Random, SystemRandom};
use service::backup::{self as backups, BackupRequest, Finished, KeysFile, Placing, SavedKeys};
use service::erasure::{ErasureEntry, Replayed};
use service::vault::Vault;
use store::Store;

use super::output::say;
use crate::build::{self, Use};
use crate::command::context::open;
use crate::config::{Basics, Config};
use crate::server_lock::ServerLock;

/// The folder of the data keys, beside the backups.
const KEYS_FOLDER: &str = "keys";
/// The deletion ledger, beside the data keys.
const LEDGER: &str = "erasures.jsonl";

/// Where a backup goes.
#[derive(Debug, Args)]
pub(super) struct Backup {
    #[command(flatten)]
    basics: Basics,
    /// The folder that the backup will be; it must not exist.
    folder: PathBuf,
    /// The folder for the wrapped data keys, of which the newest file counts for every backup; by default `keys` beside the
    /// backup.
    #[arg(long)]
    keys_folder: Option<PathBuf>,
}

/// What is brought back.
#[derive(Debug, Args)]
pub(super) struct Restore {
    #[command(flatten)]
    basics: Basics,
    /// The backup.
    #[arg(
        required_unless_present = "after_database",
        conflicts_with = "after_database"
    )]
    folder: Option<PathBuf>,
    /// Finish what the tools of the database and of the object store restored, before a server runs on it.
    #[arg(long)]
    after_database: bool,
    /// The folder for the wrapped data keys; by default `keys` beside the backup.
    #[arg(long, required_unless_present_any = ["folder", "data_keys"])]
    keys_folder: Option<PathBuf>,
    /// The file of wrapped data keys, instead of the newest in their folder.
    #[arg(long, conflicts_with = "keys_folder")]
    data_keys: Option<PathBuf>,
    /// The newest deletion ledger: what it names is erased again.
    #[arg(long, required_unless_present = "nothing_erased")]
    ledger: Option<PathBuf>,
    /// Instead of a ledger: nothing was erased since the backup, or the backup's own ledger is all there is.
    #[arg(long, conflicts_with = "ledger")]
    nothing_erased: bool,
}

/// What can be done with the deletion ledger.
#[derive(Debug, Subcommand)]
pub(super) enum LedgerAction {
    /// Write it into a file, which is to lie elsewhere than the database: a restore replays it. Lines that the file has
    /// stay in it.
    Export {
        #[command(flatten)]
        basics: Basics,
        /// The file; it is replaced in one step.
        file: PathBuf,
    },
}

#[tokio::main]
pub(super) async fn write(asked: Backup) -> Result<()> {
    let config = Config::read(asked.basics)?;
    require_current(&config).await?;
    let context = open(&config).await?;
    let keys_folder = keys_folder(asked.keys_folder, &asked.folder);
    let request = BackupRequest {
        folder: &asked.folder,
        keys_folder: &keys_folder,
        schema: migrations::latest(),
        program: env!("CARGO_PKG_VERSION"),
    };
    let report = Box::pin(backups::write(&context, request)).await?;
    let manifest = &report.manifest;
    say!(
        "{} holds the database of {} ({} bytes) and {} objects ({} bytes); all of it was read again and is sound.",
        asked.folder.display(),
        manifest.created_at,
        manifest.database.bytes,
        manifest.object_count,
        manifest.object_bytes
    )?;
    if !manifest.deleted_meanwhile.is_empty() {
        let count = manifest.deleted_meanwhile.len();
        say!("{count} objects were deleted meanwhile; the deletion ledger has them.")?;
    }
    if report.keyless > 0 {
        say!(
            "{} objects are sealed under destroyed keys.",
            report.keyless
        )?;
    }
    print_keys(&report.keys)?;
    let ledger = keys_folder.join(LEDGER);
    let count = Box::pin(backups::export_ledger(&context, &ledger)).await?;
    say!(
        "{} has the deletion ledger, {count} lines.",
        ledger.display()
    )?;
    Ok(())
}

#[tokio::main]
pub(super) async fn ledger(action: LedgerAction) -> Result<()> {
    let LedgerAction::Export { basics, file } = action;
    let context = open(&Config::read(basics)?).await?;
    let count = Box::pin(backups::export_ledger(&context, &file)).await?;
    say!("{} has the deletion ledger, {count} lines.", file.display())?;
    Ok(())
}

/// Tells where the data keys are, and which files a person should delete.
pub(super) fn print_keys(saved: &SavedKeys) -> Result<()> {
    say!(
        "{} has the {} wrapped data keys. Keep it elsewhere than the backups, and the key file elsewhere again.",
        saved.path.display(),
        saved.count
    )?;
    for file in &saved.outdated {
        say!(
            "{} has data keys that were destroyed since: delete it and its copies.",
            file.display()
        )?;
    }
    Ok(())
}

fn keys_folder(given: Option<PathBuf>, backup: &Path) -> PathBuf {
    given.unwrap_or_else(|| backup.with_file_name(KEYS_FOLDER))
}

/// A backup changes nothing: neither makes it an installation nor does it bring a schema up to date.
async fn require_current(config: &Config) -> Result<()> {
    let Some(file) = Store::sqlite_file(&config.database_url()) else {
        bail!(
            "a database on PostgreSQL is saved with its own tools, and the data keys with `gradphoto keys save`: see docs/operations.md, Backup and restore"
        );
    };
    ensure!(file.is_file(), "{} is not there", file.display());
    let store = Store::connect(&config.database_url(), 1).await?;
    let pending = migrations::pending(store.writer()).await;
    store.close().await?;
    let pending = pending.context("the database was made by a newer version")?;
    ensure!(
        pending.is_empty(),
        "the database has another schema than this program: save it with the version that runs on it"
    );
    Ok(())
}

#[tokio::main]
pub(super) async fn restore(asked: Restore) -> Result<()> {
    let config = Config::read(asked.basics)?;
    let keys = match (asked.data_keys, asked.keys_folder, &asked.folder) {
        (Some(file), _, _) => backups::load_data_keys(&file)?,
        (None, Some(folder), _) => backups::newest_data_keys(&folder)?,
        (None, None, Some(backup)) => backups::newest_data_keys(&keys_folder(None, backup))?,
        (None, None, None) => bail!("where are the data keys? Give --keys-folder or --data-keys"),
    };
    say!("The data keys are those of {}.", keys.path.display())?;
    let ledger = asked.ledger.as_deref().map(backups::load_ledger);
    let latest = Latest {
        keys,
        ledger: ledger.transpose()?.unwrap_or_default(),
    };
    let finished = match asked.folder {
        Some(folder) => Box::pin(into_empty(&config, &folder, &latest)).await?,
        None => Box::pin(after_database(&config, &latest)).await?,
    };
    let Replayed { erased, absent } = finished.erasures;
    say!("The deletion ledger: {erased} erased again, {absent} not there any more.")?;
    say!(
        "{} sessions were ended: everybody logs in again.",
        finished.sessions
    )?;
    say!("{} objects were opened and are sound.", finished.sound)?;
    if finished.keyless > 0 {
        say!(
            "{} objects stay unreadable: their keys were destroyed.",
            finished.keyless
        )?;
    }
    say!("Start the server, and compare yesterday's and today's payments: gradphoto reconcile")?;
    Ok(())
}

/// What counts for every backup, however old it is.
struct Latest {
    keys: KeysFile,
    ledger: Vec<ErasureEntry>,
}

/// Opens data keys with the key file, which must be there.
fn vault(config: &Config) -> Result<Vault> {
    let path = config.key_file();
    let keys = KeyFile::load(&path).with_context(|| {
        format!(
            "the key file {}: put back the one that belongs to this backup",
            path.display()
        )
    })?;
    Ok(Vault::new(Arc::new(keys), Arc::new(SystemRandom)))
}

async fn into_empty(config: &Config, folder: &Path, latest: &Latest) -> Result<Finished> {
    let Some(database) = Store::sqlite_file(&config.database_url()) else {
        bail!(
            "a backup of SQLite is restored into SQLite; for PostgreSQL see --after-database and docs/operations.md, Backup and restore"
        );
    };
    backups::make_folder(&config.basics.data)?;
    // A server that is started meanwhile would make an empty database.
    let _lock = ServerLock::take(config)?;
    for file in backups::beside(&database).iter().chain([&database]) {
        ensure!(
            !file.exists(),
            "{} is there already: a backup is restored into an empty installation",
            file.display()
        );
    }
    let backup = backups::Backup::verify(folder)?;
    let manifest = &backup.manifest;
    ensure!(
        migrations::knows(&manifest.schema),
        "the backup was written by a newer version, with the schema {}",
        manifest.schema
    );
    say!(
        "{} is whole: the database of {} and {} objects.",
        folder.display(),
        manifest.created_at,
        manifest.object_count
    )?;
    let vault = vault(config)?;
    // It gets its name when everything is done, so that no server runs on half of it.
    let mut name = database.as_os_str().to_owned();
    name.push(".restoring");
    let unfinished = PathBuf::from(name);
    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    let entropy = build::entropy(&build::clock(config), &random);
    let (photos, blobs) = (build::photo_folder(config), build::blobs(config, &entropy)?);
    let placing = Placing {
        backup: &backup,
        keys: &latest.keys,
        vault: &vault,
        database: &unfinished,
        blobs: &blobs,
        photos: photos.as_deref(),
    };
    let destroyed = Box::pin(backups::place(placing)).await?;
    for key in destroyed {
        say!("The data key {key} was destroyed since: what it sealed stays unreadable.")?;
    }
    let mut config = config.clone();
    config.basics.database = Some(format!("sqlite://{}", unfinished.display()));
    let finished = finish(&config, &latest.ledger).await?;
    backups::rename(&unfinished, &database)?;
    Ok(finished)
}

async fn after_database(config: &Config, latest: &Latest) -> Result<Finished> {
    let vault = vault(config)?;
    let store = Store::connect(&config.database_url(), 1).await?;
    let placed = backups::place_data_keys(&store, &vault, &latest.keys).await;
    store.close().await?;
    placed.context("the database has no schema of gradphoto, or the key file is another")?;
    finish(config, &latest.ledger).await
}

/// What every restore ends with.
async fn finish(config: &Config, ledger: &[ErasureEntry]) -> Result<Finished> {
    let context = build::context(config, Use::Command).await?;
    let finished = Box::pin(backups::finish(&context, ledger)).await;
    context.store.close().await?;
    Ok(finished?)
}
