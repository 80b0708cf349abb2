-- The key of all digests, sealed under ENCRYPTION_KEY. What a digest was made of is nowhere, so no digest can be made
-- anew: this key has to stay when ENCRYPTION_KEY is replaced. It also tells at the start whether the key is the right one.
CREATE TABLE platform.digest_key (
  id          smallint PRIMARY KEY CHECK (id = 1),
  key_sealed  bytea NOT NULL
);
