//! Captcha tokens, checked at a double of the sandbox.

use crate::double::{Reply, always, nobody};
use providers::captcha::{CaptchaOutcome, CaptchaVerifier, NoCaptcha, SandboxCaptcha};
use std::net::{IpAddr, Ipv4Addr};

const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

#[tokio::test]
async fn a_token_passes_only_where_the_verifier_says_so() {
    for (reply, expected) in [
        (Reply::new(200, r#"{"ok":true}"#), CaptchaOutcome::Passed),
        (Reply::new(200, r#"{"ok":false}"#), CaptchaOutcome::Failed),
        (
            Reply::new(500, r#"{"ok":true}"#),
            CaptchaOutcome::Unavailable,
        ),
        (Reply::new(200, "yes"), CaptchaOutcome::Unavailable),
    ] {
        let (origin, requests) = always(reply);
        let outcome = SandboxCaptcha::new(&origin)
            .unwrap()
            .verify("a\"b", CLIENT)
            .await;
        assert_eq!(outcome, expected);
        let request = requests.recv().unwrap();
        assert_eq!(request.target, "/captcha/verify");
        assert_eq!(request.body, r#"{"token":"a\"b"}"#);
    }
    let outcome = SandboxCaptcha::new(&nobody())
        .unwrap()
        .verify("1", CLIENT)
        .await;
    assert_eq!(outcome, CaptchaOutcome::Unavailable);
    assert_eq!(NoCaptcha.verify("", CLIENT).await, CaptchaOutcome::Passed);
}
