//! IPCC defaults: burning fuels, and process emissions of industry. Neither is a material, and no fuel here is whole.

mod fuel;
mod parameter;
mod process;
mod process_list;

use super::row::Origin;
use crate::Outcome;
use parameter::Parameters;
use std::path::Path;
use zuji_core::factor::{FactorsDocument, Period, TableHead};

const TABLE: &str = "ipcc-defaults";
const ORIGIN: Origin = Origin { table: TABLE, geography: "GLO", period: Period::NotStated, evidence: "secondary" };
const GUIDELINES: &str = "IPCC Guidelines for National Greenhouse Gas Inventories, via bonsai-ipcc 0.5.3";

/// The package's files that hold emission factors, and what they are computed from.
const FILES: &[&str] = &[
    "generic/carbon_content_per_energy",
    "generic/energy_content_per_mass",
    "industry/chemical/ef_ch4_i_k",
    "industry/chemical/ef_co2_i_k",
    "industry/chemical/ef_hfc23",
    "industry/chemical/gaf",
    "industry/metal/ef_agent",
    "industry/metal/ef_c2f6_alu",
    "industry/metal/ef_cf4_alu",
    "industry/metal/ef_ch4_coke",
    "industry/metal/ef_ch4_dri",
    "industry/metal/ef_ch4_ferroalloy_tier1",
    "industry/metal/ef_ch4_ferroalloy_tier2",
    "industry/metal/ef_ch4_pi",
    "industry/metal/ef_ch4_si",
    "industry/metal/ef_co2_alu",
    "industry/metal/ef_co2_coke",
    "industry/metal/ef_co2_dri",
    "industry/metal/ef_co2_ferroalloy",
    "industry/metal/ef_co2_lead",
    "industry/metal/ef_co2_magnesium",
    "industry/metal/ef_co2_pellet",
    "industry/metal/ef_co2_pigiron",
    "industry/metal/ef_co2_sinter",
    "industry/metal/ef_co2_steel",
    "industry/metal/ef_co2_zinc",
    "industry/metal/ef_n2o_bfg",
    "industry/metal/ef_n2o_ldg",
    "industry/metal/ef_sf6_magnesium",
    "industry/mineral/c_cl",
    "industry/mineral/cao_in_clinker",
    "industry/mineral/ckd_correc_fact",
    "industry/mineral/ef_c",
];

/// Defaults that become no row: how their place begins, and why. One that is neither a row nor here is an error.
const LEFT_OUT: &[(&str, &str)] = &[
    ("ef_agent: World/", "CO2 per tonne of reducing agent: tier 2, the process rows hold it per tonne of product"),
    ("ef_ch4_ferroalloy_tier2: World/", "CH4 by the way a furnace is run; tier 1 is here"),
    ("ef_ch4_ferroalloy_tier1: World/ferrosilicon_45", "no CH4 is given"),
    ("ef_n2o_bfg: World/", "N2O per tonne of flared gas, not of product"),
    ("ef_n2o_ldg: World/", "N2O per tonne of flared gas, not of product"),
    ("ef_sf6_magnesium: World/magnesite", "the same figure as for dolomite: casting does not depend on the ore"),
    ("ef_co2_i_k: World/ethylene/sc_pfu/", "a part of the total that is here"),
    ("ef_co2_i_k: World/ethylene/sc_sfu/", "a part of the total that is here"),
    ("ef_co2_i_k: World/carbon_black/", "primary and secondary feedstock contradict each other in the package"),
    ("ef_co2_i_k: World/ethylene_oxide/no_thermt/", "in kg/t among CO2 in t/t, looks like methane; not settled"),
    ("ef_co2_i_k: World/ethylene_oxide/thermt/", "in kg/t among CO2 in t/t, looks like methane; not settled"),
    ("gaf: ", "adjustments of ethylene for other regions than the world and Asia"),
];

/// What the package holds beside [`FILES`], and what it lacks.
const NOT_HERE: &[&str] = &[
    "53 files of the package with a placeholder instead of a value",
    "80 files of activity data, shares, carbon contents per mass, slopes of anode effects and other parameters of mass \
     balances: no emission factors",
    "not in the package: glass, ammonia, nitric acid, caprolactam, carbides, titanium dioxide, natural soda ash, \
     acrylonitrile, and CH4 and N2O of burning fuels",
];

/// The whole table: fuels, then processes.
pub(crate) fn table(folder: &Path) -> Outcome<FactorsDocument> {
    let parameters = Parameters::read(folder, FILES)?;
    let mut rows = fuel::rows(&parameters)?;
    rows.extend(process::rows(folder, &parameters)?);
    let mut head = head();
    head.left_out = left_out(&parameters.unused())?;
    Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head, rows })
}

/// The sentences of what became no row, with how many values each stands for.
fn left_out(unused: &[String]) -> Outcome<Vec<String>> {
    let mut counts = vec![0_usize; LEFT_OUT.len()];
    for place in unused {
        let at = LEFT_OUT.iter().position(|(start, _)| place.starts_with(start));
        let at = at.ok_or_else(|| format!("ipcc: {place} becomes no row, and no reason is given"))?;
        counts[at] += 1;
    }
    let counted = LEFT_OUT.iter().zip(counts).filter(|(_, count)| *count > 0);
    let sentence = |((start, reason), count): (&(&str, &str), usize)| format!("par_{start}* ({count}): {reason}");
    Ok(counted.map(sentence).chain(super::row::owned(NOT_HERE)).collect())
}

fn head() -> TableHead {
    TableHead {
        id: TABLE.into(),
        version: "2006 Guidelines and 2019 Refinement, via bonsai-ipcc 0.5.3".into(),
        name_en: "IPCC default emission factors: fuels and industrial processes".into(),
        name_zh: "IPCC缺省排放因子：燃料燃烧与工业过程".into(),
        source: "IPCC 2006 Guidelines for National Greenhouse Gas Inventories and 2019 Refinement; read from the package \
                 bonsai-ipcc 0.5.3"
            .into(),
        licence: "values of the IPCC, carried by bonsai-ipcc (MIT)".into(),
        attribution: Some("IPCC; bonsai-ipcc, Copyright (c) 2023 Maik Budzinski, MIT".into()),
        note: Some(
            "Defaults for national inventories, of the world. Fuels: CO2 of burning per lower heating value, from carbon and \
             energy contents; without CH4 and N2O, and without a well-to-tank row, so a line that uses one is a gap, and a \
             whole fuel of another table goes before it. Processes: what the process itself emits, without its power, its \
             materials and their making; never a material's footprint (aluminium 1.6 t and basic-oxygen steel 1.58 t CO2 per \
             tonne are such). The year of the data is not stated; the edition stands in `source`, the source's range in \
             `note`."
                .into(),
        ),
        left_out: Vec::new(),
        closed: false,
    }
}
