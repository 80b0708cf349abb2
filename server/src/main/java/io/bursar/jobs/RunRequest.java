package io.bursar.jobs;

/** What became of the wish to run a job now. */
public enum RunRequest {
    /** It is due, on whichever node is first. */
    DUE,
    /** It is running already; nothing was begun, and nothing follows of it. */
    RUNNING,
    /** It does nothing until it is resumed. */
    PAUSED,
    UNKNOWN
}
