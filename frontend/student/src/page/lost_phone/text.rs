//! Texts of reporting a lost phone.

ui::texts! {
    /// Reporting a lost phone.
    pub(crate) struct LostPhoneTexts {
        link: "旧号码收不到短信了？申请找回", "Can't get texts on your old number? Get help";
        title: "旧号码收不到短信了", "I can't get texts on my old number";
        lead: "填好下面几项，我们会向学校核实是您本人，再打您的新号码，帮您换成新号码。", "Tell us who you are. We'll check with your school that it's you, then call your new number and switch you to it.";
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
        next_log_in: "核实后，用新号码登录，重新核验身份就能继续办理。已经付过款的，我们会在电话里说明怎么处理。", "Once that's done, log in with the new number and verify again. If you've already paid, we'll tell you on the phone what happens to the payment.";
        hurry: "快截止了？请同时联系您的学校。", "Deadline close? Contact your school as well.";
        ask: "询问进度：{contact}", "To ask how it's going: {contact}";
        again: "再填一份", "Send another";
    }
}
