//! Photos in an S3-compatible store: the product's own configuration against a small store that checks signatures.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::body::SizedStream;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpResponseBuilder, HttpServer};
use aws_lc_rs::{digest, hmac};
use data_encoding::HEXLOWER;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::journey::{ZHANG, portrait, upload_id};

const KEY_ID: &str = "AKIDEXAMPLE";
const SECRET: &str = "an-invented-secret";

/// What is stored, by path.
type Objects = HashMap<String, Bytes>;

/// How a store behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As it should.
    Sound,
    /// It takes requests and does not answer.
    Silent,
    /// It answers with a fault of its own.
    Failing,
    /// It announces a whole object and sends half of it.
    Truncated,
    /// It sends an object a few bytes at a time.
    Slow,
}

/// A store on a free port.
#[derive(Clone)]
pub(crate) struct Bucket {
    endpoint: String,
    shared: Arc<Mutex<(Objects, Manner)>>,
}

impl Bucket {
    pub(crate) fn start() -> Self {
        let shared = Arc::new(Mutex::new((Objects::default(), Manner::Sound)));
        let data = Data::new(Arc::clone(&shared));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .app_data(web::PayloadConfig::new(16 * 1024 * 1024))
                .default_service(web::to(answer))
        });
        let server = server.workers(1).bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", server.addrs()[0]);
        actix_web::rt::spawn(server.run());
        Self { endpoint, shared }
    }

    /// What the product is told of it.
    pub(crate) fn config(&self) -> Value {
        json!({ "bucket": "portraits", "region": "us-east-1", "endpoint": self.endpoint,
            "access_key_id": KEY_ID, "secret_access_key": SECRET })
    }

    /// From now on it behaves so.
    pub(crate) fn set(&self, manner: Manner) {
        self.shared.lock().unwrap().1 = manner;
    }

    fn objects(&self) -> Objects {
        self.shared.lock().unwrap().0.clone()
    }

    fn clear(&self) {
        self.shared.lock().unwrap().0.clear();
    }
}

async fn answer(
    shared: Data<Arc<Mutex<(Objects, Manner)>>>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    if !is_signed(&request, &body) {
        return HttpResponse::Forbidden().finish();
    }
    let manner = shared.lock().unwrap().1;
    match manner {
        Manner::Silent => std::future::pending().await,
        Manner::Failing => return HttpResponse::InternalServerError().finish(),
        Manner::Sound | Manner::Truncated | Manner::Slow => {}
    }
    let (objects, path) = (&mut shared.lock().unwrap().0, request.path().to_owned());
    match (request.method().as_str(), objects.get(&path)) {
        ("PUT", _) => {
            objects.insert(path, body);
            HttpResponse::Ok().insert_header(("ETag", "\"1\"")).finish()
        }
        ("GET", Some(found)) => {
            let (mut head, part) = wanted(&request, found);
            head.insert_header(("ETag", "\"1\""))
                .insert_header(("Last-Modified", "Tue, 09 Jun 2026 10:15:20 GMT"));
            head.body(SizedStream::new(part.len() as u64, sent(part, manner)))
        }
        ("DELETE", _) => {
            objects.remove(&path);
            HttpResponse::NoContent().finish()
        }
        (_, _) => HttpResponse::NotFound().finish(),
    }
}

/// The object, or the part of it that `Range: bytes=FIRST-LAST` asks for.
fn wanted(request: &HttpRequest, object: &Bytes) -> (HttpResponseBuilder, Bytes) {
    let range = text(request.headers().get("range"));
    let bounds = range
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'));
    let Some((first, last)) = bounds else {
        return (HttpResponse::Ok(), object.clone());
    };
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    let last = last.min(object.len() - 1);
    let mut head = HttpResponse::PartialContent();
    let bounds = format!("bytes {first}-{last}/{}", object.len());
    head.insert_header(("Content-Range", bounds));
    (head, object.slice(first..=last))
}

/// An object as a store of this manner sends it.
fn sent(
    object: Bytes,
    manner: Manner,
) -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> {
    let step = match manner {
        Manner::Slow => 1,
        Manner::Truncated => (object.len() / 2).max(1),
        Manner::Sound | Manner::Silent | Manner::Failing => object.len().max(1),
    };
    futures_util::stream::unfold((object, 0), move |(mut rest, count)| async move {
        if rest.is_empty() {
            return None;
        }
        if manner == Manner::Truncated && count > 0 {
            let end = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
            return Some((Err(end), (Bytes::new(), count)));
        }
        if manner == Manner::Slow {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        let part = rest.split_to(step.min(rest.len()));
        Some((Ok(part), (rest, count + 1)))
    })
}

/// Whether the request bears the signature of our key. Source: AWS Signature Version 4, as S3 takes it.
fn is_signed(request: &HttpRequest, body: &[u8]) -> bool {
    let header = |name: &str| match name {
        "host" => request.connection_info().host().to_owned(),
        _ => text(request.headers().get(name)),
    };
    let authorization = header("authorization");
    let part = |name: &str| {
        let (_, rest) = authorization.split_once(name).unwrap_or_default();
        rest.split([',', ' ']).next().unwrap_or_default().to_owned()
    };
    let (credential, names) = (part("Credential="), part("SignedHeaders="));
    let (key_id, scope) = credential.split_once('/').unwrap_or_default();
    let signed = names
        .split(';')
        .map(|name| format!("{name}:{}\n", header(name)));
    let signed = signed.collect::<Vec<_>>().concat();
    let content = HEXLOWER.encode(digest::digest(&digest::SHA256, body).as_ref());
    let canonical = format!(
        "{}\n{}\n{}\n{signed}\n{names}\n{content}",
        request.method(),
        request.path(),
        request.query_string(),
    );
    let canonical = HEXLOWER.encode(digest::digest(&digest::SHA256, canonical.as_bytes()).as_ref());
    let message = format!(
        "AWS4-HMAC-SHA256\n{}\n{scope}\n{canonical}",
        header("x-amz-date")
    );
    let root = format!("AWS4{SECRET}").into_bytes();
    let key = scope.split('/').fold(root, |key, word| sign(&key, word));
    key_id == KEY_ID && HEXLOWER.encode(&sign(&key, &message)) == part("Signature=")
}

fn sign(key: &[u8], message: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, message.as_bytes()).as_ref().to_vec()
}

fn text(value: Option<&actix_web::http::header::HeaderValue>) -> String {
    value
        .map(|value| value.to_str().unwrap().to_owned())
        .unwrap_or_default()
}

#[actix_web::test]
async fn photos_go_into_the_bucket_sealed_and_come_back() {
    let bucket = Bucket::start();
    let storage = bucket.config();
    let app = TestApp::with_sample_and(|config| config["storage"] = storage).await;
    let student = app.student("13800138000").await;
    assert_eq!(app.operator().get("/readyz").await.json()["storage"], true);
    let enrolment = student.enrol(ZHANG).await;
    let file = portrait(480, 640, 1);
    let photo = student
        .submit(&enrolment, &upload_id(1), file.clone())
        .await;
    assert_eq!(photo.status, 201, "{photo:?}");
    let path = format!("/api/v1/photos/{}/image?variant=original", photo.text("id"));
    assert_eq!(student.get(&path).await.bytes, file);
    let stored = bucket.objects();
    let sealed = stored
        .keys()
        .filter(|path| path.len() == "/portraits/AB/".len() + 26);
    assert_eq!(sealed.count(), 3, "{:?}", stored.keys());
    assert!(
        stored
            .values()
            .all(|content| !content.starts_with(&[0xFF, 0xD8]))
    );

    bucket.clear();
    assert_eq!(
        student.get(&path).await.problem(),
        (500, "server.error".to_owned())
    );
}

#[actix_web::test]
async fn a_store_that_refuses_our_key_is_not_ready_and_loses_no_upload_silently() {
    let mut storage = Bucket::start().config();
    storage["secret_access_key"] = "another".into();
    let app = TestApp::with_sample_and(|config| config["storage"] = storage).await;
    let student = app.student("13800138000").await;
    let ready = app.operator().get("/readyz").await;
    assert_eq!(
        (ready.status, &ready.json()["storage"]),
        (503, &false.into())
    );
    let enrolment = student.enrol(ZHANG).await;
    let reply = student
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    assert_eq!(reply.problem(), (503, "server.unavailable".to_owned()));
    let seen = student
        .get(&format!("/api/v1/enrolments/{enrolment}"))
        .await;
    assert_eq!(seen.json()["photos_left"], 3);
    // Nor does it count as a photo that did not pass.
    let account = student.get("/api/v1/me").await.text("id").parse().unwrap();
    let on = app.context.store.reader();
    let checks = store::photo::checks_since(on, account, chrono::DateTime::UNIX_EPOCH).await;
    assert!(checks.unwrap().is_empty());
}
