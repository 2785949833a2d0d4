//! The calls that came in and the notices that went out, with what was said and whether it was signed well.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Path, ServiceConfig};

use super::name::provider_name;
use crate::clock::naive_beijing;
use crate::html::{escape, page};
use crate::world::{Call, World};

/// How many calls the page shows.
const SHOWN: usize = 200;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/calls", web::get().to(calls))
        .route("/calls/{id}", web::get().to(call));
}

async fn calls(world: Data<World>) -> HttpResponse {
    let state = world.state();
    let newest: Vec<&Call> = state.calls.iter().rev().take(SHOWN).collect();
    let runs = newest.chunk_by(|one, other| is_same_poll(one, other));
    let body: String = runs.map(run).collect();
    if body.is_empty() {
        return page("调用", "<p class=\"card\">还没有调用。</p>");
    }
    page("调用", &body)
}

/// Whether both ask for the same, with the same outcome, as somebody does who polls.
fn is_same_poll(one: &Call, other: &Call) -> bool {
    let asked = |call: &Call| {
        (
            call.provider,
            call.operation.clone(),
            call.subject.clone(),
            call.refund.clone(),
            call.outcome.clone(),
            call.is_verified,
        )
    };
    one.operation.contains("query") && asked(one) == asked(other)
}

/// Calls that poll for the same, folded behind the newest; a single call as it is.
fn run(calls: &[&Call]) -> String {
    match calls {
        [] => String::new(),
        [call] => card(call),
        [newest, older @ ..] => {
            let folded: String = older.iter().map(|call| card(call)).collect();
            format!(
                "{}<details class=\"muted\"><summary>之前还有 {} 次相同的查询</summary>{folded}</details>",
                card(newest),
                older.len(),
            )
        }
    }
}

/// One line, with a link to all of it.
pub(super) fn card(call: &Call) -> String {
    format!(
        "<p class=\"muted\"><a class=\"inline\" href=\"/calls/{}\">{} · {} {} · {} {} · {} {}</a>{}</p>",
        call.id,
        naive_beijing(call.at),
        provider_name(call.provider),
        escape(&call.operation),
        escape(&call.subject),
        escape(&call.refund),
        call.status,
        escape(&call.outcome),
        verdict(call),
    )
}

fn verdict(call: &Call) -> &'static str {
    match call.is_verified {
        Some(true) => " <span class=\"good\">✓ 签名正确</span>",
        Some(false) => " <span class=\"bad\">✗ 签名未通过</span>",
        None => "",
    }
}

async fn call(world: Data<World>, id: Path<u64>) -> HttpResponse {
    let state = world.state();
    let Some(call) = state.calls.iter().find(|call| call.id == *id) else {
        return page("调用不存在", "<p>只保留最近的 1000 次调用。</p>");
    };
    let body = format!(
        "{}<h2>请求</h2><pre class=\"card\">{}</pre><h2>应答</h2><pre class=\"card\">{}</pre>",
        card(call),
        escape(&call.request),
        escape(&call.response),
    );
    page("调用", &body)
}
