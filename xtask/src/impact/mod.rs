//! Which results move when factors change: every product of the repository computed with the factors of a revision and
//! with those of the working tree, by the same engine, and the rows that make the difference.

mod compare;
mod tree;

use crate::Outcome;
use compare::{Moved, Result};
use std::path::Path;
use std::process::ExitCode;
use tree::{Factors, Tree};
use zuji_core::footprint::footprint;
use zuji_core::product::{Library, Options};
use zuji_formats::{File, Limits, read_product};

/// How many rows of a product are shown.
const SHOWN: usize = 12;

/// A product of the repository.
struct Product {
    name: String,
    table: Option<File>,
    document: Option<File>,
    /// Whether it brings its own factors, those of `tests/golden`.
    golden: bool,
}

/// Compares the factors of a revision with those of the working tree; 1 where a result moves.
pub(crate) fn run(root: &Path, base: &str) -> Outcome<ExitCode> {
    let before = Factors::read(&Tree::Revision { root, revision: base })?;
    let after = Factors::read(&Tree::Working { root })?;
    let products = products(root)?;
    let mut moved = 0;
    for product in &products {
        let change = compare(product, &before, &after)?;
        if let Some(change) = change {
            moved += 1;
            print(&product.name, &change);
        }
    }
    println!("{moved} of {} products move between {base} and the working tree", products.len());
    Ok(if moved == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What moves in a product, if anything does.
fn compare(product: &Product, before: &Factors, after: &Factors) -> Outcome<Option<Moved>> {
    let compute = |factors: &Factors| {
        let library = if product.golden { &factors.golden } else { &factors.embedded };
        compute(product, library)
    };
    Ok(Moved::between(&compute(before)?, &compute(after)?))
}

fn compute(product: &Product, library: &Library) -> Outcome<Result> {
    let (table, document) = (product.table.clone(), product.document.as_ref());
    let input = read_product(table, document, &library.units, &Limits::default(), &|_| ());
    let input =
        input.map_err(|finding| format!("{}: {}", product.name, finding.found(zuji_core::diagnostic::Language::En)))?;
    let done = footprint(&input.bill, &input.document, library, &Options::default());
    Ok(done.footprint.as_ref().map_or_else(Result::default, Result::of))
}

/// The examples, the input of the browser's test and the golden inputs.
fn products(root: &Path) -> Outcome<Vec<Product>> {
    let mut products = Vec::new();
    for folder in ["examples", "wasm/tests/inputs", "tests/golden"] {
        let golden = folder == "tests/golden";
        let mut folders = vec![root.join(folder)];
        if !golden {
            folders = tree::sorted(&root.join(folder))?.into_iter().filter(|path| path.is_dir()).collect();
        }
        for folder in folders {
            products.extend(products_of(root, &folder, golden)?);
        }
    }
    Ok(products)
}

/// A product is a table with `product.yaml` or a document of its own name beside it, or a document alone.
fn products_of(root: &Path, folder: &Path, golden: bool) -> Outcome<Vec<Product>> {
    let read = |path: &Path| -> Outcome<File> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(File::new(name, std::fs::read(path)?))
    };
    let files = tree::sorted(folder)?;
    let beside = |table: &Path| {
        let names = [table.with_extension("yaml"), folder.join("product.yaml")];
        names.into_iter().find(|path| path.is_file())
    };
    let mut products = Vec::new();
    let mut taken = Vec::new();
    for path in files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "csv")) {
        let document = beside(path);
        let name = path.strip_prefix(root)?.display().to_string();
        let file = document.as_deref().map(read).transpose()?;
        products.push(Product { name, table: Some(read(path)?), document: file, golden });
        taken.extend(document);
    }
    for path in files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
        let document = read(path)?;
        let is_product = String::from_utf8_lossy(&document.bytes).contains("zuji/product@1");
        if is_product && !taken.contains(path) {
            let name = path.strip_prefix(root)?.display().to_string();
            products.push(Product { name, table: None, document: Some(document), golden });
        }
    }
    Ok(products)
}

fn print(name: &str, change: &Moved) {
    let total = |total: &Option<String>| total.clone().unwrap_or_else(|| "no result".into());
    println!("{name}: {} → {} kg CO2e  ({})", total(&change.before), total(&change.after), change.difference());
    for row in change.rows.iter().take(SHOWN) {
        println!("  {:>14}  {}  {}", compare::signed(row.contribution), row.line, row.why);
    }
    if change.rows.len() > SHOWN {
        let rest: f64 = change.rows.iter().skip(SHOWN).map(|row| row.contribution).sum();
        println!("  {:>14}  {} more rows", compare::signed(rest), change.rows.len() - SHOWN);
    }
}

#[cfg(test)]
mod tests;
