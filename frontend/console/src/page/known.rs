//! The photos whose right decision is known: operators keep them, reviewers meet them among the others.

mod form;
mod text;

use client::{Failure, KnownPhotoView};
use domain::Lang;
use domain::review::{RejectReason, ReviewOutcome};
use model::Query;
use ui::lang::use_lang;
use ui::{
    AskFirst, Button, Column, DataTable, Shape, Sheet, TablePage, TableSource, TextTable, Title,
    date_text, status_pill, use_action, use_text,
};
use yew::{
    AttrValue, Callback, Html, Properties, component, html, use_callback, use_memo, use_state,
};

use crate::call::call;
use crate::fresh::use_fresh;
use form::KnownForm;
use text::KnownTexts;

/// How many rows a page has.
const PAGE: i64 = 50;

/// The page.
#[component]
pub(crate) fn KnownPhotos() -> Html {
    let (texts, lang) = (use_text::<KnownTexts>(), use_lang());
    let (reload, is_adding) = (use_state(|| 0_u32), use_state(|| false));
    let add = use_callback(is_adding.setter(), |(), is_adding| is_adding.set(true));
    let close = use_callback(is_adding.setter(), |(), is_adding| is_adding.set(false));
    let changed = use_callback(
        (reload.clone(), is_adding.setter()),
        |(), (reload, is_adding)| {
            reload.set(**reload + 1);
            is_adding.set(false);
        },
    );
    let source = use_memo((), |()| TableSource::new(ask));
    let columns = use_memo(lang, |lang| columns(*lang));
    let panel = use_callback(changed.clone(), |row: KnownPhotoView, changed| {
        let key = row.id.clone();
        html! { <KnownPanel {key} photo={row} changed={changed.clone()} /> }
    });
    html! {
        <div class="stack">
            <div class="between">
                <Title text={texts.title} />
                <Button onclick={add}>{ texts.add }</Button>
            </div>
            <p class="muted">{ texts.lead }</p>
            <DataTable<KnownPhotoView> label={texts.title} columns={(*columns).clone()}
                source={(*source).clone()} reload={*reload} {panel} empty={texts.none} empty_detail={texts.none_detail} />
            if *is_adding {
                <Sheet id="known" title={texts.add} onclose={close}>
                    <KnownForm {changed} />
                </Sheet>
            }
        </div>
    }
}

async fn ask(query: Query) -> Result<TablePage<KnownPhotoView>, Failure> {
    let page = call(client::list_known_photos(Some(PAGE), query.get("after"))).await?;
    Ok(TablePage::new(page.items, |row| row.id.clone(), page.next))
}

fn columns(lang: Lang) -> Vec<Column<KnownPhotoView>> {
    let texts = KnownTexts::of(lang);
    vec![
        Column::new(texts.outcome, move |row: &KnownPhotoView| {
            outcome_pill(&row.outcome, lang)
        }),
        Column::new(texts.reasons, move |row: &KnownPhotoView| {
            html! { { reasons_text(&row.reasons, lang) } }
        }),
        Column::new(
            texts.origin,
            |row: &KnownPhotoView| html! { { row.origin.clone() } },
        ),
        Column::new(texts.added, move |row: &KnownPhotoView| {
            html! { { date_text(row.added_at, lang) } }
        }),
    ]
}

fn outcome_pill(word: &str, lang: Lang) -> Html {
    let outcome = ReviewOutcome::parse(word);
    let label = outcome.map_or(word, |outcome| outcome.label().get(lang));
    let shape = match outcome {
        Some(ReviewOutcome::Approved) => Shape::Good,
        Some(ReviewOutcome::Rejected) => Shape::Bad,
        Some(ReviewOutcome::Escalated) | None => Shape::Waiting,
    };
    status_pill(shape, label)
}

fn reasons_text(words: &[String], lang: Lang) -> String {
    let label = |word: &String| {
        let reason = RejectReason::parse(word);
        reason
            .map_or(&**word, |reason| reason.label().get(lang))
            .to_owned()
    };
    let labels: Vec<String> = words.iter().map(label).collect();
    labels.join(if lang == Lang::Zh { "、" } else { ", " })
}

/// What a [`KnownPanel`] needs.
#[derive(Properties, PartialEq)]
struct KnownPanelProps {
    /// The photo.
    photo: KnownPhotoView,
    /// It was taken out.
    changed: Callback<()>,
}

/// A photo with its right decision.
#[component]
fn KnownPanel(props: &KnownPanelProps) -> Html {
    let (texts, lang) = (use_text::<KnownTexts>(), use_lang());
    let (fresh, id, changed) = (use_fresh(), props.photo.id.clone(), props.changed.clone());
    let remove = use_action(move |()| {
        let (fresh, id, changed) = (fresh.clone(), id.clone(), changed.clone());
        async move {
            fresh.run(|| call(client::remove_known_photo(&id))).await?;
            changed.emit(());
            Ok(())
        }
    });
    let photo = &props.photo;
    let picture: AttrValue = format!("/api/v1/known-photos/{}/image", photo.id).into();
    html! {
        <div class="stack">
            <h2>{ texts.photo }</h2>
            <img src={picture} alt={texts.photo} width="240" height="320" />
            <p class="line">{ outcome_pill(&photo.outcome, lang) }{ reasons_text(&photo.reasons, lang) }</p>
            <p>{ photo.origin.clone() }</p>
            <AskFirst id="remove-known" label={texts.remove} title={texts.remove_title} keep={texts.keep} action={remove}>
                <p>{ texts.remove_detail }</p>
            </AskFirst>
        </div>
    }
}
