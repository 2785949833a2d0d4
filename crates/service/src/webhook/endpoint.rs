//! Making and changing endpoints.

use domain::access::{Actor, NotPermitted, Permission, Reach};
use domain::audit::{AuditAction, AuditObject};
use domain::event::EventKind;
use domain::integrator::Integrator;
use domain::page::{Page, PageRequest};
use domain::webhook::{
    DESCRIPTION_MAX, ENDPOINTS_MAX, EndpointDisabledReason, EndpointReach, EndpointState,
    WebhookEndpoint,
};
use domain::{FieldError, ProblemCode, Refusal, SchoolId, Scope, WebhookEndpointId};
use secrecy::SecretString;
use store::Tx;
use store::audit::Audited;

use super::secret::{self, MadeSecret};
use crate::audit::{About, Deed, note};
use crate::idempotency::{Claim, KeyOwner, KeyedOutcome, KeyedRequest};
use crate::{Context, Failure};

/// What a person writes of an endpoint.
#[derive(Debug, Clone)]
pub struct EndpointDraft {
    /// The address.
    pub url: String,
    /// The types of events that it is told of; every type where there are none.
    pub kinds: Vec<EventKind>,
    /// What people call it.
    pub description: String,
}

/// An endpoint that is to be made.
#[derive(Debug, Clone)]
pub struct NewEndpoint {
    /// The school whose events it is told of; `None` for those of every school.
    pub school_id: Option<String>,
    /// What is written of it.
    pub draft: EndpointDraft,
}

/// Makes an endpoint. Returns it with its secret, which nobody can read again.
///
/// # Errors
/// Wrong fields; `school.unknown`; `webhook.too_many`.
pub async fn create(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    new: NewEndpoint,
) -> Result<KeyedOutcome<EndpointAndSecret>, Failure> {
    let claim = Claim::new(context, request, KeyOwner::Actor(actor));
    let made = claim.once(make(context, actor, &claim, new)).await?;
    shown(context, actor, made).await
}

/// An endpoint with a new secret of it.
#[derive(Debug, Clone)]
pub struct EndpointAndSecret {
    /// The endpoint.
    pub endpoint: WebhookEndpoint,
    /// The secret, which is shown to its maker alone.
    pub secret: SecretString,
}

/// What came of making a secret, as its maker is shown it.
pub(super) async fn shown(
    context: &Context,
    actor: &Actor,
    made: KeyedOutcome<MadeSecret>,
) -> Result<KeyedOutcome<EndpointAndSecret>, Failure> {
    let endpoint = get(context, actor, &made.value.endpoint_id.to_string()).await?;
    let secret = made.value.text(context).await?;
    Ok(made.with(EndpointAndSecret { endpoint, secret }))
}

async fn make(
    context: &Context,
    actor: &Actor,
    claim: &Claim<'_>,
    new: NewEndpoint,
) -> Result<MadeSecret, Failure> {
    let reach = reach_of(actor)?;
    let draft = checked(context, new.draft)?;
    let school_id = school_within(context, &reach.schools, new.school_id.as_deref()).await?;
    let now = context.now();
    let endpoint = WebhookEndpoint {
        id: context.new_id(WebhookEndpointId::new),
        school_id,
        url: draft.url,
        kinds: draft.kinds,
        description: draft.description,
        state: EndpointState::Active,
        disabled_reason: None,
        failing_since: None,
        failing_told_at: None,
        created_by: actor.account_id(),
        integrator_id: reach.integrator,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let kept = secret::new(context, endpoint.id).await?;
    let made = MadeSecret {
        endpoint_id: endpoint.id,
        secret_id: kept.id,
    };
    let tx = claim.begin().await?;
    if store::webhook::count_endpoints(&*tx, school_id).await? >= ENDPOINTS_MAX {
        return Err(Refusal::from(ProblemCode::WebhookTooMany)
            .with("max", ENDPOINTS_MAX)
            .into());
    }
    store::webhook::insert_endpoint(&tx, &endpoint).await?;
    store::webhook::insert_secret(&tx, kept).await?;
    let action = AuditAction::EndpointCreated;
    let audited = note_endpoint(context, &tx, actor, action, &endpoint).await?;
    tx.commit(audited, &made).await?;
    Ok(made)
}

/// Changes what is written of an endpoint.
///
/// # Errors
/// `webhook.unknown`, wrong fields, `request.version_conflict`.
pub async fn update(
    context: &Context,
    actor: &Actor,
    id: &str,
    draft: EndpointDraft,
    version: i32,
) -> Result<WebhookEndpoint, Failure> {
    let draft = checked(context, draft)?;
    let (tx, endpoint) = lock(context, actor, id).await?;
    if endpoint.version != version {
        return Err(ProblemCode::VersionConflict.into());
    }
    let changed = WebhookEndpoint {
        url: draft.url,
        kinds: draft.kinds,
        description: draft.description,
        ..endpoint
    };
    save(context, tx, actor, changed).await
}

/// Has an endpoint told of events, or not. What waited for one that is disabled is given up; it can be sent again later.
///
/// # Errors
/// `webhook.unknown`.
pub async fn set_state(
    context: &Context,
    actor: &Actor,
    id: &str,
    state: EndpointState,
) -> Result<WebhookEndpoint, Failure> {
    let (tx, mut endpoint) = lock(context, actor, id).await?;
    if endpoint.state == state {
        store::rollback(tx).await?;
        return Ok(endpoint);
    }
    match state {
        EndpointState::Active => endpoint.enable(),
        EndpointState::Disabled => {
            endpoint.disable(EndpointDisabledReason::Person);
            store::webhook::fail_waiting(&tx, endpoint.id, context.now()).await?;
        }
    }
    save(context, tx, actor, endpoint).await
}

/// Deletes an endpoint with its secrets, what waits for it, and its log. A try that is under way goes on and is kept nowhere.
///
/// # Errors
/// `webhook.unknown`.
pub async fn delete(context: &Context, actor: &Actor, id: &str) -> Result<(), Failure> {
    let (tx, endpoint) = lock(context, actor, id).await?;
    store::webhook::delete_endpoint(&tx, endpoint.id).await?;
    let action = AuditAction::EndpointDeleted;
    let audited = note_endpoint(context, &tx, actor, action, &endpoint).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Disables the endpoints of an integrator that is shut off, in the transaction that does it: nothing more is told to it.
pub(crate) async fn disable_of(
    context: &Context,
    tx: &Tx,
    integrator: &Integrator,
) -> Result<(), Failure> {
    let now = context.now();
    let may_go_on = |endpoint: &WebhookEndpoint| {
        let is_its_school = |school: SchoolId| integrator.school_ids.contains(&school);
        integrator.revoked_at.is_none()
            && integrator.scopes.contains(&Scope::ManageWebhooks)
            && endpoint.school_id.is_some_and(is_its_school)
    };
    for mut endpoint in store::webhook::lock_active_of(tx, integrator.id).await? {
        if may_go_on(&endpoint) {
            continue;
        }
        endpoint.disable(EndpointDisabledReason::Person);
        endpoint.version += 1;
        endpoint.updated_at = now;
        store::webhook::fail_waiting(tx, endpoint.id, now).await?;
        store::webhook::save_endpoint(tx, &endpoint).await?;
    }
    Ok(())
}

/// An endpoint within reach.
///
/// # Errors
/// `webhook.unknown`.
pub async fn get(context: &Context, actor: &Actor, id: &str) -> Result<WebhookEndpoint, Failure> {
    let reach = reach_of(actor)?;
    let id: WebhookEndpointId = id.parse().map_err(|_| ProblemCode::WebhookUnknown)?;
    let found = store::webhook::endpoint(context.store.reader(), &reach, id).await?;
    found.ok_or_else(|| ProblemCode::WebhookUnknown.into())
}

/// The endpoints within reach, of one school or of all, the newest first.
///
/// # Errors
/// `school.unknown` for a school out of reach.
pub async fn list(
    context: &Context,
    actor: &Actor,
    school_id: Option<&str>,
    page: &PageRequest<WebhookEndpointId>,
) -> Result<Page<WebhookEndpoint>, Failure> {
    let mut reach = reach_of(actor)?;
    if let Some(id) = school_id {
        let school: Option<SchoolId> = id.parse().ok();
        let school = school.filter(|school| reach.schools.includes(*school));
        reach.schools = Reach::Schools(vec![school.ok_or(ProblemCode::SchoolUnknown)?]);
    }
    Ok(store::webhook::endpoints(context.store.reader(), &reach, page).await?)
}

/// The id of an endpoint that the actor manages.
pub(super) async fn find(
    context: &Context,
    actor: &Actor,
    id: &str,
) -> Result<WebhookEndpointId, Failure> {
    Ok(get(context, actor, id).await?.id)
}

/// The endpoints that an actor manages: a member of staff those of their schools, an integrator those that it made there.
pub(crate) fn reach_of(actor: &Actor) -> Result<EndpointReach, NotPermitted> {
    Ok(EndpointReach {
        schools: actor.require(Permission::ManageWebhooks)?,
        integrator: match actor {
            Actor::Integrator(client) => Some(client.id),
            Actor::Student(_)
            | Actor::Visitor
            | Actor::Staff { .. }
            | Actor::CommandLine(_)
            | Actor::BackgroundJob => None,
        },
    })
}

/// An endpoint that the actor manages, locked.
pub(super) async fn lock(
    context: &Context,
    actor: &Actor,
    id: &str,
) -> Result<(Tx, WebhookEndpoint), Failure> {
    let id: WebhookEndpointId = id.parse().map_err(|_| ProblemCode::WebhookUnknown)?;
    let tx = context.store.begin().await?;
    let found = lock_in(&tx, actor, id).await?;
    Ok((tx, found))
}

/// As [`lock`], in a transaction that has begun.
pub(super) async fn lock_in(
    tx: &Tx,
    actor: &Actor,
    id: WebhookEndpointId,
) -> Result<WebhookEndpoint, Failure> {
    let found = store::webhook::lock_endpoint(tx, &reach_of(actor)?, id).await?;
    found.ok_or_else(|| ProblemCode::WebhookUnknown.into())
}

/// Notes what an actor did with an endpoint.
pub(super) async fn note_endpoint(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    action: AuditAction,
    endpoint: &WebhookEndpoint,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::WebhookEndpoint,
        object_id: endpoint.id.0,
        school_id: endpoint.school_id,
    };
    note(context, tx, actor, deed, About::default()).await
}

async fn save(
    context: &Context,
    tx: Tx,
    actor: &Actor,
    endpoint: WebhookEndpoint,
) -> Result<WebhookEndpoint, Failure> {
    let changed = WebhookEndpoint {
        version: endpoint.version + 1,
        updated_at: context.now(),
        ..endpoint
    };
    store::webhook::save_endpoint(&tx, &changed).await?;
    let action = AuditAction::EndpointChanged;
    let audited = note_endpoint(context, &tx, actor, action, &changed).await?;
    store::commit(tx, audited).await?;
    Ok(changed)
}

fn checked(context: &Context, draft: EndpointDraft) -> Result<EndpointDraft, Refusal> {
    let mut errors = Vec::new();
    let url = draft.url.trim().to_owned();
    if context.webhooks.check_url(&url).is_err() {
        errors.push(FieldError::new("/url", ProblemCode::WebhookUrl));
    }
    let description = draft.description.trim().replace('\0', "");
    if description.chars().count() > DESCRIPTION_MAX {
        let error = FieldError::new("/description", ProblemCode::WebhookDescription);
        errors.push(error.with("max", DESCRIPTION_MAX));
    }
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    let mut kinds = draft.kinds;
    kinds.sort_unstable();
    kinds.dedup();
    Ok(EndpointDraft {
        url,
        kinds,
        description,
    })
}

/// The school of a new endpoint; none for every school, where the actor reaches every school.
async fn school_within(
    context: &Context,
    reach: &Reach,
    id: Option<&str>,
) -> Result<Option<SchoolId>, Failure> {
    let Some(id) = id else {
        return match reach {
            Reach::AllSchools => Ok(None),
            Reach::Schools(_) => {
                let field = FieldError::new("/school_id", ProblemCode::WebhookSchool);
                Err(Refusal::field(field).into())
            }
        };
    };
    let id: SchoolId = id.parse().map_err(|_| ProblemCode::SchoolUnknown)?;
    let found = store::school::within_reach(context.store.reader(), id, reach).await?;
    let school = found.ok_or(ProblemCode::SchoolUnknown)?;
    Ok(Some(school.id))
}
