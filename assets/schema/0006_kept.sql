-- Releases come in two steps: first they are kept as their source sent them, many at once, and stand in the list; then
-- they are taken apart (repaired, dissected, recognised, indexed, compared) in the background, the newest first.
--
-- `kept` holds what waits for the second step, not deflated, since it does not stay; `releases.flags` has 256 for it,
-- and `bodies`, `originals`, `readings` and the indexes have nothing of it yet. A release leaves it in the transaction
-- that puts it there, so a kill at any time only leaves some of them waiting.
CREATE TABLE kept (
  id       INTEGER PRIMARY KEY REFERENCES releases,
  incoming BLOB NOT NULL,              -- JSON of what the source said beside the text, with its markup
  text     BLOB NOT NULL,              -- as it was read: an excerpt of the original, the rest written out
  original BLOB NOT NULL               -- the bytes as they came
);
CREATE INDEX releases_kept ON releases(id) WHERE flags & 256 <> 0;
-- What the source sent last, headline and text: 63 bits of SHA-256. What is sent again is known by it without being
-- taken apart. Null where the release came before this was noted.
ALTER TABLE releases ADD COLUMN came INTEGER;
