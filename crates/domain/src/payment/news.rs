//! What a student is told about the money of an order, and nothing that is not so.

use super::{AttemptState, Disposition};
use crate::Fen;
use crate::lang::Text;
use crate::order::OrderState;

/// An order, as far as news of its money depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderSeen {
    /// Where it is.
    pub state: OrderState,
    /// What is due.
    pub due: Fen,
    /// Whether it was closed for lack of time before its money came.
    pub is_reopened: bool,
    /// Whether a person looks at its money.
    pub needs_review: bool,
}

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
    /// How much of it went back.
    pub returned: Fen,
    /// How much of it is on its way back.
    pub returning: Fen,
}

/// One thing that a student must know about the money of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// A payment was begun and may still arrive.
    Confirming,
    /// Money came that the order does not need or that does not fit it, and a person looks at it.
    Checking(Fen),
    /// Money that the order does not need is on its way back.
    Returning(Fen),
    /// Money that the order did not need went back.
    Returned(Fen),
    /// A person looks at something about the money that no sum of the order shows.
    Reviewing,
    /// The money came after the order had closed, and the order goes on.
    Reopened(Fen),
    /// The order is closed and nothing was charged.
    NotCharged,
}

impl News {
    /// Every word that [`as_str`](Self::as_str) returns.
    pub const WORDS: [&'static str; 7] = [
        "confirming",
        "checking",
        "surplus_returning",
        "surplus_returned",
        "reviewing",
        "reopened",
        "not_charged",
    ];

    /// The word in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirming => "confirming",
            Self::Checking(_) => "checking",
            Self::Returning(_) => "surplus_returning",
            Self::Returned(_) => "surplus_returned",
            Self::Reviewing => "reviewing",
            Self::Reopened(_) => "reopened",
            Self::NotCharged => "not_charged",
        }
    }

    /// The money in question.
    pub const fn amount(self) -> Option<Fen> {
        match self {
            Self::Checking(amount)
            | Self::Returning(amount)
            | Self::Returned(amount)
            | Self::Reopened(amount) => Some(amount),
            Self::Confirming | Self::Reviewing | Self::NotCharged => None,
        }
    }

    /// What people read; `{amount}` stands for the money.
    pub const fn text(self) -> Text {
        match self {
            Self::Confirming => Text::new(
                "还没有收到付款。如果您已经付款，请勿重复支付，这里会自动更新。",
                "No payment has arrived. If you have paid, do not pay again; this updates by itself.",
            ),
            Self::Checking(_) => Text::new(
                "已收到 {amount}，与订单不符，正在人工核对。请勿再次支付。",
                "{amount} was received. It does not match the order, so a person is checking it. Please do not pay again.",
            ),
            Self::Returning(_) => Text::new(
                "多付的 {amount} 正在原路退回，一般 1 至 3 个工作日到账。",
                "{amount} was paid twice, too late or wrongly and is on its way back to where it came from, usually within 3 working days.",
            ),
            Self::Returned(_) => Text::new(
                "多付的 {amount} 已原路退回。",
                "{amount} that was paid twice, too late or wrongly has gone back to where it came from.",
            ),
            Self::Reviewing => Text::new(
                "支付平台报来的一笔款项与这个订单对不上，正在人工核对，您无需操作。",
                "The payment service told of money that does not match this order. A person is checking it; you need do nothing.",
            ),
            Self::Reopened(_) => Text::new(
                "付款 {amount} 在订单关闭后到账，订单已恢复，无需再次支付。",
                "{amount} was received after the order had closed. The order is open again; you need not pay again.",
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
pub fn news(order: OrderSeen, attempts: &[MoneySeen]) -> Vec<News> {
    let mut news: Vec<News> = attempts.iter().flat_map(|seen| about(*seen)).collect();
    if order.needs_review && news.is_empty() {
        news.push(News::Reviewing);
    }
    let may_still_arrive = attempts
        .iter()
        .any(|seen| seen.state.is_waiting() && seen.is_payable);
    match order.state {
        OrderState::Unpaid if may_still_arrive => news.insert(0, News::Confirming),
        OrderState::Closed if news.is_empty() && !may_still_arrive => news.push(News::NotCharged),
        OrderState::Paid if order.is_reopened => news.insert(0, News::Reopened(order.due)),
        OrderState::Unpaid
        | OrderState::Closed
        | OrderState::Paid
        | OrderState::PartiallyRefunded
        | OrderState::Refunded => {}
    }
    news
}

/// Where an attempt's money is that did not settle the order: back, on its way back, or before a person.
fn about(seen: MoneySeen) -> Vec<News> {
    match seen.disposition {
        None | Some(Disposition::Applied) => Vec::new(),
        Some(Disposition::Surplus | Disposition::Conflict) => {
            let elsewhere = seen.returned.0.saturating_add(seen.returning.0);
            let held = Fen(seen.amount.0.saturating_sub(elsewhere));
            let parts = [
                News::Returned(seen.returned),
                News::Returning(seen.returning),
                News::Checking(held),
            ];
            let has_money = |part: &News| part.amount() > Some(Fen::ZERO);
            parts.into_iter().filter(has_money).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn order_seen(state: OrderState) -> OrderSeen {
        OrderSeen {
            state,
            due: Fen(2000),
            is_reopened: false,
            needs_review: false,
        }
    }

    fn seen(disposition: Option<Disposition>, returned: i64, returning: i64) -> MoneySeen {
        MoneySeen {
            state: match disposition {
                Some(_) => AttemptState::Succeeded,
                None => AttemptState::Pending,
            },
            disposition,
            amount: Fen(2000),
            is_payable: disposition.is_none(),
            returned: Fen(returned),
            returning: Fen(returning),
        }
    }

    fn ended() -> MoneySeen {
        MoneySeen {
            state: AttemptState::Closed,
            is_payable: false,
            ..seen(None, 0, 0)
        }
    }

    /// A paid order whose money a person looks at.
    fn looked_at() -> OrderSeen {
        OrderSeen {
            needs_review: true,
            ..order_seen(OrderState::Paid)
        }
    }

    /// A paid order whose money came late.
    fn reopened() -> OrderSeen {
        OrderSeen {
            is_reopened: true,
            ..order_seen(OrderState::Paid)
        }
    }

    #[rstest]
    #[case::nothing_begun(OrderState::Unpaid, &[], &[])]
    #[case::an_attempt_that_ended(OrderState::Unpaid, &[ended()], &[])]
    #[case::an_attempt_that_may_still_be_paid(
        OrderState::Unpaid,
        &[seen(None, 0, 0)],
        &[News::Confirming],
    )]
    #[case::closed_and_never_charged(OrderState::Closed, &[ended()], &[News::NotCharged])]
    #[case::closed_with_an_open_attempt(OrderState::Closed, &[seen(None, 0, 0)], &[])]
    #[case::paid(OrderState::Paid, &[seen(Some(Disposition::Applied), 500, 0)], &[])]
    #[case::paid_twice_and_on_its_way_back(
        OrderState::Paid,
        &[seen(Some(Disposition::Applied), 500, 0), seen(Some(Disposition::Surplus), 0, 2000)],
        &[News::Returning(Fen(2000))],
    )]
    #[case::returned_after_the_order_closed(
        OrderState::Closed,
        &[seen(Some(Disposition::Surplus), 2000, 0)],
        &[News::Returned(Fen(2000))],
    )]
    #[case::in_conflict(
        OrderState::Unpaid,
        &[seen(Some(Disposition::Conflict), 0, 0)],
        &[News::Checking(Fen(2000))],
    )]
    // Nothing goes back of what is above the daily limit, or of what the bank refused.
    #[case::surplus_above_the_daily_limit(
        OrderState::Paid,
        &[seen(Some(Disposition::Surplus), 0, 0)],
        &[News::Checking(Fen(2000))],
    )]
    #[case::partly_returned(
        OrderState::Closed,
        &[seen(Some(Disposition::Surplus), 500, 300)],
        &[News::Returned(Fen(500)), News::Returning(Fen(300)), News::Checking(Fen(1200))],
    )]
    #[case::in_conflict_and_on_its_way_back(
        OrderState::Unpaid,
        &[seen(Some(Disposition::Conflict), 0, 2000)],
        &[News::Returning(Fen(2000))],
    )]
    fn a_student_is_told_where_the_money_is(
        #[case] order: OrderState,
        #[case] attempts: &[MoneySeen],
        #[case] expected: &[News],
    ) {
        let seen = order_seen(order);
        assert_eq!(news(seen, attempts), expected, "{order} {attempts:?}");
    }

    #[rstest]
    #[case::looked_at(looked_at(), &[seen(Some(Disposition::Applied), 0, 0)], &[News::Reviewing])]
    #[case::looked_at_with_a_second_payment(
        looked_at(),
        &[seen(Some(Disposition::Applied), 0, 0), seen(Some(Disposition::Surplus), 0, 0)],
        &[News::Checking(Fen(2000))],
    )]
    #[case::reopened(
        reopened(),
        &[seen(Some(Disposition::Applied), 0, 0)],
        &[News::Reopened(Fen(2000))],
    )]
    #[case::returned_since(
        OrderSeen { state: OrderState::Refunded, ..reopened() },
        &[seen(Some(Disposition::Applied), 0, 0)],
        &[],
    )]
    fn a_student_is_told_that_a_person_looks_and_that_late_money_reopened_the_order(
        #[case] order: OrderSeen,
        #[case] attempts: &[MoneySeen],
        #[case] expected: &[News],
    ) {
        assert_eq!(news(order, attempts), expected, "{order:?}");
    }

    #[test]
    fn the_amount_is_in_the_text() {
        let told = News::Returning(Fen(2000)).told(crate::Lang::En);
        assert!(told.starts_with("¥20.00 was paid twice"), "{told}");
    }

    #[test]
    fn every_word_is_listed() {
        let amount = Fen(1);
        let all = [
            News::Confirming,
            News::Checking(amount),
            News::Returning(amount),
            News::Returned(amount),
            News::Reviewing,
            News::Reopened(amount),
            News::NotCharged,
        ];
        assert_eq!(all.map(News::as_str), News::WORDS);
    }
}
