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
        part_mb: "每个文件最大 MB（选填）", "Most MB of a file (optional)";
        part_hint: "照片包超过时分成多个 ZIP，每个都有自己的表格和校验值。留空则为一个文件。", "A larger package comes as several ZIP files, each with its own tables and checksums. Empty means one file.";
        dbf: "DBF 表", "DBF table";
        without_dbf: "不需要", "Not needed";
        with_dbf: "另附 manifest.dbf", "Add manifest.dbf";
        with_dbf_more: "GBK 编码，供只能读取 DBF 的旧系统使用。GBK 没有的字以 ?? 代替，并列入 errors.csv。", "In GBK, for older programs that read DBF alone. ?? stands for characters that GBK lacks, and errors.csv lists them.";
        caption: "照片下方的文字", "Text under the photos";
        packages: "照片包", "Packages";
        none: "还没有照片包", "No packages yet";
        none_detail: "生成后在这里下载和签收。", "Packages appear here to be downloaded and acknowledged.";
        progress: "已处理 {done} / {total} 张", "{done} of {total} photos";
        content: "{added} 张照片，{bytes}；移除 {removed}，未能装入 {left_out}", "{added} photos, {bytes}; {removed} removed, {left_out} left out";
        left_out_note: "有 {count} 张照片不符合所选格式，原因见包内 errors.csv。", "{count} photos don't fit the profile. errors.csv in the package says why.";
        follows: "须在上一个照片包之后套用", "Apply it after the package before";
        chosen_part: "每个文件最大 {mb} MB", "files of at most {mb} MB";
        chosen_dbf: "附 manifest.dbf", "with manifest.dbf";
        chosen_caption: "照片下方：{caption}", "under the photos: {caption}";
        dbf_whole: "manifest.dbf 没有缺字，内容完整。", "manifest.dbf has every character.";
        dbf_losses: "manifest.dbf 中有 {count} 行缺字（以 ?? 代替）或内容过长被截断，见包内 errors.csv。其他表格不受影响。", "Rows of manifest.dbf that lack characters (?? stands for them) or were cut: {count}. errors.csv in the package lists them; the other tables are whole.";
        parts: "照片包分为 {count} 个文件，请全部下载：", "The package has {count} files; download all of them:";
        gone: "文件已删除，请重新生成。", "The file was deleted. Make another.";
        download: "下载", "Download";
        download_hint: "链接 15 分钟内有效，每次下载都会记录。", "The link is good for 15 minutes, and each download is logged.";
        cancel: "取消生成", "Cancel";
        acknowledge: "确认签收", "Acknowledge";
        acknowledge_title: "确认学校已收到这个照片包？", "Does the school have this package?";
        acknowledge_detail: "包内 {added} 张照片将标记为“已交付”，学生会看到，并且不能撤销。发现问题的照片之后仍可退回重拍。", "Its {added} photos will count as handed over; their students see so, and it can't be undone. Photos with problems can still be sent back later.";
        acknowledge_figures: "名单上还有 {missing} 人没有通过的照片，{undelivered} 张已通过但未交付。", "{missing} students still have no approved photo; {undelivered} approved photos are not handed over.";
        acknowledge_prints: "确认学校已取得这份打印文件。照片不会因此标记为“已交付”。", "This says that the school has the sheets. No photo counts as handed over by it.";
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

ui::texts! {
    /// Prints of the photos of a package.
    pub(super) struct PrintTexts {
        title: "冲印与签收", "Prints and signatures";
        back: "返回照片交付", "Back to the packages";
        prints: "冲印", "Prints";
        printed_at: "冲印：{moment}", "Printed: {moment}";
        received_at: "学校收到：{moment}", "With the school: {moment}";
        signed: "已签收 {signed} / {total}", "{signed} of {total} signed for";
        open: "签收名单", "List to sign";
        mark_printed: "标记为已冲印", "Mark as printed";
        printed_title: "这份文件里的照片都已冲印？", "Were all photos of this package printed?";
        printed_detail: "共 {total} 张。记入审计日志，不能撤销。", "Prints: {total}. It is noted in the audit log and can't be undone.";
        mark_received: "标记为学校已收到", "Mark as received by the school";
        received_title: "学校已收到全部照片？", "Does the school have all prints?";
        received_detail: "共 {total} 张。之后登记学生签收，不能撤销。", "Prints: {total}. From then on students' signatures are noted. It can't be undone.";
        keep: "再核对一下", "Not yet";
        not_for_prints: "这个照片包不是打印用的", "This package is not for prints";
        not_for_prints_detail: "冲印与签收只用于“照片冲印”格式的照片包。", "Prints and signatures belong to packages of the profile “Prints”.";
        none: "名单是空的", "Nobody is on the list";
        none_detail: "包内没有照片。原因见包内 errors.csv。", "The package has no photos; errors.csv in it says why.";
        too_early: "学校收到照片之后，才能登记签收。名单现在就可以打印。", "Signatures are noted once the school has the prints. The list can be printed now.";
        class: "班级", "Class";
        all_classes: "全部班级", "All classes";
        unnamed: "未分组", "Without a class";
        student_no: "学号", "Student number";
        name: "姓名", "Name";
        signature: "签名", "Signature";
        day: "日期", "Date";
        signed_at: "签收时间", "Signed for";
        tick_shown: "全部勾选", "Tick all shown";
        untick_shown: "全部取消", "Untick all shown";
        save: "保存签收（{count} 处改动）", "Save signatures ({count} changed)";
        saved: "签收已保存。", "The signatures were saved.";
        unsaved: "勾选后请保存。", "Ticks count once they are saved.";
        print: "打印签收名单", "Print the list to sign";
    }
}
