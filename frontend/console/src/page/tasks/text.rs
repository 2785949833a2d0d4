//! Texts of the list of collections.

ui::texts! {
    /// The list of collections.
    pub(super) struct TasksTexts {
        title: "采集任务", "Collections";
        make: "新建任务", "New collection";
        name: "名称", "Name";
        state: "状态", "Status";
        opens: "开始", "Opens";
        closes: "最后一天", "Last day";
        none: "还没有采集任务", "No collections yet";
        none_detail: "先新建任务并填写设置，再导入名单、打印海报。", "Make one and fill in its settings, then import the roster and print the poster.";
    }
}
