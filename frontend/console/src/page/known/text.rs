//! Texts about photos whose right decision is known.

ui::texts! {
    /// The library of known photos.
    pub(super) struct KnownTexts {
        title: "已知照片", "Known photos";
        lead: "这些照片的正确结论已知。按任务设置的比例，它们混在待审照片中，用来了解审核员能发现多少问题；学生、学校和统计中都看不到它们。", "The right decision about these photos is known. As many as a collection sets are put among those that wait, to see how many faults reviewers catch. No student, school or count sees them.";
        none: "还没有已知照片", "No known photos yet";
        none_detail: "没有已知照片时，不会进行抽查。", "Without any, nothing is put among the photos that wait.";
        add: "添加已知照片", "Add a known photo";
        photo: "已知照片", "Known photo";
        file: "照片文件", "Photo";
        file_hint: "JPEG 或 PNG，最大 1.4 MB。会像学生的照片一样自动裁剪。", "JPEG or PNG, at most 1.4 MB. It is framed as a student's photo would be.";
        outcome: "正确结论", "Right decision";
        reasons: "正确原因", "Right reasons";
        origin: "照片来源", "Where it comes from";
        origin_hint: "如何合成，或本人何时同意用于审核抽查。请勿写姓名。", "How it was made, or when its person agreed to this use. Write no name.";
        added: "添加日期", "Added";
        remove: "删除", "Remove";
        remove_title: "删除这张照片？", "Remove this photo?";
        remove_detail: "照片文件会被删除，待审列表中也不再出现；已有的统计保留。", "Its files are deleted and it leaves every queue. What was decided about it stays in the figures.";
        keep: "保留", "Keep it";
    }
}
