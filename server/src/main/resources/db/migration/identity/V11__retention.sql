-- The daily purge finds what is old without reading what is not.
CREATE INDEX login_lock_by_end ON identity.login_lock (greatest(updated_at, locked_until));
CREATE INDEX known_device_by_use ON identity.known_device (last_used_at);
CREATE INDEX portal_device_by_use ON identity.portal_device (last_used_at);
