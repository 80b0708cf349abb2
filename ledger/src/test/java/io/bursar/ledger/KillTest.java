package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills PostgreSQL while it is being posted to: what was acknowledged is there, once, and everything can be repeated.
 */
final class KillTest {
    private static final int POSTINGS_PER_THREAD = 40;

    @TempDir
    private Path directory;

    @Tag("long")
    @Tag("ledger")
    @RepeatedTest(20)
    void nothing_is_lost_or_doubled_in_twenty_kills() throws Exception {
        killUnderLoad();
    }

    @RepeatedTest(3)
    void nothing_acknowledged_is_lost_and_nothing_is_doubled_when_postgres_is_killed() throws Exception {
        killUnderLoad();
    }

    private void killUnderLoad() throws Exception {
        Path data = directory.resolve("data");
        EmbeddedPostgres killed = TestPostgres.durable(data, 0);
        try (HikariDataSource pool = TestPostgres.pool(killed.getPort(), 32)) {
            LedgerSchema.install(pool);
            assertThat(durability(pool)).containsExactly("on", "on", "on");
            RandomLoad load = new RandomLoad(new LedgerFixture(pool), Seeds.next());
            ExecutorService threads = RandomLoad.threads();
            try {
                List<Future<?>> running = load.start(threads, POSTINGS_PER_THREAD);
                await().atMost(Duration.ofSeconds(30)).until(() -> load.answered.get() > 500);
                int acknowledgedBefore = load.acknowledged.size();
                kill(data);
                killed.close();
                try (EmbeddedPostgres restarted = TestPostgres.durable(data, killed.getPort())) {
                    for (Future<?> thread : running) {
                        thread.get();
                    }
                    assertThat(load.acknowledged).hasSizeGreaterThan(acknowledgedBefore);
                    Stream.generate(load.unanswered::poll)
                            .takeWhile(posting -> posting != null)
                            .forEach(load::remember);
                    assertThat(load.unanswered).isEmpty();
                    load.check();
                    assertThat(restarted.getPort()).isEqualTo(killed.getPort());
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static List<String> durability(DataSource dataSource) {
        String sql = """
                SELECT current_setting(name) AS value
                FROM unnest(ARRAY['fsync', 'synchronous_commit', 'full_page_writes']) AS name
                """;
        return Sql.read(dataSource, connection -> Sql.query(connection, sql, row -> row.getString("value")));
    }

    /** The postmaster first, so that it cannot tidy up, then everything it started. */
    private static void kill(Path data) throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        await().until(() ->
                Stream.concat(Stream.of(postmaster), children.stream()).noneMatch(ProcessHandle::isAlive));
    }
}
