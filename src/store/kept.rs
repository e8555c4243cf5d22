//! The first of the two steps in which releases come in: they are kept as their source sent them, many in one
//! transaction, and can be listed and opened at once. The second step takes them apart ([`super::intake`]). Kept this way
//! is only what needs no thought: a release with a headline and a date of its own that shares no key with another one.
//! Everything else is given back, to be taken apart before it is compared.

use std::collections::HashSet;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use rusqlite::{CachedStatement, Connection, OptionalExtension};

use super::acquaintance::source_of;
use super::blob;
use super::carried::{self, is_carrier};
use super::excerpt::{excerpt, whole_text};
use super::failure::{Doing, StoreError};
use super::identity::Keys;
use super::intake::{IdFinder, write_keys};
use super::library::Library;
use super::listing::flag;
use super::prepared::{Published, published};
use super::reader::Reader;
use super::schema::ROOM_TO_KEEP;
use super::sources::{Origin, source_id};
use crate::release::{Format, Incoming, Release, ReleaseId};
use crate::text::SafeText;

const KEEPING: &str = "keeping releases";

/// A release as it came from its source, with what keeping it needs. Making one is work for whoever reads, not for the
/// library's one writer.
#[derive(Debug)]
pub struct Arrival {
    /// Without text and original.
    incoming: Incoming,
    keys: Keys,
    published: Published,
    /// The source gives all that a row needs.
    stands_alone: bool,
    /// `incoming` as JSON.
    shell: Vec<u8>,
    /// The text, as an excerpt of the original.
    text: Vec<u8>,
    original: Vec<u8>,
}

/// What one source has now.
#[derive(Debug)]
pub struct Arrivals {
    /// The releases.
    pub arrivals: Vec<Arrival>,
    /// The source.
    pub origin: Origin,
}

impl Arrivals {
    /// How many bytes it holds, about.
    #[must_use]
    pub fn weight(&self) -> usize {
        let of = |a: &Arrival| a.shell.len() * 2 + a.text.len() + a.original.len();
        self.arrivals.iter().map(of).sum()
    }
}

impl Arrival {
    /// Readies `incoming`. `seen` is the present time, seconds since the epoch.
    #[must_use]
    pub fn new(mut incoming: Incoming, seen: i64) -> Self {
        let published = published(&Release::default(), &incoming, seen);
        let original = std::mem::take(&mut incoming.original);
        let arrival = Self {
            keys: Keys::of_arrival(&incoming),
            published,
            stands_alone: published.dated && stands_alone(&incoming),
            // Our own shapes have string keys and finite numbers: JSON can hold them.
            shell: serde_json::to_vec(&incoming).unwrap_or_default(),
            text: excerpt(&incoming.text, &original),
            original,
            incoming: Incoming::default(),
        };
        incoming.text = String::new();
        Self {
            incoming,
            ..arrival
        }
    }

    /// As it came.
    fn incoming(self) -> Incoming {
        Incoming {
            text: whole_text(&self.text, &self.original).unwrap_or_default(),
            original: self.original,
            ..self.incoming
        }
    }
}

/// Whether a row can stand before its text is understood: the source gives headline and date. What is or seems to be
/// under embargo never stands in the list without saying so.
fn stands_alone(incoming: &Incoming) -> bool {
    let headline = incoming.headline.as_deref().unwrap_or_default();
    incoming.format == Format::Feed
        && headline.chars().any(char::is_alphanumeric)
        && !speaks_of_embargo(headline)
        && !speaks_of_embargo(&incoming.text)
}

fn speaks_of_embargo(text: &str) -> bool {
    static FINDERS: LazyLock<[Finder<'static>; 2]> =
        LazyLock::new(|| ["mbargo", "MBARGO"].map(Finder::new));
    FINDERS
        .iter()
        .any(|finder| finder.find(text.as_bytes()).is_some())
}

/// What became of arrivals.
#[derive(Debug, Default)]
pub struct Kept {
    /// New releases that wait to be taken apart.
    pub added: Vec<ReleaseId>,
    /// How many were known as they are.
    pub known: u64,
    /// Those that can only be judged by their words.
    pub rest: Vec<Incoming>,
}

impl Library {
    /// Keeps what came from some sources, in one transaction; gives what became of each. `now`: seconds since the epoch.
    /// It can be asked for again, so a power cut may undo it, whole.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn keep(&mut self, some: Vec<Arrivals>, now: i64) -> Result<Vec<Kept>, StoreError> {
        self.make_room(ROOM_TO_KEEP)?;
        self.quickly(KEEPING, |db, _| keep_all(db, some, now))
    }

    /// As [`Library::keep`], where more follows at once, as [`Library::take_in_uncommitted`] is to [`Library::take_in`].
    ///
    /// # Errors
    /// Where it, or what was taken in uncommitted before, could not be written: then all of that is undone.
    pub fn keep_uncommitted(
        &mut self,
        some: Vec<Arrivals>,
        now: i64,
    ) -> Result<Vec<Kept>, StoreError> {
        self.make_room(ROOM_TO_KEEP)?;
        self.unfinished(KEEPING, |db, _| keep_all(db, some, now))
    }
}

fn keep_all(db: &Connection, some: Vec<Arrivals>, now: i64) -> Result<Vec<Kept>, StoreError> {
    let keep = |mut of: Arrivals| {
        // Ids are times: by rising times the rows are written one behind the other.
        of.arrivals.sort_by_key(|arrival| arrival.published.seconds);
        let mut keeper = Keeper::new(db, &of.origin, now)?;
        let mut kept = Kept::default();
        for arrival in of.arrivals {
            keeper.keep(arrival, &mut kept)?;
        }
        keeper.rename()?;
        Ok(kept)
    };
    some.into_iter().map(keep).collect()
}

/// How a release that comes in is known.
enum Known {
    No,
    AsItIs(Acquainted),
    /// By a key, with other words.
    Perhaps,
}

/// A release of the library that has come again, and how it was known.
struct Acquainted {
    id: i64,
    source: i64,
    guid: Option<String>,
    /// Its row is not written anew by what was kept of it.
    settled: bool,
    /// It is known that this source carries it, too.
    carried: bool,
}

/// A release that its source calls something else by now.
struct Renamed {
    id: i64,
    before: Option<String>,
    guid: String,
    url: Option<String>,
    keys: Vec<i64>,
}

/// The statements of keeping, each compiled once.
struct Keeper<'a> {
    db: &'a Connection,
    origin: &'a Origin,
    slug: String,
    source: Option<i64>,
    /// The source, where it was there before.
    own: Option<i64>,
    now: i64,
    /// What the source calls its releases at present.
    guids: Vec<String>,
    renamed: Vec<Renamed>,
    find: CachedStatement<'a>,
    ids: IdFinder<'a>,
    row: CachedStatement<'a>,
    text: CachedStatement<'a>,
}

impl<'a> Keeper<'a> {
    fn new(db: &'a Connection, origin: &'a Origin, now: i64) -> Result<Self, StoreError> {
        let prepared = |sql| db.prepare_cached(sql).doing(KEEPING);
        Ok(Self {
            db,
            origin,
            slug: origin.slug(),
            source: None,
            own: source_of(db, &origin.slug())?,
            now,
            guids: Vec::new(),
            renamed: Vec::new(),
            find: prepared(
                "SELECT r.came, r.flags, r.id, r.source_id, r.guid, c.came FROM keys k JOIN releases r ON r.id = k.release_id
                   LEFT JOIN carried c ON c.source_id = ?2 AND c.release_id = r.id WHERE k.key = ?1",
            )?,
            ids: IdFinder::new(db)?,
            row: prepared(
                "INSERT INTO releases(id, source_id, flags, published, headline, issuer, wire, language, url, guid,
                   content_hash, seen, came) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?,
            text: prepared("INSERT INTO kept(id, incoming, text, original) VALUES (?1, ?2, ?3, ?4)")?,
        })
    }

    fn keep(&mut self, arrival: Arrival, kept: &mut Kept) -> Result<(), StoreError> {
        let keys = arrival.keys.all(&self.slug);
        self.guids.extend(arrival.keys.guid.clone());
        match self.known(&keys, arrival.keys.came)? {
            Known::AsItIs(known) => {
                kept.known += 1;
                self.note_carried(&known, &arrival)?;
                self.note_name(known, &arrival, keys)?;
            }
            Known::No if arrival.stands_alone => {
                let id = self.ids.free(arrival.published.seconds)?;
                self.insert(id, &arrival)?;
                write_keys(self.db, id, &keys)?;
                kept.added.push(id);
            }
            Known::No | Known::Perhaps => kept.rest.push(arrival.incoming()),
        }
        Ok(())
    }

    fn known(&mut self, keys: &[i64], came: i64) -> Result<Known, StoreError> {
        let mut known = Known::No;
        // Of a source that has sent nothing yet nothing is noted.
        let own = self.own.unwrap_or(-1);
        for key in keys {
            let mut rows = self.find.query([*key, own]).doing(KEEPING)?;
            while let Some(row) = rows.next().doing(KEEPING)? {
                let its: Option<i64> = row.get(0).doing(KEEPING)?;
                let flags: i64 = row.get(1).doing(KEEPING)?;
                let sent_too: Option<i64> = row.get(5).doing(KEEPING)?;
                let alike = its == Some(came) || sent_too == Some(came);
                if alike && flags & flag::STAND_IN == 0 {
                    return Ok(Known::AsItIs(Acquainted {
                        id: row.get(2).doing(KEEPING)?,
                        source: row.get(3).doing(KEEPING)?,
                        guid: row.get(4).doing(KEEPING)?,
                        settled: flags & flag::KEPT == 0,
                        carried: sent_too == Some(came),
                    }));
                }
                known = Known::Perhaps;
            }
        }
        Ok(known)
    }

    /// Notes that this source carries a release that came from another one.
    fn note_carried(&mut self, known: &Acquainted, arrival: &Arrival) -> Result<(), StoreError> {
        if known.carried || !is_carrier(self.origin) || self.own == Some(known.source) {
            return Ok(());
        }
        let source = self.source()?;
        let url = arrival.incoming.url.as_deref();
        carried::note(
            self.db,
            ReleaseId(known.id),
            source,
            (url, arrival.keys.came),
        )
    }

    /// Notes that a release has come again under another name. Only its own source can rename it: of two sources that
    /// carry the same words each may change them in its own way.
    fn note_name(
        &mut self,
        known: Acquainted,
        arrival: &Arrival,
        keys: Vec<i64>,
    ) -> Result<(), StoreError> {
        let Some(guid) = arrival.keys.guid.clone().filter(|_| known.settled) else {
            return Ok(());
        };
        let line = SafeText::clean_line(&guid);
        if known.guid.as_deref() != Some(&*line) && known.source == self.source()? {
            self.renamed.push(Renamed {
                id: known.id,
                before: known.guid,
                guid,
                url: arrival.incoming.url.clone(),
                keys,
            });
        }
        Ok(())
    }

    /// Has releases known by their new names from now on, so that what is changed under a new name is a version of what
    /// stood under the old one, and what was deleted stays so. A release whose old name the source still uses is another
    /// one with the same words.
    fn rename(&mut self) -> Result<(), StoreError> {
        if self.renamed.is_empty() {
            return Ok(());
        }
        let line = |text: &str| SafeText::clean_line(text);
        let used: HashSet<SafeText> = self.guids.drain(..).map(|guid| line(&guid)).collect();
        let mut done = HashSet::new();
        for renamed in self.renamed.drain(..) {
            let before = renamed.before.as_deref().map(line);
            if before.is_some_and(|before| used.contains(&before)) || !done.insert(renamed.id) {
                continue;
            }
            write_keys(self.db, ReleaseId(renamed.id), &renamed.keys)?;
            let (guid, url) = (line(&renamed.guid), renamed.url.as_deref().map(line));
            self.db
                .prepare_cached(
                    "UPDATE releases SET guid = ?2, url = coalesce(?3, url) WHERE id = ?1",
                )
                .and_then(|mut s| s.execute((renamed.id, &*guid, url.as_deref())))
                .doing(KEEPING)?;
        }
        Ok(())
    }

    fn source(&mut self) -> Result<i64, StoreError> {
        Ok(match self.source {
            Some(source) => source,
            None => *self
                .source
                .insert(source_id(self.db, self.origin, self.now)?),
        })
    }

    fn insert(&mut self, id: ReleaseId, arrival: &Arrival) -> Result<(), StoreError> {
        let source = self.source()?;
        let incoming = &arrival.incoming;
        let line = |text: &Option<String>| text.as_deref().map(SafeText::clean_line);
        let (headline, url) = (line(&incoming.headline), line(&incoming.url));
        let (issuer, wire) = (line(&incoming.issuer), line(&incoming.wire));
        let (language, guid) = (line(&incoming.language), line(&incoming.guid));
        let timed = if arrival.published.timed {
            flag::TIMED
        } else {
            0
        };
        self.row
            .execute(rusqlite::params![
                id.0,
                source,
                flag::KEPT | timed,
                arrival.published.seconds,
                headline.as_deref().unwrap_or_default(),
                issuer.as_deref(),
                wire.as_deref(),
                language.as_deref(),
                url.as_deref(),
                guid.as_deref(),
                arrival.keys.content_hash,
                self.now,
                arrival.keys.came
            ])
            .doing(KEEPING)?;
        self.text
            .execute((id.0, &arrival.shell, &arrival.text, &arrival.original))
            .doing(KEEPING)?;
        Ok(())
    }
}

/// Takes a release out of those that wait; gives whether it was there.
pub(super) fn taken(db: &Connection, id: ReleaseId) -> Result<bool, StoreError> {
    db.prepare_cached("DELETE FROM kept WHERE id = ?1")
        .and_then(|mut s| s.execute([id.0]))
        .map(|gone| gone > 0)
        .doing("taking a release apart")
}

/// What came in of a release that waits, as it came.
pub(super) fn waiting(db: &Connection, id: ReleaseId) -> Result<Option<Incoming>, StoreError> {
    type Row = (Vec<u8>, Vec<u8>, Vec<u8>);
    let row: Option<Row> = db
        .prepare_cached("SELECT incoming, text, original FROM kept WHERE id = ?1")
        .and_then(|mut s| {
            s.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()
        })
        .doing("reading a release that was kept")?;
    let Some((shell, text, original)) = row else {
        return Ok(None);
    };
    let damaged = |what| StoreError::Damaged {
        release: id.0,
        what,
    };
    let mut incoming: Incoming = blob::json(&shell).ok_or(damaged("original"))?;
    incoming.text = whole_text(&text, &original).ok_or(damaged("original text"))?;
    incoming.original = original;
    Ok(Some(incoming))
}

impl Reader {
    /// The newest releases, older than `before`, that wait to be taken apart.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn waiting(
        &self,
        before: Option<ReleaseId>,
        limit: usize,
    ) -> Result<Vec<ReleaseId>, StoreError> {
        let sql =
            "SELECT id FROM releases WHERE flags & 256 <> 0 AND id < ?1 ORDER BY id DESC LIMIT ?2";
        let values = vec![
            before.map_or(i64::MAX, |id| id.0).into(),
            i64::try_from(limit).unwrap_or(i64::MAX).into(),
        ];
        Ok(self.ids(sql, values)?.into_iter().map(ReleaseId).collect())
    }

    /// How many releases wait to be taken apart.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn waiting_count(&self) -> Result<u64, StoreError> {
        let count: i64 = self
            .db
            .prepare_cached("SELECT count(*) FROM releases WHERE flags & 256 <> 0")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .doing("counting what waits")?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// What a release was before it was understood.
    ///
    /// # Errors
    /// [`StoreError::NoRelease`], or where the library cannot be read.
    pub fn incoming(&self, release: ReleaseId) -> Result<Incoming, StoreError> {
        super::opening::incoming(&self.db, release)
    }

    /// What came in of a release that waits to be taken apart; `None` where it does not wait any more.
    ///
    /// # Errors
    /// Where what was kept is damaged, or the library cannot be read.
    pub fn kept(&self, release: ReleaseId) -> Result<Option<Incoming>, StoreError> {
        waiting(&self.db, release)
    }

    /// Whether a release waits to be taken apart.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn is_waiting(&self, release: ReleaseId) -> Result<bool, StoreError> {
        self.db
            .prepare_cached("SELECT 1 FROM kept WHERE id = ?1")
            .and_then(|mut s| s.exists([release.0]))
            .doing("reading a release")
    }
}
