-- Why something was done is typed by people, and may name a person. So the words stand beside the entry, where they can be
-- erased, and the entry holds a salted digest of them: the chain goes over the digest, and stays whole without the words.
ALTER TABLE audit.entry ADD COLUMN reason_digest bytea CHECK (octet_length(reason_digest) = 32);
ALTER TABLE audit.entry ADD CONSTRAINT one_reason CHECK (reason IS NULL OR reason_digest IS NULL);

-- The salt goes with the words: without it a digest cannot be tried against guesses.
CREATE TABLE audit.reason (
  entry         bigint PRIMARY KEY REFERENCES audit.entry,
  salt          bytea CHECK (octet_length(salt) = 16),
  words         text CHECK (length(words) <= 1000),
  forgotten_at  timestamptz,
  CONSTRAINT forgotten_is_whole CHECK (
    (forgotten_at IS NULL) = (words IS NOT NULL) AND (words IS NULL) = (salt IS NULL))
);
