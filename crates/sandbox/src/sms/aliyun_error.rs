//! The errors that Aliyun answers with.

use serde_json::json;

use super::call::Reply;

/// The provider's code, its words, and the HTTP status.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct AliyunError {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
}

impl AliyunError {
    /// A request that isn't ours: 4xx.
    pub(super) fn request(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message: message.into(),
        }
    }

    /// A business refusal: HTTP 200 with another code than OK.
    pub(super) fn business(code: &str, message: impl Into<String>) -> Self {
        Self::request(200, code, message)
    }

    pub(super) fn reply(self, request_id: &str) -> Reply {
        Reply {
            status: self.status,
            body: json!({ "RequestId": request_id, "Code": self.code, "Message": self.message }),
            code: self.code,
        }
    }
}
