//! The captcha, solved without the person: a call that is refused for want of one is made again with its token.

use std::future::Future;
use std::time::Duration;

use client::{CaptchaChallenge, Failure};
use domain::ProblemCode;
use futures_channel::mpsc;
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use gloo::events::EventListener;
use gloo::timers::future::sleep;
use js_sys::{Object, Reflect};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};
use yew::{Html, UseStateHandle, UseStateSetter, hook, html, use_state};

use crate::api;
use crate::site::address;
use crate::text::{CommonTexts, fill, use_text};

/// How long a step of the worker may take: many times what a slow phone needs. A worker that died does not say so.
const SOLVE_TIMEOUT: Duration = Duration::from_secs(20);
/// Where the address of the worker's script stands in the page.
const SCRIPT: &str = "captcha-solver";
/// The problems that a solved captcha is an answer to.
const WANT_CAPTCHA: [&str; 3] = [
    ProblemCode::LoginCaptcha.as_str(),
    ProblemCode::LoginNetwork.as_str(),
    ProblemCode::EnrolmentCaptcha.as_str(),
];
/// How often a challenge is tried: a first one may run out while the phone sleeps.
const TRIES: usize = 2;

/// Whether a captcha is being solved, and how far that is in percent.
pub type Progress = UseStateSetter<Option<u32>>;

/// How far solving is, and a line that tells it.
#[hook]
pub fn use_captcha() -> (UseStateHandle<Option<u32>>, Html) {
    let texts = use_text::<CommonTexts>();
    let progress = use_state(|| None);
    let line = told(*progress, texts);
    (progress, line)
}

/// What the person reads meanwhile.
fn told(progress: Option<u32>, texts: &CommonTexts) -> Html {
    let Some(percent) = progress else {
        return Html::default();
    };
    let told = fill(texts.captcha_running, &[("percent", &percent)]);
    html! {
        <p class="hint figures" role="status">{ told }</p>
    }
}

/// Makes a call; where it needs a captcha, once more with the token of a solved one.
///
/// # Errors
/// The call's, or why no captcha could be solved.
pub async fn with_captcha<T, F: Future<Output = Result<T, Failure>>>(
    progress: &Progress,
    call: impl Fn(Option<String>) -> F,
) -> Result<T, Failure> {
    let mut answer = call(None).await;
    for _ in 0..TRIES {
        match &answer {
            Err(failure) if wants_captcha(failure) => {}
            _ => break,
        }
        progress.set(Some(0));
        let token = token(progress).await;
        progress.set(None);
        answer = call(Some(token?)).await;
    }
    answer
}

/// Whether a call was refused for want of a captcha.
fn wants_captcha(failure: &Failure) -> bool {
    api::is_one_of(failure, &WANT_CAPTCHA)
}

/// A solved challenge, as the server takes it.
#[derive(Serialize)]
struct Token<'a> {
    algorithm: &'a str,
    challenge: &'a str,
    number: u32,
    salt: &'a str,
    signature: &'a str,
}

async fn token(progress: &Progress) -> Result<String, Failure> {
    let challenge = api::call_once(client::get_captcha_challenge()).await?;
    let report = |percent| progress.set(Some(percent));
    let number = solved(&challenge, report).await;
    // A browser that runs no worker gets no further than one whose answer cannot be understood.
    let number = number.ok_or(Failure::Unexpected { status: None })?;
    let token = Token {
        algorithm: &challenge.algorithm,
        challenge: &challenge.challenge,
        number,
        salt: &challenge.salt,
        signature: &challenge.signature,
    };
    let encoded = serde_json::to_string(&token).ok();
    let encoded = encoded.and_then(|json| gloo::utils::window().btoa(&json).ok());
    encoded.ok_or(Failure::Unexpected { status: None })
}

/// What the worker says.
enum Said {
    /// How far it is, in percent.
    Percent(u32),
    /// The solution.
    Number(u32),
}

impl Said {
    fn read(message: &MessageEvent) -> Option<Self> {
        let data = message.data();
        if let Some(percent) = data.as_string() {
            return percent.parse().ok().map(Self::Percent);
        }
        data.as_f64().map(|number| Self::Number(whole(number)))
    }
}

/// A number of the worker: whole, and no larger than the challenge's largest number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is one of the numbers that the worker was asked to try"
)]
fn whole(number: f64) -> u32 {
    number as u32
}

/// The number that solves a challenge; `None` where the worker finds none or dies.
async fn solved(challenge: &CaptchaChallenge, report: impl Fn(u32)) -> Option<u32> {
    let worker = Running(Worker::new(&address(SCRIPT)?).ok()?);
    let (said, mut messages) = mpsc::unbounded();
    let dying = said.clone();
    let listeners = (
        EventListener::new(&worker.0, "error", move |_| dying.close_channel()),
        EventListener::new(&worker.0, "message", move |event| {
            if let Some(heard) = event.dyn_ref::<MessageEvent>().and_then(Said::read) {
                // Nobody waits any more where the page has gone on.
                let _ = said.unbounded_send(heard);
            }
        }),
    );
    worker.0.post_message(&asked(challenge)?).ok()?;
    let found = loop {
        match select(messages.next(), sleep(SOLVE_TIMEOUT)).await {
            Either::Left((Some(Said::Percent(percent)), _)) => report(percent),
            Either::Left((Some(Said::Number(number)), _)) => break Some(number),
            Either::Left((None, _)) | Either::Right(_) => break None,
        }
    };
    drop(listeners);
    found
}

/// What the worker is told.
fn asked(challenge: &CaptchaChallenge) -> Option<JsValue> {
    let asked = Object::new();
    let max = f64::from(u32::try_from(challenge.maxnumber).ok()?);
    for (name, value) in [
        ("challenge", JsValue::from_str(&challenge.challenge)),
        ("salt", JsValue::from_str(&challenge.salt)),
        ("max", JsValue::from_f64(max)),
    ] {
        Reflect::set(&asked, &name.into(), &value).ok()?;
    }
    Some(asked.into())
}

/// A worker that ends with its owner.
struct Running(Worker);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.terminate();
    }
}
