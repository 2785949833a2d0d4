//! The form of an application at Alipay.

use client::{AlipayAccountInput, Failure};
use domain::FieldError;
use ui::{Note, TextField, use_form, use_text};
use yew::{Html, component, html};

use super::props::{Fee, KeysFormProps, fee_error, keys_form};
use super::text::MerchantTexts;
use crate::call::call;
use crate::fresh::use_fresh;

const FIELDS: &[&str] = &[
    "/app_id",
    "/seller_id",
    "/app_private_key",
    "/alipay_public_key",
    "/fee_basis_points",
];

/// What is typed.
#[derive(Clone, Default, PartialEq)]
struct Typed {
    app_id: String,
    seller_id: String,
    app_private_key: String,
    alipay_public_key: String,
    fee: String,
}

impl Typed {
    /// What cannot be sent at all; the server looks at the rest.
    fn errors(&self) -> Vec<FieldError> {
        fee_error(&self.fee).into_iter().collect()
    }

    fn input(&self) -> AlipayAccountInput {
        let fee = self.fee.trim();
        AlipayAccountInput {
            app_id: self.app_id.trim().to_owned(),
            seller_id: self.seller_id.trim().to_owned(),
            app_private_key: self.app_private_key.trim().to_owned(),
            alipay_public_key: self.alipay_public_key.trim().to_owned(),
            fee_basis_points: fee.parse().ok().map(Some),
        }
    }
}

/// The form.
#[component]
pub(super) fn AlipayForm(props: &KeysFormProps) -> Html {
    let texts = use_text::<MerchantTexts>();
    let (fresh, school_id, saved) = (use_fresh(), props.school_id.clone(), props.saved.clone());
    let form = use_form(
        Typed::default(),
        FIELDS,
        Typed::errors,
        move |typed: Typed| {
            let (fresh, school_id, saved) = (fresh.clone(), school_id.clone(), saved.clone());
            async move {
                let input = typed.input();
                let put = || call(client::put_alipay_account(&school_id, &input));
                fresh.run(put).await?;
                saved.emit(());
                Ok::<(), Failure>(())
            }
        },
    );
    let typed = (*form.model).clone();
    let fields = html! {
        <>
            <TextField id="alipay-app-id" label={texts.app_id} is_number=true value={typed.app_id}
                oninput={form.takes(|typed: &mut Typed, text| typed.app_id = text)} error={form.error("/app_id")} />
            <TextField id="alipay-seller-id" label={texts.seller_id} is_number=true value={typed.seller_id}
                oninput={form.takes(|typed: &mut Typed, text| typed.seller_id = text)} error={form.error("/seller_id")} />
            <Note id="alipay-key" label={texts.app_private_key} value={typed.app_private_key}
                oninput={form.takes(|typed: &mut Typed, text| typed.app_private_key = text)} error={form.error("/app_private_key")} />
            <Note id="alipay-public-key" label={texts.alipay_public_key} hint={texts.alipay_public_key_hint} value={typed.alipay_public_key}
                oninput={form.takes(|typed: &mut Typed, text| typed.alipay_public_key = text)} error={form.error("/alipay_public_key")} />
        </>
    };
    let fee = Fee {
        id: "alipay-fee",
        value: typed.fee,
        oninput: form.takes(|typed: &mut Typed, text| typed.fee = text),
    };
    keys_form(&form, texts, fields, fee)
}
