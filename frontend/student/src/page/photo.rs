//! The photo: whose it is, consent, choosing, framing, sending.

mod about;
mod advice;
mod consent;
mod drawing;
mod editor;
mod examples;
mod framed;
mod framing;
mod guide;
mod open;
mod pick;
pub(crate) mod reason;
mod reduce;
mod sending;
mod stage;
mod take;
pub(crate) mod text;
mod turn;
mod verdict;
mod work;

use client::EnrolmentView;
use domain::Lang;
use domain::agreement::Document;
use domain::photo_state::{PhotoEvent, PhotoState};
use gloo::utils::document;
use ui::lang::use_lang;
use ui::{ButtonLink, Notice, TextTable, Title, Tone, async_view, fill, use_loader, use_text};
use yew::{
    AttrValue, Callback, Html, Properties, classes, component, html, use_callback, use_effect_with,
    use_state,
};

use crate::component::{Step, contact_text, step_line};
use crate::route::Route;
use crate::session::use_session;
pub(crate) use advice::{for_reviewer, own_note};
use reason::drawn_reasons;
use text::PhotoTexts;
use ui::api;
use work::Work;
pub(crate) use work::rules;

#[derive(Properties, PartialEq)]
pub(crate) struct PhotoProps {
    /// Whose photo.
    pub(crate) enrolment_id: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Photo(props: &PhotoProps) -> Html {
    let (texts, lang) = (use_text::<PhotoTexts>(), use_lang());
    let loader = use_loader(props.enrolment_id.clone(), |enrolment_id| {
        api::call(client::get_enrolment(&enrolment_id))
    });
    let is_framing = use_state(|| false);
    use_effect_with(*is_framing, |is_framing| {
        // The header is outside this page, and a small window has no room for it.
        mark_framing(*is_framing);
        || mark_framing(false)
    });
    let onframing = use_callback(is_framing.setter(), |is_so, set| set.set(is_so));
    html! {
        <div class="stack">
            if !*is_framing {
                { step_line(Step::Photo, &[(Step::School, Route::School)], lang) }
            }
            <div class={classes!(is_framing.then_some("unseen"))}><Title text={texts.title} /></div>
            { async_view(&loader, |enrolment| html! {
                <Stages enrolment={(**enrolment).clone()} onframing={onframing.clone()} />
            }) }
        </div>
    }
}

/// Tells the style sheet whether a picture is being framed.
fn mark_framing(is_framing: bool) {
    if let Some(body) = document().body() {
        let _ = body.class_list().toggle_with_force("framing", is_framing);
    }
}

#[derive(Properties, PartialEq)]
struct StagesProps {
    enrolment: EnrolmentView,
    onframing: Callback<bool>,
}

/// What the student can do: nothing more, consent, or hand in a photo.
#[component]
fn Stages(props: &StagesProps) -> Html {
    let (texts, lang) = (use_text::<PhotoTexts>(), use_lang());
    let session = use_session();
    let enrolment = &props.enrolment;
    let photo = enrolment.photo.as_ref();
    let state = photo.and_then(|photo| PhotoState::parse(&photo.state));
    if let Some(state) =
        state.filter(|state| state.is_live() && state.after(PhotoEvent::Replaced).is_err())
    {
        return settled(enrolment, state, lang);
    }
    if !enrolment.takes_photo {
        return html! { <Notice tone={Tone::Warn}><p>{ texts.closed }</p></Notice> };
    }
    if enrolment.photos_left <= 0 {
        return html! {
            <Notice tone={Tone::Warn} title={texts.none_left}><p>{ contact_text(&enrolment.task.contact) }</p></Notice>
        };
    }
    let consented = session.me().is_some_and(|me| {
        me.consents
            .iter()
            .any(|consent| consent.document == Document::FacePhoto.as_str() && consent.is_current)
    });
    html! {
        <>
            if let Some(review) = photo.and_then(|photo| photo.review.as_ref()) {
                <Notice tone={Tone::Warn} title={texts.rejected}>
                    { drawn_reasons(&review.reasons, &rules(enrolment), lang) }
                    <p>{ review.note.clone() }</p>
                    <p>{ texts.replace_hint }</p>
                </Notice>
            } else if let Some(state) = state.filter(|state| state.is_live()) {
                <Notice title={fill(texts.settled_detail, &[("state", &state.label().get(lang))])}>
                    <p>{ texts.replace_hint }</p>
                </Notice>
            }
            <Work enrolment={enrolment.clone()} is_agreed={consented} onframing={props.onframing.clone()} />
        </>
    }
}

/// A photo that can no longer be replaced.
fn settled(enrolment: &EnrolmentView, state: PhotoState, lang: Lang) -> Html {
    let texts = PhotoTexts::of(lang);
    let order_no = enrolment.order.as_ref().map(|order| order.order_no.clone());
    html! {
        <div class="stack">
            <Notice tone={Tone::Good} title={texts.settled_title}>
                <p>{ fill(texts.settled_detail, &[("state", &state.label().get(lang))]) }</p>
            </Notice>
            if let Some(order_no) = order_no {
                <ButtonLink<Route> to={Route::Order { order_no }}>{ texts.see_order }</ButtonLink<Route>>
            }
        </div>
    }
}
