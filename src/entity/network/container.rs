//! Our own model file: named parts, each a table of numbers or plain bytes, little-endian throughout.
//!
//! ```text
//! 8 bytes  "DATELINE"
//! u32      format version
//! u32      number of parts
//! u64      MurmurHash64A (seed 1) of all that follows
//! parts    u8 length and name · u8 encoding · u8 number of dimensions and a u32 each · u64 length and data
//! ```
//! Encodings: 0 bytes; 1 f32; 2 f16; 3 i8 with one f32 scale for each row (first dimension), the scales before the rows.
//! The format exists so that reading needs neither MessagePack nor JSON, and so that a damaged file is known before a
//! weight is used. The checksum finds accidents; it is no signature.

use super::bytes::Cursor;
use super::{ModelError, hash};

const MAGIC: &[u8; 8] = b"DATELINE";
const VERSION: u32 = 1;
const SEED: u64 = 1;

/// How a part's numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// No numbers.
    Bytes,
    /// 32-bit floats.
    Single,
    /// 16-bit floats.
    Half,
    /// 8-bit integers and a scale for each row.
    Scaled,
}

impl Encoding {
    fn read(byte: u8) -> Result<Self, ModelError> {
        Ok(match byte {
            0 => Self::Bytes,
            1 => Self::Single,
            2 => Self::Half,
            3 => Self::Scaled,
            _ => return Err(ModelError::Malformed("encoding")),
        })
    }

    fn byte(self) -> u8 {
        match self {
            Self::Bytes => 0,
            Self::Single => 1,
            Self::Half => 2,
            Self::Scaled => 3,
        }
    }
}

/// One named part.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    name: &'a str,
    encoding: Encoding,
    shape: Vec<usize>,
    data: &'a [u8],
}

/// A model file, its parts found and its checksum proved; no number is decoded yet.
#[derive(Clone, Debug)]
pub(super) struct Container<'a> {
    parts: Vec<Part<'a>>,
}

impl<'a> Container<'a> {
    /// Finds the parts.
    ///
    /// # Errors
    /// Where the bytes are no model file, of another version, cut short or damaged.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let mut head = Cursor::new(bytes, "its head");
        if head.take(MAGIC.len()).map_err(|_| ModelError::Foreign)? != MAGIC {
            return Err(ModelError::Foreign);
        }
        let version = head.u32()?;
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let count = head.u32()?;
        let sum = head.u64()?;
        if hash::murmur64(head.rest(), SEED) != sum {
            return Err(ModelError::Checksum);
        }
        let mut parts = Vec::new();
        for _ in 0..count {
            parts.push(Part::read(&mut head)?);
        }
        Ok(Self { parts })
    }

    fn find(&self, name: &str) -> Option<&Part<'a>> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The part of this name; `what` names it in errors.
    pub fn part(&self, name: &str, what: &'static str) -> Result<&Part<'a>, ModelError> {
        self.find(name).ok_or(ModelError::Missing(what))
    }

    /// The plain bytes of a part.
    pub fn bytes(&self, name: &'static str) -> Result<&'a [u8], ModelError> {
        let part = self.part(name, name)?;
        match part.encoding {
            Encoding::Bytes => Ok(part.data),
            _ => Err(ModelError::Shape(name)),
        }
    }

    /// The numbers of a part of exactly this shape.
    pub fn floats(&self, name: &'static str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        self.floats_of(name, name, shape)
    }

    /// As [`Container::floats`], for names made while running.
    pub fn floats_of(
        &self,
        name: &str,
        what: &'static str,
        shape: &[usize],
    ) -> Result<Vec<f32>, ModelError> {
        let part = self.part(name, what)?;
        if part.shape != shape {
            return Err(ModelError::Shape(what));
        }
        part.floats(what)
    }
}

impl<'a> Part<'a> {
    fn read(from: &mut Cursor<'a>) -> Result<Self, ModelError> {
        let length = from.u8()?;
        let name = std::str::from_utf8(from.take(usize::from(length))?)
            .map_err(|_| ModelError::Malformed("a part's name"))?;
        let encoding = Encoding::read(from.u8()?)?;
        let dimensions = from.u8()?;
        let mut shape = Vec::new();
        for _ in 0..dimensions {
            shape.push(from.u32()? as usize);
        }
        let length = usize::try_from(from.u64()?).map_err(|_| ModelError::Truncated("a part"))?;
        let data = from.take(length)?;
        Ok(Self {
            name,
            encoding,
            shape,
            data,
        })
    }

    /// Its dimensions.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// How many numbers its shape announces; an error where its data do not hold exactly so many.
    fn count(&self, what: &'static str) -> Result<usize, ModelError> {
        let wrong = ModelError::Shape(what);
        let product = |shape: &[usize]| {
            shape
                .iter()
                .try_fold(1_usize, |count, &n| count.checked_mul(n))
        };
        let count = product(&self.shape).ok_or(wrong.clone())?;
        let scales = self.shape.first().copied().unwrap_or(0);
        let bytes = match self.encoding {
            Encoding::Bytes => return Err(wrong),
            Encoding::Single => count.checked_mul(4),
            Encoding::Half => count.checked_mul(2),
            Encoding::Scaled => scales.checked_mul(4).and_then(|n| n.checked_add(count)),
        };
        if bytes == Some(self.data.len()) {
            Ok(count)
        } else {
            Err(wrong)
        }
    }

    /// Its numbers as 32-bit floats, in row-major order.
    pub fn floats(&self, what: &'static str) -> Result<Vec<f32>, ModelError> {
        let count = self.count(what)?;
        let values: Vec<f32> = match self.encoding {
            Encoding::Bytes => return Err(ModelError::Shape(what)),
            Encoding::Single => singles(self.data),
            Encoding::Half => self
                .data
                .as_chunks::<2>()
                .0
                .iter()
                .map(|bytes| half_to_single(u16::from_le_bytes(*bytes)))
                .collect(),
            Encoding::Scaled => {
                let (scales, rows) = self.scaled(what)?;
                let width = (count / scales.len().max(1)).max(1);
                rows.chunks(width)
                    .zip(scales)
                    .flat_map(|(row, scale)| row.iter().map(move |&n| f32::from(n as i8) * scale))
                    .collect()
            }
        };
        finite(values, what)
    }

    /// The scales and the raw rows of a part of 8-bit integers.
    pub fn scaled(&self, what: &'static str) -> Result<(Vec<f32>, &'a [u8]), ModelError> {
        self.count(what)?;
        let rows = self.shape.first().copied().unwrap_or(0);
        if self.encoding != Encoding::Scaled {
            return Err(ModelError::Shape(what));
        }
        let (scales, data) = self
            .data
            .split_at_checked(rows * 4)
            .ok_or(ModelError::Shape(what))?;
        Ok((finite(singles(scales), what)?, data))
    }
}

fn singles(data: &[u8]) -> Vec<f32> {
    data.as_chunks::<4>()
        .0
        .iter()
        .map(|bytes| f32::from_le_bytes(*bytes))
        .collect()
}

/// Refuses numbers that are not finite: one of them would spread over every result.
fn finite(values: Vec<f32>, what: &'static str) -> Result<Vec<f32>, ModelError> {
    // A sum is not finite where a term is not (and weights are far too small to overflow one).
    let sum: f32 = values.iter().map(|value| value * 0.0).sum();
    if sum == 0.0 {
        Ok(values)
    } else {
        Err(ModelError::NotFinite(what))
    }
}

/// IEEE 754 binary16 to binary32, exactly.
pub(super) fn half_to_single(half: u16) -> f32 {
    let sign = u32::from(half >> 15) << 31;
    let magnitude = u32::from(half & 0x7fff);
    if magnitude >= 0x7c00 {
        return f32::from_bits(sign | 0x7f80_0000 | ((magnitude & 0x3ff) << 13));
    }
    // Shifted into place the exponent is too small by the difference of the biases (127 - 15); one multiplication
    // mends it, for subnormal numbers as well.
    let scaled = f32::from_bits(magnitude << 13) * f32::from_bits((254 - 15) << 23);
    f32::from_bits(scaled.to_bits() | sign)
}

/// binary32 to the nearest binary16, ties to even; what is too large becomes infinite.
pub(super) fn single_to_half(single: f32) -> u16 {
    let bits = single.to_bits();
    let sign = ((bits >> 16) & 0x8000) as u16;
    let magnitude = bits & 0x7fff_ffff;
    if magnitude >= 0x4780_0000 {
        let payload = if magnitude > 0x7f80_0000 { 0x200 } else { 0 };
        return sign | 0x7c00 | payload;
    }
    if magnitude < 0x3880_0000 {
        // Subnormal in 16 bits: adding 0.5 leaves the right number of mantissa bits, rounded.
        let rounded = f32::from_bits(magnitude) + 0.5;
        return sign | ((rounded.to_bits() - 0.5_f32.to_bits()) as u16);
    }
    let rounded = magnitude + 0xfff + ((magnitude >> 13) & 1) - 0x3800_0000;
    sign | ((rounded >> 13) as u16)
}

/// Writes a model file.
#[derive(Clone, Debug, Default)]
pub(super) struct Writer {
    body: Vec<u8>,
    count: u32,
}

impl Writer {
    fn part(&mut self, name: &str, encoding: Encoding, shape: &[usize], data: &[u8]) {
        let name = &name.as_bytes()[..name.len().min(255)];
        self.body.push(name.len() as u8);
        self.body.extend_from_slice(name);
        self.body.push(encoding.byte());
        self.body.push(shape.len() as u8);
        for &n in shape {
            self.body.extend_from_slice(&(n as u32).to_le_bytes());
        }
        self.body
            .extend_from_slice(&(data.len() as u64).to_le_bytes());
        self.body.extend_from_slice(data);
        self.count += 1;
    }

    /// Adds plain bytes.
    pub fn bytes(&mut self, name: &str, data: &[u8]) {
        self.part(name, Encoding::Bytes, &[data.len()], data);
    }

    /// Adds numbers, as 32-bit floats or, where `half`, as 16-bit ones.
    pub fn floats(&mut self, name: &str, shape: &[usize], values: &[f32], half: bool) {
        if half {
            let data: Vec<u8> = values
                .iter()
                .flat_map(|&value| single_to_half(value).to_le_bytes())
                .collect();
            self.part(name, Encoding::Half, shape, &data);
        } else {
            let data: Vec<u8> = values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect();
            self.part(name, Encoding::Single, shape, &data);
        }
    }

    /// Adds numbers in 8 bits: the scales of all rows, then the rows.
    #[cfg(test)]
    pub fn scaled(&mut self, name: &str, shape: &[usize], data: &[u8]) {
        self.part(name, Encoding::Scaled, shape, data);
    }

    /// The finished file.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let mut file = MAGIC.to_vec();
        file.extend_from_slice(&VERSION.to_le_bytes());
        file.extend_from_slice(&self.count.to_le_bytes());
        file.extend_from_slice(&hash::murmur64(&self.body, SEED).to_le_bytes());
        file.extend_from_slice(&self.body);
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut writer = Writer::default();
        writer.bytes("words", b"abc");
        writer.floats("table", &[2, 2], &[1.0, -2.5, 0.1, 65504.0], true);
        writer.finish()
    }

    #[test]
    fn what_is_written_is_read() {
        let file = sample();
        let open = Container::open(&file).unwrap();
        assert_eq!(open.bytes("words").unwrap(), b"abc");
        let table = open.floats("table", &[2, 2]).unwrap();
        assert_eq!(table, [1.0, -2.5, 0.099_975_586, 65504.0]);
        assert_eq!(open.floats("table", &[4]), Err(ModelError::Shape("table")));
        assert_eq!(open.bytes("none"), Err(ModelError::Missing("none")));
    }

    #[test]
    fn every_cut_and_every_flipped_bit_is_noticed() {
        let file = sample();
        for end in 0..file.len() {
            assert!(Container::open(&file[..end]).is_err(), "cut at {end}");
        }
        for bit in 0..file.len() * 8 {
            let mut damaged = file.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            let same = Container::open(&damaged).is_ok_and(|open| {
                open.floats("table", &[2, 2]).is_ok() && open.bytes("words").is_ok()
            });
            assert!(!same, "bit {bit}");
        }
    }

    #[test]
    fn half_floats_go_there_and_back() {
        for half in 0..=u16::MAX {
            let single = half_to_single(half);
            if single.is_nan() {
                assert!(half_to_single(single_to_half(single)).is_nan());
            } else {
                assert_eq!(single_to_half(single), half, "{single}");
            }
        }
        assert_eq!(single_to_half(1.0 + f32::EPSILON), 0x3c00);
        assert_eq!(half_to_single(single_to_half(1e9)), f32::INFINITY);
    }
}
