//! The students' web app: what a student sees from login to the finished order.
//!
//! ```text
//! main ─ app (shell, session, language) ─ route ─▶ page/*      one page a file: state, one call, a view
//!                                                   ├ component/*   what pages are made of, beside `ui`
//!                                                   ├ text          what only the page says, in both languages
//!                                                   ├ ui            components of both web apps, and calls of the API
//!                                                   └ domain, photo the rules; none is written again here
//! ```

mod app;
mod camera;
mod canvas;
mod check;
mod component;
mod draft;
mod lang_switch;
mod lazy;
mod local_data;
mod owner;
mod page;
mod preview;
mod route;
mod session;
mod shell_text;
mod stand_in;
mod upload;

fn main() {
    stand_in::begin();
    let root = gloo::utils::document().get_element_by_id("app");
    let root = root.unwrap_or_else(|| gloo::utils::body().into());
    root.set_inner_html("");
    yew::Renderer::<app::App>::with_root(root).render();
    ui::lazy::fetch_all_ahead::<lazy::StudentChunk>();
}
