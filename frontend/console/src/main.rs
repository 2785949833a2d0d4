//! The web app of staff, at `/console`.
//!
//! ```text
//! main ─ app (frame, language) ─ staff (who it is) ─ route ─▶ page/*   one page a file: state, one call, a view
//!                                                             ├ text    what only the page says, in both languages
//!                                                             ├ call    calls of the API; a session that ended is noticed
//!                                                             ├ lazy    in which chunk of the program a page comes
//!                                                             ├ fresh   asks for a new code where the server wants one
//!                                                             └ ui      components of both web apps
//! ```

mod app;
mod call;
mod day;
mod export;
mod frame;
mod fresh;
mod lazy;
mod link;
mod look_first;
mod making;
mod page;
mod route;
mod select;
mod staff;
mod text;

fn main() {
    let root = gloo::utils::document().get_element_by_id("app");
    let root = root.unwrap_or_else(|| gloo::utils::body().into());
    root.set_inner_html("");
    yew::Renderer::<app::App>::with_root(root).render();
    ui::lazy::fetch_all_ahead::<lazy::StaffChunk>();
}
