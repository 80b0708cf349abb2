package io.bursar.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings as a file: {@code NAME=value} lines as containers and systemd read them, {@code #} before a remark. */
record SettingsFile(Map<String, String> values, List<String> problems) {
    static final String NAMED_BY = "BURSAR_SETTINGS_FILE";
    static final SettingsFile NONE = new SettingsFile(Map.of(), List.of());
    private static final Pattern LINE = Pattern.compile("(?<name>[A-Z][A-Z0-9_]*)=(?<value>.*)");

    static SettingsFile read(String file) {
        try {
            return parse(Files.readAllLines(Path.of(file), StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException unreadable) {
            String problem = "%s: %s cannot be read (expected: a text file)".formatted(NAMED_BY, file);
            return new SettingsFile(Map.of(), List.of(problem));
        }
    }

    /** A line that cannot be read is told by its number alone: it may hold a secret. */
    static SettingsFile parse(List<String> lines) {
        Map<String, String> values = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            Matcher setting = LINE.matcher(line);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (!setting.matches()) {
                problems.add("%s: line %d is no setting (expected: NAME=value)".formatted(NAMED_BY, index + 1));
                continue;
            }
            String name = Objects.requireNonNull(setting.group("name"));
            String value = Objects.requireNonNull(setting.group("value")).strip();
            if (values.put(name, value) != null) {
                problems.add("%s: %s is there twice".formatted(NAMED_BY, name));
            }
        }
        return new SettingsFile(Map.copyOf(values), List.copyOf(problems));
    }
}
