//! Wide registers where the machine has them: the same operations in the same order, several numbers at once.

/// Runs work compiled for the vectors of this machine (AVX2, NEON) where it has them. Nothing is fused or reordered, so
/// the digits are those of the plain way; what the work calls must be inlined into it to gain from it.
#[inline(always)]
pub fn wide<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(feature = "direct")]
    {
        pulp::Arch::new().dispatch(work)
    }
    #[cfg(not(feature = "direct"))]
    work()
}
