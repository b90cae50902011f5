-- The first shape of the store. Never edit this file once it is released: add the next number instead.
-- Moments are microseconds since 1970 in UTC. Lists (authors, notes) are JSON arrays.

-- One row for every feed that was ever asked, whether or not the settings still name it.
CREATE TABLE feed (
    feed INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    title TEXT,
    home_url TEXT,
    etag BLOB,
    last_modified BLOB,
    http_status INTEGER,
    last_success INTEGER,
    last_error INTEGER,
    error TEXT,
    next_try INTEGER,
    failures_in_a_row INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    notes TEXT NOT NULL DEFAULT '[]'
) STRICT;

-- Which article it is, where it stands in a list, and what a person did to it. Outlives the text.
CREATE TABLE status (
    article INTEGER PRIMARY KEY AUTOINCREMENT,
    feed INTEGER NOT NULL REFERENCES feed (feed),
    feed_article_id TEXT NOT NULL,
    sorted_at INTEGER NOT NULL,
    arrived_at INTEGER NOT NULL,
    is_read INTEGER NOT NULL DEFAULT 0,
    is_starred INTEGER NOT NULL DEFAULT 0,
    marked_at INTEGER,
    UNIQUE (feed, feed_article_id)
) STRICT;

-- Lists and counts are answered by these three alone, newest first, without a look at any table.
CREATE INDEX status_newest ON status (feed, sorted_at, article, is_read, is_starred);
CREATE INDEX status_unread ON status (feed, sorted_at, article, is_read, is_starred) WHERE is_read = 0;
CREATE INDEX status_starred ON status (feed, sorted_at, article, is_read, is_starred) WHERE is_starred = 1;

-- What a list shows. `digest` is of all that the feed says, `text_digest` of what a person reads.
CREATE TABLE text (
    article INTEGER PRIMARY KEY REFERENCES status (article),
    title TEXT NOT NULL,
    url TEXT,
    authors TEXT NOT NULL,
    published INTEGER,
    updated INTEGER,
    categories TEXT NOT NULL,
    enclosures TEXT NOT NULL,
    comments_url TEXT,
    is_changed INTEGER NOT NULL DEFAULT 0,
    digest INTEGER NOT NULL,
    text_digest INTEGER NOT NULL
) STRICT;

-- The document as JSON, compressed with zstd. Read for one article at a time.
CREATE TABLE body (
    article INTEGER PRIMARY KEY REFERENCES status (article),
    document BLOB NOT NULL
) STRICT;

-- The last texts that a publisher replaced.
CREATE TABLE text_before (
    article INTEGER NOT NULL REFERENCES status (article),
    replaced_at INTEGER NOT NULL,
    title TEXT NOT NULL,
    document BLOB NOT NULL,
    PRIMARY KEY (article, replaced_at)
) STRICT, WITHOUT ROWID;

-- Words of title and text; the text itself is not kept a second time.
CREATE VIRTUAL TABLE search USING fts5 (
    title, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- Each thing that a person did to statuses, in order, for undo and redo.
CREATE TABLE act (
    act INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL,
    done_at INTEGER NOT NULL,
    undone_at INTEGER
) STRICT;

CREATE TABLE act_change (
    act INTEGER NOT NULL REFERENCES act (act) ON DELETE CASCADE,
    article INTEGER NOT NULL REFERENCES status (article),
    was_read INTEGER NOT NULL,
    was_starred INTEGER NOT NULL,
    is_read INTEGER NOT NULL,
    is_starred INTEGER NOT NULL,
    PRIMARY KEY (act, article)
) STRICT, WITHOUT ROWID;

-- Small state of the screen.
CREATE TABLE memory (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
