-- Runs one by one where they tell something: all of jobs that run a few times an hour, and of those that run every
-- second the failures. What the others did is summed up by the hour.
CREATE TABLE jobs.run (
  id              uuid PRIMARY KEY,
  job             text NOT NULL CHECK (length(job) <= 64),
  node            text NOT NULL CHECK (length(node) <= 200),
  started_at      timestamptz NOT NULL,
  duration_millis bigint NOT NULL CHECK (duration_millis >= 0),
  failure         text CHECK (length(failure) <= 500)
);
CREATE INDEX run_of_job ON jobs.run (job, started_at);
CREATE INDEX run_started ON jobs.run (started_at);

CREATE TABLE jobs.hour (
  job            text NOT NULL CHECK (length(job) <= 64),
  hour           timestamptz NOT NULL,
  runs           bigint NOT NULL,
  failures       bigint NOT NULL,
  total_millis   bigint NOT NULL,
  longest_millis bigint NOT NULL,
  PRIMARY KEY (job, hour)
) WITH (fillfactor = 70);
CREATE INDEX hour_by_hour ON jobs.hour (hour);

-- A job that is paused goes on being due, on every node, and does nothing.
CREATE TABLE jobs.pause (
  job       text PRIMARY KEY CHECK (length(job) <= 64),
  reason    text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  paused_by text NOT NULL CHECK (length(paused_by) <= 200),
  paused_at timestamptz NOT NULL
);
