-- The edition of each day as it was made: JSON, compressed with zstd. Never changed and never deleted.
CREATE TABLE edition (
    date TEXT PRIMARY KEY,
    made_at INTEGER NOT NULL,
    edition BLOB NOT NULL
) STRICT;

-- Every article of every story that an edition told, as it was then: nothing is told again without something new.
-- `story` is the article that told it.
CREATE TABLE told (
    article INTEGER NOT NULL REFERENCES status (article),
    date TEXT NOT NULL REFERENCES edition (date),
    story INTEGER NOT NULL,
    url TEXT,
    title TEXT NOT NULL,
    lead TEXT NOT NULL,
    text_digest INTEGER NOT NULL,
    words INTEGER NOT NULL,
    PRIMARY KEY (article, date)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_date ON told (date);
