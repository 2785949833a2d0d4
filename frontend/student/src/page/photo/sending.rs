//! Sending: how far it has come, and what to do where it fails.

use std::rc::Rc;

use client::{Failure, PhotoView};
use domain::photo_state::PhotoState;
use domain::problem::ProblemKind;
use domain::wait_text;
use domain::{Lang, PhotoAction, PhotoAdvice, ProblemCode};
use photo::{Finding, Rules};
use ui::lang::use_lang;
use ui::{
    Alert, Button, Heading, Look, Notice, ProblemBox, TextTable, Tone, api, error_of, fill, go_to,
    use_text,
};
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Html, Properties, component, html, use_callback, use_effect_with, use_mut_ref,
    use_state,
};

use super::advice::{cause, details, is_for_a_person, known_findings};
use super::text::PhotoTexts;
use crate::route::Route;
use crate::upload::{self, Outcome, Progress, Sender, Upload};

const KILOBYTE: u64 = 1024;

#[derive(Properties, PartialEq)]
pub(crate) struct SendingProps {
    /// What is sent.
    pub(crate) upload: Upload,
    /// The rules of the task.
    pub(crate) rules: Rules,
    /// Whether it was checked here before.
    pub(crate) is_checked: bool,
    /// Back to the frame.
    pub(crate) onback: Callback<Upload>,
    /// Another picture is wanted.
    pub(crate) another: Callback<()>,
}

/// Sends as soon as it appears, and stops when it goes; what was kept stays for the next time.
#[component]
pub(crate) fn Sending(props: &SendingProps) -> Html {
    let (texts, lang) = (use_text::<PhotoTexts>(), use_lang());
    let progress = use_state(|| Progress::Sending {
        sent: 0,
        total: 0,
        left_s: None,
    });
    let failure = use_state(|| None::<Failure>);
    let tries = use_state(|| 0_u32);
    let current = use_mut_ref(Sender::default);
    let hurry = {
        let current = Rc::clone(&current);
        use_callback((), move |(), ()| current.borrow().retry_now())
    };
    {
        let (progress, failure) = (progress.setter(), failure.setter());
        use_effect_with((props.upload.clone(), *tries), move |(upload, _)| {
            let (sender, upload) = (Sender::default(), upload.clone());
            let running = sender.clone();
            current.replace(sender.clone());
            let report = Callback::from(move |now| progress.set(now));
            spawn_local(async move {
                match running.send(&upload, &report).await {
                    Outcome::Done(photo) => {
                        upload::forget(&upload.enrolment_id).await;
                        go_to(&after(&photo));
                    }
                    Outcome::Failed(problem) => failure.set(Some(problem)),
                    Outcome::Cancelled => {}
                }
            });
            move || sender.cancel()
        });
    }
    let back = use_callback(
        (props.upload.clone(), props.onback.clone()),
        |(), (upload, onback)| {
            onback.emit(upload.clone());
        },
    );
    let again = {
        let failure = failure.setter();
        use_callback(tries, move |(), tries| {
            failure.set(None);
            tries.set(**tries + 1);
        })
    };
    if let Some(failure) = &*failure {
        let ways = Ways {
            adjust: back,
            again,
            another: props.another.clone(),
        };
        return failed(failure, &props.rules, ways, lang);
    }
    html! {
        <section class="stack">
            <Heading text={texts.uploading} />
            { bar(*progress, &hurry, lang) }
            if !props.is_checked {
                <p>{ texts.unseen_sending }</p>
            }
            <p class="hint">{ texts.stay }</p>
            <Button look={Look::Second} onclick={back}>{ texts.cancel }</Button>
        </section>
    }
}

/// The ways on from a failure.
struct Ways {
    /// Back to the frame.
    adjust: Callback<()>,
    /// The same once more.
    again: Callback<()>,
    /// Another picture.
    another: Callback<()>,
}

/// Why it failed, and the two ways on that can help, the likelier one first.
fn failed(failure: &Failure, rules: &Rules, ways: Ways, lang: Lang) -> Html {
    let texts = PhotoTexts::of(lang);
    let found = found(failure);
    let advice = PhotoAdvice::of_findings(&found);
    let adjust = (ways.adjust, texts.adjust);
    let again = (ways.again, texts.again);
    let another = (ways.another, texts.other);
    let mends_here = advice.is_some_and(|advice| mends_in_frame(advice.action));
    let (main, second) = if is_refused(failure) && mends_here {
        (adjust, another)
    } else if is_refused(failure) {
        (another, adjust)
    } else if error_of(Some(failure), "/note").is_some() {
        (adjust, again)
    } else {
        (again, adjust)
    };
    html! {
        <section class="stack">
            if let Some(advice) = advice {
                <Alert title={texts.refused}>{ cause(&advice, lang) }</Alert>
                { details(&found, rules, Html::default(), lang) }
            } else {
                <ProblemBox failure={failure.clone()} lists_fields=true />
            }
            if is_for_a_person(&found) {
                <p>{ texts.contest_refused }</p>
            }
            <div class="actions two">
                <Button onclick={main.0}>{ main.1 }</Button>
                <Button look={Look::Second} onclick={second.0}>{ second.1 }</Button>
            </div>
        </section>
    }
}

/// Whether another frame of the same picture, or the picture turned, mends it.
fn mends_in_frame(action: PhotoAction) -> bool {
    match action {
        PhotoAction::TurnRight
        | PhotoAction::TurnLeft
        | PhotoAction::TurnOver
        | PhotoAction::AutoFrame => true,
        PhotoAction::Retake
        | PhotoAction::RetakeFurther
        | PhotoAction::RetakeNearer
        | PhotoAction::AnotherPhoto => false,
    }
}

/// Whether it is the photo that was not accepted, so that another frame or file helps.
fn is_refused(failure: &Failure) -> bool {
    api::code(failure).is_some_and(|code| {
        // What came along with the photo is not the photo.
        let is_beside = matches!(
            code,
            ProblemCode::PhotoNote
                | ProblemCode::PhotoUploadId
                | ProblemCode::PhotoSourceUnknown
                | ProblemCode::PhotoFrameUnreadable
        );
        code.as_str().starts_with("photo.")
            && matches!(code.kind(), ProblemKind::Invalid | ProblemKind::TooLarge)
            && !is_beside
    })
}

/// What the server found on a photo that it refuses for that.
fn found(failure: &Failure) -> Vec<Finding> {
    match failure {
        Failure::Problem(problem) => {
            known_findings(problem.findings.as_deref().unwrap_or_default())
        }
        Failure::Offline | Failure::Unexpected { .. } => Vec::new(),
    }
}

/// Where one goes on after a photo: to its order, which waits to be paid or is settled.
fn after(photo: &PhotoView) -> Route {
    let Some(order_no) = photo.order_no.clone() else {
        return Route::Start;
    };
    match PhotoState::parse(&photo.state) {
        // What costs nothing is settled at once; its receipt is shown all the same.
        Some(PhotoState::Checked | PhotoState::PendingReview) => Route::Confirm { order_no },
        Some(
            PhotoState::Approved
            | PhotoState::Rejected
            | PhotoState::Withdrawn
            | PhotoState::Replaced
            | PhotoState::HandedOver
            | PhotoState::Refused,
        )
        | None => Route::Order { order_no },
    }
}

/// How far it has come.
fn bar(progress: Progress, hurry: &Callback<()>, lang: Lang) -> Html {
    let texts = PhotoTexts::of(lang);
    match progress {
        Progress::Waiting { pause_s } => {
            let told = fill(texts.waiting, &[("seconds", &pause_s)]);
            html! {
                <>
                    <Notice tone={Tone::Warn}><p role="status">{ told }</p></Notice>
                    <Button onclick={hurry.clone()}>{ texts.retry_now }</Button>
                </>
            }
        }
        Progress::Checking => html! {
            <>
                <progress class="progress" aria-label={texts.uploading} />
                <p role="status">{ texts.server_checks }</p>
            </>
        },
        Progress::Sending {
            sent,
            total,
            left_s,
        } => {
            let seconds = left_s.and_then(|left| i64::try_from(left).ok());
            let left = seconds
                .map(|seconds| fill(texts.time_left, &[("left", &wait_text(seconds, lang))]));
            html! {
                <>
                    <progress class="progress" aria-label={texts.uploading} value={sent.to_string()}
                        max={total.max(1).to_string()} />
                    <p class="figures between"><span>{ bytes_text(sent, total, texts) }</span><span>{ left }</span></p>
                </>
            }
        }
    }
}

fn bytes_text(sent: u64, total: u64, texts: &PhotoTexts) -> String {
    fill(
        texts.bytes,
        &[("sent", &size_text(sent)), ("total", &size_text(total))],
    )
}

/// `3.1 MB`, `840 KB`.
fn size_text(bytes: u64) -> String {
    let tenths = bytes * 10 / (KILOBYTE * KILOBYTE);
    if tenths < 10 {
        format!("{} KB", bytes.div_ceil(KILOBYTE))
    } else {
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}
