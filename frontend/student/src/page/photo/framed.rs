//! A picture shown through its frame: what is seen is what becomes the photo.

use photo::Crop;
use web_sys::HtmlElement;
use yew::{Html, Properties, component, html, use_effect_with, use_node_ref};

use super::open::Picture;

#[derive(Properties, PartialEq)]
pub(crate) struct FramedProps {
    /// The picture.
    pub(super) picture: Picture,
    /// The part that is seen.
    pub(crate) crop: Crop,
    /// What it shows, for who cannot see it; empty where that is said elsewhere.
    #[prop_or_default]
    pub(crate) alt: &'static str,
}

/// The picture, placed by custom properties that the style sheet reads: a `style` attribute would break the page's policy.
#[component]
pub(crate) fn Framed(props: &FramedProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        let size = (props.picture.width, props.picture.height);
        use_effect_with((props.crop, size), move |(crop, size)| {
            let Some(image) = node.cast::<HtmlElement>() else {
                return;
            };
            for (name, value) in placed(crop, size.0, size.1) {
                let _ = image.style().set_property(name, &value);
            }
        });
    }
    html! {
        <img ref={node} class="framed" src={props.picture.url.to_string()} alt={props.alt} draggable="false" />
    }
}

/// Where the whole picture lies, in hundredths of the frame.
#[expect(
    clippy::float_arithmetic,
    reason = "a place on the screen is no whole number"
)]
fn placed(crop: &Crop, width: u32, height: u32) -> [(&'static str, String); 4] {
    let percent = |part: u32, whole: u32| 100.0 * f64::from(part) / f64::from(whole.max(1));
    [
        ("--width", format!("{:.4}%", percent(width, crop.width))),
        ("--height", format!("{:.4}%", percent(height, crop.height))),
        ("--left", format!("-{:.4}%", percent(crop.x, crop.width))),
        ("--top", format!("-{:.4}%", percent(crop.y, crop.height))),
    ]
}
