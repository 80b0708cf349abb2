-- The read-only door for operators with psql. Views under the names of the operator documents come to live here.
COMMENT ON SCHEMA triage IS 'Read-only views for operators; the role bursar_triage sees nothing else.';
