//! How a person can pay, which depends on what they hold in their hand.
//!
//! Source: docs/sources.md#payment-products.

use super::Provider;
use crate::word::words;

words! {
    /// The provider's product: how a person pays.
    Product {
        /// `WeChat` QR on a screen.
        Native = "native", "微信扫码", "WeChat QR";
        /// `WeChat` from the browser of a phone.
        H5 = "h5", "微信（手机浏览器）", "WeChat, phone browser";
        /// `WeChat` inside `WeChat`.
        Jsapi = "jsapi", "微信内支付", "Pay inside WeChat";
        /// Alipay QR on a screen.
        Precreate = "precreate", "支付宝扫码", "Alipay QR";
        /// Alipay's own page, on a computer.
        Page = "page", "支付宝网页", "Alipay page";
        /// Alipay from the browser of a phone.
        Wap = "wap", "支付宝（手机浏览器）", "Alipay, phone browser";
    }
}

words! {
    /// What the browser does with what the provider gave.
    CredentialKind {
        /// Draws a code to scan.
        Qr = "qr", "扫码", "QR code";
        /// Goes to an address.
        Redirect = "redirect", "跳转", "redirect";
        /// Calls `WeChat`'s own payment window.
        Jsapi = "jsapi", "调起微信", "WeChat window";
    }
}

words! {
    /// Where the page is shown.
    Device {
        /// On a computer.
        Desktop = "desktop", "电脑", "computer";
        /// In a phone's ordinary browser.
        Phone = "phone", "手机浏览器", "phone browser";
        /// Inside `WeChat`.
        Wechat = "wechat", "微信内", "inside WeChat";
        /// Inside Alipay.
        Alipay = "alipay", "支付宝内", "inside Alipay";
    }
}

impl Device {
    /// Reads what a browser says of itself. Whoever lies gets a product that does not work for them, nothing else.
    pub fn of(user_agent: &str) -> Self {
        let has = |word: &str| user_agent.contains(word);
        // WeChat for computers shows pages too; its QR scanner is the phone's, but the page itself can call its window.
        if has("MicroMessenger") {
            Self::Wechat
        } else if has("AlipayClient") {
            Self::Alipay
        } else if ["Mobile", "Android", "iPhone", "HarmonyOS", "OpenHarmony"]
            .iter()
            .any(|word| has(word))
        {
            Self::Phone
        } else {
            Self::Desktop
        }
    }
}

impl Provider {
    /// The products that work on a device, the best first; none where the provider cannot be paid there.
    pub const fn products(self, device: Device) -> &'static [Product] {
        match (self, device) {
            // A code can be scanned from another screen, so that a phone that has the provider's app elsewhere pays too.
            (Self::WechatPay, Device::Desktop) => &[Product::Native],
            (Self::WechatPay, Device::Phone) => &[Product::H5, Product::Native],
            (Self::WechatPay, Device::Wechat) => &[Product::Jsapi, Product::Native],
            (Self::WechatPay, Device::Alipay) | (Self::Alipay, Device::Wechat) => &[],
            (Self::Alipay, Device::Desktop) => &[Product::Precreate, Product::Page],
            (Self::Alipay, Device::Phone | Device::Alipay) => &[Product::Wap, Product::Precreate],
        }
    }
}

impl Product {
    /// Whose product it is.
    pub const fn provider(self) -> Provider {
        match self {
            Self::Native | Self::H5 | Self::Jsapi => Provider::WechatPay,
            Self::Precreate | Self::Page | Self::Wap => Provider::Alipay,
        }
    }

    /// What the browser does with it.
    pub const fn credential(self) -> CredentialKind {
        match self {
            Self::Native | Self::Precreate => CredentialKind::Qr,
            Self::H5 | Self::Page | Self::Wap => CredentialKind::Redirect,
            Self::Jsapi => CredentialKind::Jsapi,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::desktop(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36",
        Device::Desktop
    )]
    #[case::iphone(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
        Device::Phone
    )]
    #[case::android(
        "Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0 Mobile Safari/537.36",
        Device::Phone
    )]
    #[case::wechat(
        "Mozilla/5.0 (iPhone) Mobile/15E148 MicroMessenger/8.0.50(0x18003231) NetType/WIFI",
        Device::Wechat
    )]
    #[case::alipay(
        "Mozilla/5.0 (iPhone) Mobile/15E148 AlipayClient/10.6.0 Language/zh-Hans",
        Device::Alipay
    )]
    #[case::no_user_agent("", Device::Desktop)]
    fn browsers_are_told_apart(#[case] user_agent: &str, #[case] expected: Device) {
        assert_eq!(Device::of(user_agent), expected, "{user_agent}");
    }

    #[rstest]
    #[case::desktop(Device::Desktop, Some("native"), Some("precreate"))]
    #[case::phone(Device::Phone, Some("h5"), Some("wap"))]
    #[case::wechat(Device::Wechat, Some("jsapi"), None)]
    #[case::alipay(Device::Alipay, None, Some("wap"))]
    fn a_device_is_offered_only_what_can_work_on_it(
        #[case] device: Device,
        #[case] wechat: Option<&str>,
        #[case] alipay: Option<&str>,
    ) {
        let offered = |provider: Provider, device| {
            let first = provider.products(device).first();
            first.map(|product| product.as_str())
        };
        assert_eq!(offered(Provider::WechatPay, device), wechat, "{device}");
        assert_eq!(offered(Provider::Alipay, device), alipay, "{device}");
    }

    #[test]
    fn every_product_is_of_the_provider_that_offers_it() {
        for &device in Device::ALL {
            for &provider in Provider::ALL {
                for product in provider.products(device) {
                    assert_eq!(product.provider(), provider);
                }
            }
        }
    }
}
