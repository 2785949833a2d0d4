//! A merchant's client, written for these tests: signs calls, verifies answers.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use data_encoding::{BASE64, HEXLOWER};
use reqwest::{Client, Response};
use sandbox::{MerchantConfig, Options, Sandbox};
use serde_json::{Value, json};

pub(crate) struct Merchant {
    pub(crate) sandbox: Sandbox,
    pub(crate) config: MerchantConfig,
    pub(crate) http: Client,
    nonces: AtomicU64,
}

impl Merchant {
    /// A merchant beside a sandbox of its own.
    pub(crate) fn new() -> Self {
        Self::with(Options::default())
    }

    pub(crate) fn with(options: Options) -> Self {
        let sandbox = sandbox::start(options).unwrap();
        let redirect = reqwest::redirect::Policy::none();
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect)
            .build()
            .unwrap();
        Self {
            config: sandbox.merchant_config().clone(),
            sandbox,
            http,
            nonces: AtomicU64::new(0),
        }
    }

    /// The control API; gives status and body.
    pub(crate) async fn ctl(&self, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/_ctl/{path}", self.sandbox.addresses().pages);
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    pub(crate) async fn fault(&self, fault: &str) {
        let (status, _) = self.ctl("fault", json!({ "do": fault })).await;
        assert_eq!(status, 200);
    }

    /// The sandbox's time.
    pub(crate) async fn now(&self) -> i64 {
        self.ctl("clock", json!({ "advance_s": 0 })).await.1["now"]
            .as_i64()
            .unwrap()
    }

    pub(crate) async fn page(&self, path: &str) -> String {
        let url = format!("{}{path}", self.sandbox.addresses().pages);
        self.http
            .get(url)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    }

    /// A signed call to `WeChat` Pay; the nonce must be new.
    pub(crate) async fn wechat(&self, nonce: &str, call: WechatCall<'_>) -> Answer {
        let at = self.now().await + call.clock_off_s;
        let WechatCall {
            method, path, body, ..
        } = call;
        let merchant = &self.config.wechat;
        let signature = sign(
            &merchant.merchant_private_key,
            &format!("{method}\n{path}\n{at}\n{nonce}\n{body}\n"),
        );
        let header = format!(
            "WECHATPAY2-SHA256-RSA2048 timestamp=\"{at}\",serial_no=\"{}\",mchid=\"{}\",signature=\"{signature}\",nonce_str=\"{nonce}\"",
            merchant.merchant_serial, merchant.mchid
        );
        let url = format!("{}{path}", self.sandbox.addresses().wechat);
        let request = self.http.request(method.parse().unwrap(), url);
        let sent = request
            .header("Authorization", header)
            .body(body.to_owned())
            .send();
        Answer::read(sent.await.unwrap()).await
    }

    /// A signed GET of `WeChat` Pay.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, "").await
    }

    /// A signed POST to `WeChat` Pay.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, &body.to_string()).await
    }

    async fn call(&self, method: &str, path: &str, body: &str) -> Answer {
        let nonce = format!("auto{}", self.nonces.fetch_add(1, Ordering::Relaxed));
        let call = WechatCall {
            method,
            path,
            body,
            clock_off_s: 0,
        };
        self.wechat(&nonce, call).await
    }

    /// A signed GET whose answer is a file.
    pub(crate) async fn download(&self, path: &str) -> File {
        let at = self.now().await;
        let merchant = &self.config.wechat;
        let nonce = format!("file{}", self.nonces.fetch_add(1, Ordering::Relaxed));
        let message = format!("GET\n{path}\n{at}\n{nonce}\n\n");
        let signature = sign(&merchant.merchant_private_key, &message);
        let header = format!(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"{}\",nonce_str=\"{nonce}\",timestamp=\"{at}\",serial_no=\"{}\",signature=\"{signature}\"",
            merchant.mchid, merchant.merchant_serial
        );
        let url = format!("{}{path}", self.sandbox.addresses().wechat);
        let request = self.http.get(url).header("Authorization", header);
        let answer = request.send().await.unwrap();
        File {
            headers: answer.headers().clone(),
            bytes: answer.bytes().await.unwrap().to_vec(),
        }
    }

    /// Reads the control API.
    pub(crate) async fn look(&self, path: &str) -> Value {
        serde_json::from_str(&self.page(&format!("/_ctl/{path}")).await).unwrap()
    }

    /// Whether the platform signed this answer or notice.
    pub(crate) fn is_from_wechat(&self, header: impl Fn(&str) -> String, body: &str) -> bool {
        let message = format!(
            "{}\n{}\n{body}\n",
            header("wechatpay-timestamp"),
            header("wechatpay-nonce")
        );
        let key = &self.config.wechat.key_ring[&header("wechatpay-serial")];
        is_signed(key, &message, &header("wechatpay-signature"))
    }

    /// Opens a notice's resource.
    pub(crate) fn open(&self, resource: &Value) -> Value {
        serde_json::from_str(&self.open_text(resource)).unwrap()
    }

    /// Opens anything that was sealed for the merchant.
    pub(crate) fn open_text(&self, resource: &Value) -> String {
        let key = UnboundKey::new(&AES_256_GCM, self.config.wechat.api_v3_key.as_bytes()).unwrap();
        let text = |name: &str| resource[name].as_str().unwrap().as_bytes();
        let nonce = Nonce::try_assume_unique_for_key(text("nonce")).unwrap();
        let mut sealed = BASE64.decode(text("ciphertext")).unwrap();
        let aad = Aad::from(text("associated_data"));
        let plaintext = LessSafeKey::new(key).open_in_place(nonce, aad, &mut sealed);
        String::from_utf8(plaintext.unwrap().to_vec()).unwrap()
    }

    /// A signed call to Alipay; `change` comes after the signature. Gives the raw answer.
    pub(crate) async fn alipay(
        &self,
        method: &str,
        content: Value,
        change: impl FnOnce(&mut BTreeMap<&'static str, String>),
    ) -> String {
        let mut parameters = self.signed_alipay(method, &content);
        change(&mut parameters);
        let content = parameters.remove("biz_content").unwrap();
        let request = self
            .http
            .post(&self.sandbox.addresses().alipay)
            .query(&parameters);
        let answer = request
            .form(&[("biz_content", content)])
            .send()
            .await
            .unwrap();
        answer.text().await.unwrap()
    }

    /// The signed parameters of a call; `notify_url` is taken out of `content`.
    pub(crate) fn signed_alipay(
        &self,
        method: &str,
        content: &Value,
    ) -> BTreeMap<&'static str, String> {
        let mut content = content.clone();
        let notify_url = content.as_object_mut().unwrap().remove("notify_url");
        let notify_url = notify_url.map(|url| url.as_str().unwrap().to_owned());
        let mut parameters = BTreeMap::from([
            ("app_id", self.config.alipay.app_id.clone()),
            ("biz_content", content.to_string()),
            ("charset", "utf-8".into()),
            ("format", "JSON".into()),
            ("method", method.to_owned()),
            ("notify_url", notify_url.unwrap_or_default()),
            ("sign_type", "RSA2".into()),
            ("timestamp", "2026-06-09 18:13:20".into()),
            ("version", "1.0".into()),
        ]);
        let pairs: Vec<String> = (parameters.iter())
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let signature = sign(&self.config.alipay.app_private_key, &pairs.join("&"));
        parameters.insert("sign", signature);
        parameters
    }
}

/// One call to `WeChat` Pay.
#[derive(Clone, Copy)]
pub(crate) struct WechatCall<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) body: &'a str,
    pub(crate) clock_off_s: i64,
}

/// A file with the headers it came with.
pub(crate) struct File {
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    async fn read(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self {
            status,
            headers,
            body: response.text().await.unwrap(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> String {
        self.headers[name].to_str().unwrap().to_owned()
    }

    /// Status and error code.
    pub(crate) fn error(&self) -> (u16, String) {
        (
            self.status,
            self.json()["code"].as_str().unwrap().to_owned(),
        )
    }
}

fn der(pem: &str) -> Vec<u8> {
    let lines: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    BASE64.decode(lines.as_bytes()).unwrap()
}

pub(crate) fn sign(private_key: &str, message: &str) -> String {
    let key = RsaKeyPair::from_pkcs8(&der(private_key)).unwrap();
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        message.as_bytes(),
        &mut signature,
    )
    .unwrap();
    BASE64.encode(&signature)
}

pub(crate) fn is_signed(public_key: &str, message: &str, signature: &str) -> bool {
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der(public_key));
    key.verify(
        message.as_bytes(),
        &BASE64.decode(signature.as_bytes()).unwrap(),
    )
    .is_ok()
}

pub(crate) fn hmac(secret: &[u8], message: &str) -> Vec<u8> {
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret);
    aws_lc_rs::hmac::sign(&key, message.as_bytes())
        .as_ref()
        .to_vec()
}

pub(crate) fn hex_hmac(secret: &str, message: &str) -> String {
    HEXLOWER.encode(&hmac(secret.as_bytes(), message))
}

pub(crate) fn hex_sha256(text: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
    HEXLOWER.encode(digest.as_ref())
}
