//! How many photos wait for this reviewer.

use client::QueueView;
use ui::lang::use_lang;
use ui::{ButtonLink, Look, async_view, fill, moment_text, use_loader, use_text};
use yew::{Html, component, html};

use super::text::StartTexts;
use crate::call::call;
use crate::route::Route;

/// A card that leads to the review.
#[component]
pub(super) fn WaitingReviews() -> Html {
    let (texts, lang) = (use_text::<StartTexts>(), use_lang());
    let queue = use_loader((), |()| call(client::get_review_queue(None)));
    let view = |queue: &QueueView| {
        let waiting = &queue.waiting;
        let more = if waiting.has_more { "+" } else { "" };
        let oldest = waiting.oldest.map(|oldest| moment_text(oldest, lang));
        html! {
            <>
                <h2>{ fill(texts.reviews, &[("count", &format_args!("{}{more}", waiting.photos))]) }</h2>
                if let Some(oldest) = oldest {
                    <p class="muted">{ fill(texts.reviews_oldest, &[("oldest", &oldest)]) }</p>
                }
                <ButtonLink<Route> to={Route::Review} look={Look::Second}>{ texts.reviews_begin }</ButtonLink<Route>>
            </>
        }
    };
    html! {
        <section class="card stack">{ async_view(&queue, |queue| view(queue)) }</section>
    }
}
