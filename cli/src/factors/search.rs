//! `zuji factors search`: factors by what they are called, best first.

use crate::arguments::Format;
use crate::bars::Paint;
use crate::words::{Words, pad, pad_left};
use zuji_core::factor::{Factor, FactorKind, Gap, Hit, Search, SearchWords};
use zuji_core::impact::GwpSets;
use zuji_core::math::significant;
use zuji_core::product::Library;

/// What a search is narrowed to.
pub struct Filter<'a> {
    /// Id of a kind.
    pub kind: Option<&'a str>,
    /// ISO 3166 code.
    pub geography: Option<&'a str>,
}

/// How many rows that only share a word are shown where nothing was found.
const NEAREST: usize = 5;

/// Shows what the core ranks; JSON has the hits alone, the screen also what is near where there is none.
pub fn run(
    library: &Library,
    known: &SearchWords,
    wanted: &str,
    filter: &Filter,
    limit: usize,
    format: Format,
    words: Words,
) -> u8 {
    if let Some(kind) = filter.kind
        && !FactorKind::ALL.iter().any(|known| known.id() == kind)
    {
        let known: Vec<&str> = FactorKind::ALL.iter().map(|kind| kind.id()).collect();
        eprintln!("{} {}", words.pick("unknown kind; known:", "未知类别；已知："), known.join(", "));
        return 2;
    }
    let found = Search::new(&library.factors, known).find(wanted);
    let fits = |hit: &Hit| {
        let row = &library.factors.get(hit.index).row;
        filter.kind.is_none_or(|kind| row.kind.id() == kind)
            && filter.geography.is_none_or(|place| row.geography.eq_ignore_ascii_case(place))
    };
    let (mut hits, near): (Vec<Hit>, Vec<Hit>) = found.hits.into_iter().filter(fits).partition(|hit| hit.confident);
    let count = hits.len();
    hits.truncate(limit);
    let factor = |hit: &Hit| library.factors.get(hit.index);
    if format == Format::Json {
        for gap in &found.gaps {
            eprintln!("{}", missing(gap, words));
        }
        let rows: Vec<_> = hits.iter().map(|hit| &factor(hit).row).collect();
        say!("{}", serde_json::to_string_pretty(&rows).unwrap_or_default());
        return u8::from(rows.is_empty());
    }
    for gap in &found.gaps {
        say!("{}", missing(gap, words));
    }
    for hit in &hits {
        show(factor(hit), &library.sets, words);
    }
    if hits.is_empty() {
        say!("{}", words.pick("nothing found", "没有找到"));
        if !near.is_empty() {
            say!("{}", words.pick("These only share a word with it:", "以下仅有部分字词相同："));
        }
        for hit in near.iter().take(limit.min(NEAREST)) {
            show(factor(hit), &library.sets, words);
        }
        return 1;
    }
    if count > limit {
        say!(
            "{}",
            words.pick(format!("… {} more: --limit", count - limit), format!("…… 另有 {} 条：--limit", count - limit))
        );
    }
    0
}

/// What is known to be missing, and what to do.
fn missing(gap: &Gap, words: Words) -> String {
    words.pick(
        format!("No row of its own stands in the tables for: {}. {}", gap.en, gap.why_en),
        format!("因子表中没有这一项自己的数值：{}。{}", gap.zh, gap.why_zh),
    )
}

fn show(factor: &Factor, sets: &GwpSets, words: Words) {
    let row = &factor.row;
    let name = words.pick(format!("{} / {}", row.name_en, row.name_zh), format!("{} / {}", row.name_zh, row.name_en));
    let figure = amount(factor, sets).map_or("–".into(), |value| significant(value, 4));
    say!(
        "{} {} {} {} {} {}",
        pad(&name, 46),
        pad_left(&figure, 9),
        pad(&format!("kg CO2e/{}", row.unit), 19),
        pad(&row.geography, 6),
        pad(&row.period.to_string(), 10),
        pad(words.pick(row.kind.name().0, row.kind.name().1), 30),
    );
    say!("    {}", Paint::of_stdout().dim(&row.id));
}

/// kg CO2e per unit with the source's own set; with the default one where the source gives gases alone.
fn amount(factor: &Factor, sets: &GwpSets) -> Option<f64> {
    let row = &factor.row;
    let set = row.gwp.as_deref().and_then(|name| sets.find(name)).or_else(|| sets.iter().next());
    row.co2e.map(|co2e| co2e.get()).or_else(|| {
        let mut sum = 0.0;
        for emission in &row.emissions {
            sum += match (emission.co2e, emission.kg) {
                (Some(co2e), _) => co2e.get(),
                (None, kg) => kg?.get() * set?.factor_or_fossil(&emission.gas, emission.kind)?.gwp,
            };
        }
        Some(sum)
    })
}
