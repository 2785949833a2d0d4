//! Texts of every table.

crate::texts! {
    /// Texts of a table.
    pub(super) struct TableTexts {
        count: "共 {count} 条", "{count} in all";
        shown: "本页 {count} 条", "{count} on this page";
        keys: "方向键选择，回车打开，/ 搜索，? 查看快捷键", "Arrows choose, Enter opens, / searches, ? shows all keys";
        none: "没有符合条件的记录", "Nothing matches";
        none_detail: "换一个条件，或清除筛选。", "Change the filters or clear them.";
        clear: "清除筛选", "Clear filters";
        any: "全部", "All";
        next: "下一页", "Next page";
        first: "回到第一页", "First page";
        search: "搜索", "Search";
    }
}
