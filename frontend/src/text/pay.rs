//! Texts of paying.

super::texts! {
    /// Paying.
    Pay {
        title: "支付订单", "Pay";
        amount: "应付金额", "To pay";
        choose: "选择支付方式", "Choose how to pay";
        scan: "请用{provider}扫码付款", "Scan with {provider}";
        qr_label: "{provider}二维码，{amount}", "{provider} payment code, {amount}";
        getting: "正在获取二维码…", "Getting the code…";
        time_left: "二维码剩余 {time}", "The code works for {time}";
        expired: "二维码已过期", "The code has expired";
        expired_detail: "为保证安全，二维码 30 分钟有效。刷新后可继续支付，订单不受影响。", "A code works for 30 minutes. Get a new one to go on; your order stays as it is.";
        refresh: "刷新二维码", "Get a new code";
        listening: "支付完成后，本页会自动更新。", "This page updates by itself once you have paid.";
        offline: "网络断开，正在重试。已付的款不会丢失。", "No connection; trying again. What you paid is not lost.";
        i_paid: "我已支付", "I have paid";
        not_yet: "还没有收到付款", "No payment has arrived yet";
        not_yet_detail: "如果刚付完，通常几秒内到账，请稍候，不要重复支付。如果没付成功，可以再扫一次。", "It usually arrives within seconds; please wait and do not pay twice. If it did not go through, scan again.";
        asked_at: "最近查询：{time}", "Last asked: {time}";
        on_phone: "正在用手机浏览？", "Are you on your phone?";
        on_phone_wechat: "请在电脑或另一部手机上登录，从“我的订单”打开本页，再用微信扫码。微信可能不接受从相册识别的支付码。", "Log in on a computer or another phone, open this page from “My orders” and scan it there. WeChat may not accept a payment code from the album.";
        on_phone_alipay: "长按二维码保存到相册（或截屏），打开支付宝“扫一扫”，点“相册”选择它。也可以在另一台设备上打开本页扫码。", "Press the code long and save it (or take a screenshot), open Scan in Alipay, tap Album and choose it. Or open this page on another device and scan it there.";
        save_code: "保存二维码", "Save the code";
        sandbox: "打开模拟收银台", "Open the pretend cashier";
        sandbox_hint: "测试环境：不会真的付款。", "Test system: no money moves.";
        paid: "已支付", "Paid";
        paid_detail: "已收到 {amount}，照片进入人工审核，结果请在“我的订单”查看。", "{amount} arrived. Your photo goes to review; see “My orders” for the outcome.";
        see_order: "查看订单", "See the order";
        free: "无需支付", "Nothing is due";
        free_detail: "这个订单应付 ¥0.00，已经完成。", "This order costs ¥0.00 and is settled.";
        closed: "订单已关闭", "The order is closed";
        closed_detail: "原因：{reason}。没有扣款；如果您刚刚付了款，会自动入账，或由工作人员退回。", "Reason: {reason}. You were not charged; if you have only just paid, it is applied by itself or returned by staff.";
        ended: "支付时间已过", "The time to pay is over";
        ended_detail: "采集已于 {time} 截止，不能再支付。如需补采，请联系学校。", "The collection ended {time}, so this can no longer be paid. If you missed it, ask your school.";
        refunded: "已退款", "Refunded";
        refunded_detail: "{amount} 已原路退回。", "{amount} went back the way it came.";
        surplus: "收到了重复付款", "You paid twice";
        surplus_detail: "多付的部分由工作人员核对后原路退回。", "Staff check it and send the surplus back the way it came.";
        no_photo: "照片已撤回", "The photo was withdrawn";
        no_photo_detail: "请先重新提交照片，再支付。", "Submit a photo first, then pay.";
        resubmit: "重新提交照片", "Submit a new photo";
    }
}
