//! Deflating (RFC 1951) of short pieces that are all alike: the JSON beside a text, texts, markup. A packer for anything
//! spends most of its time on tables that it clears and codes that it works out anew for every piece; this one has its
//! codes from a table made once (`assets/deflate`, made by `tools/train.py` there), so one pass over the bytes writes
//! them. What it writes, every reader of the format reads. It refuses pieces whose bytes its codes do not suit: those are
//! for a packer that works the codes out.

use std::sync::LazyLock;

/// The codes of one kind of content, ready to be written: each its bits, the first lowest, and how many they are.
pub(super) struct Codes {
    /// Of each byte, and of the end.
    bytes: [(u16, u8); END + 1],
    /// Of each length of a match, its extra bits included.
    lengths: [(u32, u8); LONGEST + 1],
    /// Of each class of distances.
    distances: [(u16, u8); 30],
    /// The head of a block with these codes.
    head: Bits,
}

/// Codes for JSON as the store keeps it.
pub(super) static JSON: LazyLock<Codes> =
    LazyLock::new(|| Codes::read(include_str!("../../assets/deflate/json.txt")));

/// Codes for English text and markup.
pub(super) static TEXT: LazyLock<Codes> =
    LazyLock::new(|| Codes::read(include_str!("../../assets/deflate/text.txt")));

/// The symbol of the end of a block.
const END: usize = 256;

/// The longest match.
const LONGEST: usize = 258;

/// The shortest match that is looked for; the format would allow three bytes.
const LEAST: usize = 4;

/// How far back a match may stand.
const WINDOW: usize = 1 << 15;

/// The least length of each class of lengths, and how many extra bits the class has.
const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// The order in which a block's head gives the lengths of the codes for code lengths.
const ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// In a block's head: the last code length three to six times more.
const AGAIN: usize = 16;

impl Codes {
    /// Reads a table: three lines of code lengths.
    fn read(table: &str) -> Self {
        let mut lines = table.lines().map(|line| -> Vec<u8> {
            let numbers = line.split(' ');
            numbers.filter_map(|number| number.parse().ok()).collect()
        });
        let mut line = |symbols| {
            let mut line = lines.next().unwrap_or_default();
            line.resize(symbols, 0);
            line
        };
        Self::new(&line(END + 30), &line(30), &line(19))
    }

    fn new(symbols: &[u8], distances: &[u8], sizes: &[u8]) -> Self {
        let codes = canonical(symbols);
        let mut lengths = [(0, 0); LONGEST + 1];
        for (length, slot) in lengths.iter_mut().enumerate().skip(3) {
            let class = LENGTHS.partition_point(|(least, _)| usize::from(*least) <= length) - 1;
            let (least, more) = LENGTHS[class];
            let (bits, count) = codes[END + 1 + class];
            let extra = (length - usize::from(least)) as u32;
            *slot = (u32::from(bits) | extra << count, count + more);
        }
        Self {
            bytes: std::array::from_fn(|symbol| codes[symbol]),
            lengths,
            distances: {
                let codes = canonical(distances);
                std::array::from_fn(|class| codes[class])
            },
            head: head(&[symbols, distances].concat(), sizes),
        }
    }
}

/// The codes that code lengths stand for (RFC 1951, 3.2.2), their first bit lowest.
fn canonical(lengths: &[u8]) -> Vec<(u16, u8)> {
    let mut next = [0_u16; 17];
    for length in lengths.iter().filter(|length| **length > 0) {
        next[usize::from(*length) + 1] += 1;
    }
    for length in 1..16 {
        next[length] = (next[length - 1] + next[length]) << 1;
    }
    let code = |&length: &u8| {
        if length == 0 {
            return (0, 0);
        }
        let next = &mut next[usize::from(length)];
        *next += 1;
        ((*next - 1).reverse_bits() >> (16 - length), length)
    };
    lengths.iter().map(code).collect()
}

/// The head of the only block of a stream, with 286 and 30 codes.
fn head(lengths: &[u8], sizes: &[u8]) -> Bits {
    let mut bits = Bits::default();
    bits.put(0b101, 3);
    bits.put(286 - 257, 5);
    bits.put(30 - 1, 5);
    bits.put(19 - 4, 4);
    for symbol in ORDER {
        bits.put(u64::from(sizes[symbol]), 3);
    }
    let codes = canonical(sizes);
    let mut at = 0;
    while let Some(length) = lengths.get(at) {
        bits.code(codes[usize::from(*length)]);
        at += 1;
        let rest = lengths[at..].iter().take(6);
        let same = rest.take_while(|other| *other == length).count();
        if same >= 3 {
            bits.code(codes[AGAIN]);
            bits.put(same as u64 - 3, 2);
            at += same;
        }
    }
    bits
}

/// Bits on their way into bytes, the first lowest.
#[derive(Clone, Default)]
struct Bits {
    out: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    /// Adds `count` bits, not more than 32.
    #[inline]
    fn put(&mut self, bits: u64, count: u32) {
        self.held |= bits << self.count;
        self.count += count;
        if self.count >= 32 {
            self.out
                .extend_from_slice(&(self.held as u32).to_le_bytes());
            self.held >>= 32;
            self.count -= 32;
        }
    }

    #[inline]
    fn code(&mut self, (bits, count): (u16, u8)) {
        self.put(u64::from(bits), u32::from(count));
    }

    /// The bytes, the last filled up with zeros.
    fn bytes(mut self) -> Vec<u8> {
        let left = self.count.div_ceil(8) as usize;
        self.out.extend_from_slice(&self.held.to_le_bytes()[..left]);
        self.out
    }
}

/// Slots for the places where four bytes stood last.
const SLOTS: usize = 1 << 12;

/// Packs pieces, one after the other. The places of one piece are left for the next, with numbers that are out of its
/// reach: nothing is cleared.
pub(super) struct Packer {
    last: Box<[u32; SLOTS]>,
    /// The number of the next piece's first byte.
    base: u32,
}

impl Default for Packer {
    fn default() -> Self {
        Self {
            last: Box::new([0; SLOTS]),
            base: 1,
        }
    }
}

/// Longer pieces are few, and are worth their own codes.
const MOST: usize = 1 << 18;

impl Packer {
    /// `bytes`, deflated; `None` where these codes make little of them.
    pub fn pack(&mut self, bytes: &[u8], codes: &Codes) -> Option<Vec<u8>> {
        if bytes.len() > MOST {
            return None;
        }
        if self.base > u32::MAX - 2 * MOST as u32 {
            *self = Self::default();
        }
        let mut out = Vec::with_capacity(codes.head.out.len() + bytes.len() / 2 + 16);
        out.extend_from_slice(&codes.head.out);
        let bits = Bits { out, ..codes.head };
        let mut sink = Sink { bits, codes };
        self.walk(bytes, &mut sink);
        self.base += bytes.len() as u32;
        sink.bits.code(codes.bytes[END]);
        let packed = sink.bits.bytes();
        // A head takes less than a hundred bytes; plain prose shrinks to a half.
        (packed.len() <= 128 + bytes.len() / 8 * 5).then_some(packed)
    }

    /// Cuts a piece into bytes and matches: greedily, with one candidate.
    fn walk(&mut self, bytes: &[u8], sink: &mut Sink<'_>) {
        let mut at = 0;
        while let Some(key) = bytes[at..].first_chunk() {
            let before = self.place(key, at);
            let length = before
                .filter(|before| at - before < WINDOW)
                .map_or(0, |before| common(&bytes[before..], &bytes[at..]));
            if length < LEAST {
                sink.byte(bytes[at]);
                at += 1;
                continue;
            }
            sink.again(length, at - before.unwrap_or(at));
            // More places of what stands again find little more.
            for inside in at + 1..at + length.min(4) {
                if let Some(key) = bytes[inside..].first_chunk() {
                    self.place(key, inside);
                }
            }
            at += length;
        }
        bytes[at..].iter().for_each(|byte| sink.byte(*byte));
    }

    /// Notes that `key` stands at `at`; gives where something with its slot stood last in this piece.
    #[inline]
    fn place(&mut self, key: &[u8; LEAST], at: usize) -> Option<usize> {
        const SHIFT: u32 = u32::BITS - SLOTS.ilog2();
        let slot = u32::from_le_bytes(*key).wrapping_mul(0x9E37_79B1) >> SHIFT;
        let number = self.base + at as u32;
        let before = std::mem::replace(&mut self.last[slot as usize % SLOTS], number);
        before.checked_sub(self.base).map(|before| before as usize)
    }
}

struct Sink<'c> {
    bits: Bits,
    codes: &'c Codes,
}

impl Sink<'_> {
    #[inline]
    fn byte(&mut self, byte: u8) {
        self.bits.code(self.codes.bytes[usize::from(byte)]);
    }

    /// Writes that `length` bytes stand again that stood `distance` before.
    #[inline]
    fn again(&mut self, length: usize, distance: usize) {
        let (bits, count) = self.codes.lengths[length];
        self.bits.put(u64::from(bits), u32::from(count));
        let (class, extra, more) = class_of(distance);
        let (bits, count) = self.codes.distances[class];
        let bits = u64::from(bits) | (extra as u64) << count;
        self.bits.put(bits, u32::from(count) + more);
    }
}

/// The class of a distance, its extra bits and how many they are.
#[inline]
fn class_of(distance: usize) -> (usize, usize, u32) {
    let distance = distance - 1;
    if distance < 4 {
        return (distance, 0, 0);
    }
    let top = distance.ilog2();
    let more = top - 1;
    let class = 2 * top as usize + (distance >> more & 1);
    (class, distance & ((1 << more) - 1), more)
}

/// How many bytes two texts begin with in common, up to the longest match.
#[inline]
fn common(first: &[u8], second: &[u8]) -> usize {
    let second = &second[..second.len().min(LONGEST)];
    let mut same = 0;
    while let (Some(a), Some(b)) = (first[same..].first_chunk(), second[same..].first_chunk()) {
        let differ = u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
        if differ != 0 {
            return same + (differ.trailing_zeros() / 8) as usize;
        }
        same += 8;
    }
    let rest = first[same..].iter().zip(&second[same..]);
    same + rest.take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::super::blob::inflate;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_tables_are_whole() {
        for codes in [&*JSON, &*TEXT] {
            // Every byte and every distance can be written.
            for lengths in [
                codes.bytes.map(|code| code.1).to_vec(),
                codes.distances.map(|code| code.1).to_vec(),
            ] {
                assert!(lengths.iter().all(|length| (1..16).contains(length)));
            }
            assert!(codes.head.out.len() < 120, "{}", codes.head.out.len());
        }
    }

    #[test]
    fn what_repeats_shrinks_and_what_does_not_suit_is_refused() {
        let mut packer = Packer::default();
        let json = r#"{"start":12,"end":34,"from":"pattern","score":0.97},"#.repeat(40);
        let packed = packer.pack(json.as_bytes(), &JSON).expect("packed");
        assert!(packed.len() < 200, "{}", packed.len());
        assert_eq!(inflate(&packed).as_deref(), Some(json.as_bytes()));
        let mut state = 7_u64;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 56) as u8
        })
        .take(4_000)
        .collect();
        assert_eq!(packer.pack(&noise, &JSON), None);
        assert_eq!(packer.pack(&vec![b'a'; MOST + 1], &TEXT), None);
    }

    proptest! {
        #[test]
        fn every_piece_comes_back(
            pieces in proptest::collection::vec((proptest::collection::vec(0_u8..4, 0..700), 1_usize..80), 1..6),
        ) {
            let mut packer = Packer::default();
            for (piece, times) in pieces {
                let piece = piece.repeat(times);
                for codes in [&*JSON, &*TEXT] {
                    if let Some(packed) = packer.pack(&piece, codes) {
                        prop_assert_eq!(inflate(&packed), Some(piece.clone()));
                    }
                }
            }
        }
    }
}
