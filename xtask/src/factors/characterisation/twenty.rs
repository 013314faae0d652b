//! The same tables over 20 years: what a near-term view of methane asks for. No standard of product footprints computes
//! with them, so none is a default.

use super::merge::{self, Horizon};
use super::{EPA, Head, OPEN, horizon_document};
use crate::Outcome;
use crate::factors::row::finite;
use std::path::Path;
use zuji_core::impact::{CharacterisationDocument, Disagreement, GasRow, Kind};

/// One set per report, the newest first.
pub(super) fn documents(folder: &Path) -> Outcome<Vec<CharacterisationDocument>> {
    let merged = merge::read(folder, Horizon::Twenty)?;
    // Names and CAS numbers stand in the sets of 100 years, which have the same gases.
    let report = |name: &str| -> Vec<GasRow> {
        merged.report(name).into_iter().map(|row| GasRow { name: None, cas: None, ..row }).collect()
    };
    let head = |id, aliases, report, name_en, name_zh, convention, source| Head {
        id,
        aliases,
        report,
        name_en,
        name_zh,
        convention,
        source,
    };
    [
        (
            head(
                "AR6-GWP20@2021",
                &["AR6-GWP20"],
                "AR6",
                "IPCC AR6 GWP20",
                "IPCC第六次评估报告 GWP20",
                "over 20 years; methane by origin: fossil 82.5 (with the CO2 it turns into), non-fossil 79.7; N2O 273",
                format!(
                    "CH4 from {TABLE}; all other gases from Table 7.SM.7 of the supplement, read from {EPA} and {OPEN}"
                ),
            ),
            methane_by_origin(report("AR6"))?,
        ),
        (
            head(
                "AR5-GWP20@2013",
                &["AR5-GWP20"],
                "AR5",
                "IPCC AR5 GWP20",
                "IPCC第五次评估报告 GWP20",
                "over 20 years, without climate-carbon feedbacks; CH4 84, fossil methane 85 (with the CO2 it turns into)",
                format!("IPCC AR5 WG1 (2013), Table 8.A.1, without climate-carbon feedbacks; read from {EPA}"),
            ),
            report("AR5"),
        ),
        (
            head(
                "AR4-GWP20@2007",
                &["AR4-GWP20"],
                "AR4",
                "IPCC AR4 GWP20",
                "IPCC第四次评估报告 GWP20",
                "over 20 years; CH4 72 for all methane; the CO2 that fossil methane turns into is not in it",
                format!("IPCC AR4 WG1 (2007), Table 2.14 with its errata; read from {EPA}"),
            ),
            report("AR4"),
        ),
    ]
    .into_iter()
    .map(|(head, gases)| horizon_document(head, Horizon::Twenty, gases))
    .collect()
}

const TABLE: &str = "IPCC AR6 WG1 (2021), chapter 7, Table 7.15, p. 1017 (see PROVENANCE.md)";

/// Methane by origin from the chapter; the supplement's one value is kept as a disagreement.
fn methane_by_origin(rows: Vec<GasRow>) -> Outcome<Vec<GasRow>> {
    let mut gases = Vec::with_capacity(rows.len() + 1);
    for row in rows {
        if row.gas != "CH4" {
            gases.push(row);
            continue;
        }
        let other = Disagreement { gwp: row.gwp, source: "Table 7.SM.7, which does not tell the origin apart".into() };
        for (kind, gwp) in [(Kind::Fossil, "82.5"), (Kind::Biogenic, "79.7")] {
            gases.push(GasRow {
                kind: Some(kind),
                gwp: finite(gwp)?,
                source: Some(TABLE.into()),
                disagreements: vec![other.clone()],
                ..row.clone()
            });
        }
    }
    Ok(gases)
}
