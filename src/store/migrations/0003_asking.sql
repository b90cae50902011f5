-- What a feed's server and document taught us of when and how to ask. Waits are seconds, moments microseconds.
ALTER TABLE feed ADD COLUMN last_answer INTEGER;
ALTER TABLE feed ADD COLUMN quiet_until INTEGER;
ALTER TABLE feed ADD COLUMN claimed_until INTEGER;
ALTER TABLE feed ADD COLUMN is_gone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN ask_every INTEGER;
ALTER TABLE feed ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN address TEXT;
ALTER TABLE feed ADD COLUMN moving_to TEXT;
ALTER TABLE feed ADD COLUMN is_http1 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN bytes INTEGER;

-- Hosts that said "too many requests": nobody asks them before the moment, and after it one request at a time
-- (until `probe_until`) finds out. A row goes when its host answers well.
CREATE TABLE quiet_host (
    host TEXT PRIMARY KEY,
    quiet_until INTEGER NOT NULL,
    refusals INTEGER NOT NULL,
    probe_until INTEGER
) STRICT, WITHOUT ROWID;
