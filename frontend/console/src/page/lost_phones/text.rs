//! Texts of reports of a lost phone.

ui::texts! {
    /// The reports.
    pub(super) struct LostPhonesTexts {
        title: "手机号找回", "Lost phones";
        lead: "学生收不到旧号码的短信时，从登录页申请换号，由两人先后批准。第二人批准后旧号码马上收到短信，24 小时后换号。", "Students who can't get texts on their old number ask for a new one from the login page, and two people approve. The old number is then told at once, and the number changes 24 hours later.";
        none: "没有申报", "There are no reports";
        none_detail: "学生从登录页申请后会出现在这里；学校只看到管理员已批准过一次的申报。", "They come from the login page. Schools see those that an operator has approved once.";
        reference: "编号", "Reference";
        state: "状态", "State";
        reported: "申报时间", "Reported";
        effective: "生效时间", "Takes effect";
        school: "填写的学校", "School as typed";
        document: "证件", "Document";
        old_phone: "旧号码", "Old number";
        new_phone: "新号码", "New number";
        note: "说明", "Note";
        approved_by: "已批准", "Approved by";
        semicolon: "；", "; ";
        ended: "结束", "Ended";
        proofs: "旧号码的账号已核验为", "The old number's account has verified as";
        proofs_none: "没有这个号码的账号，或它没有核验过身份。", "There is no account with this number, or it has not verified.";
        name_same: "姓名一致", "Same name";
        name_other: "姓名不同", "Other name";
        number_same: "证件号一致", "Same document";
        number_other: "证件号不同", "Other document";
        needs_other: "还须由另一个人批准：另一位平台管理员；只有一位管理员时，由学校的管理老师批准。", "Somebody else has to approve it too: another operator, or an officer of the school where there is only one operator.";
        takes_effect: "{time} 换成新号码。在此之前，旧号码的持有人登录后可以拒绝，工作人员可以取消。", "The number changes {time}. Until then whoever has the old number can log in and refuse, and staff can cancel.";
        approve: "批准", "Approve";
        approve_title: "批准换成新号码？", "Approve the new number?";
        approve_checked: "请先通过学校已登记的电话核实是本人，再拨打新号码确认。不要向对方索要验证码。", "First check with the school, by a contact you already have, that it is the student. Then call the new number. Never ask for a code.";
        approve_first: "之后还须由另一个人批准，才会换号。", "A second person has to approve before anything changes.";
        approve_second: "批准后，旧号码马上收到短信，24 小时后换号，所有设备退出登录。", "The old number is told at once. After 24 hours the number changes and all devices are logged out.";
        keep: "暂不处理", "Not now";
        close: "拒绝", "Refuse";
        close_title: "拒绝这份申报？", "Refuse this report?";
        cancel: "取消换号", "Cancel the change";
        cancel_title: "取消换号？", "Cancel the change of number?";
        outcome: "处理结果", "How it was resolved";
        outcome_hint: "1 至 200 个字，不要写个人信息", "1 to 200 characters, without personal data";
    }
}
