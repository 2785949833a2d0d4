//! A page of photos on which the automatic check found nothing: those that were looked at are approved together.

use client::{NewReviews, PhotosWanted, ReviewedPhoto};
use domain::review::ReviewOutcome;
use domain::review_queue::MOST_LEASED;
use ui::{
    Button, ButtonLink, EmptyView, Link, Look, ProblemBox, Skeleton, Title, api, fill, use_text,
};
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Html, UseReducerHandle, component, hook, html, use_callback, use_effect_with,
    use_reducer,
};

use super::keys::{Key, use_keys};
use super::latest::Latest;
use super::lease::{self, use_leases};
use super::look::use_looks;
use super::picture::address;
use super::text::ReviewTexts;
use super::wall::{Step, Wall};
use crate::call::call;
use crate::route::Route;

/// The page.
#[component]
pub(crate) fn ReviewGrid() -> Html {
    let texts = use_text::<ReviewTexts>();
    let wall = use_reducer(Wall::default);
    use_leases();
    {
        let wall = wall.clone();
        use_effect_with((), move |()| refill(&wall));
    }
    {
        let dispatcher = wall.dispatcher();
        use_looks(Callback::from(move |seen| {
            dispatcher.dispatch(Step::Seen(seen));
        }));
    }
    let (approve, undo) = (use_approve(&wall), use_undo(&wall));
    use_keys({
        let (approve, undo) = (approve.clone(), undo.clone());
        Callback::from(move |key| match key {
            Key::Decide(ReviewOutcome::Approved) => approve.emit(()),
            Key::Undo => undo.emit(None),
            Key::Decide(ReviewOutcome::Rejected | ReviewOutcome::Escalated)
            | Key::Reason(_)
            | Key::Adjust => {}
        })
    });
    let looked = wall.looked();
    html! {
        <div class="stack">
            <Title text={texts.grid_title} />
            <p class="muted">{ texts.grid_lead }</p>
            <div class="review-actions start">
                <Button onclick={approve} is_busy={wall.is_sending} disabled={looked.is_empty()}>
                    { fill(texts.approve_looked, &[("count", &looked.len())]) }<kbd>{ "A" }</kbd>
                </Button>
                <ButtonLink<Route> to={Route::Review} look={Look::Second}>{ texts.one_by_one }</ButtonLink<Route>>
            </div>
            <p role="status" class="muted">
                if wall.has_nothing_to_undo {
                    { texts.nothing_to_undo }
                } else if wall.is_loaded && !wall.photos.is_empty() {
                    { fill(texts.looked, &[("count", &looked.len()), ("total", &wall.photos.len())]) }
                }
            </p>
            if let Some(failure) = &wall.failure { <ProblemBox failure={failure.clone()} /> }
            if !wall.is_loaded {
                <Skeleton />
            } else if wall.photos.is_empty() {
                <EmptyView title={texts.grid_empty} />
            }
            <Pictures wall={(*wall).clone()} />
            <Latest made={wall.made.clone()} {undo} />
        </div>
    }
}

#[derive(yew::Properties, PartialEq)]
struct PicturesProps {
    wall: Wall,
}

/// The photos; each leads to its own page.
#[component]
fn Pictures(props: &PicturesProps) -> Html {
    let texts = use_text::<ReviewTexts>();
    let one = |place: usize, id: &str| {
        let to = Route::ReviewPhoto {
            photo_id: id.to_owned(),
        };
        let classes = if props.wall.was_looked_at(id) {
            "review-cell looked"
        } else {
            "review-cell"
        };
        let alt = fill(texts.grid_alt, &[("number", &(place + 1))]);
        html! {
            <li key={id.to_owned()}>
                <Link<Route> {to} {classes}><img src={address(id, "framed")} {alt} data-photo={id.to_owned()} /></Link<Route>>
            </li>
        }
    };
    let photos = props.wall.photos.iter().enumerate();
    html! {
        <ol class="review-grid">{ for photos.map(|(place, photo)| one(place, &photo.photo_id)) }</ol>
    }
}

/// Takes a page of photos: what the reviewer has already, then what waits longest.
fn refill(wall: &UseReducerHandle<Wall>) {
    let dispatcher = wall.dispatcher();
    spawn_local(async move {
        if !lease::is_wanted().await {
            return;
        }
        let wanted = PhotosWanted {
            is_clean: Some(Some(true)),
            ..PhotosWanted::new(i64::try_from(MOST_LEASED).unwrap_or(1))
        };
        match call(client::take_photos_to_review(&wanted)).await {
            Ok(taken) => dispatcher.dispatch(Step::Taken(taken.items)),
            Err(failure) => dispatcher.dispatch(Step::Failed(failure)),
        }
        if let Ok(made) = call(client::list_my_reviews()).await {
            dispatcher.dispatch(Step::Made(made.items));
        }
    });
}

/// Approves what was looked at, all or nothing.
#[hook]
fn use_approve(wall: &UseReducerHandle<Wall>) -> Callback<()> {
    use_callback(wall.clone(), |(), wall| {
        let looked = wall.looked();
        if looked.is_empty() || wall.is_sending {
            return;
        }
        let photos = looked.into_iter().map(|photo| ReviewedPhoto {
            photo_id: photo.photo_id.clone(),
            version: photo.version,
        });
        let reviews = NewReviews {
            note: None,
            outcome: ReviewOutcome::Approved.as_str().to_owned(),
            photos: photos.collect(),
            reasons: Some(Vec::new()),
        };
        wall.dispatch(Step::Send);
        let wall = wall.clone();
        spawn_local(async move {
            let key = api::idempotency_key();
            let send = || client::create_reviews(&reviews).with_idempotency_key(&key);
            let mut sent = lease::sent(call(send())).await;
            if sent.as_ref().is_err_and(api::may_pass) {
                // Its answer may have been lost; under its key it has one effect.
                sent = lease::sent(call(send())).await;
            }
            if let Err(failure) = sent {
                wall.dispatch(Step::Failed(failure));
            }
            refill(&wall);
        });
    })
}

/// Takes back the latest decision, or the one that is named.
#[hook]
fn use_undo(wall: &UseReducerHandle<Wall>) -> Callback<Option<String>> {
    use_callback(wall.clone(), |id: Option<String>, wall| {
        if wall.is_sending && id.is_none() {
            // The latest decisions are on their way, as the button shows; those before are not meant.
            return;
        }
        let latest = || wall.made.iter().find(|made| made.undo_until.is_some());
        let Some(id) = id.or_else(|| latest().map(|made| made.id.clone())) else {
            wall.dispatch(Step::NothingToUndo);
            return;
        };
        let wall = wall.clone();
        spawn_local(async move {
            if let Err(failure) = call(client::undo_review(&id)).await {
                wall.dispatch(Step::Failed(failure));
            }
            refill(&wall);
        });
    })
}
