//! Texts of students' questions about the roster.

ui::texts! {
    /// The questions.
    pub(super) struct TicketTexts {
        title: "名单核对", "Roster questions";
        lead: "未能核验身份的学生在这里请学校核对名单。处理后，学生会收到短信，并在“我的订单”中看到回复。", "Students who could not be verified ask the school here. Once answered they get a text message and read the answer in the app.";
        none: "没有核对申请", "There are no questions";
        none_detail: "学生核验失败时可以提交。", "Students can ask when they are not found.";
        name: "姓名", "Name";
        number: "证件号", "Document number";
        level: "学历层次", "Level";
        task: "任务", "Collection";
        state: "状态", "State";
        asked: "提交时间", "Asked";
        note: "学生说明", "Note";
        answered: "已回复", "Answer";
        nearest: "名单中可能的学生", "Students who may be meant";
        nearest_none: "名单中没有同名或同证件号的学生。", "Nobody on the roster has this name or number.";
        correct: "按申请更正该生", "Correct this student";
        correct_title: "要把{name}的姓名、证件号和层次改成申请中的吗？", "Give {name} the name, number and level of the question?";
        correct_detail: "原证件号将失效，学生会收到通知并可重新核验。", "The earlier number stops working. The student is told and can verify again.";
        keep: "不改动", "Leave it";
        answer: "回复内容", "Answer";
        answer_hint: "学生会看到。加入名单或更正时可不填。", "The student reads it. Optional when you add or correct.";
        send: "只回复", "Answer only";
        add: "加入名单并回复", "Add to the roster and answer";
        student_no: "学号", "Student number";
        college: "学院", "College";
        class_name: "班级", "Class";
        optional: "选填", "Optional";
    }
}
