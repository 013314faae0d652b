//! Which greenhouse gas an elementary flow is: as the database says, else by CAS number, else by name.

use super::{Flow, FlowKind, GasDocument};
use crate::impact::{Characterisation, Kind};

/// Gases whose rows carry no CAS number in the sets, with the names under which inventories write them.
const COMMON: [(&str, &str, &[&str]); 5] = [
    ("CO2", "124-38-9", &["carbon dioxide"]),
    ("CH4", "74-82-8", &["methane"]),
    ("N2O", "10024-97-2", &["dinitrogen monoxide", "nitrous oxide", "dinitrogen oxide"]),
    ("SF6", "2551-62-4", &["sulfur hexafluoride", "sulphur hexafluoride"]),
    ("NF3", "7783-54-2", &["nitrogen trifluoride", "nitrogen fluoride"]),
];

/// The gas of a flow into or out of the air; `None` for everything else.
pub fn gas_of(flow: &Flow, set: &Characterisation) -> Option<GasDocument> {
    if let Some(gas) = &flow.gas {
        return Some(gas.clone());
    }
    if !in_air(flow) {
        return None;
    }
    let name = flow.name.to_lowercase();
    let cas = flow.cas.as_deref().map(|cas| cas.trim().trim_start_matches('0').to_string());
    let rows = &set.document().gases;
    let by_cas = |cas: &str| {
        let common = COMMON.iter().find(|(_, known, _)| *known == cas).map(|(gas, ..)| gas.to_string());
        common.or_else(|| rows.iter().find(|row| row.cas.as_deref() == Some(cas)).map(|row| row.gas.clone()))
    };
    let gas = match cas.as_deref().and_then(by_cas) {
        Some(gas) => gas,
        None => by_name(&name, set)?,
    };
    let kind = kind(&gas, &name, flow.kind);
    Some(GasDocument { gas, kind })
}

fn in_air(flow: &Flow) -> bool {
    flow.category.is_empty()
        || flow.category.split('/').any(|part| {
            let part = part.trim().to_ascii_lowercase();
            part == "air"
                || part.starts_with("air ")
                || part.ends_with(" air")
                || part.contains("to air")
                || part == "大气"
        })
}

/// `methane, fossil` is methane; `methane, chlorotrifluoro-, cfc-13` is its last word.
fn by_name(name: &str, set: &Characterisation) -> Option<String> {
    let (first, rest) = name.split_once(',').unwrap_or((name, ""));
    let bare =
        |name: &str| COMMON.iter().find(|(.., names)| names.contains(&name.trim())).map(|(gas, ..)| gas.to_string());
    let origin = rest.is_empty() || rest.split(',').all(|part| is_origin(part.trim()));
    if let (Some(gas), true) = (bare(first), origin) {
        return Some(gas);
    }
    let last = name.rsplit(", ").next().unwrap_or(name).trim();
    let upright = upright(name);
    let is_it = |known: &str| {
        let known = known.to_lowercase();
        known == name || known == last || upright.contains(&known)
    };
    let rows = &set.document().gases;
    let by_name = rows.iter().find(|row| is_it(&row.gas) || row.name.as_deref().is_some_and(is_it));
    by_name.or_else(|| rows.iter().find(|row| same_number(&row.gas, last))).map(|row| row.gas.clone())
}

/// `methane, tetrachloro-, cfc-10` is tetrachloromethane, `methane, monochloro-` is chloromethane.
fn upright(name: &str) -> Vec<String> {
    let mut parts = name.split(", ").map(str::trim);
    let (Some(parent), Some(prefix)) = (parts.next(), parts.next().and_then(|part| part.strip_suffix('-'))) else {
        return Vec::new();
    };
    let mono = prefix.strip_prefix("mono").map(|prefix| format!("{prefix}{parent}"));
    std::iter::once(format!("{prefix}{parent}")).chain(mono).collect()
}

/// Whether two names are one refrigerant: `R-14`, `CFC-14` and `PFC-14` have one number (ASHRAE 34). Halons count
/// otherwise.
fn same_number(gas: &str, name: &str) -> bool {
    const SERIES: [&str; 6] = ["cfc", "fc", "hcfc", "hfc", "pfc", "r"];
    let number = |text: &str| {
        let text = text.to_ascii_lowercase();
        let (series, number) = text.split_once('-')?;
        let fits = SERIES.contains(&series) && number.starts_with(|first: char| first.is_ascii_digit());
        fits.then(|| number.to_string())
    };
    number(gas).is_some_and(|gas| number(name) == Some(gas))
}

/// Words after a gas that say where its carbon comes from.
fn is_origin(word: &str) -> bool {
    const WORDS: [&str; 14] = [
        "fossil",
        "non-fossil",
        "biogenic",
        "renewable",
        "in air",
        "land transformation",
        "land use change",
        "from land use change",
        "from soil or biomass stock",
        "to soil or biomass stock",
        "peat oxidation",
        "resource correction",
        "unspecified",
        "biomass",
    ];
    WORDS.contains(&word) || word.starts_with("non-fossil")
}

fn kind(gas: &str, name: &str, direction: FlowKind) -> Kind {
    let says = |word: &str| name.contains(word);
    if says("land transformation") || says("land use change") || says("soil or biomass stock") || says("peat oxidation")
    {
        Kind::LandUseChange
    } else if says("non-fossil")
        || says("biogenic")
        || says("renewable")
        || says("in air")
        || direction == FlowKind::Resource
    {
        Kind::Biogenic
    } else if says("fossil") || !matches!(gas, "CO2" | "CH4") {
        Kind::Fossil
    } else {
        Kind::Unspecified
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impact::CharacterisationDocument;

    fn gas(name: &str, category: &str, kind: FlowKind, cas: Option<&str>) -> Option<(String, Kind)> {
        let set: CharacterisationDocument = serde_json::from_str(
            r#"{"schema":"zuji/characterisation@1","id":"s","report":"AR6","horizon":100,"name_en":"s","name_zh":"s","convention":"c",
            "source":"s","licence":"l","gases":[{"gas":"CO2","gwp":"1"},{"gas":"CH4","gwp":"28"},{"gas":"N2O","gwp":"273"},
            {"gas":"CFC-13","gwp":"16200","cas":"75-72-9"},{"gas":"PFC-14","name":"Tetrafluoromethane","gwp":"7380","cas":"75-73-0"},
            {"gas":"Carbon tetrachloride","name":"Tetrachloromethane","gwp":"2200"},{"gas":"Halon-1301","gwp":"7200"}]}"#,
        )
        .unwrap();
        let flow = Flow {
            id: "f".into(),
            name: name.into(),
            name_zh: None,
            kind,
            unit: "kg".into(),
            category: category.into(),
            location: None,
            cas: cas.map(Into::into),
            synonyms: Box::default(),
            properties: Box::default(),
            cut_off: false,
            gas: None,
        };
        gas_of(&flow, &Characterisation::new(set).unwrap()).map(|found| (found.gas, found.kind))
    }

    #[test]
    fn inventories_write_gases_in_many_ways() {
        let air = |name| gas(name, "Elementary flows/Emission to air/unspecified", FlowKind::Emission, None);
        let is = |gas: &str, kind| Some((gas.to_string(), kind));
        assert_eq!(air("Carbon dioxide, fossil"), is("CO2", Kind::Fossil));
        assert_eq!(air("Carbon dioxide, non-fossil"), is("CO2", Kind::Biogenic));
        assert_eq!(air("Carbon dioxide, from soil or biomass stock"), is("CO2", Kind::LandUseChange));
        assert_eq!(air("Methane"), is("CH4", Kind::Unspecified));
        assert_eq!(air("Methane, non-fossil"), is("CH4", Kind::Biogenic));
        assert_eq!(air("Dinitrogen monoxide"), is("N2O", Kind::Fossil));
        assert_eq!(air("Methane, chlorotrifluoro-, CFC-13"), is("CFC-13", Kind::Fossil));
        assert_eq!(air("Methane, tetrafluoro-, R-14"), is("PFC-14", Kind::Fossil));
        assert_eq!(air("Methane, tetrachloro-, CFC-10"), is("Carbon tetrachloride", Kind::Fossil));
        assert_eq!(gas("whatever", "air", FlowKind::Emission, Some("000124-38-9")), is("CO2", Kind::Unspecified));
        assert_eq!(gas("Carbon dioxide, in air", "resource/air", FlowKind::Resource, None), is("CO2", Kind::Biogenic));
    }

    #[test]
    fn what_is_no_gas_in_the_air_is_none() {
        for name in [
            "Carbon monoxide, fossil",
            "Methane, chloro-bromo-",
            "Methanol",
            "Hydrocarbons (other than methane)",
            "R-1301",
        ] {
            assert_eq!(gas(name, "air", FlowKind::Emission, None), None, "{name}");
        }
        assert_eq!(gas("Carbon dioxide, fossil", "water/ocean", FlowKind::Emission, None), None);
    }
}
