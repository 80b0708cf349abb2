-- Rows past their time, as a busy year leaves them when nothing has been purged: ? of each kind.

-- name: events
WITH given AS (
  SELECT gen_random_uuid() AS id, i, now() - interval '100 days' - i * interval '1 second' AS at
  FROM generate_series(1, ?) AS i
), events AS (
  INSERT INTO inbox.event
    (id, provider, account, external_id, kind, subject, verdict, headers, body, received_at)
  SELECT id, 'expired', 'default', id::text, 'invoice.paid', 'customer/' || i, 'signed', '{}',
    convert_to(rpad('{"id":"' || id || '","note":"', 500, md5(i::text)) || '"}', 'UTF8'), at
  FROM given
), work AS (
  INSERT INTO inbox.work (event_id, provider, account, subject, state, attempts, step, settled_at)
  SELECT id, 'expired', 'default', 'customer/' || i, 'applied', 1, 1, at FROM given
)
INSERT INTO inbox.attempt (event_id, number, at, duration_ms, result, detail)
SELECT id, 1, at, 3, 'applied', 'Invoice ' || i || ' is paid.' FROM given;

-- name: sessions
INSERT INTO identity.session (token_digest, portal, holder_id, created_at, expires_at, last_seen_at, proven_at)
SELECT sha256(gen_random_uuid()::text::bytea), 'expired', gen_random_uuid(), at - interval '14 days', at, at, at
FROM (SELECT now() - interval '100 days' - i * interval '1 second' AS at FROM generate_series(1, ?) AS i) AS given;

-- name: counters
INSERT INTO identity.rate_limit_bucket (route_class, client_digest, minute, taken)
SELECT 'expired', sha256(i::text::bytea), now() - interval '100 days', 1 FROM generate_series(1, ?) AS i;

-- name: left
SELECT (SELECT count(*) FROM inbox.event WHERE provider = 'expired')
  + (SELECT count(*) FROM identity.session WHERE portal = 'expired')
  + (SELECT count(*) FROM identity.rate_limit_bucket WHERE route_class = 'expired');
