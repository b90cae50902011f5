-- What is wrong with a feed that fails, in one word, and the way of asking that a person accepted for it.
ALTER TABLE feed ADD COLUMN trouble TEXT;
ALTER TABLE feed ADD COLUMN is_plain INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN moved_at INTEGER;
ALTER TABLE feed ADD COLUMN accepted_at INTEGER;
ALTER TABLE feed ADD COLUMN lapsed TEXT;
