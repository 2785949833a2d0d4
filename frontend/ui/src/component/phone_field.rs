//! A phone number, with the choice of its country where the server serves more than one.
//!
//! What was typed is kept as one text: as it is for the first country, and with its calling code (`+852 9123`) for another.

use domain::phone::{Countries, Country, Phone, PhoneError};
use domain::{Lang, ProblemCode, Text};
use web_sys::HtmlSelectElement;
use yew::{
    AttrValue, Callback, Event, Html, Properties, TargetCast, component, hook, html, use_callback,
};

use super::{TextField, use_settings};
use crate::lang::use_lang;
use crate::text::use_text;

crate::texts! {
    /// Texts of the field.
    struct PhoneTexts {
        phone_abroad_hint: "不含国家或地区代码，用来接收验证码", "Without the country code. We'll text you a code.";
        country: "国家或地区", "Country or region";
    }
}

/// The countries that the server serves; China alone until that is known.
#[hook]
pub fn use_countries() -> Countries {
    let loader = use_settings();
    let served = loader.ready().and_then(|settings| {
        let codes = settings.countries.iter();
        let countries =
            codes.filter_map(|code| Country::new(code.strip_prefix('+')?.parse().ok()?));
        Countries::new(countries.collect())
    });
    served.unwrap_or_default()
}

#[derive(Properties, PartialEq)]
pub struct PhoneFieldProps {
    /// Its id, unique on the page.
    pub id: AttrValue,
    /// What it is.
    pub label: AttrValue,
    /// How to fill it in.
    pub hint: AttrValue,
    /// What is wrong with it and what to do.
    pub error: Option<AttrValue>,
    /// What was typed.
    pub value: AttrValue,
    /// Takes what is typed.
    pub oninput: Callback<String>,
    /// The person leaves it.
    #[prop_or_default]
    pub onblur: Callback<()>,
    /// What the browser may fill in; nothing by default.
    #[prop_or("off")]
    pub autocomplete: &'static str,
    /// The choice.
    pub countries: Countries,
}

/// The field.
#[component]
pub fn PhoneField(props: &PhoneFieldProps) -> Html {
    let (texts, lang) = (use_text::<PhoneTexts>(), use_lang());
    let (country, national) = split(&props.value, &props.countries);
    let before = national.to_owned();
    let oninput = use_callback(
        (
            props.oninput.clone(),
            props.countries.clone(),
            country,
            before,
        ),
        |typed: String, (oninput, countries, country, before)| {
            let national = if *country == Country::CHINA {
                grouped(&typed, before)
            } else {
                typed
            };
            oninput.emit(joined(*country, &national, countries));
        },
    );
    let onchoose = use_callback(
        (
            props.oninput.clone(),
            props.countries.clone(),
            national.to_owned(),
        ),
        |country: Country, (oninput, countries, national)| {
            oninput.emit(joined(country, national, countries));
        },
    );
    let hint = if country == Country::CHINA {
        props.hint.clone()
    } else {
        texts.phone_abroad_hint.into()
    };
    let choice = CountryChoice {
        chosen: country,
        countries: &props.countries,
        onchoose,
    };
    html! {
        <TextField id={props.id.clone()} label={props.label.clone()} {hint} kind="tel" inputmode="tel"
            autocomplete={props.autocomplete} is_number=true value={national.to_owned()} {oninput}
            onblur={props.onblur.clone()} error={props.error.clone()}
            before={country_select(&props.id, choice, texts.country, lang)} />
    }
}

/// The countries that a number may be of.
struct CountryChoice<'a> {
    chosen: Country,
    countries: &'a Countries,
    /// Takes another country.
    onchoose: Callback<Country>,
}

/// Nothing where there is no choice.
fn country_select(id: &str, choice: CountryChoice<'_>, label: &'static str, lang: Lang) -> Html {
    let CountryChoice {
        chosen,
        countries,
        onchoose,
    } = choice;
    if countries.as_slice().len() < 2 {
        return Html::default();
    }
    let onchange = Callback::from(move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let code = select.and_then(|select| select.value().parse().ok());
        if let Some(country) = code.and_then(Country::new) {
            onchoose.emit(country);
        }
    });
    let options = countries.as_slice().iter().map(|country| {
        let code = country.calling_code();
        let name = country.name().map_or("", |name| name.get(lang));
        html! {
            <option value={code.to_string()} selected={*country == chosen}>{ format!("+{code} {name}") }</option>
        }
    });
    html! {
        <select id={format!("{id}-country")} class="input country" aria-label={label} {onchange}>{ for options }</select>
    }
}

/// The country of what was typed, and the rest.
fn split<'a>(value: &'a str, countries: &Countries) -> (Country, &'a str) {
    let international = value.strip_prefix('+');
    let split = international.and_then(|digits| countries.split(digits));
    split.map_or((countries.first(), value), |(country, national)| {
        (country, national.trim_start())
    })
}

fn joined(country: Country, national: &str, countries: &Countries) -> String {
    if country == countries.first() || national.starts_with('+') {
        national.to_owned()
    } else {
        format!("+{} {national}", country.calling_code())
    }
}

/// What is wrong with a phone, if anything; the server has the last word.
pub fn phone_problem(typed: &str, countries: &Countries) -> Option<ProblemCode> {
    match Phone::parse(typed, countries.first(), countries) {
        Ok(_) => None,
        Err(PhoneError::CountryNotServed) => Some(ProblemCode::LoginCountry),
        Err(
            PhoneError::TooShort { .. }
            | PhoneError::TooLong { .. }
            | PhoneError::NotMobile
            | PhoneError::NotDigits { .. },
        ) => Some(ProblemCode::LoginPhone),
    }
}

/// What to say of a phone, if anything is wrong with it. Constants, so that the program does not carry what is said of all
/// problems.
pub fn phone_advice(typed: &str, countries: &Countries) -> Option<Text> {
    const COUNTRY: Text = ProblemCode::LoginCountry.detail();
    const PHONE: Text = ProblemCode::LoginPhone.detail();
    let code = phone_problem(typed, countries)?;
    Some(if code == ProblemCode::LoginCountry {
        COUNTRY
    } else {
        PHONE
    })
}

/// `138 0013 8000` while it grows; what is being corrected is left alone.
fn grouped(typed: &str, before: &str) -> String {
    let is_plain = typed
        .chars()
        .all(|character| character.is_ascii_digit() || character == ' ');
    if !is_plain || typed.len() < before.len() {
        return typed.to_owned();
    }
    let digits: Vec<char> = typed.chars().filter(char::is_ascii_digit).collect();
    let mut grouped = String::new();
    for (index, digit) in digits.iter().enumerate() {
        if index == 3 || index == 7 {
            grouped.push(' ');
        }
        grouped.push(*digit);
    }
    grouped
}
