//! Building the WebAssembly module with whichever toolchain is there.

use crate::Outcome;
use crate::machine::{cargo, find, install, output, run, target_directory};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's toolchain: its compiler, its cargo, the sources of the standard library, and the linker.
const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

/// What can build for the browser.
enum Toolchain {
    /// The toolchain that runs this program has the target's standard library.
    Own,
    /// Debian's compiler builds the standard library itself and links with this linker.
    Debian { linker: PathBuf },
}

/// The module with all factors in it, the one that a page loads factors into, and this one with linked inventories.
pub(crate) struct Modules {
    pub whole: PathBuf,
    pub slim: PathBuf,
    /// The one that solves linked inventories.
    pub linked: PathBuf,
}

/// Builds the modules and says where they are and how large.
pub(crate) fn run_command(root: &Path) -> Outcome<ExitCode> {
    let modules = build(root)?;
    for module in [modules.whole, modules.slim, modules.linked] {
        println!("{} ({} bytes)", module.display(), std::fs::metadata(&module)?.len());
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the modules with the first toolchain that is there or can be had.
pub(crate) fn build(root: &Path) -> Outcome<Modules> {
    let toolchain = toolchain(root)?;
    // All builds end in one file: the first are put aside.
    let aside = |features: &[&str], name: &str| -> Outcome<PathBuf> {
        let built = build_one(root, &toolchain, features)?;
        let own = built.with_file_name(name);
        std::fs::copy(&built, &own)?;
        Ok(own)
    };
    let linked = aside(&["--no-default-features", "--features", "linked"], "zuji_linked.wasm")?;
    let slim = aside(&["--no-default-features"], "zuji_slim.wasm")?;
    Ok(Modules { whole: build_one(root, &toolchain, &[])?, slim, linked })
}

fn build_one(root: &Path, toolchain: &Toolchain, features: &[&str]) -> Outcome<PathBuf> {
    let target = target_directory(root)?;
    let profile = Path::new(TARGET).join("wasm/zuji_wasm.wasm");
    match toolchain {
        Toolchain::Own => {
            println!("using the target {TARGET} of {}", rustc(root));
            run(cargo(root).args(ARGUMENTS).args(features))?;
            Ok(target.join(profile))
        }
        Toolchain::Debian { linker } => {
            println!(
                "using Debian's {} with {}",
                version(Path::new("/usr/bin/rustc")).unwrap_or_default(),
                linker.display()
            );
            let target = target.join("wasm-deb");
            let path = std::env::var("PATH").unwrap_or_default();
            let mut command = Command::new("/usr/bin/cargo");
            command.current_dir(root).args(ARGUMENTS).args(features).arg("-Zbuild-std=std,panic_abort");
            // What belongs to the toolchain that runs this program must not reach another one.
            for name in
                ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "RUSTDOC", "CARGO_ENCODED_RUSTFLAGS", "LD_LIBRARY_PATH"]
            {
                command.env_remove(name);
            }
            command
                .env("PATH", format!("/usr/bin:{path}"))
                .env("RUSTC", "/usr/bin/rustc")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                .env("CARGO_TARGET_DIR", &target);
            run(&mut command)?;
            Ok(target.join(profile))
        }
    }
}

const ARGUMENTS: [&str; 8] = ["build", "--locked", "--package", "zuji-wasm", "--profile", "wasm", "--target", TARGET];

/// The first of: a target that is installed, Debian's packages that are installed, a target that rustup can add,
/// Debian's packages that apt can install.
fn toolchain(root: &Path) -> Outcome<Toolchain> {
    if own(root) {
        return Ok(Toolchain::Own);
    }
    let missing = match debian(root) {
        Ok(found) => return Ok(found),
        Err(missing) => missing,
    };
    let added = match find("rustup") {
        None => Err("there is no rustup to add it".into()),
        // One attempt: without a network this should fail soon.
        Some(rustup) => {
            println!("rustup target add {TARGET}");
            run(Command::new(rustup).args(["target", "add", TARGET]).current_dir(root).env("RUSTUP_MAX_RETRIES", "1"))
        }
    };
    match added {
        Ok(()) if own(root) => return Ok(Toolchain::Own),
        added => {
            let cause = added
                .err()
                .map_or_else(|| "rustup added it to another toolchain".to_string(), |error| error.to_string());
            println!("{} has no target {TARGET}: {cause}", rustc(root));
            install(&PACKAGES).map_err(|error| {
                format!(
                    "nothing here can build for {TARGET}.\n  {}: {cause}\n  Debian's toolchain: {missing}; {error}\n\
                     Either `rustup target add {TARGET}`, or as root `apt-get install {}`.",
                    rustc(root),
                    PACKAGES.join(" ")
                )
            })?;
        }
    }
    debian(root).map_err(|missing| format!("Debian's toolchain is installed and not usable: {missing}").into())
}

/// Whether the toolchain that runs this program has the target's standard library.
fn own(root: &Path) -> bool {
    output(Command::new("rustc").args(["--print", "sysroot"]).current_dir(root))
        .is_some_and(|sysroot| Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib").is_dir())
}

/// Debian's toolchain, or what it lacks.
fn debian(root: &Path) -> Result<Toolchain, String> {
    let compiler = Path::new("/usr/bin/rustc");
    let found = version(compiler).ok_or("no /usr/bin/rustc")?;
    let needed = needed(root).ok_or("Cargo.toml states no rust-version")?;
    if minor(&found) < minor(&needed) {
        return Err(format!("/usr/bin/rustc is {found}, needed is {needed}"));
    }
    if !Path::new("/usr/bin/cargo").is_file() {
        return Err("no /usr/bin/cargo".into());
    }
    let sysroot =
        output(Command::new(compiler).args(["--print", "sysroot"])).ok_or("/usr/bin/rustc names no sysroot")?;
    if !Path::new(&sysroot).join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
        return Err("no sources of the standard library (rust-web-src)".into());
    }
    let linker = ["wasm-ld-22", "wasm-ld"].iter().find_map(|name| find(name)).ok_or("no wasm-ld (lld-22)")?;
    Ok(Toolchain::Debian { linker })
}

/// The version of a compiler, such as `1.96.0`.
fn version(compiler: &Path) -> Option<String> {
    output(Command::new(compiler).arg("--version").env_remove("RUSTUP_TOOLCHAIN"))?
        .split(' ')
        .nth(1)
        .map(str::to_string)
}

/// What the workspace asks for.
fn needed(root: &Path) -> Option<String> {
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).ok()?;
    let line = manifest.lines().find(|line| line.starts_with("rust-version"))?;
    line.split('"').nth(1).map(str::to_string)
}

/// Major and minor version as numbers, to compare.
fn minor(version: &str) -> (u32, u32) {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

fn rustc(root: &Path) -> String {
    output(Command::new("rustc").arg("--version").current_dir(root)).unwrap_or_else(|| "rustc".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(minor("1.96.0") > minor("1.95"));
        assert!(minor("1.63.0") < minor("1.95"));
        assert!(needed(&crate::repository()).is_some());
    }
}
