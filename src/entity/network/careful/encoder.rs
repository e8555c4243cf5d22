//! A small transformer (BERT's shape: MiniLM, six layers of 384 numbers and twelve heads) that reads a window of word
//! pieces and gives each the scores of its tags. Unlike its model in Python it knows no padding: a window is as long as
//! it is.

use rten_simd::{Isa, SimdOp, SimdUnaryOp};
use rten_vecmath::{ApproxGelu, Softmax};

use super::linear::{Linear, Products};
use super::look::{GAPS, LOOKS};
use crate::entity::network::ModelError;
use crate::entity::network::container::Container;
use crate::entity::network::matrix::{Columns, Packed, Rows, square_sum, sum};

/// Added to a variance before its root is taken.
const EPSILON: f32 = 1e-12;
/// Numbers in an attention head.
const HEAD: usize = 32;
const MOST_LAYERS: usize = 48;

/// One piece as the network sees it: row of the vocabulary, look, gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Input {
    pub id: u32,
    pub look: u8,
    pub gap: u8,
}

/// Scale and shift of a layer normalisation.
#[derive(Debug)]
struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

#[derive(Debug)]
struct Layer {
    attend: Linear,
    gather: Linear,
    widen: Linear,
    narrow: Linear,
    norms: [Norm; 2],
}

/// The vocabulary's vectors, left in 8 bits where the file has them: few of them are ever used.
#[derive(Debug)]
struct Embeddings {
    scales: Vec<f32>,
    rows: &'static [u8],
    position: Vec<f32>,
    look: Vec<f32>,
    gap: Vec<f32>,
    norm: Norm,
}

/// The network.
#[derive(Debug)]
pub(super) struct Encoder {
    width: usize,
    tags: usize,
    longest: usize,
    embeddings: Embeddings,
    layers: Vec<Layer>,
    head: Packed,
    head_look: Vec<f32>,
    head_bias: Vec<f32>,
    products: Products,
    work: Work,
}

/// Room to work in, kept from window to window.
#[derive(Debug, Default)]
struct Work {
    rows: Vec<f32>,
    joined: Vec<f32>,
    scores: Vec<f32>,
    head: Vec<f32>,
    heads: Vec<f32>,
    next: Vec<f32>,
    wide: Vec<f32>,
}

impl Encoder {
    /// The network of a file, for `tags` tags and a vocabulary of `words`.
    ///
    /// # Errors
    /// Where a part is missing or has another shape.
    pub fn open(file: &Container<'static>, words: usize, tags: usize) -> Result<Self, ModelError> {
        let what = "embed.word";
        let &[rows, width] = file.part(what, what)?.shape() else {
            return Err(ModelError::Shape(what));
        };
        if rows != words || width == 0 || width % HEAD != 0 {
            return Err(ModelError::Shape(what));
        }
        let embeddings = Embeddings::open(file, width)?;
        let products = Products::default();
        let mut layers = Vec::new();
        while file.has(&format!("layer.{}.attend", layers.len())) && layers.len() < MOST_LAYERS {
            layers.push(Layer::open(file, &products, layers.len(), width)?);
        }
        Ok(Self {
            width,
            tags,
            longest: embeddings.position.len() / width,
            embeddings,
            layers,
            head: head(file, &products, tags, width)?,
            head_look: file.floats("head.shape", &[LOOKS, tags])?,
            head_bias: file.floats("head.bias", &[tags])?,
            products,
            work: Work::default(),
        })
    }

    /// How many pieces a window may have at most.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// The scores of all tags for each piece of the window.
    pub fn scores(&mut self, window: &[Input]) -> Vec<f32> {
        let window = &window[..window.len().min(self.longest)];
        let mut work = std::mem::take(&mut self.work);
        self.embeddings.look_up(window, self.width, &mut work.rows);
        for layer in &self.layers {
            layer.apply(self.width, &mut self.products, &mut work);
        }
        let mut scores = Vec::new();
        let rows = Rows::of(&work.rows, self.width);
        let bias = Some(&self.head_bias[..]);
        self.products
            .floats
            .multiply(rows, &self.head, bias, &mut scores);
        for (row, input) in scores.chunks_exact_mut(self.tags).zip(window) {
            let look = usize::from(input.look) % LOOKS * self.tags;
            for (score, own) in row.iter_mut().zip(&self.head_look[look..]) {
                *score += own;
            }
        }
        self.work = work;
        scores
    }
}

/// The last map, from a piece's numbers to the scores of its tags.
fn head(
    file: &Container<'_>,
    with: &Products,
    tags: usize,
    width: usize,
) -> Result<Packed, ModelError> {
    let rows = file.floats("head.weight", &[tags, width])?;
    let turned: Vec<f32> = (0..width)
        .flat_map(|input| rows.iter().skip(input).step_by(width).copied())
        .collect();
    Ok(with.floats.pack(&turned, width, tags))
}

impl Embeddings {
    fn open(file: &Container<'static>, width: usize) -> Result<Self, ModelError> {
        let (scales, rows) = file
            .part("embed.word", "embed.word")?
            .scaled("embed.word")?;
        let what = "embed.position";
        let &[longest, _] = file.part(what, what)?.shape() else {
            return Err(ModelError::Shape(what));
        };
        Ok(Self {
            scales,
            rows,
            position: file.floats(what, &[longest, width])?,
            look: file.floats("embed.shape", &[LOOKS, width])?,
            gap: file.floats("embed.gap", &[GAPS, width])?,
            norm: Norm {
                gain: file.floats("embed.gain", &[width])?,
                shift: file.floats("embed.shift", &[width])?,
            },
        })
    }

    fn look_up(&self, window: &[Input], width: usize, rows: &mut Vec<f32>) {
        rows.resize(window.len() * width, 0.0);
        for (at, (input, row)) in window.iter().zip(rows.chunks_exact_mut(width)).enumerate() {
            let id = (input.id as usize).min(self.scales.len() - 1);
            let word = &self.rows[id * width..(id + 1) * width];
            let scale = self.scales[id];
            let look = &self.look[usize::from(input.look) % LOOKS * width..];
            let gap = &self.gap[usize::from(input.gap) % GAPS * width..];
            let position = &self.position[at * width..];
            for (i, out) in row.iter_mut().enumerate() {
                let word = f32::from(word[i].cast_signed()) * scale;
                *out = word + position[i] + look[i] + gap[i];
            }
        }
        self.norm.apply(rows, None);
    }
}

impl Layer {
    fn open(
        file: &Container<'_>,
        with: &Products,
        number: usize,
        width: usize,
    ) -> Result<Self, ModelError> {
        let name = |part: &str| format!("layer.{number}.{part}");
        let linear = |part: &str, outputs: usize, inputs: usize| {
            Linear::open(file, with, &name(part), outputs, inputs)
        };
        let norm = |which: usize| -> Result<Norm, ModelError> {
            let part = |part: &str| {
                file.floats_of(&name(&format!("norm.{which}.{part}")), "layer", &[width])
            };
            Ok(Norm {
                gain: part("gain")?,
                shift: part("shift")?,
            })
        };
        let &[wide, _] = file.part(&name("widen"), "layer")?.shape() else {
            return Err(ModelError::Shape("layer"));
        };
        Ok(Self {
            attend: linear("attend", 3 * width, width)?,
            gather: linear("gather", width, width)?,
            widen: linear("widen", wide, width)?,
            narrow: linear("narrow", width, wide)?,
            norms: [norm(0)?, norm(1)?],
        })
    }

    /// `work.rows` becomes the layer's output.
    fn apply(&self, width: usize, with: &mut Products, work: &mut Work) {
        self.attend.apply(&work.rows, with, &mut work.joined);
        attention(width, with, work);
        self.gather.apply(&work.heads, with, &mut work.next);
        self.norms[0].apply(&mut work.next, Some(&work.rows));
        std::mem::swap(&mut work.rows, &mut work.next);
        self.widen.apply(&work.rows, with, &mut work.wide);
        ApproxGelu {}.map_mut(&mut work.wide);
        self.narrow.apply(&work.wide, with, &mut work.next);
        self.norms[1].apply(&mut work.next, Some(&work.rows));
        std::mem::swap(&mut work.rows, &mut work.next);
    }
}

/// Each head: every piece looks at every piece. `work.joined` holds queries, keys and values side by side.
fn attention(width: usize, with: &Products, work: &mut Work) {
    let count = work.joined.len() / (3 * width);
    let scale = 1.0 / (HEAD as f32).sqrt();
    work.heads.resize(count * width, 0.0);
    for at in (0..width).step_by(HEAD) {
        let part = |part: usize, depth, columns, strides| Columns {
            values: &work.joined[part * width + at..],
            shape: [depth, columns],
            strides,
        };
        let queries = part(0, count, HEAD, [3 * width, 1]);
        let keys = part(1, HEAD, count, [1, 3 * width]);
        let values = part(2, count, HEAD, [3 * width, 1]);
        with.floats.product(queries, keys, scale, &mut work.scores);
        for row in work.scores.chunks_exact_mut(count) {
            Softmax::new_mut(row).dispatch();
        }
        let weights = Columns {
            values: &work.scores,
            shape: [count, count],
            strides: [count, 1],
        };
        with.floats.product(weights, values, 1.0, &mut work.head);
        let rows = work.heads.chunks_exact_mut(width);
        for (row, head) in rows.zip(work.head.chunks_exact(HEAD)) {
            row[at..at + HEAD].copy_from_slice(head);
        }
    }
}

impl Norm {
    /// Normalises each row, with `residual` added first where given.
    fn apply(&self, rows: &mut [f32], residual: Option<&[f32]>) {
        Normalise {
            norm: self,
            rows,
            residual,
        }
        .dispatch();
    }
}

struct Normalise<'a> {
    norm: &'a Norm,
    rows: &'a mut [f32],
    residual: Option<&'a [f32]>,
}

impl SimdOp for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _isa: I) {
        let width = self.norm.gain.len();
        for (at, row) in self.rows.chunks_exact_mut(width).enumerate() {
            if let Some(residual) = self.residual {
                for (value, residual) in row.iter_mut().zip(&residual[at * width..]) {
                    *value += residual;
                }
            }
            let mean = sum(row) / width as f32;
            let variance = square_sum(row, mean) / width as f32 + EPSILON;
            let scale = 1.0 / variance.sqrt();
            let columns = self.norm.gain.iter().zip(&self.norm.shift);
            for (value, (gain, shift)) in row.iter_mut().zip(columns) {
                *value = (*value - mean) * scale * gain + shift;
            }
        }
    }
}
