//! Texts for what was found on a photo: what is wrong, and what to do.

super::texts! {
    /// What was found on a photo.
    Finding {
        aspect: "取景框不是 3:4，或超出了照片：请重新调整取景框。", "The frame is not 3:4 or leaves the photo: adjust it again.";
        too_small: "取景范围宽 {measured} 像素，应不少于 {min} 像素：请把取景框放大一些。", "The frame is {measured} pixels wide and should have at least {min}: show more of the photo.";
        too_small_high: "取景范围高 {measured} 像素，应不少于 {min} 像素：请把取景框放大一些。", "The frame is {measured} pixels high and should have at least {min}: show more of the photo.";
        border: "边上有 {measured} 像素宽的黑边或白边：请把取景框往里收一点。", "There is a black or white border of {measured} pixels: move the frame inwards.";
        other: "照片有不符合要求的地方，请对照要求检查。", "Something does not meet the standard; compare the photo with the rules.";
        fail: "必须修改", "Must be changed";
        warn: "由审核人员判断", "A reviewer decides";
    }
}
