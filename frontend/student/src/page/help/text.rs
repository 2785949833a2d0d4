//! Texts of the help page.

ui::texts! {
    /// Help.
    pub(crate) struct HelpTexts {
        title: "帮助", "Help";
        steps: "办理流程", "How it works";
        step_log_in: "用手机号登录，短信验证码即可，无需密码。", "Log in with your phone. We text you a code, so there's no password.";
        step_school: "输入学校名称，找到本次采集。", "Enter your school's name to find its collection.";
        step_identity: "填写证件号码和学历层次，与学校名单核对。", "Enter your document number and level, and we check them against your school's list.";
        step_photo: "拍照或选择照片。手机会先自动检查，并告诉您怎么改。", "Take or choose a photo. It's checked on your phone first, and we tell you what to fix.";
        step_pay: "确认信息并支付（免费或学校支付的除外）。", "Confirm your details and pay, unless it's free or your school pays.";
        step_review: "审核人员查看照片，结果显示在“我的订单”。通过后由学校统一使用，您无需领取。", "A reviewer looks at your photo, and the result appears in “My orders”. Your school then uses it, so you don't need to pick anything up.";
        rules: "照片要求", "Photo requirements";
        rule_person: "近一年内的本人正面免冠彩色照片，双眼睁开平视，嘴唇自然闭合，头发不遮眉眼和耳朵。", "Taken within a year, in colour, facing forward, no hat, eyes open, lips closed, no hair over eyebrows, eyes or ears.";
        rule_place: "找一面单色的墙，人离墙半米以上，光线从正面均匀照来。", "Find a plain wall, stand at least half a metre away from it, and face soft, even light.";
        rule_taking: "请别人用后置镜头，在一米半外、与您眼睛同高的位置拍，头顶上方多留些空间。", "Ask someone to use the rear camera from about 1.5 metres away, at your eye level, with plenty of space above your head.";
        rule_edit: "不要美颜、修图或加滤镜，不要翻拍纸质照片或截图。", "No beauty mode, retouching or filters, and no photos of prints or screenshots.";
        questions: "常见问题", "Common questions";
        q_sms: "收不到验证码", "I didn't get a code";
        a_sms: "核对号码；查看短信的拦截或垃圾箱；确认手机有信号、没有停机，等一分钟再重新获取。以最后一条短信里的验证码为准。", "Check the number, your blocked or spam messages and your signal, then wait a minute and get a new code. Only the code in the latest text works.";
        q_roster: "查不到我的信息", "I can't be found on the list";
        a_roster: "核对证件号码和学历层次；要填姓名时，与学校登记的写法一致。刚办完提前毕业等手续的，一周后再试。仍查不到，在核验页点“申请核对”，学校会收到您的信息。", "Check your document number and level, and enter your name as registered at your school. If your status has only just changed, try again in a week. Still not found? Choose “Ask the school to check” on the identity page.";
        q_photo: "照片没有通过自动检查", "My photo failed the automatic check";
        a_photo: "按提示调整取景或重拍。觉得检查不对的，在提交前写明原因，由审核人员判断。", "Adjust the frame or retake the photo as suggested. If you think the check is wrong, say why before you submit, and a reviewer decides.";
        q_payment: "已经付款，订单还是未支付", "I've paid but my order still says unpaid";
        a_payment: "在支付页点“我已支付”，我们会立即向支付平台查询。重复支付或多付的钱会自动原路退回。", "Tap “I've paid” on the payment page and we'll check with the payment service right away. Duplicate or extra payments are refunded automatically.";
        q_review: "照片被驳回了怎么办", "My photo was rejected";
        a_review: "在“我的订单”里查看原因，在截止前重新提交，费用不变。", "See the reason in “My orders” and submit a new photo before the deadline. The fee doesn't change.";
        q_phone: "换了手机号", "I have a new phone number";
        a_phone: "旧号还能收短信的，在“我的”里更换手机号。收不到的，从下面申请找回：", "If your old number still gets texts, change it under “Me”. If not:";
        q_privacy: "我的信息安全吗", "Is my data safe?";
        a_privacy: "证件号、手机号和照片加密保存，只有您的学校和审核人员能看。每次查看都有记录，在“我的”里可以查到。不做人脸识别。", "Your document number, phone number and photo are encrypted, and only your school and its reviewers can see them. Every view is recorded, and you can see the record under “Me”. There is no face recognition.";
        contact: "还没有解决？", "Still need help?";
        operator: "登录、支付和网页问题，请问{operator}：{contact}", "For logging in, payments and this website, contact {operator}: {contact}";
        contact_detail: "采集时间、名单和照片审核，请问您的学校：联系方式在采集任务和订单页上。", "For dates, the list and reviews, contact your school. Its contact details are on the collection and order pages.";
    }
}
