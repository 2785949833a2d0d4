//! The page's address as a route: what the address names is shown, and links and pages change it without a reload.
//!
//! `yew-router` does the same for addresses in fragments and in memory too, by a recogniser that is put together in the
//! browser; that was a seventh of the first load.

use std::cell::{Cell, RefCell};

use gloo::events::EventListener;
use gloo::utils::window;
use wasm_bindgen::JsValue;
use yew::{
    AttrValue, Callback, Classes, ContextProvider, Html, MouseEvent, Properties, component, hook,
    html, use_context,
};
use yew::{use_effect, use_effect_with, use_state_eq};

/// The pages of a web app, each with its address; [`routes!`](crate::routes) declares them.
pub trait Routable: Clone + PartialEq + 'static {
    /// The page at a path; the one that says so where nothing is there.
    fn at(path: &str) -> Self;

    /// The page's path.
    fn path(&self) -> String;
}

/// Declares the pages of a web app with their paths. A page may have one field, whose place in the path is `{}`; the page
/// `NotFound` stands for every other path.
#[macro_export]
macro_rules! routes {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$doc:meta])* $page:ident $({ $(#[$field_doc:meta])* $field:ident })? = $path:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis enum $name {
            $($(#[$doc])* $page $({ $(#[$field_doc])* $field: String })?,)+
        }

        impl $crate::Routable for $name {
            fn at(path: &str) -> Self {
                $(
                    if let Some(_found) = $crate::field_of(path, $path) {
                        return Self::$page $({ $field: _found })?;
                    }
                )+
                Self::NotFound
            }

            fn path(&self) -> String {
                match self {
                    $(Self::$page $({ $field })? => $crate::path_of($path, [$($field.as_str())?].first().copied()),)+
                }
            }
        }
    };
}

/// What stands at `{}` of a pattern; empty where the pattern has none, `None` where the path does not fit. One slash at the
/// end of the path does not matter.
#[doc(hidden)]
pub fn field_of(path: &str, pattern: &str) -> Option<String> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let Some((before, behind)) = pattern.split_once("{}") else {
        return (path == pattern.trim_end_matches('/')).then(String::new);
    };
    let field = path.strip_prefix(before)?.strip_suffix(behind)?;
    if field.is_empty() || field.contains('/') {
        return None;
    }
    js_sys::decode_uri_component(field).ok().map(String::from)
}

/// A pattern with what stands at its `{}`.
#[doc(hidden)]
pub fn path_of(pattern: &str, field: Option<&str>) -> String {
    match (pattern.split_once("{}"), field) {
        (Some((before, behind)), Some(field)) => [
            before,
            &String::from(js_sys::encode_uri_component(field)),
            behind,
        ]
        .concat(),
        (None, _) | (_, None) => pattern.to_owned(),
    }
}

thread_local! {
    /// Below which path the web app is; empty for the root.
    static BASE: Cell<&'static str> = const { Cell::new("") };
    static ON_MOVE: RefCell<Option<Callback<()>>> = const { RefCell::new(None) };
}

/// Where the browser is: path and query.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    path: String,
    query: String,
}

impl Place {
    fn now() -> Self {
        let location = window().location();
        let path = location.pathname().unwrap_or_default();
        Self {
            path: path.strip_prefix(BASE.get()).unwrap_or(&path).to_owned(),
            query: location.search().unwrap_or_default(),
        }
    }
}

/// What a [`Router`] needs.
#[derive(Properties, PartialEq)]
pub struct RouterProps {
    /// Everything that depends on the address.
    pub children: Html,
}

/// Follows the address for all that is inside.
#[component]
pub fn Router(props: &RouterProps) -> Html {
    let place = use_state_eq(Place::now);
    use_effect_with(place.setter(), |place| {
        let place = place.clone();
        let moved = Callback::from(move |()| place.set(Place::now()));
        ON_MOVE.set(Some(moved.clone()));
        // What is inside may have led on already when it was first drawn.
        moved.emit(());
        let listener = EventListener::new(&window(), "popstate", move |_| moved.emit(()));
        move || drop(listener)
    });
    html! {
        <ContextProvider<Place> context={(*place).clone()}>{ props.children.clone() }</ContextProvider<Place>>
    }
}

/// The page at the address; the component is drawn again when the address changes.
#[hook]
pub fn use_route<R: Routable>() -> R {
    R::at(&use_place().path)
}

/// What the address says after the question mark, with it; the component is drawn again when the address changes.
#[hook]
pub(crate) fn use_query_text() -> String {
    use_place().query
}

#[hook]
fn use_place() -> Place {
    use_context::<Place>().unwrap_or_else(Place::now)
}

/// Has the pages stand below a path, which begins with a slash and ends with none.
pub fn set_base(path: &'static str) {
    BASE.set(path);
}

/// An address of this app as the browser knows it.
fn based(address: &str) -> String {
    [BASE.get(), address].concat()
}

/// Goes to a page: the way back leads here.
pub fn go_to(to: &impl Routable) {
    push_address(&to.path());
}

/// Shows a page in place of this one: the way back does not lead here.
pub fn go_instead(to: &impl Routable) {
    replace_address(&to.path());
}

/// Goes to an address of this app.
pub(crate) fn push_address(address: &str) {
    move_by(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&based(address))));
}

/// Puts an address of this app in this one's place.
pub(crate) fn replace_address(address: &str) {
    move_by(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&based(address))));
}

fn move_by(change: impl FnOnce(&web_sys::History) -> Result<(), JsValue>) {
    let changed = window().history().and_then(|history| change(&history));
    // A browser refuses only after a hundred changes within half a minute; the page then stays as it is.
    if changed.is_ok()
        && let Some(moved) = ON_MOVE.with_borrow(Clone::clone)
    {
        moved.emit(());
    }
}

/// What a [`Link`] needs.
#[derive(Properties, PartialEq)]
pub struct LinkProps<R: Routable> {
    /// Where it leads.
    pub to: R,
    /// How it looks.
    #[prop_or_default]
    pub classes: Classes,
    /// What is there.
    #[prop_or_default]
    pub children: Html,
}

/// A link to a page of the same web app.
#[component]
pub fn Link<R: Routable>(props: &LinkProps<R>) -> Html {
    let path = props.to.path();
    link(path, &props.classes, &props.children)
}

fn link(path: String, classes: &Classes, children: &Html) -> Html {
    let href = AttrValue::from(based(&path));
    let onclick = Callback::from(move |event: MouseEvent| {
        // The browser's own ways to open a link elsewhere.
        if event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key() {
            return;
        }
        event.prevent_default();
        push_address(&path);
    });
    html! {
        <a class={classes.clone()} {href} {onclick}>{ children.clone() }</a>
    }
}

/// What a [`Redirect`] needs.
#[derive(Properties, PartialEq)]
pub struct RedirectProps<R: Routable> {
    /// Where it leads.
    pub to: R,
}

/// Goes to a page as soon as it is drawn.
#[component]
pub fn Redirect<R: Routable>(props: &RedirectProps<R>) -> Html {
    let to = props.to.clone();
    use_effect(move || go_to(&to));
    Html::default()
}
