//! From a model to a solved system, and everything that stands in the way in the user's words.

use super::open::Model;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, catalogue};
use zuji_core::footprint::linked::{NotSolved, Solved, Supply};
use zuji_core::inventory::InventorySystem;
use zuji_core::matrix::Problem;
use zuji_core::solve::linked::{Mode, Unsolvable};

/// Names in a loop before it is cut.
const LOOP: usize = 12;
/// Names that stand as examples.
const NAMES: usize = 5;

/// Solves a system for every impact category, or says what stands in the way.
pub fn solved(model: &Model, fast: bool) -> Result<Solved<'_>, Diagnostics> {
    let mode = if fast { Mode::Fast } else { Mode::Reproducible };
    Solved::new(&model.system, mode).map_err(|error| refused(&model.system, &error))
}

/// A demand with its units, flows and scores.
pub fn supply(solved: &Solved, texts: &[String]) -> Result<Supply, Diagnostics> {
    let demand = demands(solved.system(), texts)?;
    solved.supply(&demand).map_err(|error| refused(solved.system(), &error))
}

/// Why there is no answer, in the user's words.
fn refused(system: &InventorySystem, error: &NotSolved) -> Diagnostics {
    match error {
        NotSolved::NotReady(problems) => gate(system, problems),
        NotSolved::Unsolvable(error) => unsolvable(system, error).into(),
        other => Diagnostic::new(&catalogue::I623).with("cause", other).into(),
    }
}

/// The gate's problems, a finding per sort.
fn gate(system: &InventorySystem, problems: &[Problem]) -> Diagnostics {
    let process = |at: u32| system.activities.get(at as usize).map_or("?", |one| &*one.name);
    let product = |at: u32| system.activities.get(at as usize).map_or("?", |one| &*one.product);
    let mut found = Diagnostics::default();
    let all = |is: fn(&Problem) -> bool| -> Vec<&Problem> { problems.iter().filter(|one| is(one)).collect() };
    for one in all(|one| matches!(one, Problem::NotSquare { .. })) {
        if let Problem::NotSquare { products, processes } = one {
            let finding = Diagnostic::new(&catalogue::I610);
            found.push(finding.with("products", products).with("processes", processes));
        }
    }
    type Sort = (fn(&Problem) -> bool, &'static zuji_core::diagnostic::Entry);
    let sorts: [Sort; 6] = [
        (|one| matches!(one, Problem::NoReference { .. }), &catalogue::I611),
        (|one| matches!(one, Problem::ZeroReference { .. }), &catalogue::I612),
        (|one| matches!(one, Problem::SeveralProducers { .. }), &catalogue::I613),
        (|one| matches!(one, Problem::NoProducer { .. }), &catalogue::I614),
        (|one| matches!(one, Problem::EmptyProduct { .. }), &catalogue::I615),
        (|one| matches!(one, Problem::EmptyProcess { .. }), &catalogue::I616),
    ];
    for (is, definition) in sorts {
        let these = all(is);
        let Some(first) = these.first() else { continue };
        let finding = Diagnostic::new(definition).with("count", these.len());
        found.push(match first {
            Problem::NoReference { process: at }
            | Problem::ZeroReference { process: at, .. }
            | Problem::EmptyProcess { process: at } => finding.with("process", process(*at)),
            Problem::SeveralProducers { product: at, processes } => {
                let names: Vec<&str> = processes.iter().take(NAMES).map(|&at| process(at)).collect();
                finding.with("product", product(*at)).with("processes", names.join("; "))
            }
            Problem::NoProducer { product: at } | Problem::EmptyProduct { product: at } => {
                finding.with("product", product(*at))
            }
            Problem::NotSquare { .. } => finding,
        });
    }
    found
}

/// Why there is no answer, with the loop named.
pub fn unsolvable(system: &InventorySystem, error: &Unsolvable) -> Diagnostic {
    let named = |list: &[u32]| {
        let mut names: Vec<&str> =
            list.iter().take(LOOP).filter_map(|&at| system.activities.get(at as usize)).map(|one| &*one.name).collect();
        match list.len() > LOOP {
            true => names.push("…"),
            false => names.extend(names.first().copied()),
        }
        names.join(" → ")
    };
    match error {
        Unsolvable::Singular { loop_ } => {
            Diagnostic::new(&catalogue::I620).with("count", loop_.len()).with("loop", named(loop_))
        }
        Unsolvable::IllConditioned { loop_, error } => Diagnostic::new(&catalogue::I621)
            .with("count", loop_.len())
            .with("error", zuji_core::math::significant(*error, 2))
            .with("loop", named(loop_)),
        Unsolvable::TooLarge { size } => Diagnostic::new(&catalogue::I622).with("count", size),
        other => Diagnostic::new(&catalogue::I623).with("cause", other),
    }
}

/// A demand by id or unique name: position of the product, and how much.
fn demands(system: &InventorySystem, texts: &[String]) -> Result<Vec<(u32, f64)>, Diagnostics> {
    let (mut list, mut found) = (Vec::new(), Diagnostics::default());
    for text in texts {
        match amount_of(system, text) {
            Ok(one) => list.push(one),
            Err(finding) => found.push(finding),
        }
    }
    if found.is_empty() { Ok(list) } else { Err(found) }
}

/// `ID=AMOUNT`; the id may hold equals signs itself.
fn amount_of(system: &InventorySystem, text: &str) -> Result<(u32, f64), Diagnostic> {
    let form =
        || Diagnostic::new(&catalogue::I632).with("text", text).with("form", "ID=AMOUNT").with("example", "steel=1.5");
    let (id, amount) = text.rsplit_once('=').ok_or_else(form)?;
    let amount = zuji_core::quantity::read_number(amount.trim()).ok().filter(|amount| amount.is_finite());
    Ok((activity(system, id)?, amount.ok_or_else(form)?))
}

/// A process by its id, else by its name where only one has it.
pub fn activity(system: &InventorySystem, text: &str) -> Result<u32, Diagnostic> {
    let text = text.trim();
    if let Some(at) = system.activity(text) {
        return Ok(at as u32);
    }
    let same = |one: &&zuji_core::inventory::Activity| one.name.trim() == text;
    let named: Vec<u32> = (0u32..).zip(&system.activities).filter(|(_, one)| same(one)).map(|(at, _)| at).collect();
    match named[..] {
        [one] => Ok(one),
        [] => {
            let near = system
                .activities
                .iter()
                .map(|one| (zuji_core::factor::near(text, &one.name), one))
                .filter(|(score, _)| *score > 0.45)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let words = near.map_or((String::new(), String::new()), |(_, one)| {
                (format!(" (\"{}\": {}?)", one.name, one.id), format!("（“{}”：{}？）", one.name, one.id))
            });
            Err(Diagnostic::new(&catalogue::I630).with("text", text).with_words("suggestion", words))
        }
        _ => {
            let ids: Vec<&str> = named.iter().take(NAMES).map(|&at| &*system.activities[at as usize].id).collect();
            let finding = Diagnostic::new(&catalogue::I631).with("count", named.len()).with("text", text);
            Err(finding.with("ids", ids.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{gate, unsolvable};
    use zuji_core::diagnostic::Language;
    use zuji_core::inventory::{Activity, InventorySystem};
    use zuji_core::matrix::Problem;
    use zuji_core::solve::linked::Unsolvable;

    fn system() -> InventorySystem {
        let activity = |name: &str| Activity {
            id: name.into(),
            name: name.into(),
            product: format!("{name}的产品").into(),
            unit: "kg".into(),
            location: None,
            category: "".into(),
            process: None,
        };
        InventorySystem { activities: ["炼钢", "发电"].map(activity).to_vec(), ..InventorySystem::default() }
    }

    #[test]
    fn problems_of_the_gate_are_named() {
        let problems = [
            Problem::NotSquare { products: 2, processes: 3 },
            Problem::NoReference { process: 0 },
            Problem::NoReference { process: 1 },
            Problem::SeveralProducers { product: 1, processes: vec![0, 1] },
            Problem::NoProducer { product: 0 },
            Problem::EmptyProduct { product: 1 },
            Problem::EmptyProcess { process: 9 },
        ];
        let found = gate(&system(), &problems);
        let codes: Vec<&str> = found.iter().map(|one| one.code()).collect();
        assert_eq!(codes, ["I610", "I611", "I613", "I614", "I615", "I616"]);
        let said: Vec<String> = found.iter().map(|one| one.found(Language::Zh)).collect();
        assert!(said[1].contains('2') && said[1].contains("炼钢"), "{said:?}");
        assert!(said[2].contains("发电的产品") && said[2].contains("炼钢; 发电"), "{said:?}");
    }

    #[test]
    fn loops_are_named_and_closed() {
        let said = |error: &Unsolvable| {
            let one = unsolvable(&system(), error);
            (one.code(), one.found(Language::En))
        };
        let (code, text) = said(&Unsolvable::Singular { loop_: vec![0, 1] });
        assert!(code == "I620" && text.contains("炼钢 → 发电 → 炼钢"), "{text}");
        let (code, text) = said(&Unsolvable::IllConditioned { loop_: vec![1], error: 1e-3 });
        assert!(code == "I621" && text.contains("0.0010") && text.contains("发电 → 发电"), "{text}");
        assert_eq!(said(&Unsolvable::TooLarge { size: 90_000 }).0, "I622");
        assert_eq!(said(&Unsolvable::Shape(1)).0, "I623");
    }
}
