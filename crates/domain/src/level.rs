//! Education level (学历层次), part of a roster entry's key.

use crate::fold::fold;
use crate::word::words;

words! {
    /// A level of education, in the order in which it is offered: graduate tasks are the common ones.
    EducationLevel {
        /// Doctor.
        Phd = "phd", "博士研究生", "Doctorate";
        /// Master.
        Msc = "msc", "硕士研究生", "Master's degree";
        /// Postgraduate class.
        Pgc = "pgc", "研究生班", "Postgraduate class";
        /// Second bachelor's degree.
        Ba2 = "ba2", "第二学士学位", "Second bachelor's degree";
        /// Bachelor, also where it follows junior college (专升本) or school (高起本).
        Ba = "ba", "本科", "Bachelor's degree";
        /// Junior college.
        Ja = "ja", "专科（高职）", "Junior college";
    }
}

impl EducationLevel {
    /// The level as a school's roster writes it: the word, the label or a usual other name, such as
    /// 专升本 for 本科. `None` where that leaves a choice, as 研究生 does.
    pub fn recognise(text: &str) -> Option<Self> {
        let text = fold(text);
        Self::ALL.iter().copied().find(|level| {
            let label = level.label();
            let names = [level.as_str(), label.zh, label.en];
            names
                .iter()
                .chain(level.aliases())
                .any(|name| fold(name) == text)
        })
    }

    /// Digits 11 and 12 of a diploma's number. Source: docs/sources.md#education-level.
    pub const fn certificate_code(self) -> &'static str {
        match self {
            Self::Phd => "01",
            Self::Msc => "02",
            Self::Pgc => "03",
            Self::Ba2 => "04",
            Self::Ba => "05",
            Self::Ja => "06",
        }
    }

    /// Other names found in rosters. Source: docs/sources.md#education-level.
    const fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Phd => &["博士"],
            Self::Msc => &["硕士"],
            Self::Pgc => &[],
            Self::Ba2 => &["二学位"],
            Self::Ba => &["大学本科", "高起本", "专升本", "专接本", "专科起点本科"],
            Self::Ja => &["专科", "大专", "高职", "高职（专科）", "高起专"],
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn words_are_unique_and_graduates_come_first() {
        assert!(EducationLevel::ALL.is_sorted_by(|before, after| before < after));
        assert_eq!(
            EducationLevel::ALL[..2],
            [EducationLevel::Phd, EducationLevel::Msc]
        );
        for &level in EducationLevel::ALL {
            assert_eq!(serde_json::to_value(level).unwrap(), level.as_str());
            assert_eq!(EducationLevel::parse(level.as_str()), Some(level));
            assert_eq!(EducationLevel::recognise(level.label().zh), Some(level));
        }
    }

    #[rstest]
    #[case("博士研究生", EducationLevel::Phd)]
    #[case("博士", EducationLevel::Phd)]
    #[case("硕士研究生", EducationLevel::Msc)]
    #[case(" 硕士 ", EducationLevel::Msc)]
    #[case("研究生班", EducationLevel::Pgc)]
    #[case("第二学士学位", EducationLevel::Ba2)]
    #[case("二学位", EducationLevel::Ba2)]
    #[case("本科", EducationLevel::Ba)]
    #[case("大学本科", EducationLevel::Ba)]
    #[case("高起本", EducationLevel::Ba)]
    #[case("专升本", EducationLevel::Ba)]
    #[case("专接本", EducationLevel::Ba)]
    #[case("专科起点本科", EducationLevel::Ba)]
    #[case("专科", EducationLevel::Ja)]
    #[case("专科(高职)", EducationLevel::Ja)]
    #[case("高职（专科）", EducationLevel::Ja)]
    #[case("大专", EducationLevel::Ja)]
    #[case("高职", EducationLevel::Ja)]
    #[case("高起专", EducationLevel::Ja)]
    #[case("MSC", EducationLevel::Msc)]
    #[case("Master's degree", EducationLevel::Msc)]
    fn rosters_are_understood(#[case] text: &str, #[case] level: EducationLevel) {
        assert_eq!(EducationLevel::recognise(text), Some(level), "{text}");
    }

    #[rstest]
    #[case("")]
    #[case("研究生")]
    #[case("高中")]
    #[case("本科生院")]
    fn what_may_mean_several_levels_is_none(#[case] text: &str) {
        assert_eq!(EducationLevel::recognise(text), None, "{text}");
    }

    #[test]
    fn diploma_numbers_carry_the_level() {
        let digits: Vec<_> = EducationLevel::ALL
            .iter()
            .map(|level| level.certificate_code())
            .collect();
        assert_eq!(digits, ["01", "02", "03", "04", "05", "06"]);
    }
}
