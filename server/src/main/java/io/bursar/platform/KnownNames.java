package io.bursar.platform;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of all settings, and what a name that is none of them was probably meant to be. An environment is full of
 * names that are nobody's business here, so such a name counts as ours only when it begins like ours, when it differs
 * from a setting by its number alone, or when it is a slip of the keyboard away from a setting that is not set.
 */
record KnownNames(Collection<String> names) {
    private static final String OWN_PREFIX = "BURSAR_";
    /** What Kubernetes and Docker tell every container about a service of the name "bursar". */
    private static final Pattern SERVICE_LINK = Pattern.compile("BURSAR_(?:SERVICE_(?:HOST|PORT).*|PORT(?:_\\d+_.*)?)");

    private static final Pattern NUMBER = Pattern.compile("\\d+$");
    /** One slip is forgiven per so many characters, so that short names such as PORT resemble nothing. */
    private static final int CHARACTERS_PER_SLIP = 6;

    /** A sentence about a name of the environment; empty when it is known or not ours. */
    Optional<String> problemOf(String name, Map<String, String> given) {
        if (names.contains(name) || SERVICE_LINK.matcher(name).matches()) {
            return Optional.empty();
        }
        Optional<String> meant = nearest(name).filter(known -> !given.containsKey(known));
        return name.startsWith(OWN_PREFIX) || isNumbered(name) || meant.isPresent()
                ? Optional.of(sentence(name, meant))
                : Optional.empty();
    }

    /** A sentence about a name of the settings file, where every name is ours. */
    Optional<String> problemOf(String name) {
        return names.contains(name) ? Optional.empty() : Optional.of(sentence(name, nearest(name)));
    }

    private static String sentence(String name, Optional<String> meant) {
        return name + " is no setting of Bursar ("
                + meant.map(known -> "did you mean " + known + "?").orElse("docs/OPERATING.md lists them") + ")";
    }

    private boolean isNumbered(String name) {
        String stem = NUMBER.matcher(name).replaceFirst("");
        return !stem.equals(name)
                && names.stream()
                        .anyMatch(known -> !stem.equals(known)
                                && stem.equals(NUMBER.matcher(known).replaceFirst("")));
    }

    private Optional<String> nearest(String name) {
        return names.stream()
                .filter(known -> slips(name, known) <= known.length() / CHARACTERS_PER_SLIP)
                .min(Comparator.<String>comparingInt(known -> slips(name, known))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many characters were left out, added, changed or swapped with their neighbour. */
    static int slips(String typed, String meant) {
        int[][] least = new int[typed.length() + 1][meant.length() + 1];
        for (int i = 0; i <= typed.length(); i++) {
            for (int j = 0; j <= meant.length(); j++) {
                least[i][j] = i == 0 || j == 0 ? i + j : least(least, typed, meant, i, j);
            }
        }
        return least[typed.length()][meant.length()];
    }

    private static int least(int[][] least, String typed, String meant, int i, int j) {
        int changed = least[i - 1][j - 1] + (typed.charAt(i - 1) == meant.charAt(j - 1) ? 0 : 1);
        int best = Math.min(changed, Math.min(least[i - 1][j], least[i][j - 1]) + 1);
        boolean swapped = i > 1
                && j > 1
                && typed.charAt(i - 1) == meant.charAt(j - 2)
                && typed.charAt(i - 2) == meant.charAt(j - 1);
        return swapped ? Math.min(best, least[i - 2][j - 2] + 1) : best;
    }
}
