package io.bursar.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The address of a list and what narrows it; it never changes, each step makes another. */
record ListLink(String path, Map<String, String> filters) {
    private static final int FILTER_LENGTH_MAX = 200;

    ListLink {
        filters = Map.copyOf(filters);
    }

    static ListLink of(String path) {
        return new ListLink(path, Map.of());
    }

    ListLink with(String name, @Nullable String value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(filters);
        more.put(name, value);
        return new ListLink(path, more);
    }

    /** The page after this one; null at the end of the list. */
    @Nullable
    String next(@Nullable String cursor) {
        return cursor == null ? null : with("cursor", cursor).text();
    }

    boolean narrowed() {
        return !filters.isEmpty();
    }

    String text() {
        return filters.isEmpty()
                ? path
                : filters.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(filter -> filter.getKey() + "=" + encoded(filter.getValue()))
                        .collect(Collectors.joining("&", path + "?", ""));
    }

    /** What was typed into a filter; an empty one narrows nothing. */
    static @Nullable String typed(String text) {
        String filter = text.strip();
        return filter.isEmpty() ? null : filter.substring(0, Math.min(filter.length(), FILTER_LENGTH_MAX));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
