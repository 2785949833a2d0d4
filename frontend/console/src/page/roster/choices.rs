//! How a file is read: what its columns hold, its encoding, and the level of rows that name none.

use client::{RosterColumnChoice, RosterImportChoices, RosterImportView};
use domain::roster::RosterColumn;
use domain::{EducationLevel, Lang};
use ui::lang::use_lang;
use ui::{Button, Look, ProblemBox, TextTable, use_action, use_text};
use yew::{Callback, Html, Properties, component, html, use_state};

use super::text::RosterTexts;
use crate::call::call;
use crate::select::{Select, options};

/// The encodings that can be chosen.
const ENCODINGS: [(&str, &str); 4] = [
    ("utf-8", "UTF-8"),
    ("gb18030", "GB18030 / GBK"),
    ("utf-16le", "UTF-16 LE"),
    ("utf-16be", "UTF-16 BE"),
];

/// What [`ReadingChoices`] need.
#[derive(Properties, PartialEq)]
pub(super) struct ReadingChoicesProps {
    /// The import.
    pub(super) import: RosterImportView,
    /// Takes the import, which is being looked through again.
    pub(super) put: Callback<RosterImportView>,
}

/// What was chosen; what is empty is found out.
#[derive(Debug, Clone, Default, PartialEq)]
struct Chosen {
    encoding: String,
    delimiter: String,
    level: String,
    columns: Vec<(String, String)>,
}

impl Chosen {
    fn of(import: &RosterImportView) -> Self {
        let columns = import.columns.iter();
        let column = |it: &client::RosterColumnView| {
            (it.heading.clone(), it.column.clone().unwrap_or_default())
        };
        Self {
            columns: columns.map(column).collect(),
            ..Self::default()
        }
    }

    fn choices(&self) -> RosterImportChoices {
        let given = |word: &str| (!word.is_empty()).then(|| Some(word.to_owned()));
        let columns = self
            .columns
            .iter()
            .map(|(heading, column)| RosterColumnChoice {
                heading: heading.clone(),
                column: given(column),
            });
        let columns: Vec<_> = columns.collect();
        RosterImportChoices {
            columns: (!columns.is_empty()).then_some(Some(columns)),
            default_level: given(&self.level),
            delimiter: given(&self.delimiter),
            encoding: given(&self.encoding),
        }
    }
}

/// The choices, and the button that has the file looked through again.
#[component]
pub(super) fn ReadingChoices(props: &ReadingChoicesProps) -> Html {
    let (texts, lang) = (use_text::<RosterTexts>(), use_lang());
    let chosen = use_state(|| Chosen::of(&props.import));
    let send = {
        let (id, put) = (props.import.id.clone(), props.put.clone());
        use_action(move |choices: RosterImportChoices| {
            let (id, put) = (id.clone(), put.clone());
            async move {
                put.emit(call(client::update_roster_import(&id, &choices)).await?);
                Ok(())
            }
        })
    };
    let again = {
        let (chosen, run) = (chosen.clone(), send.run.clone());
        Callback::from(move |()| run.emit(chosen.choices()))
    };
    let take = |change: fn(&mut Chosen, String)| {
        let chosen = chosen.clone();
        Callback::from(move |word: String| {
            let mut changed = (*chosen).clone();
            change(&mut changed, word);
            chosen.set(changed);
        })
    };
    let encodings = ENCODINGS.iter().map(|&(word, name)| (word, name));
    let delimiters = [
        ("comma", texts.comma),
        ("tab", texts.tab),
        ("semicolon", texts.semicolon),
    ];
    let levels = EducationLevel::ALL
        .iter()
        .map(|level| (level.as_str(), level.label().get(lang)));
    let is_text = props.import.delimiter.is_some();
    html! {
        <details open={props.import.fault.is_some()}>
            <summary>{ texts.choices }</summary>
            <div class="stack">
                <p class="muted">{ texts.choices_lead }</p>
                if let Some(failure) = send.failure.clone() {
                    <ProblemBox {failure} />
                }
                <div class="filters">
                    if is_text || props.import.fault.is_some() {
                        <Select class="filter" id="read-encoding" label={texts.encoding} value={chosen.encoding.clone()} empty={texts.found_out}
                            options={options(encodings)} onchange={take(|chosen, word| chosen.encoding = word)} />
                        <Select class="filter" id="read-delimiter" label={texts.delimiter} value={chosen.delimiter.clone()} empty={texts.found_out}
                            options={options(delimiters.into_iter())} onchange={take(|chosen, word| chosen.delimiter = word)} />
                    }
                    <Select class="filter" id="read-level" label={texts.default_level} value={chosen.level.clone()} empty={texts.found_out}
                        options={options(levels)} onchange={take(|chosen, word| chosen.level = word)} />
                </div>
                <div class="filters">{ for (0..chosen.columns.len()).map(|place| column(&chosen, place, lang)) }</div>
                <div class="line">
                    <Button look={Look::Second} onclick={again} is_busy={send.is_busy}>{ texts.again }</Button>
                </div>
            </div>
        </details>
    }
}

fn column(chosen: &yew::UseStateHandle<Chosen>, place: usize, lang: Lang) -> Html {
    let texts = RosterTexts::of(lang);
    let Some((heading, word)) = chosen.columns.get(place) else {
        return Html::default();
    };
    let columns = RosterColumn::ALL
        .iter()
        .map(|column| (column.as_str(), column.label().get(lang)));
    let take = {
        let chosen = chosen.clone();
        Callback::from(move |word: String| {
            let mut changed = (*chosen).clone();
            if let Some(column) = changed.columns.get_mut(place) {
                column.1 = word;
            }
            chosen.set(changed);
        })
    };
    let id = format!("read-column-{place}");
    html! {
        <Select class="filter" {id} label={heading.clone()} value={word.clone()} empty={texts.ignored}
            options={options(columns)} onchange={take} />
    }
}
