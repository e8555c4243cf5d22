//! The weights of a spaCy recogniser, picked out of thinc's serialised model: four parallel lists (nodes, attributes,
//! parameters, shims) in the order in which the model is walked.

use super::msgpack::Value;
use crate::entity::network::ModelError;
use crate::entity::network::container::Writer;

const WHAT: &str = "ner/model";

/// The map from static vectors to the encoder's width, `[width, length]` in row-major order.
pub(super) struct Projection {
    pub weight: Vec<f32>,
    pub width: usize,
    pub length: usize,
}

/// An array of numbers.
struct Array {
    shape: Vec<usize>,
    values: Vec<f32>,
}

/// One layer: its node, attributes and parameters.
struct Layer<'v, 'a> {
    name: &'a str,
    attributes: &'v Value<'a>,
    parameters: &'v Value<'a>,
}

fn malformed() -> ModelError {
    ModelError::Malformed(WHAT)
}

fn other() -> ModelError {
    ModelError::Unsupported("its recogniser is not built like en_core_web_sm's or md's")
}

/// Writes all weights; gives the projection of static vectors where the model has one. Where `half`, the embeddings and
/// the residual blocks are rounded to 16 bits. The first block and the decoder are not: they are small, and rounding them
/// changes what is read five times as often.
pub(super) fn weights(
    model: &Value<'_>,
    half: bool,
    writer: &mut Writer,
) -> Result<Option<Projection>, ModelError> {
    let layers = layers(model)?;
    check_features(&layers)?;
    let named = |name: &str| -> Vec<&Layer<'_, '_>> {
        layers.iter().filter(|layer| layer.name == name).collect()
    };
    embeds(&named("hashembed"), half, writer)?;
    let (maxouts, norms) = (named("maxout"), named("layernorm"));
    if maxouts.is_empty() || maxouts.len() != norms.len() {
        return Err(other());
    }
    for (at, (maxout, norm)) in maxouts.iter().zip(norms).enumerate() {
        let name = match at {
            0 => "mix".to_owned(),
            _ => format!("layer.{}", at - 1),
        };
        put(
            writer,
            &format!("{name}.weight"),
            &maxout.array("W")?,
            half && at > 0,
        );
        put(writer, &format!("{name}.bias"), &maxout.array("b")?, false);
        put(writer, &format!("{name}.gain"), &norm.array("G")?, false);
        put(writer, &format!("{name}.shift"), &norm.array("b")?, false);
    }
    decoder(model, &layers, writer)?;
    match named("static_vectors")[..] {
        [] => Ok(None),
        [vectors] => projection(&vectors.array("W")?).map(Some),
        _ => Err(other()),
    }
}

fn layers<'v, 'a>(model: &'v Value<'a>) -> Result<Vec<Layer<'v, 'a>>, ModelError> {
    let list = |name: &str| model.get(name).and_then(Value::list).ok_or_else(malformed);
    let (nodes, attributes, parameters) = (list("nodes")?, list("attrs")?, list("params")?);
    if nodes.len() != attributes.len() || nodes.len() != parameters.len() {
        return Err(malformed());
    }
    nodes
        .iter()
        .zip(attributes.iter().zip(parameters))
        .map(|(node, (attributes, parameters))| {
            let name = node.get("name").and_then(Value::text);
            Ok(Layer {
                name: name.ok_or_else(malformed)?,
                attributes,
                parameters,
            })
        })
        .collect()
}

/// The network looks at norm, prefix, suffix and shape, in this order.
fn check_features(layers: &[Layer<'_, '_>]) -> Result<(), ModelError> {
    let features = layers
        .iter()
        .find(|layer| layer.name == "extract_features")
        .ok_or_else(other)?
        .attribute("columns")?;
    let names: Option<Vec<&str>> = features
        .list()
        .map(|names| names.iter().filter_map(Value::text).collect());
    let wanted = ["NORM", "PREFIX", "SUFFIX", "SHAPE"];
    if names.is_some_and(|names| names == wanted) {
        Ok(())
    } else {
        Err(other())
    }
}

fn embeds(layers: &[&Layer<'_, '_>], half: bool, writer: &mut Writer) -> Result<(), ModelError> {
    if layers.len() != 4 {
        return Err(other());
    }
    let mut seeds = Vec::new();
    for (feature, layer) in layers.iter().enumerate() {
        let seed = layer.attribute("seed")?.number();
        let seed = seed.and_then(|seed| u32::try_from(seed).ok());
        seeds.extend_from_slice(&seed.ok_or_else(malformed)?.to_le_bytes());
        put(
            writer,
            &format!("embed.{feature}"),
            &layer.array("E")?,
            half,
        );
    }
    writer.bytes("seeds", &seeds);
    Ok(())
}

fn decoder(
    model: &Value<'_>,
    layers: &[Layer<'_, '_>],
    writer: &mut Writer,
) -> Result<(), ModelError> {
    let root = model
        .get("nodes")
        .and_then(Value::list)
        .and_then(|nodes| nodes.first())
        .and_then(|node| node.get("refs"))
        .ok_or_else(malformed)?;
    let index = |name: &str| {
        let number = root.get(name).and_then(Value::number).ok_or_else(other)?;
        usize::try_from(number).map_err(|_| malformed())
    };
    let (lower, upper) = (index("lower")?, index("upper")?);
    let reduce = layers
        .iter()
        .enumerate()
        .find(|&(at, layer)| layer.name == "linear" && at != upper)
        .ok_or_else(other)?
        .1;
    let layer = |at: usize| layers.get(at).ok_or_else(malformed);
    let (lower, upper) = (layer(lower)?, layer(upper)?);
    if lower.name != "precomputable_affine" || upper.name != "linear" {
        return Err(other());
    }
    put(writer, "reduce.weight", &reduce.array("W")?, false);
    put(writer, "reduce.bias", &reduce.array("b")?, false);
    put(writer, "lower.weight", &lower.array("W")?, false);
    put(writer, "lower.bias", &lower.array("b")?, false);
    let mut pad = lower.array("pad")?;
    if pad.shape.first() == Some(&1) {
        pad.shape.remove(0);
    }
    put(writer, "lower.pad", &pad, false);
    put(writer, "upper.weight", &upper.array("W")?, false);
    put(writer, "upper.bias", &upper.array("b")?, false);
    Ok(())
}

fn projection(array: &Array) -> Result<Projection, ModelError> {
    match array.shape[..] {
        [width, length] if length > 0 => Ok(Projection {
            weight: array.values.clone(),
            width,
            length,
        }),
        _ => Err(malformed()),
    }
}

fn put(writer: &mut Writer, name: &str, array: &Array, half: bool) {
    writer.floats(name, &array.shape, &array.values, half);
}

impl<'a> Layer<'_, 'a> {
    /// An attribute: bytes that hold a value of their own.
    fn attribute(&self, name: &str) -> Result<Value<'a>, ModelError> {
        let bytes = self.attributes.get(name).and_then(Value::bytes);
        Value::read(bytes.ok_or_else(malformed)?)
    }

    /// A parameter: an array of 32-bit floats as msgpack-numpy writes it.
    fn array(&self, name: &str) -> Result<Array, ModelError> {
        let value = self.parameters.get(name).ok_or_else(malformed)?;
        if value.get("type").and_then(Value::text) != Some("<f4") {
            return Err(ModelError::Unsupported("its weights are no 32-bit floats"));
        }
        let shape = value
            .get("shape")
            .and_then(Value::list)
            .ok_or_else(malformed)?;
        let shape: Option<Vec<usize>> = shape
            .iter()
            .map(|n| {
                n.number()
                    .and_then(|n| u32::try_from(n).ok())
                    .map(|n| n as usize)
            })
            .collect();
        let shape = shape.ok_or_else(malformed)?;
        let data = value
            .get("data")
            .and_then(Value::bytes)
            .ok_or_else(malformed)?;
        let count = shape.iter().try_fold(4_usize, |n, &d| n.checked_mul(d));
        if count != Some(data.len()) {
            return Err(malformed());
        }
        let values = data
            .as_chunks::<4>()
            .0
            .iter()
            .map(|b| f32::from_le_bytes(*b));
        Ok(Array {
            shape,
            values: values.collect(),
        })
    }
}
