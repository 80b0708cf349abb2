package io.bursar.platform;

import io.bursar.shared.Check;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The settings Bursar was started with, by the names of its environment variables. Modules read theirs while they are
 * built; whatever is wrong is collected, and {@link #verify()} then refuses to start with every problem at once.
 */
public final class Settings {
    private static final String OWN_PREFIX = "BURSAR_";
    private static final String MASK = "••••";

    private final Map<String, String> given;
    private final Map<String, String> effective = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    public Settings(Map<String, String> given) {
        this.given = Map.copyOf(given);
    }

    public String text(String name, String fallback) {
        String value = raw(name).orElse(fallback);
        effective.put(name, value);
        return value;
    }

    public Optional<String> text(String name) {
        Optional<String> value = raw(name);
        effective.put(name, value.orElse(""));
        return value;
    }

    /** A value that is never printed. */
    public Optional<String> secret(String name) {
        Optional<String> value = raw(name);
        effective.put(name, value.isPresent() ? MASK : "");
        return value;
    }

    /** A secret of exactly {@code bytes} bytes in base64; its absence is a problem that says how to make one. */
    public Optional<byte[]> requiredKey(String name, int bytes) {
        if (secret(name).isEmpty()) {
            problems.add(
                    "%s is not set (expected: %d random bytes in base64, for instance from: openssl rand -base64 %d)"
                            .formatted(name, bytes, bytes));
        }
        return key(name, bytes);
    }

    /** The same where none is needed; also empty when it is not usable, which is a problem. */
    public Optional<byte[]> key(String name, int bytes) {
        Optional<String> text = secret(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] key = Base64.getDecoder().decode(text.get());
            if (key.length == bytes) {
                return Optional.of(key);
            }
        } catch (IllegalArgumentException notBase64) {
            // The same problem is reported below, without the value.
        }
        problems.add("%s: not usable (expected: %d bytes in base64)".formatted(name, bytes));
        return Optional.empty();
    }

    public int number(String name, int fallback, int min, int max) {
        String value = text(name, Integer.toString(fallback));
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // The same problem is reported below.
        }
        problems.add("%s: %s (expected: a whole number from %d to %d)".formatted(name, value, min, max));
        return fallback;
    }

    public boolean flag(String name, boolean fallback) {
        String value = text(name, Boolean.toString(fallback));
        if (!value.equals("true") && !value.equals("false")) {
            problems.add("%s: %s (expected: true or false)".formatted(name, value));
        }
        return value.equals("true");
    }

    /** An absolute http or https URI. */
    public URI uri(String name, String fallback) {
        String value = text(name, fallback);
        return parsedUri(name, value).orElse(URI.create(fallback));
    }

    /** URIs separated by commas; none when unset. */
    public List<URI> uris(String name) {
        return Arrays.stream(text(name, "").split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .flatMap(value -> parsedUri(name, value).stream())
                .toList();
    }

    /** The same for addresses that hold credentials, as those of providers do: never printed. */
    public List<URI> secretUris(String name) {
        List<URI> uris = uris(name);
        secret(name);
        return uris;
    }

    /** Something a module found wrong by itself; reported with the rest. */
    public void problem(String sentence) {
        problems.add(sentence);
    }

    /** Whether nothing was found wrong so far. */
    boolean sound() {
        return problems.isEmpty();
    }

    /** Every setting that was read and what it came to, secrets masked. */
    public Map<String, String> effective() {
        return Map.copyOf(effective);
    }

    /** @throws InvalidSettingsException naming everything that is wrong, unknown {@code BURSAR_…} names included */
    public void verify() {
        var unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(effective.keySet());
        unknown.removeIf(name -> !name.startsWith(OWN_PREFIX));
        unknown.forEach(name -> problems.add(name + " is no setting of Bursar (see docs/OPERATING.md)"));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems.stream().distinct().collect(Collectors.toList()));
        }
    }

    private Optional<String> raw(String name) {
        Check.argument(!name.isBlank(), "setting name: blank (expected: a name)");
        return Optional.ofNullable(given.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private Optional<URI> parsedUri(String name, String value) {
        try {
            URI uri = new URI(value);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException notAUri) {
            // The same problem is reported below; the value may hold a credential and is not repeated.
        }
        problems.add(name + ": not usable (expected: an absolute http or https address)");
        return Optional.empty();
    }
}
