//! Texts of a change of number that somebody reported a lost phone for.

ui::texts! {
    /// The change, and the way to refuse it.
    pub(super) struct PhoneRecoveryTexts {
        title: "这个账号将换成另一个手机号", "This account is about to get another number";
        detail: "有人申报这个号码已丢失，两位工作人员已批准。{time} 起，账号改用 {phone} 登录。", "Somebody reported this number as lost, and two members of staff approved it. From {time} the account logs in with {phone}.";
        not_me: "不是您申请的？请拒绝，号码不变；也请告诉您的学校。", "Not you? Refuse it and your number stays. Tell your school, too.";
        refuse: "拒绝换号", "Refuse the change";
        refuse_title: "拒绝换号？", "Refuse the change of number?";
        keep: "我申请的，不拒绝", "It was me, keep it";
        refused: "已拒绝换号，手机号不变。", "Refused. Your number stays.";
    }
}
