//! Texts of the packages of a collection.

ui::texts! {
    /// Packages of accepted photos.
    pub(super) struct DeliveryTexts {
        title: "照片交付", "Photo packages";
        back: "返回任务", "Back to the collection";
        figures: "交付进度", "How far delivery is";
        listed: "名单人数", "Students on the roster";
        missing: "还没有通过的照片", "Without an approved photo";
        undelivered: "已通过、未交付", "Approved, not handed over";
        handed_over: "已交付", "Handed over";
        missing_note: "还有 {count} 名学生没有通过的照片，不会出现在照片包里。以后可以再生成“新增和变更”。", "{count} students have no approved photo and won't be in the package. Make one with the changes later.";
        make: "生成照片包", "Make a package";
        make_lead: "在后台生成，可以离开本页。", "It is made in the background; you can leave this page.";
        profile: "格式", "Profile";
        columns: "表格列：{columns}", "Columns: {columns}";
        kind: "内容", "Content";
        full_more: "所有审核通过的照片，包括已经交付的。", "Every approved photo, also those handed over before.";
        incremental_more: "上一个同样设置的照片包之后新增、更换的照片，并列出应移除的文件。按顺序套用即等于全部照片。", "Photos that are new or changed since the last package with the same settings, and a list of files to remove. Applied in order they equal the full package.";
        split: "文件夹", "Folders";
        min_kb: "每张最小 KB（选填）", "Least KB of a photo (optional)";
        max_kb: "每张最大 KB（选填）", "Most KB of a photo (optional)";
        kb_hint: "留空则按所选格式。照片不会被放大，质量因子不超过 95；达不到的列入 errors.csv。", "Empty means as the profile says. Photos are never enlarged, nor written above quality 95. What doesn't fit is listed in errors.csv.";
        packages: "照片包", "Packages";
        none: "还没有照片包", "No packages yet";
        none_detail: "生成后在这里下载和签收。", "Packages appear here to be downloaded and acknowledged.";
        progress: "已处理 {done} / {total} 张", "{done} of {total} photos";
        content: "{added} 张照片，{bytes}；移除 {removed}，未能装入 {left_out}", "{added} photos, {bytes}; {removed} removed, {left_out} left out";
        left_out_note: "有 {count} 张照片不符合所选格式，原因见包内 errors.csv。", "{count} photos don't fit the profile. errors.csv in the package says why.";
        follows: "须在上一个照片包之后套用", "Apply it after the package before";
        gone: "文件已删除，请重新生成。", "The file was deleted. Make another.";
        download: "下载", "Download";
        download_hint: "链接 15 分钟内有效，每次下载都会记录。", "The link is good for 15 minutes, and each download is logged.";
        cancel: "取消生成", "Cancel";
        acknowledge: "确认签收", "Acknowledge";
        acknowledge_title: "确认学校已收到这个照片包？", "Does the school have this package?";
        acknowledge_detail: "包内 {added} 张照片将标记为“已交付”，学生会看到，并且不能撤销。发现问题的照片之后仍可退回重拍。", "Its {added} photos will count as handed over; their students see so, and it can't be undone. Photos with problems can still be sent back later.";
        acknowledge_figures: "名单上还有 {missing} 人没有通过的照片，{undelivered} 张已通过但未交付。", "{missing} students still have no approved photo; {undelivered} approved photos are not handed over.";
        keep: "再核对一下", "Not yet";
        results: "学校或学信网的检查结果", "Results of the school or CHSI";
        results_lead: "上传 CSV、XLSX 或 DBF：一列学号或证件号码，一列结果或原因。先查看每一行的含义，确认后才退回照片；学生会收到原因，可免费重新提交。", "Send a CSV, XLSX or DBF with student or document numbers and the result or reason. You first see what each row means; nothing is sent back before you confirm. Students are told why and can send another photo for free.";
        source: "结果来源", "Whose results";
        result_file: "结果文件", "File";
        look: "查看结果", "Look at it";
        send_back: "退回照片", "Send the photos back";
        send_back_title: "要退回这些照片吗？", "Send these photos back?";
        send_back_detail: "{count} 张照片将退回，学生会收到短信和原因，不能撤销。", "Photos that go back: {count}. Their students are told why. It can't be undone.";
        sent_back: "照片已退回。", "The photos were sent back.";
        comparison: "名单、本系统、文件三方比对", "Roster, our photos and the file";
        everywhere: "三方都有", "In all three";
        not_in_file: "本系统已通过，文件中没有", "Accepted here, not in the file";
        not_accepted: "文件中有，本系统未通过", "In the file, not accepted here";
        only_listed: "仅在名单中", "On the roster alone";
        not_listed: "文件中有，名单中没有", "In the file, not on the roster";
        row: "第 {number} 行：{verdict}", "Row {number}: {verdict}";
        handing: "正在交付：{done} / {total}", "Handing over: {done} of {total}";
        handed: "已交付 {done} 张", "{done} handed over";
    }
}
