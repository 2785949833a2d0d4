//! Turning a photo and moving its frame, in place: the original under the frame, moved by drag, wheel and keys, and buttons
//! that do the same. The server frames it and checks it again.
#![expect(
    clippy::float_arithmetic,
    reason = "a place on the screen is no whole number"
)]

use client::{Frame, NewFraming, PhotoToReviewView};
use photo::Crop;
use ui::gesture::{Point, Pointers, View, ZOOM_STEP};
use ui::{Button, Look, ProblemBox, focus, use_text};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, HtmlImageElement, KeyboardEvent, PointerEvent, WheelEvent};
use yew::{
    Callback, Event, Html, NodeRef, Properties, TargetCast, component, hook, html, use_callback,
    use_effect_with, use_mut_ref, use_node_ref, use_state,
};

use super::picture::{address, lines};
use super::text::ReviewTexts;
use crate::call::call;

#[derive(Properties, PartialEq)]
pub(super) struct AdjustProps {
    /// The photo.
    pub(super) photo: PhotoToReviewView,
    /// Takes the photo as it was framed anew.
    pub(super) onframed: Callback<PhotoToReviewView>,
    /// It stays as it is.
    pub(super) onend: Callback<()>,
}

/// How the original is turned and framed.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Framing {
    /// The frame, in the picture as it is turned.
    crop: Crop,
    /// By how many quarters it is turned clockwise.
    quarters: u8,
    /// Width and height of the picture as it is turned; nothing before it is there.
    size: Option<(u32, u32)>,
}

impl Framing {
    fn turned(self) -> Self {
        let Some((width, height)) = self.size else {
            return self;
        };
        Self {
            crop: self.crop.turned(width, height),
            quarters: (self.quarters + 1) % 4,
            size: Some((height, width)),
        }
    }

    fn view(self, node: &NodeRef) -> Option<View> {
        let frame = node.cast::<Element>();
        Some(View {
            crop: self.crop,
            size: self.size?,
            shown_width: frame.map_or(1.0, |frame| frame.get_bounding_client_rect().width()),
        })
    }

    /// After a key; `None` for other keys.
    fn keyed(self, key: &str) -> Option<Self> {
        let view = self.view(&NodeRef::default())?;
        let crop = match key {
            "ArrowLeft" => view.nudged(-1, 0),
            "ArrowRight" => view.nudged(1, 0),
            "ArrowUp" => view.nudged(0, -1),
            "ArrowDown" => view.nudged(0, 1),
            "+" | "=" => view.zoomed_at_centre(ZOOM_STEP),
            "-" => view.zoomed_at_centre(1.0 / ZOOM_STEP),
            "t" | "T" => return Some(self.turned()),
            _ => return None,
        };
        Some(Self { crop, ..self })
    }

    /// Where the middle of the whole picture lies in hundredths of the frame, how wide it is before it is turned, and the
    /// turn.
    fn placed(self) -> Option<[(&'static str, String); 4]> {
        let (width, height) = self.size?;
        let crop = self.crop;
        let percent = |part: f64, whole: u32| 100.0 * part / f64::from(whole.max(1));
        let left = f64::from(width) / 2.0 - f64::from(crop.x);
        let top = f64::from(height) / 2.0 - f64::from(crop.y);
        let unturned = if self.quarters.is_multiple_of(2) {
            width
        } else {
            height
        };
        Some([
            ("--left", format!("{:.4}%", percent(left, crop.width))),
            ("--top", format!("{:.4}%", percent(top, crop.height))),
            (
                "--width",
                format!("{:.4}%", percent(unturned.into(), crop.width)),
            ),
            ("--turn", format!("{}deg", 90 * u32::from(self.quarters))),
        ])
    }
}

/// The editor.
#[component]
pub(super) fn Adjust(props: &AdjustProps) -> Html {
    let texts = use_text::<ReviewTexts>();
    let framing = use_state(|| first(&props.photo));
    let node = use_node_ref();
    use_effect_with(node.clone(), focus);
    let change = {
        let framing = framing.clone();
        Callback::from(move |changed| framing.set(changed))
    };
    let (apply, is_busy, failure) = use_apply(props, *framing);
    let onkeydown = {
        let (framing, change) = (*framing, change.clone());
        let (apply, onend) = (apply.clone(), props.onend.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => apply.emit(()),
            "Escape" => onend.emit(()),
            key => {
                if let Some(changed) = framing.keyed(key) {
                    event.prevent_default();
                    change.emit(changed);
                }
            }
        })
    };
    html! {
        <div class="review-picture">
            <p class="muted">{ texts.adjust_lead }</p>
            <div ref={node.clone()} class="review-frame adjusting with-lines" tabindex="0" role="group"
                aria-label={texts.adjust_frame} {onkeydown}>
                <Original photo_id={props.photo.photo_id.clone()} framing={*framing} change={change.clone()} {node} />
                { lines() }
            </div>
            { tools(*framing, &change, texts) }
            if let Some(failure) = failure { <ProblemBox {failure} /> }
            <div class="review-actions start">
                <Button onclick={apply} {is_busy} disabled={framing.size.is_none()}>{ texts.adjust_apply }</Button>
                <Button look={Look::Quiet} onclick={props.onend.clone()}>{ texts.adjust_cancel }</Button>
            </div>
        </div>
    }
}

/// As the photo is framed now.
fn first(photo: &PhotoToReviewView) -> Framing {
    let length = |length: i32| u32::try_from(length).unwrap_or_default();
    let frame = &photo.frame;
    Framing {
        crop: Crop {
            x: length(frame.x),
            y: length(frame.y),
            width: length(frame.width),
            height: length(frame.height),
        },
        quarters: 0,
        size: None,
    }
}

#[derive(Properties, PartialEq)]
struct OriginalProps {
    photo_id: String,
    framing: Framing,
    change: Callback<Framing>,
    /// The frame.
    node: NodeRef,
}

/// The original, placed by custom properties that the style sheet reads: a `style` attribute would break the page's policy.
#[component]
fn Original(props: &OriginalProps) -> Html {
    let texts = use_text::<ReviewTexts>();
    let image = use_node_ref();
    use_effect_with((image.clone(), props.framing), |(image, framing)| {
        let image = image.cast::<HtmlElement>();
        for (name, value) in framing.placed().into_iter().flatten() {
            if let Some(image) = &image {
                let _ = image.style().set_property(name, &value);
            }
        }
    });
    let pointers = use_mut_ref(Pointers::default);
    let ondown = {
        let (pointers, node) = (pointers.clone(), props.node.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(picture) = event.target_dyn_into::<Element>() {
                let _ = picture.set_pointer_capture(event.pointer_id());
            }
            pointers
                .borrow_mut()
                .down(event.pointer_id(), at(&node, &event));
        })
    };
    let onmove = {
        let (pointers, node) = (pointers.clone(), props.node.clone());
        let (framing, change) = (props.framing, props.change.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(view) = framing.view(&node) else {
                return;
            };
            let to = at(&node, &event);
            let moved = pointers.borrow_mut().moved(event.pointer_id(), to, &view);
            if let Some(crop) = moved {
                change.emit(Framing { crop, ..framing });
            }
        })
    };
    let onup = use_callback((), move |event: PointerEvent, ()| {
        pointers.borrow_mut().up(event.pointer_id());
    });
    let onload = on_load(props.framing, props.change.clone());
    let onwheel = on_wheel(props.framing, props.node.clone(), props.change.clone());
    html! {
        <img ref={image} src={address(&props.photo_id, "original")} alt={texts.photo_alt} draggable="false" {onload}
            onpointerdown={ondown} onpointermove={onmove} onpointerup={onup.clone()} onpointercancel={onup} {onwheel} />
    }
}

/// The picture is there: its size is known.
fn on_load(framing: Framing, change: Callback<Framing>) -> Callback<Event> {
    Callback::from(move |event: Event| {
        if let Some(image) = event.target_dyn_into::<HtmlImageElement>() {
            let size = (image.natural_width(), image.natural_height());
            let crop = framing.crop.clamp(size.0, size.1);
            change.emit(Framing {
                crop,
                size: Some(size),
                ..framing
            });
        }
    })
}

fn on_wheel(framing: Framing, node: NodeRef, change: Callback<Framing>) -> Callback<WheelEvent> {
    Callback::from(move |event: WheelEvent| {
        event.prevent_default();
        if let Some(view) = framing.view(&node) {
            let crop = view.wheeled(event.delta_y(), at(&node, &event));
            change.emit(Framing { crop, ..framing });
        }
    })
}

/// What keys do, as buttons.
fn tools(framing: Framing, change: &Callback<Framing>, texts: &'static ReviewTexts) -> Html {
    let tool = |key: &'static str, sign: &'static str, label: &'static str| {
        let change = change.clone();
        let onclick = move |_| {
            if let Some(changed) = framing.keyed(key) {
                change.emit(changed);
            }
        };
        html! { <button type="button" class="tool" aria-label={label} title={label} {onclick}>{ sign }</button> }
    };
    html! {
        <div class="review-tools">
            { tool("-", "－", texts.zoom_out) }
            { tool("+", "＋", texts.zoom_in) }
            { tool("t", "↻", texts.turn) }
            { tool("ArrowLeft", "←", texts.to_left) }
            { tool("ArrowRight", "→", texts.to_right) }
            { tool("ArrowUp", "↑", texts.to_top) }
            { tool("ArrowDown", "↓", texts.to_bottom) }
        </div>
    }
}

/// Sends the framing; what is running and what failed.
#[hook]
fn use_apply(
    props: &AdjustProps,
    framing: Framing,
) -> (Callback<()>, bool, Option<client::Failure>) {
    let (is_busy, failure) = (use_state(|| false), use_state(|| None));
    let (photo, onframed) = (props.photo.clone(), props.onframed.clone());
    let (busy, failed) = (is_busy.setter(), failure.setter());
    let is_sending = *is_busy;
    let apply = Callback::from(move |()| {
        if is_sending || framing.size.is_none() {
            return;
        }
        busy.set(true);
        failed.set(None);
        let crop = framing.crop;
        let length = |length: u32| i32::try_from(length).unwrap_or(i32::MAX);
        let frame = Frame {
            height: length(crop.height),
            width: length(crop.width),
            x: length(crop.x),
            y: length(crop.y),
        };
        let mut wanted = NewFraming::new(frame, photo.version);
        wanted.quarters = Some(framing.quarters.into());
        let (id, onframed) = (photo.photo_id.clone(), onframed.clone());
        let (busy, failed) = (busy.clone(), failed.clone());
        spawn_local(async move {
            let framed = call(client::reframe_photo(&id, &wanted)).await;
            busy.set(false);
            match framed {
                Ok(framed) => onframed.emit(framed),
                Err(failure) => failed.set(Some(failure)),
            }
        });
    });
    (apply, is_sending, (*failure).clone())
}

/// A point of the window as a point of the frame.
fn at(node: &NodeRef, event: &web_sys::MouseEvent) -> Point {
    let Some(frame) = node.cast::<Element>() else {
        return (0.0, 0.0);
    };
    let frame = frame.get_bounding_client_rect();
    (
        f64::from(event.client_x()) - frame.left(),
        f64::from(event.client_y()) - frame.top(),
    )
}
