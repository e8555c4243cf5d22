//! The two hash functions that spaCy's models are trained with. Their constants belong to the functions, not to us; a
//! model's weights mean nothing under any others.

/// MurmurHash64A of `bytes`: the hash behind spaCy's string ids (with seed 1), and the checksum of our model files.
#[must_use]
pub(super) fn murmur64(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (words, tail) = bytes.as_chunks::<8>();
    for word in words {
        let mut k = u64::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> R;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        let mut last = [0; 8];
        last[..tail.len()].copy_from_slice(tail);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> R)
}

/// MurmurHash3 (x86-64, 128 bits) of one 64-bit number, as thinc's hashed embeddings use it: four row numbers, before
/// the remainder by the table's height.
#[must_use]
pub(super) fn embed_keys(value: u64, seed: u32) -> [u32; 4] {
    const fn mix(mut h: u64) -> u64 {
        h ^= h >> 33;
        h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 33;
        h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ (h >> 33)
    }
    let seed = u64::from(seed);
    let mut h1 = value.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31);
    h1 = h1.wrapping_mul(0x4cf5_ad43_2745_937f) ^ seed ^ 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    let low = |h: u64| (h & 0xffff_ffff) as u32;
    [low(h1), low(h1 >> 32), low(h2), low(h2 >> 32)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn string_ids_are_spacys() {
        assert_eq!(murmur64(b"a", 1), 11_901_859_001_352_538_922);
        assert_eq!(murmur64(b"Apple", 1), 6_418_411_030_699_964_375);
        assert_eq!(murmur64("Zürich".as_bytes(), 1), 9_452_955_988_637_137_518);
    }

    #[test]
    fn embedding_rows_are_thincs() {
        let keys = embed_keys(murmur64(b"apple", 1), 8);
        assert_eq!(
            keys,
            [2_653_853_934, 3_922_826_080, 3_980_780_901, 3_736_755_472]
        );
    }
}
