//! Small databases in each format, written after the formats' public documentation: Chinese text, both directions,
//! divided processes, parameters. The US LCI database is in `uslci.rs`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use zuji_core::diagnostic::{Diagnostic, Language};
use zuji_core::inventory::{
    AllocationRule, Assembly, DatabaseHead, Distribution, FlowKind, InventorySystem, LinkingDocument,
};
use zuji_core::quantity::UnitTable;
use zuji_formats::lci::{
    Database, Files, Format, Imported, LciLimits, Progress, Source, read_database, read_ecospold1, read_ecospold2,
    read_ilcd, read_json_ld, read_matrices, read_sheet, read_useeio, write_triples,
};
use zuji_tests::databases::{files, head, premise_files, useeio_files};

type Reader = fn(&dyn Source, DatabaseHead, &LciLimits, &mut dyn FnMut(Progress)) -> Result<Imported, Diagnostic>;

fn read(reader: Reader, list: &[(&str, &str)]) -> Imported {
    let mut steps = Vec::new();
    let read = reader(&files(list), head("t"), &LciLimits::default(), &mut |step| steps.push(step)).unwrap();
    assert!(steps.last().is_some_and(|last| last.done == last.of && last.of > 0));
    read
}

fn quiet(read: &Imported) {
    assert!(read.findings.is_empty(), "{:?}", read.findings);
}

fn assemble(read: &Imported) -> Assembly {
    read.inventory.assemble(&UnitTable::standard(), &LinkingDocument::default())
}

fn entries(list: &zuji_core::inventory::Entries) -> Vec<(u32, u32, f64)> {
    let mut all: Vec<(u32, u32, f64)> = list.iter().collect();
    all.sort_by(|a, b| a.partial_cmp(b).unwrap());
    all
}

const SPOLD2_MILL: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02"><activityDataset>
<activityDescription><activity id="mill" activityNameId="n"><activityName xml:lang="en">steel mill</activityName>
<activityName xml:lang="zh">钢厂</activityName><generalComment><text xml:lang="en" index="0">a test</text></generalComment></activity>
<classification><classificationSystem xml:lang="en">ISIC</classificationSystem><classificationValue xml:lang="en">2410:steel</classificationValue></classification>
<geography geographyId="g"><shortname xml:lang="en">CN</shortname></geography>
<timePeriod startDate="2018-01-01" endDate="2020-12-31" isDataValidForEntirePeriod="true"/></activityDescription>
<flowData>
<intermediateExchange id="1" unitId="kg" amount="2" intermediateExchangeId="steel"><name xml:lang="en">steel</name><name xml:lang="zh-CN">钢</name><unitName xml:lang="en">kg</unitName>
  <property propertyId="p" amount="3"><name xml:lang="en">price</name><unitName xml:lang="en">EUR2005</unitName></property><outputGroup>0</outputGroup></intermediateExchange>
<intermediateExchange id="2" unitId="kWh" amount="99" variableName="el" mathematicalRelation="per_kg*2" intermediateExchangeId="power" activityLinkId="plant"><name xml:lang="en">electricity</name><unitName xml:lang="en">kWh</unitName>
  <uncertainty><lognormal meanValue="1" mu="0" variance="0.04" varianceWithPedigreeUncertainty="0.09"/><pedigreeMatrix reliability="2" completeness="3" temporalCorrelation="1" geographicalCorrelation="1" furtherTechnologyCorrelation="1"/></uncertainty><inputGroup>5</inputGroup></intermediateExchange>
<intermediateExchange id="3" unitId="kg" amount="0.5" intermediateExchangeId="slag" activityLinkId="landfill"><name xml:lang="en">slag</name><unitName xml:lang="en">kg</unitName><outputGroup>3</outputGroup></intermediateExchange>
<elementaryExchange id="4" unitId="kg" amount="4" elementaryExchangeId="co2" casNumber="000124-38-9"><name xml:lang="en">Carbon dioxide, fossil</name><unitName xml:lang="en">kg</unitName><compartment subcompartmentId="s"><compartment xml:lang="en">air</compartment><subcompartment xml:lang="en">urban</subcompartment></compartment><outputGroup>4</outputGroup></elementaryExchange>
<elementaryExchange id="5" unitId="m3" amount="7" elementaryExchangeId="water"><name xml:lang="en">Water, river</name><unitName xml:lang="en">m3</unitName><compartment subcompartmentId="s"><compartment xml:lang="en">natural resource</compartment><subcompartment xml:lang="en">in water</subcompartment></compartment><inputGroup>4</inputGroup></elementaryExchange>
<parameter parameterId="q" variableName="per_kg" amount="1.5"><name xml:lang="en">power per kg</name></parameter>
</flowData></activityDataset></ecoSpold>"#;

const SPOLD2_PLANT: &str = r#"<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02"><activityDataset><activityDescription><activity id="plant"><activityName>plant</activityName></activity><geography><shortname>CN</shortname></geography></activityDescription>
<flowData><intermediateExchange amount="3.6" intermediateExchangeId="power"><name>electricity</name><unitName>MJ</unitName><outputGroup>0</outputGroup></intermediateExchange>
<intermediateExchange amount="0" intermediateExchangeId="heat"><name>heat</name><unitName>MJ</unitName><outputGroup>0</outputGroup></intermediateExchange></flowData></activityDataset></ecoSpold>"#;

const SPOLD2_LANDFILL: &str = r#"<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02"><activityDataset><activityDescription><activity id="landfill"><activityName>landfill</activityName></activity></activityDescription>
<flowData><intermediateExchange amount="-1" intermediateExchangeId="slag"><name>slag</name><unitName>kg</unitName><outputGroup>0</outputGroup></intermediateExchange></flowData></activityDataset></ecoSpold>"#;

#[test]
fn ecospold_2() {
    let read = read(
        read_ecospold2,
        &[("d/a.spold", SPOLD2_MILL), ("d/b.spold", SPOLD2_PLANT), ("d/c.SPOLD", SPOLD2_LANDFILL)],
    );
    // The stored 99 is not what the formula gives, as a variable and as an amount.
    assert_eq!(read.findings.iter().map(Diagnostic::code).collect::<Vec<_>>(), ["I311", "I311"]);
    let inventory = &read.inventory;
    let mill = &inventory.processes()[inventory.process("mill_steel").unwrap()];
    assert_eq!(
        (&*mill.name, mill.name_zh.as_deref(), mill.location.as_deref()),
        ("steel mill", Some("钢厂"), Some("CN"))
    );
    assert_eq!(mill.period.to_string(), "2018-2020");
    assert_eq!(&*mill.category, "2410:steel");
    let power = &inventory.exchanges()[1];
    assert!(power.amount == 3.0 && inventory.stated(1) == Some(99.0));
    let spread = inventory.uncertainty(1).unwrap();
    assert_eq!(spread.pedigree.as_deref(), Some("(2;3;1;1;1)"));
    let Some(Distribution::Lognormal { gsd, .. }) = spread.distribution else { panic!("{spread:?}") };
    assert!((gsd.get() - 1.349_858_807_576_003).abs() < 1e-12);
    assert_eq!(inventory.price(0).unwrap().amount.get(), 6.0);
    assert_eq!(inventory.flows()[inventory.flow("steel").unwrap()].name_zh.as_deref(), Some("钢"));
    let assembly = assemble(&read);
    assert!(assembly.report.open.is_empty(), "{:?}", assembly.report.open);
    // Columns: mill, plant, landfill. 3 kWh against a plant that makes 3.6 MJ = 1 kWh; the flow counts in kWh. A
    // treatment has a negative reference flow and the waste a positive entry.
    assert_eq!(entries(&assembly.system.a), [(0, 0, 2.0), (1, 0, -3.0), (1, 1, 1.0), (2, 0, 0.5), (2, 2, -1.0)]);
    assert_eq!(entries(&assembly.system.b), [(0, 0, 4.0), (1, 0, -7.0)]);
    assert_eq!(assembly.system.flows[1].kind, FlowKind::Resource);
}

/// References by id and conversions of units, as formulas of ecoinvent have them; what names nothing is unknown, with its
/// id, and never the stored amount.
#[test]
fn formulas_of_ecospold_2() {
    let with = |formula: &str| {
        let mill =
            SPOLD2_MILL.replace("mathematicalRelation=\"per_kg*2\"", &format!("mathematicalRelation=\"{formula}\""));
        read(read_ecospold2, &[("a.spold", &mill), ("b.spold", SPOLD2_PLANT), ("c.spold", SPOLD2_LANDFILL)])
    };
    for (formula, want) in [
        ("Ref('q')*Ref('1')", 3.0),
        ("Ref('1', 'p') - Ref('4')/8 + 0.5", 3.0),
        ("UnitConversion(Ref('q')*7.2, 'MJ', 'kWh')", 3.0),
        ("1 * UnitConversion(10, 'pound avoirdupois', 'kg')", 4.535_923_7),
    ] {
        let read = with(formula);
        assert_eq!(read.inventory.exchanges()[1].amount, want, "{formula}: {:?}", read.findings);
    }
    for (formula, part) in [("Ref('zz')*2", "zz"), ("UnitConversion(1, 'kg', 'parsec')", "kg")] {
        let read = with(formula);
        assert!(read.inventory.exchanges()[1].amount.is_nan(), "{formula}");
        let found = read.findings.iter().find(|one| one.code() == "I307").unwrap();
        assert!(found.found(Language::En).contains(&format!("'{part}'")), "{found:?}");
    }
}

const SPOLD1: &str = r#"<?xml version="1.0" encoding="UTF-8"?><ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold01">
<dataset number="1"><metaInformation><processInformation><referenceFunction datasetRelatesToProduct="true" name="cement, at plant " localName="水泥" category="minerals" subCategory="binder" amount="1" unit="kg" infrastructureProcess="false"/>
<geography location="CN"/><timePeriod dataValidForEntirePeriod="true"><startYear>2010</startYear><endYear>2012</endYear></timePeriod></processInformation></metaInformation>
<flowData><exchange number="10" name="cement, at plant" location="CN" unit="kg" meanValue="1"><outputGroup>0</outputGroup></exchange>
<exchange number="11" name="clinker" location="CN" unit="kg" meanValue="0.9" uncertaintyType="1" standardDeviation95="1.21"><inputGroup>5</inputGroup></exchange>
<exchange number="12" name="Carbon dioxide, fossil" category="air" subCategory="unspecified" unit="kg" meanValue="0.1"><outputGroup>4</outputGroup></exchange></flowData></dataset>
<dataset number="2"><metaInformation><processInformation><referenceFunction datasetRelatesToProduct="false" name="kiln" amount="1" unit="unit"/><geography location="CN"/></processInformation></metaInformation>
<flowData><exchange number="20" name="clinker" location="CN" unit="kg" meanValue="4"><outputGroup>2</outputGroup></exchange>
<exchange number="21" name="heat" location="CN" unit="MJ" meanValue="2"><outputGroup>2</outputGroup></exchange>
<exchange number="22" name="Carbon dioxide, fossil" category="air" subCategory="unspecified" unit="kg" meanValue="8"><outputGroup>4</outputGroup></exchange>
<exchange number="23" name="Limestone" category="resource" subCategory="in ground" unit="kg" meanValue="6"><inputGroup>4</inputGroup></exchange>
<allocation referenceToCoProduct="20" fraction="75"><referenceToInputOutput>22</referenceToInputOutput><referenceToInputOutput>23</referenceToInputOutput></allocation>
<allocation referenceToCoProduct="21" fraction="25"><referenceToInputOutput>22</referenceToInputOutput><referenceToInputOutput>23</referenceToInputOutput></allocation></flowData></dataset></ecoSpold>"#;

#[test]
fn ecospold_1_in_one_file_and_in_many() {
    let one = read(read_ecospold1, &[("all.xml", SPOLD1)]);
    quiet(&one);
    let cement = &one.inventory.processes()[0];
    assert_eq!((&*cement.name, cement.name_zh.as_deref()), ("cement, at plant", Some("水泥")));
    assert_eq!((cement.period.to_string().as_str(), &*cement.category), ("2010-2012", "minerals/binder"));
    let assembly = assemble(&one);
    assert!(assembly.report.open.is_empty(), "{:?}", assembly.report.open);
    assert_eq!(assembly.divisions[1].rule, Some(AllocationRule::Causal));
    // Columns: cement, clinker, heat.
    assert_eq!(entries(&assembly.system.a), [(0, 0, 1.0), (1, 0, -0.9), (1, 1, 4.0), (2, 2, 2.0)]);
    assert_eq!(entries(&assembly.system.b), [(0, 0, 0.1), (0, 1, 6.0), (0, 2, 2.0), (1, 1, -4.5), (1, 2, -1.5)]);
    let spread = one.inventory.uncertainty(1).unwrap().distribution.clone();
    assert!(matches!(spread, Some(Distribution::Lognormal { gsd, .. }) if (gsd.get() - 1.1).abs() < 1e-15));
    // The same datasets in files of their own are the same database.
    let (head, rest) = SPOLD1.split_once("<dataset number=\"2\">").unwrap();
    let first = format!("{head}</ecoSpold>");
    let second = format!("<ecoSpold><dataset number=\"1\">{rest}");
    let many = read(read_ecospold1, &[("1.xml", &first), ("2.xml", &second)]);
    assert_eq!(assemble(&many).system, assembly.system);
}

fn ilcd() -> Vec<(&'static str, String)> {
    let flow = |id: &str, name: &str, zh: &str, kind: &str, class: &str| {
        format!(
            r#"<flowDataSet xmlns:common="http://lca.jrc.it/ILCD/Common"><flowInformation><dataSetInformation><common:UUID>{id}</common:UUID>
            <name><baseName xml:lang="zh">{zh}</baseName><baseName xml:lang="en">{name}</baseName></name><classificationInformation>{class}</classificationInformation></dataSetInformation>
            <quantitativeReference><referenceToReferenceFlowProperty>0</referenceToReferenceFlowProperty></quantitativeReference></flowInformation>
            <modellingAndValidation><LCIMethod><typeOfDataSet>{kind}</typeOfDataSet></LCIMethod></modellingAndValidation>
            <flowProperties><flowProperty dataSetInternalID="0"><referenceToFlowPropertyDataSet refObjectId="mass"/><meanValue>1.0</meanValue></flowProperty></flowProperties></flowDataSet>"#
        )
    };
    let air = "<common:elementaryFlowCategorization><common:category level=\"0\">Emissions</common:category><common:category level=\"1\">Emissions to air</common:category></common:elementaryFlowCategorization>";
    vec![
        ("ILCD/unitgroups/u.xml", r#"<unitGroupDataSet xmlns:common="c"><unitGroupInformation><dataSetInformation><common:UUID>ug</common:UUID><common:name>Units of mass</common:name></dataSetInformation><quantitativeReference><referenceToReferenceUnit>0</referenceToReferenceUnit></quantitativeReference></unitGroupInformation><units><unit dataSetInternalID="0"><name>kg</name><meanValue>1.0</meanValue></unit><unit dataSetInternalID="1"><name>t</name><meanValue>1000.0</meanValue></unit></units></unitGroupDataSet>"#.into()),
        ("ILCD/flowproperties/m.xml", r#"<flowPropertyDataSet xmlns:common="c"><flowPropertiesInformation><dataSetInformation><common:UUID>mass</common:UUID><common:name>Mass</common:name></dataSetInformation><quantitativeReference><referenceToReferenceUnitGroup refObjectId="ug"/></quantitativeReference></flowPropertiesInformation></flowPropertyDataSet>"#.into()),
        ("ILCD/flows/a.xml", flow("f-al", "aluminium ingot", "铝锭", "Product flow", "")),
        ("ILCD/flows/b.xml", flow("f-waste", "red mud", "赤泥", "Waste flow", "")),
        ("ILCD/flows/c.xml", flow("f-co2", "carbon dioxide (fossil)", "二氧化碳", "Elementary flow", air)),
        ("ILCD/processes/p.xml", r#"<processDataSet xmlns:common="c"><processInformation><dataSetInformation><common:UUID>p1</common:UUID><name><baseName xml:lang="en">smelter</baseName><baseName xml:lang="zh">电解铝</baseName></name><classificationInformation><common:classification><common:class level="0">Materials</common:class><common:class level="1">Metals</common:class></common:classification></classificationInformation></dataSetInformation>
            <quantitativeReference type="Reference flow(s)"><referenceToReferenceFlow>7</referenceToReferenceFlow></quantitativeReference><time><common:referenceYear>2019</common:referenceYear><common:dataSetValidUntil>2022</common:dataSetValidUntil></time>
            <geography><locationOfOperationSupplyOrProduction location="CN"/></geography><mathematicalRelations><variableParameter name="load"><meanValue>2</meanValue></variableParameter><variableParameter name="twice"><formula>Load*2</formula></variableParameter></mathematicalRelations></processInformation>
            <exchanges><exchange dataSetInternalID="7"><referenceToFlowDataSet refObjectId="f-al"/><exchangeDirection>Output</exchangeDirection><meanAmount>1.0</meanAmount><resultingAmount>1.0</resultingAmount></exchange>
            <exchange dataSetInternalID="8"><referenceToFlowDataSet refObjectId="f-co2"/><exchangeDirection>Output</exchangeDirection><referenceToVariable>twice</referenceToVariable><meanAmount>0.5</meanAmount><resultingAmount>2.0</resultingAmount></exchange>
            <exchange dataSetInternalID="9"><referenceToFlowDataSet refObjectId="f-waste"/><exchangeDirection>Output</exchangeDirection><meanAmount>3.0</meanAmount><resultingAmount>3.0</resultingAmount></exchange></exchanges></processDataSet>"#.into()),
        ("ILCD/processes/q.xml", r#"<processDataSet xmlns:common="c"><processInformation><dataSetInformation><common:UUID>p2</common:UUID><name><baseName xml:lang="en">mud pond</baseName></name></dataSetInformation>
            <quantitativeReference><referenceToReferenceFlow>0</referenceToReferenceFlow></quantitativeReference></processInformation>
            <exchanges><exchange dataSetInternalID="0"><referenceToFlowDataSet refObjectId="f-waste"/><exchangeDirection>Input</exchangeDirection><meanAmount>2.0</meanAmount></exchange></exchanges></processDataSet>"#.into()),
    ]
}

#[test]
fn ilcd_in_a_folder_and_in_an_archive() {
    let list = ilcd();
    let list: Vec<(&str, &str)> = list.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let read = read(read_ilcd, &list);
    quiet(&read);
    let smelter = &read.inventory.processes()[0];
    assert_eq!(
        (&*smelter.name, smelter.name_zh.as_deref(), &*smelter.category),
        ("smelter", Some("电解铝"), "Materials/Metals")
    );
    assert_eq!((smelter.period.to_string().as_str(), smelter.location.as_deref()), ("2019-2022", Some("CN")));
    let assembly = assemble(&read);
    assert!(assembly.report.open.is_empty(), "{:?}", assembly.report.open);
    assert_eq!(entries(&assembly.system.a), [(0, 0, 1.0), (1, 0, 3.0), (1, 1, -2.0)]);
    assert_eq!(entries(&assembly.system.b), [(0, 0, 2.0)]);
    assert_eq!(&*assembly.system.flows[0].category, "Emissions/Emissions to air");
}

fn json_ld_2() -> Vec<(&'static str, &'static str)> {
    vec![
        ("openlca.json", r#"{"schemaVersion":2}"#),
        (
            "unit_groups/u.json",
            r#"{"@type":"UnitGroup","@id":"ug","name":"Units of mass","units":[{"@id":"kg","name":"kg","isRefUnit":true,"conversionFactor":1},{"@id":"t","name":"t","conversionFactor":1000}]}"#,
        ),
        (
            "unit_groups/e.json",
            r#"{"@type":"UnitGroup","@id":"eg","name":"Units of energy","units":[{"@id":"MJ","name":"MJ","isRefUnit":true,"conversionFactor":1},{"@id":"kWh","name":"kWh","conversionFactor":3.6}]}"#,
        ),
        ("flow_properties/m.json", r#"{"@id":"mass","name":"Mass","unitGroup":{"@id":"ug"}}"#),
        ("flow_properties/n.json", r#"{"@id":"ncv","name":"Net calorific value","unitGroup":{"@id":"eg"}}"#),
        ("flow_properties/g.json", r#"{"@id":"gcv","name":"Gross calorific value","unitGroup":{"@id":"eg"}}"#),
        (
            "flows/coal.json",
            r#"{"@id":"coal","name":"coal","flowType":"PRODUCT_FLOW","category":"Energy/Fuels","flowProperties":[{"isRefFlowProperty":true,"flowProperty":{"@id":"mass"},"conversionFactor":1},{"flowProperty":{"@id":"ncv"},"conversionFactor":20},{"flowProperty":{"@id":"gcv"},"conversionFactor":25}]}"#,
        ),
        (
            "flows/steam.json",
            r#"{"@id":"steam","name":"蒸汽","flowType":"PRODUCT_FLOW","flowProperties":[{"isRefFlowProperty":true,"flowProperty":{"@id":"mass"},"conversionFactor":1}]}"#,
        ),
        (
            "flows/co2.json",
            r#"{"@id":"co2","name":"Carbon dioxide, fossil ","cas":"124-38-9","flowType":"ELEMENTARY_FLOW","category":"Elementary flows/Emission to air/unspecified","flowProperties":[{"isRefFlowProperty":true,"flowProperty":{"@id":"mass"},"conversionFactor":1}]}"#,
        ),
        (
            "parameters/g.json",
            r#"{"@id":"g","name":"share","isInputParameter":true,"value":0.5,"parameterScope":"GLOBAL_SCOPE"}"#,
        ),
        (
            "lcia_categories/gw.json",
            r#"{"@id":"gw","name":"Climate change","refUnit":"kg CO2e","impactFactors":[{"flow":{"@id":"co2"},"unit":{"@id":"t"},"value":1000}]}"#,
        ),
        (
            "processes/mine.json",
            r#"{"@id":"mine","name":"mine","exchanges":[{"internalId":1,"isQuantitativeReference":true,"isInput":false,"amount":1,"flow":{"@id":"coal"},"unit":{"@id":"t"},"flowProperty":{"@id":"mass"}}]}"#,
        ),
        (
            "processes/boiler.json",
            r#"{"@id":"boiler","name":"锅炉","location":{"@id":"x","name":"CN"},"parameters":[{"name":"Demand","value":9,"formula":"100*share"}],"exchanges":[
            {"internalId":1,"isQuantitativeReference":true,"isInput":false,"amount":10,"flow":{"@id":"steam"},"unit":{"@id":"kg"}},
            {"internalId":2,"isInput":true,"amount":9,"amountFormula":"DEMAND","flow":{"@id":"coal"},"unit":{"@id":"MJ"},"flowProperty":{"@id":"gcv"},"defaultProvider":{"@id":"mine"}},
            {"internalId":3,"isInput":false,"amount":0.006,"flow":{"@id":"co2"},"unit":{"@id":"t"},"baseUncertainty":1.05,"dqEntry":"(1;2;3;4;5)"}]}"#,
        ),
    ]
}

#[test]
fn json_ld_of_schema_2() {
    let read = read(read_json_ld, &json_ld_2());
    // The stored 9 is not what the formula gives: told, and the formula counts.
    assert!(read.findings.iter().all(|finding| finding.code() == "I311"), "{:?}", read.findings);
    let boiler = &read.inventory.processes()[read.inventory.process("boiler").unwrap()];
    assert_eq!((&*boiler.name, boiler.location.as_deref()), ("锅炉", Some("CN")));
    let mut assembly = assemble(&read);
    assert!(assembly.report.open.is_empty(), "{:?}", assembly.report.open);
    // 50 MJ by gross calorific value are 2 kg of coal, not 2.5.
    assert_eq!(entries(&assembly.system.a), [(0, 0, 10.0), (1, 0, -2.0), (1, 1, 1000.0)]);
    assert_eq!(entries(&assembly.system.b), [(0, 0, 6.0)]);
    let (missing, _) =
        zuji_core::inventory::characterise_own(&mut assembly.system, &read.inventory, &UnitTable::standard());
    assert!(missing.is_empty());
    // 1,000 per tonne is 1 per kilogram.
    assert_eq!(entries(&assembly.system.c), [(0, 0, 1.0)]);
    let spread = read.inventory.uncertainty(2).unwrap();
    assert!(spread.distribution.is_none() && spread.pedigree.as_deref() == Some("(1;2;3;4;5)"));
}

#[test]
fn triples() {
    let system: InventorySystem = read_matrices(
        &files(&[
            ("m/processes.csv", "id,name,unit,location,reference\np1,发电,kWh,CN,\np2,\"fuel, oil\",kg,,oil\n"),
            ("m/flows.csv", "kind,id,name,unit\nemission,co2,CO2,kg\nresource,crude,crude oil,kg\n"),
            ("m/impacts.csv", "id,name,unit\ngwp,climate,kg CO2e\n"),
            ("m/A.csv", "row,column,value\noil,p1,-2\np1,p1,10\noil,p2,100\n"),
            ("m/B.csv", "row,column,value\nco2,p1,1\nco2,p2,1e1\ncrude,p2,-50\n"),
            ("m/C.csv", "row,column,value\ngwp,co2,1\n"),
        ]),
        &LciLimits::default(),
    )
    .unwrap();
    assert_eq!(system.reference, [0, 1]);
    assert_eq!(entries(&system.a), [(0, 0, 10.0), (1, 0, -2.0), (1, 1, 100.0)]);
    assert_eq!(entries(&system.b), [(0, 0, 1.0), (0, 1, 10.0), (1, 1, -50.0)]);
    assert_eq!((&*system.activities[1].name, system.activity("p2")), ("fuel, oil", Some(1)));
    let written = write_triples(&system).unwrap();
    let again = read_matrices(&Files::new(written), &LciLimits::default()).unwrap();
    assert_eq!((entries(&again.a), entries(&again.b), &again.c), (entries(&system.a), entries(&system.b), &system.c));
    assert_eq!((&again.activities, &again.flows, &again.impacts), (&system.activities, &system.flows, &system.impacts));
    // A file that is not plain (quotes, another order, returns) means the same.
    for a in [
        "row,column,value\noil,p1,-2\np1,p1,10\noil,p2,100\n",
        "row,column,value\r\noil,p1,-2\r\n\r\np1,p1,10\r\noil,p2,100",
        "row,column,value\n\"oil\",p1,-2\np1,p1,10\noil,p2,100\n",
        "value,row,column\n-2,oil,p1\n10,p1,p1\n100,oil,p2\n",
        " Row , column,VALUE\noil , p1,-2\np1,p1, 10\noil,p2,1e2\n",
    ] {
        let list = [
            ("processes.csv", "id,name,unit,location,reference\np1,发电,kWh,CN,\np2,\"fuel, oil\",kg,,oil\n"),
            ("A.csv", a),
        ];
        assert_eq!(entries(&read_matrices(&files(&list), &LciLimits::default()).unwrap().a), entries(&system.a), "{a}");
    }
    let bad = |a: &str| {
        let list = [("processes.csv", "id\np1\n"), ("A.csv", a)];
        read_matrices(&files(&list), &LciLimits::default()).unwrap_err()
    };
    assert!(bad("row,column,value\np1,p9,1\n").argument("cause").unwrap().contains("p9"));
    assert_eq!(bad("row,column,value\np1,p1,1\np1,p1,inf\n").places()[0].line, Some(3));
    assert_eq!(bad("row,column,value\np1,p1,1\np1,p1,1,1\n").code(), "I702");
    assert_eq!(bad("row,column,value\np1,p1,1\n \n").code(), "I702");
    assert!(bad("row,column\n").argument("cause").unwrap().contains("value"));
}

#[test]
fn useeio_keeps_its_totals() {
    let system = read_useeio(&useeio_files(), &LciLimits::default()).unwrap();
    assert_eq!((system.activities.len(), system.flows.len(), system.impacts.len()), (388, 2412, 24));
    // C·B = D, by the model's own D.
    let mut by_flow = vec![Vec::new(); system.flows.len()];
    system.c.iter().for_each(|(impact, flow, value)| by_flow[flow as usize].push((impact as usize, value)));
    let mut direct = vec![vec![0.0; 388]; 24];
    for (flow, sector, value) in system.b.iter() {
        for &(impact, factor) in &by_flow[flow as usize] {
            direct[impact][sector as usize] += factor * value;
        }
    }
    let source = useeio_files();
    let at = source.names().iter().position(|name| name.ends_with("/D.json")).unwrap();
    let bytes = source.read(at, &LciLimits::default()).unwrap();
    let expected: Vec<Vec<f64>> = serde_json::from_slice(&bytes).unwrap();
    for (found, expected) in direct.iter().flatten().zip(expected.iter().flatten()) {
        assert!((found - expected).abs() <= 1e-12 * expected.abs().max(1e-9), "{found} is not {expected}");
    }
    let diagonal = system.a.iter().filter(|(row, column, _)| row == column).map(|(.., value)| value).sum::<f64>();
    assert!(diagonal > 300.0 && diagonal <= 388.0);
    let takes =
        system.b.iter().any(|(flow, _, value)| system.flows[flow as usize].kind == FlowKind::Resource && value < 0.0);
    assert!(takes);
}

#[test]
fn spreadsheets_of_premise() {
    let read = read_sheet(&premise_files(), head("premise"), &LciLimits::default(), &mut |_| ()).unwrap();
    let inventory = &read.inventory;
    assert_eq!(inventory.processes().len(), 4356);
    // Four lines state no type, and are named by their line.
    assert_eq!(read.findings.iter().filter(|finding| finding.code() == "I704").count(), 4);
    assert_eq!(inventory.exchanges().len(), 117_218 - 4);
    let assembly = assemble(&read);
    let count = |what: &str| assembly.report.counts.get(what).copied().unwrap_or(0);
    let linked: u64 = count("linked-by-only-provider") + count("linked-by-same-location") + count("needs-unmet");
    assert_eq!(linked, count("needs"));
    assert!(count("no-provider") > 26_000);
}

#[test]
fn a_format_is_known_by_its_names() {
    let of = |names: &[&str]| Format::of(&files(&names.iter().map(|name| (*name, "")).collect::<Vec<_>>()));
    assert_eq!(of(&["x/processes/a.json"]), Some(Format::JsonLd));
    assert_eq!(of(&["x/Processes/a.XML", "x/flows/b.xml"]), Some(Format::Ilcd));
    assert_eq!(of(&["datasets/a.spold"]), Some(Format::EcoSpold2));
    assert_eq!(of(&["a.xml"]), Some(Format::EcoSpold1));
    assert_eq!(of(&["m/sectors.json", "m/matrix/A.json"]), Some(Format::Useeio));
    assert_eq!(of(&["processes.csv", "A.csv"]), Some(Format::Matrices));
    assert_eq!(of(&["m/processes.csv", "m/A.npz", "m/B.npz"]), Some(Format::Matrices));
    assert_eq!(of(&["processes.csv", "exchanges.csv"]), Some(Format::Sheet));
    assert_eq!(of(&["readme.txt"]), None);
    let read = read_database(&files(&json_ld_2()), head("t"), &LciLimits::default(), &mut |_| ()).unwrap();
    assert!(matches!(read, Database::Inventory(imported) if imported.inventory.processes().len() == 2));
}
