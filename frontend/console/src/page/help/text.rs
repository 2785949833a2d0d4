//! Texts of the help: the steps of a task stand one a line.

ui::texts! {
    /// The help.
    pub(super) struct HelpTexts {
        title: "使用帮助", "Help";
        lead: "按您的权限列出可以办理的事项。按 ? 查看键盘快捷键。", "What you can do here, by what you are permitted to do. Press ? for the keyboard shortcuts.";
        contents: "目录", "Contents";
        school: "新增一所学校", "Add a school";
        school_steps:
            "打开“学校”，点“新建学校”，填写教育部五位代码和学校全称；拼音首字母会自动成为简称。也可以点“导入教育部名单”，一次新建全部缺少的学校。\n在“人员”中选择该学校，邀请学校管理员：填写手机号和姓名，系统会发送邀请短信。\n学校管理员用该手机号登录本管理台，绑定验证器后即可建任务。\n学校用自己的微信支付或支付宝收款时，在学校详情的“学校收款账户”中设置；密钥保存后不再显示。",
            "Open Schools and make one with the Ministry's 5-digit code and the full name. Its pinyin initials find it by themselves. Import the Ministry's list adds all that are missing at once.\nOpen People, choose the school and invite its officer by phone and name. They get a text message.\nThe officer logs in here with that phone, sets up an authenticator, and can make a collection.\nWhere the school takes the money itself, give it its merchant account in the school's panel. Keys are never shown again.";
        begin: "开始一次采集", "Begin a collection";
        begin_steps:
            "打开“采集任务”，新建任务：填写起止时间、费用、谁付费、对象和联系方式。保存后是草稿，学生看不到。可以先点“预览学生页面”；常用的设置可以“存为模板”，下次从模板新建。\n在任务里点“导入名单”，上传学生名单，核对后导入。\n回到任务，点“发布任务”。缺少的内容会逐项提示。\n点“打印海报”，张贴海报，或把学生链接发给学生。\n在“进度”中查看各学院、班级的完成情况。",
            "Open Collections and make one: dates, fee, who pays, who takes part and whom to ask. It is saved as a draft that students can't see. Preview the students' pages at any time; keep settings as a template to make the next one from it.\nIn it choose Import the roster, send the file, look through what was found and import it.\nBack in the collection, publish it. What is missing is named item by item.\nPrint the poster, or send the link for students.\nProgress shows how far each college and class is.";
        roster: "导入名单", "Import a roster";
        roster_steps:
            "准备 CSV、XLSX 或 DBF 文件，第一行为列名；证件号一列请设为文本格式，否则 Excel 会丢失末尾数字。\n上传后系统先检查、不写入：核对列的对应关系、编码和前 20 行。\n查看每种结果的行数，下载报告，修改文件后可以重新上传。\n点“导入名单”。超过 5% 的学生证件号或层次有变化时，会先说明，请确认无误再导入。\n导入可以离开页面；在有学生提交照片之前可以撤销。手工修改过的内容会保留。",
            "Prepare a CSV, XLSX or DBF file with a heading. Format the column of document numbers as text: Excel drops their last digits otherwise.\nAfter the upload nothing is written yet: check the columns, the encoding and the first 20 rows.\nLook at the rows of each verdict, download the report, and upload a corrected file if you like.\nChoose Import. Where the number or level of more than 5 % would change, you are told first.\nYou may leave the page. Until a photo depends on it the import can be undone. What was corrected by hand stays.";
        missing: "学生说查不到自己", "A student says they are not listed";
        missing_steps:
            "打开“名单核对”，点开一项：先是学生填写的内容，接着是名单中最接近的学生。\n名单有误时，点“按申请更正该生”或“加入名单并回复”，学生会收到短信，可以立即核验。\n不属于本校时，写明原因，点“只回复”。",
            "Open Roster questions: beside what the student wrote are the nearest students of the roster.\nWhere the roster is wrong, add them or correct the entry in one step. They get a text message and can verify at once.\nWhere they are not yours, answer why.";
        remind: "提醒未完成的学生", "Remind who has not finished";
        remind_steps:
            "打开任务的“进度”，在下方按进度、学院、班级筛选。\n点“短信提醒”，先核对短信内容、人数和费用，再发送。\n同一名学生在规定时间内不会重复收到。还没有核验的学生没有手机号，请导出名单后联系班级。",
            "Open Progress of the collection and filter by progress, college and class.\nChoose to remind: check the text, how many get it and what it costs, then send.\nNobody is reminded twice within the set time. Who has not verified has no phone yet: export the list and ask their class.";
        review: "审核照片", "Review photos";
        review_steps:
            "打开“审核照片”，按 A 通过；按数字键选择原因，再按 R 驳回；拿不准的写明问题，按 E 转交。10 秒内可以按 U 撤销。\n没有发现问题的照片可以用“多张一起审核”一起通过，看过的才算。",
            "Open Review photos. A approves. Number keys choose reasons and R rejects. In doubt, write your question and pass the photo on with E. Within 10 seconds U takes a decision back.\nReview many at once approves photos without findings together; only those that you looked at count.";
        delivery: "把照片交给学校或学信网", "Hand the photos over";
        delivery_steps:
            "打开任务的“照片交付”，选择格式和内容（全部照片，或新增和变更），点“生成照片包”。\n生成后下载，导入贵校系统。\n核对无误后点“确认签收”，照片即为已交付，学生能看到。",
            "Open Photo packages of the collection, choose the profile and all photos or only the changes, and make it.\nDownload it and load it into your system.\nAcknowledge it once it is complete: the photos are handed over, and students see it.";
        wrong: "他人误用了学生的身份", "Somebody verified as the wrong student";
        wrong_steps:
            "打开“查询学生”，输入手机号或订单号。\n核对后点“解除绑定”，写明原因；已支付的订单需先退款。\n真正的学生随后可以用自己的手机号核验。",
            "Open Find a student and enter the phone or the order's number.\nRelease the verification with a reason. An order that was paid must be refunded first.\nThe right student can then verify with their own phone.";
        refund: "退款", "Refund an order";
        refund_steps:
            "打开“资金”，用订单号、支付单号或平台交易号找到订单。\n点“申请退款”，填写金额、原因和说明，输入动态码。\n超过限额的退款，由另一位工作人员在“退款”中复核。款项原路退回。",
            "Open Money and find the order by its number, that of the payment, or the provider's.\nAsk for a refund with amount, reason and note, and confirm it with a code.\nAbove the limit a second person must agree under Refunds. The money goes back the way it came.";
        cases: "处理资金问题", "Resolve a case about money";
        cases_steps:
            "打开“资金问题”，每一项都写明了应当怎样处理。\n标有“未经验证”的，先在商户平台核实。\n处理后点“结案”，写明结果。",
            "Open Cases: each says what to do.\nWhere it says “not proven”, look it up at the provider first.\nResolve it and say how.";
        bills: "对账", "Compare bills";
        bills_steps:
            "打开“对账”，按月查看每天每个商户账户的核对结果；有差异的日子可以单独筛选。\n点日期查看差异，缺少账单时点“重新核对”。\n导出当天的全部明细，或在“对账单”中导出学校当月应付的订单。",
            "Open Bills: every day of every account is listed, and days with differences can be filtered.\nOpen a day to see what differs; compare it again where a bill was missing.\nExport the day with all its rows, or a school's month under Statements.";
        people: "管理人员和验证器", "People and authenticators";
        people_steps:
            "打开“人员”，点“邀请”，选择角色；可以限定学院或班级。\n同事丢了验证器时，在这里重置；本人重新登录后再绑定。您自己的由另一位管理员重置。\n恢复码用完前，在“我的账号”生成新的。",
            "Open People and invite somebody with a role, limited to colleges or classes where you like.\nWho lost their authenticator gets it reset here and sets up a new one at the next login. Yours is reset by somebody else.\nMake new recovery codes under My account before they are used up.";
        audit: "查操作日志", "Search the audit log";
        audit_steps:
            "打开“操作日志”，按操作、人员、对象和日期筛选。\n点开一条记录，可以只看此人、此对象或此当事人的其他记录。",
            "Open Audit log and filter by action, person, object and day.\nOpen an entry to see others by the same person or about the same thing.";
    }
}
