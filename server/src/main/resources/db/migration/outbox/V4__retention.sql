-- Events out and their deliveries are kept for some time, not for ever: still nobody changes them, but the daily purge
-- deletes what has long been settled. So they are not append_only any more.
DROP TRIGGER append_only ON outbox.event;
DROP TRIGGER append_only ON outbox.attempt;
CREATE TRIGGER unchanged BEFORE UPDATE OR TRUNCATE ON outbox.event
  FOR EACH STATEMENT EXECUTE FUNCTION outbox.refuse_change();
CREATE TRIGGER unchanged BEFORE UPDATE OR TRUNCATE ON outbox.attempt
  FOR EACH STATEMENT EXECUTE FUNCTION outbox.refuse_change();
CREATE INDEX event_created ON outbox.event (created_at);
