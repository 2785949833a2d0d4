//! The photo on its way, in `IndexedDB`. Where the browser refuses to keep it, a reload loses it and nothing else.

use gloo::events::EventListener;
use js_sys::{Array, JsString, Promise};
use photo::Crop;
use serde::{Deserialize, Serialize};
use ui::clock;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

use super::Upload;
use crate::owner;

const DATABASE: &str = "gradphoto";
/// From this version on everything in the store has an owner; what earlier ones kept is deleted.
const VERSION: u32 = 2;
/// Files by account and enrolment, and beside each what is to become of it as JSON, since the frame changes often and the
/// file is large, and when it was kept.
const STORE: &str = "uploads";
/// What the key of a plan ends with.
const PLAN: &str = "/plan";
/// What the key of the moment ends with at which a file was kept, in milliseconds since 1970.
const KEPT_AT: &str = "/kept-at";

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

/// Keeps the file of an upload; an earlier one of the same enrolment is replaced. Without a session nothing is kept.
pub(crate) async fn keep_file(upload: &Upload) {
    let Some(base) = base_key(&upload.enrolment_id) else {
        return;
    };
    // The moment first: a file without one would never be too old.
    let kept_at = clock::now_ms().to_string();
    put(&format!("{base}{KEPT_AT}"), &kept_at.into()).await;
    put(&base, &upload.file).await;
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
    if let Some(base) = base_key(&upload.enrolment_id) {
        put(&format!("{base}{PLAN}"), &plan.into()).await;
    }
}

/// The upload of an enrolment that has not been answered yet, where the account that is logged in kept it.
pub(crate) async fn kept(enrolment_id: &str) -> Option<Upload> {
    let base = base_key(enrolment_id)?;
    if is_too_old(&base).await {
        return None;
    }
    let file = found(&base).await?.dyn_into().ok()?;
    let plan = text(&format!("{base}{PLAN}")).await?;
    let plan: Plan = client::json::read(plan.as_bytes())?;
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
    if let Some(base) = base_key(enrolment_id) {
        forget_at(&base).await;
    }
}

/// Forgets every upload, as after logging out.
pub(crate) async fn forget_all() {
    let _ = with_store(IdbObjectStore::clear).await;
}

/// Whether an account keeps an upload here.
pub(crate) async fn is_kept_for(account: &str) -> bool {
    let of_account = format!("{account}/");
    bases()
        .await
        .iter()
        .any(|base| base.starts_with(&of_account))
}

/// Whether any account keeps an upload here; whose it is remains unknown.
pub(crate) async fn is_any_kept() -> bool {
    !bases().await.is_empty()
}

/// The keys of all files that are kept.
async fn bases() -> Vec<String> {
    let Ok(keys) = with_store(IdbObjectStore::get_all_keys).await else {
        return Vec::new();
    };
    let keys = Array::from(&keys);
    let keys = keys.iter().filter_map(|key| key.as_string());
    keys.filter_map(|key| key.strip_suffix(KEPT_AT).map(str::to_owned))
        .collect()
}

/// Forgets uploads that are too old and, where somebody is logged in, those of other accounts.
pub(crate) async fn forget_foreign(account: Option<&str>) {
    for base in bases().await {
        let is_foreign = account.is_some_and(|account| !base.starts_with(&format!("{account}/")));
        if is_foreign || is_too_old(&base).await {
            forget_at(&base).await;
        }
    }
}

/// Where the upload of an enrolment is kept; none without a session.
fn base_key(enrolment_id: &str) -> Option<String> {
    owner::current().map(|account| format!("{account}/{enrolment_id}"))
}

async fn is_too_old(base: &str) -> bool {
    let kept_at = text(&format!("{base}{KEPT_AT}")).await;
    let kept_at = kept_at.and_then(|text| text.parse().ok());
    kept_at.is_none_or(owner::is_too_old)
}

async fn forget_at(base: &str) {
    for ending in ["", PLAN, KEPT_AT] {
        let key = format!("{base}{ending}");
        let _ = with_store(|store| store.delete(&key.into())).await;
    }
}

async fn put(key: &str, value: &JsValue) {
    let _ = with_store(|store| store.put_with_key(value, &key.into())).await;
}

async fn found(key: &str) -> Option<JsValue> {
    with_store(|store| store.get(&key.into())).await.ok()
}

async fn text(key: &str) -> Option<String> {
    let found: JsString = found(key).await?.dyn_into().ok()?;
    Some(found.into())
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
        let _ = made.and_then(|database| {
            let _ = database.delete_object_store(STORE);
            database.create_object_store(STORE)
        });
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
