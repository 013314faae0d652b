//! Materials from cradle to gate, and the treatment of waste.

use super::super::row::{Say, owned, slug};
use super::sheet::{Entry, note};
use super::substance::{Substance, carbon, find};
use super::{row, unit};
use crate::Outcome;
use zuji_core::factor::{FactorKind, FactorRow, Inclusion};

/// Material rows, then waste rows.
pub(super) fn rows(entries: &[Entry]) -> Outcome<Vec<FactorRow>> {
    let of = |sheet: &'static str| entries.iter().filter(move |entry| entry.key.sheet == sheet);
    of("Material use").map(material).chain(of("Waste disposal").map(waste)).collect()
}

fn material(entry: &Entry) -> Outcome<FactorRow> {
    let substance = find(&entry.key.level2)?;
    let (variant, origin_en, origin_zh) = match entry.key.group.as_str() {
        "Primary material production" => ("primary", "primary", "原生"),
        "Closed-loop source" => ("closed-loop", "recycled (closed loop)", "再生（闭环）"),
        "Re-used" => ("re-used", "re-used", "再使用"),
        other => return Err(format!("uk_desnz: the source \"{other}\" of a material is not known").into()),
    };
    let say = Say {
        id: format!("material/{}/{variant}/{}", slug(substance.source), unit(&entry.key)?.1),
        name_en: format!("{}, {origin_en}", substance.source),
        name_zh: format!("{}，{origin_zh}", substance.name_zh),
        class: substance.class.into(),
        kind: FactorKind::Material,
        unit: unit(&entry.key)?.0,
        boundary: "cradle-to-gate",
    };
    let mut row = row(entry, say)?;
    row.synonyms = match variant {
        "primary" => primary_names(substance),
        "closed-loop" => owned(substance.recycled),
        _ => Vec::new(),
    };
    row.quality.label = Some("screening".into());
    row.carbon = carbon(substance.content)?;
    if substance.source.contains("(incl. forming)") {
        row.forming = Inclusion::Included;
        note(&mut row, "Forming is in the figure: energy of the same forming must not be counted again.");
    } else if substance.source.contains("(excl. forming)") {
        row.forming = Inclusion::Excluded;
    }
    match (variant, substance.source) {
        ("closed-loop", _) => note(&mut row, "Input of recycled material (closed-loop source)."),
        ("re-used", _) => note(&mut row, "Re-used material, as the source names it; not recycled."),
        _ => {}
    }
    if substance.source == "Electrical items - IT" {
        note(&mut row, "Average of IT equipment per tonne: for screening only, never for one device.");
    }
    Ok(row)
}

/// The heading without its class and bracket (`Plastics: PP (incl. forming)` means PP), and the listed names.
fn primary_names(substance: &Substance) -> Vec<String> {
    let mut names = owned(substance.synonyms);
    // The plain heading or Chinese name where it is a name that people use for the material.
    for name in [substance.source, substance.name_zh] {
        if !name.contains([':', '：', '(', '（', '-']) {
            names.insert(0, name.into());
        }
    }
    names
}

fn waste(entry: &Entry) -> Outcome<FactorRow> {
    let substance = find(&entry.key.level2)?;
    let (route, zh) = match entry.key.group.as_str() {
        "Open-loop" => ("open-loop recycling", "开环回收"),
        "Closed-loop" => ("closed-loop recycling", "闭环回收"),
        "Combustion" => ("combustion", "焚烧"),
        "Composting" => ("composting", "堆肥"),
        "Landfill" => ("landfill", "填埋"),
        "Anaerobic digestion" => ("anaerobic digestion", "厌氧消化"),
        other => return Err(format!("uk_desnz: the treatment \"{other}\" is not known").into()),
    };
    // How the material was formed does not matter to its treatment.
    let plain = |name: &str| name.split([' ', '（']).next().unwrap_or(name).to_string();
    let name_en = substance.source.split(" (").next().unwrap_or(substance.source);
    let name_zh =
        if substance.name_zh.ends_with("成型）") { plain(substance.name_zh) } else { substance.name_zh.into() };
    let way = slug(&entry.key.group);
    let say = Say {
        id: format!("waste/{}/{way}/{}", slug(substance.source), unit(&entry.key)?.1),
        name_en: format!("{name_en}, {route}"),
        name_zh: format!("{name_zh}：{zh}"),
        class: format!("waste.{way}.{}", substance.class),
        kind: FactorKind::WasteTreatment,
        unit: unit(&entry.key)?.0,
        boundary: "treatment",
    };
    let mut row = row(entry, say)?;
    row.quality.label = Some("screening".into());
    if way == "combustion" {
        row.stack_carbon = Inclusion::Excluded;
        note(
            &mut row,
            "The CO2 that the waste's own carbon gives off in the stack is not in the figure (it is the same for every \
             material): fossil carbon × 44/12 comes on top.",
        );
    }
    Ok(row)
}
