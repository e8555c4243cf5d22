//! Where a release ends and the foot of its page begins: links that whoever puts it out again adds, the site's other
//! stories, the menu at the bottom of a saved page. It refuses to say what the parts above are, and takes for the
//! page's only what nothing of a release's own tail follows.

use super::blocks::Block;
use super::head::Head;
use super::labels::Label;
use super::words;

/// One past the last block that belongs to the release: a rule followed by nothing but links, or furniture to the end,
/// is the copy's. So are lines that are wholly a link where furniture stands above them and nothing else below: whoever
/// puts a release out again adds links of its own, whatever it calls them.
pub(super) fn content_end(
    text: &str,
    blocks: &[Block],
    labels: &[Option<Label>],
    head: &Head,
) -> usize {
    let mut end = blocks.len();
    let mut index = blocks.len();
    // Links that no furniture stands above so far: they may be the release's own.
    let mut loose = false;
    while index > head.body + 1 {
        index -= 1;
        let inner = blocks[index].inner(text);
        match labels[index] {
            Some(Label::Rule) if loose => {}
            Some(Label::Rule) => end = index,
            Some(Label::Furniture) if loose => (end, loose) = (index, false),
            Some(Label::Furniture | Label::Image) => {}
            _ if is_bare_link(text, &blocks[index]) => loose = true,
            _ if link_only(inner) || words::count(inner, 4) <= 3 && blocks[index].furniture => {}
            _ => break,
        }
    }
    let end = site_foot(text, blocks, head, end);
    let end = page_foot(text, blocks, labels, head, end);
    let end = other_stories(text, blocks, labels, head, end);
    leftovers(text, blocks, head, end)
}

/// Where begins what a site's program left behind the story for machines: the size of a picture, its address, the
/// author, when the page was made and changed, the headline again. Three such lines, one of them a time to the second.
fn leftovers(text: &str, blocks: &[Block], head: &Head, end: usize) -> usize {
    // Most releases end as they should, and one look tells.
    let mut tail = blocks.iter().take(end).skip(head.body + 2);
    if !tail.any(|block| is_stamp(block.inner(text))) {
        return end;
    }
    let headline = head
        .headline
        .map(|(first, _)| words::folded(blocks[first].inner(text)));
    let (mut from, mut lines, mut stamped) = (end, 0, false);
    for index in (head.body + 2..end).rev() {
        let inner = blocks[index].inner(text);
        let stamp = is_stamp(inner);
        let again = || {
            headline
                .as_deref()
                .is_some_and(|headline| words::folded(inner) == headline)
        };
        if stamp || is_size(inner) || is_picture(inner) || again() {
            (from, lines) = (index, lines + 1);
            stamped |= stamp;
        } else if words::count(inner, 4) > 3
            || words::ends_sentence(inner)
            || words::has_email(inner)
        {
            break;
        }
    }
    if stamped && lines >= 3 { from } else { end }
}

/// `2022-02-08 09:47:11`.
fn is_stamp(inner: &str) -> bool {
    let shape = inner
        .bytes()
        .map(|b| if b.is_ascii_digit() { b'0' } else { b });
    shape.eq(*b"0000-00-00 00:00:00")
}

/// The pixels of a picture, one way: `1633`.
fn is_size(inner: &str) -> bool {
    (2..=5).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit())
}

/// The address of a picture, alone.
fn is_picture(inner: &str) -> bool {
    let ends = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg"];
    inner.starts_with("http")
        && !inner.contains(char::is_whitespace)
        && ends.iter().any(|end| inner.ends_with(end))
}

/// What a site calls the list of its other stories under a release.
const OTHER_STORIES: &[&str] = &[
    "recent news",
    "related news",
    "latest news",
    "more news",
    "recent posts",
    "related posts",
    "recent stories",
    "related stories",
    "more stories",
    "recent articles",
    "related articles",
    "related content",
    "recent press releases",
    "related press releases",
    "latest press releases",
    "more press releases",
    "news releases",
    "press releases",
    "you may also like",
    "you might also like",
];

/// Where a site’s other stories begin under the release: a line that says so, without a colon, behind paragraphs of
/// prose, and nothing of a release's own tail below it. A contact block below it does not count as tail: it is most
/// often the site's, and whom to call about the release stands above.
fn other_stories(
    text: &str,
    blocks: &[Block],
    labels: &[Option<Label>],
    head: &Head,
    end: usize,
) -> usize {
    let tail = |label: &Option<Label>| {
        matches!(
            label,
            Some(Label::About | Label::Source | Label::Disclaimer(_))
        )
    };
    let last = labels[..end].iter().rposition(tail).unwrap_or(0);
    let mut prose = 0;
    for (index, block) in blocks.iter().enumerate().take(end).skip(head.body) {
        let inner = block.inner(text);
        if words::is_prose(inner) {
            prose += 1;
            continue;
        }
        let name = inner.trim_end_matches(['»', '›', ' ']);
        let heads = OTHER_STORIES
            .iter()
            .any(|story| name.eq_ignore_ascii_case(story));
        if heads && prose >= 2 && index > last && index + 2 < end {
            return index;
        }
    }
    end
}

/// Where the foot of a page begins that opens with its own title and menu: the first of a run of short lines that goes
/// on nearly to the end.
fn site_foot(text: &str, blocks: &[Block], head: &Head, end: usize) -> usize {
    if head.site.is_none() && head.start < 4 {
        return end;
    }
    let short = |index: usize| {
        let inner = blocks[index].inner(text);
        words::count(inner, 9) <= 8 && !words::ends_sentence(inner) || inner.ends_with('…')
    };
    let mut index = head.body + 1;
    while index + 6 < end {
        let window = index..(index + 10).min(end);
        let shorts = || window.clone().filter(|at| short(*at)).count();
        if short(index) && shorts() * 10 >= window.len() * 9 {
            return index;
        }
        index += 1;
    }
    end
}

/// Where the foot of a saved page begins: after an end mark, short lines that go on to the end.
fn page_foot(
    text: &str,
    blocks: &[Block],
    labels: &[Option<Label>],
    head: &Head,
    end: usize,
) -> usize {
    let ends = (head.body + 1..end).filter(|index| labels[*index] == Some(Label::End));
    for index in ends.take(6) {
        let rest = &blocks[index + 1..end];
        let short = rest
            .iter()
            .filter(|block| words::count(block.inner(text), 7) <= 6)
            .count();
        let prose = rest
            .iter()
            .filter(|block| words::is_prose(block.inner(text)))
            .count();
        if rest.len() >= 15 && short * 10 >= rest.len() * 8 && prose * 8 <= rest.len() {
            return index + 1;
        }
    }
    end
}

/// Whether a block is a few words that are wholly a link, and no address to write to.
fn is_bare_link(text: &str, block: &Block) -> bool {
    let inner = block.inner(text);
    block.link && block.heading.is_none() && words::count(inner, 9) <= 8 && !inner.contains('@')
}

/// Whether a block is nothing but links.
pub(super) fn link_only(inner: &str) -> bool {
    let bare = inner.trim_start_matches("Pickup - ");
    (bare.starts_with('[') && bare.ends_with(')') && bare.contains("](")) || inner.starts_with("![")
}

#[cfg(test)]
mod tests {
    use crate::release::{Incoming, SectionKind, understand};

    /// The lines of a release with `tail` behind its story that are no part of it.
    fn furniture(tail: &str) -> Vec<String> {
        let text = format!(
            "Harbour Board Opens Quay Four\n\nLEEDS, May 3, 2024 -- The harbour board opened its fourth quay on Friday, \
             and the first ships are due in June.\n\nThe quay is large enough for the ferries that now turn away, and \
             the board has paid for it out of its own means.\n\n“We waited for this,” said Jane Roe, who leads the \
             board and has asked for the quay for ten years.\n\n{tail}"
        );
        let release = understand(
            &Incoming {
                text,
                ..Incoming::default()
            },
            &[],
        );
        let furniture = release
            .sections
            .iter()
            .filter(|section| section.kind == SectionKind::Furniture);
        furniture
            .flat_map(|section| section.extent.of(&release.text).lines())
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn a_sites_other_stories_are_no_part_of_a_release() {
        let stories = "Recent News\n\nBoard Names a Harbour Master\n\nApril 2, 2024\n\nThe board has named a harbour \
                       master, who comes from the coast and will begin in May.";
        let lines: Vec<&str> = stories.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(furniture(stories), lines);
    }

    #[test]
    fn what_a_program_left_behind_the_story_is_no_part_of_it() {
        let left = "https://harbour.example/quay.jpg\n\n1633\n\nJane Roe\n\n2024-05-03 09:47:11\n\n2024-05-03 09:55:40\n\n\
                    Harbour Board Opens Quay Four";
        let lines: Vec<&str> = left.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(furniture(left), lines);
        // A picture and a name alone may be the release's own.
        assert!(furniture("https://harbour.example/quay.jpg\n\nJane Roe").is_empty());
    }

    #[test]
    fn what_stands_above_a_releases_own_tail_is_its_own() {
        let tail = "Recent News\n\nThe board also named a harbour master, who comes from the coast.\n\nAbout the Harbour \
                    Board\n\nThe Harbour Board runs the four quays of the harbour of Leeds, and has done so since 1901.";
        assert!(furniture(tail).is_empty());
    }
}
