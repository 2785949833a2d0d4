//! The photo on its way, in `IndexedDB`. Where the browser refuses to keep it, a reload loses it and nothing else.

use gloo::events::EventListener;
use js_sys::{JsString, Promise};
use photo::Crop;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

use super::Upload;

const DATABASE: &str = "gradphoto";
const VERSION: u32 = 1;
/// Files by enrolment, and beside each what is to become of it as JSON: the frame changes often, the file is large.
const STORE: &str = "uploads";

/// What is to become of a file.
#[derive(Serialize, Deserialize)]
struct Plan {
    id: String,
    frame: Crop,
    #[serde(default)]
    is_taken: bool,
    #[serde(default)]
    note: String,
    is_framed: bool,
}

/// Keeps the file of an upload; an earlier one of the same enrolment is replaced.
pub(crate) async fn keep_file(upload: &Upload) {
    let key = upload.enrolment_id.as_str().into();
    let _ = with_store(|store| store.put_with_key(&upload.file, &key)).await;
}

/// Keeps how far an upload is whose file is kept.
pub(crate) async fn keep_frame(upload: &Upload) {
    let plan = Plan {
        id: upload.id.clone(),
        frame: upload.frame,
        is_taken: upload.is_taken,
        note: upload.note.clone(),
        is_framed: upload.is_framed,
    };
    let plan = serde_json::to_string(&plan).unwrap_or_default();
    let key = plan_key(&upload.enrolment_id);
    let _ = with_store(|store| store.put_with_key(&plan.into(), &key)).await;
}

/// The upload of an enrolment that has not been answered yet.
pub(crate) async fn kept(enrolment_id: &str) -> Option<Upload> {
    let found = async |key: JsValue| with_store(|store| store.get(&key)).await.ok();
    let file = found(enrolment_id.into()).await?.dyn_into().ok()?;
    let plan = found(plan_key(enrolment_id)).await?;
    let plan: Plan = serde_json::from_str(&String::from(plan.dyn_into::<JsString>().ok()?)).ok()?;
    Some(Upload {
        id: plan.id,
        enrolment_id: enrolment_id.to_owned(),
        file,
        frame: plan.frame,
        is_taken: plan.is_taken,
        note: plan.note,
        is_framed: plan.is_framed,
    })
}

/// Forgets an upload that was answered or given up.
pub(crate) async fn forget(enrolment_id: &str) {
    let _ = with_store(|store| store.delete(&enrolment_id.into())).await;
    let _ = with_store(|store| store.delete(&plan_key(enrolment_id))).await;
}

fn plan_key(enrolment_id: &str) -> JsValue {
    format!("{enrolment_id}/plan").into()
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
