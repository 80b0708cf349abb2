package io.bursar.books.api;

import static io.bursar.books.api.Bookkeeper.deposit;
import static io.bursar.books.api.Bookkeeper.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.platform.Database;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** More is asked of the database than it has connections for. */
class PoolExhaustionTest {
    private static final int CONNECTIONS = 4;
    private static final Duration QUICKLY = Duration.ofSeconds(6);
    private static TestBursar bursar;
    private static Bookkeeper keeper;

    @BeforeAll
    static void start() {
        bursar = TestBursar.start(Map.of("DATABASE_CONNECTIONS_MAX", Integer.toString(CONNECTIONS)));
        keeper = new Bookkeeper(bursar);
    }

    @AfterAll
    static void stop() {
        bursar.close();
    }

    @Test
    void requests_that_find_no_connection_are_refused_quickly_change_nothing_and_are_taken_again_afterwards()
            throws SQLException {
        long before = keeper.balance();
        List<Connection> taken = takeAll();
        try {
            long started = System.nanoTime();
            HttpResponse<String> posted = keeper.post("while-busy", deposit(100));
            HttpResponse<String> read = keeper.api.get(Bookkeeper.LEDGER + "/accounts/wallet/7");

            assertThat(refusal(posted)).isEqualTo("503 database_busy");
            assertThat(refusal(read)).isEqualTo("503 database_busy");
            assertThat(posted.headers().firstValue("Retry-After")).contains("2");
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(QUICKLY);
        } finally {
            release(taken);
        }
        assertThat(keeper.balance()).isEqualTo(before);
        assertThat(keeper.post("while-busy", deposit(100)).statusCode()).isEqualTo(201);
        assertThat(keeper.balance()).isEqualTo(before + 100);
    }

    @Test
    void people_read_a_sentence_on_a_page_and_stay_signed_in() throws SQLException {
        Browser operator = bursar.admin();
        List<Connection> taken = takeAll();
        try {
            long started = System.nanoTime();
            HttpResponse<String> page = operator.get("/console");

            assertThat(page.statusCode()).as(page.body()).isEqualTo(503);
            assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
            assertThat(page.headers().firstValue("Retry-After")).contains("2");
            assertThat(page.body()).contains("database has too much to do just now", "rid_");
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(QUICKLY);
        } finally {
            release(taken);
        }
        assertThat(operator.get("/console").statusCode()).isEqualTo(200);
    }

    @Test
    void a_crowd_that_waits_for_one_lock_is_told_so_and_every_posting_is_there_once_or_not_at_all()
            throws SQLException {
        long before = keeper.balance();
        List<CompletableFuture<HttpResponse<String>>> crowd;
        try (Connection owner = bursar.owner();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            owner.setAutoCommit(false);
            owner.createStatement().execute("LOCK TABLE ledger.account IN ACCESS EXCLUSIVE MODE");
            crowd = IntStream.range(0, 3 * CONNECTIONS)
                    .mapToObj(caller -> CompletableFuture.supplyAsync(
                            () -> keeper.api.get(Bookkeeper.LEDGER + "/accounts/wallet/7"), callers))
                    .toList();
            CompletableFuture<HttpResponse<String>> posting =
                    CompletableFuture.supplyAsync(() -> keeper.post("in-the-crowd", deposit(7)), callers);
            crowd.forEach(CompletableFuture::join);
            owner.rollback();
            assertThat(posting.join().statusCode()).isIn(201, 503);
        }
        assertThat(crowd)
                .allSatisfy(answer -> assertThat(answer.join().statusCode())
                        .as(answer.join().body())
                        .isEqualTo(503));
        assertThat(crowd.stream().map(answer -> refusal(answer.join()))).contains("503 database_busy");
        assertThat(keeper.post("in-the-crowd", deposit(7)).statusCode()).isEqualTo(201);
        assertThat(keeper.balance()).isEqualTo(before + 7);
    }

    private static List<Connection> takeAll() throws SQLException {
        List<Connection> taken = new ArrayList<>();
        while (taken.size() < CONNECTIONS) {
            taken.add(bursar.bean(Database.class).dataSource().getConnection());
        }
        return taken;
    }

    private static void release(List<Connection> taken) throws SQLException {
        for (Connection connection : taken) {
            connection.close();
        }
    }
}
