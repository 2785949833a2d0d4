//! Phone numbers: parsed once to E.164, printed masked ever after.

use std::fmt;

use thiserror::Error;

use crate::Text;
use crate::fold::{is_blank, is_dash};
use crate::masked::mask;
use crate::nfkc::nfkc;

/// A country, or rather what a phone number tells of it: its calling code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Country(u16);

impl Country {
    /// Mainland China, +86.
    pub const CHINA: Self = Self(86);

    /// The country with this calling code, 1 to 999.
    pub fn new(calling_code: u16) -> Option<Self> {
        (1..=999)
            .contains(&calling_code)
            .then_some(Self(calling_code))
    }

    /// The calling code: 86, 852.
    pub const fn calling_code(self) -> u16 {
        self.0
    }

    /// What people call it, for those whose students commonly study in China; of the others only the code is shown.
    /// Source: docs/sources.md#phone-numbers.
    pub const fn name(self) -> Option<Text> {
        Some(match self.0 {
            1 => Text::new("美国、加拿大", "United States, Canada"),
            7 => Text::new("俄罗斯、哈萨克斯坦", "Russia, Kazakhstan"),
            33 => Text::new("法国", "France"),
            44 => Text::new("英国", "United Kingdom"),
            49 => Text::new("德国", "Germany"),
            60 => Text::new("马来西亚", "Malaysia"),
            61 => Text::new("澳大利亚", "Australia"),
            62 => Text::new("印度尼西亚", "Indonesia"),
            65 => Text::new("新加坡", "Singapore"),
            66 => Text::new("泰国", "Thailand"),
            81 => Text::new("日本", "Japan"),
            82 => Text::new("韩国", "South Korea"),
            84 => Text::new("越南", "Vietnam"),
            86 => Text::new("中国大陆", "Mainland China"),
            92 => Text::new("巴基斯坦", "Pakistan"),
            852 => Text::new("中国香港", "Hong Kong, China"),
            853 => Text::new("中国澳门", "Macao, China"),
            886 => Text::new("中国台湾", "Taiwan, China"),
            _ => return None,
        })
    }
}

/// The countries whose numbers get messages, by configuration; +86 alone by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Countries(Vec<Country>);

impl Countries {
    /// The countries in the order in which a page offers them; `None` for none at all.
    pub fn new(countries: Vec<Country>) -> Option<Self> {
        (!countries.is_empty()).then_some(Self(countries))
    }

    /// All of them, the first being the one to preselect.
    pub fn as_slice(&self) -> &[Country] {
        &self.0
    }

    /// Where a number without a calling code belongs.
    pub fn first(&self) -> Country {
        self.0.first().copied().unwrap_or(Country::CHINA)
    }

    /// The country of an international number without its `+`, and the digits after its code. No
    /// calling code is the beginning of another, so there is one answer at most.
    pub fn split<'digits>(&self, international: &'digits str) -> Option<(Country, &'digits str)> {
        self.0.iter().find_map(|&country| {
            let national = international.strip_prefix(&country.0.to_string())?;
            Some((country, national))
        })
    }
}

impl Default for Countries {
    fn default() -> Self {
        Self(vec![Country::CHINA])
    }
}

/// What is wrong with a phone number, for the one who typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PhoneError {
    /// Digits are missing.
    #[error("{digits} digits are too few")]
    TooShort {
        /// How many there are, without the calling code.
        digits: usize,
    },
    /// There are more digits than a number has.
    #[error("{digits} digits are too many")]
    TooLong {
        /// How many there are, without the calling code.
        digits: usize,
    },
    /// It is no mobile number, so that no message can reach it.
    #[error("not a mobile number")]
    NotMobile,
    /// No messages are sent to this calling code.
    #[error("no messages are sent to this country")]
    CountryNotServed,
    /// Something other than a digit stands in it.
    #[error("{character:?} is not a digit")]
    NotDigits {
        /// The first such character.
        character: char,
    },
}

/// A mobile number in E.164, which [`Debug`](fmt::Debug) and [`Display`](fmt::Display) mask.
///
/// It has no `Serialize`: an answer carries [`Phone::masked`].
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

impl Phone {
    /// Reads what a person typed or pasted: `138 0013 8000`, `+86-138…`, `0086138…`, `+86 (0)138…`, `+86+86138…`,
    /// `tel:138…`, full-width digits, punctuation around it.
    ///
    /// `country` is where a number without a calling code belongs; a number that begins with `+` or
    /// `00` says so itself. Either must be among the `served`. Chinese numbers must match
    /// `^1[3-9]\d{9}$`, others `^\+[1-9]\d{6,14}$`. Source:
    /// docs/sources.md#phone-numbers.
    ///
    /// # Errors
    /// [`PhoneError`], precise enough to tell the person what to mend.
    pub fn parse(input: &str, country: Country, served: &Countries) -> Result<Self, PhoneError> {
        let typed = plain(input);
        let split = split_country(&typed, country, served);
        let national = split.map_or(typed.trim_start_matches('+'), |(_, national)| national);
        if let Some(character) = national.chars().find(|digit| !digit.is_ascii_digit()) {
            return Err(PhoneError::NotDigits { character });
        }
        let (country, national) = split.ok_or(PhoneError::CountryNotServed)?;
        let national = match country {
            Country::CHINA => without_trunk_prefix(without_calling_code(national)),
            Country(_) => national,
        };
        match country {
            Country::CHINA => check_chinese(national)?,
            Country(_) => check_length(country, national)?,
        }
        Ok(Self(format!("+{}{national}", country.0)))
    }

    /// A number that [`Phone::parse`] once made, back from where it was sealed: its country may no
    /// longer be served. `None` where it is not E.164, or Chinese and not mobile.
    pub fn from_e164(stored: &str) -> Option<Self> {
        let digits = stored.strip_prefix('+')?;
        let is_e164 = (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|digit| digit.is_ascii_digit());
        let is_mobile = digits
            .strip_prefix("86")
            .is_none_or(|national| check_chinese(national).is_ok());
        (is_e164 && is_mobile).then(|| Self(stored.to_owned()))
    }

    /// The plain number, `+8613800138000`: for the gateway, for sealing and for the keyed index.
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// The number as it may be shown: `138****8000`; elsewhere with its code, `+852****4567`.
    pub fn masked(&self) -> String {
        match self.0.strip_prefix("+86") {
            Some(national) => mask(national, 3, 4),
            None => mask(&self.0, 4, self.0.len().saturating_sub(8).min(4)),
        }
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.masked())
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// What was typed, without all that is written around and between the digits: `tel:` and what follows the number in such
/// a link, the trunk prefix in brackets, separators, punctuation at both ends.
fn plain(input: &str) -> String {
    let typed: String = nfkc(input)
        .chars()
        .filter(|&character| !is_blank(character) && !is_dash(character))
        .collect();
    let typed = typed.trim_matches(is_punctuation);
    let number = match typed.split_at_checked(4) {
        Some((scheme, link)) if scheme.eq_ignore_ascii_case("tel:") => {
            link.split(';').next().unwrap_or_default()
        }
        Some(_) | None => typed,
    };
    // E.123 writes so what is dialled only inside the country.
    let number = number.replacen("(0)", "", 1);
    number
        .chars()
        .filter(|character| !matches!(character, '(' | ')' | '.'))
        .collect()
}

/// What a sentence, a list or a quotation puts before or after a number, as it is after NFKC.
fn is_punctuation(character: char) -> bool {
    matches!(
        character,
        '.' | ',' | ';' | ':' | '!' | '?' | '/' | '_' | '~' | '"' | '\'' | '<' | '>' | '[' | ']'
    ) || matches!(
        character,
        '。' | '、'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '「'
            | '」'
            | '『'
            | '』'
            | '《'
            | '》'
            | '【'
            | '】'
    )
}

/// The country that a number belongs to, and its digits without the code; `None` where the country is not served.
fn split_country<'a>(
    typed: &'a str,
    country: Country,
    served: &Countries,
) -> Option<(Country, &'a str)> {
    let Some(digits) = without_international_prefix(typed) else {
        let is_served = served.as_slice().contains(&country);
        return is_served.then_some((country, typed));
    };
    let (country, national) = served.split(digits)?;
    // The code stands twice where a whole number was put behind a code that was there already.
    let again = without_international_prefix(national).and_then(|digits| served.split(digits));
    Some(
        again
            .filter(|(second, _)| *second == country)
            .unwrap_or((country, national)),
    )
}

/// The number behind `+` or `00`; `None` where it has neither.
fn without_international_prefix(typed: &str) -> Option<&str> {
    let prefix = |typed: &'_ str| -> Option<usize> {
        ["+", "00"]
            .iter()
            .find(|prefix| typed.starts_with(**prefix))
            .map(|prefix| prefix.len())
    };
    let mut rest = &typed[prefix(typed)?..];
    while let Some(length) = prefix(rest) {
        rest = &rest[length..];
    }
    Some(rest)
}

/// Spreadsheets lose the `+`: thirteen digits that begin with 86 are a Chinese number with its code,
/// since no Chinese mobile number begins with 8.
fn without_calling_code(national: &str) -> &str {
    match national.strip_prefix("86") {
        Some(rest) if national.len() == 13 => rest,
        Some(_) | None => national,
    }
}

/// `013…`, as mobile numbers of another city are dialled: no area code begins with 013 to 019.
fn without_trunk_prefix(national: &str) -> &str {
    match national.as_bytes() {
        [b'0', b'1', b'3'..=b'9', ..] => &national[1..],
        _ => national,
    }
}

/// `^1[3-9]\d{9}$`. A landline is told to be one whatever its length.
fn check_chinese(national: &str) -> Result<(), PhoneError> {
    let digits = national.len();
    match (national.as_bytes(), digits) {
        ([b'1', b'3'..=b'9', ..] | [b'1'] | [], 0..11) => Err(PhoneError::TooShort { digits }),
        ([b'1', b'3'..=b'9', ..], 11) => Ok(()),
        ([b'1', b'3'..=b'9', ..], _) => Err(PhoneError::TooLong { digits }),
        _ => Err(PhoneError::NotMobile),
    }
}

/// 7 to 15 digits with the calling code. Source: docs/sources.md#phone-numbers.
fn check_length(country: Country, national: &str) -> Result<(), PhoneError> {
    let digits = national.len();
    match country.0.to_string().len() + digits {
        0..7 => Err(PhoneError::TooShort { digits }),
        7..=15 => Ok(()),
        16.. => Err(PhoneError::TooLong { digits }),
    }
}

#[cfg(test)]
mod tests;
