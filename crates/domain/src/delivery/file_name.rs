//! Names of files and folders in a package.

use super::fault::DeliveryFault;

/// The longest name of a photo without its ending.
const NAME_MAX: usize = 64;
/// The longest name of a folder, in characters.
const FOLDER_MAX: usize = 60;
/// What no name may be on Windows, whatever follows the dot.
const RESERVED: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];

/// The name of a photo: the number as it is, where every system can hold it.
///
/// # Errors
/// [`DeliveryFault::FileNameCharacters`] for anything but 1 to 64 ASCII letters, digits and `-_()`, and for names that
/// Windows keeps for devices.
pub(super) fn photo_name(number: &str) -> Result<String, DeliveryFault> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_()".contains(letter);
    let is_reserved = RESERVED
        .iter()
        .any(|name| number.eq_ignore_ascii_case(name));
    if number.is_empty() || number.len() > NAME_MAX || !number.chars().all(fits) || is_reserved {
        return Err(DeliveryFault::FileNameCharacters);
    }
    Ok(format!("{number}.jpg"))
}

/// The name of the folder of a college or class: as it is written, without what a system takes for something else.
pub(super) fn folder_name(name: Option<&str>) -> String {
    let cleaned: String = name
        .unwrap_or_default()
        .chars()
        .map(|letter| {
            if letter.is_control() || "\\/:*?\"<>|".contains(letter) {
                '_'
            } else {
                letter
            }
        })
        .take(FOLDER_MAX)
        .collect();
    let cleaned = cleaned.trim_matches([' ', '.']);
    let is_reserved = RESERVED
        .iter()
        .any(|name| cleaned.eq_ignore_ascii_case(name));
    if cleaned.is_empty() || is_reserved {
        return "_".to_owned();
    }
    cleaned.to_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("2023000123", Some("2023000123.jpg"))]
    #[case("11010519491231002X", Some("11010519491231002X.jpg"))]
    #[case("K034178(2)", Some("K034178(2).jpg"))]
    #[case("", None)]
    #[case("军字第1号", None)]
    #[case("../../etc", None)]
    #[case("a.b", None)]
    #[case("con", None)]
    #[case("a b", None)]
    fn names_are_what_every_system_holds(#[case] number: &str, #[case] expected: Option<&str>) {
        assert_eq!(photo_name(number).ok().as_deref(), expected, "{number:?}");
    }

    #[test]
    fn a_name_has_a_longest() {
        assert!(photo_name(&"1".repeat(NAME_MAX + 1)).is_err());
    }

    #[rstest]
    #[case::a_name(Some("计算机学院"), "计算机学院")]
    #[case::the_parent(Some("../.."), "_")]
    #[case::a_slash(Some("a/b"), "a_b")]
    #[case::hidden(Some(" .hidden. "), "hidden")]
    #[case::a_device(Some("NUL"), "_")]
    #[case::empty(Some(""), "_")]
    #[case::none(None, "_")]
    fn folders_cannot_lead_out_of_the_package(#[case] name: Option<&str>, #[case] expected: &str) {
        assert_eq!(folder_name(name), expected, "{name:?}");
    }
}
