package io.bursar.identity;

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
    private @Nullable CompletableFuture<Boolean> asking;

    HealthApi(DataSource database) {
        this.database = database;
    }

    record HealthJson(String status, String database, String version) {}

    @GetMapping(path = "/api/health", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<HealthJson> health() throws InterruptedException {
        boolean answers = databaseAnswers();
        return ResponseEntity.status(answers ? 200 : 503)
                .cacheControl(CacheControl.noStore())
                .body(new HealthJson(answers ? OK : "degraded", answers ? OK : "unavailable", version()));
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
