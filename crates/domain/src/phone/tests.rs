//! Tests of phone numbers: what people type, what is refused, what is printed.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

const HONG_KONG: Country = Country(852);

fn china(input: &str) -> Result<String, PhoneError> {
    Phone::parse(input, Country::CHINA, &Countries::default()).map(|phone| phone.e164().to_owned())
}

fn abroad(input: &str, country: Country) -> Result<String, PhoneError> {
    let countries = [86, 852, 1].into_iter().filter_map(Country::new).collect();
    Phone::parse(input, country, &Countries::new(countries).unwrap())
        .map(|phone| phone.e164().to_owned())
}

#[rstest]
#[case("13800138000")]
#[case("138 0013 8000")]
#[case(" 138-0013-8000\n")]
#[case("138\u{2013}0013\u{2014}8000")]
#[case("+8613800138000")]
#[case("+86 138 0013 8000")]
#[case("(+86)138.0013.8000")]
#[case("＋８６　１３８００１３８０００")]
#[case("008613800138000")]
#[case("8613800138000")]
#[case("\u{202a}+86 138 0013 8000\u{202c}")]
#[case("１３８００１３８０００")]
#[case("013800138000")]
#[case("0138-0013-8000")]
#[case("+86 013800138000")]
#[case("+86 (0)138 0013 8000")]
#[case("+86(0)13800138000")]
#[case("(+86)(0)13800138000")]
#[case("+86+8613800138000")]
#[case("+86 +86 138 0013 8000")]
#[case("+86 0086 13800138000")]
#[case("+868613800138000")]
#[case("0086-13800138000")]
#[case("00 86 013800138000")]
#[case("+0086 13800138000")]
#[case("0086+8613800138000")]
#[case("tel:13800138000")]
#[case("tel:+86-138-0013-8000")]
#[case("TEL：013800138000")]
#[case("tel:+8613800138000;phone-context=example.com")]
#[case("13800138000.")]
#[case("13800138000。")]
#[case("13800138000，")]
#[case("13800138000；")]
#[case("13800138000、")]
#[case("“13800138000”")]
#[case("【13800138000】")]
#[case("<tel:13800138000>")]
#[case("\u{61c}13800138000\u{61c}")]
#[case("1380013\u{fffc}8000")]
#[case("1\u{fe0f}3\u{fe0f}800138000\u{fe0f}")]
#[case("138\u{3164}0013\u{3164}8000")]
#[case("138\u{2800}0013\u{2800}8000")]
fn a_chinese_number_in_every_spelling(#[case] typed: &str) {
    assert_eq!(china(typed).as_deref(), Ok("+8613800138000"), "{typed:?}");
}

#[rstest]
#[case("", PhoneError::TooShort { digits: 0 })]
#[case("1", PhoneError::TooShort { digits: 1 })]
#[case("1380013800", PhoneError::TooShort { digits: 10 })]
#[case("+86", PhoneError::TooShort { digits: 0 })]
#[case("+86+86", PhoneError::TooShort { digits: 0 })]
#[case("01380013800", PhoneError::TooShort { digits: 10 })]
#[case("0138001380000", PhoneError::TooLong { digits: 12 })]
#[case("+86+85291234567", PhoneError::NotDigits { character: '+' })]
#[case("0013800138000", PhoneError::CountryNotServed)]
#[case("138****8000", PhoneError::NotDigits { character: '*' })]
#[case("手机13800138000", PhoneError::NotDigits { character: '手' })]
#[case("+86 138", PhoneError::TooShort { digits: 3 })]
#[case("138001380000", PhoneError::TooLong { digits: 12 })]
#[case("12800138000", PhoneError::NotMobile)]
#[case("010-82345678", PhoneError::NotMobile)]
#[case("0755-82345678", PhoneError::NotMobile)]
#[case("10086", PhoneError::NotMobile)]
#[case("23800138000", PhoneError::NotMobile)]
#[case("+852 9123 4567", PhoneError::CountryNotServed)]
#[case("+", PhoneError::CountryNotServed)]
#[case("1380013800O", PhoneError::NotDigits { character: 'O' })]
#[case("138+0013", PhoneError::NotDigits { character: '+' })]
#[case("一三八", PhoneError::NotDigits { character: '一' })]
#[case("١٣٨", PhoneError::NotDigits { character: '١' })]
fn what_is_wrong_is_said(#[case] typed: &str, #[case] error: PhoneError) {
    assert_eq!(china(typed), Err(error), "{typed:?}");
}

#[rstest]
#[case::without_its_code("9123 4567", HONG_KONG, "+85291234567")]
#[case::with_its_code("+852 9123 4567", Country::CHINA, "+85291234567")]
#[case::of_a_third_country("+1 415 555 2671", HONG_KONG, "+14155552671")]
#[case::of_china("0086 13800138000", HONG_KONG, "+8613800138000")]
#[case::its_code_twice("+852+852 9123 4567", HONG_KONG, "+85291234567")]
#[case::a_zero_in_brackets("+852 (0)9123 4567.", HONG_KONG, "+85291234567")]
// Outside China a zero may be part of the number.
#[case::a_zero_first("0912 3456", HONG_KONG, "+85209123456")]
fn other_countries_are_served_where_configured(
    #[case] typed: &str,
    #[case] country: Country,
    #[case] e164: &str,
) {
    assert_eq!(abroad(typed, country).as_deref(), Ok(e164));
}

#[rstest]
#[case::with_a_code_not_served("+44 7911 123456", HONG_KONG, PhoneError::CountryNotServed)]
#[case::of_a_country_not_served("7911 123456", Country(44), PhoneError::CountryNotServed)]
#[case::too_short("912", HONG_KONG, PhoneError::TooShort { digits: 3 })]
#[case::too_long("9123456789012", HONG_KONG, PhoneError::TooLong { digits: 13 })]
fn a_number_of_another_country_is_refused(
    #[case] typed: &str,
    #[case] country: Country,
    #[case] error: PhoneError,
) {
    assert_eq!(abroad(typed, country), Err(error));
}

#[test]
fn a_country_has_one_to_three_digits_and_one_is_served() {
    assert_eq!(Country::new(0), None);
    assert_eq!(Country::new(1000), None);
    assert_eq!(Countries::new(Vec::new()), None);
}

#[rstest]
#[case::of_china("+8613800138000", "138****8000")]
#[case::of_hong_kong("+85291234567", "+852****4567")]
#[case::of_america("+14155552671", "+141****2671")]
#[case::the_shortest("+1234567", "+123****")]
fn printing_masks(#[case] e164: &str, #[case] shown: &str) {
    let phone = Phone::from_e164(e164).unwrap();
    assert_eq!(phone.masked(), shown);
    assert_eq!(phone.to_string(), shown);
    assert_eq!(format!("{phone:?}"), shown);
}

#[rstest]
#[case::empty("")]
#[case::plus_alone("+")]
#[case::without_a_country("13800138000")]
#[case::a_zero_first("+013800138")]
#[case::a_letter("+86138x")]
#[case::too_short("+123456")]
#[case::too_long("+1234567890123456")]
#[case::no_mobile_of_china("+861234567")]
fn only_e164_comes_back_from_storage(#[case] stored: &str) {
    assert_eq!(Phone::from_e164(stored), None, "{stored}");
}

proptest! {
    #[test]
    fn what_stands_around_a_number_does_not_change_it(
        number in "1[3-9][0-9]{9}",
        before in prop::sample::select(vec!["", "0", "86", "+86", "+860", "+86(0)", "0086", "+86+86", "tel:", "tel:+86", "“"]),
        after in "[.,;:!?。、，；：！？”’】> \u{61c}\u{fffc}\u{fe0f}\u{3164}\u{2800}]{0,4}",
    ) {
        prop_assert_eq!(china(&format!("{before}{number}{after}")), Ok(format!("+86{number}")));
    }

    #[test]
    fn what_was_parsed_parses_again(typed in "(\\+86|0086|)1[3-9][0-9]{9}") {
        let e164 = china(&typed).unwrap();
        prop_assert_eq!(china(&e164), Ok(e164.clone()));
        let stored = Phone::from_e164(&e164).unwrap();
        prop_assert_eq!(stored.e164(), e164);
    }

    #[test]
    fn nothing_typed_can_panic(typed in any::<String>()) {
        if let Ok(e164) = china(&typed) {
            prop_assert_eq!(e164.len(), 14);
        }
    }
}
