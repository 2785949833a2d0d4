//! Files that are sent in parts, or not again; and objects that are too large for memory.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use domain::{DataKeyPurpose, DataKeyScope};
use futures_util::{StreamExt, TryStreamExt, stream};
use providers::SystemRandom;
use providers::blob::BlobKey;
use reqwest::Method;
use service::Failure;
use service::object::{self, ObjectName, SealedObject};
use uuid::Uuid;

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::journey::{ready, upload_id};
use crate::picture::png_with;

/// A chunk of a sealed object with its tag.
const SEALED_CHUNK: usize = (64 << 10) + 16;
/// What stands before the first chunk.
const HEADER: usize = 1 + 16 + 32;

async fn ask(student: &Browser, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = student.request(Method::GET, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    student.send(request).await
}

/// A photo whose original has 1.4 MB: two segments, 22 chunks.
async fn large_photo() -> (TestApp, Browser, String, Vec<u8>) {
    let (app, student, enrolment) = ready().await;
    let original = png_with(600, 800, png::Compression::NoCompression);
    assert!(original.len() > 20 * SEALED_CHUNK);
    let upload = upload_id(1);
    let photo = student.submit(&enrolment, &upload, original.clone());
    let photo = photo.await.text("id");
    (app, student, photo, original)
}

fn image(photo: &str, variant: &str) -> String {
    format!("/api/v1/photos/{photo}/image?variant={variant}")
}

#[actix_web::test]
pub(crate) async fn a_picture_is_sent_in_parts_and_not_again_to_those_who_have_it() {
    let (app, student, photo, original) = large_photo().await;
    for variant in ["original", "framed"] {
        let path = image(&photo, variant);
        let whole = ask(&student, &path, &[]).await;
        let (length, tag) = (whole.bytes.len(), whole.header("etag"));
        assert_eq!(whole.status, 200);
        assert_eq!(whole.header("content-length"), length.to_string());
        assert_eq!(whole.header("accept-ranges"), "bytes");
        if variant == "original" {
            assert!(whole.bytes == original);
        }
        let middle = length / 2;
        for (range, first, last) in [
            ("bytes=0-99".to_owned(), 0, 99),
            (
                format!("bytes={middle}-{}", middle + 999),
                middle,
                middle + 999,
            ),
            (format!("bytes={}-", length - 1), length - 1, length - 1),
            ("bytes=-100".to_owned(), length - 100, length - 1),
            ("bytes=1-99999999".to_owned(), 1, length - 1),
        ] {
            for headers in [
                &[("range", range.as_str())][..],
                &[("range", &range), ("if-range", &tag)],
            ] {
                let part = ask(&student, &path, headers).await;
                assert_eq!(part.status, 206, "{variant} {range}");
                let expected = format!("bytes {first}-{last}/{length}");
                assert_eq!(part.header("content-range"), expected);
                assert_eq!(
                    part.header("content-length"),
                    (last - first + 1).to_string()
                );
                assert!(part.bytes == whole.bytes[first..=last], "{variant} {range}");
            }
        }
        let outside = format!("bytes={length}-");
        let refused = ask(&student, &path, &[("range", &outside)]).await;
        assert_eq!(refused.problem(), (416, "request.range_outside".to_owned()));
        assert_eq!(refused.header("content-range"), format!("bytes */{length}"));
        let other = [("range", "bytes=0-9"), ("if-range", "\"another\"")];
        assert_eq!(ask(&student, &path, &other).await.status, 200);

        for known in [tag.as_str(), "*", &format!("\"another\", W/{tag}")] {
            let known = ask(&student, &path, &[("if-none-match", known)]).await;
            assert_eq!((known.status, known.bytes.len()), (304, 0));
            assert_eq!(known.header("etag"), tag);
        }
        let another = [("if-none-match", "\"another\"")];
        assert_eq!(ask(&student, &path, &another).await.status, 200);
    }
    let tags = ["original", "framed", "thumb"].map(|variant| image(&photo, variant));
    let mut seen = Vec::new();
    for path in &tags {
        seen.push(student.get(path).await.header("etag"));
    }
    seen.dedup();
    assert_eq!(seen.len(), 3, "{seen:?}");
    drop(app);
}

/// The only file in the folder of photos that has more than a megabyte.
fn largest(folder: &Path) -> PathBuf {
    let mut found = Vec::new();
    for folder in std::fs::read_dir(folder.join("photos")).unwrap() {
        let folder = folder.unwrap().path();
        if folder.is_dir() {
            let files = std::fs::read_dir(folder).unwrap();
            found.extend(files.map(|file| file.unwrap().path()));
        }
    }
    found.retain(|path| path.metadata().unwrap().len() > 1 << 20);
    assert_eq!(found.len(), 1);
    found.remove(0)
}

#[actix_web::test]
async fn a_picture_that_was_cut_off_or_put_together_anew_is_not_sent() {
    let (app, student, photo, original) = large_photo().await;
    let (file, path) = (largest(&app.folder()), image(&photo, "original"));
    let sealed = std::fs::read(&file).unwrap();
    let chunk = |index: usize| HEADER + index * SEALED_CHUNK..HEADER + (index + 1) * SEALED_CHUNK;
    let mut swapped = sealed.clone();
    swapped[chunk(0)].copy_from_slice(&sealed[chunk(1)]);
    swapped[chunk(1)].copy_from_slice(&sealed[chunk(0)]);
    for changed in [
        &swapped,
        &sealed[..sealed.len() - 1],
        &sealed[..chunk(20).end],
        &sealed[..HEADER],
    ] {
        std::fs::write(&file, changed).unwrap();
        assert_eq!(student.get(&path).await.problem().0, 500);
    }
    // Chunks that lie behind the first megabyte are read when the answer has begun: it ends too soon.
    let mut swapped = sealed.clone();
    swapped[chunk(18)].copy_from_slice(&sealed[chunk(17)]);
    swapped[chunk(17)].copy_from_slice(&sealed[chunk(18)]);
    std::fs::write(&file, &swapped).unwrap();
    let request = student.request(Method::GET, &path);
    assert!(student.try_send(request).await.is_none());
    let start = ask(&student, &path, &[("range", "bytes=0-999")]).await;
    assert!(start.status == 206 && start.bytes == original[..1000]);
    std::fs::write(&file, &sealed).unwrap();
    assert!(student.get(&path).await.bytes == original);
}

/// An object of 20 MB comes in pieces; where it is said, it breaks off.
fn pieces(
    count: usize,
    breaks_off: bool,
) -> impl futures_util::Stream<Item = Result<Bytes, Failure>> {
    let piece = |number: usize| {
        Ok(Bytes::from(vec![
            u8::try_from(number % 251).unwrap();
            10_007
        ]))
    };
    let end = breaks_off.then_some(Err(Failure::Fault("the source broke off")));
    stream::iter((0..count).map(piece).chain(end))
}

#[actix_web::test]
async fn an_object_of_any_size_is_written_and_read_in_pieces() {
    let app = TestApp::start().await;
    let context = &app.context;
    let scope = DataKeyScope::Platform;
    let sealer = context.sealer(scope, DataKeyPurpose::Photo).await.unwrap();
    let key = BlobKey::random(&SystemRandom);
    let name = ObjectName {
        key: &key,
        table: "deliveries",
        column: "package",
        row: Uuid::from_u128(1),
    };
    let broken = object::write(context, &sealer, name, pieces(2_000, true)).await;
    assert!(broken.is_err());
    assert!(SealedObject::open(context, name).await.unwrap().is_none());
    let left = walk(&app.folder().join("photos"));
    assert!(left.is_empty(), "{left:?}");

    let count = 2_000;
    let length = object::write(context, &sealer, name, pieces(count, false))
        .await
        .unwrap();
    assert_eq!(length, count as u64 * 10_007);
    let object = SealedObject::open(context, name).await.unwrap().unwrap();
    assert_eq!(object.length(), length);
    let expected: Vec<u8> = pieces(count, false)
        .map(Result::unwrap)
        .collect::<Vec<_>>()
        .await
        .concat();
    for range in [
        0..length,
        0..1,
        length - 1..length,
        1_048_575..3_145_729,
        5..70_000,
    ] {
        let at = |place: u64| usize::try_from(place).unwrap();
        let read: Vec<Bytes> = object.read(range.clone()).try_collect().await.unwrap();
        assert!(read.iter().all(|piece| piece.len() <= 1 << 20));
        assert!(
            read.concat() == expected[at(range.start)..at(range.end)],
            "{range:?}"
        );
    }
    // Elsewhere it does not open.
    let elsewhere = ObjectName {
        row: Uuid::from_u128(2),
        ..name
    };
    assert!(SealedObject::open(context, elsewhere).await.is_err());
    // An empty object is one too.
    let empty = object::write(context, &sealer, name, pieces(0, false)).await;
    assert_eq!(empty.unwrap(), 0);
    let object = SealedObject::open(context, name).await.unwrap().unwrap();
    assert_eq!((object.length(), object.read(0..0).count().await), (0, 0));
}

/// Every file under a folder.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(walk(&path));
        } else {
            found.push(path);
        }
    }
    found
}
