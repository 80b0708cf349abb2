package io.bursar.bench.ledger;

import java.util.Locale;

/** How throughput and latency follow the number in flight, and latency a fixed rate, for every work. */
final class Curves {
    /** A rate is carried when this part of those who came was answered within the window's bounds. */
    private static final double CARRIED = 0.95;

    private static final double HOPELESS_MILLISECONDS = 1_000;

    private Curves() {}

    static void inFlight(Bench bench) {
        for (Work work : Work.values()) {
            for (int inFlight : bench.sizes().inFlight()) {
                Sample sample = bench.closed(bench.bursar(), work, inFlight);
                String id = "curve/" + work.id() + "/" + inFlight;
                String title = "%s, %,d in flight".formatted(work.title(), inFlight);
                String unit = work == Work.HOLD_AND_CAPTURE ? "pairs/s" : "transfers/s";
                bench.report().add(Figure.plain(id, title, sample.perSecond(), unit, sample.toString()));
            }
        }
    }

    /** Open loop, so what a stall does to those who come during it is counted. */
    static void latency(Bench bench) {
        for (Work work : new Work[] {Work.UNIFORM, Work.HOT_PAYEE}) {
            latency(bench, bench.bursar(), work);
            latency(bench, bench.function(), work);
        }
    }

    private static void latency(Bench bench, Target target, Work work) {
        for (int rate : bench.sizes().rates()) {
            Sample sample = bench.open(target, work, rate);
            String id = "latency/%s/%s/%d".formatted(slug(target.name()), work.id(), rate);
            String title = "%s, %s at %,d/s, p99".formatted(target.name(), work.title(), rate);
            boolean carried = sample.perSecond() >= CARRIED * rate && sample.milliseconds(50) < HOPELESS_MILLISECONDS;
            String beside = sample + (carried ? "" : " (not carried)");
            bench.report().add(Figure.plain(id, title, carried ? sample.p99() : Double.NaN, "ms", beside));
            if (!carried) {
                return;
            }
        }
    }

    static String slug(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
