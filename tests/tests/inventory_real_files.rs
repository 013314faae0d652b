//! EcoSpold files as their publishers wrote them (`data/ecospold/PROVENANCE.md`), with figures read off the files by hand.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use zuji_core::inventory::{AllocationRule, Assembly, Direction, LinkingDocument};
use zuji_core::quantity::UnitTable;
use zuji_formats::lci::{Imported, LciLimits, read_ecospold1, read_ecospold2};
use zuji_tests::databases::{files, head};

const ACETIC_ACID: &str = include_str!("../data/ecospold/acetic-acid.xml");
const ABS: &str = include_str!("../data/ecospold/abs.xml");
const ALUMINIUM: &str = include_str!("../data/ecospold/aluminium-extrusion.xml");
const CONCRETE: &str = include_str!("../data/ecospold/concrete-block.spold");

fn spold1(list: &[(&str, &str)]) -> Imported {
    read_ecospold1(&files(list), head("us"), &LciLimits::default(), &mut |_| ()).unwrap()
}

fn assemble(read: &Imported) -> Assembly {
    read.inventory.assemble(&UnitTable::standard(), &LinkingDocument::default())
}

/// What one run of a column gives off of a flow.
fn gives_off(assembly: &Assembly, column: &str, flow: &str) -> f64 {
    let system = &assembly.system;
    let column = system.activities.iter().position(|one| &*one.id == column).unwrap_or_else(|| panic!("{column}"));
    let flow = system.flows.iter().position(|one| &*one.id == flow).unwrap_or_else(|| panic!("{flow}"));
    let here = system.b.iter().filter(|&(row, process, _)| (row as usize, process as usize) == (flow, column));
    here.map(|(.., value)| value).sum()
}

#[test]
fn three_processes_of_the_us_lci_database() {
    let read = spold1(&[("abs.xml", ABS), ("acetic-acid.xml", ACETIC_ACID), ("aluminium.xml", ALUMINIUM)]);
    let inventory = &read.inventory;
    assert_eq!((inventory.processes().len(), inventory.exchanges().len()), (3, 230 + 21 + 600));
    let codes: Vec<&str> = read.findings.iter().map(|finding| finding.code()).collect();
    assert_eq!(codes, ["I711"], "{:?}", read.findings);
    let assembly = assemble(&read);
    let co2 = "Carbon dioxide, fossil|air/unspecified|kg";
    let abs = "Acrylonitrile-butadiene-styrene copolymer resin, at plant, CTR|RNA|kg";
    let aluminium = "Aluminium, extrusion, at plant|RNA|kg";
    assert_eq!(gives_off(&assembly, abs, "Methane, fossil|air/unspecified|kg"), 0.019_34);
    assert_eq!(gives_off(&assembly, abs, co2), 3.3048);
    assert_eq!(gives_off(&assembly, aluminium, "Carbon dioxide, fossil|Air/unspecified|kg"), 5854.7);
    assert_eq!(gives_off(&assembly, aluminium, "Methane, tetrafluoro-, FC-14|Air/unspecified|kg"), 0.047_442);
    // Uptake stands with a minus.
    assert_eq!(gives_off(&assembly, aluminium, "Carbon dioxide, in air|resource/in air|kg"), -59.894);
    let at = inventory.process(aluminium).unwrap();
    let reference = &inventory.exchanges()[inventory.processes()[at].exchanges()][..];
    let reference = reference.iter().find(|one| one.is_reference()).unwrap();
    assert_eq!((reference.amount, reference.direction()), (1000.0, Direction::Output));
    // Wastes that the dataset puts out have no treatment here, and are listed.
    let open = |name: &str| assembly.report.open.iter().filter(|one| one.flow.name.contains(name)).count();
    assert_eq!(open("Overburden (deposited)"), 1);
    assert_eq!(open("Dummy, Aluminum, scrap"), 1);
    let period = inventory.processes()[inventory.process(abs).unwrap()].period.to_string();
    assert_eq!(period, "2003-2004");
}

/// Its shares are 1.0 and 0.0 where the format says per cent: all goes to the acid, nothing to the recovered energy.
#[test]
fn shares_written_as_fractions() {
    let read = spold1(&[("acetic-acid.xml", ACETIC_ACID)]);
    let assembly = assemble(&read);
    assert!(!assembly.findings.has("I504"), "{:?}", assembly.findings);
    assert_eq!(assembly.divisions[0].rule, Some(AllocationRule::Causal));
    let co2 = "Carbon dioxide|air/unspecified|kg";
    // Of a process with several products, the product's own column.
    let acid = "Acetic acid, at plant|RNA|kg/Acetic acid, at plant|RNA|kg";
    assert_eq!(gives_off(&assembly, acid, co2), 0.001_76);
    let energy = assembly.system.activities.iter().find(|one| &*one.id != acid).unwrap();
    assert_eq!(gives_off(&assembly, &energy.id, co2), 0.0);
    let methanol = assembly.report.open.iter().find(|one| one.flow.name == "Methanol, at plant").unwrap();
    assert_eq!(methanol.amount.unwrap().get(), 0.539);
    // The same in per cent is the same, and then there is nothing to tell.
    let per_cent = ACETIC_ACID.replace("fraction=\"1.0\"", "fraction=\"100\"");
    let same = spold1(&[("acetic-acid.xml", &per_cent)]);
    assert!(same.findings.is_empty(), "{:?}", same.findings);
    assert_eq!(assemble(&same).system, assembly.system);
}

#[test]
fn many_files_and_one_file_with_many_datasets_are_one_database() {
    let many = spold1(&[("1.xml", ABS), ("2.xml", ALUMINIUM)]);
    let dataset = |text: &'static str| {
        let from = text.find("<dataset").unwrap();
        &text[from..text.rfind("</dataset>").unwrap() + "</dataset>".len()]
    };
    let one = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ecoSpold xmlns=\"http://www.EcoInvent.org/EcoSpold01\">{}{}</ecoSpold>",
        dataset(ABS),
        dataset(ALUMINIUM)
    );
    let one = spold1(&[("all.xml", &one)]);
    assert_eq!(assemble(&one).system, assemble(&many).system);
}

#[test]
fn a_dataset_of_ecospold_2() {
    let read = read_ecospold2(&files(&[("x.spold", CONCRETE)]), head("e"), &LciLimits::default(), &mut |_| ()).unwrap();
    let inventory = &read.inventory;
    let process = &inventory.processes()[0];
    assert_eq!(&*process.id, "c40e3c0a-292f-45a5-88cd-ed18265cb7d7_d4ee8f39-342b-4443-bbb9-c49b6801b5d6");
    assert_eq!((&*process.name, process.location.as_deref()), ("concrete block production", Some("DE")));
    assert_eq!((process.period.to_string().as_str(), process.parameters.len()), ("1997-2018", 2));
    // 7777 × 2; the file stores 123456 beside it, for the variable and for the amount.
    let codes: Vec<&str> = read.findings.iter().map(|finding| finding.code()).collect();
    assert_eq!(codes, ["I311", "I311"], "{:?}", read.findings);
    let assembly = assemble(&read);
    let block = &*assembly.system.activities[0].id;
    assert_eq!(gives_off(&assembly, block, "075e433b-4be4-448e-9510-9a5029c1ce94"), 15_554.0);
    let pit = &assembly.report.open[0];
    assert_eq!((pit.amount.unwrap().get(), &*pit.flow.name), (9999.0, "clay pit infrastructure"));
}
