package io.bursar.bench.ledger;

import io.bursar.bench.ledger.Figure.Bound;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** As many transfers as a long history has, all through one process: what it keeps alive must not grow with them. */
final class Soak {
    private static final int MEASUREMENTS_A_PASS = 4;

    private Soak() {}

    static void measure(Bench bench) {
        BenchDatabase database = bench.server().create("soak");
        try (BursarTarget target = BursarTarget.open(database, "ours", bench.accounts())) {
            Duration pass = bench.sizes().measured().multipliedBy(MEASUREMENTS_A_PASS);
            Passes passes = new Passes();
            while (passes.posted() < bench.sizes().rows()) {
                Sample sample =
                        Load.closed(bench.sizes().saturated(), Duration.ZERO, pass, bench.call(target, Work.UNIFORM));
                passes.add(sample, Memory.liveMegabytes());
                bench.report()
                        .say("  %,d posted, %.1f MB alive: %s".formatted(passes.posted(), passes.aliveLast, sample));
            }
            bench.report().add(figure(verified(target), passes));
        }
        bench.server().drop(database);
    }

    private static Figure figure(long transfers, Passes passes) {
        String beside = "%,d posted and verified; alive after the first pass %.1f MB, after the last %.1f MB; %s"
                .formatted(transfers, passes.aliveFirst, passes.aliveLast, passes.all());
        String title = "heap alive after all transfers vs after the first pass";
        return new Figure("soak", title, passes.aliveLast / passes.aliveFirst, "x", Bound.atMost(1.5, 1.1), beside);
    }

    private static long verified(BursarTarget target) {
        return switch (new Verifier(target.dataSource()).verify(target.book())) {
            case Verification.Sound sound -> sound.transfers();
            case Verification.Broken broken ->
                throw new IllegalStateException("a book posted to is broken: " + broken.first());
        };
    }

    /** All passes as one: a histogram kept of each would be all that grows. */
    private static final class Passes {
        private @Nullable Sample all;
        private double aliveFirst;
        private double aliveLast;

        void add(Sample sample, double alive) {
            aliveFirst = all == null ? alive : aliveFirst;
            aliveLast = alive;
            all = all == null ? sample : all.plus(sample);
        }

        Sample all() {
            return Objects.requireNonNull(all);
        }

        long posted() {
            return all == null ? 0 : all.latencies().getTotalCount();
        }
    }
}
