//! What the web apps of students and of staff are made of: components, calls of the API, the language.
//!
//! ```text
//! student, console ─▶ component   fields, buttons, dialogs, loading and failing: each drawn here and nowhere else
//!                     ├ api       the generated client, with session and time-out
//!                     ├ gesture   what fingers, mouse and keys do to the frame of a photo
//!                     ├ captcha   solved without the person
//!                     ├ router    the address as a route; links
//!                     ├ lazy      pages whose program comes in a chunk
//!                     ├ login     the code by SMS
//!                     ├ kept      what the browser keeps
//!                     ├ lang      the language of the page
//!                     ├ text      tables of texts in both languages; each stands beside the code that says it
//!                     └ clock     the server's clock
//! ```

mod address;
pub mod api;
pub mod captcha;
pub mod clock;
mod component;
mod form;
pub mod gesture;
mod kept;
pub mod lang;
pub mod lazy;
pub mod login;
mod router;
mod site;
mod table;
mod text;

pub use address::{QueryState, use_query};
pub use component::{
    Action, Alert, AskFirst, BarChart, Button, ButtonLink, Choice, CodeBoxes, EmptyView, ErrorView,
    Fact, Heading, JobProgress, LangButtons, List, Load, Loader, Look, Note, Notice, PhoneField,
    ProblemBox, Qr, RadioCards, Shape, Sheet, Skeleton, TextField, Title, Tone, async_view,
    date_text, deadline_text, due_text, error_of, fact_list, focus, last_day_text, moment_text,
    money, phone_advice, phone_problem, status_pill, use_action, use_countries, use_first_wrong,
    use_loader, use_settings,
};
pub use form::{Form, use_form};
pub use kept::Kept;
pub use router::{
    Link, Redirect, Routable, Router, field_of, go_instead, go_to, path_of, set_base, use_route,
};
pub use site::{Site, address};
pub use table::{Column, DataTable, Filter, FilterKind, Row, TablePage, TableSource, is_typing};
pub use text::{CommonTexts, TextTable, fill, use_text};
