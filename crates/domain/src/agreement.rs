//! What people agree to: the service agreement, and apart from it the consent to handle a portrait.
//!
//! A changed text gets a new version; consents are stored with the version and the hash of the text.

use chrono::{DateTime, Utc};

use crate::word::words;
use crate::{AccountId, ConsentId, Lang, Text};

words! {
    /// A text that people agree to.
    Document {
        /// What gradphoto does and with which data; asked for at login.
        ServiceAgreement = "service_agreement", "服务协议与隐私说明", "Service agreement and privacy notice";
        /// Handling a portrait, which is sensitive personal data; asked for before the first upload.
        FacePhoto = "face_photo", "人像照片处理同意书", "Consent to handle a portrait";
    }
}

words! {
    /// Where a consent was given.
    ConsentChannel {
        /// On a page of the web app.
        Web = "web", "网页", "web app";
        /// Through the API.
        Api = "api", "接口", "API";
    }
}

/// A consent that somebody gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// Who gave it.
    pub account_id: AccountId,
    /// To what.
    pub document: Document,
    /// Which version was shown.
    pub version: String,
    /// SHA-256 of the text that was shown, in hexadecimal digits.
    pub text_hash: String,
    /// Where it was given.
    pub channel: ConsentChannel,
    /// When it was given.
    pub granted_at: DateTime<Utc>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl Consent {
    /// Whether it is to the current version.
    pub fn is_current(&self) -> bool {
        self.version == self.document.current().version
    }
}

/// The current version of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// Which document.
    pub document: Document,
    /// Its version, a date.
    pub version: &'static str,
    /// What it comes to, in a sentence or two.
    pub summary: Text,
    /// The whole text; paragraphs are separated by an empty line. `{operator}` and `{contact}` are the operator's.
    pub text: Text,
}

/// Who runs the platform, as people are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformOperator {
    /// The full name in Chinese.
    pub name_zh: String,
    /// The full name in English.
    pub name_en: String,
    /// Telephone, e-mail or both, in one line.
    pub contact: String,
}

impl PlatformOperator {
    /// An invented operator for the demo; production names a real one.
    pub fn sample() -> Self {
        Self {
            name_zh: "示例图像采集中心（演示）".to_owned(),
            name_en: "Sample Portrait Centre (demo)".to_owned(),
            contact: "010-00000000，service@photo.example".to_owned(),
        }
    }

    /// The name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.name_zh,
            Lang::En => &self.name_en,
        }
    }
}

const SERVICE_AGREEMENT: Agreement = Agreement {
    document: Document::ServiceAgreement,
    version: "2026-11-29",
    summary: Text::new(
        "我们用您的手机号登录，用证件号核对学校名单，用照片办理毕业证书图像采集；证件号、手机号与照片均加密保存，只给您的学校和审核人员看。",
        "We use your phone number to log you in, your document number to find you on your school's list, and your photo for the diploma's image collection. All three are stored encrypted and shown only to your school and its reviewers.",
    ),
    text: Text::new(SERVICE_ZH, SERVICE_EN),
};

const SERVICE_ZH: &str = "一、我们是谁。本平台由{operator}运营，受您的学校委托办理毕业生图像采集。联系方式：{contact}。

二、我们收集什么、为什么。手机号：登录和通知。证件类型、证件号、学历层次以及学校要求的姓名或学号：在学校提供的名单中找到您。照片：用于学历证书电子注册，须另行取得您的同意。订单与支付结果：收取学校公布的采集费。邮箱和邮寄地址：仅在您填写时使用。手机号挂失登记：您填写的姓名、学校、证件号和手机号，仅用于核实身份并与您联系。

三、谁能看到。您本人、您的学校和指定的审核人员。支付平台只收到金额和订单编号，短信平台只收到手机号和验证码。我们不把信息用于广告，不出售，不做人脸识别。

四、如何保护、保存多久。证件号、手机号和照片加密保存，密钥与数据库分开存放；每次查看都有记录。采集任务完成并交付后，按学校规定的期限删除。

五、您的权利。您可以在个人中心查看、更正和导出自己的信息，查看谁看过您的信息，撤回同意，也可以注销账号并删除信息；无法登录时，请联系我们。撤回不影响此前已完成的处理。

六、费用。费用由学校公布，支付前会逐项显示。照片被驳回后重新提交不再收费。";

const SERVICE_EN: &str = "1. Who we are. {operator} runs this platform and collects graduates' portraits on behalf of your school. Contact: {contact}.

2. What we collect and why. Your phone number: to log you in and to tell you the outcome. Kind and number of your document, your level, and your name or student number where the school asks for it: to find you on the list that the school gave us. Your photo: for the electronic registration of your diploma; we ask for that consent apart. Orders and payments: to take the fee that the school announced. E-mail and postal address: only if you fill them in. Reports of a lost phone: the name, school, document number and phone numbers that you write, only to check who you are and to call you.

3. Who sees it. You, your school and its appointed reviewers. Payment services receive an amount and an order number only; the SMS service receives your number and the code. We do not advertise, sell data or recognise faces.

4. How it is protected and for how long. Numbers and photos are stored encrypted, with the keys kept apart from the database; every look is recorded. When the collection is finished and handed over, the data are deleted in the time that the school has set.

5. Your rights. In “My account” you can see, correct and export your data, see who looked at them, withdraw consent, and erase your account and your data; if you can't log in, contact us. A withdrawal does not undo what was done before.

6. Fees. The school announces the fee, and every line is shown before you pay. Sending another photo after a rejection costs nothing.";

const FACE_PHOTO: Agreement = Agreement {
    document: Document::FacePhoto,
    version: "2026-11-22",
    summary: Text::new(
        "您的照片只用于本次毕业生图像采集：检查尺寸与画质、人工审核、交给学校。不做人脸识别，不提取面部特征模板。",
        "Your photo is used for this collection only: its size and quality are checked, a person reviews it, and it goes to your school. No face recognition, no facial template.",
    ),
    text: Text::new(FACE_ZH, FACE_EN),
};

const FACE_ZH: &str = "您的人像照片属于敏感个人信息，处理它需要您的单独同意。

用途：检查是否符合学历证书电子注册图像标准；由学校或受托的审核人员审核；交付给您的学校。

必要性与影响：没有照片就无法办理学历证书电子注册。照片一旦泄露可能被他人冒用，因此我们加密保存原图和成片，并记录每一次查看。

我们不做的事：不识别您是谁，不提取或保存面部特征模板，不用于其他任何用途。

您可以随时在个人中心撤回同意。撤回后我们停止处理您的照片；若尚未交付学校，您需要以其他方式完成采集，请咨询学校。";

const FACE_EN: &str = "Your portrait is sensitive personal data, and handling it needs your separate consent.

Purpose: to check it against the image standard for electronic diploma registration; to have it reviewed by your school or its appointed reviewers; to hand it over to your school.

Why it is needed and what it may mean for you: without the photo the diploma cannot be registered. A leaked portrait could be misused, so the original and the result are stored encrypted and every look at them is recorded.

What we do not do: we do not identify you, make or keep a facial template, or use the photo for anything else.

You can withdraw this consent in your personal centre at any time. We then stop handling your photo; if it has not been handed over yet, ask your school for another way to take part.";

impl Document {
    /// The current version.
    pub const fn current(self) -> Agreement {
        match self {
            Self::ServiceAgreement => SERVICE_AGREEMENT,
            Self::FacePhoto => FACE_PHOTO,
        }
    }
}

impl Agreement {
    /// The paragraphs of the whole text, with the operator's name and contact filled in.
    pub fn paragraphs(&self, lang: Lang, name: &str, contact: &str) -> Vec<String> {
        let paragraphs = self.text.get(lang).split("\n\n");
        let filled = paragraphs.map(|text| {
            text.replace("{operator}", name)
                .replace("{contact}", contact)
        });
        filled.collect()
    }

    /// The whole text in both languages, as an operator shows it: what a consent keeps the hash of.
    pub fn whole_text(&self, operator: &PlatformOperator) -> String {
        let texts = Lang::ALL.map(|lang| {
            let paragraphs = self.paragraphs(lang, operator.name(lang), &operator.contact);
            paragraphs.join("\n\n")
        });
        texts.join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn both_languages_have_the_same_paragraphs() {
        for &document in Document::ALL {
            let agreement = document.current();
            assert_eq!(agreement.document, document);
            let count = |lang| agreement.paragraphs(lang, "", "").len();
            assert_eq!(count(Lang::Zh), count(Lang::En));
        }
    }

    #[test]
    fn the_agreement_names_the_operator_and_a_consent_keeps_which() {
        let agreement = Document::ServiceAgreement.current();
        let sample = PlatformOperator::sample();
        for lang in Lang::ALL {
            let paragraphs = agreement.paragraphs(lang, sample.name(lang), &sample.contact);
            assert!(paragraphs[0].contains(sample.name(lang)), "{paragraphs:?}");
            assert!(paragraphs[0].contains(&sample.contact), "{paragraphs:?}");
        }
        let other = PlatformOperator {
            contact: "another".to_owned(),
            ..sample.clone()
        };
        assert_ne!(agreement.whole_text(&sample), agreement.whole_text(&other));
        for &document in Document::ALL {
            let text = document.current().whole_text(&sample);
            assert!(!text.contains('{'), "{text}");
        }
    }

    #[rstest]
    #[case::to_the_current_version(Document::ServiceAgreement.current().version, true)]
    #[case::to_an_earlier_one("2020-01-01", false)]
    fn a_consent_is_current_as_long_as_its_version_is(
        #[case] version: &str,
        #[case] is_current: bool,
    ) {
        let consent = Consent {
            id: ConsentId(Uuid::nil()),
            account_id: AccountId(Uuid::nil()),
            document: Document::ServiceAgreement,
            version: version.to_owned(),
            text_hash: String::new(),
            channel: ConsentChannel::Web,
            granted_at: DateTime::UNIX_EPOCH,
            withdrawn_at: None,
        };
        assert_eq!(consent.is_current(), is_current);
    }
}
