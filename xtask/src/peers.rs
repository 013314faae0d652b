//! Our answers beside another program's: builds `zuji` and runs the scripts of `tests/peers/` with it.

use crate::Outcome;
use crate::machine::{cargo, find, run as run_program, target_directory};
use std::path::Path;
use std::process::{Command, ExitCode};

/// Runs the comparison with bw2calc; the script fails where the bar is missed.
pub(crate) fn run(root: &Path) -> Outcome<ExitCode> {
    let python = find("python3").ok_or("there is no python3 on the path")?;
    run_program(cargo(root).args(["build", "--locked", "--package", "zuji-cli"]))?;
    let program = target_directory(root)?.join("debug").join(format!("zuji{}", std::env::consts::EXE_SUFFIX));
    run_program(Command::new(python).current_dir(root).arg("tests/peers/against_bw2calc.py").arg(program))?;
    Ok(ExitCode::SUCCESS)
}
