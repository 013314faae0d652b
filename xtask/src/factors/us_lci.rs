//! The US LCI database, linked and solved: cradle-to-gate factors by gas, each with what its supply chain leaves open.
//!
//! `linking.yaml` has the decisions about providers and allocation, `products.csv` what becomes a row and under which
//! names, `left_out.csv` why the others do not. The figures are the solver's.

use super::cited;
use super::row::{Essentials, bare, read, slug};
use crate::Outcome;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use zuji_core::factor::{FactorKind, FactorRow, FactorsDocument, Inclusion, TableHead};
use zuji_core::footprint::{Background, Burden};
use zuji_core::impact::GwpSets;
use zuji_core::inventory::{DatabaseHead, Inventory, InventorySystem, Measures};
use zuji_core::matrix::Technosphere;
use zuji_core::quantity::{Lookup, UnitTable};
use zuji_core::solve::linked::{Mode, Prepared};
use zuji_formats::lci::{LciLimits, read_json_ld, unpack};
use zuji_formats::{Limits, read_linking};

/// What becomes a row.
#[derive(Deserialize)]
struct Product {
    process: String,
    name_en: String,
    name_zh: String,
    synonyms_zh: String,
    synonyms_en: String,
    class: String,
    kind: FactorKind,
    forming: String,
    note: String,
    /// The flow that the row stands for; empty for the reference flow.
    product: String,
}

/// What does not.
#[derive(Deserialize)]
struct LeftOut {
    reason: String,
}

const TABLE: &str = "us-lci";
const SOURCE: &str = "US Life Cycle Inventory Database (NREL), export of fiscal years 2017/2018, \
github.com/FLCAC-admin/uslci-content @91824482";

/// The table, by id.
pub(super) fn table(folder: &Path, units: &UnitTable, sets: &GwpSets) -> Outcome<FactorsDocument> {
    let file = "uslci_olca1_5_0_json_ld.tar.xz";
    let limits = LciLimits::default();
    let files = unpack(&std::fs::read(folder.join(file))?, file, &limits).map_err(|finding| said(&finding))?;
    let database = DatabaseHead { id: "uslci".into(), name: "US LCI".into(), ..DatabaseHead::default() };
    let inventory = read_json_ld(&files, database, &limits, &mut |_| ()).map_err(|finding| said(&finding))?.inventory;
    let decisions = std::fs::read(folder.join("linking.yaml"))?;
    let decisions = read_linking(&decisions, "linking.yaml", &Limits::default()).map_err(|finding| said(&finding))?;
    let mut assembly = inventory.assemble(units, &decisions);
    let system = std::mem::take(&mut assembly.system);
    let size = system.activities.len() as u32;
    let exchanges: Vec<(u32, u32, f64)> = system.a.iter().collect();
    let technosphere = Technosphere::from_exchanges(size, size, &exchanges, system.reference.clone())?;
    let prepared = Prepared::new(&technosphere, Mode::Reproducible)?;
    let set = sets.find("AR6-GWP100@2021").ok_or("no set AR6-GWP100@2021")?;
    let background = Background {
        inventory: &inventory,
        assembly: &assembly,
        system: &system,
        technosphere: &technosphere,
        prepared: &prepared,
        set,
    };
    let burdens = background.burdens(&Measures::new(&inventory, units))?;
    let contents = cited::contents(&folder.join("../materials"))?;
    let mut head = head(folder)?;
    let mut rows = Vec::new();
    for product in read::<Product>(&folder.join("products.csv"))? {
        let at = column(&system, &inventory, &product)
            .ok_or_else(|| format!("{} ({}) is no column of the system", product.name_en, product.process))?;
        match row(&inventory, &system, at, &burdens[at], &product, units) {
            Ok(mut row) => {
                row.carbon = cited::carbon_of(&row.class, &contents).filter(|_| row.kind == FactorKind::Material);
                rows.push(row);
            }
            Err(why) => head.left_out.push(format!("{}: {why}", product.name_en)),
        }
    }
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head, rows })
}

fn said(finding: &zuji_core::diagnostic::Diagnostic) -> String {
    finding.found(zuji_core::diagnostic::Language::En)
}

fn head(folder: &Path) -> Outcome<TableHead> {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for left_out in read::<LeftOut>(&folder.join("left_out.csv"))? {
        *reasons.entry(left_out.reason).or_default() += 1;
    }
    let count = |(reason, count): (String, usize)| format!("{count} process(es): {reason}");
    Ok(TableHead {
        id: TABLE.into(),
        version: "FY17/18 export, linked by this project".into(),
        name_en: "US LCI database: factors computed from the linked inventory".into(),
        name_zh: "美国生命周期清单数据库：由链接后的清单计算的因子".into(),
        source: SOURCE.into(),
        licence: "NREL Data Use Disclaimer Agreement: free use and redistribution with notice".into(),
        attribution: Some(
            "US Life Cycle Inventory Database (2012), National Renewable Energy Laboratory; DOE/NREL/Alliance. Modified: linked, \
             allocated and solved by this project."
                .into(),
        ),
        note: Some(
            "Inputs that the database cuts off or that nobody provides are not counted; each row says how much stands behind \
             it and what that would cost at the median of the database. 数据库截断或没有供应过程的投入未计入；每行注明其数量及按数据库\
             中位数的估计影响。"
                .into(),
        ),
        left_out: reasons.into_iter().map(count).collect(),
        closed: false,
    })
}

/// The column of a product.
fn column(system: &InventorySystem, inventory: &Inventory, product: &Product) -> Option<usize> {
    let process = &inventory.processes()[inventory.process(&product.process)?];
    let flow = match product.product.as_str() {
        "" => &inventory.flows()[inventory.exchanges()[process.reference()?].flow as usize].id,
        id => &inventory.flows()[inventory.flow(id)?].id,
    };
    let divided = system.activity(&format!("{}/{flow}", product.process));
    // Without a division there is one column, which is the reference flow's.
    divided.or_else(|| system.activity(&product.process).filter(|_| product.product.is_empty()))
}

fn row(
    inventory: &Inventory,
    system: &InventorySystem,
    at: usize,
    burden: &Burden,
    product: &Product,
    units: &UnitTable,
) -> Result<FactorRow, String> {
    let activity = &system.activities[at];
    let Lookup::Unit(_) = units.find(&activity.unit) else {
        return Err(format!("counted in {}, which no bill uses", activity.unit));
    };
    if burden.emissions.is_empty() || burden.co2e <= 0.0 {
        return Err(format!("{} kg CO2e: nothing counts, or credits exceed it", burden.co2e));
    }
    if let Some(credit) = burden.emissions.iter().find(|one| one.kg.is_some_and(|kg| kg.get() < 0.0)) {
        return Err(format!("{} is credited beyond what is emitted", credit.gas));
    }
    let process = activity.process.map(|process| &inventory.processes()[process as usize]).ok_or("no process")?;
    let geography = process.location.as_deref().unwrap_or("");
    let mut row = bare(Essentials {
        id: format!("{TABLE}/{}", slug(&product.name_en)),
        name_en: product.name_en.clone(),
        name_zh: product.name_zh.clone(),
        class: product.class.clone(),
        kind: product.kind,
        unit: &activity.unit,
        geography,
        period: process.period,
        boundary: product.kind.boundaries().first().unwrap_or(&"cradle-to-gate"),
        source: format!("{SOURCE}; process {} ({}), linked and solved", process.name, process.id),
    });
    let names = product.synonyms_zh.split('|').chain(product.synonyms_en.split('|'));
    row.synonyms = names.map(str::trim).filter(|name| !name.is_empty()).map(str::to_string).collect();
    row.emissions.clone_from(&burden.emissions);
    row.quality = burden.quality();
    row.forming = match product.forming.as_str() {
        "included" => Inclusion::Included,
        "excluded" => Inclusion::Excluded,
        _ => Inclusion::NotStated,
    };
    let notes = [product.note.trim().to_string(), burden.note(&activity.unit)];
    let notes: Vec<String> = notes.into_iter().filter(|note| !note.is_empty()).collect();
    row.note = (!notes.is_empty()).then(|| notes.join(" "));
    Ok(row)
}
