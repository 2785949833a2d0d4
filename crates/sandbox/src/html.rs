//! The frame of the sandbox's pages: no outside file, one script of three lines where a window must be told.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION};

const POLICY: &str =
    "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'";

/// What a page is written in; most are in Chinese alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lang {
    Chinese,
    English,
}

impl Lang {
    /// The language of this tag, or of the first one that a browser prefers; Chinese where neither says English.
    pub(crate) fn of(tag: &str) -> Self {
        if tag.starts_with("en") {
            Self::English
        } else {
            Self::Chinese
        }
    }

    /// Its tag.
    pub(crate) fn tag(self) -> &'static str {
        self.pick("zh-CN", "en")
    }

    /// The text in this language.
    pub(crate) fn pick<T>(self, chinese: T, english: T) -> T {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}

/// A page with `body` as its content; `title` and `body` are HTML already.
pub(crate) fn page(title: &str, body: &str) -> HttpResponse {
    page_in(Lang::Chinese, title, body)
}

/// A page in this language.
pub(crate) fn page_in(lang: Lang, title: &str, body: &str) -> HttpResponse {
    framed(lang, title, "<main>", body)
}

/// A page whose outcome is told to the window that opened it.
pub(crate) fn page_with_outcome(title: &str, body: &str, outcome: &str) -> HttpResponse {
    let main = format!("<script src=\"/done.js\" defer></script><main data-outcome=\"{outcome}\">");
    framed(Lang::Chinese, title, &main, body)
}

fn framed(lang: Lang, title: &str, main: &str, body: &str) -> HttpResponse {
    let places = [
        ("/", "总览", "Overview"),
        ("/orders", "订单与退款", "Orders and refunds"),
        ("/calls", "调用", "Calls"),
        ("/inbox", "短信收件箱", "Messages"),
        ("/capture-codes", "采集码", "Capture codes"),
        ("/faults", "故障", "Faults"),
    ];
    let places: String = places
        .map(|(to, chinese, english)| {
            format!("<a href=\"{to}\">{}</a>", lang.pick(chinese, english))
        })
        .concat();
    let (tag, site) = (lang.tag(), lang.pick("gradphoto 沙箱", "gradphoto sandbox"));
    HttpResponse::Ok()
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("text/html; charset=utf-8")
        .body(format!(
            "<!doctype html><html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>{title} · {site}</title><link rel=\"stylesheet\" href=\"/style.css\">\
             </head><body><header>{places}</header>{main}<h1>{title}</h1>{body}</main></body></html>"
        ))
}

/// The answer to a form: look there.
pub(crate) fn see_other(location: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, location))
        .finish()
}

/// Text for HTML content and quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Lang, escape};

    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            escape(r#"<b a="1">'&'</b>"#),
            "&lt;b a=&quot;1&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;"
        );
    }

    #[rstest]
    #[case("en", Lang::English)]
    #[case("en-GB,en;q=0.9", Lang::English)]
    #[case("zh-CN,en;q=0.5", Lang::Chinese)]
    #[case("de", Lang::Chinese)]
    #[case("", Lang::Chinese)]
    fn a_page_is_english_only_where_that_comes_first(#[case] tag: &str, #[case] expected: Lang) {
        assert_eq!(Lang::of(tag), expected);
    }
}
