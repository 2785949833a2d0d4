//! The picture in its frame, moved by drag, pinch, wheel and keys, and the buttons that do the same.

use std::rc::Rc;

use domain::FrameMoves;
use photo::{AutoCrop, Crop, Lines, Measurements, Rules};
use ui::gesture::{Point, Pointers, View, ZOOM_STEP};
use ui::lang::use_lang;
use ui::use_text;
use web_sys::{Element, KeyboardEvent, PointerEvent, WheelEvent};
use yew::{
    Callback, Event, Html, MouseEvent, NodeRef, Properties, classes, component, html, use_callback,
    use_mut_ref, use_node_ref,
};

use super::framed::Framed;
use super::guide::guide;
use super::open::Picture;
use super::text::PhotoTexts;

#[derive(Clone, Properties, PartialEq)]
pub(super) struct StageProps {
    /// The picture.
    pub(super) picture: Picture,
    /// The frame.
    pub(super) crop: Crop,
    /// The rules of the task.
    pub(super) rules: Rules,
    /// What was measured, once it was.
    pub(super) measured: Option<Rc<Measurements>>,
    /// The frame that suits best, once that is known.
    pub(super) auto: Option<AutoCrop>,
    /// Whether the lines of the standard are shown.
    pub(super) shows_lines: bool,
    /// Takes a changed frame.
    pub(super) onframe: Callback<Crop>,
}

/// The picture in its frame, and the buttons that move it.
#[component]
pub(super) fn Stage(props: &StageProps) -> Html {
    let (texts, lang) = (use_text::<PhotoTexts>(), use_lang());
    let node = use_node_ref();
    let pointers = use_mut_ref(Pointers::default);
    let portrait = props
        .measured
        .as_ref()
        .and_then(|measured| measured.portrait.as_ref());
    let lines = portrait.map(|portrait| Lines::new(&portrait.head, &props.crop, &props.rules));
    let ondown = {
        let pointers = pointers.clone();
        use_callback(node.clone(), move |event: PointerEvent, node| {
            if let Some(frame) = node.cast::<Element>() {
                let _ = frame.set_pointer_capture(event.pointer_id());
            }
            pointers.borrow_mut().down(
                event.pointer_id(),
                at(node, event.client_x(), event.client_y()),
            );
        })
    };
    let onmove = {
        let pointers = pointers.clone();
        use_callback(
            (node.clone(), props.clone()),
            move |event: PointerEvent, (node, props)| {
                let to = at(node, event.client_x(), event.client_y());
                if let Some(crop) =
                    pointers
                        .borrow_mut()
                        .moved(event.pointer_id(), to, &view(props, node))
                {
                    props.onframe.emit(crop);
                }
            },
        )
    };
    let onup = use_callback((), move |event: PointerEvent, ()| {
        pointers.borrow_mut().up(event.pointer_id());
    });
    let onwheel = use_callback(
        (node.clone(), props.clone()),
        |event: WheelEvent, (node, props)| {
            event.prevent_default();
            let about = at(node, event.client_x(), event.client_y());
            props
                .onframe
                .emit(view(props, node).wheeled(event.delta_y(), about));
        },
    );
    let onkeydown = use_callback(
        (node.clone(), props.clone()),
        |event: KeyboardEvent, (node, props)| {
            if let Some(crop) = keyed(&event.key(), &view(props, node), props) {
                event.prevent_default();
                props.onframe.emit(crop);
            }
        },
    );
    html! {
        <div class="stage">
            <div ref={node.clone()} class="frame" tabindex="0" role="group" aria-label={texts.frame_label}
                onpointerdown={ondown} onpointermove={onmove} onpointerup={onup.clone()} onpointercancel={onup}
                {onwheel} {onkeydown}>
                <Framed picture={props.picture.clone()} crop={props.crop} />
                if props.shows_lines {
                    { guide(&props.rules, lines.as_ref(), lang) }
                }
            </div>
        </div>
    }
}

#[derive(Clone, Properties, PartialEq)]
pub(super) struct ToolsProps {
    /// The frame, and what it is moved over.
    pub(super) stage: StageProps,
    /// The moves that mend the frame; their buttons stand out.
    pub(super) moves: FrameMoves,
    /// The picture is to be turned a quarter clockwise.
    pub(super) onturn: Callback<()>,
    /// The lines are to be shown, or no more.
    pub(super) onlines: Callback<()>,
}

/// What gestures can do, as buttons, and turning the picture.
#[component]
pub(super) fn Tools(props: &ToolsProps) -> Html {
    let (texts, moves) = (use_text::<PhotoTexts>(), props.moves);
    let tool = |key: &'static str, sign: &'static str, label: &'static str, helps: bool| {
        let stage = props.stage.clone();
        let onclick = move |_| {
            // None of these depends on how large the frame is shown.
            if let Some(crop) = keyed(key, &view(&stage, &NodeRef::default()), &stage) {
                stage.onframe.emit(crop);
            }
        };
        let class = classes!("tool", helps.then_some("helps"));
        html! { <button type="button" {class} aria-label={label} title={label} {onclick}>{ sign }</button> }
    };
    let is = |way: Option<bool>, wanted: bool| way == Some(wanted);
    let onturn = props.onturn.reform(|_: MouseEvent| ());
    let onlines = props.onlines.reform(|_: Event| ());
    html! {
        <div class="stage-tools">
            <div class="tools">
                { tool("-", "－", texts.zoom_out, is(moves.larger, false)) }
                { tool("+", "＋", texts.zoom_in, is(moves.larger, true)) }
                <button type="button" class="tool" aria-label={texts.turn} title={texts.turn} onclick={onturn}>
                    { "↻" }
                </button>
                { tool("0", texts.auto, texts.auto_hint, false) }
                { tool("ArrowLeft", "←", texts.left, is(moves.right, false)) }
                { tool("ArrowRight", "→", texts.right, is(moves.right, true)) }
                { tool("ArrowUp", "↑", texts.up, is(moves.down, false)) }
                { tool("ArrowDown", "↓", texts.down, is(moves.down, true)) }
            </div>
            <label class="check">
                <input type="checkbox" checked={props.stage.shows_lines} onchange={onlines} />
                <span>{ texts.lines }</span>
            </label>
        </div>
    }
}

fn view(props: &StageProps, node: &NodeRef) -> View {
    let shown_width = node
        .cast::<Element>()
        .map_or(1.0, |frame| frame.get_bounding_client_rect().width());
    View {
        crop: props.crop,
        size: (props.picture.width, props.picture.height),
        shown_width,
    }
}

/// A point of the window as a point of the frame.
#[expect(
    clippy::float_arithmetic,
    reason = "a place on the screen is no whole number"
)]
fn at(node: &NodeRef, x: i32, y: i32) -> Point {
    let Some(frame) = node.cast::<Element>() else {
        return (0.0, 0.0);
    };
    let frame = frame.get_bounding_client_rect();
    (f64::from(x) - frame.left(), f64::from(y) - frame.top())
}

/// What a key does; `None` for other keys.
#[expect(clippy::float_arithmetic, reason = "a factor is no whole number")]
fn keyed(key: &str, view: &View, props: &StageProps) -> Option<Crop> {
    Some(match key {
        "ArrowLeft" => view.nudged(-1, 0),
        "ArrowRight" => view.nudged(1, 0),
        "ArrowUp" => view.nudged(0, -1),
        "ArrowDown" => view.nudged(0, 1),
        "+" | "=" => view.zoomed_at_centre(ZOOM_STEP),
        "-" => view.zoomed_at_centre(1.0 / ZOOM_STEP),
        "0" => props
            .auto
            .map_or_else(|| props.picture.first_crop(), |auto| auto.crop),
        _ => return None,
    })
}
