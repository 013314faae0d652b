//! Everything that must pass before a change is merged. A step fails, or it has run: nothing is skipped because a
//! machine lacks a tool.

use crate::machine::{cargo, node, run as run_program, target_directory};
use crate::{Outcome, factors, schemas, wasm};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Runs the steps and stops at the first that fails.
pub(crate) fn run(root: &Path, quick: bool) -> Outcome<ExitCode> {
    let start = Instant::now();
    let program = |folder: &str| -> Outcome<_> { Ok(target_directory(root)?.join(folder).join("zuji")) };

    step("format", || run_program(cargo(root).args(["fmt", "--all", "--check"])))?;
    step("clippy", || {
        run_program(cargo(root).args(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))
    })?;
    step("generated files are current", || {
        passed(factors::run(root, true)?)?;
        passed(schemas::run(root, true)?)
    })?;
    step("core without threads and views", || {
        run_program(cargo(root).args(["build", "--locked", "--package", "zuji-core", "--no-default-features"]))
    })?;
    step("tests", || run_program(cargo(root).args(["test", "--workspace", "--locked"])))?;
    if quick {
        println!("\nall quick steps passed in {}; release build and WebAssembly were left out", time(start));
        return Ok(ExitCode::SUCCESS);
    }
    // With the features of the whole workspace, as the tests were built: nothing is compiled twice.
    step("program, debug", || run_program(cargo(root).args(["build", "--locked", "--workspace", "--bin", "zuji"])))?;
    step("program, release", || {
        run_program(cargo(root).args(["build", "--locked", "--release", "--package", "zuji-cli", "--bin", "zuji"]))
    })?;
    let module = step("WebAssembly module", || wasm::build(root))?;
    step("the same bytes: debug, release, threads, WebAssembly", || {
        let mut script = Command::new(node()?);
        script.current_dir(root).arg("wasm/tests/golden.mjs").arg(&module);
        run_program(script.arg(program("debug")?).arg(program("release")?))
    })?;
    println!("\nall steps passed in {}", time(start));
    Ok(ExitCode::SUCCESS)
}

/// Prints a heading, runs, prints the time.
fn step<T>(heading: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("\n== {heading}");
    let start = Instant::now();
    let outcome = work().map_err(|error| format!("step \"{heading}\": {error}"))?;
    println!("-- {heading}: {}", time(start));
    Ok(outcome)
}

fn passed(code: ExitCode) -> Outcome<()> {
    if code == ExitCode::SUCCESS { Ok(()) } else { Err("see above".into()) }
}

fn time(start: Instant) -> String {
    format!("{:.1} s", start.elapsed().as_secs_f64())
}
