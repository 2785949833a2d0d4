//! Access tokens for integrators: `/oauth/token`, `/oauth/revoke`, and what is published of them under `/.well-known`.

use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use actix_web::web::{Bytes, Data, Json, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use data_encoding::BASE64;
use domain::Scope;
use secrecy::ExposeSecret;
use serde::Serialize;
use service::Context;
use service::integrator::{self, ClientProof, OAuthError, TokenFailure, TokenRequest};
use utoipa::{IntoResponses, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::extract::{address_of, status_fault};
use crate::problem::{Fault, Problem};
use crate::schema;

/// The assertion that `private_key_jwt` is made of. Source: RFC 7523, 2.2.
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The only grant.
const CLIENT_CREDENTIALS: &str = "client_credentials";
/// The signatures of assertions that are taken.
const ALGORITHMS: [&str; 4] = ["RS256", "PS256", "ES256", "EdDSA"];

/// Mounts the operations below `/oauth`.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_token).service(revoke_token);
}

/// Mounts what is published below `/.well-known`.
pub(crate) fn well_known(config: &mut ServiceConfig<'_>) {
    config.service(get_oauth_metadata).service(get_jwks);
}

/// What a client sends for a token.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form to the API document")]
struct TokenForm {
    /// `client_credentials`.
    #[schema(max_length = 40, examples("client_credentials"))]
    grant_type: String,
    /// The scopes that are wanted, with spaces between; all that the client has where it is missing.
    #[schema(max_length = 500, examples("tasks:read photos:read"))]
    scope: Option<String>,
    /// With `private_key_jwt`: `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
    #[schema(
        max_length = 80,
        examples("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
    )]
    client_assertion_type: Option<String>,
    /// With `private_key_jwt`: the signed assertion. Its `iss` and `sub` are the client's id, its `aud` is the issuer alone, its
    /// `jti` works once, and it is good for ten minutes at most.
    #[schema(
        max_length = 8000,
        examples("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpbnQifQ.c2ln")
    )]
    client_assertion: Option<String>,
    /// The client's id, where an assertion is sent; it may be left out.
    #[schema(max_length = 40, examples("int_01k9b3m0v8f7wq2d5e6h4t1xyz"))]
    client_id: Option<String>,
}

/// What a client sends to end a token. It proves itself as for a new one.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form to the API document")]
struct RevocationForm {
    /// The access token.
    #[schema(
        min_length = 1,
        max_length = 8000,
        examples("eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJnIn0.c2ln")
    )]
    token: String,
    /// Not needed: there are access tokens only.
    #[schema(max_length = 40, examples("access_token"))]
    token_type_hint: Option<String>,
}

/// An access token.
#[derive(Serialize, ToSchema)]
struct TokenView {
    /// Send it as `Authorization: Bearer …`.
    #[schema(examples("eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.eyJpc3MiOiJnIn0.c2ln"))]
    access_token: String,
    /// `Bearer`.
    #[schema(examples("Bearer"))]
    token_type: String,
    /// For so many seconds it is good.
    #[schema(minimum = 1, examples(600))]
    expires_in: i64,
    /// What it allows.
    #[schema(examples("tasks:read photos:read"))]
    scope: String,
}

/// An error as RFC 6749, 5.2 wants it.
#[derive(Serialize, ToSchema)]
pub(crate) struct OAuthProblem {
    /// The word of the standard.
    #[schema(examples("invalid_client"))]
    error: String,
    /// What is wrong, for developers.
    #[schema(examples("The client does not have one of these scopes."))]
    error_description: String,
}

/// What both forms are refused with.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "read by the API document alone")]
enum OAuthRefusals {
    /// A mistake that RFC 6749 names.
    #[response(
        status = 400,
        description = "A mistake that RFC 6749, 5.2 names.",
        content_type = "application/json"
    )]
    Mistake(OAuthProblem),
    /// Not proven.
    #[response(
        status = 401,
        description = "The client did not prove itself (`invalid_client`).",
        content_type = "application/json"
    )]
    Client(OAuthProblem),
    /// Too slow.
    #[response(
        status = 408,
        description = "The body did not arrive in time.",
        content_type = "application/problem+json"
    )]
    TooSlow(Problem),
    /// Too large.
    #[response(
        status = 413,
        description = "The body is too large.",
        content_type = "application/problem+json"
    )]
    TooLarge(Problem),
    /// Ours.
    #[response(
        status = 500,
        description = "The fault is ours; `request_id` names it in our logs.",
        content_type = "application/problem+json"
    )]
    Broken(Problem),
    /// Busy.
    #[response(
        status = 503,
        description = "The database does not answer; `Retry-After` says when to try again.",
        content_type = "application/problem+json"
    )]
    Busy(Problem),
}

/// Get an access token
///
/// By client credentials (RFC 6749, 4.4): with HTTP Basic (`client_secret_basic`), or with a signed assertion
/// (`private_key_jwt`, RFC 7523). The token (RFC 9068) is good for ten minutes.
#[utoipa::path(tag = "oauth", operation_id = "create_token", security(("client" = [])),
    request_body(content = inline(TokenForm), content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = TokenView, description = "The token."), OAuthRefusals))]
#[post("/token")]
async fn create_token(
    context: Data<Context>,
    request: HttpRequest,
    body: Result<Bytes, Error>,
) -> Result<HttpResponse, Fault> {
    let form = Form::read(&request, body)?;
    let form = form.and_then(|form| form.grant().map(|()| form));
    let (form, header) = match form {
        Ok(form) => (form, BasicHeader::read(&request)),
        Err(error) => return Ok(refuse(error)),
    };
    let token = match header.proof(&form) {
        Ok(proof) => {
            let wanted = TokenRequest {
                proof,
                scope: form.value("scope"),
                address: address_of(&request),
            };
            Box::pin(integrator::issue(&context, wanted)).await
        }
        Err(error) => Err(error.into()),
    };
    answer(token, |token| {
        HttpResponse::Ok().json(TokenView {
            access_token: token.token.expose_secret().to_owned(),
            token_type: "Bearer".to_owned(),
            expires_in: token.expires_in_s,
            scope: Scope::join(&token.scopes),
        })
    })
}

/// Revoke an access token
///
/// RFC 7009. A text that is no token of this client is answered alike and changes nothing.
#[utoipa::path(tag = "oauth", operation_id = "revoke_token", security(("client" = [])),
    request_body(content = inline(RevocationForm), content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "It is good for nothing any more."), OAuthRefusals))]
#[post("/revoke")]
async fn revoke_token(
    context: Data<Context>,
    request: HttpRequest,
    body: Result<Bytes, Error>,
) -> Result<HttpResponse, Fault> {
    let (form, header) = match Form::read(&request, body)? {
        Ok(form) => (form, BasicHeader::read(&request)),
        Err(error) => return Ok(refuse(error)),
    };
    let done = match (header.proof(&form), form.value("token")) {
        (Ok(proof), Some(token)) => {
            let address = address_of(&request);
            Box::pin(integrator::revoke_token(&context, proof, address, token)).await
        }
        (Err(error), _) => Err(error.into()),
        (Ok(_), None) => Err(OAuthError::Request.into()),
    };
    answer(done, |()| HttpResponse::Ok().finish())
}

/// The answer of the standard, or a problem of ours.
fn answer<T>(
    done: Result<T, TokenFailure>,
    show: impl FnOnce(T) -> HttpResponse,
) -> Result<HttpResponse, Fault> {
    match done {
        Ok(done) => Ok(show(done)),
        Err(TokenFailure::OAuth(error)) => Ok(refuse(error)),
        Err(TokenFailure::Failure(failure)) => Err(failure.into()),
    }
}

fn refuse(error: OAuthError) -> HttpResponse {
    let mut response = if error == OAuthError::Client {
        let mut response = HttpResponse::Unauthorized();
        let challenge = HeaderValue::from_static(r#"Basic realm="gradphoto""#);
        response.insert_header((WWW_AUTHENTICATE, challenge));
        response
    } else {
        HttpResponse::BadRequest()
    };
    response.json(OAuthProblem {
        error: error.code().to_owned(),
        error_description: error.to_string(),
    })
}

/// A form, each of whose parameters stands there once. Parameters that are not known are ignored, as RFC 6749, 3.2 wants it.
struct Form(Vec<(String, String)>);

impl Form {
    fn read(
        request: &HttpRequest,
        body: Result<Bytes, Error>,
    ) -> Result<Result<Self, OAuthError>, Fault> {
        let body = body.map_err(|error| status_fault(error.as_response_error().status_code()))?;
        let media_type = request.headers().get(CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok());
        let is_form =
            media_type.is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"));
        let pairs = std::str::from_utf8(&body).ok().and_then(decoded);
        Ok(match pairs {
            Some(pairs) if is_form && are_single(&pairs) => Ok(Self(pairs)),
            Some(_) | None => Err(OAuthError::Request),
        })
    }

    /// A parameter; one without a value counts as missing. Source: RFC 6749, 3.2.
    fn value(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(one, _)| one == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    fn grant(&self) -> Result<(), OAuthError> {
        match self.value("grant_type") {
            Some(CLIENT_CREDENTIALS) => Ok(()),
            Some(_) => Err(OAuthError::Grant),
            None => Err(OAuthError::Request),
        }
    }
}

/// The pairs of a text in the form of a query.
fn decoded(text: &str) -> Option<Vec<(String, String)>> {
    let pairs = Query::<Vec<(String, String)>>::from_query(text);
    pairs.ok().map(Query::into_inner)
}

fn are_single(pairs: &[(String, String)]) -> bool {
    let mut names: Vec<_> = pairs.iter().map(|(name, _)| name).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    names.len() == all
}

/// What the header `Authorization` says of the client.
enum BasicHeader {
    Absent,
    Unreadable,
    Credentials { client_id: String, secret: String },
}

impl BasicHeader {
    fn read(request: &HttpRequest) -> Self {
        let Some(header) = request.headers().get(AUTHORIZATION) else {
            return Self::Absent;
        };
        let text = header.to_str().ok().and_then(|text| text.split_once(' '));
        let text = text.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"));
        let text = text.and_then(|(_, text)| BASE64.decode(text.trim().as_bytes()).ok());
        let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
        // Both are encoded as in a form before they are joined. Source: RFC 6749, 2.3.1.
        let pair = text.and_then(|text| {
            let (client_id, secret) = text.split_once(':')?;
            Some((form_value(client_id)?, form_value(secret)?))
        });
        match pair {
            Some((client_id, secret)) => Self::Credentials { client_id, secret },
            None => Self::Unreadable,
        }
    }

    /// How the client proves itself, by this header or by its form; in two ways at once is a mistake.
    fn proof<'a>(&'a self, form: &'a Form) -> Result<ClientProof<'a>, OAuthError> {
        let named = form.value("client_id");
        let kind = form.value("client_assertion_type");
        match (self, kind, form.value("client_assertion")) {
            (Self::Credentials { client_id, secret }, None, None)
                if named.is_none_or(|named| named == client_id) =>
            {
                Ok(ClientProof::Secret { client_id, secret })
            }
            (Self::Absent, Some(JWT_BEARER), Some(assertion)) => Ok(ClientProof::Assertion {
                client_id: named,
                assertion,
            }),
            (Self::Absent | Self::Unreadable, None, None) => Err(OAuthError::Client),
            (Self::Absent | Self::Unreadable | Self::Credentials { .. }, _, _) => {
                Err(OAuthError::Request)
            }
        }
    }
}

/// A value that is encoded as in a form.
fn form_value(text: &str) -> Option<String> {
    let mut pairs = decoded(&format!("value={text}"))?;
    (pairs.len() == 1).then(|| pairs.swap_remove(0).1)
}

/// What a client needs to know of the authorization server.
#[derive(Serialize, ToSchema)]
struct OAuthMetadata {
    /// The issuer of tokens, and the only audience of assertions.
    #[schema(examples("https://gradphoto.example"))]
    issuer: String,
    /// Where tokens are given.
    #[schema(examples("https://gradphoto.example/oauth/token"))]
    token_endpoint: String,
    /// Where tokens are revoked.
    #[schema(examples("https://gradphoto.example/oauth/revoke"))]
    revocation_endpoint: String,
    /// Where the keys are that verify tokens.
    #[schema(examples("https://gradphoto.example/.well-known/jwks.json"))]
    jwks_uri: String,
    /// How a client proves itself.
    #[schema(examples("client_secret_basic"))]
    token_endpoint_auth_methods_supported: Vec<&'static str>,
    /// How an assertion may be signed.
    #[schema(examples("ES256"))]
    token_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    /// How a client proves itself to revoke a token.
    #[schema(examples("client_secret_basic"))]
    revocation_endpoint_auth_methods_supported: Vec<&'static str>,
    /// How an assertion for that may be signed.
    #[schema(examples("ES256"))]
    revocation_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    /// What a token is given for.
    #[schema(examples("client_credentials"))]
    grant_types_supported: Vec<&'static str>,
    /// Empty: nobody is sent to a page of ours.
    #[schema(examples("none"))]
    response_types_supported: Vec<&'static str>,
    /// What a token can allow.
    #[schema(examples("photos:read"))]
    scopes_supported: Vec<&'static str>,
    /// Where this API is described.
    #[schema(examples("https://gradphoto.example/api/docs"))]
    service_documentation: String,
}

/// Read what the authorization server can do
///
/// RFC 8414.
#[utoipa::path(tag = "oauth", operation_id = "get_oauth_metadata",
    responses((status = 200, body = OAuthMetadata, description = "The metadata.")))]
#[get("/oauth-authorization-server")]
async fn get_oauth_metadata(context: Data<Context>) -> Json<OAuthMetadata> {
    let issuer = &context.settings.public_origin;
    let methods = vec!["client_secret_basic", "private_key_jwt"];
    Json(OAuthMetadata {
        token_endpoint: format!("{issuer}/oauth/token"),
        revocation_endpoint: format!("{issuer}/oauth/revoke"),
        jwks_uri: format!("{issuer}/.well-known/jwks.json"),
        token_endpoint_auth_methods_supported: methods.clone(),
        token_endpoint_auth_signing_alg_values_supported: ALGORITHMS.to_vec(),
        revocation_endpoint_auth_methods_supported: methods,
        revocation_endpoint_auth_signing_alg_values_supported: ALGORITHMS.to_vec(),
        grant_types_supported: vec![CLIENT_CREDENTIALS],
        response_types_supported: Vec::new(),
        scopes_supported: Scope::ALL.iter().map(|scope| scope.as_str()).collect(),
        service_documentation: format!("{issuer}/api/docs"),
        issuer: issuer.clone(),
    })
}

/// The keys that verify access tokens.
#[derive(Serialize, ToSchema)]
struct Jwks {
    /// JSON Web Keys (RFC 7517), the one in use first.
    #[schema(value_type = Vec<schema::JsonWebKey>)]
    keys: Vec<serde_json::Value>,
}

/// Read the keys that verify access tokens
#[utoipa::path(tag = "oauth", operation_id = "get_jwks",
    responses((status = 200, body = Jwks, description = "The public keys.")))]
#[get("/jwks.json")]
async fn get_jwks(context: Data<Context>) -> Json<Jwks> {
    Json(Jwks {
        keys: integrator::published_keys(&context),
    })
}
