//! Generated HTTP client for regular API requests
//!
//! This file contains the HTTP client implementation for GET, POST, etc.
//! Do not edit manually - regenerate using the appropriate script.
#![allow(clippy::format_in_format_args)]
#![allow(clippy::let_unit_value)]
use super::types::*;
use thiserror::Error;
/// The generated validation-problem profile based on RFC 9457.
/// The distinctive namespace avoids collisions with user schemas.
pub mod openapi_to_rust_problem {
    #[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
    pub struct ProblemDetails {
        #[serde(rename = "type")]
        pub type_uri: String,
        pub title: String,
        pub status: u16,
        pub code: String,
        #[serde(default)]
        pub errors: Vec<InvalidParameter>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub detail: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub instance: Option<String>,
    }
    #[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
    pub struct InvalidParameter {
        pub code: String,
        pub location: String,
        pub message: String,
    }
}
/// Transport-level errors: failures where no safely inspectable
/// HTTP response is available to the caller.
///
/// HTTP responses with non-2xx status codes are surfaced as
/// [`ApiError`] inside [`ApiOpError::Api`], not here, so callers can
/// always inspect status, headers, and the raw body when the server
/// actually responded.
#[derive(Error, Debug)]
pub enum HttpError {
    /// Network or connection error (from reqwest)
    #[error("Network error: {0}")]
    Network(#[from] reqwest::Error),
    /// Middleware error (from reqwest-middleware)
    #[error("Middleware error: {0}")]
    Middleware(#[from] reqwest_middleware::Error),
    /// Request serialization error
    #[error("Failed to serialize request: {0}")]
    Serialization(String),
    /// Authentication error
    #[error("Authentication error: {0}")]
    Auth(String),
    /// Request timeout
    #[error("Request timeout")]
    Timeout,
    /// A response body exceeded the configured in-memory limit
    #[error("Response body exceeded configured limit of {limit} bytes")]
    ResponseTooLarge { limit: usize },
    /// Invalid configuration
    #[error("Configuration error: {0}")]
    Config(String),
    /// Generic error
    #[error("{0}")]
    Other(String),
}
impl HttpError {
    /// Create a serialization error
    pub fn serialization_error(error: impl std::fmt::Display) -> Self {
        Self::Serialization(error.to_string())
    }
    /// Check if this transport error is retryable
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Network(_) | Self::Middleware(_) | Self::Timeout)
    }
}
/// Envelope returned for any HTTP response that we received but
/// couldn't (or didn't) treat as a successful typed result.
///
/// Includes both non-2xx responses and 2xx responses whose body
/// failed to deserialize into the expected success type. `status`,
/// `headers`, and `raw_body` preserve what the server actually sent,
/// while `body` is a convenient lossy UTF-8 rendering. `typed`
/// carries the parsed per-operation error variant
/// when the body matched a declared schema. Formatting the error
/// limits only the displayed body preview; the public fields
/// retain the complete response and parsing details.
#[derive(Debug, Clone)]
pub struct ApiError<E> {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: String,
    /// Exact response bytes before lossy UTF-8 conversion.
    pub raw_body: Vec<u8>,
    pub typed: Option<E>,
    pub parse_error: Option<String>,
}
const API_ERROR_BODY_DISPLAY_LIMIT: usize = 500;
const API_ERROR_BODY_TRUNCATION_MARKER: &str = "... [truncated]";
fn display_api_error_body(body: &str) -> std::borrow::Cow<'_, str> {
    let Some((end, _)) = body.char_indices().nth(API_ERROR_BODY_DISPLAY_LIMIT) else {
        return std::borrow::Cow::Borrowed(body);
    };
    let mut displayed = String::with_capacity(end + API_ERROR_BODY_TRUNCATION_MARKER.len());
    displayed.push_str(&body[..end]);
    displayed.push_str(API_ERROR_BODY_TRUNCATION_MARKER);
    std::borrow::Cow::Owned(displayed)
}
impl<E> ApiError<E> {
    pub fn is_client_error(&self) -> bool {
        (400..500).contains(&self.status)
    }
    pub fn is_server_error(&self) -> bool {
        (500..600).contains(&self.status)
    }
    /// Retry guidance for the response. Mirrors the previous
    /// HttpError logic for backwards-compatible retry middleware.
    pub fn is_retryable(&self) -> bool {
        matches!(self.status, 429 | 500 | 502 | 503 | 504)
    }
    /// Decode the generated RFC 9457 validation-problem profile
    /// without replacing a documented per-operation error in `typed`.
    ///
    /// Returns `None` unless the response's `Content-Type` is
    /// `application/problem+json`, which is how RFC 9457 identifies
    /// a problem document. Most third-party APIs return their
    /// errors as plain `application/json`, so this yields `None`
    /// against them by design — use `typed` for a documented
    /// per-operation error body, or `body` for the raw payload.
    /// Servers generated by this tool always emit the problem
    /// media type, so this succeeds against them.
    pub fn problem_details(&self) -> Option<openapi_to_rust_problem::ProblemDetails> {
        let content_type = self
            .headers
            .get(reqwest::header::CONTENT_TYPE)?
            .to_str()
            .ok()?;
        let media_type = content_type.split(';').next()?.trim();
        if !media_type.eq_ignore_ascii_case("application/problem+json") {
            return None;
        }
        serde_json::from_str(&self.body).ok()
    }
}
impl<E: std::fmt::Debug> std::fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "API error {}: {}",
            self.status,
            display_api_error_body(&self.body)
        )?;
        if let Some(typed) = &self.typed {
            write!(f, "; typed: {typed:?}")?;
        }
        if let Some(parse_error) = &self.parse_error {
            write!(f, "; parse error: {parse_error}")?;
        }
        Ok(())
    }
}
impl<E: std::fmt::Debug> std::error::Error for ApiError<E> {}
/// Result error type returned by every generated operation method.
///
/// `Transport` covers failures where we never got an inspectable
/// response (network, timeout, middleware, request-side
/// serialization). `Api` covers any case where the server *did*
/// respond — the envelope always carries status + headers + raw
/// body even when the typed deserialize fails.
#[derive(Debug, Error)]
pub enum ApiOpError<E: std::fmt::Debug> {
    #[error(transparent)]
    Transport(#[from] HttpError),
    #[error(transparent)]
    Api(ApiError<E>),
}
impl<E: std::fmt::Debug> ApiOpError<E> {
    /// Returns the API envelope when this is an `Api` variant.
    pub fn api(&self) -> Option<&ApiError<E>> {
        match self {
            Self::Api(e) => Some(e),
            Self::Transport(_) => None,
        }
    }
    /// True when the underlying error came from the server (i.e.
    /// any `Api` variant) rather than the transport layer.
    pub fn is_api_error(&self) -> bool {
        matches!(self, Self::Api(_))
    }
}
impl<E: std::fmt::Debug> From<reqwest::Error> for ApiOpError<E> {
    fn from(e: reqwest::Error) -> Self {
        Self::Transport(HttpError::Network(e))
    }
}
impl<E: std::fmt::Debug> From<reqwest_middleware::Error> for ApiOpError<E> {
    fn from(e: reqwest_middleware::Error) -> Self {
        Self::Transport(HttpError::Middleware(e))
    }
}
/// Result alias for transport-only error paths (e.g. helpers that
/// don't have a per-operation error type). Generated operation
/// methods use [`ApiOpError`] directly.
pub type HttpResult<T> = Result<T, HttpError>;
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
use std::collections::BTreeMap;
/// Default upper bound for any response body buffered in memory.
pub const DEFAULT_MAX_RESPONSE_BODY_BYTES: usize = 8 * 1024 * 1024;
/// HTTP client for making API requests
#[derive(Clone)]
pub struct HttpClient {
    base_url: String,
    api_key: Option<String>,
    http_client: ClientWithMiddleware,
    custom_headers: BTreeMap<String, String>,
    max_response_body_bytes: usize,
}
async fn __read_bounded_response_body(
    response: reqwest::Response,
    limit: usize,
) -> Result<Vec<u8>, HttpError> {
    use futures_util::StreamExt;
    let mut body = Vec::new();
    let mut stream = std::pin::pin!(response.bytes_stream());
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(HttpError::Network)?;
        let next_len = body.len().checked_add(chunk.len());
        if next_len.is_none_or(|next_len| next_len > limit) {
            return Err(HttpError::ResponseTooLarge { limit });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
impl HttpClient {
    /// Create a new HTTP client with default configuration
    pub fn new() -> Self {
        Self::with_client(reqwest::Client::new())
    }
    /// Create an HTTP client using a preconfigured reqwest client.
    ///
    /// Preserves the supplied client's transport settings (for example,
    /// TLS identity, trusted roots, proxy, timeout, and default headers).
    pub fn with_client(client: reqwest::Client) -> Self {
        let http_client = ClientBuilder::new(client).build();
        Self {
            base_url: "".to_string(),
            api_key: None,
            http_client,
            custom_headers: BTreeMap::new(),
            max_response_body_bytes: 8388608usize,
        }
    }
    /// Set the base URL for all requests
    pub fn with_base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }
    /// Set the API key for authentication
    pub fn with_api_key(mut self, api_key: impl Into<String>) -> Self {
        self.api_key = Some(api_key.into());
        self
    }
    /// Set the maximum number of response-body bytes buffered in memory.
    pub fn with_max_response_body_bytes(mut self, limit: usize) -> Self {
        self.max_response_body_bytes = limit;
        self
    }
    /// Add a custom header to all requests
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.custom_headers.insert(name.into(), value.into());
        self
    }
    /// Add multiple custom headers
    pub fn with_headers(mut self, headers: BTreeMap<String, String>) -> Self {
        self.custom_headers.extend(headers);
        self
    }
}
impl Default for HttpClient {
    fn default() -> Self {
        Self::new()
    }
}
fn __pct_encode_path_segment(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for &b in s.as_bytes() {
        match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(b as char);
            }
            _ => {
                out.push('%');
                out.push_str(&format!("{:02X}", b));
            }
        }
    }
    out
}
///Typed error responses for `close_order`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum CloseOrderApiError {
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
    Status409(Problem),
    Status503(Problem),
}
///Typed error responses for `confirm_phone_change`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum ConfirmPhoneChangeApiError {
    Status400(Problem),
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
    Status409(Problem),
    Status410(Problem),
    Status413(Problem),
    Status415(Problem),
    Status422(Problem),
    Status423(Problem),
}
///Typed error responses for `create_consent`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum CreateConsentApiError {
    Status400(Problem),
    Status401(Problem),
    Status403(Problem),
    Status413(Problem),
    Status415(Problem),
    Status422(Problem),
}
///Typed error responses for `create_enrolment`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum CreateEnrolmentApiError {
    Status400(Problem),
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
    Status409(Problem),
    Status413(Problem),
    Status415(Problem),
    Status422(Problem),
    Status429(Problem),
}
///Typed error responses for `create_export`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum CreateExportApiError {
    Status401(Problem),
    Status403(Problem),
}
///Typed error responses for `create_payment`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum CreatePaymentApiError {
    Status400(Problem),
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
    Status409(Problem),
    Status413(Problem),
    Status415(Problem),
    Status422(Problem),
    Status503(Problem),
}
///Typed error responses for `create_phone_change`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum CreatePhoneChangeApiError {
    Status400(Problem),
    Status401(Problem),
    Status403(Problem),
    Status413(Problem),
    Status415(Problem),
    Status422(Problem),
    Status429(Problem),
    Status503(Problem),
}
///Typed error responses for `create_photo`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum CreatePhotoApiError {
    Status400(Problem),
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
    Status409(Problem),
    Status413(Problem),
    Status415(Problem),
    Status422(Problem),
    Status503(Problem),
}
///Typed error responses for `create_roster_ticket`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum CreateRosterTicketApiError {
    Status400(Problem),
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
    Status413(Problem),
    Status415(Problem),
    Status422(Problem),
    Status429(Problem),
}
///Typed error responses for `create_session`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum CreateSessionApiError {
    Status400(Problem),
    Status403(Problem),
    Status410(Problem),
    Status413(Problem),
    Status415(Problem),
    Status422(Problem),
    Status423(Problem),
}
///Typed error responses for `create_sms_challenge`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum CreateSmsChallengeApiError {
    Status400(Problem),
    Status403(Problem),
    Status413(Problem),
    Status415(Problem),
    Status422(Problem),
    Status429(Problem),
    Status503(Problem),
}
///Typed error responses for `delete_session`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum DeleteSessionApiError {
    Status401(Problem),
    Status403(Problem),
}
///Typed error responses for `find_school`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum FindSchoolApiError {
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
    Status422(Problem),
}
///Typed error responses for `get_enrolment`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum GetEnrolmentApiError {
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
}
///Typed error responses for `get_me`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum GetMeApiError {
    Status401(Problem),
    Status403(Problem),
}
///Typed error responses for `get_order`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum GetOrderApiError {
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
}
///Typed error responses for `get_payment_status`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum GetPaymentStatusApiError {
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
}
///Typed error responses for `get_photo`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum GetPhotoApiError {
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
}
///Typed error responses for `get_photo_image`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum GetPhotoImageApiError {
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
    Status422(Problem),
    Status503(Problem),
}
///Typed error responses for `get_readiness`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum GetReadinessApiError {
    Status503(Readiness),
}
///Typed error responses for `get_task`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum GetTaskApiError {
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
}
///Typed error responses for `list_access_log`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum ListAccessLogApiError {
    Status401(Problem),
    Status403(Problem),
    Status422(Problem),
}
///Typed error responses for `list_enrolments`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum ListEnrolmentsApiError {
    Status401(Problem),
    Status403(Problem),
}
///Typed error responses for `list_orders`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum ListOrdersApiError {
    Status401(Problem),
    Status403(Problem),
}
///Typed error responses for `list_roster_tickets`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum ListRosterTicketsApiError {
    Status401(Problem),
    Status403(Problem),
}
///Typed error responses for `notify_wechat_payment`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum NotifyWechatPaymentApiError {
    Status401(NotifyWechatPaymentResponse401),
    Status500(NotifyWechatPaymentResponse500),
}
///Typed error responses for `refresh_session`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum RefreshSessionApiError {
    Status401(Problem),
    Status403(Problem),
}
///Typed error responses for `suggest_schools`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum SuggestSchoolsApiError {
    Status401(Problem),
    Status403(Problem),
    Status422(Problem),
}
///Typed error responses for `update_me`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum UpdateMeApiError {
    Status400(Problem),
    Status401(Problem),
    Status403(Problem),
    Status409(Problem),
    Status413(Problem),
    Status415(Problem),
    Status422(Problem),
}
///Typed error responses for `update_order_contact`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum UpdateOrderContactApiError {
    Status400(Problem),
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
    Status409(Problem),
    Status413(Problem),
    Status415(Problem),
    Status422(Problem),
}
///Typed error responses for `withdraw_consent`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum WithdrawConsentApiError {
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
}
///Typed error responses for `withdraw_photo`. One variant per declared non-2xx response.
#[derive(Debug, Clone)]
pub enum WithdrawPhotoApiError {
    Status401(Problem),
    Status403(Problem),
    Status404(Problem),
    Status409(Problem),
}
impl HttpClient {
    /// Close an unpaid order; no money moves
    ///
    /// `POST /api/v1/orders/{order_no}/close`
    pub async fn close_order(
        &self,
        order_no: impl AsRef<str>,
    ) -> Result<OrderView, ApiOpError<CloseOrderApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/orders/{}/close",
                __pct_encode_path_segment(order_no.as_ref())
            )
        );
        let mut req = self.http_client.post(request_url);
        req = req.header(reqwest::header::CONTENT_LENGTH, "0");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<CloseOrderApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CloseOrderApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CloseOrderApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CloseOrderApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                409u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CloseOrderApiError::Status409(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                503u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CloseOrderApiError::Status503(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Finish a change of phone; all sessions end
    ///
    /// `POST /api/v1/me/phone-changes/{phone_change_id}/confirm`
    pub async fn confirm_phone_change(
        &self,
        phone_change_id: impl AsRef<str>,
        request: PhoneChangeCodes,
    ) -> Result<(), ApiOpError<ConfirmPhoneChangeApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/me/phone-changes/{}/confirm",
                __pct_encode_path_segment(phone_change_id.as_ref())
            )
        );
        let mut req = self.http_client.post(request_url);
        req = req
            .body(serde_json::to_vec(&request).map_err(HttpError::serialization_error)?)
            .header("content-type", "application/json");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            req = req.header(name, value);
        }
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 204u16 {
            let _ = body_text;
            let _ = raw_body;
            let _ = headers;
            Ok(())
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "204",
                )),
            }))
        } else {
            let typed: Option<ConfirmPhoneChangeApiError>;
            let parse_error: Option<String>;
            match status_code {
                400u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ConfirmPhoneChangeApiError::Status400(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ConfirmPhoneChangeApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ConfirmPhoneChangeApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ConfirmPhoneChangeApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                409u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ConfirmPhoneChangeApiError::Status409(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                410u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ConfirmPhoneChangeApiError::Status410(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                413u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ConfirmPhoneChangeApiError::Status413(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                415u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ConfirmPhoneChangeApiError::Status415(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ConfirmPhoneChangeApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                423u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ConfirmPhoneChangeApiError::Status423(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Agree to a document
    ///
    /// `POST /api/v1/me/consents`
    pub async fn create_consent(
        &self,
        request: NewConsent,
    ) -> Result<(), ApiOpError<CreateConsentApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/me/consents");
        let mut req = self.http_client.post(request_url);
        req = req
            .body(serde_json::to_vec(&request).map_err(HttpError::serialization_error)?)
            .header("content-type", "application/json");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            req = req.header(name, value);
        }
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 204u16 {
            let _ = body_text;
            let _ = raw_body;
            let _ = headers;
            Ok(())
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "204",
                )),
            }))
        } else {
            let typed: Option<CreateConsentApiError>;
            let parse_error: Option<String>;
            match status_code {
                400u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateConsentApiError::Status400(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateConsentApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateConsentApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                413u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateConsentApiError::Status413(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                415u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateConsentApiError::Status415(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateConsentApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Verify against the roster of a task
    ///
    /// What the number itself shows to be wrong is told exactly (422). Everything else that fails, an entry that is bound
    /// to another account included, gives one and the same 404.
    ///
    /// `POST /api/v1/enrolments`
    pub async fn create_enrolment(
        &self,
        request: NewEnrolment,
    ) -> Result<EnrolmentView, ApiOpError<CreateEnrolmentApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/enrolments");
        let mut req = self.http_client.post(request_url);
        req = req
            .body(serde_json::to_vec(&request).map_err(HttpError::serialization_error)?)
            .header("content-type", "application/json");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 201u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "201",
                )),
            }))
        } else {
            let typed: Option<CreateEnrolmentApiError>;
            let parse_error: Option<String>;
            match status_code {
                400u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateEnrolmentApiError::Status400(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateEnrolmentApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateEnrolmentApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateEnrolmentApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                409u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateEnrolmentApiError::Status409(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                413u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateEnrolmentApiError::Status413(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                415u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateEnrolmentApiError::Status415(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateEnrolmentApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                429u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateEnrolmentApiError::Status429(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Export everything that is stored about me
    ///
    /// `POST /api/v1/me/exports`
    pub async fn create_export(&self) -> Result<Export, ApiOpError<CreateExportApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/me/exports");
        let mut req = self.http_client.post(request_url);
        req = req.header(reqwest::header::CONTENT_LENGTH, "0");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<CreateExportApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateExportApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateExportApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Begin to pay an order
    ///
    /// Asking again for the same provider while a code still works gives the same code.
    ///
    /// `POST /api/v1/orders/{order_no}/payments`
    pub async fn create_payment(
        &self,
        order_no: impl AsRef<str>,
        idempotency_key: impl AsRef<str>,
        request: NewPayment,
    ) -> Result<PaymentView, ApiOpError<CreatePaymentApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/orders/{}/payments",
                __pct_encode_path_segment(order_no.as_ref())
            )
        );
        let mut req = self.http_client.post(request_url);
        req = req
            .body(serde_json::to_vec(&request).map_err(HttpError::serialization_error)?)
            .header("content-type", "application/json");
        req = req.header("Idempotency-Key", idempotency_key.as_ref());
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 201u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "201",
                )),
            }))
        } else {
            let typed: Option<CreatePaymentApiError>;
            let parse_error: Option<String>;
            match status_code {
                400u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePaymentApiError::Status400(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePaymentApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePaymentApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePaymentApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                409u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePaymentApiError::Status409(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                413u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePaymentApiError::Status413(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                415u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePaymentApiError::Status415(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePaymentApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                503u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePaymentApiError::Status503(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Begin a change of phone: a code goes to either number
    ///
    /// `POST /api/v1/me/phone-changes`
    pub async fn create_phone_change(
        &self,
        request: NewPhoneChange,
    ) -> Result<PhoneChange, ApiOpError<CreatePhoneChangeApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/me/phone-changes");
        let mut req = self.http_client.post(request_url);
        req = req
            .body(serde_json::to_vec(&request).map_err(HttpError::serialization_error)?)
            .header("content-type", "application/json");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 202u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "202",
                )),
            }))
        } else {
            let typed: Option<CreatePhoneChangeApiError>;
            let parse_error: Option<String>;
            match status_code {
                400u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhoneChangeApiError::Status400(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhoneChangeApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhoneChangeApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                413u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhoneChangeApiError::Status413(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                415u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhoneChangeApiError::Status415(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhoneChangeApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                429u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhoneChangeApiError::Status429(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                503u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhoneChangeApiError::Status503(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Submit a photo; the first good one also makes the order
    ///
    /// `POST /api/v1/enrolments/{enrolment_id}/photos`
    pub async fn create_photo(
        &self,
        enrolment_id: impl AsRef<str>,
        request: NewPhoto,
    ) -> Result<PhotoView, ApiOpError<CreatePhotoApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/enrolments/{}/photos",
                __pct_encode_path_segment(enrolment_id.as_ref())
            )
        );
        let mut req = self.http_client.post(request_url);
        let mut form = reqwest::multipart::Form::new();
        let value = &request.frame;
        form = form.text("frame", value.to_string());
        let value = &request.image;
        let mut part = reqwest::multipart::Part::bytes(value.content.to_vec());
        if let Some(file_name) = &value.file_name {
            part = part.file_name(file_name.clone());
        }
        if let Some(content_type) = value.content_type.as_deref() {
            part = part.mime_str(content_type).map_err(|error| {
                HttpError::Config(format!(
                    "{} `{}`: {}",
                    "multipart field `image` has an invalid content type", content_type, error
                ))
            })?;
        }
        form = form.part("image", part);
        if let Some(Some(value)) = &request.note {
            form = form.text("note", value.to_string());
        }
        if let Some(Some(value)) = &request.source {
            form = form.text("source", value.to_string());
        }
        let value = &request.upload_id;
        form = form.text("upload_id", value.to_string());
        req = req.multipart(form);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 201u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "201",
                )),
            }))
        } else {
            let typed: Option<CreatePhotoApiError>;
            let parse_error: Option<String>;
            match status_code {
                400u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhotoApiError::Status400(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhotoApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhotoApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhotoApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                409u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhotoApiError::Status409(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                413u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhotoApiError::Status413(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                415u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhotoApiError::Status415(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhotoApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                503u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreatePhotoApiError::Status503(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Ask the school for a check of the roster
    ///
    /// `POST /api/v1/roster-tickets`
    pub async fn create_roster_ticket(
        &self,
        request: NewRosterTicket,
    ) -> Result<RosterTicketView, ApiOpError<CreateRosterTicketApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/roster-tickets");
        let mut req = self.http_client.post(request_url);
        req = req
            .body(serde_json::to_vec(&request).map_err(HttpError::serialization_error)?)
            .header("content-type", "application/json");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 201u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "201",
                )),
            }))
        } else {
            let typed: Option<CreateRosterTicketApiError>;
            let parse_error: Option<String>;
            match status_code {
                400u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateRosterTicketApiError::Status400(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateRosterTicketApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateRosterTicketApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateRosterTicketApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                413u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateRosterTicketApiError::Status413(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                415u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateRosterTicketApiError::Status415(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateRosterTicketApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                429u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateRosterTicketApiError::Status429(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Log in with a code; the first time registers
    ///
    /// `POST /api/v1/auth/sessions`
    pub async fn create_session(
        &self,
        request: NewSession,
    ) -> Result<SessionView, ApiOpError<CreateSessionApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/auth/sessions");
        let mut req = self.http_client.post(request_url);
        req = req
            .body(serde_json::to_vec(&request).map_err(HttpError::serialization_error)?)
            .header("content-type", "application/json");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 201u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "201",
                )),
            }))
        } else {
            let typed: Option<CreateSessionApiError>;
            let parse_error: Option<String>;
            match status_code {
                400u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSessionApiError::Status400(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSessionApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                410u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSessionApiError::Status410(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                413u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSessionApiError::Status413(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                415u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSessionApiError::Status415(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSessionApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                423u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSessionApiError::Status423(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Send a login code to a phone
    ///
    /// The answer is the same whether or not the phone has an account.
    ///
    /// `POST /api/v1/auth/sms-challenges`
    pub async fn create_sms_challenge(
        &self,
        request: NewSmsChallenge,
    ) -> Result<SmsChallenge, ApiOpError<CreateSmsChallengeApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/auth/sms-challenges");
        let mut req = self.http_client.post(request_url);
        req = req
            .body(serde_json::to_vec(&request).map_err(HttpError::serialization_error)?)
            .header("content-type", "application/json");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 202u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "202",
                )),
            }))
        } else {
            let typed: Option<CreateSmsChallengeApiError>;
            let parse_error: Option<String>;
            match status_code {
                400u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSmsChallengeApiError::Status400(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSmsChallengeApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                413u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSmsChallengeApiError::Status413(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                415u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSmsChallengeApiError::Status415(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSmsChallengeApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                429u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSmsChallengeApiError::Status429(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                503u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(CreateSmsChallengeApiError::Status503(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Log out
    ///
    /// `DELETE /api/v1/auth/sessions/current`
    pub async fn delete_session(&self) -> Result<(), ApiOpError<DeleteSessionApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/auth/sessions/current");
        let mut req = self.http_client.delete(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            req = req.header(name, value);
        }
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 204u16 {
            let _ = body_text;
            let _ = raw_body;
            let _ = headers;
            Ok(())
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "204",
                )),
            }))
        } else {
            let typed: Option<DeleteSessionApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(DeleteSessionApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(DeleteSessionApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Find a school with a collection, by name, alias or code
    ///
    /// Exact after folding widths, blanks, brackets and case. A school without any published task is not found.
    ///
    /// `GET /api/v1/schools`
    pub async fn find_school(
        &self,
        name: impl AsRef<str>,
    ) -> Result<FoundSchools, ApiOpError<FindSchoolApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/schools");
        let mut req = self.http_client.get(request_url);
        {
            let mut query_params: Vec<(String, String)> = Vec::new();
            query_params.push(("name".to_string(), name.as_ref().to_string()));
            if !query_params.is_empty() {
                req = req.query(&query_params);
            }
        }
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<FindSchoolApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(FindSchoolApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(FindSchoolApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(FindSchoolApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(FindSchoolApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Read one of my verifications
    ///
    /// `GET /api/v1/enrolments/{enrolment_id}`
    pub async fn get_enrolment(
        &self,
        enrolment_id: impl AsRef<str>,
    ) -> Result<EnrolmentView, ApiOpError<GetEnrolmentApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/enrolments/{}",
                __pct_encode_path_segment(enrolment_id.as_ref())
            )
        );
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<GetEnrolmentApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetEnrolmentApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetEnrolmentApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetEnrolmentApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Tell that the process runs
    ///
    /// `GET /livez`
    pub async fn get_liveness(&self) -> Result<(), ApiOpError<serde_json::Value>> {
        let request_url = format!("{}{}", self.base_url, "/livez");
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            req = req.header(name, value);
        }
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 204u16 {
            let _ = body_text;
            let _ = raw_body;
            let _ = headers;
            Ok(())
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "204",
                )),
            }))
        } else {
            let typed: Option<serde_json::Value>;
            let parse_error: Option<String>;
            match status_code {
                _ => match serde_json::from_str::<serde_json::Value>(&body_text) {
                    Ok(v) => {
                        typed = Some(v);
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Tell what the login page needs to know
    ///
    /// `GET /api/v1/auth/settings`
    pub async fn get_login_settings(&self) -> Result<LoginSettings, ApiOpError<serde_json::Value>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/auth/settings");
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<serde_json::Value>;
            let parse_error: Option<String>;
            match status_code {
                _ => match serde_json::from_str::<serde_json::Value>(&body_text) {
                    Ok(v) => {
                        typed = Some(v);
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Read my account
    ///
    /// `GET /api/v1/me`
    pub async fn get_me(&self) -> Result<Me, ApiOpError<GetMeApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/me");
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<GetMeApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetMeApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetMeApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Read the figures, for Prometheus
    ///
    /// `GET /metrics`
    pub async fn get_metrics(&self) -> Result<String, ApiOpError<serde_json::Value>> {
        let request_url = format!("{}{}", self.base_url, "/metrics");
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "text/plain");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            let _ = raw_body;
            Ok(body_text)
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<serde_json::Value>;
            let parse_error: Option<String>;
            match status_code {
                _ => match serde_json::from_str::<serde_json::Value>(&body_text) {
                    Ok(v) => {
                        typed = Some(v);
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Read one of my orders
    ///
    /// `GET /api/v1/orders/{order_no}`
    pub async fn get_order(
        &self,
        order_no: impl AsRef<str>,
    ) -> Result<OrderView, ApiOpError<GetOrderApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/orders/{}",
                __pct_encode_path_segment(order_no.as_ref())
            )
        );
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<GetOrderApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetOrderApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetOrderApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetOrderApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Ask whether an order is paid; asks the provider too, at most every three seconds
    ///
    /// `GET /api/v1/orders/{order_no}/payment-status`
    pub async fn get_payment_status(
        &self,
        order_no: impl AsRef<str>,
    ) -> Result<PaymentStatus, ApiOpError<GetPaymentStatusApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/orders/{}/payment-status",
                __pct_encode_path_segment(order_no.as_ref())
            )
        );
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<GetPaymentStatusApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPaymentStatusApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPaymentStatusApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPaymentStatusApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Read one of my photos
    ///
    /// `GET /api/v1/photos/{photo_id}`
    pub async fn get_photo(
        &self,
        photo_id: impl AsRef<str>,
    ) -> Result<PhotoView, ApiOpError<GetPhotoApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/photos/{}",
                __pct_encode_path_segment(photo_id.as_ref())
            )
        );
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<GetPhotoApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPhotoApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPhotoApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPhotoApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// See one of my photos
    ///
    /// `GET /api/v1/photos/{photo_id}/image`
    pub async fn get_photo_image(
        &self,
        photo_id: impl AsRef<str>,
        variant: Option<impl AsRef<str>>,
    ) -> Result<bytes::Bytes, ApiOpError<GetPhotoImageApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/photos/{}/image",
                __pct_encode_path_segment(photo_id.as_ref())
            )
        );
        let mut req = self.http_client.get(request_url);
        {
            let mut query_params: Vec<(String, String)> = Vec::new();
            if let Some(v) = variant {
                query_params.push(("variant".to_string(), v.as_ref().to_string()));
            }
            if !query_params.is_empty() {
                req = req.query(&query_params);
            }
        }
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "image/jpeg");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        if false || status_code == 200u16 {
            Ok(bytes::Bytes::from(body_bytes))
        } else {
            let raw_body = body_bytes;
            let body_text = String::from_utf8_lossy(&raw_body).into_owned();
            if status.is_success() {
                return Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!(
                        "unexpected successful status {}; generated return type selects `{}`",
                        status_code, "200",
                    )),
                }));
            }
            let typed: Option<GetPhotoImageApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPhotoImageApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPhotoImageApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPhotoImageApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPhotoImageApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                503u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPhotoImageApiError::Status503(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// See one of my photos
    ///
    /// `GET /api/v1/photos/{photo_id}/image`
    ///Select `image/jpeg` as binary_stream; accepts response statuses 200. Other successful statuses and mismatched Content-Type values are returned as inspectable API errors.
    ///Success chunks are returned live without a total body-size limit. Error responses use the configured buffered body-size limit.
    pub async fn get_photo_image_binary_stream<__Param0: AsRef<str>, __Param1: AsRef<str>>(
        &self,
        photo_id: __Param0,
        variant: Option<__Param1>,
    ) -> Result<
        impl futures_util::Stream<Item = Result<bytes::Bytes, reqwest::Error>>
        + 'static
        + use<__Param0, __Param1>,
        ApiOpError<GetPhotoImageApiError>,
    > {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/photos/{}/image",
                __pct_encode_path_segment(photo_id.as_ref())
            )
        );
        let mut req = self.http_client.get(request_url);
        {
            let mut query_params: Vec<(String, String)> = Vec::new();
            if let Some(v) = variant {
                query_params.push(("variant".to_string(), v.as_ref().to_string()));
            }
            if !query_params.is_empty() {
                req = req.query(&query_params);
            }
        }
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "image/jpeg");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        if false || status_code == 200u16 {
            let actual = response
                .headers()
                .get(reqwest::header::CONTENT_TYPE)
                .and_then(|value| value.to_str().ok())
                .unwrap_or("")
                .to_string();
            let expected = "image/jpeg";
            let parse_media = |value: &str| {
                let mut parts = Vec::new();
                let mut start = 0;
                let mut quoted = false;
                let mut escaped = false;
                for (index, character) in value.char_indices() {
                    if escaped {
                        escaped = false;
                        continue;
                    }
                    if character == '\\' && quoted {
                        escaped = true;
                        continue;
                    }
                    if character == '"' {
                        quoted = !quoted;
                    }
                    if character == ';' && !quoted {
                        parts.push(&value[start..index]);
                        start = index + 1;
                    }
                }
                if quoted || escaped {
                    return None;
                }
                parts.push(&value[start..]);
                let essence = parts
                    .first()
                    .copied()
                    .unwrap_or("")
                    .trim()
                    .to_ascii_lowercase();
                let mut parameters = std::collections::BTreeMap::new();
                for part in parts.into_iter().skip(1) {
                    let (name, value) = part.split_once('=')?;
                    let name = name.trim().to_ascii_lowercase();
                    if name.is_empty() {
                        return None;
                    }
                    let value = value.trim();
                    let value = if let Some(quoted) = value.strip_prefix('"') {
                        let inner = quoted.strip_suffix('"')?;
                        let mut decoded = String::new();
                        let mut escaped = false;
                        for character in inner.chars() {
                            if escaped {
                                decoded.push(character);
                                escaped = false;
                            } else if character == '\\' {
                                escaped = true;
                            } else if character == '"' {
                                return None;
                            } else {
                                decoded.push(character);
                            }
                        }
                        if escaped {
                            return None;
                        }
                        decoded
                    } else {
                        if value.contains('"') {
                            return None;
                        }
                        value.to_string()
                    };
                    if parameters.insert(name, value).is_some() {
                        return None;
                    }
                }
                Some((essence, parameters))
            };
            let matches = match (parse_media(&actual), parse_media(expected)) {
                (
                    Some((actual_essence, actual_parameters)),
                    Some((expected_essence, expected_parameters)),
                ) => {
                    let essence_matches = if expected_essence == "*/*" {
                        actual_essence.contains('/')
                    } else if let Some(prefix) = expected_essence.strip_suffix("/*") {
                        actual_essence.split('/').next() == Some(prefix)
                    } else {
                        actual_essence == expected_essence
                    };
                    essence_matches
                        && expected_parameters.iter().all(|(name, value)| {
                            actual_parameters.get(name).is_some_and(|actual| {
                                if name == "charset" {
                                    actual.eq_ignore_ascii_case(value)
                                } else {
                                    actual == value
                                }
                            })
                        })
                }
                _ => false,
            };
            if !matches {
                let headers = response.headers().clone();
                let raw_body = Vec::new();
                let body_text = String::from_utf8_lossy(&raw_body).into_owned();
                let typed: Option<GetPhotoImageApiError>;
                let parse_error: Option<String>;
                match status_code {
                    401u16 => match serde_json::from_str::<Problem>(&body_text) {
                        Ok(v) => {
                            typed = Some(GetPhotoImageApiError::Status401(v));
                            parse_error = None;
                        }
                        Err(e) => {
                            typed = None;
                            parse_error = Some(e.to_string());
                        }
                    },
                    403u16 => match serde_json::from_str::<Problem>(&body_text) {
                        Ok(v) => {
                            typed = Some(GetPhotoImageApiError::Status403(v));
                            parse_error = None;
                        }
                        Err(e) => {
                            typed = None;
                            parse_error = Some(e.to_string());
                        }
                    },
                    404u16 => match serde_json::from_str::<Problem>(&body_text) {
                        Ok(v) => {
                            typed = Some(GetPhotoImageApiError::Status404(v));
                            parse_error = None;
                        }
                        Err(e) => {
                            typed = None;
                            parse_error = Some(e.to_string());
                        }
                    },
                    422u16 => match serde_json::from_str::<Problem>(&body_text) {
                        Ok(v) => {
                            typed = Some(GetPhotoImageApiError::Status422(v));
                            parse_error = None;
                        }
                        Err(e) => {
                            typed = None;
                            parse_error = Some(e.to_string());
                        }
                    },
                    503u16 => match serde_json::from_str::<Problem>(&body_text) {
                        Ok(v) => {
                            typed = Some(GetPhotoImageApiError::Status503(v));
                            parse_error = None;
                        }
                        Err(e) => {
                            typed = None;
                            parse_error = Some(e.to_string());
                        }
                    },
                    _ => {
                        typed = None;
                        parse_error = None;
                    }
                }
                let _ = parse_error;
                return Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed,
                    parse_error: Some(format!(
                        "unexpected response Content-Type `{}`; expected `{}`",
                        actual, expected
                    )),
                }));
            }
        }
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        if false || status_code == 200u16 {
            Ok(response.bytes_stream())
        } else {
            if status.is_success() {
                return Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: String::new(),
                    raw_body: Vec::new(),
                    typed: None,
                    parse_error: Some(format!(
                        "unexpected successful status {}; generated return type selects `{}`; live response body was not buffered",
                        status_code, "200",
                    )),
                }));
            }
            let body_bytes =
                __read_bounded_response_body(response, self.max_response_body_bytes).await?;
            let raw_body = body_bytes;
            let body_text = String::from_utf8_lossy(&raw_body).into_owned();
            let typed: Option<GetPhotoImageApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPhotoImageApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPhotoImageApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPhotoImageApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPhotoImageApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                503u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetPhotoImageApiError::Status503(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Tell whether requests can be answered
    ///
    /// `GET /readyz`
    pub async fn get_readiness(&self) -> Result<Readiness, ApiOpError<GetReadinessApiError>> {
        let request_url = format!("{}{}", self.base_url, "/readyz");
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<GetReadinessApiError>;
            let parse_error: Option<String>;
            match status_code {
                503u16 => match serde_json::from_str::<Readiness>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetReadinessApiError::Status503(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Read a task
    ///
    /// `GET /api/v1/tasks/{task_id}`
    pub async fn get_task(
        &self,
        task_id: impl AsRef<str>,
    ) -> Result<TaskView, ApiOpError<GetTaskApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/tasks/{}",
                __pct_encode_path_segment(task_id.as_ref())
            )
        );
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<GetTaskApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetTaskApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetTaskApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(GetTaskApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// See who looked at my data
    ///
    /// `GET /api/v1/me/access-log`
    pub async fn list_access_log(
        &self,
        limit: Option<i64>,
        after: Option<impl AsRef<str>>,
    ) -> Result<AccessLog, ApiOpError<ListAccessLogApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/me/access-log");
        let mut req = self.http_client.get(request_url);
        {
            let mut query_params: Vec<(String, String)> = Vec::new();
            if let Some(v) = limit {
                query_params.push(("limit".to_string(), v.to_string()));
            }
            if let Some(v) = after {
                query_params.push(("after".to_string(), v.as_ref().to_string()));
            }
            if !query_params.is_empty() {
                req = req.query(&query_params);
            }
        }
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<ListAccessLogApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ListAccessLogApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ListAccessLogApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ListAccessLogApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Read the current agreements
    ///
    /// `GET /api/v1/agreements/current`
    pub async fn list_agreements(&self) -> Result<Agreements, ApiOpError<serde_json::Value>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/agreements/current");
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<serde_json::Value>;
            let parse_error: Option<String>;
            match status_code {
                _ => match serde_json::from_str::<serde_json::Value>(&body_text) {
                    Ok(v) => {
                        typed = Some(v);
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// List my verifications, with photo and order: where I am in the journey
    ///
    /// `GET /api/v1/me/enrolments`
    pub async fn list_enrolments(&self) -> Result<Enrolments, ApiOpError<ListEnrolmentsApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/me/enrolments");
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<ListEnrolmentsApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ListEnrolmentsApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ListEnrolmentsApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// List my orders
    ///
    /// `GET /api/v1/me/orders`
    pub async fn list_orders(&self) -> Result<Orders, ApiOpError<ListOrdersApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/me/orders");
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<ListOrdersApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ListOrdersApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ListOrdersApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// List my questions to schools
    ///
    /// `GET /api/v1/me/roster-tickets`
    pub async fn list_roster_tickets(
        &self,
    ) -> Result<RosterTickets, ApiOpError<ListRosterTicketsApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/me/roster-tickets");
        let mut req = self.http_client.get(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<ListRosterTicketsApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ListRosterTicketsApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(ListRosterTicketsApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Take a notice of Alipay
    ///
    /// `POST /notify/alipay/{account}`
    pub async fn notify_alipay(
        &self,
        account: impl AsRef<str>,
        request: NotifyAlipayRequest,
    ) -> Result<String, ApiOpError<serde_json::Value>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/notify/alipay/{}",
                __pct_encode_path_segment(account.as_ref())
            )
        );
        let mut req = self.http_client.post(request_url);
        req = req
            .body(serde_urlencoded::to_string(&request).map_err(HttpError::serialization_error)?)
            .header("content-type", "application/x-www-form-urlencoded");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "text/plain");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            let _ = raw_body;
            Ok(body_text)
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<serde_json::Value>;
            let parse_error: Option<String>;
            match status_code {
                _ => match serde_json::from_str::<serde_json::Value>(&body_text) {
                    Ok(v) => {
                        typed = Some(v);
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Take a payment notice of `WeChat` Pay
    ///
    /// `POST /notify/wechat/{account}/pay`
    pub async fn notify_wechat_payment(
        &self,
        account: impl AsRef<str>,
        request: NotifyWechatPaymentRequest,
    ) -> Result<(), ApiOpError<NotifyWechatPaymentApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/notify/wechat/{}/pay",
                __pct_encode_path_segment(account.as_ref())
            )
        );
        let mut req = self.http_client.post(request_url);
        req = req
            .body(serde_json::to_vec(&request).map_err(HttpError::serialization_error)?)
            .header("content-type", "application/json");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            req = req.header(name, value);
        }
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 204u16 {
            let _ = body_text;
            let _ = raw_body;
            let _ = headers;
            Ok(())
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "204",
                )),
            }))
        } else {
            let typed: Option<NotifyWechatPaymentApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => {
                    match serde_json::from_str::<NotifyWechatPaymentResponse401>(&body_text) {
                        Ok(v) => {
                            typed = Some(NotifyWechatPaymentApiError::Status401(v));
                            parse_error = None;
                        }
                        Err(e) => {
                            typed = None;
                            parse_error = Some(e.to_string());
                        }
                    }
                }
                500u16 => {
                    match serde_json::from_str::<NotifyWechatPaymentResponse500>(&body_text) {
                        Ok(v) => {
                            typed = Some(NotifyWechatPaymentApiError::Status500(v));
                            parse_error = None;
                        }
                        Err(e) => {
                            typed = None;
                            parse_error = Some(e.to_string());
                        }
                    }
                }
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Exchange the refresh token for new tokens
    ///
    /// `POST /api/v1/auth/sessions/refresh`
    pub async fn refresh_session(&self) -> Result<(), ApiOpError<RefreshSessionApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/auth/sessions/refresh");
        let mut req = self.http_client.post(request_url);
        req = req.header(reqwest::header::CONTENT_LENGTH, "0");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            req = req.header(name, value);
        }
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 204u16 {
            let _ = body_text;
            let _ = raw_body;
            let _ = headers;
            Ok(())
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "204",
                )),
            }))
        } else {
            let typed: Option<RefreshSessionApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(RefreshSessionApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(RefreshSessionApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Suggest names of schools while typing; a hint only
    ///
    /// `GET /api/v1/schools/suggestions`
    pub async fn suggest_schools(
        &self,
        prefix: impl AsRef<str>,
    ) -> Result<Suggestions, ApiOpError<SuggestSchoolsApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/schools/suggestions");
        let mut req = self.http_client.get(request_url);
        {
            let mut query_params: Vec<(String, String)> = Vec::new();
            query_params.push(("prefix".to_string(), prefix.as_ref().to_string()));
            if !query_params.is_empty() {
                req = req.query(&query_params);
            }
        }
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<SuggestSchoolsApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(SuggestSchoolsApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(SuggestSchoolsApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(SuggestSchoolsApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Change my language and contact data
    ///
    /// `PATCH /api/v1/me`
    pub async fn update_me(&self, request: MeChange) -> Result<Me, ApiOpError<UpdateMeApiError>> {
        let request_url = format!("{}{}", self.base_url, "/api/v1/me");
        let mut req = self.http_client.patch(request_url);
        req = req
            .body(serde_json::to_vec(&request).map_err(HttpError::serialization_error)?)
            .header("content-type", "application/json");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<UpdateMeApiError>;
            let parse_error: Option<String>;
            match status_code {
                400u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateMeApiError::Status400(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateMeApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateMeApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                409u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateMeApiError::Status409(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                413u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateMeApiError::Status413(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                415u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateMeApiError::Status415(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateMeApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Change the contact data of an unpaid order
    ///
    /// `PATCH /api/v1/orders/{order_no}`
    pub async fn update_order_contact(
        &self,
        order_no: impl AsRef<str>,
        request: OrderContact,
    ) -> Result<OrderView, ApiOpError<UpdateOrderContactApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/orders/{}",
                __pct_encode_path_segment(order_no.as_ref())
            )
        );
        let mut req = self.http_client.patch(request_url);
        req = req
            .body(serde_json::to_vec(&request).map_err(HttpError::serialization_error)?)
            .header("content-type", "application/json");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<UpdateOrderContactApiError>;
            let parse_error: Option<String>;
            match status_code {
                400u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateOrderContactApiError::Status400(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateOrderContactApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateOrderContactApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateOrderContactApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                409u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateOrderContactApiError::Status409(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                413u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateOrderContactApiError::Status413(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                415u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateOrderContactApiError::Status415(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                422u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(UpdateOrderContactApiError::Status422(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Withdraw the consent to handle my portrait
    ///
    /// `DELETE /api/v1/me/consents/{document}`
    pub async fn withdraw_consent(
        &self,
        document: impl AsRef<str>,
    ) -> Result<(), ApiOpError<WithdrawConsentApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/me/consents/{}",
                __pct_encode_path_segment(document.as_ref())
            )
        );
        let mut req = self.http_client.delete(request_url);
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            req = req.header(name, value);
        }
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 204u16 {
            let _ = body_text;
            let _ = raw_body;
            let _ = headers;
            Ok(())
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "204",
                )),
            }))
        } else {
            let typed: Option<WithdrawConsentApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(WithdrawConsentApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(WithdrawConsentApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(WithdrawConsentApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
    /// Take back a photo that is not decided yet
    ///
    /// `POST /api/v1/photos/{photo_id}/withdraw`
    pub async fn withdraw_photo(
        &self,
        photo_id: impl AsRef<str>,
    ) -> Result<PhotoView, ApiOpError<WithdrawPhotoApiError>> {
        let request_url = format!(
            "{}{}",
            self.base_url,
            format!(
                "/api/v1/photos/{}/withdraw",
                __pct_encode_path_segment(photo_id.as_ref())
            )
        );
        let mut req = self.http_client.post(request_url);
        req = req.header(reqwest::header::CONTENT_LENGTH, "0");
        if let Some(api_key) = &self.api_key {
            req = req.bearer_auth(api_key);
        }
        for (name, value) in &self.custom_headers {
            if !name.eq_ignore_ascii_case("accept") {
                req = req.header(name, value);
            }
        }
        req = req.header(reqwest::header::ACCEPT, "application/json");
        let response = req.send().await?;
        let status = response.status();
        let status_code = status.as_u16();
        let headers = response.headers().clone();
        let body_bytes =
            __read_bounded_response_body(response, self.max_response_body_bytes).await?;
        let raw_body = body_bytes;
        let body_text = String::from_utf8_lossy(&raw_body).into_owned();
        if false || status_code == 200u16 {
            match serde_json::from_str(&body_text) {
                Ok(body) => Ok(body),
                Err(e) => Err(ApiOpError::Api(ApiError {
                    status: status_code,
                    headers,
                    body: body_text,
                    raw_body,
                    typed: None,
                    parse_error: Some(format!("failed to deserialize 2xx response body: {}", e)),
                })),
            }
        } else if status.is_success() {
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed: None,
                parse_error: Some(format!(
                    "unexpected successful status {}; generated return type selects `{}`",
                    status_code, "200",
                )),
            }))
        } else {
            let typed: Option<WithdrawPhotoApiError>;
            let parse_error: Option<String>;
            match status_code {
                401u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(WithdrawPhotoApiError::Status401(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                403u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(WithdrawPhotoApiError::Status403(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                404u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(WithdrawPhotoApiError::Status404(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                409u16 => match serde_json::from_str::<Problem>(&body_text) {
                    Ok(v) => {
                        typed = Some(WithdrawPhotoApiError::Status409(v));
                        parse_error = None;
                    }
                    Err(e) => {
                        typed = None;
                        parse_error = Some(e.to_string());
                    }
                },
                _ => {
                    typed = None;
                    parse_error = None;
                }
            }
            Err(ApiOpError::Api(ApiError {
                status: status_code,
                headers,
                body: body_text,
                raw_body,
                typed,
                parse_error,
            }))
        }
    }
}
