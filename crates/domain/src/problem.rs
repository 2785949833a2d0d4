//! Every problem that gradphoto can report: a stable code, a title, and what to do, in both languages.
//!
//! Facts in braces are filled in by [`crate::Refusal`]; `{wait}` is its time to wait.

#[macro_use]
mod field;
mod kind;

pub use kind::Kind;

use crate::Text;

macro_rules! problems {
    ($($variant:ident: $kind:ident = $code:literal {
        $zh_title:literal, $zh_detail:literal;
        $en_title:literal, $en_detail:literal;
    })+) => {
        /// What a problem is, for programs; `area.reason` in snake case.
        #[expect(missing_docs, reason = "title and detail of each code stand beside it")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ProblemCode { $($variant),+ }

        impl ProblemCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it is sent.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The code of a sent text; `None` for one that this version does not know.
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// What kind of problem it is; a protocol's status follows from it.
            pub const fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind),+ }
            }

            /// What happened, in a few words.
            pub const fn title(self) -> Text {
                match self { $(Self::$variant => Text::new($zh_title, $en_title)),+ }
            }

            /// What happened, why, and what to do now; facts in braces.
            pub const fn detail(self) -> Text {
                match self { $(Self::$variant => Text::new($zh_detail, $en_detail)),+ }
            }
        }
    };
}

with_field_problems! {
    // Logging in.
    LoginAgreement: Invalid = "login.agreement_required" {
        "请先同意服务协议", "请阅读并勾选最新的服务协议，然后再获取验证码。";
        "Please accept the agreement", "Read and tick the current service agreement, then ask for the code again.";
    }
    LoginPhone: Invalid = "login.phone_invalid" {
        "手机号有误", "请检查手机号：中国大陆号码为 11 位，例如 138 0013 8000。";
        "Check the phone number", "Check the number: one of mainland China has 11 digits, such as 138 0013 8000.";
    }
    LoginCountry: Invalid = "login.country_not_served" {
        "暂不支持该国家或地区的号码", "目前不能向这个国家或地区的号码发送短信。请换一个手机号，或联系学校老师协助登录。";
        "This country is not served yet", "We cannot send messages to numbers of this country. Use another number, or ask your school to help you log in.";
    }
    LoginCaptcha: Invalid = "login.captcha_required" {
        "请先完成安全验证", "为防止短信被滥用，需要先完成安全验证。页面会自动验证；若没有成功，请再点一次。";
        "A security check is needed", "It protects phones from unwanted messages. The page does it by itself; if that fails, press the button again.";
    }
    LoginNetwork: Invalid = "login.network_busy" {
        "当前网络较忙，请先完成安全验证", "最近一小时内，与您同一网络的许多人获取了验证码，这不是您的问题。页面会自动完成安全验证；若没有成功，请再点一次。";
        "This network is busy: a security check is needed", "Many people on your network asked for codes within the last hour; you did nothing wrong. The page does the check by itself; if that fails, press the button again.";
    }
    LoginNetworkFull: TooOften = "login.network_full" {
        "当前网络获取验证码的人太多", "这不是您的问题。请在 {wait}后再试，或改用手机流量后马上重试。";
        "Too many people on this network asked for codes", "You did nothing wrong. Try again in {wait}, or switch to mobile data and try at once.";
    }
    LoginMessagesUsedUp: Unavailable = "login.messages_used_up" {
        "今天的短信已经用完", "今天可发送的短信已达上限，没有发出验证码。请在 {wait}后再试；如果等不及，请联系学校老师。";
        "Today's messages are used up", "No more messages can be sent today, so no code was sent. Try again in {wait}. If you cannot wait, ask your school.";
    }
    LoginTooManySends: TooOften = "login.too_many_sends" {
        "获取验证码过于频繁", "请在 {wait}后再试。上一条验证码如果还没有失效，可以直接使用。";
        "Too many codes were asked for", "Try again in {wait}. If your last code has not run out or been replaced, you can still use it.";
    }
    LoginSmsUnavailable: Unavailable = "login.sms_unavailable" {
        "短信暂时发不出去", "短信通道出现故障，没有发出验证码。请在 {wait}后再试。";
        "The message could not be sent", "The SMS service is failing, so no code was sent. Try again in {wait}.";
    }
    LoginCodeWrong: Invalid = "login.code_wrong" {
        "验证码不正确", "请核对短信中的 6 位数字，还可以再试 {tries_left} 次。";
        "That code is not right", "Check the 6 digits in the message. You can try {tries_left} more times.";
    }
    LoginCodeExpired: Over = "login.code_expired" {
        "验证码已失效", "验证码超过 5 分钟、已使用，或已被新的验证码取代。请重新获取。";
        "That code no longer works", "It is older than 5 minutes, was used, or was replaced by a newer one. Ask for a new code.";
    }
    LoginCodeBurnt: Over = "login.code_burnt" {
        "验证码错误次数过多", "这个验证码已输错 5 次，不能再用。请重新获取验证码。";
        "Too many wrong tries", "This code was entered wrongly 5 times and no longer works. Ask for a new code.";
    }
    // Sessions.
    SessionRequired: NotProven = "session.required" {
        "请先登录", "请用手机号登录后再继续，已填写的内容会保留。";
        "Please log in", "Log in with your phone number to go on. What you typed is kept.";
    }
    SessionUnknown: Missing = "session.unknown" {
        "这次登录已经结束", "它可能已退出或过期。请刷新列表。";
        "This login has already ended", "It was logged out or has run out. Load the list again.";
    }
    AccountInactive: Forbidden = "account.inactive" {
        "账号已停用", "这个手机号的账号已停用，不能登录。如有疑问，请联系学校老师。";
        "This account is not active", "The account of this phone number is no longer active, so it cannot log in. If you have questions, ask your school.";
    }
    SessionOrigin: Forbidden = "session.origin_refused" {
        "请求来源不正确", "请从本站页面重新操作。";
        "The request came from elsewhere", "Please do this again from our own page.";
    }
    SessionRole: Forbidden = "session.role_required" {
        "没有权限", "您的账号没有这项权限，请联系管理员。";
        "Not permitted", "Your account may not do this. Ask your administrator.";
    }
    // Schools and tasks.
    SchoolNotOpen: Missing = "school.not_open" {
        "您的学校未开放采集任务", "请核对名称是否与毕业证书上的一致，也可输入 5 位学校代码；如无误，请向学校咨询采集时间。";
        "Your school has no open collection", "Check that the name is the one on your diploma, or enter the 5-digit school code. If it is right, ask your school when the collection takes place.";
    }
    TaskUpcoming: State = "task.not_yet_open" {
        "采集尚未开始", "本次采集将于 {opens_at} 开始，请届时再来。";
        "The collection has not begun", "It begins on {opens_at}. Please come back then.";
    }
    TaskClosed: State = "task.closed" {
        "采集已经结束", "本次采集不再接收照片（计划截止时间：{closes_at}）。如需补采，请联系学校：{contact}。";
        "The collection has ended", "It takes no more photos (planned end: {closes_at}). If you missed it, ask your school: {contact}.";
    }
    // Verification.
    IdLength: Invalid = "id_document.length" {
        "证件号位数不对", "已输入 {found} 位，应为 {expected} 位，请检查是否多输或漏输。";
        "The number has the wrong length", "You entered {found} characters; it should have {expected}. Look for one too many or too few.";
    }
    IdCharacter: Invalid = "id_document.character" {
        "证件号含有不能识别的字符", "第 {position} 位“{character}”不应出现在这里，请核对。";
        "A character does not belong there", "“{character}” at position {position} should not be there. Please check.";
    }
    IdCheck: Invalid = "id_document.check_character" {
        "证件号校验不通过", "最后一位与前面的数字不符，号码中可能有一位输错，请逐位核对。";
        "The number does not check out", "The last character does not fit the others, so one of them is probably mistyped. Please compare them one by one.";
    }
    IdDate: Invalid = "id_document.date" {
        "证件号中的出生日期不存在", "第 7 至 14 位应为真实的出生日期，请核对。";
        "The date of birth does not exist", "Characters 7 to 14 must be a real date of birth. Please check.";
    }
    IdFormat: Invalid = "id_document.format" {
        "证件号格式不对", "请核对证件类型与号码，正确格式如：{example}。";
        "That is not such a number", "Check the kind of document and the number. It looks like: {example}.";
    }
    IdKind: Invalid = "id_document.kind" {
        "请选择证件类型", "请选择您在学校登记的证件类型。";
        "Choose the kind of document", "Choose the kind of document that your school has for you.";
    }
    LevelMissing: Invalid = "enrolment.level_required" {
        "请选择学历层次", "请选择本次毕业的学历层次。";
        "Choose your level", "Choose the level from which you graduate now.";
    }
    NameMissing: Invalid = "enrolment.name_required" {
        "请填写姓名", "请填写与学校登记一致的姓名。";
        "Your name is needed", "Enter your name as your school has it.";
    }
    StudentNoMissing: Invalid = "enrolment.student_no_required" {
        "请填写学号", "请填写学校登记的学号。";
        "Your student number is needed", "Enter the student number that your school gave you.";
    }
    EnrolmentNotFound: Missing = "enrolment.not_found" {
        "未查询到学生信息",
        "常见原因：一、您不在名单中，例如提前毕业的手续刚办完（请一周后再试）；二、登记的是另一个证件号，留学生与港澳台学生请用学校登记的号码。若任务要求填写姓名：间隔号“·”不能省略（任何一种圆点都可以），外文姓名姓在前或在后都可以，大小写、空格不影响。若您曾用另一个手机号核验，请用该号码登录，或申请找回。仍有疑问可申请学校核对。";
        "No such student was found",
        "Usual causes: you are not on the list yet, for example because early graduation was only just approved (try again in a week); or the school has another document number for you (international, Hong Kong, Macao and Taiwan students: use the number that the school has). Where a name is asked for: keep its middle dot (any kind of dot will do), and write a foreign name with the family name first or last; capitals and spaces do not matter. If you verified with another phone before, log in with that one or ask to recover it. Otherwise ask your school for a check.";
    }
    EnrolmentCaptcha: Invalid = "enrolment.captcha_required" {
        "需要先完成安全验证", "上一次核验没有通过。为保护学生信息，再次核验前需要完成安全验证。页面会自动验证；若没有成功，请再点一次。";
        "A security check is needed", "The last verification failed. To protect students' data, a check is needed before the next. The page does it by itself; if that fails, press the button again.";
    }
    EnrolmentTries: TooOften = "enrolment.too_many_tries" {
        "核验次数过多", "为保护学生信息，请在 {wait}后再试，或申请学校核对。";
        "Too many tries", "To protect students' data, try again in {wait}, or ask your school for a check.";
    }
    EnrolmentUnknown: Missing = "enrolment.unknown" {
        "没有这条核验记录", "请从首页重新选择学校并核验身份。";
        "There is no such verification", "Go back to the start, choose your school and verify again.";
    }
    EnrolmentPaid: State = "enrolment.order_paid" {
        "订单尚未退款", "这条核验记录有已支付的订单 {order_no}。请先用 gradphoto refund request 退款，再解除绑定。";
        "The order is not refunded yet", "This verification has a paid order, {order_no}. Refund it with gradphoto refund request, then release the verification.";
    }
    TicketNote: Invalid = "roster_ticket.note_length" {
        "说明太长", "请用不超过 500 个字说明情况。";
        "The note is too long", "Please use at most 500 characters.";
    }
    // Consent and photo.
    ConsentRequired: Forbidden = "consent.face_photo_required" {
        "需要您单独同意处理人像照片", "照片属于敏感个人信息。请阅读说明并同意后再上传。";
        "Your separate consent is needed", "A portrait is sensitive personal data. Read the notice and agree before you upload.";
    }
    ConsentVersion: Invalid = "consent.version_outdated" {
        "说明已更新", "请阅读最新版本后再次同意。";
        "The notice has changed", "Please read the current version and agree again.";
    }
    PhotoUnknown: Missing = "photo.unknown" {
        "没有这张照片", "它可能已被替换。请到“我的订单”查看当前照片。";
        "There is no such photo", "It may have been replaced. See “My orders” for the current one.";
    }
    PhotoErased: Over = "photo.erased" {
        "照片文件已删除", "保存期限已过，或您已撤回同意，文件已按规定删除。";
        "The picture was deleted", "Its time was over, or you withdrew your consent, and the file was deleted.";
    }
    ErasureUnsettled: State = "erasure.order_unsettled" {
        "还有未结清的订单", "订单 {order_no} 尚未支付、支付或退款仍在处理。请先取消或支付该订单，或等退款完成，再注销账号。";
        "An order is not settled yet", "Order {order_no} is unpaid, or a payment or refund is on its way. Close or pay it, or wait for the refund, then erase your account.";
    }
    PhotoEmpty: Invalid = "photo.file_empty" {
        "文件是空的", "所选文件没有内容，请重新选择照片。";
        "The file is empty", "The chosen file holds nothing. Please choose the photo again.";
    }
    PhotoTooLarge: TooLarge = "photo.file_too_large" {
        "文件太大", "照片为 {size_mb} MB，最大 {max_mb} MB。请用手机相册“压缩”或选择较小的原图。";
        "The file is too large", "It has {size_mb} MB; the limit is {max_mb} MB. Choose a smaller version of the photo.";
    }
    PhotoNotImage: Invalid = "photo.file_type" {
        "不是可用的照片", "这个文件实际是 {found}，不是 JPG 或 PNG 照片。请重新选择。";
        "This is not a usable photo", "The file really is {found}, not a JPG or PNG photo. Please choose another.";
    }
    PhotoUnreadable: Invalid = "photo.file_unknown" {
        "无法识别的文件", "这个文件不是 JPG 或 PNG 照片，也看不出是什么文件。请重新选择。";
        "The file cannot be recognised", "It is neither a JPG nor a PNG photo, nor anything else we know. Please choose another.";
    }
    PhotoHeic: Invalid = "photo.file_heic" {
        "暂不支持 HEIC 格式", "iPhone 请在“设置 – 相机 – 格式”中选“兼容性最佳”后重拍，或在相册中将照片另存为 JPG。";
        "HEIC is not supported", "On an iPhone choose Settings – Camera – Formats – Most Compatible and take the photo again, or save it as JPG.";
    }
    PhotoAvif: Invalid = "photo.file_avif" {
        "暂不支持 AVIF 格式", "这张照片是 AVIF 格式：请在手机的相机设置里改为 JPG 后重拍，或在相册中另存为 JPG。";
        "AVIF is not supported", "This photo is an AVIF file. Set your camera app to save photos as JPG and take it again, or save the photo as JPG.";
    }
    PhotoDamaged: Invalid = "photo.file_damaged" {
        "照片文件不完整", "文件已损坏或没有传完。请从相册重新选择，或重新拍摄。";
        "The photo file is incomplete", "It is damaged or was cut short. Choose it again, or take a new photo.";
    }
    PhotoPixelsMany: Invalid = "photo.too_many_pixels" {
        "照片像素过多", "照片为 {width}×{height} 像素，总数不能超过 {max_mp} 百万像素。请缩小后再传。";
        "The photo has too many pixels", "It has {width}×{height} pixels; the limit is {max_mp} megapixels. Please make it smaller.";
    }
    PhotoSideLong: Invalid = "photo.side_too_long" {
        "照片太长或太宽", "照片为 {width}×{height} 像素，任何一边都不能超过 {max} 像素。请缩小或裁剪后再传。";
        "One side of the photo is too long", "It has {width}×{height} pixels; no side may have more than {max}. Make it smaller or cut it.";
    }
    PhotoProgressive: Invalid = "photo.progressive" {
        "渐进式 JPG 太大或太复杂", "照片为 {width}×{height} 像素的渐进式 JPG，最多 {max_mp} 百万像素、{max_scans} 次扫描。请另存为普通（非渐进式）JPG，或缩小后再传。";
        "The progressive JPG is too elaborate", "It has {width}×{height} pixels; a progressive JPG may have {max_mp} megapixels in {max_scans} scans. Save it as an ordinary JPG, not progressive, or make it smaller.";
    }
    PhotoCostlyPng: Invalid = "photo.costly_png" {
        "这种 PNG 图片太大", "照片为 {width}×{height} 像素的 16 位或隔行扫描 PNG，最多 {max_mp} 百万像素。请另存为 JPG，或 8 位、非隔行的 PNG 后再传。";
        "This kind of PNG is too large", "It has {width}×{height} pixels; a PNG with 16 bits a channel or with interlacing may have {max_mp} megapixels. Save it as JPG, or as a PNG with 8 bits and without interlacing.";
    }
    PhotoPixelsFew: Invalid = "photo.too_small_px" {
        "照片像素不足", "照片为 {width}×{height} 像素，至少需要 480×640。请使用相机原图，不要用截图。";
        "The photo has too few pixels", "It has {width}×{height} pixels; at least 480×640 are needed. Use the original from the camera, not a screenshot.";
    }
    PhotoCmyk: Invalid = "photo.colour_mode" {
        "照片是印刷用的 CMYK 颜色", "请另存为 RGB 颜色的 JPG 后再传。";
        "The photo uses CMYK print colours", "Save it as an RGB JPG and send it again.";
    }
    PhotoFrame: Invalid = "photo.frame_invalid" {
        "取景框超出照片", "请重新调整取景框：应在照片之内，宽高比 3:4。";
        "The frame leaves the photo", "Adjust the frame again: it must lie inside the photo and be 3:4.";
    }
    PhotoFails: Invalid = "photo.standard_not_met" {
        "照片不符合要求", "请按照提示调整后再提交。觉得检查不对的，请返回写明原因（至少 5 个字）后提交，由审核人员判断；文件和取景本身的问题必须修改。";
        "The photo does not meet the standard", "Follow the hints and send it again. Where the check is wrong, go back and say why in at least 5 characters, and a person decides; faults of the file or the frame must be put right.";
    }
    PhotoLimit: State = "photo.limit_reached" {
        "提交次数已用完", "本次采集最多提交 {max} 张照片。如需更换，请联系学校：{contact}。";
        "No submissions are left", "This collection takes at most {max} photos. If you need another, ask your school: {contact}.";
    }
    PhotoState: State = "photo.state" {
        "照片当前状态不能这样操作", "照片已经审核，或已被撤回、替换。请刷新页面查看最新状态。";
        "The photo cannot do that now", "It was reviewed, withdrawn or replaced. Reload the page to see where it stands.";
    }
    PhotoCamera: Invalid = "photo.camera_required" {
        "请现场拍照", "本次采集不接收相册里的照片，请在本页打开相机拍摄。";
        "Please take the photo here", "This collection takes no photos from an album: open the camera on this page.";
    }
    PhotoChecking: State = "photo.being_checked" {
        "上一张照片正在检查", "同一账号一次只检查一张照片。请等它检查完，在 {wait}后再试。";
        "Your last photo is still being checked", "Photos of one account are checked one at a time. Try again in {wait}.";
    }
    PhotoChecks: TooOften = "photo.too_many_checks" {
        "检查未通过的次数过多", "一小时内已有 {max} 张照片没有通过检查。请对照照片要求调整，在 {wait}后再试。";
        "Too many photos did not pass", "Within an hour {max} photos did not pass the check. Compare them with the requirements and try again in {wait}.";
    }
    PhotoNote: Invalid = "photo.note_length" {
        "备注太长", "备注最多 200 个字。";
        "The note is too long", "The note may have at most 200 characters.";
    }
    UploadReused: State = "photo.upload_reused" {
        "上传编号已用于另一张照片", "请重新选择照片后再上传。";
        "This upload was another photo", "Choose the photo again and upload it.";
    }
    // Orders and payments.
    OrderUnknown: Missing = "order.unknown" {
        "没有这个订单", "请核对订单号，或到“我的订单”查看。";
        "There is no such order", "Check the number, or see “My orders”.";
    }
    OrderPaid: State = "order.already_paid" {
        "订单已支付", "无需再次支付，联系方式也不能再修改。";
        "The order is paid", "You need not pay again, and its contact data can no longer be changed.";
    }
    OrderClosed: State = "order.closed" {
        "订单已关闭", "订单已关闭，您没有被扣款。请重新提交照片生成新订单。";
        "The order is closed", "It is closed and you were not charged. Submit the photo again for a new order.";
    }
    OrderNothingDue: State = "order.nothing_due" {
        "无需支付", "这个订单应付 ¥0.00，已自动完成。";
        "Nothing is due", "This order costs ¥0.00 and is settled already.";
    }
    OrderPhotoMissing: State = "order.photo_missing" {
        "照片已撤回", "请先重新提交照片，再支付。";
        "The photo was withdrawn", "Submit a photo first, then pay.";
    }
    OrderVersion: State = "order.version_conflict" {
        "订单刚刚有变化", "请刷新后再修改，您填写的内容仍在。";
        "The order has just changed", "Reload and change it again. What you typed is still there.";
    }
    PaymentChannel: Unavailable = "payment.channel_unavailable" {
        "该支付方式暂不可用", "请换一种支付方式，或稍后再试。";
        "This way to pay is not available", "Choose another way, or try again later.";
    }
    PaymentProvider: Unavailable = "payment.provider_unavailable" {
        "支付平台暂时没有响应", "没有扣款。请在 {wait}后再试，或换一种支付方式。";
        "The payment service did not answer", "You were not charged. Try again in {wait}, or choose another way to pay.";
    }
    PaymentUnknown: State = "payment.outcome_unknown" {
        "正在确认支付结果", "支付平台还没有答复。请勿重复支付，稍候会自动更新。";
        "The outcome is being confirmed", "The payment service has not answered yet. Please do not pay again; this page updates by itself.";
    }
    PaymentProduct: State = "payment.product_unavailable" {
        "这里不能使用该支付方式", "请换一种支付方式，或用手机、电脑的浏览器打开本页。";
        "This way to pay does not work here", "Choose another way, or open this page in the browser of your phone or computer.";
    }
    PaymentAttempts: TooOften = "payment.too_many_attempts" {
        "这个订单尝试支付的次数过多", "没有扣款。请在 {wait}后再试，或使用之前打开的二维码或支付页面。";
        "Too many attempts to pay this order", "You were not charged. Try again in {wait}, or use the QR code or payment page that you opened before.";
    }
    PaymentWechatLogin: State = "payment.wechat_login_required" {
        "需要微信授权", "请在微信内授权后再支付；授权已过期时请再点一次“支付”。";
        "WeChat must confirm who you are", "Allow it inside WeChat, then pay. If that is long ago, press “Pay” once more.";
    }
    RefundAmount: Invalid = "refund.amount" {
        "退款金额有误", "金额应大于 0，且不超过还可退的 {left}。";
        "Check the amount", "It must be more than nothing and no more than the {left} that can still go back.";
    }
    RefundOver: State = "refund.over" {
        "已超过可退款期限", "支付平台只受理一年内的退款，请线下处理。";
        "It is too late for a refund", "Providers return payments of the last year only; settle it outside.";
    }
    RefundTooMany: State = "refund.too_many" {
        "退款次数已达上限", "一笔支付最多退款 50 次。";
        "There were too many refunds", "A payment can be returned in at most 50 parts.";
    }
    RefundNothing: State = "refund.nothing_paid" {
        "没有可退的款项", "这个订单没有收到过款项，或已全部退回。";
        "There is nothing to return", "No money came for this order, or all of it went back.";
    }
    RefundUnknown: Missing = "refund.unknown" {
        "没有这笔退款", "请核对退款单号。";
        "There is no such refund", "Check its number.";
    }
    RefundState: State = "refund.state" {
        "退款当前状态不能这样操作", "它不需要复核，或已经处理。";
        "The refund cannot do that now", "It needs no second person, or was dealt with.";
    }
    RefundSecondPerson: Forbidden = "refund.second_person" {
        "需要另一位工作人员复核", "申请人不能复核自己的退款。";
        "A second person must agree", "Whoever asked for a refund cannot approve it.";
    }
    RefundReason: Invalid = "refund.reason" {
        "请选择退款原因并说明", "原因须为系统列出的一种，说明为 1 至 80 个字。";
        "Give a reason and a note", "The reason must be one of those listed; the note has 1 to 80 characters.";
    }
    RefundRepeated: State = "refund.repeated" {
        "刚刚申请过同样的退款", "{number} 与它相同，请先查看其状态。确需再退一笔，请加 --key 和一个新编号重试。";
        "The same refund was just asked for", "{number} is the same; see how it stands. To return as much once more, ask again with --key and a new key.";
    }
    CaseUnknown: Missing = "money_case.unknown" {
        "没有这个待核事项", "请核对编号；它可能已经结案。";
        "There is no such open case", "Check its id; it may be resolved already.";
    }
    NoticeSignature: NotProven = "notice.signature_invalid" {
        "通知签名无效", "请用商户平台配置的密钥签名后重发。";
        "The notice's signature is invalid", "Sign with the key that is configured for the merchant and send it again.";
    }
    // Personal centre.
    ContactEmail: Invalid = "contact.email_invalid" {
        "邮箱地址有误", "请核对邮箱，例如 name@example.edu.cn。";
        "Check the e-mail address", "It should look like name@example.edu.cn.";
    }
    ContactAddress: Invalid = "contact.address_length" {
        "地址太长", "地址最多 200 个字。";
        "The address is too long", "It may have at most 200 characters.";
    }
    PhoneChangeOld: Invalid = "phone_change.old_phone_wrong" {
        "原手机号不正确", "填写的原手机号与当前账号不一致，请核对。";
        "The old number is not right", "It is not the number of this account. Please check.";
    }
    PhoneChangeSame: Invalid = "phone_change.same_phone" {
        "新旧手机号相同", "请填写另一个手机号。";
        "Both numbers are the same", "Please enter another number.";
    }
    PhoneChangeTaken: State = "phone_change.phone_taken" {
        "新手机号已有账号", "请换一个手机号，或先用新号码登录查看。";
        "The new number has an account", "Use another number, or log in with that one first.";
    }
    PhoneChangeEnded: Over = "phone_change.ended" {
        "更换手机号的操作已过期", "请重新填写并获取验证码。";
        "The change has run out of time", "Please start again and ask for new codes.";
    }
    // Any request.
    RequestFields: Invalid = "request.fields_invalid" {
        "有内容需要修改", "请按各项提示修改后再提交。";
        "Something needs to be corrected", "Correct the marked fields and send it again.";
    }
    RequestMalformed: Malformed = "request.malformed" {
        "请求格式不正确", "请求内容无法识别，请按接口文档检查。";
        "The request cannot be read", "Compare the request with the API document.";
    }
    RequestMediaType: MediaType = "request.media_type" {
        "内容类型不支持", "请使用接口文档中规定的 Content-Type。";
        "The content type is not supported", "Use the Content-Type that the API document names.";
    }
    RequestTooLarge: TooLarge = "request.too_large" {
        "请求内容太大", "请减少内容后再试。";
        "The request is too large", "Send less at once.";
    }
    RequestAddressLong: AddressTooLong = "request.address_too_long" {
        "请求地址太长", "路径的每一段最多 256 字节，每个查询参数最多 1,024 字节。请按接口文档检查。";
        "The address is too long", "A part of the path may have 256 bytes and a query parameter 1,024. Compare the request with the API document.";
    }
    RequestTimeout: TooSlow = "request.timeout" {
        "请求传输太慢", "内容没有在规定时间内传完，没有被处理。请检查网络后重新提交。";
        "The request took too long to arrive", "It did not arrive in time and was not acted on. Check your connection and send it again.";
    }
    RequestPath: Missing = "request.not_found" {
        "没有这个页面", "请核对地址，或返回首页。";
        "There is nothing here", "Check the address, or go back to the start.";
    }
    RequestMethod: Method = "request.method_not_allowed" {
        "不支持这种请求方法", "请按 Allow 响应头列出的方法重试。";
        "That method is not allowed here", "Use one of the methods in the Allow header.";
    }
    RequestKeyMissing: Malformed = "request.idempotency_key_required" {
        "缺少 Idempotency-Key", "请在请求头中提供 1 至 255 个可见字符的 Idempotency-Key。";
        "Idempotency-Key is missing", "Send the header with 1 to 255 visible ASCII characters.";
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
        "This network is busy", "Many requests are coming from the network that you share with others; you did nothing wrong. Try again in {wait}, or use mobile data.";
    }
    ServerBusy: Unavailable = "server.unavailable" {
        "服务暂时不可用", "系统繁忙，您的内容没有丢失。请在 {wait}后再试。";
        "The service is busy", "Nothing of yours is lost. Try again in {wait}.";
    }
    ServerError: Fault = "server.error" {
        "出了点问题", "问题出在我们这里，已记录。请稍后再试；若再次出现，请把下方编号告诉客服。";
        "Something went wrong", "The fault is ours and has been recorded. Try again later; if it comes back, tell support the number below.";
    }
}

#[cfg(test)]
mod tests;
