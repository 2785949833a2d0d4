//! Texts of the school page.

ui::texts! {
    /// Finding the school.
    pub(crate) struct SchoolTexts {
        title: "您在哪所学校毕业？", "Which school are you graduating from?";
        name: "学校名称", "School name";
        hint: "与毕业证书上的一致，也可输入 5 位学校代码", "As on your diploma. You can also enter the 5-digit school code.";
        missing: "请输入学校名称。", "Enter your school's name.";
        find: "查找采集任务", "Find my collection";
        suggestions: "您要找的可能是", "Did you mean";
        suggestion_count: "有 {count} 所可能的学校，用上下箭头选择", "Schools found: {count}. Use the up and down arrow keys to choose.";
        found: "找到以下采集任务", "We found these collections";
        code: "学校代码 {code}", "School code {code}";
        window: "采集时间", "Dates";
        from_to: "{from} 至 {to}", "{from} to {to}";
        fee: "费用", "Fee";
        paid_elsewhere: "由学校支付", "paid by your school";
        audience: "参加对象", "Who it's for";
        contact: "咨询", "Questions";
        opens: "将于 {time} 开始，届时再来即可。", "Opens {time}. Please come back then.";
        closed: "采集已经结束。如需补采，请联系：{contact}", "This collection has ended. If you missed it, contact: {contact}";
        capture_code: "本任务凭图像采集码核验，请先备好采集码的图片或文字。", "This collection takes image collection codes. Have the picture or the text of yours at hand.";
        choose: "去核验身份", "Verify your identity";
        link_title: "毕业生图像采集", "Your graduation portrait";
        link_lead: "学校请您参加下面的采集。先看看时间和费用，再开始办理。", "Your school invites you to this collection. Check the dates and the fee, then begin.";
        link_log_in: "开始后请先用手机号登录，没有账号会自动注册。", "First you'll log in with your phone. If you're new, we'll create your account.";
        find_another: "不是您的学校？查找您的学校", "Not your school? Find yours";
        wrong_task: "请确认学校和任务名称无误，付款后不能更换。", "Check that the school and collection are right. They can't be changed after you pay.";
    }
}
