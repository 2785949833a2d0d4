//! What happened, for those who follow it without webhooks: `/events`.

use std::time::Duration;

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use chrono::{DateTime, Utc};
use domain::access::perm;
use domain::event::Event;
use domain::page::EventPlace;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use service::Context;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::config::TimeoutsFile;
use crate::drain::Draining;
use crate::page::{PageQuery, Paged, pages};
use crate::permitted::Permitted;
use crate::problem::Fault;
use crate::schema;

/// What is left of the time for an answer once the wait for events is over.
const MARGIN: Duration = Duration::from_secs(5);

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_events);
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
struct EventView {
    /// The event; a webhook has it as `webhook-id`.
    #[schema(value_type = schema::EventId)]
    id: String,
    /// What happened.
    #[serde(rename = "type")]
    #[schema(value_type = schema::EventKind)]
    kind: String,
    /// When.
    #[schema(examples("2026-04-20T08:00:00.000Z"))]
    timestamp: DateTime<Utc>,
    /// Ids, numbers, words and amounts; `school_id` and `sequence` are always among them. Later versions may add some.
    #[schema(value_type = schema::EventData)]
    data: Value,
}

impl From<Event> for EventView {
    fn from(event: Event) -> Self {
        Self {
            id: event.id.to_string(),
            kind: event.kind.to_string(),
            timestamp: event.at,
            data: event.payload,
        }
    }
}

pages! {
    /// Events in the order in which they are read. `next` is never null: send it to read on, also after an empty page.
    Events of EventView;
}

/// How long to wait.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WaitQuery {
    /// Where there is no event yet, wait for one for so many seconds.
    #[param(minimum = 0, maximum = 25, default = 0, example = 0, value_type = Option<u64>)]
    wait_s: Option<Wait>,
    /// Where no `after` is sent, begin behind the newest event and not with the oldest.
    #[param(value_type = Option<bool>, example = false)]
    newest: Option<bool>,
}

/// A wait in seconds.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u64")]
struct Wait(u64);

impl Wait {
    /// The longest.
    const MAX: u64 = 25;
}

impl TryFrom<u64> for Wait {
    type Error = &'static str;

    fn try_from(seconds: u64) -> Result<Self, Self::Error> {
        if seconds > Self::MAX {
            return Err("wait_s is 0 to 25");
        }
        Ok(Self(seconds))
    }
}

/// Follow what happens
///
/// The events of the schools for which the caller may read them, from the oldest that is kept on, each once and in an order
/// that never changes; `sequence` counts those of one thing. An event can be read a second or two after it happened.
#[utoipa::path(tag = "events", operation_id = "list_events", params(WaitQuery, PageQuery),
    security(("session" = []), ("integrator" = ["events:read"])),
    responses((status = 200, body = Events, description = "A page, the oldest first; empty where nothing happened in the time to wait."),
        answers::StaffReader, answers::Page))]
#[get("/events")]
async fn list_events(
    context: Data<Context>,
    timeouts: Data<TimeoutsFile>,
    draining: Data<Draining>,
    caller: Permitted<perm::ReadEvents>,
    query: Query<WaitQuery>,
    page: Paged<EventPlace>,
) -> Result<Json<Events>, Fault> {
    let asked = Duration::from_secs(query.wait_s.map_or(0, |wait| wait.0));
    let wait = asked.min(timeouts.answer().saturating_sub(MARGIN));
    let may_wait = || !draining.is_draining();
    let page = if query.newest == Some(true) {
        page.0.or_after(service::event::newest(&context).await?)
    } else {
        page.0
    };
    let found = service::event::follow(&context, caller.reach(), &page, wait, may_wait).await?;
    Ok(Json(Events::new(found, EventView::from)))
}
