//! What handlers for staff ask for in their signature: a permission, and where it is needed a fresh second factor.

use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use domain::access::{Actor, Reach, RequiredPermission};
use futures_util::future::LocalBoxFuture;
use service::staff::SignedIn;
use service::{Context, Failure};

use crate::bearer;
use crate::extract::Student;
use crate::problem::Fault;

/// A member of staff who has a permission, such as `Staff<perm::ManageRosters>`. Their session is complete, and a changing
/// request comes from our own pages.
#[derive(Debug, Clone)]
pub(crate) struct Staff<P> {
    signed_in: SignedIn,
    reach: Reach,
    permission: PhantomData<P>,
}

impl<P> Staff<P> {
    /// Who acts, for the use case and the audit log.
    pub(crate) fn actor(&self) -> &Actor {
        &self.signed_in.actor
    }

    /// The schools for which they have the permission.
    pub(crate) fn reach(&self) -> &Reach {
        &self.reach
    }
}

impl<P: RequiredPermission> FromRequest for Staff<P> {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let signed_in = signed_in(request, payload);
        Box::pin(async move {
            let signed_in = signed_in.await?;
            let reach = signed_in.actor.require(P::PERMISSION);
            let reach = reach.map_err(|refused| Fault(Failure::from(refused)))?;
            Ok(Self {
                signed_in,
                reach,
                permission: PhantomData,
            })
        })
    }
}

/// As [`Staff`], where the second factor was confirmed in the last minutes: for exports, refunds, whole document numbers,
/// changes of staff, and keys.
#[derive(Debug, Clone)]
pub(crate) struct FreshStaff<P>(Staff<P>);

impl<P> FreshStaff<P> {
    /// Who acts, for the use case and the audit log.
    pub(crate) fn actor(&self) -> &Actor {
        self.0.actor()
    }

    /// The schools for which they have the permission.
    pub(crate) fn reach(&self) -> &Reach {
        self.0.reach()
    }
}

impl<P: RequiredPermission> FromRequest for FreshStaff<P> {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let now = context(request).map(|context| context.now());
        let staff = Staff::from_request(request, payload);
        Box::pin(async move {
            let staff = staff.await?;
            staff.signed_in.require_fresh(now?)?;
            Ok(Self(staff))
        })
    }
}

/// Somebody who has a permission: a member of staff by a role, as [`Staff`], or an integrator by the scope that gives it. A
/// request with an access token speaks for its integrator alone, whatever cookies come with it.
#[derive(Debug, Clone)]
pub(crate) struct Permitted<P> {
    actor: Actor,
    reach: Reach,
    permission: PhantomData<P>,
}

impl<P> Permitted<P> {
    /// Who acts, for the use case and the audit log.
    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The schools for which they have the permission.
    pub(crate) fn reach(&self) -> &Reach {
        &self.reach
    }
}

impl<P: RequiredPermission> FromRequest for Permitted<P> {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let actor = AnyPermitted::from_request(request, payload);
        Box::pin(async move {
            let AnyPermitted(actor) = actor.await?;
            let reach = actor.require(P::PERMISSION);
            let reach = reach.map_err(|refused| Fault(Failure::from(refused)))?;
            Ok(Self {
                actor,
                reach,
                permission: PhantomData,
            })
        })
    }
}

/// As [`Permitted`], where a member of staff must have confirmed their second factor in the last minutes. An integrator has
/// none: its credential is what protects it.
#[derive(Debug, Clone)]
pub(crate) struct FreshPermitted<P> {
    actor: Actor,
    permission: PhantomData<P>,
}

impl<P> FreshPermitted<P> {
    /// Who acts, for the use case and the audit log.
    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }
}

impl<P: RequiredPermission> FromRequest for FreshPermitted<P> {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let context = context(request);
        let staff = FreshStaff::<P>::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let actor = match bearer::integrator(&request, &*context?).await? {
                Some(integrator) => {
                    let allowed = integrator.require(P::PERMISSION);
                    allowed.map_err(|refused| Fault(Failure::from(refused)))?;
                    integrator
                }
                None => staff.await?.actor().clone(),
            };
            Ok(Self {
                actor,
                permission: PhantomData,
            })
        })
    }
}

/// A member of staff or an integrator, whatever their roles or scopes allow.
#[derive(Debug, Clone)]
pub(crate) struct AnyPermitted(pub(crate) Actor);

impl FromRequest for AnyPermitted {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let context = context(request);
        let staff = signed_in(request, payload);
        let request = request.clone();
        Box::pin(async move {
            match bearer::integrator(&request, &*context?).await? {
                Some(integrator) => Ok(Self(integrator)),
                None => Ok(Self(staff.await?.actor)),
            }
        })
    }
}

/// A member of staff whose session is complete, whatever their roles allow.
#[derive(Debug, Clone)]
pub(crate) struct AnyStaff(pub(crate) SignedIn);

impl FromRequest for AnyStaff {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let signed_in = signed_in(request, payload);
        Box::pin(async move { Ok(Self(signed_in.await?)) })
    }
}

/// A member of staff whose session is complete and whose second factor was confirmed in the last minutes, whatever their roles
/// allow.
#[derive(Debug, Clone)]
pub(crate) struct AnyFreshStaff(pub(crate) SignedIn);

impl FromRequest for AnyFreshStaff {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let now = context(request).map(|context| context.now());
        let signed_in = signed_in(request, payload);
        Box::pin(async move {
            let signed_in = signed_in.await?;
            signed_in.require_fresh(now?)?;
            Ok(Self(signed_in))
        })
    }
}

fn context(request: &HttpRequest) -> Result<Data<Context>, Fault> {
    let context = request.app_data::<Data<Context>>();
    context
        .cloned()
        .ok_or(Fault(Failure::Fault("no context is mounted")))
}

fn signed_in(
    request: &HttpRequest,
    payload: &mut Payload,
) -> LocalBoxFuture<'static, Result<SignedIn, Fault>> {
    let context = context(request);
    let student = Student::from_request(request, payload);
    Box::pin(async move {
        let (context, student) = (context?, student.await?);
        Ok(service::staff::sign_in(&context, &student).await?)
    })
}
