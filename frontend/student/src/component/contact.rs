//! How a person wants to be reached beside the phone: the fields of both forms that change it.

use client::Failure;
use domain::contact::Contact;
use ui::lang::use_lang;
use ui::{CommonTexts, Note, TextField, TextTable, error_of};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback};

use crate::page::order::text::OrderTexts;

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TypedContact {
    /// Empty for none.
    pub(crate) email: String,
    /// Empty for none.
    pub(crate) address: String,
}

impl TypedContact {
    /// What is stored, to be changed.
    pub(crate) fn of(email: Option<&String>, address: Option<&String>) -> Self {
        let typed = |stored: Option<&String>| stored.cloned().unwrap_or_default();
        Self {
            email: typed(email),
            address: typed(address),
        }
    }

    /// Whether it can be stored.
    pub(crate) fn is_right(&self) -> bool {
        Contact::parse(Some(&self.email), Some(&self.address)).is_ok()
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct ContactFieldsProps {
    /// What was typed.
    pub(crate) typed: TypedContact,
    /// Takes what is typed.
    pub(crate) onchange: Callback<TypedContact>,
    /// What is wrong is shown: the person has tried to save it.
    pub(crate) is_checked: bool,
    /// What the server said.
    pub(crate) failure: Option<Failure>,
}

/// E-mail and postal address.
#[component]
pub(crate) fn ContactFields(props: &ContactFieldsProps) -> Html {
    let lang = use_lang();
    let texts = OrderTexts::of(lang);
    let deps = (props.typed.clone(), props.onchange.clone());
    let onemail = use_callback(deps.clone(), |email: String, (typed, onchange)| {
        onchange.emit(TypedContact {
            email,
            ..typed.clone()
        });
    });
    let onaddress = use_callback(deps, |address: String, (typed, onchange)| {
        onchange.emit(TypedContact {
            address,
            ..typed.clone()
        });
    });
    let found = Contact::parse(Some(&props.typed.email), Some(&props.typed.address)).err();
    let found = found.filter(|_| props.is_checked).unwrap_or_default();
    let error = |pointer: &str| {
        let here = found.iter().find(|error| error.pointer == pointer);
        let told = here.map(|error| AttrValue::from(error.detail(lang)));
        told.or_else(|| error_of(props.failure.as_ref(), pointer))
    };
    let optional = |label: &str| format!("{label}{}", CommonTexts::of(lang).optional);
    html! {
        <>
            <TextField id="email" label={optional(texts.email)} hint={texts.email_hint} kind="email" inputmode="email"
                autocomplete="email" value={props.typed.email.clone()} oninput={onemail} error={error("/email")} />
            <Note id="address" label={optional(texts.address)} hint={texts.address_hint}
                value={props.typed.address.clone()} oninput={onaddress} error={error("/address")} />
        </>
    }
}
