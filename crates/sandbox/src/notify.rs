//! Notices to the merchant: the providers' own retry schedules, on the test clock.

mod notice;
mod send;

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};

use crate::clock::Seconds;
use crate::fault::{Kind, Site};
use crate::world::{Buyer, World};

pub(crate) use notice::{Matter, Notice};
pub(crate) use send::{Outgoing, Twist};

/// How long the merchant may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Carries notices, one after the other.
pub(crate) struct Courier {
    client: Client,
    /// Held while notices are carried, so that nobody sends the same one at the same time.
    turn: tokio::sync::Mutex<()>,
}

impl Courier {
    /// A courier that follows no redirect and waits 5 s.
    pub(crate) fn new() -> reqwest::Result<Self> {
        // No idle connections: a merchant's server that restarts must not cost a notice.
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(Policy::none())
            .no_proxy()
            .pool_max_idle_per_host(0)
            .build()?;
        Ok(Self {
            client,
            turn: tokio::sync::Mutex::new(()),
        })
    }

    /// Begins a POST.
    pub(crate) fn post(&self, url: &str) -> RequestBuilder {
        self.client.post(url)
    }
}

/// Sends what is due on the test clock, repeating as the schedule says, until nothing is due.
pub(crate) async fn deliver_due(world: &World) {
    let _turn = world.courier.turn.lock().await;
    while let Some(notice) = next_due(world) {
        let Some(is_taken) = send::deliver(world, &notice).await else {
            continue;
        };
        let mut state = world.state();
        // A reset may have emptied the list meanwhile.
        let same = |other: &&mut Notice| other.number == notice.number;
        if let Some(notice) = state.notices.iter_mut().find(same) {
            notice.tried(is_taken);
        }
        // Whoever was held back to be overtaken has been overtaken now.
        let key = notice.matter.key();
        for held in &mut state.notices {
            if held.is_held && held.number != notice.number && held.matter.key() == key {
                held.is_held = false;
                held.due_at = notice.due_at;
            }
        }
    }
}

/// The fault `notify_before_response`: the buyer is faster than the answer to the create call.
pub(crate) async fn pay_before_response(world: &World, site: Site<'_>) {
    if !world.strikes(site, Kind::NotifyBeforeResponse) {
        return;
    }
    let now = world.now();
    let paid = {
        let mut state = world.state();
        let key = state.key_by_number(site.subject);
        key.and_then(|key| state.scan_and_pay(&key, Buyer::default(), now))
    };
    match paid {
        Ok(()) => deliver_due(world).await,
        Err(refusal) => tracing::warn!(%refusal, "could not be paid before the answer"),
    }
}

/// The notice that is due first.
fn next_due(world: &World) -> Option<Notice> {
    let now: Seconds = world.now();
    let mut state = world.state();
    state.catch_up(now);
    (state.notices.iter())
        .filter(|notice| notice.due_at.is_some_and(|due_at| due_at <= now))
        .min_by_key(|notice| notice.due_at)
        .cloned()
}
