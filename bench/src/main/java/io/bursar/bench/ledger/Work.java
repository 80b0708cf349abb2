package io.bursar.bench.ledger;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** Which accounts the transfers of a measurement go between. */
enum Work {
    UNIFORM("uniform") {
        @Override
        Move next(Population accounts, RandomGenerator random) {
            int from = random.nextInt(accounts.size());
            int to = accounts.other(from, random.nextInt(accounts.size()));
            return Move.between(from, to, false, random);
        }
    },
    ZIPF("zipf 1.0") {
        @Override
        Move next(Population accounts, RandomGenerator random) {
            int from = accounts.popular(random);
            int to = accounts.other(from, accounts.popular(random));
            return Move.between(from, to, false, random);
        }
    },
    HOT_PAYEE("hot payee") {
        @Override
        Move next(Population accounts, RandomGenerator random) {
            return Move.between(random.nextInt(accounts.size()), accounts.payee(), false, random);
        }
    },
    HOT_PAYER("hot payer, floor 0") {
        @Override
        Move next(Population accounts, RandomGenerator random) {
            return Move.between(accounts.payer(), random.nextInt(accounts.size()), false, random);
        }
    },
    HOLD_AND_CAPTURE("hold + capture") {
        @Override
        Move next(Population accounts, RandomGenerator random) {
            int from = random.nextInt(accounts.size());
            int to = accounts.other(from, random.nextInt(accounts.size()));
            return Move.between(from, to, true, random);
        }
    };

    private final String title;

    Work(String title) {
        this.title = title;
    }

    abstract Move next(Population accounts, RandomGenerator random);

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String title() {
        return title;
    }
}
