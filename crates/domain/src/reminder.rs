//! Reminders of what is left to do.

use crate::{Fen, Text};

/// The text that students get, as it is to be filed with the provider of messages.
pub const REMINDER_TEXT: Text = Text::new(
    "您的毕业生图像采集尚未完成，请登录查看并在截止前完成。",
    "Your graduation portrait is not finished. Please log in and finish it before the deadline.",
);

/// What so many messages cost at a price in thousandths of a yuan, rounded up to fen.
pub fn reminder_cost(messages: u64, price_milli_yuan: u32) -> Fen {
    let milli = messages.saturating_mul(price_milli_yuan.into());
    Fen(i64::try_from(milli.div_ceil(10)).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::no_message(0, 45, 0)]
    #[case::one_message(1, 45, 5)]
    #[case::two_messages(2, 45, 9)]
    #[case::a_thousand_messages(1_000, 45, 4_500)]
    fn a_part_of_a_fen_is_a_whole_one(#[case] messages: u64, #[case] price: u32, #[case] fen: i64) {
        assert_eq!(reminder_cost(messages, price), Fen(fen));
    }
}
