//! The web app of staff, at `/console`.
//!
//! ```text
//! main ─ app (frame, language) ─ route ─▶ page/*    one page a file: state, one call, a view
//!                                          ├ text    what only the page says, in both languages
//!                                          └ ui      components of both web apps, and calls of the API
//! ```

mod app;
mod page;
mod route;
mod text;

fn main() {
    let root = gloo::utils::document().get_element_by_id("app");
    let root = root.unwrap_or_else(|| gloo::utils::body().into());
    root.set_inner_html("");
    yew::Renderer::<app::App>::with_root(root).render();
}
