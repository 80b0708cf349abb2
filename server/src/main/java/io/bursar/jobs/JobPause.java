package io.bursar.jobs;

import java.time.Instant;

/** Why a job does nothing, and who wanted that. */
public record JobPause(String job, String reason, String by, Instant at) {}
