//! Sets of characterisation factors (GWP100 and GWP20) of AR4, AR5 and AR6 from two public copies of the IPCC's tables.

mod gas;
mod merge;
mod twenty;

use super::row::finite;
use crate::Outcome;
use merge::{Horizon, Merged};
use std::path::Path;
use zuji_core::impact::{CharacterisationDocument, Disagreement, GasRow, Kind};

const EPA: &str = "USEPA/LCIAformatter @48d19af1, lciafmt/data/IPCC_GWP_values.csv";
const OPEN: &str = "globalwarmingpotentials 0.13.2 (openclimatedata)";
const LICENCE: &str =
    "values of the IPCC, carried by LCIAformatter (MIT, US EPA) and globalwarmingpotentials (CC0-1.0)";

/// What is said of a set besides its values.
struct Head<'a> {
    id: &'a str,
    aliases: &'a [&'a str],
    report: &'a str,
    name_en: &'a str,
    name_zh: &'a str,
    convention: &'a str,
    source: String,
}

/// All sets, in the order in which they are offered: the first is the default.
pub(crate) fn documents(folder: &Path) -> Outcome<Vec<CharacterisationDocument>> {
    let merged = merge::read(folder, Horizon::Hundred)?;
    let mut documents = vec![
        ar6(&merged)?,
        ar6_supplement(&merged)?,
        ar5(&merged)?,
        ar5_unfccc(&merged)?,
        ar5_feedback(&merged)?,
        ar4(&merged)?,
    ];
    documents.extend(twenty::documents(folder)?);
    Ok(documents)
}

fn document(head: Head, gases: Vec<GasRow>) -> Outcome<CharacterisationDocument> {
    horizon_document(head, Horizon::Hundred, gases)
}

fn horizon_document(head: Head, horizon: Horizon, gases: Vec<GasRow>) -> Outcome<CharacterisationDocument> {
    if gases.first().is_none_or(|row| row.gas != "CO2" || row.gwp.get() != 1.0) {
        return Err(format!("{}: CO2 is not 1", head.id).into());
    }
    Ok(CharacterisationDocument {
        schema: "zuji/characterisation@1".into(),
        id: head.id.into(),
        aliases: super::row::owned(head.aliases),
        report: head.report.into(),
        horizon: horizon.years(),
        name_en: head.name_en.into(),
        name_zh: head.name_zh.into(),
        convention: head.convention.into(),
        source: head.source,
        licence: LICENCE.into(),
        gases,
    })
}

/// AR6 as the chapter assesses it: methane by origin from Table 7.15, the rest from the supplement.
fn ar6(merged: &Merged) -> Outcome<CharacterisationDocument> {
    const TABLE: &str = "IPCC AR6 WG1 (2021), chapter 7, Table 7.15, p. 1017";
    let mut gases = Vec::new();
    for mut row in merged.report("AR6") {
        match row.gas.as_str() {
            "CH4" => {
                let disagreement =
                    Disagreement { gwp: row.gwp, source: "Table 7.SM.7, which does not tell the origin apart".into() };
                for (kind, gwp) in [(Kind::Fossil, "29.8"), (Kind::Biogenic, "27.0")] {
                    gases.push(GasRow {
                        kind: Some(kind),
                        gwp: finite(gwp)?,
                        source: Some(TABLE.into()),
                        disagreements: vec![disagreement.clone()],
                        ..row.clone()
                    });
                }
                continue;
            }
            "SF6" => row.disagreements.push(Disagreement {
                gwp: finite("24300")?,
                source: "quoted as AR6 in secondary lists, which name EU and GHG Protocol lists; not in the copies of \
                         Table 7.SM.7"
                    .into(),
            }),
            _ => {}
        }
        gases.push(row);
    }
    document(
        Head {
            id: "AR6-GWP100@2021",
            aliases: &["AR6", "AR6-GWP100"],
            report: "AR6",
            name_en: "IPCC AR6 GWP100",
            name_zh: "IPCC第六次评估报告 GWP100",
            convention: "methane by origin: fossil 29.8 (with the CO2 it turns into), non-fossil 27.0, for the 0/0 \
                         approach to biogenic carbon; N2O 273",
            source: format!(
                "CH4 from {TABLE}; all other gases from Table 7.SM.7 of the supplement, rounded there to three digits \
                 (Table 7.15 is quoted with 6226 for CFC-11), read from {EPA} and {OPEN}. CFC-11 and CFC-12 are the \
                 corrected values: the first edition of the supplement had them 12 % too low \
                 (openclimatedata/globalwarmingpotentials, issue 16)"
            ),
        },
        gases,
    )
}

fn ar6_supplement(merged: &Merged) -> Outcome<CharacterisationDocument> {
    document(
        Head {
            id: "AR6-GWP100@7.SM.7",
            aliases: &[],
            report: "AR6",
            name_en: "IPCC AR6 GWP100, Table 7.SM.7 as it stands",
            name_zh: "IPCC第六次评估报告 GWP100（补充材料表7.SM.7原值）",
            convention: "CH4 27.9 for all methane",
            source: format!(
                "IPCC AR6 WG1 (2021), chapter 7 supplement, Table 7.SM.7 with the correction of CFC-11 and CFC-12; read \
                 from {EPA} and {OPEN}"
            ),
        },
        merged.report("AR6"),
    )
}

fn ar5_source() -> String {
    format!("IPCC AR5 WG1 (2013), Table 8.A.1, without climate-carbon feedbacks; read from {EPA} and {OPEN}")
}

fn ar5(merged: &Merged) -> Outcome<CharacterisationDocument> {
    document(
        Head {
            id: "AR5-GWP100@2013",
            aliases: &["AR5", "AR5-GWP100"],
            report: "AR5",
            name_en: "IPCC AR5 GWP100",
            name_zh: "IPCC第五次评估报告 GWP100",
            convention: "without climate-carbon feedbacks; CH4 28, fossil methane 30 (with the CO2 it turns into)",
            source: ar5_source(),
        },
        merged.report("AR5"),
    )
}

fn ar5_unfccc(merged: &Merged) -> Outcome<CharacterisationDocument> {
    let mut gases = merged.report("AR5");
    gases.retain(|row| row.kind.is_none());
    document(
        Head {
            id: "AR5-GWP100@unfccc",
            aliases: &[],
            report: "AR5",
            name_en: "IPCC AR5 GWP100, one value for methane",
            name_zh: "IPCC第五次评估报告 GWP100（甲烷统一取28）",
            convention: "without climate-carbon feedbacks; CH4 28 for all methane: the convention of national \
                         inventories under the UNFCCC and of the UK Government conversion factors",
            source: ar5_source(),
        },
        gases,
    )
}

fn ar5_feedback(merged: &Merged) -> Outcome<CharacterisationDocument> {
    document(
        Head {
            id: "AR5-GWP100@feedback",
            aliases: &[],
            report: "AR5",
            name_en: "IPCC AR5 GWP100 with climate-carbon feedbacks",
            name_zh: "IPCC第五次评估报告 GWP100（含气候-碳反馈）",
            convention: "with climate-carbon feedbacks; CH4 34 for all methane; fewer gases than the other sets of AR5",
            source: format!("IPCC AR5 WG1 (2013), Tables 8.7 and 8.SM.16; read from {OPEN}, column AR5CCFGWP100"),
        },
        merged.report("AR5 feedback"),
    )
}

fn ar4(merged: &Merged) -> Outcome<CharacterisationDocument> {
    document(
        Head {
            id: "AR4-GWP100@2007",
            aliases: &["AR4", "AR4-GWP100"],
            report: "AR4",
            name_en: "IPCC AR4 GWP100",
            name_zh: "IPCC第四次评估报告 GWP100",
            convention: "CH4 25 for all methane; the CO2 that fossil methane turns into is not in it",
            source: format!("IPCC AR4 WG1 (2007), Table 2.14 with its errata; read from {EPA} and {OPEN}"),
        },
        merged.report("AR4"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets() -> Vec<CharacterisationDocument> {
        documents(&crate::repository().join("factors/raw/gwp")).unwrap()
    }

    #[test]
    fn both_copies_agree_and_what_disagrees_is_listed() {
        let mut disputed = Vec::new();
        for set in sets() {
            for row in &set.gases {
                for other in &row.disagreements {
                    disputed.push(format!("{} {} {} / {}", set.id, row.gas, row.gwp.get(), other.gwp.get()));
                }
            }
        }
        assert_eq!(
            disputed,
            [
                "AR6-GWP100@2021 CH4 29.8 / 27.9",
                "AR6-GWP100@2021 CH4 27 / 27.9",
                "AR6-GWP100@2021 SF6 25200 / 24300",
                "AR5-GWP100@2013 2,2,3,3,4,4,4-heptafluorobutan-1-ol 34 / 16",
                "AR5-GWP100@2013 HG-02 2730 / 4920",
                "AR5-GWP100@2013 HG-03 2850 / 4490",
                "AR5-GWP100@unfccc 2,2,3,3,4,4,4-heptafluorobutan-1-ol 34 / 16",
                "AR5-GWP100@unfccc HG-02 2730 / 4920",
                "AR5-GWP100@unfccc HG-03 2850 / 4490",
                "AR6-GWP20@2021 CH4 82.5 / 81.2",
                "AR6-GWP20@2021 CH4 79.7 / 81.2",
                "AR5-GWP20@2013 2,2,3,3,4,4,4-heptafluorobutan-1-ol 124 / 60",
                "AR5-GWP20@2013 HG-02 7900 / 9910",
                "AR5-GWP20@2013 HG-03 8270 / 9050",
            ]
        );
    }

    /// Each value of 20 years against its line of the raw file, of which the reports name the gases in three ways.
    #[test]
    fn sets_of_20_years_are_those_of_the_raw_file() {
        let raw = crate::repository().join("factors/raw/gwp/usepa_lciaformatter_ipcc_gwp_ar4_ar5_ar6.csv");
        let raw = std::fs::read_to_string(raw).unwrap();
        let of = |report: &str, name: &str| -> f64 {
            let line = raw.lines().find(|line| {
                line.starts_with(&format!("{report},")) && line.contains(name) && line.contains(",GWP20,")
            });
            line.unwrap().rsplit(',').next().unwrap().trim().parse().unwrap()
        };
        let sets = sets();
        let gwp = |set: &str, gas: &str, kind: Option<Kind>| {
            let set = sets.iter().find(|document| document.id == set).unwrap();
            assert_eq!(set.horizon, 20);
            set.gases.iter().find(|row| row.gas == gas && row.kind == kind).unwrap().gwp.get()
        };
        for (set, report, sulphur, nitrous) in [
            ("AR4-GWP20@2007", "AR4", "Sulphur hexafluoride", "Nitrous oxide"),
            ("AR5-GWP20@2013", "AR5", "Sulphur hexafluoride", "Nitrous Oxide"),
            ("AR6-GWP20@2021", "AR6", "Sulfur hexafluoride", "Nitrous oxide"),
        ] {
            assert_eq!(gwp(set, "SF6", None), of(report, sulphur), "{set}");
            assert_eq!(gwp(set, "N2O", None), of(report, nitrous), "{set}");
        }
        assert_eq!(gwp("AR4-GWP20@2007", "CH4", None), of("AR4", ",Methane,"));
        assert_eq!(gwp("AR5-GWP20@2013", "CH4", None), of("AR5", ",Methane,"));
        assert_eq!(gwp("AR5-GWP20@2013", "CH4", Some(Kind::Fossil)), of("AR5", "Fossil methane"));
        // AR6 tells methane apart in its chapter; the supplement's one value stands beside it.
        let ar6 = sets.iter().find(|document| document.id == "AR6-GWP20@2021").unwrap();
        for row in ar6.gases.iter().filter(|row| row.gas == "CH4") {
            assert_eq!(row.disagreements[0].gwp.get(), of("AR6", ",Methane,"));
        }
    }

    #[test]
    fn the_first_set_is_the_default() {
        let ids: Vec<String> = sets().into_iter().map(|set| set.id).collect();
        assert_eq!(ids[0], "AR6-GWP100@2021");
        assert_eq!(ids.len(), 9);
        assert!(ids[6..].iter().all(|id| id.contains("-GWP20@")));
    }
}
