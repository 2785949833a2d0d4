//! Which receivers are connected to, and what is made of their answers.

use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::webhook::AddressLookup;

/// Answers each question with the next of these, and then with the last.
struct Scripted {
    answers: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

#[async_trait]
impl AddressLookup for Scripted {
    async fn lookup(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst);
        let last = self.answers.len() - 1;
        Ok(self.answers[asked.min(last)].clone())
    }
}

fn scripted(answers: &[&[&str]]) -> Arc<Scripted> {
    let addresses = |one: &&[&str]| one.iter().map(|text| text.parse().unwrap()).collect();
    Arc::new(Scripted {
        answers: answers.iter().map(addresses).collect(),
        asked: AtomicUsize::new(0),
    })
}

fn sender(reach: WebhookReach, lookup: Arc<dyn AddressLookup>) -> WebhookSender {
    let timeouts = WebhookTimeouts {
        connect: Duration::from_secs(5),
        answer: Duration::from_secs(5),
        body: Duration::from_millis(50),
    };
    WebhookSender::new(reach, lookup, timeouts).unwrap()
}

async fn send(sender: &WebhookSender, url: &str) -> WebhookAnswer {
    let at = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    let message = WebhookMessage {
        url,
        id: "evt_1",
        at,
        signatures: "v1,x",
        body: "{}",
    };
    sender.send(message).await
}

#[tokio::test]
async fn a_name_that_leads_anywhere_but_to_the_internet_is_not_connected_to() {
    let listener = TcpListener::bind("127.0.0.1:8443").await;
    for bad in [
        &["127.0.0.1"][..],
        &["10.1.2.3"],
        &["100.64.0.1"],
        &["169.254.169.254"],
        &["::1"],
        &["::ffff:127.0.0.1"],
        &["fd00:ec2::254"],
        &["fe80::1"],
        &["224.0.0.1"],
        // One good address among them does not help.
        &["223.5.5.5", "127.0.0.1"],
    ] {
        let lookup = scripted(&[bad]);
        let sender = sender(WebhookReach::InternetAndLoopback, lookup.clone());
        let answer = send(&sender, "https://hooks.example.cn:8443/").await;
        assert_eq!(
            answer.answer,
            AttemptAnswer::None(AttemptFault::Forbidden),
            "{bad:?}"
        );
        assert_eq!(lookup.asked.load(Ordering::SeqCst), 1, "{bad:?}");
    }
    let nothing = sender(WebhookReach::Internet, scripted(&[&[]]));
    let answer = send(&nothing, "https://hooks.example.cn/").await.answer;
    assert_eq!(answer, AttemptAnswer::None(AttemptFault::Unresolved));
    if let Ok(listener) = listener {
        let came = timeout(Duration::from_millis(20), listener.accept()).await;
        assert!(came.is_err(), "a connection was made");
    }
}

#[tokio::test]
async fn a_name_is_resolved_once_so_that_another_answer_changes_nothing() {
    // 192.0.2.1 would be refused; a public address that nothing answers at stands for one that was checked.
    let lookup = scripted(&[&["127.0.0.1"], &["10.0.0.1"]]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let sender = sender(WebhookReach::InternetAndLoopback, lookup.clone());
    let url = format!("http://localhost:{port}/");
    let answering = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 2048];
        let read = stream.read(&mut request).await.unwrap();
        let answer = b"HTTP/1.1 204 No Content\r\nconnection: keep-alive\r\n\r\n";
        stream.write_all(answer).await.unwrap();
        String::from_utf8_lossy(&request[..read]).into_owned()
    };
    let (answer, request) = tokio::join!(send(&sender, &url), answering);
    assert_eq!(answer.answer, AttemptAnswer::Status(204));
    for header in [
        "webhook-id: evt_1",
        "webhook-timestamp: 1780000000",
        "webhook-signature: v1,x",
        "user-agent: GradPhoto-Webhooks/1",
        "content-type: application/json",
    ] {
        assert!(request.contains(header), "{header} in {request}");
    }
    assert_eq!(lookup.asked.load(Ordering::SeqCst), 1);
    // The next try asks anew, although the connection was to be kept, and the other answer is refused.
    let answer = send(&sender, &url).await.answer;
    assert_eq!(answer, AttemptAnswer::None(AttemptFault::Forbidden));
    assert_eq!(lookup.asked.load(Ordering::SeqCst), 2);
}

/// Answers one request with these bytes and keeps the connection.
async fn answered(bytes: Vec<u8>) -> WebhookAnswer {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let sender = sender(WebhookReach::InternetAndLoopback, scripted(&[&[]]));
    let answering = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 2048];
        assert!(stream.read(&mut request).await.unwrap() > 0);
        let _ = stream.write_all(&bytes).await;
        stream
    };
    let (answer, _stream) = tokio::join!(send(&sender, &url), answering);
    answer
}

#[tokio::test]
async fn receivers_that_lie_or_redirect_get_what_their_status_says() {
    let head = |status: &str, more: &str| format!("HTTP/1.1 {status}\r\n{more}\r\n").into_bytes();
    let moved = "location: http://169.254.169.254/\r\ncontent-length: 0\r\n";
    let answer = answered(head("302 Found", moved)).await.answer;
    assert_eq!(
        answer,
        AttemptAnswer::Status(302),
        "no redirect is followed"
    );

    // More is promised than comes; what comes is longer than what is read, and no text.
    let mut endless = head("200 OK", "content-length: 99999999\r\n");
    endless.extend(vec![0xff; 6000]);
    let answer = answered(endless).await;
    assert_eq!(answer.answer, AttemptAnswer::Status(200));
    assert_eq!(answer.body.chars().count(), ANSWER_KEPT);
    let silent = answered(head("200 OK", "content-length: 10\r\n")).await;
    assert_eq!(
        (silent.answer, silent.body.as_str()),
        (AttemptAnswer::Status(200), "")
    );

    let broken = answered(b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec())
        .await
        .answer;
    assert_eq!(broken, AttemptAnswer::None(AttemptFault::Broken));

    for (value, seconds) in [
        ("120", Some(120)),
        ("Thu, 28 May 2026 20:36:40 GMT", Some(600)),
        ("soon", None),
    ] {
        let more = format!("retry-after: {value}\r\ncontent-length: 0\r\n");
        let busy = answered(head("503 Busy", &more)).await;
        assert_eq!(
            busy.retry_after.map(|wait| wait.num_seconds()),
            seconds,
            "{value}"
        );
    }
    let hanging = WebhookTimeouts {
        answer: Duration::from_millis(50),
        ..WebhookTimeouts::default()
    };
    let reach = WebhookReach::InternetAndLoopback;
    let hanging = WebhookSender::new(reach, scripted(&[&[]]), hanging).unwrap();
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let answer = send(&hanging, &url).await.answer;
    assert_eq!(answer, AttemptAnswer::None(AttemptFault::TimedOut));
    let refused = sender(WebhookReach::InternetAndLoopback, scripted(&[&[]]));
    let answer = send(&refused, "http://127.0.0.1:1/").await.answer;
    assert_eq!(answer, AttemptAnswer::None(AttemptFault::Unreachable));
}
