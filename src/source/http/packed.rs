//! Unpacking what servers pack: gzip, deflate, brotli and zstd, also one inside the other. Every stage has a cap, so that
//! a few kilobytes that unfold to gigabytes cost no more than an honest answer. It refuses what it does not know, and
//! what ends before its end.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use brotli_decompressor::Decompressor as Brotli;
use flate2::bufread::MultiGzDecoder;
use flate2::{Decompress, FlushDecompress, Status};
use ruzstd::decoding::StreamingDecoder;

use super::refused::Refused;
use crate::source::limits;

/// What is said to be understood.
pub const ACCEPTED: &str = "gzip, deflate, br, zstd";

/// Most packings of one answer inside each other.
const NESTED: usize = 3;

/// Reads `wire` to its end and unpacks it; `packings` is the header that names them, in the order they were applied.
///
/// # Errors
/// [`Refused`], where it is over a limit, cut off, or packed in a way that is not known.
pub fn read(wire: impl Read, packings: &str) -> Result<Vec<u8>, Refused> {
    let fault = Fault::default();
    let mut reader: Box<dyn Read + '_> = Box::new(Watched::new(wire, limits::WIRE, &fault));
    let names = packings.split(',').map(|name| name.trim().to_lowercase());
    let names: Vec<String> = names
        .filter(|name| !name.is_empty() && name != "identity")
        .collect();
    if names.len() > NESTED {
        return Err(Refused::Packed(packings.to_owned()));
    }
    for name in names.iter().rev() {
        let unpacked = unpacked(name, reader)?;
        reader = Box::new(Watched::new(unpacked, limits::DECODED, &fault));
    }
    let mut whole = Vec::new();
    match reader.read_to_end(&mut whole) {
        Ok(_) => {
            // Many answers may wait to be read, and a buffer that grew has room to spare.
            whole.shrink_to_fit();
            Ok(whole)
        }
        Err(error) => Err(fault.take().unwrap_or_else(|| Refused::of_io(error))),
    }
}

/// A reader that unpacks one packing.
fn unpacked<'a>(name: &str, packed: Box<dyn Read + 'a>) -> Result<Box<dyn Read + 'a>, Refused> {
    let source = Source::new(packed);
    let ended = Rc::clone(&source.ended);
    let buffered = BufReader::new(source);
    let reader: Box<dyn Read + 'a> = match name {
        "gzip" | "x-gzip" => Box::new(MultiGzDecoder::new(buffered)),
        "deflate" => Box::new(Deflated::new(buffered)),
        "br" => Box::new(Brotli::new(buffered, 4096)),
        "zstd" => Box::new(Zstd {
            rest: Some(buffered),
            frame: None,
        }),
        other => return Err(Refused::Packed(other.to_owned())),
    };
    Ok(Box::new(Cut { reader, ended }))
}

/// The first thing that went wrong, wherever in the chain: what is packed around it words it worse.
#[derive(Clone, Default)]
struct Fault(Rc<RefCell<Option<Refused>>>);

impl Fault {
    fn note(&self, refused: Refused) {
        self.0.borrow_mut().get_or_insert(refused);
    }

    fn take(&self) -> Option<Refused> {
        self.0.borrow_mut().take()
    }
}

/// A reader that may give so many bytes and no more.
struct Watched<R> {
    inner: R,
    left: u64,
    limit: u64,
    fault: Fault,
}

impl<R> Watched<R> {
    fn new(inner: R, limit: u64, fault: &Fault) -> Self {
        Self {
            inner,
            left: limit,
            limit,
            fault: fault.clone(),
        }
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // One more than there may be tells too much from just enough.
        let most = usize::try_from(self.left + 1).unwrap_or(usize::MAX);
        let room = buffer.len().min(most);
        match self.inner.read(&mut buffer[..room]) {
            Ok(read) if read as u64 > self.left => {
                self.fault.note(Refused::TooLarge(self.limit));
                Err(io::ErrorKind::FileTooLarge.into())
            }
            Ok(read) => {
                self.left -= read as u64;
                Ok(read)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let kind = error.kind();
                self.fault.note(Refused::from(ureq::Error::from(error)));
                Err(kind.into())
            }
        }
    }
}

/// What is unpacked, and whether it is at its end.
struct Source<R> {
    inner: R,
    ended: Rc<Cell<bool>>,
}

impl<R> Source<R> {
    fn new(inner: R) -> Self {
        Self {
            inner,
            ended: Rc::default(),
        }
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        if read == 0 && !buffer.is_empty() {
            self.ended.set(true);
        }
        Ok(read)
    }
}

/// An unpacker that fails after its source has ended was cut off; before that, its source is broken.
struct Cut<R> {
    reader: R,
    ended: Rc<Cell<bool>>,
}

impl<R: Read> Read for Cut<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader
            .read(buffer)
            .map_err(|error| match error.kind() {
                io::ErrorKind::Interrupted => error,
                _ if self.ended.get() => io::ErrorKind::UnexpectedEof.into(),
                _ => io::Error::new(io::ErrorKind::InvalidData, error.to_string()),
            })
    }
}

/// Deflate as servers send it: in a zlib envelope as the standard says, or bare as many do.
struct Deflated<R> {
    inner: R,
    state: Option<Decompress>,
    over: bool,
}

impl<R: BufRead> Deflated<R> {
    fn new(inner: R) -> Self {
        Self {
            inner,
            state: None,
            over: false,
        }
    }
}

/// Whether bytes start with a zlib envelope.
fn is_zlib(start: &[u8]) -> bool {
    match start {
        [method, check, ..] => {
            method & 0x0F == 8 && (u16::from(*method) << 8 | u16::from(*check)) % 31 == 0
        }
        _ => false,
    }
}

impl<R: BufRead> Read for Deflated<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.over && !buffer.is_empty() {
            let input = self.inner.fill_buf()?;
            let ended = input.is_empty();
            let state = self
                .state
                .get_or_insert_with(|| Decompress::new(is_zlib(input)));
            let (read_before, written_before) = (state.total_in(), state.total_out());
            let flush = if ended {
                FlushDecompress::Finish
            } else {
                FlushDecompress::None
            };
            let status = state
                .decompress(input, buffer, flush)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
            let count = |now: u64, before: u64| usize::try_from(now - before).unwrap_or(0);
            let written = count(state.total_out(), written_before);
            let read = count(state.total_in(), read_before);
            self.inner.consume(read);
            self.over = status == Status::StreamEnd;
            if written > 0 {
                return Ok(written);
            }
            if ended && !self.over {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(0)
    }
}

/// Zstandard, one frame after another.
struct Zstd<R: Read> {
    rest: Option<BufReader<R>>,
    frame: Option<StreamingDecoder<BufReader<R>, ruzstd::decoding::FrameDecoder>>,
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !buffer.is_empty() {
            if let Some(mut rest) = self.rest.take() {
                if rest.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                let frame = StreamingDecoder::new(rest);
                self.frame = Some(frame.map_err(|error| io::Error::other(error.to_string()))?);
            }
            let Some(frame) = &mut self.frame else {
                return Ok(0);
            };
            let read = frame.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            self.rest = self.frame.take().map(StreamingDecoder::into_inner);
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const WORDS: &[u8] =
        b"Quay nine opened on Wednesday. Quay nine opened on Wednesday. It has two cranes.";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).expect("memory");
        out.finish().expect("memory")
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).expect("memory");
        out.finish().expect("memory")
    }

    fn bare(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).expect("memory");
        out.finish().expect("memory")
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    /// Brotli without compression: one stored block of up to 65,536 bytes, and the end.
    fn brotli(bytes: &[u8]) -> Vec<u8> {
        let length = u32::try_from(bytes.len() - 1).expect("short");
        // Window of 16 bits (one bit 0), not the last block, four nibbles of length, stored.
        let head = (length << 4) | (1 << 20);
        let mut out = head.to_le_bytes()[..3].to_vec();
        out.extend(bytes);
        out.push(3);
        out
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        for (name, packed) in [
            ("", WORDS.to_vec()),
            ("identity", WORDS.to_vec()),
            ("gzip", gzip(WORDS)),
            ("X-GZIP", gzip(WORDS)),
            ("gzip", [gzip(&WORDS[..30]), gzip(&WORDS[30..])].concat()),
            ("deflate", zlib(WORDS)),
            ("deflate", bare(WORDS)),
            ("br", brotli(WORDS)),
            ("zstd", zstd(WORDS)),
            ("zstd", [zstd(&WORDS[..30]), zstd(&WORDS[30..])].concat()),
            ("deflate, gzip", gzip(&zlib(WORDS))),
            ("zstd, br", brotli(&zstd(WORDS))),
        ] {
            assert_eq!(read(&*packed, name).as_deref(), Ok(WORDS), "{name}");
        }
    }

    #[test]
    fn what_is_cut_off_or_broken_is_no_answer() {
        for (name, packed) in [
            ("gzip", gzip(WORDS)),
            ("deflate", zlib(WORDS)),
            ("deflate", bare(WORDS)),
            ("br", brotli(WORDS)),
            ("zstd", zstd(WORDS)),
        ] {
            for end in [packed.len() / 2, packed.len() - 1] {
                // The checksum of a zlib envelope and the end mark of brotli may be missing; words may not.
                let cut = read(&packed[..end], name);
                assert!(
                    cut == Err(Refused::Incomplete) || cut.as_deref() == Ok(WORDS),
                    "{name} {end} {cut:?}"
                );
            }
            assert_eq!(
                read(&packed[..packed.len() / 2], name),
                Err(Refused::Incomplete),
                "{name}"
            );
            let garbage = [b"\xFF\xFE garbage that is nothing at all".as_slice(), WORDS].concat();
            assert!(read(&*garbage, name).is_err(), "{name}");
        }
        for unknown in ["compress", "gzip, sdch", "gzip, gzip, gzip, gzip"] {
            assert!(
                matches!(read(WORDS, unknown), Err(Refused::Packed(_))),
                "{unknown}"
            );
        }
    }

    /// Blanks without end.
    fn blanks(bytes: u64) -> impl Read {
        io::repeat(b' ').take(bytes)
    }

    fn packed_blanks(name: &str) -> Vec<u8> {
        let bytes = 40 << 20;
        let mut out: Vec<u8> = Vec::new();
        match name {
            "gzip" => {
                let mut to = flate2::write::GzEncoder::new(&mut out, flate2::Compression::fast());
                io::copy(&mut blanks(bytes), &mut to).expect("memory");
                to.finish().expect("memory");
            }
            "deflate" => {
                let mut to = flate2::write::ZlibEncoder::new(&mut out, flate2::Compression::fast());
                io::copy(&mut blanks(bytes), &mut to).expect("memory");
                to.finish().expect("memory");
            }
            _ => {
                // A frame of Zstandard whose blocks repeat one byte 131,072 times, each block in four bytes.
                out.extend([0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58]);
                let block = |last: u32| ((131_072 << 3) | (1 << 1) | last).to_le_bytes();
                for _ in 0..400 {
                    out.extend(&block(0)[..3]);
                    out.push(b' ');
                }
                out.extend(&block(1)[..3]);
                out.push(b' ');
            }
        }
        out
    }

    #[test]
    fn bombs_do_not_go_off() {
        for name in ["gzip", "deflate", "zstd"] {
            let bomb = packed_blanks(name);
            assert!(bomb.len() < 1 << 20, "{name}");
            assert_eq!(
                read(&*bomb, name),
                Err(Refused::TooLarge(limits::DECODED)),
                "{name}"
            );
            let nested = format!("{name}, gzip");
            assert_eq!(
                read(&*gzip(&bomb), &nested),
                Err(Refused::TooLarge(limits::DECODED)),
                "{nested}"
            );
        }
        assert_eq!(
            read(blanks(limits::WIRE + 1), ""),
            Err(Refused::TooLarge(limits::WIRE))
        );
        assert_eq!(
            read(blanks(limits::WIRE), "").map(|all| all.len() as u64),
            Ok(limits::WIRE)
        );
    }
}
