//! Sample students. Names and numbers are invented: the numbers are valid in form and belong to nobody we know of.

use domain::{DocumentType, EducationLevel};

/// A sample student.
#[derive(Debug)]
pub(super) struct Person {
    /// The name of the sample school.
    pub(super) school: &'static str,
    /// The kind of document.
    pub(super) document_type: DocumentType,
    /// Its number.
    pub(super) document_number: &'static str,
    /// The level.
    pub(super) level: EducationLevel,
    /// The name.
    pub(super) name: &'static str,
    /// The student number.
    pub(super) student_no: &'static str,
    /// The college.
    pub(super) college: &'static str,
    /// The major.
    pub(super) major: &'static str,
}

/// The sample students.
pub(super) const PEOPLE: &[Person] = &[
    Person {
        school: "北京大学医学部",
        document_type: DocumentType::CnId,
        document_number: "110105200101019018",
        level: EducationLevel::Msc,
        name: "张晓明",
        student_no: "2310301001",
        college: "基础医学院",
        major: "免疫学",
    },
    Person {
        school: "北京大学医学部",
        document_type: DocumentType::CnId,
        document_number: "110105199906159020",
        level: EducationLevel::Phd,
        name: "李若水",
        student_no: "2110301002",
        college: "公共卫生学院",
        major: "流行病与卫生统计学",
    },
    Person {
        school: "北京大学医学部",
        document_type: DocumentType::CnId,
        document_number: "310104200112039031",
        level: EducationLevel::Msc,
        name: "王小雨",
        student_no: "2310301003",
        college: "护理学院",
        major: "护理学",
    },
    Person {
        school: "北京大学医学部",
        document_type: DocumentType::CnId,
        document_number: "653101200108089046",
        level: EducationLevel::Msc,
        name: "古丽米热·艾比布力",
        student_no: "2310301004",
        college: "口腔医学院",
        major: "口腔临床医学",
    },
    Person {
        school: "北京大学医学部",
        document_type: DocumentType::CnId,
        document_number: "440306200303019052",
        level: EducationLevel::Ba,
        name: "陈䶮",
        student_no: "2110301005",
        college: "药学院",
        major: "药学",
    },
    Person {
        school: "北京大学医学部",
        document_type: DocumentType::CnId,
        document_number: "33010220040704906X",
        level: EducationLevel::Ba,
        name: "周可可",
        student_no: "2110301006",
        college: "药学院",
        major: "药学",
    },
    Person {
        school: "北京大学医学部",
        document_type: DocumentType::Passport,
        document_number: "E99990001",
        level: EducationLevel::Msc,
        name: "ANNA EXAMPLE",
        student_no: "2310301007",
        college: "国际医院管理",
        major: "公共管理",
    },
    Person {
        school: "北京大学医学部",
        document_type: DocumentType::HkmoPermit,
        document_number: "H99990002",
        level: EducationLevel::Msc,
        name: "何示例",
        student_no: "2310301008",
        college: "第一医院",
        major: "外科学",
    },
    Person {
        school: "北京大学医学部",
        document_type: DocumentType::TwPermit,
        document_number: "99990003",
        level: EducationLevel::Phd,
        name: "林示例",
        student_no: "2110301009",
        college: "第三医院",
        major: "妇产科学",
    },
    Person {
        school: "示例大学",
        document_type: DocumentType::CnId,
        document_number: "510104200409099075",
        level: EducationLevel::Ba,
        name: "赵一帆",
        student_no: "2210401001",
        college: "数学学院",
        major: "统计学",
    },
    Person {
        school: "示例大学",
        document_type: DocumentType::Other,
        document_number: "K999903(4)",
        level: EducationLevel::Ba,
        name: "卢示例",
        student_no: "2210401002",
        college: "文学院",
        major: "汉语言文学",
    },
    Person {
        school: "示例大学（南校区）",
        document_type: DocumentType::HkmotwResidence,
        document_number: "810000200105209108",
        level: EducationLevel::Msc,
        name: "马示例",
        student_no: "2310501001",
        college: "商学院",
        major: "会计学",
    },
    Person {
        school: "示例大学（南校区）",
        document_type: DocumentType::CnId,
        document_number: "320505200410109085",
        level: EducationLevel::Ba,
        name: "钱多多",
        student_no: "2210501002",
        college: "商学院",
        major: "金融学",
    },
    Person {
        school: "示例理工大学",
        document_type: DocumentType::CnId,
        document_number: "210203200401219093",
        level: EducationLevel::Ba,
        name: "孙明日",
        student_no: "2210601001",
        college: "机械学院",
        major: "机械工程",
    },
    Person {
        school: "示例医学院",
        document_type: DocumentType::CnId,
        document_number: "420106200311309119",
        level: EducationLevel::Ba,
        name: "吴昨日",
        student_no: "2110701001",
        college: "临床医学院",
        major: "临床医学",
    },
];
