//! `zuji factors search|show|check` and `zuji units`.

use crate::arguments::{FactorsCommand, Format};
use crate::bars::Paint;
use crate::words::{Words, pad, pad_left};
use crate::{files, findings};
use zuji_core::diagnostic::Diagnostics;
use zuji_core::factor::{Factor, FactorKind, check_table, near};
use zuji_core::math::significant;
use zuji_core::product::Library;
use zuji_core::quantity::UnitTable;

/// Runs one of the commands.
pub fn run(command: &FactorsCommand, words: Words) -> u8 {
    match command {
        FactorsCommand::Search { words: wanted, kind, geography, limit, factors, format } => {
            let library = match files::library(factors.as_deref()) {
                Ok((library, _)) => library,
                Err(finding) => return findings::fail(finding, words),
            };
            let filter = Filter { kind: kind.as_deref(), geography: geography.as_deref() };
            search(&library, &wanted.join(" "), &filter, *limit, *format, words)
        }
        FactorsCommand::Show { ids, factors, format } => {
            let library = match files::library(factors.as_deref()) {
                Ok((library, _)) => library,
                Err(finding) => return findings::fail(finding, words),
            };
            show(&library, ids, *format, words)
        }
        FactorsCommand::Check { files, format } => check(files, *format, words),
    }
}

struct Filter<'a> {
    kind: Option<&'a str>,
    geography: Option<&'a str>,
}

/// Ranks by how near the name is, then Chinese before others, then newer before older.
fn search(library: &Library, wanted: &str, filter: &Filter, limit: usize, format: Format, words: Words) -> u8 {
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
        let half = |factor: &Factor| factor.row.kind.is_half() || factor.row.kind == FactorKind::ElectricityDirect;
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
        let figure = amount(factor).map_or("–".into(), |value| significant(value, 4));
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

/// kg CO2e per unit with the source's own set.
fn amount(factor: &Factor) -> Option<f64> {
    factor.row.co2e.map(|co2e| co2e.get()).or_else(|| {
        let mut sum = 0.0;
        for emission in &factor.row.emissions {
            sum += emission.co2e.or(emission.kg.filter(|_| emission.gas == "CO2"))?.get();
        }
        Some(sum)
    })
}

fn show(library: &Library, ids: &[String], format: Format, words: Words) -> u8 {
    let mut status = 0;
    for id in ids {
        let Some(index) = library.factors.by_id(id) else {
            eprintln!(
                "{}",
                words.pick(
                    format!("no factor \"{id}\"; try: zuji factors search"),
                    format!("没有因子“{id}”，可用 zuji factors search 查找")
                )
            );
            status = 2;
            continue;
        };
        let factor = library.factors.get(index);
        if format == Format::Json {
            let value = serde_json::json!({ "row": factor.row, "table": *factor.table });
            say!("{}", serde_json::to_string_pretty(&value).unwrap_or_default());
            continue;
        }
        print_factor(factor, words);
    }
    status
}

fn print_factor(factor: &Factor, words: Words) {
    let row = &factor.row;
    let line = |en: &str, zh: &str, value: &str| say!("  {} {value}", pad(words.pick(en, zh), 14));
    say!("{}", row.id);
    line("name", "名称", &format!("{} / {}", row.name_zh, row.name_en));
    if !row.synonyms.is_empty() {
        line("synonyms", "同义词", &row.synonyms.join("，"));
    }
    line("kind", "类别", words.pick(row.kind.name().0, row.kind.name().1));
    line("class", "分类", &row.class);
    if let Some(co2e) = row.co2e {
        line("value", "数值", &format!("{} kg CO2e/{}", zuji_core::math::plain(co2e.get()), row.unit));
    }
    for emission in &row.emissions {
        let (value, unit) = match (emission.kg, emission.co2e) {
            (Some(kg), _) => (kg.get(), "kg"),
            (None, Some(co2e)) => (co2e.get(), "kg CO2e"),
            (None, None) => continue,
        };
        let kind = words.pick(emission.kind.name().0, emission.kind.name().1);
        line(
            "gas",
            "气体",
            &format!("{} ({kind}): {} {unit}/{}", emission.gas, zuji_core::math::plain(value), row.unit),
        );
    }
    if let Some(set) = &row.gwp {
        line("GWP set", "GWP版本", set);
    }
    line("geography", "地域", &row.geography);
    line("period", "年份", &row.period.to_string());
    line("boundary", "边界", &row.boundary);
    line("source", "来源", &row.source);
    line("licence", "许可", factor.licence());
    line(
        "table",
        "所在表",
        &format!(
            "{} {} ({})",
            factor.table.id,
            factor.table.version,
            words.pick(&factor.table.name_en, &factor.table.name_zh)
        ),
    );
    let quality: Vec<&str> =
        [row.quality.label.as_deref(), row.quality.evidence.as_deref()].into_iter().flatten().collect();
    if !quality.is_empty() {
        line("quality", "质量", &quality.join(", "));
    }
    if !row.companions.is_empty() {
        line("with", "另加", &row.companions.join(", "));
    }
    if let Some(carbon) = &row.carbon {
        let figure = |content: Option<zuji_core::math::Finite>| {
            content.map_or("–".into(), |content| zuji_core::math::plain(content.get()))
        };
        line(
            "carbon",
            "含碳量",
            &format!(
                "{} {} · {} {} kg/kg ({})",
                words.pick("fossil", "化石"),
                figure(carbon.fossil),
                words.pick("biogenic", "生物成因"),
                figure(carbon.biogenic),
                carbon.source
            ),
        );
    }
    if let Some(proxy) = &row.proxy {
        line("proxy for", "替代", &format!("{}: {}", proxy.stands_for, proxy.reason));
    }
    if let Some(note) = &row.note {
        line("note", "备注", note);
    }
    if let Some(attribution) = &factor.table.attribution {
        line("attribution", "署名", attribution);
    }
}

fn check(paths: &[std::path::PathBuf], format: Format, words: Words) -> u8 {
    let (library, mut found) = match files::library(None) {
        Ok(library) => library,
        Err(finding) => return findings::fail(finding, words),
    };
    let mut tables = Vec::new();
    if paths.is_empty() {
        tables = zuji_factors::tables().unwrap_or_default();
    }
    for path in paths {
        match files::table(path) {
            Ok(table) => tables.push(table),
            Err(finding) => found.push(finding),
        }
    }
    let mut rows = 0;
    for table in &tables {
        rows += table.rows.len();
        found.extend(check_table(table, &library.units, &library.sets));
    }
    report(&found, tables.len(), rows, format, words)
}

fn report(found: &Diagnostics, tables: usize, rows: usize, format: Format, words: Words) -> u8 {
    if format == Format::Json {
        let value = serde_json::json!({ "tables": tables, "rows": rows, "findings": zuji_formats::result::findings(found.iter(), words.language) });
        say!("{}", serde_json::to_string_pretty(&value).unwrap_or_default());
    } else {
        findings::print(found, words);
        let count = found.iter().count();
        say!(
            "{}",
            words.pick(
                format!("{tables} table(s), {rows} rows, {count} finding(s)"),
                format!("{tables} 个表，{rows} 行，{count} 个问题")
            )
        );
    }
    u8::from(!found.is_empty())
}

/// Lists the known units.
pub fn units() {
    let table = UnitTable::standard();
    let mut last = String::new();
    let mut names: Vec<String> = Vec::new();
    let flush = |unit: &str, names: &mut Vec<String>| {
        if !names.is_empty() {
            say!("{} {}", pad(unit, 16), names.join("  "));
            names.clear();
        }
    };
    for (symbol, unit) in table.symbols() {
        if unit.symbol() != last {
            flush(&last, &mut names);
            last = unit.symbol().to_string();
        }
        if symbol != unit.symbol() || names.is_empty() {
            names.push(symbol.to_string());
        }
    }
    flush(&last, &mut names);
}
