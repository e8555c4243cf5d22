//! The dateline: places, region, date and wire at the head of a text, in whatever order and between whatever dashes,
//! strokes and brackets a wire puts them, glued or not. It refuses a heading with a dash in it: a place counts only
//! where capitals, a region, a date or a wire vouch for it.

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

/// Reads segments from left to right.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    /// End of the block the scan began in.
    own: usize,
    read: Read,
    /// A dash, a stroke or a bracket closed it.
    closed: bool,
    /// `and` or a comma promises another place.
    joined: bool,
    /// That was a dash with nothing else it could mean: `--`, `—` or one between blanks.
    strong: bool,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..self.end).unwrap_or("")
    }

    /// Scans from `from`; gives what was read, if anything.
    fn run(&mut self, from: usize) -> Option<Read> {
        let mut last = from;
        for _ in 0..16 {
            self.skip(|c| c.is_whitespace() || c == ',' || c == '\u{A0}');
            let before = self.at;
            if self.wire() || self.date() {
                last = self.at;
                continue;
            }
            if self.mark() {
                last = self.at;
                if self.done() {
                    break;
                }
                continue;
            }
            let full = self.closed && !self.read.places.is_empty() && !self.joined;
            if full || !self.place() {
                self.at = before;
                break;
            }
            last = self.at;
        }
        last = last.max(self.last_dash(last));
        let start = from
            + (self.text[from..].len()
                - self.text[from..]
                    .trim_start_matches(|c: char| c.is_whitespace())
                    .len());
        let trimmed = self.text[start..last.max(start)].trim_end();
        self.read.extent = Extent::new(start, start + trimmed.len());
        let something =
            self.read.wire.is_some() || self.read.date.is_some() || !self.read.places.is_empty();
        something.then(|| self.read.clone())
    }

    /// The end of a dash that follows the last bracket or stroke.
    fn last_dash(&self, last: usize) -> usize {
        let rest = self.text.get(last..self.end).unwrap_or("");
        let dash = rest.trim_start();
        let after = dash.trim_start_matches(['-', '–', '—', '―']);
        if after.len() < dash.len() && self.closed {
            last + rest.len() - after.len()
        } else {
            last
        }
    }

    fn skip(&mut self, what: impl Fn(char) -> bool) {
        let rest = self.rest();
        let kept = rest.trim_start_matches(what);
        self.at += rest.len() - kept.len();
    }

    /// Whether, after a mark, nothing that follows belongs to the dateline.
    fn done(&self) -> bool {
        let rest = self.rest().trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | ',')
        });
        if self.read.wire.is_none() && (wire_at(rest).is_some())
            || self.read.date.is_none() && dates::at_start(rest).is_some()
        {
            return false;
        }
        if self.read.places.is_empty() && (self.read.wire.is_some() || self.read.date.is_some()) {
            return !place_follows(rest);
        }
        let parted = self.text[..self.at].ends_with('/')
            && self.read.places.len() == 1
            && self.read.date.is_none()
            && self.read.wire.is_none();
        self.closed
            && !parted
            && !(rest.starts_with(['(', '['])
                && self.read.issuer.is_none()
                && self.read.wire.is_none())
    }

    /// A wire's name, in brackets, between strokes or bare.
    fn wire(&mut self) -> bool {
        if self.read.wire.is_some() {
            return false;
        }
        let Some((name, len)) = wire_at(self.rest()) else {
            return self.stroked();
        };
        self.read.wire = Some(name);
        self.at += len;
        self.closed = true;
        true
    }

    /// `/ Issuer /` after place and date, as some services print it.
    fn stroked(&mut self) -> bool {
        if self.read.places.is_empty() || self.read.date.is_none() || self.read.issuer.is_some() {
            return false;
        }
        let Some((name, len)) = self
            .rest()
            .starts_with('/')
            .then(|| bracketed(self.rest(), '/'))
            .flatten()
        else {
            return false;
        };
        let start = self.at + 1 + (name.len() - name.trim_start().len());
        let extent = Extent::new(start, start + name.trim().len());
        if extent.is_empty() || !name.trim().starts_with(char::is_alphanumeric) {
            return false;
        }
        self.at += len;
        self.read.issuer = Some(extent);
        self.closed = true;
        true
    }

    /// A date, with the time of day that may follow it.
    fn date(&mut self) -> bool {
        if self.read.date.is_some() {
            return false;
        }
        let rest = self.rest();
        let article = ["le ", "den ", "am ", "el ", "il "]
            .iter()
            .find(|word| rest.starts_with(**word));
        let skipped = article.map_or(0, |word| word.len());
        let Some(read) = dates::at_start(&rest[skipped..]) else {
            return false;
        };
        self.read.date = Some(read);
        self.at += read.len + skipped;
        self.at += time_len(self.rest());
        true
    }

    /// A dash, a stroke, a bracket, a colon.
    fn mark(&mut self) -> bool {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else {
            return false;
        };
        let spaced = self.text[..self.at].ends_with(|c: char| c.is_whitespace());
        let run = rest.len() - rest.trim_start_matches(['-', '–', '—', '―', '‒']).len();
        if run > 0 {
            self.strong |= run >= 2 || spaced;
            self.at += run;
            self.closed = true;
            return true;
        }
        let something =
            !self.read.places.is_empty() || self.read.date.is_some() || self.read.wire.is_some();
        if c == '/' && self.joins_places() {
            self.joined = true;
            self.at += 1;
            return true;
        }
        match c {
            '/' | '|' | ')' | ']' | '）' | '】' | '•' if something => self.closed = true,
            ':' if something && self.read.date.is_some() => self.closed = true,
            '(' | '[' | '（' | '【' | '/' => {}
            _ => return false,
        }
        self.at += c.len_utf8();
        true
    }

    /// One place, or the region after one.
    fn place(&mut self) -> bool {
        let Some(len) = place_len(self.rest()) else {
            return false;
        };
        let start = self.at;
        let segment = &self.text[start..start + len];
        let after_comma = self.text[..start].trim_end().ends_with(',');
        let extent = Extent::new(start, start + len);
        let joined = std::mem::take(&mut self.joined);
        if !self.read.places.is_empty() && !joined && (after_comma || places::is_region(segment)) {
            let known = places::is_region(segment);
            if known
                || self.read.region.is_none()
                    && !places::is_city(segment)
                    && self.read.places.len() == 1
                    && !segment.contains(' ')
            {
                self.add_region(extent);
                self.at += len;
                self.joiner();
                // A region closes a place even where the dash was lost.
                self.closed |= known
                    && (self.gap_follows()
                        || self.shouted()
                            && self.rest().trim_start().starts_with(char::is_uppercase));
                return true;
            }
        }
        if self.read.places.len() >= 6 {
            return false;
        }
        // What was taken for a region is one of several places.
        if after_comma
            && !joined
            && let Some(region) = self
                .read
                .region
                .filter(|region| !places::is_region(region.of(self.text)))
        {
            self.read.region = None;
            self.read.places.push(region);
        }
        let (city, region) = split_region(segment);
        self.read.places.push(Extent::new(start, start + city));
        if let Some(region) = region {
            self.read.region = Some(Extent::new(start + region, start + len));
        }
        self.at += len;
        self.joiner();
        true
    }

    /// Sets the region, or adds the country to the state that was just read.
    fn add_region(&mut self, extent: Extent) {
        self.read.region = Some(match self.read.region {
            None => extent,
            Some(region)
                if self.text[region.end..extent.start]
                    .trim_matches([',', ' ', '.'])
                    .is_empty() =>
            {
                Extent::new(region.start, extent.end)
            }
            Some(region) => region,
        });
    }

    /// `and`, `&`, `et`, `und` between two places.
    fn joiner(&mut self) {
        let rest = self.rest();
        let trimmed = rest.trim_start();
        for word in ["and ", "& ", "et ", "und ", "y "] {
            if let Some(after) = trimmed.strip_prefix(word)
                && place_len(after.trim_start()).is_some()
            {
                self.at += rest.len() - after.len();
                self.joined = true;
                return;
            }
        }
    }

    /// Whether a stroke parts two places: `HONG KONG / PARIS`.
    fn joins_places(&self) -> bool {
        let after = self.rest()[1..].trim_start();
        let early = self.read.wire.is_none() && self.read.date.is_none() && !self.closed;
        early
            && !self.read.places.is_empty()
            && wire_at(after).is_none()
            && dates::at_start(after).is_none()
            && place_len(after).is_some()
    }

    /// Whether the first place is printed in capitals.
    fn shouted(&self) -> bool {
        self.read
            .places
            .first()
            .is_some_and(|place| !place.of(self.text).chars().any(char::is_lowercase))
    }

    /// Whether a wide gap or the end of the block follows.
    fn gap_follows(&self) -> bool {
        let rest = &self.text[self.at..self.end];
        let blanks = rest.chars().take_while(|c| c.is_whitespace()).count();
        blanks >= 2 || self.at >= self.own
    }
}

/// A wire's name at the start of `rest`: its usual name, and how many bytes it takes.
fn wire_at(rest: &str) -> Option<(String, usize)> {
    let open = rest.chars().next()?;
    if matches!(open, '/' | '(' | '[' | '（') {
        let (name, mut len) = bracketed(rest, open)?;
        if let Some(after) = rest[len..].strip_prefix('(').filter(|_| open == '[') {
            len += 1 + after.find(')')? + 1;
        }
        let usual = wires::known(name).map(str::to_owned);
        let dashed = rest[len..].trim_start().starts_with(['-', '–', '—']);
        let named = usual.or_else(|| {
            (wires::may_be_wire(name) && dashed && open != '/').then(|| name.trim().to_owned())
        });
        return named.map(|name| (name, len));
    }
    bare_wire(rest)
}

/// A wire's name without brackets, up to the next mark: `PR Karma /`, `ACCESSWIRE /`, `Qwoted Newswire –`, `新华社`.
fn bare_wire(rest: &str) -> Option<(String, usize)> {
    for han in ["新华社", "新華社", "美通社"] {
        if rest.starts_with(han) {
            return wires::known(han).map(|name| (name.to_owned(), han.len()));
        }
    }
    let stop = |c: char| {
        matches!(
            c,
            '/' | '-' | '–' | '—' | '(' | ')' | '|' | '\n' | ',' | ':' | '.'
        )
    };
    let mut len = rest
        .char_indices()
        .take(40)
        .find(|(_, c)| stop(*c))
        .map(|(at, _)| at)?;
    if rest[len..].starts_with(".ai") || rest[len..].starts_with("-7") {
        len += rest[len + 1..]
            .char_indices()
            .take(24)
            .find(|(_, c)| stop(*c) || *c == ' ')
            .map(|(at, _)| at)?
            + 1;
    }
    let name = rest[..len].trim_end();
    let usual = wires::known(name).filter(|_| name.len() > 4);
    let named = usual.map(str::to_owned).or_else(|| {
        (wires::sounds_like_wire(name)
            && name.contains(' ')
            && name.starts_with(char::is_uppercase))
        .then(|| name.to_owned())
    })?;
    let mut len = name.len();
    // `PRISM MediaWire (Press Release Service – Press Release Distribution) –`
    let after = rest[len..].trim_start();
    if after.starts_with('(')
        && let Some((_, more)) = bracketed(after, '(')
    {
        len = rest.len() - after.len() + more;
    }
    Some((named, len))
}

/// What stands between an opening bracket or stroke and its partner, and the length of it all. At most 80 bytes.
fn bracketed(rest: &str, open: char) -> Option<(&str, usize)> {
    let close = match open {
        '(' => ')',
        '[' => ']',
        '（' => '）',
        other => other,
    };
    let from = open.len_utf8();
    let len = rest
        .get(from..)?
        .char_indices()
        .take_while(|(at, c)| *at < 80 && *c != '\n')
        .find(|(_, c)| *c == close)
        .map(|(at, _)| at)?;
    Some((&rest[from..from + len], from + len + close.len_utf8()))
}

/// Length of a time of day after a date: ` @ 9:00 AM America/Toronto`, ` 17:00`, ` at 8:30 a.m. ET`.
fn time_len(rest: &str) -> usize {
    let trimmed = rest.trim_start_matches([' ', ',', '@', '\u{A0}']);
    let trimmed = trimmed.strip_prefix("at ").unwrap_or(trimmed);
    let mut at = rest.len() - trimmed.len();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) || !trimmed[digits..].starts_with(':') {
        return 0;
    }
    let minutes = trimmed[digits + 1..]
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    at += digits + 1 + minutes;
    for _ in 0..3 {
        let word = rest[at..].trim_start();
        let len = word
            .find(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | ',' | ')'))
            .unwrap_or(word.len());
        let small = word[..len].to_lowercase();
        let zone = matches!(
            small.as_str(),
            "am" | "pm"
                | "a.m."
                | "p.m."
                | "et"
                | "est"
                | "edt"
                | "ct"
                | "cst"
                | "cdt"
                | "mt"
                | "mst"
                | "mdt"
                | "pt"
                | "pst"
                | "pdt"
                | "gmt"
                | "utc"
                | "bst"
                | "cet"
                | "cest"
                | "hkt"
                | "eastern"
                | "pacific"
                | "central"
                | "mountain"
                | "uhr"
        ) || (word[..len].contains('/') && word.starts_with(char::is_uppercase));
        if !zone {
            break;
        }
        at = rest.len() - word.len() + len;
    }
    at
}

/// Whether a place that closes a dateline stands at the start of `rest`.
fn place_follows(rest: &str) -> bool {
    let Some(len) = place_len(rest) else {
        return false;
    };
    let name = &rest[..len];
    let shouted = !name.chars().any(char::is_lowercase) && name.len() >= 4;
    (shouted || places::is_city(name) || followed_by_region(rest, len)) && {
        let after = rest[len..].chars().take(60).collect::<String>();
        after.contains(['-', '–', '—', ':'])
    }
}

/// Whether `, Region` comes after the place of length `len`.
fn followed_by_region(rest: &str, len: usize) -> bool {
    let Some(after) = rest[len..].strip_prefix(',') else {
        return false;
    };
    let after = after.trim_start();
    place_len(after).is_some_and(|len| places::is_region(&after[..len]))
}

/// Length of the place name at the start of `rest`: words with capitals (or Chinese characters before a date), ended
/// by a mark, a date or a wire.
fn place_len(rest: &str) -> Option<usize> {
    if super::head::is_release_line(rest.split('\n').next().unwrap_or(rest)) {
        return None;
    }
    if rest.starts_with(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
        let len = rest
            .char_indices()
            .take(9)
            .find(|(_, c)| !('\u{4E00}'..='\u{9FFF}').contains(c))
            .map(|(at, _)| at)?;
        let after = rest[len..].trim_start();
        return (dates::at_start(after).is_some()
            || han_month(after)
            || after.starts_with(['-', '–', '—', '/', '，']))
        .then_some(len);
    }
    let mut at = 0;
    let mut words = 0;
    while words < 6 {
        let word = &rest[at..];
        let len = word
            .find(|c: char| {
                c.is_whitespace()
                    || matches!(
                        c,
                        ',' | '/'
                            | '('
                            | ')'
                            | '['
                            | '—'
                            | '–'
                            | ':'
                            | '&'
                            | '|'
                            | ';'
                            | '“'
                            | '"'
                            | '!'
                            | '?'
                            | '*'
                    )
            })
            .unwrap_or(word.len());
        let len = word[..len].find("--").unwrap_or(len);
        let token = &word[..len];
        let small = matches!(
            token,
            "of" | "de"
                | "la"
                | "del"
                | "du"
                | "and"
                | "the"
                | "upon"
                | "sur"
                | "am"
                | "do"
                | "da"
                | "dos"
                | "le"
                | "les"
                | "and/or"
                | "en"
        );
        let capital = token.starts_with(char::is_uppercase)
            || (words > 0 && token.bytes().all(|b| b.is_ascii_digit()) && !token.is_empty());
        let stop = token.ends_with('.') && token.len() > 5 && !places::is_region(token);
        if token.is_empty()
            || !(capital || (small && words > 0 && token != "and"))
            || stop
            || (words > 0 && dates::at_start(word).is_some())
        {
            break;
        }
        at += len;
        words += 1;
        let region = places::is_region(token) && token.len() <= 6 && token != "New";
        let blanks = rest[at..].len() - rest[at..].trim_start_matches([' ', '\u{A0}']).len();
        let next = &rest[at + blanks..];
        if region && words == 1
            || blanks >= 2 && !places::is_region(next.get(..3).unwrap_or("-"))
            || ends_place(next)
            || blanks == 0
        {
            break;
        }
        at += blanks;
    }
    let len = rest[..at].trim_end().len();
    let ended = ends_place(rest[len..].trim_start())
        || rest[len..].starts_with("  ")
        || places::is_region(&rest[..len])
        || dates::at_start(rest[len..].trim_start()).is_some();
    (words > 0 && len <= 48 && ended).then_some(len)
}

/// `9月2日`: a date without its year.
fn han_month(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && text[digits..].starts_with('月')
}

/// Whether what follows a place ends it.
fn ends_place(next: &str) -> bool {
    let joined = ["and ", "& ", "et ", "und "].iter().any(|word| {
        next.strip_prefix(word)
            .is_some_and(|after| after.starts_with(char::is_uppercase))
    });
    next.is_empty()
        || joined
        || next.starts_with([',', '/', '(', ')', '[', '-', '–', '—', ':', '|', '\n'])
            && !next.starts_with(", and ")
}

/// A region printed after a city without a comma: where the city ends and the region starts.
fn split_region(segment: &str) -> (usize, Option<usize>) {
    for (at, _) in segment.match_indices(' ').take(4) {
        let region = &segment[at + 1..];
        if places::is_region(region) && !places::is_city(segment) && region != "City" && at > 2 {
            return (segment[..at].trim_end().len(), Some(at + 1));
        }
    }
    (segment.len(), None)
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
