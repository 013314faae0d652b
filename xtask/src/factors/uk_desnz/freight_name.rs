//! Chinese names of vehicles, sizes and loads in the workbook's freight sheets.

use crate::Outcome;

const NAMES: &[(&str, &str)] = &[
    ("vans", "轻型厢式货车"),
    ("hgv (all diesel)", "重型货车（柴油）"),
    ("hgv refrigerated (all diesel)", "冷藏重型货车（柴油）"),
    ("freight flights", "航空货运"),
    ("rail", "铁路"),
    ("sea tanker", "液货船"),
    ("cargo ship", "货船"),
    ("class i (up to 1.305 tonnes)", "I类（不超过1.305吨）"),
    ("class ii (1.305 to 1.74 tonnes)", "II类（1.305至1.74吨）"),
    ("class iii (1.74 to 3.5 tonnes)", "III类（1.74至3.5吨）"),
    ("average (up to 3.5 tonnes)", "平均（不超过3.5吨）"),
    ("diesel", "柴油"),
    ("petrol", "汽油"),
    ("cng", "压缩天然气"),
    ("lpg", "液化石油气"),
    ("unknown", "燃料不明"),
    ("plug-in hybrid electric vehicle", "插电式混合动力"),
    ("battery electric vehicle", "纯电动"),
    ("rigid (>3.5 - 7.5 tonnes)", "整体式（3.5至7.5吨）"),
    ("rigid (>7.5 tonnes-17 tonnes)", "整体式（7.5至17吨）"),
    ("rigid (>17 tonnes)", "整体式（17吨以上）"),
    ("all rigids", "整体式平均"),
    ("articulated (>3.5 - 33t)", "铰接式（3.5至33吨）"),
    ("articulated (>33t)", "铰接式（33吨以上）"),
    ("all artics", "铰接式平均"),
    ("all hgvs", "全部车型平均"),
    ("0% laden", "空载"),
    ("50% laden", "半载"),
    ("100% laden", "满载"),
    ("average laden", "平均装载"),
    ("domestic, to/from uk", "英国国内"),
    ("short-haul, to/from uk", "短途（往返英国）"),
    ("long-haul, to/from uk", "长途（往返英国）"),
    ("international, to/from non-uk", "国际（非英国航线）"),
    ("with rf", "含辐射强迫"),
    ("without rf", "不含辐射强迫"),
    ("freight train", "货运列车"),
    ("crude tanker", "原油船"),
    ("products tanker", "成品油船"),
    ("chemical tanker", "化学品船"),
    ("lng tanker", "液化天然气船"),
    ("lpg tanker", "液化石油气船"),
    ("bulk carrier", "散货船型"),
    ("general cargo", "杂货船型"),
    ("container ship", "集装箱船型"),
    ("vehicle transport", "汽车运输船型"),
    ("roro-ferry", "滚装渡船型"),
    ("large ropax ferry", "大型客滚船"),
    ("refrigerated cargo", "冷藏船"),
    ("average", "平均"),
    ("all dwt", "全部载重吨"),
];

/// Units of ship sizes.
const SIZES: &[(&str, &str)] =
    &[("dwt", "载重吨"), ("TEU", "标准箱"), ("CEU", "标准车位"), ("LM", "车道米"), ("m3", "立方米")];

/// The Chinese name of one heading.
pub(super) fn chinese(heading: &str) -> Outcome<String> {
    let lower = heading.to_lowercase();
    if let Some((_, zh)) = NAMES.iter().find(|(en, _)| *en == lower) {
        return Ok((*zh).to_string());
    }
    size(heading).ok_or_else(|| format!("uk_desnz: the freight heading \"{heading}\" has no Chinese name yet").into())
}

/// `10,000+ dwt 100+ TEU` → `10,000载重吨以上、100标准箱以上`.
fn size(heading: &str) -> Option<String> {
    let words: Vec<&str> = heading.split(' ').collect();
    let mut parts = Vec::new();
    for pair in words.chunks(2) {
        let [number, unit] = pair else { return None };
        let (_, zh) = SIZES.iter().find(|(en, _)| en == unit)?;
        parts.push(match number.strip_suffix('+') {
            Some(from) => format!("{from}{zh}以上"),
            None => format!("{number}{zh}"),
        });
    }
    Some(parts.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        assert_eq!(chinese("10,000+ dwt 100+ TEU").unwrap(), "10,000载重吨以上、100标准箱以上");
        assert!(chinese("hovercraft").is_err());
    }
}
