//! Why a photo was not accepted, and what to do about it. Source of the codes: docs/sources.md#photo-reason-codes.

use domain::{Lang, Text, background_colours};
use photo::{Range, Rules};

use super::fill;

/// Every reason that a reviewer, the school or CHSI can give, by its word.
const REASONS: [(&str, Text); 47] = [
    (
        "file_type",
        Text::new(
            "不是 JPG 或 PNG 照片，请换一张。",
            "Not a JPG or PNG photo: choose another.",
        ),
    ),
    (
        "too_small_px",
        Text::new(
            "照片小于 {size} 像素，请用相机原图。",
            "Smaller than {size} pixels: use the camera's original.",
        ),
    ),
    (
        "aspect",
        Text::new("宽高比不是 3:4，请重新取景。", "Not 3:4: frame it again."),
    ),
    (
        "file_limit",
        Text::new(
            "文件过大或损坏，请重新选择。",
            "Too large or damaged: choose it again.",
        ),
    ),
    (
        "border",
        Text::new(
            "四周有黑边、白边或边框，请裁掉。",
            "It has a border: cut it off.",
        ),
    ),
    (
        "text_watermark",
        Text::new(
            "照片上有文字、水印或图案，请用没有处理过的原图。",
            "There is text, a watermark or a pattern on it: use an untouched original.",
        ),
    ),
    (
        "no_face",
        Text::new(
            "看不到人脸，请正对镜头重拍。",
            "No face can be seen: face the camera and take it again.",
        ),
    ),
    (
        "many_faces",
        Text::new(
            "照片里不止一个人，请单独拍摄。",
            "More than one person: take it alone.",
        ),
    ),
    (
        "face_covered",
        Text::new(
            "脸被挡住了，请露出整张脸重拍。",
            "Something hides your face: show all of it and take it again.",
        ),
    ),
    (
        "head_top",
        Text::new(
            "头顶的位置不对，应距上边沿 {head_top} 像素，请重新取景。",
            "The top of the head should be {head_top} pixels from the upper edge: frame it again.",
        ),
    ),
    (
        "eye_line",
        Text::new(
            "眼睛的位置不对，应距上边沿 {eye_line} 像素，请重新取景。",
            "The eyes should be {eye_line} pixels from the upper edge: frame it again.",
        ),
    ),
    (
        "face_width",
        Text::new(
            "脸太大或太小，脸宽应为 {face_width} 像素，请缩放画面。",
            "The face should be {face_width} pixels wide: zoom in or out.",
        ),
    ),
    (
        "not_centered",
        Text::new(
            "人像没有居中，请左右移动画面。",
            "You are not in the middle: move the picture.",
        ),
    ),
    (
        "tilt",
        Text::new(
            "头部倾斜或双眼不在一条水平线上，请摆正后重拍。",
            "The head is tilted: hold it straight and take it again.",
        ),
    ),
    (
        "bg_color",
        Text::new(
            "背景颜色不符合要求，应为{colours}，请换背景重拍。",
            "The background has the wrong colour: take it again before a {colours} background.",
        ),
    ),
    (
        "bg_uneven",
        Text::new(
            "背景不均匀或有渐变，请换平整的背景重拍。",
            "The background is uneven: use a plain one.",
        ),
    ),
    (
        "bg_shadow",
        Text::new(
            "背景上有阴影，请离背景远一点或换个光线。",
            "There is a shadow on the background: stand further from it or change the light.",
        ),
    ),
    (
        "bg_object",
        Text::new(
            "背景里有其他人或物品，请清空后重拍。",
            "Something else is in the background: clear it and take it again.",
        ),
    ),
    (
        "hand_or_object",
        Text::new(
            "照片里有手或其他物品，请放下后重拍。",
            "A hand or an object is in the photo: put it down and take it again.",
        ),
    ),
    (
        "highlight",
        Text::new(
            "脸上有反光，请避开强光直射。",
            "There are bright spots on the face: avoid hard light.",
        ),
    ),
    (
        "half_shadow",
        Text::new(
            "脸的一侧太暗，请让两侧光线一样亮。",
            "One half of the face is in shadow: light both sides alike.",
        ),
    ),
    (
        "dark_bright",
        Text::new(
            "照片太暗或太亮，请换个光线重拍。",
            "Too dark or too bright: change the light.",
        ),
    ),
    (
        "red_eye",
        Text::new(
            "有红眼，请关闭闪光灯重拍。",
            "Red eyes: take it without flash.",
        ),
    ),
    (
        "blur",
        Text::new(
            "照片不清晰，请对好焦、拿稳后重拍。",
            "Not sharp: focus, hold still and take it again.",
        ),
    ),
    (
        "distorted",
        Text::new(
            "照片变形，请不要拉伸，也不要离镜头太近。",
            "Distorted: do not stretch it or stand too close.",
        ),
    ),
    (
        "low_quality",
        Text::new(
            "照片被过度压缩，请用相机原图，不要经聊天软件转发。",
            "Compressed too much: use the original, not one sent through a chat.",
        ),
    ),
    (
        "colour_profile",
        Text::new(
            "照片的色彩空间少见，颜色可能不准，请导出为 sRGB 后重新提交。",
            "Unusual colour space, the colours may be off: export the photo as sRGB and send it again.",
        ),
    ),
    (
        "colour_cast",
        Text::new(
            "颜色不自然，请关闭滤镜，在自然光下重拍彩色照片。",
            "The colours are off: turn filters off and take it in daylight.",
        ),
    ),
    (
        "eyes_closed",
        Text::new(
            "没有睁眼或没有平视镜头，请重拍。",
            "Eyes closed or looking away: take it again.",
        ),
    ),
    (
        "mouth_open",
        Text::new(
            "露齿或张嘴，请自然闭合嘴唇重拍。",
            "The mouth is open: close the lips and take it again.",
        ),
    ),
    (
        "shoulders",
        Text::new(
            "肩膀不平，请坐正后重拍。",
            "The shoulders are uneven: sit straight and take it again.",
        ),
    ),
    (
        "not_frontal",
        Text::new(
            "没有正对镜头，请正面重拍。",
            "Not from the front: face the camera.",
        ),
    ),
    (
        "hair",
        Text::new(
            "头发遮住了眉毛、眼睛或耳朵，请梳起后重拍。",
            "Hair covers brows, eyes or ears: put it back and take it again.",
        ),
    ),
    (
        "glasses_glare",
        Text::new(
            "眼镜反光或镜框遮住眼睛，请调整角度或摘下重拍。",
            "Glasses reflect or hide the eyes: turn a little or take them off.",
        ),
    ),
    (
        "tinted_lens",
        Text::new(
            "戴了有色眼镜或美瞳，请摘下重拍。",
            "Tinted glasses or coloured lenses: take them off.",
        ),
    ),
    (
        "jewellery",
        Text::new("戴了饰品，请摘下重拍。", "Jewellery: take it off."),
    ),
    (
        "headwear",
        Text::new(
            "戴了帽子或头饰，请摘下重拍。",
            "A hat or headwear: take it off.",
        ),
    ),
    (
        "makeup",
        Text::new(
            "妆容过浓，请淡妆或素颜重拍。",
            "Too much make-up: use less.",
        ),
    ),
    (
        "clothes_color",
        Text::new(
            "衣服颜色与背景太接近，请换深色衣服重拍。",
            "The clothes look like the background: wear something darker.",
        ),
    ),
    (
        "clothes_improper",
        Text::new(
            "衣着不整齐，请整理后重拍。",
            "The clothes are untidy: please put them in order.",
        ),
    ),
    (
        "retouched",
        Text::new(
            "修图或美颜过度，请用没有修饰的照片。",
            "Retouched too much: use a photo as it was taken.",
        ),
    ),
    (
        "rephotographed",
        Text::new(
            "是翻拍或扫描件，请提交原始照片。",
            "A photo or scan of a print: submit the original.",
        ),
    ),
    (
        "selfie_life",
        Text::new(
            "是自拍或生活照，请请他人按证件照要求拍摄。",
            "A selfie or snapshot: have it taken like an ID photo.",
        ),
    ),
    (
        "outdated",
        Text::new(
            "不是近一年内的照片，请重新拍摄。",
            "Older than a year: take a new one.",
        ),
    ),
    (
        "not_self",
        Text::new(
            "看起来不是本人，请提交自己的照片。",
            "It does not seem to be you: submit your own photo.",
        ),
    ),
    (
        "chsi_quality",
        Text::new(
            "学信网质量检查未通过，请按要求重拍。",
            "CHSI's quality check did not accept it: take a new one by the rules.",
        ),
    ),
    (
        "chsi_face",
        Text::new(
            "学信网人像比对未通过，请重拍；仍不通过请联系学校。",
            "CHSI could not match it with your admission photo: take a new one; if it fails again, ask your school.",
        ),
    ),
];

/// A reason without words of its own, such as a school's.
const OTHER: Text = Text::new(
    "学校或审核人员退回，请看留言，或咨询学校。",
    "Sent back by your school or a reviewer: see the note or ask your school.",
);

/// Why, and what to do under the rules of the task.
pub(crate) fn reason(code: &str, rules: &Rules, lang: Lang) -> String {
    let mut known = REASONS.iter();
    let text = known
        .find(|(known, _)| *known == code)
        .map_or(OTHER, |(_, text)| *text);
    let range = |range: Range| format!("{}–{}", range.min, range.max);
    fill(
        text.get(lang),
        &[
            ("size", &format!("{}×{}", rules.width_px, rules.height_px)),
            ("head_top", &range(rules.head_top)),
            ("eye_line", &range(rules.eye_line)),
            ("face_width", &range(rules.face_width)),
            ("colours", &background_colours(&rules.background, lang)),
        ],
    )
}
