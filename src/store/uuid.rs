//! UUIDs of version 7 (RFC 9562): ids that sort by the time of their making.

use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

/// A new UUID for an instant, seconds since the epoch. Two calls in one process rise; two processes differ.
pub(super) fn version_7(seconds: i64) -> String {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    // The standard library's hasher is seeded from the system's randomness, anew in every process.
    let random = std::hash::RandomState::new().build_hasher().finish();
    let mut hash = Sha256::new();
    hash.update(random.to_le_bytes());
    hash.update(call.to_le_bytes());
    hash.update(std::process::id().to_le_bytes());
    let noise: [u8; 32] = hash.finalize().into();
    let millis = u64::try_from(seconds)
        .unwrap_or(0)
        .wrapping_mul(1000)
        .wrapping_add(call % 1000);
    let mut bytes = [0_u8; 16];
    bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    bytes[6..].copy_from_slice(&noise[..10]);
    bytes[6] = 0x70 | (bytes[6] & 0x0F);
    bytes[8] = 0x80 | (bytes[8] & 0x3F);
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_sort_by_time_and_have_their_form() {
        let (first, second) = (
            super::version_7(1_700_000_000),
            super::version_7(1_700_000_001),
        );
        assert!(first[..13] <= second[..13] && first != second);
        assert_eq!(first.len(), 36);
        assert_eq!(&first[14..15], "7");
        assert!("89ab".contains(&first[19..20]));
    }
}
