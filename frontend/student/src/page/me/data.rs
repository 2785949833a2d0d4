//! My language and contact data, to be changed and saved.

use client::{Failure, Me, MeChange};
use domain::Lang;
use ui::lang::LangContext;
use ui::{Action, Button, Choice, RadioCards, api, use_action, use_text};
use web_sys::SubmitEvent;
use yew::{
    AttrValue, Html, Properties, UseStateHandle, component, html, use_callback, use_context,
    use_effect_with, use_state,
};

use super::text::MeTexts;
use crate::component::{ContactFields, TypedContact};
use crate::page::order::{is_conflict, refused};
use crate::session::use_session;

#[derive(Properties, PartialEq)]
pub(crate) struct DataProps {
    /// The account.
    pub(crate) me: Me,
}

/// What was typed.
#[derive(Debug, Clone, PartialEq)]
struct Typed {
    language: String,
    contact: TypedContact,
}

impl Typed {
    fn of(me: &Me) -> Self {
        Self {
            language: me.language.clone(),
            contact: TypedContact::of(me.email.as_ref(), me.address.as_ref()),
        }
    }
}

/// The form.
#[component]
pub(crate) fn Data(props: &DataProps) -> Html {
    let texts = use_text::<MeTexts>();
    let typed = use_state(|| Typed::of(&props.me));
    {
        let typed = typed.clone();
        // The switch above every page changes the same setting.
        use_effect_with(props.me.language.clone(), move |language| {
            typed.set(Typed {
                language: language.clone(),
                ..(*typed).clone()
            });
        });
    }
    let is_checked = use_state(|| false);
    let is_saved = use_state(|| false);
    let save = use_save(is_saved.clone());
    let onlanguage = {
        let (typed, is_saved) = (typed.clone(), is_saved.setter());
        use_callback(typed.clone(), move |language: AttrValue, typed| {
            is_saved.set(false);
            typed.set(Typed {
                language: language.to_string(),
                ..(**typed).clone()
            });
        })
    };
    let oncontact = {
        let is_saved = is_saved.setter();
        use_callback(typed.clone(), move |contact, typed| {
            is_saved.set(false);
            typed.set(Typed {
                contact,
                ..(**typed).clone()
            });
        })
    };
    let onsubmit = {
        let is_checked = is_checked.setter();
        let deps = (props.me.version, (*typed).clone(), save.run.clone());
        use_callback(deps, move |event: SubmitEvent, (version, typed, run)| {
            event.prevent_default();
            is_checked.set(true);
            if typed.contact.is_right() {
                run.emit((*version, typed.clone()));
            }
        })
    };
    html! {
        <form class="card stack" {onsubmit} novalidate=true>
            <h2>{ texts.data }</h2>
            { refused(save.failure.as_ref(), texts.conflict_title, texts.conflict) }
            <RadioCards name="language" legend={texts.language} choices={languages()}
                value={typed.language.clone()} onchange={onlanguage} />
            <ContactFields typed={typed.contact.clone()} onchange={oncontact} is_checked={*is_checked}
                failure={save.failure.clone()} />
            <p class="hint">{ texts.new_orders }</p>
            <Button look={ui::Look::Second} submits=true is_busy={save.is_busy}>{ texts.save }</Button>
            <p class="saved" role="status">
                if *is_saved {
                    { "✓ " }{ texts.saved }
                }
            </p>
        </form>
    }
}

/// Saves and makes the page speak the chosen language; after a conflict it learns the new version, and what was typed
/// stays.
#[yew::hook]
fn use_save(is_saved: UseStateHandle<bool>) -> Action<(i32, Typed)> {
    let reload = use_session().reload;
    let lang = use_context::<LangContext>();
    use_action(move |(version, typed): (i32, Typed)| {
        let (reload, lang, is_saved) = (reload.clone(), lang.clone(), is_saved.setter());
        async move {
            let saved = update(version, &typed).await;
            if saved.is_ok() || saved.as_ref().is_err_and(is_conflict) {
                reload.emit(());
            }
            let me = saved?;
            is_saved.set(true);
            if let (Some(lang), Some(chosen)) = (lang, Lang::from_tag(&me.language)) {
                lang.set.emit(chosen);
            }
            Ok(())
        }
    })
}

async fn update(version: i32, typed: &Typed) -> Result<Me, Failure> {
    let change = MeChange {
        language: typed.language.clone(),
        email: typed.contact.email.clone(),
        address: typed.contact.address.clone(),
        version,
    };
    api::call(client::update_me(&change)).await
}

/// Each language in its own words.
fn languages() -> Vec<Choice> {
    let choice = |lang: Lang| Choice {
        value: lang.tag().into(),
        label: lang.own_name().into(),
        more: None,
    };
    Lang::ALL.into_iter().map(choice).collect()
}
