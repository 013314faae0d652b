//! Single figures of materials cited from standards, studies and product declarations, one licence per row.

use super::row::{Essentials, bare, finite, read};
use super::{cited_names, cited_process};
use crate::Outcome;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use zuji_core::diagnostic::Language;
use zuji_core::factor::{
    Carbon, FactorKind, FactorRow, FactorsDocument, Inclusion, Period, Proxy, Quality, RowProperties, TableHead,
    check_table,
};
use zuji_core::impact::GwpSets;
use zuji_core::quantity::UnitTable;

pub(super) const TABLE: &str = "cited-materials";

/// One line of the raw table.
#[derive(Deserialize)]
struct Line {
    id: String,
    name_zh: String,
    name_en: String,
    synonyms_zh: String,
    synonyms_en: String,
    class: String,
    unit: String,
    value: String,
    gwp_set: String,
    geography: String,
    year_from: String,
    year_to: String,
    boundary: String,
    includes_forming: String,
    source: String,
    seen_at: String,
    licence: String,
    redistribution: String,
    proxy_for: String,
    proxy_reason: String,
    proxy_class: String,
    proxy_names: String,
    codes: String,
    fossil_carbon: String,
    biogenic_carbon: String,
    carbon_source: String,
    density_kg_m3: String,
    density_source: String,
    quality: String,
    note_zh: String,
    note_en: String,
}

/// The whole table in the order of the raw one. A row that may not be passed on, or that breaks a rule, is left out
/// and listed.
pub(crate) fn table(folder: &Path, units: &UnitTable, sets: &GwpSets) -> Outcome<FactorsDocument> {
    let lines: Vec<Line> = read(&folder.join("materials.csv"))?;
    let mut document = FactorsDocument { schema: "zuji/factors@1".into(), table: head(), rows: Vec::new() };
    for line in &lines {
        match rows(line, units, sets) {
            Ok(rows) => document.rows.extend(rows),
            Err(cause) => document.table.left_out.push(format!("{}: {cause}", line.id)),
        }
    }
    document.rows.extend(cited_process::rows(folder)?);
    document.table.left_out.push(cited_process::LEFT_OUT.into());
    document.rows.sort_by(|a, b| a.class.cmp(&b.class).then_with(|| a.id.cmp(&b.id)));
    Ok(document)
}

fn head() -> TableHead {
    TableHead {
        id: TABLE.into(),
        version: "1".into(),
        name_en: "Figures cited from standards, studies and declarations, mostly for China".into(),
        name_zh: "标准、文献与声明中引用的因子（以中国为主）".into(),
        source: "one document per row; where it was read stands behind it".into(),
        licence: "per row".into(),
        attribution: None,
        note: Some(
            "Single figures, cited one by one; mostly second-hand copies, years and characterisation often not stated. \
             Look at the row's source, quality and note before a figure decides anything."
                .into(),
        ),
        left_out: vec![
            "before the raw file came here: 14 scores of BAFU:2026, whose terms forbid them in another database, and 2 \
             figures of ADEME, whose licence is not checked"
                .into(),
        ],
        closed: false,
    }
}

/// The rows of a line: the material itself, and where the line says so a declared proxy for another material.
fn rows(line: &Line, units: &UnitTable, sets: &GwpSets) -> Outcome<Vec<FactorRow>> {
    let terms = format!("{} {}", line.licence, line.redistribution).to_lowercase();
    if terms.contains("not as part of another database") || line.redistribution.starts_with("no") {
        return Err(format!("its terms do not allow passing it on ({})", line.licence).into());
    }
    let mut own = row(line)?;
    let moved = cited_names::sort_out(&line.id, &mut own.synonyms);
    let mut rows = vec![own.clone()];
    for (count, named) in line.proxy_for.split(';').map(str::trim).filter(|named| !named.is_empty()).enumerate() {
        let names = if count == 0 { moved.as_slice() } else { &[] };
        rows.extend(proxy(line, &own, named, count, names));
    }
    for row in &rows {
        let document = FactorsDocument { schema: "zuji/factors@1".into(), table: head(), rows: vec![row.clone()] };
        if let Some(finding) = check_table(&document, units, sets).iter().next() {
            return Err(finding.found(Language::En).into());
        }
    }
    Ok(rows)
}

fn row(line: &Line) -> Outcome<FactorRow> {
    let (kind, boundary) = kind(&line.boundary)?;
    let (period, period_note) = period(line)?;
    let mut row = bare(Essentials {
        id: format!("{TABLE}/{}", line.id.trim()),
        name_en: line.name_en.trim().into(),
        name_zh: line.name_zh.trim().into(),
        class: line.class.trim().into(),
        kind,
        unit: line.unit.trim(),
        geography: line.geography.trim(),
        period,
        boundary,
        source: format!("{}. Read at: {}", line.source.trim().trim_end_matches('.'), line.seen_at.trim()),
    });
    let listed = |names: &str| -> Vec<String> {
        names.split('|').map(str::trim).filter(|name| !name.is_empty()).map(Into::into).collect()
    };
    row.synonyms = listed(&line.synonyms_zh);
    row.synonyms.extend(listed(&line.synonyms_en));
    let mut known = vec![row.name_zh.clone(), row.name_en.clone()];
    row.synonyms.retain(|name| {
        let new = !known.contains(name);
        known.push(name.clone());
        new
    });
    row.codes = listed(&line.codes);
    row.co2e = Some(finite(&line.value)?);
    let set = line.gwp_set.trim();
    row.gwp = Some(if set.starts_with("not stated") { "not stated".into() } else { set.into() });
    row.licence = Some(line.licence.trim().into());
    row.quality = Quality { label: Some(line.quality.trim().into()), evidence: Some(evidence(line)), technology: None };
    row.forming = match line.includes_forming.trim() {
        "yes" => Inclusion::Included,
        "no" => Inclusion::Excluded,
        _ => Inclusion::NotStated,
    };
    // The class says that the stack's CO2 is in the figure (the notes of its rows say where that is known from).
    if row.class.starts_with("waste.combusted.") {
        row.stack_carbon = Inclusion::Included;
    }
    row.carbon = carbon(line)?;
    if !line.density_kg_m3.trim().is_empty() {
        row.properties = Some(RowProperties {
            density: Some(finite(&line.density_kg_m3)?),
            source: line.density_source.trim().into(),
            ..RowProperties::default()
        });
    }
    let set_note = if set == "not stated" || !set.starts_with("not stated") { "" } else { set };
    let notes = [line.note_zh.trim(), line.note_en.trim(), &period_note, set_note];
    let notes: Vec<&str> = notes.into_iter().filter(|note| !note.is_empty()).collect();
    row.note = (!notes.is_empty()).then(|| notes.join(" "));
    Ok(row)
}

/// A material line takes only what is cradle to gate. What covers a plant alone is a process, what treats a waste is no
/// material; a figure whose source does not say what it covers can be none of them.
fn kind(boundary: &str) -> Outcome<(FactorKind, &'static str)> {
    let boundary = boundary.trim();
    if boundary.starts_with("cradle-to-gate") {
        Ok((FactorKind::Material, "cradle-to-gate"))
    } else if boundary.starts_with("gate-to-gate") {
        Ok((FactorKind::Process, "gate-to-gate"))
    } else if boundary.starts_with("treatment") {
        Ok((FactorKind::WasteTreatment, "treatment"))
    } else {
        Err(format!("its boundary is neither cradle to gate nor gate to gate nor a treatment but \"{boundary}\"")
            .into())
    }
}

/// A first year that is not stated leaves the period not stated: the year of a publication is not the year of its data.
fn period(line: &Line) -> Outcome<(Period, String)> {
    let (from, to) = (line.year_from.trim(), line.year_to.trim());
    match (from.parse::<u16>(), to.parse::<u16>()) {
        (Ok(from), Ok(to)) => Ok((Period::Years(from, to), String::new())),
        (Ok(year), Err(_)) => Ok((Period::Years(year, year), String::new())),
        (Err(_), Ok(year)) => Ok((Period::NotStated, format!("Year of the data not stated; published {year}."))),
        (Err(_), Err(_)) if from == "not stated" => Ok((Period::NotStated, String::new())),
        _ => Err(format!("\"{from}\" to \"{to}\" is no period").into()),
    }
}

/// Primary where the publication itself was read; a copy in somebody's repository, or a figure that the publication
/// takes from another one, is secondary.
fn evidence(line: &Line) -> String {
    let publications = ["pmc.ncbi", "mdpi.com", "pubs.rsc.org", "arxiv.org"];
    let read = publications.iter().any(|place| line.seen_at.contains(place)) && !line.source.contains("(after ");
    if read { "primary" } else { "secondary" }.into()
}

/// Classes of what has grown: their biogenic carbon matters even where nobody states it.
const LIVING: [&str; 5] = ["wood.", "paper.", "textile.cotton", "textile.wool", "leather"];

/// The carbon of materials by class, where this table knows it: for rows of other tables of the same chemistry.
pub(super) fn contents(folder: &Path) -> Outcome<BTreeMap<String, Carbon>> {
    let mut known = BTreeMap::new();
    for line in read::<Line>(&folder.join("materials.csv"))? {
        if let Some(carbon) = carbon(&line)?.filter(|carbon| carbon.fossil.is_some() && carbon.biogenic.is_some()) {
            known.entry(line.class.clone()).or_insert(carbon);
        }
    }
    Ok(known)
}

/// What another table may say of a row's carbon by its class: that of the same material, or of the material one step
/// up. Of what has grown only that; its content depends on moisture, which this table does not know.
pub(super) fn carbon_of(class: &str, known: &BTreeMap<String, Carbon>) -> Option<Carbon> {
    if LIVING.iter().any(|living| class.starts_with(living)) {
        let source = "carbon content not given by the source".into();
        return Some(Carbon { fossil: None, biogenic: None, bio_based: true, source });
    }
    let mut class = class;
    loop {
        if let Some(carbon) = known.get(class) {
            return Some(carbon.clone());
        }
        class = class.rsplit_once('.').map(|(up, _)| up).filter(|up| up.contains('.'))?;
    }
}

fn carbon(line: &Line) -> Outcome<Option<Carbon>> {
    let content = |text: &str| (!text.trim().is_empty()).then(|| finite(text)).transpose();
    let (fossil, biogenic) = (content(&line.fossil_carbon)?, content(&line.biogenic_carbon)?);
    let class = line.class.as_str();
    let bio_based = LIVING.iter().any(|kind| class.starts_with(kind)) || biogenic.is_some_and(|part| part.get() > 0.0);
    if fossil.is_none() && biogenic.is_none() && !bio_based {
        return Ok(None);
    }
    let source = Some(line.carbon_source.trim()).filter(|text| !text.is_empty());
    let source = source.unwrap_or("carbon content not given by the source").to_string();
    Ok(Some(Carbon { fossil, biogenic, bio_based, source }))
}

/// What a list says of a line's proxy number `count`; empty where it says nothing.
fn part(list: &str, separator: char, count: usize) -> &str {
    list.split(separator).nth(count).map_or("", str::trim)
}

/// The same figure under the name of the material it stands in for. The material's own row keeps its own names, so
/// that only the other material's line is marked as a proxy; a figure that stands in for its own material in another
/// country needs no second row, its geography says so.
fn proxy(line: &Line, own: &FactorRow, named: &str, count: usize, moved: &[String]) -> Option<FactorRow> {
    let han = |text: &str| text.chars().any(|character| character > '\u{2e80}');
    let starts = std::iter::once(0).chain(named.match_indices(' ').map(|(at, _)| at));
    let english_at = starts.into_iter().find(|at| !han(&named[*at..])).unwrap_or(named.len());
    let (zh, en) = (named[..english_at].trim(), named[english_at..].trim());
    let (zh, en) = (zh.trim_start_matches("中国"), en.split(" (China)").next().unwrap_or(en));
    let (zh, en) = (if zh.is_empty() { en } else { zh }, if en.is_empty() { zh } else { en });
    let known = [&own.name_en, &own.name_zh].into_iter().chain(&own.synonyms).any(|name| name == zh || name == en);
    if known && named.contains("(China)") {
        return None;
    }
    let mut synonyms: Vec<String> = Vec::new();
    let parts: Vec<&str> = zh.split('/').map(str::trim).collect();
    if parts.len() > 1 && parts.iter().all(|part| han(part)) {
        synonyms.extend(parts.into_iter().map(Into::into));
    }
    // `gas spring (cylinder and rod)` is asked for as `gas spring`.
    synonyms.extend(en.split_once([',', '(']).map(|(short, _)| short.trim().to_string()));
    synonyms.extend(moved.iter().cloned());
    synonyms.extend(part(&line.proxy_names, ';', count).split('|').map(|name| name.trim().to_string()));
    synonyms.retain(|name| !name.is_empty() && name != zh && name != en);
    let mut seen = std::collections::BTreeSet::new();
    synonyms.retain(|name| seen.insert(name.clone()));
    let class = part(&line.proxy_class, ';', count);
    // One reason for all of a line's proxies, or one each.
    let all = line.proxy_reason.trim();
    let reason = if all.contains('|') { part(all, '|', count) } else { all };
    Some(FactorRow {
        closed: false,
        id: if count == 0 { format!("{}/proxy", own.id) } else { format!("{}/proxy-{}", own.id, count + 1) },
        name_en: en.into(),
        name_zh: zh.into(),
        synonyms,
        codes: Vec::new(),
        class: if class.is_empty() { own.class.clone() } else { class.into() },
        quality: Quality { label: Some("screening".into()), technology: Some(4), ..own.quality.clone() },
        proxy: Some(Proxy { stands_for: named.into(), reason: reason.into() }),
        note: Some(format!("Figure of {} ({}).", own.name_en, own.name_zh)),
        ..own.clone()
    })
}
