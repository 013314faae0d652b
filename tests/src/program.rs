//! The program `zuji`, built once and run as a user runs it.

use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// What a run printed, and its exit status.
#[derive(Debug)]
pub struct Run {
    /// 0, 1 or 2; −1 where a signal ended it.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// The path of the program. Cargo names it only to tests of its own package, so it is asked to build it (which costs
/// nothing where it is built already) and to say where it is.
pub fn path() -> &'static PathBuf {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        // With the features of the whole workspace, as the tests themselves are built: with others all is compiled anew.
        cargo.args(["build", "--quiet", "--workspace", "--bin", "zuji", "--message-format", "json"]);
        if !cfg!(debug_assertions) {
            cargo.arg("--release");
        }
        let built = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let messages = String::from_utf8(built.stdout).unwrap();
        let artefacts = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        artefacts
            .filter_map(|message| message["executable"].as_str().map(PathBuf::from))
            .next_back()
            .expect("cargo names the program")
    })
}

/// Runs the program.
pub fn zuji(arguments: &[&str]) -> Run {
    let done = Command::new(path()).args(arguments).env("LC_ALL", "C").output().unwrap();
    Run {
        status: done.status.code().unwrap_or(-1),
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
    }
}

/// A folder of a test's own under the build directory, empty.
pub fn folder(name: &str) -> PathBuf {
    let path = path().parent().unwrap().join("zuji-tests").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// Writes a file into a folder and gives its path as text.
pub fn write(folder: &std::path::Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_string()
}

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}
