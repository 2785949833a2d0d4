//! The types of events.

use crate::word::words;

words! {
    /// What happened.
    EventKind {
        /// A student was verified.
        EnrolmentCreated = "enrolment.created", "核验通过", "identity verified";
        /// An enrolment was given up or taken back.
        EnrolmentReleased = "enrolment.released", "核验已解除", "verification ended";
        /// A photo was submitted.
        PhotoSubmitted = "photo.submitted", "照片已提交", "photo submitted";
        /// Another photo took its place.
        PhotoReplaced = "photo.replaced", "照片已替换", "photo replaced";
        /// A photo was withdrawn.
        PhotoWithdrawn = "photo.withdrawn", "照片已撤回", "photo withdrawn";
        /// A photo waits for its review.
        PhotoPendingReview = "photo.pending_review", "照片待审核", "photo awaiting review";
        /// A photo passed its last review.
        PhotoApproved = "photo.approved", "照片已通过", "photo approved";
        /// A photo was rejected.
        PhotoRejected = "photo.rejected", "照片已驳回", "photo rejected";
        /// A photo that was handed over was refused by the authority.
        PhotoRefused = "photo.refused", "照片被退回", "photo refused";
        /// A photo was handed over.
        PhotoHandedOver = "photo.handed_over", "照片已移交", "photo handed over";
        /// A package of photos can be fetched.
        DeliveryReady = "delivery.ready", "照片包已生成", "delivery ready";
        /// An order was made.
        OrderCreated = "order.created", "订单已创建", "order created";
        /// An order was settled.
        OrderPaid = "order.paid", "订单已支付", "order paid";
        /// An order ended unpaid.
        OrderClosed = "order.closed", "订单已关闭", "order closed";
        /// Money that came late reopened an order.
        OrderReopened = "order.reopened", "订单已重新打开", "order reopened";
        /// Money came that its order did not need.
        PaymentSurplus = "payment.surplus", "收到多付款", "surplus payment";
        /// Money came that does not fit its order.
        PaymentConflict = "payment.conflict", "款项待核对", "payment to be checked";
        /// Money went back.
        RefundSucceeded = "refund.succeeded", "退款成功", "refund succeeded";
        /// Money did not go back.
        RefundFailed = "refund.failed", "退款未成功", "refund failed";
        /// The work on a roster file ended.
        RosterImportFinished = "roster_import.finished", "名单处理完成", "roster import finished";
        /// A student asked the school about the roster.
        RosterTicketCreated = "roster_ticket.created", "收到名单咨询", "roster question asked";
        /// A task was opened.
        TaskOpened = "task.opened", "采集已开放", "collection opened";
        /// A task was closed before its window ended.
        TaskClosed = "task.closed", "采集已关闭", "collection closed";
        /// An endpoint does not take what it is sent.
        EndpointFailing = "endpoint.failing", "推送地址异常", "endpoint failing";
        /// An endpoint is not sent anything any more.
        EndpointDisabled = "endpoint.disabled", "推送地址已停用", "endpoint disabled";
        /// A person tries an endpoint.
        WebhookPing = "webhook.ping", "推送测试", "webhook ping";
    }
}
