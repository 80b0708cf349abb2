-- What the measurements themselves read and write beside the ledger's interface.

-- name: hold account
SELECT 1 FROM ledger.account WHERE book = ? AND path = ? FOR UPDATE;

-- name: settings
SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings
WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'server_version', 'wal_sync_method', 'shared_buffers');

-- name: bytes per transfer
SELECT pg_total_relation_size('ledger.transfer') / greatest(count(*), 1) FROM ledger.transfer;
