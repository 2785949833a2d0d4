//! A text message as its receiver sees it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clock::Seconds;
use crate::settings::Settings;

/// A message is on the phone after so long.
const DELIVERY_S: i64 = 2;

/// Which of the two services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Service {
    Aliyun,
    Tencent,
}

/// A message as its receiver sees it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Message {
    #[serde(skip)]
    pub(crate) number: u64,
    pub(crate) service: Service,
    /// Unix seconds on the test clock.
    pub(crate) at: Seconds,
    /// Eleven digits.
    pub(crate) phone: String,
    /// With the signature in front: `【…】…`.
    pub(crate) text: String,
    pub(crate) template: String,
    /// The template's parameters, such as `code`.
    pub(crate) parameters: BTreeMap<String, String>,
    /// Aliyun's `OutId`, Tencent's `SessionContext`.
    pub(crate) out_id: String,
    /// The service's own number of it: `BizId`, `SerialNo`.
    pub(crate) id: String,
    /// Why it didn't reach the phone, where it didn't.
    pub(crate) failure: Option<String>,
}

impl Message {
    /// When it reached the phone, or didn't.
    pub(crate) fn reported_at(&self) -> Seconds {
        self.at + DELIVERY_S
    }

    /// Where receipts of its service go.
    pub(crate) fn receipts_to(&self, settings: &Settings) -> Option<String> {
        match self.service {
            Service::Aliyun => settings.aliyun_receipts.clone(),
            Service::Tencent => settings.tencent_receipts.clone(),
        }
    }
}
