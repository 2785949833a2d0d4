//! Choosing, framing and sending, and going on where a reload or a lost network broke it off.

use client::EnrolmentView;
use domain::Lang;
use gloo::timers::callback::Timeout;
use photo::{Crop, Rules};
use ui::lang::use_lang;
use ui::{Button, Heading, Look, Skeleton, TextTable};
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Html, Properties, UseStateHandle, UseStateSetter, component, html, use_callback,
    use_effect_with, use_state,
};

use super::about::about;
use super::consent::Consent;
use super::framed::Framed;
use super::framing::Framing;
use super::open::{Demands, Picture, open};
use super::pick::Pick;
use super::sending::Sending;
use super::take::Take;
use super::text::PhotoTexts;
use super::turn::turned;
use crate::check::{Readiness, use_looker};
use crate::upload::{self, Upload};

#[derive(Properties, PartialEq)]
pub(crate) struct WorkProps {
    /// The verified student.
    pub(crate) enrolment: EnrolmentView,
    /// Whether the student has agreed that the photo is handled.
    pub(crate) is_agreed: bool,
    /// Hears whether a picture is being taken or framed, which wants all the room.
    pub(crate) onframing: Callback<bool>,
}

/// After the frame has rested for so long, it is kept.
const REST_MS: u32 = 300;

/// How far the photo is.
#[derive(Clone, PartialEq)]
enum Stage {
    /// Looking for an upload that was broken off.
    Looking,
    /// No picture yet.
    Picking,
    /// A picture is being taken.
    Taking,
    /// A picture is being framed.
    Framing(Picture, Upload),
    /// An upload was broken off.
    Left(Picture, Upload),
    /// It is being sent; whether it was checked here before.
    Sending(Upload, bool),
}

/// The work. What checks photos is loaded while the student still reads.
#[component]
pub(crate) fn Work(props: &WorkProps) -> Html {
    let (enrolment, lang) = (&props.enrolment, use_lang());
    let stage = use_state(|| Stage::Looking);
    let (readiness, onretry) = use_looker();
    {
        let stage = stage.setter();
        use_effect_with(enrolment.id.clone(), move |id| look_for(id.clone(), stage));
    }
    use_effect_with((*stage).clone(), keep_resting);
    let is_framing = matches!(*stage, Stage::Framing(..) | Stage::Taking);
    use_effect_with(
        (is_framing, props.onframing.clone()),
        |(is_framing, onframing)| onframing.emit(*is_framing),
    );
    let onpick = use_callback(
        (enrolment.id.clone(), stage.setter()),
        |picture: Picture, (id, stage)| begin(picture, id.clone(), stage),
    );
    let onback = use_callback(stage.setter(), |upload: Upload, stage| {
        go_back(upload, stage.clone());
    });
    let start_over = use_callback(
        (enrolment.id.clone(), stage.setter()),
        |next: Stage, (id, stage)| {
            let id = id.clone();
            spawn_local(async move { upload::forget(&id).await });
            stage.set(next);
        },
    );
    let onother = start_over.reform(|()| Stage::Picking);
    let onretake = start_over.reform(|()| Stage::Taking);
    if !props.is_agreed {
        return html! { <>{ about(enrolment, lang) }<Consent /></> };
    }
    match (*stage).clone() {
        Stage::Looking => html! { <Skeleton /> },
        Stage::Picking => {
            let (demands, oncamera) = (demands(enrolment), to(&stage, Stage::Taking));
            html! {
                <>
                    { about(enrolment, lang) }
                    <Pick rules={rules(enrolment)} {demands} {onpick} {oncamera} />
                </>
            }
        }
        Stage::Taking => {
            let (demands, rules) = (demands(enrolment), rules(enrolment));
            let onback = to(&stage, Stage::Picking);
            let rules_json = serde_json::to_string(&enrolment.task.photo_rules).unwrap_or_default();
            html! { <Take {demands} {rules} {rules_json} {readiness} {onpick} {onback} /> }
        }
        Stage::Framing(picture, upload) => {
            let ways = Ways {
                readiness,
                onretry,
                onretake,
                onother,
            };
            framing(enrolment, &stage, picture, upload, ways)
        }
        Stage::Left(picture, upload) => {
            let (crop, stage) = (upload.frame, stage.setter());
            let resume = Callback::from(move |()| stage.set(Stage::Sending(upload.clone(), true)));
            left_over(&picture, crop, &resume, &onother, lang)
        }
        Stage::Sending(upload, is_checked) => {
            let another = if enrolment.task.camera_only {
                onretake
            } else {
                onother
            };
            html! { <Sending {upload} rules={rules(enrolment)} {is_checked} {onback} {another} /> }
        }
    }
}

/// Who looks at a picture, and what can be done instead of sending it.
struct Ways {
    readiness: UseStateHandle<Readiness>,
    onretry: Callback<()>,
    onretake: Callback<()>,
    onother: Callback<()>,
}

/// A picture in its frame.
fn framing(
    enrolment: &EnrolmentView,
    stage: &UseStateHandle<Stage>,
    picture: Picture,
    upload: Upload,
    ways: Ways,
) -> Html {
    let Ways {
        readiness,
        onretry,
        onretake,
        onother,
    } = ways;
    let onturn = {
        let (stage, picture, upload) = (stage.setter(), picture.clone(), upload.clone());
        Callback::from(move |quarters| turn(&picture, &upload, quarters, stage.clone()))
    };
    let onchange = {
        let (stage, picture) = (stage.setter(), picture.clone());
        Callback::from(move |upload| stage.set(Stage::Framing(picture.clone(), upload)))
    };
    let stage = stage.setter();
    let onuse = Callback::from(move |(upload, is_checked)| send(upload, is_checked, stage.clone()));
    let (rules, task) = (rules(enrolment), &enrolment.task);
    // Each picture has an editor of its own.
    let key = picture.url.to_string();
    html! {
        <Framing {key} {picture} {upload} {rules} originals={task.originals}
            camera_only={task.camera_only} {readiness} {onretry} {onchange} {onuse} {onturn} {onretake} {onother} />
    }
}

/// Goes on to another stage.
fn to(stage: &UseStateHandle<Stage>, next: Stage) -> Callback<()> {
    let stage = stage.setter();
    Callback::from(move |()| stage.set(next.clone()))
}

/// Keeps the frame as soon as it rests, so that a reload loses no work.
fn keep_resting(stage: &Stage) -> impl FnOnce() + use<> {
    let pause = match stage {
        Stage::Framing(_, upload) => {
            let upload = upload.clone();
            Some(Timeout::new(REST_MS, move || {
                spawn_local(async move { upload::keep_frame(&upload).await });
            }))
        }
        Stage::Looking | Stage::Picking | Stage::Taking | Stage::Left(..) | Stage::Sending(..) => {
            None
        }
    };
    move || drop(pause)
}

/// The task's rules; the national standard where this version does not understand them.
pub(crate) fn rules(enrolment: &EnrolmentView) -> Rules {
    serde_json::from_value(enrolment.task.photo_rules.clone()).unwrap_or_default()
}

/// What the task asks of files.
fn demands(enrolment: &EnrolmentView) -> Demands {
    Demands {
        originals: enrolment.task.originals,
        camera_only: enrolment.task.camera_only,
    }
}

fn look_for(enrolment_id: String, stage: UseStateSetter<Stage>) {
    spawn_local(async move {
        let found = match upload::kept(&enrolment_id).await {
            Some(upload) => open(upload.file.clone(), upload.is_taken)
                .await
                .ok()
                .map(|picture| (picture, upload)),
            None => None,
        };
        stage.set(match found {
            Some((picture, upload)) if upload.is_framed => Stage::Left(picture, upload),
            Some((picture, upload)) => Stage::Framing(picture, upload),
            None => Stage::Picking,
        });
    });
}

/// Turns a picture clockwise by so many quarters and begins to frame it anew; one that cannot be turned stays.
fn turn(picture: &Picture, upload: &Upload, quarters: u8, stage: UseStateSetter<Stage>) {
    let (file, is_taken) = (picture.file.clone(), picture.is_taken);
    let upload = upload.clone();
    spawn_local(async move {
        let Some(file) = turned(file.as_ref(), quarters).await else {
            return;
        };
        if let Ok(picture) = open(file.clone(), is_taken).await {
            let upload = upload.with(file, picture.first_crop());
            stage.set(Stage::Framing(picture, upload.clone()));
            upload::keep_file(&upload).await;
        }
    });
}

/// Begins to frame a picture, and keeps it.
fn begin(picture: Picture, enrolment_id: String, stage: &UseStateSetter<Stage>) {
    let file = web_sys::File::clone(picture.file.as_ref());
    let upload = Upload::new(enrolment_id, file, picture.first_crop(), picture.is_taken);
    stage.set(Stage::Framing(picture, upload.clone()));
    spawn_local(async move { upload::keep_file(&upload).await });
}

/// Keeps that the photo is to be sent, then sends it.
fn send(upload: Upload, is_checked: bool, stage: UseStateSetter<Stage>) {
    let upload = Upload {
        is_framed: true,
        ..upload
    };
    spawn_local(async move {
        upload::keep_file(&upload).await;
        upload::keep_frame(&upload).await;
        stage.set(Stage::Sending(upload, is_checked));
    });
}

/// Back from sending to the frame. The server may have got the photo: until the frame changes, it keeps its name, and is
/// one photo.
fn go_back(upload: Upload, stage: UseStateSetter<Stage>) {
    spawn_local(async move {
        stage.set(match open(upload.file.clone(), upload.is_taken).await {
            Ok(picture) => Stage::Framing(
                picture,
                Upload {
                    is_framed: false,
                    ..upload
                },
            ),
            Err(_) => Stage::Picking,
        });
    });
}

/// A photo that was not sent completely.
fn left_over(
    picture: &Picture,
    crop: Crop,
    resume: &Callback<()>,
    start_over: &Callback<()>,
    lang: Lang,
) -> Html {
    let texts = PhotoTexts::of(lang);
    html! {
        <section class="card stack">
            <Heading text={texts.left_title} />
            <p>{ texts.left_detail }</p>
            <div class="preview-frame"><Framed picture={picture.clone()} crop={crop} /></div>
            <Button onclick={resume.clone()}>{ texts.resume }</Button>
            <Button look={Look::Second} onclick={start_over.clone()}>{ texts.start_over }</Button>
        </section>
    }
}
