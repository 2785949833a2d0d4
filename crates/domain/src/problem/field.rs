//! Problems of what stands in a single field and is not of its form; those of its meaning stand with their subject. Those of
//! reports of a lost phone stand here too.

/// Makes the table of problems: the rows that are given, then those of this file.
macro_rules! with_field_problems {
    ($($row:tt)*) => {
        with_delivery_problems! {
            $($row)*
            LoginCodeUnreadable: Invalid = "login.code_unreadable" {
                "请输入 6 位验证码", "请输入短信中的 6 位数字，也可以粘贴整条短信。这次不计入错误次数。";
                "Enter the 6-digit code", "Enter the 6 digits in the message, or paste the whole message. This did not count as a try.";
            }
            IdFirstGeneration: Invalid = "id_document.first_generation" {
                "15 位身份证号已停用", "15 位的旧身份证号已于 2013 年停止使用，请填写现用身份证上的 18 位号码。";
                "15-digit numbers are no longer valid", "Numbers of the first identity cards ended in 2013. Enter the 18-digit number of your current card.";
            }
            LostPhoneSchool: Invalid = "lost_phone.school_required" {
                "请填写学校名称", "请填写您的学校名称，例如毕业证书上的全称。";
                "Enter your school", "Enter the name of your school, for example as it stands on your diploma.";
            }
            LostPhoneUnknown: Missing = "lost_phone.unknown" {
                "没有这份挂失登记", "请核对登记编号，例如 LP-7K3M9QXT。";
                "Report not found", "Check the reference. It looks like LP-7K3M9QXT.";
            }
            LostPhoneClosed: State = "lost_phone.closed" {
                "这份挂失登记已处理", "它已处理完毕，不能再改。";
                "This report is closed", "It was dealt with already, so it can't be changed.";
            }
            LostPhoneOutcome: Invalid = "lost_phone.outcome_length" {
                "请写明处理结果", "处理结果须为 1 至 {max} 个字，且不要写个人信息。";
                "Say how it was resolved", "Use 1 to {max} characters, without personal data.";
            }
            LostPhoneSamePerson: State = "lost_phone.same_person" {
                "需要另一位工作人员批准", "您已批准过这份申报，还须由另一位工作人员批准。";
                "Somebody else has to approve", "You have approved this report already. A second person has to approve it too.";
            }
            LostPhoneOperatorNeeded: State = "lost_phone.operator_needed" {
                "须由平台管理员批准", "平台有多位管理员，请由另一位管理员批准这份申报。";
                "Another operator has to approve", "The platform has several operators, so another one of them approves this report.";
            }
            LostPhoneApprovedAlready: State = "lost_phone.approved_already" {
                "这份申报已经批准", "两位工作人员已批准，到时自动生效。需要时可以取消。";
                "This report is approved already", "Two people have approved it, and it takes effect by itself. You can still cancel it.";
            }
            LostPhoneNoAccount: State = "lost_phone.no_account" {
                "旧号码的账号与申报不符", "没有账号以这个旧号码和证件号通过核验。请与申报人核对后结案，让对方重新申报。";
                "No account fits the report", "No account with this old number has verified with this document. Check with the writer, close the report, and have them send another.";
            }
            LostPhoneNumberUsed: State = "lost_phone.number_used" {
                "新号码的账号已在使用", "新号码的账号已核验身份或有订单，不能换给另一个账号。请申报人另给一个号码。";
                "The new number is in use", "The account of the new number has verified or has orders, so the number can't go to another account. Ask for another number.";
            }
            LostPhoneNoNotice: State = "lost_phone.no_notice" {
                "还不能通知旧号码", "未配置通知旧号码的短信模板（template_phone_recovery），因此不能批准。请联系平台管理员配置。";
                "The old number can't be told", "No template for the message to the old number (template_phone_recovery) is configured, so nothing can be approved. Ask whoever runs the server.";
            }
            LostPhoneOfStaff: State = "lost_phone.of_staff" {
                "这是工作人员的账号", "工作人员的手机号不能这样更换，请管理员重新邀请其新号码。";
                "The account belongs to staff", "Numbers of staff are not changed this way. Have an administrator invite the new number.";
            }
            ReleaseReason: Invalid = "enrolment.release_reason" {
                "请写明解除原因", "解除绑定须写明原因，1 至 {max} 个字。";
                "A reason is needed", "Say why the verification is released, in 1 to {max} characters.";
            }
            ConsentDocument: Invalid = "consent.document_unknown" {
                "没有这份文件", "文件名应为：{expected}。";
                "There is no such document", "The document must be one of: {expected}.";
            }
            PhotoFrameUnreadable: Invalid = "photo.frame_unreadable" {
                "取景框无法识别", "取景框应为 JSON，含 x、y、width、height 四个非负整数，单位为像素。请重新调整取景框后再提交。";
                "The frame cannot be read", "It must be JSON with the whole numbers x, y, width and height in pixels, none below 0. Adjust the frame and send it again.";
            }
            PhotoUploadId: Invalid = "photo.upload_id_invalid" {
                "上传编号格式不对", "上传编号应为 upl_ 加 26 个小写字母和数字。请重新选择照片后再上传。";
                "The upload's id is not valid", "It must be upl_ and 26 small letters and digits. Choose the photo again and upload it.";
            }
            PhotoSourceUnknown: Invalid = "photo.source_unknown" {
                "照片来源无法识别", "照片来源应为：{expected}。";
                "The photo's source is unknown", "The source must be one of: {expected}.";
            }
            ReviewOutcomeUnknown: Invalid = "review.outcome_unknown" {
                "没有这种审核结果", "审核结果应为 approved、rejected 或 escalated。";
                "There is no such outcome", "The outcome must be approved, rejected or escalated.";
            }
            ReviewReasonUnknown: Invalid = "review.reason_unknown" {
                "没有这个驳回原因", "请从列表中选择驳回原因。";
                "There is no such reason", "Choose the reasons from the list.";
            }
            ReviewReasons: Invalid = "review.reasons" {
                "驳回原因的数量不对", "驳回时请选择 1 至 {max} 个原因；通过或转交时不要选择原因。";
                "Wrong number of reasons", "Choose 1 to {max} reasons to reject, and none to approve or to pass on.";
            }
            ReviewNote: Invalid = "review.note" {
                "备注不合适", "转交时请写明问题；通过时不能带备注。";
                "The note doesn't fit", "Say what the question is when you pass a photo on. An approval has no note.";
            }
            ReviewNoteLong: Invalid = "review.note_length" {
                "备注太长", "备注最多 {max} 个字。";
                "The note is too long", "Use at most {max} characters.";
            }
            ReviewPhotos: Invalid = "review.photos" {
                "照片数量不对", "一次可以决定 1 至 {max} 张照片，且每张只能出现一次；驳回和转交一次只能处理一张。";
                "Wrong number of photos", "Decide about 1 to {max} photos at once, each of them once. Reject or pass on one at a time.";
            }
            ReviewCount: Invalid = "review.count" {
                "照片数量超出范围", "一次可领取 1 至 {max} 张照片。";
                "That many photos can't be taken", "Take 1 to {max} photos at a time.";
            }
            ReviewTaken: State = "review.taken" {
                "这张照片已不在您手中", "它已被他人领取，或刚有变化。请处理下一张。";
                "You no longer have this photo", "Somebody else has it, or it has just changed. Go on with the next one.";
            }
            ReviewNotTogether: State = "review.not_together" {
                "还不能一起通过", "只有自动检测没有发现问题的照片才能一起通过，并且请先看完这一页。";
                "They can't be approved together yet", "Only photos without findings can, and only after you have looked at all of them.";
            }
            ReviewUnknown: Missing = "review.unknown" {
                "没有这条审核记录", "请刷新最近的审核记录。";
                "Review not found", "Refresh the list of your latest reviews.";
            }
            ReviewUndoOver: State = "review.undo_over" {
                "已不能撤销", "审核结果在 10 秒后生效，之后不能撤销。";
                "It can't be undone any more", "A decision takes effect after 10 seconds and then stays.";
            }
            KnownPhotoUnknown: Missing = "known_photo.unknown" {
                "没有这张已知照片", "它可能已被删除。请刷新列表。";
                "Known photo not found", "It may have been removed. Refresh the list.";
            }
            KnownPhotoExists: State = "known_photo.exists" {
                "这张照片已在库中", "同一文件只能添加一次。如需更改正确结论，请先删除原来的一张。";
                "This photo is already there", "The same file can be added once. To change its right decision, remove it first.";
            }
            KnownPhotoOrigin: Invalid = "known_photo.origin" {
                "请说明照片来源", "请用 {min} 至 {max} 个字说明照片如何合成，或本人何时同意用于审核抽查。";
                "Say where the photo comes from", "Say in {min} to {max} characters how it was made, or when its person agreed to this use.";
            }
            KnownPhotoOutcome: Invalid = "known_photo.outcome" {
                "正确结论不合适", "正确结论应为 approved 或 rejected。";
                "This can't be the right decision", "The right decision is approved or rejected.";
            }
            PhotoVariantUnknown: Invalid = "photo.variant_unknown" {
                "没有这种照片文件", "照片文件应为：{expected}。";
                "There is no such file of a photo", "The file must be one of: {expected}.";
            }
            PaymentChannelUnknown: Invalid = "payment.channel_unknown" {
                "没有这种支付方式", "支付方式应为：{expected}。";
                "There is no such way to pay", "The way to pay must be one of: {expected}.";
            }
            AccountLanguage: Invalid = "account.language_unknown" {
                "不支持这种语言", "语言应为：{expected}。";
                "The language is not supported", "The language must be one of: {expected}.";
            }
            RequestFieldMissing: Invalid = "request.field_missing" {
                "缺少一项内容", "缺少“{field}”，请按接口文档补上。";
                "Something is missing", "“{field}” is missing. Add it as the API document says.";
            }
            RequestFieldUnknown: Invalid = "request.field_unknown" {
                "有一项内容不认识", "不认识“{field}”，请按接口文档检查名称。";
                "A field is not known", "“{field}” is not known here. Compare its name with the API document.";
            }
            RequestFieldRepeated: Invalid = "request.field_repeated" {
                "有一项内容重复", "“{field}”出现了不止一次，请只保留一次。";
                "A field is repeated", "“{field}” stands there more than once. Send it once.";
            }
            RequestFieldUnreadable: Invalid = "request.field_unreadable" {
                "有一项内容无法识别", "“{field}”的类型或长度不对，请按接口文档检查。";
                "A field cannot be read", "“{field}” is of another type or length. Compare it with the API document.";
            }
            RequestPageSize: Invalid = "request.page_size" {
                "每页条数不对", "每页条数应为 1 至 {max} 的整数。";
                "The page size is not valid", "A page holds 1 to {max} entries.";
            }
            RequestPageStart: Invalid = "request.page_start" {
                "翻页位置无法识别", "请使用上一页给出的 next，或从第一页开始。";
                "The place to go on from is not valid", "Use the value of next from the page before, or begin with the first page.";
            }
        }
    };
}
