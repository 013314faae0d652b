//! The tables of the US EPA and the IPCC say what their raw files say, and are what they claim: halves, direct emissions,
//! figures per money, processes, never a material.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]
#![allow(clippy::disallowed_methods, reason = "packs are held against the raw files beside them")]

use std::collections::{BTreeMap, BTreeSet};
use zuji_core::factor::{Factor, FactorKind, FactorRow, Factors, FactorsDocument, Inclusion, Period};
use zuji_core::impact::{Characterisation, CharacterisationDocument, Kind};
use zuji_core::math::plain;
use zuji_core::quantity::{Lookup, Mark, Unit, UnitTable};

const HUB: &str = "us-epa-hub-2024";
const SPEND: &str = "us-epa-supply-chain-1.3";
const IPCC: &str = "ipcc-defaults";

/// A raw table: each line by the names of its columns.
fn raw(path: &str) -> Vec<BTreeMap<String, String>> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("raw").join(path);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    csv::Reader::from_reader(bytes).deserialize().map(Result::unwrap).collect()
}

fn number(text: &str) -> f64 {
    text.trim().parse().unwrap_or_else(|_| panic!("\"{text}\" is not a number"))
}

fn table(id: &str) -> FactorsDocument {
    zuji_factors::tables().unwrap().into_iter().find(|document| document.table.id == id).unwrap()
}

fn row<'a>(document: &'a FactorsDocument, path: &str) -> &'a FactorRow {
    let id = format!("{}/{path}", document.table.id);
    document.rows.iter().find(|row| row.id == id).unwrap_or_else(|| panic!("{id} is not there"))
}

fn count(document: &FactorsDocument, group: &str) -> usize {
    document.rows.iter().filter(|row| row.id.starts_with(&format!("{}/{group}/", document.table.id))).count()
}

fn kg(row: &FactorRow, gas: &str) -> f64 {
    row.emissions.iter().find(|emission| emission.gas == gas).and_then(|emission| emission.kg).unwrap().get()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * b.abs()
}

fn unit(symbol: &str) -> Unit {
    match UnitTable::standard().find(symbol) {
        Lookup::Unit(unit) => unit,
        other => panic!("{symbol}: {other:?}"),
    }
}

fn set(id: &str) -> Characterisation {
    let mut documents = zuji_factors::characterisation_sets().unwrap().into_iter();
    let document: CharacterisationDocument = documents.find(|document| document.id == id).unwrap();
    Characterisation::new(document).unwrap()
}

fn all() -> Factors {
    Factors::new(zuji_factors::tables().unwrap(), &UnitTable::standard()).0
}

#[test]
fn every_row_says_what_it_must() {
    for id in [HUB, SPEND, IPCC] {
        let document = table(id);
        let head = &document.table;
        assert!(
            head.licence.len() > 10 && head.attribution.is_some() && head.note.is_some() && !head.left_out.is_empty()
        );
        for row in &document.rows {
            assert!(row.quality.label.is_some() && row.quality.evidence.is_some(), "{}", row.id);
            assert!(!row.boundary.is_empty() && !row.geography.is_empty() && row.source.len() > 10, "{}", row.id);
            // The guidelines state an edition, never the year of the data.
            assert_eq!(row.period == Period::NotStated, id == IPCC, "{}", row.id);
            assert!(row.emissions.iter().all(|emission| emission.kg.is_some() || emission.gas == "CO2e"), "{}", row.id);
            assert!(row.co2e.is_none() || row.gwp.is_some(), "{}", row.id);
        }
    }
}

#[test]
fn the_hub_has_every_value_that_it_does_not_leave_out() {
    let document = table(HUB);
    let fuels = raw("us_epa_hub/stationary-combustion.csv");
    let by_amount = fuels.iter().filter(|line| !line["CO2 Factor"].is_empty()).count();
    assert_eq!((fuels.len(), by_amount), (63, 58));
    assert_eq!(count(&document, "stationary"), fuels.len() + by_amount);
    let machines = raw("us_epa_hub/mobile-combustion-ch4-and-n2O-for-non-road-vehicles.csv");
    assert_eq!(count(&document, "mobile"), machines.len());
    assert_eq!(count(&document, "electricity"), raw("us_epa_hub/electricity.csv").len());
    assert_eq!(count(&document, "heat"), raw("us_epa_hub/steam-and-heat.csv").len());
    assert_eq!(count(&document, "freight"), 7);
    let waste = raw(
        "us_epa_hub/scope-3-category-5-waste-generated-in-operations-and-category-12-end-of-life-treatment-of-sold-products.csv",
    );
    let cells = waste.iter().flatten().filter(|(name, _)| *name != "Material" && *name != "Year");
    let (full, empty): (Vec<_>, Vec<_>) = cells.partition(|(_, value)| !value.is_empty());
    assert_eq!((count(&document, "waste"), empty.len()), (full.len(), 183));
    assert_eq!(document.rows.len(), 380);
    // What is left out is counted in the head.
    let left_out = document.table.left_out.join("\n");
    for (file, words) in [
        ("mobile-combustion-co2.csv", "CO2 per fuel (10 values)"),
        ("mobile-combustion-ch4-and-n2O-for-on-road-gasoline-vehicles.csv", "on-road gasoline (208 values)"),
        ("mobile-combustion-ch4-and-n2o-for-on-road-diesel-and-alternative-fuel-vehicles.csv", "(212 values)"),
        ("electricity.csv", "non-baseload (28 values)"),
        ("scope-3-category-6-business-travel-and-category-7-employee-commuting.csv", "commuting (12 values)"),
        ("gwp.csv", "(32 gases)"),
        ("gwp-for-blended-refrigerants.csv", "refrigerant blends (30)"),
    ] {
        let lines = raw(&format!("us_epa_hub/{file}")).len();
        assert!(words.contains(&lines.to_string()), "{file} has {lines} lines");
        assert!(left_out.contains(words), "{words}");
    }
}

#[test]
fn the_hub_says_what_its_files_say() {
    let document = table(HUB);
    for (path, unit, gas, value) in [
        ("stationary/anthracite-coal/mmbtu", "MMBtu (HHV)", "CO2", 103.69),
        ("stationary/anthracite-coal/mmbtu", "MMBtu (HHV)", "CH4", 0.011),
        ("stationary/anthracite-coal/mmbtu", "MMBtu (HHV)", "N2O", 0.0016),
        ("stationary/anthracite-coal/short-ton", "short ton", "CO2", 2602.0),
        ("stationary/natural-gas/ft3", "ft3", "CO2", 0.05444),
        ("stationary/distillate-fuel-oil-no-2/gal", "US gal", "N2O", 0.00008),
        ("stationary/wood-and-wood-residuals/mmbtu", "MMBtu (HHV)", "CO2", 93.8),
        ("mobile/construction-mining-equipment/diesel-equipment/gal", "US gal", "CO2", 10.21),
        ("mobile/construction-mining-equipment/diesel-equipment/gal", "US gal", "CH4", 0.0010116395737074635),
        ("mobile/ships-and-boats/residual-fuel-oil/gal", "US gal", "CO2", 11.27),
        // 823.149 lb/MWh, 0.453 592 37 kg per lb.
        ("electricity/us-average/kwh", "kWh", "CO2", 0.373_374_105_773_13),
        ("electricity/camx/kwh", "kWh", "N2O", 0.000_001_814_369_48),
        ("heat/steam-and-heat/mmbtu", "MMBtu", "CO2", 66.33),
        ("freight/rail/short-ton-mile", "short ton·mile", "CO2", 0.021893211868107464),
        ("freight/medium-and-heavy-duty-truck/mile", "mile", "CO2", 1.2469943848164289),
    ] {
        let row = row(&document, path);
        assert_eq!((row.unit.as_str(), plain(kg(row, gas))), (unit, plain(value)), "{path}");
    }
    for (path, co2e) in [
        ("waste/hdpe/combusted/short-ton", 2800.0),
        ("waste/corrugated-containers/landfilled/short-ton", 1000.0),
        ("waste/pp/recycled/short-ton", 200.0),
        ("waste/asphalt-concrete/recycled/short-ton", 3.520_538_495_466_667_4),
        ("waste/beef/digested-wet/short-ton", 110.0),
    ] {
        let row = row(&document, path);
        assert_eq!(row.co2e.map(|co2e| plain(co2e.get())), Some(plain(co2e)), "{path}");
        assert_eq!(row.gwp.as_deref(), Some("AR5-GWP100@unfccc"));
    }
}

/// 1 short ton-mile is 907.184 74 kg × 1609.344 m, exactly; a truck per t·km follows from it and nothing else.
#[test]
fn a_short_ton_mile_is_exact() {
    let ratio = unit("short ton·mile").ratio_to(&unit("t·km")).unwrap();
    assert_eq!(ratio * 1_000_000, zuji_core::quantity::Unit::scale(&unit("short ton·mile")));
    assert_eq!((*ratio.numer(), *ratio.denom()), (90_718_474 * 1_609_344 / 256, 100_000_000_i128 * 1_000_000 / 256));
    let truck = kg(row(&table(HUB), "freight/medium-and-heavy-duty-truck/short-ton-mile"), "CO2");
    assert!(near(
        truck / (*ratio.numer() as f64 / *ratio.denom() as f64),
        0.168_042_601_834_139_08 / 1.459_972_318_210_56
    ));
}

/// Per physical unit is heat content × per mmBtu, within the rounding of the three figures.
#[test]
fn the_hub_agrees_with_itself() {
    let half_unit = |text: &str| {
        let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        0.5 / 10_f64.powi(decimals as i32)
    };
    let mut compared = 0;
    for line in raw("us_epa_hub/stationary-combustion.csv").iter().filter(|line| !line["CO2 Factor"].is_empty()) {
        let [heat, energy, amount] = ["Heat Content (HHV)", "CO2 Factor Energy", "CO2 Factor"].map(|name| &line[name]);
        let share = |text: &str| half_unit(text) / number(text);
        let product = number(heat) * number(energy);
        let tolerance = product * (share(heat) + share(energy)) + half_unit(amount);
        assert!((product - number(amount)).abs() <= tolerance, "{}: {product} {amount}", line["Fuel Type"]);
        compared += 1;
    }
    assert_eq!(compared, 58);
}

#[test]
fn the_hub_gives_halves_and_direct_emissions_and_says_so() {
    let document = table(HUB);
    let kinds: BTreeSet<FactorKind> = document.rows.iter().map(|row| row.kind).collect();
    let expected = [
        FactorKind::ElectricityDirect,
        FactorKind::FuelCombustion,
        FactorKind::Heat,
        FactorKind::Freight,
        FactorKind::WasteTreatment,
    ];
    assert_eq!(kinds, BTreeSet::from(expected));
    let factors = all();
    let of_hub = factors.iter().map(|(_, factor)| factor).filter(|factor| factor.table.id == HUB);
    let (halves, others): (Vec<&Factor>, Vec<&Factor>) = of_hub.partition(|factor| factor.lacks_its_half());
    assert!(halves.iter().all(|factor| factor.row.kind.needs_companion()));
    assert!(others.iter().all(|factor| !factor.row.kind.needs_companion()));
    for row in document.rows.iter().filter(|row| row.id.ends_with("/mmbtu") && row.kind == FactorKind::FuelCombustion) {
        assert_eq!(*unit(&row.unit).mark(), Mark::HigherHeating, "{}", row.id);
    }
    let anthracite = row(&document, "stationary/anthracite-coal/short-ton").properties.as_ref().unwrap();
    assert_eq!(anthracite.higher_heating_value.unwrap().get(), 29.18);
    // Living matter is biogenic in all gases; a mixture is neither; peat is fossil.
    for (path, kind) in [
        ("stationary/wood-and-wood-residuals/mmbtu", Kind::Biogenic),
        ("stationary/landfill-gas/ft3", Kind::Biogenic),
        ("stationary/ethanol-100/gal", Kind::Biogenic),
        ("stationary/kraft-pulping-liquor-bamboo/mmbtu", Kind::Biogenic),
        ("stationary/municipal-solid-waste/mmbtu", Kind::Unspecified),
        ("stationary/tires/mmbtu", Kind::Unspecified),
        ("stationary/peat/mmbtu", Kind::Fossil),
        ("stationary/natural-gas/mmbtu", Kind::Fossil),
    ] {
        assert!(row(&document, path).emissions.iter().all(|emission| emission.kind == kind), "{path}");
    }
    let states: BTreeSet<&str> = document.rows.iter().map(|row| row.geography.as_str()).collect();
    assert_eq!(states, BTreeSet::from(["PR", "US", "US-AK", "US-CA", "US-FL", "US-HI", "US-MI", "US-NY", "US-TX"]));
}

#[test]
fn only_treatment_by_fire_speaks_of_the_stack() {
    for document in zuji_factors::tables().unwrap() {
        for row in &document.rows {
            let expected = match row.class.as_str() {
                class if class.starts_with("waste.combusted.") => Inclusion::Included,
                class if class.starts_with("waste.combustion.") => Inclusion::Excluded,
                _ => Inclusion::NotStated,
            };
            assert_eq!(row.stack_carbon, expected, "{}", row.id);
        }
    }
}

const SUPPLY: &str = "us_epa_supply_chain/SupplyChainGHGEmissionFactors_v1.3.0_NAICS";
const WITH_MARGINS: &str = "Supply Chain Emission Factors with Margins";

#[test]
fn the_supply_chain_table_is_the_two_files() {
    let document = table(SPEND);
    let totals = raw(&format!("{SUPPLY}_CO2e_USD2022.csv"));
    assert_eq!((document.rows.len(), totals.len()), (1016, 1016));
    for (row, line) in document.rows.iter().zip(&totals) {
        assert_eq!(row.id, format!("{SPEND}/{}", line["2017 NAICS Code"]));
        assert_eq!((row.name_en.as_str(), row.unit.as_str()), (line["2017 NAICS Title"].trim(), "USD2022"));
        assert_eq!(row.codes, [format!("NAICS {}", line["2017 NAICS Code"])]);
        let published = row.published.as_ref().unwrap();
        assert_eq!((published.co2e.get(), published.gwp.as_str()), (number(&line[WITH_MARGINS]), "AR5-GWP100@unfccc"));
        assert_eq!((row.kind, row.boundary.as_str()), (FactorKind::Spend, "cradle-to-purchaser"));
        assert!(row.synonyms.is_empty() && row.co2e.is_none());
    }
    // All 18,288 values by gas, in kg or, for the unspecified HFCs and PFCs, in CO2e.
    let lines = raw(&format!("{SUPPLY}_byGHG_USD2022.csv"));
    assert_eq!(lines.len(), 1016 * 18);
    let rows: BTreeMap<&str, &FactorRow> = document.rows.iter().map(|row| (&row.id[SPEND.len() + 1..], row)).collect();
    let gases = BTreeMap::from([
        ("Carbon dioxide", "CO2"),
        ("Methane", "CH4"),
        ("Nitrous oxide", "N2O"),
        ("Sulfur hexafluoride", "SF6"),
        ("Nitrogen trifluoride", "NF3"),
        ("Carbon tetrafluoride", "PFC-14"),
        ("Hexafluoroethane", "PFC-116"),
        ("Perfluoropropane", "PFC-218"),
        ("Perfluorobutane", "PFC-31-10"),
        ("Perfluorohexane", "PFC-51-14"),
        ("Perfluorocyclobutane", "PFC-C-318"),
        ("HFCs and PFCs, unspecified", "CO2e"),
    ]);
    for line in &lines {
        let name = line["GHG"].as_str();
        let gas = gases.get(name).copied().unwrap_or(name);
        let row = rows[line["2017 NAICS Code"].as_str()];
        let emission = row.emissions.iter().find(|emission| emission.gas == gas).unwrap();
        let (kg, co2e) = (emission.kg.map(|kg| kg.get()), emission.co2e.map(|co2e| co2e.get()));
        let value = Some(number(&line[WITH_MARGINS]));
        assert_eq!((kg, co2e), if gas == "CO2e" { (None, value) } else { (value, None) }, "{}: {name}", row.id);
        assert_eq!(emission.kind, Kind::Unspecified);
    }
    let chinese: BTreeSet<&str> = document.rows.iter().map(|row| row.name_zh.as_str()).collect();
    assert_eq!(chinese.len(), 1016);
    assert!(chinese.iter().all(|name| name.chars().any(|c| c > '\u{2e80}')));
    assert_eq!(row(&document, "327310").name_zh, "水泥制造");
}

#[test]
fn supply_chain_figures_are_pinned() {
    let document = table(SPEND);
    for (naics, gas, value) in [
        ("111110", "CO2", 0.172),
        ("111110", "CH4", 0.000482),
        ("111110", "N2O", 0.0013),
        ("111110", "HFC-134a", 1.76e-7),
        ("111110", "SF6", 4.48e-9),
        ("111110", "PFC-C-318", 2.98e-9),
    ] {
        assert_eq!(kg(row(&document, naics), gas), value, "{naics} {gas}");
    }
    let published = |naics: &str| row(&document, naics).published.as_ref().unwrap().co2e.get();
    let totals = raw(&format!("{SUPPLY}_CO2e_USD2022.csv"));
    let cement = totals.iter().find(|line| line["2017 NAICS Title"] == "Cement Manufacturing").unwrap();
    assert_eq!((published("111110"), published("111130")), (0.532, 0.848));
    assert_eq!(published("327310"), number(&cement[WITH_MARGINS]));
    // The margins are in: without them soybeans are 0.488.
    assert_eq!(number(&totals[0]["Supply Chain Emission Factors without Margins"]), 0.488);
    let Mark::Money { currency, year } = unit(&row(&document, "111110").unit).mark().clone() else {
        panic!("no money")
    };
    assert_eq!((&*currency, year), ("USD", Some(2022)));
}

/// How many rows' gases do not sum to the source's own CO2e within the rounding of its figures: three digits of each gas,
/// three decimals of the total.
fn off(document: &FactorsDocument, set: &Characterisation) -> BTreeSet<String> {
    let mut off = BTreeSet::new();
    for row in &document.rows {
        let published = row.published.as_ref().unwrap().co2e.get();
        let (mut sum, mut tolerance) = (0.0, 0.0005);
        for emission in &row.emissions {
            let value = emission.kg.or(emission.co2e).unwrap().get();
            let weight = match emission.co2e {
                Some(_) => 1.0,
                None => set.factor_or_fossil(&emission.gas, emission.kind).unwrap().gwp,
            };
            sum += value * weight;
            tolerance += 0.5 * 10_f64.powi(zuji_core::math::decimal_exponent(value) - 2) * weight;
        }
        if (sum - published).abs() > tolerance {
            off.insert(row.id.clone());
        }
    }
    off
}

#[test]
fn gases_sum_to_the_published_co2e_under_ar5_alone() {
    let document = table(SPEND);
    assert_eq!(off(&document, &set("AR5-GWP100@unfccc")), BTreeSet::new());
    for (other, least) in
        [("AR4-GWP100@2007", 400), ("AR6-GWP100@2021", 800), ("AR6-GWP100@7.SM.7", 300), ("AR5-GWP100@feedback", 1000)]
    {
        let off = off(&document, &set(other));
        assert!(off.len() >= least, "{other}: {}", off.len());
        // Where methane and nitrous oxide weigh most, the set shows: cattle, dairy, rice, grain; coal and landfill, which
        // have no nitrous oxide, wherever methane is not 27.9.
        let methane: &[&str] = if other == "AR6-GWP100@7.SM.7" { &[] } else { &["212112", "562212"] };
        for naics in ["112111", "112120", "111160", "111150"].iter().chain(methane) {
            assert!(off.contains(&format!("{SPEND}/{naics}")), "{other}: {naics}");
        }
    }
}

#[test]
fn a_name_never_finds_a_figure_per_money() {
    let factors = all();
    let document = table(SPEND);
    for row in &document.rows {
        for name in [&row.name_en, &row.name_zh] {
            assert!(
                factors.by_name(name).iter().all(|index| factors.get(*index).row.kind != FactorKind::Spend),
                "{name}"
            );
        }
        assert!(factors.by_id(&row.id).is_some());
    }
    for name in ["水泥制造", "Cement Manufacturing", "塑料制品", "steel"] {
        let near = factors.nearest(name, &[], 10, &factors.pinned(&[]).unwrap());
        assert!(near.iter().all(|index| !factors.get(*index).row.kind.serves_no_line()), "{name}");
        assert!(near.iter().all(|index| !factors.get(*index).lacks_its_half()), "{name}");
    }
    assert!(zuji_core::method::Module::ALL.iter().all(|module| !module.accepts().contains(&FactorKind::Spend)));
}

#[test]
fn ipcc_fuels_are_carbon_times_44_by_12() {
    let document = table(IPCC);
    let defaults = |file: &str| -> BTreeMap<String, f64> {
        let lines = raw(&format!("ipcc_defaults/generic/par_{file}.csv"));
        let defaults = lines.iter().filter(|line| line["property"] == "def");
        defaults.map(|line| (line["product"].clone(), number(&line["value"]))).collect()
    };
    let (carbon, energy) = (defaults("carbon_content_per_energy"), defaults("energy_content_per_mass"));
    assert_eq!((carbon.len(), energy.len(), count(&document, "fuel")), (55, 53, 55));
    for (fuel, content) in &carbon {
        let row = row(&document, &format!("fuel/{}", fuel.replace('_', "-")));
        assert!((kg(row, "CO2") - content * 44.0 / 12.0).abs() < 0.000_5, "{fuel}");
        assert_eq!((row.unit.as_str(), row.emissions.len()), ("GJ (LHV)", 1));
        assert_eq!(*unit(&row.unit).mark(), Mark::LowerHeating);
        let heating = row.properties.as_ref().and_then(|properties| properties.lower_heating_value);
        assert_eq!(heating.map(|value| value.get()), energy.get(fuel).copied(), "{fuel}");
    }
    for (fuel, co2, heating) in [
        ("gas-diesel-oil", 74.0667, 43.0),
        ("motor-gasoline", 69.3, 44.3),
        ("natural-gas", 56.1, 48.0),
        ("liquefied-petroleum-gases", 63.0667, 47.3),
        ("anthracite", 98.2667, 26.7),
        ("other-bituminous-coal", 94.6, 25.8),
        ("coke", 107.067, 28.2),
        ("residual-fuel-oil", 77.3667, 40.4),
    ] {
        let row = row(&document, &format!("fuel/{fuel}"));
        let value = row.properties.as_ref().unwrap().lower_heating_value.unwrap().get();
        assert_eq!((kg(row, "CO2"), value), (co2, heating), "{fuel}");
    }
    for (fuel, kind) in [("charcoal", Kind::Biogenic), ("msw-biomass", Kind::Biogenic), ("peat", Kind::Fossil)] {
        assert_eq!(row(&document, &format!("fuel/{fuel}")).emissions[0].kind, kind, "{fuel}");
    }
    let factors = all();
    for name in ["汽油", "柴油", "无烟煤", "烟煤", "焦炭", "天然气", "液化石油气", "燃料油", "原油", "褐煤", "焦炉煤气"]
    {
        let found = factors.by_name(name).into_iter().map(|index| &factors.get(index).row);
        assert!(found.into_iter().any(|row| row.id.starts_with("ipcc-defaults/fuel/")), "{name}");
    }
}

#[test]
fn ipcc_processes_are_those_of_the_guidelines() {
    let document = table(IPCC);
    assert_eq!((count(&document, "process"), document.rows.len()), (84, 139));
    for (path, gas, value) in [
        ("steel-bof", "CO2", 1580.0),
        ("steel-eaf", "CO2", 180.0),
        ("steel-ohf", "CO2", 1720.0),
        ("pig-iron", "CO2", 1430.0),
        ("pig-iron", "CH4", 0.03),
        ("sinter", "CH4", 0.07),
        ("coke-by-product-recovery", "CH4", 0.089),
        ("aluminium-cwpb", "CO2", 1600.0),
        ("aluminium-cwpb", "PFC-14", 0.4),
        ("aluminium-cwpb", "PFC-116", 0.04),
        ("aluminium-vss", "CO2", 1700.0),
        ("silicon-metal", "CO2", 5000.0),
        ("silicon-metal", "CH4", 1.2),
        ("magnesium-casting", "SF6", 1.0),
        ("zinc-default", "CO2", 1720.0),
        ("lead-default", "CO2", 520.0),
        // 0.65 × 0.43971 / 0.56029 × 1.02
        ("cement-clinker", "CO2", 520.32),
        ("cement-portland", "CO2", 494.3),
        ("calcining-dolomite", "CO2", 477.32),
        ("lime-production", "CO2", 750.0),
        ("adipic-acid-production", "N2O", 300.0),
        ("methanol-steam-reforming", "CO2", 670.0),
        ("methanol-lurgi-conventional-co2", "CO2", 267.0),
        ("methanol-lurgi-conventional-co2", "CH4", 2.3),
        ("ethylene-from-naphtha", "CO2", 1730.0),
        ("ethylene-from-naphtha-asia", "CO2", 2249.0),
        ("vcm-balanced", "CO2", 294.0),
        ("hcfc-22", "HFC-23", 30.0),
    ] {
        let row = row(&document, &format!("process/{path}"));
        assert_eq!((plain(kg(row, gas)), row.unit.as_str()), (plain(value), "t"), "{path} {gas}");
        assert_eq!((row.kind, row.boundary.as_str()), (FactorKind::Process, "gate-to-gate"), "{path}");
    }
    assert!(row(&document, "process/steel-bof").note.as_deref().unwrap().contains("1.58 (1.422–1.738) t/t"));
    for row in document.rows.iter().filter(|row| row.kind == FactorKind::Process) {
        // Every name says that it is the process alone, so that no name of a material finds it.
        assert!(row.name_en.ends_with(", process emissions") && row.name_zh.ends_with("：工艺过程排放"), "{}", row.id);
        assert!(row.synonyms.is_empty() && row.geography == if row.id.ends_with("-asia") { "CN" } else { "GLO" });
    }
}

#[test]
fn no_name_of_a_material_finds_a_process_of_the_guidelines() {
    let factors = all();
    for name in [
        "铝",
        "原铝",
        "电解铝",
        "铝锭",
        "aluminium",
        "aluminum",
        "primary aluminium",
        "钢",
        "粗钢",
        "转炉钢",
        "钢材",
        "steel",
        "crude steel",
        "BOF steel",
        "生铁",
        "pig iron",
        "水泥",
        "水泥熟料",
        "cement",
        "石灰",
        "生石灰",
        "lime",
        "铅",
        "锌",
        "镁",
        "硅铁",
        "工业硅",
        "甲醇",
        "乙烯",
        "氯乙烯",
        "己二酸",
        "烧结矿",
        "球团矿",
    ] {
        let found = factors.by_name(name).into_iter().map(|index| &factors.get(index).row);
        assert!(found.into_iter().all(|row| !row.id.starts_with("ipcc-defaults/process/")), "{name}");
    }
}
