//! Access tokens of integrators: JWTs of ten minutes that carry client, scopes and schools. Source: RFC 9068.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use domain::access::{Actor, IntegratorClient};
use domain::audit::AuditExemption;
use domain::integrator::{CLOCK_SKEW, TOKEN_LIFETIME};
use domain::{IntegratorId, ProblemCode, SchoolId, Scope};
use providers::keys::sha256;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::prove::{ClientProof, OAuthError, Proven, TokenFailure, prove};
use crate::{Context, Failure};

/// The type of an access token. Source: RFC 9068, 2.1.
const TOKEN_TYPE: &str = "at+jwt";
/// What the API's own path is, behind the issuer: the audience of its tokens.
const API: &str = "/api/v1";

/// The claims of RFC 9068, 2.2, and the schools.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: IntegratorId,
    client_id: IntegratorId,
    jti: String,
    iat: i64,
    exp: i64,
    scope: String,
    school_ids: Vec<SchoolId>,
}

/// What a client asks for.
#[derive(Debug, Clone, Copy)]
pub struct TokenRequest<'a> {
    /// Who it is.
    pub proof: ClientProof<'a>,
    /// Which scopes it wants; all that it has where it does not say.
    pub scope: Option<&'a str>,
    /// From where it asks.
    pub address: IpAddr,
}

/// An access token.
#[derive(Debug, Clone)]
pub struct AccessToken {
    /// The token.
    pub token: SecretString,
    /// For so many seconds it is good.
    pub expires_in_s: i64,
    /// What it allows.
    pub scopes: Vec<Scope>,
}

/// Gives a client that proves itself an access token.
///
/// # Errors
/// [`OAuthError`]; `integrator.too_many_tries`.
pub async fn issue(
    context: &Context,
    request: TokenRequest<'_>,
) -> Result<AccessToken, TokenFailure> {
    let proven = prove(context, request.proof, request.address).await?;
    let scopes = proven.integrator.granted(request.scope);
    let scopes = scopes.ok_or(OAuthError::Scope)?;
    note_use(context, &proven).await?;
    let now = context.now();
    let integrator = proven.integrator;
    let claims = Claims {
        iss: context.settings.public_origin.clone(),
        aud: audience(context),
        sub: integrator.id,
        client_id: integrator.id,
        jti: BASE64URL_NOPAD.encode(&context.random_bytes::<16>()),
        iat: now.timestamp(),
        exp: (now + TOKEN_LIFETIME).timestamp(),
        scope: Scope::join(&scopes),
        school_ids: integrator.school_ids,
    };
    Ok(AccessToken {
        token: context.tokens.sign_claims(TOKEN_TYPE, &claims)?.into(),
        expires_in_s: TOKEN_LIFETIME.num_seconds(),
        scopes,
    })
}

fn audience(context: &Context) -> String {
    format!("{}{API}", context.settings.public_origin)
}

/// Notes when the credential was used; an assertion that was used before brings nothing.
async fn note_use(context: &Context, proven: &Proven) -> Result<(), TokenFailure> {
    let now = context.now();
    let tx = context.store.begin().await?;
    if let Some(assertion) = &proven.assertion {
        let hash = spent_hash("assertion", proven.integrator.id, &assertion.jti);
        let until = DateTime::from_timestamp(assertion.exp, 0).unwrap_or(now) + CLOCK_SKEW;
        if !store::integrator::spend_token(&tx, &hash, until, now).await? {
            store::rollback(tx).await?;
            return Err(OAuthError::Client.into());
        }
    }
    store::integrator::use_credential(&tx, &proven.credential, now).await?;
    store::commit(tx, AuditExemption::SessionRefresh).await?;
    Ok(())
}

fn spent_hash(kind: &str, client: IntegratorId, id: &str) -> [u8; 32] {
    sha256(format!("{kind}\n{client}\n{id}").as_bytes())
}

/// An access token whose signature and times are right; whether its client may still act is [`authenticate`]'s to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresentedToken {
    /// Whose it is.
    pub client: IntegratorId,
    scopes: Vec<Scope>,
    school_ids: Vec<SchoolId>,
    spent_hash: [u8; 32],
    expires_at: i64,
}

/// Reads an access token; `None` where it is none of ours, or its time is over.
pub fn read_token(context: &Context, token: &str) -> Option<PresentedToken> {
    let claims: Claims = context.tokens.verify_claims(TOKEN_TYPE, token)?;
    let now = context.now().timestamp();
    let is_good = claims.iss == context.settings.public_origin
        && claims.aud == audience(context)
        && claims.sub == claims.client_id
        && claims.iat <= now
        && now < claims.exp;
    // A scope that is gone since the token was made is not in force.
    let words = claims.scope.split(' ').filter_map(Scope::parse);
    is_good.then(|| PresentedToken {
        client: claims.client_id,
        scopes: words.collect(),
        school_ids: claims.school_ids,
        spent_hash: spent_hash("token", claims.client_id, &claims.jti),
        expires_at: claims.exp,
    })
}

/// Who acts by an access token: what the token allows, as far as its client may still do it.
///
/// # Errors
/// `integrator.token_invalid` where the token was revoked or its client was shut off; `integrator.address_refused`.
pub async fn authenticate(
    context: &Context,
    presented: &PresentedToken,
    address: IpAddr,
) -> Result<Actor, Failure> {
    let on = context.store.reader();
    let found = store::integrator::get(on, presented.client).await?;
    let found = found.filter(|one| one.revoked_at.is_none());
    let integrator = found.ok_or(ProblemCode::IntegratorToken)?;
    if store::integrator::is_spent(on, &presented.spent_hash).await? {
        return Err(ProblemCode::IntegratorToken.into());
    }
    if !integrator.accepts(address) {
        return Err(ProblemCode::IntegratorAddress.into());
    }
    let (mut scopes, mut school_ids) = (integrator.scopes, integrator.school_ids);
    scopes.retain(|scope| presented.scopes.contains(scope));
    school_ids.retain(|school| presented.school_ids.contains(school));
    Ok(Actor::Integrator(IntegratorClient {
        id: integrator.id,
        school_ids,
        scopes,
    }))
}

/// Revokes an access token of the client that proves itself. A text that is no token of its own changes nothing, as RFC 7009,
/// 2.2 wants it.
///
/// # Errors
/// As [`issue`].
pub async fn revoke_token(
    context: &Context,
    proof: ClientProof<'_>,
    address: IpAddr,
    token: &str,
) -> Result<(), TokenFailure> {
    let proven = prove(context, proof, address).await?;
    note_use(context, &proven).await?;
    let own = read_token(context, token).filter(|token| token.client == proven.integrator.id);
    let Some(token) = own else {
        return Ok(());
    };
    let now = context.now();
    let until = DateTime::<Utc>::from_timestamp(token.expires_at, 0).unwrap_or(now);
    let tx = context.store.begin().await?;
    store::integrator::spend_token(&tx, &token.spent_hash, until, now).await?;
    store::commit(tx, AuditExemption::Housekeeping).await?;
    Ok(())
}

/// The public keys by which anybody can verify our access tokens, as JSON Web Keys. Source: RFC 8037, 2.
pub fn published_keys(context: &Context) -> Vec<Value> {
    let keys = context.tokens.public_keys();
    let shown = keys.map(|(id, public)| {
        json!({
            "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": id,
            "x": BASE64URL_NOPAD.encode(public),
        })
    });
    shown.collect()
}
