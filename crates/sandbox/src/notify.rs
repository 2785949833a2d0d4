//! Notices to the merchant: the providers' own retry schedules, on the test clock.

mod send;

use crate::clock::Seconds;
use crate::fault::{Kind, Site};
use crate::notice::Notice;
use crate::world::{Buyer, World};

/// Sends what is due on the test clock, repeating as the schedule says, until nothing is due.
pub(crate) async fn deliver_due(world: &World) {
    let _turn = world.courier.take_turn().await;
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
