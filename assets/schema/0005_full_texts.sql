-- Releases whose page was asked for their full text, because their source sends only a teaser. `sent` is what the source
-- sends (its content hash): when it sends the teaser again, that is nothing new, and the full text stays. A row without
-- a fuller text says that the page had none, so that it is not asked every time the release is opened.
CREATE TABLE full_texts (
  id    INTEGER PRIMARY KEY,           -- a release
  sent  BLOB NOT NULL,
  asked INTEGER NOT NULL               -- when, seconds since the epoch
);
