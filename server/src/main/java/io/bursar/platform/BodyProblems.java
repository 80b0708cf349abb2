package io.bursar.platform;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a JSON body. The parser's own words are kept back: they quote the body and name our classes. */
final class BodyProblems {
    private static final int FIELD_LENGTH_MAX = 80;
    private static final Problem MALFORMED = Problem.of(400, "malformed_json", "The body is not well-formed JSON.");

    private BodyProblems() {}

    static Problem of(HttpMessageNotReadableException unreadable) {
        return refusal(unreadable).orElseGet(() -> judged(unreadable.getCause()));
    }

    private static Problem judged(@Nullable Throwable cause) {
        if (cause instanceof UnrecognizedPropertyException unknown) {
            String field = field(unknown);
            return Problem.field(field, "unknown_field", "There is no field %s.".formatted(field));
        }
        if (cause instanceof DatabindException mismatch) {
            String field = field(mismatch);
            return field.isEmpty()
                    ? Problem.of(400, "malformed_json", "The body must be one JSON object.")
                    : Problem.field(
                            field, "invalid_field", "The field %s is not of the type it must have.".formatted(field));
        }
        return MALFORMED;
    }

    /** What refused while the body was read; the parser wraps it. */
    private static Optional<Problem> refusal(Throwable thrown) {
        for (Throwable next = thrown; next != null; next = next.getCause()) {
            if (next instanceof ProblemException refused) {
                return Optional.of(refused.problem());
            }
        }
        return Optional.empty();
    }

    /** {@code lines[2].amount}. */
    private static String field(JacksonException thrown) {
        List<JacksonException.Reference> path = thrown.getPath();
        StringBuilder text = new StringBuilder();
        for (JacksonException.Reference step : path) {
            String name = step.getPropertyName();
            if (name == null) {
                text.append('[').append(step.getIndex()).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(name);
            }
        }
        return text.length() <= FIELD_LENGTH_MAX ? text.toString() : text.substring(0, FIELD_LENGTH_MAX) + "…";
    }
}
