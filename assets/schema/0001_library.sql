-- The library's first shape.
--
-- Ids of releases are times: (unix minute << 6) + slot. So the order of the rows is the order of publication, in the
-- table, in the full-text index and in every index that ends in an id, and "the newest fifty" never sorts anything.
-- Texts live apart from the rows of the list, originals apart from the texts: a page of the list reads neither.

CREATE TABLE sources (
  id       INTEGER PRIMARY KEY,
  slug     TEXT NOT NULL UNIQUE,       -- what makes it this source: its address, or its name where it has none
  name     TEXT NOT NULL,
  kind     TEXT NOT NULL,              -- feed, page, folder, file, name
  address  TEXT,
  tags     TEXT NOT NULL DEFAULT '[]', -- JSON
  options  TEXT NOT NULL DEFAULT '{}', -- JSON: interval, full-text choice, headers
  follow   TEXT,                       -- JSON: etag, last change, next visit, failures
  added    INTEGER NOT NULL,
  removed  INTEGER                     -- when it was unfollowed; its releases stay
);

-- flags: 1 read, 2 starred, 4 deleted, 8 absent (only the user's marks are known, no text), 16 undated,
-- 32 the time of day is known, 64 has text in a script without spaces between words, 128 brought back from the mirror:
-- its text is only its passages.
CREATE TABLE releases (
  id           INTEGER PRIMARY KEY,
  source_id    INTEGER NOT NULL REFERENCES sources,
  flags        INTEGER NOT NULL DEFAULT 0,
  passages     INTEGER NOT NULL DEFAULT 0,
  versions     INTEGER NOT NULL DEFAULT 1,
  published    INTEGER NOT NULL,       -- seconds since the epoch
  embargo      INTEGER,                -- seconds since the epoch
  standing     INTEGER,                -- 1 correction, 2 kill, 3 advisory
  headline     TEXT NOT NULL,
  issuer       TEXT,
  wire         TEXT,
  language     TEXT,
  url          TEXT,
  guid         TEXT,
  path         TEXT,
  content_hash BLOB NOT NULL,          -- of headline and text, white space apart
  seen         INTEGER NOT NULL        -- when this version came in
);
-- Small enough to count: one entry a visible release. `flags` is in them so that counting never touches the table.
CREATE INDEX releases_live     ON releases(id, flags) WHERE flags & 12 = 0;
CREATE INDEX releases_source   ON releases(source_id, id, flags) WHERE flags & 12 = 0;
CREATE INDEX releases_unread   ON releases(id, flags) WHERE flags & 13 = 0;
CREATE INDEX releases_unread_source ON releases(source_id, id, flags) WHERE flags & 13 = 0;
CREATE INDEX releases_starred  ON releases(id) WHERE flags & 14 = 2;
CREATE INDEX releases_passages ON releases(id) WHERE passages > 0;
CREATE INDEX releases_unspaced ON releases(id) WHERE flags & 76 = 64;

-- Every way to know a release again: 63 bits of SHA-256 over (source, guid), address, path, content. Several releases
-- may share one (two stories under one guid), so a hit is a candidate and the text decides.
CREATE TABLE keys (
  key        INTEGER NOT NULL,
  release_id INTEGER NOT NULL,
  PRIMARY KEY (key, release_id)
) WITHOUT ROWID;

CREATE TABLE bodies (
  id         INTEGER PRIMARY KEY REFERENCES releases,
  text       TEXT NOT NULL,            -- cleaned and repaired
  unsearched BLOB,                     -- extents that are not part of the release (furniture): pairs of little-endian u32
  parts      BLOB NOT NULL             -- deflated JSON of the understood release, its text apart
);
CREATE TABLE originals (
  id       INTEGER PRIMARY KEY REFERENCES releases,
  format   TEXT NOT NULL,
  incoming BLOB NOT NULL,              -- deflated JSON of what the source said beside the text, with its markup
  text     BLOB,                       -- deflated text as it was read; null where it is the cleaned text
  original BLOB                        -- deflated bytes as they came; null where they are the text as it was read
);
CREATE TABLE versions (
  release_id INTEGER NOT NULL REFERENCES releases,
  version    INTEGER NOT NULL,         -- 1 is the first that was seen
  seen       INTEGER NOT NULL,
  headline   TEXT NOT NULL,
  text       BLOB NOT NULL,            -- deflated
  PRIMARY KEY (release_id, version)
) WITHOUT ROWID;

-- What recognition read in a release, and how carefully. `links` names the library's entity for each of its entities.
CREATE TABLE readings (
  id          INTEGER PRIMARY KEY REFERENCES releases,
  reading     INTEGER NOT NULL,        -- 0 patterns, 1 fast, 2 careful
  recognition BLOB NOT NULL,           -- deflated JSON
  links       BLOB NOT NULL            -- little-endian i64, 0 for none
);
CREATE INDEX readings_due ON readings(reading, id) WHERE reading < 2;
CREATE TABLE entities (
  id   INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,                  -- the fullest form seen
  norm TEXT NOT NULL,                  -- folded, legal forms and articles taken off
  n    INTEGER NOT NULL DEFAULT 0,     -- releases that name it
  UNIQUE (kind, norm)
);
CREATE TABLE mentions (
  entity_id  INTEGER NOT NULL,
  release_id INTEGER NOT NULL,
  n          INTEGER NOT NULL,
  PRIMARY KEY (entity_id, release_id)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE entity_names USING fts5(norm, content='entities', content_rowid='id', tokenize="unicode61 remove_diacritics 2");

-- The user's own.
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE release_tags (
  tag_id     INTEGER NOT NULL REFERENCES tags,
  release_id INTEGER NOT NULL REFERENCES releases,
  PRIMARY KEY (tag_id, release_id)
) WITHOUT ROWID;
CREATE INDEX release_tags_release ON release_tags(release_id);
CREATE TABLE passages (
  id         TEXT PRIMARY KEY,         -- UUIDv7
  release_id INTEGER NOT NULL REFERENCES releases,
  anchor     TEXT NOT NULL,            -- JSON
  start      INTEGER,                  -- bytes of the present text; null for an orphan
  end        INTEGER,
  status     INTEGER NOT NULL,         -- 0 exact, 1 moved, 2 fuzzy, 3 orphaned
  note       TEXT NOT NULL,
  tags       TEXT NOT NULL,            -- JSON
  created    INTEGER NOT NULL,
  modified   INTEGER NOT NULL,
  citation   TEXT NOT NULL,            -- JSON, frozen when it was made
  deleted    INTEGER                   -- when; kept so that it can come back
) WITHOUT ROWID;
CREATE INDEX passages_release ON passages(release_id);
CREATE TABLE declined (
  release_id INTEGER NOT NULL REFERENCES releases,
  before     TEXT NOT NULL,
  after      TEXT NOT NULL,
  PRIMARY KEY (release_id, before, after)
) WITHOUT ROWID;
CREATE TABLE positions (id INTEGER PRIMARY KEY, byte INTEGER NOT NULL);

-- The full-text index. It is derived from the views and can be built anew at any time; only `index_replace` writes it.
-- `searched` is the program's own function: the text without its unsearched extents.
CREATE VIEW release_text AS
  SELECT b.id AS id, r.headline AS title, searched(b.text, b.unsearched) AS body
  FROM bodies b JOIN releases r ON r.id = b.id WHERE r.flags & 12 = 0;
CREATE VIRTUAL TABLE fts USING fts5(title, body, content='release_text', content_rowid='id',
  prefix='1 2 3', tokenize="unicode61 remove_diacritics 2");
-- A batch of some hundred releases goes out as one segment, and segments are merged by eights: measured to cost a third
-- less than the defaults, with searches as quick.
INSERT INTO fts(fts, rank) VALUES ('hashsize', 16777216);
INSERT INTO fts(fts, rank) VALUES ('automerge', 8);
-- unicode61 makes one token of a run of Chinese, Japanese or Thai; three characters at a time find parts of it.
CREATE VIEW release_unspaced AS
  SELECT b.id AS id, r.headline AS title, searched(b.text, b.unsearched) AS body
  FROM bodies b JOIN releases r ON r.id = b.id WHERE r.flags & 76 = 64;
CREATE VIRTUAL TABLE fts_tri USING fts5(title, body, content='release_unspaced', content_rowid='id', tokenize='trigram');
