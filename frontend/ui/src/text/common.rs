//! What many pages of both web apps say.

crate::texts! {
    /// Texts of shared components, and of the frame of both web apps.
    pub struct CommonTexts {
        skip: "跳到正文", "Skip to content";
        help: "帮助与常见问题", "Help";
        navigation: "导航", "Navigation";
        log_out: "退出登录", "Log out";
        still_logged_in: "没有退出成功，您仍处于登录状态。", "You are still logged in.";
        language: "语言", "Language";
        loading: "正在加载…", "Loading…";
        offline_title: "网络连接不上", "No connection";
        offline_detail: "没有收到服务器的回应。请检查网络后重试，已填写的内容都还在。", "We couldn't reach the server. Check your connection and try again. What you typed is still here.";
        unexpected_title: "出了点问题", "Something went wrong";
        unexpected_detail: "收到的回应无法识别，可能是网络代理造成的。请稍后重试。", "We got a reply we don't understand, perhaps from a network proxy. Try again later.";
        retry: "重试", "Try again";
        captcha_running: "正在验证… {percent}%", "Security check… {percent}%";
        characters: "已写 {count} 字，最多 {max} 字", "{count} of {max} characters";
        request_id: "编号：", "Reference: ";
        close: "关闭", "Close";
        cancel: "取消", "Cancel";
        next: "下一步", "Continue";
        back: "返回", "Back";
        see_help: "查看帮助", "See help";
        optional: "（选填）", " (optional)";
        not_found_title: "没有这个页面", "Page not found";
        not_found_detail: "地址可能不完整，或页面已经移走。", "The address may be incomplete, or the page may have moved.";
        to_start: "返回首页", "Go to the home page";
        today: "今天", "today";
        tomorrow: "明天", "tomorrow";
        until: "{time} 截止", "Until {time}";
        time_left: "（还剩 {left}）", " ({left} left)";
        days: "{count} 天", "{count} days";
        one_day: "1 天", "1 day";
        free: "免费", "Free";
    }
}
