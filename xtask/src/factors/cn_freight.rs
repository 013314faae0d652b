//! Freight in China: the table of the building standard, and CPCD. What CPCD labels cradle to grave is a life cycle;
//! what it labels gate to grave is the running alone, which counts nothing without its upstream half.

use super::row::{Essentials, bare, finite, read};
use crate::Outcome;
use serde::Deserialize;
use std::path::Path;
use zuji_core::factor::{FactorKind, FactorRow, FactorsDocument, Period, Quality, TableHead};

const TABLE: &str = "cn-freight";

#[derive(Deserialize)]
struct Line {
    id: String,
    name_zh: String,
    name_en: String,
    synonyms: String,
    class: String,
    value_kg_co2e_per_tkm: String,
    source: String,
    cpcd_id: String,
    cpcd_boundary: String,
    year: String,
}

/// The whole table.
pub(crate) fn table(folder: &Path) -> Outcome<FactorsDocument> {
    let lines: Vec<Line> = read(&folder.join("freight.csv"))?;
    let rows: Outcome<Vec<FactorRow>> = lines.iter().map(row).collect();
    Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head(), rows: rows? })
}

fn head() -> TableHead {
    TableHead {
        id: TABLE.into(),
        version: "1".into(),
        name_en: "Freight in China: GB/T 51366-2019 Annex E and CPCD".into(),
        name_zh: "中国货运：GB/T 51366-2019附录E与CPCD".into(),
        source: "GB/T 51366-2019, Annex E, table E.0.1; CPCD core database".into(),
        licence: "per row".into(),
        attribution: None,
        note: Some(
            "Second-hand copies. The standard's figures are older than 2019 and their GWP set is not stated.".into(),
        ),
        left_out: vec![
            "battery-electric lorries of CPCD, labelled cradle to gate: what that covers of a transport is not clear"
                .into(),
            "air freight entries of CPCD that repeat the UK's figures with radiative forcing (1.0189, 2.30229, 1.286)"
                .into(),
        ],
        closed: false,
    }
}

fn row(line: &Line) -> Outcome<FactorRow> {
    let standard = line.source == "gb51366";
    let core = "leo21468/CarbonCalculator data/core.csv @bebed06283f1b353e8206c0728b715129d2b88a9";
    let source = if standard {
        let second = match line.cpcd_id.as_str() {
            "" => String::new(),
            id => format!("; same figure as product {id} in {core}"),
        };
        format!(
            "GB/T 51366-2019 Standard for building carbon emission calculation (MOHURD), Annex E, table E.0.1. Read at: \
             zybjack268-svg/carboniq-building-lca src/factorLibrary.js \
             @a4aa36c19afbe4c486149d3103e60639496d008f{second}"
        )
    } else {
        format!(
            "CPCD China Products Carbon Footprint Factors Database, core database, product {}, {}. Read at: {core}",
            line.cpcd_id, line.year
        )
    };
    let whole = match line.cpcd_boundary.as_str() {
        "摇篮到坟墓" => true,
        // The one row of the standard without a second copy is of the same table as those that have one.
        "" if standard => true,
        "大门到坟墓" => false,
        other => return Err(format!("cn_freight: the boundary {other} of {} is not known", line.id).into()),
    };
    let mut row = bare(Essentials {
        id: format!("{TABLE}/{}", line.id),
        name_en: format!("{} (China)", line.name_en),
        name_zh: line.name_zh.clone(),
        class: line.class.clone(),
        kind: if whole { FactorKind::FreightLifeCycle } else { FactorKind::Freight },
        unit: "t·km",
        geography: "CN",
        period: match line.year.parse::<u16>() {
            Ok(year) => Period::Years(year, year),
            Err(_) => Period::NotStated,
        },
        boundary: if whole { "life-cycle" } else { "tank-to-wheel" },
        source,
    });
    row.synonyms = line.synonyms.split('|').filter(|name| !name.is_empty()).map(Into::into).collect();
    row.co2e = Some(finite(&line.value_kg_co2e_per_tkm)?);
    row.gwp = Some("not stated".into());
    row.licence = Some(if standard { "official standard, figures only" } else { "not stated; figure only" }.into());
    row.quality = Quality { label: Some("fair".into()), evidence: Some("secondary".into()), technology: None };
    row.note = Some(
        match (standard, line.cpcd_id.is_empty()) {
            (true, false) => {
                "两份转录一致；边界按CPCD标注（摇篮到坟墓）。 Two transcriptions agree; CPCD labels it cradle to grave."
            }
            (true, true) => "仅见一份转录。 One transcription only.",
            _ if whole => "CPCD标注摇篮到坟墓。 CPCD labels it cradle to grave.",
            _ => "CPCD标注大门到坟墓：无燃料上游。 CPCD labels it gate to grave: the fuel's upstream is not in it.",
        }
        .into(),
    );
    Ok(row)
}
