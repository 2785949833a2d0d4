//! What is asked for, what is wrong with it, and sending it.

use client::{Failure, NewLostPhoneReport};
use domain::id_document::IdNumberError;
use domain::phone::Countries;
use domain::{DocumentType, Lang, ProblemCode};
use ui::captcha::{Progress, use_captcha, with_captcha};
use ui::lang::use_lang;
use ui::{
    Action, Button, CommonTexts, Note, PhoneField, ProblemBox, TextField, TextTable, Title, api,
    error_of, phone_problem, use_action, use_countries, use_first_wrong,
};
use web_sys::SubmitEvent;
use yew::{
    AttrValue, Callback, Html, Properties, component, hook, html, use_callback, use_mut_ref,
    use_state,
};

use super::draft::{Draft, Sent};
use super::text::LostPhoneTexts;
use crate::page::identity::document_number::{DocumentNumber, POINTER, check};
use crate::page::identity::document_type::DocumentTypeField;
use crate::page::identity::text::IdentityTexts;

#[derive(Properties, PartialEq)]
pub(super) struct FormProps {
    /// What was typed.
    pub(super) draft: Draft,
    /// Takes what changes.
    pub(super) change: Callback<Draft>,
}

/// What keeps the form from being sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Wrong {
    old_phone: Option<ProblemCode>,
    new_phone: Option<ProblemCode>,
    name: Option<ProblemCode>,
    school: Option<ProblemCode>,
    is_number_missing: bool,
    number: Option<IdNumberError>,
}

impl Wrong {
    fn of(draft: &Draft, countries: &Countries) -> Self {
        let digits =
            |typed: &str| -> String { typed.chars().filter(char::is_ascii_digit).collect() };
        let is_same = digits(&draft.old_phone) == digits(&draft.new_phone);
        let missing = |typed: &str, code| typed.trim().is_empty().then_some(code);
        let is_number_missing = draft.number.trim().is_empty();
        Self {
            old_phone: phone_problem(&draft.old_phone, countries),
            new_phone: phone_problem(&draft.new_phone, countries)
                .or(is_same.then_some(ProblemCode::PhoneChangeSame)),
            name: missing(&draft.name, ProblemCode::NameMissing),
            school: missing(&draft.school, ProblemCode::LostPhoneSchool),
            is_number_missing,
            number: check(draft.kind, &draft.number).filter(|_| !is_number_missing),
        }
    }
}

/// The first half of the page.
#[component]
pub(super) fn Form(props: &FormProps) -> Html {
    let lang = use_lang();
    let texts = LostPhoneTexts::of(lang);
    let is_checked = use_state(|| false);
    let (form, seek) = use_first_wrong();
    let countries = use_countries();
    let (progress, captcha) = use_captcha();
    let send = use_send(props.draft.clone(), props.change.clone(), progress.setter());
    let onsubmit = {
        let (is_checked, run) = (is_checked.setter(), send.run.clone());
        let deps = (props.draft.clone(), countries.clone());
        use_callback(deps, move |event: SubmitEvent, (draft, countries)| {
            event.prevent_default();
            is_checked.set(true);
            if Wrong::of(draft, countries) == Wrong::default() {
                run.emit(());
            } else {
                seek.emit(());
            }
        })
    };
    let wrong = if *is_checked {
        Wrong::of(&props.draft, &countries)
    } else {
        Wrong::default()
    };
    let failure = send.failure.as_ref();
    html! {
        <form ref={form} class="stack" {onsubmit} novalidate=true>
            <Title text={texts.title} />
            <p class="lead">{ texts.lead }</p>
            if let Some(failure) = failure {
                <ProblemBox failure={failure.clone()} />
            }
            { phones(props, &countries, &wrong, failure, lang) }
            { person(props, &wrong, failure, lang) }
            <p class="hint">{ texts.private }</p>
            { captcha }
            <div class="actions"><Button submits=true is_busy={send.is_busy}>{ texts.send }</Button></div>
        </form>
    }
}

/// What is wrong with a field: what the page found, else what the server says.
fn told(
    found: Option<ProblemCode>,
    failure: Option<&Failure>,
    pointer: &str,
    lang: Lang,
) -> Option<AttrValue> {
    let found = found.map(|code| AttrValue::from(code.detail().get(lang)));
    found.or_else(|| error_of(failure, pointer))
}

/// Takes what is typed into one part of the draft.
fn change(props: &FormProps, apply: fn(&mut Draft, String)) -> Callback<String> {
    let (draft, change) = (props.draft.clone(), props.change.clone());
    Callback::from(move |typed: String| {
        let mut draft = draft.clone();
        apply(&mut draft, typed);
        change.emit(draft);
    })
}

fn phones(
    props: &FormProps,
    countries: &Countries,
    wrong: &Wrong,
    failure: Option<&Failure>,
    lang: Lang,
) -> Html {
    let texts = LostPhoneTexts::of(lang);
    html! {
        <>
            <PhoneField id="old-phone" label={texts.old_phone} hint={texts.old_phone_hint} countries={countries.clone()}
                value={props.draft.old_phone.clone()} oninput={change(props, |draft, typed| draft.old_phone = typed)}
                error={told(wrong.old_phone, failure, "/old_phone", lang)} />
            <PhoneField id="new-phone" label={texts.new_phone} hint={texts.new_phone_hint} countries={countries.clone()}
                autocomplete="tel-national" value={props.draft.new_phone.clone()}
                oninput={change(props, |draft, typed| draft.new_phone = typed)}
                error={told(wrong.new_phone, failure, "/new_phone", lang)} />
        </>
    }
}

fn person(props: &FormProps, wrong: &Wrong, failure: Option<&Failure>, lang: Lang) -> Html {
    let (texts, identity) = (LostPhoneTexts::of(lang), IdentityTexts::of(lang));
    let draft = &props.draft;
    let onkind = {
        let (draft, change) = (draft.clone(), props.change.clone());
        Callback::from(move |kind: DocumentType| {
            change.emit(Draft {
                kind,
                ..draft.clone()
            });
        })
    };
    let missing = wrong
        .is_number_missing
        .then(|| AttrValue::from(identity.number_missing));
    html! {
        <>
            <TextField id="name" label={identity.name} hint={identity.name_hint} autocomplete="name"
                value={draft.name.clone()} oninput={change(props, |draft, typed| draft.name = typed)}
                error={told(wrong.name, failure, "/name", lang)} />
            <TextField id="school" label={texts.school} hint={texts.school_hint} value={draft.school.clone()}
                oninput={change(props, |draft, typed| draft.school = typed)}
                error={told(wrong.school, failure, "/school", lang)} />
            <DocumentTypeField kind={draft.kind} onchange={onkind} />
            <DocumentNumber kind={draft.kind} value={draft.number.clone()} wrong={wrong.number} onblur={Callback::noop()}
                oninput={change(props, |draft, typed| draft.number = typed)}
                error={missing.or_else(|| error_of(failure, POINTER))} />
            <Note id="note" label={format!("{}{}", texts.note, CommonTexts::of(lang).optional)} hint={texts.note_hint}
                value={draft.note.clone()} oninput={change(props, |draft, typed| draft.note = typed)}
                error={error_of(failure, "/note")} />
        </>
    }
}

/// Sends the report; the draft takes its reference.
#[hook]
fn use_send(draft: Draft, change: Callback<Draft>, progress: Progress) -> Action<()> {
    let named = use_mut_ref(|| None::<NamedDraft>);
    use_action(move |()| {
        let (draft, change, progress) = (draft.clone(), change.clone(), progress.clone());
        let key = key_of(&mut named.borrow_mut(), &draft);
        async move {
            let sent = send(&draft, &key, &progress).await?;
            // What proves who the person is does not stay in the browser once it was sent.
            change.emit(Draft {
                new_phone: draft.new_phone,
                sent: Some(sent),
                ..Draft::default()
            });
            Ok(())
        }
    })
}

/// A draft that was sent, and the key under which.
struct NamedDraft {
    draft: Draft,
    key: String,
}

/// The key of a draft: the one that it had where nothing was changed since, so that a report whose answer was lost is not
/// written twice.
fn key_of(named: &mut Option<NamedDraft>, draft: &Draft) -> String {
    let same = named.take().filter(|named| named.draft == *draft);
    let named = named.insert(same.unwrap_or_else(|| NamedDraft {
        draft: draft.clone(),
        key: api::idempotency_key(),
    }));
    named.key.clone()
}

async fn send(draft: &Draft, key: &str, progress: &Progress) -> Result<Sent, Failure> {
    let report = NewLostPhoneReport {
        name: draft.name.clone(),
        school: draft.school.clone(),
        document_type: draft.kind.as_str().to_owned(),
        document_number: draft.number.clone(),
        old_phone: draft.old_phone.clone(),
        new_phone: draft.new_phone.clone(),
        note: draft.note.clone(),
        captcha_token: None,
    };
    let send = |captcha_token: Option<String>| {
        let report = NewLostPhoneReport {
            captcha_token: captcha_token.map(Some),
            ..report.clone()
        };
        let call = client::create_lost_phone_report(&report).with_idempotency_key(key);
        async move { api::call_once(call).await }
    };
    let done = with_captcha(progress, send).await?;
    Ok(Sent {
        reference: done.reference,
        answer_working_days: done.answer_working_days,
    })
}
