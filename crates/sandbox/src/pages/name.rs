//! The names of the providers on the pages.

use crate::provider::Provider;

/// A provider's name in Chinese.
pub(super) fn provider_name(provider: Provider) -> &'static str {
    match provider {
        Provider::Wechat => "微信支付",
        Provider::Alipay => "支付宝",
        Provider::Sms => "短信",
    }
}
