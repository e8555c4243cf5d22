//! Names that a mark declares: `Aurora®`, `Helio™`. The mark is no part of the name. What stands before it is a product
//! unless the document knows it as something else.

use super::find::{Find, Rank};
use super::names::{self, Run};
use super::token::{Gap, Page, Shape};
use crate::entity::{Kind, Layer};

/// All names before ®, ™ and ℠.
pub(super) fn find(page: &Page<'_>, runs: &[Run], finds: &mut Vec<Find>) {
    for at in 1..page.len() {
        let declared =
            page.token(at).shape == Shape::Mark && matches!(page.of(at), "®" | "™" | "℠");
        if !declared || page.token(at).gap > Gap::Space || !names::word(page, at - 1) {
            continue;
        }
        let index = runs.partition_point(|run| run.last < at - 1);
        let Some(run) = runs.get(index).filter(|run| run.first < at) else {
            continue;
        };
        let first = if at - run.first > 4 || page.token(at).titled {
            at - 1
        } else {
            run.first
        };
        finds.push(
            Find::new(
                page.extent(first, at - 1),
                Kind::Product,
                Layer::Pattern,
                Rank::Guess,
            )
            .scored(0.6),
        );
    }
}
