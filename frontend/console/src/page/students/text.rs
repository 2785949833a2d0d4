//! Texts of the students of a collection.

ui::texts! {
    /// The students.
    pub(super) struct StudentTexts {
        title: "名单", "Roster";
        back: "返回任务", "Back to the collection";
        add: "添加学生", "Add a student";
        import: "导入名单", "Import a roster";
        none: "名单上还没有学生", "There are no students yet";
        none_detail: "导入名单文件，或逐个添加。", "Import a file, or add them one by one.";
        search: "学号、证件号或完整姓名", "Student number, document number or full name";
        name: "姓名", "Name";
        student_no: "学号", "Student number";
        number: "证件号", "Document number";
        document_type: "证件类型", "Document";
        level: "学历层次", "Level";
        college: "学院", "College";
        major: "专业", "Major";
        class_name: "班级", "Class";
        graduation: "预计毕业日期", "Expected graduation";
        graduation_hint: "如 2026-06-30", "Such as 2026-06-30";
        state: "状态", "State";
        verified: "已核验", "verified";
        not_verified: "未核验", "not verified";
        corrected: "人工修改过", "Corrected by hand";
        corrected_hint: "导入名单时保留", "Imports leave it alone";
        edit: "修改", "Correct";
        reveal: "查看完整证件号", "Show the whole number";
        withdraw: "撤出名单", "Take off the list";
        withdraw_title: "要把{name}撤出名单吗？", "Take {name} off the list?";
        withdraw_detail: "撤出后不能再以该生身份核验；已核验的学生不受影响。", "Nobody can verify as them any more. Who has verified keeps what they have.";
        restore: "恢复到名单", "Put back on the list";
        restore_title: "要把{name}恢复到名单吗？", "Put {name} back on the list?";
        restore_detail: "恢复后可以立即核验。", "They can verify at once.";
        keep: "不改动", "Leave it";
        save: "保存", "Save";
        number_keep: "不填则保留原证件号；填写后取代原有的所有证件号。", "Leave it empty to keep the number. A new one takes the place of all earlier ones.";
        by_number: "按证件号判断", "Told by the number";
        refused: "没有添加", "Not added";
        listed_already: "名单中已有这个证件号：{name}。如需修改，请打开该学生。", "The roster has this number already: {name}. Open the student to change something.";
        open_listed: "打开该学生", "Open the student";
        optional: "选填", "Optional";
    }
}
