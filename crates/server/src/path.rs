//! The objects that paths name, where operations of several files take them.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::schema;

/// An enrolment in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct EnrolmentPath {
    /// The enrolment.
    #[param(value_type = schema::EnrolmentId, inline)]
    pub(crate) enrolment_id: String,
}

/// An order in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OrderPath {
    /// The order's number.
    #[param(value_type = schema::OrderNo, inline)]
    pub(crate) order_no: String,
}

/// A school in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SchoolPath {
    /// The school.
    #[param(value_type = schema::SchoolId, inline)]
    pub(crate) school_id: String,
}

/// An endpoint of webhooks in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct WebhookEndpointPath {
    /// The endpoint.
    #[param(value_type = schema::WebhookEndpointId, inline)]
    pub(crate) webhook_endpoint_id: String,
}

/// A task in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TaskPath {
    /// The task.
    #[param(value_type = schema::TaskId, inline)]
    pub(crate) task_id: String,
}
