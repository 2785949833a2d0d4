//! Texts of the poster.

ui::texts! {
    /// The poster.
    pub(super) struct PosterTexts {
        title: "海报", "Poster";
        lead: "A4 纸打印，中英文各一份在同一页上。", "One sheet of A4 with both languages.";
        print: "打印", "Print";
        back: "返回任务", "Back to the collection";
        qr: "扫码进入图像采集", "QR code that leads to the collection";
        scan: "微信或浏览器扫码，用手机号登录办理", "Scan with WeChat or your phone's browser and log in with your phone number";
        dates: "办理时间：{from} 至 {to}", "Open {from} to {to}";
        contact: "咨询：{contact}", "Questions: {contact}";
    }
}
