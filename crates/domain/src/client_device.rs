//! Which browser on which system a session was opened with, as far as `User-Agent` tells: for people to recognise
//! their sessions, never for a decision.

use crate::word::words;

words! {
    /// The family of a browser.
    BrowserFamily {
        /// WeChat's own.
        Wechat = "wechat", "微信", "WeChat";
        /// Alipay's own.
        Alipay = "alipay", "支付宝", "Alipay";
        /// `DingTalk`'s own.
        Dingtalk = "dingtalk", "钉钉", "DingTalk";
        /// QQ's own, and QQ Browser.
        Qq = "qq", "QQ", "QQ";
        /// UC.
        Uc = "uc", "UC 浏览器", "UC Browser";
        /// Quark.
        Quark = "quark", "夸克", "Quark";
        /// Xiaomi's.
        Xiaomi = "xiaomi", "小米浏览器", "Mi Browser";
        /// Huawei's.
        Huawei = "huawei", "华为浏览器", "Huawei Browser";
        /// Samsung's.
        Samsung = "samsung", "三星浏览器", "Samsung Internet";
        /// Edge.
        Edge = "edge", "Edge", "Edge";
        /// Opera.
        Opera = "opera", "Opera", "Opera";
        /// Firefox.
        Firefox = "firefox", "Firefox", "Firefox";
        /// Chrome, and what calls itself nothing else.
        Chrome = "chrome", "Chrome", "Chrome";
        /// Safari.
        Safari = "safari", "Safari", "Safari";
        /// Any other program.
        Other = "other", "其他浏览器", "another browser";
    }
}

words! {
    /// The family of an operating system.
    SystemFamily {
        /// `HarmonyOS`.
        Harmony = "harmony", "鸿蒙", "HarmonyOS";
        /// Android.
        Android = "android", "安卓", "Android";
        /// iPhone.
        Iphone = "iphone", "iPhone", "iPhone";
        /// iPad.
        Ipad = "ipad", "iPad", "iPad";
        /// Windows.
        Windows = "windows", "Windows 电脑", "Windows";
        /// macOS; iPads that ask for desktop pages say the same.
        Mac = "mac", "Mac 电脑", "Mac";
        /// Linux.
        Linux = "linux", "Linux 电脑", "Linux";
        /// Any other system.
        Other = "other", "其他设备", "another device";
    }
}

/// Browser and system of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientDevice {
    /// The browser.
    pub browser: BrowserFamily,
    /// The system.
    pub system: SystemFamily,
}

/// What only this browser writes into `User-Agent`. Order matters: most contain `Chrome` and `Safari` besides.
const BROWSERS: &[(&str, BrowserFamily)] = &[
    ("MicroMessenger", BrowserFamily::Wechat),
    ("AlipayClient", BrowserFamily::Alipay),
    ("DingTalk", BrowserFamily::Dingtalk),
    (" QQ/", BrowserFamily::Qq),
    ("QQBrowser", BrowserFamily::Qq),
    ("UCBrowser", BrowserFamily::Uc),
    ("UBrowser", BrowserFamily::Uc),
    ("Quark", BrowserFamily::Quark),
    ("MiuiBrowser", BrowserFamily::Xiaomi),
    ("HuaweiBrowser", BrowserFamily::Huawei),
    ("SamsungBrowser", BrowserFamily::Samsung),
    ("Edg", BrowserFamily::Edge),
    ("OPR/", BrowserFamily::Opera),
    ("Firefox", BrowserFamily::Firefox),
    ("FxiOS", BrowserFamily::Firefox),
    ("Chrome", BrowserFamily::Chrome),
    ("CriOS", BrowserFamily::Chrome),
    ("Safari", BrowserFamily::Safari),
];

/// What only this system writes into `User-Agent`. Order matters: phones name the system that theirs descends from.
const SYSTEMS: &[(&str, SystemFamily)] = &[
    ("HarmonyOS", SystemFamily::Harmony),
    ("Android", SystemFamily::Android),
    ("iPhone", SystemFamily::Iphone),
    ("iPad", SystemFamily::Ipad),
    ("Windows", SystemFamily::Windows),
    ("Macintosh", SystemFamily::Mac),
    ("Linux", SystemFamily::Linux),
];

impl ClientDevice {
    /// The device of a `User-Agent`; what is not recognised is `Other`.
    pub fn of(user_agent: &str) -> Self {
        fn family<T: Copy>(text: &str, marks: &[(&str, T)]) -> Option<T> {
            let mark = marks.iter().find(|(mark, _)| text.contains(mark));
            mark.map(|(_, family)| *family)
        }
        Self {
            browser: family(user_agent, BROWSERS).unwrap_or(BrowserFamily::Other),
            system: family(user_agent, SYSTEMS).unwrap_or(SystemFamily::Other),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::chrome_on_windows(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
        BrowserFamily::Chrome,
        SystemFamily::Windows
    )]
    #[case::edge_on_windows(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
        BrowserFamily::Edge,
        SystemFamily::Windows
    )]
    #[case::wechat_on_iphone(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50(0x18003233) NetType/WIFI Language/zh_CN",
        BrowserFamily::Wechat,
        SystemFamily::Iphone
    )]
    #[case::wechat_on_android(
        "Mozilla/5.0 (Linux; Android 14; 23127PN0CC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MQQBrowser/6.2 MicroMessenger/8.0.49",
        BrowserFamily::Wechat,
        SystemFamily::Android
    )]
    #[case::xiaomi_browser(
        "Mozilla/5.0 (Linux; U; Android 14; zh-cn) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/112.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.5",
        BrowserFamily::Xiaomi,
        SystemFamily::Android
    )]
    #[case::huawei_browser(
        "Mozilla/5.0 (Phone; OpenHarmony 5.0; HarmonyOS 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1 Mobile HuaweiBrowser/5.0",
        BrowserFamily::Huawei,
        SystemFamily::Harmony
    )]
    #[case::safari_on_mac(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
        BrowserFamily::Safari,
        SystemFamily::Mac
    )]
    #[case::firefox_on_linux(
        "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
        BrowserFamily::Firefox,
        SystemFamily::Linux
    )]
    #[case::curl("curl/8.5.0", BrowserFamily::Other, SystemFamily::Other)]
    #[case::no_user_agent("", BrowserFamily::Other, SystemFamily::Other)]
    fn browsers_and_systems_are_recognised(
        #[case] user_agent: &str,
        #[case] browser: BrowserFamily,
        #[case] system: SystemFamily,
    ) {
        let device = ClientDevice { browser, system };
        assert_eq!(ClientDevice::of(user_agent), device, "{user_agent}");
    }
}
