//! How a package is made: a profile, and what was chosen besides.

use serde::{Deserialize, Serialize};

use super::fault::DeliveryFault;
use super::file_name;
use super::prints::PrintCaption;
use super::profile::{DeliveryCharset, DeliveryProfile, FileNameKey};
use crate::roster::{ListedNumber, ListedStudent};
use crate::word::words;
use crate::{DocumentType, FieldError, ProblemCode};

/// A kilobyte, as the photo standard counts it.
pub const KILOBYTE: u64 = 1024;
/// The largest limit that can be chosen, in kilobytes.
pub const MOST_KB: u32 = 2048;
/// A megabyte, as limits of uploads count it.
pub const MEGABYTE: u64 = 1024 * KILOBYTE;
/// The largest part that can be chosen, in megabytes: every program opens a file below 4 GB.
pub const MOST_PART_MB: u32 = 4000;

words! {
    /// Into which folders the photos go.
    DeliverySplit {
        /// All into one.
        None = "none", "不分文件夹", "one folder";
        /// One for each college.
        College = "college", "按学院", "by college";
        /// One for each college, and in it one for each class.
        Class = "class", "按学院和班级", "by college and class";
    }
}

/// How a package is made. Packages with the same settings build on each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverySettings {
    profile: String,
    /// Into which folders the photos go.
    pub split: DeliverySplit,
    /// How the characters of a CSV or text are written.
    pub charset: DeliveryCharset,
    /// The fewest kilobytes of a photo.
    pub min_kb: Option<u32>,
    /// The most.
    pub max_kb: Option<u32>,
    /// The most megabytes of a part: a package that is larger comes as several archives; none is limited.
    #[serde(default)]
    pub part_mb: Option<u32>,
    /// Whether the table comes as a DBF file besides.
    #[serde(default)]
    pub has_dbf: bool,
    /// What stands under photos on sheets to print.
    #[serde(default = "usual_caption")]
    pub caption: PrintCaption,
}

fn usual_caption() -> PrintCaption {
    PrintCaption::NameAndNumber
}

/// What was chosen, as it was sent; what is none is the profile's.
#[derive(Debug, Clone, Default)]
pub struct DeliverySettingsInput {
    /// The profile.
    pub profile: String,
    /// Into which folders the photos go; one where nothing is said.
    pub split: Option<DeliverySplit>,
    /// The charset.
    pub charset: Option<DeliveryCharset>,
    /// The fewest kilobytes.
    pub min_kb: Option<u32>,
    /// The most kilobytes.
    pub max_kb: Option<u32>,
    /// The most megabytes of a part.
    pub part_mb: Option<u32>,
    /// Whether the table comes as a DBF file besides; it does not where nothing is said.
    pub has_dbf: Option<bool>,
    /// What stands under photos on sheets; name and student number where nothing is said.
    pub caption: Option<PrintCaption>,
}

impl DeliverySettings {
    /// Reads what was chosen.
    ///
    /// # Errors
    /// The wrong fields: an unknown profile; limits above [`MOST_KB`] or in the wrong order; parts above [`MOST_PART_MB`].
    pub fn read(input: &DeliverySettingsInput) -> Result<Self, Vec<FieldError>> {
        let Some(profile) = DeliveryProfile::find(&input.profile) else {
            let error = FieldError::new("/profile", ProblemCode::DeliveryProfile);
            return Err(vec![error]);
        };
        let min_kb = input.min_kb.or(profile.min_kb);
        let max_kb = input.max_kb.or(profile.max_kb);
        let range = |kb: Option<u32>| kb.is_none_or(|kb| (1..=MOST_KB).contains(&kb));
        let is_ordered = min_kb.zip(max_kb).is_none_or(|(min, max)| min < max);
        let wrong = [
            ("/min_kb", !range(min_kb) || !is_ordered),
            ("/max_kb", !range(max_kb)),
        ];
        let wrong = wrong.into_iter().filter(|(_, is_wrong)| *is_wrong);
        let mut errors: Vec<FieldError> = wrong
            .map(|(pointer, _)| {
                FieldError::new(pointer, ProblemCode::DeliveryBytes).with("max", MOST_KB)
            })
            .collect();
        let is_part = |mb: u32| (1..=MOST_PART_MB).contains(&mb);
        if input.part_mb.is_some_and(|mb| !is_part(mb)) {
            let error = FieldError::new("/part_mb", ProblemCode::DeliveryPart);
            errors.push(error.with("max", MOST_PART_MB));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self {
            profile: profile.id.to_owned(),
            split: input.split.unwrap_or(DeliverySplit::None),
            charset: input.charset.unwrap_or(profile.charset),
            min_kb,
            max_kb,
            part_mb: input.part_mb,
            has_dbf: input.has_dbf.unwrap_or_default(),
            caption: input.caption.unwrap_or_else(usual_caption),
        })
    }

    /// The profile's name for programs.
    pub fn profile_id(&self) -> &str {
        &self.profile
    }

    /// The profile; `None` where it is of another version of gradphoto.
    pub fn profile(&self) -> Option<&'static DeliveryProfile> {
        DeliveryProfile::find(&self.profile)
    }

    /// Whether it holds photos whose prints are paid for.
    pub fn is_for_prints(&self) -> bool {
        self.profile().is_some_and(|profile| profile.is_for_prints)
    }

    /// The name of a student's photo with its folder.
    ///
    /// # Errors
    /// Why the profile cannot name it.
    pub fn path(
        &self,
        profile: &DeliveryProfile,
        student: &ListedStudent,
    ) -> Result<String, DeliveryFault> {
        let number = match profile.key {
            FileNameKey::StudentNo => student
                .student_no
                .as_deref()
                .ok_or(DeliveryFault::NoStudentNo)?,
            FileNameKey::IdentityCard => {
                let found = student.numbers.iter().find(|one| is_card(one));
                &found.ok_or(DeliveryFault::NoDocument)?.number
            }
            FileNameKey::Document => {
                let found = main_document(student);
                &found.ok_or(DeliveryFault::NoDocument)?.number
            }
        };
        let name = file_name::photo_name(number)?;
        let college = || file_name::folder_name(student.college.as_deref());
        let class = || file_name::folder_name(student.class_name.as_deref());
        Ok(match self.split {
            DeliverySplit::None => format!("photos/{name}"),
            DeliverySplit::College => format!("photos/{}/{name}", college()),
            DeliverySplit::Class => format!("photos/{}/{}/{name}", college(), class()),
        })
    }
}

/// Whether a number is that of a card with 18 digits.
fn is_card(number: &ListedNumber) -> bool {
    matches!(
        number.kind,
        DocumentType::CnId | DocumentType::HkmotwResidence
    )
}

/// The document that stands for a student: the identity card where there is one, else the first on the roster.
pub(super) fn main_document(student: &ListedStudent) -> Option<&ListedNumber> {
    let card = student.numbers.iter().find(|one| is_card(one));
    card.or(student.numbers.first())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::delivery::row::tests::student;

    fn input(profile: &str) -> DeliverySettingsInput {
        DeliverySettingsInput {
            profile: profile.to_owned(),
            ..DeliverySettingsInput::default()
        }
    }

    #[test]
    fn a_choice_takes_the_place_of_the_profile() {
        let record = DeliverySettings::read(&input("student-record")).unwrap();
        assert_eq!((record.min_kb, record.max_kb), (Some(20), Some(40)));
        assert_eq!(record.charset, DeliveryCharset::Utf8);
        let other = DeliverySettings::read(&DeliverySettingsInput {
            split: Some(DeliverySplit::Class),
            min_kb: Some(50),
            max_kb: Some(100),
            ..input("student-record")
        });
        let other = other.unwrap();
        assert_eq!((other.min_kb, other.max_kb), (Some(50), Some(100)));
        assert_ne!(record, other, "they do not build on each other");
    }

    fn bytes(profile: &str, min_kb: Option<u32>, max_kb: Option<u32>) -> DeliverySettingsInput {
        DeliverySettingsInput {
            min_kb,
            max_kb,
            ..input(profile)
        }
    }

    fn parts(mb: u32) -> DeliverySettingsInput {
        DeliverySettingsInput {
            part_mb: Some(mb),
            ..input("degree")
        }
    }

    #[rstest]
    #[case::an_unknown_profile(&input("nothing"), "/profile")]
    #[case::too_large_photos(&bytes("degree", Some(90), Some(4000)), "/max_kb")]
    // The profile's most is 40.
    #[case::a_least_above_the_most(&bytes("student-record", Some(50), None), "/min_kb")]
    #[case::parts_of_nothing(&parts(0), "/part_mb")]
    #[case::parts_that_are_too_large(&parts(4001), "/part_mb")]
    fn a_wrong_choice_is_told_at_its_field(
        #[case] wrong: &DeliverySettingsInput,
        #[case] pointer: &str,
    ) {
        let errors = DeliverySettings::read(wrong).unwrap_err();
        let pointers: Vec<_> = errors.iter().map(|error| &*error.pointer).collect();
        assert_eq!(pointers, [pointer]);
    }

    #[test]
    fn parts_have_the_size_that_was_chosen() {
        let parts = DeliverySettings::read(&parts(200)).unwrap();
        assert_eq!(parts.part_mb, Some(200));
    }

    #[test]
    fn settings_of_before_parts_and_dbf_are_read() {
        let before = serde_json::json!({
            "profile": "degree", "split": "none", "charset": "utf-8", "min_kb": null, "max_kb": null,
        });
        let before: DeliverySettings = serde_json::from_value(before).unwrap();
        assert_eq!((before.part_mb, before.has_dbf), (None, false));
    }

    fn path(
        profile: &str,
        split: DeliverySplit,
        student: &ListedStudent,
    ) -> Result<String, DeliveryFault> {
        let settings = DeliverySettings::read(&DeliverySettingsInput {
            split: Some(split),
            ..input(profile)
        });
        let settings = settings.unwrap();
        settings.path(settings.profile().unwrap(), student)
    }

    #[rstest]
    #[case("student-record", DeliverySplit::None, "photos/2023000123.jpg")]
    #[case("id-number", DeliverySplit::None, "photos/11010519491231002X.jpg")]
    #[case("degree", DeliverySplit::None, "photos/11010519491231002X.jpg")]
    #[case(
        "student-number",
        DeliverySplit::Class,
        "photos/计算机学院/计科_1班/2023000123.jpg"
    )]
    fn photos_are_named_by_the_key_of_their_profile(
        #[case] profile: &str,
        #[case] split: DeliverySplit,
        #[case] expected: &str,
    ) {
        assert_eq!(path(profile, split, &student()).unwrap(), expected);
    }

    #[rstest]
    #[case::no_student_number(
        "student-number",
        DeliverySplit::College,
        Err(DeliveryFault::NoStudentNo)
    )]
    #[case::no_identity_card("id-number", DeliverySplit::None, Err(DeliveryFault::NoDocument))]
    #[case::a_passport("degree", DeliverySplit::None, Ok("photos/E12345678.jpg"))]
    fn a_photo_needs_the_number_it_is_named_by(
        #[case] profile: &str,
        #[case] split: DeliverySplit,
        #[case] expected: Result<&str, DeliveryFault>,
    ) {
        let mut other = student();
        other.student_no = None;
        other.numbers.remove(0);
        let found = path(profile, split, &other);
        assert_eq!(found, expected.map(str::to_owned));
    }
}
