package io.bursar.ledger;

import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.OutcomeUnknown;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Random programs of postings over a few accounts, small enough that everything collides with everything. */
final class Programs {
    static final Map<AccountPath, Policy> ACCOUNTS = accounts();
    private static final AccountPath NOBODY = AccountPath.of("nobody");
    private static final int REFERENCES = 60;
    private static final int AMOUNT_MAX = 40;

    private Programs() {}

    /** Checks a property for many seeds and says with which one it does not hold. */
    static void forAll(int times, Consumer<Random> property) {
        Random seeds = new Random(Seeds.next());
        for (int time = 0; time < times; time++) {
            long seed = seeds.nextLong();
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("does not hold for case " + time + " (case seed " + seed + ")", broken);
            }
        }
    }

    static List<Posting> random(BookId book, Random random, int length) {
        List<Posting> program = new ArrayList<>();
        for (int step = 0; step < length; step++) {
            boolean repeat = !program.isEmpty() && random.nextInt(8) == 0;
            program.add(repeat ? program.get(random.nextInt(program.size())) : posting(book, random));
        }
        return program;
    }

    static String words(Outcome outcome) {
        return switch (outcome) {
            case Posted posted -> balances(posted);
            case Duplicate(Posted original) -> "duplicate of " + balances(original);
            case Rejected rejected -> rejected.reason().name();
            case OutcomeUnknown unknown -> unknown.toString();
        };
    }

    private static String balances(Posted posted) {
        return posted.legs().stream()
                .map(leg -> leg.debit().account() + "=" + leg.debit().balance() + " "
                        + leg.credit().account() + "=" + leg.credit().balance())
                .toList()
                .toString();
    }

    private static Posting posting(BookId book, Random random) {
        List<Leg> legs = new ArrayList<>();
        do {
            legs.add(leg(random));
        } while (random.nextInt(4) == 0);
        return Posting.of(book, reference(random), "program", "", legs.toArray(Leg[]::new));
    }

    private static Leg leg(Random random) {
        long amount = 1L + random.nextInt(AMOUNT_MAX);
        AccountPath debit = account(random);
        AccountPath credit = account(random);
        while (credit.equals(debit)) {
            credit = account(random);
        }
        Reference pending = new Reference(reference(random));
        return switch (random.nextInt(7)) {
            case 0, 1, 2 -> new Leg.Move(debit, credit, amount, LedgerFixture.USD);
            case 3, 4 -> new Leg.Pend(debit, credit, amount, LedgerFixture.USD);
            case 5 -> new Leg.Commit(pending, random.nextInt(2));
            default -> new Leg.Release(pending, random.nextInt(2));
        };
    }

    private static String reference(Random random) {
        return "fact/" + random.nextInt(REFERENCES);
    }

    private static AccountPath account(Random random) {
        List<AccountPath> paths = List.copyOf(ACCOUNTS.keySet());
        return random.nextInt(50) == 0 ? NOBODY : paths.get(random.nextInt(paths.size()));
    }

    private static Map<AccountPath, Policy> accounts() {
        Map<AccountPath, Policy> accounts = new LinkedHashMap<>();
        accounts.put(AccountPath.of("bank"), Policy.NO_FLOOR);
        accounts.put(AccountPath.of("wallet"), Policy.FLOOR_ZERO);
        accounts.put(AccountPath.of("credit"), Policy.floor(-50));
        accounts.put(AccountPath.of("small"), Policy.between(0, 60));
        accounts.put(AccountPath.of("till"), new Policy(null, 100L));
        return accounts;
    }
}
