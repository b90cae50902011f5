-- Which host a feed was last asked at and which instance did: two instances keep their manners towards a host together.
ALTER TABLE feed ADD COLUMN asked_host TEXT;
ALTER TABLE feed ADD COLUMN claimed_by INTEGER;
CREATE INDEX feed_asked_host ON feed (asked_host);
