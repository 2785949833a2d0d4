//! The client against a server of a few lines: tokens are renewed, calls tried again, pages read to the end.

use std::sync::{Arc, Mutex};

use futures_util::TryStreamExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::{Failure, TicketAnswer, answer_school_ticket, list_webhook_endpoints};

/// What the server heard: method, path and token of each call; and the answers that it still gives.
#[derive(Clone, Default)]
struct Script {
    heard: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<Vec<(&'static str, String)>>>,
}

impl Script {
    /// A client of a server that gives tokens of these seconds, and then these answers.
    async fn client(&self, lasts_s: u64, answers: &[(&'static str, &str)]) -> ApiClient {
        let answers = answers.iter().rev();
        let answers = answers.map(|(status, body)| (*status, (*body).to_owned()));
        *self.answers.lock().unwrap() = answers.collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}/", listener.local_addr().unwrap());
        let script = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                script.answer(stream, lasts_s).await;
            }
        });
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let waits = RetryWaits {
            tries: 3,
            first: Duration::ZERO,
            longest: Duration::ZERO,
        };
        ApiClient::with_http(http, &origin, "int_1", "gpk_test_1").with_waits(waits)
    }

    async fn answer(&self, mut stream: TcpStream, lasts_s: u64) {
        let (mut asked, mut bytes) = (String::new(), [0; 4096]);
        while !asked.contains("\r\n\r\n")
            || (asked.starts_with("POST") && asked.ends_with("\r\n\r\n"))
        {
            let count = stream.read(&mut bytes).await.unwrap();
            asked.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
        }
        let line = asked.lines().next().unwrap().trim_end_matches(" HTTP/1.1");
        let lower = asked.to_ascii_lowercase();
        let token = lower.split("authorization: bearer ").nth(1);
        let token = token.and_then(|rest| rest.lines().next()).unwrap_or("-");
        self.heard.lock().unwrap().push(format!("{line} {token}"));
        let (status, body) = if line.contains("/oauth/token") {
            assert!(lower.contains("authorization: basic "), "{asked}");
            let count = self.heard.lock().unwrap().len();
            (
                "200 OK",
                format!(r#"{{"access_token":"t{count}","expires_in":{lasts_s}}}"#),
            )
        } else {
            self.answers
                .lock()
                .unwrap()
                .pop()
                .unwrap_or(("500 Over", String::new()))
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream
            .write_all(format!("{head}{body}").as_bytes())
            .await
            .unwrap();
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

const NONE: &str = r#"{"items": [], "next": null}"#;
const LIST: &str = "GET /api/v1/webhook-endpoints";

#[tokio::test]
async fn a_token_is_kept_and_renewed_when_it_ended() {
    let script = Script::default();
    let answers = [
        ("200 OK", NONE),
        ("200 OK", NONE),
        ("401 No", ""),
        ("200 OK", NONE),
        ("401 No", ""),
        ("401 No", ""),
    ];
    let api = script.client(600, &answers).await;
    let list = list_webhook_endpoints(None, None, None);
    for _ in 0..3 {
        assert!(api.send(&list).await.is_ok());
    }
    let refused = api.send(&list).await.unwrap_err();
    assert_eq!(
        refused,
        ApiError::Call(Failure::Unexpected { status: Some(401) }),
        "a new one did not help"
    );
    let expected = [
        "POST /oauth/token -".to_owned(),
        format!("{LIST} t1"),
        format!("{LIST} t1"),
        format!("{LIST} t1"),
        "POST /oauth/token -".to_owned(),
        format!("{LIST} t5"),
        format!("{LIST} t5"),
        "POST /oauth/token -".to_owned(),
        format!("{LIST} t8"),
    ];
    assert_eq!(script.heard(), expected);

    let short = Script::default();
    let api = short
        .client(60, &[("200 OK", NONE), ("200 OK", NONE)])
        .await;
    for _ in 0..2 {
        assert!(api.send(&list).await.is_ok());
    }
    assert_eq!(
        short.heard().len(),
        4,
        "one that is about to end is not sent"
    );
}

#[tokio::test]
async fn reading_is_tried_again_and_writing_only_where_nothing_was_done() {
    let script = Script::default();
    let busy = ("503 Busy", "");
    let api = script
        .client(600, &[busy, busy, ("200 OK", NONE), busy, busy, busy])
        .await;
    let list = list_webhook_endpoints(None, None, None);
    assert!(api.send(&list).await.is_ok(), "the third time");
    let over = api.send(&list).await.unwrap_err();
    assert_eq!(
        over,
        ApiError::Call(Failure::Unexpected { status: Some(503) })
    );

    let script = Script::default();
    let api = script.client(600, &[("429 Later", ""), busy]).await;
    let answer = TicketAnswer {
        answer: "请核对。".to_owned(),
    };
    let told = api
        .send(&answer_school_ticket("tkt_1", &answer))
        .await
        .unwrap_err();
    assert_eq!(
        told,
        ApiError::Call(Failure::Unexpected { status: Some(503) })
    );
    assert_eq!(
        script.heard().len(),
        3,
        "a token, one that was put off, one that failed"
    );
}

#[tokio::test]
async fn pages_come_one_after_the_other() {
    let endpoint = |id: &str| {
        format!(
            r#"{{"id":"{id}","school_id":null,"integrator_id":null,"url":"https://a.cn/","event_types":[],"description":"",
            "state":"active","disabled_reason":null,"failing_since":null,"version":1,"created_at":"2026-04-20T08:00:00Z"}}"#
        )
    };
    let page = |ids: &[&str], next: &str| {
        let items: Vec<_> = ids.iter().map(|id| endpoint(id)).collect();
        format!(r#"{{"items":[{}],"next":{next}}}"#, items.join(","))
    };
    let script = Script::default();
    let pages = [
        page(&["a", "b"], "\"p 1\""),
        page(&[], "\"p2\""),
        page(&["c"], "null"),
    ];
    let answers: Vec<_> = pages.iter().map(|page| ("200 OK", page.as_str())).collect();
    let api = script.client(600, &answers).await;
    let stream = api.pages(|after: Option<&str>| list_webhook_endpoints(None, Some(2), after));
    let found: Vec<_> = stream.try_collect().await.unwrap();
    let ids: Vec<_> = found.iter().map(|endpoint| endpoint.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    let asked = script.heard();
    assert!(asked[2].contains("limit=2&after=p%201 "), "{asked:?}");

    let script = Script::default();
    let api = script
        .client(600, &[("200 OK", &pages[0]), ("400 No", "")])
        .await;
    let stream = api.pages(|after: Option<&str>| list_webhook_endpoints(None, None, after));
    let broken = stream.try_collect::<Vec<_>>().await;
    assert!(broken.is_err(), "a failure ends the stream");
}
