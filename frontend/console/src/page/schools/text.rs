//! Texts of the schools.

ui::texts! {
    /// The schools.
    pub(super) struct SchoolTexts {
        title: "学校", "Schools";
        make: "新建学校", "Add a school";
        list: "导入教育部名单", "Import the Ministry's list";
        list_lead: "教育部公布的《全国高等学校名单》，CSV、XLSX 或 DBF，需有“学校名称”和“学校标识码”（或 5 位代码）两列。按代码新建缺少的学校；已有的学校不变。", "The Ministry's list as CSV, XLSX or DBF, with a column 学校名称 and one 学校标识码 (or the 5-digit code). Schools are added by code where they are missing; those that are there stay as they are.";
        list_file: "名单文件", "File";
        list_look: "检查文件", "Look through it";
        list_take: "新建 {count} 所学校", "Add {count} schools";
        list_taken: "已新建 {count} 所学校。", "Schools added: {count}.";
        list_row: "第 {number} 行 {name}：{verdict}", "Row {number} {name}: {verdict}";
        search: "名称、别名或代码", "Name, alias or code";
        name: "名称", "Name";
        name_hint: "与毕业证书上的写法一致；学生按这个名称查找", "As on the diploma; students search for it";
        code: "教育部院校代码", "Ministry code";
        code_hint: "5 位数字，如 10001", "5 digits, such as 10001";
        aliases: "别名", "Other names";
        aliases_hint: "每行一个，如“北大医学部”；学生也可以用它查找", "One a line. Students find the school by these too";
        contact: "学校联系方式", "Contact at the school";
        contact_hint: "平台需要时联系谁，如“教务处 010-62751234”", "Whom the bureau reaches there";
        state: "状态", "Status";
        since: "创建日期", "Added";
        save: "保存", "Save";
        none: "还没有学校", "No schools yet";
        none_detail: "新建学校后，邀请学校管理员，由他们创建采集任务。", "Add a school, then invite its officer, who sets up collections.";
        next: "下一步", "Next";
        invite: "邀请学校管理员", "Invite the school's officer";
        tasks: "采集任务", "Collections";
        suspend: "停用", "Suspend";
        suspend_title: "要停用这所学校吗？", "Suspend this school?";
        suspend_detail: "学生将查不到这所学校，已开始的任务暂停办理。可以随时恢复。", "Students can't find it and its collections pause. You can resume it at any time.";
        resume: "恢复", "Resume";
        keep: "保持不变", "Keep it as it is";
    }
}
