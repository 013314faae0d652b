//! Everything that must pass before a change is merged. A step fails, or it has run: nothing is skipped because a
//! machine lacks a tool.

use crate::machine::{cargo, node, run as run_program, target_directory};
use crate::{Outcome, factors, parts, schemas, wasm};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Runs the steps and stops at the first that fails.
pub(crate) fn run(root: &Path, quick: bool) -> Outcome<ExitCode> {
    let start = Instant::now();
    step("format", || run_program(cargo(root).args(["fmt", "--all", "--check"])))?;
    step("clippy", || {
        run_program(cargo(root).args(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))
    })?;
    step("generated files are current", || {
        passed(factors::run(root, true)?)?;
        passed(schemas::run(root, true)?)
    })?;
    // What a browser gets; a check is enough, as the module is built and run below.
    step("core and formats without threads and views", || {
        let packages = ["clippy", "--locked", "--package", "zuji-core", "--package", "zuji-formats"];
        run_program(cargo(root).args(packages).args(["--no-default-features", "--", "-D", "warnings"]))
    })?;
    step("tests", || run_program(cargo(root).args(["test", "--workspace", "--locked", "--no-fail-fast"])))?;
    if quick {
        println!("\nall quick steps passed in {}; release build and WebAssembly were left out", time(start));
        return Ok(ExitCode::SUCCESS);
    }
    let made = ["--bin", "zuji", "--example", "records"];
    // With the features of the whole workspace, as the tests were built: nothing is compiled twice.
    step("programs, debug", || run_program(cargo(root).args(["build", "--locked", "--workspace"]).args(made)))?;
    step("programs, release", || {
        let packages = ["build", "--locked", "--release", "--package", "zuji-cli", "--package", "zuji-tests"];
        run_program(cargo(root).args(packages).args(made))
    })?;
    let modules = step("WebAssembly modules", || wasm::build(root))?;
    let folder = target_directory(root)?.join("factor-parts");
    step("factors in parts", || passed(parts::run(root, &folder)?))?;
    step("the same bytes: debug, release, threads, WebAssembly", || {
        let builds = target_directory(root)?;
        let mut script = Command::new(node()?);
        script.current_dir(root).args(["--test-reporter=spec", "wasm/tests/golden.mjs"]);
        script.arg(&modules.whole).arg(&modules.slim).arg(&modules.linked).arg(&folder);
        run_program(script.arg(builds.join("debug")).arg(builds.join("release")))
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
