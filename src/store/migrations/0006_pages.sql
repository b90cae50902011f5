-- What an article's own page gave, beside the feed's text and never instead of it. `document` is there when it is fit to be
-- read; else `refusal` says in one word why not, or `error` in words why nothing came.
CREATE TABLE page (
    article INTEGER PRIMARY KEY REFERENCES status (article),
    fetched_at INTEGER NOT NULL,
    document BLOB,
    refusal TEXT,
    error TEXT
) STRICT;
