-- The pages that an instance is fetching right now, and where: two instances fetch none twice and keep their manners together.
CREATE TABLE page_claim (
    article INTEGER PRIMARY KEY REFERENCES status (article),
    host TEXT,
    claimed_until INTEGER NOT NULL,
    claimed_by INTEGER NOT NULL
) STRICT;
