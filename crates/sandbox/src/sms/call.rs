//! What a call of either service asks for, and what it comes to.

use serde_json::Value;

use crate::message::{Message, Service};

/// The text behind the login template; `${code}` is filled in.
pub(super) const LOGIN_TEXT: &str = "您的验证码为${code}，5分钟内有效，请勿告诉他人。";

/// The text behind the template that tells the old number of a change after a report of a lost phone; it has no variables.
pub(super) const PHONE_RECOVERY_TEXT: &str = "您的账号已获准更换手机号，24小时后生效。如非本人申请，请用本号码登录，在个人中心拒绝，或联系学校。";

/// The text behind the template that tells of a changed phone; it has no variables.
pub(super) const PHONE_CHANGED_TEXT: &str = "您账号的手机号已更换。如非本人操作，请立即联系学校。";

/// The text behind the template that tells of an accepted photo; it has no variables.
pub(super) const PHOTO_APPROVED_TEXT: &str = "您的毕业照已通过审核，可登录查看。";

/// The text behind the template that tells of a photo that was not accepted; it has no variables.
pub(super) const PHOTO_REJECTED_TEXT: &str =
    "您的毕业照未通过审核，请登录查看原因并重新提交，无需再次付费。";

/// The text behind the template that tells of an answered question; it has no variables.
pub(super) const TICKET_ANSWERED_TEXT: &str = "学校已回复您的名单核对申请，请登录查看。";

/// The text behind the template that reminds; it has no variables.
pub(super) const REMINDER_TEXT: &str = "您的毕业生图像采集尚未完成，请登录查看并在截止前完成。";

/// The text behind the template that tells of a failing webhook endpoint; it has no variables.
pub(super) const WEBHOOK_FAILING_TEXT: &str =
    "贵校系统的事件推送地址持续推送失败，请登录管理后台的事件推送页面查看并处理。";

/// The text that invites staff.
pub(super) const STAFF_INVITED_TEXT: &str =
    "您已被邀请使用毕业生图像采集管理后台，请用本手机号登录：${address}";

/// Which limit of one number was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    Minute,
    Hour,
    Day,
}

/// What a call of either service comes to.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) body: Value,
}

/// What a call asks for, before it is done.
pub(super) struct Call {
    pub(super) service: Service,
    pub(super) operation: &'static str,
    pub(super) phone: String,
    /// What the service says where the call isn't as it should be.
    pub(super) refusal: Option<Reply>,
    pub(super) is_verified: bool,
    pub(super) work: Option<Work>,
}

/// The work of a good call.
pub(super) enum Work {
    Send(Message),
    Query,
}

/// Calling codes of the places besides mainland China that the sandbox sends to; their numbers have eight digits.
const ABROAD: [&str; 2] = ["852", "853"];

/// Eleven digits, as phones in mainland China have them, or a number abroad with its calling code.
pub(super) fn is_mobile(phone: &str) -> bool {
    let is_number = phone.len() == 11 && phone.bytes().all(|byte| byte.is_ascii_digit());
    let is_chinese = matches!(phone.as_bytes(), [b'1', b'3'..=b'9', ..]);
    is_number && (is_chinese || by_country(phone).0 != "86")
}

/// The calling code and the rest of a number as the inbox has it.
pub(super) fn by_country(phone: &str) -> (&str, &str) {
    let abroad = ABROAD
        .iter()
        .find_map(|code| Some((*code, phone.strip_prefix(code)?)));
    abroad.unwrap_or(("86", phone))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::china("13800138000", true)]
    #[case::newest_range("19900000000", true)]
    #[case::no_range("12000000000", false)]
    #[case::fixed_line("01012345678", false)]
    #[case::too_short("1380013800", false)]
    #[case::too_long("138001380000", false)]
    #[case::plus("+1380013800", false)]
    #[case::hong_kong("85261234567", true)]
    #[case::no_digit("1380013800O", false)]
    fn a_number_is_of_a_mobile(#[case] phone: &str, #[case] expected: bool) {
        assert_eq!(is_mobile(phone), expected);
    }

    #[rstest]
    #[case::china("13800138000", "86", "13800138000")]
    #[case::hong_kong("85261234567", "852", "61234567")]
    fn a_number_is_split_behind_its_calling_code(
        #[case] phone: &str,
        #[case] code: &str,
        #[case] rest: &str,
    ) {
        assert_eq!(by_country(phone), (code, rest));
    }
}
