package io.bursar.bench.ledger;

import io.bursar.bench.ledger.Figure.Bound;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** As many transfers as a long history has, all through one process: what it keeps alive must not grow with them. */
final class Soak {
    private static final int MEASUREMENTS_A_PASS = 4;

    private Soak() {}

    static void measure(Bench bench) {
        BenchDatabase database = bench.server().create("soak");
        try (BursarTarget target = BursarTarget.open(database, "ours", bench.accounts())) {
            Duration pass = bench.sizes().measured().multipliedBy(MEASUREMENTS_A_PASS);
            List<Sample> samples = new ArrayList<>();
            List<Double> live = new ArrayList<>();
            long posted = 0;
            while (posted < bench.sizes().rows()) {
                Sample sample = Load.closed(
                        bench.sizes().saturated(), Duration.ZERO, pass, bench.call(target, Work.UNIFORM));
                samples.add(sample);
                live.add(Memory.liveMegabytes());
                posted += sample.latencies().getTotalCount();
                bench.report().say("  %,d posted, %.1f MB alive: %s".formatted(posted, live.getLast(), sample));
            }
            bench.report().add(figure(verified(target), samples, live));
        }
        bench.server().drop(database);
    }

    private static Figure figure(long transfers, List<Sample> samples, List<Double> live) {
        String beside = "%,d posted and verified; alive after the first pass %.1f MB, after the last %.1f MB; %s"
                .formatted(transfers, live.getFirst(), live.getLast(), Rounds.together(samples));
        double growth = live.getLast() / live.getFirst();
        String title = "heap alive after all transfers vs after the first pass";
        return new Figure("soak", title, growth, "x", Bound.atMost(1.5, 1.1), beside);
    }

    private static long verified(BursarTarget target) {
        return switch (new Verifier(target.dataSource()).verify(target.book())) {
            case Verification.Sound sound -> sound.transfers();
            case Verification.Broken broken ->
                throw new IllegalStateException("a book posted to is broken: " + broken.first());
        };
    }
}
