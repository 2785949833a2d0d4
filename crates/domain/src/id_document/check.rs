//! The citizen number of GB 11643-1999: date of birth in digits 7 to 14, check character last.

use chrono::NaiveDate;

use super::IdNumberError;
use super::shape::{CN_ID_OF_15, fits};

/// Weights of the first 17 digits, 2^(18−i) mod 11. Source: docs/sources.md#id-check-character.
const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// The check character for each remainder of ISO 7064 MOD 11-2.
const CHECK_CHARACTERS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// Checks a number that already has the shape of 17 digits and a check character: first the date,
/// which names the mistake more exactly, then the check character.
pub(super) fn verify(number: &str, today: NaiveDate) -> Result<(), IdNumberError> {
    let [year, month, day] = [&number[6..10], &number[10..12], &number[12..14]].map(decimal);
    let birth = calendar_date(year, month, day).ok_or(IdNumberError::Date { year, month, day })?;
    if birth > today {
        return Err(IdNumberError::FutureDate { year, month, day });
    }
    let (digits, found) = number.split_at(17);
    let expected = check_character(digits);
    match found.chars().next() {
        Some(found) if found != expected => Err(IdNumberError::CheckCharacter { expected, found }),
        Some(_) | None => Ok(()),
    }
}

/// The 18-digit form of a first-generation number of 15 digits, in which the century was left out. Such numbers are no
/// longer in use; a roster may still hold one.
///
/// `None` for anything else, and where digits 7 and 8 are 19 or 20: that is the century of an
/// 18-digit number that lost three digits, not a birth in 1919 or 1920.
pub(super) fn upgrade(number: &str) -> Option<String> {
    if !fits(number, CN_ID_OF_15) {
        return None;
    }
    let (area, rest) = number.split_at(6);
    if rest.starts_with("19") || rest.starts_with("20") {
        return None;
    }
    let [year, month, day] = [&rest[..2], &rest[2..4], &rest[4..6]].map(decimal);
    calendar_date(1900 + year, month, day)?;
    let digits = format!("{area}19{rest}");
    let check = check_character(&digits);
    Some(format!("{digits}{check}"))
}

/// The check character that belongs to 17 digits.
pub(super) fn check_character(digits: &str) -> char {
    let values = digits
        .bytes()
        .map(|digit| usize::from(digit.wrapping_sub(b'0')));
    let sum: usize = values
        .zip(WEIGHTS)
        .map(|(value, weight)| value * weight)
        .sum();
    CHECK_CHARACTERS[sum % CHECK_CHARACTERS.len()]
}

fn calendar_date(year: u16, month: u16, day: u16) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
}

/// The value of up to four ASCII digits.
fn decimal(digits: &str) -> u16 {
    digits.bytes().fold(0, |value, digit| {
        value * 10 + u16::from(digit.wrapping_sub(b'0'))
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("11010519491231002", 'X')]
    #[case("44052418800101001", '4')]
    #[case("11010219970228001", '4')]
    #[case("11010219960229004", '7')]
    #[case("31010119980101123", '2')]
    #[case("81000019940823002", '1')]
    #[case("82000019960715003", '4')]
    #[case("83000019920130002", '2')]
    #[case("91112419810803002", '4')]
    fn check_characters_of_the_table(#[case] digits: &str, #[case] check: char) {
        assert_eq!(check_character(digits), check, "{digits}");
    }

    #[rstest]
    #[case::a_number("610104620927690", Some("610104196209276908"))]
    #[case::check_character_x("110105491231002", Some("11010519491231002X"))]
    #[case::month_thirteen("610104621327690", None)]
    #[case::no_leap_year("610104190927690", None)]
    #[case::of_this_century("610104200105690", None)]
    #[case::a_letter("61010462092769X", None)]
    #[case::no_such_region("010104620927690", None)]
    #[case::eighteen_digits("610104196209276908", None)]
    #[case::empty("", None)]
    fn fifteen_digits_become_eighteen(#[case] short: &str, #[case] long: Option<&str>) {
        assert_eq!(upgrade(short).as_deref(), long, "{short}");
    }
}
