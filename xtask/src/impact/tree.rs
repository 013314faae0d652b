//! The factors of one side: files of the working tree, or of a revision.

use crate::Outcome;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use zuji_core::factor::FactorsDocument;
use zuji_core::impact::{Characterisation, GwpSets};
use zuji_core::method::Profiles;
use zuji_core::product::{Library, WasteRules};

/// Where files come from.
pub(super) enum Tree<'a> {
    /// As they lie there.
    Working { root: &'a Path },
    /// As a revision has them.
    Revision { root: &'a Path, revision: &'a str },
}

impl Tree<'_> {
    /// The YAML files of a folder with their texts, by name; none where the folder is not there.
    fn folder(&self, folder: &str) -> Outcome<Vec<(String, String)>> {
        let names: Vec<String> = match self {
            Self::Working { root } if root.join(folder).is_dir() => {
                let names = sorted(&root.join(folder))?.into_iter();
                names.filter_map(|path| Some(format!("{folder}/{}", path.file_name()?.to_str()?))).collect()
            }
            Self::Working { .. } => Vec::new(),
            Self::Revision { root, revision } => {
                let listed = git(root, &["ls-tree", "--name-only", revision, &format!("{folder}/")])?;
                listed.lines().map(str::to_string).collect()
            }
        };
        names
            .into_iter()
            .filter(|name| name.ends_with(".yaml"))
            .map(|name| Ok((self.text(&name)?, name)))
            .map(|read: Outcome<(String, String)>| read.map(|(text, name)| (name, text)))
            .collect()
    }

    /// A file's text.
    fn text(&self, path: &str) -> Outcome<String> {
        match self {
            Self::Working { root } => {
                Ok(std::fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"))?)
            }
            Self::Revision { root, revision } => git(root, &["show", &format!("{revision}:{path}")]),
        }
    }

    /// What documents say what they are in findings.
    fn name(&self) -> &str {
        match self {
            Self::Working { .. } => "the working tree",
            Self::Revision { revision, .. } => revision,
        }
    }

    /// The documents of a folder.
    fn documents<T: serde::de::DeserializeOwned>(&self, folder: &str) -> Outcome<Vec<T>> {
        let read = |(path, text): (String, String)| self.document(&path, &text);
        self.folder(folder)?.into_iter().map(read).collect()
    }

    fn document<T: serde::de::DeserializeOwned>(&self, path: &str, text: &str) -> Outcome<T> {
        // JSON is YAML too. A file of an older schema cannot be compared, and says so.
        Ok(serde_yaml::from_str(text).map_err(|error| format!("{path} of {}: {error}", self.name()))?)
    }
}

/// Everything under `factors/` that decides a result, and the golden inputs' own table.
pub(super) struct Factors {
    /// What the program embeds.
    pub(super) embedded: Library,
    /// What `tests/golden` computes with.
    pub(super) golden: Library,
}

impl Factors {
    /// Reads one side.
    pub(super) fn read(tree: &Tree) -> Outcome<Self> {
        let packs = tree.documents("factors/packs")?;
        let golden = tree.document("tests/golden/factors.yaml", &tree.text("tests/golden/factors.yaml")?)?;
        // A revision before this file had the same rules in the source of the tests.
        let waste = match tree.text("tests/golden/waste.json") {
            Ok(text) => tree.document("tests/golden/waste.json", &text)?,
            Err(_) => serde_json::from_str(include_str!("../../../tests/golden/waste.json"))?,
        };
        Self::of(tree, packs, golden, &waste)
    }

    /// Puts one side together with given tables.
    pub(super) fn of(
        tree: &Tree,
        packs: Vec<FactorsDocument>,
        golden: FactorsDocument,
        golden_waste: &WasteRules,
    ) -> Outcome<Self> {
        let sets = tree.documents("factors/gwp")?.into_iter().map(Characterisation::new);
        let sets = GwpSets::new(sets.collect::<std::result::Result<Vec<_>, _>>()?);
        let profiles = Profiles::new(tree.documents("factors/methods")?);
        let rules: Vec<WasteRules> = tree.documents("factors/rules")?;
        let library = |packs: Vec<FactorsDocument>, waste: WasteRules| {
            Library::new(packs, sets.clone(), profiles.clone(), waste).0
        };
        Ok(Self {
            embedded: library(packs, rules.into_iter().next().unwrap_or_default()),
            golden: library(vec![golden], golden_waste.clone()),
        })
    }
}

/// What a folder holds, by name.
pub(super) fn sorted(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

/// What git prints; its own words where it fails.
fn git(root: &Path, arguments: &[&str]) -> Outcome<String> {
    let done = Command::new("git").current_dir(root).args(arguments).stdin(Stdio::null()).output()?;
    if !done.status.success() {
        return Err(format!("git {}: {}", arguments.join(" "), String::from_utf8_lossy(&done.stderr).trim()).into());
    }
    Ok(String::from_utf8(done.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_has_its_own_files() {
        let root = std::env::temp_dir().join(format!("zuji-impact-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        std::fs::create_dir_all(root.join("packs")).unwrap();
        let write = |name: &str, text: &str| std::fs::write(root.join("packs").join(name), text).unwrap();
        git(&root, &["init", "--quiet"]).unwrap();
        write("b.yaml", "old");
        write("note.txt", "none");
        git(&root, &["add", "."]).unwrap();
        let author = ["-c", "user.name=x", "-c", "user.email=x", "-c", "commit.gpgsign=false"];
        git(&root, &[&author[..], &["commit", "--quiet", "--message", "x"]].concat()).unwrap();
        write("b.yaml", "new");
        write("a.yaml", "more");
        let pair = |name: &str, text: &str| (format!("packs/{name}"), text.to_string());
        let head = Tree::Revision { root: &root, revision: "HEAD" };
        assert_eq!(head.folder("packs").unwrap(), [pair("b.yaml", "old")]);
        assert_eq!(head.folder("nowhere").unwrap(), []);
        let working = Tree::Working { root: &root };
        assert_eq!(working.folder("packs").unwrap(), [pair("a.yaml", "more"), pair("b.yaml", "new")]);
        let lost = Tree::Revision { root: &root, revision: "nowhere" };
        assert!(lost.folder("packs").unwrap_err().to_string().contains("nowhere"));
        std::fs::remove_dir_all(&root).unwrap();
    }
}
