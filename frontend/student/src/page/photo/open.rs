//! A chosen file: what it is, told at once, before anything is sent.

use domain::{Lang, ProblemCode, Refusal, refusal_of_file};
use gloo::file::{File, ObjectUrl, futures::read_as_bytes};
use photo::{Crop, FileFacts, FileFault, Limits, inspect};
use ui::{Alert, Notice, TextTable};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, UseStateSetter, hook, html, use_callback, use_state};

use super::reduce::{fits, largest, reduced};
use super::text::PhotoTexts;

/// What a camera made so long ago, in milliseconds, it made for this page.
const JUST_NOW_MS: f64 = 600_000.0;

/// A file that can become a photo.
#[derive(Clone)]
pub(super) struct Picture {
    /// The file.
    pub(super) file: File,
    /// Where the browser shows it from, upright.
    pub(super) url: ObjectUrl,
    /// Width of the upright picture.
    pub(super) width: u32,
    /// Height of the upright picture.
    pub(super) height: u32,
    /// Whether it was taken with the camera on the page.
    pub(super) is_taken: bool,
}

impl PartialEq for Picture {
    /// The browser gives every file an address of its own.
    fn eq(&self, other: &Self) -> bool {
        *self.url == *other.url
    }
}

impl Picture {
    /// Where the frame stands first.
    pub(super) fn first_crop(&self) -> Crop {
        Crop::largest_centred(self.width, self.height)
    }
}

/// Opens a file that the server would take as it is.
///
/// # Errors
/// Why it cannot become a photo, in the words that the server would use.
pub(super) async fn open(file: web_sys::File, is_taken: bool) -> Result<Picture, Refusal> {
    let facts = facts(&file, &Limits::default()).await?;
    Ok(picture(file, &facts, is_taken))
}

/// What a file is.
async fn facts(file: &web_sys::File, limits: &Limits) -> Result<FileFacts, Refusal> {
    let file = File::from(file.clone());
    if file.size() > limits.max_bytes {
        return Err(refusal_of_file(FileFault::TooLarge {
            bytes: file.size(),
            max: limits.max_bytes,
        }));
    }
    let bytes = read_as_bytes(&file)
        .await
        .map_err(|_| Refusal::from(ProblemCode::PhotoDamaged))?;
    inspect(&bytes, limits).map_err(refusal_of_file)
}

fn picture(file: web_sys::File, facts: &FileFacts, is_taken: bool) -> Picture {
    let file = File::from(file);
    let url = ObjectUrl::from(file.clone());
    Picture {
        file,
        url,
        width: facts.width(),
        height: facts.height(),
        is_taken,
    }
}

/// What a task asks of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Demands {
    /// They are sent as they are.
    pub(super) originals: bool,
    /// They come from a camera now.
    pub(super) camera_only: bool,
}

/// How far opening is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The file is being read.
    Reading,
    /// Its picture is being made smaller.
    Reducing,
}

/// Why a file cannot become a photo.
#[derive(Clone)]
enum Fault {
    /// The server would not take it.
    Refused(Refusal),
    /// The browser can show no picture as large as this one.
    Unreducible,
    /// The camera did not make it just now.
    Old,
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Opens what was chosen or taken, and makes it smaller where the server would not take it as it is.
async fn open_chosen(
    original: web_sys::File,
    is_taken: bool,
    demands: Demands,
    step: &UseStateSetter<Option<Step>>,
) -> Result<Picture, Fault> {
    if demands.camera_only && is_old(&original) {
        return Err(Fault::Old);
    }
    let limits = if demands.originals {
        Limits::default()
    } else {
        largest()
    };
    let found = facts(&original, &limits).await?;
    let bytes = File::from(original.clone()).size();
    if fits(bytes, &found) {
        return Ok(picture(original, &found, is_taken));
    }
    step.set(Some(Step::Reducing));
    let smaller = reduced(&original, &found).await.ok_or(Fault::Unreducible)?;
    Ok(open(smaller, is_taken).await?)
}

/// Whether a file was last changed so long ago that it was not made for this page.
#[expect(
    clippy::float_arithmetic,
    reason = "a time in JavaScript is no whole number"
)]
fn is_old(file: &web_sys::File) -> bool {
    // Both times are of this device.
    js_sys::Date::now() - file.last_modified() > JUST_NOW_MS
}

/// Opens what is chosen or taken.
pub(super) struct Opening {
    /// How far a file is that is being opened.
    pub(super) step: Option<Step>,
    /// Takes a file, and whether the camera made it.
    pub(super) read: Callback<(web_sys::File, bool)>,
    fault: Option<Fault>,
}

impl Opening {
    /// How far it is, and why the last file cannot become a photo.
    pub(super) fn told(&self, lang: Lang) -> Html {
        let texts = PhotoTexts::of(lang);
        let told = |title: &'static str, detail: String| {
            html! { <Alert {title}><p>{ detail }</p></Alert> }
        };
        match &self.fault {
            _ if self.step == Some(Step::Reducing) => html! {
                <Notice title={texts.reducing}>
                    <progress class="progress" aria-label={texts.reducing} />
                </Notice>
            },
            None => Html::default(),
            Some(Fault::Refused(refusal)) => {
                told(refusal.code.title().get(lang), refusal.detail(lang))
            }
            Some(Fault::Unreducible) => {
                told(texts.unreducible, texts.unreducible_detail.to_owned())
            }
            Some(Fault::Old) => told(texts.old, texts.old_detail.to_owned()),
        }
    }
}

/// Hands on pictures that can become a photo, and tells of the others.
#[hook]
pub(super) fn use_opening(onpick: &Callback<Picture>, demands: Demands) -> Opening {
    let step = use_state(|| None::<Step>);
    let fault = use_state(|| None::<Fault>);
    let read = {
        let (step, fault) = (step.setter(), fault.setter());
        let deps = (onpick.clone(), demands);
        use_callback(deps, move |(file, is_taken), (onpick, demands)| {
            let (step, fault, onpick, demands) =
                (step.clone(), fault.clone(), onpick.clone(), *demands);
            step.set(Some(Step::Reading));
            fault.set(None);
            spawn_local(async move {
                match open_chosen(file, is_taken, demands, &step).await {
                    Ok(picture) => onpick.emit(picture),
                    Err(found) => fault.set(Some(found)),
                }
                step.set(None);
            });
        })
    };
    Opening {
        step: *step,
        read,
        fault: (*fault).clone(),
    }
}
