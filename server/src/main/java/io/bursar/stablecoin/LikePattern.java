package io.bursar.stablecoin;

/** Somebody's words as a pattern for LIKE, in which none of them is a wildcard. */
final class LikePattern {
    private LikePattern() {}

    static String containing(String words) {
        return "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
