//! One product, from its document to its footprint.

use super::cells::{Amounts, Cells, Standing};
use super::coverage::Coverage;
use super::quality::Quality;
use super::subtotal;
use super::usage::{self, Use};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, catalogue};
use crate::math::{Exact, Sum, both, plain, significant};
use crate::matrix::{Columns, System};
use crate::method::Module;
use crate::product::{
    Activities, Bill, Library, NodeIndex, Options, ProductDocument, Recipe, RecipeState, Role, Study,
};
use crate::solve::{Certificate, Scaling, adjoint, scale};

/// How deep assemblies may be nested unless a caller says otherwise.
pub const MAX_DEPTH: u32 = 64;

/// A footprint with everything it was made from.
#[derive(Debug)]
pub struct Footprint<'a> {
    /// The bill of materials.
    pub bill: &'a Bill,
    /// The document around it.
    pub document: &'a ProductDocument,
    /// What it was computed with.
    pub library: &'a Library,
    /// The frame.
    pub study: Study<'a>,
    /// All activities.
    pub activities: Activities,
    /// The foreground.
    pub system: System,
    /// The characterised background.
    pub columns: Columns,
    /// Units of every process.
    pub scaling: Scaling,
    /// kg CO2e of one unit of every process, with all below it.
    pub per_unit: Vec<f64>,
    /// The exact sums.
    pub cells: Cells,
    /// What every recipe is to the result.
    pub uses: Vec<Use>,
    /// Quanta of every process over all its uses, exact where the bill is a tree.
    pub subtotals: Vec<i64>,
    /// What is known and what is missing.
    pub coverage: Coverage,
    /// Data quality.
    pub quality: Quality,
    /// Biogenic carbon in the product at the gate, kg; `None` where a bio-based line does not know its content.
    pub biogenic_carbon: Option<f64>,
    /// Biogenic carbon in its packaging, kg; `None` likewise.
    pub packaging_biogenic_carbon: Option<f64>,
    /// How well the system was solved.
    pub certificate: Certificate,
}

/// What a computation returns: a footprint if there is one, and all findings.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// `None` where nothing can be computed.
    pub footprint: Option<Footprint<'a>>,
    /// Everything that was found.
    pub diagnostics: Diagnostics,
}

/// Computes the footprint of one declared unit of a product.
///
/// Nothing is guessed and nothing missing is zero: what does not resolve is listed in `coverage.missing`, lowers the
/// coverage and makes the result incomplete.
pub fn footprint<'a>(
    bill: &'a Bill,
    document: &'a ProductDocument,
    library: &'a Library,
    options: &Options,
) -> Outcome<'a> {
    let mut found = Diagnostics::default();
    let footprint = match compute(bill, document, library, options, &mut found) {
        Ok(footprint) => Some(footprint),
        Err(finding) => {
            found.push(finding);
            None
        }
    };
    Outcome { footprint, diagnostics: merge(found) }
}

fn compute<'a>(
    bill: &'a Bill,
    document: &'a ProductDocument,
    library: &'a Library,
    options: &Options,
    found: &mut Diagnostics,
) -> Result<Footprint<'a>, Diagnostic> {
    let study = Study::settle(document, library, options, found)?;
    let ((activities, more), repeated) =
        both(|| Activities::lay_out(bill, document, &study, library, options), || super::examine::duplicates(bill));
    found.extend(more);
    let system = System::new(&activities).map_err(|cycle| {
        let names: Vec<&str> = cycle.lines.iter().map(|&line| activities.name(bill, line)).collect();
        let mut path = names.join(" → ");
        if let Some(first) = names.first() {
            path += &format!(" → {first}");
        }
        let places = cycle.lines.iter().map(|&line| activities.place(bill, line));
        Diagnostic::new(&catalogue::B401).with("cycle", path).at_all(places)
    })?;
    let limit = options.max_depth.unwrap_or(MAX_DEPTH);
    if system.depth() > limit {
        return Err(Diagnostic::new(&catalogue::S610)
            .with("found", system.depth())
            .with("limit", limit)
            .with("flag", "--max-depth"));
    }
    let (columns, more) = Columns::new(&activities.recipes, &library.factors, study.set, &library.sets);
    found.extend(more);
    let scaling = scale(&system);
    let amounts = Amounts { activities: &activities, scaling: &scaling, times: activities.replaced.clone() };
    let cells = Cells::new(&amounts, &system, &columns, &study.boundary.modules);
    // Each of these walks all activities once and none needs another.
    let (per_unit, ((coverage, uncovered), uses, subtotals, (carbon, bio_based))) = both(
        || adjoint_footprints(&activities, &system, &columns, &cells),
        || {
            let coverage = Coverage::new(&amounts, bill, &system, &columns, &cells, found);
            let uses = usage::of_recipes(&activities, &cells);
            let subtotals = subtotal::roll_up(&activities, &system, &cells);
            (coverage, uses, subtotals, carbon_at_gate(&amounts, bill, &cells))
        },
    );
    found.extend(uncovered);
    found.extend(bio_based);
    let forward_error = match cells.unrounded {
        0.0 => 0.0,
        total => (per_unit.1 - total).abs() / total.abs(),
    };
    let certificate = Certificate {
        method: "topological sweep, forward and adjoint",
        iterations: 1,
        residual: scaling.residual,
        forward_error,
    };
    if coverage.counted == 0 {
        return Err(Diagnostic::new(&catalogue::P707));
    }
    let (biogenic_carbon, packaging_biogenic_carbon) = carbon;
    let footprint = Footprint {
        bill,
        document,
        library,
        study,
        subtotals,
        system,
        columns,
        per_unit: per_unit.0,
        cells,
        coverage,
        quality: Quality::new(&activities, &uses),
        uses,
        biogenic_carbon,
        packaging_biogenic_carbon,
        certificate,
        scaling,
        activities,
    };
    super::examine::examine(&footprint, options, repeated, found);
    Ok(footprint)
}

/// kg CO2e of one unit of every process (the adjoint λ), of what counts and is not replaced; and the demand's total by
/// it, with the replacements that only the forward sweep knows added from there.
fn adjoint_footprints(activities: &Activities, system: &System, columns: &Columns, cells: &Cells) -> (Vec<f64>, f64) {
    let mut own = vec![Sum::default(); system.len()];
    for (index, entry) in activities.entries.iter().enumerate() {
        if cells.standing[index] == Standing::Counted {
            own[entry.node as usize].add(entry.amount * columns.columns[entry.recipe as usize].total);
        }
    }
    let mut per_unit: Vec<f64> = own.into_iter().map(Sum::value).collect();
    adjoint(system, &mut per_unit);
    let mut total = Sum::default();
    total.add(per_unit[NodeIndex::PRODUCT.0 as usize]);
    for &(_, quanta) in &cells.replaced {
        total.add(cells.quantum.exact(quanta).to_f64());
    }
    (per_unit, total.value())
}

/// The biogenic carbon that leaves the gate in the product and in its packaging. Losses stay in the plant, so it is the
/// quantity without them that counts.
fn carbon_at_gate(amounts: &Amounts, bill: &Bill, cells: &Cells) -> ((Option<f64>, Option<f64>), Diagnostics) {
    let mut found = Diagnostics::default();
    let living = |recipe: &Recipe| recipe.bio_based || recipe.biogenic_carbon.is_some_and(|carbon| carbon != 0.0);
    if !amounts.activities.recipes.iter().any(living) {
        return ((Some(0.0), Some(0.0)), found);
    }
    let (mut product, mut packaging) = (Sum::default(), Sum::default());
    let mut unknown: [Vec<u32>; 2] = [Vec::new(), Vec::new()];
    for (index, entry) in amounts.activities.entries.iter().enumerate() {
        let recipe = &amounts.activities.recipes[entry.recipe as usize];
        let (sum, slot) = match recipe.module {
            Module::A1 => (&mut product, 0),
            Module::Packaging => (&mut packaging, 1),
            _ => continue,
        };
        if entry.role != Role::Material || cells.standing[index] == Standing::Unknown {
            continue;
        }
        let Some(line) = bill.lines().get(entry.origin as usize) else { continue };
        let net = line.quantity * amounts.scaling.units[entry.node as usize];
        match recipe.biogenic_carbon {
            Some(carbon) => sum.add(carbon * net),
            None if recipe.bio_based => unknown[slot].push(entry.origin),
            None => {}
        }
    }
    let all: Vec<u32> = unknown.iter().flatten().copied().collect();
    if !all.is_empty() {
        let names = first_names(all.iter().map(|&origin| amounts.activities.name(bill, origin)));
        let places = all.iter().map(|&origin| amounts.activities.place(bill, origin));
        // The uptake is that of the product; its packaging's carbon stands apart.
        let effect = match unknown[0].is_empty() {
            true => ("The biogenic carbon of the packaging is unknown", "包装的生物成因碳含量未知"),
            false => ("The total including biogenic uptake is unknown", "包含生物成因吸收的总量未知"),
        };
        let finding = Diagnostic::new(&catalogue::F326).with("count", all.len()).with("names", names);
        found.push(finding.with_words("effect", effect).at_all(places));
    }
    let known = |sum: Sum, unknown: &[u32]| unknown.is_empty().then(|| sum.value());
    ((known(product, &unknown[0]), known(packaging, &unknown[1])), found)
}

/// Up to five different names.
pub(super) fn first_names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut shown: Vec<&str> = Vec::new();
    let mut more = false;
    for name in names {
        if shown.contains(&name) {
            continue;
        }
        if shown.len() == 5 {
            more = true;
            break;
        }
        shown.push(name);
    }
    let list = shown.join(", ");
    if more { format!("{list} …") } else { list }
}

/// The same finding at several places is one finding.
fn merge(found: Diagnostics) -> Diagnostics {
    let mut merged: Vec<Diagnostic> = Vec::new();
    let mut by_code: rustc_hash::FxHashMap<&'static str, Vec<usize>> = rustc_hash::FxHashMap::default();
    for finding in found.iter() {
        let known = by_code.entry(finding.code()).or_default();
        // A file with thousands of different findings of one code must not cost the square of them.
        match known.iter().take(64).find(|&&at| merged[at].says_the_same(finding)) {
            Some(&at) => {
                let places = finding.places().to_vec();
                let kept = merged[at].clone().at_all(
                    places.into_iter().filter(|place| !merged[at].places().contains(place)).collect::<Vec<_>>(),
                );
                merged[at] = kept;
            }
            None => {
                known.push(merged.len());
                merged.push(finding.clone());
            }
        }
    }
    merged.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    let mut out = Diagnostics::default();
    for finding in merged {
        out.push(finding);
    }
    out
}

impl Outcome<'_> {
    /// The exit status of design §7: 0 computed and all checks pass, 1 computed but a question or check is open, 2
    /// nothing computed.
    pub fn exit_status(&self) -> u8 {
        match &self.footprint {
            None => 2,
            Some(footprint) => {
                let open = self.diagnostics.count(Severity::Error) + self.diagnostics.count(Severity::Question) > 0;
                u8::from(open || !footprint.coverage.is_complete())
            }
        }
    }
}

impl Footprint<'_> {
    /// The total excluding biogenic uptake, kg CO2e.
    pub fn total(&self) -> Exact {
        self.cells.quantum.exact(self.cells.total)
    }

    /// The uptake of biogenic CO2 in the product at the gate, in quanta: −44/12 × biogenic carbon (PACT 3; ISO 14067).
    pub fn uptake(&self) -> Option<i64> {
        self.biogenic_carbon.map(|carbon| -(self.cells.quantum.rounder())(carbon * crate::impact::CO2_PER_CARBON))
    }

    /// The total including biogenic uptake, kg CO2e; `None` where a bio-based line does not know its carbon.
    pub fn total_including_uptake(&self) -> Option<Exact> {
        self.uptake().map(|uptake| self.cells.quantum.exact(self.cells.total + uptake))
    }

    /// An upper bound for the total: what is counted plus the 95th percentile of its class for what is missing; `None`
    /// where something is missing without an estimate.
    pub fn upper_bound(&self) -> Option<Exact> {
        let estimate = self.coverage.estimate?;
        let total = self.total().to_f64();
        // An estimate may be larger than the total by any factor; then it sets the digits.
        let quantum = self.cells.quantum.holding(total.abs() + estimate);
        let counted = if quantum == self.cells.quantum { self.cells.total } else { (quantum.rounder())(total) };
        Some(quantum.exact(counted + (quantum.rounder())(estimate)))
    }

    /// The number on the screen: three significant digits.
    pub fn headline(&self) -> String {
        significant(self.total().to_f64(), 3)
    }

    /// The gap between the published total and the unrounded one, kg CO2e.
    pub fn rounding_gap(&self) -> String {
        plain(self.total().to_f64() - self.cells.unrounded)
    }

    /// Whether an activity counts.
    pub fn counts(&self, activity: usize) -> bool {
        self.cells.standing[activity] == Standing::Counted
    }

    /// Whether an activity's recipe could be resolved.
    pub fn resolved(&self, activity: usize) -> bool {
        self.activities.recipes[self.activities.entries[activity].recipe as usize].state == RecipeState::Counted
    }
}
