-- What a service does that writes down an event by itself: one prepared row, one commit, over the table that holds ours.
-- name: insert
INSERT INTO inbox.event
  (id, provider, account, external_id, kind, subject, verdict, headers, body, received_at)
VALUES (?, 'peer', 'default', ?, 'invoice.paid', ?, 'signed', '{}', ?, now())
