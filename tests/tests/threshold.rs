//! The threshold laboratory from files through the program: figures worked out by hand, real laptops, every finding, hostile
//! populations.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::Value;
use std::path::Path;
use zuji_tests::program::{Run, folder, root, write, zuji};

fn json(arguments: &[&str]) -> Value {
    let run = zuji(&[&["threshold"][..], arguments, &["--format", "json"]].concat());
    assert!(run.status < 2, "{}{}", run.out, run.err);
    serde_json::from_str(&run.out).unwrap()
}

fn example(path: &str) -> String {
    root().join("populations").join(path).display().to_string()
}

/// The figure at a path, rounded to so many places, as text.
fn figure(value: &Value, pointer: &str, places: usize) -> String {
    let figure = value.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is not there"));
    let number: f64 = figure.as_str().unwrap_or_else(|| panic!("{pointer} is {figure}")).parse().unwrap();
    format!("{number:.places$}")
}

fn codes(value: &Value) -> Vec<String> {
    value["diagnostics"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_string()).collect()
}

#[test]
fn the_worked_row_at_430() {
    let value = json(&[&example("invented/desktops.yaml")]);
    let limit = &value["limits"][0];
    assert_eq!((limit["passed"].as_u64(), limit["products"].as_u64()), (Some(7), Some(12)));
    for (pointer, places, expected) in [
        ("/by_product/wilson/low", 3, "0.320"),
        ("/by_product/wilson/high", 3, "0.807"),
        ("/by_weight/rate", 2, "0.73"),
        ("/mean", 2, "398.40"),
        ("/mean_passing", 2, "363.70"),
        ("/saving/selection", 2, "34.70"),
        ("/saving/selection_share", 3, "0.087"),
        ("/saving/reduce_to_limit", 2, "16.80"),
        ("/saving/reduce_to_limit_share", 3, "0.042"),
        ("/competition/hhi_before", 0, "1896"),
        ("/competition/hhi_after", 0, "2967"),
        ("/size_effect/ratio", 2, "0.40"),
        ("/rivalry/three_qualify", 1, "0.5"),
        ("/misclassification/false_accept", 3, "0.123"),
        ("/misclassification/false_reject", 3, "0.077"),
    ] {
        assert_eq!(figure(limit, pointer, places), expected, "{pointer}");
    }
    assert_eq!(limit["competition"]["makers_after"], 4);
    assert_eq!((&limit["size_effect"]["sme_passed"], &limit["size_effect"]["large_passed"]), (&2.into(), &5.into()));
    // The pieces of the curve: 0.04 and 0.075 points per kg at 0.00855 points per unit of money.
    assert_eq!(figure(&value, "/points/pieces/0/carbon_price_per_tonne", 0), "4678");
    assert_eq!(figure(&value, "/points/pieces/1/carbon_price_per_tonne", 0), "8772");
    assert_eq!(value["lock_in"][0]["fails_from"], 2028);
    assert_eq!(value["checks_needed"], serde_json::json!([["0.05", 59], ["0.1", 29]]));
    for risk in ["/misclassification/monte_carlo/agrees", "/misclassification/process/monte_carlo/agrees"] {
        assert_eq!(limit.pointer(risk), Some(&Value::Bool(true)), "{risk}");
    }
}

#[test]
fn guard_bands_priors_and_ranks_as_printed() {
    let folder = folder("threshold-printed");
    let one = write(&folder, "one.csv", "产品名称,碳足迹(kg CO2e),相对标准差\n甲,430,15%\n");
    let value = json(&[&one, "--limit", "450", "--prior", "480:0.2"]);
    let wrong = &value["limits"][0]["misclassification"];
    assert_eq!(figure(wrong, "/products_to_verify/0/conforms", 3), "0.620");
    assert_eq!(figure(wrong, "/products_to_verify/0/conforms_with_prior", 3), "0.520");
    assert_eq!(figure(wrong, "/products_to_verify/0/median_with_prior", 1), "447.2");
    assert_eq!(figure(wrong, "/guard_bands/0/accept_up_to", 1), "352.1");
    assert_eq!(figure(wrong, "/guard_bands/1/accept_up_to", 1), "371.7");
    assert!(codes(&value).contains(&"T210".to_string()));
    let sixty: String = (1..=60).map(|at| format!("p{at},{}\n", 100 + at)).collect();
    let sixty = write(&folder, "sixty.csv", format!("name,footprint\n{sixty}"));
    let value = json(&[&sixty, "--quantile", "0.2"]);
    assert_eq!(value["quantiles"][0]["ranks"], serde_json::json!([5, 18]));
    assert_eq!(figure(&value, "/quantiles/0/coverage", 3), "0.953");
    assert_eq!(value["quantiles"][0]["products_needed"], 14);
    let value = json(&[&sixty, "--limit", "130", "--declared-share", "0.6"]);
    // π r and π r + 1 − π, with r = 30/60.
    assert_eq!(figure(&value, "/limits/0/selection_bounds/low", 4), "0.3000");
    assert_eq!(figure(&value, "/limits/0/selection_bounds/high", 4), "0.7000");
}

#[test]
fn real_laptops_without_lifetime_or_use_country_leave_by_name() {
    let laptops = example("computers/laptops.csv");
    let value = json(&[&laptops, "--limit", "300"]);
    let population = &value["population"];
    assert_eq!((population["given"].as_u64(), population["used"].as_u64()), (Some(452), Some(415)));
    let left = population["left_out"].as_array().unwrap();
    assert_eq!(left.len(), 37);
    assert!(left.iter().any(|one| one["name"] == "Pixelbook Go" && one["fields"] == serde_json::json!(["lifetime", "use_country"])));
    assert_eq!(value["limits"][0]["passed"], 194);
    assert!(value["limits"][0]["misclassification"].is_null());
    for code in ["T101", "T103", "T106", "T108", "T109"] {
        assert!(codes(&value).contains(&code.to_string()), "{code}: {:?}", codes(&value));
    }
    let value = json(&[&laptops, "--limit", "300", "--error-is", "standard-deviation"]);
    assert!(value["limits"][0]["misclassification"]["products"].as_u64().unwrap() > 300);
    let desktops = json(&[&example("computers/desktops.csv"), "--limit", "500"]);
    assert_eq!(
        (desktops["population"]["given"].as_u64(), desktops["population"]["used"].as_u64()),
        (Some(259), Some(239))
    );
    // The screen says the same in both languages.
    for (lang, words) in [("zh", "194/415"), ("en", "194/415")] {
        let run = zuji(&["--lang", lang, "threshold", &laptops, "--limit", "300"]);
        assert!(run.status == 0 && run.out.contains(words) && run.err.contains("Pixelbook Go"), "{}", run.out);
    }
}

#[test]
fn the_page_stands_alone_in_both_languages() {
    let folder = folder("threshold-page");
    for (lang, word) in [("zh", "分布与限值"), ("en", "Distribution and limits")] {
        let page = folder.join(format!("{lang}.html")).display().to_string();
        let run =
            zuji(&["--lang", lang, "threshold", &example("invented/desktops.yaml"), "--sweep", "50", "-o", &page]);
        assert_eq!(run.status, 0, "{}", run.err);
        let text = read(Path::new(&page));
        assert!(text.contains(word) && text.contains("2967") && text.contains("<svg") && text.ends_with("</html>\n"));
        assert!(
            !text.contains("<script")
                && text.matches("http").count() == text.matches("http://www.w3.org/2000/svg").count()
        );
        // Beside each picture stands its data: as many tables as pictures at least.
        assert!(text.matches("<table").count() >= text.matches("<figure").count());
    }
}

#[allow(clippy::disallowed_methods, reason = "a test reads what the program wrote")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn says(run: &Run, code: &str) -> bool {
    run.out.contains(&format!("\"code\": \"{code}\"")) || run.err.contains(code)
}

/// Every finding of the laboratory, from a file that calls for it.
#[test]
fn every_finding_is_raised_where_it_belongs() {
    let folder = folder("threshold-findings");
    let plan = |name: &str, text: &str| write(&folder, name, format!("schema: zuji/threshold@1\n{text}"));
    let table = |name: &str, text: &str| write(&folder, name, text);
    let gp12 = example("invented/desktops.yaml");
    let some: String = (0..40).map(|at| format!("p{at},m{},{}\n", at % 4, 100 + at * 5)).collect();
    let some = table("some.csv", &format!("name,maker,footprint\n{some}"));
    let edge: String = (0..12).map(|at| format!("p{at},{}\n", 296.0 + f64::from(at) / 4.0)).collect();
    let edge = table("edge.csv", &format!("name,footprint\n{edge}far,600\n"));
    let routes: String = (0..60)
        .map(|at| {
            format!(
                "p{at},{}\n",
                if at % 2 == 0 { 0.70 + f64::from(at) / 1000.0 } else { 2.32 + f64::from(at) / 300.0 }
            )
        })
        .collect();
    let routes = table("routes.csv", &format!("name,footprint\n{routes}"));
    let copied = "name,maker,footprint,inventory:steel,inventory:board,inventory:plastic\na,A,10,1,2,3\nb,B,30,3,6,9\nc,C,20,9,1,1\n";
    let other: String = (0..20).map(|at| format!("p{at},{},{}\n", 100 + at, 110 + at)).collect();
    let other = table("other.csv", &format!("name,footprint,footprint@AR5\n{other}"));
    let flat: String =
        (2012..2024).map(|year| format!("  - {{year: {year}, value: {}}}\n", 400 + (year % 3) * 7)).collect();
    let flat = plan("flat.yaml", &format!("history:\n{flat}forecast: {{quantile: 0.4, years: 2}}\n"));
    let short = plan("short.yaml", "history: [{year: 2020, value: 400}]\nforecast: {quantile: 0.4, years: 2}\n");
    let wrong = plan("wrong.yaml", "trajectory: {steps: [{from: soon, value: 400}]}\n");
    let rises =
        plan("rises.yaml", "trajectory: {steps: [{from: 2026-01-01, value: 400}, {from: 2027-01-01, value: 420}]}\n");
    for (code, arguments) in [
        ("T102", vec![table("none.csv", "name,footprint\na,\n")]),
        ("T104", vec![table("twice.csv", "name,footprint\na,1\nA ,2\nb,3\n"), "--limit".into(), "2".into()]),
        ("T105", vec![table("negative.csv", "name,footprint\na,-1\nb,3\n")]),
        ("T107", vec![gp12.clone(), "--confidence".into(), "1".into()]),
        ("T201", vec![gp12.clone(), "--limit".into(), "350".into()]),
        ("T202", vec![gp12.clone(), "--limit".into(), "430".into()]),
        ("T203", vec![routes]),
        ("T204", vec![edge, "--limit".into(), "300".into()]),
        ("T205", vec![table("copied.csv", copied)]),
        ("T207", vec![some.clone(), "--limit".into(), "200".into(), "--rsd".into(), "0.5".into()]),
        ("T208", vec![some.clone(), "--limit".into(), "1000".into()]),
        ("T209", vec![other, "--limit".into(), "110".into()]),
        ("T301", vec![some.clone(), "--plan".into(), flat]),
        ("T302", vec![some.clone(), "--plan".into(), short]),
        ("T303", vec![some.clone(), "--plan".into(), wrong]),
        ("T304", vec![some.clone(), "--plan".into(), rises]),
        ("T305", vec![gp12.clone()]),
    ] {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let run = zuji(&[&["threshold"][..], &arguments, &["--format", "json"]].concat());
        assert!(says(&run, code), "{code} {arguments:?}\n{}{}", run.out, run.err);
        assert!(!run.err.contains("panicked"), "{}", run.err);
    }
}

#[test]
fn hostile_populations_meet_an_answer_or_a_clear_error() {
    let folder = folder("threshold-hostile");
    for (name, text, status) in [
        ("empty.csv", "", 2),
        ("header.csv", "name,footprint\n", 2),
        ("nan.csv", "name,footprint\na,NaN\nb,10\n", 1),
        ("inf.csv", "name,footprint\na,inf\nb,1e999\n", 2),
        ("words.csv", "name,footprint\na,ten\nb,10\n", 1),
        ("none.csv", "name,colour\na,1\n", 2),
        ("both.csv", "footprint,pcf\n1,2\n", 2),
        ("ragged.csv", "name,footprint\na,1,2,3\nb,2\n", 1),
        ("zero.csv", "name,footprint,share\na,1,0\nb,2,0\n", 0),
        ("same.csv", "name,footprint\na,5\nb,5\nc,5\n", 0),
        ("one.csv", "name,footprint\na,5\n", 0),
        ("tiny.csv", "name,footprint\na,1e-300\nb,1e15\n", 0),
        (
            "chinese.csv",
            "产品名称,制造商,碳足迹,企业规模,市场份额,使用年限,使用地\n甲,厂一,5,大型,0.5,4,中国\n乙,厂二,7,微型,0.5,4,中国\n",
            0,
        ),
        ("anchor.yaml", "schema: &a zuji/population@1\nproducts: [*a]\n", 2),
        ("other.yaml", "schema: zuji/product@1\n", 2),
        ("size.yaml", "schema: zuji/population@1\nproducts: [{name: a, footprint: 1, size: huge}]\n", 2),
        (
            "many.yaml",
            "schema: zuji/population@1\nsynthetic: {percentiles: [[0.2, 1], [0.4, 2]], products: 4000000000}\n",
            2,
        ),
        (
            "years.yaml",
            "schema: zuji/population@1\nplan: {trajectory: {decline: {from: -2147483648, until: 2147483647, value: 1, rate: 0}}}\nproducts: [{name: a, footprint: 1}]\n",
            1,
        ),
    ] {
        let file = write(&folder, name, text);
        let run = zuji(&["threshold", &file, "--limit", "5", "--sweep", "10", "--format", "json"]);
        assert_eq!(run.status, status, "{name}: {}{}", run.out, run.err);
        assert!(!run.err.contains("panicked"), "{name}: {}", run.err);
        let value: Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(value["schema"], "zuji/threshold-result@1", "{name}");
    }
}

#[test]
fn records_are_recomputed_before_they_count() {
    let folder = folder("threshold-records");
    let frame = "schema: zuji/product@1\nproduct: {name: NAME, maker: MAKER}\ndate: '2024-12-31'\npackaging: none\nenergy: none\n";
    let mut records = Vec::new();
    for (name, maker, kilograms) in [("甲", "厂一", "6.2"), ("乙", "厂二", "7.1")] {
        write(&folder, "product.yaml", frame.replace("NAME", name).replace("MAKER", maker));
        let bom = write(&folder, "bom.csv", format!("名称,材料,数量,单位\n底盘,冷轧钢板,{kilograms},kg\n"));
        let record = folder.join(format!("{name}.json")).display().to_string();
        assert_eq!(zuji(&["footprint", &bom, "--record", &record]).status, 0);
        records.push(record);
    }
    let value = json(&[&records[0], &records[1], "--limit", "15"]);
    assert_eq!((value["population"]["used"].as_u64(), value["population"]["makers"].as_u64()), (Some(2), Some(2)));
    assert!(value["population"]["unit"].as_str().unwrap().starts_with("kg CO2e"));
    // A record whose mass was changed is no evidence of its footprint.
    let forged = write(&folder, "forged.json", read(Path::new(&records[0])).replace("6.2", "3.1"));
    let value = json(&[&forged, &records[1], "--limit", "15"]);
    assert_eq!(value["population"]["used"], 1);
    assert_eq!(value["population"]["left_out"][0]["fields"], serde_json::json!(["footprint"]));
}

#[test]
fn limits_come_from_the_gates_of_a_standard() {
    let folder = folder("threshold-standard");
    let standard = root().join("standards/draft-cn-laptop.yaml").display().to_string();
    let laptops = example("computers/laptops.csv");
    let value = json(&[&laptops, "--standard", &standard]);
    assert_eq!(value["limits"][0]["limit"], "385");
    assert_eq!(value["path"]["years"][0]["year"], 2026);
    let run = zuji(&["threshold", &laptops, "--standard", &standard, "--as-of", "2020-01-01", "--format", "json"]);
    assert!(run.status == 2 && run.out.contains("T107"), "{}", run.out);
    let none = write(&folder, "none.yaml", "schema: zuji/standard@1\n");
    assert_eq!(zuji(&["threshold", &laptops, "--standard", &none]).status, 2);
}

#[test]
fn a_population_made_to_published_percentiles() {
    let folder = folder("threshold-synthetic");
    let text = "schema: zuji/population@1\npopulation: {name: concrete 4000 psi, unit: kg CO2e/m3}\nsynthetic:\n  percentiles: [[0.2, 284], [0.4, 326]]\n  products: 500\n  published_mean: 352\n";
    let file = write(&folder, "concrete.yaml", text);
    let value = json(&[&file, "--limit", "284"]);
    assert_eq!(value["limits"][0]["passed"], 100);
    let gap: f64 = figure(&value, "/population/synthetic/against_published", 4).parse().unwrap();
    assert!(gap.abs() < 0.05, "{gap}");
}
