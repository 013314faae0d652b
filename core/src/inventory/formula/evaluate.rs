//! The parameters and amounts of a database, in the order in which they need each other.

use super::{FormulaError, Program, parse};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::inventory::{Inventory, ParameterDocument};
use rustc_hash::FxHashMap;

/// Differences between a formula and what the source stored beside it that are worth a word, relative.
const WORTH_A_WORD: f64 = 1e-6;

/// The values of parameters that formulas see: those of a process first, then those of the database.
#[derive(Default)]
struct Scope {
    values: FxHashMap<String, f64>,
}

/// What names mean that no parameter has.
fn constant(name: &str) -> Option<f64> {
    match name {
        "pi" => Some(std::f64::consts::PI),
        "e" => Some(std::f64::consts::E),
        "true" => Some(1.0),
        "false" => Some(0.0),
        _ => None,
    }
}

impl Inventory {
    /// Computes all formulas. An amount whose formula fails stays unknown (NaN) and is a finding at its place; what the
    /// source stored beside it is never used.
    pub(in crate::inventory) fn evaluate(&mut self) -> Diagnostics {
        let mut found = Diagnostics::default();
        let global = scope(&self.parameters, None, &|at| Place::field(format!("parameters[{at}]")), &mut found);
        let mut next = 0;
        for number in 0..self.processes().len() {
            let exchanges = self.processes()[number].exchanges();
            let from = next;
            while self.beside.formulas.get(next).is_some_and(|(at, _)| (*at as usize) < exchanges.end) {
                next += 1;
            }
            if from == next {
                continue;
            }
            let process = &self.processes()[number];
            let place = |at: usize| self.place(number, None, &format!("parameters[{at}]"));
            let local = scope(&process.parameters, Some(&global), &place, &mut found);
            let mut settled = Vec::with_capacity(next - from);
            for (at, text) in &self.beside.formulas[from..next] {
                let place = || self.place(number, Some(*at as usize), "formula");
                let flow = &self.flows()[self.exchanges()[*at as usize].flow as usize].name;
                match value(text, &local, Some(&global)) {
                    Ok(value) => {
                        settled.push((*at as usize, value));
                        if let Some(stated) = self.stated(*at as usize) {
                            compare(value, stated, text, flow, place(), &mut found);
                        }
                    }
                    Err(failure) => found.push(failure.finding(text, flow).at(place())),
                }
            }
            for (at, value) in settled {
                self.exchanges[at].amount = value;
            }
        }
        found
    }
}

/// Why a formula has no value.
enum Failure {
    Unreadable(FormulaError),
    /// Names that no parameter has, or whose own formula failed.
    Unknown(Vec<String>),
    NoNumber,
}

impl Failure {
    fn finding(&self, formula: &str, name: &str) -> Diagnostic {
        let found = match self {
            Self::Unreadable(error) => Diagnostic::new(&catalogue::I307).with_words("cause", error.words()),
            Self::Unknown(names) => Diagnostic::new(&catalogue::I308).with("names", names.join(", ")),
            Self::NoNumber => Diagnostic::new(&catalogue::I310),
        };
        found.with("formula", formula).with("name", name)
    }
}

fn value(text: &str, local: &Scope, global: Option<&Scope>) -> Result<f64, Failure> {
    run(&parse(text).map_err(Failure::Unreadable)?, local, global)
}

fn run(program: &Program, local: &Scope, global: Option<&Scope>) -> Result<f64, Failure> {
    let mut unknown = Vec::new();
    let mut values = Vec::with_capacity(program.names().len());
    for name in program.names() {
        let known = local.values.get(name).or_else(|| global.and_then(|global| global.values.get(name))).copied();
        match known.or_else(|| constant(name)).filter(|value| value.is_finite()) {
            Some(value) => values.push(value),
            None => unknown.push(name.clone()),
        }
    }
    if !unknown.is_empty() {
        return Err(Failure::Unknown(unknown));
    }
    let value = program.run(&values);
    if value.is_finite() { Ok(value + 0.0) } else { Err(Failure::NoNumber) }
}

fn compare(value: f64, stated: f64, formula: &str, name: &str, place: Place, found: &mut Diagnostics) {
    if (value - stated).abs() > WORTH_A_WORD * value.abs().max(stated.abs()) {
        let finding = Diagnostic::new(&catalogue::I311).with("formula", formula).with("name", name);
        found.push(finding.with("computed", value).with("stated", stated).at(place));
    }
}

/// Values of a list of parameters. Those that fail are in the scope as NaN, so that nothing from further out takes
/// their place.
fn scope(
    parameters: &[ParameterDocument],
    global: Option<&Scope>,
    place: &dyn Fn(usize) -> Place,
    found: &mut Diagnostics,
) -> Scope {
    let mut at_name: FxHashMap<String, usize> = FxHashMap::default();
    let mut scope = Scope::default();
    let mut programs: Vec<Option<Program>> = Vec::with_capacity(parameters.len());
    for (at, parameter) in parameters.iter().enumerate() {
        let name = parameter.name.trim().to_lowercase();
        programs.push(None);
        if at_name.insert(name.clone(), at).is_some() {
            found.push(Diagnostic::new(&catalogue::I312).with("name", &parameter.name).at(place(at)));
            scope.values.insert(name, f64::NAN);
            continue;
        }
        let mut own = f64::NAN;
        match (&parameter.formula, parameter.amount) {
            (Some(text), _) => match parse(text) {
                Ok(program) => programs[at] = Some(program),
                Err(error) => found.push(Failure::Unreadable(error).finding(text, &parameter.name).at(place(at))),
            },
            (None, Some(amount)) => own = amount.get(),
            (None, None) => {
                let none = Failure::Unknown(vec![name.clone()]);
                found.push(none.finding("", &parameter.name).at(place(at)));
            }
        }
        scope.values.insert(name, own);
    }
    for at in order(parameters, &programs, &at_name, place, found) {
        let (Some(program), Some(text)) = (&programs[at], &parameters[at].formula) else { continue };
        match run(program, &scope, global) {
            Ok(value) => {
                if let Some(stated) = parameters[at].amount {
                    compare(value, stated.get(), text, &parameters[at].name, place(at), found);
                }
                scope.values.insert(parameters[at].name.trim().to_lowercase(), value);
            }
            Err(failure) => found.push(failure.finding(text, &parameters[at].name).at(place(at))),
        }
    }
    scope
}

/// Positions of parameters with formulas, each after those that it needs. Those of a circle stay out and are named.
fn order(
    parameters: &[ParameterDocument],
    programs: &[Option<Program>],
    at_name: &FxHashMap<String, usize>,
    place: &dyn Fn(usize) -> Place,
    found: &mut Diagnostics,
) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let needs = |at: usize, nth: usize| -> Option<Option<usize>> {
        let name = programs[at].as_ref()?.names().get(nth)?;
        Some(at_name.get(name).copied().filter(|&needed| programs[needed].is_some()))
    };
    let mut state = vec![State::New; programs.len()];
    let mut order = Vec::new();
    for first in 0..programs.len() {
        if state[first] != State::New || programs[first].is_none() {
            continue;
        }
        let mut way = vec![(first, 0usize)];
        state[first] = State::Open;
        while let Some((at, nth)) = way.last_mut() {
            let (here, look) = (*at, *nth);
            *nth += 1;
            match needs(here, look) {
                None => {
                    state[here] = State::Done;
                    order.push(here);
                    way.pop();
                }
                Some(Some(needed)) if state[needed] == State::New => {
                    state[needed] = State::Open;
                    way.push((needed, 0));
                }
                Some(Some(needed)) if state[needed] == State::Open => {
                    let from = way.iter().position(|(at, _)| *at == needed).unwrap_or(0);
                    let circle: Vec<usize> = way[from..].iter().map(|(at, _)| *at).collect();
                    let names: Vec<&str> =
                        circle.iter().chain([&needed]).map(|&at| parameters[at].name.as_str()).collect();
                    let finding = Diagnostic::new(&catalogue::I309).with("circle", names.join(" → "));
                    found.push(finding.at(place(needed)));
                }
                Some(_) => {}
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostics;
    use crate::inventory::{Builder, Inventory};

    fn evaluated(global: &str, local: &str, formulas: &[(&str, f64)]) -> (Inventory, Diagnostics) {
        let exchanges: Vec<String> = formulas
            .iter()
            .map(|(formula, stated)| {
                format!(r#"{{"flow":"f","direction":"input","amount":{stated},"formula":"{formula}"}}"#)
            })
            .collect();
        let text = format!(
            r#"{{"schema":"zuji/inventory@1","database":{{"id":"d","name":"D","version":"1","source":"s","licence":"CC0"}},
            "parameters":[{global}],"flows":[{{"id":"f","name":"F","kind":"product","unit":"kg"}}],
            "processes":[{{"id":"p","name":"P","parameters":[{local}],"exchanges":[
              {{"flow":"f","direction":"output","amount":1,"reference":true}},{}]}}]}}"#,
            exchanges.join(",")
        );
        Builder::document(serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn a_process_comes_before_the_database_and_case_does_not_count() {
        let (inventory, found) = evaluated(
            r#"{"name":"a","amount":"2"},{"name":"B","amount":"5"},{"name":"c","formula":"a*B"}"#,
            r#"{"name":"z","formula":"Y+1"},{"name":"y","formula":"A*10"},{"name":"A","amount":"3"}"#,
            &[("Z + b", 36.0), ("c", 10.0)],
        );
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(inventory.exchanges()[1].amount, 36.0);
        assert_eq!(inventory.exchanges()[2].amount, 10.0);
    }

    #[test]
    fn a_formula_that_fails_is_never_the_old_amount() {
        for (formula, code) in [("1/0", "I310"), ("nothing*2", "I308"), ("2 +", "I307"), ("-2^2", "I307")] {
            let (inventory, found) = evaluated("", "", &[(formula, 7.0)]);
            assert!(inventory.exchanges()[1].amount.is_nan(), "{formula}");
            let finding = found.iter().find(|finding| finding.code() == code).unwrap_or_else(|| panic!("{found:?}"));
            assert_eq!(finding.places()[0].to_string(), "processes[p].exchanges[1].formula");
        }
    }

    #[test]
    fn circles_are_named_and_what_hangs_on_them_fails() {
        let (inventory, found) = evaluated(
            r#"{"name":"a","amount":"1"}"#,
            r#"{"name":"a","formula":"b"},{"name":"b","formula":"c+1"},{"name":"c","formula":"a"}"#,
            &[("a", 1.0)],
        );
        let circle = found.iter().find(|finding| finding.code() == "I309").unwrap();
        assert_eq!(circle.argument("circle"), Some("a → b → c → a"));
        // The database's own `a` does not step in.
        assert!(inventory.exchanges()[1].amount.is_nan());
    }

    #[test]
    fn a_difference_to_the_stored_amount_is_told() {
        let (inventory, found) = evaluated("", r#"{"name":"x","amount":"4"}"#, &[("x/2", 3.0)]);
        assert_eq!(inventory.exchanges()[1].amount, 2.0);
        assert!(found.has("I311"));
        let (_, found) = evaluated("", r#"{"name":"x","amount":"4"},{"name":"X","amount":"5"}"#, &[("x", 4.0)]);
        assert!(found.has("I312") && found.has("I308"));
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let chain: Vec<String> =
            (0..20_000).map(|at| format!(r#"{{"name":"p{at}","formula":"p{}+1"}}"#, at + 1)).collect();
        let last = r#"{"name":"p20000","amount":"0"}"#;
        let (inventory, found) = evaluated("", &format!("{},{last}", chain.join(",")), &[("p0", 20_000.0)]);
        assert!(found.is_empty());
        assert_eq!(inventory.exchanges()[1].amount, 20_000.0);
    }
}
