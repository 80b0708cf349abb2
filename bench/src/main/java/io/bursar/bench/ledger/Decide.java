package io.bursar.bench.ledger;

import io.bursar.ledger.DeciderBenchmark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What deciding alone costs: the pure function of the ledger, hashes included, without any database. */
final class Decide {
    private static final int ITERATIONS = 5;
    private static final TimeValue EACH = TimeValue.seconds(1);

    private Decide() {}

    /** In a JVM of its own, as JMH wants it. */
    static void measure(Report report) {
        measure(report, options().forks(1));
    }

    static ChainedOptionsBuilder options() {
        return new OptionsBuilder()
                .include(DeciderBenchmark.class.getName())
                .warmupIterations(ITERATIONS)
                .warmupTime(EACH)
                .measurementIterations(ITERATIONS)
                .measurementTime(EACH)
                .timeUnit(TimeUnit.NANOSECONDS)
                .shouldFailOnError(true);
    }

    /** JMH tells its story in a file, because standard output belongs to the figures. */
    static void measure(Report report, ChainedOptionsBuilder options) {
        try {
            Path log = Files.createTempFile("bursar-decide", ".log");
            Collection<RunResult> results =
                    new Runner(options.output(log.toString()).build()).run();
            results.forEach(result -> add(report, result));
            Files.delete(log);
        } catch (RunnerException | IOException failed) {
            throw new UncheckedIOException(new IOException("JMH did not run: " + failed.getMessage(), failed));
        }
    }

    private static void add(Report report, RunResult run) {
        String batch = run.getParams().getParam("batch");
        Result<?> result = run.getPrimaryResult();
        String title = "deciding one transfer in a batch of " + batch;
        String beside = "+- %.0f ns".formatted(result.getScoreError());
        report.add(Figure.plain("decide/" + batch, title, result.getScore(), "ns", beside));
    }
}
