package io.bursar.bench.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Statements kept in a file, each under a line {@code -- name: …}: what a peer does can be read in one place. */
record SqlFile(String resource, Map<String, String> statements) {
    private static final String NAME = "-- name: ";

    static SqlFile of(String resource) {
        Map<String, String> statements = new LinkedHashMap<>();
        for (String section : text(resource).split("(?m)^" + NAME, -1)) {
            int end = section.indexOf('\n');
            statements.put(
                    section.substring(0, Math.max(end, 0)).strip(),
                    section.substring(end + 1).strip());
        }
        return new SqlFile(resource, statements);
    }

    String statement(String name) {
        return Objects.requireNonNull(statements.get(name), () -> resource + " has no statement " + name);
    }

    private static String text(String resource) {
        try (InputStream stream = SqlFile.class.getResourceAsStream("/" + resource)) {
            return new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
