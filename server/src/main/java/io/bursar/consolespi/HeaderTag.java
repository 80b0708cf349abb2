package io.bursar.consolespi;

import java.util.Optional;

/**
 * A tag beside the title of the Today page, such as {@code All books balance}. It states what was really checked: a
 * module with nothing to say, or that could not look, gives none.
 */
public interface HeaderTag {
    enum Tone {
        OK,
        WAIT,
        WARN,
        BAD
    }

    Optional<Tag> tag();

    record Tag(Tone tone, String text, String path) {}
}
