//! What the audit log notes, and to what kinds of things it was done.

use crate::word::words;

words! {
    /// What was done.
    AuditAction {
        /// An account was made by its first login.
        AccountRegistered = "account.registered", "注册账号", "Created the account";
        /// The phone number was changed.
        PhoneChanged = "account.phone_changed", "更换手机号", "Changed the phone number";
        /// Language or contact data were changed.
        AccountChanged = "account.changed", "修改个人资料", "Changed personal details";
        /// The account was erased.
        AccountErased = "account.erased", "注销账号", "Erased the account";
        /// Everything that is stored about the student went out to them.
        DataExported = "data.exported", "导出数据", "Exported data";
        /// A login.
        SessionBegan = "session.began", "登录", "Logged in";
        /// A session was ended.
        SessionEnded = "session.ended", "退出登录", "Logged out";
        /// All sessions but one were ended.
        OtherSessionsEnded = "session.others_ended", "退出其他所有设备", "Logged out of all other devices";
        /// All sessions were ended.
        AllSessionsEnded = "session.all_ended", "退出所有设备", "Logged out of all devices";
        /// An old refresh token was used again.
        TokenReuseDetected = "session.reuse_detected", "登录凭证被重复使用，已强制退出", "A login was used twice, so it was ended";
        /// A wrong code was typed.
        CodeWrong = "login.code_wrong", "输入了错误的验证码", "Entered a wrong code";
        /// Earlier versions locked a phone after many wrong codes.
        PhoneLocked = "login.phone_locked", "验证码错误过多，手机号暂时锁定", "Too many wrong codes locked the phone";
        /// A device that shows codes was set up.
        DeviceEnrolled = "staff.device_enrolled", "绑定验证器", "Set up an authenticator";
        /// A second factor was confirmed.
        SecondFactorConfirmed = "staff.second_factor_confirmed", "完成两步验证", "Confirmed the second factor";
        /// A wrong code of a device, or a wrong recovery code.
        SecondFactorWrong = "staff.second_factor_wrong", "动态码或恢复码错误", "Entered a wrong second factor";
        /// A recovery code was used.
        RecoveryCodeUsed = "staff.recovery_code_used", "使用恢复码", "Used a recovery code";
        /// New recovery codes were made; the earlier ones work no more.
        RecoveryCodesMade = "staff.recovery_codes_made", "生成恢复码", "Made recovery codes";
        /// The device of a member of staff was reset.
        DeviceReset = "staff.device_reset", "重置验证器", "Reset an authenticator";
        /// Somebody was given a role.
        RoleGranted = "staff.role_granted", "授予角色", "Gave a role";
        /// The limits of a role were changed.
        RoleChanged = "staff.role_changed", "修改角色范围", "Changed a role";
        /// A role was taken away.
        RoleRevoked = "staff.role_revoked", "撤销角色", "Took a role away";
        /// An integrator was made.
        IntegratorCreated = "integrator.created", "新建对接系统", "Created an integrator";
        /// Name, scopes, schools or networks of an integrator were changed.
        IntegratorChanged = "integrator.changed", "修改对接系统", "Changed an integrator";
        /// An integrator was shut off for good.
        IntegratorRevoked = "integrator.revoked", "停用对接系统", "Shut an integrator off";
        /// An integrator was given a secret or a public key.
        CredentialAdded = "integrator.credential_added", "添加对接凭证", "Gave an integrator a credential";
        /// A secret or a public key of an integrator was revoked.
        CredentialRevoked = "integrator.credential_revoked", "吊销对接凭证", "Revoked an integrator's credential";
        /// A school was made.
        SchoolCreated = "school.created", "新建学校", "Created a school";
        /// Name, code, other names or contact of a school were changed.
        SchoolChanged = "school.changed", "修改学校", "Changed a school";
        /// A school takes part no more.
        SchoolSuspended = "school.suspended", "停用学校", "Suspended a school";
        /// An event was triggered in a test school.
        TestEventTriggered = "test_event.triggered", "触发测试事件", "Triggered a test event";
        /// The clock of a test school was moved.
        TestClockMoved = "test_clock.moved", "调整测试学校时钟", "Moved the clock of a test school";
        /// A suspended school takes part again.
        SchoolResumed = "school.resumed", "恢复学校", "Resumed a school";
        /// A school was shut, to be moved to another installation.
        SchoolMoveBegan = "school.move_began", "开始迁出学校", "Began to move a school";
        /// A school that was to be moved stays.
        SchoolMoveCancelled = "school.move_cancelled", "取消迁出学校", "Cancelled the move of a school";
        /// A school moved to another installation, and its data here were deleted.
        SchoolMoved = "school.moved", "学校已迁出", "Moved a school away";
        /// A school came from another installation.
        SchoolArrived = "school.arrived", "学校已迁入", "Took a school in";
        /// A task was made.
        TaskCreated = "task.created", "新建采集任务", "Created a task";
        /// The settings of a task were changed.
        TaskChanged = "task.changed", "修改采集任务", "Changed a task";
        /// A task was opened.
        TaskOpened = "task.opened", "开放采集任务", "Opened a task";
        /// A task was closed.
        TaskClosed = "task.closed", "关闭采集任务", "Closed a task";
        /// The school said that it has the photos of a task.
        TaskHandedOver = "task.handed_over", "确认采集任务已交付", "Handed a task over";
        /// The personal data of a task were deleted, and the certificate of it was signed.
        TaskPurged = "task.purged", "清除采集任务数据并出具证明", "Deleted the data of a task";
        /// A school was given an account at a payment provider.
        MerchantAccountAdded = "merchant_account.added", "添加学校收款账户", "Gave a school a merchant account";
        /// The keys of a school's account at a payment provider were replaced.
        MerchantKeysReplaced = "merchant_account.keys_replaced", "更换收款账户密钥", "Replaced the keys of a merchant account";
        /// A school's account at a payment provider takes no new payments.
        MerchantAccountRetired = "merchant_account.retired", "停用学校收款账户", "Retired a merchant account";
        /// The settings of a task were kept as a template.
        TaskTemplateSaved = "task_template.saved", "保存任务模板", "Saved a template of tasks";
        /// A template of tasks got another name.
        TaskTemplateRenamed = "task_template.renamed", "重命名任务模板", "Renamed a template of tasks";
        /// A template of tasks was deleted.
        TaskTemplateDeleted = "task_template.deleted", "删除任务模板", "Deleted a template of tasks";
        /// Somebody was invited again.
        StaffInvited = "staff.invited", "重新邀请", "Invited again";
        /// Somebody reported a lost phone.
        LostPhoneReported = "lost_phone.reported", "申报手机号丢失", "Reported a lost phone";
        /// An operator read a report of a lost phone.
        LostPhoneViewed = "lost_phone.viewed", "查看丢失申报", "Read a report of a lost phone";
        /// A member of staff approved a report of a lost phone.
        LostPhoneApproved = "lost_phone.approved", "批准手机号丢失申报", "Approved a report of a lost phone";
        /// The account's owner refused the number of a report of a lost phone.
        LostPhoneRefused = "lost_phone.refused", "本人拒绝更换手机号", "Refused the number of a report";
        /// An account got the number of a report of a lost phone.
        LostPhoneApplied = "lost_phone.applied", "手机号丢失后换号", "Changed the number after a report";
        /// A member of staff closed a report of a lost phone, or it ended by itself.
        LostPhoneClosed = "lost_phone.closed", "处理丢失申报", "Closed a report of a lost phone";
        /// A document was agreed to.
        ConsentGranted = "consent.granted", "同意协议或说明", "Agreed to a document";
        /// The consent to handle the portrait was withdrawn.
        ConsentWithdrawn = "consent.withdrawn", "撤回对人像照片的同意", "Withdrew consent to use the photo";
        /// A student was verified.
        EnrolmentCreated = "enrolment.created", "核验身份成功", "Verified the identity";
        /// A claim was not borne out by the roster.
        EnrolmentRefused = "enrolment.refused", "核验身份未通过", "Failed to verify";
        /// An operator looked up who holds a roster entry.
        EnrolmentLookedUp = "enrolment.looked_up", "查询名单绑定", "Looked up a verification";
        /// An operator released an enrolment.
        EnrolmentReleased = "enrolment.released", "解除身份核验", "Released the verification";
        /// An operator destroyed the keys of a task that is over.
        TaskKeysDestroyed = "task.keys_destroyed", "销毁采集任务的密钥", "Destroyed the keys of a task";
        /// A question was put to the school.
        TicketCreated = "roster_ticket.created", "申请学校核对名单", "Asked the school to check";
        /// A question of a student was answered.
        TicketAnswered = "roster_ticket.answered", "答复名单核对", "Answered a question about the roster";
        /// A list of students who have not finished was taken away as a file.
        MissingExported = "progress.missing_exported", "导出未完成名单", "Exported who has not finished";
        /// Students were reminded of what is left to do.
        StudentsReminded = "progress.reminded", "发送短信提醒", "Sent reminders";
        /// A roster file was sent.
        RosterFileSent = "roster_import.file_sent", "上传名单文件", "Sent a roster file";
        /// The beginning of a roster file was read.
        RosterFileViewed = "roster_import.file_viewed", "预览名单文件", "Previewed a roster file";
        /// Another way to read a roster file was chosen.
        RosterImportChanged = "roster_import.changed", "修改名单读取方式", "Changed how a roster file is read";
        /// An import began to take rows.
        RosterImportStarted = "roster_import.started", "开始导入名单", "Started a roster import";
        /// An import was ended.
        RosterImportCancelled = "roster_import.cancelled", "取消导入名单", "Cancelled a roster import";
        /// An import was taken back.
        RosterImportUndone = "roster_import.undone", "撤销导入名单", "Undid a roster import";
        /// A student was added to the list by hand.
        RosterEntryAdded = "roster_entry.added", "添加学生到名单", "Added a student to the list";
        /// A student was changed on the list.
        RosterEntryChanged = "roster_entry.changed", "修改名单信息", "Changed a roster entry";
        /// A student was taken off the list.
        RosterEntryWithdrawn = "roster_entry.withdrawn", "将学生撤出名单", "Took a student off the list";
        /// A student came back onto the list.
        RosterEntryRestored = "roster_entry.restored", "将学生恢复到名单", "Put a student back on the list";
        /// The whole document number of a student was read.
        RosterNumberRevealed = "roster_entry.number_revealed", "查看完整证件号", "Read the whole document number";
        /// Students were listed or changed without a file.
        RosterStudentsPut = "roster_entry.put", "新增或更新名单学生", "Added or changed students on the roster";
        /// A photo was submitted.
        PhotoSubmitted = "photo.submitted", "提交照片", "Submitted a photo";
        /// A photo took the place of an earlier one.
        PhotoReplaced = "photo.replaced", "替换照片", "Replaced the photo";
        /// The original of a photo was looked at.
        PhotoViewed = "photo.viewed", "查看照片原图", "Viewed the original photo";
        /// A connected system of the school took a copy of a photo.
        PhotoFetched = "photo.fetched", "学校系统下载照片", "Fetched the photo for the school";
        /// A photo was taken back.
        PhotoWithdrawn = "photo.withdrawn", "撤回照片", "Withdrew the photo";
        /// The files of a photo were deleted.
        PhotoErased = "photo.erased", "删除照片文件", "Deleted the files of a photo";
        /// A reviewer decided about a photo; what was decided is noted once it is in force.
        PhotoReviewed = "photo.reviewed", "审核照片", "Reviewed the photo";
        /// A reviewer took back a decision before it was in force.
        ReviewUndone = "photo.review_undone", "撤销审核", "Took back a review";
        /// A reviewer turned a photo or moved its frame, and had it checked again.
        PhotoReframed = "photo.reframed", "调整照片画面", "Turned the photo or moved its frame";
        /// A reviewer asked for somebody with more experience.
        PhotoEscalated = "photo.escalated", "转交照片复核", "Passed the photo on for another review";
        /// A reviewer accepted a photo.
        PhotoApproved = "photo.approved", "审核通过照片", "Approved the photo";
        /// A reviewer did not accept a photo.
        PhotoRejected = "photo.rejected", "驳回照片", "Rejected the photo";
        /// A photo was sent back after it was accepted.
        PhotoRefused = "photo.refused", "退回照片", "Sent the photo back";
        /// A photo went to the school.
        PhotoHandedOver = "photo.handed_over", "把照片交付学校", "Handed the photo over to the school";
        /// An approval is in doubt, so the photo is reviewed again.
        PhotoReturned = "photo.returned", "退回照片重新审核", "Returned the photo to review";
        /// An approval is in doubt whose photo the school already has.
        PhotoListedForRecall = "photo.listed_for_recall", "列入召回清单", "Listed the photo for recall";
        /// A photo was added whose right decision is known.
        KnownPhotoAdded = "known_photo.added", "添加已知照片", "Added a known photo";
        /// Such a photo was taken out and its files deleted.
        KnownPhotoRemoved = "known_photo.removed", "删除已知照片", "Removed a known photo";
        /// A package of photos was asked for.
        DeliveryCreated = "delivery.created", "生成照片包", "Made a package of photos";
        /// A package was ended before it was made.
        DeliveryCancelled = "delivery.cancelled", "取消照片包", "Cancelled a package";
        /// A link to a package was made.
        DeliveryLinked = "delivery.linked", "获取照片包下载链接", "Got a link to a package";
        /// A package, or a part of it, was downloaded.
        DeliveryDownloaded = "delivery.downloaded", "下载照片包", "Downloaded a package";
        /// The school has a package.
        DeliveryAcknowledged = "delivery.acknowledged", "签收照片包", "Acknowledged a package";
        /// Somebody said that the photos of a package were printed.
        PrintsPrinted = "prints.printed", "标记照片已冲印", "Marked photos as printed";
        /// Somebody said that the school has the prints of a package.
        PrintsReceived = "prints.received", "标记学校已收到冲印照片", "Marked prints as received";
        /// Somebody noted which students signed for their prints.
        PrintsSigned = "prints.signed", "登记冲印照片的签收", "Noted who signed for prints";
        /// The contact data of an order were changed.
        OrderContactChanged = "order.contact_changed", "修改订单联系方式", "Changed an order's contact details";
        /// An order was paid.
        OrderPaid = "order.paid", "订单支付完成", "Paid an order";
        /// An order was closed.
        OrderClosed = "order.closed", "关闭订单", "Closed an order";
        /// An order that the school pays was taken off its statement.
        OrderVoided = "order.voided", "作废订单", "Voided an order";
        /// A refund was asked for.
        RefundRequested = "refund.requested", "申请退款", "Requested a refund";
        /// A refund was approved.
        RefundApproved = "refund.approved", "批准退款", "Approved a refund";
        /// A refund was declined.
        RefundDeclined = "refund.declined", "拒绝退款", "Declined a refund";
        /// A case about money was resolved.
        MoneyCaseResolved = "money_case.resolved", "处理资金问题", "Resolved a case about money";
        /// The comparison of a day with the providers' bills was asked for.
        ReconciliationRequested = "reconciliation.requested", "重新核对账单", "Had a day's bills compared again";
        /// The comparison of a day was taken away as a file.
        ReconciliationExported = "reconciliation.exported", "导出对账结果", "Exported a day's comparison";
        /// The statement of a school was taken away as a file.
        StatementExported = "statement.exported", "导出对账单", "Exported a school's statement";
        /// An endpoint of webhooks was made.
        EndpointCreated = "webhook_endpoint.created", "新建推送地址", "Created a webhook endpoint";
        /// Address, types or state of an endpoint of webhooks were changed.
        EndpointChanged = "webhook_endpoint.changed", "修改推送地址", "Changed a webhook endpoint";
        /// An endpoint of webhooks was deleted.
        EndpointDeleted = "webhook_endpoint.deleted", "删除推送地址", "Deleted a webhook endpoint";
        /// A new secret was made for an endpoint of webhooks.
        EndpointSecretMade = "webhook_endpoint.secret_made", "更换推送密钥", "Made a webhook secret";
        /// A person had something sent to an endpoint of webhooks.
        WebhooksSent = "webhook_endpoint.sent", "手动推送", "Sent webhooks by hand";
        /// A job that had failed too often is tried again.
        JobRetried = "job.retried", "重试后台任务", "Retried a background job";
        /// A job was ended.
        JobCancelled = "job.cancelled", "取消后台任务", "Cancelled a background job";
    }
}

words! {
    /// The kind of thing that something was done to.
    AuditObject {
        /// An account.
        Account = "account", "账号", "account";
        /// A session.
        Session = "session", "登录会话", "session";
        /// A one-time code.
        Challenge = "sms_challenge", "验证码", "one-time code";
        /// A change of phone.
        PhoneChange = "phone_change", "更换手机号", "change of phone";
        /// A role of staff.
        StaffRole = "staff_role", "人员角色", "staff role";
        /// A report of a lost phone.
        LostPhoneReport = "lost_phone_report", "丢失申报", "report of a lost phone";
        /// A consent.
        Consent = "consent", "同意", "consent";
        /// An integrator.
        Integrator = "integrator", "对接系统", "integrator";
        /// A school.
        School = "school", "学校", "school";
        /// A collection task.
        Task = "task", "采集任务", "task";
        /// A school's account at a payment provider.
        MerchantAccount = "merchant_account", "收款账户", "merchant account";
        /// A template of tasks.
        TaskTemplate = "task_template", "任务模板", "template of tasks";
        /// A verified student.
        Enrolment = "enrolment", "身份核验", "verification";
        /// A question to the school.
        Ticket = "roster_ticket", "名单核对", "question to the school";
        /// A student of a roster.
        RosterEntry = "roster_entry", "名单学生", "roster entry";
        /// An import of a roster.
        RosterImport = "roster_import", "名单导入", "roster import";
        /// A photo.
        Photo = "photo", "照片", "photo";
        /// A photo whose right decision is known.
        KnownPhoto = "known_photo", "已知照片", "known photo";
        /// A package of photos.
        Delivery = "delivery", "照片包", "package of photos";
        /// An order.
        Order = "order", "订单", "order";
        /// A refund.
        Refund = "refund", "退款", "refund";
        /// A case about money.
        MoneyCase = "money_case", "资金问题", "case about money";
        /// The comparison of a day's bill.
        Reconciliation = "reconciliation", "对账", "comparison of a bill";
        /// A background job.
        Job = "job", "后台任务", "background job";
        /// An endpoint of webhooks.
        WebhookEndpoint = "webhook_endpoint", "推送地址", "webhook endpoint";
    }
}

impl AuditAction {
    /// Whether it is about logging in: such entries keep the keyed hash of the client's address, so that events from one
    /// address can be compared.
    pub fn is_security(self) -> bool {
        matches!(
            self,
            Self::AccountRegistered
                | Self::PhoneChanged
                | Self::SessionBegan
                | Self::SessionEnded
                | Self::OtherSessionsEnded
                | Self::AllSessionsEnded
                | Self::TokenReuseDetected
                | Self::CodeWrong
                | Self::PhoneLocked
                | Self::LostPhoneReported
                | Self::LostPhoneApproved
                | Self::LostPhoneRefused
                | Self::DeviceEnrolled
                | Self::SecondFactorConfirmed
                | Self::SecondFactorWrong
                | Self::RecoveryCodeUsed
                | Self::RecoveryCodesMade
        )
    }
}
