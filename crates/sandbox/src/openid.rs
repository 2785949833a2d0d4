//! The codes that lead to openids, and the openids that were given out.

use std::collections::BTreeMap;

use crate::clock::Seconds;
use crate::sign::sha256_hex;

/// A code can be turned into an openid for 5 min.
const CODE_LIFE_S: i64 = 300;

/// The codes that were given out, and the openids that came of them.
#[derive(Default)]
pub(crate) struct OpenidCodes {
    codes: BTreeMap<String, OpenidCode>,
    /// Openid to the only application that it is for.
    openids: BTreeMap<String, String>,
}

#[derive(Clone)]
struct OpenidCode {
    appid: String,
    visitor: String,
    expires_at: Seconds,
    is_used: bool,
}

impl OpenidCodes {
    /// Gives out a code for a visitor of an application.
    pub(crate) fn give(&mut self, code: String, appid: &str, visitor: &str, now: Seconds) {
        self.codes.retain(|_, code| code.expires_at > now);
        self.codes.insert(
            code,
            OpenidCode {
                appid: appid.to_owned(),
                visitor: visitor.to_owned(),
                expires_at: now + CODE_LIFE_S,
                is_used: false,
            },
        );
    }

    /// Turns a code into an openid, once; otherwise the platform's number and words.
    pub(crate) fn redeem(
        &mut self,
        code: &str,
        appid: &str,
        now: Seconds,
    ) -> Result<String, (u32, &'static str)> {
        let invalid = (40029, "invalid code");
        let found = self.codes.get_mut(code).filter(|code| code.appid == appid);
        let found = found.filter(|code| code.expires_at > now).ok_or(invalid)?;
        if std::mem::replace(&mut found.is_used, true) {
            return Err((40163, "code been used"));
        }
        let openid = openid(appid, &found.visitor);
        self.openids.insert(openid.clone(), appid.to_owned());
        Ok(openid)
    }

    /// Whether an openid can be this application's: ours are, where we gave it out for it.
    pub(crate) fn may_belong(&self, openid: &str, appid: &str) -> bool {
        self.openids.get(openid).is_none_or(|owner| owner == appid)
    }
}

/// The same visitor has another openid at each application.
fn openid(appid: &str, visitor: &str) -> String {
    format!(
        "o{}",
        &sha256_hex(format!("{appid} {visitor}").as_bytes())[..27]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_counts_once_for_its_application_and_five_minutes() {
        let mut codes = OpenidCodes::default();
        codes.give("a".into(), "wx1", "1", 0);
        codes.give("b".into(), "wx1", "1", 0);
        assert_eq!(codes.redeem("a", "wx2", 1), Err((40029, "invalid code")));
        let openid = codes.redeem("a", "wx1", 1).unwrap();
        assert_eq!(openid.len(), 28);
        assert_eq!(codes.redeem("a", "wx1", 1), Err((40163, "code been used")));
        assert_eq!(codes.redeem("b", "wx1", 300), Err((40029, "invalid code")));
        assert!(codes.may_belong(&openid, "wx1") && !codes.may_belong(&openid, "wx2"));
    }
}
