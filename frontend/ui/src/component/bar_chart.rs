//! A chart of bars, and the same figures as a table.

use domain::Lang;
use model::{Bar, segments};
use yew::{AttrValue, Html, Properties, classes, component, html};

use crate::lang::use_lang;
use crate::text::TextTable;

crate::texts! {
    /// Texts of a chart.
    struct ChartTexts {
        as_table: "以表格查看", "Show as a table";
        total: "合计", "Total";
    }
}

/// How high a bar is drawn, with the space below it.
const LINE: usize = 28;
/// How high a bar is.
const THICKNESS: usize = 18;

/// What a [`BarChart`] needs.
#[derive(Properties, PartialEq)]
pub struct BarChartProps {
    /// What it shows.
    pub label: AttrValue,
    /// What a bar stands for, as the heading of the table's first column.
    pub of: AttrValue,
    /// The names of the series. The first has the strongest colour.
    pub series: Vec<AttrValue>,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// The chart. The table is what a screen reader reads; the drawing repeats it.
#[component]
pub fn BarChart(props: &BarChartProps) -> Html {
    let lang = use_lang();
    let longest = props.bars.iter().map(Bar::total).max().unwrap_or_default();
    let height = props.bars.len() * LINE;
    html! {
        <figure class="chart">
            <figcaption>{ props.label.clone() }</figcaption>
            <ul class="legend">
                { for props.series.iter().enumerate().map(|(index, name)| html! {
                    <li><span class={format!("swatch series-{index}")} aria-hidden="true" />{ name.clone() }</li>
                }) }
            </ul>
            <div class="bars" aria-hidden="true">
                <ul class="bar-labels">{ for props.bars.iter().map(label) }</ul>
                <svg class="bar-drawing" viewBox={format!("0 0 1000 {height}")} preserveAspectRatio="none"
                    height={height.to_string()}>
                    { for props.bars.iter().enumerate().map(|(index, bar)| drawn(index, bar, longest)) }
                </svg>
                <ul class="bar-totals figures">{ for props.bars.iter().map(|bar| html! { <li>{ bar.total() }</li> }) }</ul>
            </div>
            { table(props, lang) }
        </figure>
    }
}

fn label(bar: &Bar) -> Html {
    html! { <li title={bar.label.clone()}>{ bar.label.clone() }</li> }
}

fn drawn(index: usize, bar: &Bar, longest: u64) -> Html {
    let y = (index * LINE + (LINE - THICKNESS) / 2).to_string();
    html! {
        <g>
            { for segments(bar, longest).into_iter().map(|part| html! {
                <rect class={classes!("bar-part", format!("series-{}", part.series))} x={part.from.to_string()} y={y.clone()}
                    width={part.width.to_string()} height={THICKNESS.to_string()} />
            }) }
        </g>
    }
}

fn table(props: &BarChartProps, lang: Lang) -> Html {
    let texts = ChartTexts::of(lang);
    let named = |bar: &Bar| match &bar.href {
        Some(href) => html! { <a href={href.clone()}>{ bar.label.clone() }</a> },
        None => html! { { bar.label.clone() } },
    };
    html! {
        <details class="more" open={props.bars.iter().any(|bar| bar.href.is_some())}>
            <summary>{ texts.as_table }</summary>
            <div class="table-frame" tabindex="0" role="region" aria-label={props.label.clone()}>
                <table class="table">
                    <caption class="unseen">{ props.label.clone() }</caption>
                    <thead><tr>
                        <th scope="col">{ props.of.clone() }</th>
                        { for props.series.iter().map(|name| html! { <th scope="col" class="number">{ name.clone() }</th> }) }
                        <th scope="col" class="number">{ texts.total }</th>
                    </tr></thead>
                    <tbody>{ for props.bars.iter().map(|bar| html! {
                        <tr>
                            <th scope="row">{ named(bar) }</th>
                            { for bar.values.iter().map(|value| html! { <td class="number">{ value }</td> }) }
                            <td class="number">{ bar.total() }</td>
                        </tr>
                    }) }</tbody>
                </table>
            </div>
        </details>
    }
}
