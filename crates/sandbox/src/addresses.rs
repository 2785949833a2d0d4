//! Where the services listen.

use serde::Serialize;

/// Where the services listen.
#[derive(Debug, Clone, Serialize)]
pub struct Addresses {
    /// Base of `WeChat` Pay, without a slash at the end.
    pub wechat: String,
    /// Alipay's gateway, with `/gateway.do`.
    pub alipay: String,
    /// Aliyun SMS, without a slash at the end.
    pub sms: String,
    /// Base of pages and control API, without a slash at the end.
    pub pages: String,
    /// Base of `WeChat`'s openids (`/connect/…`, `/sns/…`): the port of `WeChat` Pay.
    pub oauth: String,
    /// Tencent SMS: the port of Aliyun SMS.
    pub tencent: String,
}
