//! A receiver of webhooks.

use std::sync::{Arc, Mutex};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use standardwebhooks::Webhook;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What a receiver got.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// Whether the public library takes it, at the time of this computer.
    pub(crate) fn is_taken_with(&self, secret: &str) -> bool {
        let webhook = Webhook::new(secret).unwrap();
        webhook.verify(self.body.as_bytes(), &self.headers).is_ok()
    }

    /// Whether one of its signatures is what the public library makes.
    pub(crate) fn is_signed_with(&self, secret: &str) -> bool {
        let at = self.header("webhook-timestamp").parse().unwrap();
        let webhook = Webhook::new(secret).unwrap();
        let made = webhook.sign(self.header("webhook-id"), at, self.body.as_bytes());
        let mut signatures = self.header("webhook-signature").split(' ');
        signatures.any(|one| one == made.as_deref().unwrap())
    }

    pub(crate) fn kind(&self) -> String {
        let body: Value = serde_json::from_str(&self.body).unwrap();
        body["type"].as_str().unwrap().to_owned()
    }
}

/// A receiver of webhooks.
pub(crate) struct Receiver {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
    /// The status line and headers with which it answers; none keeps silent until there is one.
    pub(crate) answer: watch::Sender<Option<&'static str>>,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let (answer, answers) = watch::channel(Some("200 OK"));
        let kept = Arc::clone(&received);
        actix_web::rt::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                actix_web::rt::spawn(serve(stream, Arc::clone(&kept), answers.clone()));
            }
        });
        Self {
            url,
            received,
            answer,
        }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    pub(crate) fn last(&self) -> Received {
        self.received().pop().unwrap()
    }
}

async fn serve(
    mut stream: TcpStream,
    kept: Arc<Mutex<Vec<Received>>>,
    mut answers: watch::Receiver<Option<&'static str>>,
) {
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    let (head, length) = loop {
        let read = stream.read(&mut part).await.unwrap();
        assert!(read > 0, "a request broke off");
        bytes.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                name.eq_ignore_ascii_case("content-length")
                    .then(|| value.parse::<usize>().unwrap())
            });
            if body.len() >= length.unwrap() {
                break (head.to_owned(), length.unwrap());
            }
        }
    };
    let mut headers = HeaderMap::new();
    for line in head.lines().skip(1) {
        let (name, value) = line.split_once(": ").unwrap();
        let name: HeaderName = name.parse().unwrap();
        headers.insert(name, HeaderValue::from_str(value).unwrap());
    }
    let body = String::from_utf8(bytes.split_off(bytes.len() - length)).unwrap();
    kept.lock().unwrap().push(Received { headers, body });
    let answer = answers.wait_for(Option::is_some).await.unwrap().unwrap();
    let answer = format!("HTTP/1.1 {answer}\r\ncontent-length: 4\r\nconnection: close\r\n\r\nsaid");
    let _ = stream.write_all(answer.as_bytes()).await;
}
