//! One-time codes by time (RFC 6238), as authenticator apps show them: six digits, a new one every 30 seconds.

use chrono::{DateTime, Utc};
use totp_rs::{Builder, Secret, Totp as Library};
use zeroize::Zeroizing;

use crate::Random;

/// The length of a secret in bytes: what RFC 4226 recommends.
pub const SECRET_LENGTH: usize = 20;

/// What a person's device shares with us.
pub struct TotpSecret(Zeroizing<Vec<u8>>);

impl TotpSecret {
    /// A new one.
    pub fn generate(random: &dyn Random) -> Self {
        let mut bytes = Zeroizing::new(vec![0; SECRET_LENGTH]);
        random.fill(&mut bytes);
        Self(bytes)
    }

    /// One that was kept; `None` where it is too short to be one.
    pub fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() >= SECRET_LENGTH).then(|| Self(Zeroizing::new(bytes)))
    }

    /// The bytes, to be sealed and kept.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret in base 32, to be typed into an app.
    pub fn to_base32(&self) -> String {
        Secret::new(self.0.as_slice().into()).to_base32()
    }

    fn builder(&self) -> Builder {
        Builder::new().with_secret(Secret::new(self.0.as_slice().into()))
    }

    fn totp(&self) -> Option<Library> {
        self.builder().build().ok()
    }

    /// The time step whose code this is: the present one, the one before or the one after; `None` for another code.
    pub fn matching_step(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let time = u64::try_from(now.timestamp()).ok()?;
        let step = self.totp()?.check(code, time)?;
        i64::try_from(step).ok()
    }

    /// The code that a device shows now, for sample data and tests.
    pub fn code_at(&self, now: DateTime<Utc>) -> Option<String> {
        let time = u64::try_from(now.timestamp()).ok()?;
        Some(self.totp()?.generate(time).to_string())
    }

    /// The address that a QR code shows to an app; `issuer` and `account` are what the app lists. `None` where one of them
    /// has a colon.
    pub fn uri(&self, issuer: &str, account: &str) -> Option<String> {
        let totp = self
            .builder()
            .with_issuer(Some(issuer))
            .with_account_name(account)
            .build();
        totp.ok()?.to_url().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn secret() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890".to_vec()).unwrap()
    }

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    /// RFC 6238, appendix B, in six digits.
    #[rstest]
    #[case(59, "287082")]
    #[case(1_111_111_109, "081804")]
    #[case(1_234_567_890, "005924")]
    #[case(20_000_000_000, "353130")]
    fn the_codes_are_those_of_the_standard(#[case] second: i64, #[case] code: &str) {
        let secret = secret();
        assert_eq!(secret.code_at(at(second)).as_deref(), Some(code));
        assert_eq!(secret.matching_step(code, at(second)), Some(second / 30));
    }

    #[test]
    fn a_secret_has_its_length_and_is_written_in_base32() {
        let secret = secret();
        assert_eq!(secret.to_base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(TotpSecret::from_bytes(vec![0; 19]).is_none());
    }

    #[rstest]
    #[case::start_of_the_step_before(0, Some(1))]
    #[case::start_of_its_step(30, Some(1))]
    #[case::end_of_the_step_after(89, Some(1))]
    #[case::two_steps_later(90, None)]
    #[case::much_later(150, None)]
    fn a_code_of_the_step_before_or_after_is_right_and_of_another_is_not(
        #[case] second: i64,
        #[case] expected: Option<i64>,
    ) {
        let secret = secret();
        let code = secret.code_at(at(59)).unwrap();
        assert_eq!(secret.matching_step(&code, at(second)), expected);
    }

    #[rstest]
    #[case::empty("")]
    #[case::too_short("28708")]
    #[case::too_long("2870820")]
    #[case::sign("+87082")]
    #[case::other_digits("二八七零八二")]
    fn what_is_no_code_is_not_right(#[case] bad: &str) {
        let secret = secret();
        assert_eq!(secret.matching_step(bad, at(59)), None, "{bad}");
    }

    #[test]
    fn an_app_reads_issuer_account_and_secret_from_the_address() {
        let secret = secret();
        assert_eq!(
            secret.uri("图像采集", "138****8000").as_deref(),
            Some(
                "otpauth://totp/%E5%9B%BE%E5%83%8F%E9%87%87%E9%9B%86:138%2A%2A%2A%2A8000?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E5%9B%BE%E5%83%8F%E9%87%87%E9%9B%86"
            )
        );
        assert_eq!(secret.uri("x", "a:b"), None);
    }
}
