package io.bursar.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random programs over a few accounts and references, so few that everything collides with everything. */
final class Programs {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final AccountPath WALLET = AccountPath.of("wallet");
    static final AccountPath WALLET_OWED = AccountPath.of("wallet-owed");
    static final List<AccountSpec> ACCOUNTS = accounts();

    private static final Unit POINTS = new Unit("PTS", 0);
    private static final int REFERENCES = 80;
    private static final int AMOUNT_MAX = 40;
    private static final long VAST = Long.MAX_VALUE / 3;

    /** Accounts that a program names; debts are only ever made by forced corrections. */
    private static final List<AccountPath> NAMED = ACCOUNTS.stream()
            .map(AccountSpec::path)
            .filter(path -> !path.value().endsWith("owed"))
            .toList();

    /** What a program does. */
    sealed interface Act {
        record Post(Posting posting) implements Act {}

        record Wait(Duration duration) implements Act {}

        /** Freezes or thaws; closes only what is empty. */
        record Bar(AccountPath account, AccountState.Bars bars) implements Act {}

        record ClosePeriod(LocalDate through) implements Act {}
    }

    private final BookId book;
    private final Random random;
    private Instant now = START;

    private Programs(BookId book, Random random) {
        this.book = book;
        this.random = random;
    }

    /** Checks a property for many seeds and says how to see it fail again. */
    static void forAll(int times, String test, Consumer<Random> property) {
        long first = Seeds.next();
        for (int time = 0; time < times; time++) {
            long seed = first + time;
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("does not hold; again: " + Seeds.replay(test, seed), broken);
            }
        }
    }

    /** A program that also freezes and closes accounts and closes periods. */
    static List<Act> random(BookId book, Random random, int length) {
        Programs program = new Programs(book, random);
        List<Act> acts = new ArrayList<>();
        List<Posting> posted = new ArrayList<>();
        while (acts.size() < length) {
            Act act = program.act(posted);
            acts.add(act);
            if (act instanceof Act.Post(Posting posting)) {
                posted.add(posting);
            }
        }
        return acts;
    }

    private Act act(List<Posting> posted) {
        int dice = random.nextInt(100);
        if (dice < 8) {
            Duration waited = Duration.ofMinutes(1 + random.nextInt(30));
            now = now.plus(waited);
            return new Act.Wait(waited);
        }
        if (dice < 14) {
            return new Act.Bar(named(), bars());
        }
        if (dice == 14 && random.nextInt(4) == 0) {
            return new Act.ClosePeriod(today().minusDays(1 + random.nextInt(3)));
        }
        boolean repeat = dice < 28 && !posted.isEmpty();
        return new Act.Post(repeat ? posted.get(random.nextInt(posted.size())) : posting());
    }

    /** Mostly none, so that programs get on. */
    private AccountState.Bars bars() {
        return switch (random.nextInt(6)) {
            case 0 -> new AccountState.Bars(true, false, false);
            case 1 -> new AccountState.Bars(false, true, false);
            case 2 -> new AccountState.Bars(false, false, true);
            default -> AccountState.Bars.NONE;
        };
    }

    private Posting posting() {
        List<Leg> legs = new ArrayList<>();
        do {
            legs.add(leg());
        } while (random.nextInt(4) == 0);
        LocalDate effective = random.nextInt(6) == 0 ? today().minusDays(random.nextInt(5)) : null;
        Posting.LateDate late = random.nextBoolean() ? Posting.LateDate.REFUSE : Posting.LateDate.REDATE;
        return new Posting(book, reference(), legs, effective, late, "", "program");
    }

    private Leg leg() {
        AccountPath debit = named();
        AccountPath credit = named();
        while (credit.equals(debit)) {
            credit = named();
        }
        Reference earlier = reference();
        int part = random.nextInt(3) / 2;
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> new Leg.Move(debit, credit, amount(), unit());
            case 3 -> new Leg.Move(AccountPath.of("bank"), debit.value().equals("bank") ? WALLET : debit, 40, usd());
            case 4, 5 -> new Leg.Grant(AccountPath.of("bank"), lotsOrAny(), amount(), usd(), terms());
            case 6, 7, 8 -> new Leg.Pend(debit, credit, amount(), unit(), expiry());
            case 9, 10 -> new Leg.Commit(earlier, part, some());
            case 11 -> new Leg.Release(earlier, part, some());
            case 12 -> new Leg.Expire(earlier, part);
            case 13, 14, 15 -> new Leg.Reverse(earlier, part, some(), random.nextInt(3) == 0);
            case 16, 17 -> new Leg.Force(debit, credit, amount(), unit());
            case 18 -> new Leg.Lapse(LotNames.numbered(lots(), 1 + random.nextInt(8)));
            default -> new Leg.Move(AccountPath.of("deep"), AccountPath.of("vast"), VAST, usd());
        };
    }

    private AccountPath named() {
        return switch (random.nextInt(40)) {
            case 0 -> AccountPath.of("nobody");
            case 1, 2 -> LotNames.numbered(lots(), 1 + random.nextInt(8));
            default -> NAMED.get(random.nextInt(NAMED.size()));
        };
    }

    private AccountPath lots() {
        return AccountPath.of(random.nextBoolean() ? "points" : "unclaimed");
    }

    private AccountPath lotsOrAny() {
        AccountPath any = named();
        return random.nextInt(10) == 0 && !any.value().equals("bank") ? any : lots();
    }

    private LotTerms terms() {
        return new LotTerms("sale/" + random.nextInt(3), expiry());
    }

    private @Nullable Instant expiry() {
        return random.nextInt(3) == 0 ? null : now.plus(Duration.ofMinutes(10L * random.nextInt(7)));
    }

    private @Nullable Long some() {
        return random.nextBoolean() ? null : Long.valueOf(amount());
    }

    private long amount() {
        return 1L + random.nextInt(AMOUNT_MAX);
    }

    private Unit unit() {
        return random.nextInt(60) == 0 ? POINTS : usd();
    }

    private static Unit usd() {
        return LedgerFixture.USD;
    }

    private Reference reference() {
        return new Reference("fact/" + random.nextInt(REFERENCES));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private static List<AccountSpec> accounts() {
        AccountPath lapsed = AccountPath.of("lapsed");
        AccountPath pointsOwed = AccountPath.of("points-owed");
        List<AccountSpec> accounts = new ArrayList<>(IntStream.range(0, 3)
                .mapToObj(number ->
                        AccountSpec.withoutFloor(List.of("bank", "deep", "vast").get(number), usd()))
                .toList());
        accounts.add(AccountSpec.withoutFloor(WALLET_OWED.value(), usd()));
        accounts.add(AccountSpec.withoutFloor(pointsOwed.value(), usd()));
        accounts.add(AccountSpec.of(lapsed.value(), usd()));
        accounts.add(AccountSpec.of(WALLET.value(), usd()).owing(WALLET_OWED));
        accounts.add(new AccountSpec(AccountPath.of("credit"), usd(), Policy.floor(-50)));
        accounts.add(new AccountSpec(AccountPath.of("small"), usd(), Policy.between(0, 60)));
        accounts.add(new AccountSpec(AccountPath.of("till"), usd(), new Policy(null, 100L)));
        AccountKind lots = new AccountKind.OfLots(lapsed, pointsOwed);
        accounts.add(new AccountSpec(AccountPath.of("points"), usd(), Policy.between(0, 150), lots));
        accounts.add(AccountSpec.ofLots("unclaimed", usd(), lapsed.value()));
        return List.copyOf(accounts);
    }
}
