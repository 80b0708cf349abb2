-- A key's secret is replaced while the one before it goes on working for a while, so that nobody has to stop. The key
-- itself stays: its id is what requests were counted and kept under.
ALTER TABLE identity.api_key
  ADD COLUMN rotated_at             timestamptz,
  ADD COLUMN previous_prefix        text CHECK (char_length(previous_prefix) BETWEEN 8 AND 32),
  ADD COLUMN previous_digest        bytea UNIQUE CHECK (octet_length(previous_digest) = 32),
  ADD COLUMN previous_last_used_at  timestamptz,
  ADD COLUMN previous_until         timestamptz,
  ADD CONSTRAINT previous_is_whole CHECK (
    (previous_digest IS NULL) = (previous_until IS NULL) AND (previous_digest IS NULL) = (previous_prefix IS NULL)
    AND (previous_digest IS NULL) = (rotated_at IS NULL));
