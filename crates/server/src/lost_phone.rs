//! Reports of a lost phone: written without logging in, approved by staff, refused by whoever has the old number.

mod desk;
mod recovery;

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use domain::lost_phone::ANSWER_WORKING_DAYS;
use serde::{Deserialize, Serialize};
use service::Context;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::cookie;
use crate::extract::{Caller, SameOrigin};
use crate::idempotency::{self, IdempotencyKey, IdempotencyKeyHeader};
use crate::json_body::Body;
use crate::problem::Fault;
use crate::schema;
use crate::text::Text;

/// Mounts the operations about lost phones.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_lost_phone_report);
    desk::routes(config);
    recovery::routes(config);
}

/// Somebody who can receive no more codes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewLostPhoneReport {
    /// Their name.
    #[schema(min_length = 1, max_length = 100, value_type = String, examples("李华"))]
    name: Text<100>,
    /// Their school, as they call it.
    #[schema(min_length = 1, max_length = 100, value_type = String, examples("北京大学"))]
    school: Text<100>,
    /// The kind of document that the school has on file.
    #[schema(value_type = schema::DocumentType)]
    document_type: String,
    /// The document's number, as typed.
    #[schema(min_length = 1, max_length = 64, value_type = String, examples("11010519491231002X"))]
    document_number: Text<64>,
    /// The phone that was lost, as typed; `+86` where no country is named.
    #[schema(min_length = 1, max_length = 40, value_type = String, examples("13800138000"))]
    old_phone: Text<40>,
    /// The phone at which they can be called back, as typed.
    #[schema(min_length = 1, max_length = 40, value_type = String, examples("13900139000"))]
    new_phone: Text<40>,
    /// What else they say, at most 500 characters; empty for nothing.
    #[schema(max_length = 500, examples("旧号码已停用，方便接电话的时间：下午"))]
    note: String,
    /// A solved challenge as JSON in base 64; needed wherever the server has a captcha.
    #[serde(default)]
    #[schema(max_length = 4096, value_type = Option<String>, examples("eyJhbGdvcml0aG0iOiJTSEEtMjU2In0="))]
    captcha_token: Option<Text<4096>>,
}

/// The report is stored.
#[derive(Debug, Serialize, ToSchema)]
struct LostPhoneReportView {
    /// The number of the report, for questions about it.
    #[schema(value_type = schema::LostPhoneReference)]
    reference: String,
    /// In so many working days an operator calls back.
    #[schema(minimum = 1, examples(3))]
    answer_working_days: u32,
}

/// Report a lost phone
///
/// An operator checks who the writer is and calls back. Two members of staff approve it; the account of the lost number gets the
/// new one 24 hours later. The answer is the same whether or not an account, a student or a
/// school fits. A key counts for the phone to be called at, whatever the browser and the captcha.
#[utoipa::path(tag = "login", operation_id = "create_lost_phone_report", params(IdempotencyKeyHeader), request_body = NewLostPhoneReport,
    responses((status = 201, body = LostPhoneReportView, description = "The report waits for an operator."),
        answers::Visitor, answers::Keyed, answers::Body))]
#[post("/auth/lost-phone-reports")]
async fn create_lost_phone_report(
    context: Data<Context>,
    _origin: SameOrigin,
    caller: Caller,
    key: IdempotencyKey,
    body: Body<NewLostPhoneReport>,
) -> Result<HttpResponse, Fault> {
    let new = service::lost_phone::NewLostPhoneReport {
        name: &body.name,
        school: &body.school,
        document_type: &body.document_type,
        document_number: &body.document_number,
        old_phone: &body.old_phone,
        new_phone: &body.new_phone,
        note: &body.note,
        captcha_token: body.captcha_token.as_deref(),
    };
    let keyed = key.request();
    let report = service::lost_phone::report(&context, &caller.0, &keyed, new);
    let report = Box::pin(report).await?;
    Ok(
        idempotency::mark(HttpResponse::Created(), report.is_replayed)
            .cookie(cookie::browser(&caller.0.browser))
            .json(LostPhoneReportView {
                reference: report.value.to_string(),
                answer_working_days: ANSWER_WORKING_DAYS,
            }),
    )
}
