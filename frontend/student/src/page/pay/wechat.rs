//! Paying inside `WeChat`: what it sends the browser back with, and its own payment window.
//!
//! Source: docs/sources.md#payment-products.

use client::{JsapiView, PaymentView, WechatCode};
use domain::Fen;
use gloo::events::EventListener;
use js_sys::{Function, JSON, Reflect};
use ui::{Button, Notice, Tone, fill, use_text};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::UrlSearchParams;
use yew::{Html, Properties, component, html, use_callback, use_effect_with, use_state};

use super::text::PayTexts;

/// The object that `WeChat` puts into its pages, and the event that tells of it.
const BRIDGE: &str = "WeixinJSBridge";
const BRIDGE_READY: &str = "WeixinJSBridgeReady";

/// Takes what a provider has added to the page's address out of it: a code counts once. None where it was not `WeChat`.
pub(super) fn take_returned() -> Option<WechatCode> {
    let location = gloo::utils::window().location();
    let search = location.search().ok().filter(|search| !search.is_empty())?;
    let (history, path) = (
        gloo::utils::window().history().ok()?,
        location.pathname().ok()?,
    );
    // Where the address cannot be changed, the code stays in it; the server takes it once all the same.
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    let parameters = UrlSearchParams::new_with_str(&search).ok()?;
    Some(WechatCode {
        code: parameters.get("code")?,
        state: parameters.get("state")?,
    })
}

#[derive(Properties, PartialEq)]
pub(super) struct WindowProps {
    /// The payment that waits.
    pub(super) payment: PaymentView,
    /// What the payment window wants.
    pub(super) signed: JsapiView,
    /// Whether the person has just asked for it: then the window opens at once.
    pub(super) is_chosen: bool,
}

/// Opens the payment window, by itself or by a button. What the window says of the outcome proves nothing, so that only
/// the server's answer counts.
#[component]
pub(super) fn Window(props: &WindowProps) -> Html {
    let texts = use_text::<PayTexts>();
    let is_missing = use_state(|| false);
    let open = use_callback(
        (props.signed.clone(), is_missing.setter()),
        |(), (signed, missing)| missing.set(!open(signed)),
    );
    {
        let (open, is_chosen) = (open.clone(), props.is_chosen);
        use_effect_with(props.signed.clone(), move |_| {
            let opens = move || {
                if is_chosen {
                    open.emit(());
                }
            };
            let waiting = if bridge().is_some() {
                opens();
                None
            } else {
                let document = gloo::utils::document();
                Some(EventListener::once(&document, BRIDGE_READY, move |_| {
                    opens();
                }))
            };
            move || drop(waiting)
        });
    }
    let amount = Fen(props.payment.amount_fen);
    html! {
        <div class="pay-code">
            if *is_missing {
                <Notice tone={Tone::Warn} title={texts.no_bridge}><p>{ texts.no_bridge_detail }</p></Notice>
            }
            <Button onclick={open}>{ fill(texts.open_wechat, &[("amount", &amount)]) }</Button>
        </div>
    }
}

fn bridge() -> Option<JsValue> {
    let bridge = Reflect::get(&gloo::utils::window(), &BRIDGE.into()).ok()?;
    bridge.is_object().then_some(bridge)
}

/// Whether the window could be asked to open.
fn open(signed: &JsapiView) -> bool {
    call(signed).is_some()
}

fn call(signed: &JsapiView) -> Option<()> {
    let bridge = bridge()?;
    let invoke: Function = Reflect::get(&bridge, &"invoke".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let parameters = JSON::parse(&serde_json::to_string(signed).ok()?).ok()?;
    let done = Closure::once_into_js(|_: JsValue| {});
    let name = "getBrandWCPayRequest".into();
    invoke.call3(&bridge, &name, &parameters, &done).ok()?;
    Some(())
}
