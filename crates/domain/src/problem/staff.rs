//! Problems that staff meet: their own accounts, schools and tasks.

/// Makes the table of problems: the rows that are given, then those of this file.
macro_rules! with_staff_problems {
    ($($row:tt)*) => {
        with_integrator_problems! {
            $($row)*
            StaffSecondFactor: Forbidden = "staff.second_factor_required" {
                "请完成两步验证", "管理后台需要验证器中的动态码。请先完成两步验证，再继续操作。";
                "Confirm your second factor", "The console needs a code from your authenticator app. Confirm it, then go on.";
            }
            StaffFreshCode: Forbidden = "staff.fresh_code_required" {
                "请再次输入动态码", "这项操作涉及敏感数据，需要 {minutes} 分钟内验证过的动态码。请输入验证器中的动态码后重试。";
                "Enter a new code", "This concerns sensitive data and needs a code confirmed within the last {minutes} minutes. Enter one from your authenticator app and try again.";
            }
            StaffIdle: NotProven = "staff.session_idle" {
                "长时间未操作，已退出登录", "管理后台 {minutes} 分钟没有操作会自动退出。请重新登录。";
                "You were logged out for inactivity", "The console logs out after {minutes} minutes without use. Please log in again.";
            }
            StaffCodeWrong: Invalid = "staff.code_wrong" {
                "动态码不正确", "请输入验证器当前显示的 6 位动态码。每个动态码只能使用一次，用过后请等下一个；若总是不对，请检查手机时间是否准确。";
                "That code isn't right", "Enter the 6 digits that your authenticator app shows now. A code works once; if you just used one, wait for the next. If it keeps failing, check the clock of your phone.";
            }
            StaffCodeTries: TooOften = "staff.too_many_tries" {
                "动态码输错次数过多", "请在 {wait}后再试。";
                "Too many wrong codes", "Try again in {wait}.";
            }
            StaffRecoveryWrong: Invalid = "staff.recovery_code_wrong" {
                "恢复码不正确", "恢复码由 10 位字母和数字组成，每个只能使用一次。请核对后重试，或使用另一个。";
                "That recovery code isn't right", "A recovery code has 10 letters and digits and works once. Check it, or use another one.";
            }
            StaffDevice: State = "staff.device_present" {
                "已绑定验证器", "您已绑定验证器。如需更换，请先输入动态码或恢复码；如已丢失，请联系管理员重置。";
                "You have an authenticator", "To replace it, confirm a code or a recovery code first. If it is lost, ask another officer or an operator to reset it.";
            }
            StaffDeviceMissing: State = "staff.device_missing" {
                "还没有绑定验证器", "请先绑定验证器，再输入动态码。";
                "No authenticator is set up", "Set up an authenticator first, then enter a code.";
            }
            StaffUnknown: Missing = "staff.unknown" {
                "没有找到", "没有这所学校或这位人员，或不在您的管理范围内。请刷新列表后重试。";
                "Not found", "There is no such school or person, or they are not yours to manage. Refresh the list and try again.";
            }
            StaffRolePresent: State = "staff.role_present" {
                "此人已有该角色", "这个手机号在这里已有该角色。如需修改范围，请在人员列表中修改。";
                "They have this role already", "This phone has the role here. Change its limits in the list of staff.";
            }
            VersionConflict: State = "request.version_conflict" {
                "内容刚刚有变化", "请核对最新内容，再改一次。";
                "This has just changed", "Look at the newest version, then make your change again.";
            }
            StaffLastOperator: State = "staff.last_operator" {
                "这是最后一位平台运营", "平台至少要有一位平台运营。请先添加另一位，再移除。";
                "This is the last operator", "The platform needs at least one. Add another one first.";
            }
            StaffOwnDevice: State = "staff.own_device" {
                "不能重置自己的验证器", "请用恢复码登录后更换验证器，或请另一位管理员重置。";
                "You can't reset your own authenticator", "Log in with a recovery code and replace it, or ask another officer or operator.";
            }
            SchoolListFile: Invalid = "school_list.file_unreadable" {
                "文件无法读取", "请使用 CSV、XLSX 或 DBF 文件，最大 {max_mb} MB、{max_rows} 行。旧版 .xls 请另存为 .xlsx。";
                "The file can't be read", "Use a CSV, XLSX or DBF file with at most {max_mb} MB and {max_rows} rows. Save an old .xls as .xlsx.";
            }
            SchoolListColumns: Invalid = "school_list.columns_missing" {
                "缺少需要的列", "文件需要“学校名称”一列和“学校标识码”（10 位）或“学校代码”（5 位）一列。";
                "Columns are missing", "The file needs a column 学校名称 and one 学校标识码 (10 digits) or 学校代码 (5 digits).";
            }
            FileTooLarge: TooLarge = "request.file_too_large" {
                "文件太大", "这里的文件最大 {max_mb} MB。请删去不需要的列和工作表，或拆分成几个文件。";
                "The file is too large", "A file can have {max_mb} MB here. Remove columns and sheets that are not needed, or split it.";
            }
            RosterBatchSize: Invalid = "roster_entry.batch_size" {
                "学生人数不符合要求", "一次请提交 1 至 {max} 名学生；更多请分次提交，或上传名单文件。";
                "Too many students, or none", "Send 1 to {max} students at once. For more, send several times or import a file.";
            }
            TicketUnknown: Missing = "roster_ticket.unknown" {
                "没有找到这个核对申请", "没有这个核对申请，或不在您的管理范围内。请刷新列表后重试。";
                "Question not found", "There is no such question, or it is not yours to answer. Refresh the list and try again.";
            }
            TicketState: State = "roster_ticket.state" {
                "这个申请已处理", "其他人已回复这个申请。请刷新列表。";
                "This question was answered", "Somebody has answered it. Refresh the list.";
            }
            TicketAnswer: Invalid = "roster_ticket.answer_length" {
                "回复内容有误", "请填写回复，最多 {max} 个字。";
                "Check the answer", "Write an answer of at most {max} characters.";
            }
            TicketCannotAdd: State = "roster_ticket.cannot_add" {
                "不能加入名单", "申请中的姓名、证件号或补充信息不符合名单规则。请核对后手工添加学生。";
                "The student can't be added", "Name, number or what you added breaks the rules of rosters. Check them and add the student by hand.";
            }
            ReminderNobody: State = "reminder.nobody" {
                "没有可以提醒的学生", "这些学生近期已提醒过，或尚未核验身份、没有手机号。";
                "Nobody can be reminded", "These students were reminded lately, or have not verified, so no phone is known.";
            }
            ReminderMore: State = "reminder.more" {
                "人数有变化", "现在有 {count} 名学生需要提醒，比您看到的多。请重新查看后发送。";
                "There are more students now", "{count} students would be reminded, more than you saw. Look again, then send.";
            }
            StaffElsewhere: State = "staff.roles_elsewhere" {
                "此人还有其他角色", "此人在其他学校或平台也有角色，验证器须由平台运营重置。";
                "They have roles elsewhere", "This person also has a role of another school or of the platform, so an operator must reset the authenticator.";
            }
            StaffName: Invalid = "staff.name_length" {
                "请填写姓名", "姓名须为 1 至 {max} 个字。";
                "Enter a name", "A name has 1 to {max} characters.";
            }
            StaffRoleUnknown: Invalid = "staff.role_unknown" {
                "请选择角色", "角色应为：{expected}。";
                "Choose a role", "The role must be one of: {expected}.";
            }
            StaffLimits: Invalid = "staff.limits_invalid" {
                "范围不正确", "这里最多可填 {max} 项。平台角色不能限定学院或班级。";
                "The limits aren't right", "At most {max} entries are possible here. Roles of the platform can't be limited to colleges or classes.";
            }
            SchoolUnknown: Missing = "school.unknown" {
                "没有这所学校", "没有这所学校，或不在您的管理范围内。请刷新列表后重试。";
                "School not found", "There is no such school, or it is not yours to manage. Refresh the list and try again.";
            }
            SchoolCode: Invalid = "school.code_invalid" {
                "学校代码不正确", "请填写教育部 5 位学校代码，例如 10001；开头的 0 不能省略。";
                "Check the school's code", "Enter the Ministry's code: 5 digits, for example 10001, with its leading zeros.";
            }
            SchoolName: Invalid = "school.name_invalid" {
                "学校名称不正确", "学校名称须为 1 至 {max} 个字，不能换行。";
                "Check the school's name", "A name has 1 to {max} characters in one line.";
            }
            SchoolNameTaken: State = "school.name_taken" {
                "已有同名学校", "已有另一所学校使用这个名称。若是同一所学校的另一个采集单位，请在名称中注明，例如“（南校区）”。";
                "Another school has this name", "If this is another unit of that school, add it to the name, for example “(South Campus)”.";
            }
            SchoolNotTest: State = "school.not_test" {
                "不是测试学校", "只有测试学校可以触发测试事件、调整时钟。请使用测试学校的密钥和学校编号。";
                "Not a test school", "Only in a test school can events be triggered and the clock be moved. Use the key and the id of a test school.";
            }
            SchoolClock: Invalid = "school.clock_offset" {
                "时钟偏移太大", "测试学校的时钟与真实时间相差不能超过 {days} 天。";
                "The clock is too far away", "The clock of a test school is at most {days} days from the real time.";
            }
            SchoolAliases: Invalid = "school.aliases_invalid" {
                "其他名称不正确", "最多 {count} 个其他名称，每个 1 至 {max} 个字。";
                "Check the other names", "At most {count} other names of 1 to {max} characters each.";
            }
            SchoolContact: Invalid = "school.contact_length" {
                "联系方式太长", "联系方式最多 {max} 个字。";
                "The contact is too long", "Use at most {max} characters.";
            }
            SchoolSuspended: State = "school.suspended" {
                "学校已停用", "学校已停用，学生看不到它的任务。请先由平台运营恢复。";
                "The school is suspended", "Students can't see its collections. An operator must resume it first.";
            }
            TaskState: State = "task.state" {
                "任务状态不允许此操作", "任务当前状态为“{state}”，不能进行这项操作。请刷新后查看。";
                "The collection's state does not allow this", "The collection is “{state}”. Refresh the page and look again.";
            }
            TaskNotReady: State = "task.not_ready" {
                "任务还不能发布", "请按各项提示补全后再发布。";
                "The collection can't be published yet", "Complete the marked items, then publish it.";
            }
            TaskTemplateUnknown: Missing = "task_template.unknown" {
                "没有这个模板", "请从列表中选择模板。看不到需要的模板时，它可能已被删除，或不属于您的学校。";
                "No such template", "Choose one of the list. A template that isn't there may have been deleted, or isn't your school's.";
            }
            TaskName: Invalid = "task.name_length" {
                "请填写任务名称", "任务名称须为 1 至 {max} 个字，不能换行。";
                "Enter a name", "A collection's name has 1 to {max} characters in one line.";
            }
            TaskWindow: Invalid = "task.window_invalid" {
                "时间不正确", "请填写开始时间和截止时间，截止时间必须晚于开始时间。";
                "Check the dates", "Say when it opens and when it closes. The end must be later than the start.";
            }
            TaskWindowOver: Invalid = "task.window_over" {
                "截止时间已过", "截止时间已经过去，学生无法提交照片。请改为将来的时间。";
                "The end has passed", "Students couldn't submit photos any more. Choose a later end.";
            }
            TaskFees: Invalid = "task.fees_invalid" {
                "费用不正确", "请填写 0 至 {max_yuan} 元的金额，最多两位小数；每种费用最多一项。";
                "Check the fees", "Enter 0 to {max_yuan} yuan, with two decimals at most. Each kind of fee can stand there once.";
            }
            TaskFeeMissing: Invalid = "task.fee_missing" {
                "没有填写费用", "付款方不是“免费”，但费用为 0。请填写费用，或改为免费。";
                "The fee is missing", "Somebody is to pay, but the fee is 0. Enter a fee, or make the collection free.";
            }
            TaskPayment: Invalid = "task.payment_unavailable" {
                "没有可用的收款账户", "这所学校还没有收款账户，学生无法支付。请联系平台运营，或改为学校支付、免费。";
                "Students can't pay yet", "No merchant account takes this school's payments. Ask an operator, or let the school pay or make it free.";
            }
            TaskIdentity: Invalid = "task.identity_unavailable" {
                "不能使用图像采集码", "本平台没有配置采集码的验证公钥（[capture_code] 的 public_key），读不出采集码。请联系平台运营配置，或改用学校名单。";
                "Collection codes are not available", "This platform has no key to verify them with (public_key in [capture_code]), so it can't read any. Ask its operator to set one, or use the school's roster.";
            }
            TaskAudience: Invalid = "task.audience_missing" {
                "请填写参加对象", "请用中文和英文说明哪些学生参加。";
                "Say who takes part", "Say in Chinese and in English which students take part.";
            }
            TaskContact: Invalid = "task.contact_missing" {
                "请填写联系方式", "请填写学生可以咨询的电话或邮箱。";
                "Enter a contact", "Enter a phone number or address that students can ask.";
            }
            TaskText: Invalid = "task.text_length" {
                "文字太长", "最多 {max} 个字。";
                "The text is too long", "Use at most {max} characters.";
            }
            TaskNumber: Invalid = "task.number_range" {
                "数值不正确", "请填写 {min} 至 {max} 的整数。";
                "Check the number", "Use a whole number from {min} to {max}.";
            }
            TaskFixed: Invalid = "task.fixed_after_opening" {
                "发布后不能修改", "任务发布后，这一项不能再改：已有学生据此参加。如需改动，请另建新任务。";
                "This can't change any more", "It is fixed once a collection was published, because students acted on it. Make a new collection to change it.";
            }
            TaskOnlyMore: Invalid = "task.only_more_after_opening" {
                "发布后只能增加", "任务发布后，这一项只能增加，不能减少。";
                "This can only grow", "Once a collection was published, this can be raised but not lowered.";
            }
            AuditFilter: Invalid = "audit.filter_invalid" {
                "筛选条件无法识别", "请核对这一项：编号应与列表中显示的一致，操作应为列表中的一种。";
                "The filter can't be read", "Check this value: an id looks as the list shows it, and an action is one of those listed.";
            }
            StaffInvitationOver: Over = "staff.invitation_expired" {
                "邀请已过期", "邀请在 {days} 天内有效。请联系邀请您的管理员重新邀请。";
                "The invitation has expired", "An invitation is good for {days} days. Ask whoever invited you to do it again.";
            }
        }
    };
}
