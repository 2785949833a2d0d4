//! The frame of every page.

ui::texts! {
    /// Texts of the frame and of what many pages share.
    pub(crate) struct ConsoleTexts {
        start: "工作台", "Start";
        start_lead: "学校的采集任务、名单和进度都在这里管理。", "Manage your school's collections, rosters and progress here.";
        to_students: "学生办理入口", "Student website";
    }
}
