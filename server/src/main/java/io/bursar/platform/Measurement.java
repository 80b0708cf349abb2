package io.bursar.platform;

/**
 * Something about the product that only the database knows, such as how much waits in a queue. Every bean of this type
 * is asked every few seconds and not by whoever looks at the metrics, so that looking never waits for the database.
 *
 * @param name as metrics have it, {@code bursar.inbox.waiting}
 */
public record Measurement(String name, String description, Question question) {
    /** Answers a number of a bounded query. What it throws makes the number unknown. */
    @FunctionalInterface
    public interface Question {
        Number ask();
    }
}
