//! Texts about how well reviewers agree.

ui::texts! {
    /// How well reviewers agree.
    pub(super) struct QualityTexts {
        title: "审核质量", "Review quality";
        lead: "按任务设置的比例，部分照片由两名审核员互不知情地各审一次，意见不一致时由第三人决定。", "Of the share that a collection sets, two reviewers each look at a photo without knowing of the other; a third decides where they disagree.";
        since: "统计自 {day}起。", "Since {day}.";
        alone: "以下环节近 14 天只有一名审核员，没有可以比对的人，因此复核和已知照片的比例都按 0 处理：", "In these places one person alone has reviewed in the last 14 days. There is nobody to compare with, so the shares of second looks and of known photos are zero there:";
        place: "{stage}（{school}）", "{stage} ({school})";
        known: "已知照片", "Known photos";
        caught: "已知问题发现率（95% 区间）", "Known faults caught (95 % interval)";
        passed: "已知合格照片通过率（95% 区间）", "Known good photos approved (95 % interval)";
        no_known: "还没有已知照片", "No known photos yet";
        recalls: "已交付、待召回的照片", "Delivered photos to look at again";
        recalls_lead: "审核员的发现率低于任务下限，这些照片是其在上次发现问题之后通过的，学校已经收到。未交付的已自动退回重审。请逐张查看，有问题的可退回给学生。", "Their reviewer caught fewer known faults than the collection allows, and approved these since the last one that was caught. What was not delivered is back in review. Look at each, and send back what is wrong.";
        no_recalls: "没有需要召回的照片", "No photos to look at again";
        no_recalls_detail: "审核员的发现率都未低于下限。", "No reviewer is below the limit.";
        student: "学生", "Student";
        student_no: "学号", "Student number";
        approved_by: "通过人", "Approved by";
        doubted: "列入时间", "Listed";
        none: "这段时间没有审核记录", "No decisions in this time";
        left: "已离开的审核员", "A reviewer who left";
        decided: "审核张数", "Decisions";
        per_hour: "每小时张数（不计 2 分钟以上的停顿）", "An hour of work (without pauses of more than 2 minutes)";
        agreement: "与他人一致（95% 区间）", "Agrees with others (95 % interval)";
        no_looks: "还没有复核", "No second looks yet";
        share: "{percent}（{low} 至 {high}，共 {count} 次）", "{percent} ({low} to {high}, {count} in all)";
        kappa: "Kappa 系数", "Kappa";
        no_kappa: "—", "—";
        reasons: "各驳回原因的一致程度", "Agreement for each reason";
        reason: "原因", "Reason";
        both: "双方都选", "Both";
        only_they: "仅本人", "They alone";
        only_others: "仅他人", "Others alone";
    }
}
