package io.bursar.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which an attempt can fail, met for real: what it is called, whose fault it is and what comes next. */
class FailureClassesTest {
    /**
     * Where a webhook goes; what is found; whose fault; what becomes of the delivery: the pause before it is tried
     * again, {@code no more}, or {@code delivered}; and what becomes of the endpoint.
     */
    private static final String TABLE = """
            http://rude.test/200                    | ok              | nobody | delivered | active
            http://rude.test/204                    | ok              | nobody | delivered | active
            http://rude.test/endless-body           | ok              | nobody | delivered | active
            http://rude.test/endless-chunks         | ok              | nobody | delivered | active
            http://rude.test/drips-its-body         | ok              | nobody | delivered | active
            https://nobody.test/                    | dns             | theirs | PT5S      | failing
            http://closed.test/                     | connect         | theirs | PT5S      | failing
            http://rude.test/hangs-up               | connect         | theirs | PT5S      | failing
            https://rude.test/200                   | tls             | theirs | PT5S      | failing
            https://selfsigned.test/200             | tls             | theirs | PT5S      | failing
            http://rude.test/nothing                | timeout         | theirs | PT5S      | failing
            http://rude.test/drips-its-head         | timeout         | theirs | PT5S      | failing
            http://rude.test/endless-continue       | timeout         | theirs | PT5S      | failing
            http://rude.test/301                    | http_301        | theirs | PT5S      | failing
            http://rude.test/307                    | http_307        | theirs | PT5S      | failing
            http://rude.test/400                    | http_400        | theirs | PT5S      | failing
            http://rude.test/401                    | http_401        | theirs | PT5S      | failing
            http://rude.test/404                    | http_404        | theirs | PT5S      | failing
            http://rude.test/410                    | http_410        | theirs | no more   | gone
            http://rude.test/429                    | http_429        | theirs | PT5S      | failing
            http://rude.test/429-in-10-minutes      | http_429        | theirs | PT10M     | failing
            http://rude.test/429-never              | http_429        | theirs | PT5S      | failing
            http://rude.test/500                    | http_500        | theirs | PT5S      | failing
            http://rude.test/503-in-an-hour         | http_503        | theirs | PT1H      | failing
            http://rude.test/garbage                | connect         | theirs | PT5S      | failing
            http://rude.test/no-version             | connect         | theirs | PT5S      | failing
            http://rude.test/endless-status         | odd             | theirs | PT5S      | failing
            http://rude.test/endless-header         | odd             | theirs | PT5S      | failing
            http://rude.test/endless-headers        | odd             | theirs | PT5S      | failing
            http://rude.test/endless-small-headers  | odd             | theirs | PT5S      | failing
            https://inside.test/                    | refused_address | theirs | no more   | failing
            https://loopback.test/                  | refused_address | theirs | no more   | failing
            https://metadata.test/                  | refused_address | theirs | no more   | failing
            http://plain.test/                      | refused_url     | theirs | no more   | failing
            https://user:pass@rude.test/            | refused_url     | theirs | no more   | failing
            """;

    /** How long an attempt may take here beyond its pause, on a machine that does much else. */
    private static final Duration BUSY_MAX = OutboxFloor.ATTEMPT_MAX.multipliedBy(15);

    @TempDir
    private Path directory;

    private record Row(String url, String finding, String fault, String next, String endpoint) {}

    private record Sent(Row row, String owner) {}

    @Test
    void each_has_a_name_a_fault_and_a_consequence() throws Exception {
        try (RudeReceiver rude = new RudeReceiver();
                SelfSigned selfSigned = SelfSigned.start(directory)) {
            int closed = closedPort();
            List<Row> rows = rows(rude.port(), closed, selfSigned.port());
            try (OutboxFloor floor = new OutboxFloor(
                    OutboxFloor.names(FailureClassesTest::address),
                    "http://rude.test:" + rude.port(),
                    "https://rude.test:" + rude.port(),
                    "http://closed.test:" + closed,
                    "https://selfsigned.test:" + selfSigned.port())) {
                warmUp(floor, "https://selfsigned.test:" + selfSigned.port() + "/200");
                List<Sent> sent = new ArrayList<>();
                for (Row row : rows) {
                    String owner = OutboxFloor.newOwner();
                    floor.add(owner, row.url());
                    floor.publish(owner, "payment.verified");
                    sent.add(new Sent(row, owner));
                }
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> sent.stream()
                                .allMatch(each -> floor.only(each.owner()).attempts() == 1));

                assertThat(sent.stream().map(each -> met(floor, each))).containsExactlyElementsOf(rows);
                assertThat(sent)
                        .allSatisfy(each -> assertThat(excerpt(floor, each)).hasSizeLessThanOrEqualTo(300));
            }
        }
    }

    /** Whoever first speaks TLS in a process takes long. */
    private static void warmUp(OutboxFloor floor, String url) {
        String owner = OutboxFloor.newOwner();
        floor.add(owner, url);
        floor.publish(owner, "payment.verified");
        await().atMost(Duration.ofSeconds(30)).until(() -> floor.only(owner).attempts() == 1);
    }

    private static Row met(OutboxFloor floor, Sent sent) {
        DeliveryView delivery = floor.only(sent.owner());
        String finding = Objects.requireNonNull(delivery.finding());
        EndpointView endpoint = floor.onlyEndpoint(sent.owner());
        String state = endpoint.failingSince() == null ? "active" : "failing";
        return new Row(
                sent.row().url(),
                finding,
                Finding.parse(finding).fault().name().toLowerCase(Locale.ROOT),
                next(delivery),
                endpoint.disabledReason() == null ? state : endpoint.disabledReason());
    }

    /** Pauses are up to a tenth longer by chance; the table has them without. */
    private static String next(DeliveryView delivery) {
        Instant next = delivery.nextAttemptAt();
        if (next == null) {
            return delivery.status().equals("delivered") ? "delivered" : "no more";
        }
        Duration pause = Duration.between(Objects.requireNonNull(delivery.lastAttemptAt()), next);
        return List.of(Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofHours(1)).stream()
                .filter(known -> pause.compareTo(known) >= 0)
                .filter(known -> pause.compareTo(known.plus(known.dividedBy(10)).plus(BUSY_MAX)) <= 0)
                .findFirst()
                .orElse(pause)
                .toString();
    }

    private static String excerpt(OutboxFloor floor, Sent sent) {
        return floor.floors()
                .bean(DeliveryListStore.class)
                .attempts(floor.only(sent.owner()).deliveryId(), 1)
                .getFirst()
                .excerpt();
    }

    private static List<Row> rows(int rude, int closed, int selfSigned) {
        return TABLE.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new))
                .map(cells -> new Row(
                        cells[0].replace("rude.test/", "rude.test:" + rude + "/")
                                .replace("closed.test/", "closed.test:" + closed + "/")
                                .replace("selfsigned.test/", "selfsigned.test:" + selfSigned + "/"),
                        cells[1],
                        cells[2],
                        cells[3],
                        cells[4]))
                .toList();
    }

    private static @Nullable String address(String host) {
        return switch (host) {
            case "rude.test", "closed.test", "selfsigned.test", "loopback.test" -> "127.0.0.1";
            case "inside.test" -> "10.1.2.3";
            case "metadata.test" -> "169.254.169.254";
            case "plain.test" -> "93.184.216.34";
            default -> null;
        };
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
