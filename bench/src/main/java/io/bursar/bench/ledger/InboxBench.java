package io.bursar.bench.ledger;

import io.bursar.bench.ledger.Figure.Bound;
import io.bursar.bench.ledger.InboxServer.Clients;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bursar bench inbox}: P-5, what a provider's event costs beside a plain insert of it. */
@Command(
        name = "inbox",
        mixinStandardHelpOptions = true,
        description = {
            "Measures provider events of 2 kB: posted over HTTP, verified, kept durably and acknowledged, against one "
                    + "prepared insert of the same bytes a transaction, by 1 client and by 16, on the same server.",
            "A ratio is the median of interleaved rounds. Whether targets hold never changes the exit code."
        })
public final class InboxBench implements Callable<Integer> {
    private static final double NANOS_A_SECOND = 1e9;
    private static final int WARM_UP_DIVISOR = 5;
    private static final int COMPILING_ROUNDS = 4;
    private static final int CLIENTS = 16;

    @Option(names = "--json", description = "Print a list of {id,figure,unit,atLeast,aim,holds} and nothing else.")
    private boolean json;

    @Option(names = "--home", description = "Folder for the data, on the disk to measure. Default: for temporary files")
    private @Nullable Path home;

    @Option(names = "--in-flight", paramLabel = "N", description = "Events posted at once. Default: 64")
    private int inFlight = Ratios.IN_FLIGHT;

    @Option(names = "--rate", paramLabel = "N", description = "Events a second for latency. Default: 500")
    private int rate = 500;

    @Option(names = "--rounds", paramLabel = "N", description = "Counted rounds of a ratio. Default: 5")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of one measurement. Default: 2.5")
    private double seconds = 2.5;

    @Spec
    private @Nullable CommandSpec command;

    private final AtomicLong acknowledged = new AtomicLong();

    @Override
    public Integer call() throws IOException {
        CommandLine commandLine = Objects.requireNonNull(command).commandLine();
        Report report = new Report(commandLine.getErr());
        report.say("Starting the server");
        try (InboxServer server = InboxServer.start(home);
                KeptConnections connections = new KeptConnections(server.port());
                Clients one = server.clients(1);
                Clients many = server.clients(CLIENTS)) {
            Load.Call post = random -> post(connections, random);
            report.say("Running until the code is compiled");
            Load.closed(inFlight, Duration.ZERO, measured().multipliedBy(COMPILING_ROUNDS), post);
            against(report, "P-5/1", 1, one, Bound.atLeast(1.0, 2.0), post);
            against(report, "P-5/16", CLIENTS, many, Bound.atLeast(0.25, 0.5), post);
            latency(report, post);
            check(report, server.kept());
        }
        report.print(commandLine.getOut(), json);
        return 0;
    }

    private void against(Report report, String id, int number, Clients clients, Bound bound, Load.Call post) {
        Rounds pairs = Rounds.interleaved(
                rounds,
                () -> measured(report, "events", inFlight, post),
                () -> measured(
                        report, "inserts by %d".formatted(number), number, random -> clients.insert(id(random))));
        String title = "events over HTTP, %d in flight, vs insert, %d at once".formatted(inFlight, number);
        report.add(new Figure(id, title, pairs.throughputRatio(), "x", bound, pairs.beside("events", "inserts")));
    }

    private void latency(Report report, Load.Call post) {
        Sample open = Load.open(rate, measured().dividedBy(WARM_UP_DIVISOR), measured(), post);
        String title = "an event over HTTP, p99 at %,d a second".formatted(rate);
        report.add(Figure.plain("P-5/latency", title, open.p99(), "ms", open.toString()));
    }

    /** What was acknowledged has to be there. */
    private void check(Report report, long kept) {
        report.say("%,d acknowledged, %,d on disk".formatted(acknowledged.get(), kept));
        if (kept != acknowledged.get()) {
            throw new IllegalStateException(
                    "%d events on disk (expected: %d, as acknowledged)".formatted(kept, acknowledged.get()));
        }
    }

    private Sample measured(Report report, String what, int callers, Load.Call call) {
        Sample sample = Load.closed(callers, measured().dividedBy(WARM_UP_DIVISOR), measured(), call);
        report.say("  %s: %s".formatted(what, sample));
        return sample;
    }

    private void post(KeptConnections connections, SplittableRandom random) throws IOException {
        String answer = connections.send(BenchProvider.request(BenchProvider.body(id(random))));
        if (!answer.contains("kept")) {
            throw new IOException(answer + " (expected: kept)");
        }
        acknowledged.incrementAndGet();
    }

    private Duration measured() {
        return Duration.ofNanos((long) (seconds * NANOS_A_SECOND));
    }

    private static String id(SplittableRandom random) {
        return "evt_" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }
}
