package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Account.Direction;
import io.bursar.ledger.Outcome.OutcomeUnknown;
import io.bursar.ledger.Programs.Act;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Two nodes on one database whose connections break by seed, and clients that ask again until they are answered, now
 * and then although they were.
 */
final class Simulator implements AutoCloseable {
    private static final int ONE_STATEMENT_BREAKS_IN = 60;
    private static final int THREADS = 8;
    private static final String ACTOR = "program";

    final BookId book;
    final FaultyDataSource faults;
    private final DataSource dataSource = TestPostgres.shared();
    private final Ticking clock = new Ticking();
    private final List<Ledger> nodes;
    private final Ledger sound;

    Simulator(Random random) {
        faults = new FaultyDataSource(dataSource, new Random(random.nextLong()), ONE_STATEMENT_BREAKS_IN);
        nodes = List.of(Ledger.open(faults.source(), clock), Ledger.open(faults.source(), clock));
        sound = Ledger.open(dataSource, clock);
        book = sound.openBook("simulation " + UUID.randomUUID());
        assertThat(sound.openAccounts(book, Programs.ACCOUNTS, "test", "simulation"))
                .allMatch(AccountOpening.Opened.class::isInstance);
    }

    /** Runs a program in order and compares every answer with the model's. */
    void runInOrder(List<Act> program, Random random) {
        Model model = new Model(Programs.ACCOUNTS);
        LotNames names = new LotNames();
        for (Act act : program) {
            switch (act) {
                case Act.Post(Posting posting) -> {
                    Instant now = clock.tick();
                    String expected = model.post(posting, now);
                    String answered = names.words(answer(names.real(posting), random));
                    assertThat(plain(answered)).as("%s", posting).isEqualTo(plain(expected));
                }
                case Act.Wait(Duration duration) -> clock.advance(duration);
                case Act.Bar(AccountPath account, AccountState.Bars bars) ->
                    assertThat(bar(account, bars, random)).as("%s", act).isEqualTo(model.bar(account, bars));
                case Act.ClosePeriod(LocalDate through) -> close(through, model.close(through), random);
            }
        }
        assertThat(sums(names)).isEqualTo(model.sums());
    }

    Outcome answer(Posting posting, Random random) {
        Outcome outcome = ask(node -> node.submit(posting), random);
        return outcome instanceof OutcomeUnknown ? answer(posting, random) : outcome;
    }

    /** Asks any node until one answers, and sometimes once more. */
    private <T> T ask(Function<Ledger, T> question, Random random) {
        while (true) {
            try {
                T answer = question.apply(nodes.get(random.nextInt(nodes.size())));
                if (random.nextInt(20) > 0) {
                    return answer;
                }
            } catch (LedgerUnavailableException away) {
                // Asked again.
            }
        }
    }

    /** Whether the account is barred like that now and may be changed at all. */
    private boolean bar(AccountPath path, AccountState.Bars bars, Random random) {
        if (bars.closed()) {
            boolean wasOpen =
                    sound.account(book, path).map(account -> !account.closed()).orElse(false);
            AccountChange change = ask(node -> node.closeAccount(book, path, ACTOR, "program"), random);
            return wasOpen && isDone(change);
        }
        EnumSet<Direction> frozen = EnumSet.noneOf(Direction.class);
        if (bars.debitsFrozen()) {
            frozen.add(Direction.DEBITS);
        }
        if (bars.creditsFrozen()) {
            frozen.add(Direction.CREDITS);
        }
        Set<Direction> thawed = EnumSet.complementOf(frozen);
        boolean known =
                sound.account(book, path).map(account -> !account.closed()).orElse(false);
        AccountChange thaw = ask(node -> node.unfreeze(book, path, thawed, ACTOR, "program"), random);
        AccountChange freeze = ask(node -> node.freeze(book, path, frozen, ACTOR, "program"), random);
        return known && isDone(thaw) && isDone(freeze);
    }

    private static boolean isDone(AccountChange change) {
        return change instanceof AccountChange.Changed || change instanceof AccountChange.Unchanged;
    }

    private void close(LocalDate through, boolean possible, Random random) {
        PeriodClosing closing = ask(node -> node.closePeriod(book, through, ACTOR, "program"), random);
        assertThat(closing)
                .isInstanceOfAny(
                        PeriodClosing.ClosedBefore.class,
                        possible ? PeriodClosing.Closed.class : PeriodClosing.ClosedBefore.class);
        assertThat(sound.periods(book, null, 1).items().getFirst().through()).isAfterOrEqualTo(through);
    }

    /** Nothing is out of joint, whoever looks at the rows. */
    void check() {
        try {
            RowSums.agree(dataSource, book);
            assertThat(ChainCheck.rederive(dataSource, book)).isNotNegative();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThat(new Verifier(dataSource).verify(book)).isInstanceOf(Verification.Sound.class);
        for (Account account : accounts()) {
            long balance = account.balance();
            List<StatementLine> lines =
                    sound.statement(book, account.path(), null, Page.LIMIT_MAX).items();
            for (StatementLine line : lines) {
                assertThat(line.balance()).as("of %s", account.path()).isEqualTo(balance);
                balance -= line.change();
            }
            assertThat(lines.isEmpty() || balance == 0).isTrue();
        }
    }

    /** Many threads post a program, each its share, and all of them some of it; what was answered, by reference. */
    Map<Reference, String> runAtOnce(List<Posting> program, Random random) {
        Map<Reference, String> answers = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random own = new Random(random.nextLong());
                int first = thread;
                running.add(threads.submit(() -> {
                    for (int step = 0; step < program.size(); step++) {
                        if (step % THREADS == first || own.nextInt(THREADS) == 0) {
                            clock.tick();
                            Posting posting = program.get(step);
                            Outcome outcome = answer(posting, own);
                            if (outcome instanceof Outcome.Posted || outcome instanceof Outcome.Duplicate) {
                                String told = plain(new LotNames().words(outcome));
                                String before = answers.putIfAbsent(posting.reference(), told);
                                assertThat(told).isEqualTo(before == null ? told : before);
                            }
                        }
                    }
                }));
            }
            for (Future<?> thread : running) {
                assertThat(thread).succeedsWithin(Duration.ofMinutes(2));
            }
        }
        return answers;
    }

    @Override
    public void close() {
        nodes.forEach(Ledger::close);
        sound.close();
    }

    DataSource dataSource() {
        return dataSource;
    }

    private List<Account> accounts() {
        String sql = "SELECT path FROM ledger.account WHERE book = ?";
        List<String> paths = Sql.read(
                dataSource, connection -> Sql.query(connection, sql, row -> row.getString("path"), book.value()));
        return paths.stream()
                .map(path -> sound.account(book, new AccountPath(path)).orElseThrow())
                .toList();
    }

    Map<AccountPath, Sums> sums(LotNames names) {
        Map<AccountPath, Sums> sums = new HashMap<>();
        for (Account account : accounts()) {
            AccountPath path = names.numbered(account.path());
            sums.put(path, new Sums(account.balance(), account.pendingDebits(), account.pendingCredits()));
        }
        return sums;
    }

    /** Who asks again because an answer was lost is told of a duplicate, where the model answers at once. */
    private static String plain(String words) {
        return words.replaceFirst("^duplicate of ", "");
    }

    /** Moves a little for every posting, so that ids are in order whichever node makes them. */
    private static final class Ticking extends Clock {
        private final AtomicReference<Instant> now = new AtomicReference<>(Programs.START);

        Instant tick() {
            return now.updateAndGet(instant -> instant.plusMillis(1));
        }

        void advance(Duration duration) {
            now.updateAndGet(instant -> instant.plus(duration));
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
