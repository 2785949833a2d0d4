//! Texts of paying.

ui::texts! {
    /// Paying.
    pub(crate) struct PayTexts {
        title: "支付订单", "Pay";
        title_paid: "支付成功", "Payment successful";
        title_over: "支付", "Payment";
        amount: "应付金额", "Amount due";
        elsewhere: "要用{provider}付款：请点右上角“…”，选择在浏览器中打开本页。", "To pay with {provider}, open this page in your browser: press … at the top.";
        choose: "选择支付方式", "Choose a payment method";
        scan: "请用{provider}扫码付款", "Scan with {provider}";
        qr_label: "{provider}二维码，{amount}", "{provider} payment code, {amount}";
        getting: "正在准备支付…", "Preparing the payment…";
        time_left: "二维码剩余 {time}", "Code valid for {time}";
        expired: "二维码已过期", "This code has expired";
        expired_detail: "为保证安全，二维码 30 分钟有效。刷新后可继续支付，订单不受影响。", "Codes are valid for 30 minutes. Get a new one to continue. Your order is not affected.";
        refresh: "刷新二维码", "Get a new code";
        replaced: "二维码已失效", "This code is no longer valid";
        link_replaced: "付款链接已失效", "This link is no longer valid";
        replaced_detail: "您已在其他页面或设备上重新发起支付。要在这里付款，请重新获取。", "You started another payment in another tab or on another device. To pay here, get a new one.";
        listening: "支付完成后，本页会自动更新。", "This page updates automatically once you've paid.";
        offline: "网络断开，正在重试。已付的钱不会丢失。", "No connection. Trying again… Money you've paid is safe.";
        i_paid: "我已支付", "I've paid";
        not_yet: "还没有收到付款", "No payment received yet";
        not_yet_detail: "如果刚付完，通常几秒内到账，请稍候，不要重复支付。如果没付成功，可以再扫一次。", "Payments usually arrive within seconds. Please wait, and don't pay twice. If it didn't go through, scan again.";
        asked_at: "最近查询：{time}", "Last checked: {time}";
        on_phone: "正在用手机浏览？", "On your phone right now?";
        on_phone_wechat: "请在电脑或另一部手机上登录，从“我的订单”打开本页，再用微信扫码。微信可能不接受从相册识别的支付码。", "Log in on a computer or another phone, open this page from “My orders” and scan the code there. WeChat may not accept a payment code from your album.";
        on_phone_alipay: "长按二维码保存到相册（或截屏），打开支付宝“扫一扫”，点“相册”选择它。也可以在另一台设备上打开本页扫码。", "Press and hold the code to save it (or take a screenshot), then open Scan in Alipay, tap Album and choose it. Or open this page on another device and scan it there.";
        leaving: "付款后回到本页，结果会自动更新。", "Come back here once you've paid. This page updates automatically.";
        leave: "去{provider}付款 {amount}", "Pay {amount} with {provider}";
        link_expired: "付款链接已过期", "This link has expired";
        link_expired_detail: "重新获取后可继续支付，订单不受影响。如已付款，请点“我已支付”。", "Get a new one to continue. Your order is not affected. If you've already paid, tap “I've paid”.";
        link_refresh: "重新获取", "Get a new link";
        open_wechat: "微信支付 {amount}", "Pay {amount} in WeChat";
        no_bridge: "没有打开微信支付", "WeChat Pay didn't open";
        no_bridge_detail: "请在微信内打开本页，或用手机、电脑的浏览器打开后支付。", "Open this page inside WeChat, or in a browser on your phone or computer.";
        save_code: "保存二维码", "Save the code";
        sandbox: "打开模拟收银台", "Open the test cashier";
        sandbox_hint: "测试环境：不会真的付款。", "This is a test system. No money is charged.";
        paid: "已支付", "Paid";
        paid_detail: "已收到 {amount}，照片进入人工审核，结果请在“我的订单”查看。", "We received {amount}. Your photo is now under review. See “My orders” for the result.";
        see_order: "查看订单", "View order";
        free: "无需支付", "Nothing to pay";
        free_detail: "这个订单应付 ¥0.00，已经完成。", "This order costs ¥0.00, so it's already complete.";
        closed: "订单已关闭", "The order is closed";
        closed_detail: "原因：{reason}。如果您刚刚付了款，会自动入账，或原路退回。", "Reason: {reason}. If you've only just paid, your payment will be applied or refunded automatically.";
        ended: "支付时间已过", "It's too late to pay";
        ended_detail: "采集已于 {time} 截止，不能再支付。如需补采，请联系学校。", "The collection ended {time}, so you can no longer pay. If you missed it, contact your school.";
        refunded: "已退款", "Refunded";
        refunded_detail: "{amount} 已原路退回。", "{amount} was returned to your payment account.";
        waiting: "等待付款", "Waiting for payment";
        checking: "付款正在人工核对", "Your payment is being checked";
        surplus_returning: "多付的钱正在退回", "Your extra payment is being refunded";
        surplus_returned: "多付的钱已退回", "Your extra payment was refunded";
        reopened: "已收到付款，订单已恢复", "Payment received, order reopened";
        not_charged: "没有扣款", "You have not been charged";
        no_photo: "照片已撤回", "The photo was withdrawn";
        no_photo_detail: "请先重新提交照片，再支付。", "Submit a photo first, then pay.";
        resubmit: "重新提交照片", "Submit a new photo";
    }
}
