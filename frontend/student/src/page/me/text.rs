//! Texts of the personal centre, of changing the phone and of the access log.

ui::texts! {
    /// The personal centre.
    pub(crate) struct MeTexts {
        title: "个人中心", "My account";
        data: "我的资料", "My details";
        language: "通知和页面语言", "Language for messages and pages";
        save: "保存", "Save";
        saved: "已保存", "Saved";
        conflict_title: "资料在别处改过", "Your details were changed elsewhere";
        conflict: "已取到最新内容，您填写的也还在。请核对后再保存一次。", "We've loaded the latest version and kept what you typed. Check it and save again.";
        new_orders: "用于之后的订单；已有的未支付订单请在订单里修改。", "Used for future orders. To change an unpaid order, open that order.";
        phone: "手机号", "Phone";
        change_phone: "更换手机号", "Change number";
        consents: "我同意过的", "What I've agreed to";
        version: "版本 {version}", "version {version}";
        granted: "{time} 同意", "Agreed {time}";
        outdated: "有新版本，下次需要时会请您再看一遍", "There is a newer version; we'll ask you when it's needed";
        read: "查看全文", "Read it";
        withdraw: "撤回同意", "Withdraw consent";
        withdraw_title: "撤回对人像照片的同意？", "Withdraw your consent to use your photo?";
        withdraw_detail: "撤回后，我们停止处理您的照片，并删除已提交的照片文件，无法恢复；您也不能再提交照片。此前已完成的处理不受影响。", "We'll stop using your photo and delete the files you submitted for good, and you won't be able to submit another. What was done before stays valid.";
        withdraw_consequence: "照片尚未交给学校的，您需要用其他方式完成采集，否则可能影响学历证书注册，请咨询学校。改变主意时，重新提交照片前可再次同意。", "If your photo hasn't been handed over yet, you'll need another way to take part, or your diploma may not be registered. Ask your school. If you change your mind, you can agree again before you submit a photo.";
        withdraw_keep: "保留同意", "Keep my consent";
        privacy: "我的信息", "My information";
        export: "导出我的数据", "Export my data";
        export_hint: "包括账号、同意、核验、照片、订单和查看记录，JSON 文件。", "Your account, consents, verifications, photos, orders and access log, as a JSON file.";
        export_ready: "已生成于 {time}。如果没有自动下载：", "Created {time}. If the download didn't start:";
        export_save: "保存文件", "Save the file";
        access: "谁看过我的信息", "Who has viewed my data";
        log_out: "退出登录", "Log out";
        log_out_hint: "退出会清除这台设备上未提交的内容。", "Anything you haven't submitted is removed from this device.";
        sessions: "登录的设备", "Where you're logged in";
        session_here: "当前设备", "This device";
        session_used: "最近使用 {time}", "Last used {time}";
        session_began: "{time} 登录", "logged in {time}";
        end_session_of: "退出 {device}", "Log out {device}";
        end_others: "退出其他所有设备", "Log out of all other devices";
        end_all: "退出所有设备", "Log out of all devices";
        end_all_title: "在所有设备上退出登录？", "Log out of all devices?";
        end_all_detail: "包括当前设备。之后需要用手机号重新登录，这台设备上未提交的内容会被清除。", "Including this one. You'll need to log in again with your phone, and anything you haven't submitted is removed from this device.";
        end_all_keep: "保持登录", "Stay logged in";
        since: "{date} 注册", "registered {date}";
        phone_title: "更换手机号", "Change your phone number";
        phone_lead: "新旧两个号码都会收到验证码。", "We'll text a code to both numbers.";
        old_phone: "原手机号", "Old number";
        old_phone_hint: "请完整填写当前登录的号码 {phone}", "Enter the full number you log in with: {phone}";
        new_phone: "新手机号", "New number";
        new_phone_hint: "11 位中国大陆手机号", "11-digit mainland China number";
        same_phone: "新旧手机号相同，请填写另一个。", "Both numbers are the same. Enter a different one.";
        get_codes: "获取验证码", "Get the codes";
        codes_title: "输入两个验证码", "Enter both codes";
        codes_lead: "短信可能有先后，请核对每个号码收到的 6 位数字。", "The two messages may not arrive together. Each number gets its own 6-digit code.";
        old_code: "原手机号 {phone} 收到的验证码", "Code sent to the old number {phone}";
        new_code: "新手机号 {phone} 收到的验证码", "Code sent to the new number {phone}";
        code_missing: "请输入 6 位数字。", "Enter 6 digits.";
        codes_left: "验证码 {left}内有效", "Codes valid for {left}";
        codes_expired: "验证码已过期，请返回重新获取。", "These codes have expired. Go back and get new ones.";
        again: "修改号码或重新获取", "Change numbers or get new codes";
        change: "确认更换", "Change number";
        changed: "手机号已更换", "Phone number changed";
        changed_detail: "为了安全，所有设备都已退出登录，两个号码都会收到短信。请用新手机号 {phone} 重新登录。", "For your security, all devices have been logged out and both numbers will get a text. Log in with your new number, {phone}.";
        to_login: "用新手机号登录", "Log in with the new number";
        access_title: "谁看过我的信息", "Who has viewed my data";
        access_lead: "每一次查看和改动都会记录在这里，最近的在最前。", "Every view and change is recorded here, newest first.";
        access_empty: "还没有记录", "Nothing here yet";
        more: "加载更多", "Show more";
        all_shown: "已显示全部记录", "That's everything";
        reason: "原因：{reason}", "Reason: {reason}";
        by_self: "您本人", "You";
        by_staff: "工作人员", "Staff";
        by_integrator: "学校系统", "Your school's system";
        by_operator: "平台运维人员", "Platform operator";
        by_visitor: "未登录的人", "Someone not logged in";
        by_system: "系统自动", "Automatic";
    }
}
