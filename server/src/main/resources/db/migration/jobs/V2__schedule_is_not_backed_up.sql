-- A run that was under way when a backup was made would look like one whose node has died. Every start fills the schedule.
COMMENT ON TABLE jobs.scheduled_tasks IS 'Not backed up: every start plans the jobs anew.';
