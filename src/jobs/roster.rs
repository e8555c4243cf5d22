//! Who asks which source, while several rounds of visits go on beside each other. It exists because what the user asks
//! for by hand does not wait for a round that hangs in a slow answer, and because each source is asked once for all who
//! want it: what another round is asking, or has asked since this one began, is passed over. It refuses to know how a
//! source is asked; it only counts.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::release::SourceId;

/// All rounds of a program.
#[derive(Clone, Debug, Default)]
pub struct Roster(Arc<Mutex<Ledger>>);

#[derive(Debug, Default)]
struct Ledger {
    /// Rises with everything that ends.
    clock: u64,
    /// What is being asked.
    asking: HashSet<SourceId>,
    /// When what was asked was kept.
    ended: HashMap<SourceId, u64>,
}

impl Roster {
    /// A round that begins now: before the library is read for it, so that nothing ends unseen in between.
    #[must_use]
    pub fn round(&self) -> Round {
        Round {
            began: self.ledger().clock,
            roster: self.clone(),
        }
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // Every change is one insertion or removal, so a ledger of a thread that panicked is still good.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One round of visits.
#[derive(Clone, Debug)]
pub struct Round {
    roster: Roster,
    began: u64,
}

impl Round {
    /// Whether a source is being asked at this moment.
    #[must_use]
    pub fn is_asked(&self, source: SourceId) -> bool {
        self.roster.ledger().asking.contains(&source)
    }

    /// Leave to ask a source; `None` where it is being asked, or was since this round began.
    #[must_use]
    pub fn claim(&self, source: SourceId) -> Option<Claim> {
        let mut ledger = self.roster.ledger();
        let asked_since = ledger
            .ended
            .get(&source)
            .is_some_and(|ended| *ended > self.began);
        let free = !asked_since && ledger.asking.insert(source);
        drop(ledger);
        free.then(|| {
            Claim(Arc::new(Held {
                roster: self.roster.clone(),
                source,
            }))
        })
    }
}

/// Leave to ask a source, until the last copy of it is dropped. Whoever holds one drops it when what the visit brought is
/// kept: whoever asks then knows what was said.
#[derive(Clone, Debug)]
pub struct Claim(#[expect(dead_code, reason = "held for its drop")] Arc<Held>);

#[derive(Debug)]
struct Held {
    roster: Roster,
    source: SourceId,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut ledger = self.roster.ledger();
        ledger.asking.remove(&self.source);
        ledger.clock += 1;
        let now = ledger.clock;
        ledger.ended.insert(self.source, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_asked_once_for_all_who_want_it() {
        let (roster, a, b) = (Roster::default(), SourceId(1), SourceId(2));
        let (first, second) = (roster.round(), roster.round());
        let claim = first.claim(a).expect("nobody asks it");
        assert!(second.claim(a).is_none() && second.is_asked(a));
        assert!(second.claim(b).is_some(), "another one is free");
        let kept = claim.clone();
        drop(claim);
        assert!(second.is_asked(a), "it is not kept yet");
        drop(kept);
        assert!(second.claim(a).is_none(), "it was asked since");
        assert!(roster.round().claim(a).is_some(), "who comes now asks anew");
    }
}
