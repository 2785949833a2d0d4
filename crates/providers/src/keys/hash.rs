//! Hashes: of one-time codes, and of anything whose sameness is checked.

use aws_lc_rs::{constant_time::verify_slices_are_equal, digest, hmac};

/// What a one-time code is good for. A code is never accepted for another of these.
#[derive(Debug, Clone, Copy)]
pub struct OtpSubject<'a> {
    /// Such as `login`.
    pub purpose: &'a str,
    /// E.164.
    pub phone: &'a str,
    /// The challenge's key.
    pub challenge: &'a [u8],
}

/// SHA-256 of these bytes.
pub fn sha256(content: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, content).as_ref());
    hash
}

/// SHA-256 of bytes that come in parts.
#[derive(Clone)]
pub struct Sha256(digest::Context);

impl Default for Sha256 {
    fn default() -> Self {
        Self(digest::Context::new(&digest::SHA256))
    }
}

impl std::fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sha256")
    }
}

impl Sha256 {
    /// Adds a part.
    pub fn update(&mut self, part: &[u8]) {
        self.0.update(part);
    }

    /// The hash of all parts.
    pub fn finish(self) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.copy_from_slice(self.0.finish().as_ref());
        hash
    }
}

/// Whether two hashes are the same, in a time that does not tell where they differ.
pub fn is_same(left: &[u8], right: &[u8]) -> bool {
    verify_slices_are_equal(left, right).is_ok()
}

/// HMAC-SHA256 of parts under a key, each part after its length.
pub fn hash_under(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let mut context = hmac::Context::with_key(&key);
    for part in parts {
        context.update(&part.len().to_be_bytes());
        context.update(part);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.sign().as_ref());
    hash
}

/// The refresh token that follows `token`: HMAC-SHA256 under the token over the salt. Only who presents the token can
/// have it derived again, since the database holds the salt and neither of the tokens.
pub fn successor_token(token: &[u8], salt: &[u8]) -> [u8; 32] {
    const LABEL: &[u8] = b"gradphoto refresh token v1";
    let key = hmac::Key::new(hmac::HMAC_SHA256, token);
    let mut context = hmac::Context::with_key(&key);
    context.update(LABEL);
    context.update(salt);
    let mut successor = [0; 32];
    successor.copy_from_slice(context.sign().as_ref());
    successor
}

/// HMAC-SHA256 under the pepper over purpose, phone, challenge and code, each after its length.
pub(super) fn otp(pepper: &[u8; 32], subject: &OtpSubject<'_>, code: &str) -> [u8; 32] {
    let OtpSubject {
        purpose,
        phone,
        challenge,
    } = subject;
    let parts = [
        purpose.as_bytes(),
        phone.as_bytes(),
        challenge,
        code.as_bytes(),
    ];
    hash_under(pepper, &parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const LOGIN: OtpSubject<'static> = OtpSubject {
        purpose: "login",
        phone: "+8613800138000",
        challenge: b"1",
    };

    #[test]
    fn a_code_is_the_same_for_the_same_subject_and_pepper() {
        let stored = otp(&[1; 32], &LOGIN, "042917");
        assert!(is_same(&stored, &otp(&[1; 32], &LOGIN, "042917")));
    }

    #[rstest]
    #[case::zero_left_out([1; 32], LOGIN, "42917")]
    #[case::purpose([1; 32], OtpSubject { purpose: "phone_change", ..LOGIN }, "042917")]
    #[case::phone([1; 32], OtpSubject { phone: "+8613800138001", ..LOGIN }, "042917")]
    #[case::challenge([1; 32], OtpSubject { challenge: b"2", ..LOGIN }, "042917")]
    #[case::same_characters_cut_elsewhere([1; 32], OtpSubject { challenge: b"10", ..LOGIN }, "42917")]
    #[case::pepper([2; 32], LOGIN, "042917")]
    fn a_code_is_bound_to_all_that_it_is_for(
        #[case] pepper: [u8; 32],
        #[case] subject: OtpSubject<'_>,
        #[case] code: &str,
    ) {
        let stored = otp(&[1; 32], &LOGIN, "042917");
        assert!(
            !is_same(&stored, &otp(&pepper, &subject, code)),
            "{subject:?} {code}"
        );
    }

    #[test]
    fn a_successor_depends_on_token_and_salt() {
        let successor = successor_token(b"token", b"salt");
        assert_eq!(successor, successor_token(b"token", b"salt"));
        assert_ne!(successor, successor_token(b"other", b"salt"));
        assert_ne!(successor, successor_token(b"token", b"other"));
    }

    #[test]
    fn sha256_is_sha256() {
        let hash = data_encoding::HEXLOWER.encode(&sha256(b""));
        assert_eq!(
            hash,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
