//! Time and randomness, handed to whoever needs them, and the identifiers made from them.

use aws_lc_rs::rand;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use data_encoding::HEXLOWER;
use std::{fmt, sync::Arc};

/// Crockford's base 32: no I, L, O, U, so that a number survives being read aloud.
/// Source: docs/sources.md#crockford
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many six-digit codes there are.
const CODES: u32 = 1_000_000;

/// Where unpredictable bytes come from.
pub trait Random: Send + Sync {
    /// Fills the whole buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    /// # Panics
    ///
    /// Where the system has no randomness to give: every secret made after that would be guessable.
    fn fill(&self, buffer: &mut [u8]) {
        assert!(rand::fill(buffer).is_ok(), "the system gives no randomness");
    }
}

/// The clock and the randomness that a client signs its requests with.
#[derive(Clone)]
pub struct Entropy {
    /// Tells the time.
    pub now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// Fills buffers.
    pub random: Arc<dyn Random>,
}

impl fmt::Debug for Entropy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Entropy").finish_non_exhaustive()
    }
}

impl Entropy {
    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.now)()
    }

    /// 32 hexadecimal digits; the longest nonce that any provider takes.
    pub(crate) fn nonce(&self) -> String {
        HEXLOWER.encode(&bytes::<16>(self.random.as_ref()))
    }
}

/// A uniform one-time code of six digits, leading zeros kept.
/// Source: docs/sources.md#otp
pub fn otp_code(random: &dyn Random) -> String {
    // The numbers above the last whole multiple would make the low codes likelier.
    let limit = u32::MAX - u32::MAX % CODES;
    loop {
        let number = u32::from_le_bytes(bytes(random));
        if number < limit {
            return format!("{:06}", number % CODES);
        }
    }
}

/// The number of a payment attempt at its provider: `G`, the day as `yymmdd`, and 17 random
/// characters. It suits `WeChat Pay` (6–32 characters) and Alipay (up to 64, no `-`).
pub fn out_trade_no(random: &dyn Random, day: NaiveDate) -> String {
    number('G', random, day)
}

/// The number of a refund: the same shape, with an `R`.
pub fn out_refund_no(random: &dyn Random, day: NaiveDate) -> String {
    number('R', random, day)
}

fn number(kind: char, random: &dyn Random, day: NaiveDate) -> String {
    let year = day.year().rem_euclid(100);
    format!(
        "{kind}{year:02}{:02}{:02}{}",
        day.month(),
        day.day(),
        crockford::<17>(random)
    )
}

/// `N` uniform base-32 characters.
pub(crate) fn crockford<const N: usize>(random: &dyn Random) -> String {
    bytes::<N>(random)
        .map(|byte| char::from(CROCKFORD[usize::from(byte % 32)]))
        .iter()
        .collect()
}

/// Two base-32 characters: those of a number below 1024.
pub(crate) fn pair(number: usize) -> String {
    let digit = |value: usize| char::from(CROCKFORD[value % 32]);
    [digit(number / 32), digit(number)].iter().collect()
}

pub(crate) fn bytes<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut buffer = [0; N];
    random.fill(&mut buffer);
    buffer
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::VecDeque, sync::Mutex};

    /// Gives out the listed bytes, in order.
    struct Script(Mutex<VecDeque<u8>>);

    impl Script {
        fn of(bytes: &[u8]) -> Self {
            Self(Mutex::new(bytes.iter().copied().collect()))
        }
    }

    impl Random for Script {
        fn fill(&self, buffer: &mut [u8]) {
            let mut bytes = self.0.lock().unwrap();
            buffer.fill_with(|| bytes.pop_front().unwrap());
        }
    }

    #[test]
    fn a_code_keeps_its_leading_zeros() {
        assert_eq!(otp_code(&Script::of(&42_917_u32.to_le_bytes())), "042917");
        assert_eq!(otp_code(&Script::of(&[0; 4])), "000000");
    }

    #[test]
    fn a_number_above_the_last_whole_multiple_is_drawn_again() {
        let script = [
            4_294_000_000_u32.to_le_bytes(),
            4_293_999_999_u32.to_le_bytes(),
        ]
        .concat();
        assert_eq!(otp_code(&Script::of(&script)), "999999");
    }

    #[test]
    fn a_trade_number_has_24_characters_of_the_alphabet() {
        let day = NaiveDate::from_ymd_opt(2026, 6, 9).unwrap();
        let made = out_trade_no(
            &Script::of(&[0, 31, 32, 255, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 18, 20, 27]),
            day,
        );
        assert_eq!(made, "G2606090Z0ZA123456789JMV");
        assert_eq!(
            out_refund_no(&Script::of(&[0; 17]), day),
            "R26060900000000000000000"
        );
        assert_ne!(
            out_trade_no(&SystemRandom, day),
            out_trade_no(&SystemRandom, day)
        );
    }
}
