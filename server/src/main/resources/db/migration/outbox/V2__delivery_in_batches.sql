-- Deliveries are leased and settled many at a time. A lease changes no indexed column, so with room on its page it needs
-- no new index entries; and what was updated must be cleaned up long before a fifth of the table is dead.
ALTER TABLE outbox.delivery SET (
  fillfactor = 75, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05
);
