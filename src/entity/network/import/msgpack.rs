//! A reader of MessagePack, as spaCy writes its pipelines in it. Values borrow from the file; a length is believed only
//! as far as bytes are left, and nesting has a bound, so a hostile file costs no more than its own size.

use crate::entity::network::ModelError;

const WHAT: &str = "MessagePack";
/// spaCy nests five deep.
const DEEPEST: usize = 32;

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Nil,
    Bool(bool),
    Integer(i64),
    /// Integers beyond `i64`.
    Large(u64),
    Float(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
    List(Vec<Value<'a>>),
    Map(Vec<(Value<'a>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// Reads one value; bytes behind it are ignored, as spaCy ignores them.
    pub fn read(bytes: &'a [u8]) -> Result<Self, ModelError> {
        Reader { rest: bytes }.value(0)
    }

    /// The entry of a map under this name, whether the key is text or bytes.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        let Value::Map(entries) = self else {
            return None;
        };
        let named = |key: &Value<'_>| match key {
            Value::Text(text) => *text == name,
            Value::Bytes(bytes) => *bytes == name.as_bytes(),
            _ => false,
        };
        entries
            .iter()
            .find(|(key, _)| named(key))
            .map(|(_, value)| value)
    }

    /// The entry of a map under this number.
    pub fn get_number(&self, number: i64) -> Option<&Value<'a>> {
        let Value::Map(entries) = self else {
            return None;
        };
        entries
            .iter()
            .find(|(key, _)| *key == Value::Integer(number))
            .map(|(_, value)| value)
    }

    /// Its text.
    pub fn text(&self) -> Option<&'a str> {
        match self {
            Value::Text(text) => Some(text),
            Value::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    /// Its bytes.
    pub fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Value::Bytes(bytes) => Some(bytes),
            Value::Text(text) => Some(text.as_bytes()),
            _ => None,
        }
    }

    /// Its elements.
    pub fn list(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::List(values) => Some(values),
            _ => None,
        }
    }

    /// Its entries.
    pub fn entries(&self) -> Option<&[(Value<'a>, Value<'a>)]> {
        match self {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// Its number, where it is an integer of 64 bits without sign.
    pub fn number(&self) -> Option<u64> {
        match self {
            Value::Integer(number) => u64::try_from(*number).ok(),
            Value::Large(number) => Some(*number),
            _ => None,
        }
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or(ModelError::Truncated(WHAT))?;
        self.rest = rest;
        Ok(taken)
    }

    /// A big-endian number of `count` bytes.
    fn number(&mut self, count: usize) -> Result<u64, ModelError> {
        let bytes = self.take(count)?;
        Ok(bytes.iter().fold(0, |n, &b| n << 8 | u64::from(b)))
    }

    fn length(&mut self, count: usize) -> Result<usize, ModelError> {
        usize::try_from(self.number(count)?).map_err(|_| ModelError::Truncated(WHAT))
    }

    /// A number with sign, of `count` bytes.
    fn signed(&mut self, count: usize) -> Result<Value<'a>, ModelError> {
        let shift = 64 - 8 * count as u32;
        let raw = (self.number(count)? << shift).cast_signed();
        Ok(Value::Integer(raw >> shift))
    }

    fn unsigned(&mut self, count: usize) -> Result<Value<'a>, ModelError> {
        let number = self.number(count)?;
        Ok(i64::try_from(number).map_or(Value::Large(number), Value::Integer))
    }

    fn text(&mut self, length: usize) -> Result<Value<'a>, ModelError> {
        let bytes = self.take(length)?;
        let text = std::str::from_utf8(bytes).map_err(|_| ModelError::Malformed(WHAT))?;
        Ok(Value::Text(text))
    }

    fn list(&mut self, length: usize, depth: usize) -> Result<Value<'a>, ModelError> {
        let mut values = Vec::new();
        for _ in 0..length {
            values.push(self.value(depth + 1)?);
        }
        Ok(Value::List(values))
    }

    fn map(&mut self, length: usize, depth: usize) -> Result<Value<'a>, ModelError> {
        let mut entries = Vec::new();
        for _ in 0..length {
            entries.push((self.value(depth + 1)?, self.value(depth + 1)?));
        }
        Ok(Value::Map(entries))
    }

    fn value(&mut self, depth: usize) -> Result<Value<'a>, ModelError> {
        if depth > DEEPEST {
            return Err(ModelError::Depth);
        }
        let tag = self.take(1)?[0];
        match tag {
            0x00..=0x7f => Ok(Value::Integer(i64::from(tag))),
            0x80..=0x8f => self.map(usize::from(tag & 0x0f), depth),
            0x90..=0x9f => self.list(usize::from(tag & 0x0f), depth),
            0xa0..=0xbf => self.text(usize::from(tag & 0x1f)),
            0xc0 => Ok(Value::Nil),
            0xc2 => Ok(Value::Bool(false)),
            0xc3 => Ok(Value::Bool(true)),
            0xc4..=0xc6 => {
                let length = self.length(1 << (tag - 0xc4))?;
                self.take(length).map(Value::Bytes)
            }
            0xca => Ok(Value::Float(f64::from(f32::from_bits(
                self.number(4)? as u32
            )))),
            0xcb => Ok(Value::Float(f64::from_bits(self.number(8)?))),
            0xcc..=0xcf => self.unsigned(1 << (tag - 0xcc)),
            0xd0..=0xd3 => self.signed(1 << (tag - 0xd0)),
            0xd9..=0xdb => {
                let length = self.length(1 << (tag - 0xd9))?;
                self.text(length)
            }
            0xdc | 0xdd => {
                let length = self.length(if tag == 0xdc { 2 } else { 4 })?;
                self.list(length, depth)
            }
            0xde | 0xdf => {
                let length = self.length(if tag == 0xde { 2 } else { 4 })?;
                self.map(length, depth)
            }
            0xe0..=0xff => Ok(Value::Integer(i64::from(tag.cast_signed()))),
            _ => Err(ModelError::Malformed(WHAT)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read() {
        let bytes = b"\x84\xa1a\x01\xc4\x01b\x92\xff\xd1\xff\x00\x41\xcb\x3f\xf0\0\0\0\0\0\0\xa1d\xcf\xff\0\0\0\0\0\0\0";
        let map = Value::read(bytes).unwrap();
        assert_eq!(map.get("a"), Some(&Value::Integer(1)));
        assert_eq!(
            map.get("b").and_then(Value::list),
            Some(&[Value::Integer(-1), Value::Integer(-256)][..])
        );
        assert_eq!(map.get_number(0x41), Some(&Value::Float(1.0)));
        assert_eq!(map.get("d").and_then(Value::number), Some(0xff << 56));
    }

    #[test]
    fn hostile_bytes_are_refused() {
        assert_eq!(Value::read(b""), Err(ModelError::Truncated(WHAT)));
        // A list that claims four thousand million elements.
        assert!(Value::read(b"\xdd\xff\xff\xff\xff\xc0").is_err());
        assert!(Value::read(b"\xc6\xff\xff\xff\xff").is_err());
        assert_eq!(Value::read(&[0x91; 100]), Err(ModelError::Depth));
        assert_eq!(Value::read(b"\xc1"), Err(ModelError::Malformed(WHAT)));
        assert_eq!(Value::read(b"\xa1\xff"), Err(ModelError::Malformed(WHAT)));
    }
}
