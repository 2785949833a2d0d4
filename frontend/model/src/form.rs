//! What is wrong with the fields of a form: what the page found by the rules of `domain`, and what the server said.

use domain::{FieldError, Lang};

/// What the server said about a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerFault {
    /// Which field, as a JSON pointer.
    pub pointer: String,
    /// What is wrong and what to do.
    pub detail: String,
}

/// A form that was looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Checked {
    /// What the page found.
    pub found: Vec<FieldError>,
    /// Whether the person tried to send the form; before that what the page found is not shown.
    pub is_tried: bool,
    /// What the server said the last time.
    pub server: Vec<ServerFault>,
}

impl Checked {
    /// Whether it can be sent.
    pub fn is_right(&self) -> bool {
        self.found.is_empty()
    }

    /// What stands at a field: what the page found, else what the server said.
    pub fn at(&self, pointer: &str, lang: Lang) -> Option<String> {
        let found = self.found.iter().find(|error| error.pointer == pointer);
        let found = found.filter(|_| self.is_tried);
        found.map(|error| error.detail(lang)).or_else(|| {
            let said = self.server.iter().find(|fault| fault.pointer == pointer)?;
            Some(said.detail.clone())
        })
    }

    /// What the server said about fields that the form does not have: it stands above the form.
    pub fn elsewhere(&self, pointers: &[&str]) -> Vec<&str> {
        let others = self.server.iter();
        let others = others.filter(|fault| !pointers.contains(&fault.pointer.as_str()));
        others.map(|fault| fault.detail.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::ProblemCode;

    use super::*;

    #[test]
    fn the_page_is_silent_until_the_form_was_tried_and_the_server_never() {
        let mut form = Checked {
            found: vec![FieldError::new("/email", ProblemCode::ContactEmail)],
            is_tried: false,
            server: vec![ServerFault {
                pointer: "/name".to_owned(),
                detail: "请填写姓名".to_owned(),
            }],
        };
        assert!(!form.is_right());
        assert_eq!(form.at("/email", Lang::Zh), None);
        assert_eq!(form.at("/name", Lang::Zh).as_deref(), Some("请填写姓名"));
        form.is_tried = true;
        let email = ProblemCode::ContactEmail.detail();
        assert_eq!(form.at("/email", Lang::En).as_deref(), Some(email.en));
        assert_eq!(form.elsewhere(&["/email"]), ["请填写姓名"]);
        assert!(form.elsewhere(&["/name"]).is_empty());
    }
}
