//! Choosing, framing and sending, and going on where a reload or a lost network broke it off.

use client::EnrolmentView;
use domain::UploadId;
use photo::{Crop, Rules};
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Html, Properties, UseStateSetter, component, html, use_callback, use_effect_with,
    use_state,
};

use super::about::About;
use super::editor::Editor;
use super::framed::Framed;
use super::open::{Picture, open};
use super::pick::Pick;
use super::sending::Sending;
use crate::component::{Button, Heading, Look, Skeleton};
use crate::lang::use_texts;
use crate::upload::{self, Upload};
use crate::{api, clock};

#[derive(Properties, PartialEq)]
pub(crate) struct WorkProps {
    /// The verified student.
    pub(crate) enrolment: EnrolmentView,
}

/// How far the photo is.
#[derive(Clone, PartialEq)]
enum Stage {
    /// Looking for an upload that was broken off.
    Looking,
    /// No picture yet.
    Picking,
    /// A picture is being framed; with the upload of it that was cancelled.
    Framing(Picture, Crop, Option<Upload>),
    /// A broken-off upload was found.
    Left(Picture, Upload),
    /// It is being sent.
    Sending(Upload),
}

/// The work.
#[component]
pub(crate) fn Work(props: &WorkProps) -> Html {
    let enrolment = &props.enrolment;
    let stage = use_state(|| Stage::Looking);
    {
        let stage = stage.setter();
        use_effect_with(enrolment.id.clone(), move |id| look_for(id.clone(), stage));
    }
    let onpick = use_callback(stage.setter(), |picture: Picture, stage| {
        let crop = picture.first_crop();
        stage.set(Stage::Framing(picture, crop, None));
    });
    let onback = use_callback(stage.setter(), |upload: Upload, stage| {
        go_back(upload, stage.clone());
    });
    let start_over = use_callback((enrolment.id.clone(), stage.setter()), |(), (id, stage)| {
        let id = id.clone();
        spawn_local(async move { upload::forget(&id).await });
        stage.set(Stage::Picking);
    });
    match (*stage).clone() {
        Stage::Looking => html! { <Skeleton /> },
        Stage::Picking => html! {
            <>
                <About enrolment={enrolment.clone()} />
                <Pick photos_left={enrolment.photos_left} {onpick} />
            </>
        },
        Stage::Framing(picture, crop, cancelled) => {
            let onframe = {
                let (stage, picture, cancelled) =
                    (stage.setter(), picture.clone(), cancelled.clone());
                Callback::from(move |crop| {
                    stage.set(Stage::Framing(picture.clone(), crop, cancelled.clone()));
                })
            };
            let onuse = {
                let (stage, picture, id) = (stage.setter(), picture.clone(), enrolment.id.clone());
                // The server may have got what was cancelled: the same photo goes under the same name, and is one photo.
                let same = cancelled.filter(|upload| upload.frame == crop);
                Callback::from(move |()| {
                    let upload = same
                        .clone()
                        .unwrap_or_else(|| begin(&picture, crop, id.clone()));
                    send(upload, stage.clone());
                })
            };
            let rules = rules(enrolment);
            html! { <Editor {picture} {crop} {rules} {onframe} {onuse} onother={start_over} /> }
        }
        Stage::Left(picture, upload) => {
            let crop = upload.frame;
            let stage = stage.setter();
            let resume = Callback::from(move |()| stage.set(Stage::Sending(upload.clone())));
            html! { <LeftOver {picture} {crop} {resume} {start_over} /> }
        }
        Stage::Sending(upload) => html! { <Sending {upload} {onback} /> },
    }
}

/// The task's rules; the national standard where this version does not understand them.
fn rules(enrolment: &EnrolmentView) -> Rules {
    serde_json::from_value(enrolment.task.photo_rules.clone()).unwrap_or_default()
}

fn look_for(enrolment_id: String, stage: UseStateSetter<Stage>) {
    spawn_local(async move {
        let found = match upload::kept(&enrolment_id).await {
            Some(upload) => open(upload.file.clone())
                .await
                .ok()
                .map(|picture| (picture, upload)),
            None => None,
        };
        stage.set(match found {
            Some((picture, upload)) => Stage::Left(picture, upload),
            None => Stage::Picking,
        });
    });
}

fn begin(picture: &Picture, frame: Crop, enrolment_id: String) -> Upload {
    Upload {
        id: UploadId::new(clock::now(), api::random()).to_string(),
        enrolment_id,
        file: web_sys::File::clone(picture.file.as_ref()),
        frame,
    }
}

/// Keeps the photo, then sends it.
fn send(upload: Upload, stage: UseStateSetter<Stage>) {
    spawn_local(async move {
        upload::keep(&upload).await;
        stage.set(Stage::Sending(upload));
    });
}

/// Back from sending to the frame.
fn go_back(upload: Upload, stage: UseStateSetter<Stage>) {
    spawn_local(async move {
        upload::forget(&upload.enrolment_id).await;
        stage.set(match open(upload.file.clone()).await {
            Ok(picture) => Stage::Framing(picture, upload.frame, Some(upload)),
            Err(_) => Stage::Picking,
        });
    });
}

#[derive(Properties, PartialEq)]
struct LeftOverProps {
    picture: Picture,
    crop: Crop,
    resume: Callback<()>,
    start_over: Callback<()>,
}

/// A photo that was not sent completely.
#[component]
fn LeftOver(props: &LeftOverProps) -> Html {
    let texts = &use_texts().photo;
    html! {
        <section class="card stack">
            <Heading text={texts.left_title} />
            <p>{ texts.left_detail }</p>
            <div class="preview-frame"><Framed picture={props.picture.clone()} crop={props.crop} /></div>
            <Button onclick={props.resume.clone()}>{ texts.resume }</Button>
            <Button look={Look::Second} onclick={props.start_over.clone()}>{ texts.start_over }</Button>
        </section>
    }
}
