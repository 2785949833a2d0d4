//! The photo: whose it is, consent, choosing, framing, sending.

mod about;
mod consent;
mod drawing;
mod editor;
mod examples;
mod findings;
mod framed;
mod framing;
mod gesture;
mod guide;
mod open;
mod pick;
mod reduce;
mod sending;
mod take;
mod work;

use client::EnrolmentView;
use domain::Lang;
use domain::agreement::Document;
use domain::photo_state::{PhotoEvent, PhotoState};
use yew::{AttrValue, Html, Properties, component, html};

use crate::api;
use crate::component::{
    ButtonLink, Notice, Step, Title, Tone, async_view, contact_text, step_line, use_loader,
};
use crate::lang::{use_lang, use_texts};
use crate::route::Route;
use crate::session::use_session;
use crate::text::{Texts, fill, reason};
use about::about;
use consent::Consent;
pub(crate) use findings::for_reviewer;
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
    let (texts, lang) = (&use_texts().photo, use_lang());
    let loader = use_loader(props.enrolment_id.clone(), |enrolment_id| {
        api::call(client::get_enrolment(&enrolment_id))
    });
    html! {
        <div class="stack">
            { step_line(Step::Photo, &[(Step::School, Route::School)], lang) }
            <Title text={texts.title} />
            { async_view(&loader, |enrolment| html! { <Stages enrolment={(**enrolment).clone()} /> }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct StagesProps {
    enrolment: EnrolmentView,
}

/// What the student can do: nothing more, consent, or hand in a photo.
#[component]
fn Stages(props: &StagesProps) -> Html {
    let (texts, lang) = (&use_texts().photo, use_lang());
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
                    { for review.reasons.iter().map(|code| html! { <p>{ reason(code, &rules(enrolment), lang) }</p> }) }
                    <p>{ review.note.clone() }</p>
                    <p>{ texts.replace_hint }</p>
                </Notice>
            } else if let Some(state) = state.filter(|state| state.is_live()) {
                <Notice title={fill(texts.settled_detail, &[("state", &state.label().get(lang))])}>
                    <p>{ texts.replace_hint }</p>
                </Notice>
            }
            if consented {
                <Work enrolment={enrolment.clone()} />
            } else {
                { about(enrolment, lang) }
                <Consent />
            }
        </>
    }
}

/// A photo that can no longer be replaced.
fn settled(enrolment: &EnrolmentView, state: PhotoState, lang: Lang) -> Html {
    let texts = &Texts::of(lang).photo;
    let order_no = enrolment.order.as_ref().map(|order| order.order_no.clone());
    html! {
        <div class="stack">
            <Notice tone={Tone::Good} title={texts.settled_title}>
                <p>{ fill(texts.settled_detail, &[("state", &state.label().get(lang))]) }</p>
            </Notice>
            if let Some(order_no) = order_no {
                <ButtonLink to={Route::Order { order_no }}>{ texts.see_order }</ButtonLink>
            }
        </div>
    }
}
