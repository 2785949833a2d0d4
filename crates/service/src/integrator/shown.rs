//! Integrators with their credentials, as those see them who manage them.

use domain::IntegratorId;
use domain::integrator::{Integrator, IntegratorCredential};
use secrecy::SecretString;

use crate::{Context, Failure};

/// An integrator with its credentials.
#[derive(Debug, Clone)]
pub struct ShownIntegrator {
    /// The integrator.
    pub integrator: Integrator,
    /// Its credentials, the newest first.
    pub credentials: Vec<IntegratorCredential>,
}

/// A credential that was made.
#[derive(Debug, Clone)]
pub struct MadeCredential {
    /// What is kept of it.
    pub credential: IntegratorCredential,
    /// The secret itself, which is shown this once; `None` for a public key.
    pub secret: Option<SecretString>,
}

/// Integrators with their credentials, by two queries for all of them.
pub(super) async fn with_credentials(
    context: &Context,
    integrators: Vec<Integrator>,
) -> Result<Vec<ShownIntegrator>, Failure> {
    let ids: Vec<IntegratorId> = integrators.iter().map(|one| one.id).collect();
    let all = store::integrator::credentials(context.store.reader(), &ids).await?;
    let shown = integrators.into_iter().map(|integrator| {
        let own = all.iter().filter(|one| one.integrator_id == integrator.id);
        ShownIntegrator {
            credentials: own.cloned().collect(),
            integrator,
        }
    });
    Ok(shown.collect())
}

/// One integrator with its credentials.
pub(super) async fn shown(
    context: &Context,
    integrator: Integrator,
) -> Result<ShownIntegrator, Failure> {
    let shown = with_credentials(context, vec![integrator]).await?;
    let only = shown.into_iter().next();
    only.ok_or(Failure::Fault("an integrator is lost"))
}
