//! From a model file's parts to the fast network: every table decoded once, its shape held against the others', and the
//! matrices laid out for products. Part names and shapes are listed at [`encoder`] and [`decoder`].

use std::collections::HashMap;

use super::decoder::{Action, Decoder, Step};
use super::encoder::{Block, Encoder, HashEmbed, Memory, Static};
use super::tokenizer::{Exception, Tokenizer};
use crate::entity::network::bytes::Cursor;
use crate::entity::network::container::Container;
use crate::entity::network::matrix::Multiplier;
use crate::entity::network::{FAST, ModelError};

/// Embedded features, in order: norm, prefix, suffix, shape.
const EMBEDDED: usize = 4;
/// A pipeline has at most so many residual blocks; more would be no model but a waste of time.
const MOST_LAYERS: usize = 16;

/// Refuses a file of another network.
pub(super) fn check_kind(file: &Container<'_>) -> Result<(), ModelError> {
    if file.bytes("network")? == FAST {
        Ok(())
    } else {
        Err(ModelError::Kind)
    }
}

/// The kinds of entities, by label index.
pub(super) fn labels(file: &Container<'_>) -> Result<Vec<String>, ModelError> {
    let mut from = Cursor::new(file.bytes("labels")?, "labels");
    let mut labels = Vec::new();
    while !from.is_done() {
        labels.push(from.text()?.to_owned());
    }
    Ok(labels)
}

/// The tokenizer: `exceptions` holds, one behind the other, text, number of pieces (u8), and for each piece its text and
/// its norm (empty: none of its own); `norms` holds string id (u64) and norm.
pub(super) fn tokenizer(file: &Container<'_>) -> Result<Tokenizer, ModelError> {
    let mut from = Cursor::new(file.bytes("exceptions")?, "exceptions");
    let mut exceptions = Vec::new();
    while !from.is_done() {
        exceptions.push(exception(&mut from)?);
    }
    let mut from = Cursor::new(file.bytes("norms")?, "norms");
    let mut norms = Vec::new();
    while !from.is_done() {
        norms.push((from.u64()?, from.text()?));
    }
    Tokenizer::new(&exceptions, &norms)
}

fn exception(from: &mut Cursor<'_>) -> Result<Exception, ModelError> {
    let text = from.text()?.to_owned();
    let count = from.u8()?;
    let mut pieces = Vec::new();
    for _ in 0..count {
        let piece = from.text()?.to_owned();
        let norm = Some(from.text()?.to_owned()).filter(|norm| !norm.is_empty());
        pieces.push((piece, norm));
    }
    // Pieces that do not make up the text would give tokens outside it.
    let joined: String = pieces.iter().map(|(piece, _)| piece.as_str()).collect();
    if joined != text || text.is_empty() || pieces.iter().any(|(piece, _)| piece.is_empty()) {
        return Err(ModelError::Malformed("exceptions"));
    }
    Ok(Exception { text, pieces })
}

/// The encoder: `embed.N` [rows, width] with `seeds` (u32 each); `mix.*` and `layer.N.*`, each `weight` [width, pieces,
/// inputs], `bias` [width, pieces], `gain` and `shift` [width]; where there are static vectors `static.ids` (u64, u32 row
/// each) and `static.table` [rows, width].
pub(super) fn encoder(file: &Container<'_>, with: &Multiplier) -> Result<Encoder, ModelError> {
    let mut seeds = Cursor::new(file.bytes("seeds")?, "seeds");
    let mut embeds = Vec::new();
    let mut width = 0;
    for feature in 0..EMBEDDED {
        let name = format!("embed.{feature}");
        let &[rows, columns] = file.part(&name, "embed")?.shape() else {
            return Err(ModelError::Shape("embed"));
        };
        if rows == 0 || columns == 0 || (feature > 0 && columns != width) {
            return Err(ModelError::Shape("embed"));
        }
        width = columns;
        embeds.push(HashEmbed {
            feature,
            seed: seeds.u32()?,
            rows,
            table: file.floats_of(&name, "embed", &[rows, columns])?,
        });
    }
    let vectors = file.has("static.ids").then(|| vectors(file, width));
    let vectors = vectors.transpose()?;
    let inputs = width * (EMBEDDED + usize::from(vectors.is_some()));
    let mut layers = Vec::new();
    while file.has(&format!("layer.{}.weight", layers.len())) {
        let name = format!("layer.{}", layers.len());
        layers.push(block(file, with, &name, width, 3 * width)?);
    }
    if layers.len() > MOST_LAYERS {
        return Err(ModelError::Shape("layer"));
    }
    Ok(Encoder {
        width,
        embeds,
        vectors,
        mix: block(file, with, "mix", width, inputs)?,
        layers,
        memory: Memory::default(),
    })
}

fn vectors(file: &Container<'_>, width: usize) -> Result<Static, ModelError> {
    let what = "static.table";
    let &[count, columns] = file.part(what, what)?.shape() else {
        return Err(ModelError::Shape(what));
    };
    if columns != width {
        return Err(ModelError::Shape(what));
    }
    let table = file.floats(what, &[count, width])?;
    let mut from = Cursor::new(file.bytes("static.ids")?, "static.ids");
    let mut rows = HashMap::new();
    while !from.is_done() {
        let (id, row) = (from.u64()?, from.u32()?);
        if row as usize >= count {
            return Err(ModelError::Malformed("static.ids"));
        }
        rows.insert(id, row);
    }
    Ok(Static { rows, table })
}

fn block(
    file: &Container<'_>,
    with: &Multiplier,
    name: &str,
    width: usize,
    inputs: usize,
) -> Result<Block, ModelError> {
    let what = "block";
    let weight_name = format!("{name}.weight");
    let &[_, pieces, _] = file.part(&weight_name, what)?.shape() else {
        return Err(ModelError::Shape(what));
    };
    let weight = file.floats_of(&weight_name, what, &[width, pieces, inputs])?;
    let part = |part: &str, shape: &[usize]| file.floats_of(&format!("{name}.{part}"), what, shape);
    let bias = part("bias", &[width, pieces])?;
    let columns = width * pieces;
    if pieces == 0 {
        return Err(ModelError::Shape(what));
    }
    // [output, piece, input] becomes [input, (piece, output)].
    let mut turned = vec![0.0; weight.len()];
    for (at, value) in weight.iter().enumerate() {
        let (row, input) = (at / inputs, at % inputs);
        let (output, piece) = (row / pieces, row % pieces);
        turned[input * columns + piece * width + output] = *value;
    }
    Ok(Block {
        weight: with.pack(&turned, inputs, columns),
        bias: piece_major(&bias, width, pieces),
        gain: part("gain", &[width])?,
        shift: part("shift", &[width])?,
    })
}

/// `[output, piece]` as `[piece, output]`.
fn piece_major(values: &[f32], outputs: usize, pieces: usize) -> Vec<f32> {
    (0..pieces)
        .flat_map(|piece| (0..outputs).map(move |output| values[output * pieces + piece]))
        .collect()
}

/// The decoder: `reduce.weight` [hidden, width], `reduce.bias`; `lower.weight` [3, hidden, pieces, hidden], `lower.bias`
/// [hidden, pieces], `lower.pad` [3, hidden, pieces]; `upper.weight` [actions, hidden], `upper.bias`; `actions`, for each
/// row of `upper` two bytes: what it does (1 begin, 2 inside, 3 last, 4 unit, 5 outside) and its label (255: none).
pub(super) fn decoder(
    file: &Container<'_>,
    with: &Multiplier,
    width: usize,
    labels: usize,
) -> Result<Decoder, ModelError> {
    let actions = actions(file, labels)?;
    let &[3, hidden, pieces, inner] = file.part("lower.weight", "lower.weight")?.shape() else {
        return Err(ModelError::Shape("lower.weight"));
    };
    if inner != hidden || hidden == 0 || pieces == 0 {
        return Err(ModelError::Shape("lower.weight"));
    }
    let reduce = file.floats("reduce.weight", &[hidden, width])?;
    let lower = file.floats("lower.weight", &[3, hidden, pieces, hidden])?;
    let upper = file.floats("upper.weight", &[actions.len(), hidden])?;
    let pad = file.floats("lower.pad", &[3, hidden, pieces])?;
    let size = hidden * pieces;
    let pad_slot = |slot: usize| piece_major(&pad[slot * size..][..size], hidden, pieces);
    let goings_on = (0..labels).map(|label| going_on(&actions, label)).collect();
    Ok(Decoder {
        reduce: with.pack(&transposed(&reduce, width), width, hidden),
        reduce_bias: file.floats("reduce.bias", &[hidden])?,
        lower: with.pack(&turn_lower(&lower, hidden, pieces), hidden, 3 * size),
        pad: [pad_slot(1), pad_slot(2)],
        bias: piece_major(
            &file.floats("lower.bias", &[hidden, pieces])?,
            hidden,
            pieces,
        ),
        upper: with.pack(&transposed(&upper, hidden), hidden, actions.len()),
        upper_rows: upper,
        upper_bias: file.floats("upper.bias", &[actions.len()])?,
        hidden,
        pieces,
        actions,
        goings_on,
    })
}

fn actions(file: &Container<'_>, labels: usize) -> Result<Vec<Action>, ModelError> {
    let wrong = ModelError::Malformed("actions");
    let (pairs, rest) = file.bytes("actions")?.as_chunks::<2>();
    if pairs.is_empty() || !rest.is_empty() {
        return Err(wrong);
    }
    pairs
        .iter()
        .map(|&[step, label]| {
            let step = match step {
                1 => Step::Begin,
                2 => Step::Inside,
                3 => Step::Last,
                4 => Step::Unit,
                5 => Step::Outside,
                _ => return Err(wrong.clone()),
            };
            let label = Some(usize::from(label)).filter(|&label| label != 255);
            if label.is_some_and(|label| label >= labels) {
                return Err(wrong.clone());
            }
            Ok(Action { step, label })
        })
        .collect()
}

fn going_on(actions: &[Action], label: usize) -> Option<(usize, usize)> {
    let row = |step: Step| {
        let wanted = Action {
            step,
            label: Some(label),
        };
        actions.iter().position(|&action| action == wanted)
    };
    Some((row(Step::Inside)?, row(Step::Last)?))
}

/// `[rows, width]` as `[width, rows]`.
fn transposed(values: &[f32], width: usize) -> Vec<f32> {
    let rows = values.len() / width;
    (0..width)
        .flat_map(|column| (0..rows).map(move |row| values[row * width + column]))
        .collect()
}

/// `[slot, output, piece, input]` as `[input, (slot, piece, output)]`.
fn turn_lower(values: &[f32], hidden: usize, pieces: usize) -> Vec<f32> {
    let columns = 3 * hidden * pieces;
    let mut turned = vec![0.0; values.len()];
    for (at, value) in values.iter().enumerate() {
        let (row, input) = (at / hidden, at % hidden);
        let (slot, row) = (row / (hidden * pieces), row % (hidden * pieces));
        let (output, piece) = (row / pieces, row % pieces);
        turned[input * columns + (slot * pieces + piece) * hidden + output] = *value;
    }
    turned
}
