//! How far the prints of a package are, and what can be said of them next.

use client::{DeliveryView, PrintMove};
use domain::delivery::{PrintStage, PrintStep};
use ui::lang::use_lang;
use ui::{AskFirst, ButtonLink, Look, Shape, fill, moment_text, status_pill, use_action, use_text};
use yew::{Callback, Html, Properties, component, html};

use super::text::PrintTexts;
use crate::call::call;
use crate::route::Route;

/// What [`Prints`] and [`PrintSteps`] need.
#[derive(Properties, PartialEq)]
pub(super) struct PrintsProps {
    /// The package, which is for prints.
    pub(super) package: DeliveryView,
    /// Something was noted of them.
    pub(super) changed: Callback<()>,
}

/// The prints among what is said of a package.
#[component]
pub(super) fn Prints(props: &PrintsProps) -> Html {
    let texts = use_text::<PrintTexts>();
    let delivery_id = props.package.id.clone();
    html! {
        <section class="stack" aria-label={texts.prints}>
            <h4>{ texts.prints }</h4>
            <PrintSteps package={props.package.clone()} changed={props.changed.clone()} />
            <div class="line">
                <ButtonLink<Route> to={Route::PackagePrints { delivery_id }} look={Look::Second}>{ texts.open }</ButtonLink<Route>>
            </div>
        </section>
    }
}

/// Where the prints are, and the step that comes next.
#[component]
pub(super) fn PrintSteps(props: &PrintsProps) -> Html {
    let (texts, lang) = (use_text::<PrintTexts>(), use_lang());
    let package = &props.package;
    let Some(prints) = &package.prints else {
        return Html::default();
    };
    let stage = PrintStage::parse(&prints.stage);
    let moments = [
        (texts.printed_at, prints.printed_at),
        (texts.received_at, prints.received_at),
    ];
    let told = |(text, moment)| {
        let moment = moment_text(moment?, lang);
        Some(html! { <p class="muted">{ fill(text, &[("moment", &moment)]) }</p> })
    };
    html! {
        <>
            <p>{ status_pill(shape(stage), &prints.stage_label) }</p>
            { for moments.into_iter().filter_map(told) }
            if stage.is_some_and(PrintStage::is_signed_for) {
                <p class="figures">{ fill(texts.signed, &[("signed", &prints.signed), ("total", &package.added)]) }</p>
            }
            if let Some(step) = stage.and_then(next_step) {
                <NextStep key={step.as_str()} {step} package={package.clone()} changed={props.changed.clone()} />
            }
        </>
    }
}

fn shape(stage: Option<PrintStage>) -> Shape {
    match stage {
        Some(PrintStage::Received) => Shape::Good,
        Some(PrintStage::Printed) => Shape::Waiting,
        Some(PrintStage::Ordered) | None => Shape::Open,
    }
}

fn next_step(stage: PrintStage) -> Option<PrintStep> {
    let mut steps = PrintStep::ALL.iter().copied();
    steps.find(|step| stage.after(*step).is_some())
}

/// What [`NextStep`] needs.
#[derive(Properties, PartialEq)]
struct NextStepProps {
    step: PrintStep,
    package: DeliveryView,
    changed: Callback<()>,
}

/// The button of a step, which asks first.
#[component]
fn NextStep(props: &NextStepProps) -> Html {
    let (step, package) = (props.step, &props.package);
    let texts = use_text::<PrintTexts>();
    let (id, changed) = (package.id.clone(), props.changed.clone());
    let action = use_action(move |()| {
        let (id, changed) = (id.clone(), changed.clone());
        async move {
            let step = step.as_str().to_owned();
            let moved = call(client::move_prints(&id, &PrintMove { step })).await;
            // Where somebody else has said it, the page shows so.
            changed.emit(());
            moved.map(|_| ())
        }
    });
    let (label, title, detail) = match step {
        PrintStep::Printed => (
            texts.mark_printed,
            texts.printed_title,
            texts.printed_detail,
        ),
        PrintStep::Received => (
            texts.mark_received,
            texts.received_title,
            texts.received_detail,
        ),
    };
    html! {
        <div class="line">
            <AskFirst id={format!("{step}-{}", package.id)} {label} {title} keep={texts.keep} {action}>
                <p>{ fill(detail, &[("total", &package.added)]) }</p>
            </AskFirst>
        </div>
    }
}
