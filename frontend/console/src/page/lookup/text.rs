//! Texts of finding a student.

ui::texts! {
    /// Finding a student.
    pub(super) struct LookupTexts {
        title: "查询学生", "Find a student";
        lead: "查询会记录在学生的“谁看过我的信息”中。", "Students see each look-up under “Who has viewed my data”.";
        key: "手机号或订单号", "Phone or order number";
        key_hint: "请输入完整的号码", "The whole number";
        find: "查询", "Find";
        nobody: "没有找到", "Nobody was found";
        nobody_detail: "该手机号没有在您管理的学校核验过身份，或订单号有误。", "This phone has not verified in your schools, or the order number is wrong.";
        school: "学校", "School";
        task: "任务", "Collection";
        number: "证件号", "Document number";
        verified: "核验时间", "Verified";
        photo: "照片", "Photo";
        order: "订单号", "Order";
        release: "解除绑定", "Release";
        release_title: "要解除这个账号的绑定吗？", "Release this binding?";
        release_detail: "未支付的订单会关闭，未审核的照片会撤回，其他账号可以重新核验为该生。已支付的订单须先退款，由财务或平台运营办理。", "The unpaid order is closed and the undecided photo taken back; another account can verify. A paid order must be refunded first, by finance or an operator.";
        reason: "原因", "Reason";
        reason_hint: "该账号的使用者会看到", "The account's owner reads it";
        may_return: "允许该账号再次核验为该生", "The same account may verify again";
        released: "已解除绑定。其他账号现在可以核验为该生。", "Released. Another account can now verify as this student.";
        keep: "不解除", "Keep it";
    }
}
