//! The key file: made, read, refused and rotated.

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, UnparsedPublicKey};
use providers::{
    SystemRandom,
    keys::{
        KeyFile, KeyFileError, KeyId, KeyProvider, KeyPurpose, KeyState, OtpSubject, Place,
        SealError, SealingKey,
    },
};
use rstest::rstest;
use serde_json::{Value, json};
use std::{fs, path::PathBuf};
use tempfile::TempDir;

const PLACE: Place<'static> = Place {
    table: "data_keys",
    column: "wrapped",
    row: b"row 1",
};

fn new_file() -> (TempDir, PathBuf, KeyFile) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.json");
    let keys = KeyFile::create(&path, &SystemRandom).unwrap();
    (folder, path, keys)
}

/// Changes the file as an operator would; its mode stays.
fn edit(path: &PathBuf, change: impl FnOnce(&mut Value)) {
    let mut text: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    change(&mut text);
    fs::write(path, text.to_string()).unwrap();
}

#[test]
fn a_file_that_was_made_is_read_to_the_same_keys() {
    let (_folder, path, made) = new_file();
    let read = KeyFile::load(&path).unwrap();
    assert_eq!(
        made.phone_index("+8613800138000"),
        read.phone_index("+8613800138000")
    );
    let subject = OtpSubject {
        purpose: "login",
        phone: "+8613800138000",
        challenge: b"1",
    };
    assert_eq!(
        made.otp_hash(&subject, "042917"),
        read.otp_hash(&subject, "042917")
    );
    assert_ne!(
        made.otp_hash(&subject, "042917"),
        read.otp_hash(&subject, "042918")
    );
    let data_key = SealingKey::generate(KeyId([1; 16]), &SystemRandom);
    let wrapped = made.wrap(&data_key, &PLACE, &SystemRandom).unwrap();
    let unwrapped = read.unwrap(KeyId([1; 16]), &wrapped, &PLACE).unwrap();
    let sealed = data_key.seal(b"secret", &PLACE, &SystemRandom).unwrap();
    assert_eq!(
        unwrapped.open(&sealed, &PLACE).unwrap().as_slice(),
        b"secret"
    );
    let moved = read.unwrap(
        KeyId([1; 16]),
        &wrapped,
        &Place {
            row: b"row 2",
            ..PLACE
        },
    );
    assert_eq!(moved.unwrap_err(), SealError::Broken);
}

#[test]
fn an_existing_file_is_never_overwritten() {
    let (_folder, path, _keys) = new_file();
    let before = fs::read(&path).unwrap();
    assert!(matches!(
        KeyFile::create(&path, &SystemRandom),
        Err(KeyFileError::Io(_))
    ));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path, _keys) = new_file();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    for mode in [0o644, 0o640, 0o604, 0o620, 0o610] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let refused = KeyFile::load(&path).unwrap_err();
        assert!(
            matches!(refused, KeyFileError::TooOpen(found) if found == mode),
            "{refused}"
        );
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    KeyFile::load(&path).unwrap();
}

#[test]
fn an_old_key_still_opens_and_the_active_one_seals() {
    let (_folder, path, old) = new_file();
    let data_key = SealingKey::generate(KeyId([1; 16]), &SystemRandom);
    let wrapped = old.wrap(&data_key, &PLACE, &SystemRandom).unwrap();
    let (_other_folder, other_path, other) = new_file();
    let fresh: Value = serde_json::from_slice(&fs::read(&other_path).unwrap()).unwrap();
    edit(&path, |text| {
        for purpose in ["key_encryption", "token_signing"] {
            text[purpose][0]["state"] = json!("old");
            text[purpose]
                .as_array_mut()
                .unwrap()
                .push(fresh[purpose][0].clone());
        }
    });
    let rotated = KeyFile::load(&path).unwrap();
    rotated.unwrap(KeyId([1; 16]), &wrapped, &PLACE).unwrap();
    let rewrapped = rotated.wrap(&data_key, &PLACE, &SystemRandom).unwrap();
    other.unwrap(KeyId([1; 16]), &rewrapped, &PLACE).unwrap();
    assert!(matches!(
        old.unwrap(KeyId([1; 16]), &rewrapped, &PLACE).unwrap_err(),
        SealError::UnknownKey(_)
    ));
    let states: Vec<_> = rotated
        .token_keys()
        .iter()
        .map(|key| (key.id(), key.state()))
        .collect();
    let ids = (other.token_keys()[0].id(), old.token_keys()[0].id());
    assert_eq!(states, [(ids.0, KeyState::Active), (ids.1, KeyState::Old)]);
}

#[test]
fn a_token_key_signs_and_its_public_half_verifies() {
    let (_folder, _path, keys) = new_file();
    let key = &keys.token_keys()[0];
    let signature = Ed25519KeyPair::from_pkcs8(key.pkcs8())
        .unwrap()
        .sign(b"token");
    let public = UnparsedPublicKey::new(&ED25519, key.public());
    public.verify(b"token", signature.as_ref()).unwrap();
    public.verify(b"other", signature.as_ref()).unwrap_err();
}

#[rstest]
#[case::version(|text: &mut Value| text["version"] = json!(2), "Version(2)")]
#[case::no_key(|text: &mut Value| text["phone_index"] = json!([]), "Active(\"phone index\")")]
#[case::no_active_key(|text: &mut Value| text["key_encryption"][0]["state"] = json!("old"), "Active(\"key encryption\")")]
#[case::two_active_keys(|text: &mut Value| {
    let copy = text["otp_pepper"][0].clone();
    text["otp_pepper"].as_array_mut().unwrap().push(copy);
}, "Active(\"one-time codes\")")]
#[case::short_key(|text: &mut Value| text["phone_index"][0]["secret"] = json!("c2hvcnQ="), "Key(\"phone index\")")]
#[case::no_signing_key(|text: &mut Value| text["token_signing"][0]["secret"] = json!("c2hvcnQ="), "Key(\"token signing\")")]
#[case::another_field(|text: &mut Value| text["extra"] = json!(1), "Form(")]
fn a_file_that_cannot_be_meant_is_refused(#[case] change: fn(&mut Value), #[case] expected: &str) {
    let (_folder, path, _keys) = new_file();
    edit(&path, change);
    let refused = format!("{:?}", KeyFile::load(&path).unwrap_err());
    assert!(refused.starts_with(expected), "{refused}");
}

#[test]
fn no_key_is_ever_printed() {
    let (_folder, path, keys) = new_file();
    let text: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let printed = format!("{keys:?} {:?}", keys.token_keys());
    for purpose in text
        .as_object()
        .unwrap()
        .values()
        .filter_map(Value::as_array)
    {
        assert!(!printed.contains(purpose[0]["secret"].as_str().unwrap()));
    }
    assert!(printed.contains(text["key_encryption"][0]["id"].as_str().unwrap()));
}

#[test]
fn each_key_is_changed_in_two_steps_and_what_was_made_before_is_still_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.json");
    let before = KeyFile::create(&path, &SystemRandom).unwrap();
    let phone = "+8613800138000";
    for purpose in KeyPurpose::ALL {
        assert!(matches!(
            KeyFile::activate(&path, purpose),
            Err(KeyFileError::NoNext(_))
        ));
        KeyFile::rotate(&path, purpose, &SystemRandom).unwrap();
        assert!(matches!(
            KeyFile::rotate(&path, purpose, &SystemRandom),
            Err(KeyFileError::HasNext(_))
        ));
    }
    let between = KeyFile::load(&path).unwrap();
    assert_eq!(between.phone_index(phone), before.phone_index(phone));
    assert_eq!(between.wrapping_key(), before.wrapping_key());
    assert_eq!(between.token_keys()[0].id(), before.token_keys()[0].id());
    for purpose in KeyPurpose::ALL {
        KeyFile::activate(&path, purpose).unwrap();
    }
    let after = KeyFile::load(&path).unwrap();
    assert_ne!(after.phone_index(phone), before.phone_index(phone));
    assert_ne!(after.wrapping_key(), before.wrapping_key());
    assert_ne!(after.token_keys()[0].id(), before.token_keys()[0].id());
    // Both keys were known between, and both are known after.
    assert_eq!(between.phone_indexes(phone).len(), 2);
    assert!(
        after
            .phone_indexes(phone)
            .contains(&before.phone_indexes(phone)[0])
    );
    let places = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(places, 1, "something was left beside the key file");
}

#[test]
fn a_file_from_before_tasks_had_secrets_of_their_own_still_finds_their_numbers() {
    let (_folder, path, made) = new_file();
    assert_eq!(made.derived_id_indexes(b"task", "1"), []);
    edit(&path, |text| {
        let key = |id: u8, state| {
            json!({ "id": format!("{id:032x}"), "state": state,
                "secret": data_encoding::BASE64.encode(&[id; 32]) })
        };
        text["id_index"] = json!([key(1, "old"), key(2, "active")]);
    });
    let indexes = |task: &[u8]| {
        let file = KeyFile::load(&path).unwrap();
        file.derived_id_indexes(task, "1")
    };
    let keys: Vec<String> = indexes(b"task")
        .iter()
        .map(|known| known.key.to_string())
        .collect();
    assert_eq!(keys, [format!("{:032x}", 2), format!("{:032x}", 1)]);
    assert_ne!(indexes(b"task"), indexes(b"other task"));
    // A change of another key leaves them in the file.
    KeyFile::rotate(&path, KeyPurpose::PhoneIndex, &SystemRandom).unwrap();
    assert_eq!(indexes(b"task").len(), 2);
}
