//! What the sandbox knows: keys and clock, and behind one lock everything that changes.

mod log;
mod state;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::rt::time::sleep;

use crate::addresses::Addresses;
use crate::clock::{Clock, Seconds};
use crate::courier::Courier;
use crate::fault::{Kind, Site};
use crate::keys::Keys;
use crate::sign::CryptoError;

pub(crate) use log::{Call, Record};
pub(crate) use state::{BillFile, Buyer, State, site_of};

/// How often, and how many times, a call that is held looks whether it may go on: for 30 s.
const HELD_LOOK_EVERY: Duration = Duration::from_millis(10);
const HELD_LOOKS: u32 = 3_000;

/// Everything that the handlers share.
pub(crate) struct World {
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    pub(crate) addresses: Addresses,
    /// The product's origin, for links back.
    pub(crate) app_origin: Option<String>,
    pub(crate) courier: Courier,
    pub(crate) state: Mutex<State>,
}

/// How a call fails before it has an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    Timeout,
    Internal,
    BadGateway,
    Code(String),
}

/// How an answer is lost after the call had its effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    Timeout,
    CutOff,
    Garbled,
}

impl World {
    /// The time on the test clock.
    pub(crate) fn now(&self) -> Seconds {
        self.clock.now()
    }

    /// The state. A panic in one handler is no reason to fail all later calls, so poison is ignored.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Uses up an armed fault, if there is one for this site.
    pub(crate) fn strikes(&self, site: Site<'_>, kind: Kind) -> bool {
        self.state().faults.strikes(site, kind)
    }

    /// The same, with the number that was told with it.
    pub(crate) fn number(&self, site: Site<'_>, kind: Kind) -> Option<i64> {
        self.state().faults.take(site, kind)?.parse().ok()
    }

    /// Waits where a fault says so, then tells whether the call is to fail without effect.
    pub(crate) async fn fails_before(&self, site: Site<'_>) -> Option<Failure> {
        self.wait(site, Kind::Slow).await;
        self.hold(site).await;
        if self.wait(site, Kind::TimeoutBeforeEffect).await {
            return Some(Failure::Timeout);
        }
        let mut state = self.state();
        if state.faults.strikes(site, Kind::Http500) {
            return Some(Failure::Internal);
        }
        if state.faults.strikes(site, Kind::Http502Html) {
            return Some(Failure::BadGateway);
        }
        state.faults.take(site, Kind::Error).map(Failure::Code)
    }

    /// Tells whether the answer is to get lost though the call had its effect.
    pub(crate) async fn fails_after(&self, site: Site<'_>) -> Option<Lost> {
        if self.wait(site, Kind::TimeoutAfterEffect).await {
            return Some(Lost::Timeout);
        }
        let mut state = self.state();
        if state.faults.strikes(site, Kind::CutOff) {
            return Some(Lost::CutOff);
        }
        (state.faults.strikes(site, Kind::GarbledBody)).then_some(Lost::Garbled)
    }

    /// Whether this fault strikes; it then waited as long as was told with it.
    async fn wait(&self, site: Site<'_>, kind: Kind) -> bool {
        let argument = self.state().faults.take(site, kind);
        let Some(argument) = argument else {
            return false;
        };
        sleep(Duration::from_millis(argument.parse().unwrap_or_default())).await;
        true
    }

    /// Where a fault holds this call: waits until the faults are taken away, 30 s at most.
    async fn hold(&self, site: Site<'_>) {
        let held = {
            let faults = &mut self.state().faults;
            faults.strikes(site, Kind::Hold).then(|| faults.cleared())
        };
        let Some(held) = held else { return };
        for _ in 0..HELD_LOOKS {
            if self.state().faults.cleared() != held {
                return;
            }
            sleep(HELD_LOOK_EVERY).await;
        }
    }

    /// Remembers a call for `/_ctl/calls` and the pages.
    pub(crate) fn record(&self, site: Site<'_>, record: Record) {
        // The subject may be a phone number and stays out of the log.
        tracing::info!(
            provider = ?site.provider,
            operation = site.operation,
            status = record.status,
            outcome = record.outcome,
            "call"
        );
        let at = self.now();
        self.state().calls.add(at, site, record);
    }
}

/// What a handler can't answer, for want of randomness or a usable key.
pub(crate) fn out_of_order(error: CryptoError) -> actix_web::HttpResponse {
    tracing::error!(%error, "no answer could be made");
    actix_web::HttpResponse::InternalServerError().finish()
}
