//! Texts of logging in.

ui::texts! {
    /// Logging in.
    pub(crate) struct LoginTexts {
        title: "工作人员登录", "Staff login";
        lead: "请使用邀请您时登记的手机号。", "Use the phone number that you were invited with.";
        phone: "手机号", "Phone number";
        phone_hint: "11 位中国大陆手机号，用来接收验证码", "11-digit mainland China number. We'll text you a code.";
        agree: "我已阅读并同意", "I have read and accept the ";
        agree_first: "请先勾选同意服务协议，再获取验证码。", "Accept the agreement first, then get a code.";
        get_code: "获取验证码", "Get a code";
        to_students: "我是学生，前往学生办理入口", "I'm a student: go to the student website";
        code_title: "输入短信验证码", "Enter the text message code";
        code_label: "6 位短信验证码", "6-digit code from the text message";
        sent_to: "已发送至 {phone}", "Sent to {phone}";
        change_phone: "更换号码", "Change number";
        valid_for: "验证码 {left}内有效", "Valid for {left}";
        expired: "验证码已过期，请重新获取。", "This code has expired. Get a new one.";
        resend_in: "{seconds} 秒后可重新获取", "Resend in {seconds} s";
        resend: "重新获取验证码", "Get a new code";
        next: "下一步", "Continue";
        second_title: "输入动态码", "Enter your authenticator code";
        lost_device: "手机丢失或换了手机？请改用恢复码；恢复码也没有的，请联系管理员重置验证器。", "Lost or replaced your phone? Use a recovery code. Without one, ask an officer or operator to reset your authenticator.";
        no_staff: "这个手机号没有管理权限", "This number has no staff access";
        no_staff_lead: "请核对手机号，或请学校管理员发送邀请。", "Check the number, or ask your school's officer for an invitation.";
        device_title: "设置验证器", "Set up your authenticator";
        device_lead: "管理台用动态码保护学生的个人信息。第一次登录需要绑定一个验证器应用，约两分钟。", "The console protects students' data with codes from an authenticator app. Setting one up takes about two minutes, once.";
        device_start: "开始设置", "Begin";
        step_install: "在手机上打开验证器应用，如 Microsoft Authenticator、Google Authenticator，或安装任何支持 TOTP 的应用。", "Open an authenticator app on your phone, such as Microsoft Authenticator or Google Authenticator, or any app for TOTP codes.";
        step_scan: "在应用里选择“扫描二维码”，扫描下图。", "Choose “Scan a QR code” in the app and scan this.";
        qr_label: "验证器二维码", "QR code for the authenticator";
        step_type: "不能扫码时，手动输入密钥：", "If you can't scan, type this key:";
        step_confirm: "输入应用显示的 6 位数字。", "Enter the 6 digits that the app shows.";
        first_code: "动态码", "Authenticator code";
        bind: "绑定", "Finish setting up";
        recovery_title: "保存恢复码", "Save your recovery codes";
        recovery_lead: "手机不在身边时，用恢复码代替动态码登录。每个只能用一次，离开本页后不再显示。请打印或抄下来，放在安全的地方。", "A recovery code stands in for your authenticator when your phone isn't at hand. Each works once, and they won't be shown again. Print them or write them down, and keep them somewhere safe.";
        copy: "复制", "Copy";
        copied: "已复制", "Copied";
        print: "打印", "Print";
        keep: "我已保存好这些恢复码", "I have saved these codes";
        go_on: "进入管理台", "Go to the console";
    }
}
