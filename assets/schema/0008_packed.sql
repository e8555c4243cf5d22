-- Nothing changes in the tables. What `originals.text` and the deflated pieces may hold does: the text as it was read is
-- kept as what differs from the cleaned one, and small pieces are packed with codes made once. A program that does not know
-- these must not take such rows for damaged ones; the number tells it to leave the library alone.
SELECT 8;
