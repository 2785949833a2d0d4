//! Notices to the merchant: the providers' own retry schedules, on the test clock.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};

use crate::clock::Seconds;
use crate::fault::{Fault, Site};
use crate::sign::CryptoError;
use crate::trade::{Provider, Trade};
use crate::world::{Buyer, World};
use crate::{alipay, wechat};

/// How long the merchant may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Seconds between tries. Source: `WeChat` Pay's guide 4012075249.
const WECHAT_RETRIES_S: [i64; 15] = [
    15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
];
/// Seconds between tries. Source: Alipay's guide to asynchronous notices.
const ALIPAY_RETRIES_S: [i64; 7] = [240, 600, 600, 3600, 7200, 21_600, 54_000];

/// A notice of a payment, on its way or done.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    pub(crate) trade: (Provider, String),
    pub(crate) url: String,
    /// Stays the same through all tries.
    pub(crate) number: u64,
    pub(crate) created_at: Seconds,
    pub(crate) tries: usize,
    /// When it is sent next; `None` when it was taken or given up.
    pub(crate) due_at: Option<Seconds>,
    pub(crate) is_delivered: bool,
}

impl Notice {
    /// A notice that is due at once.
    pub(crate) fn new(
        trade: (Provider, String),
        url: String,
        number: u64,
        created_at: Seconds,
    ) -> Self {
        let due_at = Some(created_at);
        Self {
            trade,
            url,
            number,
            created_at,
            tries: 0,
            due_at,
            is_delivered: false,
        }
    }

    /// After a try: done, due again by the schedule, or given up.
    fn tried(&mut self, is_taken: bool) {
        let schedule: &[i64] = match self.trade.0 {
            Provider::Wechat => &WECHAT_RETRIES_S,
            Provider::Alipay | Provider::Sms => &ALIPAY_RETRIES_S,
        };
        let wait_s = schedule.get(self.tries).filter(|_| !is_taken);
        self.due_at = self
            .due_at
            .zip(wait_s)
            .map(|(due_at, wait_s)| due_at + wait_s);
        self.is_delivered = is_taken;
        self.tries += 1;
    }
}

/// Carries notices, one after the other.
pub(crate) struct Courier {
    client: Client,
    /// Held while notices are carried, so that nobody sends the same one at the same time.
    turn: tokio::sync::Mutex<()>,
}

/// What goes over the wire, and what the provider takes for "understood".
pub(crate) struct Outgoing {
    pub(crate) request: RequestBuilder,
    pub(crate) is_taken: fn(status: u16, body: &str) -> bool,
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
    while let Some((position, notice, trade)) = next_due(world) {
        let is_taken = deliver(world, &notice, &trade).await;
        let mut state = world.state();
        // A reset may have emptied the list meanwhile.
        let same = state
            .notices
            .get_mut(position)
            .filter(|other| other.number == notice.number);
        if let Some(notice) = same {
            notice.tried(is_taken);
        }
    }
}

/// The fault `notify_before_response`: the buyer is faster than the answer to the create call.
pub(crate) async fn pay_before_response(world: &World, site: Site<'_>) {
    if !world.strikes(site, &Fault::NotifyBeforeResponse) {
        return;
    }
    let key = (site.provider, site.subject.to_owned());
    let now = world.now();
    let paid = world.state().scan_and_pay(&key, Buyer::default(), now);
    match paid {
        Ok(()) => deliver_due(world).await,
        Err(refusal) => tracing::warn!(%refusal, "could not be paid before the answer"),
    }
}

/// The notice that is due first.
fn next_due(world: &World) -> Option<(usize, Notice, Trade)> {
    let now = world.now();
    let state = world.state();
    let (position, notice) = (state.notices.iter().enumerate())
        .filter(|(_, notice)| notice.due_at.is_some_and(|due_at| due_at <= now))
        .min_by_key(|(_, notice)| notice.due_at)?;
    let trade = state.trades.get(&notice.trade)?.clone();
    Some((position, notice.clone(), trade))
}

async fn deliver(world: &World, notice: &Notice, trade: &Trade) -> bool {
    let site = Site {
        provider: trade.provider,
        operation: "notify",
        subject: &trade.out_trade_no,
    };
    if world.strikes(site, &Fault::NotifyDrop) {
        world.record(site, 0, "dropped");
        return false;
    }
    let mut trade = trade.clone();
    if world.strikes(site, &Fault::NotifyWrongAmount) {
        trade.amount_fen += 1;
    }
    if world.strikes(site, &Fault::NotifyTwice) {
        send(world, site, notice, &trade).await;
    }
    send(world, site, notice, &trade).await
}

async fn send(world: &World, site: Site<'_>, notice: &Notice, trade: &Trade) -> bool {
    let outgoing = match compose(world, site, notice, trade) {
        Ok(outgoing) => outgoing,
        Err(error) => {
            tracing::error!(%error, "no notice could be made");
            return false;
        }
    };
    let (status, is_taken, outcome) = match outgoing.request.send().await {
        Err(error) => (
            0,
            false,
            if error.is_timeout() {
                "timeout"
            } else {
                "unreachable"
            },
        ),
        Ok(answer) => {
            let status = answer.status().as_u16();
            match answer.text().await {
                Ok(body) if (outgoing.is_taken)(status, &body) => (status, true, "taken"),
                Ok(_) => (status, false, "refused"),
                Err(_) => (status, false, "cut off"),
            }
        }
    };
    world.record(site, status, outcome);
    is_taken
}

fn compose(
    world: &World,
    site: Site<'_>,
    notice: &Notice,
    trade: &Trade,
) -> Result<Outgoing, CryptoError> {
    let is_badly_signed = world.strikes(site, &Fault::BadSignature);
    match trade.provider {
        Provider::Wechat => wechat::notice::compose(world, notice, trade, is_badly_signed),
        Provider::Alipay | Provider::Sms => {
            alipay::notice::compose(world, notice, trade, is_badly_signed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends_after(provider: Provider) -> (usize, Seconds) {
        let mut notice = Notice::new((provider, String::new()), String::new(), 1, 0);
        let mut last = 0;
        while let Some(due_at) = notice.due_at {
            last = due_at;
            notice.tried(false);
        }
        assert!(!notice.is_delivered);
        (notice.tries, last)
    }

    #[test]
    fn a_notice_that_nobody_takes_is_given_up_in_about_a_day() {
        assert_eq!(
            ends_after(Provider::Wechat),
            (16, 86_640),
            "the first try and 15 more"
        );
        assert_eq!(
            ends_after(Provider::Alipay),
            (8, 87_840),
            "the first try and 7 more"
        );
    }

    #[test]
    fn a_notice_that_was_taken_is_done() {
        let mut notice = Notice::new((Provider::Wechat, String::new()), String::new(), 1, 0);
        notice.tried(false);
        assert_eq!(notice.due_at, Some(15));
        notice.tried(true);
        assert_eq!((notice.due_at, notice.is_delivered), (None, true));
    }
}
