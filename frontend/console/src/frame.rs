//! The frame around every page: the rail on the left, the header, the keyboard's help.

mod rail;
mod shortcuts;

use ui::lang::{use_lang, use_site};
use ui::{CommonTexts, LangButtons, Link, use_text};
use yew::{Html, Properties, component, html, use_callback, use_state};

use crate::route::Route;
use crate::staff::use_staff;
use crate::text::ConsoleTexts;
use rail::Rail;
use shortcuts::{Shortcuts, use_question_mark};

/// What both frames need.
#[derive(Properties, PartialEq)]
pub(crate) struct FrameProps {
    /// The page.
    pub(crate) children: Html,
}

/// The frame for who is logged in.
#[component]
pub(crate) fn Frame(props: &FrameProps) -> Html {
    let (common, texts) = (use_text::<CommonTexts>(), use_text::<ConsoleTexts>());
    let session = use_staff();
    let is_helping = use_state(|| false);
    let help = use_callback(is_helping.setter(), |(), is_helping| is_helping.set(true));
    let close = use_callback(is_helping.setter(), |(), is_helping| is_helping.set(false));
    use_question_mark(help.clone());
    let log_out = use_callback(session.log_out.clone(), |_, log_out| log_out.emit(()));
    let name = session.me().map(|me| me.name.clone()).unwrap_or_default();
    let help_click = use_callback(help, |_, help| help.emit(()));
    html! {
        <div class="console">
            <a class="skip" href="#main">{ common.skip }</a>
            <header class="console-top">
                <Mark />
                <div class="console-top-right">
                    <Link<Route> to={Route::Account} classes="quiet-link">{ name }</Link<Route>>
                    <LangButtons />
                    <button type="button" class="quiet" onclick={help_click} aria-label={texts.shortcuts}>{ "?" }</button>
                    <button type="button" class="quiet" onclick={log_out}>{ texts.log_out }</button>
                </div>
            </header>
            <Rail />
            <main id="main" class="console-main">{ props.children.clone() }</main>
            if *is_helping {
                <Shortcuts onclose={close} />
            }
        </div>
    }
}

/// The frame while somebody logs in.
#[component]
pub(crate) fn Bare(props: &FrameProps) -> Html {
    let common = use_text::<CommonTexts>();
    html! {
        <>
            <a class="skip" href="#main">{ common.skip }</a>
            <header class="console-top">
                <Mark />
                <div class="console-top-right"><LangButtons /></div>
            </header>
            <main id="main" class="main">{ props.children.clone() }</main>
        </>
    }
}

/// The app's name, which leads to the start.
#[component]
fn Mark() -> Html {
    let (site, lang) = (use_site(), use_lang());
    html! {
        <Link<Route> to={Route::Start} classes="top-title">
            <span class="mark" aria-hidden="true" />
            { site.map_or("", |site| site.name.get(lang)) }
        </Link<Route>>
    }
}
