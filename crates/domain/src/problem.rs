//! Every problem that gradphoto can report: a stable code, a title, and what to do, in both languages.
//!
//! Facts in braces are filled in by [`crate::Refusal`]; `{wait}` is its time to wait.

#[macro_use]
mod define;
#[macro_use]
mod money;
#[macro_use]
mod webhook;
#[macro_use]
mod integrator;
#[macro_use]
mod staff;
#[macro_use]
mod delivery;
#[macro_use]
mod field;
#[macro_use]
mod capture;
mod kind;

pub use kind::ProblemKind;

use crate::Text;

with_capture_problems! {
    // Logging in.
    LoginAgreement: Invalid = "login.agreement_required" {
        "请先同意服务协议", "请阅读并勾选最新的服务协议，然后再获取验证码。";
        "Please accept the agreement", "Read and accept the current service agreement, then get a code.";
    }
    LoginPhone: Invalid = "login.phone_invalid" {
        "手机号有误", "请检查手机号：中国大陆号码为 11 位，例如 138 0013 8000。";
        "Check the phone number", "Mainland China numbers have 11 digits, for example 138 0013 8000.";
    }
    LoginCountry: Invalid = "login.country_not_served" {
        "暂不支持该国家或地区的号码", "目前不能向这个国家或地区的号码发送短信。请换一个手机号，或联系学校老师协助登录。";
        "We can't text this country yet", "We can't send texts to numbers in this country or region. Use another number, or ask your school to help you log in.";
    }
    LoginCaptcha: Invalid = "login.captcha_required" {
        "请先完成安全验证", "为防止被滥用，需要先完成安全验证。页面会自动验证；若没有成功，请再点一次。";
        "A security check is needed", "It prevents abuse. The page does it automatically. If that fails, tap the button again.";
    }
    LoginNetwork: Invalid = "login.network_busy" {
        "当前网络较忙，请先完成安全验证", "最近一小时内，与您同一网络的许多人获取了验证码，这不是您的问题。页面会自动完成安全验证；若没有成功，请再点一次。";
        "This network is busy, so a security check is needed", "Many people on your network asked for codes in the last hour. You did nothing wrong. The page does the check automatically. If that fails, tap the button again.";
    }
    LoginNetworkFull: TooOften = "login.network_full" {
        "当前网络获取验证码的人太多", "这不是您的问题。请在 {wait}后再试，或改用手机流量后马上重试。";
        "Too many people on this network asked for codes", "You did nothing wrong. Try again in {wait}, or switch to mobile data and try right away.";
    }
    LoginMessagesUsedUp: Unavailable = "login.messages_used_up" {
        "今天的短信已经用完", "今天可发送的短信已达上限，没有发出验证码。请在 {wait}后再试；如果等不及，请联系学校老师。";
        "No more texts can be sent today", "Today's limit has been reached, so no code was sent. Try again in {wait}. If you can't wait, contact your school.";
    }
    LoginTooManySends: TooOften = "login.too_many_sends" {
        "获取验证码过于频繁", "请在 {wait}后再试。上一条验证码如果还没有失效，可以直接使用。";
        "Too many code requests", "Try again in {wait}. If your last code hasn't expired or been replaced, you can still use it.";
    }
    LoginSmsUnavailable: Unavailable = "login.sms_unavailable" {
        "短信暂时发不出去", "短信通道出现故障，没有发出验证码。请在 {wait}后再试。";
        "We couldn't send the text", "The SMS service isn't working, so no code was sent. Try again in {wait}.";
    }
    LoginCodeWrong: Invalid = "login.code_wrong" {
        "验证码不正确", "请核对短信中的 6 位数字，还可以再试 {tries_left} 次。";
        "That code isn't right", "Check the 6 digits in the text. Tries left: {tries_left}.";
    }
    LoginCodeExpired: Over = "login.code_expired" {
        "验证码已失效", "验证码超过 5 分钟、已使用，或已被新的验证码取代。请重新获取。";
        "This code no longer works", "It has expired, been used, or been replaced by a newer one. Get a new code.";
    }
    LoginCodeBurnt: Over = "login.code_burnt" {
        "验证码错误次数过多", "这个验证码已输错 5 次，不能再用。请重新获取验证码。";
        "Too many wrong tries", "This code was entered wrongly 5 times and no longer works. Get a new code.";
    }
    // Sessions.
    SessionRequired: NotProven = "session.required" {
        "请先登录", "请用手机号登录后再继续，已填写的内容会保留。";
        "Please log in", "Log in with your phone number to continue. What you typed is saved.";
    }
    SessionUnknown: Missing = "session.unknown" {
        "这次登录已经结束", "它可能已退出或过期。请刷新列表。";
        "This login has already ended", "It was logged out or has expired. Refresh the list.";
    }
    AccountInactive: Forbidden = "account.inactive" {
        "账号已停用", "这个手机号的账号已停用，不能登录。如有疑问，请联系学校老师。";
        "This account is disabled", "The account with this phone number is disabled and can't log in. If you have questions, contact your school.";
    }
    SessionOrigin: Forbidden = "session.origin_refused" {
        "请求来源不正确", "请从本站页面重新操作。";
        "This request came from another site", "Please try again from our own page.";
    }
    SessionRole: Forbidden = "session.role_required" {
        "没有权限", "您的账号没有这项权限，请联系管理员。";
        "No permission", "Your account isn't allowed to do this. Contact your administrator.";
    }
    // Schools and tasks.
    SchoolNotOpen: Missing = "school.not_open" {
        "您的学校未开放采集任务", "请核对名称是否与毕业证书上的一致，也可输入 5 位学校代码；如无误，请向学校咨询采集时间。";
        "Your school has no open collection", "Check that the name matches your diploma, or enter the 5-digit school code. If it's right, ask your school when its collection takes place.";
    }
    SchoolMoving: Unavailable = "school.moving" {
        "学校正在迁移", "这所学校正迁往 {address}，现在不能修改它的数据。请在 {wait}后再试，或改用新地址。";
        "This school is being moved", "It moves to {address}, and nothing of it can be changed now. Try again in {wait}, or use the new address.";
    }
    SchoolMoved: Missing = "school.moved" {
        "学校已迁移", "这所学校已迁到 {address}，请在那里用同一手机号登录，您的照片和订单都在那里。";
        "This school has moved", "It is now at {address}. Log in there with the same phone number: your photo and order are there.";
    }
    TaskUpcoming: State = "task.not_yet_open" {
        "采集尚未开始", "本次采集将于 {opens_at} 开始，请届时再来。";
        "This collection hasn't started", "It starts on {opens_at}. Please come back then.";
    }
    TaskClosed: State = "task.closed" {
        "采集已经结束", "本次采集不再接收照片（计划截止时间：{closes_at}）。如需补采，请联系学校：{contact}。";
        "This collection has ended", "Photos are no longer accepted (planned end: {closes_at}). If you missed it, contact your school: {contact}.";
    }
    // Verification.
    IdLength: Invalid = "id_document.length" {
        "证件号位数不对", "已输入 {found} 位，应为 {expected} 位，请检查是否多输或漏输。";
        "The number has the wrong length", "You entered {found} characters, but it should have {expected}. Check for extra or missing ones.";
    }
    IdCharacter: Invalid = "id_document.character" {
        "证件号含有不能识别的字符", "第 {position} 位“{character}”不应出现在这里，请核对。";
        "Unexpected character", "“{character}” at position {position} doesn't belong there. Please check.";
    }
    IdCheck: Invalid = "id_document.check_character" {
        "证件号校验不通过", "最后一位与前面的数字不符，号码中可能有一位输错，请逐位核对。";
        "This number isn't valid", "The last character doesn't match the others, so one is probably mistyped. Please check them one by one.";
    }
    IdDate: Invalid = "id_document.date" {
        "证件号中的出生日期不存在", "第 7 至 14 位应为真实的出生日期，请核对。";
        "The date of birth isn't valid", "Characters 7 to 14 must be a real date of birth. Please check.";
    }
    IdFormat: Invalid = "id_document.format" {
        "证件号格式不对", "请核对证件类型与号码，正确格式如：{example}。";
        "This number has the wrong format", "Check the document type and the number. It should look like {example}.";
    }
    IdKind: Invalid = "id_document.kind" {
        "请选择证件类型", "请选择您在学校登记的证件类型。";
        "Choose a document type", "Choose the type of document that your school has on file.";
    }
    LevelMissing: Invalid = "enrolment.level_required" {
        "请选择学历层次", "请选择本次毕业的学历层次。";
        "Choose your level", "Choose the level you are graduating from.";
    }
    NameMissing: Invalid = "enrolment.name_required" {
        "请填写姓名", "请填写与学校登记一致的姓名。";
        "Enter your name", "Enter your name as registered at your school.";
    }
    StudentNoMissing: Invalid = "enrolment.student_no_required" {
        "请填写学号", "请填写学校登记的学号。";
        "Enter your student number", "Enter the student number your school gave you.";
    }
    EnrolmentNotFound: Missing = "enrolment.not_found" {
        "未查询到学生信息",
        "常见原因：一、您不在名单中，例如提前毕业的手续刚办完（请一周后再试）；二、登记的是另一个证件号，留学生与港澳台学生请用学校登记的号码。若任务要求填写姓名：间隔号“·”不能省略（任何一种圆点都可以），外文姓名姓在前或在后都可以，大小写、空格不影响。若您曾用另一个手机号核验，请用该号码登录，或申请找回。仍有疑问可申请学校核对。";
        "We couldn't find you on the list",
        "Common reasons: you're not on the list yet, for example because your early graduation has only just been approved (try again in a week); or your school has a different document number on file (international, Hong Kong, Macao and Taiwan students: use the number your school has). If a name is asked for, keep its middle dot (any kind of dot works) and write a foreign name with the family name first or last; capitals and spaces don't matter. If you verified with another phone before, log in with that number or ask to recover it. Otherwise, ask your school to check.";
    }
    EnrolmentCaptcha: Invalid = "enrolment.captcha_required" {
        "需要先完成安全验证", "上一次核验没有通过。为保护学生信息，再次核验前需要完成安全验证。页面会自动验证；若没有成功，请再点一次。";
        "A security check is needed", "Your last try failed. To protect students' data, a security check is needed before the next one. The page does it automatically. If that fails, tap the button again.";
    }
    EnrolmentTries: TooOften = "enrolment.too_many_tries" {
        "核验次数过多", "为保护学生信息，请在 {wait}后再试，或申请学校核对。";
        "Too many tries", "To protect students' data, wait {wait} before trying again, or ask your school to check.";
    }
    EnrolmentUnknown: Missing = "enrolment.unknown" {
        "没有这条核验记录", "请从首页重新选择学校并核验身份。";
        "Verification not found", "Go back to the home page, choose your school and verify again.";
    }
    EnrolmentPaid: State = "enrolment.order_paid" {
        "订单尚未退款", "这条核验记录有已支付的订单 {order_no}，退款完成后才能解除绑定。请财务或平台运营在该订单的页面申请退款。";
        "The order is not refunded yet", "This verification has a paid order, {order_no}, and can be released once that is refunded. Have finance or an operator ask for the refund on the page of the order.";
    }
    TicketNote: Invalid = "roster_ticket.note_length" {
        "说明太长", "请用不超过 500 个字说明情况。";
        "The note is too long", "Use at most 500 characters.";
    }
    // Consent and photo.
    ConsentRequired: Forbidden = "consent.face_photo_required" {
        "请先同意我们处理您的照片", "照片属于敏感个人信息。请阅读说明并同意后再上传。";
        "We need your consent first", "A portrait is sensitive personal data. Read the notice and agree before you upload.";
    }
    ConsentVersion: Invalid = "consent.version_outdated" {
        "说明已更新", "请阅读最新版本后再次同意。";
        "This notice has been updated", "Please read the latest version and agree again.";
    }
    PhotoUnknown: Missing = "photo.unknown" {
        "没有这张照片", "它可能已被替换。请到“我的订单”查看当前照片。";
        "Photo not found", "It may have been replaced. See “My orders” for your current photo.";
    }
    PhotoErased: Over = "photo.erased" {
        "照片文件已删除", "保存期限已过，或您已撤回同意，文件已按规定删除。";
        "This photo was deleted", "Its retention period ended, or you withdrew your consent, so the file was deleted.";
    }
    ErasureUnsettled: State = "erasure.order_unsettled" {
        "还有未结清的订单", "订单 {order_no} 尚未支付、支付或退款仍在处理。请先取消或支付该订单，或等退款完成，再注销账号。";
        "An order is not settled yet", "Order {order_no} is unpaid, or a payment or refund is in progress. Close or pay it, or wait for the refund, then erase your account.";
    }
    PhotoEmpty: Invalid = "photo.file_empty" {
        "文件是空的", "没有选择照片，或所选文件没有内容。请重新选择照片。";
        "The file is empty", "No photo was chosen, or the file has no content. Choose the photo again.";
    }
    PhotoTooLarge: TooLarge = "photo.file_too_large" {
        "文件太大", "照片为 {size_mb} MB，最大 {max_mb} MB。请用手机相册“压缩”或选择较小的原图。";
        "The file is too large", "The photo is {size_mb} MB, but the limit is {max_mb} MB. Choose a smaller version.";
    }
    PhotoNotImage: Invalid = "photo.file_type" {
        "不是可用的照片", "这个文件实际是 {found}，不是 JPG 或 PNG 照片。请重新选择。";
        "This isn't a photo we can use", "The file is actually {found}, not a JPG or PNG photo. Choose another.";
    }
    PhotoUnreadable: Invalid = "photo.file_unknown" {
        "无法识别的文件", "这个文件不是 JPG 或 PNG 照片，也看不出是什么文件。请重新选择。";
        "We don't recognise this file", "It isn't a JPG or PNG photo. Choose another.";
    }
    PhotoHeic: Invalid = "photo.file_heic" {
        "暂不支持 HEIC 格式", "iPhone 请在“设置 – 相机 – 格式”中选“兼容性最佳”后重拍，或在相册中将照片另存为 JPG。";
        "HEIC is not supported", "On an iPhone, choose Settings > Camera > Formats > Most Compatible and retake the photo, or save it as a JPG.";
    }
    PhotoAvif: Invalid = "photo.file_avif" {
        "暂不支持 AVIF 格式", "这张照片是 AVIF 格式：请在手机的相机设置里改为 JPG 后重拍，或在相册中另存为 JPG。";
        "AVIF is not supported", "This photo is an AVIF file. Set your camera app to save photos as JPG and retake it, or save this photo as a JPG.";
    }
    PhotoDamaged: Invalid = "photo.file_damaged" {
        "照片文件不完整", "文件已损坏或没有传完。请从相册重新选择，或重新拍摄。";
        "The photo file is incomplete", "It's damaged or wasn't fully transferred. Choose it again, or take a new photo.";
    }
    PhotoPixelsMany: Invalid = "photo.too_many_pixels" {
        "照片像素过多", "照片为 {width}×{height} 像素，总数不能超过 {max_mp} 百万像素。请缩小后再传。";
        "The photo has too many pixels", "The photo is {width}×{height} pixels, but the limit is {max_mp} megapixels. Make it smaller and try again.";
    }
    PhotoSideLong: Invalid = "photo.side_too_long" {
        "照片太长或太宽", "照片为 {width}×{height} 像素，任何一边都不能超过 {max} 像素。请缩小或裁剪后再传。";
        "One side of the photo is too long", "The photo is {width}×{height} pixels, but no side may be longer than {max}. Make it smaller or crop it.";
    }
    PhotoProgressive: Invalid = "photo.progressive" {
        "渐进式 JPG 太大或太复杂", "照片为 {width}×{height} 像素的渐进式 JPG，最多 {max_mp} 百万像素、{max_scans} 次扫描。请另存为普通（非渐进式）JPG，或缩小后再传。";
        "This progressive JPG is too complex", "The photo is a progressive JPG of {width}×{height} pixels. The limit is {max_mp} megapixels and {max_scans} scans. Save it as a standard (non-progressive) JPG, or make it smaller.";
    }
    PhotoCostlyPng: Invalid = "photo.costly_png" {
        "这种 PNG 图片太大", "照片为 {width}×{height} 像素的 16 位或隔行扫描 PNG，最多 {max_mp} 百万像素。请另存为 JPG，或 8 位、非隔行的 PNG 后再传。";
        "This kind of PNG is too large", "The photo is a 16-bit or interlaced PNG of {width}×{height} pixels. The limit is {max_mp} megapixels. Save it as a JPG, or as an 8-bit PNG without interlacing.";
    }
    PhotoPixelsFew: Invalid = "photo.too_small_px" {
        "照片像素不足", "照片为 {width}×{height} 像素，至少需要 480×640。请使用相机原图，不要用截图。";
        "The photo is too small", "The photo is {width}×{height} pixels, but it needs at least 480×640. Use the camera's original, not a screenshot.";
    }
    PhotoCmyk: Invalid = "photo.colour_mode" {
        "照片是印刷用的 CMYK 颜色", "请另存为 RGB 颜色的 JPG 后再传。";
        "The photo uses CMYK print colours", "Save it as an RGB JPG and upload it again.";
    }
    PhotoFrame: Invalid = "photo.frame_invalid" {
        "取景框超出照片", "请重新调整取景框：应在照片之内，宽高比 3:4。";
        "The frame goes outside the photo", "Adjust the frame. It must stay inside the photo and be 3:4.";
    }
    PhotoFails: Invalid = "photo.standard_not_met" {
        "照片不符合要求", "请按照提示调整后再提交。觉得检查不对的，请返回写明原因（至少 5 个字）后提交，由审核人员判断；文件和取景本身的问题必须修改。";
        "The photo doesn't meet the standard", "Follow the hints and submit again. If you think the check is wrong, go back and say why (at least 5 characters), and a reviewer decides. Problems with the file or the frame must be fixed.";
    }
    PhotoLimit: State = "photo.limit_reached" {
        "提交次数已用完", "本次采集最多提交 {max} 张照片。如需更换，请联系学校：{contact}。";
        "You have no submissions left", "This collection allows at most {max} photos. If you need another, contact your school: {contact}.";
    }
    PhotoState: State = "photo.state" {
        "照片状态已变化", "照片已经审核，或已被撤回、替换。请刷新页面查看最新状态。";
        "This photo has changed", "It has been reviewed, withdrawn or replaced. Refresh the page to see its status.";
    }
    PhotoCamera: Invalid = "photo.camera_required" {
        "请现场拍照", "本次采集不接收相册里的照片，请在本页打开相机拍摄。";
        "Please take the photo here", "This collection doesn't accept photos from an album. Open the camera on this page.";
    }
    PhotoChecking: State = "photo.being_checked" {
        "上一张照片正在检查", "同一账号一次只检查一张照片。请等它检查完，在 {wait}后再试。";
        "Your last photo is still being checked", "We check one photo per account at a time. Try again in {wait}.";
    }
    PhotoChecks: TooOften = "photo.too_many_checks" {
        "检查未通过的次数过多", "一小时内已有 {max} 张照片没有通过检查。请对照照片要求调整，在 {wait}后再试。";
        "Too many photos failed the check", "{max} photos failed the check within an hour. Compare them with the requirements and try again in {wait}.";
    }
    PhotoNote: Invalid = "photo.note_length" {
        "备注太长", "备注最多 200 个字。";
        "The note is too long", "Use at most 200 characters.";
    }
    UploadReused: State = "photo.upload_reused" {
        "上传编号已用于另一张照片", "请重新选择照片后再上传。";
        "This upload belongs to another photo", "Choose the photo again and upload it.";
    }
    // Orders and payments.
    OrderUnknown: Missing = "order.unknown" {
        "没有这个订单", "请核对订单号，或到“我的订单”查看。";
        "Order not found", "Check the order number, or see “My orders”.";
    }
    OrderPaid: State = "order.already_paid" {
        "订单已支付", "无需再次支付，联系方式也不能再修改。";
        "This order is paid", "You don't need to pay again, and the contact details can no longer be changed.";
    }
    OrderClosed: State = "order.closed" {
        "订单已关闭", "您没有被扣款。请重新提交照片生成新订单。";
        "The order is closed", "You have not been charged. Submit the photo again to create a new order.";
    }
    OrderNothingDue: State = "order.nothing_due" {
        "无需支付", "这个订单应付 ¥0.00，已自动完成。";
        "Nothing to pay", "This order costs ¥0.00, so it's already complete.";
    }
    OrderPhotoMissing: State = "order.photo_missing" {
        "照片已撤回", "请先重新提交照片，再支付。";
        "The photo was withdrawn", "Submit a photo first, then pay.";
    }
    PaymentChannel: Unavailable = "payment.channel_unavailable" {
        "该支付方式暂不可用", "请换一种支付方式，或稍后再试。";
        "This payment method isn't available", "Choose another method, or try again later.";
    }
    PaymentProvider: Unavailable = "payment.provider_unavailable" {
        "支付平台暂时没有响应", "没有扣款。请在 {wait}后再试，或换一种支付方式。";
        "The payment service didn't respond", "You have not been charged. Try again in {wait}, or choose another payment method.";
    }
    PaymentUnknown: State = "payment.outcome_unknown" {
        "正在确认支付结果", "支付平台还没有答复。请勿重复支付，稍候会自动更新。";
        "Confirming your payment", "The payment service hasn't replied yet. Please don't pay again. This page updates automatically.";
    }
    PaymentProduct: State = "payment.product_unavailable" {
        "这里不能使用该支付方式", "请换一种支付方式，或用手机、电脑的浏览器打开本页。";
        "This payment method doesn't work here", "Choose another method, or open this page in a browser on your phone or computer.";
    }
    PaymentAttempts: TooOften = "payment.too_many_attempts" {
        "这个订单尝试支付的次数过多", "没有扣款。请在 {wait}后再试，或使用之前打开的二维码或支付页面。";
        "Too many attempts to pay this order", "You have not been charged. Try again in {wait}, or use the QR code or payment page you opened before.";
    }
    PaymentWechatLogin: State = "payment.wechat_login_required" {
        "需要微信授权", "请在微信内授权后再支付；授权已过期时请再点一次“支付”。";
        "WeChat authorisation needed", "Authorise inside WeChat, then pay. If the authorisation has expired, tap “Pay” again.";
    }
    TaskUnknown: Missing = "task.unknown" {
        "没有这个采集任务", "请从任务列表进入；任务可能属于其他学校。"; "Collection not found", "Open it from the list of collections. It may belong to another school.";
    }
    RosterImportUnknown: Missing = "roster_import.unknown" {
        "没有这次导入", "请从名单页面进入；导入可能属于其他学校。"; "Import not found", "Open it from the roster's page. It may belong to another school.";
    }
    RosterImportState: State = "roster_import.state" {
        "导入当前状态不允许此操作", "当前状态为 {state}。请刷新后查看可以进行的操作。"; "The import's state does not allow this", "It is {state}. Reload to see what can be done.";
    }
    RosterImportChoice: Invalid = "roster_import.choice" {
        "不支持这种编码或分隔符", "编码请选择 utf-8、gb18030、utf-16le 或 utf-16be；分隔符请选择 comma、tab 或 semicolon。"; "Unknown encoding or delimiter", "Choose utf-8, gb18030, utf-16le or utf-16be, and comma, tab or semicolon.";
    }
    RosterIdentityChanges: State = "roster_import.identity_changes" {
        "证件号或学历层次的改动过多", "有 {count} 名学生的证件号或学历层次会改变，超过 5%。请核对文件；确认无误后，确认这些改动再开始。"; "Too many changed identities", "The document number or level of {count} students would change, more than 5 %. Check the file, then confirm the changes and start again.";
    }
    RosterImportUsed: State = "roster_import.used" {
        "已有学生提交照片，不能撤销", "请逐个修改学生，或把学生撤出名单。"; "Students have submitted photos, so it cannot be undone", "Correct single students or take them off the list instead.";
    }
    RosterEntryUnknown: Missing = "roster_entry.unknown" {
        "名单中没有这名学生", "请从名单页面进入；学生可能属于其他学校。"; "Student not found", "Open the student from the roster's page. They may belong to another school.";
    }
    RosterNumberTaken: State = "roster_entry.number_taken" {
        "该证件号已属于名单中的另一名学生", "请用证件号搜索，核对是否重复录入。"; "Another student of the roster has this document number", "Search for the number and check whether they are listed twice.";
    }
    RosterFileTooLarge: TooLarge = "roster_import.file_too_large" {
        "文件太大", "名单文件最大 {max_mb} MB。请拆分成几个文件，或只保留需要的列。"; "The file is too large", "A roster file can have {max_mb} MB. Split it, or keep only the columns that are needed.";
    }
    JobUnknown: Missing = "job.unknown" {
        "没有这个后台任务", "请核对编号；已完成的任务可能已被清理。";
        "Job not found", "Check the ID. A finished job may already be deleted.";
    }
    JobState: State = "job.state" {
        "任务当前状态不允许此操作", "只能重试已失败的任务；只能取消未完成且会结束的任务。用 gradphoto jobs show 查看状态。";
        "The job's state does not allow this", "Only dead jobs can be retried, and only unfinished jobs that end can be cancelled. See gradphoto jobs show.";
    }
    NoticeSignature: NotProven = "notice.signature_invalid" {
        "通知签名无效", "请用商户平台配置的密钥签名后重发。";
        "The notice's signature is invalid", "Sign with the key configured for the merchant and send it again.";
    }
    // Personal centre.
    ContactEmail: Invalid = "contact.email_invalid" {
        "邮箱地址有误", "请核对邮箱，例如 name@example.edu.cn。";
        "Check the e-mail address", "It should look like name@example.edu.cn.";
    }
    ContactAddress: Invalid = "contact.address_length" {
        "地址太长", "地址最多 200 个字。";
        "The address is too long", "Use at most 200 characters.";
    }
    PhoneChangeOld: Invalid = "phone_change.old_phone_wrong" {
        "原手机号不正确", "填写的原手机号与当前账号不一致，请核对。";
        "The old number isn't right", "It doesn't match this account's number. Please check.";
    }
    PhoneChangeSame: Invalid = "phone_change.same_phone" {
        "新旧手机号相同", "请填写另一个手机号。";
        "Both numbers are the same", "Enter a different number.";
    }
    PhoneChangeTaken: State = "phone_change.phone_taken" {
        "新手机号已有账号", "请换一个手机号，或先用新号码登录查看。";
        "The new number already has an account", "Use another number, or log in with that one first.";
    }
    PhoneChangeEnded: Over = "phone_change.ended" {
        "更换手机号的操作已过期", "请重新填写并获取验证码。";
        "This request has expired", "Please start again and get new codes.";
    }
    // Any request.
    RequestFields: Invalid = "request.fields_invalid" {
        "有内容需要修改", "请按各项提示修改后再提交。";
        "Something needs to be corrected", "Correct the marked fields and try again.";
    }
    RequestMalformed: Malformed = "request.malformed" {
        "请求格式不正确", "请求内容无法识别，请按接口文档检查。";
        "The request can't be read", "Compare the request with the API document.";
    }
    RequestMediaType: MediaType = "request.media_type" {
        "内容类型不支持", "请使用接口文档中规定的 Content-Type。";
        "The content type is not supported", "Use the Content-Type given in the API document.";
    }
    RequestTooLarge: TooLarge = "request.too_large" {
        "请求内容太大", "请减少内容后再试。";
        "The request is too large", "Send less at once.";
    }
    RequestRange: Range = "request.range_outside" {
        "请求的范围超出文件", "文件的长度见 Content-Range 响应头，请重新选择范围。";
        "The range lies outside the file", "The Content-Range header has the file's length. Ask for another range.";
    }
    RequestAddressLong: AddressTooLong = "request.address_too_long" {
        "请求地址太长", "路径的每一段最多 256 字节，每个查询参数最多 1,024 字节。请按接口文档检查。";
        "The address is too long", "A part of the path may have 256 bytes and a query parameter 1,024. Compare the request with the API document.";
    }
    RequestTimeout: TooSlow = "request.timeout" {
        "请求传输太慢", "内容没有在规定时间内传完，没有被处理。请检查网络后重新提交。";
        "The request took too long to arrive", "It didn't arrive in time, so nothing was changed. Check your connection and try again.";
    }
    RequestPath: Missing = "request.not_found" {
        "没有这个页面", "请核对地址，或返回首页。";
        "Page not found", "Check the address, or go to the home page.";
    }
    RequestMethod: Method = "request.method_not_allowed" {
        "不支持这种请求方法", "请按 Allow 响应头列出的方法重试。";
        "That method is not allowed here", "Use one of the methods in the Allow header.";
    }
    RequestKeyMissing: Malformed = "request.idempotency_key_required" {
        "缺少 Idempotency-Key 或格式错误", "请在请求头中提供 1 至 255 个可见字符的 Idempotency-Key。";
        "Idempotency-Key is missing or wrong", "Send the header with 1 to 255 visible ASCII characters.";
    }
    RequestKeyReused: Invalid = "request.idempotency_key_reused" {
        "Idempotency-Key 已用于另一请求", "内容不同的请求必须使用新的 Idempotency-Key。";
        "Idempotency-Key was used for another request", "A different request needs a new key.";
    }
    RequestInProgress: State = "request.in_progress" {
        "相同的请求正在处理", "请在 {wait}后重试。";
        "The same request is being handled", "Try again in {wait}.";
    }
    RequestTooMany: TooOften = "request.too_many" {
        "操作过于频繁", "请在 {wait}后再试。";
        "Too many requests", "Try again in {wait}.";
    }
    RequestNetwork: TooOften = "request.network_busy" {
        "当前网络请求过多", "与您使用同一网络的人较多，不是您的操作有误。请在 {wait}后再试，或改用手机流量。";
        "This network is busy", "Many requests are coming from the network you share with others. You did nothing wrong. Try again in {wait}, or use mobile data.";
    }
    ServerBusy: Unavailable = "server.unavailable" {
        "服务暂时不可用", "系统繁忙，您的内容没有丢失。请在 {wait}后再试。";
        "The service is busy", "Nothing you entered is lost. Try again in {wait}.";
    }
    ServerError: Fault = "server.error" {
        "出了点问题", "问题出在我们这里，已记录。请稍后再试；若再次出现，请把下方编号告诉客服。";
        "Something went wrong", "This is our fault, and it has been recorded. Try again later. If it happens again, give support the reference below.";
    }
}

#[cfg(test)]
mod tests;
