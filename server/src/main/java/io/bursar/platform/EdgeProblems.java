package io.bursar.platform;

import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** What the web server and Spring refuse before one of our handlers is asked, in our words. */
final class EdgeProblems {
    private EdgeProblems() {}

    /** Empty when it is no refusal at all, but a failure. */
    static Optional<Problem> of(Throwable thrown) {
        return switch (thrown) {
            case ProblemException refused -> Optional.of(refused.problem());
            case HttpMessageNotReadableException unreadable -> Optional.of(BodyProblems.of(unreadable));
            case MissingServletRequestParameterException missing ->
                Optional.of(Problem.field(
                        missing.getParameterName(),
                        "field_required",
                        "The field %s is required.".formatted(missing.getParameterName())));
            case MethodArgumentTypeMismatchException mismatch -> Optional.of(of(mismatch));
            case BindException wrong ->
                Optional.of(invalidField(Optional.ofNullable(wrong.getFieldError())
                        .map(FieldError::getField)
                        .orElse(wrong.getObjectName())));
            case MissingRequestValueException missing -> Optional.of(of(400));
            case InvalidParameterException unreadable -> Optional.of(of(unreadable.getErrorCode()));
            case ErrorResponse refused
            when refused.getStatusCode().is4xxClientError() ->
                Optional.of(of(refused.getStatusCode().value()));
            default -> Optional.empty();
        };
    }

    /** What is known of a status alone. */
    static Problem of(int status) {
        return switch (status) {
            case 401 -> Problem.of(status, "unauthorized", "This needs a caller we know.");
            case 403 -> Problem.of(status, "forbidden", "You may not do this.");
            case 404 -> Problem.of(status, "not_found", "There is nothing at this address.");
            case 405 -> Problem.of(status, "method_not_allowed", "This address does not answer that method.");
            case 406 -> Problem.of(status, "not_acceptable", "This cannot be answered in the type asked for.");
            case 413 -> BodyLimit.tooLarge();
            case 414, 431 -> Problem.of(status, "request_too_large", "The address or the headers are too long.");
            case 415 ->
                Problem.of(status, "unsupported_media_type", "A body of that Content-Type is not understood here.");
            case 429 -> Problem.of(status, "rate_limited", "Too many requests. Wait a minute, then try again.");
            case 503 -> Problem.unavailable("unavailable", "Bursar cannot answer right now. Try again in a moment.", 5);
            default ->
                status >= 400 && status < 500
                        ? Problem.of(status, "bad_request", "The request could not be understood.")
                        : internal();
        };
    }

    static Problem internal() {
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR.value(),
                "internal_error",
                "Something broke on our side. It has been recorded; try again in a moment.");
    }

    static Problem invalidField(String field) {
        return Problem.field(field, "invalid_field", "The field %s cannot be taken.".formatted(field));
    }

    /** An id in the address that cannot be one names nothing. */
    private static Problem of(MethodArgumentTypeMismatchException mismatch) {
        return mismatch.getParameter().hasParameterAnnotation(PathVariable.class)
                ? of(404)
                : invalidField(mismatch.getName());
    }
}
