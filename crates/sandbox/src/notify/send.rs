//! One try of one notice, with the faults that strike it.

use reqwest::RequestBuilder;
use tokio::task::JoinSet;

use crate::fault::{Kind, Site, Spoilt};
use crate::notice::{Matter, Notice};
use crate::outgoing::{Outgoing, Twist};
use crate::provider::Provider;
use crate::sign::CryptoError;
use crate::trade::Trade;
use crate::world::{Record, World, site_of};
use crate::{alipay, sms, wechat};

/// A notice that is to be overtaken waits at most this long for another one.
const HELD_S: i64 = 3600;
/// `notify_parallel` sends no more than this at once.
const MOST_PARALLEL: i64 = 64;

/// Tries once; tells whether the merchant took it. Nothing where the notice was put off.
pub(super) async fn deliver(world: &World, notice: &Notice) -> Option<bool> {
    let Some(key) = notice.matter.key() else {
        let copy = Copy {
            world,
            notice,
            trade: None,
        };
        return Some(copy.receipt().await);
    };
    let site = site_of(key, notice.matter.operation(), notice.matter.refund());
    if is_put_off(world, site, notice) {
        return None;
    }
    if world.strikes(site, Kind::NotifyDrop) {
        world.record(site, outcome(0, "dropped"));
        return Some(false);
    }
    let found = world.state().trades.get(key).cloned();
    let Some(mut trade) = found else {
        return Some(true);
    };
    if world.strikes(site, Kind::NotifyWrongAmount) {
        trade.amount_fen += 1;
    }
    let copy = Copy {
        world,
        notice,
        trade: Some(&trade),
    };
    if world.strikes(site, Kind::SigntestProbe) {
        let probe = Twist {
            spoilt: Some(Spoilt::Probe),
            ..Twist::default()
        };
        copy.send(site, probe, 1).await;
    }
    // On its own, or the lock would still be held when the next fault is looked up.
    let spoilt = world.state().faults.spoilt(site);
    let twist = Twist {
        spoilt,
        skew_s: world.number(site, Kind::ClockSkew).unwrap_or_default(),
        is_other_app: world.strikes(site, Kind::NotifyWrongApp),
        is_xml: matches!(notice.matter, Matter::ConsoleRefund(_, _))
            || world.strikes(site, Kind::NotifyXmlV2),
        is_gbk: world.strikes(site, Kind::Gbk),
    };
    if world.strikes(site, Kind::NotifyTwice) {
        copy.send(site, twist, 1).await;
    }
    let parallel = world.number(site, Kind::NotifyParallel).unwrap_or(1);
    let copies = usize::try_from(parallel.clamp(1, MOST_PARALLEL)).unwrap_or(1);
    Some(copy.send(site, twist, copies).await)
}

/// Whether a fault puts the next try off.
fn is_put_off(world: &World, site: Site<'_>, notice: &Notice) -> bool {
    let mut state = world.state();
    let late_s = state.faults.take(site, Kind::NotifyLate);
    let late_s = late_s
        .and_then(|text| text.parse().ok())
        .filter(|late_s| *late_s > 0);
    let is_held = late_s.is_none() && state.faults.strikes(site, Kind::NotifyReordered);
    let Some(wait_s) = late_s.or(is_held.then_some(HELD_S)) else {
        return false;
    };
    let same = |other: &&mut Notice| other.number == notice.number;
    if let Some(notice) = state.notices.iter_mut().find(same) {
        notice.postpone(wait_s);
        notice.is_held = is_held;
    }
    true
}

fn outcome(status: u16, outcome: &str) -> Record {
    Record {
        status,
        outcome: outcome.to_owned(),
        ..Record::default()
    }
}

/// A notice with the order as it is told.
#[derive(Clone, Copy)]
struct Copy<'a> {
    world: &'a World,
    notice: &'a Notice,
    trade: Option<&'a Trade>,
}

impl Copy<'_> {
    /// Sends a receipt of a text message.
    async fn receipt(self) -> bool {
        let found = (self.world.state().messages.iter())
            .find(|message| self.notice.matter == Matter::Receipt(message.number))
            .cloned();
        let Some(message) = found else {
            return true;
        };
        let site = Site {
            provider: Provider::Sms,
            operation: self.notice.matter.operation(),
            merchant: "",
            subject: &message.phone,
            refund: "",
        };
        if self.world.strikes(site, Kind::NotifyDrop) {
            self.world.record(site, outcome(0, "dropped"));
            return false;
        }
        let request = self.world.courier.post(&self.notice.url);
        let outgoing = sms::receipt::compose(&message, request);
        exchange(self.world, site, vec![outgoing]).await
    }

    /// Sends so many copies at once; true when all were taken.
    async fn send(self, site: Site<'_>, twist: Twist, copies: usize) -> bool {
        let mut outgoing = Vec::new();
        for _ in 0..copies {
            match self.compose(twist) {
                Ok(Some(copy)) => outgoing.push(copy),
                Ok(None) => return true,
                Err(error) => {
                    tracing::error!(%error, "no notice could be made");
                    return false;
                }
            }
        }
        exchange(self.world, site, outgoing).await
    }

    fn compose(self, twist: Twist) -> Result<Option<Outgoing>, CryptoError> {
        let Self {
            world,
            notice,
            trade,
        } = self;
        let Some(trade) = trade else {
            return Ok(None);
        };
        match trade.key.provider {
            Provider::Wechat if twist.is_xml => Ok(Some(wechat::notice::xml(world, notice, trade))),
            Provider::Wechat => wechat::notice::compose(world, notice, trade, twist),
            Provider::Alipay | Provider::Sms => {
                alipay::notice::compose(world, notice, trade, twist)
            }
        }
    }
}

/// Sends all at the same time, records each, and tells whether all were taken.
async fn exchange(world: &World, site: Site<'_>, outgoing: Vec<Outgoing>) -> bool {
    let mut tasks = JoinSet::new();
    for copy in outgoing {
        tasks.spawn(async move {
            let (status, body, outcome) = answer(copy.request, copy.is_taken).await;
            Record {
                status,
                outcome: outcome.to_owned(),
                is_verified: None,
                request: copy.text,
                response: body,
            }
        });
    }
    let mut is_taken = true;
    while let Some(record) = tasks.join_next().await {
        // A task of ours doesn't panic; if it did, the notice counts as not taken.
        let record = record.unwrap_or_default();
        is_taken &= record.outcome == "taken";
        world.record(site, record);
    }
    is_taken
}

async fn answer(
    request: RequestBuilder,
    is_taken: fn(u16, &str) -> bool,
) -> (u16, String, &'static str) {
    let answer = match request.send().await {
        Ok(answer) => answer,
        Err(error) if error.is_timeout() => return (0, String::new(), "timeout"),
        Err(_) => return (0, String::new(), "unreachable"),
    };
    let status = answer.status().as_u16();
    match answer.text().await {
        Ok(body) if is_taken(status, &body) => (status, body, "taken"),
        Ok(body) => (status, body, "refused"),
        Err(_) => (status, String::new(), "cut off"),
    }
}
