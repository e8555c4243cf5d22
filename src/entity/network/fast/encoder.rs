//! From tokens to vectors: hashed embeddings of four features (and, where the pipeline has them, static vectors), mixed
//! by one block, then a stack of residual blocks that each look one token left and right. A block is a linear map with
//! three outputs per unit of which the largest stays (maxout), then layer normalisation. All arithmetic is 32-bit.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rten_simd::{Isa, SimdOp};

use super::tokenizer::{Features, Token};
use crate::entity::network::hash::embed_keys;
use crate::entity::network::matrix::{Multiplier, Packed, Rows, square_sum, sum};

/// Added to a variance before its root is taken, as thinc does.
const EPSILON: f32 = 1e-8;
/// So many kinds of tokens keep their embedding (12 MB at width 96); then the memory is emptied.
const REMEMBERED: usize = 32_768;
/// Tokens worked on at a time: the buffers then stay within the processor's cache.
const BLOCK: usize = 256;

/// A hashed embedding table: `rows` rows of the encoder's width.
#[derive(Clone, Debug)]
pub(super) struct HashEmbed {
    /// Which feature it embeds.
    pub feature: usize,
    /// Seed of its hash.
    pub seed: u32,
    /// How many rows.
    pub rows: usize,
    /// The rows.
    pub table: Vec<f32>,
}

/// Static vectors, already brought to the encoder's width.
#[derive(Clone, Debug, Default)]
pub(super) struct Static {
    /// String id to row.
    pub rows: HashMap<u64, u32>,
    /// The rows.
    pub table: Vec<f32>,
}

/// Linear map, maxout, layer normalisation.
#[derive(Debug)]
pub(super) struct Block {
    /// Input to `pieces · width` columns, piece-major, so that maxout compares whole rows.
    pub weight: Packed,
    /// Its bias, in the same order.
    pub bias: Vec<f32>,
    /// Scale of the normalised outputs.
    pub gain: Vec<f32>,
    /// What is added to them.
    pub shift: Vec<f32>,
}

/// The encoder.
#[derive(Debug)]
pub(super) struct Encoder {
    /// Numbers in a token's vector.
    pub width: usize,
    /// One table per feature.
    pub embeds: Vec<HashEmbed>,
    /// Static vectors, where the pipeline has them.
    pub vectors: Option<Static>,
    /// The block over the joined embeddings.
    pub mix: Block,
    /// The residual blocks.
    pub layers: Vec<Block>,
    /// Embeddings already computed.
    pub memory: Memory,
}

/// Embeddings of the kinds of tokens met so far: they depend on the features alone.
#[derive(Debug, Default)]
pub(super) struct Memory {
    places: HashMap<Features, usize, BuildHasherDefault<Mixed>>,
    rows: Vec<f32>,
    scratch: Vec<f32>,
}

/// Features are hashes already; folding them together is hash enough.
#[derive(Clone, Copy, Debug, Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_usize(&mut self, _length: usize) {}
}

impl Encoder {
    /// The vectors of `tokens`, `width` numbers each, handed to `take` block by block.
    pub fn encode(
        &mut self,
        arithmetic: &Multiplier,
        tokens: &[Token],
        mut take: impl FnMut(&[f32]),
    ) {
        let halo = self.layers.len();
        let (mut rows, mut next, mut products) = (Vec::new(), Vec::new(), Vec::new());
        for from in (0..tokens.len()).step_by(BLOCK) {
            let to = (from + BLOCK).min(tokens.len());
            self.embed(arithmetic, tokens, from, to, &mut rows);
            for layer in 0..halo {
                let window = Rows {
                    values: &rows,
                    count: to - from + 2 * (halo - layer - 1),
                    stride: self.width,
                };
                let block = &self.layers[layer];
                arithmetic.multiply(window, &block.weight, Some(&block.bias), &mut products);
                next.resize(window.count * self.width, 0.0);
                block.activate(&products, Some(&rows[self.width..]), &mut next);
                std::mem::swap(&mut rows, &mut next);
            }
            take(&rows);
        }
    }

    /// The embeddings of tokens `from..to` and of as many around them as there are layers, zeros beyond the text's ends.
    /// Each layer then loses one row at either end, whose neighbours are not there; none of those reaches the middle.
    fn embed(
        &mut self,
        arithmetic: &Multiplier,
        tokens: &[Token],
        from: usize,
        to: usize,
        rows: &mut Vec<f32>,
    ) {
        let (width, halo) = (self.width, self.layers.len());
        let (first, last) = (from.saturating_sub(halo), (to + halo).min(tokens.len()));
        rows.clear();
        rows.resize((to - from + 2 * halo) * width, 0.0);
        let wanted = &tokens[first..last];
        self.remember(arithmetic, wanted);
        let start = (first + halo - from) * width;
        for (token, row) in wanted.iter().zip(rows[start..].chunks_exact_mut(width)) {
            if let Some(&at) = self.memory.places.get(&token.features) {
                row.copy_from_slice(&self.memory.rows[at * width..(at + 1) * width]);
            }
        }
    }

    /// Computes the embeddings of those tokens that are new.
    fn remember(&mut self, arithmetic: &Multiplier, tokens: &[Token]) {
        if self.memory.places.len() + tokens.len() > REMEMBERED {
            self.memory.places.clear();
            self.memory.rows.clear();
        }
        let mut inputs = std::mem::take(&mut self.memory.scratch);
        inputs.clear();
        let old = self.memory.places.len();
        for token in tokens {
            let next = self.memory.places.len();
            if let std::collections::hash_map::Entry::Vacant(place) =
                self.memory.places.entry(token.features)
            {
                place.insert(next);
                self.join(&token.features, &mut inputs);
            }
        }
        let new = self.memory.places.len() - old;
        if let Some(depth) = inputs.len().checked_div(new) {
            let mut products = Vec::new();
            let rows = Rows::of(&inputs, depth);
            arithmetic.multiply(rows, &self.mix.weight, Some(&self.mix.bias), &mut products);
            self.memory.rows.resize((old + new) * self.width, 0.0);
            let out = &mut self.memory.rows[old * self.width..];
            self.mix.activate(&products, None, out);
        }
        self.memory.scratch = inputs;
    }

    /// Appends the joined embeddings of one kind of token.
    fn join(&self, features: &Features, inputs: &mut Vec<f32>) {
        let width = self.width;
        for embed in &self.embeds {
            let start = inputs.len();
            inputs.resize(start + width, 0.0);
            let sum = &mut inputs[start..];
            for key in embed_keys(features[embed.feature], embed.seed) {
                let row = key as usize % embed.rows;
                for (sum, value) in sum.iter_mut().zip(&embed.table[row * width..]) {
                    *sum += value;
                }
            }
        }
        if let Some(vectors) = &self.vectors {
            let orth = features[features.len() - 1];
            match vectors.rows.get(&orth) {
                Some(&row) => {
                    let at = row as usize * width;
                    inputs.extend_from_slice(&vectors.table[at..at + width]);
                }
                None => inputs.resize(inputs.len() + width, 0.0),
            }
        }
    }
}

impl Block {
    /// Maxout and normalisation of `products`, with `residual` added where given.
    fn activate(&self, products: &[f32], residual: Option<&[f32]>, out: &mut [f32]) {
        Activate {
            block: self,
            products,
            residual,
            out,
        }
        .dispatch();
    }
}

struct Activate<'a> {
    block: &'a Block,
    products: &'a [f32],
    residual: Option<&'a [f32]>,
    out: &'a mut [f32],
}

impl SimdOp for Activate<'_> {
    type Output = ();

    // Inlined, so that its plain loops are compiled for the instruction set that was found.
    #[inline(always)]
    fn eval<I: Isa>(self, _isa: I) {
        let width = self.block.gain.len();
        let pieces = self.block.bias.len() / width;
        let products = self.products.chunks_exact(width * pieces);
        for (at, (products, out)) in products.zip(self.out.chunks_exact_mut(width)).enumerate() {
            out.copy_from_slice(&products[..width]);
            for piece in products[width..].chunks_exact(width) {
                for (out, value) in out.iter_mut().zip(piece) {
                    *out = if *value > *out { *value } else { *out };
                }
            }
            normalise(out, &self.block.gain, &self.block.shift);
            if let Some(residual) = self.residual {
                for (out, value) in out.iter_mut().zip(&residual[at * width..]) {
                    *out += value;
                }
            }
        }
    }
}

#[inline(always)]
fn normalise(row: &mut [f32], gain: &[f32], shift: &[f32]) {
    let count = row.len() as f32;
    let mean = sum(row) / count;
    let variance = square_sum(row, mean) / count + EPSILON;
    let scale = 1.0 / variance.sqrt();
    for ((value, gain), shift) in row.iter_mut().zip(gain).zip(shift) {
        *value = (*value - mean) * scale * gain + shift;
    }
}
