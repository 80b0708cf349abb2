package io.bursar.upkeep;

import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether this node can work, for whoever watches it. It answers within a second whatever the database does. */
@RestController
@Access(Principal.Public.class)
class HealthApi {
    private static final Duration ANSWER_MAX = Duration.ofMillis(900);
    private static final int VALID_SECONDS_MAX = 1;
    private static final String OK = "ok";

    private final DataSource database;
    private final ApplicationAvailability availability;
    private @Nullable CompletableFuture<Boolean> asking;

    HealthApi(DataSource database, ApplicationAvailability availability) {
        this.database = database;
        this.availability = availability;
    }

    record HealthJson(String status, String database, String version) {}

    record StateJson(String status) {}

    @GetMapping(path = "/api/health", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<HealthJson> health() throws InterruptedException {
        boolean answers = databaseAnswers();
        return ResponseEntity.status(answers ? 200 : 503)
                .cacheControl(CacheControl.noStore())
                .body(new HealthJson(answers ? OK : "degraded", answers ? OK : "unavailable", version()));
    }

    /** Whether this process is worth keeping. It asks nobody else: a restart does not mend a database. */
    @GetMapping(path = "/api/health/live", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<StateJson> live() {
        return state(true, OK);
    }

    /** Whether to send requests here: not while the database is away, and not once this node is stopping. */
    @GetMapping(path = "/api/health/ready", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<StateJson> ready() throws InterruptedException {
        if (availability.getReadinessState() == ReadinessState.REFUSING_TRAFFIC) {
            return state(false, "stopping");
        }
        return databaseAnswers() ? state(true, OK) : state(false, "degraded");
    }

    private static ResponseEntity<StateJson> state(boolean good, String word) {
        return ResponseEntity.status(good ? 200 : 503)
                .cacheControl(CacheControl.noStore())
                .body(new StateJson(word));
    }

    private boolean databaseAnswers() throws InterruptedException {
        try {
            return question().get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException away) {
            return false;
        }
    }

    /** One question at a time, however many ask: a database that hangs must not collect our threads. */
    private synchronized CompletableFuture<Boolean> question() {
        CompletableFuture<Boolean> open = asking;
        if (open == null || open.isDone()) {
            CompletableFuture<Boolean> question = new CompletableFuture<>();
            Thread.ofVirtual().name("health").start(() -> question.complete(valid()));
            asking = question;
            return question;
        }
        return open;
    }

    private boolean valid() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(VALID_SECONDS_MAX);
        } catch (SQLException | RuntimeException away) {
            return false;
        }
    }

    /** Known to the packaged product only. */
    private static String version() {
        return Optional.ofNullable(HealthApi.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
    }
}
