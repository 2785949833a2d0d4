//! The shell around every page, and which page is shown.

use domain::Text;
use ui::lang::{LangProvider, use_lang};
use ui::lazy::{ChunkPage as _, fetch_ahead, lazy};
use ui::{
    Button, CommonTexts, ErrorView, Link, Look, ProblemBox, Redirect, Router, Site, Skeleton,
    use_route, use_text,
};
use yew::{Html, Properties, component, html, html_nested, use_callback, use_effect_with};

use crate::lang_switch::LangSwitch;
use crate::lazy::{AccountPage, ApplyPage, StudentChunk, StudentPage};
use crate::page;
use crate::preview;
use crate::route::Route;
use crate::session::{Person, SessionProvider, remember_wanted, use_session};
use crate::shell_text::ShellTexts;

/// What the app is called, and where its help answers questions about a problem.
const SITE: Site = Site {
    name: Text::new("毕业生图像采集", "Graduate Portrait"),
    help: &[
        ("login", "/help#sms"),
        ("enrolment", "/help#roster"),
        ("capture_code", "/help#roster"),
        ("photo", "/help#photo"),
        ("payment", "/help#payment"),
        ("phone_change", "/help#phone"),
    ],
};

/// The whole app.
#[component]
pub(crate) fn App() -> Html {
    html! {
        <LangProvider site={SITE}>
            <SessionProvider>
                <Router>
                    <Shell />
                </Router>
            </SessionProvider>
        </LangProvider>
    }
}

/// Header, main part, and the way to help.
#[component]
fn Shell() -> Html {
    let (texts, route) = (use_text::<CommonTexts>(), use_route::<Route>());
    let session = use_session();
    html! {
        <>
            <a class="skip" href="#main">{ texts.skip }</a>
            <Header />
            if preview::is_on() {
                { lazy(StudentPage::Account(AccountPage::PreviewBar)) }
            }
            <main id="main" class="main">
                if session.me().is_some_and(|me| me.has_phone_recovery) {
                    { lazy(StudentPage::Account(AccountPage::PhoneRecoveries)) }
                }
                if let Some(failure) = session.log_out_failure {
                    <ProblemBox {failure}>
                        <p>{ texts.still_logged_in }</p>
                        <Button look={Look::Second} onclick={session.log_out}>{ texts.retry }</Button>
                    </ProblemBox>
                }
                <Guarded {route} />
            </main>
            <footer class="foot">
                <Link<Route> to={Route::Help}>{ texts.help }</Link<Route>>
            </footer>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct GuardedProps {
    route: Route,
}

/// The page, where the person may see it; else the way to log in.
#[component]
fn Guarded(props: &GuardedProps) -> Html {
    let session = use_session();
    let page = page_of(&props.route);
    // The chunk comes while the session is asked for.
    use_effect_with(page.chunk(), |chunk| {
        if let Some(chunk) = chunk {
            fetch_ahead(*chunk);
        }
    });
    match &session.person {
        _ if props.route.is_public() => page.view(),
        Person::LoggedIn(_) | Person::Over => page.view(),
        Person::Unknown => html! { <Skeleton /> },
        Person::Unreachable(failure) => {
            html! { <ErrorView failure={failure.clone()} retry={session.reload.clone()} /> }
        }
        Person::Nobody | Person::Expired => {
            remember_wanted(&props.route);
            html! { <Redirect<Route> to={Route::Login} /> }
        }
        Person::LoggedOut => html! { <Redirect<Route> to={Route::Login} /> },
    }
}

/// A page, and which part of the program draws it.
enum Page {
    /// Drawn by what the first load brings.
    Here(Html),
    /// Drawn by a chunk.
    InChunk(StudentPage),
}

impl Page {
    fn chunk(&self) -> Option<StudentChunk> {
        match self {
            Self::Here(_) => None,
            Self::InChunk(page) => Some(page.chunk()),
        }
    }

    fn view(self) -> Html {
        match self {
            Self::Here(view) => view,
            Self::InChunk(page) => lazy(page),
        }
    }
}

fn page_of(route: &Route) -> Page {
    let apply = |page| Page::InChunk(StudentPage::Apply(page));
    let account = |page| Page::InChunk(StudentPage::Account(page));
    match route.clone() {
        Route::Start => apply(ApplyPage::Start),
        Route::Login => Page::Here(html! { <page::Login /> }),
        Route::Agreement { document } => account(AccountPage::Agreement { document }),
        Route::School => apply(ApplyPage::School),
        Route::Identity { task_id } => apply(ApplyPage::Identity { task_id }),
        Route::Photo { enrolment_id } => Page::InChunk(StudentPage::Photo { enrolment_id }),
        Route::Confirm { order_no } => apply(ApplyPage::Confirm { order_no }),
        Route::Pay { order_no } => apply(ApplyPage::Pay { order_no }),
        Route::Orders => account(AccountPage::Orders),
        Route::Order { order_no } => account(AccountPage::Order { order_no }),
        Route::Me => account(AccountPage::Me),
        Route::PhoneChange => account(AccountPage::PhoneChange),
        Route::Erasure => account(AccountPage::Erasure),
        Route::AccessLog => account(AccountPage::AccessLog),
        Route::TaskLink { task_id } => apply(ApplyPage::TaskLink { task_id }),
        Route::LostPhone => apply(ApplyPage::LostPhone),
        Route::Help => account(AccountPage::Help),
        Route::NotFound => Page::Here(html! { <page::NotFound /> }),
    }
}

/// Title, language and logging out; for who is logged in also the way to orders and personal centre.
#[component]
fn Header() -> Html {
    let (texts, lang) = (use_text::<CommonTexts>(), use_lang());
    let session = use_session();
    let log_out = use_callback(session.log_out.clone(), |_, log_out| log_out.emit(()));
    let is_logged_in = session.me().is_some();
    html! {
        <header class="top">
            <div class="top-row">
                <Link<Route> to={Route::Start} classes="top-title">
                    <span class="mark" aria-hidden="true" />
                    { SITE.name.get(lang) }
                </Link<Route>>
                <LangSwitch />
                if is_logged_in && !preview::is_on() {
                    <button type="button" class="quiet" onclick={log_out}>{ texts.log_out }</button>
                }
            </div>
            if is_logged_in {
                <Navigation />
            }
        </header>
    }
}

/// The three places of a logged-in person.
#[component]
fn Navigation() -> Html {
    let (texts, shell) = (use_text::<CommonTexts>(), use_text::<ShellTexts>());
    let here = use_route::<Route>();
    let places = [
        (Route::Start, shell.home),
        (Route::Orders, shell.orders),
        (Route::Me, shell.me),
    ];
    let part = match here {
        Route::Orders | Route::Order { .. } => Route::Orders,
        Route::Me | Route::PhoneChange | Route::Erasure | Route::AccessLog => Route::Me,
        Route::Start
        | Route::Login
        | Route::Agreement { .. }
        | Route::School
        | Route::TaskLink { .. }
        | Route::Identity { .. }
        | Route::Photo { .. }
        | Route::Confirm { .. }
        | Route::Pay { .. }
        | Route::LostPhone
        | Route::Help
        | Route::NotFound => Route::Start,
    };
    html! {
        <nav class="places" aria-label={texts.navigation}>
            { for places.into_iter().map(|(to, label)| {
                let classes = if to == part { "place here" } else { "place" };
                html_nested! { <Link<Route> {to} {classes}>{ label }</Link<Route>> }
            }) }
        </nav>
    }
}
