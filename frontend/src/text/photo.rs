//! Texts of the photo page.

super::texts! {
    /// The photo.
    Photo {
        title: "提交照片", "Your photo";
        about: "请核对您的信息", "Check your details";
        name: "姓名", "Name";
        number: "证件号", "Document number";
        level: "学历层次", "Level";
        school: "学校", "School";
        college: "院系", "College";
        major: "专业", "Major";
        class_name: "班级", "Class";
        student_no: "学号", "Student number";
        about_wrong: "信息有误？", "Something is wrong?";
        deadline: "截止时间", "Deadline";
        consent_title: "先征得您的单独同意", "First, your separate consent";
        consent_whole: "阅读全文", "Read it all";
        consent_agree: "同意并继续", "Agree and continue";
        rules: "照片要求", "What the photo must look like";
        rule_recent: "近一年内的本人正面免冠彩色照片，五官清晰，不修饰面部特征", "Recent, in colour, from the front, bareheaded; features clear and not retouched";
        rule_background: "背景为均匀的浅蓝色，没有阴影、边框和其他物品", "Plain light blue background without shadow, border or other things";
        rule_pose: "头正、双眼睁开平视、双耳对称、嘴唇自然闭合；头发不遮眉眼和耳朵", "Head straight, eyes open and level, ears even, lips closed; no hair over brows, eyes or ears";
        rule_clothes: "衣服颜色与背景分明，不戴首饰；常戴眼镜者可戴，不能反光", "Clothes that differ from the background, no jewellery; glasses if you always wear them, without reflections";
        rule_file: "JPG 或 PNG，不超过 10 MB，至少 480×640 像素；文件大小和尺寸由系统自动处理", "JPG or PNG, up to 10 MB, at least 480×640 pixels; size and dimensions are taken care of";
        good: "合格", "Good";
        bad_hair: "头发遮眼", "Hair over the eyes";
        bad_background: "背景杂乱", "Untidy background";
        bad_tilt: "头部歪斜", "Head tilted";
        bad_far: "人像太小", "Too far away";
        bad_glasses: "墨镜、反光", "Dark glasses, glare";
        pick: "选择照片", "Choose a photo";
        take: "拍一张", "Take a photo";
        take_hint: "请他人用后置镜头拍摄，自拍和翻拍可能被驳回。", "Let somebody else use the rear camera; selfies and photos of prints may be rejected.";
        reading: "正在检查照片…", "Checking the photo…";
        frame_title: "调整取景", "Adjust the frame";
        frame_lead: "拖动移动，双指或按钮缩放，让头顶和眼睛落在两条色带里。", "Drag to move, pinch or use the buttons to zoom; bring head and eyes into the two bands.";
        frame_label: "取景框。方向键移动，加号和减号缩放，0 复位。", "Frame. Arrow keys move it, plus and minus zoom, 0 resets.";
        guide_head: "头顶", "Top of head";
        guide_eyes: "眼睛", "Eyes";
        zoom_in: "放大", "Zoom in";
        zoom_out: "缩小", "Zoom out";
        reset: "复位", "Reset";
        left: "左移", "Left";
        right: "右移", "Right";
        up: "上移", "Up";
        down: "下移", "Down";
        lines: "显示参考线", "Show the lines";
        preview: "成片预览", "Result";
        preview_detail: "成片 {width}×{height} 像素，取自原图 {crop_width}×{crop_height} 像素", "{width}×{height} pixels, from {crop_width}×{crop_height} of the original";
        all_good: "像素和比例符合要求", "Size and proportions are right";
        human: "头顶和眼睛请对照参考线；姿势、光线、背景由审核人员查看。", "Compare head and eyes with the lines; a reviewer looks at pose, light and background.";
        use_it: "使用这张照片", "Use this photo";
        other: "换一张", "Choose another";
        uploading: "正在上传照片", "Sending the photo";
        bytes: "已上传 {sent} / {total}", "{sent} of {total}";
        time_left: "约剩 {left}", "about {left} left";
        server_checks: "已传完，正在检查…", "Sent; it is being checked…";
        waiting: "网络断开了，{seconds} 秒后自动重试。照片已保存在本机，可以离开本页再回来。", "The network is lost; trying again in {seconds} s. The photo is kept on this device, you may leave and come back.";
        stay: "可以离开本页，回来后继续上传。", "You may leave this page and continue later.";
        cancel: "取消上传", "Cancel";
        refused: "照片没有通过自动检查", "The photo did not pass the automatic check";
        adjust: "重新调整", "Adjust it again";
        again: "重新上传", "Send it again";
        left_title: "上次的照片还没有传完", "Your photo was not sent completely";
        left_detail: "照片和取景都还在这台设备上。", "The photo and its frame are still on this device.";
        resume: "继续上传", "Continue sending";
        start_over: "重新选择", "Choose another";
        photos_left: "还可提交 {count} 次", "{count} submissions left";
        none_left: "提交次数已用完", "No submissions are left";
        settled_title: "照片已提交", "Your photo is submitted";
        settled_detail: "当前状态：{state}", "It is now: {state}";
        see_order: "查看订单", "See the order";
        rejected: "上一张照片被驳回", "Your last photo was rejected";
        closed: "采集已经结束，不能再提交照片。", "The collection has ended; photos are no longer taken.";
        replace_hint: "提交新照片会替换当前照片，不再收费。", "A new photo replaces the present one at no extra cost.";
    }
}
