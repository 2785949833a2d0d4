//! What the photo must look like: sentences and drawings.

use domain::{Lang, background_colours};
use photo::Rules;
use ui::{TextTable, fill};
use yew::{Html, html};

use super::text::PhotoTexts;

/// The requirements.
pub(crate) fn examples(rules: &Rules, lang: Lang) -> Html {
    let texts = PhotoTexts::of(lang);
    let colours = background_colours(&rules.background, lang);
    let background = fill(texts.rule_background, &[("colours", &colours)]);
    let rules = [
        texts.rule_recent,
        &background,
        texts.rule_pose,
        texts.rule_clothes,
        texts.rule_file,
    ];
    let bad = [
        ("hair", texts.bad_hair),
        ("background", texts.bad_background),
        ("tilt", texts.bad_tilt),
        ("far", texts.bad_far),
        ("glasses", texts.bad_glasses),
        ("hat", texts.bad_hat),
    ];
    html! {
        <section class="stack">
            <h2>{ texts.rules }</h2>
            <div class="examples">
                { example("good", texts.good, true) }
                { example("good-woman", texts.good, true) }
                { for bad.into_iter().map(|(file, label)| example(file, label, false)) }
            </div>
            <ul class="rules">{ for rules.into_iter().map(|rule| html! { <li>{ rule.to_owned() }</li> }) }</ul>
        </section>
    }
}

fn example(file: &str, label: &str, is_good: bool) -> Html {
    let (class, mark) = if is_good {
        ("example good", "✓")
    } else {
        ("example bad", "✕")
    };
    html! {
        <figure {class}>
            <img src={format!("/example/{file}.svg")} alt="" width="90" height="120" />
            <figcaption><span aria-hidden="true">{ mark }</span>{ " " }{ label.to_owned() }</figcaption>
        </figure>
    }
}
