//! What is printed of a package: sheets of photos, and lists on which students sign for theirs. Both are pages for a browser,
//! which has the fonts for every name.

use std::fmt::Write as _;

use super::prints::PrintCaption;

/// Photos on a sheet: four rows of four, each 480 by 640 pixels at 300 dpi, which is 40.64 by 54.19 mm, fill an A4 page.
const ON_A_SHEET: usize = 16;
/// Rows of a list on an A4 page.
const ON_A_LIST: usize = 30;
/// What stands where the roster names no college or class.
const UNNAMED: &str = "未分组";

const STYLE: &str = "@page{size:A4;margin:10mm}body{margin:0;font:10pt sans-serif}section{break-after:page}\
    h1{font-size:28pt}h2{margin:0 0 3mm;font-size:12pt}.class{padding-top:80mm;text-align:center}\
    .photos{display:grid;grid-template-columns:repeat(4,40.64mm);justify-content:space-between;row-gap:2mm}\
    figure{margin:0;break-inside:avoid}img{display:block;width:40.64mm;height:54.19mm}\
    figcaption{height:6mm;overflow:hidden;font-size:8pt;line-height:6mm;text-align:center;white-space:nowrap}\
    table{width:100%;border-collapse:collapse}th,td{height:7.5mm;padding:0 2mm;border:.2mm solid #000;text-align:left}\
    .sign{width:45mm}.day{width:30mm}.number{width:10mm}";

/// A student whose photo is printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PrintedStudent {
    /// The college on the roster.
    pub college: Option<String>,
    /// The class.
    pub class_name: Option<String>,
    /// The student number.
    pub student_no: String,
    /// The name.
    pub name: String,
    /// The photo's path in the package.
    pub path: String,
}

/// The students of a package, in the order of the prints: by college, class and student number.
#[derive(Debug, Clone)]
pub struct PrintSheets {
    caption: PrintCaption,
    students: Vec<PrintedStudent>,
}

impl PrintSheets {
    /// Sheets without students, whose photos will have this under them.
    pub fn new(caption: PrintCaption) -> Self {
        Self {
            caption,
            students: Vec::new(),
        }
    }

    /// Adds a student.
    pub fn add(&mut self, student: PrintedStudent) {
        let place = self.students.partition_point(|other| *other <= student);
        self.students.insert(place, student);
    }

    /// The page with the photos: for each class a page that separates it from the one before, then its sheets.
    pub fn photos(&self) -> String {
        let mut page = begun("照片打印页");
        for class in self.classes() {
            let heading = heading(class);
            let _ = write!(
                page,
                "<section class=\"class\"><h1>{heading}</h1><p>{} 人</p></section>",
                class.len()
            );
            let pieces = class.chunks(ON_A_SHEET);
            let total = pieces.len();
            for (number, piece) in pieces.enumerate() {
                let _ = write!(
                    page,
                    "<section><h2>{heading} {}/{total}</h2><div class=\"photos\">",
                    number + 1
                );
                for student in piece {
                    figure(&mut page, student, self.caption);
                }
                page.push_str("</div></section>");
            }
        }
        ended(page)
    }

    /// The page with the lists on which the students of each class sign for their prints.
    pub fn signatures(&self) -> String {
        let mut page = begun("照片签收表");
        for class in self.classes() {
            let heading = heading(class);
            for (number, piece) in class.chunks(ON_A_LIST).enumerate() {
                let _ = write!(
                    page,
                    "<section><h2>照片签收表 · {heading}</h2><table><tr><th class=\"number\">序号</th><th>学号</th><th>姓名</th>\
                     <th class=\"sign\">签名</th><th class=\"day\">日期</th></tr>"
                );
                for (row, student) in piece.iter().enumerate() {
                    let (student_no, name) = (escaped(&student.student_no), escaped(&student.name));
                    let _ = write!(
                        page,
                        "<tr><td>{}</td><td>{student_no}</td><td>{name}</td><td></td><td></td></tr>",
                        number * ON_A_LIST + row + 1
                    );
                }
                page.push_str("</table></section>");
            }
        }
        ended(page)
    }

    fn classes(&self) -> impl Iterator<Item = &[PrintedStudent]> {
        self.students.chunk_by(|one, next| {
            (&one.college, &one.class_name) == (&next.college, &next.class_name)
        })
    }
}

fn begun(title: &str) -> String {
    format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head><body>"
    )
}

fn ended(mut page: String) -> String {
    page.push_str("</body></html>\n");
    page
}

/// College and class.
fn heading(class: &[PrintedStudent]) -> String {
    let first = class.first();
    let names = [
        first.and_then(|student| student.college.as_deref()),
        first.and_then(|student| student.class_name.as_deref()),
    ];
    let known: Vec<String> = names.into_iter().flatten().map(escaped).collect();
    if known.is_empty() {
        return UNNAMED.to_owned();
    }
    known.join(" · ")
}

fn figure(page: &mut String, student: &PrintedStudent, caption: PrintCaption) {
    // The path is an address here: a sign that means something in addresses is written as its byte.
    let path = student.path.replace('%', "%25").replace('#', "%23");
    let (path, name) = (escaped(&path), escaped(&student.name));
    let caption = captioned(student, caption);
    let _ = write!(
        page,
        "<figure><img src=\"{path}\" alt=\"{name}\"><figcaption>{caption}</figcaption></figure>"
    );
}

/// What stands under a photo.
fn captioned(student: &PrintedStudent, caption: PrintCaption) -> String {
    let (name, number) = (escaped(&student.name), escaped(&student.student_no));
    match caption {
        PrintCaption::NameAndNumber => format!("{name} {number}"),
        PrintCaption::Name => name,
        PrintCaption::Number => number,
        PrintCaption::ClassAndName => {
            let class = student.class_name.as_deref().map(escaped);
            format!("{} {name}", class.unwrap_or_default())
        }
        PrintCaption::Nothing => String::new(),
    }
}

/// A text as HTML has it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn student(class_name: Option<&str>, number: u32) -> PrintedStudent {
        PrintedStudent {
            college: Some("计算机学院".to_owned()),
            class_name: class_name.map(str::to_owned),
            student_no: format!("{number:05}"),
            name: "李<b>华".to_owned(),
            path: format!("photos/a#1/{number:05}.jpg"),
        }
    }

    #[test]
    fn classes_begin_with_a_page_of_their_own_and_are_sorted() {
        let mut sheets = PrintSheets::new(PrintCaption::NameAndNumber);
        for number in (0..17).rev() {
            sheets.add(student(Some("一班"), number));
        }
        sheets.add(student(None, 3));
        let page = sheets.photos();
        assert_eq!(page.matches("<section class=\"class\">").count(), 2);
        assert_eq!(page.matches("<section><h2>").count(), 3, "16 on a sheet");
        assert_eq!(page.matches("<img ").count(), 18);
        assert!(page.contains("计算机学院 · 一班 2/2"), "{page}");
        let place = |number: &str| page.rfind(&format!("{number}</figcaption>")).unwrap();
        assert!(place("00002") < place("00016"));
        assert!(!page.contains("<b>"), "names are text");
        assert!(page.contains("src=\"photos/a%231/00016.jpg\""));
    }

    #[test]
    fn what_stands_under_a_photo_is_chosen() {
        let under = |caption| {
            let mut sheets = PrintSheets::new(caption);
            sheets.add(student(Some("一班"), 7));
            let page = sheets.photos();
            let (_, behind) = page.split_once("<figcaption>").unwrap();
            behind.split_once('<').unwrap().0.to_owned()
        };
        let captions = PrintCaption::ALL.iter().map(|caption| under(*caption));
        let expected = [
            "李&lt;b&gt;华 00007",
            "李&lt;b&gt;华",
            "00007",
            "一班 李&lt;b&gt;华",
            "",
        ];
        assert_eq!(captions.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn students_sign_on_lists_of_thirty() {
        let mut sheets = PrintSheets::new(PrintCaption::Nothing);
        for number in 0..31 {
            sheets.add(student(Some("一班"), number));
        }
        let page = sheets.signatures();
        assert_eq!(page.matches("<table>").count(), 2);
        assert!(page.contains("<td>31</td><td>00030</td>"), "numbers go on");
    }
}
