//! What the web apps of students and of staff are made of: components, calls of the API, the language.
//!
//! ```text
//! student, console ─▶ component   fields, buttons, dialogs, loading and failing: each drawn here and nowhere else
//!                     ├ api       the generated client, with session and time-out
//!                     ├ captcha   solved without the person
//!                     ├ lang      the language of the page
//!                     ├ text      tables of texts in both languages; each stands beside the code that says it
//!                     └ clock     the server's clock
//! ```

pub mod api;
pub mod captcha;
pub mod clock;
mod component;
pub mod lang;
mod site;
mod text;

pub use component::{
    Action, Alert, AskFirst, Button, ButtonLink, Choice, CodeBoxes, EmptyView, ErrorView, Fact,
    Heading, LangButtons, List, Load, Loader, Look, Note, Notice, PhoneField, ProblemBox, Qr,
    RadioCards, Shape, Sheet, Skeleton, TextField, Title, Tone, async_view, date_text,
    deadline_text, due_text, error_of, fact_list, focus, last_day_text, moment_text, money,
    phone_advice, phone_problem, status_pill, use_action, use_countries, use_first_wrong,
    use_loader, use_settings,
};
pub use site::{Site, address};
pub use text::{CommonTexts, TextTable, fill, use_text};
