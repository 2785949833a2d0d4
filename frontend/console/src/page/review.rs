//! Reviewing photos, one at a time and by keyboard.

mod adjust;
mod desk;
mod grid;
mod keys;
mod latest;
mod lease;
mod look;
mod panel;
mod picture;
mod text;
mod wall;

use std::rc::Rc;

use client::{NewReviews, PhotoToReviewView, PhotosWanted, ReviewedPhoto};
use domain::review::ReviewOutcome;
use domain::review_queue::MOST_LEASED;
use ui::{ButtonLink, EmptyView, Look, ProblemBox, Skeleton, Title, api, use_text};
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Html, UseReducerHandle, component, hook, html, use_callback, use_effect_with,
    use_mut_ref, use_reducer,
};

use crate::call::call;
use crate::route::Route;
use adjust::Adjust;
use desk::{Desk, Question, Returned, Step, Unanswered, UndoNews};
use keys::{Key, use_keys};
use latest::Latest;
use lease::use_leases;
use panel::Panel;
use picture::Picture;
use text::ReviewTexts;

pub(crate) use grid::ReviewGrid;

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
    use_leases();
    {
        let desk = desk.clone();
        use_effect_with((), move |()| refill(&desk, desk.ahead));
    }
    let decide = use_decide(&desk);
    let undo = use_undo(&desk);
    let is_overlay_shown = use_keys(on_key(&desk, &decide, &undo));
    let Some(photo) = desk.photos.first() else {
        return html! {
            <div class="stack">
                <Title text={texts.title} />
                if let Some(failure) = &desk.failure { <ProblemBox failure={failure.clone()} /> }
                <p role="status" class="muted">{ told(&desk, texts) }</p>
                if desk.is_loading() { <Skeleton /> } else { <EmptyView title={texts.empty} /> }
                <Latest made={desk.made.clone()} {undo} />
            </div>
        };
    };
    let toggle = step(&desk, Step::Toggle);
    let write = step(&desk, Step::Write);
    let next = desk.photos[1..].to_vec();
    let adjust = step(&desk, Step::Adjust);
    let picture = if desk.is_adjusting {
        let onframed = step(&desk, |photo| Step::Reframed(Box::new(photo)));
        html! { <Adjust key={photo.photo_id.clone()} photo={photo.clone()} {onframed} onend={adjust.reform(|()| false)} /> }
    } else {
        html! { <Picture photo={photo.clone()} {next} {is_overlay_shown} adjust={adjust.reform(|()| true)} /> }
    };
    html! {
        <div class="review">
            <div class="review-head">
                <Title text={texts.title} />
                <ButtonLink<Route> to={Route::ReviewGrid} look={Look::Quiet}>{ texts.many }</ButtonLink<Route>>
            </div>
            { picture }
            <Panel photo={photo.clone()} reasons={desk.reasons.clone()} note={desk.note.clone()}
                incomplete={desk.incomplete} failure={desk.failure.clone()} told={told(&desk, texts)} done={desk.done}
                {toggle} {write} {decide} />
            <Latest made={desk.made.clone()} {undo} />
        </div>
    }
}

/// What is said about an undo.
fn told(desk: &Desk, texts: &ReviewTexts) -> &'static str {
    match desk.undo_news {
        Some(UndoNews::Waits) => texts.undoing,
        Some(UndoNews::Nothing) => texts.nothing_to_undo,
        None => "",
    }
}

/// Sends one kind of step to the desk.
fn step<T: 'static>(desk: &UseReducerHandle<Desk>, make: fn(T) -> Step) -> Callback<T> {
    let dispatcher = desk.dispatcher();
    Callback::from(move |value| dispatcher.dispatch(make(value)))
}

/// Takes photos of the queue, so that some are always behind the one on the screen.
fn refill(desk: &UseReducerHandle<Desk>, count: usize) {
    let (dispatcher, question) = (desk.dispatcher(), Question::new());
    dispatcher.dispatch(Step::Ask(question));
    spawn_local(async move {
        if !lease::is_wanted().await {
            return;
        }
        let wanted = PhotosWanted::new(i64::try_from(count).unwrap_or(1));
        match call(client::take_photos_to_review(&wanted)).await {
            Ok(taken) => dispatcher.dispatch(Step::Taken(question, taken.items)),
            Err(failure) => dispatcher.dispatch(Step::NotTaken(question, failure)),
        }
        if let Ok(made) = call(client::list_my_reviews()).await {
            dispatcher.dispatch(Step::Made(question, made.items));
        }
    });
}

/// Decides about the photo on the screen: the next one is there at once, and the photo comes back where it failed.
#[hook]
fn use_decide(desk: &UseReducerHandle<Desk>) -> Callback<ReviewOutcome> {
    let latest = use_mut_ref(|| desk.clone());
    latest.replace(desk.clone());
    use_callback(desk.clone(), move |outcome: ReviewOutcome, desk| {
        let Some(photo) = desk.photos.first().cloned() else {
            return;
        };
        if !desk.allows(outcome) {
            desk.dispatch(Step::Incomplete(outcome));
            return;
        }
        let (reasons, note) = (desk.reasons.clone(), desk.note.clone());
        let review = decision_of(desk, &photo, outcome);
        let earlier = desk.unanswered.clone();
        let earlier = earlier.filter(|earlier| earlier.review == review);
        let sent = earlier.unwrap_or_else(|| Unanswered {
            review,
            key: api::idempotency_key(),
        });
        desk.dispatch(Step::Leave);
        let (desk, latest) = (desk.clone(), Rc::clone(&latest));
        spawn_local(async move {
            let decided = client::create_reviews(&sent.review).with_idempotency_key(&sent.key);
            match lease::sent(call(decided)).await {
                Ok(made) => {
                    let is_undone = latest.borrow().is_undo_wanted(&photo.photo_id);
                    if let Some(made) = made.items.first().filter(|_| is_undone) {
                        take_back(&desk, &made.id).await;
                    } else {
                        refill(&desk, desk.ahead);
                    }
                    desk.dispatch(Step::Left(made.items));
                }
                Err(failure) => {
                    refill(&desk, desk.ahead);
                    let unanswered = Some(sent).filter(|_| api::may_pass(&failure));
                    desk.dispatch(Step::Back(Box::new(Returned {
                        photo,
                        reasons,
                        note,
                        failure,
                        unanswered,
                    })));
                }
            }
        });
    })
}

fn decision_of(desk: &Desk, photo: &PhotoToReviewView, outcome: ReviewOutcome) -> NewReviews {
    let words = desk.reasons.iter().map(|reason| reason.as_str().to_owned());
    let note = &desk.note;
    NewReviews {
        note: Some((outcome != ReviewOutcome::Approved && !note.is_empty()).then(|| note.clone())),
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
    }
}

/// Takes back the latest decision, also one that is still on its way, or the one that is named; its photo is the next on
/// the screen.
#[hook]
fn use_undo(desk: &UseReducerHandle<Desk>) -> Callback<Option<String>> {
    use_callback(desk.clone(), |id: Option<String>, desk| {
        if id.is_none() && desk.is_deciding() {
            desk.dispatch(Step::UndoLater);
            return;
        }
        let latest = || desk.made.iter().find(|made| made.undo_until.is_some());
        let Some(id) = id.or_else(|| latest().map(|made| made.id.clone())) else {
            desk.dispatch(Step::NothingToUndo);
            return;
        };
        let desk = desk.clone();
        spawn_local(async move { take_back(&desk, &id).await });
    })
}

/// Takes a decision back and asks for its photo beside those that the reviewer has.
async fn take_back(desk: &UseReducerHandle<Desk>, id: &str) {
    match call(client::undo_review(id)).await {
        Ok(undone) => desk.dispatch(Step::First(undone.photo_id)),
        Err(failure) => desk.dispatch(Step::Failed(failure)),
    }
    refill(desk, (desk.ahead + 1).min(MOST_LEASED));
}

fn on_key(
    desk: &UseReducerHandle<Desk>,
    decide: &Callback<ReviewOutcome>,
    undo: &Callback<Option<String>>,
) -> Callback<Key> {
    let (dispatcher, decide, undo) = (desk.dispatcher(), decide.clone(), undo.clone());
    let is_adjusting = desk.is_adjusting;
    Callback::from(move |key| {
        if is_adjusting {
            // Keys move the frame then.
            return;
        }
        match key {
            Key::Reason(place) => {
                if let Some(reason) = panel::FIRST_REASONS.get(place) {
                    dispatcher.dispatch(Step::Toggle(*reason));
                }
            }
            Key::Decide(outcome) => decide.emit(outcome),
            Key::Undo => undo.emit(None),
            Key::Adjust => dispatcher.dispatch(Step::Adjust(true)),
        }
    })
}
