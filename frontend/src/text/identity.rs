//! Texts of the identity page.

super::texts! {
    /// Proving who one is.
    Identity {
        title: "核验身份", "Verify who you are";
        lead: "我们在学校提供的名单里核对您的信息。", "We look you up on the list that your school gave us.";
        asked: "本次核验需要：{facts}。", "You are asked for: {facts}.";
        asked_only: "按学校通知，本次只核对证件号码和学历层次。知道这两项的人也可能不是您，因此核验后只显示部分姓名和学号。", "As your school's notice says, only document number and level are compared. Others may know these too, so only part of your name and student number is shown afterwards.";
        kind: "证件类型", "Kind of document";
        other_kinds: "使用其他证件（港澳台、外籍、军人等）", "Another document (Hong Kong, Macao, Taiwan, foreign, military …)";
        where_number: "号码在证件上的位置", "Where the number stands on the document";
        example: "例如 {example}", "For example {example}";
        number: "证件号码", "Document number";
        number_missing: "请填写证件号码。", "Fill in the number of your document.";
        level: "学历层次", "Level";
        name: "姓名", "Name";
        name_hint: "与学校登记的一致", "As your school has it";
        name_missing: "请填写姓名。", "Fill in your name.";
        student_no: "学号", "Student number";
        student_no_missing: "请填写学号。", "Fill in your student number.";
        verify: "核验", "Verify";
        private: "证件号加密传输和保存，页面上只显示部分号码。", "The number is sent and stored encrypted; pages show only part of it.";
        not_found_causes: "最常见的两个原因：", "The two usual causes:";
        cause_roster: "还不在名单里，例如提前毕业手续刚办完。手续完成一周后再试。", "You are not on the list yet, for example because early graduation was only just approved. Try again in a week.";
        cause_number: "学校登记的是另一个证件号。留学生、港澳台学生请使用学校登记的号码。", "Your school has another document number. International, Hong Kong, Macao and Taiwan students: use the number that the school has.";
        cause_phone: "曾用另一个手机号核验过？请退出后用那个号码登录。", "Verified with another phone before? Log out and log in with that one.";
        cause_typed: "请再看一眼号码和学历层次。", "Look at the number and the level once more. ";
        cause_typed_name: "请再看一眼号码、学历层次和姓名。", "Look at the number, the level and the name once more. ";
        name_ways: "姓名可以这样写：", "How a name may be written:";
        name_way_dot: "少数民族姓名中的间隔号不能省略，写成“·”“•”“．”都可以；空格多少不影响。", "Keep the dot in a name such as 古丽米热·艾比布力; any kind of dot will do, and spaces do not matter.";
        name_way_order: "外文姓名与证件拼写一致，姓在前或在后都可以；大小写、逗号不影响。", "Spell a foreign name as on your document, family name first or last; capitals and commas do not matter.";
        name_way_rare: "生僻字请写原字（可以从手机里的电子证件复制），不要用拼音或同音字代替。", "Write rare characters as they are, copied from an electronic document if need be, not in pinyin.";
        roster_updated: "名单更新于 {time}", "The list was last updated {time}";
        ask: "申请核对", "Ask for a check";
        ask_title: "请学校核对名单", "Ask your school to check the list";
        ask_lead: "学校会收到以下信息并核对名单，请过一两天再来核验。", "Your school gets the following and checks its list. Come back in a day or two and verify again.";
        ask_note: "补充说明", "What else your school should know";
        ask_note_hint: "例如：曾用名、证件换号、预计毕业时间", "For example a former name, a new document, when you graduate";
        ask_send: "发送给学校", "Send to the school";
        ask_done: "已发送给学校", "Sent to your school";
        ask_done_detail: "请过一两天再来核验。", "Come back in a day or two and verify again.";
    }
}
