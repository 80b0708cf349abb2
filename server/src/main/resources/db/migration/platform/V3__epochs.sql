-- Each restore begins an epoch: what was done between the backup and the restore has happened in the world and is not
-- known here. Rows are only added; the first epoch has none.
CREATE TABLE platform.epoch (
  number    integer PRIMARY KEY CHECK (number > 1),
  origin    text NOT NULL CHECK (char_length(origin) BETWEEN 1 AND 400),
  began_at  timestamptz NOT NULL
);
CREATE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is history: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platform.epoch
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

-- Backups leave out tables whose comment begins with these words.
COMMENT ON TABLE platform.migrated IS 'Not backed up: tells which scripts and grants this database has seen.';
