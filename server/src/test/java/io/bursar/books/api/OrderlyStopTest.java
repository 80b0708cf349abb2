package io.bursar.books.api;

import static io.bursar.books.api.Bookkeeper.LEDGER;
import static io.bursar.books.api.Bookkeeper.deposit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.ServingProcess;
import io.bursar.TestBursar;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A real process is told to stop while it works. */
class OrderlyStopTest {
    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final int CALLERS = 8;
    private final Bookkeeper keeper = new Bookkeeper(TestBursar.shared());
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    @Test
    void what_is_under_way_at_sigterm_is_finished_and_what_was_acknowledged_is_there() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                ServingProcess node = ServingProcess.beside(TestBursar.shared())) {
            IntStream.range(0, CALLERS).forEach(caller -> callers.execute(() -> postUntilRefused(node, caller)));
            await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.size() > 10 * CALLERS);
            try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
                String body = Bookkeeper.body(deposit(1));
                begin(slow, body.length());

                node.terminate();
                long told = System.nanoTime();
                await().atMost(STOP_MAX).until(() -> refusesConnections(node));
                slow.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));

                assertThat(statusLine(slow.getInputStream())).contains(" 201");
                acknowledged.add("slow");
                assertThat(node.process().waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS))
                        .as("it ends")
                        .isTrue();
                assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(STOP_MAX);
            }
            assertThat(node.process().exitValue()).as(node.log()).isZero();
        }
        assertThat(acknowledged)
                .allSatisfy(key -> assertThat(keeper.get("/transfers?reference=api/"
                                        + keeper.key().credentialId() + "/" + key)
                                .path("items")
                                .size())
                        .isEqualTo(1));
        assertThat(keeper.balance()).isGreaterThanOrEqualTo(acknowledged.size());
    }

    private void postUntilRefused(ServingProcess node, int caller) {
        try {
            for (int number = 0; ; number++) {
                String key = caller + "-" + number;
                if (keeper.at(node.url())
                                .json("POST", LEDGER + "/transfers", Bookkeeper.body(deposit(1)), key)
                                .statusCode()
                        == 201) {
                    acknowledged.add(key);
                }
            }
        } catch (RuntimeException stopped) {
            // Nobody listens any more.
        }
    }

    /** Sends all of a posting but its body, and returns once the server waits for that. */
    private void begin(Socket socket, int length) throws IOException {
        String head = """
                POST %s/transfers HTTP/1.1
                Host: x
                Authorization: Bearer %s
                Idempotency-Key: slow
                Content-Type: application/json
                Content-Length: %d
                Expect: 100-continue

                """.formatted(LEDGER, keeper.key().key(), length);
        socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        assertThat(statusLine(socket.getInputStream())).contains(" 100");
        assertThat(statusLine(socket.getInputStream())).isEmpty();
    }

    private static String statusLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            line.append((char) read);
        }
        return line.toString().strip();
    }

    private static boolean refusesConnections(ServingProcess node) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            return !socket.isConnected();
        } catch (ConnectException refused) {
            return true;
        }
    }
}
