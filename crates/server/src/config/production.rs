//! What production refuses of the TOML file: addresses that are not public or without https, keys that everybody can
//! read, and what can be guessed.

mod address;

use data_encoding::HEXLOWER;
use providers::keys::sha256;
use secrecy::ExposeSecret;

use super::{AlipayFile, ConfigFile, WechatPayFile};
use address::is_public;

/// How much of a hash makes a fingerprint, in bytes.
const FINGERPRINT: usize = 8;
/// Fingerprints of what stands in the sandbox's published keys: numbers, serials, secrets and keys.
const PUBLISHED: [&str; 49] = [
    "04a91e20a0d6e91e",
    "068673d34e983ce2",
    "1ca6b47919b900d0",
    "1d19ca1995b829e2",
    "246ec7aab996e858",
    "25433dfd2ead77b9",
    "27d9acd42ca7e017",
    "2b33689c6dce5eed",
    "2ee7aad033df1153",
    "444a743cad65dc37",
    "473bdfb128f288bb",
    "4f942008bc3dfe5e",
    "53338c47117adb63",
    "60a74e791c5c1419",
    "6547d88a8a89356e",
    "658a4484c5c2794d",
    "6e20bd931c4695f2",
    "6f863cbc91305392",
    "6fc32593f6623d50",
    "7173c824e2610525",
    "77bea44caa59a659",
    "8156d2ef7c8a8129",
    "8423c7e611ab0e6e",
    "8e6220c38833b37c",
    "91008f01455f2463",
    "93b2fa1c4a4605f3",
    "9b8ca58e59f95d94",
    "9f929af191d2bfbb",
    "a00ba0ef2d0014cc",
    "a4e88bf365193e7f",
    "a850753b1858b1d6",
    "a9e718bec7565a26",
    "b74aece95f461b70",
    "b9b475658173119e",
    "bef0a48f46c0bbef",
    "c2a725c9ef853db8",
    "c2a8a3ccd4d547ec",
    "cadc09d0e104f6b7",
    "d30aa8e202f80604",
    "d366f335ed4428dc",
    "d5845e1cac88125c",
    "da1ae6e004da59b8",
    "dd3ab2c461355680",
    "e042b324739b6c2e",
    "ec15fe9b5d94536b",
    "ee93d0fde061fdb1",
    "f676559bbeeadc04",
    "fe3277ab5e6cfeec",
    "ff4379a3acf420b4",
];

/// The shortest name of a merchant account, in characters. It is the part of the notice address that strangers do not know;
/// 16 random letters and digits cannot be guessed.
const SHORTEST_NAME: usize = 16;
/// The fewest characters of a path that only its caller may know: 16 of an alphabet of 32 are 80 bits.
const LEAST_SECRET_PATH: usize = 16;

/// A setting and what it says.
type Setting<'a> = (String, &'a str);

/// What is wrong with the accounts in production, a sentence each.
pub(super) fn faults(file: &ConfigFile) -> Vec<String> {
    let (mut addresses, mut keys, mut names) = (Vec::new(), Vec::new(), Vec::new());
    let own = file.school_merchants.iter();
    let wechat = file.wechat_pay.iter();
    for account in wechat.chain(own.clone().filter_map(|one| one.wechat_pay.as_ref())) {
        names.push(("wechat_pay", account.account.as_str()));
        addresses.extend(wechat_pay_addresses(account));
        keys.extend(wechat_pay_keys(account));
    }
    let alipay = file.alipay.iter();
    for account in alipay.chain(own.filter_map(|one| one.alipay.as_ref())) {
        names.push(("alipay", account.account.as_str()));
        let endpoint = account.endpoint.as_deref();
        addresses.extend(endpoint.map(|it| (format!("[alipay] {} endpoint", account.account), it)));
        keys.extend(alipay_keys(account));
    }
    if let Some(sms) = &file.sms {
        let endpoint = sms.endpoint.as_deref();
        addresses.extend(endpoint.map(|it| ("[sms] endpoint".to_owned(), it)));
        keys.push((
            "[sms] access_key_secret".to_owned(),
            sms.access_key_secret.expose_secret(),
        ));
    }
    if let Some(sms) = &file.sms_tencent {
        let endpoint = sms.endpoint.as_deref();
        addresses.extend(endpoint.map(|it| ("[sms_tencent] endpoint".to_owned(), it)));
        keys.push((
            "[sms_tencent] secret_key".to_owned(),
            sms.secret_key.expose_secret(),
        ));
    }
    let issuer = file.capture_code.iter().map(|one| &one.public_key);
    keys.extend(issuer.map(|key| ("[capture_code] public_key".to_owned(), key.as_str())));
    let addresses = addresses
        .into_iter()
        .filter(|(_, address)| !is_public(address));
    let addresses = addresses.map(|(setting, address)| {
        format!("{setting} is {address:?}; production reaches its providers by https at a public address: remove the setting")
    });
    let keys = keys.into_iter().filter(|(_, key)| is_published(key));
    let keys = keys.map(|(setting, _)| {
        format!("{setting} is one of the sandbox's, which everybody can read: set the one of your own account")
    });
    let names = names.into_iter().filter(|(_, name)| !is_secret_name(name));
    let names = names.map(|(section, name)| {
        format!("[{section}] account is {name:?}; strangers could guess the notice address: set a random text of {SHORTEST_NAME} or more letters, digits, - or _")
    });
    addresses
        .chain(keys)
        .chain(names)
        .chain(other_faults(file))
        .collect()
}

/// Whether a name is long enough, fits into an address as it is, and is no text of a few characters over and over.
fn is_secret_name(name: &str) -> bool {
    let mut distinct: Vec<u8> = name.bytes().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    name.len() >= SHORTEST_NAME && distinct.len() >= SHORTEST_NAME / 2 && name.bytes().all(is_plain)
}

/// What is wrong beside addresses and keys of accounts.
fn other_faults(file: &ConfigFile) -> Vec<String> {
    let mut faults = Vec::new();
    if file.trust_proxy.is_none() {
        faults.push(
            "production must know whose address it sees: set trust_proxy = true where a proxy in front sets X-Forwarded-For, else trust_proxy = false".to_owned(),
        );
    }
    let receipts = file.sms_receipt_path.as_ref();
    if receipts.is_some_and(|path| path.len() < LEAST_SECRET_PATH) {
        faults.push(format!(
            "sms_receipt_path has fewer than {LEAST_SECRET_PATH} characters and could be guessed: set a longer random text"
        ));
    }
    faults
}

/// Where the photos go, unless that is a public address by https or was allowed to be another one.
pub(super) fn storage_fault(file: &ConfigFile, allow_private: bool) -> Option<String> {
    let storage = file.storage.as_ref()?;
    let endpoint = storage.endpoint.as_deref()?;
    if is_public(endpoint) || allow_private || storage.allow_private_storage {
        return None;
    }
    Some(format!(
        "[storage] endpoint is {endpoint:?}; production stores photos by https at a public address: for a store on a network of your own add allow_private_storage = true"
    ))
}

fn wechat_pay_addresses(file: &WechatPayFile) -> Vec<Setting<'_>> {
    let official = file.official_account.as_ref();
    let all = [
        ("endpoint", file.endpoint.as_deref()),
        (
            "authorise_origin",
            official.and_then(|one| one.authorise_origin.as_deref()),
        ),
        (
            "api_origin",
            official.and_then(|one| one.api_origin.as_deref()),
        ),
    ];
    let set = all
        .into_iter()
        .filter_map(|(name, address)| Some((name, address?)));
    set.map(|(name, address)| (format!("[wechat_pay] {} {name}", file.account), address))
        .collect()
}

fn wechat_pay_keys(file: &WechatPayFile) -> Vec<Setting<'_>> {
    let mut keys = vec![
        ("mchid", file.mchid.as_str()),
        ("appid", &file.appid),
        ("merchant_serial", &file.merchant_serial),
        (
            "merchant_private_key",
            file.merchant_private_key.expose_secret(),
        ),
        ("api_v3_key", file.api_v3_key.expose_secret()),
    ];
    if let Some(official) = &file.official_account {
        keys.push(("app_secret", official.app_secret.expose_secret()));
    }
    for (serial, key) in &file.key_ring {
        keys.extend([("key_ring serial", serial.as_str()), ("key_ring key", key)]);
    }
    keys.into_iter()
        .map(|(name, key)| (format!("[wechat_pay] {} {name}", file.account), key))
        .collect()
}

fn alipay_keys(file: &AlipayFile) -> Vec<Setting<'_>> {
    let mut keys = vec![
        ("app_id", file.app_id.as_str()),
        ("seller_id", &file.seller_id),
        ("app_private_key", file.app_private_key.expose_secret()),
        ("alipay_public_key", &file.alipay_public_key),
    ];
    if let Some(files) = &file.certificates {
        keys.extend([
            ("application certificate", files.application.as_str()),
            ("root certificate", &files.root),
        ]);
        keys.extend(
            files
                .alipay
                .iter()
                .map(|one| ("alipay certificate", one.as_str())),
        );
    }
    keys.into_iter()
        .map(|(name, key)| (format!("[alipay] {} {name}", file.account), key))
        .collect()
}

/// Whether everybody can read a key; how it is broken into lines does not matter.
fn is_published(key: &str) -> bool {
    let bare: String = key.split_whitespace().collect();
    let hash = sha256(bare.as_bytes());
    PUBLISHED.contains(&HEXLOWER.encode(&hash[..FINGERPRINT]).as_str())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::Value;

    use super::super::file::CaptureCodeFile;
    use super::*;

    /// The sandbox's keys.
    const KEYS: &str = include_str!("../../../sandbox/keys/keys.json");

    /// Every text in them that no account of anybody else has.
    fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        const COMMON: [&str; 11] = [
            "about",
            "sign_name",
            "template_code",
            "template_phone_changed",
            "template_staff_invited",
            "template_photo_approved",
            "template_photo_rejected",
            "template_ticket_answered",
            "template_reminder",
            "template_webhook_failing",
            "template_phone_recovery",
        ];
        match value {
            Value::String(text) => found.push(text),
            Value::Array(all) => all.iter().for_each(|one| texts(one, found)),
            Value::Object(all) => {
                let own = all
                    .iter()
                    .filter(|(name, _)| !COMMON.contains(&name.as_str()));
                own.for_each(|(_, one)| texts(one, found));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    #[test]
    fn every_key_of_the_sandbox_is_known() {
        let keys = serde_json::from_str(KEYS).unwrap();
        let mut all = Vec::new();
        texts(&keys, &mut all);
        assert!(all.len() > 30);
        for text in all {
            assert!(is_published(text), "{text}");
        }
        assert!(!is_published("wx8888888888888888") && !is_published(""));
    }

    #[rstest]
    #[case::usual("main", false)]
    #[case::empty("", false)]
    #[case::short("k3v9q2m8x7", false)]
    #[case::repeated("mainmainmainmain", false)]
    #[case::digits("0000000000000000", false)]
    #[case::slash("k3v9q2m8x7/p4w1d6", false)]
    #[case::space("k3v9q2m8x7 p4w1d6", false)]
    #[case::good("k3v9q2m8x7p4w1d6", true)]
    #[case::good_with_signs("Wx_7f2c91ab-55de03", true)]
    fn a_name_that_can_be_guessed_is_not_secret(#[case] name: &str, #[case] expected: bool) {
        assert_eq!(is_secret_name(name), expected, "{name:?}");
    }

    #[test]
    fn an_account_whose_name_can_be_guessed_is_refused() {
        let file: ConfigFile = toml::from_str(
            "[alipay]\napp_id = '1'\nseller_id = '2'\napp_private_key = ''\nalipay_public_key = ''\n",
        )
        .unwrap();
        let faults = faults(&file);
        assert!(
            faults
                .iter()
                .any(|fault| fault.contains("account is \"main\"")),
            "{faults:?}"
        );
    }

    #[rstest]
    #[case::proxy("trust_proxy = true", None)]
    #[case::no_proxy("trust_proxy = false", None)]
    #[case::proxy_not_said("", Some("trust_proxy"))]
    #[case::short_path(
        "trust_proxy = true\nsms_receipt_path = 'short'",
        Some("sms_receipt_path")
    )]
    #[case::long_path("trust_proxy = true\nsms_receipt_path = 'abcdefghijklmnop'", None)]
    fn what_can_be_guessed_or_is_not_said_is_refused(
        #[case] text: &str,
        #[case] refused: Option<&str>,
    ) {
        let file: ConfigFile = toml::from_str(text).unwrap();
        let told = faults(&file);
        assert_eq!(told.len(), usize::from(refused.is_some()), "{told:?}");
        assert!(told.iter().all(|one| one.contains(refused.unwrap())));
    }

    const NEAR: &str = "endpoint = 'http://s3:8333'";
    const FAR: &str = "endpoint = 'https://oss-cn-beijing.aliyuncs.com'";
    const ALLOWED: &str = "allow_private_storage = true";

    fn storage_file(endpoint: &str, more: &str) -> ConfigFile {
        let text = format!(
            "[storage]\nbucket = 'b'\nregion = 'r'\naccess_key_id = 'i'\nsecret_access_key = 's'\n{endpoint}\n{more}"
        );
        toml::from_str(&text).unwrap()
    }

    #[rstest]
    #[case::private(NEAR, "", false, true)]
    #[case::private_by_flag(NEAR, "", true, false)]
    #[case::private_by_the_file(NEAR, ALLOWED, false, false)]
    #[case::public(FAR, "", false, false)]
    #[case::none("", "", false, false)]
    fn photos_go_to_a_private_address_only_where_that_is_allowed(
        #[case] endpoint: &str,
        #[case] more: &str,
        #[case] by_flag: bool,
        #[case] is_refused: bool,
    ) {
        let fault = storage_fault(&storage_file(endpoint, more), by_flag);
        assert_eq!(fault.is_some(), is_refused, "{endpoint} {more} {fault:?}");
        assert!(fault.is_none_or(|told| told.contains(ALLOWED)));
    }

    #[test]
    fn the_sandboxs_account_is_refused_setting_by_setting() {
        let keys: Value = serde_json::from_str(KEYS).unwrap();
        let text = |pointer: &str| keys.pointer(pointer).unwrap().as_str().unwrap().to_owned();
        let serial = text("/wechat/platform_keys/0/serial");
        let mut file: ConfigFile = toml::from_str(&format!(
            "trust_proxy = true\n[wechat_pay]\nmchid = \"1\"\nappid = \"wx1\"\nmerchant_serial = \"A\"\nmerchant_private_key = \"p\"\n\
             api_v3_key = {:?}\nkey_ring = {{ {serial:?} = \"k\" }}\nendpoint = \"http://127.0.0.1:9000\"\n\
             [wechat_pay.official_account]\napp_secret = \"s\"\napi_origin = \"http://127.0.0.1:9000\"\n",
            text("/wechat/api_v3_key"),
        ))
        .unwrap();
        let told = faults(&file).join("\n");
        for named in [
            "main endpoint",
            "main api_origin",
            "main api_v3_key",
            "main key_ring serial",
        ] {
            assert!(
                told.contains(&format!("[wechat_pay] {named} is ")),
                "{told}"
            );
        }
        assert!(told.contains("account is \"main\""), "{told}");
        assert_eq!(told.lines().count(), 5, "{told}");
        file.wechat_pay = None;
        assert!(faults(&file).is_empty());
        let public_key = text("/capture_code/public_key");
        file.capture_code = Some(CaptureCodeFile { public_key });
        let told = faults(&file).join("\n");
        assert!(
            told.starts_with("[capture_code] public_key is one of the sandbox's"),
            "{told}"
        );
    }
}
