//! What stays as it was set.

/// What stays as it was set.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Whether one number may get any number of messages.
    pub(crate) is_sms_unlimited: bool,
    /// The serial of the `WeChat` key that signs; none means the first of the account.
    pub(crate) wechat_key: Option<String>,
    pub(crate) refund_takes_s: i64,
    /// Where Aliyun's receipts go.
    pub(crate) aliyun_receipts: Option<String>,
    /// Where Tencent's receipts go.
    pub(crate) tencent_receipts: Option<String>,
}
