//! What many pages say.

ui::texts! {
    /// Texts of the frame and of what many pages share.
    pub(crate) struct ConsoleTexts {
        start: "工作台", "Start";
        review: "审核照片", "Review photos";
        quality: "审核质量", "Review quality";
        schools: "学校", "Schools";
        tasks: "采集任务", "Collections";
        people: "人员", "People";
        platform_people: "平台人员", "Platform staff";
        integrations: "系统对接", "Integrations";
        webhooks: "事件推送", "Webhooks";
        tickets: "名单核对", "Roster questions";
        lookup: "查询学生", "Find a student";
        lost_phones: "手机号找回", "Lost phones";
        money: "资金", "Money";
        orders: "订单", "Orders";
        audit: "操作日志", "Audit log";
        help: "使用帮助", "Help";
        account: "我的账号", "My account";
        log_out: "退出登录", "Log out";
        menu: "菜单", "Menu";
        school: "学校", "School";
        shortcuts: "键盘快捷键", "Keyboard shortcuts";
        key_help: "查看快捷键", "Show these shortcuts";
        key_search: "跳到搜索框", "Go to the search field";
        key_rows: "上一行、下一行", "Previous and next row";
        key_ends: "第一行、最后一行", "First and last row";
        key_open: "打开或收起所选的行", "Open or close the row";
        key_close: "关闭对话框", "Close a dialog";
        code: "动态码", "Authenticator code";
        code_hint: "验证器应用当前显示的 6 位数字", "The 6 digits your authenticator app shows now";
        recovery: "恢复码", "Recovery code";
        recovery_hint: "10 位字母和数字，每个只能用一次", "10 letters and digits; each works once";
        use_recovery: "改用恢复码", "Use a recovery code instead";
        use_code: "改用动态码", "Use an authenticator code instead";
        confirm: "确认", "Confirm";
        fresh_title: "请输入动态码", "Enter a code to go on";
        fresh_lead: "这项操作涉及敏感数据，需要刚刚验证过的动态码。", "This concerns sensitive data and needs a code confirmed just now.";
        saved: "已保存", "Saved";
    }
}
