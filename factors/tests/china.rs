//! Chinese rows say what their sources say, and a Chinese product meets them only where they can be counted.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use zuji_core::factor::{Factor, FactorKind, Factors, Preference, select};
use zuji_core::quantity::UnitTable;

fn factors() -> Factors {
    Factors::new(zuji_factors::tables().unwrap(), &UnitTable::standard()).0
}

fn row<'a>(factors: &'a Factors, id: &str) -> &'a Factor {
    factors.get(factors.by_id(id).unwrap_or_else(|| panic!("{id} is not there")))
}

fn co2(factor: &Factor) -> f64 {
    factor.row.emissions[0].kg.unwrap().get()
}

/// Heating value × carbon × oxidised share × 44/12, worked out by hand: 42.652 GJ/t × 20.2 kg/GJ × 0.98 × 44/12.
#[test]
fn burning_is_the_product_of_the_standards_parameters() {
    let factors = factors();
    for (fuel, kg) in [
        ("diesel", 3095.91),
        ("petrol", 2925.10),
        ("natural-gas", 2.16219),
        ("coke", 2860.42),
        ("anthracite", 2521.52),
        ("coke-oven-gas", 0.886386),
        ("blast-furnace-gas", 0.848113),
    ] {
        let found = co2(row(&factors, &format!("cn-fuels/combustion/{fuel}")));
        assert!((found / kg - 1.0).abs() < 2e-5, "{fuel}: {found}");
    }
    let diesel = row(&factors, "cn-fuels/combustion/diesel").row.properties.clone().unwrap();
    assert_eq!(diesel.lower_heating_value.unwrap().get(), 42.652);
    assert_eq!(diesel.density.unwrap().get(), 845.0);
    assert_eq!(co2(row(&factors, "cn-fuels/heat/default")), 110.0);
}

#[test]
fn upstream_and_freight_are_those_of_their_sources() {
    let factors = factors();
    for (id, value, kind) in [
        ("cn-fuels/upstream/diesel", 650.86, FactorKind::FuelUpstream),
        ("cn-fuels/upstream/petrol", 633.96, FactorKind::FuelUpstream),
        ("cn-fuels/upstream/natural-gas", 0.608, FactorKind::FuelUpstream),
        ("cn-freight/heavy-diesel-30t", 0.078, FactorKind::FreightLifeCycle),
        ("cn-freight/light-diesel-2t", 0.286, FactorKind::FreightLifeCycle),
        ("cn-freight/rail-average", 0.01, FactorKind::FreightLifeCycle),
        ("cn-freight/diesel-all-2024", 0.2157, FactorKind::FreightLifeCycle),
        ("cn-freight/air-2024", 0.921, FactorKind::Freight),
        ("cited-materials/cn-pvc-pipe-gbt51366", 7.93, FactorKind::Material),
        ("cited-materials/cn-wear-resistant-steel-cpcd", 2.676, FactorKind::Material),
        ("cited-materials/cn-household-landfill-none-cpcd", 0.8195, FactorKind::WasteTreatment),
        ("cited-materials/rer-pa6-plasticseurope-gabi", 6.52, FactorKind::Material),
    ] {
        let factor = row(&factors, id);
        assert_eq!((factor.row.co2e.unwrap().get(), factor.row.kind), (value, kind), "{id}");
    }
}

/// A Chinese half does not push a whole row of another country aside; a Chinese whole does.
#[test]
fn a_half_never_stands_before_a_whole() {
    let factors = factors();
    let best = |name: &str, kinds: &[FactorKind]| {
        let wanted = Preference { kinds, geography: "CN-GD", year: Some(2025) };
        let choice = select(&factors, &factors.by_name(name), &wanted);
        factors.get(choice.usable[0].index).row.id.clone()
    };
    let fuels = &[FactorKind::FuelCombustion, FactorKind::FuelLifeCycle];
    assert_eq!(best("柴油", fuels), "cn-fuels/combustion/diesel");
    assert_eq!(best("汽油", fuels), "cn-fuels/combustion/petrol");
    assert_eq!(best("天然气", fuels), "cn-fuels/combustion/natural-gas");
    for name in ["液化石油气", "液化天然气", "石脑油"] {
        assert!(best(name, fuels).starts_with("uk-desnz-2024/"), "{name}: {}", best(name, fuels));
    }
    let freight = &[FactorKind::Freight, FactorKind::FreightLifeCycle];
    assert_eq!(best("铁路", freight), "cn-freight/rail-average");
    assert!(best("公路", freight).starts_with("uk-desnz-2024/"));
    assert!(best("海运", freight).starts_with("uk-desnz-2024/"));
}

/// Grades that people write find a row that covers them, or one that says it stands in.
#[test]
fn grades_find_their_row() {
    let factors = factors();
    let class = |name: &str| -> Vec<(String, bool)> {
        let rows = factors.by_name(name).into_iter().map(|index| &factors.get(index).row);
        rows.filter(|row| row.kind == FactorKind::Material)
            .map(|row| (row.class.clone(), row.proxy.is_some()))
            .collect()
    };
    for (name, wanted, proxy) in [
        ("Q235", "metal.steel.carbon", false),
        ("Q355B", "metal.steel.carbon", false),
        ("S235JR", "metal.steel.carbon", false),
        ("DC04", "metal.steel.carbon", false),
        ("45#", "metal.steel.bar", false),
        ("SECC", "metal.steel.galvanised", false),
        ("SUS304", "metal.steel.stainless", false),
        ("316L", "metal.steel.stainless", true),
        ("SUS430", "metal.steel.stainless", true),
        ("50W470", "metal.steel.electrical", true),
        ("GCr15", "metal.steel.alloy", true),
        ("HT250", "metal.iron.cast", false),
        ("ZG270-500", "metal.steel.cast", true),
        ("6061-T6", "metal.aluminium.primary", false),
        ("A380", "metal.aluminium.cast", true),
        ("C1100", "metal.copper", false),
        ("C2680", "metal.brass", true),
        ("PA66-GF30", "plastic.reinforced", true),
        ("PC/ABS", "plastic.pc-abs", true),
        ("珍珠棉", "foam.epe", true),
        ("丁腈橡胶", "rubber.synthetic", true),
    ] {
        let found = class(name);
        assert!(found.contains(&(wanted.to_string(), proxy)), "{name}: {found:?}");
    }
}

/// A line without a name is called by its number, so a bare number as a name would make part 304 stainless steel.
#[test]
fn steel_grades_are_not_bare_numbers() {
    let factors = factors();
    for number in ["201", "304", "316", "420", "430", "1045", "1060", "3003"] {
        assert!(factors.by_name(number).is_empty(), "{number}");
    }
    assert!(!factors.by_name("304钢").is_empty() && !factors.by_name("AISI 304").is_empty());
}
