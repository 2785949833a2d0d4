//! Texts of reporting a lost phone.

ui::texts! {
    /// Reporting a lost phone.
    pub(crate) struct LostPhoneTexts {
        link: "旧号码收不到短信了？申请找回", "Can't get texts on your old number? Get help";
        title: "旧号码收不到短信了", "I can't get texts on my old number";
        lead: "填好下面几项。我们向学校核实是您本人，打您的新号码确认，两人批准 24 小时后换成新号码。", "Tell us who you are. We check with your school that it's you and call your new number. Once two of us have approved, you're switched to it 24 hours later.";
        old_phone: "原来登录用的手机号", "The number you used to log in with";
        old_phone_hint: "收不到短信的那个", "The one that no longer gets texts";
        new_phone: "现在能接听的手机号", "A number we can call";
        new_phone_hint: "我们会打这个号码，以后也用它登录", "We'll call it, and you'll log in with it from then on";
        school: "学校", "School";
        school_hint: "与毕业证书上的名称一致", "As on your diploma";
        note: "还有什么要说明", "Anything else?";
        note_hint: "例如：方便接电话的时间", "For example, when we can call you";
        private: "这些信息只用来核实是您本人、和您联系。", "We use this only to check that it's you and to call you.";
        send: "提交申请", "Send";
        done_title: "已收到您的申请", "We've got your request";
        reference: "编号", "Reference";
        keep_reference: "请截图或记下编号，询问进度时要用。", "Keep the reference (a screenshot will do). You'll need it if you ask how it's going.";
        next: "接下来", "What happens next";
        next_check: "我们联系您的学校，核实是您本人。", "We check with your school that it's you.";
        next_call: "{days} 个工作日内打 {phone} 联系您。我们不会索要验证码，也不会让您付款。", "We call {phone} within {days} working days. We'll never ask for a code or for money.";
        next_approve: "两位工作人员批准后，我们马上发短信通知旧号码，24 小时后换号。在此之前，旧号码的持有人可以登录拒绝。", "Once two members of staff have approved, we text the old number at once and change it 24 hours later. Until then, whoever has the old number can log in and refuse.";
        next_log_in: "换号后用新号码登录，原来的核验、照片和订单都在。如果新号码已经用来核验或付款，请先告诉我们。", "Then log in with the new number. Your verification, photos and orders are still there. If you've already verified or paid with the new number, tell us first.";
        hurry: "快截止了？请同时联系您的学校。", "Deadline close? Contact your school as well.";
        ask: "询问进度：{contact}", "To ask how it's going: {contact}";
        again: "再填一份", "Send another";
    }
}
