//! Assembly of shoes without their parts, and two materials of shoes from cradle to gate: leather of polyurethane and
//! natural rubber.

use super::dataset::{Dataset, Descriptor, Word, say};
use zuji_core::factor::{Carbon, FactorKind, RowProperties};
use zuji_core::math::Finite;

const SHOES: &[Word] = &[
    ("SNEAKER_SHOE", "sneaker assembly", "运动鞋成型组装"),
    ("WOMENS_BOOTS", "assembly of women's boots", "女靴成型组装"),
];

/// place in the descriptor, geography, electricity in English and Chinese
const PLACES: &[(&str, &str, &str, &str)] = &[
    ("VN", "VN", "Vietnam", "越南"),
    ("CN", "CN", "China", "中国"),
    ("IT", "IT", "Italy", "意大利"),
    ("GLO", "GLO", "the world", "全球平均"),
    ("TH", "TH", "Thailand", "泰国"),
    ("ID", "ID", "Indonesia", "印度尼西亚"),
    ("CI", "CI", "Côte d'Ivoire", "科特迪瓦"),
];

fn place(code: &str) -> Result<(&'static str, &'static str, &'static str), String> {
    let found = PLACES.iter().find(|(known, ..)| *known == code).map(|(_, geography, en, zh)| (*geography, *en, *zh));
    found.ok_or_else(|| code.to_string())
}

/// A dataset of the folders of shoes, leather and rubber.
pub(super) fn dataset(descriptor: &Descriptor) -> Result<Dataset, String> {
    match descriptor.path.as_slice() {
        ["FOOTWEAR_ASSEMBLY", shoe] => assembly(shoe, descriptor.substrate),
        ["COATING", "SYNTHETIC_PU_LEATHER"] => leather(descriptor.substrate),
        ["NATURAL_RUBBER", "STR"] => rubber(descriptor.place),
        other => Err(other.join("/")),
    }
}

fn assembly(shoe: &str, electricity: &str) -> Result<Dataset, String> {
    let (en, zh) = say(SHOES, shoe)?;
    let (geography, place_en, place_zh) = place(electricity)?;
    let mut dataset = Dataset::process(
        format!("{shoe}/{electricity}"),
        format!("{en}, electricity of {place_en}"),
        format!("{zh}（{place_zh}电力）"),
        "process.footwear.assembly",
    );
    dataset.geography = geography;
    if shoe == "SNEAKER_SHOE" {
        dataset.unit = "piece";
        dataset.note = Some("Per pair, without the parts of the shoe.");
        dataset.synonyms = vec!["运动鞋组装".into(), "sneaker assembly".into()];
    } else {
        dataset.input = Some("parts");
        dataset.synonyms = vec!["女靴组装".into(), "boot assembly".into()];
    }
    Ok(dataset)
}

fn leather(way: &str) -> Result<Dataset, String> {
    let (en, zh, names): (_, _, &[&str]) = match way {
        "DMF_FREE" => {
            ("synthetic PU leather, water-borne (DMF-free)", "水性PU合成革（无DMF）", &["水性PU革", "无溶剂PU革"])
        }
        "DMF_BASED" => (
            "synthetic PU leather, solvent-based (DMF)",
            "溶剂型PU合成革（DMF法）",
            &["PU革", "PU皮", "PU合成革", "PU人造革", "溶剂型PU革", "PU leather", "synthetic PU leather"],
        ),
        other => return Err(other.to_string()),
    };
    let mut dataset = Dataset::process(way.into(), en.into(), zh.into(), "textile.coated");
    dataset.synonyms = names.iter().map(ToString::to_string).collect();
    dataset.kind = FactorKind::Material;
    dataset.unit = "m2";
    dataset.geography = "CN";
    dataset.screening = true;
    dataset.note = Some(
        "1.5-2 mm. One patent each, electricity estimated by scale-up and Chinese, the rest of the world; no transport to the \
         plant.",
    );
    dataset.properties = Some(RowProperties {
        mass_per_area: Finite::new(1.0).ok(),
        source: "assumed by the source: 1 kg/m2 (documentation.md, 1.2)".into(),
        ..RowProperties::default()
    });
    Ok(dataset)
}

fn rubber(country: &str) -> Result<Dataset, String> {
    let (geography, en, zh) = place(country)?;
    let mut dataset = Dataset::process(
        format!("str/{country}"),
        format!("natural rubber (STR), {en}"),
        format!("天然橡胶（标准胶，{zh}）"),
        "rubber.natural",
    );
    dataset.synonyms = ["天然橡胶", "标准橡胶", "天然胶", "natural rubber"].map(String::from).to_vec();
    dataset.kind = FactorKind::Material;
    dataset.geography = geography;
    dataset.note =
        Some("Land use change and peat drainage of the country are in the figure and differ much: say the origin.");
    dataset.carbon = Some(Carbon {
        fossil: None,
        biogenic: None,
        bio_based: true,
        source: "latex of plantations; the source gives no carbon content".into(),
    });
    Ok(dataset)
}
