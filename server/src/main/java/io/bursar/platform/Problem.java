package io.bursar.platform;

import java.util.Map;

/**
 * A refusal as HTTP tells it (RFC 9457): a status, a stable code for programs, a sentence for people. {@code extra}
 * holds further members such as {@code field} or {@code retryAfterSeconds}.
 */
public record Problem(int status, String code, String detail, Map<String, Object> extra) {
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, Map.of());
    }

    /** A field of the request that cannot be taken. */
    public static Problem field(String field, String code, String detail) {
        return new Problem(422, code, detail, Map.of("field", field));
    }

    public static Problem notFound(String what) {
        return of(404, "not_found", "There is no such " + what + ".");
    }

    public static Problem unavailable(String code, String detail, int retryAfterSeconds) {
        return new Problem(503, code, detail, Map.of("retryAfterSeconds", retryAfterSeconds));
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }
}
