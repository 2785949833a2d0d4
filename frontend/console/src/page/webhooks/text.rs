//! Texts of the addresses that are told what happens, and how a part of the page tells it what was done.

use yew::{AttrValue, Callback};

/// Tells the page that something changed, and what.
pub(super) type Changed = Callback<AttrValue>;

ui::texts! {
    /// Endpoints of webhooks, their messages and their secrets.
    pub(super) struct WebhookTexts {
        title: "事件推送", "Webhooks";
        lead: "有事发生时（如照片通过、订单支付），平台会主动通知您的系统。消息按 Standard Webhooks 规范签名。", "When something happens, such as an approved photo or a paid order, your system is told. Messages are signed by Standard Webhooks.";
        make: "新建推送地址", "New endpoint";
        made: "已新建推送地址。可以打开它并发送测试消息。", "The endpoint is there. Open it to send a ping.";
        url: "推送地址", "Address";
        url_hint: "公网 https 地址，端口 443 或 8443，如 https://hooks.example.edu.cn/gradphoto", "An https address on the internet, at port 443 or 8443, such as https://hooks.example.edu.cn/gradphoto";
        description: "说明", "Description";
        description_hint: "如“教务系统”，最多 100 字", "For example “Registrar”, at most 100 characters";
        types: "事件类型", "Event types";
        types_hint: "不勾选表示全部类型", "Leave all empty for every type";
        all_types: "全部", "All";
        state: "状态", "Status";
        failing: "推送失败", "Failing";
        none: "还没有推送地址", "No endpoints yet";
        none_detail: "新建后会得到签名密钥，请交给开发人员。", "A new one comes with its signing secret for your developers.";
        of_integrator: "由对接系统通过接口创建和管理。", "Made and managed by an integration through the API.";
        failing_note: "自 {time} 起推送一直失败。连续失败五天后将自动停用。", "Nothing has been taken since {time}. After five days it is disabled.";
        disabled_note: "已停用：{reason}。停用期间不推送；重新启用后可以补发失败的消息。", "Disabled: {reason}. Nothing is sent meanwhile; enable it, then replay what failed.";
        enable: "启用", "Enable";
        enabled: "已启用。", "Enabled.";
        disable: "停用", "Disable";
        disable_title: "要停用这个推送地址吗？", "Disable this endpoint?";
        disable_detail: "等待推送的消息将记为失败，重新启用后可以补发。", "What waits counts as failed. It can be replayed once the endpoint is enabled again.";
        disabled: "已停用。", "Disabled.";
        settings: "设置", "Settings";
        save: "保存修改", "Save the changes";
        saved: "已保存。", "Saved.";
        new_secret: "更换密钥", "Change the secret";
        new_secret_title: "要更换签名密钥吗？", "Change the signing secret?";
        new_secret_detail: "24 小时内新旧密钥同时签名，请在此期间更新接收方。", "For 24 hours both the old and the new secret sign. Update the receiver meanwhile.";
        secret_once: "请立即保存，密钥只显示这一次：", "Save it now. The secret is shown this once:";
        secret_saved: "我已保存", "I have saved it";
        secret_made: "已更换密钥。旧密钥 24 小时后失效。", "The secret was changed. The old one ends in 24 hours.";
        delete: "删除推送地址", "Delete the endpoint";
        delete_title: "要删除这个推送地址吗？", "Delete this endpoint?";
        delete_detail: "密钥、等待推送的消息和推送记录一并删除，不能恢复。", "Its secrets, what waits for it and its log go too. This can't be taken back.";
        deleted: "已删除推送地址。", "The endpoint has been deleted.";
        keep: "保留", "Keep it";
        log: "推送记录", "Log";
        ping: "发送测试消息", "Send a ping";
        refresh: "刷新", "Refresh";
        no_deliveries: "最近 30 天没有推送。", "Nothing was sent in the last 30 days.";
        tries_count: "{count} 次", "{count} tries";
        show_tries: "查看每次推送", "Show the tries";
        hide_tries: "收起", "Hide";
        no_tries: "尚未推送。", "Not tried yet.";
        resend: "重新推送", "Send again";
        replay_since: "补发失败的消息：起始时间", "Replay failures since";
        replay_hint: "北京时间", "China time";
        replay: "补发", "Replay";
        replayed: "{count} 条消息将重新推送。", "{count} messages are sent again.";
        verify: "验证签名", "Verify my signature";
        verify_hint: "把收到的消息头和原始内容粘贴到这里，检查签名是否正确。", "Paste the headers and the raw body that you received, to see whether the signature is good.";
        body: "原始内容（逐字节）", "Raw body, byte by byte";
        verify_now: "验证", "Verify";
    }
}
