-- Rows as version 1 wrote them, for the tests of later versions. Never edit: it stands for stores that people have.
INSERT INTO feed (feed, url, title, etag, http_status, last_success, next_try, articles)
    VALUES (1, 'https://example.org/a', 'Feed A', CAST('"v1"' AS BLOB), 200, 1760000000000000, 1760003600000000, 2);
INSERT INTO feed (feed, url, last_error, error, failures_in_a_row, articles)
    VALUES (2, 'https://example.org/b', 1760000000000000, 'no answer in 20 s', 2, 1);
INSERT INTO status (article, feed, feed_article_id, sorted_at, arrived_at, is_read, is_starred, marked_at) VALUES
    (1, 1, 'one', 1759990000000000, 1760000000000000, 1, 0, 1760000100000000),
    (2, 1, 'two', 1759980000000000, 1760000000000000, 0, 1, NULL),
    (3, 2, 'one', 1759970000000000, 1760000000000000, 0, 0, NULL);
INSERT INTO text (article, title, url, authors, published, categories, enclosures, is_changed, digest, text_digest) VALUES
    (1, 'First', 'https://example.org/a/1', '["Ann"]', 1759990000000000, '[]', '[]', 0, 1, 2),
    (2, 'Second', NULL, '[]', NULL, '["Night"]', '[{"url":"https://example.org/2.mp3","media_type":"audio/mpeg","length":3}]', 1, 3, 4),
    (3, 'Third', NULL, '[]', NULL, '[]', '[]', 0, 5, 6);
INSERT INTO body (article, document) VALUES
    (1, x'28b52ffd202f7901007b22626c6f636b73223a5b5d2c226c696e6b73223a5b5d2c22696d61676573223a5b5d2c226e6f746573223a5b5d7d'),
    (2, x'28b52ffd206f7903007b22626c6f636b73223a5b7b2274797065223a22706172616772617068222c2274657874223a5b7b2274657874223a2241206c616e7465726e20696e207468652077696e646f77227d5d7d5d2c226c696e6b73223a5b5d2c22696d61676573223a5b5d2c226e6f746573223a5b5d7d');
INSERT INTO text_before (article, replaced_at, title, document) SELECT article, 1760000050000000, 'Older', document FROM body WHERE article = 2;
INSERT INTO search (rowid, title, body) VALUES (1, 'First', ''), (2, 'Second', 'A lantern in the window'), (3, 'Third', '');
INSERT INTO act (act, label, done_at) VALUES (1, 'mark read', 1760000100000000);
INSERT INTO act_change (act, article, was_read, was_starred, is_read, is_starred) VALUES (1, 1, 0, 0, 1, 0);
INSERT INTO memory (key, value) VALUES ('tab', 'Night');
