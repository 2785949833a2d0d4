//! Documents that prove identity: their kinds, how their numbers look and what is wrong with one.

mod check;
mod number;
mod number_error;
mod shape;

pub use number::{IdNumber, guess_type, normalise, upgraded};
pub use number_error::IdNumberError;

use crate::Text;
use crate::fold::fold;
use crate::word::words;

words! {
    /// A kind of document. Source: docs/sources.md#id-documents.
    DocumentType {
        /// Resident identity card of the mainland.
        CnId = "cn_id", "居民身份证", "Resident identity card";
        /// Residence permit for Hong Kong, Macao and Taiwan residents.
        HkmotwResidence = "hkmotw_residence", "港澳台居民居住证",
            "Residence permit for Hong Kong, Macao and Taiwan residents";
        /// Mainland travel permit for Hong Kong and Macao residents.
        HkmoPermit = "hkmo_permit", "港澳居民来往内地通行证",
            "Mainland travel permit for Hong Kong and Macao residents";
        /// Mainland travel permit for Taiwan residents.
        TwPermit = "tw_permit", "台湾居民来往大陆通行证", "Mainland travel permit for Taiwan residents";
        /// Foreign permanent resident identity card.
        ForeignPr = "foreign_pr", "外国人永久居留身份证", "Foreign permanent resident identity card";
        /// Passport of any country.
        Passport = "passport", "护照", "Passport";
        /// Officer, soldier, civil cadre or retired personnel card.
        Military = "military", "军官证、士兵证等军人证件", "Military identity document";
        /// Anything else.
        Other = "other", "其他证件", "Other document";
    }
}

impl DocumentType {
    /// The kind that a code of the education sector's SFZJLX list means.
    ///
    /// 6 and 7 (Hong Kong and Macao passport or identity document) and B (household register) are
    /// [`DocumentType::Other`]: the list has no code for the permits that we name.
    pub fn from_sfzjlx(code: &str) -> Option<Self> {
        match code {
            "1" => Some(Self::CnId),
            "2" | "3" | "4" | "5" => Some(Self::Military),
            "8" => Some(Self::TwPermit),
            "9" => Some(Self::ForeignPr),
            "A" => Some(Self::Passport),
            "6" | "7" | "B" | "Z" => Some(Self::Other),
            _ => None,
        }
    }

    /// The SFZJLX code for packages; Z (other) for the permits of Hong Kong, Macao and Taiwan
    /// residents that the list does not know.
    pub const fn sfzjlx(self) -> &'static str {
        match self {
            Self::CnId => "1",
            Self::Military => "2",
            Self::TwPermit => "8",
            Self::ForeignPr => "9",
            Self::Passport => "A",
            Self::HkmotwResidence | Self::HkmoPermit | Self::Other => "Z",
        }
    }

    /// The kind as a school's roster writes it: our word, the SFZJLX code or the label; 身份证 is
    /// what everybody calls the identity card, and the permit of those who are not Chinese citizens
    /// says so behind its name.
    pub fn recognise(text: &str) -> Option<Self> {
        let text = fold(text);
        match text.as_str() {
            "身份证" => return Some(Self::CnId),
            "港澳居民来往内地通行证(非中国籍)" => return Some(Self::HkmoPermit),
            _ => {}
        }
        Self::from_sfzjlx(&text.to_ascii_uppercase()).or_else(|| {
            Self::ALL.iter().copied().find(|kind| {
                let label = kind.label();
                [kind.as_str(), label.zh, label.en]
                    .iter()
                    .any(|name| fold(name) == text)
            })
        })
    }

    /// An invented number of this kind, to show beside the field.
    pub const fn example(self) -> &'static str {
        match self {
            Self::CnId => "11010519491231002X",
            Self::HkmotwResidence => "810000199408230021",
            Self::HkmoPermit => "H12345678",
            Self::TwPermit => "05616820",
            Self::ForeignPr => "911124198108030024",
            Self::Passport => "E12345678",
            Self::Military => "军字第1234567号",
            Self::Other => "K034178(2)",
        }
    }

    /// How the number looks and where people go wrong.
    pub const fn hint(self) -> Text {
        match self {
            Self::CnId => Text::new(
                "18 位，最后一位可能是 X",
                "18 characters; the last may be an X",
            ),
            Self::HkmotwResidence => Text::new(
                "18 位，以 810000、820000 或 830000 开头",
                "18 characters, beginning with 810000, 820000 or 830000",
            ),
            Self::HkmoPermit => Text::new(
                "H 或 M 加 8 位数字，非中国籍为 HA 或 MA 加 7 位；不含换证次数",
                "H or M and 8 digits, for non-Chinese citizens HA or MA and 7; without the number of renewals",
            ),
            Self::TwPermit => Text::new(
                "8 位数字；旧版证件只取前 8 位",
                "8 digits; of the old booklet the first 8",
            ),
            Self::ForeignPr => Text::new(
                "新版：9 开头的 18 位；旧版：3 个字母加 12 位数字",
                "New card: 18 characters beginning with 9; old card: 3 letters and 12 digits",
            ),
            Self::Passport => Text::new("5 至 17 位字母和数字", "5 to 17 letters and digits"),
            Self::Military | Self::Other => Text::new(
                "按证件填写，最多 30 个字",
                "As on the document, up to 30 characters",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use rstest::rstest;

    use super::*;

    #[test]
    fn every_example_is_valid_and_every_word_returns() {
        let today = NaiveDate::from_ymd_opt(2026, 4, 20).unwrap();
        for &kind in DocumentType::ALL {
            let parsed = IdNumber::parse(kind, kind.example(), today).unwrap();
            assert_eq!(parsed.canonical().expose(), kind.example());
            assert_eq!(parsed.document_type(), kind);
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(DocumentType::recognise(kind.as_str()), Some(kind));
            assert_eq!(DocumentType::recognise(kind.label().zh), Some(kind));
            assert!(DocumentType::from_sfzjlx(kind.sfzjlx()).is_some());
        }
    }

    #[rstest]
    #[case("1", Some(DocumentType::CnId))]
    #[case("１", Some(DocumentType::CnId))]
    #[case(" 身份证 ", Some(DocumentType::CnId))]
    #[case("港澳居民来往内地通行证（非中国籍）", Some(DocumentType::HkmoPermit))]
    #[case("3", Some(DocumentType::Military))]
    #[case("6", Some(DocumentType::Other))]
    #[case("8", Some(DocumentType::TwPermit))]
    #[case("9", Some(DocumentType::ForeignPr))]
    #[case("a", Some(DocumentType::Passport))]
    #[case("b", Some(DocumentType::Other))]
    #[case("z", Some(DocumentType::Other))]
    #[case("passport", Some(DocumentType::Passport))]
    #[case("", None)]
    #[case("0", None)]
    #[case("学生证", None)]
    fn rosters_are_understood(#[case] text: &str, #[case] kind: Option<DocumentType>) {
        assert_eq!(DocumentType::recognise(text), kind, "{text}");
    }
}
