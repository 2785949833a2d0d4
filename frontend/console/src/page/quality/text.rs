//! Texts about how well reviewers agree.

ui::texts! {
    /// How well reviewers agree.
    pub(super) struct QualityTexts {
        title: "审核质量", "Review quality";
        lead: "按任务设置的比例，部分照片由两名审核员互不知情地各审一次，意见不一致时由第三人决定。", "Of the share that a collection sets, two reviewers each look at a photo without knowing of the other; a third decides where they disagree.";
        since: "统计自 {day}起。", "Since {day}.";
        alone: "目前只有一名审核员，没有可以比对的人，因此不抽查复核。", "Only one person reviews now. There is nobody to compare with, so no photo is looked at twice.";
        none: "这段时间没有审核记录", "No decisions in this time";
        left: "已离开的审核员", "A reviewer who left";
        decided: "审核张数", "Decisions";
        per_hour: "每小时张数（不计 2 分钟以上的停顿）", "An hour of work (without pauses of more than 2 minutes)";
        agreement: "与他人一致（95% 区间）", "Agrees with others (95 % interval)";
        no_looks: "还没有复核", "No second looks yet";
        share: "{percent}（{low} 至 {high}，{count} 次比对）", "{percent} ({low} to {high}, {count} comparisons)";
        kappa: "Kappa 系数", "Kappa";
        no_kappa: "—", "—";
        reasons: "各驳回原因的一致程度", "Agreement for each reason";
        reason: "原因", "Reason";
        both: "双方都选", "Both";
        only_they: "仅本人", "They alone";
        only_others: "仅他人", "Others alone";
    }
}
