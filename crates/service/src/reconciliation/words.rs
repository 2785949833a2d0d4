//! What is said of bills and differences, in both languages.

use domain::money_case::CaseKind;
use domain::reconciliation::Flow;
use domain::{Lang, Text};

use super::report::{BillState, Unread};

const COMPARED: Text = Text::new("已核对", "compared");
const EMPTY: Text = Text::new("当日无账单、无交易", "no bill, and nothing moved");
const MISSING: Text = Text::new(
    "账单缺失，系统有交易，稍后重试",
    "no bill although money moved; it is asked for again",
);
const ASKED_PROVIDER: Text = Text::new(
    "支付平台查询已确认，账单未列",
    "confirmed by asking the provider; the bill does not list it",
);
const CORRECTED: Text = Text::new(
    "已按支付平台结果更正",
    "corrected to what the provider says",
);
const AGREES: Text = Text::new("一致", "agrees");

/// How far the comparison of a bill has come.
pub fn bill_state_text(bill: &BillState, lang: Lang) -> String {
    let (text, seen) = match bill {
        BillState::Compared => (COMPARED, ""),
        BillState::Empty => (EMPTY, ""),
        BillState::Missing => (MISSING, ""),
        BillState::Waiting(seen) => (
            Text::new("账单未就绪，稍后重试：", "no bill yet, asked for again: "),
            &**seen,
        ),
        BillState::Invalid(seen) => (
            Text::new("账单无法核对：", "the bill cannot be compared: "),
            &**seen,
        ),
    };
    format!("{}{seen}", text.get(lang))
}

/// What came of a difference, or what to do about it.
pub fn outcome_text(kind: CaseKind, is_healed: bool, lang: Lang) -> &'static str {
    let is_ours = matches!(kind, CaseKind::LocalOnlyPayment | CaseKind::LocalOnlyRefund);
    let text = match (is_healed, is_ours) {
        (true, true) => ASKED_PROVIDER,
        (true, false) => CORRECTED,
        (false, _) => kind.advice(),
    };
    text.get(lang)
}

/// Whether the movements of an account agree with our ledger.
pub fn flow_text(flow: Flow, lang: Lang) -> &'static str {
    let text = if flow.agrees() {
        AGREES
    } else {
        CaseKind::FlowDifference.advice()
    };
    text.get(lang)
}

/// That the bill of movements is not there yet.
pub fn flow_missing_text(seen: &str, lang: Lang) -> String {
    let text = Text::new(
        "资金账单未就绪，稍后重试：",
        "no list of movements yet, asked for again: ",
    );
    format!("{}{seen}", text.get(lang))
}

/// Which rows of a bill could not be read, and what they come to.
pub fn unread_text(unread: &Unread, lang: Lang) -> String {
    let Unread {
        rows,
        paid,
        refunded,
        seen,
    } = unread;
    match lang {
        Lang::Zh => {
            let seen = seen.join("；");
            format!("{rows} 行无法读取，按账单合计收款 {paid}、退款 {refunded}：第 {seen}")
        }
        Lang::En => {
            let seen = seen.join("; ");
            format!(
                "{rows} rows cannot be read; by the bill's totals {paid} paid, {refunded} refunded: row {seen}"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use domain::Fen;

    use super::*;

    #[rstest]
    #[case(BillState::Compared, "已核对", "compared")]
    #[case(BillState::Empty, "当日无账单、无交易", "no bill, and nothing moved")]
    #[case(
        BillState::Missing,
        "账单缺失，系统有交易，稍后重试",
        "no bill although money moved; it is asked for again"
    )]
    #[case(
        BillState::Waiting("HTTP 503".to_owned()),
        "账单未就绪，稍后重试：HTTP 503",
        "no bill yet, asked for again: HTTP 503"
    )]
    #[case(
        BillState::Invalid("row 3".to_owned()),
        "账单无法核对：row 3",
        "the bill cannot be compared: row 3"
    )]
    fn the_state_of_a_bill_is_told_with_what_was_seen(
        #[case] bill: BillState,
        #[case] chinese: &str,
        #[case] english: &str,
    ) {
        assert_eq!(bill_state_text(&bill, Lang::Zh), chinese);
        assert_eq!(bill_state_text(&bill, Lang::En), english);
    }

    #[rstest]
    #[case::ours_confirmed(CaseKind::LocalOnlyPayment, true, ASKED_PROVIDER)]
    #[case::refund_of_ours_confirmed(CaseKind::LocalOnlyRefund, true, ASKED_PROVIDER)]
    #[case::corrected(CaseKind::FlowDifference, true, CORRECTED)]
    #[case::open(CaseKind::LocalOnlyPayment, false, CaseKind::LocalOnlyPayment.advice())]
    #[case::open_difference(CaseKind::FlowDifference, false, CaseKind::FlowDifference.advice())]
    fn a_difference_that_is_gone_says_why_and_another_what_to_do(
        #[case] kind: CaseKind,
        #[case] is_healed: bool,
        #[case] expected: Text,
    ) {
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(outcome_text(kind, is_healed, lang), expected.get(lang));
        }
    }

    #[rstest]
    #[case(Lang::Zh, "资金账单未就绪，稍后重试：HTTP 503")]
    #[case(Lang::En, "no list of movements yet, asked for again: HTTP 503")]
    fn a_missing_list_of_movements_is_told(#[case] lang: Lang, #[case] expected: &str) {
        assert_eq!(flow_missing_text("HTTP 503", lang), expected);
    }

    #[rstest]
    #[case(
        Lang::Zh,
        "2 行无法读取，按账单合计收款 ¥19.90、退款 ¥0.05：第 3: no amount；9: no time"
    )]
    #[case(
        Lang::En,
        "2 rows cannot be read; by the bill's totals ¥19.90 paid, ¥0.05 refunded: row 3: no amount; 9: no time"
    )]
    fn rows_that_cannot_be_read_are_told_with_their_sums(
        #[case] lang: Lang,
        #[case] expected: &str,
    ) {
        let unread = Unread {
            rows: 2,
            paid: Fen(1_990),
            refunded: Fen(5),
            seen: vec!["3: no amount".to_owned(), "9: no time".to_owned()],
        };
        assert_eq!(unread_text(&unread, lang), expected);
    }
}
