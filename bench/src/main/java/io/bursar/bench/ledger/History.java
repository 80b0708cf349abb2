package io.bursar.bench.ledger;

import io.bursar.bench.ledger.Figure.Bound;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Page;
import io.bursar.ledger.StatementLine;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** P-6 to P-8: what a long history costs, posting to it, reading from it and verifying it. */
final class History {
    private static final int LINES = 50;
    private static final int READS_PER_SECOND = 200;
    private static final int HOT_READS_SHARE = 10;

    /** How many measurements the pages that change need to be logged; a checkpoint comes every five minutes. */
    private static final int CHECKPOINT_PASSES = 12;

    private static final SqlFile SQL = SqlFile.of("measure/ledger.sql");

    private @Nullable BursarTarget full;

    void throughput(Bench bench) {
        BursarTarget old = filled(bench);
        BenchDatabase fresh = bench.server().create("empty");
        try (BursarTarget empty = BursarTarget.open(fresh, "ours", bench.accounts())) {
            Load.closed(Ratios.IN_FLIGHT, Duration.ZERO, bench.sizes().compiling(), bench.call(empty, Work.UNIFORM));
            afterCheckpoint(bench, old, empty);
            throughput(bench, "P-6", old, empty, Ratios.IN_FLIGHT, Bound.atLeast(0.8, 0.95));
            throughput(bench, "P-6/saturated", old, empty, bench.sizes().saturated(), null);
        }
        bench.server().drop(fresh);
    }

    /**
     * For a while after a checkpoint every page that changes is logged whole, and references are random: with a long
     * history nearly each has a page of its own. What it is then is told here, before that while is waited for.
     */
    private static void afterCheckpoint(Bench bench, BursarTarget old, BursarTarget empty) {
        Sample first = bench.closed(old, Work.UNIFORM, Ratios.IN_FLIGHT);
        Sample beside = bench.closed(empty, Work.UNIFORM, Ratios.IN_FLIGHT);
        String title = "the same in the first seconds after a checkpoint";
        double ratio = first.perSecond() / beside.perSecond();
        bench.report()
                .add(new Figure(
                        "P-6/checkpoint", title, ratio, "x", null, "present: %s | empty: %s".formatted(first, beside)));
        Duration passing = bench.sizes().measured().multipliedBy(CHECKPOINT_PASSES);
        Load.closed(Ratios.IN_FLIGHT, Duration.ZERO, passing, bench.call(old, Work.UNIFORM));
    }

    private static void throughput(
            Bench bench, String id, BursarTarget old, BursarTarget empty, int inFlight, @Nullable Bound bound) {
        Rounds rounds = Rounds.interleaved(
                bench.sizes().rounds(),
                () -> bench.closed(old, Work.UNIFORM, inFlight),
                () -> bench.closed(empty, Work.UNIFORM, inFlight));
        String title = "uniform, %,d in flight, %s present vs empty".formatted(inFlight, rows(bench));
        bench.report()
                .add(new Figure(id, title, rounds.throughputRatio(), "x", bound, rounds.beside("present", "empty")));
    }

    /** Pages of statements, the first and the one after it, and balances at any moment of the year, open loop. */
    void reads(Bench bench) {
        BursarTarget old = filled(bench);
        Load.Call pages = statements(bench, old);
        Load.Call moments = balances(bench, old);
        Load.closed(2, Duration.ZERO, bench.sizes().compiling(), random -> {
            pages.make(random);
            moments.make(random);
        });
        Rounds rounds =
                Rounds.interleaved(bench.sizes().rounds(), () -> read(bench, pages), () -> read(bench, moments));
        double worse = Math.max(
                Rounds.together(rounds.ours()).p99(),
                Rounds.together(rounds.theirs()).p99());
        String title = "reads with %s present, p99, the slower of both".formatted(rows(bench));
        String beside = rounds.beside("statement of %d lines".formatted(LINES), "balance at a time");
        bench.report().add(new Figure("P-7", title, worse, "ms", Bound.atMost(5, 2), beside));
    }

    /** The whole book derived again from its rows, every hash and balance, one round after the other. */
    void verify(Bench bench) {
        BursarTarget old = filled(bench);
        Verifier verifier = new Verifier(old.dataSource());
        double[] rates = new double[bench.sizes().rounds()];
        for (int round = 0; round < rates.length; round++) {
            long begin = System.nanoTime();
            rates[round] = switch (verifier.verify(old.book())) {
                case Verification.Sound sound -> sound.transfers() / ((System.nanoTime() - begin) / 1e9);
                case Verification.Broken broken ->
                    throw new IllegalStateException("a book filled for measuring is broken: " + broken.first());
            };
        }
        String title = "verify of a book of %s".formatted(rows(bench));
        String beside = "rounds: %s"
                .formatted(Arrays.toString(
                        Arrays.stream(rates).mapToLong(Math::round).toArray()));
        Bound bound = Bound.atLeast(300_000, 1_000_000);
        bench.report().add(new Figure("P-8", title, Rounds.median(rates), "transfers/s", bound, beside));
    }

    private record Continued(AccountPath account, String cursor) {}

    private static Load.Call statements(Bench bench, BursarTarget old) {
        Ledger ledger = old.ledger();
        ConcurrentLinkedQueue<Continued> further = new ConcurrentLinkedQueue<>();
        return random -> {
            Continued next = random.nextBoolean() ? further.poll() : null;
            AccountPath account = next == null ? account(bench, random) : next.account();
            Page<StatementLine> page =
                    ledger.statement(old.book(), account, next == null ? null : next.cursor(), LINES);
            String cursor = page.next();
            if (cursor != null) {
                further.add(new Continued(account, cursor));
            }
        };
    }

    private static Load.Call balances(Bench bench, BursarTarget old) {
        return random -> {
            Instant at = Instant.now()
                    .minus(HistoryFill.AGE.multipliedBy(random.nextLong(1_000)).dividedBy(1_000));
            if (old.ledger().balanceAt(old.book(), account(bench, random), at).isEmpty()) {
                throw new IllegalStateException("an account of the history is unknown");
            }
        };
    }

    private static Sample read(Bench bench, Load.Call call) {
        return Load.open(READS_PER_SECOND, bench.sizes().warmUp(), bench.sizes().measured(), call);
    }

    private static AccountPath account(Bench bench, SplittableRandom random) {
        boolean hot = random.nextInt(HOT_READS_SHARE) == 0;
        return BursarTarget.path(
                hot ? bench.accounts().payee() : random.nextInt(bench.accounts().size()));
    }

    /** The book with its history, filled at the first question. */
    private BursarTarget filled(Bench bench) {
        if (full == null) {
            BenchDatabase database = bench.server().create("history");
            Clock opening = Clock.fixed(Instant.now().minus(HistoryFill.AGE).minusSeconds(3_600), ZoneOffset.UTC);
            full = BursarTarget.open(database, "ours", bench.accounts(), opening);
            long begin = System.nanoTime();
            HistoryFill.fill(database, full, bench.accounts(), bench.sizes().rows());
            double seconds = (System.nanoTime() - begin) / 1e9;
            bench.report()
                    .say("  filled %s in %.0f s, %.0f bytes each with their indexes"
                            .formatted(rows(bench), seconds, database.number(SQL.statement("bytes per transfer"))));
        }
        return full;
    }

    private static String rows(Bench bench) {
        return "%,d transfers".formatted(bench.sizes().rows());
    }
}
