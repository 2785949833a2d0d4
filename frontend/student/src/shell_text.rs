//! The frame of every page.

ui::texts! {
    /// Texts of the shell and of what many pages share.
    pub(crate) struct ShellTexts {
        home: "办理", "Home";
        orders: "我的订单", "My orders";
        me: "个人中心", "My account";
        log_out_title: "还有没提交的内容，要退出吗？", "Log out without sending?";
        log_out_detail: "您选好的照片或填了一半的信息还没有提交，退出后会从这台设备上删除。", "The photo you chose or the details you typed haven't been sent. They'll be removed from this device if you log out.";
        steps: "办理步骤", "Steps";
        step_school: "学校", "School";
        step_identity: "身份", "Identity";
        step_photo: "照片", "Photo";
        step_confirm: "确认", "Confirm";
        step_pay: "支付", "Pay";
        step_done: "已完成：", "Done: ";
        contact_school: "学校联系方式：{contact}", "Contact your school: {contact}";
    }
}
