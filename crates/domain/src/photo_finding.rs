//! What was found on a photo, in words: what is wrong, by how much, and what to do.

use photo::{Finding, Reason, Rules, Unit};

use crate::{Lang, Text, background_colours};

/// The finding for people, with its numbers in pixels, degrees or percent, and the colours that the rules want.
pub fn finding_text(finding: &Finding, rules: &Rules, lang: Lang) -> String {
    let allowed = finding.allowed.unwrap_or(photo::Allowed {
        min: None,
        max: None,
    });
    // Of what lies to one side, the words say to which.
    let measured = (finding.measured).map(|measured| {
        if has_sides(finding.unit) {
            measured.abs()
        } else {
            measured
        }
    });
    let numbers = [
        ("{measured}", measured),
        ("{min}", allowed.min),
        ("{max}", allowed.max),
    ];
    let text = text(finding).get(lang);
    let text = text.replace("{colours}", &background_colours(&rules.background, lang));
    numbers.into_iter().fold(text, |text, (name, number)| {
        let number = number.map_or("–".to_owned(), |number| shown(number, finding.unit));
        text.replace(name, &number)
    })
}

/// Whether the sign of a number says to which side.
fn has_sides(unit: Unit) -> bool {
    matches!(
        unit,
        Unit::PxRight | Unit::TenthDegrees | Unit::TenthDegreesRight | Unit::TenthDegreesUp
    )
}

/// A number of a unit in tenths or hundredths, with its point; thousandths as percent.
fn shown(number: i64, unit: Unit) -> String {
    let digits = match unit {
        Unit::Permille
        | Unit::PermilleBlack
        | Unit::TenthDegrees
        | Unit::TenthDegreesRight
        | Unit::TenthDegreesUp
        | Unit::Tenths
        | Unit::TenthDeltaE => 1,
        Unit::HundredthBits => 2,
        Unit::Uncounted
        | Unit::Bytes
        | Unit::Pixels
        | Unit::PxWide
        | Unit::PxHigh
        | Unit::PxThick
        | Unit::PermilleWidthToHeight
        | Unit::PxFromTop
        | Unit::PxAcross
        | Unit::PxRight
        | Unit::Faces
        | Unit::Degrees
        | Unit::Quality => return number.to_string(),
    };
    let sign = if number < 0 { "-" } else { "" };
    let one = 10_u64.pow(digits);
    let (whole, part) = (number.unsigned_abs() / one, number.unsigned_abs() % one);
    if part == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part:0width$}", width = digits as usize)
    }
}

fn text(finding: &Finding) -> Text {
    let is_below = finding
        .measured
        .zip(finding.allowed.and_then(|allowed| allowed.min))
        .is_some_and(|(measured, min)| measured < min);
    match finding.code {
        Reason::FileType
        | Reason::FileLimit
        | Reason::TooSmallPx
        | Reason::Aspect
        | Reason::Border
        | Reason::ColourProfile
        | Reason::LowQuality => file(finding),
        Reason::ResultSize => bytes(is_below),
        Reason::NoFace | Reason::ManyFaces => faces(finding.code),
        Reason::HeadTop | Reason::EyeLine | Reason::FaceWidth | Reason::NotCentered => {
            lines(finding.code, is_below)
        }
        Reason::Tilt | Reason::NotFrontal => pose(finding, is_below),
        Reason::BgColor | Reason::BgUneven | Reason::BgShadow | Reason::BgObject => {
            background(finding.code)
        }
        Reason::Highlight
        | Reason::HalfShadow
        | Reason::DarkBright
        | Reason::RedEye
        | Reason::Blur
        | Reason::ColourCast => light(finding, is_below),
        Reason::EyesClosed
        | Reason::MouthOpen
        | Reason::GlassesGlare
        | Reason::TintedLens
        | Reason::Retouched => face(finding.code),
        Reason::FaceCovered | Reason::Hair | Reason::Headwear | Reason::HandOrObject => {
            covered(finding.code)
        }
    }
}

fn file(finding: &Finding) -> Text {
    if finding.code == Reason::Aspect {
        Text::new(
            "取景框不是 3:4，或超出了照片：请重新取景。",
            "The frame is not 3:4 or leaves the photo: frame it again.",
        )
    } else if finding.code == Reason::TooSmallPx && finding.unit == Unit::PxHigh {
        Text::new(
            "取景范围高 {measured} 像素，应不少于 {min} 像素：请缩小画面，或换更大的原图。",
            "The frame is {measured} pixels high and should have at least {min}: zoom out, or use a larger original.",
        )
    } else if finding.code == Reason::TooSmallPx {
        Text::new(
            "取景范围宽 {measured} 像素，应不少于 {min} 像素：请缩小画面，或换更大的原图。",
            "The frame is {measured} pixels wide and should have at least {min}: zoom out, or use a larger original.",
        )
    } else if finding.code == Reason::FileType {
        Text::new(
            "不是可用的 JPG 或 PNG 照片：请换一张。",
            "Not a JPG or PNG photo that can be used: choose another.",
        )
    } else if finding.code == Reason::FileLimit {
        Text::new(
            "文件过大、不完整或已损坏：请重新选择。",
            "The file is too large, incomplete or damaged: choose it again.",
        )
    } else if finding.code == Reason::ColourProfile {
        Text::new(
            "照片用了少见的色彩空间，颜色可能不准：请在手机或相机里选 sRGB 后重拍，或导出为 sRGB。",
            "The photo uses an unusual colour space, so its colours may be off. Set your phone or camera to sRGB, or export the photo as sRGB.",
        )
    } else if finding.code == Reason::Border {
        Text::new(
            "边上有 {measured} 像素宽的黑边或白边：请放大画面，让边框留在外面。",
            "There is a black or white border of {measured} pixels: zoom in until it is outside.",
        )
    } else {
        Text::new(
            "照片被压缩得太厉害：请用相机原图，不要经聊天软件转发。",
            "The photo was compressed too much: use the camera's original, not one sent through a chat.",
        )
    }
}

/// The bytes of the result, which follow from what is seen.
fn bytes(is_below: bool) -> Text {
    if is_below {
        Text::new(
            "成片只有 {measured} 字节，通常为 {min}–{max}：照片可能不够清晰，请对好焦，或换更清晰的原图。",
            "The result has only {measured} bytes, usual are {min} to {max}: the photo may not be sharp; focus well or use a sharper original.",
        )
    } else {
        Text::new(
            "成片有 {measured} 字节，通常为 {min}–{max}：画面细节或噪点太多，请换平整的背景，在明亮的光线下拍摄。",
            "The result has {measured} bytes, usual are {min} to {max}: there is too much detail or noise; use a plain background and bright light.",
        )
    }
}

fn faces(code: Reason) -> Text {
    if code == Reason::NoFace {
        Text::new(
            "没有找到人脸：请正对镜头，光线充足，不要遮挡面部，重新拍摄。",
            "No face was found: face the camera in good light with nothing before the face, and take it again.",
        )
    } else {
        Text::new(
            "取景框里有 {measured} 张人脸：请单独拍摄，或移动画面，让其他人留在外面。",
            "There are {measured} faces in the frame: take it alone, or move the picture until the others are outside.",
        )
    }
}

/// What is said of a whole picture that lies on its side or stands on its head.
fn turned(finding: &Finding) -> Option<Text> {
    let tilt = finding.measured.filter(|_| finding.code == Reason::Tilt)?;
    match tilt.abs() {
        0..450 => None,
        450..1_350 => Some(Text::new(
            "照片是横着的：请在相册里旋转后重选。",
            "The photo lies on its side: turn it in your album and choose it again.",
        )),
        _ => Some(Text::new(
            "照片是倒着的：请在相册里旋转后重选。",
            "The photo is upside down: turn it in your album and choose it again.",
        )),
    }
}

fn lines(code: Reason, is_below: bool) -> Text {
    match (code, is_below) {
        (Reason::HeadTop, true) => Text::new(
            "头顶距上边沿 {measured} 像素，应为 {min}–{max}：请把画面向下移或缩小画面；上方没有余量时，请离远一点重拍。",
            "The top of the head is {measured} pixels from the upper edge, it should be {min} to {max}: move the picture down or zoom out; if there is no room above, take it again from further away.",
        ),
        (Reason::HeadTop, false) => Text::new(
            "头顶距上边沿 {measured} 像素，应为 {min}–{max}：请把画面向上移或放大画面。",
            "The top of the head is {measured} pixels from the upper edge, it should be {min} to {max}: move the picture up or zoom in.",
        ),
        (Reason::EyeLine, true) => Text::new(
            "眼睛距上边沿 {measured} 像素，应为 {min}–{max}：请把画面向下移。",
            "The eyes are {measured} pixels from the upper edge, they should be {min} to {max}: move the picture down.",
        ),
        (Reason::EyeLine, false) => Text::new(
            "眼睛距上边沿 {measured} 像素，应为 {min}–{max}：请把画面向上移。",
            "The eyes are {measured} pixels from the upper edge, they should be {min} to {max}: move the picture up.",
        ),
        (Reason::FaceWidth, true) => Text::new(
            "脸宽 {measured} 像素，应为 {min}–{max}：请放大画面，或走近一点重拍。",
            "The face is {measured} pixels wide, it should be {min} to {max}: zoom in, or take it again from nearer.",
        ),
        (Reason::FaceWidth, false) => Text::new(
            "脸宽 {measured} 像素，应为 {min}–{max}：请缩小画面，或离远一点重拍。",
            "The face is {measured} pixels wide, it should be {min} to {max}: zoom out, or take it again from further away.",
        ),
        (Reason::NotCentered, true) => Text::new(
            "人像偏左 {measured} 像素，最多 {max}：请把画面向右移。",
            "The face is {measured} pixels left of the middle, at most {max}: move the picture to the right.",
        ),
        (_, _) => Text::new(
            "人像偏右 {measured} 像素，最多 {max}：请把画面向左移。",
            "The face is {measured} pixels right of the middle, at most {max}: move the picture to the left.",
        ),
    }
}

/// How the head is held; left and right are those of who is seen.
fn pose(finding: &Finding, is_below: bool) -> Text {
    if let Some(text) = turned(finding) {
        return text;
    }
    match (finding.code, finding.unit, is_below) {
        (Reason::Tilt, _, true) => Text::new(
            "头向您的右肩歪了 {measured}°，最多 {max}°：请把头摆正，双眼水平，重新拍摄；照片不能旋转处理。",
            "The head leans {measured}° towards your right shoulder, at most {max}° is allowed: hold it straight and take it again; photos must not be rotated.",
        ),
        (Reason::Tilt, _, false) => Text::new(
            "头向您的左肩歪了 {measured}°，最多 {max}°：请把头摆正，双眼水平，重新拍摄；照片不能旋转处理。",
            "The head leans {measured}° towards your left shoulder, at most {max}° is allowed: hold it straight and take it again; photos must not be rotated.",
        ),
        (_, Unit::TenthDegreesUp, true) => Text::new(
            "头低了 {measured}°，最多 {max}°：请稍稍抬头，平视镜头，重新拍摄。",
            "The head is bowed by {measured}°, at most {max}° is allowed: raise it a little, look straight into the camera and take it again.",
        ),
        (_, Unit::TenthDegreesUp, false) => Text::new(
            "头抬高了 {measured}°，最多 {max}°：请稍稍低头，平视镜头，重新拍摄。",
            "The head is raised by {measured}°, at most {max}° is allowed: lower it a little, look straight into the camera and take it again.",
        ),
        (_, _, true) => Text::new(
            "脸转向了您的右边 {measured}°，最多 {max}°：请向左转回来，正对镜头，重新拍摄。",
            "The face is turned by {measured}° to your right, at most {max}° is allowed: turn it back to the left, face the camera and take it again.",
        ),
        (_, _, false) => Text::new(
            "脸转向了您的左边 {measured}°，最多 {max}°：请向右转回来，正对镜头，重新拍摄。",
            "The face is turned by {measured}° to your left, at most {max}° is allowed: turn it back to the right, face the camera and take it again.",
        ),
    }
}

fn background(code: Reason) -> Text {
    if code == Reason::BgColor {
        Text::new(
            "背景颜色与要求相差较大，应为{colours}：请换背景重拍。",
            "The background has another colour than is wanted: take it again before a {colours} background.",
        )
    } else if code == Reason::BgShadow {
        Text::new(
            "头部旁边的背景有阴影：请离背景远一点，或从两侧打光。",
            "There is a shadow beside the head: stand further from the background, or light it from both sides.",
        )
    } else if code == Reason::BgObject {
        Text::new(
            "背景里好像有其他物品或花纹：请换干净、平整的背景。",
            "Something or a pattern seems to be in the background: use a plain one.",
        )
    } else {
        Text::new(
            "背景不均匀或有渐变：请换平整的单色背景，均匀打光。",
            "The background is uneven or has a gradient: use a plain one of one colour, lit evenly.",
        )
    }
}

/// Too dark or too bright, by what was counted.
fn exposure(unit: Unit, is_below: bool) -> Text {
    match (unit, is_below) {
        (Unit::HundredthBits, _) => Text::new(
            "脸部发灰，明暗层次太少：请擦净镜头、关闭滤镜，在明亮、柔和的光线下重拍。",
            "The face is flat and grey, with too few tones: wipe the lens, turn filters off and take it again in bright, soft light.",
        ),
        (Unit::PermilleBlack, _) => Text::new(
            "脸上 {measured}% 几乎全黑，最多 {max}%：请给脸部补光，光线均匀后重拍。",
            "{measured} % of the face are nearly black, at most {max} %: light the face evenly and take it again.",
        ),
        (_, true) => Text::new(
            "脸太暗（亮度 {measured}%，至少 {min}%）：请到亮处，正对光源重拍。",
            "The face is too dark (brightness {measured} %, at least {min} %): find more light, face it and take it again.",
        ),
        (_, false) => Text::new(
            "脸太亮，{measured}% 发白，最多 {max}%：请避开强光和闪光灯，调低曝光后重拍。",
            "The face is too bright: {measured} % are nearly white, at most {max} %. Avoid hard light and flash, lower the exposure and take it again.",
        ),
    }
}

fn light(finding: &Finding, is_below: bool) -> Text {
    match (finding.code, finding.unit) {
        (Reason::Highlight, _) => Text::new(
            "脸上有 {measured}% 的亮斑：请避开强光和闪光灯，擦干面部油光。",
            "{measured} % of the face are bright spots: avoid hard light and flash.",
        ),
        (Reason::HalfShadow, _) => Text::new(
            "脸的一侧较暗：请正对光源，或让两侧光线一样亮。",
            "One side of the face is darker: face the light, or light both sides alike.",
        ),
        (Reason::DarkBright, unit) => exposure(unit, is_below),
        (Reason::RedEye, _) => Text::new(
            "好像有红眼：请关闭闪光灯重拍。",
            "The eyes seem to be red: take it again without flash.",
        ),
        (Reason::Blur, _) => Text::new(
            "照片不够清晰（模糊度 {measured}%，最多 {max}%）：请对好焦、拿稳手机、擦净镜头后重拍。",
            "The photo is not sharp (blur {measured} %, at most {max} %): wipe the lens, focus and hold still.",
        ),
        (_, Unit::Degrees) => Text::new(
            "肤色偏色：请关闭滤镜，在自然光或白光下重拍。",
            "The colours are off: turn filters off and take it again in daylight or white light.",
        ),
        (_, _) => Text::new(
            "照片是黑白的或颜色太淡：请提交彩色照片。",
            "The photo is grey or nearly so: submit one in colour.",
        ),
    }
}

fn face(code: Reason) -> Text {
    if code == Reason::EyesClosed {
        Text::new(
            "眼睛好像没有睁开：请睁大双眼、平视镜头重拍。",
            "The eyes do not seem to be open: open them, look into the camera and take it again.",
        )
    } else if code == Reason::MouthOpen {
        Text::new(
            "嘴好像张开或露齿：请自然闭合嘴唇重拍。",
            "The mouth seems to be open: close the lips and take it again.",
        )
    } else if code == Reason::GlassesGlare {
        Text::new(
            "眼镜好像有反光：请稍稍低头、调整灯光，或摘下眼镜。",
            "The glasses seem to reflect: turn them or the light a little, or take them off.",
        )
    } else if code == Reason::TintedLens {
        Text::new(
            "好像戴了深色眼镜，或眼部有阴影：请摘下有色眼镜重拍。",
            "The glasses seem to be dark, or the eyes are in shadow: take tinted glasses off.",
        )
    } else {
        Text::new(
            "皮肤过于光滑，好像用了美颜：请关闭美颜和滤镜重拍。",
            "The skin looks smoothed: turn beauty filters off and take it again.",
        )
    }
}

/// What is before the face, in it, on the head or beside it.
fn covered(code: Reason) -> Text {
    if code == Reason::FaceCovered {
        Text::new(
            "脸好像被挡住了：请拿开口罩、手或其他东西，露出整张脸重拍。",
            "Something seems to hide your face: take off the mask, or move the hand or thing away, and take it again.",
        )
    } else if code == Reason::Hair {
        Text::new(
            "头发好像挡住了脸：请把头发梳到耳后，露出眉毛和眼睛重拍。",
            "Hair seems to hide your face: put it behind your ears, show brows and eyes, and take it again.",
        )
    } else if code == Reason::Headwear {
        Text::new(
            "好像戴了帽子或头饰：如非宗教、医疗或习俗需要，请摘下重拍。",
            "You seem to wear something on your head: unless it is for religion, health or custom, take it off.",
        )
    } else {
        Text::new(
            "脸旁好像有手或其他东西：请放下后重拍。",
            "There seems to be a hand or an object beside your face: put it down and take it again.",
        )
    }
}

#[cfg(test)]
mod tests;
