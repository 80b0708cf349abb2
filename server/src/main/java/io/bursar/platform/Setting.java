package io.bursar.platform;

/**
 * A setting as people may see it.
 *
 * @param value what it came to, with secrets masked; empty when it is not set
 */
public record Setting(String name, String value, Source source) {
    /** Where a value came from. What is given in both is taken from the environment. */
    public enum Source {
        DEFAULT,
        FILE,
        ENVIRONMENT
    }
}
