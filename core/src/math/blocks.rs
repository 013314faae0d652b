//! Work in blocks: on several threads where there are any, always handed on in order.

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

/// Pieces that are made ahead.
const AHEAD: usize = 8;

/// Makes pieces on several threads and hands them on in order; the next ones are made meanwhile. Memory holds a few
/// pieces, whatever their number.
///
/// # Errors
/// What the sink returns; nothing more is made then.
pub fn in_order<T: Send, E: Send>(
    count: usize,
    make: impl Fn(usize) -> T + Sync,
    mut sink: impl FnMut(T) -> Result<(), E> + Send,
) -> Result<(), E> {
    let group = |from: usize| -> Vec<T> {
        let range = from.min(count)..(from + AHEAD).min(count);
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            range.into_par_iter().map(&make).collect()
        }
        #[cfg(not(feature = "parallel"))]
        range.map(&make).collect()
    };
    let mut ready = group(0);
    let mut next = AHEAD;
    while !ready.is_empty() {
        let hand_on = || ready.into_iter().try_for_each(&mut sink);
        let (done, made) = both(hand_on, || group(next));
        done?;
        ready = made;
        next += AHEAD;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_order_and_end_at_an_error() {
        for count in [0, 1, 15, 16, 17, 100] {
            let mut seen = Vec::new();
            let keep = |piece| -> Result<(), ()> {
                seen.push(piece);
                Ok(())
            };
            assert!(in_order(count, |at| at * 2, keep).is_ok());
            assert_eq!(seen, (0..count).map(|at| at * 2).collect::<Vec<_>>());
        }
        assert_eq!(in_order(1000, |at| at, |at| if at == 40 { Err(at) } else { Ok(()) }), Err(40));
    }
}
