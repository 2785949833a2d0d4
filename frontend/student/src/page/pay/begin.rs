//! Getting from the server what is needed to pay.

use std::rc::Rc;

use client::{Failure, NewPayment, PaymentView, WechatCode};
use domain::ProblemCode;
use domain::payment::Provider;
use ui::api;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseStateHandle, hook, use_callback, use_effect_with, use_mut_ref, use_state};

use super::intent::Intent;
use super::wechat::take_returned;

/// How beginning a payment stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    /// No way was chosen yet.
    NotYet,
    /// The answer is on its way, or the browser is.
    Asking,
    /// It is here.
    Ready {
        /// What to do.
        payment: PaymentView,
        /// Whether the person has just asked for it; else it was found again.
        is_chosen: bool,
    },
    /// It did not come.
    Failed(Failure),
}

/// Why a wish is sent to the server.
#[derive(Debug, Clone, PartialEq)]
enum Cause {
    /// This tab has kept it.
    Kept,
    /// The person has just chosen.
    Chosen,
    /// The person has chosen, and `WeChat` has sent the browser back with this.
    Returned(WechatCode),
}

/// The way that was chosen, what the server made of it, and how to choose.
pub(super) struct Begin {
    /// The wish that is being fulfilled.
    pub(super) intent: Option<Intent>,
    /// How that stands.
    pub(super) stage: UseStateHandle<Stage>,
    /// Begins to pay in a way; also gets a fresh code for the same.
    pub(super) choose: Callback<Provider>,
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
            move |(wish, cause): (Intent, Cause), (order_no, onturn)| {
                wanted.replace(Some(wish.clone()));
                intent.set(Some(wish.clone()));
                stage.set(Stage::Asking);
                let (wanted, stage) = (Rc::clone(&wanted), stage.clone());
                let (order_no, onturn) = (order_no.clone(), onturn.clone());
                spawn_local(async move {
                    let begun = begin(&order_no, &wish, &cause).await;
                    // The answer to a wish that another has replaced would show the wrong code.
                    if wanted.borrow().as_ref() != Some(&wish) {
                        return;
                    }
                    if begun.as_ref().is_err_and(is_over) {
                        onturn.emit(());
                    }
                    stage.set(begun.unwrap_or_else(Stage::Failed));
                });
            },
        )
    };
    {
        let run = run.clone();
        use_effect_with(order_no.clone(), move |order_no| {
            if let Some(returned) = take_returned() {
                let wish = Intent::new(order_no, Provider::WechatPay);
                run.emit((wish, Cause::Returned(returned)));
            } else if let Some(kept) = Intent::kept(order_no) {
                run.emit((kept, Cause::Kept));
            }
        });
    }
    let choose = use_callback((order_no, run), |provider, (order_no, run)| {
        run.emit((Intent::new(order_no, provider), Cause::Chosen));
    });
    Begin {
        intent: (*intent).clone(),
        stage,
        choose,
    }
}

/// Asks for a payment; inside `WeChat`, which must say who pays first, the browser is sent there and comes back.
async fn begin(order_no: &str, wish: &Intent, cause: &Cause) -> Result<Stage, Failure> {
    let returned = match cause {
        Cause::Returned(code) => Some(code.clone()),
        Cause::Kept | Cause::Chosen => None,
    };
    let payment = NewPayment {
        provider: wish.provider.as_str().to_owned(),
        product: None,
        wechat: returned.map(Some),
    };
    match api::call(client::create_payment(order_no, &wish.key, &payment)).await {
        Ok(payment) => Ok(Stage::Ready {
            payment,
            is_chosen: *cause != Cause::Kept,
        }),
        Err(failure) if *cause == Cause::Chosen && wants_wechat(&failure) => {
            let authorisation = api::call(client::get_wechat_authorisation(order_no)).await?;
            let location = gloo::utils::window().location();
            location.assign(&authorisation.url).map_err(|_| failure)?;
            Ok(Stage::Asking)
        }
        Err(failure) => Err(failure),
    }
}

fn wants_wechat(failure: &Failure) -> bool {
    api::code(failure) == Some(ProblemCode::PaymentWechatLogin)
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
