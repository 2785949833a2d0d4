//! Texts of one's own account.

ui::texts! {
    /// One's own account.
    pub(super) struct AccountTexts {
        title: "我的账号", "My account";
        roles: "我的角色", "My roles";
        permissions: "我可以", "What I may do";
        recovery: "恢复码", "Recovery codes";
        recovery_left: "还有 {count} 个恢复码可用。", "{count} recovery codes are left.";
        renew: "生成新的恢复码", "Make new recovery codes";
        renew_hint: "生成后，之前的恢复码全部失效。", "The earlier codes stop working.";
    }
}
