-- A release that several sources carry word for word is one release, and this says which of them carry it beside the one
-- that it came from first: the list of each shows it, and it counts as so many copies. `came` is what the source sent last,
-- as in `releases.came`: what it sends again is known by it. It fills with the next visits; nothing of it is the user's.
CREATE TABLE carried (
  source_id  INTEGER NOT NULL REFERENCES sources,
  release_id INTEGER NOT NULL,
  url        TEXT,                     -- where it stands there
  came       INTEGER NOT NULL,
  PRIMARY KEY (source_id, release_id)
) WITHOUT ROWID;
CREATE INDEX carried_release ON carried(release_id);
