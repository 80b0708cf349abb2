-- The first table is db-scheduler's, as that library prescribes it: which run is due when, and which node has it.
CREATE TABLE jobs.scheduled_tasks (
  task_name            text NOT NULL,
  task_instance        text NOT NULL,
  task_data            bytea,
  execution_time       timestamptz NOT NULL,
  picked               boolean NOT NULL,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures int,
  last_heartbeat       timestamptz,
  version              bigint NOT NULL,
  priority             smallint,
  PRIMARY KEY (task_name, task_instance)
) WITH (fillfactor = 50);
CREATE INDEX execution_time_idx ON jobs.scheduled_tasks (execution_time);
CREATE INDEX last_heartbeat_idx ON jobs.scheduled_tasks (last_heartbeat);

-- What became of each job, one row a job: most run every second, and a row a run would tell nobody more.
CREATE TABLE jobs.history (
  job                  text PRIMARY KEY CHECK (length(job) <= 64),
  runs                 bigint NOT NULL,
  failures             bigint NOT NULL,
  consecutive_failures int NOT NULL,
  last_started_at      timestamptz NOT NULL,
  last_duration_millis bigint NOT NULL,
  last_success_at      timestamptz,
  last_failure_at      timestamptz,
  last_failure         text CHECK (length(last_failure) <= 500)
) WITH (fillfactor = 50);
