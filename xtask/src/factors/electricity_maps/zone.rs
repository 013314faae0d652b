//! What a zone of Electricity Maps is. Its codes look like ISO 3166-2 and often are not: IT-NO is the north of Italy
//! there and Novara in ISO. So the subdivisions are listed, and each is held to the name that the CLDR has for its code.

use crate::Outcome;
use crate::factors::place::Places;

/// A zone with its Chinese name within the country.
pub(super) enum Zone<'a> {
    /// A country or territory of ISO 3166-1.
    Country,
    /// A subdivision of ISO 3166-2.
    Subdivision(&'static str, &'static str),
    /// A part of a country that has no code of its own.
    Part(std::borrow::Cow<'a, str>),
}

/// zone, code in ISO 3166-2, Chinese
const SUBDIVISIONS: &[(&str, &str, &str)] = &[
    ("AU-NSW", "AU-NSW", "新南威尔士州"),
    ("AU-NT", "AU-NT", "北领地"),
    ("AU-QLD", "AU-QLD", "昆士兰州"),
    ("AU-SA", "AU-SA", "南澳大利亚州"),
    ("AU-TAS", "AU-TAS", "塔斯马尼亚州"),
    ("AU-VIC", "AU-VIC", "维多利亚州"),
    ("AU-WA", "AU-WA", "西澳大利亚州"),
    ("CA-AB", "CA-AB", "艾伯塔省"),
    ("CA-BC", "CA-BC", "不列颠哥伦比亚省"),
    ("CA-MB", "CA-MB", "马尼托巴省"),
    ("CA-NB", "CA-NB", "新不伦瑞克省"),
    ("CA-NL", "CA-NL", "纽芬兰与拉布拉多省"),
    ("CA-NS", "CA-NS", "新斯科舍省"),
    ("CA-NT", "CA-NT", "西北地区"),
    ("CA-NU", "CA-NU", "努纳武特地区"),
    ("CA-ON", "CA-ON", "安大略省"),
    ("CA-PE", "CA-PE", "爱德华王子岛省"),
    ("CA-QC", "CA-QC", "魁北克省"),
    ("CA-SK", "CA-SK", "萨斯喀彻温省"),
    ("CA-YT", "CA-YT", "育空地区"),
    ("ES-CE", "ES-CE", "休达"),
    ("ES-ML", "ES-ML", "梅利利亚"),
    ("FR-COR", "FR-20R", "科西嘉"),
    ("GB-NIR", "GB-NIR", "北爱尔兰"),
    ("GB-ORK", "GB-ORK", "奥克尼群岛"),
    ("IT-SAR", "IT-88", "撒丁岛"),
    ("IT-SIC", "IT-82", "西西里岛"),
    ("JP-HKD", "JP-01", "北海道"),
    ("JP-ON", "JP-47", "冲绳"),
    ("PT-MA", "PT-30", "马德拉"),
    ("US-AK", "US-AK", "阿拉斯加州"),
    ("US-HI", "US-HI", "夏威夷州"),
];

/// zone, Chinese. Zones of the United States that are called by a company keep its name.
const PARTS: &[(&str, &str)] = &[
    ("AU-TAS-FI", "弗林德斯岛"),
    ("AU-TAS-KI", "金岛"),
    ("AU-WA-RI", "罗特内斯特岛"),
    ("BR-CS", "中部"),
    ("BR-N", "北部"),
    ("BR-NE", "东北部"),
    ("BR-S", "南部"),
    ("CL-SEN", "国家电力系统"),
    ("DK-BHM", "博恩霍尔姆岛"),
    ("DK-DK1", "西部"),
    ("DK-DK2", "东部"),
    ("ES-CN-FV", "富埃特文图拉岛"),
    ("ES-CN-GC", "大加那利岛"),
    ("ES-CN-HI", "耶罗岛"),
    ("ES-CN-IG", "戈梅拉岛"),
    ("ES-CN-LP", "拉帕尔马岛"),
    ("ES-CN-LZ", "兰萨罗特岛"),
    ("ES-CN-TE", "特内里费岛"),
    ("ES-IB-FO", "福门特拉岛"),
    ("ES-IB-IZ", "伊维萨岛"),
    ("ES-IB-MA", "马略卡岛"),
    ("ES-IB-ME", "梅诺卡岛"),
    ("FO-MI", "主岛"),
    ("FO-SI", "南岛"),
    ("IN-EA", "东部"),
    ("IN-NE", "东北部"),
    ("IN-NO", "北部"),
    ("IN-SO", "南部"),
    ("IN-WE", "西部"),
    ("IT-CNO", "中北部"),
    ("IT-CSO", "中南部"),
    ("IT-NO", "北部"),
    ("IT-SO", "南部"),
    ("JP-CB", "中部地方"),
    ("JP-CG", "中国地方"),
    ("JP-HR", "北陆"),
    ("JP-KN", "关西"),
    ("JP-KY", "九州"),
    ("JP-SK", "四国"),
    ("JP-TH", "东北地方"),
    ("JP-TK", "东京电力区域"),
    ("MY-EM", "婆罗洲（东马）"),
    ("MY-WM", "半岛（西马）"),
    ("NO-NO1", "东南部"),
    ("NO-NO2", "西南部"),
    ("NO-NO3", "中部"),
    ("NO-NO4", "北部"),
    ("NO-NO5", "西部"),
    ("PH-LU", "吕宋岛"),
    ("PH-MI", "棉兰老岛"),
    ("PH-VI", "米沙鄢群岛"),
    ("RU-1", "欧洲-乌拉尔"),
    ("RU-2", "西伯利亚"),
    ("RU-AS", "东部"),
    ("SE-SE1", "北部"),
    ("SE-SE2", "中北部"),
    ("SE-SE3", "中南部"),
    ("SE-SE4", "南部"),
    ("US-AK-SEAPA", "阿拉斯加东南电力局"),
    ("US-CAL-CISO", "加州独立系统运营商（CAISO）"),
    ("US-MIDA-PJM", "PJM互联电网"),
    ("US-MIDW-MISO", "中部独立系统运营商（MISO）"),
    ("US-NE-ISNE", "新英格兰独立系统运营商"),
    ("US-NY-NYIS", "纽约独立系统运营商"),
    ("US-CENT-SWPP", "西南电力库（SPP）"),
    ("US-TEX-ERCO", "德州电力可靠性委员会（ERCOT）"),
    ("US-TEN-TVA", "田纳西河流域管理局（TVA）"),
    ("US-NW-BPAT", "邦纳维尔电力局（BPA）"),
];

/// What a zone is.
pub(super) fn find<'a>(zone: &str, name: &'a str, places: &Places) -> Outcome<Zone<'a>> {
    if !zone.contains('-') {
        return Ok(Zone::Country);
    }
    if let Some((_, code, zh)) = SUBDIVISIONS.iter().find(|(known, ..)| *known == zone) {
        let known = places.subdivision(code)?;
        // Corsica has two spellings.
        if plain(known) != plain(name) && (known, name) != ("Corse", "Corsica") {
            return Err(format!("electricity_maps: {zone} is {name}, but {code} is {known}").into());
        }
        return Ok(Zone::Subdivision(code, zh));
    }
    if let Some((_, zh)) = PARTS.iter().find(|(known, _)| *known == zone) {
        return Ok(Zone::Part((*zh).into()));
    }
    if zone.starts_with("US-") {
        return Ok(Zone::Part(format!("（{name}）").into()));
    }
    Err(format!("electricity_maps: the zone {zone} ({name}) has no Chinese name yet").into())
}

/// A name without the marks on its letters.
fn plain(name: &str) -> String {
    name.replace('é', "e").replace('ō', "o").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_under_another_place_of_iso_is_refused() {
        let places = Places::read(&crate::repository().join("factors/raw/cldr_names")).unwrap();
        assert!(matches!(find("CA-QC", "Québec", &places), Ok(Zone::Subdivision("CA-QC", _))));
        assert!(find("CA-QC", "Quito", &places).is_err() && find("XX-1", "Nowhere", &places).is_err());
    }
}
