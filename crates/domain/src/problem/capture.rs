//! Problems with image-capture codes.

/// Makes the table of problems: the rows that are given, then those of this file.
macro_rules! with_capture_problems {
    ($($row:tt)*) => {
        with_field_problems! {
            $($row)*
            EnrolmentCaptureCode: State = "enrolment.capture_code_required" {
                "本任务须凭图像采集码核验", "本任务不按学校名单核验。请上传、扫描或粘贴您的图像采集码。";
                "This collection takes collection codes", "Students are not verified against a list here. Upload, scan or paste your image collection code.";
            }
            CaptureGiven: Invalid = "capture_code.given" {
                "请提供采集码", "请上传采集码图片，或粘贴采集码文字；二者只需其一。";
                "Give us your code", "Upload a picture of your code, or paste its text: one of the two.";
            }
            CapturePicture: Invalid = "capture_code.picture_unreadable" {
                "图片中没有读到二维码", "请直接上传保存的采集码原图；如是拍照，请对准二维码，光线充足、不反光、占满画面后重试。";
                "No code was found in the picture", "Upload the picture of the code as you saved it. If you take a photo, fill the screen with the code, in good light and without glare, and try again.";
            }
            CaptureMalformed: Invalid = "capture_code.malformed" {
                "这不是图像采集码", "已读到内容，但它不是本平台可用的图像采集码。请核对是否选错了二维码，或复制完整后重新粘贴。";
                "This isn't an image collection code", "We read it, but it's not a code this platform can use. Check that you chose the right one, or copy all of it and paste it again.";
            }
            CaptureForged: Invalid = "capture_code.forged" {
                "采集码未通过验证", "采集码的签名不正确：内容可能被改动或没有复制完整。请从发码方重新获取后再试。";
                "This code isn't genuine", "Its signature is wrong: it was changed, or not copied completely. Get it again from whoever issued it.";
            }
            CaptureExpired: Invalid = "capture_code.expired" {
                "采集码已过期", "请从发码方重新获取采集码后再试。";
                "This code has expired", "Get a new code from whoever issued it, then try again.";
            }
            CaptureSchool: Invalid = "capture_code.other_school" {
                "采集码不属于这所学校", "采集码上的学校代码是 {school_code}。请返回选择该学校的任务，或换用本校的采集码。";
                "This code is another school's", "Its school code is {school_code}. Go back and choose that school's collection, or use your code of this school.";
            }
            CaptureYear: Invalid = "capture_code.other_year" {
                "采集码不属于本届", "采集码是 {year} 届的。请选择该届的采集任务，或重新获取本届的采集码。";
                "This code is for another year", "It is for {year}. Choose the collection of that year, or get a code for this one.";
            }
            CaptureUsed: State = "capture_code.used" {
                "采集码已由另一个账号使用", "这名学生已用另一个手机号核验。请用那个号码登录；号码停用的，可申请找回；如不是您本人所为，请马上联系学校。";
                "Another account has used this code", "This student has already verified with another phone. Log in with that number, or ask to recover it if it's lost. If it wasn't you, contact your school at once.";
            }
            CaptureWithdrawn: State = "capture_code.student_withdrawn" {
                "学校已将您移出名单", "学校已在本任务中撤销了您的名单记录，采集码暂时不能使用。请联系学校：{contact}。";
                "Your school has taken you off the list", "Your entry in this collection was withdrawn, so the code can't be used. Contact your school: {contact}.";
            }
            CaptureNotUsed: State = "capture_code.not_used_here" {
                "本任务不使用采集码", "本任务按学校名单核验，请填写证件号码等信息。";
                "This collection takes no codes", "Students are verified against the school's list here. Fill in your document number instead.";
            }
            CaptureUnavailable: State = "capture_code.unavailable" {
                "暂时不能读取采集码", "平台当前没有配置采集码的验证公钥。请联系学校：{contact}。";
                "Codes can't be read at the moment", "This platform has no key to verify codes with. Contact your school: {contact}.";
            }
        }
    };
}
