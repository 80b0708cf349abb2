package io.bursar.sandbox.evm;

import java.util.Arrays;
import java.util.List;

/** One line of the chain's file. */
sealed interface ChainRecord {

    String line();

    static ChainRecord parse(String line) {
        var words = line.split(" ", -1);
        return switch (words[0]) {
            case "genesis" -> new Genesis(number(words, 1), number(words, 2), Hash32.of(words[3]));
            case "idle" ->
                new Idle(number(words, 1), number(words, 2), Math.toIntExact(number(words, 3)), number(words, 4));
            case "block" ->
                new Full(
                        number(words, 1),
                        number(words, 2),
                        Math.toIntExact(number(words, 3)),
                        List.copyOf(Arrays.asList(words).subList(4, words.length)));
            case "rewind" -> new Rewind(number(words, 1), Math.toIntExact(number(words, 2)));
            default -> throw new IllegalArgumentException("record: " + words[0] + " (expected: genesis, idle, …)");
        };
    }

    private static long number(String[] words, int index) {
        return Long.parseLong(words[index]);
    }

    record Genesis(long chainId, long timestamp, Hash32 seed) implements ChainRecord {
        @Override
        public String line() {
            return "genesis " + chainId + " " + timestamp + " " + seed;
        }
    }

    /** The count has a fixed width, because it is the one thing ever overwritten: the last line's, in place. */
    record Idle(long first, long timestamp, int fork, long count) implements ChainRecord {
        static final int COUNT_DIGITS = 12;

        @Override
        public String line() {
            return "idle " + first + " " + timestamp + " " + fork + " " + countText(count);
        }

        static String countText(long count) {
            return String.format("%0" + COUNT_DIGITS + "d", count);
        }
    }

    record Full(long number, long timestamp, int fork, List<String> transactions) implements ChainRecord {
        @Override
        public String line() {
            return "block " + number + " " + timestamp + " " + fork + " " + String.join(" ", transactions);
        }
    }

    /** Blocks after {@code keep} were reorganised away; what follows belongs to the new fork. */
    record Rewind(long keep, int fork) implements ChainRecord {
        @Override
        public String line() {
            return "rewind " + keep + " " + fork;
        }
    }
}
