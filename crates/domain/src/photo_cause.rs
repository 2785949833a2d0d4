//! The one thing to do about a photo: of all that was found, what causes it, and what mends it.

use photo::{AutoCrop, Crop, Finding, Measurements, Reason, Rules, Severity, Unit, Verdict, judge};

use crate::word::words;

/// A picture with fewer pixels across than this share, in percent, of what the result needs is too small itself; in a
/// larger one the person is too far away. Our own choice: a head fills at most two thirds of a usual portrait's width.
const SMALL_PERCENT: u32 = 150;
/// By how many hundredths of its width a crop must differ from the best one before a move is told. Our own choice.
const MOVE_PERCENT: u32 = 2;

words! {
    /// Why a photo is not as it should be, in the order in which it is mended. The label is the one sentence to show.
    PhotoCause {
        /// The file cannot be used.
        BadFile = "bad_file", "这个文件不能用，请换一张 JPG 或 PNG 照片", "This file can't be used. Choose another JPG or PNG photo";
        /// The picture lies on its side.
        Sideways = "sideways", "照片是横着的，请先转正", "The photo is on its side. Rotate it first";
        /// The picture stands on its head.
        UpsideDown = "upside_down", "照片是倒着的，请先转正", "The photo is upside down. Rotate it first";
        /// Nobody is seen.
        NoFace = "no_face", "没找到人脸，请正对镜头、不要遮挡，重拍一张", "We can't see a face. Face the camera with nothing in the way and retake it";
        /// Several people are.
        ManyFaces = "many_faces", "照片里不止一个人，请单独拍一张", "There's more than one person. Take one on your own";
        /// Something hides a part of the face.
        Covered = "covered", "脸被挡住了，请拿开遮挡物重拍", "Something is covering your face. Move it away and retake it";
        /// Hair hides an eye or a brow, or falls into the face.
        HairInFace = "hair_in_face", "头发挡住了脸，请梳开后重拍", "Your hair is covering your face. Brush it aside and retake it";
        /// The frame could lie better in this picture.
        Unframed = "unframed", "取景框没放好，点一下自动取景", "The frame isn't in the right place. We can place it for you";
        /// The picture cuts the head off.
        HeadCut = "head_cut", "头顶没拍全，请后退一步重拍", "The top of your head is cut off. Step back and retake it";
        /// Too little room above the head.
        NoRoomAbove = "no_room_above", "头顶留白不够，请后退一步重拍", "Leave more space above your head. Step back and retake it";
        /// Too little room below the head.
        NoRoomBelow = "no_room_below", "肩膀没拍全，请后退一步重拍", "Your shoulders are cut off. Step back and retake it";
        /// Too little room beside the head.
        NoRoomBeside = "no_room_beside", "人太靠边了，请站到中间、后退一步重拍", "You're too near the edge. Move to the middle, step back and retake it";
        /// The head is larger than the frame allows.
        TooClose = "too_close", "离镜头太近了，请后退一步重拍", "You're too close. Step back and retake it";
        /// The head is smaller than the pixels allow.
        TooFar = "too_far", "离镜头太远了，请走近一步重拍", "You're too far away. Come a step closer and retake it";
        /// The picture has too few pixels.
        FileSmall = "file_small", "照片太小了，请用相机拍的原图", "The photo is too small. Use the original from your camera";
        /// The proportions of the head fit no frame.
        HeadPlace = "head_place", "头部位置达不到标准，请抬平下巴、压低发型重拍", "Your head doesn't fit the outline. Keep your chin level and your hair flat, and retake it";
        /// There is a border.
        Bordered = "bordered", "照片四周有边框，请换没有边框的原图", "The photo has a border. Choose one without";
        /// The head is tilted.
        Tilted = "tilted", "头歪了，请摆正重拍", "Your head is tilted. Hold it straight and retake it";
        /// It is turned or nodded.
        Turned = "turned", "没有正对镜头，请平视镜头重拍", "You aren't facing the camera. Look straight at it and retake it";
        /// Too little light.
        TooDark = "too_dark", "太暗了，请到亮处重拍", "It's too dark. Find more light and retake it";
        /// Too much light.
        TooBright = "too_bright", "太亮了，请避开强光重拍", "It's too bright. Move out of the strong light and retake it";
        /// Light from one side, or spots of it.
        UnevenLight = "uneven_light", "脸上光线不均匀，请正对光源重拍", "The light on your face is uneven. Face the light and retake it";
        /// Not sharp.
        Blurred = "blurred", "照片不够清晰，请对好焦、拿稳重拍", "The photo isn't sharp. Focus, hold still and retake it";
        /// What stands behind the person.
        Behind = "background", "背景不够干净，请换一面单色墙重拍", "The background isn't plain. Find a plain wall and retake it";
        /// Something beside the person.
        ObjectBeside = "object_beside", "身边有手或别的东西，请放下后重拍", "There's a hand or an object beside you. Put it down and retake it";
        /// Closed eyes.
        EyesClosed = "eyes_closed", "眼睛没睁开，请睁眼重拍", "Your eyes look closed. Open them and retake it";
        /// Open mouth.
        MouthOpen = "mouth_open", "嘴张开了，请自然闭嘴重拍", "Your mouth is open. Close it and retake it";
        /// What glasses do.
        Glasses = "glasses", "眼镜反光或颜色太深，请摘下重拍", "Your glasses are dark or have glare. Take them off and retake it";
        /// Something on the head.
        Headwear = "headwear", "好像戴了帽子；如非宗教或医疗需要，请摘下重拍", "You seem to be wearing a hat. Take it off, unless it's for religious or medical reasons";
        /// Beauty filters.
        Retouched = "retouched", "好像开了美颜，请关掉重拍", "The photo looks retouched. Turn off beauty filters and retake it";
        /// Colours.
        Colours = "colours", "颜色不自然，请关掉滤镜重拍", "The colours look wrong. Turn off filters and retake it";
        /// What was done to the file.
        NotOriginal = "not_original", "这不像相机原图，请换原图", "This doesn't look like the original. Choose the one from your camera";
    }
}

words! {
    /// What mends it. The label is that of the one button.
    PhotoAction {
        /// Turn the picture a quarter clockwise.
        TurnRight = "turn_right", "向右转 90°", "Rotate right";
        /// Turn it a quarter the other way.
        TurnLeft = "turn_left", "向左转 90°", "Rotate left";
        /// Turn it over.
        TurnOver = "turn_over", "转 180°", "Rotate 180°";
        /// Let the frame be placed.
        AutoFrame = "auto_frame", "自动取景", "Frame automatically";
        /// Take the picture again.
        Retake = "retake", "重拍", "Retake";
        /// Take it again from further away.
        RetakeFurther = "retake_further", "退后重拍", "Step back and retake";
        /// Take it again from nearer.
        RetakeNearer = "retake_nearer", "走近重拍", "Move closer and retake";
        /// Choose another file.
        AnotherPhoto = "another_photo", "换一张", "Choose another";
    }
}

/// What is to be shown of a verdict: one cause, one thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoAdvice {
    /// Why the photo is not as it should be.
    pub cause: PhotoCause,
    /// What mends that.
    pub action: PhotoAction,
    /// Whether the photo fails by it.
    pub severity: Severity,
    /// How the picture may be moved behind the frame meanwhile; none where no move helps.
    pub moves: FrameMoves,
    /// How many causes weigh as much as this one, itself among them.
    pub count: usize,
}

/// How a picture is moved behind the frame so that it lies best: at most one way along each axis, and none that the
/// picture has no room for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FrameMoves {
    /// To the right or the left.
    pub right: Option<bool>,
    /// Down or up.
    pub down: Option<bool>,
    /// Larger or smaller.
    pub larger: Option<bool>,
}

impl PhotoAdvice {
    /// The one thing to do about a photo whose `crop` was judged so; `None` where nothing was found.
    pub fn of(
        verdict: &Verdict,
        measured: &Measurements,
        crop: &Crop,
        auto: &AutoCrop,
        rules: &Rules,
    ) -> Option<Self> {
        let severity = verdict.findings.first()?.severity;
        let worst = verdict
            .findings
            .iter()
            .filter(|finding| finding.severity == severity);
        let best = judge(measured, &auto.crop, rules);
        let is_off = |finding: &Finding| is_of_frame(finding.code) && finding.severity <= severity;
        let is_movable = crop != &auto.crop && !best.findings.iter().any(is_off);
        let of = |finding: &Finding| {
            if !is_of_frame(finding.code) {
                of_picture(finding)
            } else if is_movable {
                (PhotoCause::Unframed, PhotoAction::AutoFrame)
            } else {
                of_room(&best, measured, auto, rules)
            }
        };
        let advice = Self::first(worst.map(of), severity)?;
        Some(Self {
            moves: if advice.action == PhotoAction::AutoFrame {
                FrameMoves::between(crop, &auto.crop)
            } else {
                FrameMoves::default()
            },
            ..advice
        })
    }

    /// The one thing to do about a photo of which only the findings are known, worst first, such as one that the server
    /// refused; `None` where nothing was found.
    pub fn of_findings(findings: &[Finding]) -> Option<Self> {
        let severity = findings.first()?.severity;
        let worst = findings
            .iter()
            .filter(|finding| finding.severity == severity);
        Self::first(worst.map(of_picture), severity)
    }

    /// The cause to mend first, and how many there are.
    fn first(
        causes: impl Iterator<Item = (PhotoCause, PhotoAction)>,
        severity: Severity,
    ) -> Option<Self> {
        let causes: Vec<_> = causes.collect();
        let &(cause, action) = causes.iter().min()?;
        let is_among = |cause: &&PhotoCause| causes.iter().any(|(one, _)| one == *cause);
        Some(Self {
            cause,
            action,
            severity,
            moves: FrameMoves::default(),
            count: PhotoCause::ALL.iter().filter(is_among).count(),
        })
    }
}

impl FrameMoves {
    /// From one crop to another; both inside the picture, so that it has room for each move.
    fn between(crop: &Crop, best: &Crop) -> Self {
        let least = i64::from(crop.width * MOVE_PERCENT / 100);
        let middle = |corner: u32, side: u32| i64::from(corner) * 2 + i64::from(side);
        let across = middle(best.x, best.width) - middle(crop.x, crop.width);
        let along = middle(best.y, best.height) - middle(crop.y, crop.height);
        let by = i64::from(crop.width) - i64::from(best.width);
        // What is seen goes the other way than the crop over it.
        let way = |by: i64, least: i64| (by.abs() > least).then_some(by < 0);
        Self {
            right: way(across, 2 * least),
            down: way(along, 2 * least),
            larger: way(-by, least),
        }
    }
}

/// Whether another frame in the same picture could mend it.
fn is_of_frame(code: Reason) -> bool {
    [
        Reason::HeadTop,
        Reason::EyeLine,
        Reason::FaceWidth,
        Reason::NotCentered,
        Reason::TooSmallPx,
        Reason::Aspect,
        Reason::Border,
    ]
    .contains(&code)
}

/// Why even the best frame of this picture is not good enough.
fn of_room(
    best: &Verdict,
    measured: &Measurements,
    auto: &AutoCrop,
    rules: &Rules,
) -> (PhotoCause, PhotoAction) {
    use PhotoAction::{AnotherPhoto, Retake, RetakeFurther, RetakeNearer};
    let is = |code: Reason| best.findings.iter().any(|finding| finding.code == code);
    let has_few_pixels = measured.width_px * 100 < u32::from(rules.width_px) * SMALL_PERCENT;
    let is_cut = measured
        .portrait
        .as_ref()
        .is_some_and(|portrait| portrait.head.crown_confidence <= 0.0);
    let lines = auto.missing.unwrap_or_default();
    let (down, across) = (
        (lines.above_px, lines.below_px),
        (lines.left_px, lines.right_px),
    );
    let sides = [down.0, down.1, across.0, across.1];
    if is_cut {
        (PhotoCause::HeadCut, RetakeFurther)
    } else if sides.iter().filter(|&&side| side > 0).count() > 1 {
        (PhotoCause::TooClose, RetakeFurther)
    } else if down.0 > 0 {
        (PhotoCause::NoRoomAbove, RetakeFurther)
    } else if down.1 > 0 {
        (PhotoCause::NoRoomBelow, RetakeFurther)
    } else if across.0.max(across.1) > 0 {
        (PhotoCause::NoRoomBeside, RetakeFurther)
    } else if is(Reason::Border) {
        (PhotoCause::Bordered, AnotherPhoto)
    } else if has_few_pixels && (is(Reason::TooSmallPx) || is(Reason::FaceWidth)) {
        (PhotoCause::FileSmall, AnotherPhoto)
    } else if is(Reason::TooSmallPx) || is(Reason::FaceWidth) {
        (PhotoCause::TooFar, RetakeNearer)
    } else {
        (PhotoCause::HeadPlace, Retake)
    }
}

/// What a finding says that no frame mends.
fn of_picture(finding: &Finding) -> (PhotoCause, PhotoAction) {
    use PhotoAction::{AnotherPhoto, Retake};
    let is_below = finding
        .measured
        .zip(finding.allowed.and_then(|allowed| allowed.min))
        .is_some_and(|(measured, min)| measured < min);
    match finding.code {
        Reason::Tilt => tilted(finding.measured.unwrap_or_default()),
        Reason::FileType | Reason::FileLimit => (PhotoCause::BadFile, AnotherPhoto),
        Reason::NoFace => (PhotoCause::NoFace, Retake),
        Reason::ManyFaces => (PhotoCause::ManyFaces, Retake),
        Reason::FaceCovered => (PhotoCause::Covered, Retake),
        Reason::Hair => (PhotoCause::HairInFace, Retake),
        Reason::Headwear => (PhotoCause::Headwear, Retake),
        Reason::HandOrObject => (PhotoCause::ObjectBeside, Retake),
        Reason::NotFrontal => (PhotoCause::Turned, Retake),
        Reason::BgColor | Reason::BgUneven | Reason::BgShadow | Reason::BgObject => {
            (PhotoCause::Behind, Retake)
        }
        Reason::Highlight | Reason::HalfShadow => (PhotoCause::UnevenLight, Retake),
        Reason::DarkBright => {
            let is_dark = is_below || finding.unit == Unit::PermilleBlack;
            let cause = if is_dark {
                PhotoCause::TooDark
            } else {
                PhotoCause::TooBright
            };
            (cause, Retake)
        }
        Reason::Blur => (PhotoCause::Blurred, Retake),
        Reason::RedEye | Reason::ColourCast => (PhotoCause::Colours, Retake),
        Reason::EyesClosed => (PhotoCause::EyesClosed, Retake),
        Reason::MouthOpen => (PhotoCause::MouthOpen, Retake),
        Reason::GlassesGlare | Reason::TintedLens => (PhotoCause::Glasses, Retake),
        Reason::Retouched => (PhotoCause::Retouched, Retake),
        Reason::LowQuality | Reason::ColourProfile | Reason::ResultSize => {
            (PhotoCause::NotOriginal, AnotherPhoto)
        }
        // Told by the frame; a verdict on a picture without a face has them alone.
        Reason::HeadTop
        | Reason::EyeLine
        | Reason::FaceWidth
        | Reason::NotCentered
        | Reason::TooSmallPx
        | Reason::Aspect
        | Reason::Border => (PhotoCause::Unframed, PhotoAction::AutoFrame),
    }
}

/// A head that is tilted by so many tenths of a degree clockwise, or the whole picture.
fn tilted(tenths: i64) -> (PhotoCause, PhotoAction) {
    match (-tenths).rem_euclid(3_600) {
        450..1_350 => (PhotoCause::Sideways, PhotoAction::TurnRight),
        1_350..2_250 => (PhotoCause::UpsideDown, PhotoAction::TurnOver),
        2_250..3_150 => (PhotoCause::Sideways, PhotoAction::TurnLeft),
        _ => (PhotoCause::Tilted, PhotoAction::Retake),
    }
}

#[cfg(test)]
mod tests;
