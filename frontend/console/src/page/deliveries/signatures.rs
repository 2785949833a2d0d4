//! The prints of a package by class: a list on which students sign, to be printed, and who has signed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use client::{DeliveryView, Failure, PrintSignatures, PrintView};
use domain::Lang;
use domain::delivery::PrintStage;
use gloo::utils::window;
use ui::clock::now_ms;
use ui::lang::use_lang;
use ui::{
    Action, Button, EmptyView, Link, Loader, Look, Notice, ProblemBox, Title, Tone, async_view,
    fill, moment_text, use_action, use_loader, use_text,
};
use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Callback, Event, Html, Properties, TargetCast, UseStateHandle, component, hook,
    html, use_callback, use_state,
};

use super::prints::PrintSteps;
use super::text::PrintTexts;
use crate::call::call;
use crate::route::Route;
use crate::select::{Select, SelectOption};

/// How many prints a request lists or notes, which is what the server allows.
const AT_ONCE: usize = 100;

/// What [`PackagePrints`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct PackagePrintsProps {
    /// The package.
    pub(crate) delivery_id: AttrValue,
}

/// A package and its prints, by college, class and student number.
#[derive(Debug, Clone, PartialEq)]
struct Printed {
    package: DeliveryView,
    prints: Vec<PrintView>,
}

/// The page.
#[component]
pub(crate) fn PackagePrints(props: &PackagePrintsProps) -> Html {
    let texts = use_text::<PrintTexts>();
    let loader = use_loader(
        props.delivery_id.clone(),
        |id| async move { ask(&id).await },
    );
    async_view(&loader, |found| {
        let task_id = found.package.task_id.clone();
        html! {
            <div class="stack">
                <div class="no-print">
                    <Title text={texts.title} />
                    <p><Link<Route> to={Route::Deliveries { task_id }}>{ texts.back }</Link<Route>></p>
                </div>
                { listed(found, &loader, texts) }
            </div>
        }
    })
}

async fn ask(id: &str) -> Result<Printed, Failure> {
    let package = call(client::get_delivery(id)).await?;
    let (mut prints, mut after) = (Vec::new(), None::<String>);
    while package.prints.is_some() {
        let limit = i64::try_from(AT_ONCE).ok();
        let page = call(client::list_prints(id, limit, after.as_deref())).await?;
        prints.extend(page.items);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    prints.sort_by(|one, other| place(one).cmp(&place(other)));
    Ok(Printed { package, prints })
}

/// Where a print stands in the list.
fn place(print: &PrintView) -> [Option<&str>; 4] {
    let name = Some(print.name.as_str());
    let [college, class_name] = class_of(print);
    [college, class_name, print.student_no.as_deref(), name]
}

fn class_of(print: &PrintView) -> [Option<&str>; 2] {
    [print.college.as_deref(), print.class_name.as_deref()]
}

fn listed(found: &Printed, loader: &Loader<Printed>, texts: &PrintTexts) -> Html {
    if found.package.prints.is_none() {
        return html! { <EmptyView title={texts.not_for_prints} detail={texts.not_for_prints_detail} /> };
    }
    if found.prints.is_empty() {
        return html! { <EmptyView title={texts.none} detail={texts.none_detail} /> };
    }
    let put = {
        let loader = loader.clone();
        Callback::from(move |found| loader.put(found))
    };
    html! { <Signatures found={found.clone()} {put} reload={loader.reload.clone()} /> }
}

/// What [`Signatures`] needs.
#[derive(Properties, PartialEq)]
struct SignaturesProps {
    found: Printed,
    /// Takes the prints as they are after a change.
    put: Callback<Printed>,
    reload: Callback<()>,
}

/// The ticks that are not saved: the print, and whether its student signed.
type Ticks = BTreeMap<String, bool>;

/// The steps, the classes, and the list.
#[component]
fn Signatures(props: &SignaturesProps) -> Html {
    let texts = use_text::<PrintTexts>();
    let found = &props.found;
    let (class, ticks) = (use_state(String::new), use_state(Ticks::new));
    let save = use_save(props, &ticks);
    let choose = use_callback(class.setter(), |chosen, class| class.set(chosen));
    let print = use_callback((), |(), ()| {
        let _ = window().print();
    });
    let classes: Vec<&[PrintView]> = found
        .prints
        .chunk_by(|one, next| class_of(one) == class_of(next))
        .collect();
    let is_shown = |index: usize| class.is_empty() || *class == index.to_string();
    let shown: Vec<&[PrintView]> = classes
        .iter()
        .enumerate()
        .filter(|(index, _)| is_shown(*index))
        .map(|(_, class)| *class)
        .collect();
    let prints = found.package.prints.as_ref();
    let stage = prints.and_then(|prints| PrintStage::parse(&prints.stage));
    let is_open = stage.is_some_and(PrintStage::is_signed_for);
    html! {
        <>
            <section class="card stack no-print">
                <PrintSteps package={found.package.clone()} changed={props.reload.clone()} />
                if classes.len() > 1 {
                    <Select id="class" label={texts.class} value={(*class).clone()} empty={texts.all_classes}
                        options={options(&classes, texts)} onchange={choose} />
                }
                <div class="line">
                    <Button look={Look::Second} onclick={print}>{ texts.print }</Button>
                </div>
                if is_open {
                    { tools(&shown, &ticks, &save, texts) }
                } else {
                    <Notice tone={Tone::Info}><p>{ texts.too_early }</p></Notice>
                }
            </section>
            { for shown.iter().map(|class| html! { <ClassList prints={class.to_vec()} ticks={ticks.clone()} {is_open} /> }) }
        </>
    }
}

/// Each class, by its place.
fn options(classes: &[&[PrintView]], texts: &PrintTexts) -> Vec<SelectOption> {
    let option = |(index, class): (usize, &&[PrintView])| SelectOption {
        word: index.to_string().into(),
        name: heading(class, texts).into(),
    };
    classes.iter().enumerate().map(option).collect()
}

/// College and class.
fn heading(class: &[PrintView], texts: &PrintTexts) -> String {
    let names = class.first().map(class_of).unwrap_or_default();
    let names: Vec<&str> = names.into_iter().flatten().collect();
    if names.is_empty() {
        return texts.unnamed.to_owned();
    }
    names.join(" · ")
}

/// Whether a student signed, as the page has it.
fn is_ticked(ticks: &Ticks, print: &PrintView) -> bool {
    let saved = print.signed_at.is_some();
    ticks.get(&print.id).copied().unwrap_or(saved)
}

/// Ticks a print, or no longer; a tick that changes nothing is none.
fn tick(ticks: &mut Ticks, print: &PrintView, is_signed: bool) {
    if is_signed == print.signed_at.is_some() {
        ticks.remove(&print.id);
    } else {
        ticks.insert(print.id.clone(), is_signed);
    }
}

/// Saving ticks, and whether the last ones were saved.
struct Saving {
    action: Action<()>,
    is_saved: bool,
}

#[hook]
fn use_save(props: &SignaturesProps, ticks: &UseStateHandle<Ticks>) -> Saving {
    let is_saved = use_state(|| false);
    let (found, wanted) = (props.found.clone(), (**ticks).clone());
    let (put, reload) = (props.put.clone(), props.reload.clone());
    let (cleared, saved) = (ticks.setter(), is_saved.setter());
    let action = use_action(move |()| {
        let (found, wanted) = (found.clone(), wanted.clone());
        let (put, reload) = (put.clone(), reload.clone());
        let (cleared, saved) = (cleared.clone(), saved.clone());
        async move {
            saved.set(false);
            match send(found, &wanted).await {
                Ok(found) => put.emit(found),
                Err(failure) => {
                    // Some may have been noted.
                    reload.emit(());
                    return Err(failure);
                }
            }
            cleared.set(Ticks::new());
            saved.set(true);
            Ok(())
        }
    });
    Saving {
        action,
        is_saved: *is_saved && ticks.is_empty(),
    }
}

/// Has ticks noted; the prints as they are then.
async fn send(mut found: Printed, ticks: &Ticks) -> Result<Printed, Failure> {
    let id = found.package.id.clone();
    for is_signed in [true, false] {
        let wanted = ticks.iter().filter(|(_, wanted)| **wanted == is_signed);
        let print_ids: Vec<String> = wanted.map(|(id, _)| id.clone()).collect();
        for some in print_ids.chunks(AT_ONCE) {
            let signatures = PrintSignatures {
                is_signed,
                print_ids: some.to_vec(),
            };
            found.package = call(client::sign_prints(&id, &signatures)).await?;
        }
        let noted: BTreeSet<String> = print_ids.into_iter().collect();
        let now = DateTime::from_timestamp_millis(now_ms());
        for print in &mut found.prints {
            if noted.contains(&print.id) {
                print.signed_at = now.filter(|_| is_signed);
            }
        }
    }
    Ok(found)
}

/// Ticking all that are shown, and saving.
fn tools(
    shown: &[&[PrintView]],
    ticks: &UseStateHandle<Ticks>,
    save: &Saving,
    texts: &PrintTexts,
) -> Html {
    let all = |is_signed: bool| {
        let mut changed = (**ticks).clone();
        for print in shown.iter().copied().flatten() {
            tick(&mut changed, print, is_signed);
        }
        let ticks = ticks.setter();
        Callback::from(move |()| ticks.set(changed.clone()))
    };
    let count = ticks.len();
    let action = &save.action;
    html! {
        <>
            if let Some(failure) = action.failure.clone() {
                <ProblemBox {failure} />
            }
            <div class="line">
                <Button look={Look::Quiet} onclick={all(true)}>{ texts.tick_shown }</Button>
                <Button look={Look::Quiet} onclick={all(false)}>{ texts.untick_shown }</Button>
            </div>
            <div class="line">
                <Button onclick={Callback::clone(&action.run)} is_busy={action.is_busy} disabled={count == 0}>
                    { fill(texts.save, &[("count", &count)]) }
                </Button>
            </div>
            <p class="muted" role="status">{ if save.is_saved { texts.saved } else { texts.unsaved } }</p>
        </>
    }
}

/// What a [`ClassList`] needs.
#[derive(Properties, PartialEq)]
struct ClassListProps {
    /// The prints of a class.
    prints: Vec<PrintView>,
    ticks: UseStateHandle<Ticks>,
    /// Whether signatures can be noted.
    is_open: bool,
}

/// A class: with ticks on the screen, with room for signatures on paper.
#[component]
fn ClassList(props: &ClassListProps) -> Html {
    let (texts, lang) = (use_text::<PrintTexts>(), use_lang());
    let row = |print: &PrintView| {
        html! {
            <tr key={print.id.clone()}>
                <td class="figures">{ print.student_no.clone() }</td>
                <th scope="row">{ name(print, props) }</th>
                <td class="no-print">{ signed_text(print, lang) }</td>
                <td class="on-paper"></td>
                <td class="on-paper"></td>
            </tr>
        }
    };
    html! {
        <section class="stack sign-list">
            <h2>{ heading(&props.prints, texts) }</h2>
            <table class="table">
                <thead><tr>
                    <th scope="col">{ texts.student_no }</th>
                    <th scope="col">{ texts.name }</th>
                    <th scope="col" class="no-print">{ texts.signed_at }</th>
                    <th scope="col" class="on-paper">{ texts.signature }</th>
                    <th scope="col" class="on-paper">{ texts.day }</th>
                </tr></thead>
                <tbody>{ for props.prints.iter().map(row) }</tbody>
            </table>
        </section>
    }
}

/// The name, with a tick where signatures can be noted.
fn name(print: &PrintView, props: &ClassListProps) -> Html {
    if !props.is_open {
        return html! { { print.name.clone() } };
    }
    let checked = is_ticked(&props.ticks, print);
    let (ticks, own) = (props.ticks.clone(), print.clone());
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            let mut changed = (*ticks).clone();
            tick(&mut changed, &own, input.checked());
            ticks.set(changed);
        }
    });
    html! {
        <label class="check">
            <input class="no-print" type="checkbox" {checked} {onchange} />
            <span>{ print.name.clone() }</span>
        </label>
    }
}

fn signed_text(print: &PrintView, lang: Lang) -> String {
    let signed = print.signed_at.map(|moment| moment_text(moment, lang));
    signed.unwrap_or_default()
}
