//! Refunds that a person makes in the console of a provider.

use serde_json::Value;

use crate::clock::{Seconds, date_beijing};
use crate::notice::Matter;
use crate::provider::{Key, Provider};
use crate::refund::{Refund, Status};
use crate::trade::Phase;
use crate::world::State;

/// Makes a refund as a person in the console would: done at once, told in the old protocol.
pub(crate) fn from_console(
    state: &mut State,
    key: &Key,
    amount_fen: i64,
    reason: &str,
    now: Seconds,
) -> Option<String> {
    let number = format!("C{}{:010}", date_beijing(now), state.next_number());
    let id = format!("503000026{}{:011}", date_beijing(now), state.next_number());
    let trade = state.trades.get_mut(key)?;
    let is_paid = matches!(trade.phase, Phase::Paid(_));
    if !is_paid || amount_fen < 1 || trade.claimed_fen() + amount_fen > trade.amount_fen {
        return None;
    }
    trade.refunds.push(Refund {
        number: number.clone(),
        id,
        amount_fen,
        reason: reason.to_owned(),
        notify_url: None,
        parameters: Value::Null,
        made_at: now,
        status: Status::Success,
        ends: None,
        succeeded_at: Some(now),
        is_from_console: true,
    });
    let matter = match key.provider {
        Provider::Wechat => Matter::ConsoleRefund(key.clone(), number.clone()),
        Provider::Alipay | Provider::Sms => Matter::Refund(key.clone(), number.clone()),
    };
    state.tell(matter, now);
    Some(number)
}
