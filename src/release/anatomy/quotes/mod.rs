//! Quotations and who speaks them.

use super::blocks::Block;
use crate::release::{Quote, SectionKind};

/// The quotations of the body.
pub(super) fn find(_text: &str, _blocks: &[Block], _kinds: &[SectionKind]) -> Vec<Quote> {
    Vec::new()
}
