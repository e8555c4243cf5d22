-- Facts about the library as a whole, by name. The first: which model its readings come from, so that another one reads
-- everything anew.
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
