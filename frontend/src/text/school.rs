//! Texts of the school page.

super::texts! {
    /// Finding the school.
    School {
        title: "您在哪所学校毕业？", "Which school do you graduate from?";
        name: "学校名称", "Name of the school";
        hint: "与毕业证书上的一致，也可输入 5 位学校代码", "As on the diploma; the 5-digit school code works too";
        missing: "请输入学校名称。", "Enter the name of your school.";
        find: "查找采集任务", "Find its collection";
        suggestions: "您要找的可能是", "You may mean";
        found: "找到以下采集任务", "These collections were found";
        code: "学校代码 {code}", "School code {code}";
        window: "采集时间", "Dates";
        from_to: "{from} 至 {to}", "{from} to {to}";
        fee: "费用", "Fee";
        paid_elsewhere: "由学校支付", "paid by the school";
        audience: "参加对象", "Who takes part";
        contact: "咨询", "Questions";
        opens: "将于 {time} 开始，届时再来即可。", "It begins on {time}. Please come back then.";
        closed: "采集已经结束。如需补采，请联系：{contact}", "It has ended. If you missed it, ask: {contact}";
        capture_code: "本任务凭学信网图像采集码办理，请按学校通知持码采集。", "This collection works with CHSI's image collection code; follow your school's notice.";
        choose: "去核验身份", "Verify who you are";
        wrong_task: "请确认学校和任务名称无误，付款后不能更换。", "Make sure that school and collection are the right ones; they cannot be changed after paying.";
    }
}
