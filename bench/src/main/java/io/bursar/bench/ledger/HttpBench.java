package io.bursar.bench.ledger;

import io.bursar.bench.ledger.Figure.Bound;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bursar bench http}: P-4, what posting costs over HTTP beside a route that does nothing. */
@Command(
        name = "http",
        mixinStandardHelpOptions = true,
        description = {
            "Measures POST /api/v1/ledger/transfers with a key to a book, every call a new posting, against a route of "
                    + "the same server that only takes and answers JSON.",
            "A ratio is the median of interleaved rounds. Whether targets hold never changes the exit code."
        })
public final class HttpBench implements Callable<Integer> {
    private static final int AMOUNT_MAX = 1_000;
    private static final double NANOS_A_SECOND = 1e9;
    private static final int WARM_UP_DIVISOR = 5;
    private static final int COMPILING_ROUNDS = 4;
    private static final String NO_OP_BODY = "{\"text\":\"" + "x".repeat(100) + "\"}";

    @Option(names = "--json", description = "Print a list of {id,figure,unit,atLeast,aim,holds} and nothing else.")
    private boolean json;

    @Option(names = "--home", description = "Folder for the data, on the disk to measure. Default: for temporary files")
    private @Nullable Path home;

    @Option(names = "--accounts", paramLabel = "N", description = "Accounts to move between. Default: 10000")
    private int accounts = 10_000;

    @Option(names = "--in-flight", paramLabel = "N", description = "Calls at once. Default: 64")
    private int inFlight = Ratios.IN_FLIGHT;

    @Option(names = "--rate", paramLabel = "N", description = "Calls a second for latency. Default: 500")
    private int rate = 500;

    @Option(names = "--rounds", paramLabel = "N", description = "Counted rounds of a ratio. Default: 5")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of one measurement. Default: 2.5")
    private double seconds = 2.5;

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(command).commandLine();
        Report report = new Report(commandLine.getErr());
        report.say("Starting the server");
        try (HttpServer server = HttpServer.start(home, accounts);
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            measure(report, random -> post(http, server, accounts, random), _ -> nothing(http, server));
        }
        report.print(commandLine.getOut(), json);
        return 0;
    }

    private void measure(Report report, Load.Call posting, Load.Call nothing) {
        Duration measured = Duration.ofNanos((long) (seconds * NANOS_A_SECOND));
        Duration warmUp = measured.dividedBy(WARM_UP_DIVISOR);
        report.say("Running until the code is compiled");
        Load.closed(inFlight, Duration.ZERO, measured.multipliedBy(COMPILING_ROUNDS), posting);
        Load.closed(inFlight, Duration.ZERO, measured, nothing);
        Rounds pairs = Rounds.interleaved(
                rounds,
                () -> said(report, "posting", Load.closed(inFlight, warmUp, measured, posting)),
                () -> said(report, "no-op", Load.closed(inFlight, warmUp, measured, nothing)));
        String title = "posting over HTTP, %d in flight, vs no-op route".formatted(inFlight);
        report.add(new Figure(
                "P-4", title, pairs.throughputRatio(), "x", Bound.atLeast(0.3, 0.6), pairs.beside("posting", "no-op")));
        Sample open = Load.open(rate, warmUp, measured, posting);
        report.add(Figure.plain(
                "P-4/latency",
                "posting over HTTP, p99 at %,d a second".formatted(rate),
                open.p99(),
                "ms",
                open.toString()));
    }

    private static Sample said(Report report, String what, Sample sample) {
        report.say("  %s: %s".formatted(what, sample));
        return sample;
    }

    /** One new posting between two of so many accounts. */
    static void post(HttpClient http, HttpServer server, int accounts, SplittableRandom random)
            throws IOException, InterruptedException {
        int debit = random.nextInt(accounts);
        int credit = (debit + 1 + random.nextInt(accounts - 1)) % accounts;
        String body =
                """
                {"legs":[{"kind":"move","debit":"%s","credit":"%s","amount":%d,"unit":"USD","scale":2}]}
                """.formatted(HttpServer.account(debit), HttpServer.account(credit), 1 + random.nextInt(AMOUNT_MAX));
        String key = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        HttpRequest request = HttpRequest.newBuilder(server.address("/api/v1/ledger/transfers"))
                .header("Authorization", "Bearer " + server.key())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build();
        expect(201, http.send(request, BodyHandlers.ofString()));
    }

    private static void nothing(HttpClient http, HttpServer server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.address(HttpServer.NO_OP))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(NO_OP_BODY))
                .build();
        expect(200, http.send(request, BodyHandlers.ofString()));
    }

    private static void expect(int status, HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != status) {
            throw new IOException("%d (expected: %d): %s".formatted(answer.statusCode(), status, answer.body()));
        }
    }
}
