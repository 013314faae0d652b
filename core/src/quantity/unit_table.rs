//! The units that files use, in Chinese, English and UN/CEFACT codes, and the symbols that mean more than one thing.
//!
//! Scales: SI Brochure (9th ed.); avoirdupois and US customary from NIST SP 811 appendix B (1 lb = 0.453 592 37 kg,
//! 1 US gal = 3.785 411 784 L, 1 UK gal = 4.546 09 L, 1 mile = 1609.344 m); 1 斤 = 500 g, 1 两 = 50 g (State Council
//! of China, 1959); 1 kgce = 29.3076 MJ = 7000 kcal (GB/T 2589); 1 kcal = 4.1868 MJ/1000 (International Table).
//! Codes: UN/CEFACT Recommendation 20.

use super::{Dimension, GasState, Mark, Ratio, Unit};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// symbol, dimension, numerator, denominator, aliases
type Row = (&'static str, Dimension, i128, i128, &'static [&'static str]);

const D: [Dimension; 10] = [
    Dimension::MASS,
    Dimension::LENGTH,
    Dimension::TIME,
    Dimension::PIECE,
    Dimension::ENERGY,
    Dimension::INFORMATION,
    Dimension::AREA,
    Dimension::VOLUME,
    Dimension::TRANSPORT,
    Dimension::NONE,
];

const UNITS: &[Row] = &[
    ("kg", D[0], 1, 1, &["KG", "Kg", "公斤", "千克", "kilogram", "kilograms", "kgs", "KGS", "KGM", "kilo"]),
    ("g", D[0], 1, 1000, &["克", "gram", "grams", "GRM", "gr"]),
    ("mg", D[0], 1, 1_000_000, &["MG", "毫克", "milligram", "MGM"]),
    ("t", D[0], 1000, 1, &["吨", "公吨", "tonne", "tonnes", "metric ton", "TNE", "MT", "TO", "mt"]),
    ("kt", D[0], 1_000_000, 1, &["千吨", "kilotonne", "KTN"]),
    ("斤", D[0], 1, 2, &["市斤", "jin"]),
    ("两", D[0], 1, 20, &["市两"]),
    ("lb", D[0], 45_359_237, 100_000_000, &["lbs", "LB", "LBS", "pound", "pounds", "LBR", "磅"]),
    ("oz", D[0], 45_359_237, 1_600_000_000, &["ounce", "ounces", "ONZ", "盎司"]),
    ("short ton", D[0], 90_718_474, 100_000, &["short tons", "US ton", "STN", "短吨"]),
    ("long ton", D[0], 10_160_469_088, 10_000_000, &["long tons", "UK ton", "LTN", "长吨"]),
    ("stone", D[0], 635_029_318, 100_000_000, &["STI", "英石"]),
    ("m", D[1], 1, 1, &["米", "公尺", "metre", "metres", "meter", "meters", "MTR", "mtr"]),
    ("mm", D[1], 1, 1000, &["MM", "毫米", "millimetre", "millimeter", "MMT"]),
    ("cm", D[1], 1, 100, &["CM", "厘米", "公分", "centimetre", "centimeter", "CMT"]),
    ("μm", D[1], 1, 1_000_000, &["um", "µm", "微米", "4H"]),
    ("km", D[1], 1000, 1, &["KM", "公里", "千米", "kilometre", "kilometres", "kilometer", "kilometers", "KMT", "KTM"]),
    ("in", D[1], 254, 10_000, &["inch", "inches", "英寸", "INH", "寸(英)"]),
    ("mil", D[1], 254, 10_000_000, &["mils", "thou", "密耳"]),
    ("市寸", D[1], 1, 30, &[]),
    ("市尺", D[1], 1, 3, &[]),
    ("ft", D[1], 3048, 10_000, &["foot", "feet", "英尺", "FOT"]),
    ("mile", D[1], 1_609_344, 1000, &["miles", "mi", "英里", "SMI"]),
    ("nmi", D[1], 1852, 1, &["nautical mile", "nautical miles", "海里", "NMI"]),
    ("s", D[2], 1, 1, &["秒", "second", "seconds", "sec", "SEC"]),
    ("min", D[2], 60, 1, &["分钟", "minute", "minutes", "MIN"]),
    ("h", D[2], 3600, 1, &["小时", "hour", "hours", "hr", "hrs", "HUR", "机时", "工时", "台时"]),
    ("day", D[2], 86_400, 1, &["天", "日", "days", "DAY", "d"]),
    ("month", D[2], 2_629_800, 1, &["月", "个月", "months", "MON"]),
    ("year", D[2], 31_557_600, 1, &["年", "years", "a", "yr", "yrs", "ANN"]),
    (
        "piece",
        D[3],
        1,
        1,
        &[
            "个", "件", "只", "支", "把", "块", "台", "片", "条", "根", "张", "枚", "颗", "粒", "套", "组", "副", "对",
            "双", "部", "辆", "箱", "盒", "瓶", "袋", "卷", "pieces", "pcs", "PCS", "Pcs", "pc", "PC", "PCE", "pce",
            "EA", "ea", "each", "Each", "H87", "C62", "NIU", "unit", "units", "item", "items", "set", "sets", "SET",
            "NOS", "no.", "Stück", "Stk", "Stk.", "PK", "BX", "SA", "pair", "PR", "box", "roll",
        ],
    ),
    (
        "thousand pieces",
        D[3],
        1000,
        1,
        &["千件", "千个", "千只", "千片", "KPCS", "kpcs", "K PCS", "MIL", "TS", "thousand"],
    ),
    ("dozen", D[3], 12, 1, &["打", "DZN", "dozens"]),
    ("gross", D[3], 144, 1, &["GRO", "罗"]),
    ("MJ", D[4], 1, 1, &["兆焦", "兆焦耳", "megajoule", "megajoules", "3B"]),
    ("kJ", D[4], 1, 1000, &["KJ", "千焦", "kilojoule", "KJO"]),
    ("J", D[4], 1, 1_000_000, &["焦耳", "焦", "joule", "JOU"]),
    ("GJ", D[4], 1000, 1, &["吉焦", "百万千焦", "gigajoule", "gigajoules", "GV"]),
    ("TJ", D[4], 1_000_000, 1, &["太焦", "terajoule", "D30"]),
    (
        "kWh",
        D[4],
        18,
        5,
        &[
            "KWH",
            "kwh",
            "Kwh",
            "kW·h",
            "kW.h",
            "千瓦时",
            "千瓦·时",
            "度",
            "度电",
            "kilowatt hour",
            "kilowatt-hour",
            "kilowatt hours",
        ],
    ),
    ("Wh", D[4], 18, 5000, &["WHR", "瓦时", "W·h", "W.h"]),
    ("mWh", D[4], 18, 5_000_000, &["毫瓦时", "milliwatt hour"]),
    ("MWh", D[4], 3600, 1, &["MWH", "Mwh", "兆瓦时", "megawatt hour"]),
    ("GWh", D[4], 3_600_000, 1, &["GWH", "吉瓦时"]),
    ("kcal", D[4], 41_868, 10_000_000, &["大卡", "千卡", "kilocalorie", "Kcal", "KCAL", "K51"]),
    ("cal", D[4], 41_868, 10_000_000_000, &["卡", "calorie"]),
    ("Gcal", D[4], 41_868, 10, &["百万大卡", "吉卡", "百万千卡"]),
    ("therm", D[4], 105_505_585_262, 1_000_000_000, &["therms", "N71"]),
    ("MMBtu", D[4], 105_505_585_262, 100_000_000, &["mmBtu", "mmbtu", "百万英热"]),
    ("kBtu", D[4], 105_505_585_262, 100_000_000_000, &["thousand Btu", "千英热"]),
    ("Btu", D[4], 105_505_585_262, 100_000_000_000_000, &["BTU", "btu", "英热"]),
    ("bit", D[5], 1, 1, &["比特", "A99"]),
    ("Mbit", D[5], 1_000_000, 1, &["megabit", "megabits", "D36"]),
    ("byte", D[5], 8, 1, &["bytes", "字节", "AD"]),
    ("MB", D[5], 8_000_000, 1, &["megabyte", "megabytes", "兆字节", "4L"]),
    ("GB", D[5], 8_000_000_000, 1, &["gigabyte", "gigabytes", "E34", "吉字节"]),
    ("TB", D[5], 8_000_000_000_000, 1, &["terabyte", "terabytes", "E35"]),
    (
        "m2",
        D[6],
        1,
        1,
        &["m²", "㎡", "M2", "平方米", "平方", "平米", "sqm", "sq m", "MTK", "square metre", "square meter", "m^2"],
    ),
    ("cm2", D[6], 1, 10_000, &["cm²", "平方厘米", "CMK", "square centimetre", "square centimeter", "cm^2"]),
    ("mm2", D[6], 1, 1_000_000, &["mm²", "平方毫米", "MMK", "mm^2"]),
    ("dm2", D[6], 1, 100, &["dm²", "平方分米", "DMK", "dm^2"]),
    ("ft2", D[6], 9_290_304, 100_000_000, &["sqft", "sq ft", "平方英尺", "FTK"]),
    ("hectare", D[6], 10_000, 1, &["ha", "公顷", "HAR"]),
    ("亩", D[6], 2000, 3, &["市亩"]),
    (
        "m3",
        D[7],
        1,
        1,
        &[
            "m³",
            "M3",
            "立方米",
            "立方",
            "方",
            "MTQ",
            "cbm",
            "CBM",
            "cubic metre",
            "cubic meter",
            "cubic metres",
            "cubic meters",
            "m^3",
        ],
    ),
    ("L", D[7], 1, 1000, &["l", "升", "公升", "litre", "litres", "liter", "liters", "LTR", "Liter"]),
    ("mL", D[7], 1, 1_000_000, &["ml", "ML", "毫升", "millilitre", "milliliter", "MLT", "cc"]),
    ("cm3", D[7], 1, 1_000_000, &["cm³", "立方厘米", "CMQ", "cm^3"]),
    ("million litres", D[7], 1000, 1, &["megalitre", "megalitres"]),
    ("US gal", D[7], 3_785_411_784, 1_000_000_000_000, &["US gallon", "gal (US)", "GLL", "美制加仑", "美加仑"]),
    ("UK gal", D[7], 454_609, 100_000_000, &["imperial gallon", "gal (UK)", "GLI", "英制加仑", "英加仑"]),
    ("ft3", D[7], 28_316_846_592, 1_000_000_000_000, &["ft³", "cubic foot", "cubic feet", "cu ft", "立方英尺", "FTQ"]),
    ("barrel", D[7], 158_987_294_928, 1_000_000_000_000, &["bbl", "BLL", "原油桶"]),
    (
        "t·km",
        D[8],
        1_000_000,
        1,
        &[
            "tkm",
            "t*km",
            "t.km",
            "t-km",
            "吨公里",
            "吨·公里",
            "吨千米",
            "吨·千米",
            "tonne.km",
            "tonne-km",
            "tonne km",
            "ton kilometer",
            "ton kilometre",
            "TKM",
        ],
    ),
    (
        "short ton·mile",
        D[8],
        145_997_231_821_056,
        100_000_000,
        &["short ton-mile", "short ton mile", "short ton-miles", "short ton miles", "短吨英里", "短吨·英里"],
    ),
    ("kg·km", D[8], 1000, 1, &["kgkm", "kg*km", "kg.km", "公斤公里", "千克·千米"]),
    ("1", D[9], 1, 1, &["one", "C62 1"]),
];

/// Marked units: symbol, unit it is built on, mark, aliases.
const MARKED: &[(&str, &str, Mark, &[&str])] = &[
    (
        "kWh (LHV)",
        "kWh",
        Mark::LowerHeating,
        &[
            "kWh (Net CV)",
            "kWh(Net CV)",
            "kWh net",
            "kWh LHV",
            "kWh(LHV)",
            "kWh(低位)",
            "千瓦时(低位)",
            "kWh 低位",
            "kWh NCV",
        ],
    ),
    (
        "kWh (HHV)",
        "kWh",
        Mark::HigherHeating,
        &[
            "kWh (Gross CV)",
            "kWh(Gross CV)",
            "kWh gross",
            "kWh HHV",
            "kWh(HHV)",
            "kWh(高位)",
            "千瓦时(高位)",
            "kWh 高位",
            "kWh GCV",
        ],
    ),
    ("MJ (LHV)", "MJ", Mark::LowerHeating, &["MJ LHV", "MJ(LHV)", "MJ net", "MJ(低位)", "MJ 低位", "MJ (Net CV)"]),
    ("MJ (HHV)", "MJ", Mark::HigherHeating, &["MJ HHV", "MJ(HHV)", "MJ gross", "MJ(高位)", "MJ 高位", "MJ (Gross CV)"]),
    ("GJ (LHV)", "GJ", Mark::LowerHeating, &["GJ LHV", "GJ(LHV)", "GJ net", "GJ(低位)", "GJ 低位", "GJ (Net CV)"]),
    ("GJ (HHV)", "GJ", Mark::HigherHeating, &["GJ HHV", "GJ(HHV)", "GJ gross", "GJ(高位)", "GJ 高位", "GJ (Gross CV)"]),
    ("MMBtu (LHV)", "MMBtu", Mark::LowerHeating, &["MMBtu LHV", "MMBtu(LHV)", "百万英热(低位)"]),
    ("MMBtu (HHV)", "MMBtu", Mark::HigherHeating, &["MMBtu HHV", "MMBtu(HHV)", "百万英热(高位)"]),
    ("Nm3", "m3", Mark::Gas(GasState::Normal), &["Nm³", "nm3", "NM3", "标方", "标立方", "标准立方米(0℃)", "标立方米"]),
    ("Sm3 (15 °C)", "m3", Mark::Gas(GasState::Standard15), &["Sm3", "Sm³", "scm", "m3 (15 °C)"]),
    (
        "Sm3 (20 °C)",
        "m3",
        Mark::Gas(GasState::Standard20),
        &["m3 (20 °C)", "标准立方米", "标准立方米(20℃)", "基准立方米"],
    ),
];

/// Coal equivalent is energy by lower heating value: 1 kgce = 29.3076 MJ (GB/T 2589).
const COAL: &[(&str, i128, &[&str])] = &[
    ("kgce", 1, &["公斤标煤", "千克标准煤", "千克标煤", "kg标煤", "公斤标准煤"]),
    ("tce", 1000, &["吨标煤", "吨标准煤", "TCE", "t标煤", "标煤", "标准煤"]),
];

/// Symbols that mean more than one thing: they are settled by context or asked, never guessed.
const AMBIGUOUS: &[(&str, &[&str])] = &[
    ("T", &["t", "thousand pieces"]),
    ("M", &["m", "thousand pieces", "month"]),
    ("G", &["g", "gross", "US gal"]),
    ("ST", &["piece", "stone", "short ton"]),
    ("st", &["stone", "piece"]),
    ("ton", &["t", "short ton", "long ton"]),
    ("tons", &["t", "short ton", "long ton"]),
    ("Ton", &["t", "short ton", "long ton"]),
    ("TON", &["t", "short ton", "long ton"]),
    ("gal", &["US gal", "UK gal"]),
    ("gallon", &["US gal", "UK gal"]),
    ("加仑", &["US gal", "UK gal"]),
    ("寸", &["市寸", "in"]),
    ("尺", &["市尺", "ft"]),
    // A drum of paint is no barrel of oil.
    ("桶", &["piece", "barrel"]),
    // A battery's milliwatt hours are a thousand millionth of megawatt hours.
    ("mwh", &["MWh", "mWh"]),
    // M is a thousand to a gas trader, a million to everybody else.
    ("MBtu", &["MMBtu", "kBtu"]),
];

/// Currencies a file may name. Money carries the year of its prices: `CNY2022`, `元(2022)`.
const CURRENCIES: &[(&str, &[&str])] = &[
    ("CNY", &["元", "人民币", "RMB", "￥", "¥", "块钱"]),
    ("USD", &["$", "US$", "美元", "dollar", "dollars"]),
    ("EUR", &["€", "欧元", "euro"]),
    ("GBP", &["£", "英镑"]),
    ("JPY", &["日元"]),
];

/// Chinese multiples that stand before a unit: 万度, 亿方.
const MULTIPLES: &[(&str, i128)] =
    &[("百万", 1_000_000), ("千万", 10_000_000), ("亿", 100_000_000), ("万", 10_000), ("千", 1000)];

/// No file counts in more than 百亿. Ratios of any two units (the largest, TB, is 10²³ of the smallest, Btu) stay within
/// an `i128` with it.
const LARGEST_MULTIPLE: i128 = 10_000_000_000;

/// Nothing longer is near a known symbol.
const LONGEST_SYMBOL: usize = 40;

/// What a symbol means.
#[derive(Clone, Debug, PartialEq)]
pub enum Lookup {
    /// One unit.
    Unit(Unit),
    /// Several; the context or the user must choose.
    Ambiguous(Vec<Unit>),
    /// Not known; [`UnitTable::nearest`] may have a suggestion.
    Unknown,
}

/// The table of known units. It is data: build it once and pass it along.
#[derive(Clone, Debug)]
pub struct UnitTable {
    by_symbol: FxHashMap<Arc<str>, Unit>,
    ambiguous: FxHashMap<Arc<str>, Vec<Unit>>,
    /// Every symbol in the order of the table, for suggestions and lists.
    symbols: Vec<Arc<str>>,
}

impl UnitTable {
    /// The standard table.
    pub fn standard() -> Self {
        let mut table = Self { by_symbol: FxHashMap::default(), ambiguous: FxHashMap::default(), symbols: Vec::new() };
        for (symbol, dimension, numerator, denominator, aliases) in UNITS {
            table.insert(Unit::new(symbol, *dimension, Ratio::new(*numerator, *denominator)), aliases);
        }
        for (symbol, base, mark, aliases) in MARKED {
            if let Some(base) = table.by_symbol.get(*base).cloned() {
                table.insert(base.multiple(symbol, 1).marked(mark.clone()), aliases);
            }
        }
        for (symbol, kilograms, aliases) in COAL {
            let scale = Ratio::new(293_076 * kilograms, 10_000);
            table.insert(Unit::new(symbol, Dimension::ENERGY, scale).marked(Mark::LowerHeating), aliases);
        }
        for (symbol, candidates) in AMBIGUOUS {
            let units: Vec<Unit> = candidates.iter().filter_map(|name| table.by_symbol.get(*name).cloned()).collect();
            table.ambiguous.insert((*symbol).into(), units);
        }
        table
    }

    fn insert(&mut self, unit: Unit, aliases: &[&str]) {
        let own: Arc<str> = unit.symbol().into();
        for symbol in std::iter::once(own).chain(aliases.iter().map(|&alias| Arc::from(alias))) {
            self.symbols.push(symbol.clone());
            self.by_symbol.insert(symbol, unit.clone());
        }
    }

    /// What a symbol means. Full-width letters and blanks around it do not matter; case does where it tells units
    /// apart (`m` and `M`, `mm` and `MM` excepted by alias).
    pub fn find(&self, symbol: &str) -> Lookup {
        let symbol = normalise(symbol);
        self.find_normal(&symbol)
    }

    fn find_normal(&self, symbol: &str) -> Lookup {
        if let Some(unit) = self.by_symbol.get(symbol) {
            return Lookup::Unit(unit.clone());
        }
        if let Some(candidates) = self.ambiguous.get(symbol) {
            return Lookup::Ambiguous(candidates.clone());
        }
        if let Some(unit) = self.multiple(symbol) {
            return Lookup::Unit(unit);
        }
        if let Some((base, mark, word)) = heating_value(symbol)
            && let Some(unit) = self.by_symbol.get(base).cloned().or_else(|| self.multiple(base))
            && unit.dimension() == Dimension::ENERGY
            && *unit.mark() == Mark::None
        {
            return Lookup::Unit(unit.named(&format!("{} ({word})", unit.symbol())).marked(mark));
        }
        // Symbols of three letters and more are not told apart by case: `Tonnes`, `PIECES`. Ambiguous ones come first.
        if symbol.chars().count() >= 3 && symbol.is_ascii() {
            if let Some((known, _)) = AMBIGUOUS.iter().find(|(known, _)| known.eq_ignore_ascii_case(symbol)) {
                return Lookup::Ambiguous(self.ambiguous[*known].clone());
            }
            if let Some(known) = self.symbols.iter().find(|known| known.eq_ignore_ascii_case(symbol)) {
                return Lookup::Unit(self.by_symbol[known].clone());
            }
        }
        Lookup::Unknown
    }

    /// Money, and units after a Chinese multiple (万度, 千万元). Iterative and bounded: a symbol is as long as a hostile
    /// file makes it, and scales are exact, so they must not grow without end.
    fn multiple(&self, symbol: &str) -> Option<Unit> {
        let (mut rest, mut factor) = (symbol, 1i128);
        loop {
            if let Some(unit) = money(rest).or_else(|| self.by_symbol.get(rest).cloned()) {
                return Some(if factor == 1 { unit } else { unit.multiple(symbol, factor) });
            }
            let (after, more) = MULTIPLES.iter().find_map(|(prefix, more)| Some((rest.strip_prefix(prefix)?, more)))?;
            (rest, factor) = (after, factor * more);
            if factor > LARGEST_MULTIPLE {
                return None;
            }
        }
    }

    /// The nearest known symbol, for "did you mean". Never used by itself. It walks the whole table: ask for it where a
    /// person will read it, not for every row.
    pub fn nearest(&self, symbol: &str) -> Option<String> {
        let symbol = &*normalise(symbol);
        let trimmed = symbol.trim_end_matches(['.', '。', '/']);
        if trimmed != symbol && self.by_symbol.contains_key(trimmed) {
            return Some(trimmed.to_string());
        }
        // Distances cost the product of the lengths: a long text is no slip of a unit, and must not buy seconds.
        if symbol.chars().nth(LONGEST_SYMBOL).is_some() {
            return None;
        }
        let shares_han = |known: &str| known.chars().any(|c| !c.is_ascii() && symbol.contains(c));
        let wanted = symbol.to_lowercase();
        let length = wanted.chars().count();
        self.symbols
            .iter()
            .filter(|known| known.chars().count() > 1)
            .map(|known| (known.to_lowercase(), known))
            // A distance is never below the difference of the lengths.
            .filter(|(lower, _)| lower.chars().count().abs_diff(length) <= 1)
            .map(|(lower, known)| {
                let near = strsim::damerau_levenshtein(&lower, &wanted);
                // Among Chinese symbols mass is asked for most often: 公金 is 公斤, not 公里.
                (near, usize::from(!shares_han(known)), known)
            })
            .filter(|(near, _, known)| *near <= 1 && *near < known.chars().count())
            .min_by_key(|(near, other_script, _)| (*near, *other_script))
            .map(|(_, _, known)| known.to_string())
    }

    /// All symbols of a unit, for help and documentation.
    pub fn symbols(&self) -> impl Iterator<Item = (&str, &Unit)> {
        self.symbols.iter().map(|symbol| (&**symbol, &self.by_symbol[symbol]))
    }
}

/// A unit symbol as it is compared: blanks trimmed, full-width ASCII narrowed, brackets of one kind.
pub fn normalise(symbol: &str) -> String {
    symbol
        .trim()
        .chars()
        .map(|character| match character {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
            '\u{3000}' | '\u{a0}' => ' ',
            '⋅' | '×' | '∙' | '•' => '·',
            other => other,
        })
        .collect()
}

/// Fuel energy in any unit that says its heating value: `MMBtu (HHV)`, `kcal NCV`, `百万大卡(低位)`.
fn heating_value(symbol: &str) -> Option<(&str, Mark, &'static str)> {
    let (base, word) = match symbol.strip_suffix(')') {
        Some(open) => open.rsplit_once('(')?,
        None => symbol.rsplit_once(' ')?,
    };
    let lower = (Mark::LowerHeating, "LHV");
    let higher = (Mark::HigherHeating, "HHV");
    let (mark, word) = match word.trim().to_ascii_lowercase().as_str() {
        "lhv" | "ncv" | "net" | "net cv" | "低位" | "低位热值" => lower,
        "hhv" | "gcv" | "gross" | "gross cv" | "高位" | "高位热值" => higher,
        _ => return None,
    };
    Some((base.trim_end(), mark, word))
}

/// Money: a currency, with the year of its prices where it is given (`CNY2022`, `元(2022)`, `USD 2022`).
fn money(symbol: &str) -> Option<Unit> {
    let digits_at = symbol.find(|c: char| c.is_ascii_digit());
    let (name, year) = match digits_at {
        Some(at) => {
            let year: u16 = symbol[at..].trim_end_matches([')', ' ', '年', '价']).parse().ok()?;
            (symbol[..at].trim_end_matches(['(', ' ']), Some(year).filter(|year| (1900..2200).contains(year))?.into())
        }
        None => (symbol, None),
    };
    let (thousands, name) = match name.strip_prefix('万') {
        Some(rest) => (10_000, rest),
        None => (1, name),
    };
    let (code, _) =
        CURRENCIES.iter().find(|(code, aliases)| code.eq_ignore_ascii_case(name) || aliases.contains(&name))?;
    let mark = Mark::Money { currency: (*code).into(), year };
    Some(Unit::new(symbol, Dimension::MONEY, Ratio::from_integer(thousands)).marked(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(symbol: &str) -> Unit {
        match UnitTable::standard().find(symbol) {
            Lookup::Unit(unit) => unit,
            other => panic!("{symbol}: {other:?}"),
        }
    }

    fn ratio(from: &str, to: &str) -> Ratio {
        unit(from).ratio_to(&unit(to)).unwrap()
    }

    #[test]
    fn names_of_suppliers_are_known() {
        assert_eq!(ratio("公斤", "g"), Ratio::from_integer(1000));
        assert_eq!(ratio("斤", "kg"), Ratio::new(1, 2));
        assert_eq!(ratio("度", "MJ"), Ratio::new(18, 5));
        assert_eq!(ratio("万度", "kWh"), Ratio::from_integer(10_000));
        assert_eq!(ratio("万方", "m3"), Ratio::from_integer(10_000));
        assert_eq!(ratio("吨公里", "t·km"), Ratio::from_integer(1));
        assert_eq!(ratio("tce", "GJ (LHV)"), Ratio::new(293_076, 10_000));
        assert_eq!(ratio("百万大卡", "MJ"), Ratio::new(41_868, 10));
        assert_eq!(ratio("KGM", "t"), Ratio::new(1, 1000));
        assert_eq!(ratio("MTR", "mm"), Ratio::from_integer(1000));
        assert_eq!(ratio("H87", "个"), Ratio::from_integer(1));
        assert_eq!(ratio("ｋｇ", "kg"), Ratio::from_integer(1));
        // 2000 lb × 0.453 592 37 kg × 1609.344 m, and 0.3048³ m³.
        assert_eq!(ratio("short ton·mile", "t·km"), ratio("short ton", "t") * ratio("mile", "km"));
        assert_eq!(ratio("ft3", "m3"), ratio("ft", "m").pow(3));
        assert_eq!(ratio("mmBtu (HHV)", "GJ (HHV)"), ratio("MMBtu", "GJ"));
    }

    #[test]
    fn traps_are_questions() {
        let table = UnitTable::standard();
        for trap in ["T", "M", "G", "ST", "ton", "TONS", "Tons", "gal", "GAL", "桶", "寸", "mwh", "MBTU", "MBtu"] {
            assert!(matches!(table.find(trap), Lookup::Ambiguous(candidates) if candidates.len() > 1), "{trap}");
        }
        for (symbol, candidates) in AMBIGUOUS {
            assert_eq!(table.ambiguous[*symbol].len(), candidates.len(), "{symbol}");
        }
        for (slip, meant) in [("公金", "公斤"), ("KG.", "KG")] {
            assert_eq!((table.find(slip), table.nearest(slip).as_deref()), (Lookup::Unknown, Some(meant)), "{slip}");
        }
    }

    #[test]
    fn case_tells_prefixes_apart() {
        assert_eq!(ratio("MWh", "mWh"), Ratio::from_integer(1_000_000_000));
        assert_eq!(ratio("MWH", "MWh"), Ratio::from_integer(1));
        assert_eq!(ratio("MMBTU", "kBtu"), Ratio::from_integer(1000));
    }

    #[test]
    fn every_unit_of_energy_may_say_its_heating_value() {
        assert_eq!(ratio("MMBtu (HHV)", "MJ (HHV)"), ratio("MMBtu", "MJ"));
        assert_eq!(ratio("千卡(低位)", "kWh (LHV)"), ratio("kcal", "kWh"));
        assert_eq!(ratio("万度 LHV", "kWh (LHV)"), Ratio::from_integer(10_000));
        assert_eq!(unit("MWh (Net CV)").symbol(), "MWh (LHV)");
        let table = UnitTable::standard();
        for not_fuel in ["kg (LHV)", "tce (HHV)", "kWh (LHV) (LHV)", "(LHV)", "公金 (LHV)"] {
            assert!(matches!(table.find(not_fuel), Lookup::Unknown), "{not_fuel}");
        }
    }

    #[test]
    fn multiples_are_bounded() {
        assert_eq!(ratio("千万度", "kWh"), Ratio::from_integer(10_000_000));
        assert_eq!(ratio("亿元", "元"), Ratio::from_integer(100_000_000));
        let table = UnitTable::standard();
        for symbol in ["亿亿kg".to_string(), "亿".repeat(6) + "kg", "万".repeat(100_000) + "度", "千".repeat(50_000)]
        {
            assert!(matches!(table.find(&symbol), Lookup::Unknown));
        }
        assert!(matches!(table.find(&" (LHV)".repeat(20_000)), Lookup::Unknown));
        // Any two units make a quotient without leaving the exact ratios.
        let most = |unit: &Unit| unit.multiple("x", LARGEST_MULTIPLE);
        let own = |(symbol, unit): (&str, &Unit)| (symbol == unit.symbol()).then(|| unit.clone());
        let all: Vec<Unit> = table.symbols().filter_map(own).collect();
        for (a, b) in all.iter().flat_map(|a| all.iter().map(move |b| (a, b))) {
            let back = most(a).per(&most(b)).scale() * b.scale() / a.scale();
            assert_eq!(back, Ratio::from_integer(1), "{a}/{b}");
            let _ = (most(a).per(b), a.per(&most(b)));
        }
    }

    #[test]
    fn money_carries_its_year() {
        assert_eq!(*unit("CNY2022").mark(), Mark::Money { currency: "CNY".into(), year: Some(2022) });
        assert_eq!(*unit("元").mark(), Mark::Money { currency: "CNY".into(), year: None });
        assert!(unit("CNY2022").ratio_to(&unit("CNY2023")).is_none());
        assert_eq!(unit("万元").scale(), Ratio::from_integer(10_000));
    }

    #[test]
    fn no_alias_stands_for_two_units() {
        let mut seen = std::collections::BTreeMap::new();
        for (symbol, unit) in UnitTable::standard().symbols() {
            if let Some(other) = seen.insert(symbol.to_string(), unit.symbol().to_string()) {
                assert_eq!(other, unit.symbol(), "{symbol}");
            }
        }
    }
}
