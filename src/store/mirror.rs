//! What is the user's, a second time: `yours.jsonl` beside the library, plain text, one source or release a line,
//! replaced as a whole or not at all. When the library is lost or damaged, marks, tags, notes and passages come back
//! from it; releases whose texts are gone come back with their passages, and are whole again when their source sends
//! them. It holds no texts but the quotations.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::failure::{Doing, StoreError};
use super::identity::Keys;
use super::index::{index_replace, indexed};
use super::library::Library;
use super::listing::flag;
use super::passages::{self, reanchor, recount};
use super::replace::Beside;
use super::sources::{Options, Origin, choose, source_id};
use super::{blob, decisions, entities, marks, opening};
use crate::entity::{Decision, Joined, Kind};
use crate::release::{
    Anchor, AnchorStatus, CitationFacts, FullText, LibraryEntityId, Passage, PassageId, Release,
    ReleaseId,
};
use crate::text::SafeText;

/// One line of the mirror.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// The first line: which form this is.
    Yours { version: u32 },
    /// A source that is followed.
    Source(KeptSource),
    /// A release that the user put something on.
    Release(Box<Kept>),
    /// A decision about an entity.
    Entity(KeptDecision),
}

/// A source that is followed, with what the user chose about it. Headers may hold passwords and are not copied.
#[derive(Debug, Serialize, Deserialize)]
struct KeptSource {
    #[serde(flatten)]
    origin: Origin,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    interval: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    full_text: Option<FullText>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    paused: bool,
}

/// What the user put on a release, and how to know it again.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    headline: String,
    published: i64,
    dated: bool,
    source: Option<Origin>,
    url: Option<String>,
    guid: Option<String>,
    path: Option<String>,
    content_sha256: String,
    read: bool,
    starred: bool,
    deleted: bool,
    tags: Vec<String>,
    declined: Vec<(String, String)>,
    passages: Vec<KeptPassage>,
}

/// A decision about a form of a name, and how to know the form again: by its kind and its name.
#[derive(Debug, Serialize, Deserialize)]
struct KeptDecision {
    kind: Kind,
    name: String,
    #[serde(default)]
    apart: bool,
    #[serde(default)]
    into: Option<(Kind, String)>,
    #[serde(default)]
    renamed: Option<String>,
    #[serde(default)]
    as_kind: Option<Kind>,
    #[serde(default)]
    hidden: bool,
}

/// A passage.
#[derive(Debug, Serialize, Deserialize)]
struct KeptPassage {
    id: String,
    anchor: Anchor,
    note: String,
    tags: Vec<String>,
    created: i64,
    modified: i64,
    citation: CitationFacts,
}

/// What came back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Releases with something of the user's on them.
    pub releases: u64,
    /// Passages among it.
    pub passages: u64,
    /// Sources that are followed.
    pub sources: u64,
    /// Decisions about entities.
    pub decisions: u64,
}

/// Where the mirror of a library is.
#[must_use]
pub fn mirror_path(library: &Path) -> PathBuf {
    library.with_file_name("yours.jsonl")
}

impl Library {
    /// Writes the mirror anew. It is whole on disk when this returns, or the old one is untouched.
    ///
    /// # Errors
    /// Where the library cannot be read or the file cannot be written.
    pub fn mirror(&self) -> Result<(), StoreError> {
        self.mirror_to(&mirror_path(self.path()))
    }

    /// Writes what is the user's to `target`, as [`Library::mirror`] does beside the library.
    ///
    /// # Errors
    /// Where the library cannot be read or the file cannot be written.
    pub fn mirror_to(&self, target: &Path) -> Result<(), StoreError> {
        let failed = |source| StoreError::File {
            doing: "writing",
            path: target.into(),
            source,
        };
        let mut before = None;
        loop {
            let version = self.version()?;
            let lines = lines(self.db())?;
            if lines.is_empty() && !target.exists() {
                return Ok(());
            }
            let beside = Beside::written(target, |out| write(&lines, out)).map_err(failed)?;
            if before == Some(beside.digest) {
                beside.drop_it();
                return Ok(());
            }
            before = Some(beside.digest);
            beside.put().map_err(failed)?;
            // Another process that saved something meanwhile may have put its mirror there first, and lost it to this
            // one, which knows nothing of it: so it is read again until nobody wrote.
            if self.version()? == version {
                return Ok(());
            }
        }
    }

    /// A number that changes when another connection writes.
    fn version(&self) -> Result<i64, StoreError> {
        self.db()
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .doing("looking for changes")
    }

    /// Takes back what a mirror holds: onto releases that are there, and as stand-ins for those that are not. Lines
    /// that cannot be read are passed over.
    ///
    /// # Errors
    /// Where the file cannot be read or it could not be committed: then nothing was changed.
    pub fn restore(&mut self, mirror: &Path, now: i64) -> Result<Restored, StoreError> {
        let file = std::fs::File::open(mirror).map_err(|source| StoreError::File {
            doing: "reading",
            path: mirror.into(),
            source,
        })?;
        let lines = std::io::BufReader::new(file)
            .split(b'\n')
            .map_while(Result::ok)
            .filter_map(|line| serde_json::from_slice(&line).ok());
        self.restore_lines(lines, now)
    }

    /// As [`Library::restore`], from another library's tables, as far as they can be read.
    pub(super) fn restore_from(
        &mut self,
        other: &Connection,
        now: i64,
    ) -> Result<Restored, StoreError> {
        let lines = lines(other)?;
        self.restore_lines(lines.into_iter(), now)
    }

    fn restore_lines(
        &mut self,
        lines: impl Iterator<Item = Line>,
        now: i64,
    ) -> Result<Restored, StoreError> {
        self.durably("bringing back what is yours", |db, linker| {
            let mut restored = Restored::default();
            for line in lines {
                match line {
                    Line::Yours { .. } => {}
                    Line::Source(kept) => {
                        let id = source_id(db, &kept.origin, now)?;
                        choose(db, id, &kept.tags, &kept.options())?;
                        restored.sources += 1;
                    }
                    Line::Release(kept) => {
                        restored.passages += kept.passages.len() as u64;
                        restored.releases += 1;
                        restore_one(db, &kept, now)?;
                    }
                    Line::Entity(kept) => {
                        restored.decisions += 1;
                        restore_decision(db, &kept)?;
                        linker.forget();
                    }
                }
            }
            Ok(restored)
        })
    }
}

impl KeptSource {
    fn options(&self) -> Options {
        Options {
            interval: self.interval,
            full_text: self.full_text,
            paused: self.paused,
            ..Options::default()
        }
    }
}

/// Everything that is the user's, in lines.
fn lines(db: &Connection) -> Result<Vec<Line>, StoreError> {
    let doing = "reading what is yours";
    let mut lines = Vec::new();
    let mut sources = db
        .prepare_cached(
            "SELECT kind, name, address, tags, options FROM sources
             WHERE removed IS NULL AND address IS NOT NULL ORDER BY id",
        )
        .doing(doing)?;
    let rows = sources
        .query_map([], |row| {
            let origin = Origin {
                kind: row.get(0)?,
                name: row.get(1)?,
                address: row.get(2)?,
            };
            let tags = serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default();
            let options = Options::read(&row.get::<_, String>(4)?);
            Ok(KeptSource {
                origin,
                tags,
                interval: options.interval,
                full_text: options.full_text,
                paused: options.paused,
            })
        })
        .doing(doing)?;
    for kept in rows {
        lines.push(Line::Source(kept.doing(doing)?));
    }
    let mut releases = db
        .prepare_cached(
            "SELECT r.id, r.headline, r.published, r.flags, r.url, r.guid, r.path, r.content_hash, s.kind, s.name,
               s.address FROM releases r LEFT JOIN sources s ON s.id = r.source_id
             WHERE r.flags & 7 <> 0 OR r.passages > 0 OR r.id IN (SELECT release_id FROM release_tags)
               OR r.id IN (SELECT release_id FROM declined) ORDER BY r.id",
        )
        .doing(doing)?;
    let rows = releases
        .query_map([], |row| {
            let flags: i64 = row.get(3)?;
            let source = row
                .get::<_, Option<String>>(8)?
                .zip(row.get::<_, Option<String>>(9)?);
            let address = row.get(10)?;
            let kept = Kept {
                headline: row.get(1)?,
                published: row.get(2)?,
                dated: flags & flag::UNDATED == 0,
                source: source.map(|(kind, name)| Origin {
                    kind,
                    name,
                    address,
                }),
                url: row.get(4)?,
                guid: row.get(5)?,
                path: row.get(6)?,
                content_sha256: hex(&row.get::<_, Vec<u8>>(7)?),
                read: flags & flag::READ != 0,
                starred: flags & flag::STARRED != 0,
                deleted: flags & flag::DELETED != 0,
                ..Kept::default()
            };
            Ok((ReleaseId(row.get(0)?), kept))
        })
        .doing(doing)?;
    for row in rows {
        let (id, mut kept) = row.doing(doing)?;
        kept.tags = opening::tags(db, id)?;
        kept.declined = opening::declined(db, id)?
            .into_iter()
            .map(|d| (d.before, d.after))
            .collect();
        kept.passages = passages::of_release(db, id)?
            .into_iter()
            .map(KeptPassage::from)
            .collect();
        lines.push(Line::Release(Box::new(kept)));
    }
    // The tables of an older library that is being rescued have no decisions.
    lines.extend(
        decisions(db)
            .unwrap_or_default()
            .into_iter()
            .map(Line::Entity),
    );
    if !lines.is_empty() {
        lines.insert(0, Line::Yours { version: 1 });
    }
    Ok(lines)
}

/// All decisions about entities.
fn decisions(db: &Connection) -> Result<Vec<KeptDecision>, StoreError> {
    let doing = "reading what is yours";
    let mut statement = db
        .prepare_cached(
            "SELECT e.id, e.kind, e.name, p.kind, p.name FROM entities e LEFT JOIN entities p ON p.id = e.parent
             WHERE e.own = 1 OR e.own_name IS NOT NULL OR e.own_kind IS NOT NULL OR e.hidden <> 0 ORDER BY e.id",
        )
        .doing(doing)?;
    type Row = (i64, i64, String, Option<i64>, Option<String>);
    let rows: Vec<Row> = statement
        .query_map([], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })
        .and_then(Iterator::collect)
        .doing(doing)?;
    let mut kept = Vec::with_capacity(rows.len());
    for (id, kind, name, parent_kind, parent) in rows {
        let decision = decisions::decision(db, id)?;
        let Some(kind) = entities::kind_of(kind) else {
            continue;
        };
        kept.push(KeptDecision {
            kind,
            name,
            apart: decision.joined == Joined::Apart,
            into: match decision.joined {
                Joined::Into(_) => parent_kind.and_then(entities::kind_of).zip(parent),
                _ => None,
            },
            renamed: decision.name,
            as_kind: decision.kind,
            hidden: decision.hidden,
        });
    }
    Ok(kept)
}

/// Decides again what was decided; forms that no release has named yet are made.
fn restore_decision(db: &Connection, kept: &KeptDecision) -> Result<(), StoreError> {
    let Some(form) = form(db, kept.kind, &kept.name)? else {
        return Ok(());
    };
    let into = match &kept.into {
        Some((kind, name)) => form_of(db, *kind, name)?.map(Joined::Into),
        None => None,
    };
    let decision = Decision {
        joined: into.unwrap_or(if kept.apart {
            Joined::Apart
        } else {
            Joined::Learnt
        }),
        name: kept.renamed.clone(),
        kind: kept.as_kind,
        hidden: kept.hidden,
    };
    decisions::decide(db, form, &decision)
}

fn form_of(db: &Connection, kind: Kind, name: &str) -> Result<Option<LibraryEntityId>, StoreError> {
    Ok(form(db, kind, name)?.map(LibraryEntityId))
}

/// The form of this kind and name, made where it is absent.
fn form(db: &Connection, kind: Kind, name: &str) -> Result<Option<i64>, StoreError> {
    let Some(norm) = entities::normal(kind, name) else {
        return Ok(None);
    };
    let number = entities::kind_number(kind);
    Ok(Some(match entities::find(db, number, &norm)? {
        Some(id) => id,
        None => entities::make(db, number, SafeText::clean_line(name).as_str(), &norm)?,
    }))
}

impl From<Passage> for KeptPassage {
    fn from(passage: Passage) -> Self {
        Self {
            id: passage.id.0,
            anchor: passage.anchor,
            note: passage.note,
            tags: passage.tags,
            created: passage.created,
            modified: passage.modified,
            citation: passage.citation,
        }
    }
}

/// Puts what was kept onto its release, or onto a stand-in for it.
fn restore_one(db: &Connection, kept: &Kept, now: i64) -> Result<(), StoreError> {
    let doing = "bringing back what is yours";
    let origin = kept.source.clone().unwrap_or_else(Origin::opened);
    let keys = Keys::of_row(
        &kept.url,
        &kept.guid,
        &kept.path,
        &unhex(&kept.content_sha256),
    );
    let all = keys.all(&origin.slug());
    let id = match find(db, &all, &kept.headline)? {
        Some(id) => id,
        None => stand_in(db, kept, source_id(db, &origin, now)?, &all, now)?,
    };
    let before = indexed(db, id.0)?;
    let mut flags = 0;
    for (set, bit) in [
        (kept.read, flag::READ),
        (kept.starred, flag::STARRED),
        (kept.deleted, flag::DELETED),
    ] {
        if set {
            flags |= bit;
        }
    }
    db.prepare_cached("UPDATE releases SET flags = flags | ?2 WHERE id = ?1")
        .and_then(|mut s| s.execute((id.0, flags)))
        .doing(doing)?;
    let mut tags = opening::tags(db, id)?;
    tags.extend(kept.tags.iter().cloned());
    marks::write_tags(db, id, &tags)?;
    for (first, second) in &kept.declined {
        db.prepare_cached(
            "INSERT OR IGNORE INTO declined(release_id, before, after) VALUES (?1, ?2, ?3)",
        )
        .and_then(|mut s| s.execute((id.0, first, second)))
        .doing(doing)?;
    }
    for passage in &kept.passages {
        passages::insert(db, &passage.to_passage(id))?;
    }
    recount(db, id)?;
    let text = opening::release(db, id)?.text;
    reanchor(db, id, &text)?;
    let after = indexed(db, id.0)?;
    index_replace(db, id.0, before.as_ref(), after.as_ref())
}

impl KeptPassage {
    fn to_passage(&self, release: ReleaseId) -> Passage {
        Passage {
            id: PassageId(self.id.clone()),
            release,
            anchor: self.anchor.clone(),
            extent: None,
            status: AnchorStatus::Orphaned,
            note: self.note.clone(),
            tags: self.tags.clone(),
            created: self.created,
            modified: self.modified,
            citation: self.citation.clone(),
        }
    }
}

/// The release that these keys name; of several the one with this headline.
fn find(db: &Connection, keys: &[i64], headline: &str) -> Result<Option<ReleaseId>, StoreError> {
    let doing = "looking for a release";
    let mut statement = db
        .prepare_cached(
            "SELECT k.release_id FROM keys k JOIN releases r ON r.id = k.release_id WHERE k.key = ?1
             ORDER BY r.headline <> ?2 LIMIT 1",
        )
        .doing(doing)?;
    for key in keys.iter().rev() {
        let found: Option<i64> = statement
            .query_row((key, headline), |row| row.get(0))
            .optional()
            .doing(doing)?;
        if let Some(id) = found {
            return Ok(Some(ReleaseId(id)));
        }
    }
    Ok(None)
}

/// A release of which only what the user put on it is known: its text is its passages. It is in lists only where
/// there is something to see.
fn stand_in(
    db: &Connection,
    kept: &Kept,
    source: i64,
    keys: &[i64],
    now: i64,
) -> Result<ReleaseId, StoreError> {
    let doing = "bringing back what is yours";
    let id = super::intake::free_id(db, kept.published)?;
    let quotes: Vec<&str> = kept
        .passages
        .iter()
        .map(|p| p.anchor.exact.as_str())
        .collect();
    let text = SafeText::clean(&quotes.join("\n\n"));
    let mut flags = flag::STAND_IN;
    if kept.passages.is_empty() && !kept.starred {
        flags |= flag::ABSENT;
    }
    if !kept.dated {
        flags |= flag::UNDATED;
    }
    let release = Release {
        headline: Some(SafeText::clean_line(&kept.headline)),
        url: kept.url.as_deref().map(SafeText::clean_line),
        ..Release::default()
    };
    db.prepare_cached(
        "INSERT INTO releases(id, source_id, flags, published, headline, url, guid, path, content_hash, seen)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )
    .and_then(|mut s| {
        s.execute(rusqlite::params![
            id.0, source, flags, kept.published, SafeText::clean_line(&kept.headline).as_str(), kept.url, kept.guid,
            kept.path, unhex(&kept.content_sha256), now
        ])
    })
    .doing(doing)?;
    let mut deflater = blob::Deflater::default();
    db.prepare_cached("INSERT INTO bodies(id, text, parts) VALUES (?1, ?2, ?3)")
        .and_then(|mut s| s.execute((id.0, text.as_str(), deflater.json(&release))))
        .doing(doing)?;
    super::intake::write_keys(db, id, keys)?;
    let after = indexed(db, id.0)?;
    index_replace(db, id.0, None, after.as_ref())?;
    Ok(id)
}

/// One line for each.
fn write(lines: &[Line], out: &mut dyn Write) -> std::io::Result<()> {
    for line in lines {
        serde_json::to_writer(&mut *out, line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = |at: usize| {
        text.get(at..at + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
    };
    (0..text.len() / 2).filter_map(|n| digits(n * 2)).collect()
}
