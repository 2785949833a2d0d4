//! Texts of staff and their roles.

ui::texts! {
    /// Staff and their roles.
    pub(super) struct PeopleTexts {
        school_title: "本校人员", "School staff";
        school_lead: "学校管理员可以管理任务、名单和人员；学校审核员审核照片。可以限定到学院或班级。", "Officers manage collections, rosters and staff; reviewers approve photos. Roles can be limited to colleges or classes.";
        platform_title: "平台人员", "Platform staff";
        platform_lead: "这些角色对所有学校有效。", "These roles hold for every school.";
        invite: "邀请人员", "Invite someone";
        name: "姓名", "Name";
        name_hint: "同事看到的称呼，如“王老师”", "How colleagues know them";
        phone: "手机号", "Phone number";
        phone_hint: "邀请短信发送到这个号码，今后用它登录", "The invitation is sent here, and they log in with it";
        role: "角色", "Role";
        limits: "范围", "Limited to";
        state: "状态", "Status";
        whole: "全部", "Everything";
        colleges: "限定学院", "Limit to colleges";
        colleges_hint: "每行一个，与名单中的写法一致；不填表示不限", "One a line, written as in the roster. Leave empty for no limit";
        classes: "限定班级", "Limit to classes";
        send: "发送邀请", "Send the invitation";
        invited: "已邀请 {name}，邀请短信 14 天内有效。", "{name} has been invited. The invitation is good for 14 days.";
        nobody: "还没有人员", "Nobody yet";
        nobody_detail: "邀请同事后，他们会收到短信。", "Colleagues get a text message when you invite them.";
        save: "保存范围", "Save the limits";
        saved: "已保存 {name} 的范围。", "The limits of {name} have been saved.";
        again: "重新发送邀请", "Invite again";
        again_done: "已重新发送邀请短信。", "The invitation has been sent again.";
        reset: "重置验证器", "Reset the authenticator";
        reset_title: "要重置 {name} 的验证器吗？", "Reset the authenticator of {name}?";
        reset_detail: "此人会退出登录，下次登录须重新绑定验证器。请先确认是本人提出的。", "They are logged out and must set up an authenticator at the next login. Make sure that they asked for it themselves.";
        reset_done: "已重置验证器。", "The authenticator has been reset.";
        remove: "移除角色", "Remove the role";
        remove_title: "要移除 {name} 的这个角色吗？", "Remove this role of {name}?";
        remove_detail: "此人立即失去相应权限。操作会记入操作日志。", "They lose what it allows at once. The audit log notes it.";
        removed: "已移除 {name} 的角色。", "The role of {name} has been removed.";
        keep: "保留", "Keep it";
        may: "可以做什么", "What they may do";
    }
}
