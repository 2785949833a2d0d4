//! Files that the API gives, to be kept by the person.

use client::{Answer, Call, Failure};
use data_encoding::BASE64;
use gloo::utils::document;
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, HtmlElement, Url};

use super::failure::UNAUTHORISED;
use super::session::refresh;
use super::transfer::Transfer;

/// How long a file may take, in milliseconds.
const FILE_TIMEOUT_MS: u32 = 120_000;

/// Makes a call that is answered with a file; where the session has run out, once more after refreshing it.
///
/// # Errors
/// [`Failure`].
pub async fn file(call: Call<Vec<u8>>) -> Result<Blob, Failure> {
    let (mut status, mut blob) = asked(&call).await?;
    if status == UNAUTHORISED {
        refresh().await?;
        (status, blob) = asked(&call).await?;
    }
    if (200..300).contains(&status) {
        return Ok(blob);
    }
    let text = JsFuture::from(blob.text()).await.ok();
    let body = text.and_then(|text| text.as_string()).unwrap_or_default();
    let answer = Answer {
        status,
        body: body.into_bytes(),
    };
    call.read(answer).and(Err(Failure::Unexpected {
        status: Some(status),
    }))
}

async fn asked(call: &Call<Vec<u8>>) -> Result<(u16, Blob), Failure> {
    Transfer::new(&call.request)?
        .ask_for_file(call.request.json.as_deref(), FILE_TIMEOUT_MS)
        .await
}

/// A file that somebody chose, in Base64; `None` where the browser cannot read it.
pub async fn base64_of(file: &File) -> Option<String> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(BASE64.encode(&Uint8Array::new(&buffer).to_vec()))
}

/// Has the browser keep a file under a name.
pub fn save(blob: &Blob, name: &str) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else {
        return;
    };
    let link = document().create_element("a").ok();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        // Neither can fail for these names.
        let _ = link.set_attribute("href", &url);
        let _ = link.set_attribute("download", name);
        link.click();
    }
    let _ = Url::revoke_object_url(&url);
}
