//! Texts of the progress of a collection.

ui::texts! {
    /// The progress.
    pub(super) struct ProgressTexts {
        title: "进度", "Progress";
        back: "返回任务", "Back to the collection";
        counted_at: "截至{time}", "As of {time}";
        by_day: "最近 60 天", "The latest 60 days";
        by_college: "按学院", "By college";
        by_major: "按专业", "By major";
        by_class: "按班级", "By class";
        day: "日期", "Day";
        day_verified: "核验", "verified";
        day_sent: "提交照片", "photos sent";
        day_paid: "支付", "paid";
        day_approved: "通过", "approved";
        day_rejected: "驳回", "rejected";
        college: "学院", "College";
        major: "专业", "Major";
        class_name: "班级", "Class";
        rest: "其余", "Others";
        unnamed: "未填写", "Not given";
        missing: "未完成的学生", "Students who have not finished";
        none: "没有未完成的学生", "Everybody has finished";
        none_detail: "名单上的学生都已完成。", "All students of the roster are done.";
        name: "姓名", "Name";
        student_no: "学号", "Student number";
        progress: "进度", "Progress";
        reminded: "最近提醒", "Reminded";
        export_csv: "导出 CSV", "Export CSV";
        export_xlsx: "导出 Excel", "Export Excel";
        remind: "短信提醒", "Remind by text message";
        remind_title: "发送短信提醒", "Send reminders";
        remind_count: "将发送 {count} 条短信", "{count} messages will be sent";
        remind_cost: "预计费用", "Expected cost";
        remind_left_out: "{recent} 人在 {hours} 小时内已提醒过，不再发送；{unknown} 人尚未核验身份，没有手机号，无法提醒。", "{recent} were reminded within {hours} hours and are left out. {unknown} have not verified, so no phone is known.";
        remind_send: "发送", "Send";
        remind_sent: "短信正在发送。", "The messages are being sent.";
        remind_text: "短信内容", "Text";
    }
}
