//! One of several, as cards that are easy to hit.

use yew::{AttrValue, Callback, Html, Properties, classes, component, html};

/// A choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What is chosen.
    pub value: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// More about it, shown while it is chosen or unavailable.
    pub more: Option<Html>,
}

#[derive(Properties, PartialEq)]
pub struct RadioCardsProps {
    /// The name of the group, unique on the page.
    pub name: AttrValue,
    /// What is chosen here.
    pub legend: AttrValue,
    /// The choices.
    pub choices: Vec<Choice>,
    /// What is chosen; empty for nothing yet.
    pub value: AttrValue,
    /// The values that cannot be chosen now.
    #[prop_or_default]
    pub unavailable: Vec<AttrValue>,
    /// Takes the choice.
    pub onchange: Callback<AttrValue>,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
}

/// The cards.
#[component]
pub fn RadioCards(props: &RadioCardsProps) -> Html {
    let error_id = format!("{}-error", props.name);
    html! {
        <fieldset class={classes!("field", props.error.is_some().then_some("wrong"))}
            aria-describedby={props.error.is_some().then(|| error_id.clone())}>
            <legend>{ props.legend.clone() }</legend>
            <div class="cards">{ for props.choices.iter().map(|choice| card(props, choice)) }</div>
            if let Some(error) = &props.error {
                <p class="field-error" id={error_id} role="alert">{ error.clone() }</p>
            }
        </fieldset>
    }
}

fn card(props: &RadioCardsProps, choice: &Choice) -> Html {
    let checked = choice.value == props.value;
    // What was chosen before stays chosen, so that the form says what holds.
    let disabled = !checked && props.unavailable.contains(&choice.value);
    let (onchange, value) = (props.onchange.clone(), choice.value.clone());
    html! {
        <label key={&*choice.value} class={classes!("radio", checked.then_some("chosen"), disabled.then_some("unavailable"))}>
            <input type="radio" name={props.name.clone()} value={choice.value.clone()} {checked} {disabled}
                onchange={move |_| onchange.emit(value.clone())} />
            <span class="radio-text">
                <span class="radio-label">{ choice.label.clone() }</span>
                if checked || disabled {
                    { choice.more.clone().unwrap_or_default() }
                }
            </span>
        </label>
    }
}
