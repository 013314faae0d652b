//! What this machine has, and how it gets what is missing.

use crate::Outcome;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Runs a command and fails with its line where it fails.
pub(crate) fn run(command: &mut Command) -> Outcome<()> {
    let status = command.stdin(Stdio::null()).status().map_err(|error| format!("{}: {error}", line(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", line(command)).into()) }
}

/// What a command prints; `None` where it cannot be started or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let done = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    done.status.success().then(|| String::from_utf8_lossy(&done.stdout).trim().to_string())
}

/// A command as one would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// The cargo that runs this program.
pub(crate) fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// Where cargo builds, whatever chose it: the environment, a configuration file or nothing.
pub(crate) fn target_directory(root: &Path) -> Outcome<PathBuf> {
    let metadata =
        output(cargo(root).args(["metadata", "--no-deps", "--format-version", "1"])).ok_or("cargo metadata failed")?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    Ok(PathBuf::from(metadata["target_directory"].as_str().ok_or("cargo metadata names no target directory")?))
}

/// Where a program lies on the path.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Installs Debian packages, where this is Debian and we may.
pub(crate) fn install(packages: &[&str]) -> Outcome<()> {
    if find("apt-get").is_none() {
        return Err(format!("there is no apt-get to install {}", packages.join(" ")).into());
    }
    if output(Command::new("id").arg("-u")).as_deref() != Some("0") {
        return Err(format!("not root; as root: apt-get install {}", packages.join(" ")).into());
    }
    println!("apt-get install {}", packages.join(" "));
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        run(command.args(["-qq", "-o", "Dpkg::Use-Pty=0"]).args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], packages].concat())
}

/// Node.js, which runs the module outside of a browser.
pub(crate) fn node() -> Outcome<PathBuf> {
    if let Some(node) = find("node") {
        return Ok(node);
    }
    install(&["nodejs"]).map_err(|error| format!("Node.js is missing (20 or later): {error}"))?;
    find("node").ok_or_else(|| "Debian's nodejs is installed and brings no `node`".into())
}
