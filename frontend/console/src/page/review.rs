//! Reviewing photos, one at a time and by keyboard.

mod desk;
mod grid;
mod keys;
mod latest;
mod look;
mod panel;
mod picture;
mod text;
mod wall;

use client::{NewReviews, PhotosWanted, ReviewedPhoto};
use domain::review::ReviewOutcome;
use domain::review_queue::MOST_LEASED;
use ui::{ButtonLink, EmptyView, Look, ProblemBox, Skeleton, Title, use_text};
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Html, UseReducerHandle, component, hook, html, use_callback, use_effect_with,
    use_reducer,
};

use crate::call::call;
use crate::route::Route;
use desk::{Desk, Step};
use keys::{Key, use_keys};
use latest::Latest;
use panel::Panel;
use picture::Picture;
use text::ReviewTexts;

pub(crate) use grid::ReviewGrid;

/// The photo on the screen and the ones that are loaded behind it.
const AHEAD: usize = 3;

/// What the page needs.
#[derive(yew::Properties, PartialEq)]
pub(crate) struct ReviewProps {
    /// The photo that comes first, of those that the reviewer has.
    #[prop_or_default]
    pub(crate) photo_id: Option<String>,
}

/// The page.
#[component]
pub(crate) fn Review(props: &ReviewProps) -> Html {
    let texts = use_text::<ReviewTexts>();
    let desk = {
        let first = props.photo_id.clone();
        use_reducer(|| Desk::beginning_with(first))
    };
    {
        let desk = desk.clone();
        // All that they have, so that the one that comes first is among them.
        let count = if props.photo_id.is_some() {
            MOST_LEASED
        } else {
            AHEAD
        };
        use_effect_with((), move |()| refill(&desk, count));
    }
    let decide = use_decide(&desk);
    let undo = use_undo(&desk);
    let is_overlay_shown = use_keys(on_key(&desk, &decide, &undo));
    let Some(photo) = desk.photos.first() else {
        return html! {
            <div class="stack">
                <Title text={texts.title} />
                if let Some(failure) = &desk.failure { <ProblemBox failure={failure.clone()} /> }
                if desk.is_loaded { <EmptyView title={texts.empty} /> } else { <Skeleton /> }
                <Latest made={desk.made.clone()} {undo} />
            </div>
        };
    };
    let toggle = step(&desk, Step::Toggle);
    let write = step(&desk, Step::Write);
    let next: Vec<_> = desk
        .photos
        .iter()
        .skip(1)
        .map(|photo| photo.photo_id.clone())
        .collect();
    html! {
        <div class="review">
            <div class="review-head">
                <Title text={texts.title} />
                <ButtonLink<Route> to={Route::ReviewGrid} look={Look::Quiet}>{ texts.many }</ButtonLink<Route>>
            </div>
            <Picture id={photo.photo_id.clone()} {next} {is_overlay_shown} />
            <Panel photo={photo.clone()} reasons={desk.reasons.clone()} note={desk.note.clone()}
                incomplete={desk.incomplete} failure={desk.failure.clone()} done={desk.done} {toggle} {write} {decide} />
            <Latest made={desk.made.clone()} {undo} />
        </div>
    }
}

/// Sends one kind of step to the desk.
fn step<T: 'static>(desk: &UseReducerHandle<Desk>, make: fn(T) -> Step) -> Callback<T> {
    let dispatcher = desk.dispatcher();
    Callback::from(move |value| dispatcher.dispatch(make(value)))
}

/// Takes photos of the queue, so that some are always behind the one on the screen.
fn refill(desk: &UseReducerHandle<Desk>, count: usize) {
    let dispatcher = desk.dispatcher();
    spawn_local(async move {
        let wanted = PhotosWanted::new(i64::try_from(count).unwrap_or(1));
        match call(client::take_photos_to_review(&wanted)).await {
            Ok(taken) => dispatcher.dispatch(Step::Taken(taken.items)),
            Err(failure) => dispatcher.dispatch(Step::NotTaken(failure)),
        }
        if let Ok(made) = call(client::list_my_reviews()).await {
            dispatcher.dispatch(Step::Made(made.items));
        }
    });
}

/// Decides about the photo on the screen: the next one is there at once, and the photo comes back where it failed.
#[hook]
fn use_decide(desk: &UseReducerHandle<Desk>) -> Callback<ReviewOutcome> {
    use_callback(desk.clone(), |outcome: ReviewOutcome, desk| {
        let Some(photo) = desk.photos.first().cloned() else {
            return;
        };
        if !desk.allows(outcome) {
            desk.dispatch(Step::Incomplete(outcome));
            return;
        }
        let (reasons, note) = (desk.reasons.clone(), desk.note.clone());
        let words = reasons.iter().map(|reason| reason.as_str().to_owned());
        let review = NewReviews {
            note: Some(
                (outcome != ReviewOutcome::Approved && !note.is_empty()).then(|| note.clone()),
            ),
            outcome: outcome.as_str().to_owned(),
            photos: vec![ReviewedPhoto {
                photo_id: photo.photo_id.clone(),
                version: photo.version,
            }],
            reasons: Some(if outcome == ReviewOutcome::Rejected {
                words.collect()
            } else {
                Vec::new()
            }),
        };
        desk.dispatch(Step::Leave);
        let desk = desk.clone();
        spawn_local(async move {
            match call(client::create_reviews(&review)).await {
                Ok(_) => desk.dispatch(Step::Left(photo.photo_id)),
                Err(failure) => desk.dispatch(Step::Back {
                    photo: Box::new(photo),
                    reasons,
                    note,
                    failure,
                }),
            }
            refill(&desk, AHEAD);
        });
    })
}

/// Takes back the latest decision, or the one that is named; its photo is the next on the screen.
#[hook]
fn use_undo(desk: &UseReducerHandle<Desk>) -> Callback<Option<String>> {
    use_callback(desk.clone(), |id: Option<String>, desk| {
        let latest = || desk.made.iter().find(|made| made.undo_until.is_some());
        let Some(id) = id.or_else(|| latest().map(|made| made.id.clone())) else {
            return;
        };
        let desk = desk.clone();
        spawn_local(async move {
            match call(client::undo_review(&id)).await {
                Ok(undone) => desk.dispatch(Step::First(undone.photo_id)),
                Err(failure) => desk.dispatch(Step::NotTaken(failure)),
            }
            refill(&desk, AHEAD);
        });
    })
}

fn on_key(
    desk: &UseReducerHandle<Desk>,
    decide: &Callback<ReviewOutcome>,
    undo: &Callback<Option<String>>,
) -> Callback<Key> {
    let (dispatcher, decide, undo) = (desk.dispatcher(), decide.clone(), undo.clone());
    Callback::from(move |key| match key {
        Key::Reason(place) => {
            if let Some(reason) = panel::FIRST_REASONS.get(place) {
                dispatcher.dispatch(Step::Toggle(*reason));
            }
        }
        Key::Decide(outcome) => decide.emit(outcome),
        Key::Undo => undo.emit(None),
    })
}
