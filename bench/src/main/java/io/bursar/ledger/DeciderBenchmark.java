package io.bursar.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Deciding is package-private, so this stands in its package; it is part of the benchmarks and of nothing shipped. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
public class DeciderBenchmark {
    private static final int ACCOUNTS = 10_000;
    private static final int TRANSFERS = 1_024;
    private static final Unit UNIT = new Unit("USD", 2);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Param({"1", "64", "1024"})
    public int batch;

    private final List<Input> inputs = new ArrayList<>();

    private record Input(Snapshot snapshot, List<Submission> submissions) {}

    /** As many batches as make {@value #TRANSFERS} transfers, so that a figure is always for one transfer. */
    @Setup
    public void prepare() {
        BookId book = new BookId(UUID.randomUUID());
        UuidV7 ids = new UuidV7(Clock.systemUTC());
        SplittableRandom random = new SplittableRandom(1);
        for (int from = 0; from < TRANSFERS; from += batch) {
            Map<AccountKey, AccountState> accounts = new HashMap<>();
            List<Submission> submissions = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                int debit = random.nextInt(ACCOUNTS);
                int credit = (debit + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
                submissions.add(Submission.of(posting(book, debit, credit, ids.next()), ids));
                accounts.computeIfAbsent(key(book, debit), DeciderBenchmark::account);
                accounts.computeIfAbsent(key(book, credit), DeciderBenchmark::account);
            }
            inputs.add(new Input(new Snapshot(accounts, Map.of(), Map.of(), Map.of()), submissions));
        }
    }

    @Benchmark
    @OperationsPerInvocation(TRANSFERS)
    public int decide() {
        int rows = 0;
        for (Input input : inputs) {
            rows += Decider.decide(input.snapshot(), input.submissions(), NOW)
                    .rows()
                    .size();
        }
        Check.invariant(rows == TRANSFERS, rows + " rows of " + TRANSFERS);
        return rows;
    }

    private static Posting posting(BookId book, int debit, int credit, UUID reference) {
        Leg leg = new Leg.Move(path(debit), path(credit), 1, UNIT);
        return Posting.of(book, reference.toString(), "bench", "", leg);
    }

    private static AccountKey key(BookId book, int number) {
        return new AccountKey(book, path(number));
    }

    private static AccountPath path(int number) {
        return AccountPath.of("customer/" + number + "/wallet");
    }

    private static AccountState account(AccountKey key) {
        return new AccountState(
                key,
                UUID.randomUUID(),
                UNIT,
                AccountKind.single(),
                Policy.floor(-1_000_000),
                AccountState.Bars.NONE,
                Sums.ZERO,
                0,
                NOW,
                Hash.ZERO);
    }
}
