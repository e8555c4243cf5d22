//! The dateline: places, region, date and wire at the head of a text, in whatever order and between whatever dashes,
//! strokes and brackets a wire puts them, glued or not. It refuses a heading with a dash in it: a place counts only
//! where capitals, a region, a date or a wire vouch for it.

mod pieces;
mod scan;

use pieces::{bracketed, time_len};
use scan::Scan;

use super::blocks::Block;
use super::{dates, places, wires};
use crate::release::Dateline;
use crate::text::{Extent, SafeText};

/// A dateline as it was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    /// From its first letter to its last dash.
    pub extent: Extent,
    /// Places, as extents.
    pub places: Vec<Extent>,
    /// Region.
    pub region: Option<Extent>,
    /// Day, month and perhaps year.
    pub date: Option<dates::ReadDate>,
    /// The wire's usual name.
    pub wire: Option<String>,
    /// A name between strokes that is no wire: some services print the issuer there.
    pub issuer: Option<Extent>,
    /// Index of the block it stands in.
    pub block: usize,
}

impl Read {
    /// The contract's shape. `year` is taken where the dateline prints none.
    pub fn shape(&self, text: &str, year: Option<i16>) -> Dateline {
        let safe = |extent: &Extent| SafeText::clean_line(extent.of(text));
        Dateline {
            extent: self.extent,
            place: self.places.first().map(safe),
            places: self.places.iter().map(safe).collect(),
            region: self.region.as_ref().map(safe),
            date: self
                .date
                .and_then(|read| read.date(year))
                .map(|date| SafeText::clean_line(&date.to_string())),
            wire: self.wire.as_deref().map(SafeText::clean_line),
        }
    }
}

/// The longest dateline, in bytes.
const LONGEST: usize = 320;

/// Finds the dateline among the blocks `from..`, no later than behind the second paragraph of prose.
pub(super) fn find(text: &str, blocks: &[Block], from: usize) -> Option<Read> {
    let mut prose = 0;
    let mut date_line: Option<Read> = None;
    let mut date_lines = 0;
    for (index, block) in blocks.iter().enumerate().skip(from).take(80) {
        if let Some(mut read) = at_block(text, block) {
            read.block = index;
            if let Some(dated) = date_line.filter(|_| read.date.is_none() && date_lines < 3) {
                read.date = dated.date;
            }
            return Some(read);
        }
        let inner = block.inner(text);
        if prose == 0
            && block.heading.is_none()
            && let Some(read) = bare_date(text, block.inner)
        {
            date_lines += 1;
            date_line = date_line.or(Some(Read {
                block: index,
                ..read
            }));
        }
        prose += usize::from(super::words::is_prose(inner));
        if prose >= 3 {
            break;
        }
    }
    // Three dates and more above the body are a list of other releases.
    date_line.filter(|_| date_lines < 3)
}

/// The dateline that opens `block`, or stands in it before a wire's name.
fn at_block(text: &str, block: &Block) -> Option<Read> {
    if block.heading.is_some_and(|level| level == 1) {
        return None;
    }
    let mut end = (block.inner.start + LONGEST).min(block.inner.end);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if let Some(read) = date_first(text, Extent::new(block.inner.start, end)) {
        return Some(read);
    }
    let scan = |from: usize| {
        let mut scan = Scan {
            text,
            at: from,
            end,
            own: block.extent.end,
            read: Read::default(),
            closed: false,
            joined: false,
            strong: false,
        };
        scan.run(from).filter(|_| scan_valid(&scan, block))
    };
    if let Some(read) = scan(block.inner.start) {
        return Some(vouched(text, block, read));
    }
    let wire = fused_wire(
        text,
        Extent::new(block.inner.start, end.min(block.extent.end)),
    )?;
    let mut from = wire.saturating_sub(90).max(block.inner.start);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..wire];
    let starts = std::iter::once(0).chain(
        before
            .char_indices()
            .filter(|(_, c)| c.is_whitespace())
            .map(|(at, c)| at + c.len_utf8()),
    );
    let capital = |at: &usize| before[*at..].starts_with(|c: char| c.is_uppercase());
    starts
        .filter(capital)
        .find_map(|at| scan(from + at).filter(|read| read.wire.is_some() && read.extent.end > wire))
}

/// The date and, in brackets behind it, the place that open a paragraph (`May 3, 2004 (Mountain View, CA) The foundation
/// …`). Where the brackets hold no place that is known, a dash must part them from the sentence.
fn date_first(text: &str, within: Extent) -> Option<Read> {
    let line = within.of(text);
    let date = dates::at_start(line).filter(|date| date.year.is_some())?;
    let rest = line[date.len..].trim_start_matches([',', ' ', '\u{A0}']);
    if !rest.starts_with('(') {
        return None;
    }
    let (inside, length) = bracketed(rest, '(')?;
    if wires::known(inside).is_some() {
        return None;
    }
    let open = line.len() - rest.len() + "(".len();
    let (city, region) = inside.split_once(',').unwrap_or((inside, ""));
    let piece = |piece: &str, from: usize| {
        let start = within.start + open + from + (piece.len() - piece.trim_start().len());
        Extent::new(start, start + piece.trim().len())
    };
    let region = (!region.trim().is_empty()).then(|| piece(region, city.len() + 1));
    let region = region.filter(|region| places::is_region(region.of(text)));
    let capital = city.trim_start().starts_with(char::is_uppercase);
    let known = capital && (region.is_some() || places::is_city(city.trim()));
    let behind = &rest[length..];
    let sentence = behind.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | ',' | ':' | '-' | '–' | '—')
    });
    let marks = &behind[..behind.len() - sentence.len()];
    let opens = sentence.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘'));
    let goes_on = sentence.split_whitespace().nth(7).is_some();
    if !(opens && goes_on && (known || marks.contains(['-', '–', '—']))) {
        return None;
    }
    let end = within.end - sentence.len() - (marks.len() - marks.trim_end().len());
    Some(Read {
        extent: Extent::new(within.start, end),
        places: known.then(|| piece(city, 0)).into_iter().collect(),
        region: region.filter(|_| known),
        date: Some(date),
        ..Read::default()
    })
}

/// A line of its own that holds a date and words no one vouches for (`By Jane Roe | 7 July 2016`) names no place.
fn vouched(text: &str, block: &Block, mut read: Read) -> Read {
    let alone = text[read.extent.end.min(block.extent.end)..block.extent.end]
        .trim()
        .is_empty();
    let known = read.region.is_some() || read.wire.is_some() || read.issuer.is_some();
    if alone && !known && read.date.is_some() {
        read.places.retain(|place| places::is_city(place.of(text)));
    }
    read
}

/// Where a known wire's bracket stands inside a block that does not open with its dateline.
fn fused_wire(text: &str, within: Extent) -> Option<usize> {
    let inner = within.of(text);
    inner
        .char_indices()
        .filter(|(_, c)| matches!(c, '/' | '('))
        .take(12)
        .find_map(|(at, open)| {
            let (name, _) = bracketed(&inner[at..], open)?;
            wires::known(name)
                .filter(|name| name.len() > 4)
                .map(|_| within.start + at)
        })
}

/// Whether what was scanned is a dateline rather than words with a dash.
fn scan_valid(scan: &Scan<'_>, block: &Block) -> bool {
    let read = &scan.read;
    let rest = &scan.text[read.extent.end.min(block.extent.end)..block.extent.end];
    let alone = rest.trim().is_empty();
    if read.wire.is_some() {
        return scan.closed || !read.places.is_empty() || read.date.is_some();
    }
    if read.date.is_some() && !read.places.is_empty() {
        return scan.closed || alone || read.issuer.is_some();
    }
    if read.date.is_some() {
        return scan.closed && !alone && read.date.is_some_and(|date| date.year.is_some());
    }
    let Some(place) = read.places.first().map(|place| place.of(scan.text)) else {
        return false;
    };
    let shouted = place.chars().any(char::is_uppercase) && !place.chars().any(char::is_lowercase);
    let vouched = places::is_city(place)
        || read
            .region
            .is_some_and(|region| places::is_region(region.of(scan.text)));
    if alone {
        return shouted && places::is_city(place);
    }
    let prose = rest.split_whitespace().nth(7).is_some() && rest.chars().any(char::is_lowercase);
    prose && scan.closed && (vouched || (shouted && place.len() >= 4 && scan.strong))
}

/// What may stand on a line before a date, so that the line is still only a date.
const LABELS: &[&str] = &[
    "public release",
    "release date",
    "date",
    "published",
    "publication date",
    "posted",
    "posted on",
    "issued",
    "for release",
    "for immediate release",
    "news release",
    "press release",
    "media release",
    "date of release",
    "released",
    "updated",
    "date issued",
    "veröffentlicht",
    "datum",
    "fecha",
    "publié le",
    "le",
    "by",
    "issued by",
    "posted by",
    "news",
];

/// A line that is a date, with or without a label before it.
fn bare_date(text: &str, line: Extent) -> Option<Read> {
    let inner = line.of(text);
    if inner.len() > 160 || !inner.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let (at, read) = dates::find(inner)?;
    let before = inner[..at].trim_matches(|c: char| !c.is_alphanumeric());
    let after = inner[at + read.len..].trim_matches(|c: char| !c.is_alphanumeric());
    let small = before.to_lowercase();
    let labelled = before.is_empty()
        || LABELS.iter().any(|label| {
            small == *label
                || small.starts_with(&format!("{label} "))
                || small.ends_with(&format!(" {label}"))
        });
    let shouted = before.chars().all(|c| !c.is_lowercase());
    let timed = after.is_empty()
        || time_len(&format!(" {after}")) > 0
        || after.to_lowercase().starts_with("permalink")
        || after.split_whitespace().count() <= 2;
    let short = before.split_whitespace().count() <= 9;
    if !(short && timed && (labelled || shouted && before.len() < 24 || small.ends_with(" on"))) {
        return None;
    }
    Some(Read {
        extent: line,
        date: Some(read),
        ..Read::default()
    })
}

/// Whether a block is a line that is only a date.
pub(super) fn is_date_line(text: &str, block: &Block) -> bool {
    bare_date(text, block.inner).is_some()
}

#[cfg(test)]
mod tests {
    use crate::release::{Incoming, understand};

    /// Place, region and date of a release whose paragraphs are these.
    fn read(paragraphs: &[&str]) -> [Option<String>; 3] {
        let text = format!(
            "The Harbour Board Opens a Quay\n\n{}\n",
            paragraphs.join("\n\n")
        );
        let incoming = Incoming {
            text,
            ..Incoming::default()
        };
        let dateline = understand(&incoming, &[]).dateline.unwrap_or_default();
        [dateline.place, dateline.region, dateline.date]
            .map(|part| part.map(|part| part.to_string()))
    }

    const MORE: &str =
        "The quay is large enough for the ferries that now turn away, and it is paid for.";

    #[test]
    fn a_date_may_stand_before_its_place() {
        let some = |part: &str| (!part.is_empty()).then(|| part.to_owned());
        for (opening, place, region) in [
            ("May 3, 2004 (Mountain View, CA) The", "Mountain View", "CA"),
            (
                "May 3, 2004, (Mountain View, CA). The",
                "Mountain View",
                "CA",
            ),
            ("May 3, 2004 (London) – The", "London", ""),
            ("May 3, 2004 (the Internet) - The", "", ""),
        ] {
            let lede = format!(
                "{opening} harbour board today opened its fourth quay, and the first ships are due."
            );
            let expected = [some(place), some(region), some("2004-05-03")];
            assert_eq!(read(&[&lede, MORE]), expected, "{opening}");
        }
    }

    #[test]
    fn what_else_stands_in_brackets_behind_a_date_is_no_place() {
        let lede = "May 3, 2004 (Monday) The harbour board today opened its fourth quay, and the first ships are due.";
        assert_eq!(read(&[lede, MORE]), [None, None, None]);
    }

    #[test]
    fn a_german_day_is_no_item_of_a_list_and_a_point_closes_place_and_day() {
        let day = Some("2022-11-29".to_owned());
        let lede = "Der Hafen hat am Dienstag seinen vierten Kai eröffnet, und die ersten Schiffe kommen im Juni.";
        assert_eq!(
            read(&["29. November 2022 | Presse", lede, MORE]),
            [None, None, day.clone()]
        );
        let lede = format!("Berlin, 29. November 2022. {lede}");
        assert_eq!(read(&[&lede, MORE]), [Some("Berlin".to_owned()), None, day]);
        // A house and a day are no place and a day.
        let lede = "Harbour Pumps, May 3, 2004. The board of the house met in the morning and talked for a day.";
        assert_eq!(read(&[lede, MORE]), [None, None, None]);
    }
}
