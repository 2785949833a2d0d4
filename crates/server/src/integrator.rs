//! Integrators and their credentials, for officers and operators: `/schools/{school_id}/integrators`, `/integrators`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::{DateTime, Utc};
use domain::IntegratorId;
use domain::access::perm;
use domain::integrator::{CREDENTIAL_DAYS, IntegratorCredential};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use service::Context;
use service::integrator::{
    self, IntegratorChange, IntegratorDraft, NewCredential, NewProof, ShownIntegrator,
};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::SchoolPath;
use crate::permitted::{FreshStaff, Staff};
use crate::problem::Fault;
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_school_integrators)
        .service(create_school_integrator)
        .service(list_platform_integrators)
        .service(create_platform_integrator)
        .service(get_integrator)
        .service(update_integrator)
        .service(revoke_integrator)
        .service(create_integrator_credential)
        .service(revoke_integrator_credential);
}

/// An integrator in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct IntegratorPath {
    /// The integrator.
    #[param(value_type = schema::IntegratorId, inline)]
    integrator_id: String,
}

/// A credential in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct CredentialPath {
    /// The integrator.
    #[param(value_type = schema::IntegratorId, inline)]
    integrator_id: String,
    /// The credential.
    #[param(value_type = schema::IntegratorCredentialId, inline)]
    credential_id: String,
}

/// A secret or a public key of an integrator.
#[derive(Debug, Serialize, ToSchema)]
struct CredentialView {
    /// The credential.
    #[schema(value_type = schema::IntegratorCredentialId)]
    id: String,
    /// `secret` or `public_key`.
    #[schema(value_type = schema::ProofKind)]
    kind: String,
    /// How the secret begins, or the `kid` of the key.
    #[schema(examples("gpk_live_Ab3d…"))]
    label: String,
    /// `active`, `expired` or `revoked`.
    #[schema(value_type = schema::CredentialState)]
    state: String,
    /// When it was made.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// Until when it is good.
    #[schema(examples("2027-04-20T08:00:00Z"))]
    expires_at: DateTime<Utc>,
    /// When it last brought a token; null where it never did.
    #[schema(required = true, examples("2026-04-21T02:00:00Z"))]
    last_used_at: Option<DateTime<Utc>>,
}

impl CredentialView {
    fn new(credential: &IntegratorCredential, now: DateTime<Utc>) -> Self {
        Self {
            id: credential.id.to_string(),
            kind: credential.proof.kind().as_str().to_owned(),
            label: credential.label.clone(),
            state: credential.state(now).as_str().to_owned(),
            created_at: credential.created_at,
            expires_at: credential.expires_at,
            last_used_at: credential.last_used_at,
        }
    }
}

/// An integrator.
#[derive(Debug, Serialize, ToSchema)]
struct IntegratorView {
    /// Its id, which is its `client_id`.
    #[schema(value_type = schema::IntegratorId)]
    id: String,
    /// The school whose officers manage it; null for one that operators manage.
    #[schema(required = true, value_type = Option<schema::SchoolId>)]
    school_id: Option<String>,
    /// How people call it.
    #[schema(examples("教务系统"))]
    name: String,
    /// What it may do.
    #[schema(value_type = Vec<schema::Scope>)]
    scopes: Vec<String>,
    /// In which schools.
    #[schema(value_type = Vec<schema::SchoolId>)]
    school_ids: Vec<String>,
    /// From which networks it is accepted; from any where there is none.
    #[schema(value_type = Vec<schema::Network>)]
    networks: Vec<String>,
    /// Its credentials, the newest first.
    credentials: Vec<CredentialView>,
    /// When it was made.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// When it was shut off; null while it is not.
    #[schema(required = true, examples("2026-05-20T08:00:00Z"))]
    revoked_at: Option<DateTime<Utc>>,
    /// Changes with every change; send it back with a change.
    #[schema(minimum = 1, examples(1))]
    version: i32,
}

impl IntegratorView {
    fn new(shown: ShownIntegrator, now: DateTime<Utc>) -> Self {
        let integrator = shown.integrator;
        let credentials = shown.credentials.iter();
        Self {
            id: integrator.id.to_string(),
            school_id: integrator.school_id.map(|school| school.to_string()),
            name: integrator.name,
            scopes: integrator.scopes.iter().map(ToString::to_string).collect(),
            school_ids: integrator
                .school_ids
                .iter()
                .map(ToString::to_string)
                .collect(),
            networks: integrator
                .networks
                .iter()
                .map(ToString::to_string)
                .collect(),
            credentials: credentials
                .map(|one| CredentialView::new(one, now))
                .collect(),
            created_at: integrator.created_at,
            revoked_at: integrator.revoked_at,
            version: integrator.version,
        }
    }
}

pages! {
    /// A page of integrators, the newest first.
    IntegratorList of IntegratorView;
}

/// An integrator that is to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewIntegrator {
    /// How people call it.
    #[schema(min_length = 1, max_length = 60, value_type = String, examples("教务系统"))]
    name: Text<200>,
    /// What it may do; at least one.
    #[schema(min_items = 1, max_items = 20, value_type = Vec<schema::Scope>)]
    scopes: Vec<Text<40>>,
    /// From which networks it is accepted; from any where there is none.
    #[serde(default)]
    #[schema(max_items = 20, value_type = Vec<schema::Network>)]
    networks: Vec<Text<50>>,
    /// In which schools, for one of the platform; one of a school has that school.
    #[serde(default)]
    #[schema(max_items = 100, value_type = Vec<schema::SchoolId>)]
    school_ids: Vec<Text<40>>,
}

fn owned<const MAX: usize>(texts: &[Text<MAX>]) -> Vec<String> {
    texts.iter().map(|text| text.to_string()).collect()
}

impl NewIntegrator {
    fn draft(&self) -> IntegratorDraft {
        IntegratorDraft {
            name: self.name.to_string(),
            scopes: owned(&self.scopes),
            networks: owned(&self.networks),
            school_ids: owned(&self.school_ids),
        }
    }
}

/// List the integrators of a school
#[utoipa::path(tag = "integrators", operation_id = "list_school_integrators", params(SchoolPath, PageQuery), security(("session" = [])),
    responses((status = 200, body = IntegratorList, description = "A page, the newest first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/schools/{school_id}/integrators")]
async fn list_school_integrators(
    context: Data<Context>,
    staff: Staff<perm::ManageIntegrators>,
    path: Path<SchoolPath>,
    page: Paged<IntegratorId>,
) -> Result<Json<IntegratorList>, Fault> {
    let school = Some(path.school_id.as_str());
    let list = integrator::list(&context, staff.actor(), school, &page.0).await?;
    let now = context.now();
    Ok(Json(IntegratorList::new(list, |one| {
        IntegratorView::new(one, now)
    })))
}

/// Make an integrator of a school
///
/// It has no credential yet. Needs a fresh second factor.
#[utoipa::path(tag = "integrators", operation_id = "create_school_integrator", params(SchoolPath), request_body = NewIntegrator,
    security(("session" = [])),
    responses((status = 201, body = IntegratorView, description = "The integrator."),
        answers::StaffSession, answers::Body, answers::Missing))]
#[post("/schools/{school_id}/integrators")]
async fn create_school_integrator(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageIntegrators>,
    path: Path<SchoolPath>,
    body: Body<NewIntegrator>,
) -> Result<HttpResponse, Fault> {
    let school = Some(path.school_id.as_str());
    let made = integrator::create(&context, staff.actor(), school, body.draft()).await?;
    Ok(HttpResponse::Created().json(IntegratorView::new(made, context.now())))
}

/// List the integrators that serve several schools
///
/// Those that operators manage.
#[utoipa::path(tag = "integrators", operation_id = "list_platform_integrators", params(PageQuery), security(("session" = [])),
    responses((status = 200, body = IntegratorList, description = "A page, the newest first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/integrators")]
async fn list_platform_integrators(
    context: Data<Context>,
    staff: Staff<perm::ManageIntegrators>,
    page: Paged<IntegratorId>,
) -> Result<Json<IntegratorList>, Fault> {
    let list = integrator::list(&context, staff.actor(), None, &page.0).await?;
    let now = context.now();
    Ok(Json(IntegratorList::new(list, |one| {
        IntegratorView::new(one, now)
    })))
}

/// Make an integrator that serves several schools
///
/// For operators. Needs a fresh second factor.
#[utoipa::path(tag = "integrators", operation_id = "create_platform_integrator", request_body = NewIntegrator, security(("session" = [])),
    responses((status = 201, body = IntegratorView, description = "The integrator."),
        answers::StaffSession, answers::Body, answers::Missing))]
#[post("/integrators")]
async fn create_platform_integrator(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageIntegrators>,
    body: Body<NewIntegrator>,
) -> Result<HttpResponse, Fault> {
    let made = integrator::create(&context, staff.actor(), None, body.draft()).await?;
    Ok(HttpResponse::Created().json(IntegratorView::new(made, context.now())))
}

/// Read an integrator
#[utoipa::path(tag = "integrators", operation_id = "get_integrator", params(IntegratorPath), security(("session" = [])),
    responses((status = 200, body = IntegratorView, description = "The integrator."), answers::StaffReader, answers::Missing))]
#[get("/integrators/{integrator_id}")]
async fn get_integrator(
    context: Data<Context>,
    staff: Staff<perm::ManageIntegrators>,
    path: Path<IntegratorPath>,
) -> Result<Json<IntegratorView>, Fault> {
    let shown = integrator::get(&context, staff.actor(), &path.integrator_id).await?;
    Ok(Json(IntegratorView::new(shown, context.now())))
}

/// What an integrator is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IntegratorChangeInput {
    /// All that people write of it.
    integrator: NewIntegrator,
    /// The version that was read.
    #[schema(minimum = 1, examples(1))]
    version: i32,
}

/// Change an integrator
///
/// Tokens that are out lose at once what it may not do any more. Needs a fresh second factor.
#[utoipa::path(tag = "integrators", operation_id = "update_integrator", params(IntegratorPath), request_body = IntegratorChangeInput,
    security(("session" = [])),
    responses((status = 200, body = IntegratorView, description = "Changed."),
        answers::StaffSession, answers::Body, answers::Missing, answers::State))]
#[patch("/integrators/{integrator_id}")]
async fn update_integrator(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageIntegrators>,
    path: Path<IntegratorPath>,
    body: Body<IntegratorChangeInput>,
) -> Result<Json<IntegratorView>, Fault> {
    let change = IntegratorChange {
        draft: body.integrator.draft(),
        version: body.version,
    };
    let id = &path.integrator_id;
    let shown = integrator::change(&context, staff.actor(), id, change).await?;
    Ok(Json(IntegratorView::new(shown, context.now())))
}

/// Shut an integrator off
///
/// For good: its tokens are good for nothing at once. Needs a fresh second factor.
#[utoipa::path(tag = "integrators", operation_id = "revoke_integrator", params(IntegratorPath), security(("session" = [])),
    responses((status = 200, body = IntegratorView, description = "Shut off, also where it was already."),
        answers::StaffSession, answers::Missing))]
#[post("/integrators/{integrator_id}/revoke")]
async fn revoke_integrator(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageIntegrators>,
    path: Path<IntegratorPath>,
) -> Result<Json<IntegratorView>, Fault> {
    let shown = integrator::revoke(&context, staff.actor(), &path.integrator_id).await?;
    Ok(Json(IntegratorView::new(shown, context.now())))
}

fn longest() -> i64 {
    CREDENTIAL_DAYS
}

/// A credential that is to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewIntegratorCredential {
    /// The public key, as a JSON Web Key with a `kid`: RSA of 2048 bits or more, EC P-256, or Ed25519. Where it is null, a
    /// secret is made.
    #[serde(default)]
    #[schema(value_type = Option<schema::JsonWebKey>)]
    public_key: Option<serde_json::Value>,
    /// For how many days it is good.
    #[serde(default = "longest")]
    #[schema(minimum = 1, maximum = 365, examples(365))]
    days: i64,
}

/// A credential that was made.
#[derive(Debug, Serialize, ToSchema)]
struct MadeCredentialView {
    /// What is kept of it.
    credential: CredentialView,
    /// The secret, which is shown this once; null for a public key.
    #[schema(
        required = true,
        examples("gpk_live_7hT0bJ2mXq4Vw9LkZr6NcPs3YdFg8AeRu1x0a1b2")
    )]
    secret: Option<String>,
}

/// Give an integrator a secret, or a public key
///
/// Two are good at the same time, so that a system can change over. A secret is shown this once. Needs a fresh second factor.
#[utoipa::path(tag = "integrators", operation_id = "create_integrator_credential", params(IntegratorPath),
    request_body = NewIntegratorCredential, security(("session" = [])),
    responses((status = 201, body = MadeCredentialView, description = "The credential."),
        answers::StaffSession, answers::Body, answers::Missing, answers::State))]
#[post("/integrators/{integrator_id}/credentials")]
async fn create_integrator_credential(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageIntegrators>,
    path: Path<IntegratorPath>,
    body: Body<NewIntegratorCredential>,
) -> Result<HttpResponse, Fault> {
    let body = body.into_inner();
    let new = NewCredential {
        proof: body
            .public_key
            .map_or(NewProof::Secret, NewProof::PublicKey),
        days: body.days,
    };
    let id = &path.integrator_id;
    let made = integrator::add_credential(&context, staff.actor(), id, new).await?;
    let secret = made.secret.as_ref();
    Ok(HttpResponse::Created().json(MadeCredentialView {
        credential: CredentialView::new(&made.credential, context.now()),
        secret: secret.map(|secret| secret.expose_secret().to_owned()),
    }))
}

/// Revoke a credential of an integrator
///
/// It brings no token any more; tokens that are out end within ten minutes. Needs a fresh second factor.
#[utoipa::path(tag = "integrators", operation_id = "revoke_integrator_credential", params(CredentialPath), security(("session" = [])),
    responses((status = 204, description = "Revoked, also where it was already."), answers::StaffSession, answers::Missing))]
#[delete("/integrators/{integrator_id}/credentials/{credential_id}")]
async fn revoke_integrator_credential(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageIntegrators>,
    path: Path<CredentialPath>,
) -> Result<HttpResponse, Fault> {
    let (id, credential) = (&path.integrator_id, &path.credential_id);
    integrator::revoke_credential(&context, staff.actor(), id, credential).await?;
    Ok(HttpResponse::NoContent().finish())
}
