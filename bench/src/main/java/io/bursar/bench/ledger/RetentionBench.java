package io.bursar.bench.ledger;

import io.bursar.bench.ledger.Figure.Bound;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bursar bench retention}: O-5, what callers notice of the purge. */
@Command(
        name = "retention",
        mixinStandardHelpOptions = true,
        description = {
            "Measures calls at a fixed rate, half of them postings and half events of a provider, while expired rows "
                    + "lie in the database, and then while they are purged: p99 against p99.",
            "Four in ten of the rows are events with all that hangs on them, four are counters, two are sessions.",
            "A ratio is the median of the rounds. Whether targets hold never changes the exit code."
        })
public final class RetentionBench implements Callable<Integer> {
    private static final int ACCOUNTS = 1_000;
    private static final int PARTS = 10;
    private static final int EVENT_PARTS = 4;
    private static final int SESSION_PARTS = 2;
    private static final double NANOS_A_SECOND = 1e9;
    private static final int WARM_UP_DIVISOR = 12;
    private static final int COMPILING_DIVISOR = 8;
    private static final int COMPILING_CALLERS = 8;

    @Option(names = "--json", description = "Print a list of {id,figure,unit,atLeast,aim,holds} and nothing else.")
    private boolean json;

    @Option(names = "--home", description = "Folder for the data, on the disk to measure. Default: for temporary files")
    private @Nullable Path home;

    @Option(names = "--rows", paramLabel = "N", description = "Expired rows. Default: 1000000")
    private int rows = 1_000_000;

    @Option(names = "--rate", paramLabel = "N", description = "Calls a second. Default: 200")
    private int rate = 200;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds, each with rows of its own. Default: 1")
    private int rounds = 1;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of one measurement. Default: 120")
    private double seconds = 120;

    @Spec
    private @Nullable CommandSpec command;

    private final AtomicLong purgeMillis = new AtomicLong();

    @Override
    public Integer call() throws IOException {
        CommandLine commandLine = Objects.requireNonNull(command).commandLine();
        Report report = new Report(commandLine.getErr());
        report.say("Starting the server");
        try (HttpServer server = HttpServer.start(home, ACCOUNTS);
                KeptConnections connections = new KeptConnections(server.port());
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            Load.Call call = random -> {
                if (random.nextBoolean()) {
                    HttpBench.post(http, server, ACCOUNTS, random);
                } else {
                    connections.send(BenchProvider.request(BenchProvider.body(id(random))));
                }
            };
            report.say("Running until the code is compiled");
            Load.closed(COMPILING_CALLERS, Duration.ZERO, measured().dividedBy(COMPILING_DIVISOR), call);
            measure(report, server, call);
        }
        report.print(commandLine.getOut(), json);
        return 0;
    }

    private void measure(Report report, HttpServer server, Load.Call call) {
        List<Sample> purging = new ArrayList<>();
        List<Sample> quiet = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            report.say("Filling in %,d rows".formatted(rows));
            fill(server.database());
            quiet.add(open(report, "quiet", call));
            CompletableFuture<Void> purge = CompletableFuture.runAsync(() -> purge(server));
            purging.add(open(report, "purging", call));
            purge.join();
            report.say("  purged in %,d ms".formatted(purgeMillis.get()));
            check(server.database());
        }
        Rounds pairs = new Rounds(purging, quiet);
        String title = "p99 at %,d a second while %,d rows are purged".formatted(rate, rows);
        report.add(new Figure(
                "O-5", title, pairs.ratio(Sample::p99), "x", Bound.atMost(2, 1.2), pairs.beside("purging", "quiet")));
        report.add(Figure.plain(
                "O-5/purge", "time to purge them", purgeMillis.get() / 1_000.0, "s", "beside those calls, last round"));
    }

    private void fill(BenchDatabase database) {
        SqlFile fill = SqlFile.of("measure/retention.sql");
        int events = rows / PARTS * EVENT_PARTS;
        int sessions = rows / PARTS * SESSION_PARTS;
        database.update(fill.statement("events"), events);
        database.update(fill.statement("sessions"), sessions);
        database.update(fill.statement("counters"), rows - events - sessions);
    }

    private Sample open(Report report, String what, Load.Call call) {
        Sample sample = Load.open(rate, measured().dividedBy(WARM_UP_DIVISOR), measured(), call);
        report.say("  %s: %s".formatted(what, sample));
        return sample;
    }

    private void purge(HttpServer server) {
        long began = System.nanoTime();
        server.run("purge-expired");
        purgeMillis.set(Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    /** What is past its time has to be gone. */
    private static void check(BenchDatabase database) {
        long left = (long) database.number(SqlFile.of("measure/retention.sql").statement("left"));
        if (left != 0) {
            throw new IllegalStateException("%,d expired rows left (expected: 0)".formatted(left));
        }
    }

    private Duration measured() {
        return Duration.ofNanos((long) (seconds * NANOS_A_SECOND));
    }

    private static String id(SplittableRandom random) {
        return "evt_" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }
}
