//! Texts of erasing the account.

ui::texts! {
    /// Erasing the account.
    pub(crate) struct ErasureTexts {
        link: "注销账号", "Erase my data";
        title: "注销账号", "Erase my data";
        lead: "注销后无法恢复。请先看清会删除什么、会保留什么。", "This can't be undone. Read what is deleted and what is kept first.";
        goes_title: "会删除", "What is deleted";
        goes_photos: "您提交的所有照片文件。尚未交给学校的照片会撤回，学校将收不到。", "All photo files you submitted. A photo that hasn't reached your school yet is withdrawn, and your school won't get it.";
        goes_data: "手机号、邮箱、邮寄地址，以及订单里的联系方式和付款人信息。", "Your phone number, email and postal address, contact details in your orders, and payer details.";
        goes_words: "您写给学校和审核人员的内容。", "What you wrote to your school and its reviewers.";
        goes_login: "所有设备上的登录。您同意过的协议和说明全部撤回。", "All logins on all devices. Every consent you gave is withdrawn.";
        stays_title: "会保留", "What is kept";
        stays_orders: "订单、支付和退款的编号、金额与时间，不含您的身份信息：会计制度要求保存 30 年。", "Numbers, amounts and times of orders, payments and refunds, without your identity. Accounting rules require them for 30 years.";
        stays_log: "操作记录和已撤回的同意，只有编号和时间，保存三年。验证码记录中手机号的加密摘要保存 30 天，防止滥用。", "The activity log and withdrawn consents, as ids and times only, for three years. A keyed hash of your phone number in code records, for 30 days, to prevent misuse.";
        stays_school: "学校自己的毕业生名单，以及学校已经收到的照片：请向学校申请删除。", "Your school's own list of graduates, and photos it has already received. Ask your school to delete them.";
        money: "已支付的费用不会因注销退还。需要退款，请先联系学校，退款完成后再注销。还有未支付、支付中或退款中的订单时，暂不能注销。", "Fees you paid are not refunded. If you need a refund, ask your school first and erase your data afterwards. You can't erase it while an order is unpaid or a payment or refund is in progress.";
        export: "需要留存一份？请先在个人中心导出我的数据。", "Want a copy? Export your data under My account first.";
        understood: "我已了解，上述内容会被删除且无法恢复", "I understand that this will be deleted and can't be restored";
        understood_missing: "请先确认您已了解。", "Confirm that you understand first.";
        get_code: "获取验证码", "Get a code";
        code_title: "输入验证码", "Enter the code";
        code_lead: "为确认是您本人，我们向 {phone} 发送了 6 位数字。输入并确认后立即注销。", "To confirm it's you, we've sent 6 digits to {phone}. Your account is erased as soon as you confirm.";
        code: "{phone} 收到的验证码", "Code sent to {phone}";
        code_missing: "请输入 6 位数字。", "Enter 6 digits.";
        code_left: "验证码 {left}内有效", "Valid for {left}";
        code_expired: "验证码已过期，请重新获取。", "This code has expired. Get a new one.";
        again: "返回", "Back";
        erase: "确认注销", "Erase my account";
        keep: "不注销，返回个人中心", "Keep my account";
        done: "账号已注销", "Your account is erased";
        done_detail: "您的数据已删除，照片文件会在几分钟内从存储中清除，所有设备都已退出。以后仍可用同一手机号重新注册。", "Your data is deleted, photo files will be removed from storage within minutes, and all devices are logged out. You can register again with the same phone number.";
        to_start: "回到登录页", "Go to login";
    }
}
