//! Faults that a test or a person asks for, each for a number of times.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::trade::Provider;

/// No fault may hold an answer back for longer: 30 s.
const LONGEST_WAIT_MS: u64 = 30_000;
/// How long `timeout_after_effect` waits where nothing is said: longer than any client of ours (8 s).
const DEFAULT_TIMEOUT_MS: u64 = 10_000;

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A notice is lost on its way; the schedule goes on.
    NotifyDrop,
    /// A notice comes two times.
    NotifyTwice,
    /// A notice is signed well and names one fen too much.
    NotifyWrongAmount,
    /// The order is paid and notified before its create call is answered.
    NotifyBeforeResponse,
    /// An answer, or with `"operation":"notify"` a notice, is signed wrongly.
    BadSignature,
    /// The call is answered 500 and has no effect.
    Http500,
    /// The call has its effect and is not answered within the client's patience.
    TimeoutAfterEffect { ms: u64 },
    /// The message isn't sent; the provider says this code.
    SmsFail { code: String },
    /// The answer comes late.
    Slow { ms: u64 },
}

/// A name that is no fault.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no fault of this sandbox")]
pub(crate) struct UnknownFault(String);

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let (name, argument) = text
            .split_once(':')
            .map_or((text, None), |(name, value)| (name, Some(value)));
        let ms = || match argument.map(str::parse::<u64>) {
            None => Ok(DEFAULT_TIMEOUT_MS),
            Some(Ok(ms)) => Ok(ms.min(LONGEST_WAIT_MS)),
            Some(Err(_)) => Err(UnknownFault(text.to_owned())),
        };
        Ok(match (name, argument) {
            ("notify_drop", None) => Self::NotifyDrop,
            ("notify_twice", None) => Self::NotifyTwice,
            ("notify_wrong_amount", None) => Self::NotifyWrongAmount,
            ("notify_before_response", None) => Self::NotifyBeforeResponse,
            ("bad_signature", None) => Self::BadSignature,
            ("http_500", None) => Self::Http500,
            ("timeout_after_effect", _) => Self::TimeoutAfterEffect { ms: ms()? },
            ("slow", Some(_)) => Self::Slow { ms: ms()? },
            ("sms_fail", code) => Self::SmsFail {
                code: code.unwrap_or("isv.AMOUNT_NOT_ENOUGH").to_owned(),
            },
            (_, _) => return Err(UnknownFault(text.to_owned())),
        })
    }
}

/// Where a fault may strike: one call or one notice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site<'a> {
    pub(crate) provider: Provider,
    /// `native`, `query`, `close`, `precreate`, `send`, `notify`.
    pub(crate) operation: &'a str,
    /// The order's number or the phone number.
    pub(crate) subject: &'a str,
}

/// Which sites a fault is meant for; what is left out matches everything.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Match {
    provider: Option<Provider>,
    operation: Option<String>,
    out_trade_no: Option<String>,
    phone: Option<String>,
}

impl Match {
    fn covers(&self, site: Site<'_>) -> bool {
        let subject = self.out_trade_no.as_deref().or(self.phone.as_deref());
        self.provider
            .is_none_or(|provider| provider == site.provider)
            && self
                .operation
                .as_deref()
                .is_none_or(|operation| operation == site.operation)
            && subject.is_none_or(|subject| subject == site.subject)
    }
}

/// The faults that are still to happen, in the order in which they were asked for.
#[derive(Default)]
pub(crate) struct Faults(Vec<Armed>);

struct Armed {
    fault: Fault,
    at: Match,
    times: u32,
}

impl Faults {
    /// Lets `fault` happen `times` times where `at` matches.
    pub(crate) fn arm(&mut self, fault: Fault, at: Match, times: u32) {
        self.0.push(Armed { fault, at, times });
    }

    /// The first armed fault of the wanted kind for this site, used up by one.
    pub(crate) fn take(
        &mut self,
        site: Site<'_>,
        is_wanted: impl Fn(&Fault) -> bool,
    ) -> Option<Fault> {
        let armed = (self.0.iter_mut())
            .find(|armed| armed.times > 0 && is_wanted(&armed.fault) && armed.at.covers(site))?;
        armed.times -= 1;
        let fault = armed.fault.clone();
        self.0.retain(|armed| armed.times > 0);
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NATIVE: Site<'_> = Site {
        provider: Provider::Wechat,
        operation: "native",
        subject: "G1",
    };

    #[test]
    fn a_fault_strikes_where_it_matches_and_as_often_as_asked() {
        let mut faults = Faults::default();
        let only_g2 = Match {
            out_trade_no: Some("G2".into()),
            ..Match::default()
        };
        faults.arm(Fault::Http500, only_g2, 1);
        faults.arm(Fault::Http500, Match::default(), 2);
        let mut strike = |site| {
            faults
                .take(site, |fault| *fault == Fault::Http500)
                .is_some()
        };
        assert_eq!(
            [strike(NATIVE), strike(NATIVE), strike(NATIVE)],
            [true, true, false]
        );
        assert!(strike(Site {
            subject: "G2",
            ..NATIVE
        }));
    }

    #[test]
    fn names_are_read_and_waits_are_bounded() {
        assert_eq!("slow:800".parse(), Ok(Fault::Slow { ms: 800 }));
        assert_eq!(
            "slow:99999999".parse(),
            Ok(Fault::Slow {
                ms: LONGEST_WAIT_MS
            })
        );
        assert_eq!(
            "timeout_after_effect".parse(),
            Ok(Fault::TimeoutAfterEffect {
                ms: DEFAULT_TIMEOUT_MS
            })
        );
        for unknown in ["slow", "slow:soon", "notify_drop:3", "explode", ""] {
            assert!(unknown.parse::<Fault>().is_err(), "{unknown}");
        }
    }
}
