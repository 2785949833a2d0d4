//! Making integrators, changing what they may do, and shutting them off.

use std::net::IpAddr;

use domain::access::{Actor, Permission, Reach};
use domain::audit::{AuditAction, AuditObject};
use domain::integrator::{Integrator, MOST_NETWORKS, MOST_SCHOOLS, NAME_LENGTH};
use domain::page::{Page, PageRequest};
use domain::staff::may_manage;
use domain::{FieldError, IntegratorId, ProblemCode, Refusal, SchoolId, Scope};
use ipnet::IpNet;
use store::Tx;
use store::audit::Audited;

use super::shown::{ShownIntegrator, shown, with_credentials};
use crate::audit::{self, About, Deed};
use crate::{Context, Failure, webhook};

/// What people write of an integrator.
#[derive(Debug, Clone, Default)]
pub struct IntegratorDraft {
    /// How people call it.
    pub name: String,
    /// The words of its scopes.
    pub scopes: Vec<String>,
    /// From which networks it is accepted, as typed; from any where there is none.
    pub networks: Vec<String>,
    /// The ids of its schools, for one that operators manage; one of a school has that school.
    pub school_ids: Vec<String>,
}

/// A change of an integrator.
#[derive(Debug, Clone)]
pub struct IntegratorChange {
    /// What it is to be.
    pub draft: IntegratorDraft,
    /// The version that was read.
    pub version: i32,
}

/// The integrators of a school, or with `None` those that operators manage, the newest first.
///
/// # Errors
/// `school.unknown` for a school out of reach, and for `None` where the actor does not reach every school.
pub async fn list(
    context: &Context,
    actor: &Actor,
    school: Option<&str>,
    page: &PageRequest<IntegratorId>,
) -> Result<Page<ShownIntegrator>, Failure> {
    let school = managed_school(context, actor, school).await?;
    let on = context.store.reader();
    let found = store::integrator::list(on, school, page).await?;
    Ok(Page {
        items: with_credentials(context, found.items).await?,
        next: found.next,
    })
}

/// An integrator.
///
/// # Errors
/// `integrator.unknown`, also for one out of reach.
pub async fn get(context: &Context, actor: &Actor, id: &str) -> Result<ShownIntegrator, Failure> {
    let reach = actor.require(Permission::ManageIntegrators)?;
    let found = store::integrator::managed(context.store.reader(), parse(id)?, &reach).await?;
    shown(context, found.ok_or(ProblemCode::IntegratorUnknown)?).await
}

/// Makes an integrator of a school, or with `None` one of several schools that operators manage.
///
/// # Errors
/// As [`list`]; wrong fields.
pub async fn create(
    context: &Context,
    actor: &Actor,
    school: Option<&str>,
    draft: IntegratorDraft,
) -> Result<ShownIntegrator, Failure> {
    let school_id = managed_school(context, actor, school).await?;
    let written = read(context, school_id, draft).await?;
    let integrator = Integrator {
        id: context.new_id(IntegratorId::new),
        school_id,
        name: written.name,
        scopes: written.scopes,
        school_ids: written.school_ids,
        networks: written.networks,
        created_at: context.now(),
        revoked_at: None,
        version: 1,
    };
    let tx = context.store.begin().await?;
    store::integrator::insert(&tx, &integrator).await?;
    let action = AuditAction::IntegratorCreated;
    let audited = note(context, &tx, actor, &integrator, action).await?;
    store::commit(tx, audited).await?;
    shown(context, integrator).await
}

/// Changes name, scopes, networks and schools. Tokens that are out lose at once what it may not do any more, and its endpoints
/// of webhooks are disabled where it may not have them any more.
///
/// # Errors
/// `integrator.unknown`; `integrator.revoked`; `request.version_conflict`; wrong fields.
pub async fn change(
    context: &Context,
    actor: &Actor,
    id: &str,
    change: IntegratorChange,
) -> Result<ShownIntegrator, Failure> {
    let reach = actor.require(Permission::ManageIntegrators)?;
    let tx = context.store.begin().await?;
    let known = lock_active(&tx, &reach, id).await?;
    if known.version != change.version {
        return Err(ProblemCode::VersionConflict.into());
    }
    let written = read(context, known.school_id, change.draft).await?;
    let changed = Integrator {
        name: written.name,
        scopes: written.scopes,
        school_ids: written.school_ids,
        networks: written.networks,
        version: known.version + 1,
        ..known
    };
    store::integrator::save(&tx, &changed).await?;
    webhook::disable_of(context, &tx, &changed).await?;
    let action = AuditAction::IntegratorChanged;
    let audited = note(context, &tx, actor, &changed, action).await?;
    store::commit(tx, audited).await?;
    shown(context, changed).await
}

/// Shuts an integrator off for good; its tokens are good for nothing at once, and nothing more is told to its
/// endpoints of webhooks. Doing it again changes nothing.
///
/// # Errors
/// `integrator.unknown`.
pub async fn revoke(
    context: &Context,
    actor: &Actor,
    id: &str,
) -> Result<ShownIntegrator, Failure> {
    let reach = actor.require(Permission::ManageIntegrators)?;
    let tx = context.store.begin().await?;
    let known = store::integrator::lock(&tx, parse(id)?, &reach).await?;
    let known = known.ok_or(ProblemCode::IntegratorUnknown)?;
    if known.revoked_at.is_some() {
        store::rollback(tx).await?;
        return shown(context, known).await;
    }
    let ended = Integrator {
        revoked_at: Some(context.now()),
        version: known.version + 1,
        ..known
    };
    store::integrator::save(&tx, &ended).await?;
    webhook::disable_of(context, &tx, &ended).await?;
    let action = AuditAction::IntegratorRevoked;
    let audited = note(context, &tx, actor, &ended, action).await?;
    store::commit(tx, audited).await?;
    shown(context, ended).await
}

pub(super) fn parse(id: &str) -> Result<IntegratorId, Failure> {
    id.parse()
        .map_err(|_| ProblemCode::IntegratorUnknown.into())
}

/// An integrator within reach that was not shut off, locked.
pub(super) async fn lock_active(tx: &Tx, reach: &Reach, id: &str) -> Result<Integrator, Failure> {
    let found = store::integrator::lock(tx, parse(id)?, reach).await?;
    let found = found.ok_or(ProblemCode::IntegratorUnknown)?;
    if found.revoked_at.is_some() {
        return Err(ProblemCode::IntegratorRevoked.into());
    }
    Ok(found)
}

pub(super) async fn note(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    integrator: &Integrator,
    action: AuditAction,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::Integrator,
        object_id: integrator.id.0,
        school_id: integrator.school_id,
    };
    audit::note(context, tx, actor, deed, About::default()).await
}

async fn managed_school(
    context: &Context,
    actor: &Actor,
    school: Option<&str>,
) -> Result<Option<SchoolId>, Failure> {
    let reach = actor.require(Permission::ManageIntegrators)?;
    let unknown = ProblemCode::SchoolUnknown;
    let Some(id) = school else {
        return may_manage(&reach, None)
            .then_some(None)
            .ok_or_else(|| unknown.into());
    };
    let id: SchoolId = id.parse().map_err(|_| unknown)?;
    let found = store::school::within_reach(context.store.reader(), id, &reach).await?;
    Ok(Some(found.ok_or(unknown)?.id))
}

/// What was written, read.
struct Written {
    name: String,
    scopes: Vec<Scope>,
    school_ids: Vec<SchoolId>,
    networks: Vec<IpNet>,
}

async fn read(
    context: &Context,
    owner: Option<SchoolId>,
    draft: IntegratorDraft,
) -> Result<Written, Failure> {
    let mut errors = Vec::new();
    let name = draft.name.trim().to_owned();
    let is_line = !name.chars().any(char::is_control);
    if !is_line || !(1..=NAME_LENGTH).contains(&name.chars().count()) {
        let error = FieldError::new("/name", ProblemCode::IntegratorName);
        errors.push(error.with("max", NAME_LENGTH));
    }
    let scopes = Scope::split(&draft.scopes.join(" ")).filter(|scopes| !scopes.is_empty());
    if scopes.is_none() {
        let error = FieldError::new("/scopes", ProblemCode::IntegratorScopes);
        errors.push(error.with("expected", Scope::join(Scope::ALL).replace(' ', ", ")));
    }
    let networks = draft.networks.iter().map(|typed| network(typed));
    let networks = networks.collect::<Option<Vec<_>>>();
    let networks = networks.filter(|networks| networks.len() <= MOST_NETWORKS);
    if networks.is_none() {
        let error = FieldError::new("/networks", ProblemCode::IntegratorNetworks);
        errors.push(error.with("max", MOST_NETWORKS));
    }
    let school_ids = match owner {
        Some(owner) => Some(vec![owner]),
        None => known_schools(context, &draft.school_ids).await?,
    };
    if school_ids.is_none() {
        let error = FieldError::new("/school_ids", ProblemCode::IntegratorSchools);
        errors.push(error.with("max", MOST_SCHOOLS));
    }
    match (scopes, networks, school_ids) {
        (Some(scopes), Some(networks), Some(school_ids)) if errors.is_empty() => Ok(Written {
            name,
            scopes,
            school_ids,
            networks,
        }),
        _ => Err(Refusal::fields(errors).into()),
    }
}

/// An address or a network, as people write it.
fn network(typed: &str) -> Option<IpNet> {
    let typed = typed.trim();
    let address = typed.parse::<IpAddr>().ok().map(IpNet::from);
    address
        .or_else(|| typed.parse().ok())
        .map(|network| network.trunc())
}

/// The schools of these ids; `None` where there are too few, too many, or one that is not there.
async fn known_schools(
    context: &Context,
    typed: &[String],
) -> Result<Option<Vec<SchoolId>>, Failure> {
    let ids = typed.iter().map(|id| id.parse::<SchoolId>());
    let Ok(mut ids) = ids.collect::<Result<Vec<_>, _>>() else {
        return Ok(None);
    };
    ids.sort_unstable();
    ids.dedup();
    if !(1..=MOST_SCHOOLS).contains(&ids.len()) {
        return Ok(None);
    }
    let found = store::school::of_ids(context.store.reader(), &ids).await?;
    Ok((found.len() == ids.len()).then_some(ids))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::network;

    #[rstest]
    #[case::address("203.0.113.7", "203.0.113.7/32")]
    #[case::address_of_version_6("2001:db8::7", "2001:db8::7/128")]
    #[case::network("10.8.0.0/16", "10.8.0.0/16")]
    #[case::blanks_around(" 10.8.0.0/16\n", "10.8.0.0/16")]
    #[case::address_in_a_network("10.8.3.4/16", "10.8.0.0/16")]
    #[case::everything("0.0.0.0/0", "0.0.0.0/0")]
    fn a_network_is_read_as_people_write_it(#[case] typed: &str, #[case] expected: &str) {
        assert_eq!(network(typed).unwrap().to_string(), expected);
    }

    #[rstest]
    #[case::empty("")]
    #[case::name("campus.example.cn")]
    #[case::too_many_bits("10.8.0.0/33")]
    #[case::number_too_large("10.8.0.256")]
    #[case::three_numbers("10.8.0/24")]
    #[case::port("10.8.0.1:443")]
    fn what_is_no_network_is_not_read(#[case] typed: &str) {
        assert_eq!(network(typed), None);
    }
}
