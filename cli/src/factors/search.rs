//! `zuji factors search`: factors by name, best first.

use crate::arguments::Format;
use crate::bars::Paint;
use crate::words::{Words, pad, pad_left};
use zuji_core::factor::{Factor, FactorKind, near};
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

/// Ranks by how near the name is, then Chinese before others, then newer before older.
pub fn run(library: &Library, wanted: &str, filter: &Filter, limit: usize, format: Format, words: Words) -> u8 {
    if let Some(kind) = filter.kind
        && !FactorKind::ALL.iter().any(|known| known.id() == kind)
    {
        let known: Vec<&str> = FactorKind::ALL.iter().map(|kind| kind.id()).collect();
        eprintln!("{} {}", words.pick("unknown kind; known:", "未知类别；已知："), known.join(", "));
        return 2;
    }
    let mut ranked: Vec<(f64, &Factor)> = library
        .factors
        .iter()
        .map(|(_, factor)| factor)
        .filter(|factor| filter.kind.is_none_or(|kind| factor.row.kind.id() == kind))
        .filter(|factor| filter.geography.is_none_or(|place| factor.row.geography.eq_ignore_ascii_case(place)))
        .filter_map(|factor| {
            let row = &factor.row;
            let score = [&row.name_zh, &row.name_en]
                .into_iter()
                .chain(&row.synonyms)
                .map(|name| near(wanted, name))
                .fold(if row.id.contains(wanted) { 0.9 } else { 0.0 }, f64::max);
            (score > 0.4).then_some((score, factor))
        })
        .collect();
    ranked.sort_by(|(a, first), (b, second)| {
        let home = |factor: &Factor| !factor.row.geography.starts_with("CN");
        let half = |factor: &Factor| factor.row.kind.serves_no_line() || factor.lacks_its_half();
        b.total_cmp(a)
            .then(half(first).cmp(&half(second)))
            .then(home(first).cmp(&home(second)))
            .then(second.row.period.to_string().cmp(&first.row.period.to_string()))
            .then(first.row.id.cmp(&second.row.id))
    });
    let found = ranked.len();
    ranked.truncate(limit);
    if format == Format::Json {
        let rows: Vec<_> = ranked.iter().map(|(_, factor)| &factor.row).collect();
        say!("{}", serde_json::to_string_pretty(&rows).unwrap_or_default());
        return u8::from(rows.is_empty());
    }
    if ranked.is_empty() {
        say!("{}", words.pick("nothing found", "没有找到"));
        return 1;
    }
    let paint = Paint::of_stdout();
    for (_, factor) in &ranked {
        let row = &factor.row;
        let name =
            words.pick(format!("{} / {}", row.name_en, row.name_zh), format!("{} / {}", row.name_zh, row.name_en));
        let figure = amount(factor, &library.sets).map_or("–".into(), |value| significant(value, 4));
        say!(
            "{} {} {} {} {} {}",
            pad(&name, 46),
            pad_left(&figure, 9),
            pad(&format!("kg CO2e/{}", row.unit), 19),
            pad(&row.geography, 6),
            pad(&row.period.to_string(), 10),
            pad(words.pick(row.kind.name().0, row.kind.name().1), 30),
        );
        say!("    {}", paint.dim(&row.id));
    }
    if found > limit {
        say!(
            "{}",
            words.pick(format!("… {} more: --limit", found - limit), format!("…… 另有 {} 条：--limit", found - limit))
        );
    }
    0
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
