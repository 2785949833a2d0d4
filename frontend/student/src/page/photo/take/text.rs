//! Texts of the camera on the photo page.

ui::texts! {
    /// Taking a picture.
    pub(crate) struct CameraTexts {
        title: "拍照", "Take a photo";
        shutter: "拍摄", "Take photo";
        turn: "换镜头", "Switch camera";
        again: "重拍", "Retake";
        opening: "正在打开相机…请允许使用相机", "Opening the camera… Allow access if asked";
        loading: "实时提示加载中（{count}/{total}），请先对准轮廓", "Loading live tips ({count} of {total}). Line up with the outline";
        looking: "请对准轮廓", "Line up with the outline";
        unseen: "这台设备没有实时提示，请对准轮廓拍", "No live tips on this device. Line up with the outline";
        by_phone: "用手机自带相机拍", "Use your phone's camera app";
        refused: "没有获准使用相机", "Camera access is blocked";
        refused_detail: "请在浏览器的网站设置或手机的应用权限里允许使用相机，再点“重试”。", "Allow the camera in your browser's site settings or your phone's app permissions, then try again.";
        absent: "没有找到相机", "No camera found";
        absent_detail: "请接上相机再试，或用手机打开本页。", "Connect a camera and try again, or open this page on a phone.";
        busy: "相机正被占用", "The camera is in use";
        busy_detail: "请关闭其他正在使用相机的应用或网页，再点“重试”。", "Close other apps or pages that use the camera, then try again.";
        insecure: "在这个网址不能使用相机", "The camera can't be used at this address";
        insecure_detail: "请用 https 开头的网址打开本页。", "Open this page at its https address.";
        unsupported: "这个浏览器不能在网页里拍照", "This browser can't take photos on a web page";
        unsupported_detail: "请改用手机自带的浏览器打开本页。", "Open this page in your phone's own browser.";
        fallback: "也可以用手机自带的相机拍，拍完会回到本页。", "You can also use your phone's own camera app. You'll come back here afterwards.";
    }
}
