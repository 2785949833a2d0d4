//! Problems with refunds, cases about money, and reconciliation.

/// Makes the table of problems: the rows that are given, then those of this file.
macro_rules! with_money_problems {
    ($($row:tt)*) => {
        problems! {
            $($row)*
            RefundAmount: Invalid = "refund.amount" {
                "退款金额有误", "金额应大于 0，且不超过还可退的 {left}。";
                "Check the amount", "It must be more than 0 and at most {left}, the amount that can still be refunded.";
            }
            RefundOver: State = "refund.over" {
                "已超过可退款期限", "支付平台只受理一年内的退款，请线下处理。";
                "It's too late for a refund", "Payment services only refund payments from the last year. Settle this one offline.";
            }
            RefundTooMany: State = "refund.too_many" {
                "退款次数已达上限", "一笔支付最多退款 50 次。";
                "Too many refunds", "A payment can be refunded at most 50 times.";
            }
            RefundNothing: State = "refund.nothing_paid" {
                "没有可退的款项", "这个订单没有收到过款项，或已全部退回。";
                "Nothing to refund", "No payment was received for this order, or all of it has been refunded.";
            }
            RefundUnknown: Missing = "refund.unknown" {
                "没有这笔退款", "请核对退款单号。";
                "Refund not found", "Check the refund number.";
            }
            RefundState: State = "refund.state" {
                "退款当前状态不能这样操作", "它不需要复核，或已经处理。";
                "This refund can't be approved or declined", "It doesn't need a second person, or it has already been handled.";
            }
            RefundSecondPerson: Forbidden = "refund.second_person" {
                "需要另一位工作人员复核", "申请人不能复核自己的退款。";
                "A second person must approve", "The person who requested a refund can't approve it.";
            }
            RefundReason: Invalid = "refund.reason" {
                "请选择退款原因并说明", "原因须为系统列出的一种，说明为 1 至 80 个字。";
                "Give a reason and a note", "The reason must be one of those listed; the note has 1 to 80 characters.";
            }
            RefundRepeated: State = "refund.repeated" {
                "刚刚申请过同样的退款", "{number} 与它相同，请先查看其状态。确需再退一笔，请加 --key 和一个新编号重试。";
                "The same refund was just requested", "{number} is identical. Check its status first. To refund the same amount again, retry with --key and a new key.";
            }
            MerchantUnknown: Missing = "merchant_account.unknown" {
                "没有这个收款账户", "这所学校在该平台没有自己的收款账户，或已停用。请刷新后重试。";
                "No such merchant account", "The school has no account of its own there, or it was retired. Refresh and try again.";
            }
            MerchantNumberTaken: State = "merchant_account.number_taken" {
                "这个商户号已在使用", "它属于另一所学校、平台的公共账户，或此前以另一个应用登记。请核对商户号和应用编号；一个商户号只能用于一所学校和一个应用。";
                "This merchant number is in use", "It belongs to another school, to the platform's common account, or was entered with another application. Check both numbers: a merchant number is for one school and one application.";
            }
            MerchantKeys: Invalid = "merchant_account.keys_invalid" {
                "这项内容无法使用", "请从支付平台重新下载或复制后粘贴：私钥与公钥须为完整的 PEM 文本，APIv3 密钥须为 32 个字符，证书序列号须为 40 位十六进制。";
                "This can't be used", "Download or copy it again from the payment service: keys are whole PEM texts, the APIv3 key has 32 characters, the certificate's serial 40 hexadecimal digits.";
            }
            CaseUnknown: Missing = "money_case.unknown" {
                "没有这个待核事项", "请核对编号；它可能已经结案。";
                "Case not found", "Check the ID. The case may already be resolved.";
            }
            CaseResolution: Invalid = "money_case.resolution" {
                "请说明处理结果", "请用 1 至 {max} 个字说明如何处理。";
                "Say how it was resolved", "Use 1 to {max} characters.";
            }
            ReconciliationUnknown: Missing = "reconciliation.unknown" {
                "这一天尚未对账", "账单在次日 10:30 后核对。请换一天，或重新核对。";
                "This day was not compared yet", "Bills are compared after 10:30 on the next day. Choose another day, or compare it again.";
            }
            ReconciliationDay: Invalid = "reconciliation.day_invalid" {
                "这一天不能对账", "只能核对今天以前 {days} 天内的账单。";
                "This day can't be compared", "Only days of the last {days} days, before today, can be compared.";
            }
        }
    };
}
