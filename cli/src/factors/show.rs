//! `zuji factors show`: everything a row says of itself.

use crate::arguments::Format;
use crate::words::{Words, pad};
use zuji_core::factor::{Factor, Inclusion};
use zuji_core::product::Library;

/// Prints rows by their ids; 2 where one is not there.
pub fn run(library: &Library, ids: &[String], format: Format, words: Words) -> u8 {
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
    if !row.codes.is_empty() {
        line("codes", "代码", &row.codes.join(", "));
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
    if let Some(published) = &row.published {
        let figure = zuji_core::math::plain(published.co2e.get());
        line("published", "来源总量", &format!("{figure} kg CO2e/{} ({})", row.unit, published.gwp));
    }
    if row.stack_carbon != Inclusion::NotStated {
        let included = row.stack_carbon == Inclusion::Included;
        line(
            "stack CO2",
            "烟气碳",
            if included { words.pick("included", "已含") } else { words.pick("excluded", "不含") },
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
