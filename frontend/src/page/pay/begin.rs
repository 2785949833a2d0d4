//! Getting a code from the server.

use std::rc::Rc;

use client::{Failure, NewPayment, PaymentView};
use domain::ProblemCode;
use domain::payment::{CredentialKind, Product, Provider};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseStateHandle, hook, use_callback, use_effect_with, use_mut_ref, use_state};

use super::intent::Intent;
use crate::api;

/// How getting a code stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    /// No way was chosen yet.
    NotYet,
    /// A code is on its way.
    Asking,
    /// It is here.
    Ready(PaymentView),
    /// It did not come.
    Failed(Failure),
}

/// The way that was chosen, its code, and how to get one.
pub(super) struct Begin {
    /// The wish that is being fulfilled.
    pub(super) intent: Option<Intent>,
    /// How that stands.
    pub(super) stage: UseStateHandle<Stage>,
    /// Begins to pay in a way; also gets a fresh code for the same.
    pub(super) choose: Callback<Provider>,
    /// Repeats the wish after a failure, under its key.
    pub(super) repeat: Callback<()>,
}

/// Takes up the wish that this tab has kept, and begins others. `onturn` hears that the order can no longer be paid.
#[hook]
pub(super) fn use_begin(order_no: String, onturn: Callback<()>) -> Begin {
    let intent = {
        let order_no = order_no.clone();
        use_state(move || Intent::kept(&order_no))
    };
    let stage = use_state(|| Stage::NotYet);
    let wanted = use_mut_ref(|| None::<Intent>);
    let run = {
        let (intent, stage) = (intent.setter(), stage.setter());
        use_callback(
            (order_no.clone(), onturn),
            move |wish: Intent, (order_no, onturn)| {
                wanted.replace(Some(wish.clone()));
                intent.set(Some(wish.clone()));
                stage.set(Stage::Asking);
                let (wanted, stage) = (Rc::clone(&wanted), stage.clone());
                let (order_no, onturn) = (order_no.clone(), onturn.clone());
                spawn_local(async move {
                    let begun = begin(&order_no, &wish).await;
                    // The answer to a wish that another has replaced would show the wrong code.
                    if wanted.borrow().as_ref() != Some(&wish) {
                        return;
                    }
                    if begun.as_ref().is_err_and(is_over) {
                        onturn.emit(());
                    }
                    stage.set(begun.map_or_else(Stage::Failed, Stage::Ready));
                });
            },
        )
    };
    {
        let run = run.clone();
        use_effect_with(order_no.clone(), move |order_no| {
            if let Some(kept) = Intent::kept(order_no) {
                run.emit(kept);
            }
        });
    }
    let choose = use_callback((order_no, run.clone()), |provider, (order_no, run)| {
        run.emit(Intent::new(order_no, provider));
    });
    let repeat = use_callback((run, (*intent).clone()), |(), (run, intent)| {
        if let Some(intent) = intent {
            run.emit(intent.clone());
        }
    });
    Begin {
        intent: (*intent).clone(),
        stage,
        choose,
        repeat,
    }
}

/// The product whose code this page draws.
fn code_product(provider: Provider) -> Option<&'static str> {
    let mut all = Product::ALL.iter();
    let is_code = |product: &&Product| {
        product.provider() == provider && product.credential() == CredentialKind::Qr
    };
    all.find(is_code).map(|product| product.as_str())
}

async fn begin(order_no: &str, wish: &Intent) -> Result<PaymentView, Failure> {
    let payment = NewPayment {
        provider: wish.provider.as_str().to_owned(),
        product: code_product(wish.provider).map(|product| Some(product.to_owned())),
        wechat: None,
    };
    api::call(client::create_payment(order_no, &wish.key, &payment)).await
}

/// Whether there is nothing to pay any more.
fn is_over(failure: &Failure) -> bool {
    matches!(
        api::code(failure),
        Some(
            ProblemCode::OrderPaid
                | ProblemCode::OrderClosed
                | ProblemCode::OrderNothingDue
                | ProblemCode::TaskClosed
        )
    )
}
