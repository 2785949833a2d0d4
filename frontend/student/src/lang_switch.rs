//! The switch of languages. For who is logged in, page and account speak one language: whichever is changed, the other
//! follows, and messages come in it.

use client::{Failure, Me, MeChange};
use domain::{Lang, ProblemCode};
use ui::lang::LangContext;
use ui::{Kept, LangButtons, api};
use wasm_bindgen_futures::spawn_local;
use yew::{Html, component, hook, html, use_callback, use_context, use_effect_with};

use crate::session::use_session;

const CONFLICT: &str = ProblemCode::VersionConflict.as_str();

/// Where it is kept that the page's language was chosen while nobody was logged in: the account that logs in gets it, also
/// after the page was loaded again.
const CHOSEN: &str = "gradphoto.lang_chosen";

/// Keeps or forgets that the language was chosen. Without storage it is forgotten.
fn note_choice(is_chosen: bool) {
    if is_chosen {
        Kept::InTab.set(CHOSEN, &true);
    } else {
        Kept::InTab.forget(CHOSEN);
    }
}

fn is_chosen() -> bool {
    Kept::InTab.get(CHOSEN).unwrap_or(false)
}

/// The other language, in its own words.
#[component]
pub(crate) fn LangSwitch() -> Html {
    let session = use_session();
    let context = use_context::<LangContext>();
    let me = session.me();
    use_one_language(me.as_deref().cloned(), context);
    let onchoose = use_callback((session.reload, me), |lang, (reload, me)| {
        let (reload, me) = (reload.clone(), me.clone());
        note_choice(me.is_none());
        spawn_local(async move {
            if let Some(me) = me
                && save(&me, lang).await.is_ok()
            {
                reload.emit(());
            }
        });
    });
    html! { <LangButtons {onchoose} /> }
}

/// Makes the page follow the account, or the account the choice that was made just before logging in.
#[hook]
fn use_one_language(me: Option<Me>, context: Option<LangContext>) {
    let reload = use_session().reload;
    let account = me.as_ref().map(|me| (me.id.clone(), me.language.clone()));
    use_effect_with(account, move |_| {
        let (Some(me), Some(context)) = (me, context) else {
            return;
        };
        let of_account = Lang::from_tag(&me.language);
        let was_chosen = is_chosen();
        note_choice(false);
        if of_account.is_none_or(|lang| lang == context.lang) {
            return;
        }
        if was_chosen {
            spawn_local(async move {
                if save(&me, context.lang).await.is_ok() {
                    reload.emit(());
                }
            });
        } else if let Some(lang) = of_account {
            context.set.emit(lang);
        }
    });
}

/// Makes a language the account's. Where the account was changed meanwhile, its newest version is.
async fn save(me: &Me, lang: Lang) -> Result<(), Failure> {
    match change(me, lang).await {
        Err(failure) if api::is_one_of(&failure, &[CONFLICT]) => {
            let now = api::call(client::get_me()).await?;
            change(&now, lang).await
        }
        outcome => outcome,
    }
}

async fn change(me: &Me, lang: Lang) -> Result<(), Failure> {
    let change = MeChange {
        language: lang.tag().to_owned(),
        email: me.email.clone().unwrap_or_default(),
        address: me.address.clone().unwrap_or_default(),
        version: me.version,
    };
    api::call(client::update_me(&change)).await.map(|_| ())
}
