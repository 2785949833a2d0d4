//! Making image-capture codes for students.

use std::fmt::Write as _;

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Query, ServiceConfig};
use serde::Deserialize;

use crate::capture_code::{CodeContent, DrawnCode, issue};
use crate::html::{escape, page};
use crate::world::World;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/capture-codes", web::get().to(form))
        .route("/capture-codes/made", web::get().to(made))
        .route("/capture-codes/picture", web::get().to(picture));
}

/// The fields of the form, with what they are called.
const FIELDS: [(&str, &str); 7] = [
    ("school", "学校代码"),
    ("student_no", "学号"),
    ("name", "姓名"),
    ("level", "层次（phd、msc、pgc、ba2、ba、ja）"),
    ("id_type", "证件类型（cn_id、passport…）"),
    ("id_number", "证件号码"),
    ("year", "毕业年份"),
];

async fn form() -> HttpResponse {
    let sample = CodeContent::default();
    let year = sample.year.to_string();
    let values = [
        &sample.school,
        &sample.student_no,
        &sample.name,
        &sample.level,
        &sample.id_type,
        &sample.id_number,
        &year,
    ];
    let mut fields = String::new();
    for ((name, label), value) in FIELDS.iter().zip(values) {
        // A text takes whatever is written to it.
        let _ = write!(
            fields,
            "<p><label>{label}<br><input name=\"{name}\" value=\"{}\"></label></p>",
            escape(value)
        );
    }
    page(
        "图像采集码",
        &format!(
            "<p class=\"muted\">为测试签发自有格式的采集码（学信网的格式不公开）。有效期 90 天。</p>\
             <form action=\"/capture-codes/made\" class=\"card\">{fields}\
             <button class=\"wide\">生成采集码</button></form>"
        ),
    )
}

async fn made(world: Data<World>, content: Query<CodeContent>) -> HttpResponse {
    let Ok(code) = issue(&world, &content) else {
        return HttpResponse::InternalServerError().finish();
    };
    let Some(drawn) = DrawnCode::new(&code) else {
        return HttpResponse::BadRequest().finish();
    };
    page(
        "图像采集码",
        &format!(
            "<div class=\"card\"><p>{} · {}</p>{}<p><a href=\"/capture-codes/picture?code={code}\">保存图片</a></p>\
             <p><textarea rows=\"6\" readonly aria-label=\"采集码文字\">{code}</textarea></p></div>",
            escape(&content.name),
            escape(&content.school),
            drawn.svg(),
        ),
    )
}

#[derive(Deserialize)]
struct Text {
    code: String,
}

async fn picture(text: Query<Text>) -> HttpResponse {
    let drawn = DrawnCode::new(&text.code);
    match drawn.and_then(|drawn| drawn.png().ok()) {
        Some(file) => HttpResponse::Ok()
            .content_type("image/png")
            .insert_header((
                "Content-Disposition",
                "attachment; filename=\"capture-code.png\"",
            ))
            .body(file),
        None => HttpResponse::BadRequest().finish(),
    }
}
