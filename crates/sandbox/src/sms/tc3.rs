//! Tencent Cloud's request signature: HMAC-SHA-256 with a key that is made new for each day.

#[cfg(test)]
use data_encoding::HEXLOWER;

use crate::clock::Seconds;
use crate::sign::{hmac, is_hmac, sha256_hex};

/// The part of a request that its signature covers.
pub(super) struct Signed<'a> {
    pub(super) service: &'a str,
    pub(super) host: &'a str,
    pub(super) content_type: &'a str,
    pub(super) timestamp: Seconds,
    pub(super) body: &'a str,
}

impl Signed<'_> {
    /// The day in UTC, which is part of the key.
    fn date(&self) -> String {
        let time = chrono::DateTime::from_timestamp(self.timestamp, 0);
        time.unwrap_or_default().format("%Y-%m-%d").to_string()
    }

    fn scope(&self) -> String {
        format!("{}/{}/tc3_request", self.date(), self.service)
    }

    fn text(&self) -> String {
        let canonical = format!(
            "POST\n/\n\ncontent-type:{}\nhost:{}\n\ncontent-type;host\n{}",
            self.content_type,
            self.host,
            sha256_hex(self.body.as_bytes())
        );
        let hash = sha256_hex(canonical.as_bytes());
        format!(
            "TC3-HMAC-SHA256\n{}\n{}\n{hash}",
            self.timestamp,
            self.scope()
        )
    }

    fn key(&self, secret: &str) -> Vec<u8> {
        let date = hmac(format!("TC3{secret}").as_bytes(), &self.date());
        hmac(&hmac(&date, self.service), "tc3_request")
    }

    /// The signature in hex.
    #[cfg(test)]
    pub(super) fn sign(&self, secret: &str) -> String {
        HEXLOWER.encode(&hmac(&self.key(secret), &self.text()))
    }

    /// Whether `authorization` is the signature of this request by this key.
    pub(super) fn is_signed(&self, authorization: &str, id: &str, secret: &str) -> bool {
        let claim = (authorization.strip_prefix("TC3-HMAC-SHA256 ")).map(|rest| {
            let mut fields = rest.split(',').map(str::trim);
            let expected = format!("Credential={id}/{}", self.scope());
            let is_credential = fields.next() == Some(expected.as_str());
            let is_covered = fields.next() == Some("SignedHeaders=content-type;host");
            let signature = fields
                .next()
                .and_then(|field| field.strip_prefix("Signature="));
            (is_credential && is_covered, signature.unwrap_or_default())
        });
        claim.is_some_and(|(is_whole, signature)| {
            is_whole && is_hmac(&self.key(secret), &self.text(), signature)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::{count, items, own, published, text};

    fn signed<'a>(vector: &'a serde_json::Value, service: &'a str) -> Signed<'a> {
        let timestamp = &vector["timestamp"];
        Signed {
            service,
            host: text(vector, "host"),
            content_type: text(vector, "content_type"),
            timestamp: (timestamp.as_i64())
                .unwrap_or_else(|| timestamp.as_str().unwrap().parse().unwrap()),
            body: text(vector, "payload"),
        }
    }

    #[test]
    fn vectors_are_signed_and_verified_alike() {
        let (own, mut ran) = (own("tencent_requests"), 0);
        let published = published("sms_signatures.json", "cases");
        for vector in items(&own).chain(&published) {
            if text(vector, "algorithm") != "TC3-HMAC-SHA256" {
                continue;
            }
            ran += 1;
            let signed = signed(vector, text(vector, "service"));
            let (id, secret) = (text(vector, "secret_id"), text(vector, "secret_key"));
            let signature = signed.sign(secret);
            assert_eq!(signature, text(vector, "signature"), "{}", vector["id"]);
            let header = format!(
                "TC3-HMAC-SHA256 Credential={id}/{}, SignedHeaders=content-type;host, Signature={signature}",
                signed.scope()
            );
            assert!(signed.is_signed(&header, id, secret), "{}", vector["id"]);
            assert!(!signed.is_signed(&header, id, "other"), "{}", vector["id"]);
            assert!(
                !signed.is_signed(&header, "other", secret),
                "{}",
                vector["id"]
            );
        }
        count("TC3", ran);
        assert!(ran > 0);
    }
}
