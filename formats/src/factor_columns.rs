//! The headers of a table of factors, in Chinese and English, and the lines above them that say what the table is.

use zuji_core::factor::name_key;

/// How a cell is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Words as they stand.
    Text,
    /// Several words, separated by semicolons.
    List,
    /// A number.
    Number,
    /// One of the kinds of factor.
    Kind,
    /// A boundary in words of the field.
    Boundary,
    /// Years, or that none are stated.
    Period,
    /// A set of characterisation factors, or that none is stated.
    Set,
    /// Whether something is in the figure.
    Inclusion,
    /// Yes or no.
    Flag,
}

/// A column of a table of factors.
pub(crate) struct FactorColumn {
    /// Path of the field in a row of `zuji/factors@1`.
    pub field: &'static str,
    pub cell: Cell,
    /// Whether a table must have it.
    pub required: bool,
    /// Headers that are accepted, the preferred English and Chinese one first.
    pub headers: &'static [&'static str],
    /// What it holds, in English and Chinese.
    pub about: (&'static str, &'static str),
}

const fn column(
    field: &'static str,
    cell: Cell,
    required: bool,
    headers: &'static [&'static str],
    about: (&'static str, &'static str),
) -> FactorColumn {
    FactorColumn { field, cell, required, headers, about }
}

/// All columns.
pub(crate) const COLUMNS: &[FactorColumn] = &[
    column(
        "id",
        Cell::Text,
        true,
        &["id", "编号", "因子编号", "factor id"],
        ("unique; starts with the table's id", "唯一，以表编号开头"),
    ),
    column(
        "name_zh",
        Cell::Text,
        false,
        &["name_zh", "名称", "中文名称", "因子名称"],
        ("Chinese name; at least one of the two names", "中文名称；两个名称至少填一个"),
    ),
    column(
        "name_en",
        Cell::Text,
        false,
        &["name_en", "英文名称", "name", "english name"],
        ("English name; stands for the other where only one is given", "英文名称；只填一个时两者通用"),
    ),
    column(
        "synonyms",
        Cell::List,
        false,
        &["synonyms", "同义词", "别名"],
        ("other names, separated by semicolons", "其他名称，以分号分隔"),
    ),
    column(
        "codes",
        Cell::List,
        false,
        &["codes", "分类代码"],
        ("codes of classifications, scheme first: HS 7209", "分类代码，体系在前：HS 7209"),
    ),
    column(
        "class",
        Cell::Text,
        true,
        &["class", "分类", "类别路径"],
        ("dot path such as metal.steel.carbon", "点分路径，如 metal.steel.carbon"),
    ),
    column(
        "kind",
        Cell::Kind,
        true,
        &["kind", "类别", "因子类别"],
        (
            "what part of the life cycle it covers: material, electricity, fuel_combustion …",
            "覆盖生命周期的哪一部分：材料、电力、燃料燃烧等",
        ),
    ),
    column("unit", Cell::Text, true, &["unit", "单位", "计量单位"], ("reference unit", "基准单位")),
    column(
        "co2e",
        Cell::Number,
        true,
        &["co2e", "排放因子", "因子", "数值", "kg co2e", "factor", "value"],
        ("kg CO2e per unit", "每单位 kg CO2e"),
    ),
    column(
        "gwp",
        Cell::Set,
        true,
        &["gwp", "gwp版本", "gwp set"],
        ("set of characterisation factors (AR6, AR5 …) or: not stated", "特征化因子集（AR6、AR5 等）或：未注明"),
    ),
    column(
        "geography",
        Cell::Text,
        true,
        &["geography", "地区", "地域", "region"],
        ("ISO 3166 code, RER, GLO", "ISO 3166 代码、RER、GLO"),
    ),
    column(
        "period",
        Cell::Period,
        true,
        &["period", "年份", "数据年份", "year"],
        ("2024, 2020-2022, or: not stated", "2024、2020-2022，或：未注明"),
    ),
    column(
        "valid_until",
        Cell::Text,
        false,
        &["valid_until", "有效期至"],
        ("last day on which it may be used: 2027-12-31", "可使用的最后一天：2027-12-31"),
    ),
    column(
        "boundary",
        Cell::Boundary,
        true,
        &["boundary", "边界", "系统边界"],
        ("cradle-to-gate, life-cycle, combustion …", "从摇篮到大门、全生命周期、燃烧等"),
    ),
    column(
        "source",
        Cell::Text,
        true,
        &["source", "来源", "数据来源"],
        ("document, year, table or page", "文件、年份、表或页"),
    ),
    column(
        "licence",
        Cell::Text,
        false,
        &["licence", "许可", "license"],
        ("where it differs from the table's", "与表的许可不同时填写"),
    ),
    column(
        "closed",
        Cell::Flag,
        false,
        &["closed", "不公开", "保密"],
        ("yes where the row may not be passed on", "该行不得传播时填“是”"),
    ),
    column(
        "uncertainty",
        Cell::Text,
        false,
        &["uncertainty", "不确定度", "不确定性"],
        (
            "where its source states one: lognormal gsd=1.2 median, normal sd=5%; plain numbers are kg CO2e per unit",
            "来源给出时填写：lognormal gsd=1.2 median、normal sd=5%；不带百分号的数以 kg CO2e/单位计",
        ),
    ),
    column(
        "quality.label",
        Cell::Text,
        false,
        &["quality", "质量", "数据质量"],
        ("good, fair or screening", "good、fair 或 screening"),
    ),
    column(
        "quality.evidence",
        Cell::Text,
        false,
        &["evidence", "依据"],
        ("primary or secondary", "primary 或 secondary"),
    ),
    column(
        "companions",
        Cell::List,
        false,
        &["companions", "配套因子"],
        ("ids that must be added, separated by semicolons", "须同时计入的因子编号，以分号分隔"),
    ),
    column("carbon.fossil", Cell::Number, false, &["fossil_carbon", "化石碳含量"], ("kg C per kg", "kg C/kg")),
    column("carbon.biogenic", Cell::Number, false, &["biogenic_carbon", "生物碳含量"], ("kg C per kg", "kg C/kg")),
    column(
        "carbon.source",
        Cell::Text,
        false,
        &["carbon_source", "碳含量来源"],
        ("where the carbon contents come from", "碳含量的来源"),
    ),
    column("properties.density", Cell::Number, false, &["density", "密度"], ("kg/m3", "kg/m3")),
    column(
        "properties.lower_heating_value",
        Cell::Number,
        false,
        &["lower_heating_value", "低位热值"],
        ("MJ/kg", "MJ/kg"),
    ),
    column("properties.unit_mass", Cell::Number, false, &["unit_mass", "单重"], ("kg per piece", "每件 kg")),
    column("properties.mass_per_area", Cell::Number, false, &["mass_per_area", "面密度"], ("kg/m2", "kg/m2")),
    column(
        "properties.source",
        Cell::Text,
        false,
        &["property_source", "物性来源"],
        ("where density and the like come from", "密度等物性的来源"),
    ),
    column(
        "forming",
        Cell::Inclusion,
        false,
        &["forming", "是否含成型"],
        ("whether shaping is in the figure: included, excluded", "是否含成型：包含、不含"),
    ),
    column(
        "transmission",
        Cell::Inclusion,
        false,
        &["transmission", "是否含输配电"],
        ("whether transmission is in it: included, excluded", "是否含输配电：包含、不含"),
    ),
    column(
        "proxy.stands_for",
        Cell::Text,
        false,
        &["proxy_for", "替代对象"],
        ("the material that it stands in for", "所替代的材料"),
    ),
    column("proxy.reason", Cell::Text, false, &["proxy_reason", "替代理由"], ("why it may stand in", "替代理由")),
    column("note", Cell::Text, false, &["note", "备注", "说明"], ("anything a user must know", "使用者须知")),
];

/// What the lines above the header may say: field of the table's head, accepted names.
pub(crate) const HEAD: &[(&str, &[&str])] = &[
    ("id", &["id", "编号"]),
    ("version", &["version", "版本"]),
    ("name_zh", &["name_zh", "名称", "中文名称"]),
    ("name_en", &["name_en", "name", "英文名称"]),
    ("source", &["source", "来源"]),
    ("licence", &["licence", "license", "许可"]),
    ("attribution", &["attribution", "署名"]),
    ("note", &["note", "备注", "说明"]),
    ("closed", &["closed", "不公开", "保密"]),
];

/// The column of a header.
pub(crate) fn find(header: &str) -> Option<usize> {
    let key = name_key(header);
    COLUMNS.iter().position(|column| column.headers.iter().any(|known| name_key(known) == key))
}

/// The field of a name above the header.
pub(crate) fn find_head(name: &str) -> Option<&'static str> {
    let key = name_key(name);
    HEAD.iter().find(|(_, names)| names.iter().any(|known| name_key(known) == key)).map(|(field, _)| *field)
}

/// The columns with their headers and meaning, one per line, for help and documentation.
pub fn factor_columns_help(chinese: bool) -> String {
    let line = |column: &FactorColumn| {
        let headers = format!("{} / {}", column.headers[0], column.headers[1]);
        let (must, about) = match (column.required, chinese) {
            (true, false) => ("*", column.about.0),
            (true, true) => ("*", column.about.1),
            (false, false) => (" ", column.about.0),
            (false, true) => (" ", column.about.1),
        };
        format!(" {must}{headers:<42} {about}\n")
    };
    COLUMNS.iter().map(line).collect()
}

/// A table to fill in: what it is, the header, and one row that shows how.
pub fn factor_template(chinese: bool) -> String {
    let row = |chinese: bool| -> [(&'static str, &'static str); 15] {
        let pick = |en: &'static str, zh: &'static str| if chinese { zh } else { en };
        [
            ("id", "my-plant/steel-strip-2025"),
            ("name_zh", "冷轧带钢（X厂）"),
            ("name_en", "cold-rolled strip (mill X)"),
            ("synonyms", "SPCC-X"),
            ("class", "metal.steel.carbon"),
            ("kind", pick("material", "材料")),
            ("unit", "kg"),
            ("co2e", "2.31"),
            ("gwp", "AR6"),
            ("geography", "CN-HE"),
            ("period", "2025"),
            ("boundary", pick("cradle-to-gate", "从摇篮到大门")),
            ("source", pick("declaration 2026-017; table 3", "声明 2026-017；表3")),
            ("closed", pick("yes", "是")),
            ("note", pick("an example: replace it", "示例行，请替换")),
        ]
    };
    let head: [(&str, &str, &str); 6] = [
        ("id", "my-plant", "my-plant"),
        ("version", "1", "1"),
        ("name_zh", "本厂供应商数据", "本厂供应商数据"),
        ("name_en", "Figures of our suppliers", "Figures of our suppliers"),
        ("source", "declarations collected in 2025", "2025年收集的供应商声明"),
        ("licence", "confidential", "保密"),
    ];
    let mut out = String::new();
    for (field, en, zh) in head {
        let names = HEAD.iter().find(|(known, _)| *known == field).map_or(&[][..], |(_, names)| names);
        let name = if chinese { names.iter().find(|name| !name.is_ascii()) } else { names.first() };
        out += &format!("# {}: {}\n", name.unwrap_or(&field), if chinese { zh } else { en });
    }
    let header = |(field, _): &(&'static str, &'static str)| -> &'static str {
        let column = COLUMNS.iter().find(|column| column.field == *field);
        column.map_or(*field, |column| column.headers[usize::from(chinese)])
    };
    let row = row(chinese);
    out += &row.iter().map(header).collect::<Vec<_>>().join(",");
    out.push('\n');
    out += &row.iter().map(|(_, cell)| *cell).collect::<Vec<_>>().join(",");
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_header_means_one_column() {
        let mut seen = BTreeSet::new();
        for column in COLUMNS {
            assert!(
                column.headers[0].is_ascii() && !column.headers[1].is_ascii() || column.headers[1].contains("版本")
            );
            for header in column.headers {
                assert!(seen.insert(name_key(header)), "{header} stands twice");
            }
        }
        let mut seen = BTreeSet::new();
        for name in HEAD.iter().flat_map(|(_, names)| *names) {
            assert!(seen.insert(name_key(name)), "{name} stands twice");
        }
    }
}
