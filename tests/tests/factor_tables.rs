//! A user's own tables: CSV that means the same as a document, templates that hold, two editions against each other.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::{Value, json};
use zuji_core::diagnostic::Diagnostic;
use zuji_core::factor::{FactorKind, FactorsDocument, Inclusion, Pack, PackDiff, Period, check_table};
use zuji_formats::{FactorTable, Limits, factor_template, read_factor_file};
use zuji_tests::program::{folder, write, zuji};
use zuji_tests::{real_library, table};

fn read(text: &str) -> Result<FactorTable, Diagnostic> {
    read_factor_file(text.as_bytes(), "t.csv", &Limits::default())
}

const HEAD: &str = "# id: t\n# version: 1\n# name: test\n# source: test\n# licence: none\n";
const HEADER: &str = "id,name,class,kind,unit,co2e,gwp,geography,period,boundary,source";
const ROW: &str = "t/a,steel,metal.steel,material,kg,2.31,AR6,CN,2024,cradle-to-gate,s";

fn csv(rows: &[&str]) -> String {
    format!("{HEAD}{HEADER}\n{}\n", rows.join("\n"))
}

#[test]
fn a_table_in_csv_is_the_document_it_stands_for() {
    let yaml = "schema: zuji/factors@1\ntable: {id: t, version: '1', name_en: test, name_zh: test, source: test, licence: none}\nrows:\n- {id: t/a, name_en: steel, name_zh: steel, class: metal.steel, kind: material, unit: kg, co2e: '2.31', gwp: AR6, geography: CN, period: '2024', boundary: cradle-to-gate, source: s}\n";
    let yaml = read_factor_file(yaml.as_bytes(), "t.yaml", &Limits::default()).unwrap().document;
    let table = read(&csv(&[ROW])).unwrap();
    assert!(table.findings.is_empty());
    assert_eq!(Pack::from(table.document).sha256, Pack::from(yaml).sha256, "the same content has the same hash");
    // Separators, a byte order mark, ends of lines, and what a spreadsheet makes of the head.
    let plain = csv(&[ROW]);
    let excel = plain.replace("# source: test", "\"# source: test\",,,,,,,,,,").replace('\n', "\r\n");
    for text in [
        plain.replace(',', "\t"),
        plain.replace(',', ";"),
        format!("\u{feff}{plain}"),
        excel,
        format!("\n{plain}\n,,,,,,,,,,\n"),
    ] {
        let read = read(&text).unwrap();
        assert!(read.findings.is_empty(), "{text}");
        assert_eq!(Pack::from(read.document).sha256, Pack::from(table_of(&plain)).sha256, "{text}");
    }
}

fn table_of(text: &str) -> FactorsDocument {
    read(text).unwrap().document
}

#[test]
fn chinese_headers_and_words_mean_what_they_say() {
    let text = "# 编号: t\n# 版本：2\n# 名称: 本厂\n# 来源: 声明\n# 许可: 保密\n# 不公开: 是\n编号,名称,同义词,分类,类别,单位,排放因子,GWP版本,地区,年份,边界,来源,化石碳含量,是否含成型,不公开\nt/a,聚丙烯,PP；PPH,plastic.pp,材料,公斤,2.1,未注明,CN-ZJ,2022—2024年,从摇篮到大门,声明1,0.8563,不含,否\nt/b,电,,energy.electricity,电力碳足迹,kWh,0.5777,AR5,CN,未注明,全生命周期,公告,,,\n";
    let FactorTable { document, findings, places } = read(text).unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    assert!(document.table.closed && document.table.name_en == "本厂");
    let [plastic, power] = document.rows.as_slice() else { panic!("{document:?}") };
    assert_eq!((plastic.kind, power.kind), (FactorKind::Material, FactorKind::Electricity));
    assert_eq!((plastic.boundary.as_str(), power.boundary.as_str()), ("cradle-to-gate", "life-cycle"));
    assert_eq!(plastic.synonyms, ["PP", "PPH"]);
    assert_eq!((plastic.period, power.period), (Period::Years(2022, 2024), Period::NotStated));
    assert_eq!(plastic.gwp.as_deref(), Some("not stated"));
    assert_eq!(plastic.forming, Inclusion::Excluded);
    assert_eq!(plastic.carbon.as_ref().unwrap().fossil.unwrap().get(), 0.8563);
    assert_eq!(places.find("rows[1].co2e"), Some((9, 7)));
    let real = real_library();
    assert!(check_table(&document, &real.units, &real.sets).is_empty());
}

#[test]
fn a_cell_that_cannot_be_read_is_named_and_its_row_stays_out() {
    let good = "t/b,wood,bio.wood,material,kg,0.4,AR6,CN,2024,cradle-to-gate,s";
    for (from, to, code, place) in [
        ("2.31", "2,31", "E108", (7, 12)),
        ("2.31", "\"1,234\"", "V106", (7, 6)),
        ("2.31", "1e400", "V106", (7, 6)),
        ("2.31", "NaN", "V106", (7, 6)),
        ("2.31", "#N/A", "V106", (7, 6)),
        ("material", "magic", "V106", (7, 4)),
        ("material", "", "V106", (7, 4)),
        (",2024,", ",,", "V106", (7, 9)),
        (",2024,", ",2024-2020,", "V106", (7, 9)),
        (",2024,", ",yesterday,", "V106", (7, 9)),
    ] {
        let read = read(&csv(&[&ROW.replacen(from, to, 1), good])).unwrap();
        let ids: Vec<&str> = read.document.rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["t/b"], "{to}");
        let finding = read.findings.iter().next().unwrap_or_else(|| panic!("{to}: nothing found"));
        let at = &finding.places()[0];
        assert_eq!((finding.code(), (at.line.unwrap(), at.column.unwrap())), (code, place), "{to}");
        assert_eq!(at.file.as_deref(), Some("t.csv"));
    }
}

#[test]
fn what_is_no_table_of_factors_says_why() {
    let code = |text: &str| read(text).map_or_else(|finding| finding.code(), |_| "ok");
    assert_eq!(code(&csv(&[ROW])), "ok");
    assert_eq!(code(""), "V106", "no id");
    assert_eq!(code(&csv(&[ROW]).replace("# id: t\n", "")), "V106");
    assert_eq!(code(HEAD), "F415");
    assert_eq!(code(&csv(&[])), "F415");
    assert_eq!(code(&csv(&[ROW]).replace("co2e", "carbon")), "E105");
    assert_eq!(code(&csv(&[ROW]).replace(",name,", ",title,")), "E105");
    assert_eq!(code(&csv(&[ROW]).replace("class", "co2e")), "E107");
    let strange =
        read(&csv(&[ROW]).replace(HEADER, &format!("{HEADER},colour")).replace("# id: t", "# id: t\n# mood: good"))
            .unwrap();
    assert_eq!(strange.findings.iter().map(Diagnostic::code).collect::<Vec<_>>(), ["F414", "F414"]);
    let few = Limits { rows: 1, ..Limits::default() };
    assert!(read_factor_file(csv(&[ROW, ROW]).as_bytes(), "t.csv", &few).is_err());
    assert_eq!(read_factor_file(b"\xff\xfe", "t.csv", &Limits::default()).unwrap_err().code(), "E101");
}

#[test]
fn templates_can_be_filled_in_and_checked() {
    let real = real_library();
    for chinese in [false, true] {
        let read = read(&factor_template(chinese)).unwrap();
        assert!(read.findings.is_empty() && read.document.rows.len() == 1);
        assert!(read.document.rows[0].closed);
        assert!(check_table(&read.document, &real.units, &real.sets).is_empty());
    }
    assert_eq!(zuji(&["--lang", "zh", "factors", "template"]).out, factor_template(true));
}

#[test]
fn the_program_takes_a_table_in_csv_and_leaves_broken_rows_out() {
    let folder = folder("own-factors");
    let bom = write(&folder, "bom.csv", "name,material,quantity,unit\nx,special steel,2,kg\n");
    let product = write(
        &folder,
        "frame.yaml",
        "schema: zuji/product@1\nproduct: {name: x}\ndate: '2024-12-31'\npackaging: none\nenergy: none\n",
    );
    let good = ROW.replace("steel,metal", "special steel,metal");
    let own = write(&folder, "own.csv", csv(&[&good]).replace("# id: t", "# id: t\n# closed: yes"));
    let run =
        |factors: &str| zuji(&["footprint", &bom, "--product", &product, "--factors", factors, "--format", "json"]);
    let done = run(&own);
    let value: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!((done.status, &value["total"]["excluding_biogenic_uptake"]), (0, &json!("4.62")), "{}", done.err);
    assert_eq!(value["provenance"]["closed_share"], "100");
    assert!(value["diagnostics"].as_array().unwrap().iter().any(|finding| finding["code"] == "F413"));
    // A row that breaks a rule does not enter, nor does any of a table without a licence; the line is named.
    for broken in [csv(&[&good.replace(",CN,", ",China,")]), csv(&[&good]).replace("# licence: none\n", "")] {
        let own = write(&folder, "broken.csv", &broken);
        let done = run(&own);
        assert!(done.err.contains("F401") && done.err.contains("broken.csv"), "{}", done.err);
        assert_eq!(done.status, 2, "nothing is left to count");
    }
    let checked =
        zuji(&["factors", "check", &write(&folder, "slip.csv", csv(&[&good.replace("kg,2.31", "公金,2.31")]))]);
    assert!(checked.status == 1 && checked.err.contains("slip.csv:7:5"), "{}", checked.err);
}

fn edition(rows: Value) -> Pack {
    Pack::from(table(rows))
}

#[test]
fn a_difference_is_told_field_by_field() {
    let gases = |kg: &str| json!({"name": "gas", "gwp": null, "emissions": [{"gas": "CO2", "kind": "fossil", "kg": "2"}, {"gas": "CH4", "kind": "fossil", "kg": kg}]});
    let old = edition(
        json!([{"name": "gone", "co2e": "1"}, {"name": "steel", "co2e": "2", "synonyms": ["x", "y"]}, gases("0.1"), {"name": "same", "co2e": "1"}]),
    );
    let new = edition(
        json!([gases("0.2"), {"name": "steel", "co2e": "2.5", "geography": "CN", "gwp": "AR5", "synonyms": ["y", "x"], "note": "new"}, {"name": "same", "co2e": "1"}, {"name": "come", "co2e": "1"}]),
    );
    let diff = serde_json::to_value(PackDiff::new(&old, &new)).unwrap();
    assert_eq!(
        (&diff["added"][0]["id"], &diff["removed"][0]["id"], &diff["unchanged"]),
        (&json!("t/come"), &json!("t/gone"), &json!(1))
    );
    assert_eq!(diff["changed"][0]["id"], "t/gas");
    assert_eq!(
        diff["changed"][0]["changes"],
        json!([{"field": "emissions.CH4.fossil.kg", "from": "0.1", "to": "0.2", "percent": "+100"}])
    );
    assert_eq!(
        diff["changed"][1]["changes"],
        json!([
            {"field": "co2e", "from": "2", "to": "2.5", "percent": "+25.0"},
            {"field": "geography", "from": "GLO", "to": "CN", "percent": null},
            {"field": "gwp", "from": "AR6-GWP100@2021", "to": "AR5", "percent": null},
            {"field": "note", "from": null, "to": "new", "percent": null},
        ])
    );
    let mut later = new.document.clone();
    later.table.licence = "CC BY 4.0".into();
    let diff = PackDiff::new(&new, &Pack::from(later));
    assert!(!diff.is_same() && diff.changed.is_empty());
    assert_eq!((diff.head[0].field.as_str(), diff.head[0].to.as_deref()), ("licence", Some("CC BY 4.0")));
}

#[test]
fn the_program_compares_two_editions() {
    let folder = folder("factor-diff");
    let old = write(&folder, "old.csv", csv(&[ROW]));
    let new = write(&folder, "new.csv", csv(&[&ROW.replace("2.31", "2.2")]));
    let broken = write(&folder, "broken.csv", csv(&[&ROW.replace("2.31", "much")]));
    let run = |from: &str, to: &str| zuji(&["--lang", "en", "factors", "diff", from, to]);
    assert_eq!(run(&old, &old).status, 0);
    let done = run(&old, &new);
    assert!(done.status == 1 && done.out.contains("co2e 2.31 → 2.2  (-4.76 %)"), "{}", done.out);
    for (from, to) in [(&old, "nowhere"), (&broken, &old), (&old, &broken)] {
        assert_eq!(run(from, to).status, 2, "{from} {to}");
    }
    let packs = zuji_tests::program::root().join("factors/packs");
    let same = packs.join("cn-electricity.yaml");
    assert_eq!(run("cn-electricity", same.to_str().unwrap()).status, 0, "an embedded table by its id");
    assert_eq!(run("cn-electricity", "uk-desnz-2024").status, 1);
}
