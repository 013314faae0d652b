//! Freight: the vehicle is a row, its fuel's upstream the companion. Air freight with radiative forcing is kept apart.

use super::super::row::{Say, owned, slug};
use super::freight_name::chinese;
use super::sheet::{Entry, Key, note};
use super::{TABLE, row, unit};
use crate::Outcome;
use zuji_core::factor::{FactorKind, FactorRow};

const VEHICLES: &str = "Freighting goods";
const UPSTREAM: &str = "WTT- delivery vehs & freight";

/// Names under which a bill of materials asks for a mode: level 1, level 2, level 3, group, synonyms. They stand on the
/// rows per tonne-kilometre only: a plain distance beside a mass is the goods' way, not the vehicle's.
type Mode = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

const MODES: &[Mode] = &[
    (
        "HGV (all diesel)",
        "All HGVs",
        "",
        "Average laden",
        &[
            "公路",
            "公路运输",
            "公路货运",
            "汽运",
            "汽车运输",
            "货车",
            "卡车",
            "重卡",
            "陆运",
            "truck",
            "lorry",
            "HGV",
            "road",
            "road freight",
            "road transport",
            "by road",
            "by truck",
        ],
    ),
    (
        "HGV refrigerated (all diesel)",
        "All HGVs",
        "",
        "Average laden",
        &["冷藏车", "冷链", "冷链运输", "refrigerated truck", "reefer truck"],
    ),
    (
        "HGV (all diesel)",
        "All artics",
        "",
        "Average laden",
        &["铰接式货车", "半挂车", "articulated lorry", "semi-trailer"],
    ),
    ("HGV (all diesel)", "All rigids", "", "Average laden", &["整体式货车", "rigid truck"]),
    ("Vans", "Average (up to 3.5 tonnes)", "", "Unknown", &["厢式货车", "面包车", "小货车", "轻型货车", "van", "LGV"]),
    (
        "Rail",
        "Freight train",
        "",
        "",
        &["铁路", "铁路运输", "铁路货运", "火车", "铁运", "rail", "train", "railway", "rail freight", "by rail"],
    ),
    (
        "Cargo ship",
        "Container ship",
        "Average",
        "",
        &[
            "海运",
            "海上运输",
            "船运",
            "集装箱船",
            "集装箱海运",
            "远洋运输",
            "sea",
            "ship",
            "ocean",
            "sea freight",
            "ocean freight",
            "container",
            "container ship",
            "by sea",
        ],
    ),
    ("Cargo ship", "Bulk carrier", "Average", "", &["散货船", "bulk carrier", "bulk ship"]),
    ("Cargo ship", "General cargo", "Average", "", &["杂货船", "general cargo ship"]),
    ("Cargo ship", "RoRo-Ferry", "Average", "", &["滚装船", "ro-ro ferry", "roro"]),
    (
        "Freight flights",
        "International, to/from non-UK",
        "",
        "Without RF",
        &["空运", "航空", "航空货运", "航空运输", "国际空运", "air", "air freight", "airfreight", "plane", "by air"],
    ),
    ("Freight flights", "Short-haul, to/from UK", "", "Without RF", &["短途空运", "short-haul air freight"]),
    ("Freight flights", "Long-haul, to/from UK", "", "Without RF", &["长途空运", "long-haul air freight"]),
];

/// Vehicle rows per tonne-kilometre and per kilometre, then their upstream rows.
pub(super) fn rows(entries: &[Entry]) -> Outcome<Vec<FactorRow>> {
    let of = |sheet: &str| {
        entries.iter().filter(|entry| entry.key.sheet == sheet && entry.key.unit != "miles").collect::<Vec<_>>()
    };
    let (vehicles, upstream) = (of(VEHICLES), of(UPSTREAM));
    let mut rows = Vec::new();
    for entry in &vehicles {
        let forcing = entry.key.group == "With RF";
        let kind = if forcing { FactorKind::FreightWithForcing } else { FactorKind::Freight };
        let mut row = freight_row(entry, "freight", kind, "tank-to-wheel")?;
        if forcing {
            note(&mut row, "With radiative forcing: kept so that it can be refused by name; it never enters a total.");
        } else {
            let companion = upstream.iter().find(|other| same(&other.key, &entry.key));
            let other = companion.ok_or_else(|| format!("uk_desnz: {} has no well-to-tank row", row.id))?;
            row.companions = vec![format!("{TABLE}/{}", path(&other.key, "wtt-freight")?)];
        }
        rows.push(row);
    }
    for entry in upstream.iter().filter(|entry| entry.key.group != "With RF") {
        rows.push(freight_row(entry, "wtt-freight", FactorKind::FreightUpstream, "well-to-tank")?);
    }
    Ok(rows)
}

/// The vehicle in both sheets; the upstream sheet writes its headings a little differently.
fn vehicle(level1: &str) -> String {
    level1.trim_start_matches("WTT- ").to_lowercase()
}

fn same(upstream: &Key, key: &Key) -> bool {
    vehicle(&upstream.level1) == vehicle(&key.level1)
        && upstream.level2.eq_ignore_ascii_case(&key.level2)
        && (&upstream.level3, &upstream.group, &upstream.unit) == (&key.level3, &key.group, &key.unit)
}

fn path(key: &Key, group: &str) -> Outcome<String> {
    let parts = [&vehicle(&key.level1), &key.level2, &key.level3, &key.group];
    let parts: Vec<String> = parts.iter().filter(|part| !part.is_empty()).map(|part| slug(part)).collect();
    Ok(format!("{group}/{}/{}", parts.join("/"), unit(key)?.1))
}

fn freight_row(entry: &Entry, group: &str, kind: FactorKind, boundary: &str) -> Outcome<FactorRow> {
    let key = &entry.key;
    let level1 = key.level1.trim_start_matches("WTT- ");
    let parts: Vec<&str> =
        [level1, &key.level2, &key.level3, &key.group].into_iter().filter(|p| !p.is_empty()).collect();
    let zh = parts.iter().map(|part| chinese(part)).collect::<Outcome<Vec<String>>>()?.join("，");
    let per_km = key.unit == "km";
    let (mut name_en, mut name_zh) = (parts.join(", "), zh);
    if per_km {
        name_en.push_str(", per vehicle-km");
        name_zh.push_str("，每车公里");
    }
    if kind == FactorKind::FreightUpstream {
        name_en.push_str(", well-to-tank");
        name_zh.push_str("：上游（从井到罐）");
    }
    let say = Say {
        id: path(key, group)?,
        name_en,
        name_zh,
        class: format!("transport.{}", class(level1)?),
        kind,
        unit: unit(key)?.0,
        boundary,
    };
    let mut row = row(entry, say)?;
    if key.level2 == "International, to/from non-UK" {
        row.geography = "GLO".into();
    }
    if kind == FactorKind::Freight && !per_km {
        let mode = MODES.iter().find(|(one, two, three, four, _)| {
            (*one, *two, *three, *four) == (level1, key.level2.as_str(), key.level3.as_str(), key.group.as_str())
        });
        if let Some((.., synonyms)) = mode {
            row.synonyms = owned(synonyms);
        }
    }
    Ok(row)
}

fn class(level1: &str) -> Outcome<&'static str> {
    Ok(match level1.to_lowercase().as_str() {
        "vans" => "road.van",
        "hgv (all diesel)" => "road.truck",
        "hgv refrigerated (all diesel)" => "road.truck.refrigerated",
        "freight flights" => "air",
        "rail" => "rail",
        "sea tanker" => "sea.tanker",
        "cargo ship" => "sea.cargo",
        other => return Err(format!("uk_desnz: no class for \"{other}\"").into()),
    })
}

#[cfg(test)]
mod tests {
    use super::super::sheet;
    use super::*;

    #[test]
    fn every_plain_name_found_its_row() {
        let entries = sheet::entries(&crate::repository().join("factors/raw/uk_desnz_2024")).unwrap();
        let rows = rows(&entries).unwrap();
        assert_eq!(rows.iter().filter(|row| !row.synonyms.is_empty()).count(), MODES.len());
    }
}
