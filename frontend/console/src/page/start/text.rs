//! Texts of the start.

ui::texts! {
    /// The start.
    pub(super) struct StartTexts {
        reviews: "{count} 张照片等待审核", "Photos waiting for review: {count}";
        reviews_oldest: "最早的一张等待自 {oldest}。", "The oldest has been waiting since {oldest}.";
        reviews_begin: "开始审核", "Start reviewing";
        first_steps: "{school}：开始采集", "{school}: begin a collection";
        first_steps_lead: "按顺序完成以下几步，学生就可以提交照片。", "Do these in order, and students can hand in their photos.";
        first_steps_help: "查看详细步骤", "Read how to do it";
        step_task: "新建采集任务", "Make a collection";
        step_roster: "导入学生名单", "Import the roster";
        step_publish: "核对设置并发布任务", "Check the settings and publish it";
        step_poster: "打印海报或转发链接", "Print the poster or send its link";
        done: "已完成", "done";
        not_done: "未完成", "to do";
        waiting: "待办", "What waits";
        tickets: "待回复的名单核对", "Roster questions";
        imports_waiting: "待确认的名单导入", "Imports to decide about";
        imports_finished: "24 小时内完成的名单导入", "Imports finished within 24 hours";
        failing_webhooks: "推送失败的地址", "Webhook endpoints that fail";
        deadlines: "一周内截止", "Closing within a week";
        open_tasks: "采集进度", "Progress of collections";
        schools: "各校情况", "Schools";
        no_schools: "还没有学校", "There are no schools yet";
        school: "学校", "School";
        photos: "待审核照片", "Photos waiting";
        oldest: "最早等待自", "Waiting since";
        next_deadline: "最近截止", "Next deadline";
        hello: "{name}，您好", "Hello, {name}";
        few_codes: "恢复码快用完了", "You are running out of recovery codes";
        renew_codes: "生成新的恢复码", "Make new recovery codes";
        platform: "平台", "Platform";
        platform_lead: "平台运营、中心审核员和财务由这里管理。", "Operators, bureau reviewers and finance are managed here.";
        platform_people: "管理平台人员", "Manage platform staff";
        school_lead: "邀请同事，限定他们负责的学院或班级。", "Invite colleagues and limit them to colleges or classes.";
        school_people: "管理本校人员", "Manage the school's staff";
    }
}
