//! Lets at most so many ask one host at once; the others wait their turn. It exists because thirty feeds of one host in
//! one second are an attack.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, PoisonError};

/// Counts who is within, by host.
#[derive(Debug)]
pub struct Gate {
    most: usize,
    within: Mutex<HashMap<String, usize>>,
    left: Condvar,
}

/// Leave to ask a host, until it is dropped.
#[derive(Debug)]
pub struct Permit<'a> {
    gate: &'a Gate,
    host: String,
}

impl Gate {
    /// A gate that lets `most` through.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self {
            most,
            within: Mutex::default(),
            left: Condvar::new(),
        }
    }

    /// Waits until the host may be asked.
    pub fn enter(&self, host: &str) -> Permit<'_> {
        // A thread that panicked while counting leaves a count that is still good.
        let mut within = self.within.lock().unwrap_or_else(PoisonError::into_inner);
        while within.get(host).copied().unwrap_or(0) >= self.most {
            within = self
                .left
                .wait(within)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *within.entry(host.to_owned()).or_default() += 1;
        Permit {
            gate: self,
            host: host.to_owned(),
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut within = self
            .gate
            .within
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = within.get_mut(&self.host) {
            *count -= 1;
            if *count == 0 {
                within.remove(&self.host);
            }
        }
        self.gate.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn no_host_is_asked_by_more_than_it_bears() {
        let gate = Gate::new(2);
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let _permit = gate.enter("a.example");
                        let within = now.fetch_add(1, Ordering::SeqCst) + 1;
                        most.fetch_max(within, Ordering::SeqCst);
                        std::thread::yield_now();
                        now.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= 2);
        assert!(gate.within.lock().expect("no panic").is_empty());
    }
}
