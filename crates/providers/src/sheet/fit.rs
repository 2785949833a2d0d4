//! Puts the cells of a row with too many of them back into its columns.

use crate::{beijing, payment::BillFee};

/// What a merchant, a payer or a shop can write anything into. None of it is needed.
const FREE: [&str; 13] = [
    "商品名称",
    "商户数据包",
    "备注",
    "费率备注",
    "门店编号",
    "门店名称",
    "操作员",
    "终端号",
    "设备号",
    "对方账户",
    "对方账号",
    "券名称",
    "资金变更提交申请人",
];
/// How the names of columns with amounts end.
const AMOUNTS: [&str; 9] = [
    "金额",
    "余额",
    "结余",
    "优惠",
    "红包",
    "集分宝",
    "服务费",
    "手续费",
    "分润",
];
/// After so many tries a row counts as one that cannot be read.
const MOST_TRIES: usize = 4_000;

/// What the cells of a column look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Anything: it may have been taken for several cells.
    Free,
    /// A time.
    Time,
    /// An amount in yuan.
    Amount,
    /// A number of a trade, a merchant or a refund, or nothing.
    Number,
    /// Some word of the provider's.
    Word,
}

/// What the cells of a column of this name look like.
pub(super) fn form_of(name: &str) -> Form {
    if FREE.contains(&name) {
        Form::Free
    } else if name.ends_with("时间") {
        Form::Time
    } else if AMOUNTS.iter().any(|end| name.ends_with(end)) || name == "商家实收" {
        Form::Amount
    } else if name.ends_with('号') {
        Form::Number
    } else {
        Form::Word
    }
}

impl Form {
    fn has(self, cell: &str) -> bool {
        let cell = cell.trim();
        match self {
            Self::Free => true,
            Self::Time => beijing::parse(cell).is_some(),
            Self::Amount => BillFee::from_yuan(cell).is_ok(),
            Self::Number => cell.bytes().all(|byte| byte.is_ascii_graphic()),
            Self::Word => !cell.contains('\n'),
        }
    }
}

/// A search for the places where columns begin.
struct Search<'a> {
    cells: &'a [&'a str],
    forms: &'a [Form],
    /// Where each column begins, as far as it is tried now.
    starts: Vec<usize>,
    /// What was found first.
    found: Option<Vec<usize>>,
    /// Whether something else was found too, or the search was too long.
    is_unclear: bool,
    tries: usize,
}

/// In how many ways cells fit into columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// In one; the texts of the columns.
    One(Vec<String>),
    /// In several that differ in what is not free text, or the search was too long.
    Several,
    /// In none.
    None,
}

/// Gives every column its cells: a free text takes one or more, every other column one of its form.
pub(super) fn fit(cells: &[&str], between: &str, forms: &[Form]) -> Fit {
    if cells.len() < forms.len() {
        return Fit::None;
    }
    let mut search = Search {
        cells,
        forms,
        starts: Vec::new(),
        found: None,
        is_unclear: false,
        tries: 0,
    };
    search.place(0);
    if search.is_unclear {
        return Fit::Several;
    }
    let Some(starts) = search.found else {
        return Fit::None;
    };
    let ends = starts.iter().skip(1).copied().chain([cells.len()]);
    let texts = starts.iter().zip(ends);
    Fit::One(
        texts
            .map(|(start, end)| cells[*start..end].join(between).trim().to_owned())
            .collect(),
    )
}

impl Search<'_> {
    /// Places the columns that are left, from this cell on.
    fn place(&mut self, cell: usize) {
        self.tries += 1;
        self.is_unclear |= self.tries > MOST_TRIES;
        if self.is_unclear {
            return;
        }
        let column = self.starts.len();
        let Some(form) = self.forms.get(column) else {
            if cell == self.cells.len() {
                self.keep();
            }
            return;
        };
        // Every later column needs a cell too.
        let left = self.forms.len() - column - 1;
        let most = (self.cells.len() - cell).saturating_sub(left);
        let most = if *form == Form::Free {
            most
        } else {
            most.min(1)
        };
        for taken in 1..=most {
            if form.has(self.cells[cell]) {
                self.starts.push(cell);
                self.place(cell + taken);
                self.starts.pop();
            }
        }
    }

    fn keep(&mut self) {
        let needed = |starts: &[usize]| -> Vec<usize> {
            let columns = starts.iter().zip(self.forms);
            let needed = columns.filter(|(_, form)| **form != Form::Free);
            needed.map(|(start, _)| *start).collect()
        };
        match &self.found {
            None => self.found = Some(self.starts.clone()),
            Some(found) => self.is_unclear = needed(found) != needed(&self.starts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const NAMES: [&str; 6] = [
        "商户订单号",
        "商品名称",
        "完成时间",
        "对方账户",
        "订单金额",
        "备注",
    ];

    fn fitted(record: &str) -> Option<Vec<String>> {
        let forms: Vec<Form> = NAMES.iter().map(|name| form_of(name)).collect();
        let cells: Vec<&str> = record.split(',').collect();
        match fit(&cells, ",", &forms) {
            Fit::One(found) => Some(found),
            Fit::Several | Fit::None => None,
        }
    }

    #[rstest]
    #[case::title("G1,照片,冲印,2026-06-09 18:15:20,*,19.90,", ["照片,冲印", "*", "19.90", ""])]
    #[case::account("G1,照片,2026-06-09 18:15:20,a,b,c,19.90,", ["照片", "a,b,c", "19.90", ""])]
    #[case::note("G1,照片,2026-06-09 18:15:20,*,19.90,急,要", ["照片", "*", "19.90", "急,要"])]
    #[case::all_of_them("G1,一,二,2026-06-09 18:15:20,a,b,19.90,急,要", ["一,二", "a,b", "19.90", "急,要"])]
    fn cells_go_back_into_the_column_that_they_were_taken_from(
        #[case] record: &str,
        #[case] expected: [&str; 4],
    ) {
        let cells = fitted(record).unwrap();
        assert_eq!(
            [&cells[1], &cells[3], &cells[4], &cells[5]],
            expected,
            "{record}"
        );
        assert_eq!(
            (cells[0].as_str(), cells[2].as_str()),
            ("G1", "2026-06-09 18:15:20")
        );
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_not_read() {
        // Either amount may be the order's.
        assert_eq!(fitted("G1,照片,2026-06-09 18:15:20,a,1.00,19.90,"), None);
        assert_eq!(
            fitted("G1,照片,2026-06-09 18:15:20,19.90,"),
            None,
            "a cell is missing"
        );
        assert_eq!(fitted("G1,照片,冲印,昨天,*,19.90,"), None, "no time");
        let long = format!("G1{},2026-06-09 18:15:20,*,19.90,", ",x".repeat(400));
        assert!(fitted(&long).is_some());
        let hostile = format!("G1{}", ",2026-06-09 18:15:20,1.00".repeat(400));
        assert_eq!(fitted(&hostile), None);
    }
}
