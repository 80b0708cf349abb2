-- Whoever is refused too often is to be seen: how far a client went beyond its limit, and with which key, if it had one.
ALTER TABLE identity.rate_limit_bucket
  ADD COLUMN credential_id uuid,
  ADD COLUMN per_minute integer NOT NULL DEFAULT 2147483647 CHECK (per_minute > 0);
