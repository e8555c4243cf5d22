-- Whenever a release is opened, what corrects or withdraws it is looked for: by headline among the few that correct or
-- withdraw anything, which this names without a look at their rows. 1 and 2 are a correction and a withdrawal.
CREATE INDEX replacing ON releases(published, headline) WHERE standing IN (1, 2);
