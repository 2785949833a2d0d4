//! What providers say later about a message. Nothing signs it: it is good for statistics and for
//! telling a student that the phone was off, and grants nothing.
//!
//! Source: docs/sources.md#sms-receipts

use crate::beijing;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::fmt;

/// The answer that keeps Alibaba Cloud from sending receipts again.
pub const ALIYUN_RECEIPT_ACK: &str = r#"{"code":0,"msg":"接收成功"}"#;
/// The answer that keeps Tencent Cloud from sending receipts again.
pub const TENCENT_RECEIPT_ACK: &str = r#"{"result":0,"errmsg":"OK"}"#;

/// What became of a message. The same one may come again; `biz_id` and `phone` name it.
#[derive(Clone, PartialEq, Eq)]
pub struct SmsReceipt {
    /// The provider's number of the message, from [`super::SmsOutcome::Sent`].
    pub biz_id: String,
    /// E.164.
    pub phone: String,
    /// Whether it is on the phone.
    pub is_delivered: bool,
    /// The network's word for what happened, such as `DELIVERED` or `MK:0001`.
    pub code: String,
    /// When the phone or the network told.
    pub reported_at: Option<DateTime<Utc>>,
}

impl fmt::Debug for SmsReceipt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SmsReceipt")
            .field("biz_id", &self.biz_id)
            .field("is_delivered", &self.is_delivered)
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct AliyunReport {
    phone_number: String,
    report_time: Option<String>,
    success: bool,
    #[serde(default)]
    err_code: String,
    biz_id: String,
}

#[derive(Deserialize)]
struct TencentReport {
    user_receive_time: Option<String>,
    nationcode: String,
    mobile: String,
    report_status: String,
    #[serde(default)]
    errmsg: String,
    sid: String,
}

/// Reads Alibaba Cloud's `SmsReport`.
pub fn aliyun_receipts(body: &[u8]) -> Result<Vec<SmsReceipt>, serde_json::Error> {
    let reports: Vec<AliyunReport> = serde_json::from_slice(body)?;
    let receipts = reports.into_iter().map(|report| SmsReceipt {
        biz_id: report.biz_id,
        phone: international(&report.phone_number),
        is_delivered: report.success,
        code: report.err_code,
        reported_at: report.report_time.as_deref().and_then(beijing::parse),
    });
    Ok(receipts.collect())
}

/// Reads Tencent Cloud's delivery reports.
pub fn tencent_receipts(body: &[u8]) -> Result<Vec<SmsReceipt>, serde_json::Error> {
    let reports: Vec<TencentReport> = serde_json::from_slice(body)?;
    let receipts = reports.into_iter().map(|report| SmsReceipt {
        biz_id: report.sid,
        phone: format!("+{}{}", report.nationcode, report.mobile),
        is_delivered: report.report_status == "SUCCESS",
        code: report.errmsg,
        reported_at: report.user_receive_time.as_deref().and_then(beijing::parse),
    });
    Ok(receipts.collect())
}

/// Numbers of the mainland come without their country code, all others without the plus sign.
fn international(number: &str) -> String {
    let is_mainland = number.len() == 11 && number.starts_with('1');
    let code = if is_mainland { "+86" } else { "+" };
    format!("{code}{number}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn both_formats_come_to_the_same_words() {
        let aliyun = r#"[{"phone_number":"13800138000","send_time":"2026-06-09 18:15:18",
            "report_time":"2026-06-09 18:15:20","success":true,"err_code":"DELIVERED",
            "err_msg":"用户接收成功","sms_size":"1","biz_id":"9006","out_id":"otp-1"},
            {"phone_number":"85261234567","success":false,"err_code":"MK:0001","biz_id":"9007"}]"#;
        let tencent = r#"[{"user_receive_time":"2026-06-09 18:15:20","nationcode":"86",
            "mobile":"13800138000","report_status":"SUCCESS","errmsg":"DELIVERED",
            "description":"用户短信送达成功","sid":"9006"}]"#;
        let expected = SmsReceipt {
            biz_id: "9006".to_owned(),
            phone: "+8613800138000".to_owned(),
            is_delivered: true,
            code: "DELIVERED".to_owned(),
            reported_at: Utc.with_ymd_and_hms(2026, 6, 9, 10, 15, 20).single(),
        };
        let read = aliyun_receipts(aliyun.as_bytes()).unwrap();
        assert_eq!(read[0], expected);
        assert_eq!(
            (read[1].phone.as_str(), read[1].is_delivered),
            ("+85261234567", false)
        );
        assert_eq!(tencent_receipts(tencent.as_bytes()).unwrap(), [expected]);
        assert!(!format!("{read:?}").contains("13800138000"));
        assert!(aliyun_receipts(b"{}").is_err() && tencent_receipts(b"[{}]").is_err());
    }
}
