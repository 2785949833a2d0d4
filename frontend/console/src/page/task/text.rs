//! Texts of one collection.

ui::texts! {
    /// One collection.
    pub(super) struct TaskTexts {
        new_title: "新建采集任务", "New collection";
        new_lead: "先保存为草稿，学生看不到；核对后再发布。", "It is saved as a draft that students can't see. Check it, then publish it.";
        all: "全部任务", "All collections";
        saved: "已保存。", "Saved.";
        settings: "设置", "Settings";
        save: "保存设置", "Save the settings";
        name: "任务名称", "Name";
        name_hint: "学生查到学校后看到的名称，如“2026 届毕业生图像采集”。", "Students see it below the school's name.";
        opens_at: "开始时间（北京时间）", "Opens (China time)";
        opens_at_hint: "在此之前学生能看到任务，但不能办理。", "Before that students see the collection but can't begin.";
        closes_at: "截止时间（北京时间）", "Closes (China time)";
        closes_at_hint: "到点后学生不能再提交和支付；页面会显示剩余时间。", "After that students can't submit or pay. Pages show the time that is left.";
        fee: "图像采集费（元）", "Fee (yuan)";
        fee_hint: "学生在确认页看到每一项费用；0 表示不收费。", "Students see each line before they pay. 0 means no fee.";
        payer: "谁付费", "Who pays";
        payer_student: "学生在确认后支付，付款后照片才进入审核。", "Students pay after confirming; the photo is reviewed once they have paid.";
        payer_school: "学生不用支付，费用按月与学校结算。", "Students pay nothing; the school is billed by month.";
        payer_free: "学生不用支付，页面显示“免费”。", "Students pay nothing, and pages say “Free”.";
        review: "谁来审核照片", "Who reviews the photos";
        review_hint: "学生在订单里看到待审核；每个环节通过后才算通过。任务发布后不能再改。", "Students see “waiting for review” until every stage has approved. It can't be changed after opening.";
        proofs: "核验身份时另外询问", "Asked for besides the ID number";
        proofs_hint: "多问一项，别人更难冒用证件号；学生须与名单一致才能通过。", "Each makes it harder to use somebody else's number. What students type must match the roster.";
        asks_name: "姓名", "Name";
        asks_student_no: "学号", "Student number";
        photo: "照片", "Photos";
        camera_only: "只能用本页相机现场拍摄", "Only with the camera on the page";
        camera_only_hint: "学生不能从相册选照片。", "Students can't choose a photo from their album.";
        originals: "上传相机原图", "Send the camera's original file";
        originals_hint: "画质最好，但上传更慢，流量更大。", "The best quality; uploads take longer.";
        max_photos: "每人最多提交几张", "Photos for each student";
        max_photos_hint: "被驳回后重新提交也计入；用完后学生须联系学校。", "New tries after a rejection count too. After the last one students must ask the school.";
        resubmit_days: "驳回后几天内可重新提交", "Days to send another photo after a rejection";
        resubmit_days_hint: "从驳回生效时起算，截止后也可以重新提交。", "Counted from the rejection, also after the collection closed.";
        second_share: "复核比例（%）", "Second looks (%)";
        second_share_hint: "0 至 100。这部分照片由两名审核员互不知情地各审一次；只有一名审核员时不复核。", "0 to 100. Two reviewers each look at these without knowing of the other; with one reviewer there are none.";
        purge_days: "结束后多少天删除数据", "Days to keep the data after the end";
        purge_days_hint: "30 至 1825 天。到期后自动删除照片、姓名和证件号码，并出具删除证明；订单与支付记录依法保留。", "30 to 1825. Then photos, names and numbers are deleted and a certificate is issued; orders and payments are kept as the law requires.";
        ending: "交付与数据删除", "Hand-over and deletion";
        purge_due: "将于 {day}起自动删除照片、姓名和证件号码。", "Photos, names and numbers are deleted from {day} on.";
        purge_held: "暂缓删除：{why}。", "Deletion is on hold: {why}.";
        purge_keys: "数据密钥已于 {moment}销毁，此后任何人都不能读取。", "The keys were destroyed on {moment}. Nobody can read the data since.";
        purge_done: "已于 {moment}全部删除。", "Everything was deleted on {moment}.";
        certificate: "下载删除证明", "Download the certificate";
        certificate_detail: "压缩包内有证明、Ed25519 签名和公钥，可用 openssl 验证。", "The archive has the certificate, its Ed25519 signature and the public key; openssl verifies it.";
        hand_over: "确认已交付", "Hand over";
        hand_over_title: "确认学校已收齐照片吗？", "Does the school have all its photos?";
        hand_over_detail: "确认后任务不能再修改或重新开放；被退回的照片仍可在期限内重新提交。", "Afterwards the collection can't be changed or opened again. Photos that are sent back can still be replaced in their days.";
        hand_over_counts: "还有 {missing} 名学生没有通过的照片；{undelivered} 张通过的照片尚未签收。", "Students without an accepted photo: {missing}. Accepted photos not acknowledged: {undelivered}.";
        audience_zh: "参加对象（中文）", "Who takes part (Chinese)";
        audience_en: "参加对象（英文）", "Who takes part (English)";
        audience_hint: "显示在任务卡片上，如“2026 届全体毕业生”。", "Shown on the collection's card.";
        contact: "学生咨询方式", "Contact for students";
        contact_hint: "学生遇到问题时看到，如“教务处 010-62751234”。", "Shown wherever students may need help.";
        open: "发布任务", "Publish";
        open_title: "要发布这个任务吗？", "Publish this collection?";
        open_detail: "到开始时间后，名单上的学生就可以办理。发布后，开始时间、付款方、核验方式和照片标准不能再改。", "From the opening time on, students on the roster can take part. Opening time, who pays, how students are verified and the photo rules can't change afterwards.";
        close: "结束任务", "Close";
        close_title: "要结束这个任务吗？", "Close this collection?";
        close_detail: "学生将不能再提交照片和支付；已付款的照片照常审核。", "Students can't submit or pay any more. Photos that were paid for are still reviewed.";
        keep: "再想想", "Not now";
        link: "学生链接", "Link for students";
        link_lead: "发给学生，打开后直接到这个任务。", "Send it to students; it leads straight to this collection.";
        copy: "复制链接", "Copy the link";
        copied: "已复制", "Copied";
        students: "名单", "Roster";
        progress: "进度", "Progress";
        roster: "导入名单", "Import the roster";
        deliveries: "照片交付", "Photo packages";
        poster: "打印海报", "Print the poster";
    }
}
