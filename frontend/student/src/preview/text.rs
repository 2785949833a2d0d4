//! Texts of a preview.

ui::texts! {
    /// The bar above the pages of a preview.
    pub(super) struct PreviewTexts {
        title: "预览", "Preview";
        lead: "学生看到的就是这些页面。学生是虚构的，不会保存任何内容。", "These are the pages that students see. The student is invented and nothing is kept.";
        task: "任务", "Collection";
        identity: "核验身份", "Identity";
        photo: "照片", "Photo";
        confirm: "确认", "Confirm";
        pay: "支付", "Pay";
        order: "订单", "Order";
        refused_title: "预览到此为止", "The preview ends here";
        refused_detail: "正式采集时学生可以继续；预览中这一步不会执行。请从上方选择要查看的页面。", "Students can go on here; in a preview this step isn't taken. Choose a page above.";
    }
}
