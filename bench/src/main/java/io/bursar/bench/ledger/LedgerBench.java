package io.bursar.bench.ledger;

import io.bursar.bench.ledger.Bench.Sizes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bursar bench ledger}: the ledger's figures, each as a ratio within one run, and the peers beside them. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the ledger on a PostgreSQL with the settings of serve: posting against one transaction per "
                    + "transfer and against COPY, beside published designs, with a long history, next to busy "
                    + "neighbours.",
            "A ratio is the median of interleaved rounds. Whether targets hold never changes the exit code."
        })
public final class LedgerBench implements Callable<Integer> {
    private static final double NANOS_A_SECOND = 1e9;

    /** Takes longer than all others together. */
    private static final String SOAK = "soak";

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "ID",
            description = "Run only these: fsync, P-1, P-2, P-3, hot-tail, two-nodes, bulk-next-door, "
                    + "strangers-lock, curve, latency, peers, decide, P-6, P-7, P-8, soak. Default: all but soak")
    private List<String> only = List.of();

    @Option(names = "--json", description = "Print a list of {id,figure,unit,atLeast,aim,holds} and nothing else.")
    private boolean json;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Transfers present for P-6 to P-8, and posted for soak. Default: 20000000")
    private long rows = 20_000_000;

    @Option(names = "--home", description = "Folder for the data, on the disk to measure. Default: for temporary files")
    private @Nullable Path home;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "Measure on this server (postgres://user:password@host/database) in databases of the run's "
                    + "own, instead of starting one.")
    private @Nullable String database;

    @Option(names = "--accounts", paramLabel = "N", description = "Accounts to move between. Default: 10000")
    private int accounts = 10_000;

    @Option(names = "--clients", paramLabel = "N", description = "Connections of each peer. Default: 16")
    private int clients = Peer.CLIENTS;

    @Option(names = "--rounds", paramLabel = "N", description = "Counted rounds of a ratio. Default: 5")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of one measurement. Default: 2.5")
    private double seconds = 2.5;

    @Option(names = "--saturated", paramLabel = "N", description = "In flight when saturated. Default: 4096")
    private int saturated = 4_096;

    @Option(names = "--in-flight", split = ",", paramLabel = "N", description = "Points of the curve.")
    private List<Integer> inFlight = List.of(1, 4, 16, 64, 256, 1_024, 4_096, 16_384);

    @Option(names = "--rates", split = ",", paramLabel = "N", description = "Calls a second for latency.")
    private List<Integer> rates = List.of(1_000, 5_000, 10_000, 20_000);

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(command).commandLine();
        Map<String, Consumer<Bench>> chosen = chosen(commandLine);
        Report report = new Report(commandLine.getErr());
        try (BenchServer server = database == null ? BenchServer.embedded(home) : BenchServer.at(database);
                Bench bench = new Bench(sizes(), server, report)) {
            chosen.forEach((id, measurement) -> {
                report.say("== " + id);
                measurement.accept(bench);
            });
        }
        Memory.peaks(report);
        report.print(commandLine.getOut(), json);
        return 0;
    }

    private Map<String, Consumer<Bench>> chosen(CommandLine commandLine) {
        Map<String, Consumer<Bench>> all = measurements();
        if (only.isEmpty()) {
            all.remove(SOAK);
            return all;
        }
        List<String> unknown = only.stream().filter(id -> !all.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            String message = "--only: %s (expected: some of %s)".formatted(unknown, all.keySet());
            throw new CommandLine.ParameterException(commandLine, message);
        }
        all.keySet().retainAll(only);
        return all;
    }

    /** In the order they run: what leaves much behind comes last. */
    private static Map<String, Consumer<Bench>> measurements() {
        History history = new History();
        Map<String, Consumer<Bench>> all = new LinkedHashMap<>();
        all.put("fsync", Disk::fsync);
        all.put("P-1", Ratios::hotAccount);
        all.put("P-2", Ratios::uniform);
        all.put("P-3", Ratios::saturated);
        all.put("hot-tail", Neighbours::hotTail);
        all.put("two-nodes", Neighbours::twoNodes);
        all.put("bulk-next-door", Neighbours::bulkNextDoor);
        all.put("strangers-lock", Neighbours::strangersLock);
        all.put("curve", Curves::inFlight);
        all.put("latency", Curves::latency);
        all.put("peers", Peers::all);
        all.put("decide", bench -> Decide.measure(bench.report()));
        all.put("P-6", history::throughput);
        all.put("P-7", history::reads);
        all.put("P-8", history::verify);
        all.put(SOAK, Soak::measure);
        return all;
    }

    private Sizes sizes() {
        Duration measured = Duration.ofNanos((long) (seconds * NANOS_A_SECOND));
        return new Sizes(accounts, clients, rounds, measured, rows, saturated, inFlight, rates);
    }
}
