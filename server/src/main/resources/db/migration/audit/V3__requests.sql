-- An answer names its request; what that request changed must be found by it.
CREATE INDEX entry_request ON audit.entry (request_id, sequence) WHERE request_id IS NOT NULL;
