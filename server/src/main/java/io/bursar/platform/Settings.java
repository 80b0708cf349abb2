package io.bursar.platform;

import io.bursar.shared.Check;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The settings Bursar was started with, by the names of its environment variables. The {@link ModuleSettings} read
 * theirs; whatever is wrong is collected, and {@link #verify()} then refuses to start with every problem at once.
 */
public final class Settings {
    private static final String MASK = "••••";
    /** Providers put keys into the paths of their addresses, so of an address only the host is shown. */
    private static final Pattern ADDRESS = Pattern.compile("(https?://)(?:[^/?#@\\s,]*@)?([^/?#@\\s,]+)[/?#][^\\s,]+");

    private final Map<String, String> environment;
    private final SettingsFile file;
    private final Map<String, Setting> effective = new TreeMap<>();
    private final Set<String> problems = new LinkedHashSet<>();

    public Settings(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        Optional<String> file = filled(environment, SettingsFile.NAMED_BY);
        this.file = file.map(SettingsFile::read).orElse(SettingsFile.NONE);
        note(SettingsFile.NAMED_BY, file.orElse(""));
        problems.addAll(this.file.problems());
    }

    public String text(String name, String fallback) {
        String value = raw(name).orElse(fallback);
        note(name, ADDRESS.matcher(value).replaceAll("$1$2/" + MASK));
        return value;
    }

    public Optional<String> text(String name) {
        String value = text(name, "");
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** A value that is never printed. */
    public Optional<String> secret(String name) {
        Optional<String> value = raw(name);
        note(name, value.isPresent() ? MASK : "");
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

    public Duration days(String name, int fallback, int min, int max) {
        return Duration.ofDays(number(name, fallback, min, max));
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

    /** Every setting that was read and what it came to, by name. */
    public List<Setting> effective() {
        return List.copyOf(effective.values());
    }

    /** Everything that is wrong, unknown names included, once all modules have read theirs. */
    public List<String> problems() {
        Set<String> found = new LinkedHashSet<>(problems);
        KnownNames known = new KnownNames(effective.keySet());
        new TreeSet<>(environment.keySet())
                .forEach(name -> known.problemOf(name, environment).ifPresent(found::add));
        new TreeSet<>(file.values().keySet())
                .forEach(name -> known.problemOf(name).ifPresent(found::add));
        return List.copyOf(found);
    }

    /** @throws InvalidSettingsException naming everything that is wrong */
    public void verify() {
        refuse(problems());
    }

    /** The same for a command that reads only some settings: it refuses what is wrong with those. */
    public void verifyRead() {
        refuse(List.copyOf(problems));
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private Optional<String> raw(String name) {
        Check.argument(!name.isBlank(), "setting name: blank (expected: a name)");
        return filled(environment, name).or(() -> filled(file.values(), name));
    }

    private void note(String name, String shown) {
        Setting.Source source = filled(environment, name).isPresent()
                ? Setting.Source.ENVIRONMENT
                : filled(file.values(), name).isPresent() ? Setting.Source.FILE : Setting.Source.DEFAULT;
        effective.put(name, new Setting(name, shown, source));
    }

    private static Optional<String> filled(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(value -> !value.isEmpty());
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
