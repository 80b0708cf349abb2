package io.bursar.sandbox.webhook;

/** Ways in which a receiver fails its sender. */
public enum ReceiverFault {
    NONE,
    HTTP_500,
    HTTP_410,
    HTTP_429,
    /** Answers only once the fault is off, a minute at most. */
    SLOW
}
