package io.bursar.stablecoin;

/** One line of somebody's words, as it may be stored and shown. */
final class PlainText {
    private PlainText() {}

    /** Not blank, not too long, and without control characters, of which the database refuses some. */
    static boolean fits(String text, int lengthMax) {
        return !text.isBlank() && text.length() <= lengthMax && text.chars().noneMatch(Character::isISOControl);
    }
}
