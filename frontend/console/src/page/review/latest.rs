//! The reviewer's last ten decisions.

use client::DecisionView;
use domain::review::{RejectReason, ReviewOutcome};
use ui::lang::use_lang;
use ui::{Button, Look, clock, use_text};
use yew::{Callback, Html, Properties, component, html};

use super::picture::address;
use super::text::ReviewTexts;

#[derive(Properties, PartialEq)]
pub(super) struct LatestProps {
    /// The decisions, the latest first.
    pub(super) made: Vec<DecisionView>,
    /// Takes one back.
    pub(super) undo: Callback<Option<String>>,
}

/// A strip of small pictures.
#[component]
pub(super) fn Latest(props: &LatestProps) -> Html {
    let (texts, lang) = (use_text::<ReviewTexts>(), use_lang());
    if props.made.is_empty() {
        return Html::default();
    }
    let one = |made: &DecisionView| {
        let id = made.id.clone();
        let undo = props.undo.reform(move |()| Some(id.clone()));
        let reasons = made
            .reasons
            .iter()
            .filter_map(|word| RejectReason::parse(word));
        let reasons: Vec<&str> = reasons.map(|reason| reason.label().get(lang)).collect();
        let can_undo = made.undo_until.is_some_and(|until| until > clock::now());
        let outcome =
            ReviewOutcome::parse(&made.outcome).map_or("", |outcome| outcome.label().get(lang));
        html! {
            <li key={made.id.clone()}>
                <img src={address(&made.photo_id, "thumb")} alt="" />
                <span>{ if made.is_undone { texts.undone } else { outcome } }</span>
                <span class="muted">{ reasons.join(texts.comma) }</span>
                if can_undo { <Button look={Look::Quiet} onclick={undo}>{ texts.undo }</Button> }
            </li>
        }
    };
    html! {
        <section class="review-latest" aria-label={texts.latest}>
            <h2>{ texts.latest }</h2>
            <ol>{ for props.made.iter().map(one) }</ol>
        </section>
    }
}
