//! Work in blocks: on several threads where there are any, always in the same order.

/// How many items a block holds. Part of the result's definition: a change moves last digits of sums.
pub const BLOCK: usize = 4096;

/// The work of every block of [`BLOCK`] items, in order; on several threads where there are any.
pub fn each_block<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    let blocks = count.div_ceil(BLOCK);
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..blocks).into_par_iter().map(work).collect()
    }
    #[cfg(not(feature = "parallel"))]
    (0..blocks).map(work).collect()
}

/// The work of every block of [`BLOCK`] items, which fills its part of `out`; what the blocks return, in order.
pub fn fill_blocks<V: Send, T: Send>(out: &mut [V], work: impl Fn(usize, &mut [V]) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        out.par_chunks_mut(BLOCK).enumerate().map(|(block, part)| work(block * BLOCK, part)).collect()
    }
    #[cfg(not(feature = "parallel"))]
    out.chunks_mut(BLOCK).enumerate().map(|(block, part)| work(block * BLOCK, part)).collect()
}

/// A value for every item, in order.
pub fn map_blocks<T: Send>(count: usize, value: &(impl Fn(usize) -> T + Sync)) -> Vec<T> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..count).into_par_iter().with_min_len(BLOCK).map(value).collect()
    }
    #[cfg(not(feature = "parallel"))]
    (0..count).map(value).collect()
}

/// The work of every item by itself, in order; on several threads where there are any. For few items that are much work.
pub fn each<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..count).into_par_iter().map(work).collect()
    }
    #[cfg(not(feature = "parallel"))]
    (0..count).map(work).collect()
}

/// Two pieces of independent work, side by side where there are threads.
pub fn both<A: Send, B: Send>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B + Send) -> (A, B) {
    #[cfg(feature = "parallel")]
    {
        rayon::join(first, second)
    }
    #[cfg(not(feature = "parallel"))]
    (first(), second())
}
