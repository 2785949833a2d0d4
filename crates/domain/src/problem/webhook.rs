//! Problems with webhooks.

/// Makes the table of problems: the rows that are given, then those of this file.
macro_rules! with_webhook_problems {
    ($($row:tt)*) => {
        with_money_problems! {
            $($row)*
            WebhookUnknown: Missing = "webhook.unknown" {
                "没有这个推送地址或推送记录", "没有这个推送地址或推送记录，或不在您的管理范围内。请刷新列表后重试。";
                "Not found", "There is no such endpoint or delivery, or it is not yours to manage. Refresh the list and try again.";
            }
            WebhookUrl: Invalid = "webhook.url_invalid" {
                "推送地址不能使用", "请填写公网上的 https 地址，端口为 443 或 8443，不含用户名和密码，例如 https://hooks.example.edu.cn/gradphoto。";
                "This address can't be used", "Use an https address on the internet, at port 443 or 8443, without a user or password, such as https://hooks.example.edu.cn/gradphoto.";
            }
            WebhookDescription: Invalid = "webhook.description_length" {
                "说明过长", "说明最多 {max} 个字。";
                "The description is too long", "Use at most {max} characters.";
            }
            WebhookSchool: Invalid = "webhook.school_required" {
                "请选择学校", "只有管理全部学校的人员才能不选学校。请选择您管理的学校。";
                "Choose a school", "Only staff of every school can leave it out. Choose one of yours.";
            }
            WebhookTooMany: State = "webhook.too_many" {
                "推送地址已达上限", "最多 {max} 个。请修改已有的推送地址。";
                "There are too many endpoints", "There can be {max}. Change one that is there.";
            }
            WebhookDisabled: State = "webhook.disabled" {
                "推送地址已停用", "请先启用该推送地址，再推送。";
                "The endpoint is disabled", "Enable it first, then send.";
            }
        }
    };
}
