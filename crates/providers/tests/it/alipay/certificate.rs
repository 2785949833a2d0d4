//! Certificates in place of keys.

use super::{calls::NUMBER, decoded, settings};
use crate::{
    double::{Reply, always},
    vectors::{entropy, list, own, published, secret, text},
};
use providers::{
    Outcome,
    alipay::{Alipay, Credentials, CredentialsError, Trust, certificate_sn, root_certificate_sn},
    payment::{Closed, PaymentChannel},
    rsa::SigningKey,
};
use serde_json::json;
use std::collections::BTreeMap;

/// The names and texts of the published certificates.
fn certificates() -> Option<BTreeMap<String, (String, String)>> {
    let vectors = published("alipay.json")?;
    let cases = list(&vectors, "cert_sn").iter();
    let named = cases.map(|case| {
        let (pem, sn) = (text(case, "pem").to_owned(), text(case, "sn").to_owned());
        (text(case, "id").to_owned(), (pem, sn))
    });
    Some(named.collect())
}

#[test]
fn vec_published_certificates_have_their_names() {
    let Some(certificates) = certificates() else {
        return;
    };
    for id in ["app-cert", "alipay-cert"] {
        let (pem, sn) = &certificates[id];
        assert_eq!(certificate_sn(pem).as_ref(), Ok(sn), "{id}");
    }
    let (pem, sn) = &certificates["root-certs"];
    assert_eq!(root_certificate_sn(pem).as_ref(), Ok(sn));
    assert!(certificate_sn("-----BEGIN NOTHING-----").is_err());
    assert!(root_certificate_sn("").is_err());
}

#[tokio::test]
async fn requests_name_the_certificates_and_answers_are_checked_by_them() {
    let certificates = own("certificates.json");
    let pem = |name: &str| text(&certificates[name], "pem").to_owned();
    let mut settings = settings();
    let trust = |application: &str| Trust::Certificates {
        application: pem(application),
        alipay: vec![pem("alipay")],
        root: pem("root"),
    };
    settings.trust = trust("alipay");
    let refused = Credentials::parse(&settings).unwrap_err();
    assert!(matches!(refused, CredentialsError::OtherCertificate));

    settings.trust = trust("application");
    let credentials = Credentials::parse(&settings).unwrap();
    let named = |sn: &str| {
        let keys = own("keys.json");
        let pem = secret(&keys["alipay_platform"], "private_pkcs8_pem");
        let content = json!({"code": "10000", "out_trade_no": NUMBER}).to_string();
        let signature = SigningKey::parse(&pem).unwrap().sign(content.as_bytes());
        let signature = signature.unwrap();
        let body = format!(
            r#"{{"alipay_trade_close_response":{content},"alipay_cert_sn":"{sn}","sign":"{signature}"}}"#
        );
        Reply::new(200, body)
    };
    let (good, requests) = always(named(text(&certificates["alipay"], "sn")));
    let client = Alipay::new(credentials, &good, entropy()).unwrap();
    let closed = client.close(NUMBER).await.outcome;
    assert_eq!(closed, Outcome::Definite(Closed::Closed));
    let target = requests.recv().unwrap().target;
    let sent = decoded(target.split_once('?').unwrap().1);
    for (name, certificate) in [
        ("app_cert_sn", "application"),
        ("alipay_root_cert_sn", "root"),
    ] {
        assert_eq!(sent[name], text(&certificates[certificate], "sn"));
    }

    let (other, _requests) = always(named(text(&certificates["root"], "sn")));
    let credentials = Credentials::parse(&settings).unwrap();
    let client = Alipay::new(credentials, &other, entropy()).unwrap();
    let closed = client.close(NUMBER).await.outcome;
    assert!(matches!(closed, Outcome::Unknown(_)), "{closed:?}");
}
