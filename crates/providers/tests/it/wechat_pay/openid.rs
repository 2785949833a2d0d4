//! Who pays inside the app, asked at a double of the platform.

use crate::{
    double::{Reply, always, nobody},
    vectors::entropy,
};
use providers::wechat_pay::{OpenIdError, OpenIdSettings, OpenIds};
use rstest::rstest;

fn open_ids(origin: &str) -> OpenIds {
    let settings = OpenIdSettings {
        appid: "wx0000grad0000test".to_owned(),
        app_secret: "s&cret".into(),
        authorise_origin: "https://open.weixin.qq.com".to_owned(),
        api_origin: origin.to_owned(),
    };
    OpenIds::new(settings, entropy()).unwrap()
}

#[test]
fn the_browser_is_sent_with_state_and_return_address() {
    let sent = open_ids("").authorise_url("https://photo.example.edu.cn/pay?o=1", "a b");
    let expected = "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx0000grad0000test\
        &redirect_uri=https%3A%2F%2Fphoto.example.edu.cn%2Fpay%3Fo%3D1&response_type=code\
        &scope=snsapi_base&state=a%20b#wechat_redirect";
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn a_code_is_exchanged_once_and_remembered() {
    let answer = r#"{"access_token":"t","expires_in":7200,"openid":"oUpF8","scope":"snsapi_base"}"#;
    let (origin, requests) = always(Reply::new(200, answer));
    let open_ids = open_ids(&origin);
    for _ in 0..2 {
        assert_eq!(open_ids.openid("c/1").await, Ok("oUpF8".to_owned()));
    }
    let target = "/sns/oauth2/access_token?appid=wx0000grad0000test&secret=s%26cret&code=c%2F1\
        &grant_type=authorization_code";
    assert_eq!(requests.recv().unwrap().target, target);
    assert!(requests.try_recv().is_err(), "the code was exchanged twice");
    assert!(!format!("{open_ids:?}").contains("s&cret"));
}

#[rstest]
#[case::invalid_code(40029, OpenIdError::Code)]
#[case::used_code(40163, OpenIdError::Code)]
#[case::wrong_secret(40125, OpenIdError::Configuration(40125))]
#[case::busy(-1, OpenIdError::Unavailable("-1".to_owned()))]
#[tokio::test]
async fn errors_with_the_status_of_success_are_told_apart(
    #[case] errcode: i32,
    #[case] expected: OpenIdError,
) {
    let answer = format!(r#"{{"errcode":{errcode},"errmsg":"…"}}"#);
    let (origin, _requests) = always(Reply::new(200, answer));
    assert_eq!(open_ids(&origin).openid("c").await, Err(expected));
}

#[tokio::test]
async fn a_platform_without_an_answer_is_unavailable() {
    let (origin, _requests) = always(Reply::new(502, "<html>"));
    for origin in [origin, nobody()] {
        let Err(OpenIdError::Unavailable(seen)) = open_ids(&origin).openid("c").await else {
            panic!()
        };
        assert!(!seen.contains("cret"), "{seen}");
    }
}
