//! What the review page says.

use client::FindingCode;
use domain::Lang;
use domain::review::{RejectReason, ReviewOutcome};

ui::texts! {
    /// Texts of the review page.
    pub(super) struct ReviewTexts {
        title: "审核照片", "Review photos";
        empty: "没有等待审核的照片。", "No photos are waiting.";
        many: "多张一起审核", "Review many at once";
        one_by_one: "逐张审核", "One by one";
        grid_title: "多张一起审核", "Review many at once";
        grid_lead: "这里只有自动检测没有发现问题的照片。每张至少看半秒后才能一起通过；有疑问的，点开单独审核。", "Only photos without findings are here. Look at each for at least half a second before you approve them together; open any that you doubt.";
        approve_looked: "通过看过的 {count} 张", "Approve the {count} you looked at";
        looked: "已看 {count} / {total} 张", "Looked at {count} of {total}";
        grid_empty: "没有可以一起审核的照片。", "No photos without findings are waiting.";
        grid_alt: "第 {number} 张，点开单独审核", "Photo {number}: open it by itself";
        photo_alt: "待审核的照片", "The photo to review";
        previous_alt: "上一张照片", "The earlier photo";
        previous: "上一张未通过，原因：", "The earlier photo was not accepted:";
        show_original: "查看原图（会留下记录）", "Show the original (this is recorded)";
        show_framed: "返回裁剪后的照片", "Back to the framed photo";
        facts: "第 {number} 次提交 · 等待自 {since} · 本次已审 {done} 张", "Submission {number} · waiting since {since} · reviewed now: {done}";
        student_note: "学生的说明", "The student's note";
        nothing_found: "自动检测没有发现问题。", "The automatic check found nothing.";
        findings_hidden: "复核照片：自动检测的结果在您决定之前不显示，其他审核员也会独立审核。", "For a second look: what the automatic check found stays hidden until you decide, and another reviewer decides too.";
        found: "自动检测发现 {count} 项", "The automatic check found {count}";
        reasons: "驳回原因", "Reasons to reject";
        more_reasons: "更多原因", "More reasons";
        note: "给学生的说明（驳回时可填）；转交时请写明问题", "Note to the student (with a rejection), or your question when you pass it on";
        approve: "通过", "Approve";
        reject: "驳回", "Reject";
        escalate: "转交", "Pass on";
        undo: "撤销", "Undo";
        undone: "已撤销", "Undone";
        latest: "最近的审核", "Latest reviews";
        keys: "快捷键：A 通过，R 驳回，E 转交，U 撤销，F 调整取景，1–9 选择原因，按住 O 显示参考线。", "Keys: A approve, R reject, E pass on, U undo, F adjust, 1–9 reasons; hold O for guide lines.";
        undoing: "决定还在发送，送达后立即撤销。", "The decision is still being sent; it will be undone as soon as it has arrived.";
        nothing_to_undo: "没有可以撤销的审核：只能撤销 10 秒内的决定。", "Nothing to undo: a decision can be undone for 10 seconds.";
        same_picture: "同校另一名学生也提交过这张照片", "Another student of the school sent this picture too";
        same_file: "同一个文件", "the same file";
        near_same: "画面几乎相同", "nearly the same picture";
        same_facts: "{how} · 提交于 {time} · {state}", "{how} · sent {time} · {state}";
        same_alt: "另一名学生的照片", "The other student's photo";
        adjusted: "审核人员已调整过方向或取景。", "A reviewer has turned it or moved its frame.";
        adjust: "调整方向和取景", "Turn or move the frame";
        adjust_lead: "拖动照片或用方向键移动，＋ − 缩放，T 旋转。完成后会重新检测，学生会看到审核人员调整过。", "Drag the photo or use the arrow keys, + and − to zoom, T to turn. It is checked again, and the student sees that a reviewer adjusted it.";
        adjust_frame: "照片取景，可用方向键移动", "The frame of the photo; arrow keys move it";
        adjust_apply: "按此取景重新检测", "Use this frame and check again";
        adjust_cancel: "取消", "Cancel";
        turn: "顺时针旋转 90°", "Turn 90° clockwise";
        zoom_in: "放大", "Zoom in";
        zoom_out: "缩小", "Zoom out";
        to_left: "左移", "Left";
        to_right: "右移", "Right";
        to_top: "上移", "Up";
        to_bottom: "下移", "Down";
        comma: "、", ", ";
        approve_with_reasons: "已选择驳回原因，不能通过。请先取消选择。", "Reasons are chosen. Clear them to approve.";
        reject_without: "请先选择驳回原因（按 1–9）。", "Choose a reason first (keys 1–9).";
        escalate_without: "转交前请写明问题，并取消已选的原因。", "Write your question and clear the reasons to pass it on.";
        file_type: "文件类型不符", "wrong file type";
        too_small: "像素不足", "too few pixels";
        aspect: "宽高比不符", "wrong shape";
        file_limit: "文件过大或损坏", "file too large or damaged";
        eye_line: "眼睛位置不符", "eyes too high or too low";
        no_face: "未检测到人脸", "no face found";
        many_faces: "检测到多张人脸", "several faces";
        colour_profile: "色彩空间不是 sRGB", "colours are not sRGB";
        result_size: "成品文件大小不在常见范围", "unusual size of the result";
        colour_cast: "偏色", "colour cast";
        other: "其他问题", "something else";
    }
}

impl ReviewTexts {
    /// What is missing for a decision.
    pub(super) fn incomplete(&self, outcome: ReviewOutcome) -> &'static str {
        match outcome {
            ReviewOutcome::Approved => self.approve_with_reasons,
            ReviewOutcome::Rejected => self.reject_without,
            ReviewOutcome::Escalated => self.escalate_without,
        }
    }

    /// The label of a reason code, of a reviewer's or of the automatic check's.
    pub(super) fn finding(&self, code: &str, lang: Lang) -> String {
        if let Some(reason) = RejectReason::parse(code) {
            return reason.label().get(lang).to_owned();
        }
        let texts = [
            (FindingCode::FileType, self.file_type),
            (FindingCode::TooSmallPx, self.too_small),
            (FindingCode::Aspect, self.aspect),
            (FindingCode::FileLimit, self.file_limit),
            (FindingCode::EyeLine, self.eye_line),
            (FindingCode::NoFace, self.no_face),
            (FindingCode::ManyFaces, self.many_faces),
            (FindingCode::ColourProfile, self.colour_profile),
            (FindingCode::ResultSize, self.result_size),
            (FindingCode::ColourCast, self.colour_cast),
        ];
        let code = FindingCode::of(code);
        let known = texts.iter().find(|(one, _)| *one == code);
        let text = known.map_or(self.other, |(_, text)| text);
        text.to_owned()
    }
}
