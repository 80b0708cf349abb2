package io.bursar.bench.ledger;

import io.bursar.bench.ledger.Figure.Bound;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bursar bench outbox}: P-9, how fast webhooks leave, and how long one may be held up by another's endpoint. */
@Command(
        name = "outbox",
        mixinStandardHelpOptions = true,
        description = {
            "Measures signed webhooks to receivers on the loopback: what was kept while endpoints were disabled is "
                    + "sent when they are enabled, and the clock stops at the last one's arrival. Every id is looked "
                    + "for at the receiver, and every delivery has to be written down as delivered.",
            "Then events come at a fixed rate, without and with an endpoint that never answers."
        })
public final class OutboxBench implements Callable<Integer> {
    private static final double NANOS_A_SECOND = 1e9;
    private static final int PUBLISHED_AT_ONCE = 500;
    private static final int DIGITS = 3;
    /** One event in so many is for the endpoint that hangs. */
    private static final int HANGING_SHARE = 10;

    @Option(names = "--json", description = "Print a list of {id,figure,unit,atLeast,aim,holds} and nothing else.")
    private boolean json;

    @Option(names = "--home", description = "Folder for the data, on the disk to measure. Default: for temporary files")
    private @Nullable Path home;

    @Option(names = "--endpoints", paramLabel = "N", description = "Endpoints they go to. Default: 8")
    private int endpoints = 8;

    @Option(names = "--events", paramLabel = "N", description = "Webhooks of one measurement. Default: 20000")
    private int events = 20_000;

    @Option(names = "--rate", paramLabel = "N", description = "Events a second for latency. Default: 500")
    private int rate = 500;

    @Option(names = "--rounds", paramLabel = "N", description = "Counted measurements of throughput. Default: 5")
    private int rounds = 5;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Length of a measurement of latency; an attempt that hangs takes 15. Default: 20")
    private double seconds = 20;

    @Option(names = "--patience", paramLabel = "S", description = "Most seconds to wait for the last. Default: 120")
    private int patienceSeconds = 120;

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() throws IOException {
        CommandLine commandLine = Objects.requireNonNull(command).commandLine();
        Report report = new Report(commandLine.getErr());
        report.say("Starting the server");
        try (WebhookReceiver receiver = new WebhookReceiver(false);
                WebhookReceiver hanging = new WebhookReceiver(true);
                OutboxServer server = OutboxServer.start(home, List.of(receiver, hanging))) {
            List<String> owners =
                    Stream.generate(() -> server.add(receiver)).limit(endpoints).toList();
            throughput(report, server, receiver, owners);
            report.add(Figure.plain(
                    "P-9/one",
                    "webhooks to one endpoint",
                    drain(report, server, receiver, owners.subList(0, 1)),
                    "a second",
                    ""));
            Histogram alone = latencies(server, receiver, owners, owners);
            report.add(Figure.plain(
                    "P-9/latency",
                    "from before the commit to the receiver, p99 at %,d a second".formatted(rate),
                    milliseconds(alone, 99),
                    "ms",
                    beside(alone)));
            hanging(report, server, receiver, hanging, owners, alone);
            report.add(new Figure(
                    "P-9/repeated",
                    "webhooks that came more than once",
                    receiver.repeated(),
                    "webhooks",
                    Bound.atMost(0, 0),
                    ""));
        }
        report.print(commandLine.getOut(), json);
        return 0;
    }

    private void throughput(Report report, OutboxServer server, WebhookReceiver receiver, List<String> owners) {
        report.say("Running until the code is compiled");
        drain(report, server, receiver, owners);
        double[] each = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            each[round] = drain(report, server, receiver, owners);
        }
        String title = "webhooks to %d endpoints, each checked by id".formatted(endpoints);
        report.add(new Figure(
                "P-9", title, Rounds.median(each), "a second", Bound.atLeast(2_000, 5_000), "median of " + rounds));
    }

    /** How many a second, from the endpoints' being enabled to the last arrival. */
    private double drain(Report report, OutboxServer server, WebhookReceiver receiver, List<String> owners) {
        server.hold(owners);
        List<String> ids = new ArrayList<>();
        while (ids.size() < events) {
            ids.addAll(server.publish(owners, Math.min(PUBLISHED_AT_ONCE, events - ids.size())));
        }
        long begin = System.nanoTime();
        server.release(owners);
        long end = lastArrival(receiver, ids);
        server.awaitWritten(owners, patienceSeconds);
        double perSecond = ids.size() / ((end - begin) / NANOS_A_SECOND);
        report.say(String.format(Locale.ROOT, "  %,d to %d: %,.0f/s", ids.size(), owners.size(), perSecond));
        return perSecond;
    }

    /** The longest any other endpoint's webhook took while one endpoint never answered. */
    private void hanging(
            Report report,
            OutboxServer server,
            WebhookReceiver receiver,
            WebhookReceiver hanging,
            List<String> owners,
            Histogram alone) {
        String silent = server.add(hanging);
        List<String> all = new ArrayList<>(owners);
        all.add(silent);
        Histogram beside = latencies(server, receiver, all, owners);
        server.hold(List.of(silent));
        report.add(new Figure(
                "P-9/hang",
                "longest way of others at %,d a second while one hangs".formatted(rate),
                beside.getMaxValue() / NANOS_A_SECOND,
                "s",
                Bound.atMost(1, 0.25),
                "alone: %s | beside: %s".formatted(beside(alone), beside(beside))));
    }

    /** How long events took to arrive that came at the rate, of those owners whose endpoint answers. */
    private Histogram latencies(
            OutboxServer server, WebhookReceiver receiver, List<String> owners, List<String> answering) {
        Map<String, Long> published = new ConcurrentHashMap<>();
        Load.open(rate, Duration.ZERO, Duration.ofNanos((long) (seconds * NANOS_A_SECOND)), random -> {
            long began = System.nanoTime();
            String owner = owner(owners, answering, random);
            String id = server.publish(List.of(owner), 1).getFirst();
            if (answering.contains(owner)) {
                published.put(id, began);
            }
        });
        lastArrival(receiver, List.copyOf(published.keySet()));
        server.awaitWritten(answering, patienceSeconds);
        Histogram latencies = new Histogram(DIGITS);
        published.forEach((id, began) ->
                latencies.recordValue(Objects.requireNonNull(receiver.arrivals().get(id)) - began));
        return latencies;
    }

    private static String owner(List<String> owners, List<String> answering, SplittableRandom random) {
        boolean toSilent = owners.size() > answering.size() && random.nextInt(HANGING_SHARE) == 0;
        return toSilent ? owners.getLast() : answering.get(random.nextInt(answering.size()));
    }

    /** When the last of these came; all of them have to. */
    private long lastArrival(WebhookReceiver receiver, List<String> ids) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
        long last = 0;
        for (String id : ids) {
            Long at = receiver.arrivals().get(id);
            while (at == null) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(id + " did not arrive (expected: every id at the receiver)");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                at = receiver.arrivals().get(id);
            }
            last = last == 0 ? at : Math.max(last, at);
        }
        return last;
    }

    private static double milliseconds(Histogram latencies, double percentile) {
        return TimeUnit.NANOSECONDS.toMicros(latencies.getValueAtPercentile(percentile)) / 1e3;
    }

    private static String beside(Histogram latencies) {
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p99 %.1f, p99.9 %.1f, longest %.1f ms of %,d",
                milliseconds(latencies, 50),
                milliseconds(latencies, 99),
                milliseconds(latencies, 99.9),
                milliseconds(latencies, 100),
                latencies.getTotalCount());
    }
}
