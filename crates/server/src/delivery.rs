//! Packages of photos, for staff and integrators: `/tasks/{id}/deliveries`, `/deliveries`; and what needs no session: a link, and the keys
//! that sign packages.

mod prints;
mod view;

use actix_web::http::header::{
    CONTENT_DISPOSITION, ContentDisposition, DispositionParam, DispositionType, HeaderName,
    HeaderValue, TryIntoHeaderValue,
};
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, get, post};
use data_encoding::{BASE64, HEXLOWER_PERMISSIVE};
use domain::DeliveryId;
use domain::access::perm;
use domain::delivery::{
    Delivery, DeliveryCharset, DeliveryKind, DeliverySettingsInput, DeliverySplit, PrintCaption,
    SHIPPED_PROFILES,
};
use serde::{Deserialize, Serialize};
use service::Context;
use service::delivery::{self, WantedDelivery};
use service::idempotency::KeyedOutcome;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::download::{self, Download};
use crate::idempotency::{self, IdempotencyKey, IdempotencyKeyHeader};
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::TaskPath;
use crate::permitted::{FreshPermitted, Permitted};
use crate::photo::Binary;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::text::Text;
use view::{
    DeliveryFiguresView, DeliveryLinkView, DeliveryPath, DeliveryProfileView, DeliveryView,
};

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_delivery_profiles)
        .service(list_delivery_keys)
        .service(get_delivery_figures)
        .service(create_delivery)
        .service(list_deliveries)
        .service(get_delivery)
        .service(create_delivery_link)
        .service(download_delivery)
        .service(acknowledge_delivery)
        .service(cancel_delivery);
    prints::routes(config);
}

pages! {
    /// A page of packages.
    DeliveryList of DeliveryView;
}

/// The profiles.
#[derive(Debug, Serialize, ToSchema)]
struct DeliveryProfiles {
    /// In the order to offer them.
    #[schema(max_items = 20)]
    items: Vec<DeliveryProfileView>,
}

/// List the profiles of packages
#[utoipa::path(tag = "deliveries", operation_id = "list_delivery_profiles", security(("session" = []), ("integrator" = ["photos:deliver"])),
    responses((status = 200, body = DeliveryProfiles, description = "What packages can look like."), answers::StaffReader))]
#[get("/delivery-profiles")]
async fn list_delivery_profiles(
    _caller: Permitted<perm::TakeOverPhotos>,
    request: HttpRequest,
) -> Result<Json<DeliveryProfiles>, Fault> {
    let lang = lang_of(&request);
    let items = SHIPPED_PROFILES.iter();
    Ok(Json(DeliveryProfiles {
        items: items
            .map(|profile| DeliveryProfileView::new(profile, lang))
            .collect(),
    }))
}

/// A key that signs packages.
#[derive(Debug, Serialize, ToSchema)]
struct DeliveryKey {
    /// Its id, as `package.json` names it.
    #[schema(max_length = 64, examples("k7w2m9"))]
    id: String,
    /// The Ed25519 key as PEM. `openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig`
    /// verifies a package.
    #[schema(
        max_length = 200,
        examples(
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"
        )
    )]
    public_key: String,
    /// Whether new packages are signed with it.
    #[schema(examples(true))]
    is_active: bool,
}

/// The keys that sign packages.
#[derive(Debug, Serialize, ToSchema)]
struct DeliveryKeys {
    /// The active one first.
    #[schema(max_items = 100)]
    items: Vec<DeliveryKey>,
}

/// List the public keys that sign packages
#[utoipa::path(tag = "deliveries", operation_id = "list_delivery_keys",
    responses((status = 200, body = DeliveryKeys, description = "The active key, and old ones."), answers::PublicReader))]
#[get("/delivery-keys")]
async fn list_delivery_keys(context: Data<Context>) -> Result<Json<DeliveryKeys>, Fault> {
    let keys = delivery::signing_keys(&context).await?.into_iter();
    let items = keys.map(|key| DeliveryKey {
        id: key.id,
        public_key: key.pem,
        is_active: key.is_active,
    });
    Ok(Json(DeliveryKeys {
        items: items.collect(),
    }))
}

/// How far is the delivery of a task?
#[utoipa::path(tag = "deliveries", operation_id = "get_delivery_figures", params(TaskPath), security(("session" = []), ("integrator" = ["photos:deliver"])),
    responses((status = 200, body = DeliveryFiguresView, description = "Numbers of students."),
        answers::StaffReader, answers::Missing))]
#[get("/tasks/{task_id}/delivery-figures")]
async fn get_delivery_figures(
    context: Data<Context>,
    caller: Permitted<perm::TakeOverPhotos>,
    path: Path<TaskPath>,
) -> Result<Json<DeliveryFiguresView>, Fault> {
    let figures = delivery::figures(&context, caller.actor(), &path.task_id).await?;
    Ok(Json(DeliveryFiguresView::from(figures)))
}

/// A package that is asked for. What is null is the profile's.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDelivery {
    /// `full`, or `incremental` for what changed since the package before with the same settings.
    #[schema(value_type = schema::DeliveryKind)]
    kind: DeliveryKind,
    /// The profile, as `list_delivery_profiles` names it.
    #[schema(max_length = 40, value_type = String, examples("student-number"))]
    profile: Text<40>,
    /// Into which folders the photos go; one where null.
    #[serde(default)]
    #[schema(value_type = Option<schema::DeliverySplit>)]
    split: Option<DeliverySplit>,
    /// How the characters of tables are written.
    #[serde(default)]
    #[schema(value_type = Option<schema::DeliveryCharset>)]
    charset: Option<DeliveryCharset>,
    /// The fewest kilobytes (1,024 bytes) of a photo.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 2048, examples(20))]
    min_kb: Option<u32>,
    /// The most kilobytes of a photo.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 2048, examples(40))]
    max_kb: Option<u32>,
    /// The most megabytes of a file: a larger package comes as several archives, each with its own tables. One file where null.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 4000, examples(200))]
    part_mb: Option<u32>,
    /// Whether the table comes as a DBF file in GBK besides; it does not where null.
    #[serde(default)]
    #[schema(examples(false))]
    has_dbf: Option<bool>,
    /// What stands under photos on sheets to print; name and student number where null.
    #[serde(default)]
    #[schema(value_type = Option<schema::PrintCaption>)]
    caption: Option<PrintCaption>,
}

/// Have a package of accepted photos made
///
/// It is made in the background; `get_delivery` tells how far it is.
#[utoipa::path(tag = "deliveries", operation_id = "create_delivery", params(TaskPath, IdempotencyKeyHeader), request_body = NewDelivery,
    security(("session" = []), ("integrator" = ["photos:deliver"])),
    responses((status = 201, body = DeliveryView, description = "It is being made."),
        answers::StaffSession, answers::Missing, answers::Keyed, answers::Body, answers::State))]
#[post("/tasks/{task_id}/deliveries")]
async fn create_delivery(
    context: Data<Context>,
    caller: FreshPermitted<perm::TakeOverPhotos>,
    path: Path<TaskPath>,
    key: IdempotencyKey,
    body: Body<NewDelivery>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let wanted = WantedDelivery {
        kind: body.kind,
        settings: DeliverySettingsInput {
            profile: body.profile.to_string(),
            split: body.split,
            charset: body.charset,
            min_kb: body.min_kb,
            max_kb: body.max_kb,
            part_mb: body.part_mb,
            has_dbf: body.has_dbf,
            caption: body.caption,
        },
    };
    let (keyed, task) = (key.request(), &path.task_id);
    let made = delivery::create(&context, caller.actor(), &keyed, task, &wanted);
    let made = Box::pin(made).await?;
    Ok(shown(HttpResponse::Created(), &made, &request))
}

/// What came of a request about a package.
fn shown(
    builder: HttpResponseBuilder,
    done: &KeyedOutcome<Delivery>,
    request: &HttpRequest,
) -> HttpResponse {
    let mut answer = idempotency::mark(builder, done.is_replayed);
    answer.json(DeliveryView::new(&done.value, lang_of(request)))
}

/// List the packages of a task
#[utoipa::path(tag = "deliveries", operation_id = "list_deliveries", params(TaskPath, PageQuery), security(("session" = []), ("integrator" = ["photos:deliver"])),
    responses((status = 200, body = DeliveryList, description = "A page, newest first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/tasks/{task_id}/deliveries")]
async fn list_deliveries(
    context: Data<Context>,
    caller: Permitted<perm::TakeOverPhotos>,
    path: Path<TaskPath>,
    page: Paged<DeliveryId>,
    request: HttpRequest,
) -> Result<Json<DeliveryList>, Fault> {
    let lang = lang_of(&request);
    let found = delivery::list(&context, caller.actor(), &path.task_id, &page.0).await?;
    Ok(Json(DeliveryList::new(found, |one| {
        DeliveryView::new(&one, lang)
    })))
}

/// Read a package, also to follow its progress
#[utoipa::path(tag = "deliveries", operation_id = "get_delivery", params(DeliveryPath), security(("session" = []), ("integrator" = ["photos:deliver"])),
    responses((status = 200, body = DeliveryView, description = "The package."), answers::StaffReader, answers::Missing))]
#[get("/deliveries/{delivery_id}")]
async fn get_delivery(
    context: Data<Context>,
    caller: Permitted<perm::TakeOverPhotos>,
    path: Path<DeliveryPath>,
    request: HttpRequest,
) -> Result<Json<DeliveryView>, Fault> {
    let found = delivery::get(&context, caller.actor(), &path.delivery_id).await?;
    Ok(Json(DeliveryView::new(&found, lang_of(&request))))
}

/// Get a link to the file of a package
///
/// It is good for 15 minutes and for this package alone, without a session. That it was made, and each download, is noted in
/// the audit log.
#[utoipa::path(tag = "deliveries", operation_id = "create_delivery_link", params(DeliveryPath), security(("session" = []), ("integrator" = ["photos:deliver"])),
    responses((status = 201, body = DeliveryLinkView, description = "The link."),
        answers::StaffSession, answers::Missing, answers::State,
        (status = 410, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The file was deleted.")))]
#[post("/deliveries/{delivery_id}/link")]
async fn create_delivery_link(
    context: Data<Context>,
    caller: FreshPermitted<perm::TakeOverPhotos>,
    path: Path<DeliveryPath>,
) -> Result<HttpResponse, Fault> {
    let link = delivery::link(&context, caller.actor(), &path.delivery_id).await?;
    Ok(HttpResponse::Created().json(DeliveryLinkView::from(link)))
}

/// What a link says.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct LinkQuery {
    /// The token of `create_delivery_link`.
    #[param(max_length = 1000, example = "eyJ0eXAiOiJkZWxpdmVyeStqd3QifQ.e30.c2ln")]
    token: String,
    /// Which of the package's files; the first where nothing is said.
    #[param(minimum = 1, maximum = 999, example = 1)]
    part: Option<u16>,
}

/// Download a package with a link
///
/// The answer has its length, an `ETag`, and `Repr-Digest` with its SHA-256. `Range` gives some of it, `If-None-Match` nothing
/// where the client has it already. A package that was made in parts has several files.
#[utoipa::path(tag = "deliveries", operation_id = "download_delivery", params(DeliveryPath, LinkQuery),
    responses((status = 200, content_type = "application/zip", body = inline(Binary), description = "The package."),
        (status = 206, content_type = "application/zip", body = inline(Binary), description = "The part that `Range` names."),
        (status = 304, description = "The client has it already, as `If-None-Match` says."),
        answers::PublicReader, answers::Missing,
        (status = 410, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The link is wrong or has expired, or the file was deleted."),
        (status = 416, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The file has no such part; `Content-Range` has its length."),
        (status = 422, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The link has no token.")))]
#[get("/deliveries/{delivery_id}/file")]
async fn download_delivery(
    context: Data<Context>,
    path: Path<DeliveryPath>,
    query: Query<LinkQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let part = query.part.map_or(1, usize::from);
    let opened = delivery::open(&context, &path.delivery_id, &query.token, part);
    let file = Box::pin(opened).await?;
    if let Some(response) = download::not_modified(&request, &file.tag) {
        return Ok(response);
    }
    let digest = HEXLOWER_PERMISSIVE.decode(file.tag.as_bytes());
    let digest = BASE64.encode(&digest.unwrap_or_default());
    let sent = Download {
        media_type: "application/zip",
        tag: file.tag,
        content: file.content,
    };
    let mut response = download::send(&context, &request, &sent);
    if response.status().is_success() {
        let headers = response.headers_mut();
        if let Ok(name) = disposition(file.name).try_into_value() {
            headers.insert(CONTENT_DISPOSITION, name);
        }
        if let Ok(digest) = HeaderValue::try_from(format!("sha-256=:{digest}:")) {
            headers.insert(HeaderName::from_static("repr-digest"), digest);
        }
    }
    Ok(response)
}

fn disposition(name: String) -> ContentDisposition {
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name)],
    }
}

/// Say that the school has a package
///
/// Its photos are handed over in the background: they count as delivered, and their students read so.
#[utoipa::path(tag = "deliveries", operation_id = "acknowledge_delivery", params(DeliveryPath, IdempotencyKeyHeader), security(("session" = []), ("integrator" = ["photos:deliver"])),
    responses((status = 200, body = DeliveryView, description = "Acknowledged."),
        answers::StaffSession, answers::Keyed, answers::Missing, answers::State))]
#[post("/deliveries/{delivery_id}/acknowledge")]
async fn acknowledge_delivery(
    context: Data<Context>,
    caller: FreshPermitted<perm::TakeOverPhotos>,
    path: Path<DeliveryPath>,
    key: IdempotencyKey,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let (keyed, id) = (key.request(), &path.delivery_id);
    let done = delivery::acknowledge(&context, caller.actor(), &keyed, id).await?;
    Ok(shown(HttpResponse::Ok(), &done, &request))
}

/// End the making of a package
#[utoipa::path(tag = "deliveries", operation_id = "cancel_delivery", params(DeliveryPath), security(("session" = []), ("integrator" = ["photos:deliver"])),
    responses((status = 200, body = DeliveryView, description = "It is over."),
        answers::StaffSession, answers::Missing, answers::State))]
#[post("/deliveries/{delivery_id}/cancel")]
async fn cancel_delivery(
    context: Data<Context>,
    caller: Permitted<perm::TakeOverPhotos>,
    path: Path<DeliveryPath>,
    request: HttpRequest,
) -> Result<Json<DeliveryView>, Fault> {
    let ended = delivery::cancel(&context, caller.actor(), &path.delivery_id).await?;
    Ok(Json(DeliveryView::new(&ended, lang_of(&request))))
}
