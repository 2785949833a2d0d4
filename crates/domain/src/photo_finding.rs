//! What was found on a photo, in words: what is wrong and by how much. What to do about it is `photo_cause`.

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
            "取景框不是 3:4，或超出了照片",
            "The frame isn't 3:4, or reaches beyond the photo",
        )
    } else if finding.code == Reason::TooSmallPx && finding.unit == Unit::PxHigh {
        Text::new(
            "取景范围太小：高 {measured} 像素，至少要 {min}",
            "The frame is too small: {measured} pixels high, at least {min} needed",
        )
    } else if finding.code == Reason::TooSmallPx {
        Text::new(
            "取景范围太小：宽 {measured} 像素，至少要 {min}",
            "The frame is too small: {measured} pixels wide, at least {min} needed",
        )
    } else if finding.code == Reason::FileType {
        Text::new(
            "不是可用的 JPG 或 PNG 照片",
            "Not a JPG or PNG photo that we can use",
        )
    } else if finding.code == Reason::FileLimit {
        Text::new(
            "文件太大、不完整或已损坏",
            "The file is too large, incomplete or damaged",
        )
    } else if finding.code == Reason::ColourProfile {
        Text::new(
            "色彩空间少见，颜色可能不准；请用 sRGB",
            "Unusual colour space, so colours may be wrong. Use sRGB",
        )
    } else if finding.code == Reason::Border {
        Text::new(
            "四周有黑边或白边：宽 {measured} 像素",
            "There's a black or white border, {measured} pixels wide",
        )
    } else {
        Text::new(
            "照片压缩得太厉害；请用相机原图，不要用聊天软件转发的",
            "The photo is too compressed. Use the original, not one sent in a chat",
        )
    }
}

/// The bytes of the result, which follow from what is seen.
fn bytes(is_below: bool) -> Text {
    if is_below {
        Text::new(
            "成片细节太少：{measured} 字节，一般为 {min}–{max}",
            "The result has little detail: {measured} bytes, usually {min} to {max}",
        )
    } else {
        Text::new(
            "成片噪点或花纹太多：{measured} 字节，一般为 {min}–{max}",
            "The result has a lot of noise or pattern: {measured} bytes, usually {min} to {max}",
        )
    }
}

fn faces(code: Reason) -> Text {
    if code == Reason::NoFace {
        Text::new("没有找到人脸", "No face found")
    } else {
        Text::new(
            "取景框里有 {measured} 张人脸",
            "There are {measured} faces in the frame",
        )
    }
}

/// What is said of a whole picture that lies on its side or stands on its head.
fn turned(finding: &Finding) -> Option<Text> {
    let tilt = finding.measured.filter(|_| finding.code == Reason::Tilt)?;
    match tilt.abs() {
        0..450 => None,
        450..1_350 => Some(Text::new("照片是横着的", "The photo is on its side")),
        _ => Some(Text::new("照片是倒着的", "The photo is upside down")),
    }
}

/// Where the lines of the head lie. Which way to move is told by [`PhotoAdvice`](crate::PhotoAdvice), which knows what
/// room the picture has.
fn lines(code: Reason, is_below: bool) -> Text {
    match (code, is_below) {
        (Reason::HeadTop, true) => Text::new(
            "头顶留白太少：{measured} 像素，应为 {min}–{max}",
            "Too little space above the head: {measured} pixels, should be {min} to {max}",
        ),
        (Reason::HeadTop, false) => Text::new(
            "头顶留白太多：{measured} 像素，应为 {min}–{max}",
            "Too much space above the head: {measured} pixels, should be {min} to {max}",
        ),
        (Reason::EyeLine, true) => Text::new(
            "眼睛太靠上：距上边 {measured} 像素，应为 {min}–{max}",
            "Eyes too high: {measured} pixels from the top, should be {min} to {max}",
        ),
        (Reason::EyeLine, false) => Text::new(
            "眼睛太靠下：距上边 {measured} 像素，应为 {min}–{max}",
            "Eyes too low: {measured} pixels from the top, should be {min} to {max}",
        ),
        (Reason::FaceWidth, true) => Text::new(
            "脸太小：宽 {measured} 像素，应为 {min}–{max}",
            "Face too small: {measured} pixels wide, should be {min} to {max}",
        ),
        (Reason::FaceWidth, false) => Text::new(
            "脸太大：宽 {measured} 像素，应为 {min}–{max}",
            "Face too large: {measured} pixels wide, should be {min} to {max}",
        ),
        (Reason::NotCentered, true) => Text::new(
            "人偏左 {measured} 像素，最多 {max}",
            "Face {measured} pixels left of centre, at most {max}",
        ),
        (_, _) => Text::new(
            "人偏右 {measured} 像素，最多 {max}",
            "Face {measured} pixels right of centre, at most {max}",
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
            "头向您的右肩歪了 {measured}°，最多 {max}°",
            "Head tilted {measured}° towards your right shoulder, at most {max}°",
        ),
        (Reason::Tilt, _, false) => Text::new(
            "头向您的左肩歪了 {measured}°，最多 {max}°",
            "Head tilted {measured}° towards your left shoulder, at most {max}°",
        ),
        (_, Unit::TenthDegreesUp, true) => Text::new(
            "低头 {measured}°，最多 {max}°",
            "Head bowed by {measured}°, at most {max}°",
        ),
        (_, Unit::TenthDegreesUp, false) => Text::new(
            "抬头 {measured}°，最多 {max}°",
            "Head raised by {measured}°, at most {max}°",
        ),
        (_, _, true) => Text::new(
            "脸向您的右边转了 {measured}°，最多 {max}°",
            "Face turned {measured}° to your right, at most {max}°",
        ),
        (_, _, false) => Text::new(
            "脸向您的左边转了 {measured}°，最多 {max}°",
            "Face turned {measured}° to your left, at most {max}°",
        ),
    }
}

fn background(code: Reason) -> Text {
    if code == Reason::BgColor {
        Text::new(
            "背景颜色不对，应为{colours}",
            "Wrong background colour, should be {colours}",
        )
    } else if code == Reason::BgShadow {
        Text::new(
            "头旁边的背景上有影子",
            "There's a shadow on the background beside the head",
        )
    } else if code == Reason::BgObject {
        Text::new(
            "背景里好像有东西或花纹",
            "There seems to be an object or pattern in the background",
        )
    } else {
        Text::new("背景深浅不一", "The background is uneven")
    }
}

/// Too dark or too bright, by what was counted.
fn exposure(unit: Unit, is_below: bool) -> Text {
    match (unit, is_below) {
        (Unit::HundredthBits, _) => Text::new(
            "脸部发灰，明暗层次太少",
            "The face is flat and grey, with too few tones",
        ),
        (Unit::PermilleBlack, _) => Text::new(
            "脸上有 {measured}% 几乎全黑，最多 {max}%",
            "{measured}% of the face is nearly black, at most {max}%",
        ),
        (_, true) => Text::new(
            "脸太暗：亮度 {measured}%，至少 {min}%",
            "The face is too dark: brightness {measured}%, at least {min}%",
        ),
        (_, false) => Text::new(
            "脸太亮：{measured}% 发白，最多 {max}%",
            "The face is too bright: {measured}% is nearly white, at most {max}%",
        ),
    }
}

fn light(finding: &Finding, is_below: bool) -> Text {
    match (finding.code, finding.unit) {
        (Reason::Highlight, _) => Text::new(
            "脸上有 {measured}% 的亮斑",
            "Bright spots on {measured}% of the face",
        ),
        (Reason::HalfShadow, _) => Text::new("脸的一侧偏暗", "One side of the face is darker"),
        (Reason::DarkBright, unit) => exposure(unit, is_below),
        (Reason::RedEye, _) => Text::new("好像有红眼", "The eyes look red"),
        (Reason::Blur, _) => Text::new(
            "照片不够清晰：模糊度 {measured}%，最多 {max}%",
            "The photo isn't sharp: blur {measured}%, at most {max}%",
        ),
        (_, Unit::Degrees) => Text::new("肤色偏色", "Skin colours look wrong"),
        (_, _) => Text::new(
            "照片是黑白的，或颜色太淡",
            "The photo is black and white, or nearly so",
        ),
    }
}

fn face(code: Reason) -> Text {
    if code == Reason::EyesClosed {
        Text::new("眼睛好像没睁开", "The eyes look closed")
    } else if code == Reason::MouthOpen {
        Text::new("嘴好像张开了，或露齿", "The mouth looks open")
    } else if code == Reason::GlassesGlare {
        Text::new("眼镜好像反光", "There seems to be glare on the glasses")
    } else if code == Reason::TintedLens {
        Text::new(
            "好像戴了深色眼镜，或眼部有阴影",
            "The glasses look dark, or the eyes are in shadow",
        )
    } else {
        Text::new(
            "皮肤过于光滑，好像开了美颜",
            "The skin looks smoothed by a beauty filter",
        )
    }
}

/// What is before the face, in it, on the head or beside it.
fn covered(code: Reason) -> Text {
    if code == Reason::FaceCovered {
        Text::new("脸好像被挡住了", "Something seems to cover the face")
    } else if code == Reason::Hair {
        Text::new("头发好像挡住了脸", "Hair seems to cover the face")
    } else if code == Reason::Headwear {
        Text::new("好像戴了帽子或头饰", "There seems to be a hat or headwear")
    } else {
        Text::new(
            "脸旁好像有手或别的东西",
            "There seems to be a hand or an object beside the face",
        )
    }
}

#[cfg(test)]
mod tests;
