-- Nothing changes in the tables. What `originals.text` may hold does: the text as it was read is kept as what differs from
-- the cleaned one. A program that does not know this must not take such rows for damaged ones; the number tells it to leave
-- the library alone.
SELECT 8;
