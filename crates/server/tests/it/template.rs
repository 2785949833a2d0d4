//! New databases for tests: copies of one that has the schema already, since making the schema takes longer than many tests.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use store::Store;

use crate::app::{cluster, psql, psql_succeeds};

/// Puts a database file with the schema where there is none.
pub(crate) async fn copy_file(to: &Path) {
    if to.exists() {
        return;
    }
    let template = folder().join(format!("{}.db", name()));
    let _making = lock();
    if !template.exists() {
        forget_others(&template);
        let made = template.with_extension("new");
        make(&format!("sqlite:{}?mode=rwc", made.display())).await;
        fs::set_permissions(&made, Permissions::from_mode(0o600)).unwrap();
        fs::rename(made, &template).unwrap();
    }
    fs::copy(&template, to).unwrap();
}

/// Makes a database with the schema in the cluster.
pub(crate) async fn copy_database(to: &str) {
    let template = name();
    let copy = format!("CREATE DATABASE {to} TEMPLATE {template}");
    if psql_succeeds(&copy) {
        return;
    }
    let _making = lock();
    if psql_succeeds(&copy) {
        return;
    }
    // Under another name, so that one whose making was broken off is not taken.
    let made = format!("{template}_new");
    psql(&format!("DROP DATABASE IF EXISTS {made}"));
    psql(&format!("CREATE DATABASE {made}"));
    make(&url_of(&made)).await;
    psql(&format!("ALTER DATABASE {made} RENAME TO {template}"));
    psql(&copy);
}

/// The address of a database in the cluster.
pub(crate) fn url_of(database: &str) -> String {
    let url = cluster().unwrap();
    let (base, _) = url.rsplit_once('/').unwrap();
    format!("{base}/{database}")
}

async fn make(url: &str) {
    let store = Store::connect(url, 1).await.unwrap();
    Box::pin(migrations::up(store.writer())).await.unwrap();
    store.close().await.unwrap();
}

/// A name for the schema of this program: another program may have other steps.
fn name() -> String {
    let program = std::env::current_exe().unwrap();
    let built = program.metadata().unwrap().modified().unwrap();
    let built = built.duration_since(UNIX_EPOCH).unwrap();
    format!("it_schema_{:x}", built.as_nanos())
}

/// Files of other programs are of no use any more.
fn forget_others(template: &Path) {
    for file in fs::read_dir(folder()).unwrap() {
        let file = file.unwrap().path();
        if file.extension().is_some_and(|is| is == "db" || is == "new") && file != template {
            fs::remove_file(file).unwrap();
        }
    }
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schema");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// One test makes the template; those that need it meanwhile wait.
fn lock() -> File {
    let lock = File::create(folder().join("lock")).unwrap();
    lock.lock().unwrap();
    lock
}
