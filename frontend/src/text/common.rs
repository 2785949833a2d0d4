//! The frame of every page, and what many pages say.

super::texts! {
    /// Texts of the shell and of shared components.
    Common {
        title: "毕业生图像采集", "Graduate Portrait";
        skip: "跳到正文", "Skip to content";
        home: "办理", "Home";
        orders: "我的订单", "My orders";
        me: "我的", "Me";
        help: "帮助与常见问题", "Help";
        navigation: "导航", "Navigation";
        log_out: "退出登录", "Log out";
        log_out_title: "还有没提交的内容，要退出吗？", "Log out without sending?";
        log_out_detail: "您选好的照片或填了一半的信息还没有提交，退出后会从这台设备上删除。", "The photo you chose or the details you typed haven't been sent. They'll be removed from this device if you log out.";
        still_logged_in: "没有退出成功，您仍处于登录状态。", "You are still logged in.";
        language: "语言", "Language";
        steps: "办理步骤", "Steps";
        step_school: "学校", "School";
        step_identity: "身份", "Identity";
        step_photo: "照片", "Photo";
        step_confirm: "确认", "Confirm";
        step_pay: "支付", "Pay";
        step_done: "已完成：", "Done: ";
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
        optional: "（选填）", " (optional)";
        not_found_title: "没有这个页面", "Page not found";
        not_found_detail: "地址可能不完整，或页面已经移走。", "The address may be incomplete, or the page may have moved.";
        to_start: "返回首页", "Go to the home page";
        contact_school: "学校联系方式：{contact}", "Contact your school: {contact}";
        today: "今天", "today";
        tomorrow: "明天", "tomorrow";
        until: "{time} 截止", "Until {time}";
        time_left: "（还剩 {left}）", " ({left} left)";
        days: "{count} 天", "{count} days";
        one_day: "1 天", "1 day";
        free: "免费", "Free";
    }
}
