//! Which names mean the same gas. The two copies and the three reports name gases by acronym, formula or IUPAC name.

use std::collections::BTreeMap;

/// Gases that go by their formula; the rest go by acronym, else by the source's name.
const BY_FORMULA: [&str; 5] = ["CO2", "CH4", "N2O", "SF6", "NF3"];

/// Names that no rule brings together: name or formula in a copy, id of the gas.
const SAME: &[(&str, &str)] = &[
    ("(Z)-HFC-1225ye", "HFO-1225ye(Z)"),
    ("(E)-HFC-1225ye", "HFO-1225ye(E)"),
    ("(Z)-HFC-1234ze", "HFO-1234ze(Z)"),
    ("(E)-HFC-1234ze", "HFO-1234ze(E)"),
    ("(Z)-HFC-1336", "HFO-1336mzz(Z)"),
    ("(E)-1-Chloro-3,3,3-trifluoroprop-1-ene", "HCFO-1233zd(E)"),
    ("HFC-1345zfc", "HFO-1345zfc"),
    ("CFC 1112", "CFC-1112"),
    ("CFC 1112a", "CFC-1112a"),
    ("PFC-318", "PFC-C-318"),
    ("C7F16", "PFC-61-16"),
    ("Octafluorocyclopentene", "Perfluorocyclopentene"),
    ("Z-C10F18", "Perfluorodecalin (cis)"),
    ("E-C10F18", "Perfluorodecalin (trans)"),
    ("HFE-43-10pccc124 (H-Galden 1040x, HG-11)", "HFE-43-10pccc124"),
    ("HFE-43-10pccc124(H-Galden 1040x)", "HFE-43-10pccc124"),
    ("2,2,3,3,4,4,5,5-Octafluorocyclopentanol", "2,2,3,3,4,4,5,5-octafluorocyclopentan-1-ol"),
    ("Formic acid;1,1,1,3,3,3-hexafluoropropan-2-ol", "1,1,1,3,3,3-Hexafluoropropan-2-yl formate"),
    ("HG’-01", "HG'-01"),
    ("HG’-02", "HG'-02"),
    ("HG’-03", "HG'-03"),
    // Table 8.A.1 of AR5 lists these molecules twice, once by acronym and once by formula.
    ("1,1’-Oxybis[2-(difluoromethoxy)-1,1,2,2-tetrafluoroethane", "HG-02"),
    ("1,1,3,3,4,4,6,6,7,7,9,9,10,10,12,12-hexa-decafluoro-2,5,8,11-Tetraoxadodecane", "HG-03"),
    ("1,1,3,3,4,4,6,6,7,7,9,9,10,10,12,12,13,13,15,15-eico-safluoro-2,5,8,11,14-Pentaoxapentadecane", "HG-04"),
];

/// How a copy names a gas.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) acronym: &'a str,
    pub(super) name: &'a str,
    pub(super) formula: &'a str,
    /// Whether an unknown name may be settled by its formula. Not within one report: isomers share a formula.
    pub(super) by_formula: bool,
}

/// Ids of the gases, found by any of their names.
#[derive(Default)]
pub(super) struct Gases {
    by_key: BTreeMap<String, String>,
}

impl Gases {
    /// The id of a gas; it is made from these names if the gas is new. Acronym and name count before the formula.
    pub(super) fn id(&mut self, named: Named) -> String {
        let names = [named.acronym, named.name, named.formula];
        let same = names.iter().find_map(|name| SAME.iter().find(|(known, _)| known == name));
        let formula = BY_FORMULA.iter().find(|formula| **formula == named.formula);
        let first = if named.acronym.is_empty() { named.name } else { named.acronym };
        let id = match (same, formula) {
            (Some((_, id)), _) => (*id).to_string(),
            (None, Some(formula)) => (*formula).to_string(),
            (None, None) => self
                .by_key
                .get(&key(first))
                .or_else(|| self.by_key.get(&key(named.formula)).filter(|_| named.by_formula))
                .cloned()
                .unwrap_or_else(|| first.to_string()),
        };
        for name in names.into_iter().chain([id.as_str()]).filter(|name| !name.is_empty()) {
            self.by_key.entry(key(name)).or_insert_with(|| id.clone());
        }
        id
    }

    /// The id of a gas that is known by one name.
    pub(super) fn find(&self, name: &str) -> Option<String> {
        let same = SAME.iter().find(|(known, _)| *known == name).map(|(_, id)| (*id).to_string());
        same.or_else(|| self.by_key.get(&key(name)).cloned())
    }
}

/// A name without case and punctuation; the prime of HG'-02 is kept, it tells HG'-02 from HG-02.
fn key(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_ascii_alphanumeric() || matches!(character, '\'' | '’'))
        .map(|character| if character == '’' { '\'' } else { character.to_ascii_lowercase() })
        .collect()
}

/// Where a gas stands in a set: the common ones first, the rest by name.
pub(super) fn rank(id: &str) -> (usize, String) {
    (BY_FORMULA.iter().position(|formula| *formula == id).unwrap_or(BY_FORMULA.len()), id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isomers_stay_apart_and_spellings_meet() {
        let mut gases = Gases::default();
        let hexenol = |name| Named { acronym: "", name, formula: "CH3CH2CH2CH=CHCH2OH", by_formula: false };
        assert_ne!(gases.id(hexenol("(z)-hex-2-en-1-ol")), gases.id(hexenol("(e)-hex-2-en-1-ol")));
        let acronym = |acronym, formula| Named { acronym, name: "", formula, by_formula: true };
        let mee = gases.id(acronym("HFC-43-10mee", "CF3CHFCHFCF2CF3"));
        assert_eq!(gases.find("HFC4310mee"), Some(mee.clone()));
        assert_eq!(gases.id(acronym("", "CF3CHFCHFCF2CF3")), mee);
        assert_ne!(gases.id(acronym("HG'-02", "CH3O(CF2CF2O)2CH3")), gases.id(acronym("HG-02", "CHF2(OCF2CF2)2OCHF2")));
    }
}
