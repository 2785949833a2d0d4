//! The form of an account at `WeChat` Pay.

use client::{Failure, WechatPayAccountInput};
use domain::FieldError;
use ui::{Note, TextField, use_form, use_text};
use yew::{Html, component, html};

use super::props::{Fee, KeysFormProps, fee_error, keys_form};
use super::text::MerchantTexts;
use crate::call::call;
use crate::fresh::use_fresh;

const FIELDS: &[&str] = &[
    "/mchid",
    "/appid",
    "/merchant_serial",
    "/merchant_private_key",
    "/api_v3_key",
    "/public_key_id",
    "/public_key",
    "/app_secret",
    "/fee_basis_points",
];

/// What is typed.
#[derive(Clone, Default, PartialEq)]
struct Typed {
    mchid: String,
    appid: String,
    merchant_serial: String,
    merchant_private_key: String,
    api_v3_key: String,
    public_key_id: String,
    public_key: String,
    app_secret: String,
    fee: String,
}

impl Typed {
    /// What cannot be sent at all; the server looks at the rest.
    fn errors(&self) -> Vec<FieldError> {
        fee_error(&self.fee).into_iter().collect()
    }

    fn input(&self) -> WechatPayAccountInput {
        let (secret, fee) = (self.app_secret.trim(), self.fee.trim());
        WechatPayAccountInput {
            mchid: self.mchid.trim().to_owned(),
            appid: self.appid.trim().to_owned(),
            merchant_serial: self.merchant_serial.trim().to_owned(),
            merchant_private_key: self.merchant_private_key.trim().to_owned(),
            api_v3_key: self.api_v3_key.trim().to_owned(),
            public_key_id: self.public_key_id.trim().to_owned(),
            public_key: self.public_key.trim().to_owned(),
            app_secret: (!secret.is_empty()).then(|| Some(secret.to_owned())),
            fee_basis_points: fee.parse().ok().map(Some),
        }
    }
}

/// The form.
#[component]
pub(super) fn WechatPayForm(props: &KeysFormProps) -> Html {
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
                let put = || call(client::put_wechat_pay_account(&school_id, &input));
                fresh.run(put).await?;
                saved.emit(());
                Ok::<(), Failure>(())
            }
        },
    );
    let typed = (*form.model).clone();
    let fields = html! {
        <>
            <TextField id="mchid" label={texts.mchid} is_number=true value={typed.mchid}
                oninput={form.takes(|typed: &mut Typed, text| typed.mchid = text)} error={form.error("/mchid")} />
            <TextField id="appid" label={texts.appid} value={typed.appid}
                oninput={form.takes(|typed: &mut Typed, text| typed.appid = text)} error={form.error("/appid")} />
            <TextField id="merchant-serial" label={texts.merchant_serial} value={typed.merchant_serial}
                oninput={form.takes(|typed: &mut Typed, text| typed.merchant_serial = text)} error={form.error("/merchant_serial")} />
            <Note id="merchant-key" label={texts.merchant_private_key} value={typed.merchant_private_key}
                oninput={form.takes(|typed: &mut Typed, text| typed.merchant_private_key = text)} error={form.error("/merchant_private_key")} />
            <TextField id="api-v3-key" label={texts.api_v3_key} value={typed.api_v3_key}
                oninput={form.takes(|typed: &mut Typed, text| typed.api_v3_key = text)} error={form.error("/api_v3_key")} />
            <TextField id="public-key-id" label={texts.public_key_id} value={typed.public_key_id}
                oninput={form.takes(|typed: &mut Typed, text| typed.public_key_id = text)} error={form.error("/public_key_id")} />
            <Note id="public-key" label={texts.public_key} value={typed.public_key}
                oninput={form.takes(|typed: &mut Typed, text| typed.public_key = text)} error={form.error("/public_key")} />
            <TextField id="app-secret" label={texts.app_secret} hint={texts.app_secret_hint} value={typed.app_secret}
                oninput={form.takes(|typed: &mut Typed, text| typed.app_secret = text)} error={form.error("/app_secret")} />
        </>
    };
    let fee = Fee {
        id: "wechat-fee",
        value: typed.fee,
        oninput: form.takes(|typed: &mut Typed, text| typed.fee = text),
    };
    keys_form(&form, texts, fields, fee)
}
