//! The head of a release: headline, deck, the line that frees it for release, and where the body begins. Reads plain
//! lines as well as marked headings, and finds the headline among the navigation of a saved page. It refuses to make
//! a headline out of the first paragraph; that is done openly, by `title`.

use super::above::{is_above, is_kicker, is_letterhead, is_release_line};
use super::blocks::{Block, Gap};
use super::dateline;
use super::labels::{self, Label};
use super::words;
use crate::text::Extent;

/// What was found above the body.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// The headline's blocks: first and one past the last.
    pub headline: Option<(usize, usize)>,
    /// The deck's blocks.
    pub deck: Option<(usize, usize)>,
    /// The line that frees the release.
    pub release_line: Option<usize>,
    /// First block of the body (the one with the dateline, where it has text of its own).
    pub body: usize,
    /// Blocks before this one are furniture unless they are one of the above.
    pub start: usize,
    /// What the page's title says after the headline: the site's name.
    pub site: Option<Extent>,
}

/// Reads the head.
pub(super) fn read(
    text: &str,
    blocks: &[Block],
    dateline: Option<&dateline::Read>,
    given: Option<&str>,
) -> Head {
    let mut head = Head {
        start: content_start(text, blocks),
        ..Head::default()
    };
    head.body = body_start(text, blocks, dateline, head.start);
    head.release_line = blocks
        .iter()
        .take(head.body.max(1))
        .position(|block| is_release_line(block.inner(text)));
    let given = given.map(words::folded).filter(|given| !given.is_empty());
    head.headline = given
        .as_deref()
        .and_then(|given| matching(text, blocks, 0, head.body.max(12).min(blocks.len()), given))
        .or_else(|| marked(blocks, text, head.body));
    if head.headline.is_none()
        && let Some((site, found)) = title_repeated(text, blocks)
    {
        head.site = Some(site);
        head.headline = Some(found);
        head.start = head.start.max(1);
        head.body = head.body.max(found.1);
    }
    if head.headline.is_none() && given.is_none() {
        head.headline = plain(text, blocks, &head, dateline);
    }
    if let Some((_, end)) = head.headline {
        if end > head.body {
            head.body = body_start(text, blocks, dateline, end).max(end);
        }
        head.deck = deck(text, blocks, end, head.body, dateline.is_some());
        if let Some((_, end)) = head.deck {
            head.body = head.body.max(end);
        }
    }
    if head.body == blocks.len() {
        head.body = short_body(text, blocks, &head, dateline);
    }
    head
}

/// Where the body begins that nothing in it shows to be prose: a teaser of one short sentence, a few lines. It is what
/// stands below the head, dates and labels of the head passed over.
fn short_body(
    text: &str,
    blocks: &[Block],
    head: &Head,
    dateline: Option<&dateline::Read>,
) -> usize {
    let top = head.deck.or(head.headline);
    let top = top.map_or(head.start, |(_, end)| end.max(head.start));
    let from = dateline.map_or(top, |read| top.max(read.block + 1));
    let said = |index: &usize| {
        let (block, inner) = (&blocks[*index], blocks[*index].inner(text));
        let head = block.furniture
            || is_above(inner)
            || is_release_line(inner)
            || dateline::is_date_line(text, block);
        !head && words::count(inner, 2) >= 2 && labels::label(block.whole(text), inner).is_none()
    };
    let found = (from..blocks.len()).find(said);
    found.unwrap_or(blocks.len())
}

/// Where content begins: behind `Skip to content`, behind breadcrumbs, behind a run of short menu lines.
fn content_start(text: &str, blocks: &[Block]) -> usize {
    let mut start = 0;
    for (index, block) in blocks.iter().enumerate().take(120) {
        let inner = block.inner(text);
        let skip = words::after_prefix(inner, "skip to ").is_some() && inner.len() < 40;
        if skip
            && blocks[..index]
                .iter()
                .all(|block| !words::is_prose(block.inner(text)))
        {
            start = index + 1;
        }
        if words::is_prose(inner) {
            break;
        }
    }
    while blocks.get(start).is_some_and(|block| block.furniture) {
        start += 1;
    }
    start
}

/// The first block of the body.
fn body_start(
    text: &str,
    blocks: &[Block],
    dateline: Option<&dateline::Read>,
    from: usize,
) -> usize {
    if let Some(read) = dateline {
        let block = &blocks[read.block];
        let alone = read.extent.end + 2 >= block.extent.end;
        if !read.places.is_empty() || read.wire.is_some() || !alone {
            return if alone { read.block + 1 } else { read.block };
        }
    }
    let first = blocks.iter().enumerate().skip(from).find(|(_, block)| {
        block.heading.is_none()
            && !block.furniture
            && words::is_prose(block.inner(text))
            && !is_headline_sentence(text, blocks, block)
    });
    first.map_or(blocks.len(), |(index, _)| index)
}

/// Headlines of some offices are sentences; one that stands first, alone on its line and short, is still a headline.
fn is_headline_sentence(text: &str, blocks: &[Block], block: &Block) -> bool {
    blocks
        .first()
        .is_some_and(|first| first.extent == block.extent)
        && block.extent.len() < 160
        && !block.inner(text).ends_with('.')
        && blocks.len() > 1
}

/// The first heading of the markup above the body, or the first level-one heading anywhere near the top.
fn marked(blocks: &[Block], text: &str, body: usize) -> Option<(usize, usize)> {
    let level = |most: u8, until: usize| {
        blocks.iter().take(until).position(|block| {
            !block.furniture
                && block.heading.is_some_and(|level| level <= most)
                && sound(block.inner(text))
        })
    };
    let index = level(1, body.max(8)).or_else(|| level(2, body.max(1)))?;
    let more = blocks.get(index + 1).is_some_and(|next| {
        let lone = blocks
            .get(index + 2)
            .is_none_or(|next| next.gap == Gap::Blank);
        index + 1 < body && lone && runs_over(text, &blocks[index], next)
    });
    Some((index, index + 1 + usize::from(more)))
}

/// Whether a marked headline runs over on the very next line, as where a feed kept the break of a long title: no blank
/// line between them, and words of a title that end no sentence.
fn runs_over(text: &str, first: &Block, second: &Block) -> bool {
    let inner = second.inner(text);
    let label = labels::label(second.whole(text), inner);
    continues(text, first, second)
        || second.gap == Gap::Line
            && second.heading.is_none()
            && !second.strong
            && label.is_none()
            && !first.inner(text).ends_with(['.', '!', '?', ':'])
            && !inner.ends_with(['.', ':'])
            && words::count(inner, 9) <= 8
            && !is_above(inner)
            && !words::has_email(inner)
            && !dateline::is_date_line(text, second)
            && words::after_prefix(inner, "by ").is_none()
}

/// Whether a line can be a headline at all: words, and not a picture, a link or a form's label.
fn sound(inner: &str) -> bool {
    let words = words::count(inner, 61);
    let letters = inner.chars().filter(|c| c.is_alphabetic()).take(9).count();
    letters >= 4
        && words <= 60
        && inner.len() <= 600
        && !inner.starts_with("![")
        && !inner.starts_with("http")
        && !is_release_line(inner)
        && !(words <= 8 && words::phone(inner).is_some())
}

/// The page's title names the headline and the site: `Headline - Site`. Gives the site and where the headline stands
/// again, over as many as four lines.
fn title_repeated(text: &str, blocks: &[Block]) -> Option<(Extent, (usize, usize))> {
    let first = blocks.first()?;
    let title = first.inner(text);
    if title.len() > 600 {
        return None;
    }
    [" - ", " | ", " – ", " — ", " » ", " :: ", " : "]
        .iter()
        .find_map(|mark| {
            let at = title.rfind(mark)?;
            let words = words::folded(&title[..at]);
            let site = Extent::new(first.inner.start + at + mark.len(), first.inner.end);
            let found = matching(text, blocks, 1, blocks.len().min(120), &words)?;
            // Below the release the page names it once more, for those who share it: then its title is the headline.
            let below = blocks[1..found.0]
                .iter()
                .filter(|block| words::is_prose(block.inner(text)))
                .take(2)
                .count()
                == 2;
            Some((site, if below { (0, 1) } else { found }))
        })
}

/// The blocks among `from..until` whose words, taken together, are `folded`.
fn matching(
    text: &str,
    blocks: &[Block],
    from: usize,
    until: usize,
    folded: &str,
) -> Option<(usize, usize)> {
    if folded.len() < 4 || folded.len() > 800 {
        return None;
    }
    // Nearly every block begins with another letter, and is not worth folding.
    let other = |inner: &str| {
        let first = inner.bytes().next().unwrap_or(b' ');
        first.is_ascii_alphanumeric() && !folded.as_bytes()[0].eq_ignore_ascii_case(&first)
    };
    (from..until).find_map(|index| {
        if other(blocks[index].inner(text)) {
            return None;
        }
        let mut joined = words::folded(clip(blocks[index].inner(text)));
        let mut end = index + 1;
        while joined.len() < folded.len()
            && folded.starts_with(&joined)
            && end < blocks.len()
            && end - index < 4
            && !joined.is_empty()
        {
            joined.push(' ');
            joined.push_str(&words::folded(clip(blocks[end].inner(text))));
            end += 1;
        }
        (joined == folded).then_some((index, end))
    })
}

/// At most 800 bytes of `text`: no headline is longer.
fn clip(text: &str) -> &str {
    let mut end = text.len().min(800);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The headline of a text without marked headings: the first line of the run of wordy lines above the body.
fn plain(
    text: &str,
    blocks: &[Block],
    head: &Head,
    dateline: Option<&dateline::Read>,
) -> Option<(usize, usize)> {
    // A place alone on its line, or before a wide gap, is no headline either.
    let placed = dateline.filter(|read| !read.places.is_empty() || read.wire.is_some());
    let placed = placed.map(|read| read.block);
    let mut first = None;
    for index in (head.start..head.body).rev() {
        let block = &blocks[index];
        let inner = block.inner(text);
        if first.is_some() && is_kicker(inner) {
            break;
        }
        if is_above(inner)
            || placed == Some(index)
            || dateline::is_date_line(text, block)
            || matches!(
                labels::label(block.whole(text), inner),
                Some(Label::Image | Label::Rule | Label::Furniture)
            )
        {
            continue;
        }
        let wordy = words::count(inner, 4) >= 4
            || (first.is_none() && words::count(inner, 2) >= 2)
            || (index == head.start && words::count(inner, 2) >= 2)
            || inner.len() > 30;
        // A word alone is a menu's, a town or a title; in scripts without blanks it may be a headline.
        let menu = !wordy && (first.is_some() || inner.is_ascii());
        if menu
            || block.item
            || block.row
            || block.furniture
            || !sound(inner)
            || inner.ends_with(':')
            || words::has_email(inner)
            || is_sentence(inner, block)
        {
            // Between the headline, which stands first, and its deck some offices name themselves by a word: `BMJ`.
            let own = menu
                && index == head.start + 1
                && candidate(text, &blocks[head.start])
                && words::count(blocks[head.start].inner(text), 4) >= 4;
            if first.is_some() && !own {
                break;
            }
            continue;
        }
        first = Some(index);
    }
    let mut first = first?;
    // What heads the paper stands above the headline.
    while is_letterhead(text, blocks[first].inner(text)) {
        // `News release` and its like may stand between the two.
        let label = |index: &usize| is_above(blocks[*index].inner(text));
        let next = (first + 1..head.body).find(|index| !label(index));
        let Some(next) = next.filter(|next| candidate(text, &blocks[*next])) else {
            break;
        };
        first = next;
    }
    let mut end = first + 1;
    // Behind `For immediate release:` on its own line, the headline goes on to the dateline.
    let labelled = blocks[first].gap == Gap::Wide
        && first > 0
        && is_release_line(blocks[first - 1].inner(text))
        && blocks[first - 1].inner(text).ends_with(':');
    let lines = |end: usize| labelled && blocks[end].gap == Gap::Line && end - first < 4;
    while end < head.body && (lines(end) || continues(text, &blocks[end - 1], &blocks[end])) {
        end += 1;
    }
    Some((first, end))
}

/// Whether a block can be a headline where the line above it turned out to be a letterhead.
fn candidate(text: &str, block: &Block) -> bool {
    let inner = block.inner(text);
    sound(inner)
        && words::count(inner, 2) >= 2
        && !is_above(inner)
        && !dateline::is_date_line(text, block)
}

/// Whether a line above the body is a sentence of prose rather than a headline.
fn is_sentence(inner: &str, block: &Block) -> bool {
    block.heading.is_none() && inner.ends_with('.') && words::count(inner, 13) >= 12
}

/// Whether the second line goes on with the headline of the first.
fn continues(text: &str, first: &Block, second: &Block) -> bool {
    if second.gap == Gap::Blank || second.heading.is_some() {
        return false;
    }
    let last = first.inner(text).rsplit(' ').next().unwrap_or("");
    let small = matches!(
        last.to_lowercase().as_str(),
        "for"
            | "of"
            | "in"
            | "on"
            | "to"
            | "the"
            | "a"
            | "an"
            | "and"
            | "with"
            | "at"
            | "by"
            | "from"
            | "as"
            | "or"
            | "&"
            | "that"
            | "into"
            | "its"
            | "after"
            | "über"
            | "für"
            | "und"
            | "der"
            | "die"
            | "das"
            | "mit"
            | "von"
            | "de"
            | "la"
            | "et"
            | "du"
            | "y"
            | "en"
    );
    small || first.inner(text).ends_with(',') || second.inner(text).starts_with(char::is_lowercase)
}

/// The deck: what stands between headline and body and is no label, no date, no picture.
fn deck(
    text: &str,
    blocks: &[Block],
    from: usize,
    body: usize,
    dated: bool,
) -> Option<(usize, usize)> {
    let mut found: Option<(usize, usize)> = None;
    for (index, block) in blocks.iter().enumerate().take(body).skip(from) {
        let inner = block.inner(text);
        let label = labels::label(block.whole(text), inner);
        // Breadcrumbs cut the headline short; a deck is not cut.
        let other = is_above(inner)
            || inner.ends_with("...")
            || inner.ends_with('…')
            || dateline::is_date_line(text, block)
            || label.is_some()
            || block.item
            || block.row
            || block.furniture;
        if other
            || (block.heading.is_some_and(|level| level >= 3) && !dated)
            || words::count(inner, 4) < 4 && found.is_none()
        {
            if found.is_some() {
                break;
            }
            continue;
        }
        found = Some((found.map_or(index, |(first, _)| first), index + 1));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::release::{HeadlineFrom, Incoming, understand};

    #[test]
    fn a_headline_is_given_without_what_labels_it() {
        for label in ["Press Release: ", "2024-02-17 Press Release: ", "/"] {
            let text = format!(
                "{label}Harbour Board Opens a Fourth Quay\n\nLEEDS, February 17, 2024 – The harbour board opened its fourth \
                 quay on Friday, and the first ships are due.\n\nThe quay is large enough for the ferries.\n"
            );
            let incoming = Incoming {
                text,
                ..Incoming::default()
            };
            let headline = understand(&incoming, &[]).headline;
            assert_eq!(
                headline.as_deref(),
                Some("Harbour Board Opens a Fourth Quay"),
                "{label}"
            );
        }
    }

    #[test]
    fn a_place_before_a_wide_gap_is_no_headline() {
        let text = "ST. LOUIS, MO  The harbour board today announced that it has opened its fourth quay, and that the \
                    first ships are due in June.\n\nThe quay is large enough for the ferries that now turn away.\n";
        let incoming = Incoming {
            text: text.to_owned(),
            ..Incoming::default()
        };
        let release = understand(&incoming, &[]);
        assert_eq!(
            release.headline_from,
            Some(HeadlineFrom::Lede),
            "{:?}",
            release.headline
        );
        assert!(
            release
                .dateline
                .is_some_and(|read| read.place.as_deref() == Some("ST. LOUIS"))
        );
    }

    #[test]
    fn a_word_that_names_the_office_stands_between_headline_and_deck() {
        let text = "Surgery in one day could save patients millions of miles\nBMJ\nPlus free up thousands of hours for \
                    nurses and doctors, every year\n\nOne day of surgery could save millions of miles of travel, says a \
                    study that was published on Monday.\n\nThe study looked at five hundred people in four towns.\n";
        let incoming = Incoming {
            text: text.to_owned(),
            ..Incoming::default()
        };
        let release = understand(&incoming, &[]);
        let first = text.lines().next();
        assert_eq!(release.headline.as_deref(), first);
    }
}
