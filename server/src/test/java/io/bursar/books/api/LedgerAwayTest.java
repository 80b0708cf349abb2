package io.bursar.books.api;

import static io.bursar.books.api.Bookkeeper.LEDGER;
import static io.bursar.books.api.Bookkeeper.body;
import static io.bursar.books.api.Bookkeeper.deposit;
import static io.bursar.books.api.Bookkeeper.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.TestBursar;
import io.bursar.books.Books;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller hears while the ledger cannot answer, and that the same key then posts once. */
class LedgerAwayTest {
    private final BreakableDatabase.Network network = new BreakableDatabase.Network();
    private final TestBursar bursar = start();
    private final Bookkeeper keeper = new Bookkeeper(bursar);

    @AfterEach
    void stop() {
        network.mend();
        bursar.close();
    }

    @Test
    void a_database_that_is_away_a_commit_whose_answer_is_lost_and_a_closed_ledger_are_told_apart()
            throws InterruptedException, ExecutionException {
        assertThat(keeper.post("before", deposit(1)).statusCode()).isEqualTo(201);
        network.cut();
        HttpResponse<String> away = posted("away").get();
        assertThat(refusal(away)).isEqualTo("503 ledger_unavailable");
        assertThat(away.headers().firstValue("Retry-After")).contains("2");

        network.mend();
        assertThat(keeper.balance()).as("nothing was posted").isEqualTo(1);
        network.loseCommit();
        CompletableFuture<HttpResponse<String>> unknown = posted("unknown");
        assertThat(network.commitLost.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(refusal(unknown.get())).isEqualTo("503 outcome_unknown");

        network.mend();
        HttpResponse<String> again = posted("unknown").get();
        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        HttpResponse<String> first = posted("away").get();
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(keeper.balance()).isEqualTo(3);

        bursar.bean(Books.class).ledger().close();
        HttpResponse<String> busy = posted("busy").get();
        assertThat(refusal(busy)).isEqualTo("503 ledger_busy");
        assertThat(busy.headers().firstValue("Retry-After")).contains("1");
    }

    /** Longer than the ledger's patience. */
    private CompletableFuture<HttpResponse<String>> posted(String key) {
        return CompletableFuture.supplyAsync(
                () -> keeper.api.send(keeper.api
                        .request(LEDGER + "/transfers")
                        .timeout(Duration.ofMinutes(2))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(body(deposit(1))))),
                task -> Thread.ofVirtual().start(task));
    }

    private TestBursar start() {
        BreakableDatabase.NETWORK.set(network);
        try {
            return TestBursar.start(Map.of());
        } finally {
            BreakableDatabase.NETWORK.remove();
        }
    }
}
