//! The settings of a collection, each with a sentence on what students notice.

use client::Failure;
use domain::Lang;
use domain::review::ReviewOrder;
use domain::task::{ExtraProof, IdentityMode, Payer};
use futures_util::future::LocalBoxFuture;
use ui::lang::use_lang;
use ui::{
    Button, Choice, Form, Note, Notice, ProblemBox, RadioCards, TextField, TextTable, use_form,
    use_text,
};
use web_sys::HtmlInputElement;
use yew::{AttrValue, Callback, Event, Html, Properties, TargetCast, component, html};

use super::about::about_fields;
use super::filled::FilledTask;
use super::preview::Preview;
use super::text::TaskTexts;
use crate::staff::use_staff;

/// The fields of the form.
const FIELDS: &[&str] = &[
    "/name",
    "/opens_at",
    "/closes_at",
    "/fees",
    "/payer",
    "/identity",
    "/review",
    "/extra_proofs",
    "/max_photos",
    "/resubmit_days",
    "/second_share",
    "/seeded_share",
    "/catch_limit",
    "/purge_days",
    "/audience",
    "/contact",
];

/// Sending the form.
pub(super) type Sending = LocalBoxFuture<'static, Result<(), Failure>>;

/// What a [`TaskForm`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct TaskFormProps {
    /// The school, for the preview.
    pub(super) school_id: AttrValue,
    /// What is filled in at first.
    pub(super) initial: FilledTask,
    /// Sends what was filled in.
    pub(super) send: Callback<FilledTask, Sending>,
    /// Why nothing can be changed, where nothing can.
    #[prop_or_default]
    pub(super) locked: Option<&'static str>,
}

/// The form.
#[component]
pub(super) fn TaskForm(props: &TaskFormProps) -> Html {
    let (texts, lang, staff) = (use_text::<TaskTexts>(), use_lang(), use_staff());
    let reads_codes = staff.me().is_some_and(|me| me.reads_capture_codes);
    let send = props.send.clone();
    let form = use_form(
        props.initial.clone(),
        FIELDS,
        FilledTask::errors,
        move |filled| send.emit(filled),
    );
    html! {
        <form ref={form.node.clone()} class="stack settings" onsubmit={form.onsubmit.clone()} novalidate=true>
            if let Some(failure) = form.failure.clone() {
                <ProblemBox {failure} />
            }
            if let Some(locked) = props.locked {
                <Notice><p>{ locked }</p></Notice>
            }
            <fieldset class="stack" disabled={props.locked.is_some()}>
                { about_fields(&form, "task", texts, &form.model.about, |filled| &mut filled.about) }
                { money(&form, lang) }
                { reviews(&form, lang) }
                { identity(&form, lang, reads_codes) }
                { proofs(&form, texts) }
                { photos(&form, texts) }
                { people(&form, texts) }
            </fieldset>
            <div class="actions">
                if props.locked.is_none() {
                    <Button submits=true is_busy={form.is_busy}>{ texts.save }</Button>
                }
                <Preview school_id={props.school_id.clone()} filled={(*form.model).clone()} />
            </div>
        </form>
    }
}

/// The fee, and who pays it.
fn money(form: &Form<FilledTask>, lang: Lang) -> Html {
    let texts = TaskTexts::of(lang);
    let choices = Payer::ALL.iter().map(|payer| {
        let more = match payer {
            Payer::Student => texts.payer_student,
            Payer::School => texts.payer_school,
            Payer::Free => texts.payer_free,
        };
        Choice {
            value: payer.as_str().into(),
            label: payer.label().get(lang).into(),
            more: Some(html! { <span class="hint">{ more }</span> }),
        }
    });
    html! {
        <>
            <TextField id="fee" label={texts.fee} hint={texts.fee_hint} inputmode="decimal" is_number=true
                value={form.model.fee.clone()} oninput={form.takes(|filled, fee| filled.fee = fee)} error={form.error("/fees")} />
            <RadioCards name="payer" legend={texts.payer} choices={choices.collect::<Vec<_>>()} value={form.model.payer.clone()}
                onchange={form.takes(|filled, payer| filled.payer = payer)} error={form.error("/payer")} />
        </>
    }
}

/// Who reviews the photos.
fn reviews(form: &Form<FilledTask>, lang: Lang) -> Html {
    let texts = TaskTexts::of(lang);
    let choices = ReviewOrder::ALL.iter().map(|order| Choice {
        value: order.as_str().into(),
        label: order.label().get(lang).into(),
        more: None,
    });
    html! {
        <>
            <RadioCards name="review" legend={texts.review} choices={choices.collect::<Vec<_>>()} value={form.model.review.clone()}
                onchange={form.takes(|filled, review| filled.review = review)} error={form.error("/review")} />
            <p class="hint">{ texts.review_hint }</p>
        </>
    }
}

/// How students are recognised.
fn identity(form: &Form<FilledTask>, lang: Lang, reads_codes: bool) -> Html {
    let texts = TaskTexts::of(lang);
    let codes = IdentityMode::CaptureCode.as_str().into();
    let unavailable: Vec<AttrValue> = if reads_codes { vec![] } else { vec![codes] };
    let choices = IdentityMode::ALL.iter().map(|mode| {
        let more = match mode {
            IdentityMode::Roster => texts.identity_roster,
            IdentityMode::CaptureCode if reads_codes => texts.identity_code,
            IdentityMode::CaptureCode => texts.identity_no_key,
        };
        Choice {
            value: mode.as_str().into(),
            label: mode.label().get(lang).into(),
            more: Some(html! { <span class="hint">{ more }</span> }),
        }
    });
    html! {
        <RadioCards name="identity" legend={texts.identity} choices={choices.collect::<Vec<_>>()} value={form.model.identity.clone()}
            {unavailable} onchange={form.takes(|filled, identity| filled.identity = identity)} error={form.error("/identity")} />
    }
}

/// What is asked for besides the number.
fn proofs(form: &Form<FilledTask>, texts: &TaskTexts) -> Html {
    let one = |id, label, proof| {
        let put = form.takes(move |filled, is_asked| filled.ask(proof, is_asked));
        tick(id, label, None, form.model.asks(proof), put)
    };
    html! {
        <fieldset class="field">
            <legend>{ texts.proofs }</legend>
            <p class="hint">{ texts.proofs_hint }</p>
            { one("asks-name", texts.asks_name, ExtraProof::Name) }
            { one("asks-no", texts.asks_student_no, ExtraProof::StudentNo) }
        </fieldset>
    }
}

/// How photos are taken, and how often.
fn photos(form: &Form<FilledTask>, texts: &TaskTexts) -> Html {
    let filled = &*form.model;
    html! {
        <>
            <fieldset class="field">
                <legend>{ texts.photo }</legend>
                { tick("camera", texts.camera_only, Some(texts.camera_only_hint), filled.camera_only, form.takes(|filled, is| filled.camera_only = is)) }
                { tick("originals", texts.originals, Some(texts.originals_hint), filled.originals, form.takes(|filled, is| filled.originals = is)) }
            </fieldset>
            <TextField id="max-photos" label={texts.max_photos} hint={texts.max_photos_hint} inputmode="numeric" is_number=true
                value={filled.max_photos.clone()} oninput={form.takes(|filled, count| filled.max_photos = count)} error={form.error("/max_photos")} />
            <TextField id="resubmit-days" label={texts.resubmit_days} hint={texts.resubmit_days_hint} inputmode="numeric" is_number=true
                value={filled.resubmit_days.clone()} oninput={form.takes(|filled, days| filled.resubmit_days = days)} error={form.error("/resubmit_days")} />
            <TextField id="second-share" label={texts.second_share} hint={texts.second_share_hint} inputmode="numeric" is_number=true
                value={filled.second_share.clone()} oninput={form.takes(|filled, share| filled.second_share = share)} error={form.error("/second_share")} />
            <TextField id="seeded-share" label={texts.seeded_share} hint={texts.seeded_share_hint} inputmode="numeric" is_number=true
                value={filled.seeded_share.clone()} oninput={form.takes(|filled, share| filled.seeded_share = share)} error={form.error("/seeded_share")} />
            <TextField id="catch-limit" label={texts.catch_limit} hint={texts.catch_limit_hint} inputmode="numeric" is_number=true
                value={filled.catch_limit.clone()} oninput={form.takes(|filled, limit| filled.catch_limit = limit)} error={form.error("/catch_limit")} />
            <TextField id="purge-days" label={texts.purge_days} hint={texts.purge_days_hint} inputmode="numeric" is_number=true
                value={filled.purge_days.clone()} oninput={form.takes(|filled, days| filled.purge_days = days)} error={form.error("/purge_days")} />
        </>
    }
}

/// Who takes part, and whom they can ask.
fn people(form: &Form<FilledTask>, texts: &TaskTexts) -> Html {
    let filled = &*form.model;
    html! {
        <>
            <Note id="audience-zh" label={texts.audience_zh} hint={texts.audience_hint} value={filled.audience_zh.clone()}
                oninput={form.takes(|filled, text| filled.audience_zh = text)} error={form.error("/audience")} />
            <Note id="audience-en" label={texts.audience_en} value={filled.audience_en.clone()}
                oninput={form.takes(|filled, text| filled.audience_en = text)} />
            <TextField id="contact" label={texts.contact} hint={texts.contact_hint} value={filled.contact.clone()}
                oninput={form.takes(|filled, contact| filled.contact = contact)} error={form.error("/contact")} />
        </>
    }
}

/// A box to tick, with what students notice.
fn tick(
    id: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    checked: bool,
    put: Callback<bool>,
) -> Html {
    let onchange = move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            put.emit(input.checked());
        }
    };
    html! {
        <label class="check">
            <input type="checkbox" {id} {checked} {onchange} />
            <span>
                { label }
                if let Some(hint) = hint {
                    <span class="hint">{ " " }{ hint }</span>
                }
            </span>
        </label>
    }
}
