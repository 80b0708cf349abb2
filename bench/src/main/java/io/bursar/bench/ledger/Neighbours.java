package io.bursar.bench.ledger;

import io.bursar.bench.ledger.Figure.Bound;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What callers cost each other: in one batch, between nodes and books, beside a lock that a stranger holds. */
final class Neighbours {
    private static final SqlFile SQL = SqlFile.of("measure/ledger.sql");
    private static final int SINGLES_PER_SECOND = 200;
    private static final int OTHERS_PER_SECOND = 500;
    private static final Duration HELD_FOR = Duration.ofSeconds(2);
    private static final int BULK = 10_000;
    private static final int HELD = 0;
    private static final int WAITING_FOR_HELD = 4;

    private Neighbours() {}

    /** A caller waits for the batch on its way and then for its own, so little more than two batch times. */
    static void hotTail(Bench bench) {
        bench.server().settle();
        BatchTimes times = new BatchTimes();
        BursarTarget bursar = bench.bursar().observed(times);
        List<Sample> samples = new ArrayList<>();
        double[] ratios = new double[bench.sizes().rounds()];
        double[] batches = new double[ratios.length];
        bench.closed(bursar, Work.HOT_PAYEE, Ratios.IN_FLIGHT);
        for (int round = 0; round < ratios.length; round++) {
            times.reset();
            Sample sample = bench.closed(bursar, Work.HOT_PAYEE, Ratios.IN_FLIGHT);
            batches[round] = times.medianMilliseconds();
            ratios[round] = sample.p99() / batches[round];
            samples.add(sample);
        }
        String beside = "%s, median batch %.2f ms".formatted(Rounds.together(samples), Rounds.median(batches));
        bench.report()
                .add(new Figure(
                        "hot-tail",
                        "hot payee, 64 in flight: p99 / median batch time",
                        Rounds.median(ratios),
                        "x",
                        Bound.atMost(3, 2),
                        beside));
    }

    /** Each node has its own callers; the account row is all that they share. */
    static void twoNodes(Bench bench) {
        BursarTarget one = bench.bursar();
        BursarTarget other = bench.node("ours");
        Load.Call both =
                random -> (random.nextBoolean() ? one : other).transfer(Work.HOT_PAYEE.next(bench.accounts(), random));
        twoNodes(bench, "two-nodes", both, 2 * Ratios.IN_FLIGHT, Bound.atLeast(0.7, 1));
        twoNodes(bench, "two-nodes/shared", both, Ratios.IN_FLIGHT, null);
    }

    private static void twoNodes(Bench bench, String id, Load.Call both, int inFlight, @Nullable Bound bound) {
        Rounds rounds = Rounds.interleaved(
                bench.sizes().rounds(),
                () -> Load.closed(
                        inFlight, bench.sizes().warmUp(), bench.sizes().measured(), both),
                () -> bench.closed(bench.bursar(), Work.HOT_PAYEE, Ratios.IN_FLIGHT));
        String title = "hot payee, two nodes with %d in flight, vs one with 64".formatted(inFlight);
        bench.report()
                .add(new Figure(
                        id, title, rounds.throughputRatio(), "x", bound, rounds.beside("two nodes", "one node")));
    }

    static void bulkNextDoor(Bench bench) {
        BursarTarget busy = bench.bursar();
        bench.server().settle();
        BursarTarget quiet = busy.sameNode("quiet", bench.accounts());
        Rounds rounds = Rounds.interleaved(
                bench.sizes().rounds(),
                () -> during(
                        random -> busy.bulk(Stream.generate(() -> Work.UNIFORM.next(bench.accounts(), random))
                                .limit(BULK)
                                .toList()),
                        1,
                        () -> bench.open(quiet, Work.UNIFORM, SINGLES_PER_SECOND)),
                () -> bench.open(quiet, Work.UNIFORM, SINGLES_PER_SECOND));
        bench.report()
                .add(new Figure(
                        "bulk-next-door",
                        "p99 of single posts during a bulk of 10,000 in another book",
                        rounds.ratio(Sample::p99),
                        "x",
                        Bound.atMost(3, 1.5),
                        rounds.beside("during", "without")));
    }

    /** Some callers want the account that the stranger holds; everybody else is measured. */
    static void strangersLock(Bench bench) {
        BursarTarget bursar = bench.bursar();
        bench.server().settle();
        Load.Call others = random -> bursar.transfer(Move.between(
                1 + random.nextInt(bench.accounts().size() / 2 - 1),
                bench.accounts().size() / 2 + random.nextInt(bench.accounts().size() / 2),
                false,
                random));
        Load.Call waiting = random -> bursar.transfer(
                Move.between(HELD, 1 + random.nextInt(bench.accounts().size() - 1), false, random));
        Rounds rounds = Rounds.interleaved(
                bench.sizes().rounds(),
                () -> during(waiting, WAITING_FOR_HELD, () -> held(bursar, bench, others)),
                () -> others(others));
        bench.report()
                .add(new Figure(
                        "strangers-lock",
                        "p99 of other accounts while a row is held for 2 s",
                        rounds.ratio(Sample::p99),
                        "x",
                        Bound.atMost(2, 1.2),
                        rounds.beside("during", "without")));
    }

    private static Sample held(BursarTarget bursar, Bench bench, Load.Call others) {
        try (Connection stranger = bench.database().connect();
                PreparedStatement hold = stranger.prepareStatement(SQL.statement("hold account"))) {
            stranger.setAutoCommit(false);
            hold.setObject(1, bursar.book().value());
            hold.setString(2, BursarTarget.path(HELD).value());
            hold.execute();
            Sample sample = others(others);
            stranger.rollback();
            return sample;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Sample others(Load.Call others) {
        return Load.open(OTHERS_PER_SECOND, Duration.ZERO, HELD_FOR, others);
    }

    /** Measures while callers in the background repeat a call; they have ended before this answers. */
    private static Sample during(Load.Call call, int callers, Supplier<Sample> measurement) {
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> background = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                background.add(threads.submit(() -> {
                    SplittableRandom random = new SplittableRandom();
                    while (!over.get()) {
                        call.make(random);
                    }
                    return over;
                }));
            }
            Sample sample = measurement.get();
            over.set(true);
            for (Future<?> caller : background) {
                caller.get();
            }
            return sample;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a call in the background failed: " + failed.getMessage(), failed);
        } finally {
            over.set(true);
        }
    }
}
