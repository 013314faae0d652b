//! The rules of a row by itself and of its table's head.

use super::super::geography::is_place;
use super::super::{FactorKind, FactorRow, FactorsDocument, Inclusion};
use crate::diagnostic::{Diagnostic, Place, catalogue};
use crate::impact::{GwpSets, UNSPLIT};
use crate::quantity::{Dimension, Lookup, UnitTable};
use std::collections::BTreeSet;

/// A breach: the rule's stable name, the field, and what is wrong in English and Chinese.
struct Breach {
    rule: &'static str,
    field: String,
    cause: (String, String),
}

/// Collects the breaches of one row.
struct Say<'a> {
    table: &'a str,
    id: &'a str,
    row: Option<usize>,
    found: &'a mut Vec<(Option<usize>, Diagnostic)>,
}

impl Say<'_> {
    fn say(&mut self, breach: Breach) {
        let Breach { rule, field, cause } = breach;
        let path = match self.row {
            Some(row) => format!("rows[{row}].{field}"),
            None => field,
        };
        self.found.push((
            self.row,
            Diagnostic::new(&catalogue::F401)
                .with("table", self.table)
                .with("id", self.id)
                .with("rule", rule)
                .with_words("cause", cause)
                .at(Place::field(path)),
        ));
    }
}

fn breach(rule: &'static str, field: impl Into<String>, en: impl Into<String>, zh: impl Into<String>) -> Breach {
    Breach { rule, field: field.into(), cause: (en.into(), zh.into()) }
}

/// Checks the head and every row; each breach is an `F401` that names table, row and rule, with the row's position.
pub(super) fn check(document: &FactorsDocument, units: &UnitTable, sets: &GwpSets) -> Vec<(Option<usize>, Diagnostic)> {
    let mut found = Vec::new();
    let table = &document.table;
    let mut say = Say { table: &table.id, id: "–", row: None, found: &mut found };
    if document.schema != "zuji/factors@1" {
        let schema = &document.schema;
        say.say(breach(
            "schema",
            "schema",
            format!("schema is \"{schema}\", expected \"zuji/factors@1\""),
            format!("schema 为“{schema}”，应为“zuji/factors@1”"),
        ));
    }
    for (field, text, zh) in [
        ("source", &table.source, "来源"),
        ("licence", &table.licence, "许可"),
        ("version", &table.version, "版本"),
        ("id", &table.id, "编号"),
    ] {
        if text.trim().is_empty() {
            let path = format!("table.{field}");
            say.say(breach("provenance", path, format!("the table has no {field}"), format!("因子表没有{zh}")));
        }
    }
    let ids: BTreeSet<&str> = document.rows.iter().map(|row| row.id.as_str()).collect();
    let mut seen = BTreeSet::new();
    for (position, row) in document.rows.iter().enumerate() {
        let mut say = Say { table: &table.id, id: &row.id, row: Some(position), found: &mut found };
        if !seen.insert(row.id.as_str()) {
            say.say(breach("duplicate", "id", "the id stands twice", "编号重复"));
        }
        words(row, &table.licence, &mut say);
        figures(row, sets, &mut say);
        place_in_life_cycle(row, units, &mut say);
        for (at, companion) in row.companions.iter().enumerate() {
            if !ids.contains(companion.as_str()) {
                say.say(breach(
                    "companion",
                    format!("companions[{at}]"),
                    format!("companion \"{companion}\" is not in the table"),
                    format!("配套行“{companion}”不在该表中"),
                ));
            }
        }
        carbon(row, &mut say);
    }
    found
}

/// Names, source, licence, place and days: what a row says of itself.
fn words(row: &FactorRow, licence: &str, say: &mut Say) {
    for (field, text, en, zh) in [
        ("id", &row.id, "id", "编号"),
        ("name_en", &row.name_en, "English name", "英文名称"),
        ("name_zh", &row.name_zh, "Chinese name", "中文名称"),
        ("class", &row.class, "class", "分类"),
        ("geography", &row.geography, "geography", "地域"),
        ("boundary", &row.boundary, "boundary", "边界"),
        ("source", &row.source, "source", "来源"),
    ] {
        if text.trim().is_empty() {
            say.say(breach("provenance", field, format!("no {en}"), format!("没有{zh}")));
        }
    }
    let own = row.licence.as_deref().map(str::trim);
    if own == Some("") || own.is_none() && licence.trim() == "per row" {
        say.say(breach("provenance", "licence", "no licence", "没有许可"));
    }
    let place = row.geography.trim();
    if !place.is_empty() && !is_place(&row.geography) {
        say.say(breach(
            "geography",
            "geography",
            format!("geography \"{place}\" is no code of ISO 3166, RER or GLO"),
            format!("地域“{place}”不是 ISO 3166 代码、RER 或 GLO"),
        ));
    }
    if let Some(until) = row.valid_until.as_deref().filter(|until| until.parse::<jiff::civil::Date>().is_err()) {
        say.say(breach(
            "valid_until",
            "valid_until",
            format!("\"{until}\" is no day; write 2027-12-31"),
            format!("“{until}”不是日期；请写作 2027-12-31"),
        ));
    }
    if row.proxy.as_ref().is_some_and(|proxy| proxy.reason.trim().is_empty()) {
        say.say(breach("proxy", "proxy", "a proxy without a reason", "替代因子没有说明理由"));
    }
}

/// Amounts, gases and sets.
fn figures(row: &FactorRow, sets: &GwpSets, say: &mut Say) {
    let split = !row.emissions.is_empty();
    if split && row.co2e.is_some() {
        say.say(breach(
            "amount",
            "co2e",
            "CO2e stands beside a split by gas: it would be counted twice",
            "CO2e 与分气体数据并列：会重复计算",
        ));
    }
    if !split && row.co2e.is_none() {
        say.say(breach("amount", "co2e", "no amount", "没有数值"));
    }
    let in_co2e = row.emissions.iter().any(|emission| emission.co2e.is_some());
    match (&row.gwp, row.co2e.is_some() || in_co2e) {
        (None, true) => say.say(breach(
            "set",
            "gwp",
            "CO2e without its set of characterisation factors (write `not stated` if so)",
            "CO2e 没有注明特征化因子集（未注明时请写 `not stated`）",
        )),
        (Some(set), true) if set != "not stated" && sets.find(set).is_none() => {
            unknown_set("gwp", set, sets, say);
        }
        (Some(set), _) if set == "not stated" && in_co2e => say.say(breach(
            "set",
            "gwp",
            "gases given in CO2e need a known set, or their mass cannot be recovered",
            "以 CO2e 给出的气体需要已知的因子集，否则无法还原其质量",
        )),
        _ => {}
    }
    if let Some(published) = &row.published {
        if !split {
            say.say(breach(
                "published",
                "published",
                "a published CO2e stands beside no split by gas: it is the amount itself",
                "`published` 旁没有分气体数据：它本身就是数值",
            ));
        }
        if published.gwp != "not stated" && sets.find(&published.gwp).is_none() {
            unknown_set("published.gwp", &published.gwp, sets, say);
        }
    }
    for (at, emission) in row.emissions.iter().enumerate() {
        let (gas, field) = (&emission.gas, format!("emissions[{at}]"));
        let rest = gas == UNSPLIT;
        if rest && emission.co2e.is_none() {
            say.say(breach(
                "amount",
                &field,
                "CO2e is no gas: what the source does not split has `co2e`, not `kg`",
                "CO2e 不是气体：来源未拆分的部分应写 `co2e`，而不是 `kg`",
            ));
        } else if emission.kg.is_some() == emission.co2e.is_some() {
            say.say(breach(
                "amount",
                &field,
                format!("{gas}: give either kg or co2e"),
                format!("{gas}：kg 与 co2e 必须且只能给出一个"),
            ));
        }
        if let Some(set) = row.gwp.as_deref().and_then(|set| sets.find(set))
            && !rest
            && set.factor_or_fossil(gas, emission.kind).is_none()
        {
            say.say(breach(
                "gas",
                &field,
                format!("{} does not know the gas {gas}", set.id()),
                format!("{} 中没有气体 {gas}", set.id()),
            ));
        }
        if emission.kg.or(emission.co2e).is_some_and(|amount| amount.get() < 0.0) {
            say.say(breach(
                "negative",
                &field,
                format!("{gas} is negative: uptake belongs into `carbon`"),
                format!("{gas} 为负值：吸收量应写入 `carbon`"),
            ));
        }
    }
    if row.co2e.is_some_and(|co2e| co2e.get() < 0.0) {
        say.say(breach(
            "negative",
            "co2e",
            "CO2e is negative: credits do not enter as factors, with or without a note",
            "CO2e 为负值：无论有无备注，抵扣都不得作为因子进入",
        ));
    }
}

fn unknown_set(field: &str, set: &str, sets: &GwpSets, say: &mut Say) {
    let known = sets.ids();
    say.say(breach(
        "set",
        field,
        format!("set \"{set}\" is not known: {known}"),
        format!("未知的因子集“{set}”，已知：{known}"),
    ));
}

/// Unit, kind and boundary, which together say what part of the life cycle the figure covers.
fn place_in_life_cycle(row: &FactorRow, units: &UnitTable, say: &mut Say) {
    let unit = match units.find(&row.unit) {
        Lookup::Unit(unit) => Some(unit),
        Lookup::Ambiguous(_) => {
            let unit = &row.unit;
            say.say(breach(
                "unit",
                "unit",
                format!("unit \"{unit}\" has several meanings"),
                format!("单位“{unit}”有多种含义"),
            ));
            None
        }
        Lookup::Unknown => {
            let unit = &row.unit;
            say.say(breach("unit", "unit", format!("unit \"{unit}\" is not known"), format!("未知单位“{unit}”")));
            None
        }
    };
    let allowed = row.kind.boundaries();
    if !allowed.contains(&row.boundary.as_str()) {
        let (boundary, kind) = (&row.boundary, row.kind.id());
        say.say(breach(
            "boundary",
            "boundary",
            format!("boundary \"{boundary}\" does not fit the kind {kind} (expected {})", allowed.join(" or ")),
            format!("边界“{boundary}”与类别 {kind} 不符（应为 {}）", allowed.join(" 或 ")),
        ));
    }
    let money = unit.as_ref().map(|unit| unit.dimension() == Dimension::MONEY);
    if row.kind == FactorKind::Spend && money == Some(false) {
        say.say(breach(
            "spend",
            "unit",
            "a spend-based row has a unit that is not money",
            "基于支出的行的单位不是货币",
        ));
    }
    if row.kind != FactorKind::Spend && money == Some(true) {
        say.say(breach("spend", "kind", "a row per money must be of kind spend", "按货币计的行的类别必须为 spend"));
    }
    let power = [FactorKind::Electricity, FactorKind::ElectricitySource, FactorKind::ElectricityGeneration];
    if row.transmission != Inclusion::NotStated && !power.contains(&row.kind) {
        say.say(breach(
            "transmission",
            "transmission",
            "transmission is said of something that is not electricity",
            "对非电力的行注明了输配电",
        ));
    }
    if row.stack_carbon != Inclusion::NotStated && row.kind != FactorKind::WasteTreatment {
        say.say(breach(
            "stack_carbon",
            "stack_carbon",
            "stack carbon is said of something that is not the treatment of a waste",
            "对非废物处理的行注明了烟气碳",
        ));
    }
}

/// Carbon is a share of the material's mass.
fn carbon(row: &FactorRow, say: &mut Say) {
    let Some(carbon) = &row.carbon else { return };
    for (name, zh, content) in [("fossil", "化石", carbon.fossil), ("biogenic", "生物成因", carbon.biogenic)] {
        if content.is_some_and(|content| !(0.0..=1.0).contains(&content.get())) {
            say.say(breach(
                "carbon",
                format!("carbon.{name}"),
                format!("{name} carbon is not between 0 and 1 kg per kg"),
                format!("{zh}碳含量不在 0 与 1 kg/kg 之间"),
            ));
        }
    }
    let sum = carbon.fossil.map_or(0.0, |content| content.get()) + carbon.biogenic.map_or(0.0, |content| content.get());
    if sum > 1.0 + 1e-9 {
        say.say(breach(
            "carbon",
            "carbon",
            "fossil and biogenic carbon together are more than the material",
            "化石碳与生物成因碳之和超过材料本身",
        ));
    }
}
