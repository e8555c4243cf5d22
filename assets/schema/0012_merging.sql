-- What comes in is indexed in pieces that are merged as they gather. Eight of a size before they are merged, not four:
-- a fifth less work on a large import, and a search looks into five pieces more, which costs it nothing to speak of.
INSERT INTO fts(fts, rank) VALUES ('automerge', 8);
