-- For how long the server's Cache-Control says that its answer stays new, in seconds: it stands until another answer says otherwise.
ALTER TABLE feed ADD COLUMN max_age INTEGER;
