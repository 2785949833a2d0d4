//! Finding a student by phone or by the number of an order, and releasing a wrong binding.

mod text;

use client::{EnrolmentRelease, Failure, FoundStudentView, StudentLookup};
use domain::Lang;
use domain::access::Permission;
use domain::photo_state::PhotoState;
use ui::lang::use_lang;
use ui::{
    AskFirst, Button, EmptyView, Fact, Link, Note, Notice, ProblemBox, TextField, TextTable, Title,
    Tone, fact_list, moment_text, use_action, use_text,
};
use web_sys::SubmitEvent;
use yew::{Callback, Html, Properties, component, html, use_callback, use_state};

use crate::call::call;
use crate::route::Route;
use crate::staff::use_staff;
use text::LookupTexts;

/// The longest reason, in characters.
const REASON_MAX: usize = 200;
/// The digits of a phone in China; what is longer is the number of an order.
const PHONE_DIGITS: usize = 15;

/// The page.
#[component]
pub(crate) fn Lookup() -> Html {
    let (texts, lang) = (use_text::<LookupTexts>(), use_lang());
    let typed = use_state(String::new);
    let found = use_state(|| None::<Vec<FoundStudentView>>);
    let is_released = use_state(|| false);
    let take = use_callback(typed.setter(), |text: String, typed| typed.set(text));
    let find = {
        let found = found.setter();
        use_action(move |key: StudentLookup| {
            let found = found.clone();
            async move {
                found.set(Some(call(client::find_students(&key)).await?.items));
                Ok(())
            }
        })
    };
    let onsubmit = {
        let (typed, run) = (typed.clone(), find.run.clone());
        let is_released = is_released.setter();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            is_released.set(false);
            run.emit(key_of(&typed));
        })
    };
    let again = {
        let (typed, run) = (typed.clone(), find.run.clone());
        let is_released = is_released.setter();
        Callback::from(move |()| {
            is_released.set(true);
            run.emit(key_of(&typed));
        })
    };
    html! {
        <div class="stack">
            <Title text={texts.title} />
            <p class="muted">{ texts.lead }</p>
            <form class="stack" role="search" {onsubmit} novalidate=true>
                <TextField id="lookup" label={texts.key} hint={texts.key_hint} is_number=true value={(*typed).clone()} oninput={take} />
                <div class="line"><Button submits=true is_busy={find.is_busy}>{ texts.find }</Button></div>
            </form>
            if let Some(failure) = find.failure.clone() {
                <ProblemBox {failure} />
            }
            <div class="stack" aria-live="polite">
                if *is_released {
                    <Notice tone={Tone::Good}><p>{ texts.released }</p></Notice>
                }
                if let Some(found) = &*found {
                    if found.is_empty() && !*is_released {
                        <EmptyView title={texts.nobody} detail={texts.nobody_detail} />
                    }
                    { for found.iter().map(|student| html! {
                        <Student key={student.enrolment_id.clone()} student={student.clone()} changed={again.clone()} {lang} />
                    }) }
                }
            </div>
        </div>
    }
}

/// Numbers of orders are longer than phones, and have letters.
fn key_of(typed: &str) -> StudentLookup {
    let typed = typed.trim().to_owned();
    let is_phone = typed.chars().count() <= PHONE_DIGITS && !typed.chars().any(char::is_alphabetic);
    if is_phone {
        StudentLookup {
            phone: Some(Some(typed)),
            order_no: None,
        }
    } else {
        StudentLookup {
            phone: None,
            order_no: Some(Some(typed)),
        }
    }
}

/// What a [`Student`] needs.
#[derive(Properties, PartialEq)]
struct StudentProps {
    student: FoundStudentView,
    changed: Callback<()>,
    lang: Lang,
}

/// A student who was found.
#[component]
fn Student(props: &StudentProps) -> Html {
    let (texts, session) = (LookupTexts::of(props.lang), use_staff());
    let student = &props.student;
    let photo = student.photo_state.as_deref().and_then(PhotoState::parse);
    let facts = [
        Fact::new(texts.school, student.school_name.clone()),
        Fact::new(texts.task, student.task_name.clone()),
        Fact::maybe(texts.number, student.document_number.clone()),
        Fact::new(texts.verified, moment_text(student.verified_at, props.lang)),
        Fact::maybe(
            texts.photo,
            photo.map(|state| state.label().get(props.lang)),
        ),
    ];
    let order = student.order_no.clone().map(|order_no| {
        let number = html! { <span class="figures">{ order_no.clone() }</span> };
        if session.may(Permission::ReadOrders) {
            html! { <Link<Route> to={Route::Order { order_no }}>{ number }</Link<Route>> }
        } else {
            number
        }
    });
    html! {
        <section class="card stack">
            <h2>{ student.name.clone() }</h2>
            { fact_list(&facts) }
            if let Some(order) = order {
                <p>{ texts.order }{ " " }{ order }</p>
            }
            if session.may(Permission::ReleaseEnrolments) {
                <Release enrolment_id={student.enrolment_id.clone()} changed={props.changed.clone()} />
            }
        </section>
    }
}

/// What a [`Release`] needs.
#[derive(Properties, PartialEq)]
struct ReleaseProps {
    enrolment_id: String,
    changed: Callback<()>,
}

/// Releasing a wrong binding, with the reason.
#[component]
fn Release(props: &ReleaseProps) -> Html {
    let texts = use_text::<LookupTexts>();
    let (reason, may_return) = (use_state(String::new), use_state(|| false));
    let take = use_callback(reason.setter(), |text: String, reason| reason.set(text));
    let toggle = use_callback(may_return.clone(), |_, may_return| {
        may_return.set(!**may_return);
    });
    let release = {
        let (id, changed) = (props.enrolment_id.clone(), props.changed.clone());
        let wanted = EnrolmentRelease {
            may_return: Some(*may_return),
            reason: (*reason).clone(),
        };
        use_action(move |()| {
            let (id, changed, wanted) = (id.clone(), changed.clone(), wanted.clone());
            async move {
                call(client::release_enrolment(&id, &wanted)).await?;
                changed.emit(());
                Ok::<(), Failure>(())
            }
        })
    };
    let id = format!("release-{}", props.enrolment_id);
    html! {
        <AskFirst id={id.clone()} label={texts.release} title={texts.release_title} keep={texts.keep} action={release}>
            <p>{ texts.release_detail }</p>
            <Note id={format!("{id}-reason")} label={texts.reason} hint={texts.reason_hint} value={(*reason).clone()} oninput={take}
                max={REASON_MAX} />
            <label class="check">
                <input type="checkbox" checked={*may_return} onchange={toggle} />
                <span>{ texts.may_return }</span>
            </label>
        </AskFirst>
    }
}
