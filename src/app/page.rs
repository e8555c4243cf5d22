//! A release as rows of a given width: which part of the text stands on which row, in which role. Made once for a
//! release, a width and a set of open folds, then only looked up. The rows show the text itself as extents; only the
//! headline, deck and facts that are not in the text are shown from the release's fields. It decides no colour and
//! no glyph.

mod parts;

use std::collections::BTreeSet;

use crate::release::{Release, SectionKind};
use crate::text::wrap::{width, wrap};
use crate::text::{Extent, paragraphs};

use parts::{Part, folds, parts};

/// What a row's extents refer to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The release's text.
    #[default]
    Text,
    /// `release.headline`, which does not stand in the text.
    Headline,
    /// `release.subhead`, which does not stand in the text.
    Deck,
    /// Nothing: the row is blank, or the screen words it from the release's fields (facts, folds).
    Nothing,
}

/// What a row is, for its style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// White space between paragraphs.
    #[default]
    Blank,
    /// The headline.
    Headline,
    /// The deck under it.
    Deck,
    /// Issuer, wire, place and date in one line, worded by the screen from the release's fields. Once a release.
    Facts,
    /// What stands before the headline or lede: FOR IMMEDIATE RELEASE, an embargo line.
    ReleaseLine,
    /// A paragraph of its own that is only the dateline. (Within the lede it is a mark, not a row.)
    Dateline,
    /// The first paragraph.
    Lede,
    /// A paragraph.
    Body,
    /// A sub-heading.
    Subhead,
    /// A paragraph that is a quotation.
    Quote,
    /// An item of a list. The first row of an item has `first`.
    ListItem,
    /// A row of a table; `cells` says where its cells stand.
    TableRow,
    /// A folded part: one row that names it and counts its rows. `fold` is its number in `Page::folds`.
    Folded,
    /// Boilerplate, unfolded.
    Boilerplate,
    /// Legal text, unfolded.
    Disclaimer,
    /// Contact block, unfolded.
    Contact,
    /// Source line.
    Source,
    /// A line that is an address.
    Link,
    /// What surrounds the release on its page, unfolded.
    Furniture,
}

/// One cell of a table's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Column within the text area.
    pub column: u16,
    /// Its text.
    pub extent: Extent,
}

/// One row of the reading pane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub role: Role,
    /// What `extent` refers to.
    pub origin: Origin,
    /// What it shows. For blank rows and rows of other origins within the text, empty and at the place in the text
    /// where they stand.
    pub extent: Extent,
    /// Place in the text: `extent.start` for rows of the text; never falls from row to row.
    pub at: usize,
    /// Columns left free before the text.
    pub indent: u16,
    /// The first row of its paragraph, item or part.
    pub first: bool,
    /// Number of the paragraph (1-based) that starts on this row.
    pub paragraph: Option<u32>,
    /// The fold that this row belongs to, folded or not.
    pub fold: Option<usize>,
    /// Where a table row's cells stand; empty for other rows.
    pub cells: Vec<Cell>,
}

/// A part that folds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// What it is.
    pub kind: SectionKind,
    /// What it folds.
    pub extent: Extent,
    /// Its first line, which names it while folded.
    pub title: Extent,
    /// How many rows it takes when open.
    pub rows: usize,
    /// Whether it is open.
    pub open: bool,
}

/// A laid-out release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Width it is wrapped to.
    pub columns: u16,
    /// The rows.
    pub rows: Vec<Row>,
    /// The parts that fold, in order.
    pub folds: Vec<Fold>,
    /// The paragraphs of the text; number `n` of a citation is `paragraphs[n - 1]`.
    pub paragraphs: Vec<Extent>,
}

impl Page {
    /// Lays out a release. `open` holds the starts of the folds that are open.
    #[must_use]
    pub fn new(release: &Release, columns: u16, open: &BTreeSet<usize>) -> Self {
        let paragraphs = paragraphs(&release.text);
        let parts = parts(release, &paragraphs);
        let mut page = Setting {
            text: &release.text,
            columns: columns.max(1),
            open,
            page: Self {
                columns,
                paragraphs,
                ..Self::default()
            },
        };
        page.head(release, &parts);
        let facts_after = facts_after(&parts);
        for (number, part) in parts.iter().enumerate() {
            page.part(part);
            if Some(number) == facts_after {
                page.facts(part.extent.end);
            }
        }
        page.page
    }

    /// The row that shows the byte `at` (or the last one before it); 0 for an empty page.
    #[must_use]
    pub fn row_of(&self, at: usize) -> usize {
        let mut row = self.rows.partition_point(|row| row.at <= at);
        while row > 0 {
            row -= 1;
            if self.rows[row].origin == Origin::Text && self.rows[row].role != Role::Blank {
                return row;
            }
        }
        self.rows
            .iter()
            .position(|row| row.origin == Origin::Text && row.role != Role::Blank)
            .unwrap_or(0)
    }

    /// The fold that holds the byte `at`.
    #[must_use]
    pub fn fold_at(&self, at: usize) -> Option<usize> {
        let fold = self.folds.partition_point(|fold| fold.extent.start <= at);
        let fold = fold.checked_sub(1)?;
        (at < self.folds[fold]
            .extent
            .end
            .max(self.folds[fold].extent.start + 1))
        .then_some(fold)
    }

    /// Number (1-based) of the paragraph that holds `at`, or of the last one before it; 0 where there is none.
    #[must_use]
    pub fn paragraph_at(&self, at: usize) -> usize {
        self.paragraphs.partition_point(|other| other.start <= at)
    }
}

/// After which part the facts stand: the last headline or deck at the head; `None` where the headline is not in the
/// text (the facts then follow the headline at the very top).
fn facts_after(parts: &[Part]) -> Option<usize> {
    let headline = parts.iter().position(|part| part.role == Role::Headline)?;
    let deck = parts
        .get(headline + 1)
        .is_some_and(|part| part.role == Role::Deck);
    Some(headline + usize::from(deck))
}

/// Rows that a headline or a deck takes at most: the text is what was opened.
const HEADED: usize = 8;

/// A headline's or deck's rows. What is longer than [`HEADED`] rows is cut: the last row goes on beyond the width, and the
/// screen ends it with an ellipsis.
fn headed(field: &str, columns: u16) -> Vec<Extent> {
    let columns = usize::from(columns);
    let mut shown = field.len().min((HEADED + 1) * columns * 4);
    while !field.is_char_boundary(shown) {
        shown -= 1;
    }
    let mut rows = wrap(field, Extent::new(0, shown), columns);
    if rows.len() > HEADED {
        rows.truncate(HEADED);
        rows[HEADED - 1].end = shown;
    }
    rows
}

/// Sets parts as rows, one under the other.
struct Setting<'a> {
    text: &'a str,
    columns: u16,
    open: &'a BTreeSet<usize>,
    page: Page,
}

impl Setting<'_> {
    /// Headline, deck and facts at the top, where the text does not hold them itself.
    fn head(&mut self, release: &Release, parts: &[Part]) {
        if parts.iter().any(|part| part.role == Role::Headline) {
            return;
        }
        let fields = [
            (&release.headline, Origin::Headline, Role::Headline),
            (&release.subhead, Origin::Deck, Role::Deck),
        ];
        for (field, origin, role) in fields {
            let Some(field) = field else { continue };
            for (number, extent) in headed(field, self.columns).into_iter().enumerate() {
                self.page.rows.push(Row {
                    role,
                    origin,
                    extent,
                    first: number == 0,
                    ..Row::default()
                });
            }
        }
        self.facts(0);
    }

    /// The row of facts.
    fn facts(&mut self, at: usize) {
        self.page.rows.push(Row {
            role: Role::Facts,
            origin: Origin::Nothing,
            extent: Extent::new(at, at),
            at,
            first: true,
            ..Row::default()
        });
    }

    /// One part with the white space before it.
    fn part(&mut self, part: &Part) {
        self.blank_before(part);
        if folds(part.kind) {
            self.folding(part);
        } else {
            self.lines(part, None);
        }
    }

    /// A blank row, except at the top and where headline, deck and the items of a list stand together.
    fn blank_before(&mut self, part: &Part) {
        let Some(last) = self.page.rows.last() else {
            return;
        };
        let together = matches!(
            (last.role, part.role),
            (Role::Headline, Role::Deck)
                | (Role::ListItem, Role::ListItem)
                | (Role::TableRow, Role::TableRow)
                | (
                    Role::Folded,
                    Role::Boilerplate | Role::Disclaimer | Role::Contact | Role::Furniture
                )
        );
        let folded = folds(part.kind) && !self.open.contains(&part.extent.start);
        let together = together && (last.role != Role::Folded || folded);
        if !together && last.role != Role::Blank {
            self.blank(part.extent.start);
        }
    }

    fn blank(&mut self, at: usize) {
        self.page.rows.push(Row {
            origin: Origin::Nothing,
            extent: Extent::new(at, at),
            at,
            ..Row::default()
        });
    }

    /// A part that folds: one row, or all of its rows.
    fn folding(&mut self, part: &Part) {
        let fold = self.page.folds.len();
        let open = self.open.contains(&part.extent.start);
        let before = self.page.rows.len();
        self.lines(part, Some(fold));
        let rows = self.page.rows.len() - before;
        if rows <= 1 {
            // One row hides nothing: it stands as it is.
            self.page.rows[before..]
                .iter_mut()
                .for_each(|row| row.fold = None);
            return;
        }
        if !open {
            self.page.rows.truncate(before);
            self.page.rows.push(Row {
                role: Role::Folded,
                extent: title(self.text, part.extent),
                at: part.extent.start,
                first: true,
                paragraph: self.number(part.extent.start),
                fold: Some(fold),
                ..Row::default()
            });
        }
        self.page.folds.push(Fold {
            kind: part.kind,
            extent: part.extent,
            title: title(self.text, part.extent),
            rows,
            open,
        });
    }

    /// All lines of a part, wrapped.
    fn lines(&mut self, part: &Part, fold: Option<usize>) {
        let mut tables: Option<Vec<u16>> = None;
        if part.role == Role::TableRow {
            tables = columns(self.text, part.extent, self.columns);
        }
        for (number, line) in lines(self.text, part).into_iter().enumerate() {
            if line.is_empty() {
                if self
                    .page
                    .rows
                    .last()
                    .is_some_and(|row| row.role != Role::Blank)
                {
                    self.blank(line.start);
                }
                continue;
            }
            match &tables {
                Some(columns) => self.table_row(line, columns, number == 0),
                None => self.line(part, line, number == 0, fold),
            }
        }
    }

    /// One logical line.
    fn line(&mut self, part: &Part, line: Extent, opens: bool, fold: Option<usize>) {
        let hang = indent(part.role, line.of(self.text)).min(self.columns / 3);
        let lead = match part.role {
            Role::Quote => 2.min(self.columns / 4),
            _ => 0,
        };
        let room = usize::from(self.columns - lead - hang);
        let first_room = usize::from(self.columns - lead);
        let rows = hanging(self.text, line, first_room, room);
        for (number, extent) in rows.into_iter().enumerate() {
            let first = number == 0 && (opens || part.role == Role::ListItem);
            self.page.rows.push(Row {
                role: part.role,
                origin: Origin::Text,
                extent,
                at: extent.start,
                indent: lead + if number == 0 { 0 } else { hang },
                first,
                paragraph: if number == 0 {
                    self.number(extent.start)
                } else {
                    None
                },
                fold,
                cells: Vec::new(),
            });
        }
    }

    /// One row of a table whose columns fit.
    fn table_row(&mut self, line: Extent, columns: &[u16], first: bool) {
        let cells = cells(self.text, line)
            .into_iter()
            .zip(columns)
            .map(|(extent, column)| Cell {
                column: *column,
                extent,
            })
            .collect();
        self.page.rows.push(Row {
            role: Role::TableRow,
            extent: line,
            at: line.start,
            first,
            paragraph: self.number(line.start),
            cells,
            ..Row::default()
        });
    }

    /// The number of the paragraph that starts at `at`.
    fn number(&self, at: usize) -> Option<u32> {
        self.page
            .paragraphs
            .binary_search_by_key(&at, |paragraph| paragraph.start)
            .ok()
            .and_then(|number| u32::try_from(number + 1).ok())
    }
}

/// The first line of a part, which names it while it is folded.
fn title(text: &str, part: Extent) -> Extent {
    let first = part.of(text).lines().next().unwrap_or("");
    Extent::new(part.start, part.start + first.trim_end().len())
}

/// The logical lines of a part: what stands between line feeds, without the white space around it; blank lines stay
/// as empty extents. Prose that was broken at a fixed column is joined again.
fn lines(text: &str, part: &Part) -> Vec<Extent> {
    let mut found: Vec<Extent> = Vec::new();
    let mut at = part.extent.start;
    for line in part.extent.of(text).split('\n') {
        let lead = line.len() - line.trim_start().len();
        let start = at + lead.min(line.trim_end().len());
        found.push(Extent::new(start, start + line.trim().len()));
        at += line.len() + 1;
    }
    if broken_at_a_column(text, part, &found) {
        let end = found.iter().map(|line| line.end).max();
        return vec![Extent::new(
            part.extent.start,
            end.unwrap_or(part.extent.end),
        )];
    }
    found
}

/// Whether the lines of a paragraph were filled to a fixed column: all but the last are long, and about as long.
fn broken_at_a_column(text: &str, part: &Part, lines: &[Extent]) -> bool {
    let prose = matches!(
        part.role,
        Role::Lede | Role::Body | Role::Quote | Role::Headline | Role::Deck
    );
    let [first, .., _] = lines else { return false };
    let longest = lines.iter().map(|line| line.len()).max().unwrap_or(0);
    prose
        && first.len() > 40
        && longest <= 110
        && lines[..lines.len() - 1]
            .iter()
            .all(|line| line.len() + 20 >= longest && !line.of(text).is_empty())
}

/// How far the following rows of a line hang in: past the bullet or number of a list's item.
fn indent(role: Role, line: &str) -> u16 {
    if role != Role::ListItem {
        return 0;
    }
    let mark = line.split(' ').next().unwrap_or("");
    let bullet = matches!(
        mark,
        "-" | "*" | "•" | "–" | "—" | "·" | "▪" | "●" | "○" | "◦" | "‣"
    );
    let number = mark.len() <= 4
        && mark.ends_with(['.', ')'])
        && mark
            .trim_end_matches(['.', ')'])
            .chars()
            .all(char::is_alphanumeric);
    if bullet || number {
        u16::try_from(width(mark) + 1).unwrap_or(0)
    } else {
        2
    }
}

/// Wraps a line whose first row has `first_room` columns and whose other rows have `room`.
fn hanging(text: &str, line: Extent, first_room: usize, room: usize) -> Vec<Extent> {
    if room == first_room {
        return wrap(text, line, room);
    }
    let first = wrap(text, line, first_room);
    let Some(head) = first.first().copied() else {
        return first;
    };
    if first.len() == 1 {
        return first;
    }
    let rest = Extent::new(head.end, line.end);
    let mut rows = vec![head];
    rows.extend(wrap(text, rest, room));
    rows
}

/// The cells of a table's row: parted by tabs or by `|`.
fn cells(text: &str, line: Extent) -> Vec<Extent> {
    let mut found = Vec::new();
    let mut at = line.start;
    let inner = line.of(text);
    let mark = if inner.contains('\t') { '\t' } else { '|' };
    for cell in inner.split(mark) {
        let trimmed = cell.trim();
        if !trimmed.is_empty() || !found.is_empty() || mark == '\t' {
            let start = at + (cell.len() - cell.trim_start().len()).min(cell.trim_end().len());
            found.push(Extent::new(start, start + trimmed.len()));
        }
        at += cell.len() + 1;
    }
    found
}

/// At which columns the cells of a table stand, where they fit the width; `None` where they do not, and the rows are
/// wrapped as lines.
fn columns(text: &str, table: Extent, room: u16) -> Option<Vec<u16>> {
    let mut widths: Vec<usize> = Vec::new();
    let part = Part {
        role: Role::TableRow,
        kind: SectionKind::Table,
        extent: table,
        head: false,
    };
    for line in lines(text, &part) {
        for (number, cell) in cells(text, line).into_iter().enumerate() {
            if widths.len() <= number {
                widths.push(0);
            }
            widths[number] = widths[number].max(width(cell.of(text)));
        }
    }
    if widths.len() < 2 {
        return None;
    }
    // Where two blanks between columns are too many, one is enough to tell them apart.
    [2, 1].into_iter().find_map(|gap| {
        let mut at = 0;
        let starts = widths.iter().map(|width| {
            let start = at;
            at += width + gap;
            u16::try_from(start).ok()
        });
        let starts: Option<Vec<u16>> = starts.collect();
        starts.filter(|_| at <= usize::from(room) + gap)
    })
}

#[cfg(test)]
mod tests;
