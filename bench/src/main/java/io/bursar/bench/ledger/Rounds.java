package io.bursar.bench.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Two things measured in turn, one pair after the other, so that a slower minute of the machine slows both. */
record Rounds(List<Sample> ours, List<Sample> theirs) {

    /** One pair that is thrown away, then the counted ones. */
    static Rounds interleaved(int rounds, Supplier<Sample> ours, Supplier<Sample> theirs) {
        List<Sample> left = new ArrayList<>();
        List<Sample> right = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            left.add(ours.get());
            right.add(theirs.get());
        }
        left.removeFirst();
        right.removeFirst();
        return new Rounds(left, right);
    }

    /** The median over the rounds of ours divided by theirs. */
    double ratio(ToDoubleFunction<Sample> figure) {
        double[] ratios = new double[ours.size()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = figure.applyAsDouble(ours.get(round)) / figure.applyAsDouble(theirs.get(round));
        }
        return median(ratios);
    }

    double throughputRatio() {
        return ratio(Sample::perSecond);
    }

    /** Absolute figures of all rounds together, for the line beside the ratio. */
    String beside(String our, String their) {
        return String.format(Locale.ROOT, "%s: %s | %s: %s", our, together(ours), their, together(theirs));
    }

    static Sample together(List<Sample> samples) {
        return samples.stream().reduce(Sample::plus).orElseThrow();
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
