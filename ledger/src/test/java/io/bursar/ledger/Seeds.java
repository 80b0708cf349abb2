package io.bursar.ledger;

import java.util.concurrent.ThreadLocalRandom;

/** Where random tests get their seed: printed, and given back by {@code -Dseed=…} to see the same run again. */
final class Seeds {
    private Seeds() {}

    static long next() {
        long seed = Long.getLong("seed", ThreadLocalRandom.current().nextInt(1_000_000_000));
        System.out.println("seed " + seed + " (again with -Dseed=" + seed + ")");
        return seed;
    }

    /** The command that runs a test again with this seed. */
    static String replay(String test, long seed) {
        return "./bursar test -pl ledger -Dtest=" + test + " -Dseed=" + seed;
    }
}
