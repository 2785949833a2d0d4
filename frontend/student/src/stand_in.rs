//! Has the calls of a preview answered with the invented student's data.

use client::{Answer, Failure, Method, Request};
use futures_util::future::LocalBoxFuture;
use ui::api;

use crate::lazy::preview_answer;
use crate::preview;

/// What is for everybody, so that the server answers it.
const PUBLIC: [&str; 2] = ["/api/v1/auth/settings", "/api/v1/agreements/current"];
/// The status of an answer that holds the preview.
const OK: u16 = 200;

/// Begins to answer, where this page is a preview.
pub(crate) fn begin() {
    if preview::is_on() {
        ui::set_base(preview::BASE);
        api::set_stand_in(answer);
    }
}

fn answer(request: Request) -> LocalBoxFuture<'static, Result<Answer, Failure>> {
    Box::pin(async move {
        if PUBLIC.contains(&request.path.as_str()) {
            return api::ask_server(&request).await;
        }
        let kept = preview::kept().ok_or(Failure::Unexpected { status: None })?;
        let asked = Request {
            method: Method::Post,
            path: kept.path,
            headers: Vec::new(),
            json: Some(kept.json),
        };
        // Asked anew each time: the answer is in the page's language, which may have changed.
        let said = api::ask_server(&asked).await?;
        if said.status == OK {
            preview_answer(request, said).await
        } else {
            Ok(said)
        }
    })
}
