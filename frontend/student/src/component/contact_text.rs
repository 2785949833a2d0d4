//! A school's contact, with links that dial and write.

use domain::contact::{ContactPart, contact_parts, dialled};
use yew::{Html, html};

/// The contact; phone numbers and e-mail addresses in it are links.
pub(crate) fn contact_text(contact: &str) -> Html {
    contact_parts(contact).into_iter().map(part).collect()
}

/// A text with the contact in the place of `{contact}`.
pub(crate) fn with_contact(text: &str, contact: &str) -> Html {
    let (before, after) = text.split_once("{contact}").unwrap_or((text, ""));
    html! { <>{ before.to_owned() }{ contact_text(contact) }{ after.to_owned() }</> }
}

fn part(part: ContactPart<'_>) -> Html {
    match part {
        ContactPart::Text(words) => html! { { words.to_owned() } },
        ContactPart::Phone(number) => {
            html! { <a class="nowrap" href={format!("tel:{}", dialled(number))}>{ number.to_owned() }</a> }
        }
        ContactPart::Email(address) => {
            html! { <a href={format!("mailto:{address}")}>{ address.to_owned() }</a> }
        }
    }
}
