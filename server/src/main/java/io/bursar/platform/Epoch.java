package io.bursar.platform;

import org.jspecify.annotations.Nullable;

/**
 * Which life of its data an instance is in. A restore begins the next: what was done after the backup was made has
 * happened in the world, but is not known here any more.
 *
 * @param number 1 until something is restored
 * @param origin what began it: {@code backup of 21 Nov 2026, 22:51:56 UTC}; null in the first
 */
public record Epoch(int number, @Nullable String origin) {
    public static final Epoch FIRST = new Epoch(1, null);
}
