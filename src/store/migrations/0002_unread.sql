-- How many articles of a feed are unread, kept beside the feed: counting them took as long as there are articles.
ALTER TABLE feed ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
UPDATE feed SET unread = (SELECT count(*) FROM status WHERE status.feed = feed.feed AND is_read = 0);

CREATE TRIGGER status_added AFTER INSERT ON status WHEN new.is_read = 0 BEGIN
    UPDATE feed SET unread = unread + 1 WHERE feed = new.feed;
END;

CREATE TRIGGER status_marked AFTER UPDATE OF is_read ON status WHEN new.is_read <> old.is_read BEGIN
    UPDATE feed SET unread = unread + old.is_read - new.is_read WHERE feed = new.feed;
END;

CREATE TRIGGER status_gone AFTER DELETE ON status WHEN old.is_read = 0 BEGIN
    UPDATE feed SET unread = unread - 1 WHERE feed = old.feed;
END;
