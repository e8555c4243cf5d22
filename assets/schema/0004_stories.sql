-- Stories: the same release on several wires, or put out again with a sentence changed, is one row of the list.
--
-- `sketches` finds candidates: a few numbers a release, made of its words; releases that share one are compared word
-- for word. `stories` holds only releases that have copies, so asking whether a row is a copy looks into a small table.
-- Both are derived from the texts.
CREATE TABLE sketches (
  band       INTEGER NOT NULL,
  release_id INTEGER NOT NULL,
  PRIMARY KEY (band, release_id)
) WITHOUT ROWID;
CREATE TABLE stories (
  id      INTEGER PRIMARY KEY,         -- a release
  story   INTEGER NOT NULL,            -- the release of the story that came first
  arrived INTEGER NOT NULL,            -- place in the order of arrival
  hidden  INTEGER NOT NULL             -- 1: another release of the story stands in the list
);
CREATE INDEX stories_story ON stories(story);
