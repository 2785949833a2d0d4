//! What the forms of keys have in common: what they need, their frame, and the fee at their end.

use domain::{FieldError, ProblemCode};
use ui::{Button, Form, ProblemBox, TextField};
use yew::{AttrValue, Callback, Html, Properties, html};

use super::text::MerchantTexts;

/// The largest fee, in hundredths of a percent: all of a payment.
const MOST_BASIS_POINTS: u16 = 10_000;

/// What a form of keys needs.
#[derive(Properties, PartialEq)]
pub(super) struct KeysFormProps {
    /// The school.
    pub(super) school_id: AttrValue,
    /// It was saved.
    pub(super) saved: Callback<()>,
}

/// What is wrong with a fee that was typed; it may be left out.
pub(super) fn fee_error(typed: &str) -> Option<FieldError> {
    let typed = typed.trim();
    if typed.is_empty() || typed.parse::<u16>().is_ok() {
        return None;
    }
    let error = FieldError::new("/fee_basis_points", ProblemCode::TaskNumber);
    Some(error.with("min", 0).with("max", MOST_BASIS_POINTS))
}

/// The part of a form that takes the fee.
pub(super) struct Fee {
    /// The id of its field.
    pub(super) id: &'static str,
    /// What is typed.
    pub(super) value: String,
    /// Takes what is typed.
    pub(super) oninput: Callback<String>,
}

/// A form of keys around its fields. Browsers keep nothing of it.
pub(super) fn keys_form<M: Clone + 'static>(
    form: &Form<M>,
    texts: &MerchantTexts,
    fields: Html,
    fee: Fee,
) -> Html {
    html! {
        <form ref={form.node.clone()} class="stack" onsubmit={form.onsubmit.clone()} novalidate=true autocomplete="off">
            <p class="hint">{ texts.same_number }</p>
            if let Some(failure) = form.failure.clone() {
                <ProblemBox {failure} />
            }
            { fields }
            <TextField id={fee.id} label={texts.fee} hint={texts.fee_hint} inputmode="numeric" is_number=true value={fee.value}
                oninput={fee.oninput} error={form.error("/fee_basis_points")} />
            <div class="actions"><Button submits=true is_busy={form.is_busy}>{ texts.save }</Button></div>
        </form>
    }
}
