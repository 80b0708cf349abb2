package io.bursar.platform;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How to reach a database as one role. {@code options} is the query part of the URL, without the question mark. */
public record DatabaseLogin(String host, int port, String database, String user, String password, String options) {
    private static final int PORT_DEFAULT = 5432;

    /** Reads {@code postgres://user:password@host:port/database?options}, with or without {@code jdbc:} in front. */
    public static Optional<DatabaseLogin> parse(String url) {
        try {
            URI uri = URI.create(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
            boolean postgres = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
            if (!postgres || uri.getHost() == null || uri.getRawPath().length() < 2) {
                return Optional.empty();
            }
            String[] user = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
            return Optional.of(new DatabaseLogin(
                    uri.getHost(),
                    uri.getPort() < 0 ? PORT_DEFAULT : uri.getPort(),
                    decoded(uri.getRawPath().substring(1)),
                    decoded(user[0]),
                    user.length > 1 ? decoded(user[1]) : "",
                    Optional.ofNullable(uri.getRawQuery()).orElse("")));
        } catch (IllegalArgumentException notAUrl) {
            return Optional.empty();
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s%s".formatted(host, port, database, options.isEmpty() ? "" : "?" + options);
    }

    /** The URL psql takes. It holds the password: for files of mode 0600 only. */
    public String psqlUrl() {
        return "postgres://%s:%s@%s:%d/%s".formatted(user, password, host, port, database);
    }

    @Override
    public String toString() {
        return "%s@%s:%d/%s".formatted(user, host, port, database);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
