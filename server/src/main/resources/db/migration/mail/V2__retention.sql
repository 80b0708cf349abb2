-- The daily purge finds what is old without reading what is not.
CREATE INDEX message_finished ON mail.message (finished_at) WHERE finished_at IS NOT NULL;
