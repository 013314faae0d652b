//! Pieces made on several threads and handed on in order, with no thread waiting for a group to be complete.

/// How far the making of pieces may run ahead of their handing on, so that memory holds a few pieces whatever their number.
#[cfg(feature = "parallel")]
const AHEAD: usize = 32;

/// Makes pieces on several threads and hands them on in order, one at a time; the next ones are made meanwhile.
/// `make` must not wait for other threads of the pool: it may be called where others wait for its piece.
///
/// # Errors
/// What the sink returns; nothing more is handed on then.
pub fn in_order<T: Send, E: Send>(
    count: usize,
    make: impl Fn(usize) -> T + Sync,
    mut sink: impl FnMut(T) -> Result<(), E> + Send,
) -> Result<(), E> {
    #[cfg(feature = "parallel")]
    if count > 1 && rayon::current_num_threads() > 1 {
        return side_by_side::run(count, &make, &mut sink);
    }
    (0..count).try_for_each(|number| sink(make(number)))
}

#[cfg(feature = "parallel")]
mod side_by_side {
    use super::AHEAD;
    use std::collections::BTreeMap;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

    /// What the threads share. Whoever has a piece and finds the sink free hands on all that is due.
    struct Line<T, S, E> {
        /// The piece that is due.
        next: usize,
        made: BTreeMap<usize, T>,
        /// Taken by the thread that hands on.
        sink: Option<S>,
        failed: Option<E>,
        /// Nothing more is wanted: the sink failed, or a thread panicked.
        over: bool,
    }

    struct Shared<T, S, E> {
        line: Mutex<Line<T, S, E>>,
        moved: Condvar,
        number: AtomicUsize,
    }

    impl<T, S, E> Shared<T, S, E> {
        fn lock(&self) -> MutexGuard<'_, Line<T, S, E>> {
            self.line.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    /// Lets the others go when a thread panics.
    struct Leave<'a, T, S, E>(&'a Shared<T, S, E>);

    impl<T, S, E> Drop for Leave<'_, T, S, E> {
        fn drop(&mut self) {
            if std::thread::panicking() {
                self.0.lock().over = true;
                self.0.moved.notify_all();
            }
        }
    }

    pub(super) fn run<T, E, S>(count: usize, make: &(impl Fn(usize) -> T + Sync), sink: S) -> Result<(), E>
    where
        T: Send,
        E: Send,
        S: FnMut(T) -> Result<(), E> + Send,
    {
        let line = Line { next: 0, made: BTreeMap::new(), sink: Some(sink), failed: None, over: false };
        let shared = Shared { line: Mutex::new(line), moved: Condvar::new(), number: AtomicUsize::new(0) };
        let work = || {
            let _leave = Leave(&shared);
            loop {
                let number = shared.number.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return;
                }
                let piece = make(number);
                if !hand_on(&shared, number, piece) {
                    return;
                }
            }
        };
        rayon::scope(|scope| {
            for _ in 1..rayon::current_num_threads().min(count) {
                scope.spawn(|_| work());
            }
            work();
        });
        let line = shared.line.into_inner().unwrap_or_else(PoisonError::into_inner);
        line.failed.map_or(Ok(()), Err)
    }

    /// Puts a piece into the line and hands on what is due, unless another thread does. False when nothing more is wanted.
    fn hand_on<T, E, S: FnMut(T) -> Result<(), E>>(shared: &Shared<T, S, E>, number: usize, piece: T) -> bool {
        let mut line = shared.lock();
        line.made.insert(number, piece);
        if let Some(mut sink) = line.sink.take() {
            while !line.over {
                let due = line.next;
                let Some(piece) = line.made.remove(&due) else { break };
                drop(line);
                let outcome = sink(piece);
                line = shared.lock();
                line.next += 1;
                if let Err(error) = outcome {
                    line.failed = Some(error);
                    line.over = true;
                }
                shared.moved.notify_all();
            }
            line.sink = Some(sink);
        }
        // Room is made by the thread that hands on, or by the one that is still at work on the piece that is due.
        while !line.over && number >= line.next + AHEAD {
            line = shared.moved.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        !line.over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_order_and_end_at_an_error() {
        for count in [0, 1, 15, 16, 17, 100, 1000] {
            let mut seen = Vec::new();
            let keep = |piece| -> Result<(), ()> {
                seen.push(piece);
                Ok(())
            };
            assert!(in_order(count, |at| at * 2, keep).is_ok());
            assert_eq!(seen, (0..count).map(|at| at * 2).collect::<Vec<_>>());
        }
        let mut handed = Vec::new();
        let fail = |at| {
            handed.push(at);
            if at == 40 { Err(at) } else { Ok(()) }
        };
        assert_eq!(in_order(1000, |at| at, fail), Err(40));
        assert_eq!(handed, (0..=40).collect::<Vec<_>>());
    }

    #[test]
    fn a_slow_sink_bounds_what_is_made_ahead() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let made = AtomicUsize::new(0);
        let mut handed = 0;
        let slow = |_| -> Result<(), ()> {
            std::thread::sleep(std::time::Duration::from_micros(200));
            handed += 1;
            // What is in the line, and one piece per thread on its way to it.
            assert!(
                made.load(Ordering::SeqCst)
                    <= handed + 34 + std::thread::available_parallelism().map_or(64, usize::from)
            );
            Ok(())
        };
        assert!(in_order(300, |_| made.fetch_add(1, Ordering::SeqCst), slow).is_ok());
    }

    #[cfg(feature = "parallel")]
    #[test]
    fn a_panic_ends_all_threads() {
        let outcome = std::panic::catch_unwind(|| in_order(1000, |at| assert_ne!(at, 3), |()| Ok::<(), ()>(())));
        assert!(outcome.is_err());
    }
}
