package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.OutcomeUnknown;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Many threads that post random transfers between fifty accounts, now and then one that another thread posts as well.
 * It remembers what was acknowledged and what was left without an answer.
 */
final class RandomLoad {
    static final int ACCOUNTS = 50;
    private static final int THREADS = 64;
    private static final int AMOUNT_MAX = 200;

    final LedgerFixture books;
    final Map<Reference, Posted> acknowledged = new ConcurrentHashMap<>();
    final Queue<Posting> unanswered = new ConcurrentLinkedQueue<>();
    final AtomicInteger rejected = new AtomicInteger();
    final AtomicInteger answered = new AtomicInteger();
    private final List<AccountPath> wallets;
    private final long seed;

    RandomLoad(LedgerFixture books, long seed) {
        this.books = books;
        this.seed = seed;
        wallets = IntStream.range(0, ACCOUNTS)
                .mapToObj(number -> books.wallet("wallet/" + number))
                .toList();
        for (AccountPath wallet : wallets) {
            remember(books.posting("start/" + wallet, books.deposit(wallet, 1_000)));
        }
    }

    /** Starts the threads; each posts so many times. */
    List<Future<?>> start(ExecutorService executor, int postingsPerThread) {
        List<Future<?>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(seed + thread);
            String prefix = "load/" + thread + "/";
            threads.add(executor.submit(() -> {
                for (int number = 0; number < postingsPerThread && !Thread.interrupted(); number++) {
                    remember(random.nextInt(10) == 0 ? shared(random.nextInt(40)) : random(prefix + number, random));
                }
            }));
        }
        return threads;
    }

    static ExecutorService threads() {
        return Executors.newFixedThreadPool(THREADS);
    }

    void remember(Posting posting) {
        try {
            switch (books.ledger.submit(posting)) {
                case Posted posted -> acknowledge(posted);
                case Duplicate(Posted original) -> acknowledge(original);
                case Rejected _ -> rejected.incrementAndGet();
                case OutcomeUnknown _ -> unanswered.add(posting);
            }
        } catch (LedgerUnavailableException unavailable) {
            unanswered.add(posting);
        }
        answered.incrementAndGet();
    }

    /** All that was promised is there, once, and nothing else is out of joint. */
    void check() throws Exception {
        acknowledged.forEach((reference, posted) -> {
            List<Transfer> transfers = books.ledger.posting(books.book, reference);
            assertThat(transfers)
                    .extracting(transfer -> new Outcome.PostedLeg(
                            transfer.id(),
                            transfer.leg(),
                            transfer.kind(),
                            transfer.amount(),
                            transfer.debit(),
                            transfer.credit()))
                    .isEqualTo(posted.legs());
        });
        RowSums.agree(books.dataSource, books.book);
        assertThat(ChainCheck.rederive(books.dataSource, books.book)).isPositive();
        assertThat(books.ledger.trialBalance(books.book)).allMatch(TrialBalance::balanced);
    }

    /** Everybody who is told about one posting is told the same. */
    private void acknowledge(Posted posted) {
        Posted before = acknowledged.putIfAbsent(posted.reference(), posted);
        assertThat(before).isIn(null, posted);
    }

    /** A posting that several threads make, always with the same content. */
    private Posting shared(int number) {
        return random("shared/" + number, new Random(seed ^ number));
    }

    private Posting random(String reference, Random random) {
        AccountPath from = wallets.get(random.nextInt(ACCOUNTS));
        AccountPath to = wallets.get((wallets.indexOf(from) + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS);
        Leg first = LedgerFixture.move(from, to, 1 + random.nextInt(AMOUNT_MAX));
        return random.nextInt(5) == 0
                ? books.posting(reference, first, LedgerFixture.move(to, from, 1 + random.nextInt(AMOUNT_MAX)))
                : books.posting(reference, first);
    }
}
