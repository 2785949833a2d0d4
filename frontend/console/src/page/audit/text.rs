//! Texts of the audit log.

ui::texts! {
    /// The audit log.
    pub(super) struct AuditTexts {
        title: "操作日志", "Audit log";
        lead: "谁在什么时候对什么做了什么。日志只增不改。", "Who did what to what, and when. Entries are only ever added.";
        none: "还没有记录", "There are no entries yet";
        none_detail: "登录和每一次修改都会记录在这里。", "Logins and every change are noted here.";
        at: "时间", "Time";
        person: "操作人", "By";
        person_id: "操作人编号", "Person's id";
        action: "操作", "Action";
        object: "对象", "Object";
        object_id: "对象编号", "Object's id";
        subject_id: "当事人编号", "Id of whose data";
        since: "不早于", "From";
        until: "不晚于", "Until";
        reason: "原因", "Reason";
        request: "请求编号", "Request";
        only_person: "只看此人的操作", "Only by this person";
        only_object: "只看此对象", "Only this object";
        only_subject: "只看此当事人", "Only about this person";
    }
}
