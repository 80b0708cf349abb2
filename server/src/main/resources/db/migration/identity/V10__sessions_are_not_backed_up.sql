-- Whoever signed out, or was signed out, since a backup was made must not be signed in again by restoring it.
COMMENT ON TABLE identity.session IS 'Not backed up: after a restore everybody signs in again.';
