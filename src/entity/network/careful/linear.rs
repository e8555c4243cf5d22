//! A linear map with 8-bit weights. The input's rows are rounded to 8 bits as well, each with its own scale and zero, the
//! product runs in integers, and the result is scaled back: three to four times as fast as 32-bit arithmetic where the
//! processor has the instructions. Where it could overflow instead, the weights are widened once and the product is an
//! ordinary one.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::{Isa, SimdOp};
use rten_tensor::NdTensorView;
use rten_vecmath::{ExtendInit, MinMax, Quantize};

use crate::entity::network::ModelError;
use crate::entity::network::container::Container;
use crate::entity::network::matrix::{Multiplier, Packed, Rows};

/// Multiplies in integers and in floats.
#[derive(Debug, Default)]
pub(super) struct Products {
    /// In floats.
    pub floats: Multiplier,
    rounded: Vec<u8>,
    scales: Vec<f32>,
    zeros: Vec<i32>,
    sums: Vec<i32>,
}

/// 8-bit inputs without sign, 8-bit weights with one, 32-bit sums.
fn integers() -> GemmExecutor<u8, i8, i32> {
    GemmExecutor::new()
}

/// One linear map.
pub(super) struct Linear {
    weight: Weight,
    bias: Vec<f32>,
    inputs: usize,
}

enum Weight {
    Integers {
        packed: PackedBMatrix<i8>,
        /// One for each output.
        scales: Vec<f32>,
        /// The sum of each output's weights, by which a row's zero is taken out of the product. (The crate would do
        /// it, but its version 0.24 gets all rows after the first few wrong.)
        totals: Vec<i32>,
    },
    Floats(Packed),
}

impl std::fmt::Debug for Linear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Linear({} to {})", self.inputs, self.bias.len())
    }
}

impl Linear {
    /// The map whose weights are the part `name`, `[outputs, inputs]` in 8 bits, and whose bias is `name.bias`.
    ///
    /// # Errors
    /// Where a part is missing or has another shape.
    pub fn open(
        file: &Container<'_>,
        with: &Products,
        name: &str,
        outputs: usize,
        inputs: usize,
    ) -> Result<Self, ModelError> {
        let what = "layer";
        let part = file.part(name, what)?;
        if part.shape() != [outputs, inputs] {
            return Err(ModelError::Shape(what));
        }
        let weight = if integers().may_saturate() {
            Weight::floats(&part.floats(what)?, with, outputs, inputs)
        } else {
            let (scales, rows) = part.scaled(what)?;
            let values: Vec<i8> = rows.iter().map(|&byte| byte.cast_signed()).collect();
            // The rows are outputs: seen by columns they are the right-hand side.
            let view =
                NdTensorView::from_slice_with_strides([inputs, outputs], &values, [1, inputs])
                    .map_err(|_| ModelError::Shape(what))?;
            Weight::Integers {
                packed: integers().prepack_b(view),
                scales,
                totals: values.chunks(inputs).map(total).collect(),
            }
        };
        Ok(Self {
            weight,
            bias: file.floats_of(&format!("{name}.bias"), what, &[outputs])?,
            inputs,
        })
    }

    /// Applies the map to rows of `inputs` numbers.
    pub fn apply(&self, rows: &[f32], with: &mut Products, out: &mut Vec<f32>) {
        match &self.weight {
            Weight::Floats(packed) => {
                let rows = Rows::of(rows, self.inputs);
                with.floats.multiply(rows, packed, Some(&self.bias), out);
            }
            Weight::Integers {
                packed,
                scales,
                totals,
            } => {
                with.round(rows, self.inputs);
                with.multiply(packed, self.inputs);
                out.resize(with.sums.len(), 0.0);
                Widen {
                    sums: &with.sums,
                    rows: with.scales.iter().zip(&with.zeros),
                    scales,
                    totals,
                    bias: &self.bias,
                    out,
                }
                .dispatch();
            }
        }
    }
}

impl Weight {
    fn floats(values: &[f32], with: &Products, outputs: usize, inputs: usize) -> Self {
        let turned: Vec<f32> = (0..inputs)
            .flat_map(|input| (0..outputs).map(move |output| values[output * inputs + input]))
            .collect();
        Self::Floats(with.floats.pack(&turned, inputs, outputs))
    }
}

impl Products {
    /// Rounds each row to 8 bits.
    fn round(&mut self, rows: &[f32], width: usize) {
        self.rounded.clear();
        self.rounded.reserve(rows.len());
        self.scales.clear();
        self.zeros.clear();
        Round {
            rows,
            width,
            rounded: &mut self.rounded,
            scales: &mut self.scales,
            zeros: &mut self.zeros,
        }
        .dispatch();
    }

    /// The integer product of the rounded rows.
    fn multiply(&mut self, right: &PackedBMatrix<i8>, width: usize) {
        let count = self.zeros.len();
        self.sums.resize(count * right.cols(), 0);
        let left = NdTensorView::from_data([count, width], &self.rounded[..]);
        let options = GemmOptions::default();
        let done = integers().gemm(
            &mut self.sums,
            GemmInputA::Unpacked(left),
            GemmInputB::Packed(right),
            options,
        );
        debug_assert!(done.is_ok(), "{done:?}");
    }
}

struct Round<'a> {
    rows: &'a [f32],
    width: usize,
    rounded: &'a mut Vec<u8>,
    scales: &'a mut Vec<f32>,
    zeros: &'a mut Vec<i32>,
}

impl SimdOp for Round<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for row in self.rows.chunks_exact(self.width) {
            // Zero lies within the bounds, so that it has an exact place among the rounded numbers.
            let (low, high) = MinMax::new(row).eval(isa);
            let (low, high) = (low.min(0.0), high.max(0.0));
            let scale = ((high - low) / 255.0).max(f32::MIN_POSITIVE);
            let zero = (-low / scale).round() as u8;
            self.scales.push(scale);
            self.zeros.push(i32::from(zero));
            self.rounded.extend_init(|rest| {
                let row_room = &mut rest[..self.width];
                Quantize::new(row, row_room, 1.0 / scale, zero).eval(isa)
            });
        }
    }
}

struct Widen<'a> {
    sums: &'a [i32],
    /// Scale and zero of each row.
    rows: std::iter::Zip<std::slice::Iter<'a, f32>, std::slice::Iter<'a, i32>>,
    scales: &'a [f32],
    totals: &'a [i32],
    bias: &'a [f32],
    out: &'a mut [f32],
}

impl SimdOp for Widen<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _isa: I) {
        let width = self.scales.len();
        let rows = self.sums.chunks_exact(width).zip(self.rows);
        for ((sums, (row_scale, zero)), out) in rows.zip(self.out.chunks_exact_mut(width)) {
            let columns = self.scales.iter().zip(self.totals).zip(self.bias);
            for ((out, sum), ((scale, total), bias)) in out.iter_mut().zip(sums).zip(columns) {
                *out = (*sum - *zero * *total) as f32 * (row_scale * scale) + bias;
            }
        }
    }
}

fn total(weights: &[i8]) -> i32 {
    weights.iter().map(|&weight| i32::from(weight)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::network::container::Writer;

    /// Both ways of multiplying give nearly what plain arithmetic gives, for every row and output.
    #[test]
    fn integers_come_close_to_floats() {
        let (count, outputs, inputs) = (37, 100, 384);
        let weights: Vec<i8> = (0..outputs * inputs)
            .map(|i| (i * i * 37 % 255) as i32 as i8)
            .collect();
        let scale = |output: usize| 0.01 + output as f32 * 1e-4;
        let mut data: Vec<u8> = (0..outputs).flat_map(|o| scale(o).to_le_bytes()).collect();
        data.extend(weights.iter().map(|w| w.cast_unsigned()));
        let mut writer = Writer::default();
        writer.scaled("map", &[outputs, inputs], &data);
        writer.floats("map.bias", &[outputs], &vec![0.5; outputs], false);
        let file = writer.finish();
        let file = Container::open(&file).unwrap();
        let mut products = Products::default();
        let mut map = Linear::open(&file, &products, "map", outputs, inputs).unwrap();
        let rows: Vec<f32> = (0..count * inputs)
            .map(|i| (i as f32 * 0.7).sin() + (i / inputs) as f32 * 0.02)
            .collect();
        let exact = |row: usize, output: usize| {
            let weights = &weights[output * inputs..(output + 1) * inputs];
            let row = &rows[row * inputs..(row + 1) * inputs];
            let products = weights.iter().zip(row);
            products
                .map(|(&w, x)| f32::from(w) * scale(output) * x)
                .sum::<f32>()
                + 0.5
        };
        let mut out = Vec::new();
        for tolerance in [0.4, 0.005] {
            map.apply(&rows, &mut products, &mut out);
            assert_eq!(out.len(), count * outputs);
            let wrong =
                |at: &usize| (out[*at] - exact(at / outputs, at % outputs)).abs() > tolerance;
            assert_eq!((0..out.len()).find(wrong), None);
            let floats = file.part("map", "map").unwrap().floats("map").unwrap();
            map.weight = Weight::floats(&floats, &products, outputs, inputs);
        }
    }
}
