//! Matrix products, the only heavy arithmetic of both networks. A thin door to `rten-gemm` (AVX-512, AVX2, NEON, or plain
//! loops, chosen while running), so that the networks speak of rows and columns and nothing else. One thread: whoever
//! wants to use more cores reads with more networks.

use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

/// A matrix laid out for products with it on the right.
pub(super) struct Packed {
    packed: PackedBMatrix<f32>,
    columns: usize,
    depth: usize,
}

/// Multiplies. The kernel is looked up anew for each product, which costs next to nothing: kept, it could not move from
/// thread to thread.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Multiplier;

impl std::fmt::Debug for Packed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Packed({} x {})", self.depth, self.columns)
    }
}

/// Rows of numbers that may overlap: row `i` is `width` numbers from `i * stride` on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows<'a> {
    /// The numbers.
    pub values: &'a [f32],
    /// How many rows.
    pub count: usize,
    /// From the start of one row to the start of the next.
    pub stride: usize,
}

impl<'a> Rows<'a> {
    /// Rows that lie one behind the other.
    pub fn of(values: &'a [f32], width: usize) -> Self {
        Self {
            values,
            count: values.len() / width.max(1),
            stride: width,
        }
    }
}

impl Multiplier {
    /// Lays out `values` (row-major, `depth` rows of `columns`).
    pub fn pack(&self, values: &[f32], depth: usize, columns: usize) -> Packed {
        let view = NdTensorView::from_data([depth, columns], values);
        Packed {
            packed: GemmExecutor::<f32>::new().prepack_b(view),
            columns,
            depth,
        }
    }

    /// `out = left · right (+ bias in every row)`. `out` is made as long as needed.
    pub fn multiply(
        &self,
        left: Rows<'_>,
        right: &Packed,
        bias: Option<&[f32]>,
        out: &mut Vec<f32>,
    ) {
        // The old content is overwritten, so only growth costs anything.
        out.resize(left.count * right.columns, 0.0);
        let shape = [left.count, right.depth];
        let strides = [left.stride, 1];
        let Ok(view) = NdTensorView::from_slice_with_strides(shape, left.values, strides) else {
            debug_assert!(false, "rows reach past their numbers");
            return;
        };
        let options = GemmOptions {
            bias: bias.map(BiasVector::Row),
            ..GemmOptions::default()
        };
        let done = GemmExecutor::<f32>::new().gemm(
            out,
            GemmInputA::Unpacked(view),
            GemmInputB::Packed(&right.packed),
            options,
        );
        debug_assert!(done.is_ok(), "{done:?}");
    }
}

/// A matrix as it lies in memory: element (row, column) is number `row * strides[0] + column * strides[1]`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns<'a> {
    /// The numbers.
    pub values: &'a [f32],
    /// Rows and columns.
    pub shape: [usize; 2],
    /// Steps from row to row and from column to column.
    pub strides: [usize; 2],
}

impl<'a> Columns<'a> {
    fn view(self) -> Option<NdTensorView<'a, f32, 2>> {
        NdTensorView::from_slice_with_strides(self.shape, self.values, self.strides).ok()
    }
}

impl Multiplier {
    /// `out = scale · left · right`. `out` is made as long as needed.
    pub fn product(&self, left: Columns<'_>, right: Columns<'_>, scale: f32, out: &mut Vec<f32>) {
        out.resize(left.shape[0] * right.shape[1], 0.0);
        let (Some(left), Some(right)) = (left.view(), right.view()) else {
            debug_assert!(false, "a matrix reaches past its numbers");
            return;
        };
        let options = GemmOptions {
            alpha: scale,
            ..GemmOptions::default()
        };
        let (left, right) = (GemmInputA::Unpacked(left), GemmInputB::Unpacked(right));
        let done = GemmExecutor::<f32>::new().gemm(out, left, right, options);
        debug_assert!(done.is_ok(), "{done:?}");
    }
}

/// The sum of `values` in sixteen lanes, so that the compiler can keep them in vector registers.
#[inline(always)]
pub(super) fn sum(values: &[f32]) -> f32 {
    let (chunks, rest) = values.as_chunks::<16>();
    let mut lanes = [0.0_f32; 16];
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += value;
        }
    }
    lanes.iter().sum::<f32>() + rest.iter().sum::<f32>()
}

/// The sum of squares of `values` less `mean`.
#[inline(always)]
pub(super) fn square_sum(values: &[f32], mean: f32) -> f32 {
    let (chunks, rest) = values.as_chunks::<16>();
    let mut lanes = [0.0_f32; 16];
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            let d = value - mean;
            *lane += d * d;
        }
    }
    let rest: f32 = rest.iter().map(|v| (v - mean) * (v - mean)).sum();
    lanes.iter().sum::<f32>() + rest
}
