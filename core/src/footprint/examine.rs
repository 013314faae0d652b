//! What a careful reader would say of a result as a whole: mixed sets, far-off factors, proxies, doubtful mass, repeated
//! rows, what a supplier's figure changed.

use super::cells::Standing;
use super::compute::{Footprint, first_names};
use super::report::SetShare;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, catalogue};
use crate::factor::{Inclusion, Period};
use crate::math::{Sum, plain, significant};
use crate::method::Module;
use crate::product::{Bill, Options, Role};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// What a careful reader would say of the result as a whole.
pub(super) fn examine(footprint: &Footprint, options: &Options, repeated: Diagnostics, found: &mut Diagnostics) {
    mixed_sets(footprint, options, found);
    origins(footprint, found);
    packs(footprint, found);
    outside_boundary(footprint, found);
    mass_balance(footprint, found);
    found.extend(repeated);
    suppliers(footprint, found);
    estimates(footprint, found);
    cut_off(footprint, found);
}

/// Amounts of energy that the document calls estimates.
fn estimates(footprint: &Footprint, found: &mut Diagnostics) {
    let document = footprint.document;
    let making = document.energy.given().map_or(&[][..], Vec::as_slice);
    let using = document.use_phase.given().map_or(&[][..], |use_phase| &use_phase.energy);
    let estimated = || making.iter().chain(using).filter(|energy| energy.measured == Some(false));
    if estimated().next().is_some() {
        let names = estimated().map(|energy| energy.name.as_deref().unwrap_or(&energy.carrier));
        let finding = Diagnostic::new(&catalogue::B605).with("count", estimated().count());
        found.push(finding.with("names", first_names(names)));
    }
}

fn mixed_sets(footprint: &Footprint, options: &Options, found: &mut Diagnostics) {
    let method = footprint.method();
    let total = footprint.cells.total as f64;
    let share_of = |sets: &[&SetShare]| {
        let part: f64 = sets.iter().map(|set| set.amount.quanta() as f64).sum();
        if total != 0.0 { format!("{} %", significant(part / total * 100.0, 3)) } else { "–".into() }
    };
    let strictly = |finding: Diagnostic| if options.strict { finding.as_severity(Severity::Error) } else { finding };
    let others: Vec<&SetShare> = method.gwp.iter().skip(1).collect();
    let (silent, stated): (Vec<&SetShare>, Vec<&SetShare>) = others.iter().partition(|set| set.set == "not stated");
    if options.strict && !others.is_empty() {
        found.push(Diagnostic::new(&catalogue::P706).with("share", share_of(&others)));
    }
    let chosen = footprint.study.set.document();
    // Years apart are worse than reports apart: the figures do not even mean the same.
    let (years, reports): (Vec<&SetShare>, Vec<&SetShare>) =
        stated.iter().partition(|set| set.horizon.is_some_and(|horizon| horizon != chosen.horizon));
    for (entry, sets) in [(&catalogue::G202, reports), (&catalogue::G205, years)] {
        if sets.is_empty() {
            continue;
        }
        let list: Vec<String> = sets
            .iter()
            .map(|set| match &set.share {
                Some(share) => format!("{} {share} %", set.set),
                None => set.set.clone(),
            })
            .collect();
        found.push(strictly(
            Diagnostic::new(entry)
                .with("share", share_of(&sets))
                .with("set", &chosen.id)
                .with("horizon", chosen.horizon)
                .with("others", list.join(", ")),
        ));
    }
    let usual = footprint.library.sets.find(&footprint.study.profile.gwp).map(|set| set.document().horizon);
    if let Some(usual) = usual.filter(|usual| *usual != chosen.horizon) {
        found.push(
            Diagnostic::new(&catalogue::G206)
                .with("horizon", chosen.horizon)
                .with("usual", usual)
                .with("profile", &footprint.study.profile.id),
        );
    }
    if !silent.is_empty() {
        found.push(strictly(Diagnostic::new(&catalogue::G204).with("share", share_of(&silent))));
    }
}

/// Findings that concern many lines at once, by the recipes they share.
fn origins(footprint: &Footprint, found: &mut Diagnostics) {
    let recipes = &footprint.activities.recipes;
    let uses = &footprint.uses;
    let used: Vec<usize> = (0..recipes.len()).filter(|&recipe| uses[recipe].known > 0).collect();
    let factors = &footprint.library.factors;
    let ids = |chosen: &[usize]| {
        let mut ids: Vec<&str> = chosen
            .iter()
            .filter_map(|&recipe| recipes[recipe].inputs.first())
            .map(|input| factors.get(input.factor).row.id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        (ids.len(), first_names(ids.into_iter()))
    };
    let names = |chosen: &[usize]| {
        first_names(chosen.iter().map(|&recipe| footprint.activities.name(footprint.bill, uses[recipe].first)))
    };
    let count = |chosen: &[usize]| chosen.iter().map(|&recipe| u64::from(uses[recipe].known)).sum::<u64>();
    let pick = |condition: &dyn Fn(usize) -> bool| -> Vec<usize> {
        used.iter().copied().filter(|&recipe| condition(recipe)).collect()
    };

    let far = pick(&|recipe| {
        let first = recipes[recipe].inputs.first();
        let dated = first.is_some_and(|input| matches!(factors.get(input.factor).row.period, Period::Years(..)));
        recipes[recipe].supplied.is_none()
            && (recipes[recipe].scores[1] == 5
                || (recipes[recipe].scores[2] == 5 && dated && footprint.study.date.is_some()))
    });
    if !far.is_empty() {
        let (count, names) = ids(&far);
        found.push(Diagnostic::new(&catalogue::F320).with("count", count).with("names", names));
    }
    let proxies = pick(&|recipe| recipes[recipe].proxy);
    if !proxies.is_empty() {
        found.push(Diagnostic::new(&catalogue::F321).with("count", count(&proxies)).with("names", names(&proxies)));
    }
    let defaults = pick(&|recipe| recipes[recipe].inputs.first().is_some_and(|input| input.conversion.uses_default()));
    if !defaults.is_empty() {
        found.push(Diagnostic::new(&catalogue::U211).with("count", count(&defaults)));
    }
    let assumed = pick(&|recipe| recipes[recipe].assumed_stage);
    if !assumed.is_empty() {
        found.push(Diagnostic::new(&catalogue::F330).with("count", count(&assumed)).with("names", names(&assumed)));
    }
    // "Including forming" beside plant energy is a question, until it is answered.
    let energy = used.iter().any(|&recipe| uses[recipe].energy && recipes[recipe].module == Module::A3);
    if energy && footprint.document.forming.as_deref() != Some("bought") {
        let formed = pick(&|recipe| {
            recipes[recipe].module == Module::A1
                && recipes[recipe]
                    .inputs
                    .iter()
                    .any(|input| factors.get(input.factor).row.forming == Inclusion::Included)
        });
        if !formed.is_empty() {
            let (count, names) = ids(&formed);
            found.push(Diagnostic::new(&catalogue::F313).with("count", count).with("names", names));
        }
    }
    for power in footprint.dual_power() {
        found.push(
            Diagnostic::new(&catalogue::F324)
                .with("name", power.name)
                .with("location", power.location_based)
                .with("market", power.market_based)
                .with("geography", &footprint.study.geography),
        );
    }
}

/// Pins, and figures that others cannot look up.
fn packs(footprint: &Footprint, found: &mut Diagnostics) {
    let factors = &footprint.library.factors;
    if footprint.study.packs.pinned {
        let pinned = factors.packs().iter().enumerate().filter(|(at, _)| footprint.study.packs.allows(*at));
        let names: Vec<String> = pinned
            .map(|(_, pack)| format!("{}@{}", pack.table.id, &pack.sha256[..pack.sha256.len().min(12)]))
            .collect();
        found.push(Diagnostic::new(&catalogue::F412).with("packs", names.join(", ")));
    }
    let closed = footprint.closed_factors();
    if let (Some(share), false) = (footprint.closed_share(), closed.is_empty()) {
        let names = first_names(closed.iter().map(|&index| factors.get(index).row.id.as_str()));
        found.push(Diagnostic::new(&catalogue::F413).with("share", format!("{share} %")).with("names", names));
    }
}

fn outside_boundary(footprint: &Footprint, found: &mut Diagnostics) {
    let outside = footprint.cells.standing.iter().filter(|standing| **standing == Standing::Outside).count();
    if outside > 0 {
        let names: Vec<(&str, &str)> = Module::ALL
            .into_iter()
            .filter(|&module| footprint.cells.module_outside(module) != 0)
            .map(Module::name)
            .collect();
        let join = |pick: fn(&(&'static str, &'static str)) -> &'static str, with: &str| {
            names.iter().map(pick).collect::<Vec<_>>().join(with)
        };
        let boundary = footprint.study.boundary;
        found.push(
            Diagnostic::new(&catalogue::P702)
                .with("count", outside)
                .with_words("boundary", (&boundary.name_en, &boundary.name_zh))
                .with_words("stages", (join(|name| name.0, ", "), join(|name| name.1, "、"))),
        );
    }
}

/// The parts against the product's own mass: a slip between g and kg shows here.
fn mass_balance(footprint: &Footprint, found: &mut Diagnostics) {
    let Some(product) = footprint.study.mass else { return };
    let mut parts = Sum::default();
    let mut heaviest = (0.0, 0u32);
    for entry in footprint.activities.entries.iter().filter(|entry| entry.role == Role::Material) {
        let recipe = &footprint.activities.recipes[entry.recipe as usize];
        let Some(line) = footprint.bill.lines().get(entry.origin as usize) else { continue };
        let (Module::A1, Some(mass)) = (recipe.module, recipe.mass) else { continue };
        let mass = mass * line.quantity * footprint.scaling.units[entry.node as usize];
        if mass.is_finite() {
            parts.add(mass);
            if mass > heaviest.0 {
                heaviest = (mass, entry.origin);
            }
        }
    }
    // The production may be divided among co-products; the mass that counts here is divided with it.
    let parts = parts.value();
    let ratio = parts / product;
    let complete = footprint.coverage.is_complete();
    if parts == 0.0 || (ratio > 0.5 || !complete) && ratio < 2.0 {
        return;
    }
    let closes = |factor: f64| ((parts - heaviest.0 + heaviest.0 * factor) / product - 1.0).abs() < 0.05;
    let hint = if closes(0.001) {
        ("; in grams the heaviest line would close the balance", "；若最重一行以克计则质量平衡")
    } else {
        ("", "")
    };
    found.push(
        Diagnostic::new(&catalogue::Q301)
            .with("parts", significant(parts, 4))
            .with("product", plain(product))
            .with_words("hint", hint)
            .with("name", footprint.activities.name(footprint.bill, heaviest.1))
            .with("heaviest", significant(heaviest.0, 4))
            .at(footprint.activities.place(footprint.bill, heaviest.1)),
    );
}

/// Rows that are the same in everything, position included.
pub(super) fn duplicates(bill: &Bill) -> Diagnostics {
    let mut found = Diagnostics::default();
    let hash = |position: usize| {
        let line = &bill.lines()[position];
        let mut hasher = FxHasher::default();
        hasher.write(bill.name_bytes(line));
        hasher.write_u32(line.key().0);
        hasher.write_u32(line.node().0);
        hasher.write_u64(line.quantity.to_bits());
        hasher.finish()
    };
    let suspects = repeated(bill.lines().len(), hash);
    let mut groups: FxHashMap<(u64, String), Vec<u32>> = FxHashMap::default();
    for (hash, position) in suspects {
        let line = &bill.lines()[position as usize];
        let details = bill.details(line).map(|details| format!("{details:?}")).unwrap_or_default();
        let positions =
            groups.entry((hash, format!("{}|{:?}|{details}", bill.name(line), bill.code(line)))).or_default();
        if positions.len() < 10_000 {
            positions.push(position);
        }
    }
    let mut groups: Vec<Vec<u32>> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort();
    for group in groups {
        let line = &bill.lines()[group[0] as usize];
        found.push(
            Diagnostic::new(&catalogue::B204)
                .with("count", group.len())
                .with("name", bill.name(line))
                .with("amount", plain(line.quantity))
                .with("unit", &bill.key(line.key()).unit)
                .at_all(group.iter().map(|&position| bill.place(bill.lines()[position as usize].row, "quantity"))),
        );
    }
    found
}

/// The positions whose hash occurs more than once, in order. A table of bits names the few that may, so that nothing is
/// sorted and the common case touches two megabytes.
fn repeated(count: usize, hash: impl Fn(usize) -> u64 + Sync) -> Vec<(u64, u32)> {
    let hashes = crate::math::map_blocks(count, &hash);
    let bits = (count.max(64) * 16).next_power_of_two();
    let mut seen = vec![0u64; bits / 64];
    let mut again = vec![0u64; bits / 64];
    for &hash in &hashes {
        let bit = hash as usize % bits;
        again[bit / 64] |= seen[bit / 64] & (1 << (bit % 64));
        seen[bit / 64] |= 1 << (bit % 64);
    }
    let mut times: FxHashMap<u64, u32> = FxHashMap::default();
    let suspect = |hash: u64| again[(hash as usize % bits) / 64] >> (hash as usize % bits % 64) & 1 == 1;
    let suspects: Vec<(u64, u32)> = hashes
        .iter()
        .enumerate()
        .filter(|(_, hash)| suspect(**hash))
        .map(|(position, &hash)| (hash, position as u32))
        .collect();
    for (hash, _) in &suspects {
        *times.entry(*hash).or_default() += 1;
    }
    suspects.into_iter().filter(|(hash, _)| times[hash] > 1).collect()
}

/// What a supplier's footprint changed against the average.
fn suppliers(footprint: &Footprint, found: &mut Diagnostics) {
    if !footprint.activities.recipes.iter().any(|recipe| recipe.supplied.is_some()) {
        return;
    }
    for (index, entry) in footprint.activities.entries.iter().enumerate() {
        let recipe = &footprint.activities.recipes[entry.recipe as usize];
        let Some(supplied) = recipe.supplied.as_ref().filter(|_| footprint.counts(index)) else { continue };
        let Some(average) = supplied.average.and_then(|factor| footprint.characterised(factor)) else { continue };
        let units = entry.amount * footprint.scaling.units[entry.node as usize];
        let average = average * supplied.average_coefficient * units;
        let own = supplied.co2e * units;
        found.push(
            Diagnostic::new(&catalogue::C412)
                .with("name", footprint.activities.name(footprint.bill, entry.origin))
                .with("average", significant(average, 4))
                .with("supplier", significant(own, 4))
                .with("delta", significant(own - average, 3))
                .at(footprint.activities.place(footprint.bill, entry.origin)),
        );
    }
}

/// Exclusions against the profile's cut-off criteria.
fn cut_off(footprint: &Footprint, found: &mut Diagnostics) {
    let mut excluded = Sum::default();
    for exclusion in &footprint.document.excluded {
        let Some(text) = &exclusion.estimate else { continue };
        match crate::quantity::read_number(&text.0) {
            Ok(estimate) => excluded.add(estimate.abs()),
            // An estimate that cannot be read must not pass as nothing.
            Err(_) => found.push(
                Diagnostic::new(&catalogue::V106)
                    .with("field", "excluded.estimate")
                    .with("text", &text.0)
                    .with_words("range", ("kg CO2e per declared unit, a number", "每声明单位的 kg CO2e 数值"))
                    .at(crate::diagnostic::Place::field("excluded")),
            ),
        }
    }
    let Some(limit) = footprint.study.profile.cut_off_percent else { return };
    let total = footprint.total().to_f64() + excluded.value();
    if total > 0.0 && excluded.value() / total * 100.0 > limit.get() {
        found.push(
            Diagnostic::new(&catalogue::P705)
                .with("share", format!("{} %", significant(excluded.value() / total * 100.0, 3)))
                .with("profile", &footprint.study.profile.id)
                .with("limit", format!("{} %", plain(limit.get()))),
        );
    }
}
