//! Help: how it works, what the photo must look like, and answers to common questions.

pub(crate) mod text;

use ui::lang::use_lang;
use ui::{Link, TextTable, Title, use_settings};
use wasm_bindgen::JsCast;
use web_sys::HtmlDetailsElement;
use yew::{Html, component, html, use_effect_with};

use crate::component::with_contact;
use crate::page::lost_phone::text::LostPhoneTexts;
use crate::route::Route;
use text::HelpTexts;

/// Names the question about a new phone number.
const PHONE: &str = "phone";

/// A question: what names it in the page's address, what is asked, and the answer.
type Question = (&'static str, &'static str, &'static str);

/// The page. The part of its address behind `#` names a question, which is then open.
#[component]
pub(crate) fn Help() -> Html {
    let lang = use_lang();
    let texts = HelpTexts::of(lang);
    let settings = use_settings();
    use_effect_with((), |()| open_asked());
    let steps = [
        texts.step_log_in,
        texts.step_school,
        texts.step_identity,
        texts.step_photo,
        texts.step_pay,
        texts.step_review,
    ];
    let rules = [
        texts.rule_person,
        texts.rule_place,
        texts.rule_taking,
        texts.rule_edit,
    ];
    html! {
        <article class="stack">
            <Title text={texts.title} />
            <section class="stack">
                <h2>{ texts.steps }</h2>
                <ol class="next-steps">{ for steps.map(|step| html! { <li>{ step }</li> }) }</ol>
            </section>
            <section class="stack">
                <h2>{ texts.rules }</h2>
                <ul class="plain-list">{ for rules.map(|rule| html! { <li>{ rule }</li> }) }</ul>
            </section>
            <section class="stack">
                <h2>{ texts.questions }</h2>
                { for questions(texts).map(|(id, question, answer)| html! {
                    <details class="more" {id}>
                        <summary>{ question }</summary>
                        <p>{ answer }</p>
                        if id == PHONE {
                            <p><Link<Route> to={Route::LostPhone}>{ LostPhoneTexts::of(lang).link }</Link<Route>></p>
                        }
                    </details>
                }) }
            </section>
            <section class="stack">
                <h2>{ texts.contact }</h2>
                <p>{ texts.contact_detail }</p>
                if let Some(settings) = settings.ready() {
                    <p>{ with_contact(&texts.operator.replace("{operator}", &settings.operator.name), &settings.operator.contact) }</p>
                }
            </section>
        </article>
    }
}

fn questions(texts: &HelpTexts) -> [Question; 7] {
    [
        ("sms", texts.q_sms, texts.a_sms),
        ("roster", texts.q_roster, texts.a_roster),
        ("photo", texts.q_photo, texts.a_photo),
        ("payment", texts.q_payment, texts.a_payment),
        ("review", texts.q_review, texts.a_review),
        (PHONE, texts.q_phone, texts.a_phone),
        ("privacy", texts.q_privacy, texts.a_privacy),
    ]
}

fn open_asked() {
    let hash = gloo::utils::window().location().hash().unwrap_or_default();
    let asked = hash.strip_prefix('#').filter(|id| !id.is_empty());
    let found = asked.and_then(|id| gloo::utils::document().get_element_by_id(id));
    if let Some(question) = found.and_then(|found| found.dyn_into::<HtmlDetailsElement>().ok()) {
        question.set_open(true);
        question.scroll_into_view();
    }
}
