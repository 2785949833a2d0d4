//! Problems with packages of photos.

/// Makes the table of problems: the rows that are given, then those of this file.
macro_rules! with_delivery_problems {
    ($($row:tt)*) => {
        with_staff_problems! {
            $($row)*
            TaskNotPurged: State = "task.not_purged" {
                "还没有删除证明", "任务的照片和个人信息删除完成后，才会出具删除证明。可在任务页查看删除日期。";
                "There is no certificate yet", "It is issued once the collection's photos and personal data are deleted. The collection's page says when.";
            }
            PhotoResultFile: Invalid = "photo_result.file_unreadable" {
                "文件无法读取", "请使用 CSV、XLSX 或 DBF 文件，最大 {max_mb} MB、{max_rows} 行。";
                "The file can't be read", "Use a CSV, XLSX or DBF file with at most {max_mb} MB and {max_rows} rows.";
            }
            PhotoResultColumns: Invalid = "photo_result.columns_missing" {
                "缺少需要的列", "文件需要“学号”或“证件号码”一列，以及“结果”或“原因”一列。";
                "Columns are missing", "The file needs a column with the student or document number and one with the result or reason.";
            }
            PhotoResultMany: Invalid = "photo_result.too_many_refusals" {
                "退回的照片太多", "一个文件最多退回 {max} 张照片。请核对文件，或拆分后再提交。";
                "Too many photos would be sent back", "One file sends back at most {max} photos. Check the file, or split it.";
            }
            PhotoResultSource: Invalid = "photo_result.source_unknown" {
                "请选择结果来源", "来源可以是：学校检查、学信网图像质量检测、学信网人像比对。";
                "Choose whose results these are", "They can be the school's, CHSI's quality check, or CHSI's comparison of faces.";
            }
            DeliveryUnknown: Missing = "delivery.unknown" {
                "没有这个照片包", "没有这个照片包，或不在您的管理范围内。请刷新列表后重试。";
                "Package not found", "There is no such package, or it is not yours to manage. Refresh the list and try again.";
            }
            DeliveryProfile: Invalid = "delivery.profile_unknown" {
                "请选择格式", "没有这种格式。请从列表中选择一种。";
                "Choose a profile", "There is no such profile. Choose one of the list.";
            }
            DeliveryBytes: Invalid = "delivery.bytes_invalid" {
                "文件大小不正确", "请填写 1 至 {max} KB，下限须小于上限。";
                "Check the size", "Use 1 to {max} KB, the least below the most.";
            }
            DeliveryPart: Invalid = "delivery.part_invalid" {
                "分卷大小不正确", "请填写 1 至 {max} MB，或留空表示不分卷。";
                "Check the size of parts", "Use 1 to {max} MB, or leave it empty for one file.";
            }
            DeliveryPartUnknown: Missing = "delivery.part_unknown" {
                "没有这个分卷", "这个照片包没有该分卷。请刷新后重新获取下载链接。";
                "There is no such part", "The package does not have this part. Refresh the page and get the links again.";
            }
            DeliveryPrints: Invalid = "delivery.prints_invalid" {
                "照片编号不正确", "请从冲印名单中选择照片，一次最多 100 张。";
                "Check the prints", "Choose prints of the package's list, at most 100 at once.";
            }
            DeliveryState: State = "delivery.state" {
                "照片包的状态不允许此操作", "照片包当前状态为“{state}”，不能进行这项操作。请刷新后查看。";
                "The package's state does not allow this", "The package is “{state}”. Refresh the page and look again.";
            }
            DeliveryBuilding: State = "delivery.building" {
                "正在生成同一格式的照片包", "请等它完成，或先取消，再生成新的。";
                "A package of this profile is being made", "Wait for it, or cancel it, then make another.";
            }
            DeliveryBase: State = "delivery.no_base" {
                "还没有可以接续的照片包", "“新增和变更”须在同样设置的“全部照片”之后。请先生成全部照片。";
                "There is no package to go on from", "Changes follow a full package with the same settings. Make a full one first.";
            }
            DeliveryEmpty: State = "delivery.empty" {
                "没有可交付的照片", "还没有审核通过的照片。请在有照片通过后再生成。";
                "There is nothing to deliver", "No photo is approved yet. Make a package once some are.";
            }
            DeliveryGone: Over = "delivery.file_gone" {
                "照片包文件已删除", "照片包只保留 {days} 天；有学生撤回同意时，尚未签收的照片包也会删除。请重新生成。";
                "The package's file was deleted", "A package is kept for {days} days; one that is not acknowledged also goes when a student in it withdraws consent. Make another.";
            }
            DeliveryLink: Over = "delivery.link_expired" {
                "下载链接无效或已过期", "链接在 {minutes} 分钟内有效，且只能下载这一个照片包。请回到页面重新下载。";
                "The link is wrong or has expired", "A link is good for {minutes} minutes and for this package alone. Go back to the page and download again.";
            }
        }
    };
}
