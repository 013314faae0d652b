//! Dividing one production among its products (ISO 14044, 4.3.4; PACT 3 How-to Guide p. 51–54).

use super::{OutputDocument, Scalar};
use crate::math::Sum;

/// By what a production is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllocationKey {
    /// Number of pieces.
    Pieces,
    /// Mass.
    Mass,
    /// Another physical quantity that the user names.
    Physical,
    /// Machine hours.
    MachineHours,
    /// Price × quantity: the usual economic key.
    Revenue,
    /// Unit price alone, as PACT's example does it; quantities do not enter.
    Price,
    /// Shares given by hand.
    Manual,
}

impl AllocationKey {
    /// A key by its name.
    pub fn find(name: &str) -> Option<Self> {
        Some(match crate::factor::name_key(name).as_str() {
            "pieces" | "件数" | "按件" | "equal" => Self::Pieces,
            "mass" | "质量" | "重量" | "按质量" => Self::Mass,
            "physical" | "物理" => Self::Physical,
            "machinehours" | "机时" | "工时" => Self::MachineHours,
            "revenue" | "economic" | "收入" | "产值" | "经济" => Self::Revenue,
            "price" | "价格" | "单价" => Self::Price,
            "manual" | "share" | "手工" | "指定" => Self::Manual,
            _ => return None,
        })
    }

    /// English and Chinese name.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Pieces => ("pieces", "件数"),
            Self::Mass => ("mass", "质量"),
            Self::Physical => ("a physical quantity", "物理量"),
            Self::MachineHours => ("machine hours", "机时"),
            Self::Revenue => ("revenue", "收入"),
            Self::Price => ("unit price", "单价"),
            Self::Manual => ("given shares", "指定份额"),
        }
    }
}

/// Why a production cannot be divided.
#[derive(Clone, Debug, PartialEq)]
pub enum AllocationError {
    /// No output, or none or several marked `this`.
    Outputs,
    /// The key of an output is missing or no number.
    Missing(String),
    /// The key of an output is negative.
    Negative(String, String),
    /// All keys are zero.
    Zero,
    /// Given shares do not sum to 1 (the sum).
    Sum(f64),
}

/// The share of one output.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The output's name.
    pub name: String,
    /// Its key value.
    pub value: f64,
    /// Its share, 0 to 1.
    pub share: f64,
    /// Whether it is the product of the document.
    pub this: bool,
}

/// One output with its key value, for callers that have numbers at hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Name.
    pub name: String,
    /// Key value.
    pub value: f64,
    /// Whether it is the product of the document.
    pub this: bool,
}

/// Divides by a key. The shares sum to 1 within 1e-12; negative values are refused: they would give one product more
/// than everything (slag at −2 beside a product at 10 would make 1.111 and −0.111).
///
/// # Errors
/// See [`AllocationError`].
pub fn allocate(outputs: &[Output], key: AllocationKey) -> Result<Vec<Share>, AllocationError> {
    if outputs.is_empty() || outputs.iter().filter(|output| output.this).count() > 1 {
        return Err(AllocationError::Outputs);
    }
    if let Some(output) = outputs.iter().find(|output| output.value < 0.0) {
        return Err(AllocationError::Negative(output.name.clone(), crate::math::plain(output.value)));
    }
    let mut sum = Sum::default();
    for output in outputs {
        sum.add(output.value);
    }
    let sum = sum.value();
    if sum <= 0.0 || !sum.is_finite() {
        return Err(AllocationError::Zero);
    }
    // Shares given by hand are percentages that people round: 33.3 % three times is fine, 90 % is not.
    if key == AllocationKey::Manual && (sum - 1.0).abs() > 0.005 {
        return Err(AllocationError::Sum(sum));
    }
    Ok(outputs
        .iter()
        .map(|output| Share {
            name: output.name.clone(),
            value: output.value,
            share: output.value / sum,
            this: output.this,
        })
        .collect())
}

/// The key values of documented outputs, read by `number` (a plain number, or a measure in coherent units).
pub(super) fn outputs_of(
    documents: &[OutputDocument],
    key: AllocationKey,
    number: impl Fn(&Scalar) -> Option<f64>,
) -> Result<Vec<Output>, AllocationError> {
    documents
        .iter()
        .map(|document| {
            let read = |scalar: &Option<Scalar>| scalar.as_ref().and_then(&number);
            let value = match key {
                AllocationKey::Pieces => read(&document.pieces),
                AllocationKey::Mass => read(&document.mass),
                AllocationKey::Physical => read(&document.physical),
                AllocationKey::MachineHours => read(&document.machine_hours),
                AllocationKey::Price => read(&document.price),
                AllocationKey::Manual => read(&document.share),
                AllocationKey::Revenue => {
                    read(&document.revenue).or_else(|| Some(read(&document.price)? * read(&document.quantity)?))
                }
            };
            let value = value.ok_or_else(|| AllocationError::Missing(document.name.clone()))?;
            Ok(Output { name: document.name.clone(), value, this: document.this })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn outputs(values: &[f64]) -> Vec<Output> {
        values.iter().enumerate().map(|(at, &value)| Output { name: format!("p{at}"), value, this: at == 0 }).collect()
    }

    #[test]
    fn a_negative_price_is_refused() {
        assert_eq!(
            allocate(&outputs(&[10.0, -2.0]), AllocationKey::Price),
            Err(AllocationError::Negative("p1".into(), "-2".into()))
        );
        assert_eq!(allocate(&outputs(&[0.0, 0.0]), AllocationKey::Mass), Err(AllocationError::Zero));
        assert!(matches!(allocate(&outputs(&[0.5, 0.4]), AllocationKey::Manual), Err(AllocationError::Sum(_))));
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_whole(values in proptest::collection::vec(0.001f64..1e9, 1..40)) {
            let shares = allocate(&outputs(&values), AllocationKey::Mass).unwrap();
            let sum: f64 = shares.iter().map(|share| share.share).sum();
            prop_assert!((sum - 1.0).abs() < 1e-12);
        }
    }
}
