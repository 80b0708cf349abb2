package io.bursar.errorlog;

import java.time.Instant;

/**
 * Errors of one code whose messages differ in numbers, ids and addresses only.
 *
 * @param shape the message without these
 * @param count how many since {@code first}
 */
public record ErrorKind(String fingerprint, String code, String shape, Instant first, Instant last, long count) {}
