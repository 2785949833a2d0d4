//! A browser without pages: cookies, `Origin`, an address of its own.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use data_encoding::{BASE64, HEXLOWER};
use domain::agreement::Document;
use providers::keys::sha256;
use reqwest::header::{HeaderMap, SET_COOKIE};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, Request, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};

use crate::answers;
use crate::program::{LOOK_EVERY, LOOKS};

/// How long a client waits that may be refused.
const TRY_TIMEOUT: Duration = Duration::from_secs(5);

/// A browser at one address.
pub(crate) struct Browser {
    http: Client,
    origin: String,
    address: String,
    cookies: Mutex<HashMap<String, String>>,
    /// How often it tries to connect.
    tries: usize,
}

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    async fn read(response: Response) -> reqwest::Result<Self> {
        Ok(Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            bytes: response.bytes().await?.to_vec(),
        })
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// A text of the body.
    pub(crate) fn text(&self, field: &str) -> String {
        self.json()[field]
            .as_str()
            .unwrap_or_else(|| panic!("no {field}: {self:?}"))
            .to_owned()
    }

    /// Status and code of a problem.
    pub(crate) fn problem(&self) -> (u16, String) {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{self:?}"
        );
        assert_eq!(self.json()["status"], self.status);
        (self.status, self.text("code"))
    }

    /// A header, empty where it is missing.
    pub(crate) fn header(&self, name: &str) -> String {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default()
    }
}

/// The version of the agreement that everybody ticks.
pub(crate) fn agreement() -> &'static str {
    Document::ServiceAgreement.current().version
}

/// The token of a captcha's challenge.
pub(crate) fn solve(challenge: &Value) -> String {
    let text = |field: &str| challenge[field].as_str().unwrap();
    let is_right = |number: &u64| {
        let hash = sha256(format!("{}{number}", text("salt")).as_bytes());
        HEXLOWER.encode(&hash) == text("challenge")
    };
    let number = (0..=challenge["maxnumber"].as_u64().unwrap()).find(is_right);
    let token = json!({
        "algorithm": challenge["algorithm"], "challenge": challenge["challenge"], "number": number.unwrap(),
        "salt": challenge["salt"], "signature": challenge["signature"],
    });
    BASE64.encode(token.to_string().as_bytes())
}

impl Browser {
    pub(crate) fn new(http: Client, origin: &str, address: &str) -> Self {
        let cookies = Mutex::default();
        Self {
            http,
            origin: origin.to_owned(),
            address: address.to_owned(),
            cookies,
            tries: 1,
        }
    }

    /// It waits for a server that is not there.
    pub(crate) fn patient(self) -> Self {
        Self {
            tries: LOOKS,
            ..self
        }
    }

    /// A request with this browser's cookies and headers.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let is_safe = method.is_safe();
        let mut request = self.http.request(method, format!("{}{path}", self.origin));
        request = request.header("X-Forwarded-For", &self.address);
        if !is_safe {
            request = request.header("Origin", &self.origin);
        }
        let cookies = self.cookies.lock().unwrap();
        let pairs: Vec<_> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if pairs.is_empty() {
            request
        } else {
            request.header("Cookie", pairs.join("; "))
        }
    }

    /// Sends a request and keeps the cookies of its answer.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Reply {
        self.exchange(request).await.unwrap()
    }

    /// As [`Self::send`], for a client that may be refused or cut off: `None` then.
    pub(crate) async fn try_send(&self, request: RequestBuilder) -> Option<Reply> {
        self.exchange(request.timeout(TRY_TIMEOUT)).await.ok()
    }

    async fn exchange(&self, request: RequestBuilder) -> reqwest::Result<Reply> {
        let request = request.build().unwrap();
        let (method, path) = (request.method().clone(), request.url().path().to_owned());
        let response = self.execute(request).await?;
        let is_late = is_late(&response);
        for set in response.headers().get_all(SET_COOKIE) {
            let (pair, attributes) = set.to_str().unwrap().split_once(';').unwrap();
            for needed in ["Secure", "HttpOnly", "Path=/", "SameSite=Lax"] {
                assert!(attributes.contains(needed), "{set:?}");
            }
            let (name, value) = pair.split_once('=').unwrap();
            self.set_cookie(name, (!value.is_empty()).then_some(value));
        }
        let reply = Reply::read(response).await?;
        if !is_late {
            answers::note(&method, &path, &reply);
        }
        Ok(reply)
    }

    /// What was not sent for want of a connection can be sent again, whatever it is; so can what came too late for a
    /// connection that the server gave up meanwhile, as browsers do. So can what changes nothing where the connection was
    /// reset: the kernel does that to one that a stopping server did not take any more.
    async fn execute(&self, mut request: Request) -> reqwest::Result<Response> {
        let mut tries = self.tries;
        loop {
            let again = request.try_clone();
            let is_safe = request.method().is_safe();
            tries -= 1;
            match (self.http.execute(request).await, again) {
                (Err(error), Some(again))
                    if tries > 0 && (error.is_connect() || is_safe && error.is_request()) =>
                {
                    tokio::time::sleep(LOOK_EVERY).await;
                    request = again;
                }
                (Ok(response), Some(again)) if tries > 0 && is_late(&response) => request = again,
                (done, _) => return done,
            }
        }
    }

    /// Sends what a page of another site made this browser send.
    pub(crate) async fn send_from_elsewhere(&self, request: RequestBuilder) -> Reply {
        let mut request = request.build().unwrap();
        let origin = "https://evil.example".parse().unwrap();
        request.headers_mut().insert("Origin", origin);
        self.send(RequestBuilder::from_parts(self.http.clone(), request))
            .await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path)).await
    }

    /// The rows of every page of a list, followed from its first page, whose path has a query.
    pub(crate) async fn pages(&self, first: &str) -> Vec<Vec<Value>> {
        let (mut pages, mut path) = (Vec::new(), first.to_owned());
        loop {
            let reply = self.get(&path).await;
            assert_eq!(reply.status, 200, "{path}: {reply:?}");
            let page = reply.json();
            pages.push(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next"].as_str() else {
                return pages;
            };
            path = format!("{first}&after={next}");
        }
    }

    pub(crate) async fn head(&self, path: &str) -> Reply {
        self.send(self.request(Method::HEAD, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(self.request(Method::POST, path).json(&body))
            .await
    }

    /// A `POST` without a body.
    pub(crate) async fn act(&self, path: &str) -> Reply {
        self.send(self.request(Method::POST, path)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send(self.request(Method::PATCH, path).json(&body))
            .await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Sends a form with texts and one file.
    pub(crate) async fn upload(&self, path: &str, texts: &[(&str, &str)], file: Vec<u8>) -> Reply {
        let form = texts.iter().fold(Form::new(), |form, (name, value)| {
            form.text((*name).to_owned(), (*value).to_owned())
        });
        let form = form.part("image", Part::bytes(file).file_name("photo.jpg"));
        self.send(self.request(Method::POST, path).multipart(form))
            .await
    }

    pub(crate) async fn ask_for_code(&self, phone: &str) -> Reply {
        let body = json!({ "phone": phone, "agreement_version": agreement() });
        self.post("/api/v1/auth/sms-challenges", body).await
    }

    /// As [`Self::ask_for_code`], with the token of a captcha.
    pub(crate) async fn ask_for_code_as_a_person(&self, phone: &str, token: &str) -> Reply {
        let body =
            json!({ "phone": phone, "agreement_version": agreement(), "captcha_token": token });
        self.post("/api/v1/auth/sms-challenges", body).await
    }

    /// Solves a challenge of the captcha, as the page does; the token works once.
    pub(crate) async fn captcha_token(&self) -> String {
        let challenge = self.get("/api/v1/auth/captcha-challenge").await.json();
        solve(&challenge)
    }

    pub(crate) async fn log_in(&self, challenge_id: String, code: &str) -> Reply {
        let body =
            json!({ "challenge_id": challenge_id, "code": code, "agreement_version": agreement() });
        self.post("/api/v1/auth/sessions", body).await
    }

    /// A cookie that this browser holds.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Sets or removes a cookie.
    pub(crate) fn set_cookie(&self, name: &str, value: Option<&str>) {
        let mut cookies = self.cookies.lock().unwrap();
        match value {
            Some(value) => cookies.insert(name.to_owned(), value.to_owned()),
            None => cookies.remove(name),
        };
    }
}

/// Whether the answer is about the connection: no head of a request came in time, and none was read.
fn is_late(response: &Response) -> bool {
    response.status() == StatusCode::REQUEST_TIMEOUT && response.content_length() == Some(0)
}
