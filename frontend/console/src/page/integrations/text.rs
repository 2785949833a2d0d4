//! Texts of integrations, and how a part of the page tells it what was done.

use yew::{AttrValue, Callback};

/// Tells the page that something changed, and what.
pub(super) type Changed = Callback<AttrValue>;

ui::texts! {
    /// Systems that call the API, and their credentials.
    pub(super) struct IntegrationTexts {
        title: "系统对接", "Integrations";
        lead: "教务等系统可以通过接口维护名单、读取进度和下载已通过的照片。每个系统只能做勾选的事情。", "Systems such as the registrar's push rosters, read progress and fetch approved photos by the API. Each does only what is ticked.";
        make: "新建对接系统", "New integration";
        name: "名称", "Name";
        name_hint: "如“教务系统”", "For example “Registrar”";
        scopes: "权限范围", "Allowed";
        networks: "允许的网络", "Allowed networks";
        networks_hint: "每行一个 IP 地址或网段，如 203.0.113.0/24；不填表示不限", "One address or network a line, such as 203.0.113.0/24. Leave empty for any";
        last_used: "最近使用", "Last used";
        never: "从未", "Never";
        state: "状态", "Status";
        on: "可用", "Ready";
        off: "已停用", "Shut off";
        no_credential: "没有凭证", "No credential";
        none: "还没有对接系统", "No integrations yet";
        none_detail: "新建后，为它生成密钥并交给开发人员。", "Make one, then create a secret for its developers.";
        made: "已新建 {name}。请打开它并生成密钥。", "{name} is there. Open it and create a secret.";
        save: "保存修改", "Save the changes";
        saved: "已保存 {name}。", "{name} has been saved.";
        client_id: "客户端编号（client_id）", "Client id (client_id)";
        credentials: "凭证", "Credentials";
        credential_hint: "最多同时有两个有效凭证：更换时先生成新的，再吊销旧的。", "Two can be active: to change over, create the new one first, then revoke the old one.";
        new_secret: "生成密钥", "Create a secret";
        secret_once: "请立即保存，密钥只显示这一次：", "Save it now. The secret is shown this once:";
        secret_saved: "我已保存", "I have saved it";
        until: "有效期至 {day}", "Good until {day}";
        used: "最近使用：{day}", "Last used: {day}";
        revoke_credential: "吊销", "Revoke";
        revoke_credential_title: "要吊销 {name} 吗？", "Revoke {name}?";
        revoke_credential_detail: "使用它的系统将不能再获取令牌。", "A system that uses it gets no token any more.";
        credential_revoked: "已吊销凭证。", "The credential has been revoked.";
        shut_off: "停用对接系统", "Shut it off";
        shut_off_title: "要停用 {name} 吗？", "Shut {name} off?";
        shut_off_detail: "它立即失去全部权限，且不能恢复。", "It loses everything at once, and this can't be taken back.";
        shut_off_done: "已停用 {name}。", "{name} has been shut off.";
        keep: "保留", "Keep it";
    }
}
