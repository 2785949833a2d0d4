//! What the access log notes, in plain words.

use domain::Text;

/// Every action that is noted, by its word.
const DEEDS: [(&str, Text); 31] = [
    (
        "account.registered",
        Text::new("注册账号", "Created the account"),
    ),
    (
        "account.phone_changed",
        Text::new("更换手机号", "Changed the phone number"),
    ),
    (
        "account.changed",
        Text::new("修改个人资料", "Changed personal details"),
    ),
    (
        "account.erased",
        Text::new("注销账号", "Erased the account"),
    ),
    ("session.began", Text::new("登录", "Logged in")),
    ("session.ended", Text::new("退出登录", "Logged out")),
    (
        "session.others_ended",
        Text::new("退出其他所有设备", "Logged out of all other devices"),
    ),
    (
        "session.all_ended",
        Text::new("退出所有设备", "Logged out of all devices"),
    ),
    (
        "session.reuse_detected",
        Text::new(
            "登录凭证被重复使用，已强制退出",
            "A login was used twice, so it was ended",
        ),
    ),
    (
        "login.code_wrong",
        Text::new("输入了错误的验证码", "Entered a wrong code"),
    ),
    (
        "login.phone_locked",
        Text::new(
            "验证码错误过多，手机号暂时锁定",
            "Too many wrong codes locked the phone",
        ),
    ),
    (
        "enrolment.looked_up",
        Text::new("查询名单绑定", "Looked up a verification"),
    ),
    (
        "enrolment.released",
        Text::new("解除身份核验", "Released the verification"),
    ),
    (
        "consent.granted",
        Text::new("同意协议或说明", "Agreed to a document"),
    ),
    (
        "consent.withdrawn",
        Text::new("撤回对人像照片的同意", "Withdrew consent to use the photo"),
    ),
    (
        "enrolment.created",
        Text::new("核验身份成功", "Verified the identity"),
    ),
    (
        "enrolment.refused",
        Text::new("核验身份未通过", "Failed to verify"),
    ),
    (
        "roster_ticket.created",
        Text::new("申请学校核对名单", "Asked the school to check"),
    ),
    (
        "photo.submitted",
        Text::new("提交照片", "Submitted a photo"),
    ),
    (
        "photo.replaced",
        Text::new("替换照片", "Replaced the photo"),
    ),
    (
        "photo.viewed",
        Text::new("查看照片原图", "Viewed the original photo"),
    ),
    (
        "photo.withdrawn",
        Text::new("撤回照片", "Withdrew the photo"),
    ),
    (
        "photo.erased",
        Text::new("删除照片文件", "Deleted the files of a photo"),
    ),
    (
        "photo.approved",
        Text::new("审核通过照片", "Approved the photo"),
    ),
    (
        "photo.rejected",
        Text::new("驳回照片", "Rejected the photo"),
    ),
    (
        "photo.refused",
        Text::new("退回照片", "Sent the photo back"),
    ),
    (
        "photo.handed_over",
        Text::new("把照片交付学校", "Handed the photo over to the school"),
    ),
    (
        "order.contact_changed",
        Text::new("修改订单联系方式", "Changed an order's contact details"),
    ),
    ("order.paid", Text::new("订单支付完成", "Paid an order")),
    ("order.closed", Text::new("关闭订单", "Closed an order")),
    ("data.exported", Text::new("导出数据", "Exported data")),
];

/// An action that this version does not know.
const OTHER: Text = Text::new("其他操作", "Another action");

/// What was done, in words; an unknown action is told as such.
pub(crate) fn deed(action: &str) -> Text {
    DEEDS
        .iter()
        .find(|(known, _)| *known == action)
        .map_or(OTHER, |(_, text)| *text)
}
