//! Links to packages: signed, for one package and a quarter of an hour, so that a download manager can use them without a
//! session.

use chrono::{DateTime, Utc};
use domain::access::{Actor, IntegratorClient, Reach};
use domain::audit::AuditAction;
use domain::delivery::{Delivery, LINK_LIFETIME, PACKAGE_KEPT};
use domain::{AccountId, DeliveryId, IntegratorId, ProblemCode, Refusal};
use serde::{Deserialize, Serialize};

use super::file::{key_of, object_name};
use super::manage::{get, note, wrong_state};
use crate::object::Content;
use crate::{Context, Failure};

/// The type of a link's token, which keeps it apart from an access token.
const TOKEN_TYPE: &str = "delivery+jwt";

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    delivery: DeliveryId,
    /// The member of staff who asked for it.
    account: Option<AccountId>,
    /// Or the integrator.
    integrator: Option<IntegratorId>,
    exp: i64,
}

impl Claims {
    /// Who asked for the link, to be noted; they need no permission any more.
    fn actor(&self, delivery: &Delivery) -> Option<Actor> {
        if let Some(account_id) = self.account {
            let grants = Vec::new();
            return Some(Actor::Staff { account_id, grants });
        }
        Some(Actor::Integrator(IntegratorClient {
            id: self.integrator?,
            school_ids: vec![delivery.school_id],
            scopes: Vec::new(),
        }))
    }
}

/// What downloads a package.
#[derive(Debug, Clone)]
pub struct DownloadLink {
    /// The package.
    pub delivery: Delivery,
    /// What stands in the link.
    pub token: String,
    /// Until when it can be used.
    pub expires_at: DateTime<Utc>,
}

/// Makes a link to a package.
///
/// # Errors
/// `delivery.unknown`; `delivery.state` where it is not made; `delivery.file_gone`.
pub async fn link(context: &Context, actor: &Actor, id: &str) -> Result<DownloadLink, Failure> {
    let delivery = get(context, actor, id).await?;
    require_file(context, &delivery).await?;
    let expires_at = context.now() + LINK_LIFETIME;
    let claims = Claims {
        delivery: delivery.id,
        account: actor.account_id(),
        integrator: match actor {
            Actor::Integrator(client) => Some(client.id),
            Actor::Student(_)
            | Actor::Visitor
            | Actor::Staff { .. }
            | Actor::CommandLine(_)
            | Actor::BackgroundJob => None,
        },
        exp: expires_at.timestamp(),
    };
    let token = context.tokens.sign_claims(TOKEN_TYPE, &claims)?;
    let tx = context.store.begin().await?;
    let audited = note(context, &tx, actor, &delivery, AuditAction::DeliveryLinked).await?;
    store::commit(tx, audited).await?;
    Ok(DownloadLink {
        delivery,
        token,
        expires_at,
    })
}

/// Requires that a package can be downloaded.
async fn require_file(context: &Context, delivery: &Delivery) -> Result<(), Failure> {
    if !delivery.state.is_made() {
        return Err(wrong_state(delivery).into());
    }
    let is_open = delivery.state.may_acknowledge();
    let on = context.store.reader();
    let is_outdated = is_open && store::delivery::has_erased_photo(on, delivery.id).await?;
    if is_outdated || !delivery.has_file() {
        return Err(gone().into());
    }
    Ok(())
}

fn gone() -> Refusal {
    Refusal::from(ProblemCode::DeliveryGone).with("days", PACKAGE_KEPT.num_days())
}

/// A part of the file of a package, opened.
#[derive(Debug)]
pub struct PackageFile {
    /// What tells its content from every other: its SHA-256 in hexadecimal digits.
    pub tag: String,
    /// The name under which it is saved.
    pub name: String,
    /// The content.
    pub content: Content,
}

/// Opens a part of the package of a link, the first being 1; each time is noted.
///
/// # Errors
/// `delivery.link_expired` for a link that is wrong, too old or of another package; `delivery.file_gone`;
/// `delivery.part_unknown`.
pub async fn open(
    context: &Context,
    id: &str,
    token: &str,
    part: usize,
) -> Result<PackageFile, Failure> {
    let minutes = LINK_LIFETIME.num_minutes();
    let refused = || Refusal::from(ProblemCode::DeliveryLink).with("minutes", minutes);
    let id: DeliveryId = id.parse().map_err(|_| refused())?;
    let on = context.store.reader();
    let found = store::delivery::get(on, &Reach::AllSchools, id).await?;
    let claims: Option<Claims> = context.tokens.verify_claims(TOKEN_TYPE, token);
    let now = context.now().timestamp();
    let claims = claims.filter(|claims| claims.delivery == id && now < claims.exp);
    let (delivery, claims) = found.zip(claims).ok_or_else(refused)?;
    require_file(context, &delivery).await?;
    let key = key_of(&delivery).ok_or_else(gone)?;
    let (range, found) = delivery
        .part(part)
        .ok_or(ProblemCode::DeliveryPartUnknown)?;
    let opened = Content::open(context, object_name(&delivery, &key)).await?;
    // A package is no part of a backup: after a restore it is made again.
    let opened = opened.ok_or_else(gone)?;
    let actor = claims.actor(&delivery).ok_or_else(refused)?;
    let tx = context.store.begin().await?;
    let action = AuditAction::DeliveryDownloaded;
    let audited = note(context, &tx, &actor, &delivery, action).await?;
    store::commit(tx, audited).await?;
    Ok(PackageFile {
        tag: found.sha256,
        name: delivery.part_name(part),
        content: opened.within(range),
    })
}
