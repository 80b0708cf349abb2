package io.bursar.console;

import io.bursar.consolespi.ConsoleSection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Entries under one heading; the first group has none. */
record NavigationGroup(String label, List<Entry> entries) {
    /** {@code key} is the letter that goes there after {@code g}; empty when its label has no letter left. */
    record Entry(String label, String path, boolean current, String key) {}

    static List<NavigationGroup> of(List<ConsoleSection> sections, String path) {
        String current = sections.stream()
                .map(ConsoleSection::path)
                .filter(section -> holds(section, path))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
        Set<String> keys = new HashSet<>();
        Map<ConsoleSection.Group, List<Entry>> groups = new LinkedHashMap<>();
        for (ConsoleSection section : sections) {
            groups.computeIfAbsent(section.group(), group -> new ArrayList<>())
                    .add(new Entry(
                            section.label(),
                            section.path(),
                            section.path().equals(current),
                            firstFree(section.label(), keys)));
        }
        return groups.entrySet().stream()
                .map(group -> new NavigationGroup(label(group.getKey()), List.copyOf(group.getValue())))
                .toList();
    }

    private static boolean holds(String section, String path) {
        return path.equals(section) || (!section.equals(TodayPage.PATH) && path.startsWith(section + "/"));
    }

    private static String firstFree(String label, Set<String> taken) {
        return label.toLowerCase(Locale.ROOT)
                .chars()
                .filter(Character::isLetter)
                .mapToObj(Character::toString)
                .filter(taken::add)
                .findFirst()
                .orElse("");
    }

    private static String label(ConsoleSection.Group group) {
        return switch (group) {
            case TOP -> "";
            case MONEY -> "Money";
            case SYSTEMS -> "Systems";
            case OPERATE -> "Operate";
        };
    }
}
