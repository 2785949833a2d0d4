//! Texts of the roster.

ui::texts! {
    /// The roster.
    pub(super) struct RosterTexts {
        title: "导入名单", "Import a roster";
        back: "返回任务", "Back to the collection";
        send: "选择文件", "Choose a file";
        send_lead: "CSV、XLSX 或 DBF，第一行为列名，如：姓名、证件类型、证件号、学历层次、学号、学院、专业、班级。证件号一列请先设为文本格式。先检查，不会改动名单。", "CSV, XLSX or DBF with headings such as name, document type, document number, level, student number, college, major and class. Format document numbers as text first. The file is only looked through; nothing changes yet.";
        file: "名单文件", "Roster file";
        check: "上传并检查", "Send and check";
        sending: "已上传 {kilobytes} KB", "{kilobytes} KB sent";
        latest: "最近的导入", "Latest imports";
        none: "还没有导入过名单", "No roster was imported yet";
        rows: "{rows} 行", "{rows} rows";
        found: "检查结果", "What was found";
        verdict: "情况", "Finding";
        count: "行数", "Rows";
        outcome: "是否导入", "Taken";
        advice: "说明", "What to do";
        taken: "导入", "yes";
        not_taken: "不导入", "no";
        preview: "预览前 20 行", "The first 20 rows";
        overwrite: "覆盖手工更正过的内容（不勾选则保留）", "Overwrite what was corrected by hand";
        identity_changes: "有 {count} 名学生的证件号或层次会改变，超过总数的 5%。请确认文件没有错列或选错学校。", "The document number or level of {count} students would change, more than 5 %. Check that no column has slipped and that it is the right school.";
        start: "导入名单", "Import";
        start_anyway: "确认无误，导入名单", "It is right; import";
        cancel: "取消这次导入", "Cancel";
        undo: "撤销导入", "Undo the import";
        undo_title: "要撤销这次导入吗？", "Undo this import?";
        undo_detail: "名单恢复到导入前；已有人核验或更正过的学生保持不变。", "The roster is as it was before. Students whom somebody has verified as or corrected since stay.";
        keep: "保留", "Keep it";
        roster: "查看名单", "See the roster";
        choices: "列、编码与层次", "Columns, encoding and level";
        choices_lead: "系统按列名和编码自动识别。如有不对，请修改后重新检查。", "Columns and encoding are found out. Where something is wrong, change it and look through the file again.";
        encoding: "编码", "Encoding";
        delimiter: "分隔符", "Delimiter";
        comma: "逗号", "Comma";
        tab: "制表符", "Tab";
        semicolon: "分号", "Semicolon";
        default_level: "没有层次列时的层次", "Level of rows that name none";
        found_out: "自动识别", "Found out";
        ignored: "不读取", "Not read";
        again: "重新检查", "Look through again";
        affected: "需要留意的行", "Rows to look at";
        none_affected: "没有需要留意的行", "There is nothing to look at";
        row: "行号", "Row";
        column: "列", "Column";
        report_csv: "下载报告（CSV）", "Report (CSV)";
        report_xlsx: "下载报告（Excel）", "Report (Excel)";
    }
}
