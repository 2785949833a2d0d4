//! Texts of paying.

super::texts! {
    /// Paying.
    Pay {
        title: "支付订单", "Pay";
        amount: "应付金额", "To pay";
        elsewhere: "要用{provider}付款：请点右上角“…”，选择在浏览器中打开本页。", "To pay with {provider}, open this page in your browser: press … at the top.";
        choose: "选择支付方式", "Choose how to pay";
        scan: "请用{provider}扫码付款", "Scan with {provider}";
        qr_label: "{provider}二维码，{amount}", "{provider} payment code, {amount}";
        getting: "正在准备支付…", "Preparing the payment…";
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
        leaving: "付款后回到本页，结果会自动更新。", "Come back here once you have paid; this page updates by itself.";
        leave: "去{provider}付款 {amount}", "Pay {amount} with {provider}";
        link_expired: "付款链接已过期", "The link has expired";
        link_expired_detail: "重新获取后可继续支付，订单不受影响。如已付款，请点“我已支付”。", "Get a new one to go on; your order stays as it is. If you have paid, press “I have paid”.";
        link_refresh: "重新获取", "Get a new link";
        open_wechat: "微信支付 {amount}", "Pay {amount} in WeChat";
        no_bridge: "没有打开微信支付", "WeChat's payment window did not open";
        no_bridge_detail: "请在微信内打开本页，或用手机、电脑的浏览器打开后支付。", "Open this page inside WeChat, or in the browser of your phone or computer.";
        save_code: "保存二维码", "Save the code";
        sandbox: "打开模拟收银台", "Open the pretend cashier";
        sandbox_hint: "测试环境：不会真的付款。", "Test system: no money moves.";
        paid: "已支付", "Paid";
        paid_detail: "已收到 {amount}，照片进入人工审核，结果请在“我的订单”查看。", "{amount} arrived. Your photo goes to review; see “My orders” for the outcome.";
        see_order: "查看订单", "See the order";
        free: "无需支付", "Nothing is due";
        free_detail: "这个订单应付 ¥0.00，已经完成。", "This order costs ¥0.00 and is settled.";
        closed: "订单已关闭", "The order is closed";
        closed_detail: "原因：{reason}。如果您刚刚付了款，会自动入账，或原路退回。", "Reason: {reason}. If you have only just paid, it is applied or goes back by itself.";
        ended: "支付时间已过", "The time to pay is over";
        ended_detail: "采集已于 {time} 截止，不能再支付。如需补采，请联系学校。", "The collection ended {time}, so this can no longer be paid. If you missed it, ask your school.";
        refunded: "已退款", "Refunded";
        refunded_detail: "{amount} 已原路退回。", "{amount} went back the way it came.";
        confirming: "正在确认付款", "Confirming the payment";
        checking: "付款正在人工核对", "Your payment is being checked";
        surplus_returning: "多付的钱正在退回", "The surplus is on its way back";
        surplus_returned: "多付的钱已退回", "The surplus is back";
        reopened: "已收到付款，订单已恢复", "Payment received, order reopened";
        not_charged: "没有扣款", "You were not charged";
        no_photo: "照片已撤回", "The photo was withdrawn";
        no_photo_detail: "请先重新提交照片，再支付。", "Submit a photo first, then pay.";
        resubmit: "重新提交照片", "Submit a new photo";
    }
}
