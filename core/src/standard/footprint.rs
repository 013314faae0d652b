//! Footprints from records and products, under the standard's lifetime, use, method and factor packs: a bidder's own
//! scenario is shown beside it and never scored.

use super::compare::Computed;
use super::document::StandardDocument;
use crate::footprint::{Footprint, footprint};
use crate::hash::sha256_hex;
use crate::math::DecimalText;
use crate::product::{Bill, Declared, Library, Options, ProductDocument, Scalar};
use crate::record::{Replay, open};

/// Why a file cannot serve as a footprint, in English and Chinese.
pub type Refusal = (String, String);

/// The footprint of a product under a standard. The bidder's own scenario is computed beside it.
///
/// # Errors
/// Why nothing could be computed.
pub fn of_product(
    bill: &Bill,
    document: &ProductDocument,
    library: &Library,
    options: &Options,
    standard: &StandardDocument,
) -> Result<Computed, Refusal> {
    let mut options = options.clone();
    if let Some(rules) = &standard.pcf {
        if options.pins.is_empty() {
            options.pins.clone_from(&rules.packs);
        }
        options.method = options.method.or_else(|| rules.method.clone());
        if let [boundary] = rules.boundary.as_slice() {
            options.boundary = options.boundary.or_else(|| Some(boundary.clone()));
        }
        let set = rules.gwp_set.as_deref().map(|set| set.strip_prefix("IPCC-").unwrap_or(set).to_string());
        options.gwp = options.gwp.or(set.filter(|set| library.sets.find(set).is_some()));
    }
    under(bill, document, library, &options, standard)
}

/// The footprint of a record under a standard: the record must recompute to its own bytes, then it is computed once more
/// with the standard's lifetime and use.
///
/// # Errors
/// Why the record cannot serve.
pub fn of_record(bytes: &[u8], sha256: Option<&str>, standard: &StandardDocument) -> Result<Computed, Refusal> {
    let own = sha256_hex(bytes);
    if sha256.is_some_and(|stated| !stated.trim().eq_ignore_ascii_case(&own)) {
        let stated = sha256.unwrap_or("");
        return Err((
            format!("its SHA-256 is {own}, the bid states {stated}"),
            format!("其 SHA-256 为 {own}，而投标写明 {stated}"),
        ));
    }
    let opened = open(bytes).map_err(|error| (error.to_string(), format!("不是有效的记录：{error}")))?;
    match opened.compare(bytes) {
        Ok(Replay::Same) => {}
        Ok(Replay::Different { at, given, recomputed, .. }) => {
            return Err((
                format!("it does not recompute: {at} is {given}, recomputed {recomputed}"),
                format!("无法重算一致：{at} 为 {given}，重算得 {recomputed}"),
            ));
        }
        Err(error) => return Err((error.to_string(), format!("不是有效的记录：{error}"))),
    }
    under(&opened.bill, &opened.document, &opened.library, &opened.options, standard)
}

/// Once as the standard says, once as the bidder does.
fn under(
    bill: &Bill,
    document: &ProductDocument,
    library: &Library,
    options: &Options,
    standard: &StandardDocument,
) -> Result<Computed, Refusal> {
    let theirs = scenario(document, standard);
    let own = footprint(bill, document, library, options);
    let outcome = footprint(bill, &theirs, library, options);
    let Some(result) = &outcome.footprint else {
        let cause =
            |language| outcome.diagnostics.iter().last().map_or(String::new(), |finding| finding.found(language));
        use crate::diagnostic::Language;
        return Err((cause(Language::En), cause(Language::Zh)));
    };
    let own = own.footprint.as_ref().map(total).filter(|own| *own != total(result));
    Ok(computed(result, own.map(DecimalText)))
}

fn total(result: &Footprint) -> String {
    result.report().total.excluding_biogenic_uptake.to_string()
}

fn computed(result: &Footprint, own: Option<DecimalText>) -> Computed {
    let report = result.report();
    let coverage = &report.coverage;
    let gaps = (!result.coverage.is_complete()).then(|| {
        let missing = coverage.missing.len();
        (
            format!("incomplete: {missing} item(s) are missing, and nothing missing is zero"),
            format!("不完整：缺少 {missing} 项，缺失不等于零"),
        )
    });
    let profile = result.study.profile;
    let factors = &result.library.factors;
    let mut packs: Vec<usize> = result.used().into_iter().map(|index| factors.get(index).pack).collect();
    packs.sort_unstable();
    packs.dedup();
    let pin = |pack: usize| crate::factor::Pin {
        id: factors.packs()[pack].table.id.clone(),
        sha256: factors.packs()[pack].sha256.clone(),
    };
    let amount = &report.declared_unit.amount.0;
    let per = if amount.trim() == "1" {
        report.declared_unit.unit.clone()
    } else {
        format!("{amount} {}", report.declared_unit.unit)
    };
    Computed {
        value: DecimalText(total(result)),
        own,
        unit: format!("kgCO2e/{per}"),
        boundary: result.study.boundary.id.clone(),
        modules: result.study.boundary.modules.iter().map(|module| module.id().to_string()).collect(),
        gwp_sets: report.method.gwp.iter().map(|share| share.set.clone()).collect(),
        methods: std::iter::once(profile.id.clone()).chain(profile.aliases.iter().cloned()).collect(),
        packs: packs.into_iter().map(pin).collect(),
        lifetime: result.study.years.is_some(),
        gaps,
    }
}

/// The document with the standard's lifetime and place of use.
fn scenario(document: &ProductDocument, standard: &StandardDocument) -> ProductDocument {
    let mut document = document.clone();
    if let Some(life) = standard.functional_unit.as_ref().and_then(|unit| unit.service_life.as_ref()) {
        let unit = if life.unit.trim().is_empty() { "a" } else { life.unit.trim() };
        document.service_life = Some(Scalar(format!("{} {unit}", life.value)));
    }
    if let (Some(place), Declared::Some(use_phase)) =
        (standard.pcf.as_ref().and_then(|rules| rules.use_geography.as_ref()), &mut document.use_phase)
    {
        for energy in &mut use_phase.energy {
            energy.geography = Some(place.clone());
        }
    }
    document
}
