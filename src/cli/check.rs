//! `dateline check DRAFT…`: every quotation of a draft held against the library. It exists because a quotation that was
//! copied by hand, shortened or given to the wrong speaker is found before it is printed, or never. For each it says
//! where the words stand, what differs, and who speaks them there. It refuses to judge what is not between quotation
//! marks, and what is too short to be anybody's.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde::Serialize;

use super::shelf::{self, FormChoice};
use super::{Done, Failure, Globals, Talk};
use crate::citation::collation::{Collation, collate, pieces, word_count};
use crate::query::{Field, Node, Query, Words, fold, tokens};
use crate::release::{Incoming, Listing, Release, quoted, understand};
use crate::source::{self, Read};
use crate::store::{Found, Order, Reader, Selection};
use crate::text::{Extent, SafeText, paragraphs};

/// Fewer words than this are anybody's.
const TOO_FEW: usize = 3;

/// So many releases are held against a quotation, word by word.
const MOST: usize = 24;

/// The most words of a phrase that the index is asked for.
const PHRASE: usize = 16;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Drafts: text, Markdown or HTML; `-` for standard input
    #[arg(required = true, value_name = "DRAFT")]
    drafts: Vec<PathBuf>,
    #[command(flatten)]
    form: FormChoice,
}

/// How a quotation stands to the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    /// A release has these words.
    Exact,
    /// A release has these words, from somebody else than the draft says.
    OtherSpeaker,
    /// A release has nearly these words.
    Differs,
    /// No release has them.
    NotFound,
}

impl Verdict {
    fn words(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::OtherSpeaker => "other speaker",
            Self::Differs => "differs",
            Self::NotFound => "not found",
        }
    }
}

/// A quotation of a draft and what the library has.
#[derive(Debug, Serialize)]
struct Checked {
    path: SafeText,
    /// The line of the draft on which it begins, from 1.
    line: usize,
    quote: SafeText,
    /// Who speaks in the draft.
    speaker: Option<SafeText>,
    verdict: Verdict,
    changes: Vec<ChangeForm>,
    found: Option<Place>,
}

/// What the draft has, and what the release has there.
#[derive(Debug, Serialize)]
struct ChangeForm {
    draft: SafeText,
    release: SafeText,
}

/// Where the words stand.
#[derive(Debug, Serialize)]
struct Place {
    id: crate::release::ReleaseId,
    headline: SafeText,
    issuer: Option<SafeText>,
    published: String,
    url: Option<SafeText>,
    /// Counted from 1.
    paragraph: usize,
    #[serde(flatten)]
    extent: Extent,
    text: SafeText,
    /// Whether the release has them between quotation marks, as somebody's words.
    spoken: bool,
    speaker: Option<SafeText>,
    speaker_title: Option<SafeText>,
    /// Until when the release is under embargo, where that time has not come.
    embargo: Option<String>,
}

/// Checks the drafts.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let talk = Talk::new(globals);
    let Some(reader) = shelf::reader(globals)? else {
        return Ok(shelf::no_library(globals));
    };
    let (mut checked, mut short, mut failed) = (Vec::new(), 0, 0);
    for path in &args.drafts {
        let mut outcome = Ok(());
        source::read_path(path, &mut |read| {
            match read {
                Read::Release(draft) => match check(&reader, path, &draft, &mut checked) {
                    Ok(passed_over) => short += passed_over,
                    Err(failure) => {
                        outcome = Err(failure);
                        return ControlFlow::Break(());
                    }
                },
                Read::Problem(problem) => {
                    failed += 1;
                    talk.problem(&problem);
                }
            }
            ControlFlow::Continue(())
        });
        outcome?;
    }
    shelf::print(args.form, &checked, Checked::for_people, Checked::plain)?;
    talk.say(&format!("dateline: {}", tally(&checked, short)));
    let right = checked.iter().all(|it| it.verdict == Verdict::Exact);
    Ok(match (right, failed) {
        (true, 0) if checked.is_empty() => Done::Nothing,
        (true, 0) => Done::All,
        _ => Done::Partly,
    })
}

/// How many there are of each verdict, in words.
fn tally(checked: &[Checked], short: usize) -> String {
    let mut words = match checked.len() {
        0 => "no quotation".to_owned(),
        1 => "1 quotation".to_owned(),
        count => format!("{count} quotations"),
    };
    let verdicts = [
        Verdict::Exact,
        Verdict::OtherSpeaker,
        Verdict::Differs,
        Verdict::NotFound,
    ];
    let counts: Vec<String> = verdicts
        .into_iter()
        .map(|verdict| {
            let those = checked.iter().filter(|it| it.verdict == verdict);
            (verdict, those.count())
        })
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| format!("{count} {}", verdict.words()))
        .collect();
    if !counts.is_empty() {
        words.push_str(&format!(": {}", counts.join(", ")));
    }
    if short > 0 {
        words.push_str(&format!(
            "; {short} of fewer than {TOO_FEW} words passed over"
        ));
    }
    words
}

/// Checks one draft; gives how many quotations were too short.
fn check(
    reader: &Reader,
    path: &std::path::Path,
    draft: &Incoming,
    checked: &mut Vec<Checked>,
) -> Result<usize, Failure> {
    let text = SafeText::clean(&draft.text);
    let speakers = speakers(draft);
    let mut short = 0;
    for extent in quoted(&text) {
        let quote = extent.of(&text);
        if word_count(quote) < TOO_FEW {
            short += 1;
            continue;
        }
        let speaker = speakers.get(&flat(quote)).cloned();
        let mut one = Checked {
            path: SafeText::clean_line(&path.to_string_lossy()),
            line: 1 + text[..extent.start].matches('\n').count(),
            quote: SafeText::clean(quote),
            speaker,
            verdict: Verdict::NotFound,
            changes: Vec::new(),
            found: None,
        };
        if let Some((release, listing, found)) = nearest(reader, quote)? {
            one.take(&release, &listing, &found);
        }
        checked.push(one);
    }
    Ok(short)
}

/// Who speaks the quotations of a draft, by their words.
fn speakers(draft: &Incoming) -> HashMap<String, SafeText> {
    let release = understand(draft, &[]);
    let mut found = HashMap::new();
    for quote in release.quotes {
        if let Some(speaker) = quote.speaker {
            for part in quote.parts {
                found.insert(flat(part.of(&release.text)), speaker.clone());
            }
        }
    }
    found
}

/// On one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The release that has a quotation's words most nearly, the first that was published among equals.
fn nearest(reader: &Reader, quote: &str) -> Result<Option<(Release, Listing, Collation)>, Failure> {
    let pieces = pieces(quote);
    let Some(longest) = pieces.iter().max_by_key(|piece| piece.len()) else {
        return Ok(None);
    };
    let words: Vec<String> = tokens(longest.of(quote)).map(|token| token.word).collect();
    let exact = phrase(&words[..words.len().min(PHRASE)]);
    let mut best: Option<(Release, Listing, Collation)> = None;
    for root in [Some(exact), anyhow(&words)].into_iter().flatten() {
        for listing in candidates(reader, root)? {
            let release = reader.release(listing.id)?;
            let Some(found) = collate(quote, &release.text) else {
                continue;
            };
            let before = best
                .as_ref()
                .map(|(_, listing, found)| (found.edits, listing.published, listing.id.0));
            if before.is_none_or(|before| before > (found.edits, listing.published, listing.id.0)) {
                best = Some((release, listing, found));
            }
        }
        if best.as_ref().is_some_and(|best| best.2.edits == 0) {
            break;
        }
    }
    Ok(best)
}

/// These words, next to each other.
fn phrase(words: &[String]) -> Node {
    Node::Words(Words {
        field: Field::Any,
        words: words.to_vec(),
        prefix: false,
        near: None,
    })
}

/// Any few words of a quotation that stand next to each other: where some of them were changed, others were not.
/// Nothing where there are not words enough.
fn anyhow(words: &[String]) -> Option<Node> {
    const NEIGHBOURS: usize = 3;
    const CHARACTERS: usize = 4;
    let mut phrases: Vec<Node> = Vec::new();
    let mut add = |phrase: Node| {
        if !phrases.contains(&phrase) && phrases.len() < MOST {
            phrases.push(phrase);
        }
    };
    for word in words {
        // A run of a script without spaces is one word of the index.
        let characters: Vec<char> = word.chars().collect();
        if characters.len() > 2 * CHARACTERS && crate::release::story::is_unspaced(characters[0]) {
            for few in characters.chunks_exact(CHARACTERS) {
                add(phrase(&[few.iter().collect()]));
            }
        }
    }
    for few in words.windows(NEIGHBOURS) {
        add(phrase(few));
    }
    (!phrases.is_empty()).then_some(Node::Any(phrases))
}

/// What a query finds, the best first.
fn candidates(reader: &Reader, root: Node) -> Result<Vec<Listing>, Failure> {
    let selection = Selection {
        query: Some(Query {
            root: Some(root),
            ..Query::default()
        }),
        order: Order::Best,
        ..Selection::default()
    };
    let mut last = Found::default();
    reader.search(&selection, MOST, shelf::today(), &mut |found| last = found)?;
    Ok(last.rows)
}

/// Whether two names can be one person's: the last word of one stands in the other.
fn same_person(one: &str, other: &str) -> bool {
    let (one, other) = (fold::fold(one), fold::fold(other));
    let has = |name: &str, of: &str| {
        let last = of.split_whitespace().next_back().unwrap_or(of);
        name.split_whitespace().any(|word| word == last)
    };
    has(&one, &other) || has(&other, &one)
}

impl Checked {
    /// Takes in where the words were found.
    fn take(&mut self, release: &Release, listing: &Listing, found: &Collation) {
        let said = release
            .quotes
            .iter()
            .find(|quote| quote.parts.iter().any(|part| part.overlaps(found.extent)));
        let speaker = said.and_then(|quote| quote.speaker.clone());
        let other = match (&self.speaker, &speaker) {
            (Some(draft), Some(release)) => !same_person(draft, release),
            _ => false,
        };
        self.verdict = match found.edits {
            0 if other => Verdict::OtherSpeaker,
            0 => Verdict::Exact,
            _ => Verdict::Differs,
        };
        self.changes = found
            .changes
            .iter()
            .map(|change| ChangeForm {
                draft: SafeText::clean_line(change.quoted.of(&self.quote)),
                release: SafeText::clean_line(change.original.of(&release.text)),
            })
            .collect();
        let paragraph = paragraphs(&release.text)
            .iter()
            .take_while(|paragraph| paragraph.start <= found.extent.start)
            .count();
        let now = crate::jobs::now();
        self.found = Some(Place {
            id: listing.id,
            headline: listing.headline.clone(),
            issuer: listing.issuer.clone(),
            published: shelf::time(listing.published, listing.timed),
            url: release.url.clone(),
            paragraph,
            extent: found.extent,
            text: SafeText::clean(found.extent.of(&release.text)),
            spoken: said.is_some(),
            speaker,
            speaker_title: said.and_then(|quote| quote.speaker_title.clone()),
            embargo: listing
                .embargo
                .filter(|until| *until > now)
                .map(|until| shelf::time(until, true)),
        });
    }

    /// The quotation for people.
    fn for_people(&self) -> String {
        let mut lines = vec![format!(
            "{}:{}  “{}”",
            self.path,
            self.line,
            flat(&self.quote)
        )];
        let verdict = self.verdict.words();
        let Some(found) = &self.found else {
            lines.push(format!("    {verdict}"));
            return lines.join("\n");
        };
        let day: String = found.published.chars().take(10).collect();
        let issuer = found.issuer.as_ref().map(|issuer| format!("{issuer}, "));
        lines.push(format!(
            "    {verdict}: {}{day}, paragraph {} of “{}” ({})",
            issuer.unwrap_or_default(),
            found.paragraph,
            found.headline,
            found.id.0
        ));
        for change in &self.changes {
            lines.push(match (change.draft.as_str(), change.release.as_str()) {
                ("", release) => format!("    the draft leaves out “{release}”"),
                (draft, "") => format!("    the draft adds “{draft}”"),
                (draft, release) => format!("    the draft has “{draft}” for “{release}”"),
            });
        }
        if !self.changes.is_empty() {
            lines.push(format!("    it reads “{}”", flat(&found.text)));
        }
        lines.extend(self.who(found));
        if let Some(until) = &found.embargo {
            lines.push(format!("    under embargo until {until}"));
        }
        lines.join("\n")
    }

    /// Who speaks the words, in the release and in the draft.
    fn who(&self, found: &Place) -> Option<String> {
        let Some(speaker) = &found.speaker else {
            let plain = "    the release does not have it as a quotation";
            return (!found.spoken).then(|| plain.to_owned());
        };
        let title = found.speaker_title.as_ref();
        let title = title.map_or(String::new(), |title| format!(", {title}"));
        let draft = match &self.speaker {
            Some(draft) if !same_person(draft, speaker) => format!("; in the draft {draft}"),
            _ => String::new(),
        };
        Some(format!("    said by {speaker}{title}{draft}"))
    }

    /// One line of fields parted by tabs: place, verdict, release, quotation.
    fn plain(&self) -> String {
        let found = self.found.as_ref();
        [
            format!("{}:{}", self.path, self.line),
            self.verdict.words().to_owned(),
            found.map_or(String::new(), |found| found.id.0.to_string()),
            flat(&self.quote),
        ]
        .join("\t")
    }
}
