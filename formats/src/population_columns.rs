//! The headers of a table of products with footprints, in Chinese and English.

use zuji_core::factor::name_key;

/// How a cell is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Words.
    Text,
    /// A number.
    Number,
    /// A share or a relative error: 0.15 or 15 %.
    Share,
    /// Size of a maker.
    Size,
}

/// A column of such a table.
pub(crate) struct PopulationColumn {
    /// Field of a product of `zuji/population@1`.
    pub field: &'static str,
    pub cell: Cell,
    /// Headers that are accepted, the preferred English and Chinese one first.
    pub headers: &'static [&'static str],
    /// What it holds, in English and Chinese.
    pub about: (&'static str, &'static str),
}

const fn column(
    field: &'static str,
    cell: Cell,
    headers: &'static [&'static str],
    about: (&'static str, &'static str),
) -> PopulationColumn {
    PopulationColumn { field, cell, headers, about }
}

/// All columns.
pub(crate) const COLUMNS: &[PopulationColumn] = &[
    column(
        "name",
        Cell::Text,
        &["name", "名称", "产品名称", "产品", "型号", "product", "model"],
        ("product", "产品名称"),
    ),
    column("id", Cell::Text, &["id", "编号", "产品编号"], ("number, where names repeat", "名称重复时的编号")),
    column(
        "maker",
        Cell::Text,
        &["maker", "制造商", "厂商", "生产企业", "企业", "manufacturer", "firm", "brand", "品牌"],
        ("who makes it", "制造商"),
    ),
    column(
        "size",
        Cell::Size,
        &["size", "企业规模", "规模", "sme", "maker_size"],
        ("large, medium, small, micro or sme", "大型、中型、小型、微型 或 中小企业"),
    ),
    column(
        "region",
        Cell::Text,
        &["region", "地区", "区域", "assembly_location"],
        ("where it is made or offered", "产地或供应地区"),
    ),
    column(
        "class",
        Cell::Text,
        &["class", "子类", "类别", "品类", "subcategory", "category"],
        ("sub-category", "子类"),
    ),
    column(
        "weight",
        Cell::Number,
        &["share", "市场份额", "份额", "销量", "权重", "units", "sales", "market_share"],
        ("share of the market or units sold; all alike where there is none", "市场份额或销量；没有此列则各产品等权"),
    ),
    column(
        "footprint",
        Cell::Number,
        &["footprint", "碳足迹", "产品碳足迹", "pcf", "gwp_total", "kg co2e", "carbon footprint", "co2e"],
        ("footprint of one unit", "单位产品碳足迹"),
    ),
    column("rsd", Cell::Share, &["rsd", "相对标准差", "相对标准偏差"], ("relative standard deviation", "相对标准差")),
    column(
        "error",
        Cell::Share,
        &["error", "相对误差", "误差", "gwp_error_ratio"],
        ("relative error whose meaning is not stated", "含义未注明的相对误差"),
    ),
    column("p5", Cell::Number, &["p5", "q05", "第5百分位"], ("5th percentile", "第 5 百分位")),
    column("p95", Cell::Number, &["p95", "q95", "第95百分位"], ("95th percentile", "第 95 百分位")),
    column(
        "lifetime",
        Cell::Number,
        &["lifetime", "寿命", "使用寿命", "使用年限"],
        ("years of use counted", "计入的使用年限"),
    ),
    column(
        "use_country",
        Cell::Text,
        &["use_country", "使用国", "使用国家", "使用地", "use_location", "use country"],
        ("where its use is counted", "使用阶段所在国家或地区"),
    ),
    column(
        "use_share",
        Cell::Share,
        &["use_share", "使用阶段占比", "gwp_use_ratio"],
        ("share of the use phase", "使用阶段占比"),
    ),
    column("boundary", Cell::Text, &["boundary", "系统边界", "边界"], ("boundary", "系统边界")),
    column(
        "gwp",
        Cell::Text,
        &["gwp", "gwp版本", "gwp set", "gwp_set"],
        ("set of characterisation factors", "特征化因子集"),
    ),
    column("price", Cell::Number, &["price", "价格", "单价"], ("price of one unit", "单价")),
    column(
        "date",
        Cell::Text,
        &["date", "日期", "发布日期", "年份", "year", "report_date"],
        ("year or date of publication", "发布年份或日期"),
    ),
];

/// Headers of shares that say what a product consists of, in open data on computers.
pub(crate) const INVENTORY: &[(&str, &str)] = &[
    ("gwp_manufacturing_ratio", "manufacturing"),
    ("gwp_transport_ratio", "transport"),
    ("gwp_eol_ratio", "end of life"),
    ("gwp_electronics_ratio", "electronics"),
    ("gwp_battery_ratio", "battery"),
    ("gwp_hdd_ratio", "hdd"),
    ("gwp_ssd_ratio", "ssd"),
    ("gwp_othercomponents_ratio", "other components"),
];

/// What a header means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A column of [`COLUMNS`].
    Column(usize),
    /// The footprint under another assumption, `footprint@AR5`.
    Alternative(String),
    /// A part of the inventory, `inventory:steel`.
    Inventory(String),
}

/// What a header means, in any case and spacing.
pub(crate) fn find(header: &str) -> Option<Meaning> {
    let header = header.trim();
    if let Some((base, name)) = header.split_once(['@', '＠'])
        && let Some(Meaning::Column(at)) = find(base)
        && COLUMNS[at].field == "footprint"
        && !name.trim().is_empty()
    {
        return Some(Meaning::Alternative(name.trim().to_string()));
    }
    let part = ["inventory:", "清单:", "清单："].iter().find_map(|prefix| header.strip_prefix(prefix));
    if let Some(name) = part.map(str::trim).filter(|name| !name.is_empty()) {
        return Some(Meaning::Inventory(name.to_string()));
    }
    // A unit in brackets behind the name: 碳足迹(kg CO2e).
    let bare = header.split(['(', '（', '[']).next().unwrap_or(header);
    let key = name_key(bare);
    if let Some((_, name)) = INVENTORY.iter().find(|(known, _)| name_key(known) == key) {
        return Some(Meaning::Inventory((*name).to_string()));
    }
    let is = |column: &PopulationColumn| column.headers.iter().any(|known| name_key(known) == key);
    COLUMNS.iter().position(is).map(Meaning::Column)
}

/// The columns for help and documentation, in Chinese or English.
pub fn population_columns_help(chinese: bool) -> String {
    let mut out = String::new();
    for column in COLUMNS {
        let about = if chinese { column.about.1 } else { column.about.0 };
        out += &format!("  {:<12} {} ({})\n", column.field, about, column.headers.join(", "));
    }
    let more = if chinese {
        "  footprint@NAME  另一假设下的碳足迹；inventory:NAME 组成部分，用于发现雷同的清单\n"
    } else {
        "  footprint@NAME  footprint under another assumption; inventory:NAME a part, to find copied inventories\n"
    };
    out + more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_means_one_column() {
        for (at, column) in COLUMNS.iter().enumerate() {
            for header in column.headers {
                assert_eq!(find(header), Some(Meaning::Column(at)), "{header}");
            }
        }
        assert_eq!(find("碳足迹（kg CO2e）"), find("footprint"));
        assert_eq!(find("footprint@AR5"), Some(Meaning::Alternative("AR5".into())));
        assert_eq!(find("gwp_use_ratio"), find("use_share"));
        assert_eq!(find("colour"), None);
    }
}
