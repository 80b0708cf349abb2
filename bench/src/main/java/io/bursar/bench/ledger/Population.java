package io.bursar.bench.ledger;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The accounts by number: {@code size} ordinary ones, then the hot payee and the hot payer. Popular accounts are drawn
 * by Zipf's law with exponent 1.
 */
final class Population {
    private final double[] cumulative;

    Population(int size) {
        cumulative = new double[size];
        double sum = 0;
        for (int rank = 0; rank < size; rank++) {
            sum += 1.0 / (rank + 1);
            cumulative[rank] = sum;
        }
    }

    int size() {
        return cumulative.length;
    }

    int payee() {
        return size();
    }

    int payer() {
        return size() + 1;
    }

    int withHotOnes() {
        return size() + 2;
    }

    int popular(RandomGenerator random) {
        int found = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[size() - 1]);
        return Math.min(found < 0 ? -found - 1 : found, size() - 1);
    }

    /** The account drawn, or its neighbour when it would be its own counterpart. */
    int other(int than, int drawn) {
        return drawn == than ? (drawn + 1) % size() : drawn;
    }
}
