//! The steps that most tests begin with: a verified student, a consent, a photo.

use std::path::{Path, PathBuf};

use chrono::Datelike;
use domain::agreement::Document;
use jpeg_encoder::{ColorType, Encoder};
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};

/// Who a sample student says they are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Who {
    pub(crate) school: &'static str,
    pub(crate) document_type: &'static str,
    pub(crate) document_number: &'static str,
    pub(crate) level: &'static str,
    pub(crate) name: &'static str,
    pub(crate) student_no: &'static str,
}

/// Pays ¥20.
pub(crate) const ZHANG: Who = Who {
    school: "北京大学医学部",
    document_type: "cn_id",
    document_number: "110105200101019018",
    level: "msc",
    name: "张晓明",
    student_no: "2310301001",
};
/// Pays ¥20 too, at the same school.
pub(crate) const LI: Who = Who {
    document_number: "110105199906159020",
    level: "phd",
    name: "李若水",
    student_no: "2110301002",
    ..ZHANG
};
/// Pays nothing.
pub(crate) const ZHAO: Who = Who {
    school: "示例大学",
    document_number: "510104200409099075",
    level: "ba",
    name: "赵一帆",
    student_no: "2210401001",
    ..ZHANG
};
/// Their school pays.
pub(crate) const QIAN: Who = Who {
    school: "示例大学（南校区）",
    document_number: "320505200410109085",
    level: "ba",
    name: "钱多多",
    student_no: "2210501002",
    ..ZHANG
};

impl Browser {
    /// The task of a sample school.
    pub(crate) async fn task(&self, school: &str) -> Value {
        let request = self.request(reqwest::Method::GET, "/api/v1/schools");
        let reply = self.send(request.query(&[("name", school)])).await;
        reply.json()["schools"][0]["tasks"][0].clone()
    }

    /// What this student would send to be verified.
    pub(crate) async fn claim(&self, who: Who) -> Value {
        json!({
            "task_id": self.task(who.school).await["id"],
            "document_type": who.document_type,
            "document_number": who.document_number,
            "level": who.level,
            "name": who.name,
            "student_no": who.student_no,
        })
    }

    /// Asks to be verified; where a captcha is asked for, solves one, as the page does.
    pub(crate) async fn verify(&self, claim: &Value) -> Reply {
        let path = "/api/v1/enrolments";
        let reply = self.post(path, claim.clone()).await;
        let is_asked = reply.status == 422 && reply.text("code") == "enrolment.captcha_required";
        if !is_asked {
            return reply;
        }
        let mut claim = claim.clone();
        claim["captcha_token"] = self.captcha_token().await.into();
        self.post(path, claim).await
    }

    /// Verifies as this student and agrees to the handling of the portrait; the enrolment's id.
    pub(crate) async fn enrol(&self, who: Who) -> String {
        let enrolment = self.verify(&self.claim(who).await).await;
        assert_eq!(enrolment.status, 201, "{enrolment:?}");
        assert_eq!(self.consent().await.status, 204);
        enrolment.text("id")
    }

    /// Sends a roster file, as staff do.
    pub(crate) async fn send_roster(&self, task: &str, file: &str) -> Reply {
        let path = format!("/api/v1/tasks/{task}/roster-imports");
        let request = self.request(Method::POST, &path).body(file.to_owned());
        self.send(request).await
    }

    /// Agrees to the handling of the portrait.
    pub(crate) async fn consent(&self) -> Reply {
        let version = Document::FacePhoto.current().version;
        let body = json!({ "document": "face_photo", "version": version });
        self.post("/api/v1/me/consents", body).await
    }

    /// Hands a file in, framed as a whole of 480×640.
    pub(crate) async fn submit(&self, enrolment: &str, upload: &str, file: Vec<u8>) -> Reply {
        let frame = r#"{"x":0,"y":0,"width":480,"height":640}"#;
        self.submit_framed(enrolment, upload, file, frame).await
    }

    /// Hands a file in with a frame.
    pub(crate) async fn submit_framed(
        &self,
        enrolment: &str,
        upload: &str,
        file: Vec<u8>,
        frame: &str,
    ) -> Reply {
        let path = format!("/api/v1/enrolments/{enrolment}/photos");
        self.upload(&path, &[("upload_id", upload), ("frame", frame)], file)
            .await
    }
}

/// The real portrait that `cargo xtask setup` fetches; `None`, with a line that says so, where it is not there.
pub(crate) fn real_portrait() -> Option<Vec<u8>> {
    let chosen = std::env::var_os("GRADPHOTO_PORTRAIT").map(PathBuf::from);
    let cached = || Path::new(env!("GRADPHOTO_MODELS")).with_file_name("portrait.jpg");
    let file = std::fs::read(chosen.unwrap_or_else(cached)).ok();
    if file.is_none() {
        println!("skipped: the portrait is not there; `cargo xtask setup` fetches it");
    }
    file
}

/// The name of every sample task.
pub(crate) fn task_name(app: &TestApp) -> String {
    let today = domain::day_in_china(app.context.now());
    format!("{} 年毕业生图像采集", today.year())
}

/// A product with one student who may submit.
pub(crate) async fn ready() -> (TestApp, Browser, String) {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let enrolment = student.enrol(ZHANG).await;
    (app, student, enrolment)
}

/// The client's id of an upload.
pub(crate) fn upload_id(number: u8) -> String {
    domain::UploadId::new(chrono::DateTime::UNIX_EPOCH, [number; 10]).to_string()
}

/// The pixels of a picture as a child draws a portrait; `shade` tells one from another.
pub(crate) fn pixels(width: u16, height: u16, shade: u8) -> Vec<u8> {
    let (wide, high) = (i64::from(width), i64::from(height));
    let pixel = |x: i64, y: i64| {
        let (across, down) = (x * 480 / wide - 240, y * 640 / high);
        let is_in = |middle: i64, rx: i64, ry: i64| {
            let (dx, dy) = (across * 1000 / rx, (down - middle) * 1000 / ry);
            dx * dx + dy * dy < 1_000_000
        };
        if is_in(260, 110, 150) {
            [220, 180, shade]
        } else if is_in(640, 220, 220) {
            [130, 130, 140]
        } else {
            [100, 197, 255]
        }
    };
    let rows = (0..high).flat_map(|y| (0..wide).map(move |x| (x, y)));
    rows.flat_map(|(x, y)| pixel(x, y)).collect()
}

/// A JPEG that meets the standard where it is 480×640 or larger.
pub(crate) fn portrait(width: u16, height: u16, shade: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = Encoder::new(&mut file, 90);
    encoder
        .encode(&pixels(width, height, shade), width, height, ColorType::Rgb)
        .unwrap();
    file
}
