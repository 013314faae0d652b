//! Carbonfact's textile datasets: results for climate change (EF 3.1), mostly of processes without the fibre, yarn or
//! fabric that goes through them.

mod dataset;
mod footwear;
mod wet;
mod yarn;

use super::row::{Essentials, bare, finite, read, slug};
use crate::Outcome;
use dataset::{Dataset, Descriptor};
use serde::Deserialize;
use std::path::Path;
use zuji_core::factor::{FactorKind, FactorRow, FactorsDocument, Period, Quality, TableHead};

/// One line of a results file. Only the columns that are used.
#[derive(Deserialize)]
struct Line {
    descriptor: String,
    #[serde(rename = "Activity")]
    activity: String,
    #[serde(rename = "GHG")]
    climate: String,
    #[serde(alias = "Input_required_kg", alias = "Input required (kg)")]
    input: Option<String>,
}

const TABLE: &str = "textile-lca-carbonfact";

/// The folders of the results files, in the order of the README.
const FOLDERS: &[&str] = &[
    "spinning",
    "knitting",
    "weaving",
    "dyeing",
    "shoe-assembly/sneaker",
    "shoe-assembly/womens-boots",
    "synthetic-pu-leather",
    "natural-rubber",
    "use-phase",
];

/// The whole table, folder by folder, each by id.
pub(super) fn table(folder: &Path) -> Outcome<FactorsDocument> {
    let mut rows = Vec::new();
    for name in FOLDERS {
        let lines: Vec<Line> = read(&folder.join("datasets").join(name).join("impact-scores.csv"))?;
        let mut of_folder = lines.iter().map(|line| row(name, line)).collect::<Outcome<Vec<FactorRow>>>()?;
        of_folder.sort_by(|a, b| a.id.cmp(&b.id));
        rows.extend(of_folder);
    }
    Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head(), rows })
}

fn row(folder: &str, line: &Line) -> Outcome<FactorRow> {
    let descriptor = Descriptor::read(&line.descriptor)?;
    let dataset = match folder {
        "spinning" => yarn::spinning(&descriptor),
        "knitting" | "weaving" => yarn::fabric(&descriptor),
        "dyeing" => wet::dyeing(&descriptor),
        "use-phase" => wet::laundry(&descriptor),
        _ => footwear::dataset(&descriptor),
    };
    let dataset: Dataset =
        dataset.map_err(|word| format!("textile: \"{word}\" in {} is not known", line.descriptor))?;
    let mut row = bare(Essentials {
        id: format!("{TABLE}/{}/{}", folder.split('/').next().unwrap_or(folder), path(&dataset.id)),
        name_en: dataset.name_en,
        name_zh: dataset.name_zh,
        class: dataset.class.into(),
        kind: dataset.kind,
        unit: dataset.unit,
        geography: dataset.geography,
        period: Period::NotStated,
        boundary: if dataset.kind == FactorKind::Material { "cradle-to-gate" } else { "gate-to-gate" },
        source: format!("Carbonfact Textile LCA Database, datasets/{folder}, GHG of \"{}\"", line.activity),
    });
    row.synonyms = dataset.synonyms;
    row.co2e = Some(finite(&line.climate)?);
    row.gwp = Some("not stated".into());
    let label = if dataset.screening { "screening" } else { "fair" };
    row.quality = Quality { label: Some(label.into()), evidence: Some("primary".into()), technology: None };
    let needs = match (&line.input, dataset.input) {
        (Some(amount), Some(what)) => Some(format!("Takes {amount} kg of {what} per kg, not in the figure.")),
        _ => None,
    };
    let notes: Vec<String> = needs.into_iter().chain(dataset.note.map(str::to_string)).collect();
    row.note = (!notes.is_empty()).then(|| notes.join(" "));
    row.properties = dataset.properties;
    row.carbon = dataset.carbon;
    Ok(row)
}

/// The parts of an id, each as a slug.
fn path(id: &str) -> String {
    let parts: Vec<String> = id.split('/').map(slug).filter(|part| !part.is_empty()).collect();
    parts.join("/")
}

fn head() -> TableHead {
    TableHead {
        id: TABLE.into(),
        version: "1.1.0 with later changes, commit e1ac625d (2026-04-30)".into(),
        name_en: "Carbonfact Textile LCA Database: spinning, knitting, weaving, dyeing, footwear, laundry".into(),
        name_zh: "Carbonfact纺织品LCA数据库：纺纱、针织、机织、染色、制鞋、洗护".into(),
        source: "Carbonfact, Textile LCA Database, github.com/carbonfact/textile-lca-database".into(),
        licence: "CC BY-SA 4.0 (share-alike: this table stays under it, apart from the others)".into(),
        attribution: Some(
            "Data source: Carbonfact Textile LCA Database (github.com/carbonfact/textile-lca-database), CC BY-SA 4.0. Changed: \
             one of sixteen indicators taken, names, Chinese names, classes."
                .into(),
        ),
        note: Some(
            "Results for climate change of the EF 3.1 method, which is none of the sets here, over the background ecoinvent 3.12 \
             (cut-off, not included); no years stated. Spinning, knitting, weaving, dyeing and assembly are processes \
             without what goes through them: the note of a row says how much of it a kilogram takes, and the material is a \
             line of its own. They are known by words for the process, never by the yarn or the fabric. The pages of the \
             database show other values than these results files for 45 datasets: up to 6 % in dyeing and weaving, up to 1.6 \
             times in filament spinning, which is labelled screening."
                .into(),
        ),
        left_out: vec!["The other 15 indicators of EF 3.1, data quality ratings, inventories".into()],
        closed: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<FactorRow> {
        table(&crate::repository().join("factors/raw/textile_carbonfact")).unwrap().rows
    }

    #[test]
    fn names_are_composed_of_the_words_of_the_descriptor() {
        let rows = rows();
        for (id, en, zh) in [
            (
                "spinning/for-knit-ring/cotton/150-dtex",
                "ring spinning of combed cotton for knitting, 150 dtex",
                "针织用精梳棉环锭纺纱（150 dtex）",
            ),
            ("spinning/melt-poy/polyester", "melt spinning (POY) of polyester", "涤纶熔融纺丝（POY）"),
            ("knitting/circular/150-dtex", "circular knitting, 150 dtex", "圆机针织（150 dtex）"),
            ("weaving/water-jet", "water-jet weaving", "喷水织造"),
            (
                "dyeing/fabric/reactive/semi-continuous/cpb/natural-fibers",
                "fabric dyeing, reactive dye, cold pad batch, cellulosic fibres, medium shade",
                "织物染色：活性染料、冷轧堆、纤维素纤维（中色）",
            ),
        ] {
            let id = format!("{TABLE}/{id}");
            let row = rows.iter().find(|row| row.id == id).unwrap_or_else(|| panic!("{id}"));
            assert_eq!((row.name_en.as_str(), row.name_zh.as_str()), (en, zh));
        }
    }

    #[test]
    fn no_process_carries_the_name_of_what_goes_through_it() {
        for row in rows().iter().filter(|row| row.kind == FactorKind::Process) {
            for thing in ["棉纱", "涤纶", "纱线", "面料", "布", "织物", "yarn", "fabric", "polyester", "cotton"]
            {
                assert!(
                    ![&row.name_en, &row.name_zh].into_iter().chain(&row.synonyms).any(|name| name == thing),
                    "{}",
                    row.id
                );
            }
        }
    }
}
