package io.bursar.platform;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/** Makes a problem of whatever ended a request, and writes down what was not the caller's doing. */
@Component
public class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int DATABASE_RETRY_SECONDS = 2;
    private static final int WORLD_RETRY_SECONDS = 5;

    private final Failures failures;

    Problems(Failures failures) {
        this.failures = failures;
    }

    /** What a thrown exception means to the caller, who never reads its text. */
    Problem of(Throwable thrown, HttpServletRequest request) {
        return EdgeProblems.of(thrown).orElseGet(() -> switch (thrown) {
            case WorldFailedException world -> of(world);
            case TransientDataAccessException busy -> databaseBusy(busy);
            case DataAccessResourceFailureException failed -> database(failed);
            case CannotCreateTransactionException failed -> database(failed);
            default -> broken(thrown, request);
        });
    }

    /** What ended a request outside of all controllers: in a filter, in the web server, by a bare status. */
    public Problem of(HttpServletRequest request) {
        return ProblemWriter.left(request).orElseGet(() -> {
            if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
                return of(thrown, request);
            }
            return EdgeProblems.of(
                    request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status ? status : 404);
        });
    }

    private Problem of(WorldFailedException world) {
        failures.record(world.code(), String.valueOf(world.getMessage()), null);
        String sentence = "Something Bursar depends on does not answer.";
        return world.retryable()
                ? Problem.unavailable(world.code(), sentence + " Try again in a moment.", WORLD_RETRY_SECONDS)
                : Problem.of(503, world.code(), sentence);
    }

    /** What to tell when a request got no connection because all of the pool are taken; empty for anything else. */
    public static Optional<Problem> poolExhausted(Throwable failed) {
        // The pool names a cause when a connection could not be opened, and none when it only waited for one.
        return NestedExceptionUtils.getMostSpecificCause(failed) instanceof SQLTransientConnectionException
                ? Optional.of(databaseBusy(failed))
                : Optional.empty();
    }

    /** The error log is in the database as well, so only the log file hears of it. */
    private static Problem database(RuntimeException failed) {
        return poolExhausted(failed).orElseGet(() -> {
            LOG.error("The database does not answer", failed);
            return Problem.unavailable(
                    "database_unavailable",
                    "Bursar's database does not answer. Try again in a moment.",
                    DATABASE_RETRY_SECONDS);
        });
    }

    /** All connections are taken, or a lock did not come free in time: a line each, since there will be many. */
    private static Problem databaseBusy(Throwable busy) {
        LOG.warn(
                "The database is busy: {}",
                NestedExceptionUtils.getMostSpecificCause(busy).getMessage());
        return Problem.unavailable(
                "database_busy",
                "Bursar's database has too much to do just now. Try again in a moment.",
                DATABASE_RETRY_SECONDS);
    }

    private Problem broken(Throwable thrown, HttpServletRequest request) {
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), thrown);
        failures.bug("api_error", thrown, null);
        return EdgeProblems.internal();
    }
}
