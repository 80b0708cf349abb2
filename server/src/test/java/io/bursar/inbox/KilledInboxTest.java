package io.bursar.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.TestBursar;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process, killed as by kill -9, with events that were acknowledged and not applied. */
class KilledInboxTest {
    private static final int EVENTS = 100;

    @TempDir
    private Path home;

    @Test
    void what_was_acknowledged_is_applied_once_however_its_process_dies() throws Exception {
        Process idle = start("idle");
        post(idle, "invoice.created", "\"version\":1,\"note\":\"x\"");
        kill(idle);

        Process busy = start(KillableInbox.APPLYING);
        post(busy, "invoice.paid", "");
        kill(busy);

        try (TestBursar again = TestBursar.start(KillableInbox.settings(home.toString()))) {
            // What was under way is leased to the dead for a minute, which nobody needs to wait for here.
            again.sql()
                    .sql("UPDATE inbox.work SET leased_until = clock_timestamp() WHERE lease IS NOT NULL")
                    .update();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> count(again, "inbox.work WHERE state = 'applied'") == 2 * EVENTS);

            assertThat(count(again, "inbox.event")).isEqualTo(2 * EVENTS);
            assertThat(count(again, "shop.invoice WHERE paid AND touched = 1"))
                    .as("paid, and once")
                    .isEqualTo(EVENTS);
        }
    }

    private Process start(String how) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KillableInbox.class.getName(),
                        home.toString(),
                        how)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void post(Process process, String kind, String fields) throws IOException {
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.startsWith(KillableInbox.SERVING)) {
            line = output.readLine();
        }
        assertThat(line).as("the other process serves").isNotNull();
        // It would stop at a full pipe.
        Thread.ofVirtual().start(() -> output.lines().forEach(more -> {}));
        URI door = URI.create("http://127.0.0.1:" + String.valueOf(line).substring(KillableInbox.SERVING.length())
                + "/api/webhooks/acme/killed");
        assertThat(IntStream.range(0, EVENTS).parallel().mapToObj(i -> {
                    byte[] body = InboxFloor.body(kind + i, kind, "in_" + i, fields);
                    HttpResponse<String> answer = Posts.send(HttpRequest.newBuilder(door)
                            .header(Acme.SIGNATURE, Acme.sign(Instant.now(), body))
                            .POST(BodyPublishers.ofByteArray(body)));
                    return answer.body();
                }))
                .allSatisfy(answer -> assertThat(answer).contains("kept"));
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static long count(TestBursar bursar, String from) {
        return bursar.sql()
                .sql("SELECT count(*) FROM " + from)
                .query(Long.class)
                .single();
    }
}
