//! Every limit on what comes in, in one place, so that documents, errors and tests name the same figures. A limit is
//! there so that one input cannot stop the others; what goes over it is refused in words or cut, never endured.

/// Longest file or body that is read whole, in bytes.
pub const DOCUMENT: u64 = 16 << 20;
/// Longest record of an archive that is read one record at a time (a line of JSON Lines, a message of an mbox).
pub const RECORD: u64 = 16 << 20;
/// Most bytes that a compressed archive may unfold to.
pub const UNFOLDED: u64 = 4 << 30;
/// Longest text of one release, in bytes; what is longer is cut.
pub const TEXT: usize = 2 << 20;
/// Longest headline, in bytes; what is longer is cut.
pub const HEADLINE: usize = 16 << 10;
/// Deepest nesting of elements that an HTML parser is given.
pub const DEPTH: u32 = 512;
/// Most nodes that an HTML parser may make of one page.
pub const NODES: usize = 400_000;
/// Most attributes of one element that are looked at.
pub const ATTRIBUTES: usize = 256;
/// Longest attribute value that is kept, in bytes; what is longer is a picture.
pub const ATTRIBUTE: usize = 8 << 10;
/// Most entries of one feed.
pub const ENTRIES: usize = 2_000;
/// Deepest folder below the one that was named.
pub const FOLDERS: usize = 64;
/// Most bytes of one answer of a server, as it announces them.
pub const WIRE: u64 = 8 << 20;
/// Most bytes of one answer once it is unfolded.
pub const DECODED: u64 = 16 << 20;
/// Most bytes of the head of an answer.
pub const HEADERS: usize = 64 << 10;
/// Most redirects that are followed.
pub const REDIRECTS: usize = 5;
/// Most connections to one host at once.
pub const CONNECTIONS: usize = 2;
