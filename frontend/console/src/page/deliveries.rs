//! The packages of a collection's photos: made, downloaded, and acknowledged by the school.

mod make;
mod package;
mod prints;
mod results;
mod signatures;
mod text;

use client::{DeliveryFiguresView, DeliveryList, DeliveryView};
use domain::Lang;
use domain::delivery::{DeliveryState, PrintCaption};
use gloo::timers::callback::Timeout;
use ui::lang::use_lang;
use ui::{
    EmptyView, Fact, Link, Loader, Notice, TextTable, Title, Tone, async_view, fact_list, fill,
    use_loader, use_text,
};
use yew::{
    AttrValue, Callback, Html, Properties, component, hook, html, use_callback, use_effect_with,
    use_mut_ref, use_state,
};

use crate::call::call;
use crate::route::Route;
use make::Make;
use package::Package;
use results::Results;
pub(crate) use signatures::PackagePrints;
use text::DeliveryTexts;

/// How many packages are listed.
const LATEST: i64 = 30;
/// How often packages are looked at that are worked on.
const POLL_MS: u32 = 1_500;

/// What [`Deliveries`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct DeliveriesProps {
    /// The collection.
    pub(crate) task_id: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Deliveries(props: &DeliveriesProps) -> Html {
    let (texts, lang) = (use_text::<DeliveryTexts>(), use_lang());
    let packages = use_loader(props.task_id.clone(), |id| async move {
        call(client::list_deliveries(&id, Some(LATEST), None)).await
    });
    let figures = use_loader(props.task_id.clone(), |id| async move {
        call(client::get_delivery_figures(&id)).await
    });
    use_polling(&packages, figures.reload.clone());
    let reloads = (packages.reload.clone(), figures.reload.clone());
    let changed = use_callback(reloads, |(), (packages, figures)| {
        packages.emit(());
        figures.emit(());
    });
    let usual_caption = usual_caption(packages.ready().as_deref());
    let known = figures.ready().map(|figures| (*figures).clone());
    let task_id = props.task_id.to_string();
    html! {
        <div class="stack">
            <Title text={texts.title} />
            <p><Link<Route> to={Route::Task { task_id }}>{ texts.back }</Link<Route>></p>
            <section class="card stack">
                <h2>{ texts.figures }</h2>
                { async_view(&figures, |figures| figures_of(figures, lang)) }
            </section>
            <Make task_id={props.task_id.clone()} {usual_caption} made={changed.clone()} />
            <Results task_id={props.task_id.clone()} changed={changed.clone()} />
            <section class="stack">
                <h2>{ texts.packages }</h2>
                { async_view(&packages, |list| packages_of(list, known.as_ref(), &changed, lang)) }
            </section>
        </div>
    }
}

/// What stood under the photos of the collection's latest package for prints.
fn usual_caption(list: Option<&DeliveryList>) -> AttrValue {
    let mut items = list.into_iter().flat_map(|list| &list.items);
    let latest = items.find(|package| package.prints.is_some());
    latest.map_or_else(
        || PrintCaption::NameAndNumber.as_str().into(),
        |package| package.caption.clone().into(),
    )
}

/// Whether the server still does something with a package.
fn is_worked_on(package: &DeliveryView) -> bool {
    match DeliveryState::parse(&package.state) {
        Some(DeliveryState::Building) => true,
        // Acknowledging a package for prints hands nothing over.
        Some(DeliveryState::Acknowledged) => {
            package.prints.is_none() && package.handed_over < package.added
        }
        Some(DeliveryState::Ready | DeliveryState::Failed | DeliveryState::Cancelled) | None => {
            false
        }
    }
}

/// Looks at the packages again and again while one of them is worked on; `done` is called when none is any more.
#[hook]
fn use_polling(packages: &Loader<DeliveryList>, done: Callback<()>) {
    let ticks = use_state(|| 0_u32);
    let list = packages.ready();
    let is_busy = list.is_some_and(|list| list.items.iter().any(is_worked_on));
    let was_busy = use_mut_ref(|| false);
    use_effect_with(is_busy, move |is_busy| {
        if was_busy.replace(*is_busy) && !*is_busy {
            done.emit(());
        }
    });
    let reload = packages.reload.clone();
    use_effect_with((is_busy, *ticks), move |(is_busy, count)| {
        let next = count + 1;
        let timer = is_busy.then(|| {
            Timeout::new(POLL_MS, move || {
                reload.emit(());
                ticks.set(next);
            })
        });
        move || drop(timer)
    });
}

fn figures_of(figures: &DeliveryFiguresView, lang: Lang) -> Html {
    let texts = DeliveryTexts::of(lang);
    let facts = [
        Fact::new(texts.listed, figures.listed.to_string()),
        Fact::new(texts.missing, figures.missing.to_string()),
        Fact::new(texts.undelivered, figures.undelivered.to_string()),
        Fact::new(texts.handed_over, figures.handed_over.to_string()),
    ];
    html! {
        <>
            { fact_list(&facts) }
            if figures.missing > 0 {
                <Notice tone={Tone::Info}><p>{ fill(texts.missing_note, &[("count", &figures.missing)]) }</p></Notice>
            }
        </>
    }
}

/// The packages, the latest first.
fn packages_of(
    list: &DeliveryList,
    figures: Option<&DeliveryFiguresView>,
    changed: &Callback<()>,
    lang: Lang,
) -> Html {
    let texts = DeliveryTexts::of(lang);
    if list.items.is_empty() {
        return html! { <EmptyView title={texts.none} detail={texts.none_detail} /> };
    }
    let one = |package: &DeliveryView| {
        html! {
            <Package key={package.id.clone()} package={package.clone()} figures={figures.cloned()} changed={changed.clone()} />
        }
    };
    html! { <>{ for list.items.iter().map(one) }</> }
}
