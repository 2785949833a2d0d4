//! One package: how far it is, what is in it, and what can be done with it.

use client::{DeliveryFiguresView, DeliveryFileView, DeliveryView, Failure};
use domain::Lang;
use domain::delivery::{DeliveryState, PrintCaption};
use gloo::utils::window;
use ui::lang::use_lang;
use ui::{
    Action, AskFirst, Button, Look, Notice, ProblemBox, Shape, TextTable, Tone, fill, moment_text,
    status_pill, use_action, use_text,
};
use yew::{Callback, Html, Properties, component, hook, html, use_callback, use_state};

use super::prints::Prints;
use super::text::DeliveryTexts;
use crate::call::call;
use crate::fresh::use_fresh;

/// What a [`Package`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct PackageProps {
    /// The package.
    pub(super) package: DeliveryView,
    /// How far the delivery of the collection is, where that is known.
    pub(super) figures: Option<DeliveryFiguresView>,
    /// Something was done with it.
    pub(super) changed: Callback<()>,
}

/// The package.
#[component]
pub(super) fn Package(props: &PackageProps) -> Html {
    let lang = use_lang();
    let package = &props.package;
    let state = DeliveryState::parse(&package.state);
    let heading = format!("{} · {}", package.profile_name, package.kind_label);
    html! {
        <section class="card stack" aria-label={heading.clone()}>
            <div class="between">
                <h3>{ heading }</h3>
                { status_pill(shape(state), &package.state_label) }
            </div>
            <p class="muted">{ about(package, lang) }</p>
            { told(package, state, lang) }
            if package.prints.is_some() {
                <Prints package={package.clone()} changed={props.changed.clone()} />
            }
            <Steps package={package.clone()} figures={props.figures.clone()} changed={props.changed.clone()} />
        </section>
    }
}

/// When it was asked for, and what was chosen besides its profile.
fn about(package: &DeliveryView, lang: Lang) -> String {
    let texts = DeliveryTexts::of(lang);
    let part = package.part_mb;
    let caption = PrintCaption::parse(&package.caption).filter(|_| package.prints.is_some());
    let chosen = [
        Some(moment_text(package.created_at, lang)),
        part.map(|mb| fill(texts.chosen_part, &[("mb", &mb)])),
        package.has_dbf.then(|| texts.chosen_dbf.to_owned()),
        caption.map(|it| fill(texts.chosen_caption, &[("caption", &it.label().get(lang))])),
    ];
    let chosen: Vec<String> = chosen.into_iter().flatten().collect();
    chosen.join(" · ")
}

fn shape(state: Option<DeliveryState>) -> Shape {
    match state {
        Some(DeliveryState::Ready) => Shape::Open,
        Some(DeliveryState::Acknowledged) => Shape::Good,
        Some(DeliveryState::Failed) => Shape::Bad,
        Some(DeliveryState::Cancelled) => Shape::Over,
        Some(DeliveryState::Building) | None => Shape::Waiting,
    }
}

/// How far it is, or what is in it.
fn told(package: &DeliveryView, state: Option<DeliveryState>, lang: Lang) -> Html {
    let texts = DeliveryTexts::of(lang);
    match state {
        Some(DeliveryState::Building) => {
            let (done, total) = (package.photos_done, package.photos_total);
            let said = fill(texts.progress, &[("done", &done), ("total", &total)]);
            html! {
                <>
                    <progress class="job-bar" aria-label={said.clone()} max={total.max(1).to_string()} value={done.to_string()} />
                    <p class="figures" role="status">{ said }</p>
                </>
            }
        }
        Some(DeliveryState::Failed) => html! {
            <Notice tone={Tone::Bad}><p>{ package.failure_label.clone() }</p></Notice>
        },
        Some(DeliveryState::Ready | DeliveryState::Acknowledged) => content(package, texts),
        Some(DeliveryState::Cancelled) | None => Html::default(),
    }
}

fn content(package: &DeliveryView, texts: &DeliveryTexts) -> Html {
    let bytes = size_text(package.file_bytes.unwrap_or_default());
    let content = fill(
        texts.content,
        &[
            ("added", &package.added),
            ("bytes", &bytes),
            ("removed", &package.removed),
            ("left_out", &package.left_out),
        ],
    );
    html! {
        <>
            <p class="figures">{ content }</p>
            if package.follows.is_some() {
                <p class="muted">{ texts.follows }</p>
            }
            if package.left_out > 0 {
                <Notice tone={Tone::Warn}><p>{ fill(texts.left_out_note, &[("count", &package.left_out)]) }</p></Notice>
            }
            { dbf_report(package, texts) }
            if package.acknowledged_at.is_some() && package.prints.is_none() {
                <p class="figures" role="status">{ handed_text(package, texts) }</p>
            }
        </>
    }
}

/// What the DBF file could not hold.
fn dbf_report(package: &DeliveryView, texts: &DeliveryTexts) -> Html {
    if !package.has_dbf {
        return Html::default();
    }
    if package.dbf_losses == 0 {
        return html! { <p class="muted">{ texts.dbf_whole }</p> };
    }
    let told = fill(texts.dbf_losses, &[("count", &package.dbf_losses)]);
    html! { <Notice tone={Tone::Warn}><p>{ told }</p></Notice> }
}

fn handed_text(package: &DeliveryView, texts: &DeliveryTexts) -> String {
    let (done, total) = (package.handed_over, package.added);
    let text = if done < total {
        texts.handing
    } else {
        texts.handed
    };
    fill(text, &[("done", &done), ("total", &total)])
}

/// What acknowledging does: photos of a package for prints are not handed over by it.
fn acknowledge_text(package: &DeliveryView, texts: &DeliveryTexts) -> String {
    if package.prints.is_some() {
        return texts.acknowledge_prints.to_owned();
    }
    fill(texts.acknowledge_detail, &[("added", &package.added)])
}

/// A length as people say it; the same in both languages.
fn size_text(bytes: i64) -> String {
    match bytes {
        ..1_000_000 => format!("{} KB", (bytes / 1_000).max(1)),
        1_000_000..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => {
            let tenths = bytes / 100_000_000;
            format!("{}.{} GB", tenths / 10, tenths % 10)
        }
    }
}

/// Something that is done with a package, with a fresh second factor where the server wants one.
#[hook]
fn use_step(props: &PackageProps, deed: Deed) -> Action<()> {
    let fresh = use_fresh();
    let (id, changed) = (props.package.id.clone(), props.changed.clone());
    use_action(move |()| {
        let (fresh, id, changed) = (fresh.clone(), id.clone(), changed.clone());
        async move {
            fresh.run(|| deed.perform(id.clone())).await?;
            changed.emit(());
            Ok(())
        }
    })
}

/// A step.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Acknowledge,
    Cancel,
}

impl Deed {
    async fn perform(self, id: String) -> Result<(), Failure> {
        match self {
            Self::Acknowledge => {
                call(client::acknowledge_delivery(&id)).await?;
            }
            Self::Cancel => {
                call(client::cancel_delivery(&id)).await?;
            }
        }
        Ok(())
    }
}

/// A download: of a package that comes as several files, the links to them.
#[hook]
fn use_download(props: &PackageProps, found: Callback<Vec<DeliveryFileView>>) -> Action<()> {
    let fresh = use_fresh();
    let id = props.package.id.clone();
    use_action(move |()| {
        let (fresh, id, found) = (fresh.clone(), id.clone(), found.clone());
        async move {
            let ask = || call(client::create_delivery_link(&id));
            let link = fresh.run(ask).await?;
            if link.files.len() > 1 {
                found.emit(link.files);
            } else {
                // The answer is an attachment: the page stays.
                let _ = window().location().set_href(&link.url);
            }
            Ok(())
        }
    })
}

/// The links to the files of a package.
fn links(files: &[DeliveryFileView], texts: &DeliveryTexts) -> Html {
    if files.is_empty() {
        return Html::default();
    }
    let one = |file: &DeliveryFileView| {
        let (name, url) = (file.name.clone(), file.url.clone());
        html! {
            <li key={name.clone()}>
                <a href={url} download={name.clone()}>{ name }</a>{ " " }<span class="muted">{ size_text(file.bytes) }</span>
            </li>
        }
    };
    html! {
        <div role="status">
            <p>{ fill(texts.parts, &[("count", &files.len())]) }</p>
            <ul>{ for files.iter().map(one) }</ul>
        </div>
    }
}

/// What can be done with the package now.
#[component]
fn Steps(props: &PackageProps) -> Html {
    let texts = use_text::<DeliveryTexts>();
    let package = &props.package;
    let state = DeliveryState::parse(&package.state);
    let files = use_state(Vec::new);
    let found = use_callback(files.setter(), |found, files| files.set(found));
    let download = use_download(props, found);
    let acknowledge = use_step(props, Deed::Acknowledge);
    let cancel = use_step(props, Deed::Cancel);
    let is_made = state.is_some_and(DeliveryState::is_made);
    let dialog = format!("acknowledge-{}", package.id);
    html! {
        <>
            { for [&download, &cancel].into_iter().filter_map(|action| action.failure.clone()).map(|failure| html! { <ProblemBox {failure} /> }) }
            if is_made && !package.has_file {
                <p class="muted">{ texts.gone }</p>
            }
            <div class="line">
                if is_made && package.has_file {
                    <Button look={Look::Second} onclick={download.run} is_busy={download.is_busy}>{ texts.download }</Button>
                }
                if state.is_some_and(DeliveryState::may_acknowledge) {
                    <AskFirst id={dialog} label={texts.acknowledge} title={texts.acknowledge_title} keep={texts.keep} action={acknowledge}>
                        <p>{ acknowledge_text(package, texts) }</p>
                        if let Some(figures) = &props.figures {
                            <p>{ fill(texts.acknowledge_figures, &[("missing", &figures.missing), ("undelivered", &figures.undelivered)]) }</p>
                        }
                    </AskFirst>
                }
                if state.is_some_and(DeliveryState::may_cancel) {
                    <Button look={Look::Second} onclick={cancel.run} is_busy={cancel.is_busy}>{ texts.cancel }</Button>
                }
            </div>
            { links(&files, texts) }
            if is_made && package.has_file {
                <p class="hint">{ texts.download_hint }</p>
            }
        </>
    }
}
