//! A chosen file: what it is, told at once, before anything is sent.

use domain::{Lang, ProblemCode, Refusal, refusal_of_file};
use gloo::file::{File, ObjectUrl, futures::read_as_bytes};
use photo::{Crop, FileFault, Limits, inspect};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, hook, html, use_callback, use_state};

use crate::component::Alert;

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

/// Opens a file.
///
/// # Errors
/// Why it cannot become a photo, in the words that the server would use.
pub(super) async fn open(file: web_sys::File, is_taken: bool) -> Result<Picture, Refusal> {
    let file = File::from(file);
    let limits = Limits::default();
    if file.size() > limits.max_bytes {
        return Err(refusal_of_file(FileFault::TooLarge {
            bytes: file.size(),
            max: limits.max_bytes,
        }));
    }
    let bytes = read_as_bytes(&file)
        .await
        .map_err(|_| Refusal::from(ProblemCode::PhotoDamaged))?;
    let facts = inspect(&bytes, &limits).map_err(refusal_of_file)?;
    let url = ObjectUrl::from(file.clone());
    Ok(Picture {
        file,
        url,
        width: facts.width(),
        height: facts.height(),
        is_taken,
    })
}

/// Opens what is chosen or taken.
pub(super) struct Opening {
    /// A file is being read.
    pub(super) is_reading: bool,
    /// Takes a file, and whether the camera made it.
    pub(super) read: Callback<(web_sys::File, bool)>,
    refusal: Option<Refusal>,
}

impl Opening {
    /// Why the last file cannot become a photo.
    pub(super) fn alert(&self, lang: Lang) -> Html {
        self.refusal.as_ref().map_or_else(Html::default, |refusal| {
            html! { <Alert title={refusal.code.title().get(lang)}><p>{ refusal.detail(lang) }</p></Alert> }
        })
    }
}

/// Hands on pictures that can become a photo, and tells of the others.
#[hook]
pub(super) fn use_opening(onpick: &Callback<Picture>) -> Opening {
    let is_reading = use_state(|| false);
    let refusal = use_state(|| None::<Refusal>);
    let read = {
        let (reading, refusal) = (is_reading.setter(), refusal.setter());
        use_callback(onpick.clone(), move |(file, is_taken), onpick| {
            let (reading, refusal, onpick) = (reading.clone(), refusal.clone(), onpick.clone());
            reading.set(true);
            refusal.set(None);
            spawn_local(async move {
                match open(file, is_taken).await {
                    Ok(picture) => onpick.emit(picture),
                    Err(found) => refusal.set(Some(found)),
                }
                reading.set(false);
            });
        })
    };
    Opening {
        is_reading: *is_reading,
        read,
        refusal: (*refusal).clone(),
    }
}
