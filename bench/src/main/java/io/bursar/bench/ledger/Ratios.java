package io.bursar.bench.ledger;

import io.bursar.bench.ledger.Figure.Bound;

/** P-1 to P-3: what group commit is worth against what the same tables do without it, and how near it comes to COPY. */
final class Ratios {
    static final int IN_FLIGHT = 64;

    private Ratios() {}

    static void hotAccount(Bench bench) {
        againstFunction(bench, "P-1", Work.HOT_PAYEE, Bound.atLeast(10, 20));
    }

    static void uniform(Bench bench) {
        againstFunction(bench, "P-2", Work.UNIFORM, Bound.atLeast(2, 4));
    }

    private static void againstFunction(Bench bench, String id, Work work, Bound bound) {
        BursarTarget bursar = bench.bursar();
        FunctionPeer function = bench.function();
        Rounds rounds = Rounds.interleaved(
                bench.sizes().rounds(),
                () -> bench.closed(bursar, work, IN_FLIGHT),
                () -> bench.closed(function, work, IN_FLIGHT));
        String title = "%s, %d in flight, vs stored function".formatted(work.title(), IN_FLIGHT);
        bench.report()
                .add(new Figure(
                        id, title, rounds.throughputRatio(), "x", bound, rounds.beside("bursar", function.name())));
    }

    static void saturated(Bench bench) {
        BursarTarget bursar = bench.bursar();
        CopyLimit copy = new CopyLimit(bench.database());
        int inFlight = bench.sizes().saturated();
        Rounds rounds =
                Rounds.interleaved(bench.sizes().rounds(), () -> bench.closed(bursar, Work.UNIFORM, inFlight), () -> {
                    Sample sample = copy.measure(bursar.book().value());
                    bench.report().say("  COPY: %,.0f rows/s".formatted(sample.perSecond()));
                    return sample;
                });
        String title = "uniform, %,d in flight, vs binary COPY".formatted(inFlight);
        String beside = "bursar: %s | COPY: %,.0f rows/s"
                .formatted(
                        Rounds.together(rounds.ours()),
                        Rounds.together(rounds.theirs()).perSecond());
        bench.report().add(new Figure("P-3", title, rounds.throughputRatio(), "x", Bound.atLeast(0.4, 0.7), beside));
    }
}
