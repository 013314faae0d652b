//! The headers of a table of parts, in Chinese and English.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use zuji_core::factor::name_key;

/// A column of a table of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is described in `DEFINITIONS`, from which help and docs are made")]
pub enum Column {
    Name,
    Id,
    Parent,
    Position,
    Material,
    Factor,
    Quantity,
    Weight,
    Uncertainty,
    Unit,
    Stage,
    Geography,
    UnitMass,
    Density,
    MassPerArea,
    MassPerLength,
    Width,
    Thickness,
    Loss,
    Yield,
    Treatment,
    Replacements,
    FossilCarbon,
    BiogenicCarbon,
    TransportMode,
    TransportDistance,
    SupplierFootprint,
    SupplierPer,
    SupplierGwp,
    SupplierSource,
    Ignored,
}

/// One definition per header: documents' field name, Chinese header, accepted headers, meaning in English and Chinese.
pub struct Definition {
    /// The column.
    pub column: Column,
    /// The field's name in documents and findings.
    pub field: &'static str,
    /// Headers that are accepted, the preferred English and Chinese one first.
    pub headers: &'static [&'static str],
    /// What it holds, in English.
    pub en: &'static str,
    /// What it holds, in Chinese.
    pub zh: &'static str,
}

/// All headers.
pub const DEFINITIONS: &[Definition] = &[
    Definition {
        column: Column::Name,
        field: "name",
        headers: &[
            "name",
            "名称",
            "物料名称",
            "零件",
            "零件名称",
            "零部件",
            "零部件名称",
            "部件",
            "部件名称",
            "品名",
            "part name",
            "part",
            "description",
            "component",
            "item",
        ],
        en: "your own name of the part",
        zh: "零部件名称",
    },
    Definition {
        column: Column::Id,
        field: "id",
        headers: &[
            "part_number",
            "编码",
            "物料编码",
            "零件号",
            "料号",
            "图号",
            "part no",
            "part number",
            "code",
            "id",
            "material number",
            "sku",
        ],
        en: "part number",
        zh: "零件号",
    },
    Definition {
        column: Column::Parent,
        field: "parent",
        headers: &[
            "parent",
            "父项",
            "父项编码",
            "父项物料编码",
            "上级编码",
            "parent part",
            "parent id",
            "parent number",
        ],
        en: "part number of the assembly it belongs to; empty for a part of the product itself",
        zh: "所属组件的零件号；直属产品时留空",
    },
    Definition {
        column: Column::Position,
        field: "position",
        headers: &["position", "位置", "位置号", "项次", "序号", "pos", "pos.", "line", "no", "#"],
        en: "position; tells apart rows that are otherwise the same",
        zh: "位置号，用于区分内容相同的行",
    },
    Definition {
        column: Column::Material,
        field: "material",
        headers: &["material", "材料", "材质", "材料名称", "matched material"],
        en: "material, where the name is not one",
        zh: "材料（名称本身不是材料时）",
    },
    Definition {
        column: Column::Factor,
        field: "factor",
        headers: &["factor", "因子", "因子编号", "排放因子", "factor id"],
        en: "id of an emission factor chosen by hand",
        zh: "手工指定的排放因子编号",
    },
    Definition {
        column: Column::Quantity,
        field: "quantity",
        headers: &["quantity", "数量", "用量", "单位用量", "qty", "amount", "menge"],
        en: "quantity per one parent; with its unit (6.2 kg) or beside a unit column",
        zh: "每一父项的用量；可带单位（6.2 kg）或另设单位列",
    },
    Definition {
        column: Column::Weight,
        field: "weight",
        headers: &["weight", "重量", "净重", "总重", "质量", "mass"],
        en: "weight of the line where there is no column of quantities, its unit in brackets: weight (g)",
        zh: "该行重量（没有数量列时使用），单位写在括号里：重量(g)",
    },
    Definition {
        column: Column::Uncertainty,
        field: "uncertainty",
        headers: &["uncertainty", "不确定度", "不确定性", "用量不确定度"],
        en: "how uncertain the quantity is: normal sd=5%, lognormal gsd=1.2 median, uniform 9..11",
        zh: "用量的不确定度：normal sd=5%、lognormal gsd=1.2 median、uniform 9..11",
    },
    Definition {
        column: Column::Unit,
        field: "unit",
        headers: &["unit", "单位", "计量单位", "uom", "me"],
        en: "unit of the quantity",
        zh: "用量的单位",
    },
    Definition {
        column: Column::Stage,
        field: "stage",
        headers: &["stage", "阶段", "生命周期阶段", "module", "模块", "类别"],
        en: "stage or EN 15804 module; raw materials where empty",
        zh: "阶段或 EN 15804 模块；留空为原材料",
    },
    Definition {
        column: Column::Geography,
        field: "geography",
        headers: &["geography", "产地", "地区", "country", "origin", "region"],
        en: "where it is made, ISO 3166 (CN, CN-SX)",
        zh: "产地，ISO 3166 代码（CN、CN-SX）",
    },
    Definition {
        column: Column::UnitMass,
        field: "unit_mass",
        headers: &[
            "unit_mass",
            "单重",
            "单件重量",
            "单重(kg)",
            "weight per piece",
            "unit weight",
            "mass per piece",
            "net weight",
        ],
        en: "mass of one piece (kg unless it says otherwise)",
        zh: "单件质量（默认 kg）",
    },
    Definition {
        column: Column::Density,
        field: "density",
        headers: &["density", "密度"],
        en: "density (kg/m3 unless it says otherwise)",
        zh: "密度（默认 kg/m3）",
    },
    Definition {
        column: Column::MassPerArea,
        field: "mass_per_area",
        headers: &["mass_per_area", "克重", "面密度", "grammage", "gsm"],
        en: "mass per area (kg/m2 unless it says otherwise)",
        zh: "单位面积质量（默认 kg/m2）",
    },
    Definition {
        column: Column::MassPerLength,
        field: "mass_per_length",
        headers: &["mass_per_length", "米重", "每米重量", "线密度", "mass per metre"],
        en: "mass per length (kg/m unless it says otherwise)",
        zh: "单位长度质量（默认 kg/m）",
    },
    Definition {
        column: Column::Width,
        field: "width",
        headers: &["width", "幅宽", "宽度"],
        en: "width (m unless it says otherwise)",
        zh: "幅宽（默认 m）",
    },
    Definition {
        column: Column::Thickness,
        field: "thickness",
        headers: &["thickness", "厚度"],
        en: "thickness (m unless it says otherwise)",
        zh: "厚度（默认 m）",
    },
    Definition {
        column: Column::Loss,
        field: "loss",
        headers: &["loss", "损耗率", "损耗", "变动损耗率", "变动损耗率(%)", "损耗率(%)", "scrap", "scrap rate"],
        en: "loss added to the quantity: 3 % means × 1.03",
        zh: "损耗率，加在用量上：3% 即 ×1.03",
    },
    Definition {
        column: Column::Yield,
        field: "yield",
        headers: &["yield", "成品率", "良率", "出材率", "利用率"],
        en: "output per input: 95 % means ÷ 0.95",
        zh: "成品率：95% 即 ÷0.95",
    },
    Definition {
        column: Column::Treatment,
        field: "treatment",
        headers: &["treatment", "负数处理", "处理方式"],
        en: "how a negative quantity is meant: waste or return",
        zh: "负数用量的含义：waste 或 return",
    },
    Definition {
        column: Column::Replacements,
        field: "replacements",
        headers: &["replacements", "更换次数", "寿命期更换次数"],
        en: "replacements during the service life (B4)",
        zh: "使用寿命内更换次数（B4）",
    },
    Definition {
        column: Column::FossilCarbon,
        field: "fossil_carbon",
        headers: &["fossil_carbon", "化石碳含量"],
        en: "kg of fossil carbon per kg",
        zh: "化石碳含量，kg C/kg",
    },
    Definition {
        column: Column::BiogenicCarbon,
        field: "biogenic_carbon",
        headers: &["biogenic_carbon", "生物碳含量", "生物成因碳含量"],
        en: "kg of biogenic carbon per kg",
        zh: "生物成因碳含量，kg C/kg",
    },
    Definition {
        column: Column::TransportMode,
        field: "transport.mode",
        headers: &["transport_mode", "运输方式", "transport mode"],
        en: "transport to the plant: road, rail, sea, air",
        zh: "运入方式：公路、铁路、海运、空运",
    },
    Definition {
        column: Column::TransportDistance,
        field: "transport.distance",
        headers: &[
            "transport_distance",
            "运输距离",
            "运距",
            "距离",
            "距离(公里)",
            "运输距离(km)",
            "distance",
            "distance km",
        ],
        en: "distance (km unless it says otherwise)",
        zh: "运输距离（默认 km）",
    },
    Definition {
        column: Column::SupplierFootprint,
        field: "supplier.footprint",
        headers: &["supplier_footprint", "供应商碳足迹", "supplier pcf", "pcf"],
        en: "supplier's footprint, kg CO2e, cradle to gate, excluding biogenic uptake",
        zh: "供应商碳足迹，kg CO2e，从摇篮到大门，不含生物成因吸收",
    },
    Definition {
        column: Column::SupplierPer,
        field: "supplier.per",
        headers: &["supplier_per", "供应商碳足迹对应数量", "pcf per"],
        en: "for how much of the part (1 piece)",
        zh: "供应商碳足迹对应的数量（1 个）",
    },
    Definition {
        column: Column::SupplierGwp,
        field: "supplier.gwp",
        headers: &["supplier_gwp", "供应商GWP版本", "pcf gwp"],
        en: "its set of characterisation factors (AR6)",
        zh: "供应商采用的 GWP 版本（AR6）",
    },
    Definition {
        column: Column::SupplierSource,
        field: "supplier.source",
        headers: &["supplier_source", "供应商碳足迹来源", "pcf source"],
        en: "the supplier's document",
        zh: "供应商文件",
    },
    Definition {
        column: Column::Ignored,
        field: "note",
        headers: &[
            "note",
            "备注",
            "remark",
            "remarks",
            "comment",
            "supplier",
            "供应商",
            "规格",
            "规格型号",
            "specification",
            "spec",
            "序",
        ],
        en: "kept for you; not computed",
        zh: "仅供备注，不参与计算",
    },
];

/// Every header as it is compared. Titles are looked through for headers, so that many texts are asked for.
static KNOWN: LazyLock<FxHashMap<String, Column>> = LazyLock::new(|| {
    // The first definition of a header counts: later ones do not replace it.
    let all = DEFINITIONS.iter().rev();
    all.flat_map(|definition| definition.headers.iter().map(|header| (header_key(header), definition.column))).collect()
});

impl Column {
    /// The column that a header means.
    pub fn find(header: &str) -> Option<Self> {
        KNOWN.get(&header_key(header)).copied()
    }

    /// Its definition.
    pub fn definition(self) -> &'static Definition {
        DEFINITIONS.iter().find(|definition| definition.column == self).unwrap_or(&DEFINITIONS[0])
    }

    /// What it is called in English (the field's name) and Chinese (its first Chinese header).
    pub fn names(self) -> (&'static str, &'static str) {
        let Definition { field, headers, .. } = self.definition();
        (field, headers.iter().find(|header| !header.is_ascii()).unwrap_or(field))
    }

    /// The nearest header to one that is not known.
    pub fn nearest(header: &str) -> Option<&'static str> {
        let key = header_key(header);
        DEFINITIONS
            .iter()
            .flat_map(|definition| definition.headers)
            .map(|known| (strsim::damerau_levenshtein(&header_key(known), &key), *known))
            .filter(|(distance, known)| *distance <= 2 && *distance < known.chars().count() / 2 + 1)
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, known)| known)
    }
}

/// Whether names are the headers of a table of parts: one says how much, another of what.
pub(crate) fn is_header<'n>(names: impl Iterator<Item = &'n str>) -> bool {
    let (mut amount, mut what) = (false, false);
    // Both stand among the first columns, where there are any.
    for name in names.take(256).filter(|name| !name.is_empty() && name.len() <= 100) {
        let column = Column::find(name).or_else(|| header_unit(name).and_then(|(bare, _)| Column::find(&bare)));
        amount |= matches!(column, Some(Column::Quantity | Column::Weight));
        what |= matches!(column, Some(Column::Name | Column::Material | Column::Factor | Column::Id));
    }
    amount && what
}

/// A header as it is compared: a unit in brackets is not part of the name (`重量(kg)` keeps its unit apart).
fn header_key(header: &str) -> String {
    name_key(header).replace('*', "")
}

/// A unit that a header carries in brackets: `单重(g)`, `用量（kg）`.
pub fn header_unit(header: &str) -> Option<(String, String)> {
    let header = zuji_core::quantity::normalise(header).replace('（', "(").replace('）', ")");
    let (name, rest) = header.split_once('(')?;
    let unit = rest.strip_suffix(')')?.trim();
    (!unit.is_empty() && !unit.contains('%')).then(|| (name.trim().to_string(), unit.to_string()))
}

/// The headers as help shows them: preferred names and meaning, in a language.
pub fn columns_help(chinese: bool) -> String {
    DEFINITIONS
        .iter()
        .filter(|definition| definition.column != Column::Ignored)
        .map(|definition| {
            let meaning = if chinese { definition.zh } else { definition.en };
            format!("  {} / {}: {meaning}\n", definition.headers[0], definition.headers[1])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_both_languages() {
        assert_eq!(Column::find("数量"), Some(Column::Quantity));
        assert_eq!(Column::find("Part Number"), Some(Column::Id));
        assert_eq!(Column::find("材质 "), Some(Column::Material));
        assert_eq!(Column::find("什么"), None);
        assert_eq!(header_unit("单重（g）"), Some(("单重".into(), "g".into())));
        assert_eq!(header_unit("损耗率(%)"), None);
    }

    #[test]
    fn no_header_means_two_columns() {
        let mut seen = std::collections::BTreeMap::new();
        for definition in DEFINITIONS {
            for header in definition.headers {
                if let Some(other) = seen.insert(header_key(header), definition.column) {
                    assert_eq!(other, definition.column, "{header}");
                }
            }
        }
    }
}
