//! Prints of a package's photos: printed, with the school, signed for. `/deliveries/{delivery_id}/prints`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, get, post};
use chrono::{DateTime, Utc};
use domain::DeliveryPhotoId;
use domain::access::perm;
use domain::delivery::PrintStep;
use serde::{Deserialize, Serialize};
use service::Context;
use service::delivery::{self, ListedPrint};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::view::{DeliveryPath, DeliveryView};
use crate::answers;
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::permitted::Permitted;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_prints)
        .service(move_prints)
        .service(sign_prints);
}

/// A print, and whose it is.
#[derive(Debug, Serialize, ToSchema)]
struct PrintView {
    /// The print.
    #[schema(value_type = schema::DeliveryPhotoId)]
    id: String,
    /// The student number.
    #[schema(required = true, examples("2210401001"))]
    student_no: Option<String>,
    /// The student's name.
    #[schema(examples("李华"))]
    name: String,
    /// The college.
    #[schema(required = true, examples("计算机学院"))]
    college: Option<String>,
    /// The class.
    #[schema(required = true, examples("计科一班"))]
    class_name: Option<String>,
    /// When the student signed for it; null until then.
    #[schema(required = true, examples("2026-05-22T08:00:00Z"))]
    signed_at: Option<DateTime<Utc>>,
}

impl From<ListedPrint> for PrintView {
    fn from(print: ListedPrint) -> Self {
        Self {
            id: print.id.to_string(),
            student_no: print.student_no,
            name: print.name,
            college: print.college,
            class_name: print.class_name,
            signed_at: print.signed_at,
        }
    }
}

pages! {
    /// A page of prints.
    PrintList of PrintView;
}

/// List the prints of a package, with who signed for theirs
#[utoipa::path(tag = "deliveries", operation_id = "list_prints", params(DeliveryPath, PageQuery), security(("session" = []), ("integrator" = ["photos:deliver"])),
    responses((status = 200, body = PrintList, description = "A page, the last of the package first."),
        answers::StaffReader, answers::Missing, answers::Page, answers::State))]
#[get("/deliveries/{delivery_id}/prints")]
async fn list_prints(
    context: Data<Context>,
    caller: Permitted<perm::TakeOverPhotos>,
    path: Path<DeliveryPath>,
    page: Paged<DeliveryPhotoId>,
) -> Result<Json<PrintList>, Fault> {
    let (actor, id) = (caller.actor(), &path.delivery_id);
    let found = delivery::list_prints(&context, actor, id, &page.0).await?;
    Ok(Json(PrintList::new(found, PrintView::from)))
}

/// What happened to the prints of a package.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PrintMove {
    /// `printed`, then `received`: the school has them.
    #[schema(value_type = schema::PrintStep)]
    step: PrintStep,
}

/// Say that the prints of a package were printed, or that the school has them
#[utoipa::path(tag = "deliveries", operation_id = "move_prints", params(DeliveryPath), request_body = PrintMove,
    security(("session" = []), ("integrator" = ["photos:deliver"])),
    responses((status = 200, body = DeliveryView, description = "The package."),
        answers::StaffSession, answers::Missing, answers::Body, answers::State))]
#[post("/deliveries/{delivery_id}/prints")]
async fn move_prints(
    context: Data<Context>,
    caller: Permitted<perm::TakeOverPhotos>,
    path: Path<DeliveryPath>,
    body: Body<PrintMove>,
    request: HttpRequest,
) -> Result<Json<DeliveryView>, Fault> {
    let (actor, id) = (caller.actor(), &path.delivery_id);
    let moved = delivery::move_prints(&context, actor, id, body.step).await?;
    Ok(Json(DeliveryView::new(&moved, lang_of(&request))))
}

/// Prints for which students signed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PrintSignatures {
    /// The prints, of `list_prints`.
    #[schema(value_type = Vec<schema::DeliveryPhotoId>, min_items = 1, max_items = 100)]
    print_ids: Vec<Text<40>>,
    /// Whether their students signed; false takes it back.
    #[schema(examples(true))]
    is_signed: bool,
}

/// Note that students signed for their prints, or that they did not after all
#[utoipa::path(tag = "deliveries", operation_id = "sign_prints", params(DeliveryPath), request_body = PrintSignatures,
    security(("session" = []), ("integrator" = ["photos:deliver"])),
    responses((status = 200, body = DeliveryView, description = "The package."),
        answers::StaffSession, answers::Missing, answers::Body, answers::State))]
#[post("/deliveries/{delivery_id}/prints/signatures")]
async fn sign_prints(
    context: Data<Context>,
    caller: Permitted<perm::TakeOverPhotos>,
    path: Path<DeliveryPath>,
    body: Body<PrintSignatures>,
    request: HttpRequest,
) -> Result<Json<DeliveryView>, Fault> {
    let (actor, id) = (caller.actor(), &path.delivery_id);
    let ids: Vec<String> = body.print_ids.iter().map(|id| id.to_string()).collect();
    let signed = delivery::sign_prints(&context, actor, id, &ids, body.is_signed).await?;
    Ok(Json(DeliveryView::new(&signed, lang_of(&request))))
}
