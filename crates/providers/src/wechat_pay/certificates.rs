//! Platform certificates: the older way in which `WeChat Pay` gives out the keys it signs with.

use super::{WechatPay, http::Arrived, verify::KeyRing};
use crate::{Outcome, Reply, certificate::Certificate, http::CallKind, rsa::VerifyingKey};
use chrono::{DateTime, Utc};
use reqwest::Method;
use serde::Deserialize;

#[derive(Deserialize)]
struct Answer {
    data: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    serial_no: String,
    expire_time: DateTime<Utc>,
    encrypt_certificate: Sealed,
}

#[derive(Deserialize)]
struct Sealed {
    algorithm: String,
    nonce: String,
    #[serde(default)]
    associated_data: String,
    ciphertext: String,
}

impl WechatPay {
    /// Whether this account's answers are signed with certificates, so that it needs the new ones.
    pub fn has_certificates(&self) -> bool {
        self.credentials.key_ring.has_certificates()
    }

    /// Fetches the platform's certificates and adds those that are new to the key ring; tells how
    /// many. Once a day is enough, and only an account that [`has certificates`](Self::has_certificates)
    /// needs it.
    ///
    /// The answer may be signed with a certificate that it brings. That is sound, since each one
    /// comes sealed under the merchant's own key.
    pub async fn refresh_certificates(&self) -> Reply<usize> {
        let sent = self.exchange(Method::GET, "/v3/certificates", "", CallKind::Ordinary);
        let arrived = match sent.await {
            Ok(arrived) => arrived,
            Err(seen) => return Reply::lost(seen),
        };
        let mut trace = arrived.trace();
        if !arrived.status.is_success() {
            let error = arrived.error();
            trace.code = Some(error.code().to_owned());
            return trace.with(Outcome::Unknown(error.to_string()));
        }
        match self.take_over(&arrived) {
            Ok(added) => trace.with(Outcome::Definite(added)),
            Err(seen) => {
                tracing::error!(seen, "the platform's certificates cannot be used");
                trace.with(Outcome::Unknown(seen))
            }
        }
    }

    fn take_over(&self, arrived: &Arrived) -> Result<usize, String> {
        let now = self.entropy.now();
        let answer: Answer =
            serde_json::from_slice(&arrived.body).map_err(|error| error.to_string())?;
        let offered = KeyRing::empty();
        for entry in answer.data.iter().filter(|entry| entry.expire_time > now) {
            offered.push(entry.serial_no.clone(), self.unseal(entry)?);
        }
        let verified = arrived
            .verify(&offered, now)
            .or_else(|_| arrived.verify(&self.credentials.key_ring, now));
        verified.map_err(|error| error.to_string())?;
        Ok(self.credentials.key_ring.add(&offered))
    }

    fn unseal(&self, entry: &Entry) -> Result<VerifyingKey, String> {
        let Sealed {
            algorithm,
            nonce,
            associated_data,
            ciphertext,
        } = &entry.encrypt_certificate;
        if algorithm != "AEAD_AES_256_GCM" {
            return Err(format!("sealed with {algorithm:?}"));
        }
        let key = &self.credentials.api_v3_key;
        let opened = key
            .open(nonce, associated_data, ciphertext)
            .map_err(|error| error.to_string())?;
        let pem = String::from_utf8(opened).map_err(|error| error.to_string())?;
        let certificate = Certificate::parse(&pem).map_err(|error| error.to_string())?;
        if certificate.serial != entry.serial_no {
            return Err(format!("{} holds another certificate", entry.serial_no));
        }
        VerifyingKey::from_der(&certificate.public_key).map_err(|error| error.to_string())
    }
}
