//! Whether a footprint can be compared: boundary, set, functional unit, method and factor packs are the standard's, or
//! there is a reason why not (design §4.7; `incomparable` is neither pass, fail nor zero).

use super::bids::{Basis, BidFootprint};
use super::document::{FootprintRules, FunctionalUnit, Lifetime};
use super::outcome::Sentence;
use super::rules::Standard;
use super::unit::Measured;
use crate::factor::Pin;
use crate::math::{DecimalText, Rational, decimal_text};
use crate::quantity::UnitTable;
use num_traits::{One, Zero};
use std::collections::BTreeSet;

/// A footprint that was computed from a record or a product, under the standard's lifetime and use.
#[derive(Clone, Debug, Default)]
pub struct Computed {
    /// The total.
    pub value: DecimalText,
    /// What the bidder's own scenario gives, where it is another.
    pub own: Option<DecimalText>,
    /// Unit.
    pub unit: String,
    /// The boundary's id.
    pub boundary: String,
    /// Its modules.
    pub modules: Vec<String>,
    /// Sets of characterisation factors in the total.
    pub gwp_sets: Vec<String>,
    /// The method's names.
    pub methods: Vec<String>,
    /// The packs that it rests on.
    pub packs: Vec<Pin>,
    /// Whether it knows the standard's service life.
    pub lifetime: bool,
    /// Why it is not complete, in English and Chinese.
    pub gaps: Option<(String, String)>,
}

/// A footprint that can be compared: in the standard's unit, per its functional unit.
pub(super) struct Comparable {
    pub declared: Option<Rational>,
    pub computed: Option<Rational>,
}

/// A footprint in the standard's terms, or the reasons why it cannot be compared.
pub(super) fn compare(
    standard: &Standard,
    footprint: &BidFootprint,
    computed: Option<&Computed>,
    basis: Option<&Basis>,
    units: &UnitTable,
) -> Result<Comparable, Vec<Sentence>> {
    let rules = standard.footprint_rules();
    let mut reasons = Vec::new();
    let mut refuse = |clause: &str, en: String, zh: String| {
        reasons.push(Sentence { clause: format!("pcf.{clause}"), en, zh });
    };
    let frame = Frame::of(footprint, computed, basis);
    boundary(&rules, &frame, &mut refuse);
    gwp(&rules, &frame, &mut refuse);
    if let Some(wanted) = &rules.method
        && !frame.methods.iter().any(|method| same_name(method, wanted))
    {
        let found = stated(&frame.methods);
        refuse("method", format!("method {}, not {wanted}", found.0), format!("方法为{}，而非 {wanted}", found.1));
    }
    if let (Some(wanted), None) = (&rules.electricity, computed)
        && frame.electricity.as_ref().is_some_and(|found| !same_name(found, wanted))
    {
        let found = frame.electricity.as_deref().unwrap_or("");
        refuse(
            "electricity",
            format!("electricity {found}-based, not {wanted}"),
            format!("电力核算为 {found}，而非 {wanted}"),
        );
    }
    packs(&rules, &frame, &mut refuse);
    functional_unit(standard, &frame, computed, &mut refuse);
    if let Some((en, zh)) = computed.and_then(|computed| computed.gaps.clone()) {
        refuse("coverage", en, zh);
    }
    let ratio = ratio(standard, &frame, units, &mut refuse);
    let mut number = |text: Option<&DecimalText>| match text.map(|text| (text, text.value())) {
        None => None,
        Some((_, Ok(value))) => Some(value),
        Some((text, Err(cause))) => {
            let (en, zh) = cause.words();
            refuse("value", format!("\"{text}\": {en}"), format!("“{text}”：{zh}"));
            None
        }
    };
    let declared = number(footprint.value.as_ref());
    let own = number(computed.and_then(|computed| computed.own.as_ref()));
    let value = number(computed.map(|computed| &computed.value));
    match (reasons.is_empty(), ratio) {
        (true, Some(ratio)) => Ok(Comparable {
            declared: declared.or(own).map(|value| value * &ratio),
            computed: value.map(|value| value * &ratio),
        }),
        _ => Err(reasons),
    }
}

/// What is said of a footprint, wherever it is said.
struct Frame<'a> {
    unit: Option<&'a str>,
    boundary: BTreeSet<String>,
    boundary_id: Option<String>,
    gwp_sets: Vec<String>,
    methods: Vec<String>,
    electricity: Option<String>,
    functional_unit: Option<&'a FunctionalUnit>,
    packs: &'a [Pin],
}

impl<'a> Frame<'a> {
    fn of(footprint: &'a BidFootprint, computed: Option<&'a Computed>, basis: Option<&'a Basis>) -> Self {
        if let Some(computed) = computed {
            return Self {
                unit: Some(&computed.unit),
                boundary: modules(&computed.modules),
                boundary_id: Some(computed.boundary.clone()),
                gwp_sets: computed.gwp_sets.clone(),
                methods: computed.methods.clone(),
                electricity: None,
                functional_unit: None,
                packs: &computed.packs,
            };
        }
        let empty: &'a [String] = &[];
        let own = footprint.boundary.as_slice();
        let given = if own.is_empty() { basis.map_or(empty, |basis| &basis.boundary) } else { own };
        let either = |own: &'a Option<String>, pick: fn(&'a Basis) -> &'a Option<String>| {
            own.as_deref().or_else(|| basis.and_then(|basis| pick(basis).as_deref()))
        };
        Self {
            unit: either(&footprint.unit, |basis| &basis.unit),
            boundary: modules(given),
            boundary_id: match given {
                [only] => Some(only.clone()),
                _ => None,
            },
            gwp_sets: either(&footprint.gwp_set, |basis| &basis.gwp_set).map(str::to_string).into_iter().collect(),
            methods: either(&footprint.method, |basis| &basis.method).map(str::to_string).into_iter().collect(),
            electricity: either(&footprint.electricity, |basis| &basis.electricity).map(str::to_string),
            functional_unit: footprint
                .functional_unit
                .as_ref()
                .or_else(|| basis.and_then(|basis| basis.functional_unit.as_ref())),
            packs: match (footprint.packs.as_slice(), basis) {
                ([], Some(basis)) => &basis.packs,
                (own, _) => own,
            },
        }
    }
}

fn boundary(rules: &FootprintRules, frame: &Frame, refuse: &mut dyn FnMut(&str, String, String)) {
    if rules.boundary.is_empty() {
        return;
    }
    let by_id = match (rules.boundary.as_slice(), &frame.boundary_id) {
        ([wanted], Some(found)) => same_name(wanted, found),
        _ => false,
    };
    if by_id || modules(&rules.boundary) == frame.boundary {
        return;
    }
    let wanted = rules.boundary.join(", ");
    let list: Vec<String> = frame.boundary.iter().cloned().collect();
    let found = stated(&list);
    refuse("boundary", format!("boundary {}, not {wanted}", found.0), format!("边界为{}，而非 {wanted}", found.1));
}

fn gwp(rules: &FootprintRules, frame: &Frame, refuse: &mut dyn FnMut(&str, String, String)) {
    let Some(wanted) = &rules.gwp_set else { return };
    if frame.gwp_sets.is_empty() || !frame.gwp_sets.iter().all(|found| same_set(found, wanted)) {
        let found = stated(&frame.gwp_sets);
        refuse(
            "gwp_set",
            format!("GWP set {}, not {wanted}", found.0),
            format!("GWP 因子集为{}，而非 {wanted}", found.1),
        );
    }
}

/// Figures from other factors are other figures: 18.2 or 40.6 kg for the same aluminium part. Under pins the packs must
/// be the pinned ones; without pins a figure that rests on packs has nothing to be held against.
fn packs(rules: &FootprintRules, frame: &Frame, refuse: &mut dyn FnMut(&str, String, String)) {
    let name = |pin: &Pin| format!("{}@{}", pin.id, pin.sha256.chars().take(12).collect::<String>());
    let names = |pins: &[Pin]| pins.iter().map(name).collect::<Vec<_>>();
    if rules.packs.is_empty() {
        if !frame.packs.is_empty() {
            let found = names(frame.packs).join(", ");
            refuse(
                "packs",
                format!("it rests on the factor packs {found}, and the standard pins none"),
                format!("其依据因子包 {found}，而标准没有固定因子包"),
            );
        }
        return;
    }
    let pinned = |pin: &Pin| {
        rules.packs.iter().any(|wanted| {
            let (a, b) = (wanted.sha256.to_ascii_lowercase(), pin.sha256.to_ascii_lowercase());
            wanted.id == pin.id && !a.is_empty() && (b.starts_with(&a) || (b.len() >= 8 && a.starts_with(&b)))
        })
    };
    if frame.packs.is_empty() || !frame.packs.iter().all(pinned) {
        let (found, wanted) = (stated(&names(frame.packs)), names(&rules.packs).join(", "));
        refuse(
            "packs",
            format!("factor packs {}, pinned are {wanted}", found.0),
            format!("因子包为{}，标准固定的是 {wanted}", found.1),
        );
    }
}

fn functional_unit(
    standard: &Standard,
    frame: &Frame,
    computed: Option<&Computed>,
    refuse: &mut dyn FnMut(&str, String, String),
) {
    let Some(wanted) = &standard.document.functional_unit else { return };
    if let Some(life) = &wanted.service_life {
        let wanted = years(life);
        let known = match computed {
            // What was computed here has the standard's lifetime, where the product says how it is used at all.
            Some(computed) => computed.lifetime.then(|| wanted.clone()).flatten(),
            None => frame.functional_unit.and_then(|unit| unit.service_life.as_ref()).and_then(years),
        };
        if known.is_none() || known != wanted {
            let text = |value: &Option<Rational>| value.as_ref().map(decimal_text);
            let wanted = text(&wanted).unwrap_or_else(|| life.value.0.clone());
            let found = stated(&text(&known).into_iter().collect::<Vec<_>>());
            refuse(
                "functional_unit",
                format!("service life {} a, not {wanted} a", found.0),
                format!("使用年限为{}年，而非 {wanted} 年", found.1),
            );
        }
    }
    if let (Some(profile), None) = (&wanted.duty_profile, computed) {
        let found = frame.functional_unit.and_then(|unit| unit.duty_profile.as_ref());
        if !found.is_some_and(|found| same_name(found, profile)) {
            let found = stated(&found.cloned().into_iter().collect::<Vec<_>>());
            refuse(
                "functional_unit",
                format!("duty profile {}, not {profile}", found.0),
                format!("使用模式为{}，而非 {profile}", found.1),
            );
        }
    }
}

/// From the footprint's unit and quantity to the standard's.
fn ratio(
    standard: &Standard,
    frame: &Frame,
    units: &UnitTable,
    refuse: &mut dyn FnMut(&str, String, String),
) -> Option<Rational> {
    let Some(wanted) = &standard.unit else { return Some(Rational::one()) };
    let text = standard.document.pcf.as_ref().and_then(|rules| rules.unit.as_deref()).unwrap_or("");
    let quantity = |unit: Option<&FunctionalUnit>| {
        unit.and_then(|unit| unit.quantity.value().ok()).filter(|value| *value > Rational::zero())
    };
    let scale = match (quantity(standard.document.functional_unit.as_ref()), quantity(frame.functional_unit)) {
        (Some(wanted), Some(found)) => wanted / found,
        _ => Rational::one(),
    };
    let ratio = frame.unit.and_then(|unit| Measured::read(unit, units).in_terms_of(wanted));
    if ratio.is_none() {
        let found = stated(&frame.unit.map(str::to_string).into_iter().collect::<Vec<_>>());
        refuse("unit", format!("unit {}, not {text}", found.0), format!("单位为{}，而非 {text}", found.1));
    }
    ratio.map(|ratio| ratio * scale)
}

fn years(life: &Lifetime) -> Option<Rational> {
    let value = life.value.value().ok()?;
    let per_year = match life.unit.trim() {
        "" | "a" | "year" | "years" | "yr" | "年" => 1,
        "month" | "months" | "月" => 12,
        _ => return None,
    };
    Some(value / Rational::from_integer(per_year.into()))
}

/// What is stated, or that nothing is, in English and Chinese.
fn stated(list: &[String]) -> (String, String) {
    if list.is_empty() {
        ("not stated".into(), "未注明".into())
    } else {
        (list.join(", "), format!(" {} ", list.join(", ")))
    }
}

/// Names are the same in any case and with any hyphens.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    crate::factor::name_key(a) == crate::factor::name_key(b)
}

/// `IPCC-AR6-GWP100`, `AR6` and `AR6-GWP100@2021` name one set; an edition that both name must be the same.
fn same_set(a: &str, b: &str) -> bool {
    let key = |text: &str| {
        let upper = text.trim().to_ascii_uppercase().replace(' ', "-");
        let bare = upper.strip_prefix("IPCC-").unwrap_or(&upper).to_string();
        let (name, edition) = bare
            .split_once('@')
            .map_or((bare.clone(), None), |(name, edition)| (name.to_string(), Some(edition.to_string())));
        let name = if name.contains('-') { name } else { format!("{name}-GWP100") };
        (name, edition)
    };
    let ((name, edition), (other, its)) = (key(a), key(b));
    name == other && (edition.is_none() || its.is_none() || edition == its)
}

/// Single modules of a list with ranges: `A1-A3` is A1, A2 and A3. Anything else stands for itself.
fn modules(list: &[String]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for text in list {
        let upper = text.trim().to_ascii_uppercase();
        let split = |text: &str| {
            let mut characters = text.chars();
            let letter = characters.next().filter(char::is_ascii_alphabetic)?;
            Some((letter, characters.as_str().parse::<u8>().ok().filter(|number| *number <= 9)?))
        };
        let range = upper.split_once(['-', '–']).and_then(|(from, to)| Some((split(from)?, split(to)?)));
        match range {
            Some(((letter, from), (other, to))) if letter == other && from <= to => {
                all.extend((from..=to).map(|number| format!("{letter}{number}")));
            }
            // Packaging is part of A3 (EN 15804).
            _ if upper == "A3-PACKAGING" => {
                all.insert("A3".into());
            }
            _ => {
                all.insert(if split(&upper).is_some() { upper } else { text.trim().to_lowercase() });
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_and_modules_have_several_spellings() {
        assert!(same_set("IPCC-AR6-GWP100", "AR6-GWP100@2021"));
        assert!(same_set("AR6", "ipcc-ar6-gwp100"));
        assert!(!same_set("AR5", "AR6"));
        assert!(!same_set("AR6-GWP100", "AR6-GWP20"));
        assert!(!same_set("AR4-GWP100@2007", "AR4-GWP100@2012"));
        let list = |texts: &[&str]| modules(&texts.iter().map(|text| (*text).to_string()).collect::<Vec<_>>());
        assert_eq!(list(&["A1-A3", "A4"]), list(&["A4", "a3", "A2", "A1"]));
        assert_eq!(list(&["A1", "A2", "A3", "A3-packaging"]), list(&["A1-A3"]));
        assert_ne!(list(&["A1-A3"]), list(&["A1-A4"]));
        assert_eq!(list(&["Cradle-to-grave"]), list(&["cradle-to-grave"]));
        assert_eq!(list(&["A1-B9999999"]).len(), 1);
    }
}
