//! Tests of numbers: the known examples of docs/sources.md#id-documents, and what must hold for all.

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use DocumentType::{
    CnId, ForeignPr, HkmoPermit, HkmotwResidence, Military, Other, Passport, TwPermit,
};

fn parse(document_type: DocumentType, input: &str) -> Result<String, IdNumberError> {
    let today = NaiveDate::from_ymd_opt(2026, 4, 20).unwrap();
    IdNumber::parse(document_type, input, today).map(|id| id.canonical().expose().to_owned())
}

fn variants(document_type: DocumentType, input: &str) -> Vec<String> {
    let canonical = parse(document_type, input).unwrap();
    IdNumber::from_canonical(document_type, canonical).lookup_variants()
}

const VALID: [(DocumentType, &str); 9] = [
    (CnId, "11010519491231002X"),
    (CnId, "440524188001010014"),
    (CnId, "110102199702280014"),
    (CnId, "110102199602290047"),
    (CnId, "310101199801011232"),
    (HkmotwResidence, "810000199408230021"),
    (HkmotwResidence, "820000199607150034"),
    (HkmotwResidence, "830000199201300022"),
    (ForeignPr, "911124198108030024"),
];

#[rstest]
#[case(CnId, "１１０１０５１９４９１２３１００２ｘ", "11010519491231002X")]
#[case(CnId, "110105 1949-1231 002x\u{200b}\u{feff}", "11010519491231002X")]
#[case(CnId, "11010519491231002Ⅹ", "11010519491231002X")]
#[case(CnId, "11010519491231002×", "11010519491231002X")]
#[case(CnId, "11010519491231002Х", "11010519491231002X")]
#[case(CnId, "11010519491231002х", "11010519491231002X")]
#[case(CnId, "110105 19491231 002Χ", "11010519491231002X")]
#[case(CnId, "11010519491231002χ", "11010519491231002X")]
#[case(CnId, "11010519491231002✕", "11010519491231002X")]
#[case(CnId, "11010519491231002✖\u{fe0f}", "11010519491231002X")]
#[case(CnId, "\u{61c}11010519491231002X\u{fffc}", "11010519491231002X")]
#[case(CnId, "810000199408230021", "810000199408230021")]
#[case(HkmoPermit, "H12345678", "H12345678")]
#[case(HkmoPermit, "H1234567800", "H12345678")]
#[case(HkmoPermit, "m 1234 5678", "M12345678")]
#[case(HkmoPermit, "HA1234567", "HA1234567")]
#[case(HkmoPermit, "ｍａ 123-4567", "MA1234567")]
#[case(HkmoPermit, "HA123456701", "HA1234567")]
#[case(TwPermit, "05616820", "05616820")]
#[case(TwPermit, "0561682001(D)", "05616820")]
#[case(TwPermit, "0561682001（d）", "05616820")]
#[case(TwPermit, "0561682001D", "05616820")]
#[case(ForeignPr, "CHN310012345678", "CHN310012345678")]
#[case(Passport, "e1234 5678", "E12345678")]
#[case(Military, "军字第 1001 号", "军字第1001号")]
#[case(Other, "K034178（2）", "K034178(2)")]
fn numbers_become_canonical(
    #[case] document_type: DocumentType,
    #[case] input: &str,
    #[case] canonical: &str,
) {
    assert_eq!(
        parse(document_type, input).as_deref(),
        Ok(canonical),
        "{input}"
    );
}

#[test]
fn numbers_of_the_table_are_valid() {
    for (document_type, number) in VALID {
        assert_eq!(parse(document_type, number).as_deref(), Ok(number));
    }
}

#[rstest]
#[case(CnId, "11010519491231002", 17, 18, 18)]
#[case(CnId, "1101052004010512", 16, 18, 18)]
#[case(CnId, "110105200401051", 15, 18, 18)]
#[case(CnId, "", 0, 18, 18)]
#[case(HkmoPermit, "H123456780", 10, 9, 9)]
#[case(HkmoPermit, "HA12345", 7, 9, 9)]
#[case(HkmoPermit, "HA123456", 8, 9, 9)]
#[case(TwPermit, "0561682001", 10, 8, 8)]
#[case(ForeignPr, "9111241981080300", 16, 18, 18)]
#[case(Passport, "E123", 4, 5, 17)]
#[case(Passport, "E12345678901234567", 18, 5, 17)]
#[case(Other, " - ", 0, 1, 30)]
#[case(
    Military,
    "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一",
    31,
    1,
    30
)]
fn a_wrong_length_is_said(
    #[case] document_type: DocumentType,
    #[case] input: &str,
    #[case] found: usize,
    #[case] least: usize,
    #[case] most: usize,
) {
    let error = IdNumberError::Length { found, least, most };
    assert_eq!(parse(document_type, input), Err(error), "{input}");
}

#[rstest]
#[case(CnId, "911124198108030024", 1, '9')]
#[case(CnId, "1101051949123100X2", 17, 'X')]
#[case(CnId, "1101051949123100×X", 17, '×')]
#[case(CnId, "11010519491231002Y", 18, 'Y')]
#[case(CnId, "1101051949l231002X", 11, 'L')]
#[case(HkmotwResidence, "11010519491231002X", 1, '1')]
#[case(HkmotwResidence, "840000199408230021", 2, '4')]
#[case(HkmotwResidence, "810001199408230021", 6, '1')]
#[case(HkmoPermit, "A12345678", 1, 'A')]
#[case(HkmoPermit, "H1234567O", 9, 'O')]
#[case(HkmoPermit, "HA12345O7", 8, 'O')]
#[case(HkmoPermit, "HB1234567", 2, 'B')]
#[case(HkmoPermit, "AA1234567", 1, 'A')]
#[case(TwPermit, "0561682001(1)", 12, '1')]
#[case(TwPermit, "0561682A", 8, 'A')]
#[case(ForeignPr, "CH1310012345678", 3, '1')]
#[case(Passport, "E1234567号", 9, '号')]
#[case(Other, "A\0", 2, '\0')]
fn the_wrong_character_is_said(
    #[case] document_type: DocumentType,
    #[case] input: &str,
    #[case] position: usize,
    #[case] character: char,
) {
    let error = IdNumberError::Character {
        position,
        character,
    };
    assert_eq!(parse(document_type, input), Err(error), "{input}");
}

#[rstest]
#[case::of_the_first_cards("610104620927690", IdNumberError::FirstGeneration)]
#[case::with_spaces("110105 491231 002", IdNumberError::FirstGeneration)]
#[case::a_wrong_check_if_it_were_one(
    "110105200401051",
    IdNumberError::Length {found: 15, least: 18, most: 18},
)]
fn a_number_of_the_first_identity_cards_is_told_apart_from_a_short_one(
    #[case] input: &str,
    #[case] error: IdNumberError,
) {
    assert_eq!(parse(CnId, input), Err(error), "{input}");
}

#[rstest]
#[case(CnId, "110105194912310021", 'X', '1')]
#[case(CnId, "15000019970319128X", '2', 'X')]
#[case(HkmotwResidence, "810000199408230022", '1', '2')]
#[case(ForeignPr, "91112419810803002X", '4', 'X')]
fn a_wrong_check_character_is_said(
    #[case] document_type: DocumentType,
    #[case] input: &str,
    #[case] expected: char,
    #[case] found: char,
) {
    let error = IdNumberError::CheckCharacter { expected, found };
    assert_eq!(parse(document_type, input), Err(error), "{input}");
}

#[rstest]
#[case::no_leap_year("110102199702290013", 1997, 2, 29)]
#[case::month_thirteen("110102199713010013", 1997, 13, 1)]
#[case::month_and_day_zero("110102199700000013", 1997, 0, 0)]
fn an_impossible_date_is_said_before_the_check_character(
    #[case] input: &str,
    #[case] year: u16,
    #[case] month: u16,
    #[case] day: u16,
) {
    assert_eq!(
        parse(CnId, input),
        Err(IdNumberError::Date { year, month, day }),
        "{input}"
    );
}

#[test]
fn today_is_the_last_day_of_birth() {
    let born = |date: &str| {
        let digits = format!("110102{date}001");
        parse(
            CnId,
            &format!("{digits}{}", check::check_character(&digits)),
        )
    };
    assert!(born("20260420").is_ok());
    let tomorrow = IdNumberError::FutureDate {
        year: 2026,
        month: 4,
        day: 21,
    };
    assert_eq!(born("20260421"), Err(tomorrow));
}

#[rstest]
#[case::a_canonical_number(CnId, "11010519491231002X", &["11010519491231002X"])]
#[case::brackets(Other, "K034178（2）", &["K034178(2)", "K0341782", "K034178"])]
#[case::a_permit_with_its_count(Other, "H1234567800", &["H1234567800", "H12345678"])]
#[case::a_permit_of_taiwan(
    Other,
    "0561682001(D)",
    &["0561682001(D)", "0561682001D", "0561682001", "05616820"],
)]
#[case::fifteen_digits(Passport, "610104620927690", &["610104620927690", "610104196209276908"])]
fn lookups_do_not_depend_on_the_kind(
    #[case] document_type: DocumentType,
    #[case] input: &str,
    #[case] expected: &[&str],
) {
    assert_eq!(variants(document_type, input), expected);
}

#[test]
fn a_bracket_that_tells_documents_apart_is_kept() {
    assert_eq!(variants(Military, "军字(1)"), ["军字(1)", "军字1"]);
    assert_eq!(variants(Other, "A123456(78)"), ["A123456(78)", "A12345678"]);
    assert_eq!(variants(Other, "A(1)"), ["A(1)", "A1"]);
    assert_eq!(variants(Other, "()"), ["()"]);
}

#[test]
fn every_way_of_printing_masks() {
    let id = IdNumber::from_canonical(CnId, "11010519491231002X".to_owned());
    assert_eq!(id.to_string(), "110***********002X");
    assert_eq!(format!("{id:?}"), "cn_id 110***********002X");
    assert_eq!(serde_json::to_value(&id).unwrap(), "110***********002X");
}

#[test]
fn every_wrong_digit_and_every_swap_of_neighbours_is_caught() {
    for (document_type, number) in VALID {
        for wrong in one_digit_wrong(number).chain(neighbours_swapped(number)) {
            assert!(parse(document_type, &wrong).is_err(), "{wrong}");
        }
    }
}

fn one_digit_wrong(number: &str) -> impl Iterator<Item = String> {
    (0..number.len()).flat_map(move |position| {
        "0123456789X".chars().filter_map(move |other| {
            let mut characters: Vec<char> = number.chars().collect();
            let right = std::mem::replace(&mut characters[position], other);
            (right != other).then(|| characters.into_iter().collect())
        })
    })
}

fn neighbours_swapped(number: &str) -> impl Iterator<Item = String> {
    (1..number.len()).filter_map(move |position| {
        let mut characters: Vec<char> = number.chars().collect();
        characters.swap(position - 1, position);
        (characters[position - 1] != characters[position]).then(|| characters.into_iter().collect())
    })
}

/// Valid numbers of identity cards.
fn cn_ids() -> impl Strategy<Value = String> {
    ("[1-8][0-9]{5}", 1900..=2025, 1..=12, 1..=28, "[0-9]{3}").prop_map(
        |(area, year, month, day, serial)| {
            let digits = format!("{area}{year:04}{month:02}{day:02}{serial}");
            let check = check::check_character(&digits);
            format!("{digits}{check}")
        },
    )
}

proptest! {
    #[test]
    fn normalising_twice_changes_nothing(input in any::<String>()) {
        let once = normalise(&input);
        prop_assert_eq!(normalise(&once), once);
    }

    #[test]
    fn a_valid_number_is_its_own_canonical_form_and_a_slip_is_caught(number in cn_ids()) {
        prop_assert_eq!(parse(CnId, &number), Ok(number.clone()));
        for wrong in one_digit_wrong(&number).chain(neighbours_swapped(&number)) {
            prop_assert!(parse(CnId, &wrong).is_err(), "{}", wrong);
        }
    }

    #[test]
    fn what_was_parsed_parses_again(
        document_type in prop::sample::select(DocumentType::ALL),
        input in "[0-9A-Za-z() -]{1,20}|[HM][0-9]{8}([0-9]{2})?|[0-9]{8}|[0-9]{10}\\(?[A-D]\\)?|[1-8][0-9]{14}|\\PC{0,31}",
    ) {
        if let Ok(canonical) = parse(document_type, &input) {
            prop_assert_eq!(parse(document_type, &canonical), Ok(canonical));
        }
    }

    #[test]
    fn a_printed_number_shows_seven_characters_at_most(number in cn_ids()) {
        let id = IdNumber::from_canonical(CnId, number.clone());
        for shown in [id.to_string(), serde_json::to_string(&id).unwrap()] {
            let shown = shown.trim_matches('"');
            prop_assert_eq!(shown.len(), number.len());
            prop_assert_eq!(shown.matches('*').count(), 11);
        }
    }
}

#[rstest]
#[case("11010519491231002x", DocumentType::CnId)]
#[case("110105491231002", DocumentType::CnId)]
#[case("1101051949123100", DocumentType::CnId)]
#[case("810000199408230021", DocumentType::HkmotwResidence)]
#[case("911124198108030024", DocumentType::ForeignPr)]
#[case("H12345678", DocumentType::HkmoPermit)]
#[case("M1234567801", DocumentType::HkmoPermit)]
#[case("05616820", DocumentType::TwPermit)]
#[case("E12345678", DocumentType::Passport)]
#[case("K034178(2)", DocumentType::Other)]
#[case("军字第1234567号", DocumentType::Other)]
#[case("", DocumentType::Other)]
fn the_kind_of_a_number_without_one_is_guessed(#[case] number: &str, #[case] kind: DocumentType) {
    assert_eq!(guess_type(number), kind, "{number}");
}
