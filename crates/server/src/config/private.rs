//! What production refuses of the files that hold secrets: a key file of development, and files that others can read.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use providers::keys::KeyFile;

use super::basics::Basics;

/// The mode bits of a configuration file that give more than its group may have: it may read.
const BEYOND_GROUP_READ: u32 = 0o027;

/// What is wrong with the key file and the TOML file in production, a sentence each.
pub(super) fn faults(basics: &Basics) -> Vec<String> {
    let keys = basics.keys.as_deref();
    let keys = keys.and_then(|path| key_file_fault(path, &basics.data));
    let config = basics.config.as_deref().and_then(config_file_fault);
    keys.into_iter().chain(config).collect()
}

fn key_file_fault(path: &Path, data: &Path) -> Option<String> {
    let shown = path.display();
    if lies_in(path, data) {
        return Some(format!(
            "the key file {shown} lies in the data folder, whose backups must not have it: move it and set GRADPHOTO_KEYS"
        ));
    }
    match KeyFile::load(path) {
        Ok(keys) if keys.is_for_development() => Some(format!(
            "the key file {shown} was made by development: make one with gradphoto keys new, and begin with an empty database"
        )),
        Ok(_) => None,
        Err(error) => {
            let error = anyhow::Error::new(error);
            Some(format!(
                "the key file {shown} does not do: {error:#}; set GRADPHOTO_KEYS to a file that gradphoto keys new made, mode 600, owned by the user that runs gradphoto"
            ))
        }
    }
}

/// Whether a file is below a folder, by whatever names both are given.
fn lies_in(file: &Path, folder: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    real(file)
        .zip(real(folder))
        .is_some_and(|(file, folder)| file.starts_with(folder))
}

fn config_file_fault(path: &Path) -> Option<String> {
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o777;
    let is_open = mode & BEYOND_GROUP_READ != 0;
    is_open.then(|| {
        let shown = path.display();
        format!("{shown} holds secrets and its mode is {mode:03o}: chmod 600 {shown}")
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use providers::SystemRandom;

    use super::*;
    use crate::config::Environment;

    fn with_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn files_with_secrets_must_be_their_owners_and_not_of_development() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let (good, made, config) = (path("good.json"), path("made.json"), path("a.toml"));
        fs::create_dir(path("data")).unwrap();
        let inside = path("data/keys.json");
        for file in [&good, &inside] {
            KeyFile::create(file, &SystemRandom).unwrap();
        }
        KeyFile::create_for_development(&made, &SystemRandom).unwrap();
        fs::write(&config, "").unwrap();
        let (good, made, inside) = (Some(good), Some(made), Some(inside));
        let open = path("open.json");
        fs::copy(path("good.json"), &open).unwrap();
        with_mode(&open, 0o644);
        for (keys, config_mode, told) in [
            (good.clone(), 0o600, &[][..]),
            (good.clone(), 0o640, &[]),
            (good.clone(), 0o644, &["chmod 600"]),
            (good, 0o660, &["chmod 600"]),
            (made.clone(), 0o600, &["made by development"]),
            (inside, 0o600, &["lies in the data folder"]),
            (Some(open), 0o600, &["mode is 644"]),
            (Some(path("none.json")), 0o600, &["gradphoto keys new"]),
            (None, 0o600, &[]),
            (made, 0o604, &["made by development", "chmod 600"]),
        ] {
            with_mode(&config, config_mode);
            let faults = faults(&basics(path("data"), keys, config.clone()));
            assert_eq!(faults.len(), told.len(), "{faults:?}");
            for (fault, told) in faults.iter().zip(told) {
                assert!(fault.contains(told), "{fault}");
            }
        }
    }

    fn basics(data: PathBuf, keys: Option<PathBuf>, config: PathBuf) -> Basics {
        Basics {
            environment: Environment::Production,
            data,
            database: None,
            database_connections: 8,
            keys,
            config: Some(config),
            allow_private_storage: false,
            test_clock: None,
            rate_factor: 1,
        }
    }
}
