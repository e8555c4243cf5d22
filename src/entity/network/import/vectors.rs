//! Static word vectors of an imported pipeline. They are brought to the encoder's width once, at import, so that reading
//! needs a table look-up instead of a product.

use super::Pipeline;
use super::msgpack::Value;
use super::thinc::Projection;
use crate::entity::network::ModelError;
use crate::entity::network::container::Writer;
use crate::entity::network::matrix::{Multiplier, Rows};

const WHAT: &str = "vocab/vectors";

/// Writes the projected vectors and which string has which.
pub(super) fn project(
    pipeline: &Pipeline<'_>,
    projection: &Projection,
    half: bool,
    writer: &mut Writer,
) -> Result<(), ModelError> {
    let missing = ModelError::Missing(WHAT);
    let vectors = pipeline.vectors.ok_or(missing.clone())?;
    let (values, length) = npy(vectors)?;
    if length != projection.length {
        return Err(ModelError::Shape(WHAT));
    }
    let rows = Rows::of(&values, length);
    let width = projection.width;
    let mut turned = vec![0.0; projection.weight.len()];
    for (at, value) in projection.weight.iter().enumerate() {
        turned[at % length * width + at / length] = *value;
    }
    let multiplier = Multiplier;
    let packed = multiplier.pack(&turned, length, width);
    let mut table = Vec::new();
    multiplier.multiply(rows, &packed, None, &mut table);
    writer.floats("static.table", &[rows.count, width], &table, half);
    let ids = key_rows(pipeline.key_rows.ok_or(missing)?, rows.count)?;
    writer.bytes("static.ids", &ids);
    Ok(())
}

/// String ids (u64) with their rows (u32).
fn key_rows(bytes: &[u8], count: usize) -> Result<Vec<u8>, ModelError> {
    let malformed = || ModelError::Malformed("vocab/key2row");
    let map = Value::read(bytes)?;
    let mut out = Vec::new();
    for (key, row) in map.entries().ok_or_else(malformed)? {
        let key = key.number().ok_or_else(malformed)?;
        let row = match row.number() {
            Some(row) if row < count as u64 => row as u32,
            // -1 marks a string without a vector.
            _ => continue,
        };
        out.extend_from_slice(&key.to_le_bytes());
        out.extend_from_slice(&row.to_le_bytes());
    }
    Ok(out)
}

/// A NumPy file (version 1.0) of 32-bit floats in two dimensions: its numbers and its row length.
fn npy(bytes: &[u8]) -> Result<(Vec<f32>, usize), ModelError> {
    let malformed = || ModelError::Malformed(WHAT);
    let rest = bytes
        .strip_prefix(b"\x93NUMPY\x01\x00")
        .ok_or_else(malformed)?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or_else(malformed)?;
    let header = usize::from(u16::from_le_bytes(*length));
    let (header, data) = rest.split_at_checked(header).ok_or_else(malformed)?;
    let header = std::str::from_utf8(header).map_err(|_| malformed())?;
    if !header.contains("'<f4'") || !header.contains("'fortran_order': False") {
        return Err(ModelError::Unsupported("its vectors are no 32-bit floats"));
    }
    let shape = header
        .split_once("'shape': (")
        .and_then(|(_, rest)| rest.split_once(')'))
        .ok_or_else(malformed)?
        .0;
    let sizes: Vec<usize> = shape
        .split(',')
        .filter_map(|n| n.trim().parse().ok())
        .collect();
    let &[rows, length] = &sizes[..] else {
        return Err(malformed());
    };
    let count = rows.checked_mul(length).and_then(|n| n.checked_mul(4));
    if count != Some(data.len()) || length == 0 {
        return Err(malformed());
    }
    let values = data
        .as_chunks::<4>()
        .0
        .iter()
        .map(|b| f32::from_le_bytes(*b));
    Ok((values.collect(), length))
}
