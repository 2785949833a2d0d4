//! The photo on its way, in `IndexedDB`. Where the browser refuses to keep it, a reload loses it and nothing else.

use gloo::events::EventListener;
use js_sys::{Array, JsString, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

use super::Upload;

const DATABASE: &str = "gradphoto";
const VERSION: u32 = 1;
/// Uploads by enrolment: an array of id, file, and frame as JSON.
const STORE: &str = "uploads";

/// Keeps an upload; an earlier one of the same enrolment is replaced.
pub(crate) async fn keep(upload: &Upload) {
    let frame = serde_json::to_string(&upload.frame).unwrap_or_default();
    let value = Array::of3(&upload.id.as_str().into(), &upload.file, &frame.into());
    let _ =
        with_store(|store| store.put_with_key(&value, &upload.enrolment_id.as_str().into())).await;
}

/// The upload of an enrolment that has not been answered yet.
pub(crate) async fn kept(enrolment_id: &str) -> Option<Upload> {
    let value = with_store(|store| store.get(&enrolment_id.into()))
        .await
        .ok()?;
    let parts = value.dyn_into::<Array>().ok()?;
    let text = |index| {
        parts
            .get(index)
            .dyn_into::<JsString>()
            .ok()
            .map(String::from)
    };
    Some(Upload {
        id: text(0)?,
        enrolment_id: enrolment_id.to_owned(),
        file: parts.get(1).dyn_into().ok()?,
        frame: serde_json::from_str(&text(2)?).ok()?,
    })
}

/// Forgets an upload that was answered or given up.
pub(crate) async fn forget(enrolment_id: &str) {
    let _ = with_store(|store| store.delete(&enrolment_id.into())).await;
}

/// Forgets every upload, as after logging out.
pub(crate) async fn forget_all() {
    let _ = with_store(IdbObjectStore::clear).await;
}

async fn with_store(
    act: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
) -> Result<JsValue, JsValue> {
    let database = open().await?;
    let transaction =
        database.transaction_with_str_and_mode(STORE, IdbTransactionMode::Readwrite)?;
    let result = answer(&act(&transaction.object_store(STORE)?)?).await;
    database.close();
    result
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = gloo::utils::window().indexed_db()?.ok_or(JsValue::NULL)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, VERSION)?;
    let opened = request.clone();
    let _making = EventListener::once(&request, "upgradeneeded", move |_| {
        let made = opened.result().and_then(JsCast::dyn_into::<IdbDatabase>);
        // Where the store cannot be made, using it fails and says so.
        let _ = made.and_then(|database| database.create_object_store(STORE));
    });
    answer(&request).await?.dyn_into()
}

async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let answered = Promise::new(&mut |done, failed| {
        request.set_onsuccess(Some(&done));
        request.set_onerror(Some(&failed));
    });
    JsFuture::from(answered).await?;
    request.result()
}
