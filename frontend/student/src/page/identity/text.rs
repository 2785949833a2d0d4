//! Texts of the identity page.

ui::texts! {
    /// Proving who one is.
    pub(crate) struct IdentityTexts {
        title: "核验身份", "Verify your identity";
        lead: "我们在学校提供的名单里核对您的信息。", "We check your details against your school's list.";
        asked: "本次核验需要：{facts}。", "You'll need: {facts}.";
        asked_only: "按学校通知，本次只核对证件号码和学历层次。知道这两项的人也可能不是您，因此核验后只显示部分姓名和学号。", "As your school's notice says, we only check your document number and level. Other people may know these too, so we show only part of your name and student number afterwards.";
        kind: "证件类型", "Document type";
        other_kinds: "使用其他证件（港澳台、外籍、军人等）", "Another document (Hong Kong, Macao, Taiwan, foreign, military…)";
        where_number: "号码在证件上的位置", "Where to find the number";
        example: "例如 {example}", "For example, {example}";
        number: "证件号码", "Document number";
        type_x: "输入 X", "Type X";
        number_missing: "请填写证件号码。", "Enter your document number.";
        level: "学历层次", "Level";
        name: "姓名", "Name";
        name_hint: "与学校登记的一致", "As registered at your school";
        name_missing: "请填写姓名。", "Enter your name.";
        student_no: "学号", "Student number";
        student_no_missing: "请填写学号。", "Enter your student number.";
        verify: "核验", "Verify";
        private: "证件号加密传输和保存，页面上只显示部分号码。", "Your number is encrypted, and pages show only part of it.";
        not_found_causes: "最常见的两个原因：", "The two most common reasons:";
        cause_roster: "还不在名单里，例如提前毕业手续刚办完。手续完成一周后再试。", "You're not on the list yet, for example because your early graduation has only just been approved. Try again in a week.";
        cause_number: "学校登记的是另一个证件号。留学生、港澳台学生请使用学校登记的号码。", "Your school has a different document number on file. If you are an international, Hong Kong, Macao or Taiwan student, use the number your school has.";
        cause_phone: "曾用另一个手机号核验过？请退出后用那个号码登录。", "Verified with another phone before? Log out, then log in with that number.";
        cause_typed: "请再看一眼号码和学历层次。", "Check the number and the level again. ";
        cause_typed_name: "请再看一眼号码、学历层次和姓名。", "Check the number, the level and the name again. ";
        name_ways: "姓名可以这样写：", "How to write a name:";
        name_way_dot: "少数民族姓名中的间隔号不能省略，写成“·”“•”“．”都可以；空格多少不影响。", "Keep the dot in a name such as 古丽米热·艾比布力. Any kind of dot works, and spaces don't matter.";
        name_way_order: "外文姓名与证件拼写一致，姓在前或在后都可以；大小写、逗号不影响。", "Spell a foreign name as on your document, family name first or last. Capitals and commas don't matter.";
        name_way_rare: "生僻字请写原字（可以从手机里的电子证件复制），不要用拼音或同音字代替。", "Write rare characters as they are, not in pinyin. You can copy them from an electronic document.";
        roster_updated: "名单更新于 {time}", "List last updated {time}";
        ask: "申请核对", "Ask the school to check";
        ask_title: "请学校核对名单", "Ask your school to check the list";
        ask_lead: "学校会收到以下信息并核对名单，请过一两天再来核验。", "We'll send your school the details below. Come back in a day or two and verify again.";
        ask_note: "补充说明", "Anything else your school should know?";
        ask_note_hint: "例如：曾用名、证件换号、预计毕业时间", "For example, a former name, a new document, or when you graduate";
        ask_send: "发送给学校", "Send to the school";
        ask_done: "已发送给学校", "Sent to your school";
        ask_done_detail: "请过一两天再来核验。学校的答复显示在“我的订单”里。", "Come back in a day or two and verify again. Your school's answer appears in “My orders”.";
    }
}

ui::texts! {
    /// Verification by an image-capture code.
    pub(crate) struct CodeTexts {
        lead: "本任务凭图像采集码核验，不需要填写证件号码。采集码由学校或发码平台提供，请勿转发给他人。", "This collection takes image collection codes; you don't need to type a document number. Your school or the issuing site gives you the code. Don't pass it on.";
        picture_hint: "最好直接上传保存的采集码原图；也可以用相机对准二维码拍一张。", "It works best with the picture as you saved it. You can also take a photo of the code.";
        upload: "上传采集码图片", "Upload the picture";
        scan: "拍照扫码", "Scan with the camera";
        reading: "正在读取采集码…", "Reading the code…";
        paste: "或粘贴采集码文字", "Or paste the code's text";
        paste_hint: "以 GPCC1. 开头的一长串字符，换行和空格不影响。", "A long text that begins with GPCC1. Line breaks and spaces don't matter.";
        missing: "请粘贴采集码文字，或上传图片。", "Paste the code's text, or upload a picture.";
        private: "图片读完即丢弃；采集码中的证件号加密保存，页面上只显示部分号码。", "The picture isn't kept. The document number in the code is encrypted, and pages show only part of it.";
        verify: "核验", "Verify";
        too_large: "图片太大", "The picture is too large";
        too_large_detail: "浏览器无法缩小这张图片。请截取只含二维码的部分后再上传。", "Your browser couldn't make it smaller. Crop it to the code and upload it again.";
    }
}
