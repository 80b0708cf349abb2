-- Events are deleted some time after they are settled. Their names are not: a provider that sends a very old one once
-- more, or somebody who replays it, finds that it is known. Sixty bytes an event, for ever.
CREATE TABLE inbox.purged (
  name bytea PRIMARY KEY CHECK (octet_length(name) = 32)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON inbox.purged
  FOR EACH STATEMENT EXECUTE FUNCTION inbox.refuse_change();
CREATE FUNCTION inbox.name_of(provider text, account text, external_id text) RETURNS bytea
  LANGUAGE sql STABLE RETURN sha256(convert_to(provider || '/' || account || '/' || external_id, 'UTF8'));

CREATE INDEX rejection_at ON inbox.rejection (at);
