package io.bursar.console;

import io.bursar.audit.AuditEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An audit entry with its changes side by side. */
record AuditLine(AuditEntry entry, List<Change> changes) {
    /** One member that changed; null where there was or is none. */
    record Change(
            String name, @Nullable String before, @Nullable String after) {}

    AuditLine {
        changes = List.copyOf(changes);
    }

    static AuditLine of(AuditEntry entry, JsonMapper json) {
        Map<String, String> before = members(json.readTree(entry.before()));
        Map<String, String> after = members(json.readTree(entry.after()));
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        names.forEach(name -> changes.add(new Change(name, before.get(name), after.get(name))));
        return new AuditLine(entry, changes);
    }

    private static Map<String, String> members(JsonNode object) {
        Map<String, String> members = new TreeMap<>();
        object.properties().forEach(member -> {
            JsonNode value = member.getValue();
            members.put(member.getKey(), value.isString() ? value.stringValue() : value.toString());
        });
        return members;
    }
}
