//! The two languages that gradphoto speaks.

use serde::{Deserialize, Serialize};

/// A language of the product. Chinese is the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Lang {
    /// Simplified Chinese, `zh-CN`.
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    /// English, `en`.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Both languages, Chinese first.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The language tag (BCP 47), as in `lang` attributes and `Accept-Language`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language's own name, for a switch.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Zh => "中文",
            Self::En => "English",
        }
    }

    /// Reads a language tag: `en`, `en-GB`, `zh`, `zh-Hans-CN`; `None` for others.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag
            .trim()
            .split(['-', '_'])
            .next()?
            .to_ascii_lowercase()
            .as_str()
        {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The language that an `Accept-Language` header prefers; Chinese where it names neither.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (0_u32, Self::Zh);
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let Some(lang) = pieces.next().and_then(Self::from_tag) else {
                continue;
            };
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(1000, thousandths);
            if weight > best.0 {
                best = (weight, lang);
            }
        }
        best.1
    }
}

/// A quality value such as `0.8` in thousandths; 0 where it is not one.
fn thousandths(value: &str) -> u32 {
    let (whole, part) = value.trim().split_once('.').unwrap_or((value.trim(), "0"));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    let whole = whole.parse::<u32>().unwrap_or(0).min(1);
    (whole * 1000 + digits.parse::<u32>().unwrap_or(0)).min(1000)
}

/// A text in both languages; it does not compile where one is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// Simplified Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// The two versions of a text.
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }

    /// The text in one language.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::no_header("", Lang::Zh)]
    #[case::english("en", Lang::En)]
    #[case::english_first("en-GB,en;q=0.9,zh;q=0.8", Lang::En)]
    #[case::chinese_before_english("fr,zh-CN;q=0.9,en;q=0.8", Lang::Zh)]
    #[case::neither("de;q=1.0", Lang::Zh)]
    #[case::english_refused("en;q=0, zh-CN;q=0.1", Lang::Zh)]
    #[case::english_weighs_more("zh-TW;q=0.5,en;q=0.75", Lang::En)]
    #[case::a_weight_that_is_no_number("en;q=nonsense", Lang::Zh)]
    fn the_preferred_of_our_languages_wins(#[case] header: &str, #[case] expected: Lang) {
        assert_eq!(Lang::from_accept_language(header), expected, "{header:?}");
    }

    #[rstest]
    #[case::chinese("zh", Some(Lang::Zh))]
    #[case::with_script_and_region("zh-Hans-CN", Some(Lang::Zh))]
    #[case::with_an_underscore("zh_CN", Some(Lang::Zh))]
    #[case::british_english("en-GB", Some(Lang::En))]
    #[case::capitals_and_blanks(" EN ", Some(Lang::En))]
    #[case::french("fr", None)]
    #[case::a_name("english", None)]
    #[case::empty("", None)]
    fn a_tag_names_a_language_by_its_first_part(#[case] tag: &str, #[case] expected: Option<Lang>) {
        assert_eq!(Lang::from_tag(tag), expected);
    }

    #[rstest]
    fn a_language_is_read_by_its_own_tag(#[values(Lang::Zh, Lang::En)] lang: Lang) {
        assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
        assert_eq!(serde_json::to_value(lang).unwrap(), lang.tag());
    }
}
