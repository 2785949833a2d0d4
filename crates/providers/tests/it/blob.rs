//! Objects in a folder.

use bytes::Bytes;
use providers::{
    SystemRandom,
    blob::{BlobKey, BlobStore},
};

/// More than a probe of a folder takes.
const LIMIT: std::time::Duration = std::time::Duration::from_secs(10);

#[tokio::test]
async fn an_object_is_put_twice_got_and_deleted_twice() {
    let folder = tempfile::tempdir().unwrap();
    let store = BlobStore::folder(&folder.path().join("photos")).unwrap();
    let (key, other) = (
        BlobKey::random(&SystemRandom),
        BlobKey::random(&SystemRandom),
    );
    let photo = Bytes::from_static(b"sealed photo");
    for _ in 0..2 {
        store.put(&key, photo.clone()).await.unwrap();
        assert_eq!(store.get(&key).await.unwrap(), Some(photo.clone()));
    }
    assert_eq!(store.get(&other).await.unwrap(), None);
    for _ in 0..2 {
        store.delete(&key).await.unwrap();
        assert_eq!(store.get(&key).await.unwrap(), None);
    }
}

#[tokio::test]
async fn every_object_is_listed_once_with_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = BlobStore::folder(folder.path()).unwrap();
    let mut keys: Vec<BlobKey> = (0..20).map(|_| BlobKey::random(&SystemRandom)).collect();
    for key in &keys {
        store.put(key, Bytes::from_static(b"x")).await.unwrap();
    }
    store.probe(LIMIT).await.unwrap();
    std::fs::write(
        folder.path().join(&keys[0].as_str()[..2]).join("notes.txt"),
        "x",
    )
    .unwrap();
    let (mut listed, now) = (
        Vec::new(),
        chrono::DateTime::from(std::time::SystemTime::now()),
    );
    for number in 0..BlobStore::FOLDERS {
        for (key, changed_at) in store.list(number).await.unwrap() {
            assert!((now - changed_at).num_seconds().abs() < 60, "{changed_at}");
            listed.push(key);
        }
    }
    for all in [&mut keys, &mut listed] {
        all.sort_by(|one, other| one.as_str().cmp(other.as_str()));
    }
    assert_eq!(listed, keys);
}

/// What `object_store` calls a file that is being written is its own affair: this test fails where it changes that.
#[tokio::test]
async fn what_a_process_that_died_had_written_goes_with_its_object() {
    let folder = tempfile::tempdir().unwrap();
    let store = BlobStore::folder(folder.path()).unwrap();
    let key = BlobKey::random(&SystemRandom);
    let mut writer = store.writer(&key).await.unwrap();
    writer.write(&vec![7; 9 << 20]).await.unwrap();
    // Its process has no time to put anything in order.
    std::mem::forget(writer);
    let within = folder.path().join(&key.as_str()[..2]);
    let files = || std::fs::read_dir(&within).unwrap().count();
    assert_eq!(files(), 1);
    store.delete(&key).await.unwrap();
    assert_eq!(files(), 0);
}

#[tokio::test]
async fn a_probe_notices_a_folder_that_went_away() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("photos");
    let store = BlobStore::folder(&root).unwrap();
    store.probe(LIMIT).await.unwrap();
    assert_eq!(std::fs::read_dir(&root).unwrap().count(), 0);
    std::fs::remove_dir_all(&root).unwrap();
    std::fs::write(&root, b"a file in its place").unwrap();
    store.probe(LIMIT).await.unwrap_err();
}

#[test]
fn a_key_is_random_and_read_back_strictly() {
    let key = BlobKey::random(&SystemRandom);
    assert_ne!(key, BlobKey::random(&SystemRandom));
    assert_eq!(key.as_str().parse(), Ok(key.clone()));
    for text in [
        "",
        "../../etc/passwd",
        &key.as_str()[1..],
        &key.as_str().to_lowercase(),
    ] {
        assert!(text.parse::<BlobKey>().is_err(), "{text}");
    }
}
