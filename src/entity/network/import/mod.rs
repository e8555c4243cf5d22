//! From an English spaCy pipeline's files to one of our model files. It takes pipelines whose recogniser is built like
//! en_core_web_sm's, md's or lg's (spaCy 3, transition-based, convolutional, with its own encoder), whoever trained them;
//! it refuses what it would only half understand, above all other tokenizer rules than the English ones.

mod msgpack;
mod thinc;
mod vectors;

use std::collections::HashMap;

use super::bytes::put_text;
use super::container::Writer;
use super::fast::{Exception, Fast};
use super::{FAST, ModelError};
use msgpack::Value;

/// The files of a pipeline that recognition needs.
#[derive(Clone, Copy, Debug)]
pub struct Pipeline<'a> {
    /// `tokenizer`.
    pub tokenizer: &'a [u8],
    /// `vocab/lookups.bin`.
    pub lookups: &'a [u8],
    /// `ner/model`.
    pub model: &'a [u8],
    /// `ner/moves`.
    pub moves: &'a [u8],
    /// `vocab/vectors`, where the pipeline has static vectors.
    pub vectors: Option<&'a [u8]>,
    /// `vocab/key2row`, with the vectors.
    pub key_rows: Option<&'a [u8]>,
}

/// ORTH and NORM, the keys of an exception's pieces.
const ORTH: i64 = 65;
const NORM: i64 = 67;

/// Checksums (MurmurHash64A, seed 1) of the four rule sets that [`super::fast`] implements: prefixes, suffixes, infixes
/// and addresses of spaCy 3.8's English tokenizer.
const RULES: [(&str, u64); 4] = [
    ("prefix_search", 0xbdce_10f7_f805_aa1b),
    ("suffix_search", 0xe21b_dfee_103a_48c5),
    ("infix_finditer", 0x57c5_3722_ff65_cd10),
    ("url_match", 0xd1bb_ede8_cb6f_2f33),
];

/// The pipeline as a model file; where `half`, its tables in 16-bit floats (half the size; about one text in a thousand
/// is then read differently).
///
/// # Errors
/// Where a file is damaged, or the pipeline is built otherwise than said above.
pub fn import(pipeline: &Pipeline<'_>, half: bool) -> Result<Vec<u8>, ModelError> {
    let mut writer = Writer::default();
    writer.bytes("network", FAST);
    tokenizer(pipeline, &mut writer)?;
    actions(pipeline.moves, &mut writer)?;
    let model = Value::read(pipeline.model)?;
    let projection = thinc::weights(&model, half, &mut writer)?;
    if let Some(projection) = projection {
        vectors::project(pipeline, &projection, half, &mut writer)?;
    }
    let file = writer.finish();
    // Whatever the pieces' shapes were: only a file that opens is handed out.
    Fast::from_bytes(&file)?;
    Ok(file)
}

fn tokenizer(pipeline: &Pipeline<'_>, writer: &mut Writer) -> Result<(), ModelError> {
    let tokenizer = Value::read(pipeline.tokenizer)?;
    for (rule, sum) in RULES {
        let source = tokenizer.get(rule).and_then(Value::bytes).unwrap_or(b"");
        if super::hash::murmur64(source, 1) != sum {
            return Err(ModelError::Unsupported(
                "its tokenizer has other rules than spaCy 3.8's for English",
            ));
        }
    }
    let malformed = ModelError::Malformed("tokenizer");
    let entries = tokenizer
        .get("exceptions")
        .and_then(Value::entries)
        .ok_or(malformed.clone())?;
    let mut exceptions = Vec::new();
    for (text, pieces) in entries {
        let exception = exception(text, pieces).ok_or(malformed.clone())?;
        put_exception(&mut exceptions, &exception);
    }
    writer.bytes("exceptions", &exceptions);
    writer.bytes("norms", &norms(pipeline.lookups)?);
    Ok(())
}

fn exception(text: &Value<'_>, pieces: &Value<'_>) -> Option<Exception> {
    let pieces = pieces.list()?.iter().map(|piece| {
        let orth = piece.get_number(ORTH)?.text()?;
        let norm = piece.get_number(NORM).and_then(Value::text);
        Some((orth.to_owned(), norm.map(str::to_owned)))
    });
    Some(Exception {
        text: text.text()?.to_owned(),
        pieces: pieces.collect::<Option<_>>()?,
    })
}

fn put_exception(out: &mut Vec<u8>, exception: &Exception) {
    put_text(out, &exception.text);
    let count = exception.pieces.len().min(255);
    out.push(count as u8);
    for (piece, norm) in &exception.pieces[..count] {
        put_text(out, piece);
        put_text(out, norm.as_deref().unwrap_or(""));
    }
}

/// The table `lexeme_norm` of the lookups: string ids and norms.
fn norms(lookups: &[u8]) -> Result<Vec<u8>, ModelError> {
    let malformed = ModelError::Malformed("lookups");
    let lookups = Value::read(lookups)?;
    let table = lookups
        .get("lexeme_norm")
        .and_then(Value::entries)
        .ok_or(malformed.clone())?;
    let mut out = Vec::new();
    for (word, norm) in table {
        let word = word.number().ok_or(malformed.clone())?;
        out.extend_from_slice(&word.to_le_bytes());
        put_text(&mut out, norm.text().ok_or(malformed.clone())?);
    }
    Ok(out)
}

/// The rows of the output layer: for each kind of action, its labels by falling count, then falling name.
fn actions(moves: &[u8], writer: &mut Writer) -> Result<(), ModelError> {
    let malformed = ModelError::Malformed("moves");
    let moves = Value::read(moves)?;
    let json = moves
        .get("moves")
        .and_then(Value::text)
        .ok_or(malformed.clone())?;
    let counts: HashMap<String, HashMap<String, i64>> =
        serde_json::from_str(json).map_err(|_| malformed.clone())?;
    let (mut labels, mut rows) = (Vec::new(), Vec::new());
    for step in 0_u8..=5 {
        let mut named: Vec<(i64, &str)> = counts
            .get(&step.to_string())
            .into_iter()
            .flatten()
            .map(|(label, &count)| (count, label.as_str()))
            .collect();
        named.sort_unstable_by(|a, b| b.cmp(a));
        for (_, label) in named {
            rows.extend_from_slice(&[step, label_index(&mut labels, label)?]);
        }
    }
    let mut names = Vec::new();
    labels.iter().for_each(|label| put_text(&mut names, label));
    writer.bytes("labels", &names);
    writer.bytes("actions", &rows);
    Ok(())
}

/// Where `label` stands among `labels`, where it is put if it is new; 255 for none.
fn label_index<'a>(labels: &mut Vec<&'a str>, label: &'a str) -> Result<u8, ModelError> {
    if label.is_empty() {
        return Ok(255);
    }
    let at = labels.iter().position(|known| *known == label);
    let at = at.unwrap_or_else(|| {
        labels.push(label);
        labels.len() - 1
    });
    match u8::try_from(at) {
        Ok(255) | Err(_) => Err(ModelError::Unsupported("it has more than 254 labels")),
        Ok(at) => Ok(at),
    }
}
