//! The Circular Footprint Formula of the EU's Product Environmental Footprint (Commission Recommendation (EU)
//! 2021/2279, annex I): material, energy and disposal, each term apart.

use crate::math::Finite;

/// Energy recovery at the end of life.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnergyRecovery {
    /// R3: share that goes to energy recovery.
    pub share: Finite,
    /// B: share of the burden that the energy user carries.
    pub to_user: Finite,
    /// E_ER: impact of recovering energy from one unit.
    pub process: Finite,
    /// LHV: lower heating value.
    pub heating_value: Finite,
    /// X_ER,heat: efficiency for heat.
    pub heat: Finite,
    /// X_ER,elec: efficiency for electricity.
    pub electricity: Finite,
    /// E_SE,heat: impact of the heat that is replaced, per unit of energy.
    pub replaced_heat: Finite,
    /// E_SE,elec: impact of the electricity that is replaced, per unit of energy.
    pub replaced_electricity: Finite,
}

/// The formula's parameters, per unit of material.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CircularFootprint {
    /// R1: share of recycled material that goes in.
    pub recycled_in: Finite,
    /// R2: share that is recycled at the end.
    pub recycled_out: Finite,
    /// A: share of the burdens and credits of recycling that the supplier of recycled material keeps. 1 is cut-off, 0 is
    /// avoided burden.
    pub supplier_share: Finite,
    /// Q_Sin/Q_P: quality of what goes in against primary material.
    pub quality_in: Finite,
    /// Q_Sout/Q_P: quality of what comes out.
    pub quality_out: Finite,
    /// E_V: impact of primary material.
    pub primary: Finite,
    /// E_recycled: impact of recycling what goes in.
    pub recycling_in: Finite,
    /// E_recyclingEoL: impact of recycling at the end.
    pub recycling_out: Finite,
    /// E*_V: impact of the primary material that is replaced at the end.
    pub replaced: Finite,
    /// Energy recovery, if there is any.
    pub energy: Option<EnergyRecovery>,
    /// E_D: impact of disposal.
    pub disposal: Finite,
}

/// What the formula gives, term by term.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CircularTerms {
    /// (1 − R1) E_V.
    pub primary: f64,
    /// R1 (A E_recycled + (1 − A) E_V Q_Sin/Q_P).
    pub recycled_in: f64,
    /// (1 − A) R2 (E_recyclingEoL − E*_V Q_Sout/Q_P): negative where recycling saves.
    pub recycling_out: f64,
    /// (1 − B) R3 (E_ER − LHV (X_heat E_SE,heat + X_elec E_SE,elec)).
    pub energy: f64,
    /// (1 − R2 − R3) E_D.
    pub disposal: f64,
}

impl CircularTerms {
    /// Their sum.
    pub fn total(&self) -> f64 {
        self.primary + self.recycled_in + self.recycling_out + self.energy + self.disposal
    }
}

/// A parameter is outside its range.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is outside its range")]
pub struct OutOfRange(pub &'static str);

impl CircularFootprint {
    /// The terms.
    ///
    /// # Errors
    /// A share outside 0–1, or R2 + R3 above 1: more would leave than there is.
    pub fn terms(&self) -> Result<CircularTerms, OutOfRange> {
        let recovered = self.energy.map_or(0.0, |energy| energy.share.get());
        let shares = [
            ("R1", self.recycled_in.get()),
            ("R2", self.recycled_out.get()),
            ("A", self.supplier_share.get()),
            ("R3", recovered),
            ("B", self.energy.map_or(0.0, |energy| energy.to_user.get())),
        ];
        if let Some((name, _)) = shares.iter().find(|(_, share)| !(0.0..=1.0).contains(share)) {
            return Err(OutOfRange(name));
        }
        for (name, quality) in [("Qsin/Qp", self.quality_in), ("Qsout/Qp", self.quality_out)] {
            if quality.get() < 0.0 {
                return Err(OutOfRange(name));
            }
        }
        let left = 1.0 - self.recycled_out.get() - recovered;
        // Shares that are given with a few decimals may miss 1 by their rounding.
        if left < -1e-9 {
            return Err(OutOfRange("R2 + R3"));
        }
        let others = 1.0 - self.supplier_share.get();
        let recycled =
            self.supplier_share.get() * self.recycling_in.get() + others * self.primary.get() * self.quality_in.get();
        let saved = self.recycling_out.get() - self.replaced.get() * self.quality_out.get();
        let energy = self.energy.map_or(0.0, |energy| {
            let replaced = energy.heat.get() * energy.replaced_heat.get()
                + energy.electricity.get() * energy.replaced_electricity.get();
            (1.0 - energy.to_user.get())
                * energy.share.get()
                * (energy.process.get() - energy.heating_value.get() * replaced)
        });
        Ok(CircularTerms {
            primary: (1.0 - self.recycled_in.get()) * self.primary.get(),
            recycled_in: self.recycled_in.get() * recycled,
            recycling_out: others * self.recycled_out.get() * saved,
            energy,
            disposal: left.max(0.0) * self.disposal.get(),
        })
    }
}
