//! Texts of the login page.

ui::texts! {
    /// Logging in.
    pub(crate) struct LoginTexts {
        title: "手机号登录", "Log in with your phone";
        expired_title: "登录已过期，请重新登录", "You've been logged out. Log in again.";
        expired_photo: "照片还在本机，没有丢。用原来的手机号登录就能接着办。", "Your photo is still on this device. Log in with the same number to carry on.";
        expired_form: "填写的内容还在本机。用原来的手机号登录就能接着办。", "What you typed is still on this device. Log in with the same number to carry on.";
        lead: "首次登录会自动注册。", "New here? We'll create your account.";
        phone: "手机号", "Phone number";
        phone_hint: "11 位中国大陆手机号，用来接收验证码", "11-digit mainland China number. We'll text you a code.";
        agree: "我已阅读并同意", "I have read and accept the ";
        agree_first: "请先勾选同意服务协议，再获取验证码。", "Accept the agreement first, then get a code.";
        read_all: "查看全文", "Read in full";
        get_code: "获取验证码", "Get a code";
        code_title: "输入验证码", "Enter the code";
        code_label: "6 位验证码", "6-digit code";
        sent_to: "已发送至 {phone}", "Sent to {phone}";
        change_phone: "更换号码", "Change number";
        valid_for: "验证码 {left}内有效", "Valid for {left}";
        expired: "验证码已过期，请重新获取。", "This code has expired. Get a new one.";
        resend_in: "{seconds} 秒后可重新获取", "Resend in {seconds} s";
        resend: "重新获取验证码", "Get a new code";
        log_in: "登录", "Log in";
        not_received: "没有收到？", "Didn't get a code?";
        try_number: "核对号码是否正确：{phone}", "Is this the right number? {phone}";
        try_blocked: "看看短信是否被拦截到“垃圾短信”", "Check your spam or blocked messages";
        try_signal: "确认手机有信号、没有停机，再等一分钟", "Check that your phone has signal, then wait a minute";
    }
}
