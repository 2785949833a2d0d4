//! The product's configuration for demo and tests: every outside address and account is the sandbox's.

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Calling codes of the countries whose phones may log in: mainland China, Hong Kong and Macao, as many universities need.
const COUNTRIES: [u16; 3] = [86, 852, 853];

/// The sample school that takes its students' money on accounts of its own.
const SCHOOL_WITH_ACCOUNTS: &str = "99904";

/// The TOML file for `gradphoto --config`. `addresses` is the line the sandbox prints when it starts, `accounts` what it
/// prints for `--print-config`; the sections carry the accounts' own field names, and where the account is served.
pub(crate) fn text(public_origin: &str, addresses: &Value, accounts: &Value) -> Result<String> {
    let pages = addresses["pages"]
        .as_str()
        .context("the sandbox names no pages")?;
    let mut own = merchant(&accounts["others"][0], addresses)?;
    own["school_code"] = SCHOOL_WITH_ACCOUNTS.into();
    for section in ["wechat_pay", "alipay"] {
        own[section]["account"] = SCHOOL_WITH_ACCOUNTS.into();
    }
    let common = merchant(accounts, addresses)?;
    let config = json!({
        "public_origin": public_origin,
        "countries": COUNTRIES,
        "captcha": {"max_number": 20_000},
        "capture_code": accounts["capture_code"],
        "sandbox": {"cashier": format!("{pages}/cashier")},
        "wechat_pay": common["wechat_pay"],
        "alipay": common["alipay"],
        "school_merchants": [own],
        "sms": served(&accounts["sms"], &addresses["sms"])?,
        "sms_tencent": served(&accounts["tencent"], &addresses["tencent"])?,
    });
    toml::to_string(&config).context("writing the configuration")
}

/// A merchant's accounts at both providers.
fn merchant(accounts: &Value, addresses: &Value) -> Result<Value> {
    let mut wechat_pay = served(&accounts["wechat"], &addresses["wechat"])?;
    wechat_pay["official_account"] = json!({
        "app_secret": accounts["oauth"]["app_secret"],
        "authorise_origin": addresses["oauth"],
        "api_origin": addresses["oauth"],
    });
    let alipay = served(&accounts["alipay"], &addresses["alipay"])?;
    Ok(json!({ "wechat_pay": wechat_pay, "alipay": alipay }))
}

/// An account with the address that serves it.
fn served(account: &Value, address: &Value) -> Result<Value> {
    let mut section = account
        .as_object()
        .context("the sandbox lacks an account")?
        .clone();
    section.insert("endpoint".to_owned(), address.clone());
    Ok(Value::Object(section))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_is_served_by_the_sandbox() {
        let addresses = json!({"wechat": "http://127.0.0.1:1", "alipay": "http://127.0.0.1:2/gateway.do",
            "sms": "http://127.0.0.1:3", "tencent": "http://127.0.0.1:3", "oauth": "http://127.0.0.1:1",
            "pages": "http://127.0.0.1:4"});
        let accounts = json!({"wechat": {"mchid": "1900000001", "key_ring": {"PUB_KEY_ID_1": "-----BEGIN\nA\n"}},
            "alipay": {"app_id": "2021"}, "sms": {"sign_name": "毕业照采集"}, "tencent": {"sdk_app_id": "1400"},
            "oauth": {"appid": "wx", "app_secret": "secret"}, "capture_code": {"public_key": "AAAA"},
            "others": [{"wechat": {"mchid": "1900000002"}, "alipay": {"app_id": "2022"}, "oauth": {"app_secret": "other"}}]});

        let config: toml::Table = text("http://127.0.0.1:5", &addresses, &accounts)
            .unwrap()
            .parse()
            .unwrap();

        assert_eq!(config["public_origin"].as_str(), Some("http://127.0.0.1:5"));
        assert_eq!(
            config["wechat_pay"]["endpoint"].as_str(),
            Some("http://127.0.0.1:1")
        );
        assert_eq!(
            config["wechat_pay"]["key_ring"]["PUB_KEY_ID_1"].as_str(),
            Some("-----BEGIN\nA\n")
        );
        assert_eq!(
            config["wechat_pay"]["official_account"]["authorise_origin"].as_str(),
            Some("http://127.0.0.1:1")
        );
        assert_eq!(config["capture_code"]["public_key"].as_str(), Some("AAAA"));
        assert_eq!(config["sms_tencent"]["sdk_app_id"].as_str(), Some("1400"));
        assert_eq!(config["alipay"]["app_id"].as_str(), Some("2021"));
        assert_eq!(config["sms"]["sign_name"].as_str(), Some("毕业照采集"));
        let own = &config["school_merchants"][0];
        assert_eq!(own["school_code"].as_str(), Some(SCHOOL_WITH_ACCOUNTS));
        assert_eq!(own["wechat_pay"]["mchid"].as_str(), Some("1900000002"));
        assert_eq!(
            own["alipay"]["endpoint"].as_str(),
            Some("http://127.0.0.1:2/gateway.do")
        );
        assert_eq!(
            config["sandbox"]["cashier"].as_str(),
            Some("http://127.0.0.1:4/cashier")
        );
    }

    #[test]
    fn a_sandbox_without_an_account_is_an_error() {
        assert!(text("http://a", &json!({"pages": "http://b"}), &json!({})).is_err());
    }
}
