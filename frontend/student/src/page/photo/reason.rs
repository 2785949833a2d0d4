//! Why a photo was not accepted, and what to do about it. Source of the codes: docs/sources.md#photo-reason-codes.

use domain::{Lang, Text, background_colours};
use photo::{Range, Rules};
use yew::{Html, html};

use super::drawing::drawing_of_reason;
use super::fill;

/// Every reason that a reviewer, the school or CHSI can give, by its word.
const REASONS: [(&str, Text); 47] = [
    (
        "file_type",
        Text::new(
            "这不是 JPG 或 PNG 照片，请换一张。",
            "This isn't a JPG or PNG photo. Choose another.",
        ),
    ),
    (
        "too_small_px",
        Text::new(
            "照片小于 {size} 像素，请用相机拍的原图。",
            "The photo is smaller than {size} pixels. Use the original from your camera.",
        ),
    ),
    (
        "aspect",
        Text::new(
            "宽高比不是 3:4，请重新取景。",
            "The photo isn't 3:4. Frame it again.",
        ),
    ),
    (
        "file_limit",
        Text::new(
            "文件太大或已损坏，请换一张。",
            "The file is too large or damaged. Choose another.",
        ),
    ),
    (
        "border",
        Text::new(
            "照片四周有边框，请换没有边框的原图。",
            "The photo has a border. Choose one without.",
        ),
    ),
    (
        "text_watermark",
        Text::new(
            "照片上有文字、水印或图案，请用没处理过的原图。",
            "There's text, a watermark or a pattern on the photo. Use an unedited original.",
        ),
    ),
    (
        "no_face",
        Text::new(
            "看不到人脸，请正对镜头重拍。",
            "We can't see a face. Face the camera and retake it.",
        ),
    ),
    (
        "many_faces",
        Text::new(
            "照片里不止一个人，请单独拍一张。",
            "There's more than one person. Take one on your own.",
        ),
    ),
    (
        "face_covered",
        Text::new(
            "脸被挡住了，请露出整张脸重拍。",
            "Something is covering your face. Show your whole face and retake it.",
        ),
    ),
    (
        "head_top",
        Text::new(
            "头顶位置不对，应距上边 {head_top} 像素，请重新取景。",
            "The top of your head should be {head_top} pixels from the top edge. Frame it again.",
        ),
    ),
    (
        "eye_line",
        Text::new(
            "眼睛位置不对，应距上边 {eye_line} 像素，请重新取景。",
            "Your eyes should be {eye_line} pixels from the top edge. Frame it again.",
        ),
    ),
    (
        "face_width",
        Text::new(
            "脸太大或太小，脸宽应为 {face_width} 像素，请重新取景。",
            "Your face should be {face_width} pixels wide. Frame it again.",
        ),
    ),
    (
        "not_centered",
        Text::new(
            "人没有居中，请重新取景。",
            "You aren't in the middle. Frame it again.",
        ),
    ),
    (
        "tilt",
        Text::new(
            "头歪了，请摆正重拍。",
            "Your head is tilted. Hold it straight and retake it.",
        ),
    ),
    (
        "bg_color",
        Text::new(
            "背景颜色不对，应为{colours}，请换背景重拍。",
            "The background is the wrong colour. Use a {colours} one and retake it.",
        ),
    ),
    (
        "bg_uneven",
        Text::new(
            "背景深浅不一，请换一面单色墙重拍。",
            "The background is uneven. Find a plain wall and retake it.",
        ),
    ),
    (
        "bg_shadow",
        Text::new(
            "背景上有影子，请离墙远一点重拍。",
            "There's a shadow on the background. Stand further from the wall and retake it.",
        ),
    ),
    (
        "bg_object",
        Text::new(
            "背景里有别的人或东西，请换一面干净的墙重拍。",
            "There's something in the background. Find a plain wall and retake it.",
        ),
    ),
    (
        "hand_or_object",
        Text::new(
            "照片里有手或别的东西，请放下后重拍。",
            "There's a hand or an object in the photo. Put it down and retake it.",
        ),
    ),
    (
        "highlight",
        Text::new(
            "脸上反光，请避开强光重拍。",
            "There are bright spots on your face. Move out of the strong light and retake it.",
        ),
    ),
    (
        "half_shadow",
        Text::new(
            "半边脸太暗，请正对光源重拍。",
            "One side of your face is in shadow. Face the light and retake it.",
        ),
    ),
    (
        "dark_bright",
        Text::new(
            "照片太暗或太亮，请换个光线重拍。",
            "The photo is too dark or too bright. Change the light and retake it.",
        ),
    ),
    (
        "red_eye",
        Text::new(
            "有红眼，请关掉闪光灯重拍。",
            "Your eyes look red. Turn off the flash and retake it.",
        ),
    ),
    (
        "blur",
        Text::new(
            "照片不够清晰，请对好焦、拿稳重拍。",
            "The photo isn't sharp. Focus, hold still and retake it.",
        ),
    ),
    (
        "distorted",
        Text::new(
            "照片变形了，请不要拉伸，也别离镜头太近。",
            "The photo is distorted. Don't stretch it or stand too close.",
        ),
    ),
    (
        "low_quality",
        Text::new(
            "照片压缩得太厉害，请用相机原图，不要用聊天软件转发的。",
            "The photo is too compressed. Use the original, not one sent in a chat.",
        ),
    ),
    (
        "colour_profile",
        Text::new(
            "照片的色彩空间少见，请导出为 sRGB 后重新提交。",
            "The photo uses an unusual colour space. Export it as sRGB and submit it again.",
        ),
    ),
    (
        "colour_cast",
        Text::new(
            "颜色不自然，请关掉滤镜重拍。",
            "The colours look wrong. Turn off filters and retake it.",
        ),
    ),
    (
        "eyes_closed",
        Text::new(
            "没有睁眼或没看镜头，请重拍。",
            "Your eyes are closed or looking away. Retake it.",
        ),
    ),
    (
        "mouth_open",
        Text::new(
            "张嘴或露齿了，请自然闭嘴重拍。",
            "Your mouth is open. Close it and retake it.",
        ),
    ),
    (
        "shoulders",
        Text::new(
            "肩膀不平，请坐正重拍。",
            "Your shoulders aren't level. Sit straight and retake it.",
        ),
    ),
    (
        "not_frontal",
        Text::new(
            "没有正对镜头，请平视镜头重拍。",
            "You aren't facing the camera. Look straight at it and retake it.",
        ),
    ),
    (
        "hair",
        Text::new(
            "头发遮住了眉毛、眼睛或耳朵，请梳开重拍。",
            "Hair covers your eyebrows, eyes or ears. Brush it aside and retake it.",
        ),
    ),
    (
        "glasses_glare",
        Text::new(
            "眼镜反光或镜框挡住眼睛，请摘下重拍。",
            "There's glare on your glasses, or they hide your eyes. Take them off and retake it.",
        ),
    ),
    (
        "tinted_lens",
        Text::new(
            "戴了有色眼镜或美瞳，请摘下重拍。",
            "You're wearing tinted glasses or coloured lenses. Take them off and retake it.",
        ),
    ),
    (
        "jewellery",
        Text::new(
            "戴了首饰，请摘下重拍。",
            "You're wearing jewellery. Take it off and retake it.",
        ),
    ),
    (
        "headwear",
        Text::new(
            "戴了帽子或头饰，请摘下重拍。",
            "You're wearing a hat or headwear. Take it off and retake it.",
        ),
    ),
    (
        "makeup",
        Text::new(
            "妆太浓了，请淡妆或素颜重拍。",
            "There's too much make-up. Use less and retake it.",
        ),
    ),
    (
        "clothes_color",
        Text::new(
            "衣服颜色和背景太接近，请换深色衣服重拍。",
            "Your clothes blend into the background. Wear something darker and retake it.",
        ),
    ),
    (
        "clothes_improper",
        Text::new(
            "衣着不整齐，请整理好重拍。",
            "Your clothes are untidy. Straighten them and retake it.",
        ),
    ),
    (
        "retouched",
        Text::new(
            "修图或美颜过度，请用没修过的照片。",
            "The photo is retouched. Use one that isn't.",
        ),
    ),
    (
        "rephotographed",
        Text::new(
            "这是翻拍或扫描的，请提交原始照片。",
            "This is a photo or scan of a print. Submit the original.",
        ),
    ),
    (
        "selfie_life",
        Text::new(
            "这是自拍或生活照，请别人按证件照的要求帮您拍。",
            "This is a selfie or snapshot. Ask someone to take an ID-style photo.",
        ),
    ),
    (
        "outdated",
        Text::new(
            "不是近一年内的照片，请重新拍一张。",
            "The photo is more than a year old. Take a new one.",
        ),
    ),
    (
        "not_self",
        Text::new(
            "看起来不是您本人，请提交自己的照片。",
            "It doesn't look like you. Submit a photo of yourself.",
        ),
    ),
    (
        "chsi_quality",
        Text::new(
            "没有通过学信网的质量检查，请按要求重拍。",
            "CHSI's quality check didn't accept the photo. Retake it, following the requirements.",
        ),
    ),
    (
        "chsi_face",
        Text::new(
            "没有通过学信网的人像比对，请重拍；还是不行就联系学校。",
            "CHSI couldn't match the photo with your admission photo. Retake it. If it fails again, contact your school.",
        ),
    ),
];

/// A reason without words of its own, such as a school's.
const OTHER: Text = Text::new(
    "学校或审核人员退回了照片，请看留言，或联系学校。",
    "Your school or a reviewer sent it back. Read the note, or contact your school.",
);

/// Every reason in a sentence and, where one helps, as a drawing.
pub(crate) fn drawn_reasons(codes: &[String], rules: &Rules, lang: Lang) -> Html {
    if codes.is_empty() {
        return Html::default();
    }
    let one = |code: &String| {
        html! { <li class="drawn"><span>{ reason(code, rules, lang) }</span>{ drawing_of_reason(code) }</li> }
    };
    html! { <ul class="reasons">{ for codes.iter().map(one) }</ul> }
}

/// Why, and what to do under the rules of the task.
fn reason(code: &str, rules: &Rules, lang: Lang) -> String {
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
