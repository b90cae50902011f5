-- Which version of the program made the text out of what the feed says, absent where the feed's document ended before the text did:
-- another text of the same version is a change of the publisher's. `versions` counts the texts that a person should be told of.
ALTER TABLE text ADD COLUMN reader TEXT DEFAULT '';
ALTER TABLE text ADD COLUMN versions INTEGER NOT NULL DEFAULT 0;
