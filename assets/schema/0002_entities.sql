-- What the user decides about entities, and what the library learns about their short forms.
--
-- A row of `entities` is a form: a kind and a normalised name, as recognition gives it; readings go on naming forms.
-- A form may be joined to another one, by the user or by what releases say ("Asian Development Bank (ADB)"). The form
-- at the end of that chain is the entity: mentions and counts stand there alone, so lists and searches ask for one
-- number as before. Decisions live on forms, and forms come from texts, so they hold when everything is read anew.

ALTER TABLE entities ADD COLUMN parent INTEGER;   -- the form that this one is joined to
ALTER TABLE entities ADD COLUMN root INTEGER;     -- the end of that chain; null where it is the form itself
ALTER TABLE entities ADD COLUMN own INTEGER NOT NULL DEFAULT 0; -- 1: the user said so (joined, or apart), 2: made by a new name
ALTER TABLE entities ADD COLUMN own_name TEXT;    -- the user's name for it
ALTER TABLE entities ADD COLUMN own_kind INTEGER; -- the user's kind for it
ALTER TABLE entities ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entities_root  ON entities(root) WHERE root IS NOT NULL;
CREATE INDEX entities_yours ON entities(id)
  WHERE own = 1 OR own_name IS NOT NULL OR own_kind IS NOT NULL OR hidden <> 0;

-- Short forms of organisations, by the releases that use them beside the full name.
CREATE TABLE aliases (
  norm       TEXT NOT NULL,
  entity_id  INTEGER NOT NULL,
  release_id INTEGER NOT NULL,
  PRIMARY KEY (norm, entity_id, release_id)
) WITHOUT ROWID;
