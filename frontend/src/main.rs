//! The web app: what a student sees from login to the finished order.
//!
//! ```text
//! main ─ app (shell, session, language) ─ route ─▶ page/*      one page a file: state, one call, a view
//!                                                   ├ component/*   what pages are made of
//!                                                   ├ api           the generated client, with session and time-out
//!                                                   ├ text/*        what only a page says, in both languages
//!                                                   └ domain, photo the rules; none is written again here
//! ```

mod api;
mod app;
mod camera;
mod canvas;
mod captcha;
mod check;
mod clock;
mod component;
mod draft;
mod lang;
mod lang_switch;
mod lazy;
mod local_data;
mod owner;
mod page;
mod route;
mod session;
mod text;
mod upload;

fn main() {
    let root = gloo::utils::document().get_element_by_id("app");
    let root = root.unwrap_or_else(|| gloo::utils::body().into());
    root.set_inner_html("");
    yew::Renderer::<app::App>::with_root(root).render();
    lazy::load_all_ahead();
}
