//! Waste by material and method, CO2e per short ton.

use super::super::row::{Say, read, scaled, slug};
use super::{SET, row};
use crate::Outcome;
use serde::Deserialize;
use std::path::Path;
use zuji_core::factor::{FactorKind, FactorRow, Inclusion};

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "Material")]
    material: String,
    #[serde(rename = "Recycled (Metric Tons CO2e / Short Ton Material)")]
    recycled: String,
    #[serde(rename = "Landfilled (Metric Tons CO2e / Short Ton Material)")]
    landfilled: String,
    #[serde(rename = "Combusted (Metric Tons CO2e / Short Ton Material)")]
    combusted: String,
    #[serde(rename = "Composted (Metric Tons CO2e / Short Ton Material)")]
    composted: String,
    #[serde(rename = "Anaerobically Digested (Dry Digestate with Curing (Metric Tons CO2e / Short Ton Material))")]
    digested_dry: String,
    #[serde(rename = "Anaerobically Digested (Wet  Digestate with Curing) (Metric Tons CO2e / Short Ton Material)")]
    digested_wet: String,
}

/// Name in the hub, Chinese name, class of the material.
const MATERIALS: &[(&str, &str, &str)] = &[
    ("Aluminum Cans", "铝罐", "metal.aluminium.cans"),
    ("Aluminum Ingot", "铝锭", "metal.aluminium.ingot"),
    ("Steel Cans", "钢罐", "metal.steel.cans"),
    ("Copper Wire", "铜线", "metal.copper.wire"),
    ("Glass", "玻璃", "mineral.glass"),
    ("HDPE", "高密度聚乙烯HDPE", "plastic.pe.hd"),
    ("LDPE", "低密度聚乙烯LDPE", "plastic.pe.ld"),
    ("PET", "聚酯PET", "plastic.pet"),
    ("LLDPE", "线性低密度聚乙烯LLDPE", "plastic.pe.lld"),
    ("PP", "聚丙烯PP", "plastic.pp"),
    ("PS", "聚苯乙烯PS", "plastic.ps"),
    ("PVC", "聚氯乙烯PVC", "plastic.pvc"),
    ("PLA", "聚乳酸PLA", "plastic.pla"),
    ("Corrugated Containers", "瓦楞纸箱", "paper.corrugated"),
    ("Magazines/Third-class mail", "杂志和广告邮件", "paper.magazines"),
    ("Newspaper", "报纸", "paper.newspaper"),
    ("Office Paper", "办公用纸", "paper.office"),
    ("Phonebooks", "电话簿", "paper.phonebooks"),
    ("Textbooks", "教科书", "paper.books"),
    ("Dimensional Lumber", "规格材", "wood.lumber"),
    ("Medium-density Fiberboard", "中密度纤维板", "wood.mdf"),
    ("Food Waste (non-meat)", "餐厨垃圾（非肉类）", "refuse.organic.food"),
    ("Food Waste (meat only)", "餐厨垃圾（肉类）", "refuse.organic.food"),
    ("Beef", "牛肉", "refuse.organic.food"),
    ("Poultry", "禽肉", "refuse.organic.food"),
    ("Grains", "谷物", "refuse.organic.food"),
    ("Bread", "面包", "refuse.organic.food"),
    ("Fruits and Vegetables", "果蔬", "refuse.organic.food"),
    ("Dairy Products", "乳制品", "refuse.organic.food"),
    ("Yard Trimmings", "园林修剪物", "refuse.organic.garden"),
    ("Grass", "草", "refuse.organic.garden"),
    ("Leaves", "树叶", "refuse.organic.garden"),
    ("Branches", "树枝", "refuse.organic.garden"),
    ("Mixed Paper (general)", "混合纸（一般）", "paper.mixed"),
    ("Mixed Paper (primarily residential)", "混合纸（居民为主）", "paper.mixed"),
    ("Mixed Paper (primarily from offices)", "混合纸（办公为主）", "paper.mixed"),
    ("Mixed Metals", "混合金属", "metal.mixed"),
    ("Mixed Plastics", "混合塑料", "plastic.mixed"),
    ("Mixed Recyclables", "混合可回收物", "refuse.recyclables"),
    ("Food Waste", "餐厨垃圾", "refuse.organic.food"),
    ("Mixed Organics", "混合有机物", "refuse.organic.mixed"),
    ("Mixed MSW", "混合生活垃圾", "refuse.household"),
    ("Carpet", "地毯", "textile.carpet"),
    ("Desktop CPUs", "台式机主机", "electronics.desktop"),
    ("Portable Electronic Devices", "便携电子设备", "electronics.portable"),
    ("Flat-panel Displays", "平板显示器", "electronics.display"),
    ("CRT Displays", "CRT显示器", "electronics.display.crt"),
    ("Electronic Peripherals", "电子外设", "electronics.peripherals"),
    ("Hard-copy Devices", "打印复印设备", "electronics.printer"),
    ("Mixed Electronics", "混合电子产品", "electronics.mixed"),
    ("Clay Bricks", "粘土砖", "mineral.brick"),
    ("Concrete", "混凝土", "mineral.concrete"),
    ("Fly Ash", "粉煤灰", "mineral.fly-ash"),
    ("Tires", "轮胎", "rubber.tyre"),
    ("Asphalt Concrete", "沥青混凝土", "construction.asphalt"),
    ("Asphalt Shingles", "沥青瓦", "construction.shingles"),
    ("Drywall", "石膏板", "mineral.plasterboard"),
    ("Fiberglass Insulation", "玻璃纤维保温材料", "mineral.insulation"),
    ("Structural Steel", "结构钢", "metal.steel.structural"),
    ("Vinyl Flooring", "乙烯基地板", "plastic.pvc.flooring"),
    ("Wood Flooring", "木地板", "wood.flooring"),
];

/// Each material by each method that treats it; an empty cell is no treatment, not zero.
pub(super) fn rows(folder: &Path) -> Outcome<Vec<FactorRow>> {
    let file =
        "scope-3-category-5-waste-generated-in-operations-and-category-12-end-of-life-treatment-of-sold-products.csv";
    let mut rows = Vec::new();
    for line in read::<Line>(&folder.join(file))? {
        let (_, name_zh, class) = MATERIALS
            .iter()
            .find(|(name, ..)| *name == line.material)
            .ok_or_else(|| format!("us_epa_hub: the material \"{}\" has no Chinese name yet", line.material))?;
        for (value, way, zh) in [
            (&line.recycled, "recycled", "回收"),
            (&line.landfilled, "landfilled", "填埋"),
            (&line.combusted, "combusted", "焚烧"),
            (&line.composted, "composted", "堆肥"),
            (&line.digested_dry, "digested, dry", "厌氧消化（干式）"),
            (&line.digested_wet, "digested, wet", "厌氧消化（湿式）"),
        ] {
            if value.is_empty() {
                continue;
            }
            let mut row = row(
                "category 5 and 12, waste and end of life",
                Say {
                    id: format!("waste/{}/{}/short-ton", slug(&line.material), slug(way)),
                    name_en: format!("{}, {way} (US)", line.material),
                    name_zh: format!("{name_zh}：{zh}（美国）"),
                    class: format!("waste.{}.{class}", slug(way)),
                    kind: FactorKind::WasteTreatment,
                    unit: "short ton",
                    boundary: "treatment",
                },
            );
            row.co2e = Some(scaled(value, 1000, 0)?);
            row.gwp = Some(SET.into());
            row.quality.label = Some("screening".into());
            // 2.8 t per short ton of polyethylene is the carbon in it: the stack is in the figure.
            if way == "combusted" {
                row.stack_carbon = Inclusion::Included;
            }
            rows.push(row);
        }
    }
    Ok(rows)
}
