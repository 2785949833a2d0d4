//! What a student is told about the money of an order, and nothing that is not so.

use super::{AttemptState, Disposition};
use crate::Fen;
use crate::lang::Text;
use crate::order::OrderState;
use crate::refund::RefundState;

/// An attempt's money, as far as the student is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneySeen {
    /// Where the attempt is.
    pub state: AttemptState,
    /// What became of its money.
    pub disposition: Option<Disposition>,
    /// What came, or what is asked for.
    pub amount: Fen,
    /// Whether it can still be paid.
    pub is_payable: bool,
    /// The refund of money that the order did not need, where there is one.
    pub refund: Option<RefundState>,
}

/// One thing that a student must know about the money of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// A payment was begun and may still arrive.
    Confirming,
    /// Money came and a person compares it with the order.
    Checking(Fen),
    /// Money that the order does not need is on its way back.
    Returning(Fen),
    /// Money that the order did not need went back.
    Returned(Fen),
    /// The order is closed and nothing was charged.
    NotCharged,
}

impl News {
    /// The word in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirming => "confirming",
            Self::Checking(_) => "checking",
            Self::Returning(_) => "surplus_returning",
            Self::Returned(_) => "surplus_returned",
            Self::NotCharged => "not_charged",
        }
    }

    /// The money in question.
    pub const fn amount(self) -> Option<Fen> {
        match self {
            Self::Checking(amount) | Self::Returning(amount) | Self::Returned(amount) => {
                Some(amount)
            }
            Self::Confirming | Self::NotCharged => None,
        }
    }

    /// What people read; `{amount}` stands for the money.
    pub const fn text(self) -> Text {
        match self {
            Self::Confirming => Text::new(
                "正在向支付平台确认。如果您已经付款，请勿重复支付，这里会自动更新。",
                "We are asking the payment service. If you have paid, do not pay again; this updates by itself.",
            ),
            Self::Checking(_) => Text::new(
                "已收到 {amount}，与订单不符，正在人工核对。请勿再次支付。",
                "{amount} was received. It does not match the order, so a person is checking it. Please do not pay again.",
            ),
            Self::Returning(_) => Text::new(
                "多付的 {amount} 正在原路退回，一般 1 至 3 个工作日到账。",
                "{amount} was paid twice or too late and is on its way back to where it came from, usually within 3 working days.",
            ),
            Self::Returned(_) => Text::new(
                "多付的 {amount} 已原路退回。",
                "{amount} that was paid twice or too late has gone back to where it came from.",
            ),
            Self::NotCharged => Text::new(
                "订单已关闭，您没有被扣款。",
                "The order is closed; you were not charged.",
            ),
        }
    }

    /// What people read, with the money filled in.
    pub fn told(self, lang: crate::Lang) -> String {
        let amount = self.amount().map(|amount| amount.to_string());
        let text = self.text().get(lang);
        text.replace("{amount}", &amount.unwrap_or_default())
    }
}

/// All that a student must know about the money of an order.
pub fn news(order: OrderState, attempts: &[MoneySeen]) -> Vec<News> {
    let mut news: Vec<News> = attempts.iter().filter_map(|seen| about(*seen)).collect();
    let may_still_arrive = attempts
        .iter()
        .any(|seen| seen.state.is_waiting() && seen.is_payable);
    match order {
        OrderState::Unpaid if may_still_arrive => news.insert(0, News::Confirming),
        OrderState::Closed if news.is_empty() && !may_still_arrive => news.push(News::NotCharged),
        OrderState::Unpaid
        | OrderState::Closed
        | OrderState::Paid
        | OrderState::PartiallyRefunded
        | OrderState::Refunded => {}
    }
    news
}

fn about(seen: MoneySeen) -> Option<News> {
    match (seen.disposition?, seen.refund) {
        (Disposition::Applied, _) => None,
        (_, Some(RefundState::Succeeded)) => Some(News::Returned(seen.amount)),
        (Disposition::Surplus, _) => Some(News::Returning(seen.amount)),
        // Another attempt has the transaction: no money came with this one.
        (Disposition::Conflict, _) if seen.amount == Fen::ZERO => None,
        (Disposition::Conflict, _) => Some(News::Checking(seen.amount)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(disposition: Option<Disposition>, refund: Option<RefundState>) -> MoneySeen {
        MoneySeen {
            state: match disposition {
                Some(_) => AttemptState::Succeeded,
                None => AttemptState::Pending,
            },
            disposition,
            amount: Fen(2000),
            is_payable: disposition.is_none(),
            refund,
        }
    }

    #[test]
    fn a_student_is_told_where_the_money_is() {
        let (surplus, conflict) = (Some(Disposition::Surplus), Some(Disposition::Conflict));
        let applied = seen(Some(Disposition::Applied), None);
        let ended = MoneySeen {
            state: AttemptState::Closed,
            is_payable: false,
            ..seen(None, None)
        };
        for (order, attempts, expected) in [
            (OrderState::Unpaid, vec![], vec![]),
            (OrderState::Unpaid, vec![ended], vec![]),
            (
                OrderState::Unpaid,
                vec![seen(None, None)],
                vec![News::Confirming],
            ),
            (OrderState::Closed, vec![ended], vec![News::NotCharged]),
            (OrderState::Closed, vec![seen(None, None)], vec![]),
            (OrderState::Paid, vec![applied], vec![]),
            (
                OrderState::Paid,
                vec![applied, seen(surplus, Some(RefundState::Submitted))],
                vec![News::Returning(Fen(2000))],
            ),
            (
                OrderState::Closed,
                vec![seen(surplus, Some(RefundState::Succeeded))],
                vec![News::Returned(Fen(2000))],
            ),
            (
                OrderState::Unpaid,
                vec![seen(conflict, None)],
                vec![News::Checking(Fen(2000))],
            ),
        ] {
            assert_eq!(news(order, &attempts), expected, "{order} {attempts:?}");
        }
    }

    #[test]
    fn the_amount_is_in_the_text() {
        let told = News::Returning(Fen(2000)).told(crate::Lang::En);
        assert!(told.starts_with("¥20.00 was paid twice"), "{told}");
    }
}
