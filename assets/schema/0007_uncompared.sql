-- Releases that came in before stories were: they are compared in the background, the oldest first, and leave this table
-- in the transaction that does it. What the user deleted is left alone: nothing may hide behind it.
CREATE TABLE uncompared (id INTEGER PRIMARY KEY);
INSERT INTO uncompared SELECT id FROM releases
  WHERE flags & 396 = 0 AND id NOT IN (SELECT release_id FROM sketches);
