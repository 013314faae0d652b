//! What the workbook's material and waste sheets are about: names, class, carbon.

use crate::Outcome;
use zuji_core::factor::Carbon;
use zuji_core::math::Finite;

/// What is known of a material's carbon.
#[derive(Clone, Copy)]
pub(super) enum Content {
    /// Carbon and hydrogen, oxygen, chlorine atoms of a polymer's repeat unit.
    Polymer(&'static str, [u8; 4]),
    /// Metal, glass, mineral: nothing that burns to CO2.
    None,
    /// Wood, paper: made from living matter, content not given by the source.
    Living,
    /// Mixed or not known.
    Unknown,
}

/// A material as the workbook names it.
pub(super) struct Substance {
    pub(super) source: &'static str,
    pub(super) name_zh: &'static str,
    /// Dot path without the stage: `plastic.pp`.
    pub(super) class: &'static str,
    pub(super) content: Content,
    /// Names that mean the primary material.
    pub(super) synonyms: &'static [&'static str],
    /// Names that mean the recycled material.
    pub(super) recycled: &'static [&'static str],
}

const fn plain(source: &'static str, name_zh: &'static str, class: &'static str, content: Content) -> Substance {
    Substance { source, name_zh, class, content, synonyms: &[], recycled: &[] }
}

impl Substance {
    const fn known_as(self, synonyms: &'static [&'static str], recycled: &'static [&'static str]) -> Self {
        Self { synonyms, recycled, ..self }
    }
}

const POLYETHYLENE: Content = Content::Polymer("C2H4", [2, 4, 0, 0]);
const POLYPROPYLENE: Content = Content::Polymer("C3H6", [3, 6, 0, 0]);
const POLYSTYRENE: Content = Content::Polymer("C8H8", [8, 8, 0, 0]);
const PET: Content = Content::Polymer("C10H8O4", [10, 8, 4, 0]);
const PVC: Content = Content::Polymer("C2H3Cl", [2, 3, 0, 1]);

const SUBSTANCES: &[Substance] = &[
    plain("Aggregates", "骨料", "mineral.aggregate", Content::None)
        .known_as(&["砂石骨料", "aggregate"], &["再生骨料", "recycled aggregates"]),
    plain("Average construction", "建筑材料平均", "construction.average", Content::Unknown),
    plain("Asbestos", "石棉", "mineral.asbestos", Content::None),
    plain("Asphalt", "沥青混合料", "construction.asphalt", Content::Unknown)
        .known_as(&["沥青", "asphalt concrete"], &["再生沥青混合料", "recycled asphalt"]),
    plain("Bricks", "砖", "mineral.brick", Content::None).known_as(&["砖块", "brick"], &[]),
    plain("Concrete", "混凝土", "mineral.concrete", Content::None).known_as(&[], &["再生混凝土", "recycled concrete"]),
    plain("Insulation", "保温材料", "construction.insulation", Content::Unknown)
        .known_as(&["隔热材料", "insulation material"], &["再生保温材料", "recycled insulation"]),
    plain("Metals", "建筑用金属（平均）", "metal.construction", Content::None)
        .known_as(&["construction metals"], &["recycled construction metals"]),
    plain("Soils", "土壤", "mineral.soil", Content::Unknown),
    plain("Mineral oil", "矿物油", "chemical.mineral-oil", Content::Unknown)
        .known_as(&["润滑油", "基础油", "lubricating oil"], &["再生矿物油", "re-refined oil"]),
    plain("Plasterboard", "石膏板", "mineral.plasterboard", Content::Unknown)
        .known_as(&["纸面石膏板", "gypsum board"], &["再生石膏板", "recycled plasterboard"]),
    plain("Tyres", "轮胎", "rubber.tyre", Content::Unknown).known_as(&["tyre", "tire", "tires"], &[]),
    plain("Wood", "木材", "wood.timber", Content::Living).known_as(&["木料", "实木", "木托盘", "timber"], &[]),
    plain("Books", "书籍", "paper.books", Content::Living),
    plain("Glass", "玻璃", "mineral.glass", Content::None)
        .known_as(&["玻璃瓶", "容器玻璃", "container glass"], &["再生玻璃", "recycled glass", "cullet"]),
    plain("Clothing", "服装", "textile.clothing", Content::Unknown).known_as(&["衣物", "clothes", "garments"], &[]),
    plain("Food and drink", "食品与饮料", "food.average", Content::Unknown),
    plain("Compost derived from garden waste", "园林垃圾堆肥", "organic.compost.garden", Content::Unknown),
    plain(
        "Compost derived from food and garden waste",
        "餐厨与园林垃圾堆肥",
        "organic.compost.food-garden",
        Content::Unknown,
    ),
    plain("Electrical items - fridges and freezers", "电器：冰箱与冷柜", "electronics.fridge", Content::Unknown)
        .known_as(&["冰箱", "冷柜", "fridge", "freezer", "refrigerator"], &[]),
    plain("Electrical items - large", "电器：大型", "electronics.large", Content::Unknown),
    plain("Electrical items - IT", "电器：IT设备", "electronics.it", Content::Unknown),
    plain("Electrical items - small", "电器：小型", "electronics.small", Content::Unknown),
    plain("Batteries - Alkaline", "碱性电池", "battery.alkaline", Content::Unknown)
        .known_as(&["alkaline battery", "alkaline batteries", "干电池"], &[]),
    plain("Batteries - Li ion", "锂离子电池", "battery.li-ion", Content::Unknown)
        .known_as(&["锂电池", "Li-ion battery", "lithium-ion battery"], &[]),
    plain("Batteries - NiMh", "镍氢电池", "battery.nimh", Content::Unknown).known_as(&["NiMH battery"], &[]),
    plain("Batteries", "电池", "battery.average", Content::Unknown),
    plain("WEEE - fridges and freezers", "废弃电器：冰箱与冷柜", "electronics.fridge", Content::Unknown),
    plain("WEEE - large", "废弃电器：大型", "electronics.large", Content::Unknown),
    plain("WEEE - mixed", "废弃电器：混合", "electronics.mixed", Content::Unknown),
    plain("WEEE - small", "废弃电器：小型", "electronics.small", Content::Unknown),
    plain(
        "Metal: aluminium cans and foil (excl. forming)",
        "铝罐与铝箔（不含成型）",
        "metal.aluminium.cans-and-foil",
        Content::None,
    )
    .known_as(
        &["铝罐", "铝箔", "易拉罐", "aluminium cans", "aluminium foil"],
        &["再生铝罐", "recycled aluminium cans"],
    ),
    plain("Metal: mixed cans", "混合金属罐", "metal.cans.mixed", Content::None)
        .known_as(&["mixed cans"], &["recycled mixed cans"]),
    plain("Metal: scrap metal", "废金属（平均）", "metal.scrap", Content::None),
    plain("Metal: steel cans", "钢罐", "metal.steel.cans", Content::None)
        .known_as(&["马口铁罐", "铁罐", "steel cans", "tin cans"], &["再生钢罐", "recycled steel cans"]),
    plain("Plastics: average plastics", "塑料（平均）", "plastic.average", Content::Unknown)
        .known_as(&["塑料", "塑胶", "plastic", "plastics", "average plastics"], &["再生塑料", "recycled plastic"]),
    plain("Plastics: average plastic film", "塑料薄膜（平均）", "plastic.film", Content::Unknown)
        .known_as(&["塑料薄膜", "塑料膜", "薄膜", "plastic film"], &["再生塑料薄膜", "recycled plastic film"]),
    plain("Plastics: average plastic rigid", "硬质塑料（平均）", "plastic.rigid", Content::Unknown)
        .known_as(&["硬塑料", "rigid plastic"], &["再生硬质塑料", "recycled rigid plastic"]),
    plain("Plastics: HDPE (incl. forming)", "高密度聚乙烯HDPE（含成型）", "plastic.pe.hd", POLYETHYLENE).known_as(
        &["HDPE", "PE-HD", "高密度聚乙烯", "high-density polyethylene"],
        &["rHDPE", "再生HDPE", "再生高密度聚乙烯", "recycled HDPE"],
    ),
    plain(
        "Plastics: LDPE and LLDPE (incl. forming)",
        "低密度聚乙烯LDPE与LLDPE（含成型）",
        "plastic.pe.ld",
        POLYETHYLENE,
    )
    .known_as(
        &["LDPE", "LLDPE", "PE-LD", "低密度聚乙烯", "线性低密度聚乙烯", "low-density polyethylene"],
        &["rLDPE", "再生LDPE", "再生低密度聚乙烯", "recycled LDPE"],
    ),
    plain("Plastics: PET (incl. forming)", "聚对苯二甲酸乙二醇酯PET（含成型）", "plastic.pet", PET).known_as(
        &["PET", "聚酯", "涤纶树脂", "聚对苯二甲酸乙二醇酯", "polyethylene terephthalate"],
        &["rPET", "再生PET", "再生聚酯", "recycled PET"],
    ),
    plain("Plastics: PP (incl. forming)", "聚丙烯PP（含成型）", "plastic.pp", POLYPROPYLENE)
        .known_as(&["PP", "聚丙烯", "polypropylene"], &["rPP", "再生PP", "再生聚丙烯", "recycled PP"]),
    plain("Plastics: PS (incl. forming)", "聚苯乙烯PS（含成型）", "plastic.ps", POLYSTYRENE)
        .known_as(&["PS", "聚苯乙烯", "polystyrene"], &["rPS", "再生PS", "再生聚苯乙烯", "recycled PS"]),
    plain("Plastics: PVC (incl. forming)", "聚氯乙烯PVC（含成型）", "plastic.pvc", PVC)
        .known_as(&["PVC", "聚氯乙烯", "polyvinyl chloride"], &["rPVC", "再生PVC", "再生聚氯乙烯", "recycled PVC"]),
    plain("Paper and board: board", "纸板", "paper.board", Content::Living).known_as(
        &["纸箱", "卡纸", "瓦楞纸板", "瓦楞纸箱", "cardboard", "paperboard", "carton"],
        &["再生纸板", "recycled board", "recycled cardboard"],
    ),
    plain("Paper and board: mixed", "纸与纸板（混合）", "paper.mixed", Content::Living)
        .known_as(&["纸质包装", "mixed paper and board"], &["再生纸与纸板", "recycled mixed paper"]),
    plain("Paper and board: paper", "纸", "paper.paper", Content::Living)
        .known_as(&["纸张", "办公用纸", "paper"], &["再生纸", "recycled paper"]),
    plain("Household residual waste", "生活垃圾（残余）", "refuse.household", Content::Unknown),
    plain("Organic: food and drink waste", "餐厨垃圾", "refuse.organic.food", Content::Unknown),
    plain("Organic: garden waste", "园林垃圾", "refuse.organic.garden", Content::Unknown),
    plain("Organic: mixed food and garden waste", "餐厨与园林混合垃圾", "refuse.organic.mixed", Content::Unknown),
    plain("Commercial and industrial waste", "商业与工业垃圾", "refuse.commercial", Content::Unknown),
];

/// The material of a heading.
pub(super) fn find(source: &str) -> Outcome<&'static Substance> {
    let found = SUBSTANCES.iter().find(|substance| substance.source == source);
    Ok(found.ok_or_else(|| format!("uk_desnz: the material \"{source}\" has no Chinese name yet"))?)
}

/// IUPAC atomic weights (abridged) of C, H, O, Cl.
const WEIGHTS: [f64; 4] = [12.011, 1.008, 15.999, 35.45];

/// The carbon that a material contains, kg per kg, where it follows from what the material is.
pub(super) fn carbon(content: Content) -> Outcome<Option<Carbon>> {
    let bare = |fossil, bio_based, source: String| Carbon { fossil, biogenic: None, bio_based, source };
    Ok(match content {
        Content::Unknown => None,
        Content::None => {
            Some(Carbon { biogenic: Some(Finite::ZERO), ..bare(Some(Finite::ZERO), false, "no organic carbon".into()) })
        }
        Content::Living => Some(bare(
            Some(Finite::ZERO),
            true,
            "wood or fibre, without coatings and glue; biogenic carbon content not given by the source".into(),
        )),
        Content::Polymer(formula, atoms) => {
            let mass = |(count, weight): (&u8, &f64)| f64::from(*count) * weight;
            let total: f64 = atoms.iter().zip(&WEIGHTS).map(mass).sum();
            let share = f64::from(atoms[0]) * WEIGHTS[0] / total;
            let rounded = Finite::new(format!("{share:.4}").parse()?)?;
            let source = format!("stoichiometry of the repeat unit {formula}, IUPAC atomic weights, no additives");
            Some(Carbon { biogenic: Some(Finite::ZERO), ..bare(Some(rounded), false, source) })
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polymers_contain_what_their_formula_says() {
        let fossil = |content| carbon(content).unwrap().unwrap().fossil.unwrap().get();
        let shares = [POLYETHYLENE, POLYPROPYLENE, POLYSTYRENE, PET, PVC].map(fossil);
        assert_eq!(shares, [0.8563, 0.8563, 0.9226, 0.6250, 0.3844]);
    }
}
